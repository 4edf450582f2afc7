"""Sentences computed from the rows drawn: alternative text for readers who do not see a chart."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.model import Indicator
from dashboard.charts.formats import quantity, years


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
    for _, group in rows.groupby("place_id", sort=False):
        first, last = group.iloc[0], group.iloc[-1]
        name = first["place_name"]
        start, end = (
            quantity(row["value"], indicator, row["qualifier"], row["value_high"])
            for row in (first, last)
        )
        if len(group) == 1:
            parts.append(f"{name} {end} in {last['year']}")
            continue
        change = last["value"] - first["value"]
        verb = "rose" if change > 0 else "fell" if change < 0 else "stayed"
        parts.append(f"{name} {verb} from {start} in {first['year']} to {end} in {last['year']}")
    return f"Line chart of {indicator.name}, {span}: {'; '.join(parts)}."
