"""The parts of a place that are lists, each made when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.selection import Selection
from dashboard.ui import links, markup, state
from dashboard.ui.place import documents, fabs, programmes, told

FEW = 4
# Of a page; longer lists are folded, so that what stands below them is found. So are those with
# which the lists that stand open would hold more words than are read without a picture between.
MOST_OPEN = 8
MOST_WORDS = 80
# Each list of each place that can be opened.
LISTS_KEPT = 2048
FOLDED = re.compile(r"<details.*?</details>", re.S)
FABS, DOCUMENTS = "fabs", "documents"
LISTED = {
    "verdicts": ("Verdicts of the papers", told.verdicts),
    "ties": ("Ties", told.ties),
    "events": ("Events", told.events),
    "programmes": ("Cluster programmes", programmes.lines),
    "lessons": ("Policy lessons", told.lessons),
    "places": ("Hubs and clusters here", told.places),
    DOCUMENTS: ("Documents behind this page", documents.lines),
}
# Those of the panel beside the map, in their order.
PANEL = ("verdicts", "ties", "events", FABS, "programmes", "lessons", "places")
NOTHING = {
    "verdicts": "No paper judges {name} as a whole: they judge hubs, clusters and programmes.",
    "ties": "No tie of {name} to a hub or to an outside partner is recorded in the atlas.",
    FABS: "No wafer fab of the atlas lies in {name}.",
    "programmes": "No programme of the atlas names {name}, and none states an amount for it.",
    "lessons": "No policy lesson of the five papers was drawn from {name}.",
    "places": "No hub or cluster of the atlas is part of {name}.",
}


@dataclass(frozen=True)
class Part:
    """One part of a place: what it is called, how many lines it has, and its markup."""

    name: str
    title: str
    count: int
    make: Callable[[], str]


def parts(catalogue: Catalogue, place: Place, names: Sequence[str] = PANEL) -> list[Part]:
    """The parts of these names that a place has something for."""
    found = [_part(catalogue, place, name) for name in names]
    return [part for part in found if part.count]


def _part(catalogue: Catalogue, place: Place, name: str) -> Part:
    if name == FABS:
        number = fabs.number(catalogue, place)
        return Part(FABS, "Fabs, row by row", number, lambda: fabs.markup(catalogue, place))
    title, _ = LISTED[name]
    lines = _lines(catalogue, place.place_id, name)
    return Part(name, title, len(lines), lambda: markup.listed(lines))


@unless_own(LISTS_KEPT)
def _lines(catalogue: Catalogue, place_id: str, name: str) -> list[str]:
    """The lines of a part, made once: the panel counts them in each run of the map."""
    _, lines_of = LISTED[name]
    return lines_of(catalogue, catalogue.place(place_id))


# Opening a fold sends what is in it, and draws nothing else again.
@st.fragment
def draw(catalogue: Catalogue, place: Place, shown: Selection, names: Sequence[str]) -> None:
    """Draw the parts of these names on the page of a place; name those that the atlas has not.

    The documents, of which every place has one, stand folded below.
    """
    found = parts(catalogue, place, names)
    words = 0
    for part in found:
        more = _words(catalogue, place, part.name) if part.count <= MOST_OPEN else 0
        if part.count > MOST_OPEN or words + more > MOST_WORDS:
            fold(part, place, shown, "profile", few=0)
        else:
            words += more
            st.html(markup.section(part.title, count=part.count))
            draw_content(part, place, shown, "profile")
    held = {part.name for part in found}
    absent = [escape(NOTHING[name].format(name=place.name)) for name in names if name not in held]
    if absent:
        st.html(markup.section("Not in the atlas") + markup.listed(absent, "remarks"))
    fold(_part(catalogue, place, DOCUMENTS), place, shown, "profile", few=0)


@unless_own(LISTS_KEPT)
def _words(catalogue: Catalogue, place: Place, name: str) -> int:
    """Words of a part that stand open."""
    text = _part(catalogue, place, name).make()
    return len(re.sub(r"<[^>]+>", " ", FOLDED.sub(" ", text)).split())


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
