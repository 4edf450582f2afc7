"""What happened in a hub or cluster: a timeline in its card, or a short list."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.provenance import source_line, sources_of_events
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import years
from dashboard.charts.theme import theme
from dashboard.charts.timeline import PREFIX, describe_timeline, timeline
from dashboard.ui import card, links, resources, state
from dashboard.ui.chart import Drawing, Listeners, drawing
from dashboard.ui.data import markup
from dashboard.ui.place import told

FIGURES_KEPT = 64
# Fewer events are told sooner than drawn.
FEWEST_DRAWN = 3


def draw(catalogue: Catalogue, place: Place, shown: Selection) -> None:
    """Draw the events of a place and of its parts, or say that none is dated in the atlas."""
    lines = told.events(catalogue, place)
    if not lines:
        st.html(
            markup.section("Events") + '<p class="hint">No dated event of '
            f"{escape(place.name)} is in the atlas.</p>"
        )
        return
    listed = f'<ul class="ties">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'
    if len(lines) < FEWEST_DRAWN:
        st.html(markup.section("Events") + listed)
        return
    rows = _rows(catalogue, place)
    uses = sources_of_events(rows, catalogue)
    first, last = int(rows["year"].min()), int(rows["year"].max())
    card.draw(
        card.Card(
            key="happened",
            title=f"What happened: {place.name}, {years(first, last)}",
            subtitle=f"{len(rows)} events · a mark stands at its year · choose one to see it on "
            "the map",
            findings=(),
            rows=catalogue.drawn.iloc[:0],
            alt=describe_timeline(rows, catalogue.places),
            page=place.kind,
            link=shown,
            extra_source=source_line(uses),
            more_sources=uses,
            data=_as_file(rows, catalogue),
            table=lambda: listed,
        ),
        _drawing(place.place_id, resources.look().mode),
        catalogue,
        listeners=Listeners(place=_open),
    )


def _open(mark: str, _adds: bool) -> None:
    links.go(state.address("", event=mark.removeprefix(PREFIX)))


def _rows(catalogue: Catalogue, place: Place) -> pd.DataFrame:
    ids = [event.event_id for event in told.events_of(catalogue, place)]
    events = catalogue.table("events")
    return events[events["event_id"].isin(ids)].reset_index(drop=True)


def _as_file(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    sources = [catalogue.sources[key] for key in rows["source_id"]]
    return rows.assign(
        place=[catalogue.label(key) for key in rows["place_id"]],
        source=[source.title for source in sources],
        source_author=[source.author for source in sources],
        source_url=[source.url for source in sources],
    )


@st.cache_resource(max_entries=FIGURES_KEPT, show_spinner=False)
def _drawing(place_id: str, mode: str) -> Drawing:
    """The timeline of a place in one mode; shared by readers."""
    catalogue = resources.catalogue()
    rows = _rows(catalogue, catalogue.places[place_id])
    return drawing(timeline(rows, catalogue.places, theme(mode)))
