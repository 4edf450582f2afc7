"""Numbers outside charts: each with unit, year and, one click away, its source."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue, Indicator
from dashboard.charts.formats import quantity
from dashboard.charts.sparkline import sparkline
from dashboard.ui import links


def plain_label(indicator: Indicator) -> str:
    """The short name without the unit, which stands beside the number."""
    return indicator.short_name.removesuffix(f", {indicator.unit_symbol}")


def source_details(row: Any, catalogue: Catalogue) -> str:
    """The document, locator and note of one observation, folded under a word."""
    return f"<details><summary>source</summary><p>{source_words(row, catalogue)}</p></details>"


def source_words(row: Any, catalogue: Catalogue) -> str:
    """The document, locator, definition and note of one observation, as markup."""
    source = catalogue.sources[row.source_id]
    title = escape(source.title)
    if source.url:
        title = f'<a href="{escape(source.url)}" target="_blank" rel="noopener">{title}</a>'
    year = f" ({source.year})" if source.year else ""
    parts = [f"{escape(source.author)}{year}. {title}."]
    if getattr(row, "locator", ""):
        parts.append(f"Where in it: {escape(row.locator)}.")
    if getattr(row, "definition_id", ""):
        parts.append(f"Counts as an SME: {escape(catalogue.definition_words(row.definition_id))}.")
    if getattr(row, "note", ""):
        parts.append(escape(row.note))
    parts.append(links.anchor(links.source(row.source_id), "About this document") + ".")
    return " ".join(parts)


def key_figure(
    label: str, row: Any, catalogue: Catalogue, history: pd.DataFrame, colour: str, more: str = ""
) -> str:
    """One number as markup: label, value with unit and year, sparkline, remark, source.

    Args:
        label: what is counted.
        row: the observation, as a row of `Catalogue.series`.
        catalogue: indicator and document of the row.
        history: the same series over all years, for the sparkline; may be empty.
        colour: of the sparkline.
        more: markup that stands under the number.
    """
    indicator = catalogue.indicators[row.indicator_id]
    value = escape(quantity(row.value, indicator, row.qualifier, row.value_high))
    period = f"{row.period_note} {row.year}" if row.period_note else str(row.year)
    if row.year_basis == "publication":
        period = f"published {row.year}"
    return (
        f'<div class="figure"><p class="label">'
        f"{links.anchor(links.indicator(row.indicator_id), label)}</p>"
        f'<div class="row"><p class="value">{value} <span class="when">{escape(period)}</span></p>'
        f"{sparkline(history, colour)}{source_details(row, catalogue)}</div>{more}</div>"
    )
