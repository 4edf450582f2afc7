"""Points that share a spot on the screen, as one marker with a count.

Fabs and programme regions are drawn this way; where both are on the map, they make way for one
another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.maps.geometry import Focus, folded
from dashboard.charts.maps.views import MIDDLE_SCREEN, Position, View
from dashboard.charts.theme import SANS, Theme
from dashboard.transforms.crowding import gather

# Inside a marker, where the letters must fit.
COUNT_SIZE = 11
SINGLE, SMALLEST_GROUP, LARGEST_GROUP = 10.0, 15.0, 20.0
# Two markers nearer to each other than this are one with a count; where two layers share the map,
# there is room for fewer. On a telephone, which is two thirds as wide as the screen that this is
# measured on, the largest ones just do not touch.
GATHERED_PIXELS = 34.0
SHARED_PIXELS = 36.0
APART_PIXELS = 32.0


@dataclass(frozen=True, eq=False)
class Group:
    """Rows that one marker stands for, which is where the first of them is.

    `shown_at` is where the marker is drawn if it makes way for one of another layer.
    """

    lat: float
    lon: float
    rows: pd.DataFrame
    shown_at: Position | None = None

    @property
    def spot(self) -> Position:
        """Latitude and longitude of the marker."""
        return self.shown_at or (self.lat, self.lon)

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


def groups_apart(tables: Sequence[pd.DataFrame], view: View) -> list[list[Group]]:
    """The groups of several layers, those of each moved off the markers of the layers before it.

    Args:
        tables: rows of each layer, as for `groups`; those of the first stay where they are.
        view: the part of the world.
    """
    found: list[list[Group]] = []
    taken: list[Position] = []
    within = SHARED_PIXELS if len(tables) > 1 else GATHERED_PIXELS
    for rows in tables:
        own = list(groups(rows, view, within))
        fixed = [*([False] * len(own)), *([True] * len(taken))]
        points = [(group.lat, group.lon) for group in own]
        # Among themselves they stand apart already.
        moved = view.apart([*points, *taken], APART_PIXELS, fixed) if taken else points
        own = [
            replace(group, shown_at=spot) if spot != point else group
            for group, point, spot in zip(own, points, moved, strict=False)
        ]
        taken += [group.spot for group in own]
        found.append(own)
    return found


@dataclass(frozen=True)
class Look:
    """How the markers of a layer look: functions of a group."""

    size: Callable[[Group], float]
    symbol: Callable[[Group], str]
    colour: Callable[[Group], str]
    outline: Callable[[Group], str]
    hover: Callable[[Group], str]


def markers(
    gathered: Sequence[Group],
    drawn: Look,
    look: Theme,
    *,
    layer: str,
    name: str,
    opens: Callable[[Group], str],
    focused: Callable[[Group], str],
    focus: Focus,
    given: int,
) -> go.Scattergeo:
    """One trace of gathered markers, with their counts inside.

    Args:
        gathered: what markers stand for.
        drawn: how they look.
        look: colours of the mode.
        layer: the layer they belong to.
        name: of the trace.
        opens: what a click opens, which is the `customdata`.
        focused: identifiers by which a marker is in focus, with semicolons between them.
        focus: what is emphasised.
        given: how many rows there were before those outside the view went.
    """
    return go.Scattergeo(
        lat=[group.spot[0] for group in gathered],
        lon=[group.spot[1] for group in gathered],
        customdata=[opens(group) for group in gathered],
        text=[group.label for group in gathered],
        hovertext=[drawn.hover(group) for group in gathered],
        hovertemplate="%{hovertext}<extra></extra>",
        mode="markers+text",
        textfont={"family": SANS, "size": COUNT_SIZE, "color": look.card, "weight": 600},
        textposition="middle center",
        marker={
            "size": [drawn.size(group) for group in gathered],
            "symbol": [drawn.symbol(group) for group in gathered],
            "color": [drawn.colour(group) for group in gathered],
            "line": {"color": [drawn.outline(group) for group in gathered], "width": 1.6},
            "opacity": focus.opacities([focused(group) for group in gathered]),
        },
        showlegend=False,
        name=name,
        meta={
            "layer": layer,
            "count": sum(group.count for group in gathered),
            "given": given,
        },
    )


def rows_shown(gathered: Sequence[Group]) -> pd.DataFrame:
    """The rows that markers stand for."""
    return pd.concat([group.rows for group in gathered])


def counts_of(shown: pd.DataFrame, column: str, known: Mapping[str, str]) -> dict[str, int]:
    """How many rows have each of the known values of a column, those that some have."""
    counted = shown[column].value_counts()
    return {key: int(counted[key]) for key in known if key in counted}
