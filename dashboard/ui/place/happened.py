"""What happened in a place: a timeline in its card, or a short list, or that nothing is held."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.provenance import sources_of_events
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import years
from dashboard.charts.timeline import PREFIX, describe_timeline
from dashboard.ui import card, links, map_events, markup, resources, state
from dashboard.ui.chart import Listeners
from dashboard.ui.place import told
from dashboard.ui.place.place_card import CARDS_KEPT, linked, place_card

# Fewer events are told sooner than drawn.
FEWEST_DRAWN = 3


def draw(catalogue: Catalogue, place: Place, shown: Selection) -> None:
    """Draw the events of a place and of those within it, or say that none is dated in the atlas."""
    rows = _rows(catalogue, place)
    if len(rows) < FEWEST_DRAWN:
        lines = told.events(catalogue, place)
        within = " or a place within it" if told.within(catalogue, place) else ""
        nothing = f"No dated event of {place.name}{within} is in the atlas."
        st.html(
            markup.section("What happened", "" if lines else nothing)
            + (markup.listed(lines) if lines else "")
        )
        return
    card.draw(
        linked(_card(catalogue, place), shown),
        map_events.timeline_of(tuple(rows["event_id"]), None, resources.look().mode),
        catalogue,
        listeners=Listeners(place=_open),
    )


def _open(mark: str, _adds: bool) -> None:
    links.go(state.address("", event=mark.removeprefix(PREFIX)))


@unless_own(CARDS_KEPT)
def _card(catalogue: Catalogue, place: Place) -> card.Card:
    rows = _rows(catalogue, place)
    first, last = int(rows["year"].min()), int(rows["year"].max())
    return place_card(
        catalogue,
        place,
        name="happened",
        title=f"What happened: {place.name}, {years(first, last)}",
        subtitle=f"{len(rows)} events · a mark stands at its year · choose one to see it on the "
        "map",
        alt=describe_timeline(rows, catalogue.places),
        documents=sources_of_events(rows, catalogue),
        data=map_events.as_file(rows, catalogue),
        table=lambda: map_events.as_table(rows, catalogue),
    )


@unless_own(CARDS_KEPT)
def _rows(catalogue: Catalogue, place: Place) -> pd.DataFrame:
    ids = [event.event_id for event in told.events_of(catalogue, place)]
    events = catalogue.table("events")
    rows = events[events["event_id"].isin(ids)]
    return rows.sort_values(["year", "date", "event_id"]).reset_index(drop=True)
