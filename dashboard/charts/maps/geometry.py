"""What all layers of a map share: its shapes, the places in focus and the marks of a legend."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.theme import Theme

Shapes = str | dict[str, Any]
Trace = go.Choropleth | go.Scattergeo

DIMMED = 0.22


@dataclass(frozen=True)
class Geometry:
    """Shapes of a map: addresses the browser fetches once, or GeoJSON itself.

    `region_names` are the names of the regions in words. `disputed` holds lines as pairs of
    longitude and latitude in degrees: they are few and short, and a line drawn by address is not
    something Plotly has.
    """

    economies: Shapes
    regions: Shapes
    economy_ids: tuple[str, ...]
    region_ids: tuple[str, ...]
    disputed: Sequence[Sequence[tuple[float, float]]] = ()
    region_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Focus:
    """Places and ties to emphasise, such as those of an event; everything else is dimmed.

    `veils` False leaves the colours of the economies as they are: who chose a place to read its
    value still compares it with the others.
    """

    places: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    veils: bool = True

    def __bool__(self) -> bool:
        return bool(self.places or self.ties)

    def opacities(self, ids: Collection[str], usual: float = 1.0) -> float | list[float]:
        """Opacity of each place: the usual one, or a fraction of it outside the focus."""
        if not self:
            return usual
        return [
            usual if self.places.intersection(key.split(";")) else usual * DIMMED for key in ids
        ]

    def economy_opacities(self, ids: Collection[str], usual: float = 1.0) -> float | list[float]:
        """Opacity of marks of economies, which stay as they are where nothing is veiled."""
        return self.opacities(ids, usual) if self.veils else usual


NOTHING = Focus()


def mark(
    layer: str,
    words: str,
    symbol: str,
    colour: str,
    rank: int,
    *,
    line: str | None = None,
    opacity: float = 1.0,
    count: int | None = None,
) -> go.Scattergeo:
    """An entry of the legend that no single trace stands for: a marker that is nowhere.

    Args:
        layer: the layer it belongs to.
        words: what it says.
        symbol: shape of the marker.
        colour: of the marker.
        rank: place in the legend.
        line: colour of its outline; its own colour when left out.
        opacity: of the marker.
        count: how many places it stands for.
    """
    return go.Scattergeo(
        lat=[None],
        lon=[None],
        mode="markers",
        name=words,
        legendrank=rank,
        hoverinfo="skip",
        marker={
            "symbol": symbol,
            "color": colour,
            "size": 11,
            "opacity": opacity,
            "line": {"color": line or colour, "width": 1},
        },
        meta={"layer": layer, "mark": True, "count": count},
    )


def leader_lines(
    moved: Iterable[tuple[tuple[float | None, float | None], tuple[float, float] | None]],
    look: Theme,
    of: str,
) -> list[go.Scattergeo]:
    """Thin lines from places to the markers that a view moved away from them.

    Args:
        moved: latitude and longitude of the place and of its marker; None where it did not move.
        look: colours of the mode.
        of: the layer of the markers, with which the lines come and go.
    """
    lat: list[float | None] = []
    lon: list[float | None] = []
    for place, marker in moved:
        if marker is not None and marker != place:
            lat += [place[0], marker[0], None]
            lon += [place[1], marker[1], None]
    if not lat:
        return []
    return [
        go.Scattergeo(
            lat=lat,
            lon=lon,
            mode="lines",
            hoverinfo="skip",
            line={"color": look.ink, "width": 1},
            showlegend=False,
            name="From a marker to its place",
            meta={"layer": "leaders", "of": of},
        )
    ]


def folded(names: Sequence[str], most: int = 10) -> str:
    """Names one below the other for a hover box; the rest of a long list is counted."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"and {len(names) - most} more")
    return "<br>".join(shown)
