"""Alternative texts, for readers who do not see a chart: what it shows, one place after another."""

from __future__ import annotations

import math

import pandas as pd

from dashboard.catalogue.model import Indicator
from dashboard.charts.formats import quantity, years
from dashboard.transforms.breaks import breaks_in, split_between
from dashboard.transforms.rows import by_place, rows_of
from dashboard.transforms.standings import is_placing, standings


def _extreme(rows: pd.DataFrame, indicator: Indicator, which: str) -> str:
    row = rows.loc[rows["value"].idxmax() if which == "highest" else rows["value"].idxmin()]
    value = quantity(row["value"], indicator, row["qualifier"], row["value_high"])
    return f"{which} {row['place_name']} with {value}"


def describe_year(rows: pd.DataFrame, indicator: Indicator, year: int, kind: str) -> str:
    """What a map or a ranking of one year shows: how many places, the highest, the lowest.

    Args:
        rows: one row per place in that year.
        indicator: name and unit.
        year: the year shown.
        kind: the kind of chart, as the sentence should name it ("Map", "Ranked bars").
    """
    if rows.empty:
        return f"{kind} of {indicator.name}, {year}: no place has a value."
    count = f"{len(rows)} place{'s' if len(rows) > 1 else ''} with a value"
    parts = [_extreme(rows, indicator, "highest")]
    if len(rows) > 1:
        parts.append(_extreme(rows, indicator, "lowest"))
    return f"{kind} of {indicator.name}, {year}: {count}; {', '.join(parts)}."


def describe_trend(rows: pd.DataFrame, indicator: Indicator) -> str:
    """What a line chart shows: places, years, and for each place the first and the last value.

    Args:
        rows: one row per place and year.
        indicator: name and unit.
    """
    if rows.empty:
        return f"Line chart of {indicator.name}: no place has a value."
    span = years(int(rows["year"].min()), int(rows["year"].max()))
    parts = []
    first_rows, last_rows = (
        rows.drop_duplicates("place_id", keep=which) for which in ("first", "last")
    )
    newest = {cells["place_id"]: cells for cells in last_rows.to_dict("records")}
    for first in first_rows.to_dict("records"):
        last = newest[first["place_id"]]
        name = first["place_name"]
        start, end = (
            quantity(row["value"], indicator, row["qualifier"], row["value_high"])
            for row in (first, last)
        )
        if first["year"] == last["year"]:
            parts.append(f"{name} {end} in {last['year']}")
            continue
        change = last["value"] - first["value"]
        verb = "rose" if change > 0 else "fell" if change < 0 else "stayed"
        parts.append(f"{name} {verb} from {start} in {first['year']} to {end} in {last['year']}")
    return f"Line chart of {indicator.name}, {span}: {'; '.join(parts)}."


def describe_change(
    rows: pd.DataFrame, indicator: Indicator, first_year: int, last_year: int, kind: str
) -> str:
    """What a chart of two years shows: for each place with both values, from what to what it went.

    Args:
        rows: one row per place and year; those between the two tell where a series breaks.
        indicator: name and unit.
        first_year: the earlier year.
        last_year: the later year.
        kind: the kind of chart, as the sentence should name it ("Slopes", "Dumbbells").
    """
    head = f"{kind} of {indicator.name}, {first_year} and {last_year}"
    cells = rows_of(rows)
    held = [row for row in cells if not math.isnan(row.value)]
    first, last = (by_place(held, year) for year in (first_year, last_year))
    broken = set(split_between(breaks_in(cells), first_year, last_year))
    parts = []
    for place_id in dict.fromkeys(row.place_id for row in cells):
        if place_id not in first or place_id not in last:
            continue
        before, after = first[place_id], last[place_id]
        start, end = (
            quantity(row.value, indicator, row.qualifier, row.value_high) for row in (before, after)
        )
        split = ", but its series breaks between them" if place_id in broken else ""
        parts.append(f"{after.place_name} {start} and {end}{split}")
    if not parts:
        return f"{head}: no place has a value in both years."
    return f"{head}: {'; '.join(parts)}."


def describe_ranks(rows: pd.DataFrame, indicator: Indicator) -> str:
    """What a chart of ranks shows: for each place its first and its last rank, and among how many.

    Args:
        rows: one row per place and year.
        indicator: name and unit; of places in a ranking the lowest value is the first.
    """
    ranked = standings(rows, lowest_first=is_placing(indicator))
    if ranked.empty:
        return f"Rank over time by {indicator.name}: no place has a value."
    span = years(int(ranked["year"].min()), int(ranked["year"].max()))
    parts = []
    for _, group in ranked.groupby("place_id", sort=False):
        ordered = group.sort_values("year")
        ends = [ordered.iloc[0], ordered.iloc[-1]][: len(ordered)]
        told = " and ".join(f"{row['rank']} of {row['ranked']} in {row['year']}" for row in ends)
        parts.append(f"{ends[0]['place_name']} {told}")
    return f"Rank over time by {indicator.name}, {span}: {'; '.join(parts)}."
