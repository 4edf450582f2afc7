"""Fields under columns and rows, each with a few words: what goes with what, as a picture."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import plotly.graph_objects as go

from dashboard.charts.figures import new_figure
from dashboard.charts.theme import Theme, template

Mark = Literal["said", "read", "empty"]

ROOM = 300  # pixels that a telephone leaves for all columns together
LETTER = 6.7  # pixels of a letter of the size below, on average
SIZE = 12
LINE = 15  # pixels of a line of words
GAP = 6  # between two fields
PAD = 7  # between the words of a field and its edge
CAPTION_GAP = 5
HOVER_LETTERS = 46


@dataclass(frozen=True)
class Field:
    """One field: its words, what stands behind it, and what a click on it opens.

    Attributes:
        text: the words in it.
        head: bold words above them.
        mark: whether a paper says it, the curators read it out of a paper, or nothing is said.
        hover: more words, for the hover box.
        key: identifier handed over by a click; empty where nothing opens.
    """

    text: str
    head: str = ""
    mark: Mark = "said"
    hover: str = ""
    key: str = ""


@dataclass(frozen=True)
class Line:
    """One row: a caption over its fields, one field for each column."""

    caption: str
    fields: Sequence[Field]


def grid(columns: Sequence[str], lines: Sequence[Line], look: Theme) -> go.Figure:
    """Rows of fields below each other, the name of each row over its fields.

    Args:
        columns: heading of each column; all empty draws none.
        lines: at least one, each with as many fields as there are columns.
        look: colours of the mode.

    Returns:
        A bar trace for each kind of mark among the fields; their bars are the fields and carry
        `key` as custom data. Distances downwards are pixels, of which the figure has as many as
        its words need, at the width of a telephone.
    """
    letters = int((ROOM / len(columns) - 2 * PAD) / LETTER)
    notes: list[dict[str, Any]] = []
    below = 2.0  # the edge of a field that stands first
    names = [textwrap.wrap(name, letters) for name in columns]
    if any(names):
        notes += [
            _words(name, at + 0.5, below, look.muted, bold=True) for at, name in enumerate(names)
        ]
        below += LINE * max(map(len, names)) + CAPTION_GAP
    placed: dict[Mark, list[tuple[float, float, int, Field]]] = {}
    for line in lines:
        if line.caption:
            wrapped = textwrap.wrap(line.caption, int(ROOM / LETTER))
            below += CAPTION_GAP
            notes.append(_words(wrapped, 0, below, look.ink, bold=True, left=True))
            below += LINE * len(wrapped) + CAPTION_GAP
        heads = [textwrap.wrap(field.head, letters) for field in line.fields]
        texts = [textwrap.wrap(field.text, letters) for field in line.fields]
        most = max(len(head) + len(text) for head, text in zip(heads, texts, strict=True))
        height = LINE * most + 2 * PAD
        for at, field in enumerate(line.fields):
            placed.setdefault(field.mark, []).append((below + height / 2, height, at, field))
            colour = look.muted if field.mark == "empty" else look.ink
            top = below + (height - LINE * (len(heads[at]) + len(texts[at]))) / 2
            notes += [
                _words(heads[at], at + 0.5, top, colour, bold=True),
                _words(texts[at], at + 0.5, top + LINE * len(heads[at]), colour),
            ]
        below += height + GAP
    return new_figure(
        [_bars(mark, fields, look) for mark, fields in placed.items()],
        {
            "template": template(look),
            "annotations": [note for note in notes if note["text"]],
            "height": int(below + 16),
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "bargap": 0,
            "barmode": "overlay",
            "margin": {"t": 8, "r": 4, "b": 8, "l": 4},
            "xaxis": {"range": [0, len(columns)], "visible": False, "fixedrange": True},
            "yaxis": {"range": [below, 0], "visible": False, "fixedrange": True},
        },
    )


def _words(
    lines: Sequence[str],
    x: float,
    below: float,
    colour: str,
    *,
    bold: bool = False,
    left: bool = False,
) -> dict[str, Any]:
    text = "<br>".join(map(escape, lines))
    return {
        "text": f"<b>{text}</b>" if bold and text else text,
        "x": x,
        "y": below,
        "xanchor": "left" if left else "center",
        "yanchor": "top",
        "align": "left" if left else "center",
        "showarrow": False,
        "borderpad": 0,
        # A click on the words is one on the field below them.
        "captureevents": False,
        "font": {"size": SIZE, "color": colour},
    }


def _bars(mark: Mark, fields: Sequence[tuple[float, float, int, Field]], look: Theme) -> go.Bar:
    edge = GAP / ROOM * 2
    return go.Bar(
        orientation="h",
        base=[at + edge / 2 for _, _, at, _ in fields],
        x=[1 - edge] * len(fields),
        y=[middle for middle, _, _, _ in fields],
        width=[height for _, height, _, _ in fields],
        customdata=[field.key for *_, field in fields],
        hovertext=[_hover(field) for *_, field in fields],
        hovertemplate="%{hovertext}<extra></extra>",
        name=mark,
        marker={
            "color": look.sea if mark == "said" else look.card,
            "line": {
                "color": look.rule if mark == "empty" else look.accent,
                "width": 1.5 if mark == "said" else 1,
            },
        },
    )


def _hover(field: Field) -> str:
    words = textwrap.wrap(field.hover or field.text or field.head, HOVER_LETTERS)
    return "<br>".join(map(escape, words))


def describe_grid(columns: Sequence[str], lines: Sequence[Line]) -> str:
    """The grid in sentences: what stands in each row, and under which column."""
    said = []
    for line in lines:
        held = [
            ": ".join(filter(None, (name, field.head, field.text.rstrip("."))))
            for name, field in zip(columns, line.fields, strict=True)
            if field.mark != "empty"
        ]
        caption = f"{line.caption} – " if line.caption else ""
        said.append(f"{caption}{'; '.join(held) or 'nothing said'}")
    return f"{'. '.join(said)}."
