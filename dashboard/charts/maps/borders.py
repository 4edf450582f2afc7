"""Disputed borders and cease-fire lines, dotted."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.maps.geometry import Geometry
from dashboard.charts.theme import Theme


def disputed_borders(geometry: Geometry, look: Theme) -> list[go.Scattergeo]:
    """One dotted line trace of all disputed borders; none where there are none."""
    if not geometry.disputed:
        return []
    lat: list[float | None] = []
    lon: list[float | None] = []
    for line in geometry.disputed:
        lon += [point[0] for point in line] + [None]
        lat += [point[1] for point in line] + [None]
    return [
        go.Scattergeo(
            lat=lat,
            lon=lon,
            mode="lines",
            hoverinfo="skip",
            line={"color": look.muted, "width": 1, "dash": "dot"},
            name="Disputed border or cease-fire line",
            legendrank=900,
            meta={"layer": "borders", "count": len(geometry.disputed)},
        )
    ]
