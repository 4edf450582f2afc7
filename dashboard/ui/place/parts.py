"""The parts of a place in their order, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.selection import Selection
from dashboard.ui import links, state
from dashboard.ui.place import fabs, programmes, told

FEW = 4
FABS = "fabs"


@dataclass(frozen=True)
class Part:
    """One part of a place: what it is called, how many lines it has, and its markup."""

    name: str
    title: str
    count: int
    make: Callable[[], str]


def parts(catalogue: Catalogue, place: Place) -> list[Part]:
    """The parts that a place has something for."""

    def listed(name: str, title: str, lines: list[str]) -> Part:
        items = "".join(f"<li>{line}</li>" for line in lines)
        return Part(name, title, len(lines), lambda: f'<ul class="ties">{items}</ul>')

    programmes_title = "Cluster programmes" if place.kind == "economy" else "Programmes"
    found = (
        listed("verdicts", "Verdicts of the papers", told.verdicts(catalogue, place)),
        listed("ties", "Ties", told.ties(catalogue, place)),
        listed("events", "Events", told.events(catalogue, place)),
        Part(
            FABS,
            "Fabs, row by row",
            len(fabs.rows(catalogue, place)),
            lambda: fabs.markup(catalogue, place),
        ),
        listed("programmes", programmes_title, programmes.lines(catalogue, place)),
        listed("lessons", "Policy lessons", told.lessons(catalogue, place)),
        listed("places", "Hubs and clusters here", told.places(catalogue, place)),
    )
    return [part for part in found if part.count]


def draw_content(part: Part, place: Place, selection: Selection, where: str) -> None:
    """A part without its title; below the fabs, the way to them on the map.

    Called inside a fragment: what changes the whole page asks for a run of it.
    """
    st.html(part.make())
    if part.name == FABS and st.button(
        "Show these fabs on the map", key=f"{where}_fabs_on_map", icon=":material/map:"
    ):
        changes = fabs.on_map(selection, place)
        links.go(state.address("", **{name: value for name, value in changes.items() if value}))
        # A link cannot say "the whole view"; the reader's window belongs to the view before.
        state.change(window=None, view=changes["view"])
        st.rerun()


def fold(part: Part, place: Place, selection: Selection, where: str, *, few: int = FEW) -> None:
    """A part folded under its title, its content made and sent once it is open.

    Args:
        part: the part.
        place: whose part it is; each place keeps which of its parts are open.
        selection: what the reader has chosen.
        where: name of the surroundings, for keys.
        few: up to so many lines the part starts open.
    """
    folded = st.expander(
        f"{part.title} ({part.count})",
        expanded=part.count <= few,
        key=f"{where}_{part.name}_{place.place_id}",
        on_change="rerun",
    )
    if folded.open:
        with folded:
            draw_content(part, place, selection, where)
