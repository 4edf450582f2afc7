"""Cases between human and social capital: two ratings, with a band for what no paper rates."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.figures import new_figure
from dashboard.charts.theme import SERIES_SYMBOLS, Theme, template

RATINGS = ("weak", "unrated", "strong")
RATING_WORDS = {"weak": "weak", "unrated": "described, not rated", "strong": "strong"}
SOCIAL_AXIS, HUMAN_AXIS = "Social capital", "Human capital"
# The band of what is not rated is narrower; units of the axis, whose whole is 2.65.
EDGES = {"weak": (0.0, 1.0), "unrated": (1.0, 1.65), "strong": (1.65, 2.65)}
FIELD_LETTERS, BAND_LETTERS = 16, 10  # of a line, at the width of a telephone
LINE, MARKER, GAP, PAD = 14, 16, 9, 6  # pixels
LEAST = 70  # pixels of a row of fields without cases


@dataclass(frozen=True)
class Spot:
    """Where a paper, or several alike, put a case.

    `said_by` names the papers; `key` is handed over by a click; `is_newest` is False where a newer
    paper puts the case elsewhere.
    """

    case: str
    said_by: str
    human: str
    social: str
    colour: str
    key: str
    is_newest: bool = True


@dataclass(frozen=True)
class Corner:
    """One of the four fields: its name, and what a click on it hands over."""

    name: str
    key: str


def capital_plane(
    spots: Sequence[Spot], corners: Mapping[tuple[str, str], Corner], look: Theme
) -> go.Figure:
    """Cases in the field of their ratings: social capital across, human capital upwards.

    Args:
        spots: one for each case and place where papers put it, in the papers' order; ratings are
            `weak`, `unrated` or `strong`.
        corners: the four fields, by human and social rating.
        look: colours of the mode.

    Returns:
        A bar trace of the fields, a dashed line for each case that stands in several places, and a
        marker trace for each case, hollow where a newer paper puts it elsewhere. Distances
        upwards are pixels, as many as the words need at the width of a telephone.
    """
    fields: dict[tuple[str, str], list[Spot]] = {}
    for spot in reversed(spots):
        fields.setdefault((spot.human, spot.social), []).append(spot)
    tops: dict[str, float] = {}
    below = 0.0
    for human in reversed(RATINGS):
        tops[human] = below
        below += max(_height(fields, corners, human, social) for social in RATINGS)
    bottoms = dict(zip(tops, [*list(tops.values())[1:], below], strict=True))
    notes = [_field_name(corner, key, tops, look) for key, corner in corners.items()]
    at: dict[Spot, tuple[float, float]] = {}
    for (human, social), held in fields.items():
        depth = tops[human] + _head(corners, human, social)
        middle = sum(EDGES[social]) / 2
        for spot in held:
            at[spot] = (middle, depth + MARKER / 2)
            notes.append(_label(spot, middle, depth + MARKER, look))
            depth += MARKER + LINE * len(_lines(spot)) + GAP
    notes += _axes(tops, bottoms, below, look)
    return new_figure(
        [_background(tops, bottoms, corners, look), *_moves(at), *_markers(spots, at, look)],
        {
            "template": template(look),
            "annotations": notes,
            "height": int(below + 48),
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "bargap": 0,
            "barmode": "overlay",
            "margin": {"t": 6, "r": 4, "b": 42, "l": 38},
            "xaxis": {"range": [0, EDGES["strong"][1]], "visible": False, "fixedrange": True},
            "yaxis": {"range": [below, 0], "visible": False, "fixedrange": True},
        },
    )


def describe_capital(spots: Sequence[Spot]) -> str:
    """The plane in sentences: for each case its ratings, and by whom."""
    told: dict[str, list[str]] = {}
    for spot in spots:
        told.setdefault(spot.case, []).append(
            f"human capital {RATING_WORDS[spot.human]}, social capital "
            f"{RATING_WORDS[spot.social]} ({spot.said_by})"
        )
    return " ".join(f"{case}: {'; '.join(said)}." for case, said in told.items())


def _letters(social: str) -> int:
    return BAND_LETTERS if social == "unrated" else FIELD_LETTERS


def _lines(spot: Spot) -> list[str]:
    letters = _letters(spot.social)
    return [*textwrap.wrap(spot.case, letters), *textwrap.wrap(spot.said_by, letters + 1)]


def _head(corners: Mapping[tuple[str, str], Corner], human: str, social: str) -> float:
    corner = corners.get((human, social))
    lines = len(textwrap.wrap(corner.name, FIELD_LETTERS)) if corner else 0
    return PAD + LINE * lines + (GAP if corner else 0)


def _height(
    fields: Mapping[tuple[str, str], Sequence[Spot]],
    corners: Mapping[tuple[str, str], Corner],
    human: str,
    social: str,
) -> float:
    held = fields.get((human, social), ())
    words = sum(MARKER + LINE * len(_lines(spot)) + GAP for spot in held)
    return max(LEAST, _head(corners, human, social) + words + PAD)


def _field_name(
    corner: Corner, ratings: tuple[str, str], tops: Mapping[str, float], look: Theme
) -> dict[str, Any]:
    human, social = ratings
    text = "<br>".join(map(escape, textwrap.wrap(corner.name, FIELD_LETTERS)))
    middle = sum(EDGES[social]) / 2
    return _note(f"<b>{text}</b>", middle, tops[human] + PAD, look.muted)


def _label(spot: Spot, x: float, below: float, look: Theme) -> dict[str, Any]:
    letters = _letters(spot.social)
    case = "<br>".join(map(escape, textwrap.wrap(spot.case, letters)))
    said = "<br>".join(map(escape, textwrap.wrap(spot.said_by, letters + 1)))
    text = f'<b>{case}</b><br><span style="color:{look.muted}">{said}</span>'
    return {**_note(text, x, below, look.ink), "bgcolor": _ground(spot.human, spot.social, look)}


def _note(text: str, x: float, below: float, colour: str) -> dict[str, Any]:
    return {
        "text": text,
        "x": x,
        "y": below,
        "yanchor": "top",
        "showarrow": False,
        "borderpad": 0,
        "captureevents": False,
        "font": {"size": 12, "color": colour},
    }


def _axes(
    tops: Mapping[str, float], bottoms: Mapping[str, float], below: float, look: Theme
) -> list[dict[str, Any]]:
    """The ratings along both axes, and what each axis is."""
    notes = [
        _below(f"<b>{SOCIAL_AXIS}</b>", EDGES["strong"][1] / 2, -20, look),
        _beside(f"<b>{HUMAN_AXIS}</b>", below / 2, -26, look),
    ]
    for rating in RATINGS:
        word = "not rated" if rating == "unrated" else rating
        notes += [
            _below(word, sum(EDGES[rating]) / 2, -2, look),
            _beside(word, (tops[rating] + bottoms[rating]) / 2, -9, look),
        ]
    return notes


def _below(text: str, x: float, shift: int, look: Theme) -> dict[str, Any]:
    return {**_note(text, x, 0, look.muted), "yref": "paper", "yshift": shift}


def _beside(text: str, y: float, shift: int, look: Theme) -> dict[str, Any]:
    place = {"xref": "paper", "xanchor": "center", "xshift": shift, "yanchor": "middle"}
    return {**_note(text, 0, y, look.muted), **place, "textangle": -90}


def _ground(human: str, social: str, look: Theme) -> str:
    return look.card if "unrated" in (human, social) else look.sea


def _background(
    tops: Mapping[str, float],
    bottoms: Mapping[str, float],
    corners: Mapping[tuple[str, str], Corner],
    look: Theme,
) -> go.Bar:
    places = [(human, social) for human in RATINGS for social in RATINGS]
    named = [corners.get(place) for place in places]
    return go.Bar(
        orientation="h",
        base=[EDGES[social][0] for _, social in places],
        x=[EDGES[social][1] - EDGES[social][0] for _, social in places],
        y=[(tops[human] + bottoms[human]) / 2 for human, _ in places],
        width=[bottoms[human] - tops[human] for human, _ in places],
        customdata=[corner.key if corner else "" for corner in named],
        hovertext=[
            f"Human capital {RATING_WORDS[human]}, social capital {RATING_WORDS[social]}"
            for human, social in places
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        name="Fields",
        marker={
            "color": [_ground(human, social, look) for human, social in places],
            "line": {"color": look.rule, "width": 1},
        },
    )


def _moves(at: Mapping[Spot, tuple[float, float]]) -> list[go.Scatter]:
    cases: dict[str, list[Spot]] = {}
    for spot in at:
        cases.setdefault(spot.case, []).append(spot)
    return [
        go.Scatter(
            x=[at[spot][0] for spot in spots],
            y=[at[spot][1] for spot in spots],
            mode="lines",
            line={"color": spots[0].colour, "width": 1.4, "dash": "dash"},
            hoverinfo="skip",
            name=f"{case}: where the papers differ",
        )
        for case, spots in cases.items()
        if len(spots) > 1
    ]


def _markers(
    spots: Sequence[Spot], at: Mapping[Spot, tuple[float, float]], look: Theme
) -> list[go.Scatter]:
    cases = list(dict.fromkeys(spot.case for spot in spots))
    traces = []
    for number, case in enumerate(cases):
        own = [spot for spot in spots if spot.case == case]
        symbol = SERIES_SYMBOLS[number % len(SERIES_SYMBOLS)]
        traces.append(
            go.Scatter(
                x=[at[spot][0] for spot in own],
                y=[at[spot][1] for spot in own],
                mode="markers",
                customdata=[spot.key for spot in own],
                hovertext=[
                    f"<b>{escape(spot.case)}</b>, {escape(spot.said_by)}<br>human capital "
                    f"{RATING_WORDS[spot.human]}<br>social capital {RATING_WORDS[spot.social]}"
                    for spot in own
                ],
                hovertemplate="%{hovertext}<extra></extra>",
                name=case,
                marker={
                    "symbol": symbol,
                    "size": 13,
                    "color": [
                        spot.colour if spot.is_newest else _ground(spot.human, spot.social, look)
                        for spot in own
                    ],
                    "line": {"color": own[0].colour, "width": 2},
                },
            )
        )
    return traces
