"""Below the map: the timeline of the belt, the event chosen, and what the belt is."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import BELT, Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.layers import Layer
from dashboard.catalogue.model import Event
from dashboard.catalogue.provenance import SourceUse, source_line, sources_of_events
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import date, years
from dashboard.charts.theme import theme
from dashboard.charts.timeline import PREFIX, describe_timeline, timeline
from dashboard.ui import card, links, markup, notices, resources, state
from dashboard.ui.chart import Drawing, Listeners, drawing
from dashboard.ui.figures import source_details

PAGE = ""
FIGURES_KEPT = 64
EVENT_LETTERS = 70
FRAMEWORK = "multi_scalar_governance"


def draw(catalogue: Catalogue, selection: Selection, events: Layer) -> None:
    """Draw the choice of an event, the chosen one in words, and the timeline in its card.

    A mark and the list do the same: they make an event the chosen one and open its place.

    Args:
        catalogue: places and documents.
        selection: the event chosen, and what the card's link restores.
        events: as `catalogue.events.events_shown` returns them.
    """
    chosen = catalogue.events.get(selection.event or "")
    with st.container(key="events"):
        _choice(catalogue, list(events.rows["event_id"]), chosen)
        if chosen is not None:
            st.html(_words(chosen, catalogue))
        if events.rows.empty:
            notices.nothing_found(
                f"None of the {events.total} events passes the filters.",
                "Clear one of them, or widen the years.",
            )
            return
        card.draw(
            _card(catalogue, selection, events, chosen),
            timeline_of(
                tuple(events.rows["event_id"]),
                chosen.event_id if chosen else None,
                resources.look().mode,
            ),
            catalogue,
            listeners=Listeners(place=_clicked),
        )


def draw_belt(catalogue: Catalogue) -> None:
    """Draw, folded, what the belt is, whose name it is, and what was learnt of it, with sources."""
    with st.expander("What the Silicon Sea-belt is, and who named it", key="belt_story"):
        st.html(f'<div class="place">{_story(catalogue)}</div>')


def event_label(event: Event, catalogue: Catalogue) -> str:
    """An event in a line of a list: "1980 · Hsinchu: Hsinchu Science Park opens"."""
    text = event.event
    if len(text) > EVENT_LETTERS:
        text = text[:EVENT_LETTERS].rsplit(" ", 1)[0] + " …"
    return f"{event.year} · {catalogue.label(event.place_id)}: {text}"


def choose(event_id: str | None) -> None:
    """Make an event the chosen one and open its place; None leaves no event chosen."""
    if event_id is None:
        state.change(event=None)
        return
    event = resources.catalogue().events.get(event_id)
    if event is not None:
        state.change(event=event.event_id, place=event.place_id)


def _clicked(mark: str, _adds: bool) -> None:
    choose(mark.removeprefix(PREFIX))


def _choice(catalogue: Catalogue, shown: list[str], chosen: Event | None) -> None:
    """The list of events for the keyboard, in the order of time, and a way back to none."""
    held = {*shown, chosen.event_id} if chosen else set(shown)
    key = "event_chosen"
    with st.container(horizontal=True, vertical_alignment="bottom", key="event_controls"):
        st.session_state[key] = chosen.event_id if chosen else None
        st.selectbox(
            "Event",
            [event_id for event_id in catalogue.events if event_id in held],
            index=None,
            format_func=lambda item: event_label(catalogue.events[item], catalogue),
            placeholder="Choose, type to search, or click the timeline",
            key=key,
            on_change=lambda: choose(st.session_state[key]),
        )
        if chosen is not None:
            st.button("Clear event", key="event_clear", on_click=choose, args=(None,))


def _words(event: Event, catalogue: Catalogue) -> str:
    """The event with its place, date, source and locator, as markup."""
    place = links.anchor(links.place(event.place_id), catalogue.label(event.place_id))
    return (
        f'<div class="place" role="region" aria-label="Chosen event"><p><b>'
        f"{escape(date(event.date))}</b> · {place}<br>{escape(event.event)}</p>"
        f"{source_details(event, catalogue)}</div>"
    )


def _card(
    catalogue: Catalogue, selection: Selection, events: Layer, chosen: Event | None
) -> card.Card:
    rows = events.rows
    first, last = int(rows["year"].min()), int(rows["year"].max())
    findings = []
    if events.reason:
        findings.append(Finding("note", "economies_stay", events.reason))
    if chosen is not None and chosen.event_id not in set(rows["event_id"]):
        findings.append(
            Finding(
                "missing",
                "outside_filters",
                f"The chosen event of {chosen.year} is outside the filters and has no mark here.",
            )
        )
    table, told, documents = _held(catalogue, tuple(rows["event_id"]))
    return card.Card(
        key="events",
        title=f"What happened along the belt, {years(first, last)}",
        subtitle=f"{events.shown} of {events.total} events · a mark stands at its year · hubs from "
        "north to south · choose one to see it on the map",
        findings=findings,
        rows=catalogue.nothing,
        alt=told,
        page=PAGE,
        link=selection,
        extra_source=source_line(documents),
        more_sources=documents,
        data=table,
        table=lambda: as_table(rows, catalogue),
    )


@of_package(FIGURES_KEPT)
def _held(
    catalogue: Catalogue, event_ids: tuple[str, ...]
) -> tuple[pd.DataFrame, str, list[SourceUse]]:
    """Of some events their table, their words and their documents; most readers see the same."""
    rows = catalogue.table("events").set_index("event_id", drop=False).loc[list(event_ids)]
    rows = rows.reset_index(drop=True)
    words = describe_timeline(rows, catalogue.places)
    return as_file(rows, catalogue), words, sources_of_events(rows, catalogue)


def as_file(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The events with the names of places and documents, as the CSV hands them over."""
    documents = [catalogue.sources[key] for key in rows["source_id"]]
    return rows.assign(
        place=[catalogue.label(key) for key in rows["place_id"]],
        source=[source.title for source in documents],
        source_author=[source.author for source in documents],
        source_url=[source.url for source in documents],
    )


def as_table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    """The events as a table, each with its document, as markup."""
    return markup.table(
        "Events in the order of time",
        ["Date", "Place", "Event", "Source"],
        [
            [
                escape(date(row.date)),
                links.anchor(links.place(row.place_id), catalogue.label(row.place_id)),
                escape(row.event),
                source_details(row, catalogue),
            ]
            for row in rows.itertuples()
        ],
    )


@resources.kept(FIGURES_KEPT)
def timeline_of(event_ids: tuple[str, ...], chosen: str | None, mode: str) -> Drawing:
    """The timeline of some events in one mode, one of them marked; shared by readers."""
    catalogue = resources.catalogue()
    events = catalogue.table("events")
    rows = events[events["event_id"].isin(event_ids)]
    return drawing(timeline(rows, catalogue.places, theme(mode), chosen=chosen))


@of_package(1)
def _story(catalogue: Catalogue) -> str:
    belt = catalogue.place(BELT)
    programmes = catalogue.table("programmes").set_index("programme_id", drop=False)
    project = programmes.loc[belt.programme_id]
    hubs = sorted(catalogue.belt_hubs, key=lambda hub: -(hub.lat or 0))
    members = ", ".join(links.anchor(links.place(hub.place_id), hub.name) for hub in hubs)
    frameworks = catalogue.table("frameworks")
    of_belt = frameworks["place_ids"].str.split(";").map(lambda keys: BELT in keys)
    said = frameworks[of_belt & (frameworks["framework_id"] == FRAMEWORK)]
    said = said.assign(text=said["name"] + ": " + said["text"])
    lessons = catalogue.table("lessons")
    learnt = lessons[lessons["place_ids"].str.split(";").map(lambda keys: BELT in keys)]
    documents = dict.fromkeys(
        [belt.source_id, project["source_id"], *said["source_id"], *learnt["source_id"]]
    )
    named = " ".join(
        f"{escape(catalogue.sources[key].citation)} "
        f"{links.anchor(links.source(key), 'About this document')}."
        for key in documents
    )
    return (
        f"<p>{escape(belt.summary)}</p>"
        f"<p><b>Its {len(hubs)} hubs</b>, from north to south: {members}.</p>"
        f"<p><b>Whose name it is.</b> "
        f"{links.anchor(links.programme(project['programme_id']), project['name'])}, run since "
        f"{project['start_year']} by {escape(project['sponsor'])}, carries it. Its objective: "
        f"{escape(project['objective'])}. No row of the atlas says who first used the name.</p>"
        f"<p><b>As a case of governance across borders</b></p>{_items(said)}"
        f"<p><b>What was learnt</b></p>{_items(learnt)}"
        f'<p class="remark">Sources: {named}</p>'
    )


def _items(rows: pd.DataFrame) -> str:
    """Texts, each with where in its document it stands."""
    items = "".join(
        f'<li>{escape(row.text)} <span class="local">({escape(row.locator)})</span></li>'
        for row in rows.itertuples()
    )
    return f'<ul class="remarks">{items}</ul>'
