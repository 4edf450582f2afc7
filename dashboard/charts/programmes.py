"""Programmes: when they ran, what several years cost together, what their regions make.

A total of several years is a bar over its years with the amount in words: its height says nothing,
and it is never spread over the years or put beside them on one scale.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import formats
from dashboard.charts.figures import new_figure
from dashboard.charts.spans import (
    AXIS,
    GAP,
    LEGEND,
    LETTERS,
    LINE,
    Span,
    caption,
    hatching,
    legend,
    spans,
)
from dashboard.charts.theme import Theme, template

APPROACH_PATTERNS = {"business": "", "academic": "/", "mixed": "."}

COUNT_BAR = 18
TYPE_PATTERNS = ("", "/", ".", "x", "-", "")

_NO_BREAK = "\N{NO-BREAK SPACE}"


def gantt(
    programmes: pd.DataFrame, groups: Mapping[str, str], places: Mapping[str, Place], look: Theme
) -> go.Figure:
    """When each programme ran; the hue is its economy's, the pattern its approach.

    Args:
        programmes: rows of `programmes` with a first or a last year, in order.
        groups: heading of each programme, by its identifier.
        places: economies by identifier.
        look: colours of the mode.

    Returns:
        As `spans`; `customdata` is the programme.
    """
    made: dict[str, list[Span]] = {}
    for row in programmes.to_dict("records"):
        first, last = _year(row["start_year"]), _year(row["end_year"])
        economy = places[row["economy"]]
        years = period_words(first, last)
        made.setdefault(groups[row["programme_id"]], []).append(
            Span(
                words=f"{row['name']} · {years}",
                first=first,
                last=last,
                key=str(row["programme_id"]),
                kind=formats.words(row["approach"]),
                colour=look.colour_of((economy.place_id,)),
                pattern=APPROACH_PATTERNS[row["approach"]],
                hover=_box(
                    row["name"],
                    f"{economy.name} · {years}",
                    row["sponsor"],
                    f"{formats.words(row['approach'])} approach"
                    + (" (assigned by the curators)" if row["approach_basis"] == "curator" else "")
                    + f" · {formats.words(row['governance_scale']).lower()} scale",
                    "A click opens its money.",
                ),
            )
        )
    return spans(list(made.items()), look)


def describe_gantt(programmes: pd.DataFrame, places: Mapping[str, Place]) -> str:
    """The timeline in a sentence: how many programmes, of whom, when, in which approach."""
    counts = programmes["economy"].value_counts()
    approaches = programmes["approach"].value_counts()
    starts = programmes["start_year"].dropna().astype("int64")
    most = places[str(counts.index[0])].name
    said = ", ".join(f"{count} {name}" for name, count in approaches.items())
    since = f", begun {formats.years(starts.min(), starts.max())}" if len(starts) else ""
    return (
        f"Timeline of {len(programmes)} cluster programmes of {len(counts)} economies{since}; "
        f"most ({counts.iloc[0]}) are of {most}. By approach: {said}."
    )


def totals(
    rows: pd.DataFrame, groups: Mapping[str, str], units: Mapping[str, Indicator], look: Theme
) -> go.Figure:
    """What several years or one decision cost, as a bar over its years with the amount in words.

    Args:
        rows: as `transforms.programme_amounts.read_amounts` returns them, kinds "years" and
            "decision"; with `words` (what the amount is) and `hover` (markup).
        groups: heading of each row, by its `funding_id`.
        units: the unit of each `unit_symbol`.
        look: colours of the mode.

    Returns:
        As `spans`; `customdata` is the programme.
    """
    made: dict[str, list[Span]] = {}
    for row in rows.to_dict("records"):
        value = formats.quantity(row["value"], units[row["unit_symbol"]], row["qualifier"])
        has_years = not pd.isna(row["first"])
        exact = row["qualifier"] == "exact"
        made.setdefault(groups[row["funding_id"]], []).append(
            Span(
                words=f"{value.replace(' ', _NO_BREAK)}: {row['words']}",
                first=int(row["first"]) if has_years else None,
                last=int(row["last"]) if has_years else None,
                key=str(row["programme_id"]),
                kind="Total" if exact else "Total, not exact",
                colour=look.colour_of((row["economy"],)),
                pattern="" if exact else "/",
                hover=row["hover"],
                at=None if has_years else int(row["year"]),
            )
        )
    return spans(list(made.items()), look)


def stages(rows: pd.DataFrame, look: Theme) -> go.Figure:
    """Regions of each programme and stage, by industry type: bars of counts, numbers in them.

    Args:
        rows: one row per region: programme (name), stage, industry_type ("" where not known).
        look: colours of the mode.

    Returns:
        A trace for each industry type, each with a pattern of its own.
    """
    counts = rows.groupby(["programme", "stage", "industry_type"], sort=False).size()
    lines = list(dict.fromkeys(zip(rows["programme"], rows["stage"], strict=True)))
    totals_of = rows.groupby(["programme", "stage"], sort=False).size()
    figure = new_figure(layout={"template": template(look)})
    below, middles = 4.0, {}
    captions = []
    for line in lines:
        words = " · ".join(part for part in (*line, str(totals_of[line])) if part)
        wrapped = textwrap.wrap(words, LETTERS)
        captions.append(caption("<br>".join(map(escape, wrapped)), below, look.ink))
        below += LINE * len(wrapped) + 3
        middles[line] = below + COUNT_BAR / 2
        below += COUNT_BAR + GAP
    for at, (kind, colour) in enumerate([*look.industry_types.items(), ("", look.no_value)]):
        have = [line for line in lines if counts.get((*line, kind), 0)]
        if not have:
            continue
        name = formats.words(kind) if kind else "No type known"
        numbers = [int(counts[(*line, kind)]) for line in have]
        figure.add_trace(
            go.Bar(
                x=numbers,
                y=[middles[line] for line in have],
                width=COUNT_BAR,
                orientation="h",
                name=name,
                text=[str(number) for number in numbers],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"size": 12, "color": look.ink if not kind else look.card},
                constraintext="none",
                customdata=[[f"{line[0]}{f', {line[1]}' if line[1] else ''}"] for line in have],
                hovertemplate=f"%{{customdata[0]}}<br>{name}: %{{x}}<extra></extra>",
                marker={
                    "color": colour,
                    "line": {"color": look.card, "width": 1},
                    "pattern": {**hatching(TYPE_PATTERNS[at], look), "fgopacity": 0.25},
                },
            )
        )
    figure.update_layout(
        height=int(below) + AXIS + LEGEND,
        annotations=captions,
        barmode="stack",
        bargap=0,
        hovermode="closest",
        dragmode=False,
        margin={"t": LEGEND, "b": 8, "l": 10, "r": 16},
        legend=legend(),
        xaxis={
            "title": {"text": "Regions"},
            "rangemode": "tozero",
            "fixedrange": True,
            "tickformat": "d",
        },
        yaxis={"range": [below, 0], "visible": False, "fixedrange": True},
    )
    return figure


def period_words(first: int | None, last: int | None) -> str:
    """Two years that may be missing: "2001–2005", "from 2001, no end stated"."""
    if first is None:
        return f"to {last}, no first year stated" if last is not None else "no years stated"
    return formats.years(first, last) if last is not None else f"from {first}, no end stated"


def _year(cell: Any) -> int | None:
    return None if pd.isna(cell) else int(cell)


def _box(title: str, *lines: str) -> str:
    wrapped = [part for line in lines for part in textwrap.wrap(line, LETTERS)]
    name = "<br>".join(map(escape, textwrap.wrap(title, LETTERS)))
    return f"<b>{name}</b><br>" + "<br>".join(map(escape, wrapped))
