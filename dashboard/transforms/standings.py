"""Rank over time, among those that have a value in a year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.catalogue.model import Indicator


def is_placing(indicator: Indicator) -> bool:
    """True where the values are places in somebody's ranking, of which the first is the best."""
    return indicator.aggregation == "index" and indicator.better == "lower"


def standings(rows: pd.DataFrame, *, lowest_first: bool = False) -> pd.DataFrame:
    """Each row with its rank among the places that have a value in its year.

    Args:
        rows: one row per place and year; rows without a value are left out.
        lowest_first: for values that are places in a ranking themselves; else the highest is 1.

    Returns:
        The rows with `rank` from 1 (equal values share one), `ranked` (places with a value in the
        year) and `shown` (places with a value in any year), in the order given.
    """
    held = rows[rows["value"].notna()]
    by_year = held.groupby("year")
    return held.assign(
        rank=by_year["value"].rank(method="min", ascending=lowest_first).astype("int64"),
        ranked=by_year["place_id"].transform("nunique").astype("int64"),
        shown=held["place_id"].nunique(),
    )


def complete_years(ranked: pd.DataFrame) -> list[int]:
    """The years in which every place shown has a value: only their ranks can be compared.

    Args:
        ranked: as `standings` returns it.
    """
    complete = ranked.loc[ranked["ranked"] == ranked["shown"], "year"]
    return sorted(int(year) for year in complete.unique())


def ranks(values: Mapping[str, float], *, lowest_first: bool = False) -> dict[str, int]:
    """The rank of each place among those of one year, from 1; equal values share one.

    Args:
        values: the value of each place.
        lowest_first: for values that are places in a ranking themselves; else the highest is 1.
    """
    ordered = sorted(values.values(), reverse=not lowest_first)
    return {key: ordered.index(value) + 1 for key, value in values.items()}
