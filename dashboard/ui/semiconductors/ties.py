"""What happened in chip hubs, and what ties them: a timeline, kinds of tie, and every tie."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.events import events_shown
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.layers import Layer
from dashboard.catalogue.provenance import (
    SourceUse,
    source_line,
    source_uses,
    sources_of_events,
)
from dashboard.catalogue.ties import by_kind, ties_listed
from dashboard.charts.formats import words, years
from dashboard.charts.tallies import Tally, describe_tallies, tally_bars
from dashboard.charts.timeline import PREFIX, describe_timeline, timeline
from dashboard.ui import card, links, map_events, markup, notices, state, wording
from dashboard.ui.chart import Listeners
from dashboard.ui.figures import source_details
from dashboard.ui.semiconductors.parts import drawn
from dashboard.ui.semiconductors.settle import PAGE, SemiconductorState, of_chips

NOT_ALL = "Ties that the documents of the atlas name: no count of all there are."


def draw(catalogue: Catalogue, shown: SemiconductorState) -> None:
    """The timeline, the kinds of tie, and the ties one by one."""
    selection = of_chips(shown.inside)
    _events(catalogue, shown, events_shown(catalogue, selection))
    found = ties_listed(catalogue, selection)
    if found.rows.empty:
        notices.nothing_found(
            f"None of the {found.total} ties passes the filters.", "Clear one of them."
        )
        return
    _kinds(catalogue, shown, found)
    _table(catalogue, shown, found)


def _events(catalogue: Catalogue, shown: SemiconductorState, events: Layer) -> None:
    rows = events.rows
    if rows.empty:
        notices.nothing_found(
            f"None of the {events.total} events passes the filters.",
            "Clear one of them, or widen the years.",
        )
        return
    uses = sources_of_events(rows, catalogue)
    first, last = int(rows["year"].min()), int(rows["year"].max())
    card.draw(
        card.Card(
            key="chip_events",
            title=f"What happened in chip hubs and their economies, {years(first, last)}",
            subtitle=f"{events.shown} of {events.total} events · a mark stands at its year · "
            "choose one to see it on the map",
            findings=[Finding("note", "economies_stay", events.reason)] if events.reason else [],
            rows=catalogue.nothing,
            alt=describe_timeline(rows, catalogue.places),
            page=PAGE,
            link=shown.selection,
            extra_source=source_line(uses),
            more_sources=uses,
            data=map_events.as_file(rows, catalogue),
            table=lambda: map_events.as_table(rows, catalogue),
        ),
        drawn(
            ("chip_events", tuple(rows["event_id"])),
            lambda look: timeline(rows, catalogue.places, look),
        ),
        catalogue,
        listeners=Listeners(place=_open),
    )


def _open(mark: str, _adds: bool) -> None:
    links.go(state.address("", event=mark.removeprefix(PREFIX)))


def _kinds(catalogue: Catalogue, shown: SemiconductorState, found: Layer) -> None:
    panel = [Tally(words(str(kind)), int(count)) for kind, count in by_kind(found.rows).items()]
    uses = _uses(found.rows, catalogue)
    card.draw(
        card.Card(
            key="tie_kinds",
            title="Ties of the chip hubs by kind",
            subtitle=f"{found.shown} of {found.total} ties, to another hub or an outside partner",
            findings=[Finding("note", "not_all", NOT_ALL)],
            rows=catalogue.nothing,
            alt=describe_tallies([panel], "Ties by kind"),
            page=PAGE,
            link=shown.selection,
            extra_source=source_line(uses),
            more_sources=uses,
            data=_as_file(found.rows, catalogue),
            table=lambda: _as_markup(found.rows, catalogue),
        ),
        drawn(
            ("tie_kinds", *((tally.words, tally.count) for tally in panel)),
            lambda look: tally_bars([panel], "ties", look),
        ),
        catalogue,
    )


def _table(catalogue: Catalogue, shown: SemiconductorState, found: Layer) -> None:
    uses = _uses(found.rows, catalogue)

    def draw_rows() -> None:
        st.html(_as_markup(found.rows, catalogue))

    card.draw(
        card.Card(
            key="tie_table",
            title="Every tie, with its document",
            subtitle=f"{found.shown} of {found.total} ties, in the order of their first year",
            findings=[Finding("note", "not_all", NOT_ALL)],
            rows=catalogue.nothing,
            alt="",
            page=PAGE,
            link=shown.selection,
            extra_source=source_line(uses),
            more_sources=uses,
            data=_as_file(found.rows, catalogue),
            table=lambda: _as_markup(found.rows, catalogue),
            body=draw_rows,
        ),
        None,
        catalogue,
    )


def _uses(ties: pd.DataFrame, catalogue: Catalogue) -> list[SourceUse]:
    return source_uses(
        ties.assign(name=ties["from_name"] + " – " + ties["to_name"]), catalogue, "tie"
    )


def _as_file(ties: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    documents = [catalogue.sources[key] for key in ties["source_id"]]
    return ties.assign(
        source=[source.title for source in documents],
        source_author=[source.author for source in documents],
        source_url=[source.url for source in documents],
    )


def _as_markup(ties: pd.DataFrame, catalogue: Catalogue) -> str:
    return markup.table(
        "Ties in the order of their first year",
        ("From", "To", "Kind", "Years", "What it is", "Source"),
        [
            (
                _end(row.from_place_id, row.from_name, catalogue),
                _end(row.to_place_id, row.to_name, catalogue),
                escape(words(str(row.kind))),
                escape(wording.span(row.year_start, row.year_end) or "not stated"),
                escape(str(row.description)),
                source_details(row, catalogue),
            )
            for row in ties.itertuples()
        ],
    )


def _end(place_id: str, name: str, catalogue: Catalogue) -> str:
    place = catalogue.places.get(place_id)
    return escape(name) if place is None else links.anchor(links.profile(place), name)
