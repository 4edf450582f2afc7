"""A card of the compare page before it is drawn: its words, its rows, its figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.findings import Finding
from dashboard.catalogue.provenance import SourceUse
from dashboard.catalogue.selection import Selection
from dashboard.ui.card import Card
from dashboard.ui.chart import Drawing, drawing
from dashboard.ui.compare.settle import PAGE, CompareState

Part = TypeVar("Part")


class NothingToShowError(ValueError):
    """A view has nothing to show; says what is missing, and what a reader can do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True, eq=False)
class Sheet:
    """A card ready to be drawn; without a drawing its rows are the table."""

    card: Card
    drawing: Drawing | None


@dataclass(frozen=True)
class Said:
    """What a chart shows, computed: in a sentence or more, and in a few words as a headline."""

    sentence: str = ""
    headline: str = ""


NOTHING_SAID = Said()


@dataclass(frozen=True, eq=False)
class Words:
    """What is said of a chart, before it becomes a card.

    Findings and what the chart says may be functions: they take longer than drawing, and the chart
    does not wait for them.
    """

    title: str
    subtitle: str
    alt: str
    rows: pd.DataFrame
    findings: Sequence[Finding] | Callable[[], Sequence[Finding]]
    said: Said | Callable[[], Said] = NOTHING_SAID
    used: tuple[SourceUse, ...] = ()
    year: int | None = None
    body: Callable[[], object] | None = None
    data: pd.DataFrame | None = None


def as_sheet(state: CompareState, words: Words, figure: go.Figure | None, number: int = 0) -> Sheet:
    """A card of the words and the figure; `number` tells several cards of a page apart."""
    title, subtitle = words.title, words.subtitle
    said = _once(words.said)
    if state.selection.headline and said().headline:
        title, subtitle = said().headline, f"{words.title} · {words.subtitle}"
    return Sheet(
        Card(
            key=f"compare_{number + 1}" if number else "compare",
            title=title,
            subtitle=subtitle,
            findings=_once(words.findings),
            rows=words.rows,
            alt=words.alt,
            page=PAGE,
            link=link(state),
            sentence=lambda: said().sentence,
            headline=lambda: said().headline,
            more_sources=words.used,
            year=words.year,
            body=words.body,
            data=words.data,
        ),
        drawing(figure) if figure is not None else None,
    )


def _once(part: Part | Callable[[], Part]) -> Callable[[], Part]:
    """What makes a part of a card when it is asked for, and keeps it: cards serve all readers."""
    return cache(part) if callable(part) else lambda: part


def link(state: CompareState) -> Selection:
    """The view written out, so that a link does not change when suggestions or data do.

    Where the reader has chosen no places and all are drawn, naming some would leave out others.
    """
    if state.view == "statistics" and not state.selection.places:
        return state.selection
    span = {"first_year": state.years[0], "last_year": state.years[-1]} if state.years else {}
    return state.selection.with_(places=(*state.places, *state.absent), **span)
