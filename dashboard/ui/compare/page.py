"""The compare page, put together: settle, verdict, cards, controls."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.peers import peers
from dashboard.catalogue.selection import Selection
from dashboard.charts.theme import theme
from dashboard.transforms import years_of
from dashboard.ui import card, filters, notices, state
from dashboard.ui import verdict as verdicts
from dashboard.ui.compare import controls as choices
from dashboard.ui.compare.readings import Shown, group_of, readings
from dashboard.ui.compare.settle import (
    FEWEST_PLACES,
    MOST_PLACES,
    YEAR_VIEWS,
    CompareState,
    comparable_indicators,
    settle,
)
from dashboard.ui.compare.sheet import NothingToShowError, Sheet
from dashboard.ui.compare.views import sheets
from dashboard.ui.resources import catalogue as shared_catalogue
from dashboard.ui.resources import kept, look
from dashboard.ui.verdict import Verdict, verdict, verdict_of

SHEETS_KEPT = 128
# What the page's figures are drawn by; other fields belong to other pages.
DRAWN_BY = (
    "indicator",
    "also",
    "places",
    "year",
    "first_year",
    "last_year",
    "industry_type",
    "industry",
    "governance_scale",
    "firm_scale",
    "view",
    "base",
    "log",
    "against",
    "transform",
    "money",
    "prices",
    "scaling",
    "fit",
    "trails",
    "comparable",
    "rivals",
    "whole",
    "statistic",
    "headline",
    "latest",
)


def prepare(catalogue: Catalogue, selection: Selection) -> CompareState:
    """Settle the selection and tell what was refused."""
    shown, refused = settle(catalogue, selection)
    state.settle(shown.selection, refused)
    return shown


def filter_bar(catalogue: Catalogue, shown: CompareState) -> None:
    """The filter bar, with the reason for each filter that cannot apply."""
    kinds = {catalogue.places[key].kind for key in shown.offered}
    idle = {}
    if not kinds & {"hub", "cluster"}:
        reason = (
            f"{shown.indicator.short_name} is not measured by hub, so industry and scale of hubs "
            "do not apply."
        )
        names = ("industry_type", "industry", "governance_scale", "firm_scale")
        idle = dict.fromkeys(names, reason)
    if shown.view not in (*YEAR_VIEWS, "slope", "dumbbell", "table", "statistics"):
        idle["year"] = "Every year is shown; the year is for views of one year."
    rows = catalogue.series(shown.indicator.indicator_id, shown.places)
    bar = filters.Bar(
        indicators=comparable_indicators(catalogue),
        places=list(shown.offered),
        most_places=MOST_PLACES,
        idle=idle,
        hint="Places stand in order of their newest value, the highest first.",
    )
    filters.draw(catalogue, shown.selection, bar, years_of(rows))


def controls(catalogue: Catalogue, shown: CompareState) -> None:
    """The page's own choices, and why peers are peers."""
    choices.draw(catalogue, shown)
    selection = shown.selection
    if selection.peers and selection.peer_of:
        made = peers(catalogue, selection.peer_of, selection.peers)
        # Said of these very places only: a reader may have changed them since.
        if set(shown.places) == {selection.peer_of, *made.places} & set(shown.offered):
            st.html(f'<p class="hint">{made.reason}</p>')


def draw(catalogue: Catalogue, shown: CompareState) -> None:
    """The verdict and the cards of the view, or a sentence where there is nothing to show."""
    if not shown.years and shown.view != "parts":
        notices.nothing_found(
            f"No observations of {shown.indicator.name} for the places and years chosen.",
            "Choose other places or widen the years.",
        )
        return
    if len(shown.places) < FEWEST_PLACES and shown.view not in ("parts", "connected"):
        notices.nothing_found("One place is shown.", "Add another in the filter bar to compare it.")
    above = st.container()
    made = _drawn(shown, _key(shown), look().mode)
    for position, sheet in enumerate(made.sheets):
        card.draw(sheet.card, sheet.drawing, catalogue, leads=position == 0)
    if made.nothing is not None:
        notices.nothing_found(made.nothing.what, made.nothing.remedy)
    if shown.view != "parts" and made.verdict is not None:
        with above:
            verdicts.draw(
                catalogue,
                made.verdict,
                [item.observed for item in made.items],
                comparable=shown.selection.comparable,
            )


@dataclass(frozen=True, eq=False)
class _Made:
    """The rows of a state, and its cards or why there are none."""

    items: list[Shown]
    sheets: list[Sheet]
    nothing: NothingToShowError | None

    @cached_property
    def verdict(self) -> Verdict | None:
        """The verdict on all rows together; reached when it is asked for, after the charts."""
        held = [item for item in self.items if len(item.observed)]
        if not held:
            return None
        if len(self.items) == 1:
            return verdict_of(held[0].judged)
        rows = pd.concat([item.observed for item in held], ignore_index=True)
        return verdict(rows, held[0].catalogue)


def _key(shown: CompareState) -> str:
    fields = {name: getattr(shown.selection, name) for name in DRAWN_BY}
    return str({**fields, "drawn": group_of(shown), "absent": shown.absent})


@kept(SHEETS_KEPT)
def _drawn(_shown: CompareState, key: str, mode: str) -> _Made:
    """The cards, built once for all readers; `key` says everything that tells them from others."""
    catalogue, shown = shared_catalogue(), _shown
    items = readings(catalogue, shown)
    made: list[Sheet] = []
    nothing = None
    try:
        made = sheets(catalogue, shown, items, theme(mode))
    except NothingToShowError as error:
        nothing = error
    return _Made(items, made, nothing)
