"""Bars whose words stand above them: long names keep their room on a telephone."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator
from dashboard.charts import formats
from dashboard.charts.figures import new_figure
from dashboard.charts.theme import Theme, template

LETTERS = 46  # of a line of words, at the width of a telephone
LINE, BAR, GAP, HEADING_GAP = 17, 11, 6, 9
BEFORE_BAR = 2
INDENT = 3  # of the words, from the line that the bars start at
AXIS = 58
MOST_TICKS = 4  # written in words, on a telephone
SIZE = 13


@dataclass(frozen=True)
class Bar:
    """One bar from zero: its words with the value in them, and the kind of thing it measures.

    `is_exact` False hatches it; `high` is the upper end of a range, drawn as a whisker. A figure
    that contradicts another one beside it is hollow.
    """

    words: str
    value: float
    kind: str
    colour: str
    is_exact: bool = True
    high: float | None = None
    is_hollow: bool = False


@dataclass(frozen=True)
class Panel:
    """Bars on one axis, in groups with a heading each; `unit` gives title and ticks of the axis."""

    unit: Indicator
    groups: Sequence[tuple[str, Sequence[Bar]]]


def unit_of(unit: str, symbol: str = "") -> Indicator:
    """What an axis counts that is no indicator of the catalogue.

    Args:
        unit: in words, for the title.
        symbol: beside a number: "%", or a currency whose ticks are written in words.
    """
    title = f"{unit}, {symbol}" if symbol else unit
    return Indicator("", unit, unit, "", "", title, symbol, 0, "level", "neutral", "bar", "", "")


def captioned_bars(panels: Sequence[Panel], look: Theme) -> go.Figure:
    """Panels below each other, each with its own axis.

    Args:
        panels: at least one, with at least one bar each.
        look: colours of the mode.

    Returns:
        A trace for each panel and kind of bar. Distances downwards are pixels, of which the
        figure has as many as its rows need.
    """
    heights = [_height(panel) for panel in panels]
    full = sum(heights) + AXIS * len(panels)
    figure = new_figure(layout={"template": template(look)})
    above = 0
    notes: list[dict[str, object]] = []
    for at, (panel, height) in enumerate(zip(panels, heights, strict=True), start=1):
        axis = "" if at == 1 else str(at)
        below = above + height
        figure.update_layout(
            {
                f"xaxis{axis}": _value_axis(panel, f"y{axis}"),
                f"yaxis{axis}": {
                    "domain": [1 - below / full, 1 - above / full],
                    "range": [height, 0],
                    "visible": False,
                    "fixedrange": True,
                },
            }
        )
        notes += _add(figure, panel, axis, look)
        above = below + AXIS
    # All at once: each that is added alone has Plotly check those before it again.
    figure.update_layout(
        annotations=notes,
        height=full + 16,
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        bargap=0,
        margin={"t": 8, "b": 8, "l": 10, "r": 16},
    )
    return figure


def _value_axis(panel: Panel, anchor: str) -> dict[str, object]:
    ends = [bar.high or bar.value for _, bars in panel.groups for bar in bars]
    high = max(*ends, 0.0) or 1.0
    axis = formats.axis(panel.unit, 0.0, high)
    ticks = axis["tickvals"]
    step = -(-len(ticks) // MOST_TICKS) if "ticktext" in axis else 1
    axis["tickvals"] = ticks[::step]
    if "ticktext" in axis:
        axis["ticktext"] = axis["ticktext"][::step]
    return {**axis, "anchor": anchor, "range": [0, high * 1.02], "fixedrange": True, "tickangle": 0}


def whole(amount: str) -> str:
    """An amount that no line break parts from its currency or magnitude."""
    return amount.replace(" ", "\N{NO-BREAK SPACE}")


def _lines(words: str) -> list[str]:
    return textwrap.wrap(words, LETTERS) or [""]


def _height(panel: Panel) -> int:
    return sum(
        (HEADING_GAP + LINE * len(_lines(heading)) if heading else 0)
        + sum(LINE * len(_lines(bar.words)) + BEFORE_BAR + BAR + GAP for bar in bars)
        for heading, bars in panel.groups
    )


def _add(figure: go.Figure, panel: Panel, axis: str, look: Theme) -> list[dict[str, object]]:
    """Add the bars of a panel; the words above them are returned."""
    below = 0.0
    notes: list[dict[str, object]] = []
    placed: dict[str, list[tuple[float, Bar]]] = {}

    def write(words: str, *, bold: bool = False) -> None:
        nonlocal below
        lines = _lines(words)
        text = "<br>".join(map(escape, lines))
        notes.append(_note(f"<b>{text}</b>" if bold else text, below, axis, look))
        below += LINE * len(lines)

    for heading, bars in panel.groups:
        if heading:
            below += HEADING_GAP
            write(heading, bold=True)
        for bar in bars:
            write(bar.words)
            below += BEFORE_BAR
            placed.setdefault(bar.kind, []).append((below + BAR / 2, bar))
            below += BAR + GAP
    for kind, spots in placed.items():
        figure.add_trace(_trace(kind, spots, axis, look))
    return notes


def _note(text: str, below: float, axis: str, look: Theme) -> dict[str, object]:
    """Words over the bars to come; the lines of the grid end at them."""
    return {
        "text": text,
        "xref": "paper",
        "yref": f"y{axis}",
        "x": 0,
        "y": below,
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "xshift": INDENT,
        "bgcolor": look.card,
        "font": {"size": SIZE, "color": look.ink},
    }


def _trace(kind: str, bars: Sequence[tuple[float, Bar]], axis: str, look: Theme) -> go.Bar:
    trace = go.Bar(
        x=[bar.value for _, bar in bars],
        y=[middle for middle, _ in bars],
        width=BAR,
        orientation="h",
        name=kind,
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        customdata=[escape(bar.words) for _, bar in bars],
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "color": [look.card if bar.is_hollow else bar.colour for _, bar in bars],
            "line": {
                "color": [bar.colour for _, bar in bars],
                "width": [1.4 if bar.is_hollow else 0 for _, bar in bars],
            },
            "pattern": {
                "shape": ["" if bar.is_exact else "/" for _, bar in bars],
                # Over a hollow bar the hatching has a colour of its own, else the bar's.
                "fillmode": "overlay" if bars[0][1].is_hollow else "replace",
                "fgcolor": [look.muted if bar.is_hollow else look.card for _, bar in bars],
                "size": 6,
            },
        },
    )
    if any(bar.high is not None for _, bar in bars):
        trace.error_x = {
            "type": "data",
            "symmetric": False,
            "array": [(bar.high or bar.value) - bar.value for _, bar in bars],
            "arrayminus": [0] * len(bars),
            "color": look.ink,
            "thickness": 1.4,
        }
    return trace
