"""A value chain: who gives on the left, who takes on the right, a line for each link."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.value_chains import KINDS, LEARNING_WORDS
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
    ends, and on the left the strength of learning in a word; weight and dash say the same. A link
    of a group with itself runs straight across and has a loop sign at both ends.

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
    figure = go.Figure(layout={"template": template(look)})
    for actors, ports, x, title in (
        (left, starts, 0, "Who gives"),
        (right, ends, 1, "Who takes"),
    ):
        _head(figure, title, x, look)
        free = (height - _needed(actors)) / max(len(actors) - 1, 1)
        below = float(HEAD)
        for actor in actors:
            middle = below + actor.height / 2
            first = middle - PORT * (len(actor.links) - 1) / 2
            ports |= {number: first + PORT * at for at, number in enumerate(actor.links)}
            _name(figure, actor, x, middle, look)
            below += actor.height + GAP + free
    for link in links.itertuples():
        _link(figure, link, starts[link.number], ends[link.number], look)
    _arrows(figure, links, ends, look)
    figure.update_layout(
        height=int(HEAD + height + 16),
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        uirevision="value_chain",
        margin={"t": 4, "r": MARGIN, "b": 8, "l": MARGIN},
        xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
        yaxis={"range": [HEAD + height + 4, 0], "visible": False, "fixedrange": True},
    )
    return figure


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


def _ends(link: object) -> str:
    start, end = getattr(link, "from_actor", ""), getattr(link, "to_actor", "")
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


def _head(figure: go.Figure, title: str, x: int, look: Theme) -> None:
    figure.add_annotation(
        text=f"<b>{title}</b>",
        x=x,
        y=HEAD / 2 - 4,
        xanchor="left" if x else "right",
        xshift=8 if x else -8,
        showarrow=False,
        font={"size": 12, "color": look.muted},
    )


def _name(figure: go.Figure, actor: _Actor, x: int, middle: float, look: Theme) -> None:
    """The name of a group with its kind below, and a bar along its links."""
    half = PORT * (len(actor.links) - 1) / 2 + 8
    figure.add_shape(
        type="line",
        x0=x,
        x1=x,
        y0=middle - half,
        y1=middle + half,
        line={"color": look.ink, "width": 4},
    )
    name = "<br>".join(textwrap.wrap(actor.name, NAME_LETTERS))
    kind = "<br>".join(_small(actor.kind))
    figure.add_annotation(
        text=f'{name}<br><span style="color:{look.muted};font-size:11px">{kind}</span>',
        x=x,
        y=middle,
        xanchor="left" if x else "right",
        xshift=8 if x else -8,
        align="left" if x else "right",
        showarrow=False,
        font={"size": 12, "color": look.ink},
    )


def _link(figure: go.Figure, link: object, start: float, end: float, look: Theme) -> None:
    """The line of a link, with number and strength where it starts and its number at the end."""
    learning = str(getattr(link, "interactive_learning", ""))
    number = getattr(link, "number", 0)
    width, dash = LINES[learning]
    colour = colour_of(learning, look)
    across = [at / PARTS for at in range(PARTS + 1)]
    ends = _ends(link)
    disputed = bool(getattr(link, "is_disputed", False))
    figure.add_trace(
        go.Scatter(
            x=across,
            y=[start + (end - start) * (1 - cos(pi * at)) / 2 for at in across],
            mode="lines",
            line={"color": colour, "width": width, "dash": dash},
            text=[_hover(link, disputed)] * len(across),
            hovertemplate="%{text}<extra></extra>",
            name=f"{number}. {ends}: {LEARNING_WORDS[learning]}",
        )
    )
    loop = f" {LOOP}" if ends.startswith("within ") else ""
    doubt = " ≠" if disputed else ""
    label = {"showarrow": False, "bgcolor": look.card, "borderpad": 1}
    figure.add_annotation(
        text=f"<b>{number}</b>{loop} {LEARNING_WORDS[learning]}{doubt}",
        x=0,
        y=start,
        xanchor="left",
        xshift=6,
        font={"size": 11, "color": look.muted if learning == "unrated" else look.ink},
        **label,
    )
    figure.add_annotation(
        text=f"<b>{number}</b>{loop}",
        x=1,
        y=end,
        xanchor="right",
        xshift=-11,
        font={"size": 11, "color": look.ink},
        **label,
    )


def _hover(link: object, disputed: bool) -> str:
    learning = LEARNING_WORDS[str(getattr(link, "interactive_learning", ""))]
    ends = _ends(link)
    said = "<br>".join(textwrap.wrap(str(getattr(link, "relation", "")), HOVER_LETTERS))
    where = f"{getattr(link, 'document', '')}, {getattr(link, 'locator', '')}"
    rival = "<br>Another document rates it differently" if disputed else ""
    return (
        f"<b>{getattr(link, 'number', '')}. {ends[0].upper()}{ends[1:]}</b><br>{said}<br>"
        f"Learning: {learning}{rival}<br>" + "<br>".join(textwrap.wrap(where, HOVER_LETTERS))
    )


def _arrows(figure: go.Figure, links: pd.DataFrame, ends: dict[int, float], look: Theme) -> None:
    """Heads where the lines arrive."""
    figure.add_trace(
        go.Scatter(
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
    )
