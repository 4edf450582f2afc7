"""Which years a table has, and which one to show first."""

from __future__ import annotations

import pandas as pd

# The newest year is often a handful of early reporters; a map of two economies misleads. A year
# is shown first when it has this part of the best-covered year's places.
ENOUGH = 0.8


def years_of(rows: pd.DataFrame) -> list[int]:
    """The years that have a value, in order."""
    return sorted(int(year) for year in rows.loc[rows["value"].notna(), "year"].unique())


def default_year(rows: pd.DataFrame) -> int | None:
    """The newest well-covered year, or None for an empty table."""
    return newest_covered(rows.loc[rows["value"].notna()].groupby("year")["place_id"].nunique())


def newest_covered(counts: pd.Series) -> int | None:
    """The newest year that has nearly as many values as the best-covered one.

    Args:
        counts: number of values by year.
    """
    if counts.empty:
        return None
    return int(counts.index[counts >= ENOUGH * counts.max()].max())


def default_base(rows: pd.DataFrame) -> int | None:
    """The first year in which most places have a positive value, or None for an empty table."""
    usable = rows[rows["value"] > 0]
    counts = usable.groupby("year")["place_id"].nunique()
    if counts.empty:
        return None
    return int(counts.index[counts == counts.max()].min())


def default_first(rows: pd.DataFrame) -> int | None:
    """The earliest well-covered year, or None for an empty table."""
    counts = rows.loc[rows["value"].notna()].groupby("year")["place_id"].nunique()
    if counts.empty:
        return None
    return int(counts.index[counts >= ENOUGH * counts.max()].min())
