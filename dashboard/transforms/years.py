"""Which years a table has, and which one to show first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import compress

import pandas as pd

# The newest year is often a handful of early reporters; a map of two economies misleads. A year
# is shown first when it has this part of the best-covered year's places.
ENOUGH = 0.8


def years_of(rows: pd.DataFrame) -> list[int]:
    """The years that have a value, in order."""
    # Of a table of a chart's size: plain lists take half the time of its own means.
    is_held = rows["value"].notna().tolist()
    return sorted({int(year) for year in compress(rows["year"].tolist(), is_held)})


def default_year(rows: pd.DataFrame) -> int | None:
    """The newest well-covered year, or None for an empty table."""
    return newest_of(_covered(rows))


def newest_of(counts: Mapping[int, int]) -> int | None:
    """The newest of the years that have nearly as many places as the best-covered one.

    Args:
        counts: how many places have a value, by year.
    """
    most = max(counts.values(), default=0)
    return max((year for year, count in counts.items() if count >= ENOUGH * most), default=None)


def _covered(rows: pd.DataFrame) -> Counter[int]:
    """How many places have a value, by year."""
    is_held = (rows["value"].notna() & rows["year"].notna()).tolist()
    cells = zip(rows["place_id"].tolist(), rows["year"].tolist(), strict=True)
    return Counter(int(year) for _, year in set(compress(cells, is_held)))


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
    counts = _covered(rows)
    most = max(counts.values(), default=0)
    return min((year for year, count in counts.items() if count >= ENOUGH * most), default=None)
