"""Bars over years, each under its words, and what all charts of programmes share with them.

Words stand above their bars, so that long names keep their room on a telephone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.figures import new_figure
from dashboard.charts.theme import Theme, template

LETTERS = 46  # of a line of words, at the width of a telephone
LINE, BAR, GAP, HEADING = 16, 9, 7, 30
SIZE = 13
AXIS = 46
LEGEND = 84  # three lines of entries on a telephone, and the years below them
# Longest span of years that has a tick each so many years.
TICK_STEPS = ((8, 1), (16, 2), (40, 5))
WIDEST_STEP = 10


@dataclass(frozen=True)
class Span:
    """A bar over some years, under its words.

    Attributes:
        words: what stands above it.
        first: first year; None where the source gives none.
        last: last year; None where the source gives none or it is open.
        key: what a click on it opens.
        kind: name of its trace in the legend.
        colour: of the bar.
        pattern: of the bar, as Plotly names it.
        hover: what the hover box says, as markup.
        at: the one year that is known of something of several years; drawn as a diamond.
    """

    words: str
    first: int | None
    last: int | None
    key: str
    kind: str
    colour: str
    pattern: str = ""
    hover: str = ""
    at: int | None = None


def spans(groups: Sequence[tuple[str, Sequence[Span]]], look: Theme) -> go.Figure:
    """Bars over years, each under its words, in groups under a heading.

    What has no last year ends in a dotted line to the edge, what has no first year begins with
    one; the year that is known is solid.

    Args:
        groups: heading ("" for none) and bars; each bar with at least one year.
        look: colours of the mode.

    Returns:
        A trace for each kind of bar, one for lines of open ends and one for single years.
        Distances downwards are pixels, of which the figure has as many as its rows need.
    """
    first, last = _ends([span for _, group in groups for span in group])
    figure = new_figure(layout={"template": template(look)})
    below = 4.0
    captions: list[dict[str, Any]] = []
    placed: dict[tuple[str, str], list[tuple[float, Span]]] = {}
    for heading, group in groups:
        if heading:
            below += HEADING - LINE - 4
            captions.append(caption(f"<b>{escape(heading)}</b>", below, look.ink))
            below += LINE + 4
        for span in group:
            lines = textwrap.wrap(span.words, LETTERS) or [""]
            captions.append(caption("<br>".join(map(escape, lines)), below, look.ink))
            below += LINE * len(lines) + 3
            placed.setdefault((span.kind, span.pattern), []).append((below + BAR / 2, span))
            below += BAR + GAP
    for (kind, pattern), spots in sorted(placed.items(), key=lambda item: item[0]):
        _add_bars(figure, kind, pattern, spots, look)
    every = [spot for spots in placed.values() for spot in spots]
    _add_open_ends(figure, every, (first, last), look)
    _add_single_years(figure, every, look)
    axis = year_axis(first, last)
    captions += [
        {
            **caption(str(year), 0, look.muted),
            "xref": "x",
            "x": year,
            "yref": "paper",
            "y": 1,
            "xanchor": "center",
            "yanchor": "bottom",
        }
        for year in range(first, last + 2)
        if year % axis["dtick"] == 0
    ]
    figure.update_layout(
        height=int(below) + AXIS + LEGEND,
        # All at once: each one added alone makes Plotly check those before it again.
        annotations=captions,
        bargap=0,
        barmode="overlay",
        hovermode="closest",
        dragmode=False,
        margin={"t": LEGEND, "b": 8, "l": 10, "r": 16},
        legend=legend(),
        xaxis=axis,
        yaxis={"range": [below, 0], "visible": False, "fixedrange": True},
    )
    return figure


def _ends(bars: Sequence[Span]) -> tuple[int, int]:
    years = [year for span in bars for year in (span.first, span.last, span.at) if year is not None]
    return min(years), max(years)


def year_axis(first: int, last: int, room: float = 1.0) -> dict[str, Any]:
    """An axis of years with a tick for few enough of them; `room` is left at both ends."""
    span = last - first
    step = next((step for most, step in TICK_STEPS if span <= most), WIDEST_STEP)
    return {
        "range": [first - room, last + 1 + room] if room == 1.0 else [first - room, last + room],
        "dtick": step,
        "tick0": 0,
        "tickformat": "d",
        "tickangle": 0,
        "zeroline": False,
        "fixedrange": True,
    }


def hatching(shape: str, look: Theme) -> dict[str, Any]:
    """Hatching over the colour of a bar; one for a trace, so that the legend shows it too."""
    return {"shape": shape, "fillmode": "overlay", "fgcolor": look.card, "size": 6}


def legend() -> dict[str, Any]:
    """The legend of every chart of programmes, above it and as wide as it."""
    return {
        "orientation": "h",
        "x": 0,
        "yref": "container",
        "y": 1,
        "yanchor": "top",
        "itemclick": False,
        "itemdoubleclick": False,
        "traceorder": "normal",
    }


def caption(text: str, below: float, colour: str) -> dict[str, Any]:
    """Words over the bar to come."""
    return {
        "text": text,
        "xref": "paper",
        "yref": "y",
        "x": 0,
        "y": below,
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": SIZE, "color": colour},
    }


def _add_bars(
    figure: go.Figure,
    kind: str,
    pattern: str,
    spots: Sequence[tuple[float, Span]],
    look: Theme,
) -> None:
    """Bars over the years that are known: all of them, or the one at the closed end."""
    solid = [(middle, span) for middle, span in spots if span.at is None]
    if not solid:
        return
    known = [[year for year in (span.first, span.last) if year is not None] for _, span in solid]
    figure.add_trace(
        go.Bar(
            base=[years[0] for years in known],
            x=[years[-1] - years[0] + 1 for years in known],
            y=[middle for middle, _ in solid],
            width=BAR,
            orientation="h",
            name=kind,
            customdata=[span.key for _, span in solid],
            hovertext=[span.hover for _, span in solid],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={
                "color": [span.colour for _, span in solid],
                "line": {"color": [span.colour for _, span in solid], "width": 1},
                "pattern": hatching(pattern, look),
            },
        )
    )


def _add_open_ends(
    figure: go.Figure, spots: Sequence[tuple[float, Span]], ends: tuple[int, int], look: Theme
) -> None:
    x: list[float | None] = []
    y: list[float | None] = []
    for middle, span in spots:
        if span.at is not None or (span.first is not None and span.last is not None):
            continue
        line = (
            (span.first + 1, ends[1] + 2)
            if span.first is not None
            else (ends[0] - 1, span.last or ends[1])
        )
        x += [*line, None]
        y += [middle, middle, None]
    if x:
        figure.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                name="Open end",
                hoverinfo="skip",
                line={"color": look.muted, "width": 1.6, "dash": "dot"},
            )
        )


def _add_single_years(figure: go.Figure, spots: Sequence[tuple[float, Span]], look: Theme) -> None:
    single = [(middle, span) for middle, span in spots if span.at is not None]
    if single:
        figure.add_trace(
            go.Scatter(
                x=[(span.at or 0) + 0.5 for _, span in single],
                y=[middle for middle, _ in single],
                mode="markers",
                name="Decision or sum",
                customdata=[span.key for _, span in single],
                hovertext=[span.hover for _, span in single],
                hovertemplate="%{hovertext}<extra></extra>",
                marker={
                    "symbol": "diamond",
                    "size": 10,
                    "color": [span.colour for _, span in single],
                    "line": {"color": look.card, "width": 1},
                },
            )
        )
