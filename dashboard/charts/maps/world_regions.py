"""Regions of the world chip market, as circles where their billings are a level."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.maps.geometry import NOTHING, Focus, Trace
from dashboard.charts.maps.views import Position
from dashboard.charts.theme import SANS, Theme

# Where the circle of each region stands: over land or sea that nothing else of the map needs.
ANCHORS: Mapping[str, Position] = {
    "wsts_americas": (8.0, -104.0),
    "wsts_europe": (38.0, 2.0),
    "wsts_japan": (-18.0, -172.0),
    "wsts_asia_pacific": (-20.0, 82.0),
}
LARGEST = 74.0
SMALLEST = 14.0
RANK = 800


def world_regions_layer(
    regions: pd.DataFrame, look: Theme, *, focus: Focus = NOTHING, value_name: str = ""
) -> list[Trace]:
    """Open circles of the world's regions, area in proportion to their value, with their names.

    Args:
        regions: one row per region: place_id (a region without an anchor is not drawn), name,
            `value` and `value_text`.
        look: colours of the mode.
        focus: regions emphasised.
        value_name: what the circles' areas are, for the legend.

    Returns:
        One trace; `customdata` is the place.
    """
    shown = regions[regions["place_id"].isin(ANCHORS) & regions["value"].notna()]
    if shown.empty:
        return []
    largest = float(shown["value"].abs().max()) or 1.0
    ids = list(shown["place_id"])
    return [
        go.Scattergeo(
            lat=[ANCHORS[key][0] for key in ids],
            lon=[ANCHORS[key][1] for key in ids],
            customdata=ids,
            text=[
                f"{name.split(' (')[0]}<br>{said}"
                for name, said in zip(shown["name"], shown["value_text"], strict=True)
            ],
            hovertext=[
                f"<b>{name}</b><br>{value_name}: {said}"
                for name, said in zip(shown["name"], shown["value_text"], strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            mode="markers+text",
            textposition="middle center",
            textfont={
                "family": SANS,
                "size": 12,
                "color": look.ink,
                "shadow": ", ".join([f"0 0 3px {look.card}"] * 4),
            },
            marker={
                "size": [
                    max(LARGEST * (abs(value) / largest) ** 0.5, SMALLEST)
                    for value in shown["value"]
                ],
                "symbol": "circle-open",
                "color": look.ink,
                "line": {"color": look.ink, "width": 1.4},
                "opacity": focus.opacities(ids),
            },
            name=f"World region, circle area: {value_name}",
            legendrank=RANK,
            meta={"layer": "world_regions", "count": len(ids), "given": len(regions)},
        )
    ]
