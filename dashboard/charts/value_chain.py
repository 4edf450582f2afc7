"""A value chain: who gives on the left, who takes on the right, a line for each link."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.naming import begun
from dashboard.catalogue.value_chains import KINDS, LEARNING_WORDS
from dashboard.charts.figures import new_figure
from dashboard.charts.sparkline import svg_image
from dashboard.charts.theme import Theme, template

# Width in pixels and dash of a line by the strength of learning; the word stands beside it.
LINES = {
    "strong": (4.5, "solid"),
    "limited": (2.4, "dash"),
    "none": (2.4, "dot"),
    "unrated": (1.1, "solid"),
}
DASHES = {"solid": "", "dash": "7 5", "dot": "2 3"}
LOOP = "↻"
PORT = 23  # pixels between two links of one actor
LINE = 15  # pixels of a line of a name
GAP = 17  # pixels between two actors
HEAD = 30
# Pixels beside the lines for names: a telephone has no more than twice that and the lines.
MARGIN = 102
NAME_LETTERS = 14
HOVER_LETTERS = 46
PARTS = 32


@dataclass(frozen=True)
class _Actor:
    """A group of actors on one side, with the numbers of its links from top to bottom."""

    name: str
    kind: str
    links: tuple[int, ...]

    @property
    def lines(self) -> list[str]:
        return [*textwrap.wrap(self.name, NAME_LETTERS), *_small(self.kind)]

    @property
    def height(self) -> float:
        return max(PORT * len(self.links), LINE * len(self.lines))


def value_chain(links: pd.DataFrame, look: Theme) -> go.Figure:
    """Links between groups of actors, from those who give to those who take.

    Every group stands on the left if something leaves it and on the right if something reaches
    it, those who support the chain above and its markets below. A line carries its number at both
    ends, and on the left the strength of learning in a word, if a document rates it; weight and
    dash say the same. A link of a group with itself runs straight across and has a loop sign at
    both ends.

    Args:
        links: one row per link: number, from_actor, from_kind, to_actor, to_kind, relation,
            interactive_learning, document, locator, is_disputed.
        look: colours of the mode.

    Returns:
        A line trace for each link, in the order of the table, and one of arrow heads. Distances
        downwards are pixels, of which the figure has as many as it needs.
    """
    left, right = _side(links, "from", "to"), _side(links, "to", "from")
    height = max(_needed(left), _needed(right))
    starts: dict[int, float] = {}
    ends: dict[int, float] = {}
    notes: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    for actors, ports, x, title in (
        (left, starts, 0, "Who gives"),
        (right, ends, 1, "Who takes"),
    ):
        notes.append(_head(title, x, look))
        free = (height - _needed(actors)) / max(len(actors) - 1, 1)
        below = float(HEAD)
        for actor in actors:
            middle = below + actor.height / 2
            first = middle - PORT * (len(actor.links) - 1) / 2
            ports |= {number: first + PORT * at for at, number in enumerate(actor.links)}
            notes.append(_name(actor, x, middle, look))
            bars.append(_bar(actor, x, middle, look))
            below += actor.height + GAP + free
    lines = []
    for link in links.itertuples():
        start, end = starts[link.number], ends[link.number]
        lines.append(_line(link, start, end, look))
        notes += _numbers(link, start, end, look)
    return new_figure(
        [*lines, _arrows(links, ends, look)],
        {
            "template": template(look),
            "annotations": notes,
            "shapes": bars,
            "height": int(HEAD + height + 16),
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "uirevision": "value_chain",
            "margin": {"t": 4, "r": MARGIN, "b": 8, "l": MARGIN},
            "xaxis": {"range": [0, 1], "visible": False, "fixedrange": True},
            "yaxis": {"range": [HEAD + height + 4, 0], "visible": False, "fixedrange": True},
        },
    )


def colour_of(learning: str, look: Theme) -> str:
    """Colour of a line; it only repeats what weight, dash and word say."""
    return {"strong": look.accent, "unrated": look.muted}.get(learning, look.warm)


def learning_marks(links: pd.DataFrame, look: Theme) -> list[tuple[str, str]]:
    """The legend: for each strength among the links its line as an image, and words."""
    said = {
        "strong": "Learning strong",
        "limited": "Learning limited",
        "none": "No learning",
        "unrated": "Link described, learning not rated",
    }
    counts = links["interactive_learning"].value_counts()
    marks = []
    for learning, words in said.items():
        if learning in counts:
            width, dash = LINES[learning]
            line = (
                f'<path d="M0 8H34" stroke="{colour_of(learning, look)}" stroke-width="{width}" '
                f'stroke-dasharray="{DASHES[dash]}"/>'
            )
            marks.append((svg_image(line, 34, 16), f"{words} ({counts[learning]})"))
    return marks


def describe_value_chain(links: pd.DataFrame, place: str) -> str:
    """The chain in a sentence: how many links of which strength, and between whom it is rated.

    Args:
        links: as `value_chain` takes them.
        place: name of the place.
    """
    actors = set(links["from_actor"]) | set(links["to_actor"])
    counts = links["interactive_learning"].value_counts()
    strengths = ", ".join(
        f"{words} on {counts[key]}" for key, words in LEARNING_WORDS.items() if key in counts
    )
    rated = [
        f"{_ends(link)} {LEARNING_WORDS[link.interactive_learning]}"
        for link in links[links["interactive_learning"] != "unrated"].itertuples()
    ]
    more = f" Rated: {'; '.join(rated)}." if rated else ""
    return (
        f"Value chain of {place}: {len(links)} links between {len(actors)} groups of actors; "
        f"interactive learning {strengths}.{more}"
    )


def _ends(link: Any) -> str:
    start, end = link.from_actor, link.to_actor
    return f"within {start}" if start == end else f"{start} to {end}"


def _side(links: pd.DataFrame, own: str, other: str) -> list[_Actor]:
    """The actors of one side in the order of their kinds, links in the order of the other side."""
    rank = {kind: at for at, kind in enumerate(KINDS)}
    numbered = pd.concat([links["from_actor"], links["to_actor"]]).drop_duplicates()
    first = {name: at for at, name in enumerate(numbered)}
    table = pd.DataFrame(
        {
            "name": links[f"{own}_actor"],
            "kind": links[f"{own}_kind"],
            "number": links["number"],
            "rank": links[f"{own}_kind"].map(rank),
            "first": links[f"{own}_actor"].map(first),
            "other_rank": links[f"{other}_kind"].map(rank),
            "other_first": links[f"{other}_actor"].map(first),
        }
    )
    table = table.sort_values(["rank", "first", "other_rank", "other_first", "number"])
    return [
        _Actor(str(name), str(group["kind"].iloc[0]), tuple(map(int, group["number"])))
        for name, group in table.groupby("name", sort=False)
    ]


def _needed(actors: Sequence[_Actor]) -> float:
    return sum(actor.height for actor in actors) + GAP * (len(actors) - 1)


def _small(kind: str) -> list[str]:
    return textwrap.wrap(KINDS[kind], NAME_LETTERS + 3)


def _beside(x: int) -> dict[str, Any]:
    """Where words stand that belong to one of the two sides: away from the lines."""
    return {
        "x": x,
        "xanchor": "left" if x else "right",
        "align": "left" if x else "right",
        "xshift": 8 if x else -8,
        "showarrow": False,
    }


def _head(title: str, x: int, look: Theme) -> dict[str, Any]:
    font = {"size": 12, "color": look.muted}
    return {**_beside(x), "text": f"<b>{title}</b>", "y": HEAD / 2 - 4, "font": font}


def _name(actor: _Actor, x: int, middle: float, look: Theme) -> dict[str, Any]:
    """The name of a group with its kind below."""
    name = "<br>".join(textwrap.wrap(actor.name, NAME_LETTERS))
    kind = "<br>".join(_small(actor.kind))
    text = f'{name}<br><span style="color:{look.muted};font-size:11px">{kind}</span>'
    return {**_beside(x), "text": text, "y": middle, "font": {"size": 12, "color": look.ink}}


def _bar(actor: _Actor, x: int, middle: float, look: Theme) -> dict[str, Any]:
    """A bar along the links of a group."""
    half = PORT * (len(actor.links) - 1) / 2 + 8
    line = {"color": look.ink, "width": 4}
    return {"type": "line", "x0": x, "x1": x, "y0": middle - half, "y1": middle + half,
            "line": line}  # fmt: skip


def _line(link: Any, start: float, end: float, look: Theme) -> go.Scatter:
    """The line of a link."""
    width, dash = LINES[link.interactive_learning]
    across = [at / PARTS for at in range(PARTS + 1)]
    return go.Scatter(
        x=across,
        y=[start + (end - start) * (1 - cos(pi * at)) / 2 for at in across],
        mode="lines",
        line={"color": colour_of(link.interactive_learning, look), "width": width, "dash": dash},
        text=[_hover(link)] * len(across),
        hovertemplate="%{text}<extra></extra>",
        name=f"{link.number}. {_ends(link)}: {LEARNING_WORDS[link.interactive_learning]}",
    )


def _numbers(link: Any, start: float, end: float, look: Theme) -> list[dict[str, Any]]:
    """The number of a link at both ends, and the strength of learning where it starts.

    That no document rates it is said by the legend: the words would leave a telephone no room for
    the lines.
    """
    loop = f" {LOOP}" if link.from_actor == link.to_actor else ""
    doubt = " ≠" if link.is_disputed else ""
    is_rated = link.interactive_learning != "unrated"
    word = f" {LEARNING_WORDS[link.interactive_learning]}{doubt}" if is_rated else ""
    label = {"showarrow": False, "bgcolor": look.card, "borderpad": 1}
    start_font = {"size": 11, "color": look.ink if is_rated else look.muted}
    return [
        {**label, "text": f"<b>{link.number}</b>{loop}{word}", "x": 0, "y": start,
         "xanchor": "left", "xshift": 6, "font": start_font},
        {**label, "text": f"<b>{link.number}</b>{loop}", "x": 1, "y": end,
         "xanchor": "right", "xshift": -11, "font": {"size": 11, "color": look.ink}},
    ]  # fmt: skip


def _hover(link: Any) -> str:
    ends = _ends(link)
    said = "<br>".join(textwrap.wrap(link.relation, HOVER_LETTERS))
    rival = "<br>Another document rates it differently" if link.is_disputed else ""
    where = "<br>".join(textwrap.wrap(f"{link.document}, {link.locator}", HOVER_LETTERS))
    return (
        f"<b>{link.number}. {begun(ends)}</b><br>{said}<br>"
        f"Learning: {LEARNING_WORDS[link.interactive_learning]}{rival}<br>{where}"
    )


def _arrows(links: pd.DataFrame, ends: dict[int, float], look: Theme) -> go.Scatter:
    """Heads where the lines arrive."""
    return go.Scatter(
        x=[1] * len(links),
        y=[ends[number] for number in links["number"]],
        mode="markers",
        hoverinfo="skip",
        cliponaxis=False,
        marker={
            "symbol": "triangle-right",
            "size": 9,
            "color": [colour_of(item, look) for item in links["interactive_learning"]],
        },
        name="Arrow heads",
    )
