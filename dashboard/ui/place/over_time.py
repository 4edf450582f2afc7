"""Indicators of a hub or cluster over time: a chart card for each, the longest series open."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.selection import Selection
from dashboard.charts.describe import describe_trend
from dashboard.charts.formats import axis_title, years
from dashboard.charts.series import trend
from dashboard.charts.theme import theme
from dashboard.ui import card, markup, resources
from dashboard.ui.chart import Drawing, drawing
from dashboard.ui.figures import plain_label
from dashboard.ui.place.place_card import linked

MOST_OPEN = 4
FEWEST_YEARS = 3
FIGURES_KEPT = 512
# Of each place those that stand open, and some that readers open.
SERIES_KEPT = 512
PLACES_KEPT = 128
HEIGHT = 300


@unless_own(PLACES_KEPT)
def with_series(catalogue: Catalogue, place: Place) -> tuple[str, ...]:
    """Indicators with values of at least `FEWEST_YEARS` years, the longest and newest first."""
    rows = catalogue.drawn_of([place.place_id])
    held = rows.groupby("indicator_id", sort=False)["year"].agg(["nunique", "max"])
    held = held[held["nunique"] >= FEWEST_YEARS]
    held = held.sort_values(["nunique", "max"], ascending=False, kind="stable")
    return tuple(str(key) for key in held.index)


def draw(catalogue: Catalogue, place: Place, shown: Selection) -> None:
    """Draw up to `MOST_OPEN` cards beside each other, and the rest folded.

    The indicator that the reader has chosen comes first, if it has a series.
    """
    found = sorted(with_series(catalogue, place), key=lambda key: key != shown.indicator)
    st.html(markup.section("Over time", _remark(catalogue, place, found)))
    opened, folded = found[:MOST_OPEN], found[MOST_OPEN:]
    for at in range(0, len(opened), 2):
        for column, key in zip(st.columns(2), opened[at : at + 2], strict=False):
            with column:
                _card(catalogue, place, shown, key)
    if folded:
        _folded(catalogue, place, shown, folded)


def _remark(catalogue: Catalogue, place: Place, found: list[str]) -> str:
    """What is drawn, or why there is nothing to draw."""
    if found:
        return f"Series of {FEWEST_YEARS} years or more."
    if not catalogue.indicators_of(place.place_id):
        return "No indicator is held for it at all, so there is nothing to draw over time."
    return (
        "No indicator of this place has three years, so there is nothing to draw over time; the "
        "key figures hold the newest values."
    )


# Opening a fold sends what is in it, and draws nothing else again.
@st.fragment
def _folded(catalogue: Catalogue, place: Place, shown: Selection, keys: list[str]) -> None:
    for key in keys:
        fold = st.expander(
            plain_label(catalogue.indicators[key]),
            key=f"over_time_{key}_{place.place_id}",
            on_change="rerun",
        )
        if fold.open:
            with fold:
                _card(catalogue, place, shown, key)


def _card(catalogue: Catalogue, place: Place, shown: Selection, indicator_id: str) -> None:
    card.draw(
        linked(_words(catalogue, place, indicator_id), shown.with_(indicator=indicator_id)),
        _drawing(place.place_id, indicator_id, resources.look().mode),
        catalogue,
    )


@unless_own(SERIES_KEPT)
def _words(catalogue: Catalogue, place: Place, indicator_id: str) -> card.Card:
    """What the card of a series says; its link is that of the plain page."""
    indicator = catalogue.indicators[indicator_id]
    rows = catalogue.series(indicator_id, [place.place_id])
    span = years(int(rows["year"].min()), int(rows["year"].max()))
    return card.Card(
        key=f"over_time_{indicator_id}",
        title=f"{indicator.name}: {place.name}",
        subtitle=f"{axis_title(indicator)} · {span}",
        findings=comparability(rows, catalogue),
        rows=rows,
        alt=describe_trend(rows, indicator),
        page=place.kind,
        link=Selection(place=place.place_id),
    )


@resources.kept(FIGURES_KEPT)
def _drawing(place_id: str, indicator_id: str, mode: str) -> Drawing:
    """The line of one indicator of one place; shared by readers."""
    catalogue = resources.catalogue()
    rows = catalogue.series(indicator_id, [place_id])
    figure = trend(rows, catalogue.indicators[indicator_id], catalogue.places, theme(mode))
    # The title names the place: a name at the end of its only line would halve a telephone's room.
    figure.layout.annotations = ()
    figure.update_layout(height=HEIGHT, margin={"r": 16})
    return drawing(figure)
