"""Claims of a share side by side: a bar for each document, never a line through them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place, Source
from dashboard.charts import formats
from dashboard.charts.captioned import Bar, Panel, captioned_bars, whole
from dashboard.charts.styles import hue
from dashboard.charts.theme import Theme


def claim_bars(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    sources: Mapping[str, Source],
    look: Theme,
) -> go.Figure:
    """A panel for each place with a bar for each claim.

    Args:
        rows: as `belt_claims.claims` returns them; at least one.
        indicator: unit and decimals.
        places: the places by identifier; their economy gives the hue.
        sources: the documents by identifier.
        look: colours of the mode.

    Returns:
        A trace for each place. What is not exact is hatched, and the words say how it is hedged.
    """
    panels = []
    for place_id, part in rows.groupby("place_id", sort=False):
        bars = [
            Bar(
                f"{_unparted(row, indicator)} · {author(sources[row.source_id])}",
                float(row.value),
                places[str(place_id)].name,
                hue(str(place_id), places, look),
                is_exact=row.qualifier == "exact",
            )
            for row in part.itertuples()
        ]
        panels.append(Panel(indicator, [(places[str(place_id)].name, bars)]))
    return captioned_bars(panels, look)


def claim_words(row: Any, indicator: Indicator) -> str:
    """A claim in words: value, the source's own wording, year and what the year is."""
    told = _amount(row, indicator)
    printed = f" (“{row.printed}”)" if row.printed else ""
    when = f"published {row.year}" if row.year_basis == "publication" else str(row.year)
    when += f" ({row.period_note})" if row.period_note else ""
    return f"{told}{printed}, {when}"


def _amount(row: Any, indicator: Indicator) -> str:
    return formats.quantity(row.value, indicator, row.qualifier, row.value_high)


def _unparted(row: Any, indicator: Indicator) -> str:
    """The claim with its value in one piece, so that no line of words ends within it."""
    amount = _amount(row, indicator)
    return claim_words(row, indicator).replace(amount, whole(amount), 1)


def author(source: Source) -> str:
    """Who says so, in a word or two."""
    name = source.author or source.title
    return f"{name} ({source.year})" if source.year else name


def describe_claims(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    sources: Mapping[str, Source],
) -> str:
    """The figure in a sentence: each place's claims with their documents."""
    parts = []
    for place_id, part in rows.groupby("place_id", sort=False):
        told = [
            f"{claim_words(row, indicator)}, {author(sources[row.source_id])}"
            for row in part.itertuples()
        ]
        parts.append(f"{places[str(place_id)].name}: {'; '.join(told)}")
    return f"{indicator.name} as claimed. {'. '.join(parts)}."
