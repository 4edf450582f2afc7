"""Ranks on a line from the first: who stands where, and who moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from dashboard.charts.figures import new_figure
from dashboard.charts.theme import Theme, template

ROW = 66  # pixels of a row: caption, markers, their words
CAPTION, MIDDLE, WORDS = 4, 34, 44  # pixels below the top of a row
BESIDE = 0.6  # ranks left and right of the ends


@dataclass(frozen=True)
class Standing:
    """A rank with its words; the colour only repeats whom they name."""

    rank: int
    words: str
    colour: str
    is_past: bool = False


@dataclass(frozen=True)
class RankLine:
    """What is ranked, and the ranks; `moves` draws an arrow from the first rank to the last."""

    caption: str
    standings: Sequence[Standing]
    moves: bool = False


def rank_lines(lines: Sequence[RankLine], look: Theme) -> go.Figure:
    """A line for each ranking, the first rank at the left.

    Args:
        lines: at least one, with at least one standing each.
        look: colours of the mode.

    Returns:
        A line with a dot at every rank and a marker trace for each ranking. Dots that nobody of
        the standings holds are small: others hold those ranks, whom the source may not name.
    """
    last = max(item.rank for line in lines for item in line.standings)
    notes = []
    traces = []
    for at, line in enumerate(lines):
        top = at * ROW
        notes.append(
            {
                "text": f"<b>{escape(line.caption)}</b>",
                "xref": "paper",
                "x": 0,
                "xanchor": "left",
                "y": top + CAPTION,
                "yanchor": "top",
                "showarrow": False,
                "borderpad": 0,
                "font": {"size": 13, "color": look.ink},
            }
        )
        traces.append(_scale(last, top + MIDDLE, look))
        traces.append(_standings(line, top + MIDDLE, look))
        notes += [_words(item, top + WORDS, last, look) for item in line.standings]
        if line.moves:
            notes.append(_arrow(line, top + MIDDLE))
    below = ROW * len(lines)
    return new_figure(
        traces,
        {
            "template": template(look),
            "annotations": notes,
            "height": below + 44,
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "margin": {"t": 4, "r": 8, "b": 36, "l": 8},
            "xaxis": {
                "range": [1 - BESIDE, last + BESIDE],
                "tickvals": [1, *range(5, last + 1, 5)],
                "title": {"text": "rank in the world"},
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
            },
            "yaxis": {"range": [below, 0], "visible": False, "fixedrange": True},
        },
    )


def describe_ranks_told(lines: Sequence[RankLine]) -> str:
    """The ranks in a sentence for each line."""
    return " ".join(
        f"{line.caption}: {', '.join(f'{item.words} rank {item.rank}' for item in line.standings)}."
        for line in lines
    )


def _scale(last: int, below: float, look: Theme) -> go.Scatter:
    return go.Scatter(
        x=list(range(1, last + 1)),
        y=[below] * last,
        mode="lines+markers",
        line={"color": look.rule, "width": 1.5},
        marker={"size": 5, "color": look.no_value},
        hoverinfo="skip",
        name="All ranks",
    )


def _standings(line: RankLine, below: float, look: Theme) -> go.Scatter:
    return go.Scatter(
        x=[item.rank for item in line.standings],
        y=[below] * len(line.standings),
        mode="markers",
        marker={
            "size": 14,
            "color": [look.card if item.is_past else item.colour for item in line.standings],
            "line": {"color": [item.colour for item in line.standings], "width": 2},
        },
        hovertext=[f"{escape(item.words)}: rank {item.rank}" for item in line.standings],
        hovertemplate="%{hovertext}<extra></extra>",
        name=line.caption,
    )


def _words(item: Standing, below: float, last: int, look: Theme) -> dict[str, object]:
    """The words below a marker; those at the ends stay inside the plot."""
    side = "left" if item.rank == 1 else "right" if item.rank == last else "center"
    return {
        "text": f"{escape(item.words)} <b>{item.rank}</b>",
        "x": item.rank,
        "xanchor": side,
        "xshift": {"left": -9, "right": 9, "center": 0}[side],
        "y": below,
        "yanchor": "top",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": 12, "color": look.ink},
    }


def _arrow(line: RankLine, below: float) -> dict[str, object]:
    start, end = line.standings[0], line.standings[-1]
    return {
        "x": end.rank,
        "y": below,
        "ax": start.rank,
        "ay": below,
        "axref": "x",
        "ayref": "y",
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 1.6,
        "arrowcolor": end.colour,
        "standoff": 9,
        "startstandoff": 9,
        "text": "",
    }
