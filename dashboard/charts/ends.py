"""Words of a chart that stand beside its lines: names at their ends, a key, a line above."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.labels import stack
from dashboard.charts.theme import Theme

FONT = 13
SMALL_FONT = 12
LINE_PX = 17  # of one line of text at FONT, as Plotly sets it
SMALL_LINE_PX = 16
LABEL_PAD = 3  # between two labels
LETTER_PX = 7.4  # of a letter of mixed text at FONT, rather wide than narrow
SMALL_LETTER_PX = 6.5
NAME_LETTERS = 18  # a longer name takes two lines, so that a telephone keeps room for lines
KEY_LETTERS = 46  # what a telephone shows in one line
EMPTY_HEIGHT = 120
SPACE = "\u00a0"
FROM_LINE = 6  # from the plot's edge to a label

GLYPHS = {"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲", "cross": "✚"}


@dataclass(frozen=True)
class End:
    """A label wished for at a height of the value axis; `lines` are its lines of text."""

    at: float
    lines: tuple[str, ...]
    colour: str


def named(text: str, symbol: str, letters: int = NAME_LETTERS) -> tuple[str, ...]:
    """The lines of a label that begins with the marker of its line, so that hue is not all."""
    first, *rest = textwrap.wrap(text, letters, break_on_hyphens=False) or [""]
    return (f"{GLYPHS[symbol]} {first}", *rest)


def room(ends: Sequence[End]) -> float:
    """Height in pixels that the labels take one above the other."""
    return sum(_size(end) for end in ends)


def width(ends: Sequence[End]) -> float:
    """Width in pixels that the widest label takes, with its distance from the plot."""
    longest = max((len(line) for end in ends for line in end.lines), default=0)
    return FROM_LINE + 4 + LETTER_PX * longest


def _size(end: End) -> float:
    return LINE_PX * len(end.lines) + LABEL_PAD


def end_labels(
    ends: Sequence[End],
    low: float,
    high: float,
    plot_height: float,
    *,
    on_left: bool = False,
) -> list[dict[str, Any]]:
    """Annotations beside the plot, moved apart where they would cover each other.

    Args:
        ends: the labels.
        low: lower end of the value axis, in the unit of `End.at`; above `high` where it points
            down.
        high: upper end of the value axis.
        plot_height: height between the two, in pixels.
        on_left: whether they stand before the plot.
    """
    unit = plot_height / ((high - low) or 1.0)
    wishes = [(end.at - low) * unit for end in ends]
    placed = stack(wishes, [_size(end) for end in ends], 0.0, plot_height)
    return [
        {
            "x": 0 if on_left else 1,
            "xref": "paper",
            "xanchor": "right" if on_left else "left",
            "xshift": -FROM_LINE if on_left else FROM_LINE,
            "y": low + position / unit,
            "yref": "y",
            "yanchor": "middle",
            "showarrow": False,
            "text": "<br>".join(end.lines),
            "font": {"color": end.colour, "size": FONT},
            "align": "right" if on_left else "left",
        }
        for end, position in zip(ends, placed, strict=True)
    ]


def wrapped_items(items: Sequence[str], letters: int = KEY_LETTERS) -> list[str]:
    """Items joined into lines of about so many letters; no item is split over two lines."""
    lines: list[str] = []
    for item in items:
        if lines and len(lines[-1]) + len(item) + 3 <= letters:
            lines[-1] += f"   {item}"
        else:
            lines.append(item)
    return lines


def note(
    lines: Sequence[str],
    look: Theme,
    *,
    name: str,
    above: bool,
    shift: float,
    left: float = 0,
) -> list[dict[str, Any]]:
    """An annotation of small muted text at the left edge, above or below the plot.

    Args:
        lines: its lines; without any there is no annotation.
        look: colours of the mode.
        name: what the note is, for tests and exports to find it by.
        above: above the plot, or below it.
        shift: distance from the plot, in pixels.
        left: how far it begins before the plot, in pixels.
    """
    if not lines:
        return []
    return [
        {
            "name": name,
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": -left,
            "y": 1 if above else 0,
            "yref": "paper",
            "yanchor": "bottom" if above else "top",
            "yshift": shift if above else -shift,
            "showarrow": False,
            "align": "left",
            "text": "<br>".join(lines),
            "font": {"color": look.muted, "size": SMALL_FONT},
        }
    ]


def say_empty(figure: go.Figure, look: Theme) -> None:
    """A sentence in place of axes that measure nothing."""
    figure.update_layout(height=EMPTY_HEIGHT, xaxis={"visible": False}, yaxis={"visible": False})
    figure.add_annotation(
        name="empty",
        x=0.5,
        xref="paper",
        y=0.5,
        yref="paper",
        showarrow=False,
        text="No values to draw.",
        font={"color": look.muted, "size": FONT},
    )
