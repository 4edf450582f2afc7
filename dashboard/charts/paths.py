"""The way of each place through the years: alone, or behind the points of a scatter."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts.beside import FONT_SIZE, NO_SIDE, beside
from dashboard.charts.figures import new_figure
from dashboard.charts.plane import MARKER, Plane, is_firm, layout
from dashboard.charts.theme import Theme


def connected(
    pairs: pd.DataFrame,
    x: Indicator,
    y: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    *,
    log_x: bool = False,
    log_y: bool = False,
) -> go.Figure:
    """The path of each place through the years, with its first and its last year written on it.

    Args:
        pairs: as for `scatter.scatter`; a year without a pair breaks the path, as does a new
            definition.
        x: the indicator across.
        y: the indicator upwards.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.
        log_x: powers of ten across.
        log_y: powers of ten upwards.

    Returns:
        One trace per place, its last point larger; points without exact values are hollow. Names
        and years stand where they cover nothing; those without room are in the hover text.
    """
    plane = Plane(pairs, x, y, places, look, None, log_x, log_y)
    figure = new_figure()
    labels = _end_labels(plane)
    for place_id in plane.ids:
        figure.add_trace(_path(plane, place_id, labels))
    figure.update_layout(
        **layout(look, f"path-{x.indicator_id}-{y.indicator_id}-{log_x}-{log_y}"),
        **plane.axes(),
        margin={"t": 20, "r": 28},
    )
    return figure


def trails(plane: Plane, year: int, points: int) -> list[go.Scatter]:
    """The path of each place up to a year.

    Args:
        plane: the plane they lie on.
        year: the last year of the paths.
        points: number of the trace of the points, by which the browser puts together the paths of
            other years.
    """
    traces = []
    for index, key in enumerate(plane.ids):
        steps = _steps(plane, key, year)
        colour = plane.styles[key]["colour"]
        breaks = [
            item
            for item in plane.years
            if key in plane.rows[item] and getattr(plane.rows[item][key], "is_break", False)
        ]
        traces.append(
            go.Scatter(
                x=[None if row is None else float(row.x) for row in steps],
                y=[None if row is None else float(row.y) for row in steps],
                mode="lines+markers",
                name=f"Path of {plane.names[key]}",
                hoverinfo="skip",
                connectgaps=False,
                opacity=0.6,
                line={"color": colour, "width": 1.2},
                marker={"color": colour, "size": 2.6},
                meta={
                    "layer": "trails",
                    "trail": {"of": points, "point": index, "breaks": breaks},
                },
            )
        )
    return traces


def _steps(plane: Plane, place_id: str, until: int) -> list[Any]:
    """The rows of a place up to a year, with None wherever no line may join two of them."""
    rows = [
        plane.rows[year][place_id]
        for year in plane.years
        if year <= until and place_id in plane.rows[year]
    ]
    found: list[Any] = rows[:1]
    for earlier, row in pairwise(rows):
        if row.year - earlier.year > 1 or getattr(row, "is_break", False):
            found.append(None)
        found.append(row)
    return found


def _end_labels(plane: Plane) -> dict[str, tuple[tuple[str, str], tuple[str, str]]]:
    """Words and side of the first and of the last point of each path."""
    ends = {key: [row for row in _steps(plane, key, plane.years[-1]) if row] for key in plane.ids}
    shown: list[tuple[str, int, Any, str]] = []
    for key, rows in ends.items():
        name = plane.names[key]
        shown.append((key, 1, rows[-1], f"{name} {rows[-1].year}"))
    for key, rows in ends.items():
        if len(rows) > 1:
            shown.append((key, 0, rows[0], str(rows[0].year)))
    crowd = [row for rows in ends.values() for row in rows[1:-1]]
    standing = [*(row for _, _, row, _ in shown), *crowd]
    sides = beside(
        plane.parts([row.x for row in standing], [row.y for row in standing]),
        [*(words for *_, words in shown), *[""] * len(crowd)],
        [*[MARKER] * len(shown), *[3.0] * len(crowd)],
        yielding=[*[False] * len(shown), *[True] * len(crowd)],
    )
    nothing = ("", "middle right")
    found: dict[str, list[tuple[str, str]]] = {key: [nothing, nothing] for key in plane.ids}
    for (key, end, _, words), side in zip(shown, sides, strict=False):
        if side != NO_SIDE:
            found[key][end] = (words, side)
    return {key: (pair[0], pair[1]) for key, pair in found.items()}


def _path(plane: Plane, place_id: str, labels: Mapping[str, Any]) -> go.Scatter:
    """A line through the years of a place."""
    steps = _steps(plane, place_id, plane.years[-1])
    style = plane.styles[place_id]
    first, last = labels[place_id]
    inner = len(steps) - 2
    texts = [first, *[("", "middle right")] * inner, last] if inner >= 0 else [last]
    return go.Scatter(
        x=[None if row is None else float(row.x) for row in steps],
        y=[None if row is None else float(row.y) for row in steps],
        mode="lines+markers+text",
        name=plane.names[place_id],
        connectgaps=False,
        text=[words for words, _ in texts],
        textposition=[side for _, side in texts],
        textfont={"color": style["colour"], "size": FONT_SIZE},
        hovertext=[
            ""
            if row is None
            else f"<b>{plane.names[place_id]}</b>, {row.year}<br>"
            + "<br>".join(
                f"{indicator.short_name}: {words}"
                for indicator, words in zip((plane.x, plane.y), plane.told(row), strict=False)
            )
            for row in steps
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        line={"color": style["colour"], "dash": style["dash"], "width": 1.8},
        marker={
            "color": style["colour"],
            # Plotly's own for markers of several sizes are a veil and a white edge.
            "opacity": 1,
            "line": {"width": 0},
            "size": [*[5.0] * (len(steps) - 1), MARKER],
            "symbol": [
                style["symbol"] + ("" if row is None or is_firm(row) else "-open") for row in steps
            ],
        },
    )
