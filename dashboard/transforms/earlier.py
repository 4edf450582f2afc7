"""The nearest earlier value of a place that has none in a year, within what a reader accepts."""

from __future__ import annotations

from collections.abc import Sequence

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
    held = rows[rows["value"].notna()]
    held = held.assign(year=held["year"].astype("int64"))
    if held.empty or not years:
        return held.assign(shown_year=held["year"]).iloc[:0]
    if tolerance == 0:
        kept = held[held["year"].isin(years)].assign(shown_year=lambda table: table["year"])
        return kept.sort_values("shown_year", kind="stable").reset_index(drop=True)
    wanted = pd.MultiIndex.from_product(
        [sorted(years), list(dict.fromkeys(held["place_id"]))], names=["shown_year", "place_id"]
    ).to_frame(index=False)
    wanted["place_id"] = wanted["place_id"].astype(held["place_id"].dtype)
    found = pd.merge_asof(
        wanted.astype({"shown_year": "int64"}),
        held.sort_values("year"),
        left_on="shown_year",
        right_on="year",
        by="place_id",
        tolerance=tolerance,
    )
    found = found[found["value"].notna()]
    return found.astype({"year": "int64"}).reset_index(drop=True)
