"""Shares as single sources count them: a bar for each value, under its year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.cells import has_caveat
from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import formats
from dashboard.charts.captioned import Bar, Panel, captioned_bars, whole
from dashboard.charts.styles import hue
from dashboard.charts.theme import Theme

UNSURE = ("forecast", "estimate", "part_year")
MOST_TOLD = 6


def count_bars(
    rows: pd.DataFrame, indicator: Indicator, places: Mapping[str, Place], look: Theme
) -> go.Figure:
    """The values of one count in the order given, each year under a heading.

    Args:
        rows: one row per value: label, place_id, year, period_note, value, value_high, qualifier,
            caveats; at least one.
        indicator: unit and decimals.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.

    Returns:
        A trace for each label. Bounds, rough values, forecasts, estimates and parts of a year are
        hatched; the words say which they are.
    """
    unsure = has_caveat(rows, *UNSURE)
    groups = []
    for year, part in rows.groupby("year", sort=True):
        bars = [
            Bar(
                f"{row.label}: {whole(_amount(row, indicator))}{_period(row, int(str(year)))}",
                float(row.value),
                str(row.label),
                hue(str(row.place_id), places, look),
                is_exact=row.qualifier == "exact" and not unsure[row.Index],
                high=float(row.value_high) if pd.notna(row.value_high) else None,
            )
            for row in part.itertuples()
        ]
        groups.append((str(year), bars))
    return captioned_bars([Panel(indicator, groups)], look)


def describe_count(rows: pd.DataFrame, indicator: Indicator, name: str) -> str:
    """The figure in a sentence: how many values of which years, and those of the newest one."""
    years = formats.years(int(rows["year"].min()), int(rows["year"].max()))
    newest = rows[rows["year"] == rows["year"].max()]
    told = [
        f"{row.label} {_amount(row, indicator)}{_period(row, int(row.year))}"
        for row in newest.head(MOST_TOLD).itertuples()
    ]
    number = f"{len(rows)} value{'s' if len(rows) > 1 else ''}"
    return f"{name}: {number}, {years}; in {newest['year'].iloc[0]} {', '.join(told)}."


def _amount(row: Any, indicator: Indicator) -> str:
    return formats.quantity(row.value, indicator, row.qualifier, row.value_high)


def _period(row: Any, year: int) -> str:
    """The source's words for the period, where they say more than the year above the bar."""
    note = str(row.period_note)
    return f", {note}" if note and note != str(year) else ""
