"""Ties as great circles: colour and dash by kind, an arrow head where a kind leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import formats
from dashboard.charts.maps.geometry import DIMMED, NOTHING, Focus, Trace
from dashboard.charts.theme import DIRECTED_TIES, TIE_STYLES, Theme
from dashboard.transforms.sphere import bearing, great_circle

PREFIX = "tie:"
PARTS = 24
BOW = 0.035  # of the length: how far ties of different kinds between two places stand apart
ARROW_AT = 20  # of PARTS: near the end, clear of the marker there
RANK = 700


def ties_layer(ties: pd.DataFrame, look: Theme, *, focus: Focus = NOTHING) -> list[Trace]:
    """One line trace per kind, one of arrow heads, and one of points that carry the hover text.

    Ties of one kind between the same two places are one line whose hover names them all; kinds
    between the same places fan out.

    Args:
        ties: one row per tie: link_id, kind, text, from_lat, from_lon, to_lat, to_lon. Ties that
            lack a position, and kinds that have no style, are not drawn.
        look: colours of the mode.
        focus: ties emphasised; those of a focus without ties are all dimmed.

    Returns:
        The traces; `customdata` of a point is `tie:` and the identifiers.
    """
    positions = ["from_lat", "from_lon", "to_lat", "to_lon"]
    drawn = ties[ties[positions].notna().all(axis=1) & ties["kind"].isin(TIE_STYLES)]
    traces: list[Trace] = []
    heads: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    arcs = list(_arcs(drawn))
    for kind, (dash, is_business) in TIE_STYLES.items():
        colour = look.ink if is_business else look.accent
        of_kind = [arc for arc in arcs if arc["kind"] == kind]
        bright = [arc for arc in of_kind if not focus or focus.ties & set(arc["ids"])]
        dim = [arc for arc in of_kind if arc not in bright]
        for group, opacity, width in ((dim, 0.9 * DIMMED, 1.6), (bright, 0.9, 1.8)):
            if not group:
                continue
            lat: list[float | None] = []
            lon: list[float | None] = []
            for arc in group:
                lat += [round(point[0], 3) for point in arc["path"]] + [None]
                lon += [round(point[1], 3) for point in arc["path"]] + [None]
                middle = arc["path"][len(arc["path"]) // 2]
                points.append({"at": middle, "text": arc["text"], "ids": arc["ids"]})
                if kind in DIRECTED_TIES and len(arc["path"]) > ARROW_AT:
                    start, end = arc["path"][ARROW_AT - 1], arc["path"][ARROW_AT]
                    heads.append(
                        {
                            "at": end,
                            "angle": bearing(start, end),
                            "colour": colour,
                            "opacity": opacity,
                        }
                    )
            traces.append(
                go.Scattergeo(
                    lat=lat,
                    lon=lon,
                    mode="lines",
                    hoverinfo="skip",
                    line={
                        "color": colour,
                        "width": width + (1.2 if focus and group is bright else 0),
                        "dash": dash,
                    },
                    opacity=opacity,
                    name=f"Tie: {formats.words(kind)}",
                    legendrank=RANK,
                    showlegend=group is bright or not bright,
                    meta={
                        "layer": "ties",
                        "kind": kind,
                        "count": sum(len(arc["ids"]) for arc in group),
                    },
                )
            )
    if heads:
        traces.append(_heads(heads))
    traces.append(_points(points, look, len(drawn), len(ties)))
    return traces


def _arcs(ties: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """One arc per kind and pair of places, those of a pair side by side."""
    pairs: dict[Any, dict[Any, list[Any]]] = {}
    for tie in ties.itertuples():
        start, end = (tie.from_lat, tie.from_lon), (tie.to_lat, tie.to_lon)
        if start == end:
            continue
        # A mutual tie is the same line whichever way it was written down.
        way = (start, end) if tie.kind in DIRECTED_TIES else tuple(sorted((start, end)))
        pairs.setdefault(frozenset((start, end)), {}).setdefault((tie.kind, *way), []).append(tie)
    for kinds in pairs.values():
        for place, ((kind, start, end), held) in enumerate(kinds.items()):
            bow = BOW * (place - (len(kinds) - 1) / 2)
            # To the right of one way is to the left of the other.
            side = 1 if start <= end else -1
            yield {
                "kind": kind,
                "ids": [tie.link_id for tie in held],
                "text": "<br>".join(tie.text for tie in held),
                "path": great_circle(start, end, PARTS, bow * side),
            }


def _heads(heads: list[dict[str, Any]]) -> go.Scattergeo:
    return go.Scattergeo(
        lat=[head["at"][0] for head in heads],
        lon=[head["at"][1] for head in heads],
        mode="markers",
        hoverinfo="skip",
        marker={
            "symbol": "triangle-up",
            "size": 9,
            "angleref": "north",
            "angle": [head["angle"] for head in heads],
            "color": [head["colour"] for head in heads],
            "opacity": [head["opacity"] for head in heads],
        },
        showlegend=False,
        name="Direction of ties",
        meta={"layer": "ties"},
    )


def _points(points: list[dict[str, Any]], look: Theme, drawn: int, given: int) -> go.Scattergeo:
    """Invisible points in the middle of each arc, which a pointer can find."""
    return go.Scattergeo(
        lat=[point["at"][0] for point in points],
        lon=[point["at"][1] for point in points],
        text=[point["text"] for point in points],
        customdata=[PREFIX + ";".join(point["ids"]) for point in points],
        mode="markers",
        marker={"size": 12, "color": look.accent, "opacity": 0},
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
        name="Ties",
        meta={"layer": "ties", "count": drawn, "given": given},
    )
