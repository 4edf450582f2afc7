"""Numbers outside charts: each with unit, year and, one click away, its source."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue, Indicator
from dashboard.charts.formats import quantity
from dashboard.charts.sparkline import sparkline


def plain_label(indicator: Indicator) -> str:
    """The short name without the unit, which stands beside the number."""
    return indicator.short_name.removesuffix(f", {indicator.unit_symbol}")


def source_details(row: Any, catalogue: Catalogue) -> str:
    """The document, locator and note of one observation, folded under a word."""
    source = catalogue.sources[row.source_id]
    title = escape(source.title)
    if source.url:
        title = f'<a href="{escape(source.url)}" target="_blank" rel="noopener">{title}</a>'
    year = f" ({source.year})" if source.year else ""
    parts = [f"{escape(source.author)}{year}. {title}."]
    if row.locator:
        parts.append(f"Where in it: {escape(row.locator)}.")
    if getattr(row, "definition_id", ""):
        parts.append(f"Definition: {escape(row.definition_id)}.")
    if row.note:
        parts.append(escape(row.note))
    return f"<details><summary>source</summary><p>{' '.join(parts)}</p></details>"


def key_figure(
    label: str, row: Any, catalogue: Catalogue, history: pd.DataFrame, colour: str, remark: str = ""
) -> str:
    """One number as markup: label, value with unit and year, sparkline, remark, source.

    Args:
        label: what is counted.
        row: the observation, as a row of `Catalogue.series`.
        catalogue: indicator and document of the row.
        history: the same series over all years, for the sparkline; may be empty.
        colour: of the sparkline.
        remark: a sentence under the number.
    """
    indicator = catalogue.indicators[row.indicator_id]
    value = escape(quantity(row.value, indicator, row.qualifier))
    period = f"{row.period_note} {row.year}" if row.period_note else str(row.year)
    said = f'<p class="remark">{escape(remark)}</p>' if remark else ""
    return (
        f'<div class="figure"><p class="label">{escape(label)}</p>'
        f'<div class="row"><p class="value">{value} <span class="when">{escape(period)}</span></p>'
        f"{sparkline(history, colour)}{source_details(row, catalogue)}</div>{said}</div>"
    )
