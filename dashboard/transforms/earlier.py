"""The nearest earlier value of a place that has none in a year, within what a reader accepts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

MOST_TOLERANCE = 5


def nearest_earlier(rows: pd.DataFrame, years: Sequence[int], tolerance: int) -> pd.DataFrame:
    """One row per place and year shown: the value of that year or the newest one shortly before.

    Nothing is estimated: a row stays as it was observed, with its own `year`.

    Args:
        rows: one row per place and year, with a value.
        years: the years to show.
        tolerance: how many years back a value may be taken from, 0 to `MOST_TOLERANCE`.

    Returns:
        The rows with `shown_year`, the year they stand for, ordered by it.

    Raises:
        ValueError: if the tolerance is out of bounds.
    """
    if not 0 <= tolerance <= MOST_TOLERANCE:
        raise ValueError(f"A tolerance of {tolerance} years: 0 to {MOST_TOLERANCE} can be chosen.")
    reached = {year - back for year in years for back in range(tolerance + 1)}
    held = _observed_in(rows, reached)
    if tolerance == 0 or held.empty:
        return held.assign(shown_year=held["year"])
    wanted = pd.MultiIndex.from_product(
        [sorted(years), list(dict.fromkeys(rows["place_id"]))], names=["shown_year", "place_id"]
    ).to_frame(index=False)
    wanted["place_id"] = wanted["place_id"].astype(held["place_id"].dtype)
    found = pd.merge_asof(
        wanted.astype({"shown_year": "int64"}),
        held,
        left_on="shown_year",
        right_on="year",
        by="place_id",
        tolerance=tolerance,
    )
    found = found[found["value"].notna()]
    return found.astype({"year": "int64"}).reset_index(drop=True)


def _observed_in(rows: pd.DataFrame, years: Collection[int]) -> pd.DataFrame:
    """The rows of some years that have a value, ordered by year; years are plain numbers."""
    # By positions and once: each choice among rows costs as much as it has columns.
    at = np.flatnonzero((rows["value"].notna() & rows["year"].isin(years)).to_numpy(bool))
    of = rows["year"].to_numpy()[at].astype("int64")
    order = np.argsort(of, kind="stable")
    held = rows.take(at[order]).reset_index(drop=True)
    held["year"] = of[order]
    return held
