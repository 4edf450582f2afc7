"""What a series was over a span of years: its mean, and how often it lay above a bound."""

from __future__ import annotations

import pandas as pd


def means(rows: pd.DataFrame, first: int, last: int) -> dict[str, float]:
    """The mean of the yearly values of each place that has one for every year of a span.

    Args:
        rows: one row per place and year: place_name, year, value.
        first: first year of the span.
        last: its last year.
    """
    inside = rows[rows["year"].between(first, last) & rows["value"].notna()]
    return {
        str(name): float(own["value"].mean())
        for name, own in inside.groupby("place_name", sort=False)
        if own["year"].nunique() == last - first + 1
    }


def years_above(rows: pd.DataFrame, bound: float) -> dict[str, tuple[int, int]]:
    """In how many years each place lay above a bound, and of how many; those never above not.

    Args:
        rows: one row per place and year: place_name, value.
        bound: in the unit of the values.
    """
    held = rows[rows["value"].notna()]
    counts = {
        str(name): (int((own["value"] > bound).sum()), len(own))
        for name, own in held.groupby("place_name", sort=False)
    }
    return {name: count for name, count in counts.items() if count[0]}
