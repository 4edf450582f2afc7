"""Places and their years in words, for sentences that say what is shown, missing or left out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

MOST_NAMED = 8


def names_and_years(
    rows: pd.DataFrame, most: int = MOST_NAMED, *, joint: str = "; ", spans: bool = False
) -> str:
    """Places of some rows with their years: "Macao 1970–1981, 1985; Taiwan 2025".

    Args:
        rows: with `place_name` and `year`; a place without a year is named alone.
        most: how many places are named before the others are counted.
        joint: what stands between two places.
        spans: only the first and the last year of each.
    """
    parts = []
    for name, group in rows.groupby("place_name", sort=False)["year"]:
        years = sorted({int(year) for year in group.dropna()})
        parts.append(f"{name} {span(years) if spans else runs(years)}".rstrip())
    return listed(parts, joint, most)


def listed(parts: Sequence[str], joint: str = ", ", most: int = MOST_NAMED) -> str:
    """Some words in a row, the last of many only counted."""
    rest = len(parts) - most
    return joint.join(parts[:most]) + (f" and {rest} more" if rest > 0 else "")


def begun(text: str) -> str:
    """Text with a capital at its beginning and the rest as it is: "R&D of firms"."""
    return text[:1].upper() + text[1:]


def runs(years: Sequence[int]) -> str:
    """Years in order, unbroken runs drawn together: "2011, 2015–2016"."""
    found: list[list[int]] = []
    for year in years:
        if found and year == found[-1][-1] + 1:
            found[-1].append(year)
        else:
            found.append([year])
    return ", ".join(span(run) for run in found)


def span(years: Sequence[int]) -> str:
    """The first and the last of some years in order: "2015–2016"; empty without any."""
    if not years:
        return ""
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
