"""Places and their years in words, for sentences that say what was left out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

MOST_NAMED = 8


def names_and_years(rows: pd.DataFrame, most: int = MOST_NAMED) -> str:
    """Places of some rows with their years: "Macao 1970–1981, 1985; Taiwan 2025".

    Args:
        rows: with `place_name` and `year`.
        most: how many places are named before the others are counted.
    """
    parts = [
        f"{name} {runs(sorted({int(year) for year in years}))}"
        for name, years in rows.groupby("place_name", sort=False)["year"]
    ]
    return listed(parts, "; ", most)


def listed(parts: Sequence[str], joint: str = ", ", most: int = MOST_NAMED) -> str:
    """Some words in a row, the last of many only counted."""
    rest = len(parts) - most
    return joint.join(parts[:most]) + (f" and {rest} more" if rest > 0 else "")


def runs(years: Sequence[int]) -> str:
    """Years in order, unbroken runs drawn together: "2011, 2015–2016"."""
    found: list[list[int]] = []
    for year in years:
        if found and year == found[-1][-1] + 1:
            found[-1].append(year)
        else:
            found.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found)
