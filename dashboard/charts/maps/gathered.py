"""Points that share a spot on the screen, as one marker with a count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.maps.geometry import folded
from dashboard.charts.maps.views import MIDDLE_SCREEN, View
from dashboard.transforms.crowding import gather

# Two markers nearer to each other than this are one with a count.
GATHERED_PIXELS = 24.0
# Inside a marker, where the letters must fit.
COUNT_SIZE = 11
SINGLE, SMALLEST_GROUP, LARGEST_GROUP = 10.0, 15.0, 22.0


@dataclass(frozen=True, eq=False)
class Group:
    """Rows that one marker stands for, which is where the first of them is."""

    lat: float
    lon: float
    rows: pd.DataFrame

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def label(self) -> str:
        """The count, written in the marker; nothing for a single row."""
        return str(self.count) if self.count > 1 else ""

    @property
    def size(self) -> float:
        """Diameter in pixels: area grows with the count, as far as markers may grow."""
        if self.count == 1:
            return SINGLE
        return min(SMALLEST_GROUP + 1.4 * (self.count - 2) ** 0.5, LARGEST_GROUP)

    def shared(self, column: str, otherwise: str) -> str:
        """The value of a column that all rows have, or what stands for several."""
        values = set(self.rows[column])
        return str(values.pop()) if len(values) == 1 else otherwise

    def names(self, column: str) -> str:
        """Names one below the other, with a count of what a hover box has no room for."""
        return folded(list(self.rows[column]))


def groups(rows: pd.DataFrame, view: View, within: float = GATHERED_PIXELS) -> Iterator[Group]:
    """Rows gathered by where they land on a screen of middling width.

    Args:
        rows: one row per point with `lat` and `lon`; those without a position are passed over.
        view: the part of the world; rows outside it are passed over.
        within: distance in pixels; 0 gathers only what is at the same spot.
    """
    seen = [view.holds(lat, lon) for lat, lon in zip(rows["lat"], rows["lon"], strict=True)]
    held = rows[pd.Series(seen, index=rows.index) & rows["lat"].notna() & rows["lon"].notna()]
    points = list(zip(held["lat"], held["lon"], strict=True))
    for members in gather(view.pixels(points, MIDDLE_SCREEN), within):
        chosen = held.iloc[members]
        yield Group(float(chosen["lat"].iloc[0]), float(chosen["lon"].iloc[0]), chosen)
