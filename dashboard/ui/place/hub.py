"""The page of one hub or cluster: what it is, its numbers, its chain, what is judged and told."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.selection import Selection
from dashboard.ui import links
from dashboard.ui.data import markup
from dashboard.ui.place import documents, happened, heading, over_time, told, value_chain, where
from dashboard.ui.place.parts import draw_content, fold, parts

KINDS = ("hub", "cluster")
# Longer lists are folded: what stands below them is found.
MOST_OPEN = 8
# What stands in sections of its own above the lists.
DRAWN = ("verdicts", "events")
NOTHING = {
    "ties": "No tie of {name} to another hub or to an outside partner is recorded in the atlas.",
    "fabs": "No wafer fab of the atlas lies in {name}.",
    "programmes": "No programme of the atlas names {name}, and none states an amount for it.",
    "lessons": "No policy lesson of the five papers was drawn from {name}.",
    "places": "No cluster of the atlas is part of {name}.",
}


def draw(
    catalogue: Catalogue,
    place: Place,
    shown: Selection,
    numbers: str,
    every_indicator: Callable[[Place], None],
) -> None:
    """Draw the page of a hub or cluster below its title.

    Args:
        catalogue: everything that is known of the place.
        place: the hub or cluster.
        shown: what the reader has chosen.
        numbers: its key figures, as markup.
        every_indicator: draws the tables of every indicator held.
    """
    about, on_map = st.columns([11, 9], gap="medium")
    with about:
        st.html(heading.facts(place, catalogue))
    with on_map:
        where.draw(catalogue, place, shown)
    st.html(numbers)
    # What the papers tell of a case comes first; of most hubs they tell nothing.
    is_case = place.place_id in set(catalogue.table("profiles")["place_id"])
    if not is_case:
        over_time.draw(catalogue, place, shown)
    value_chain.draw(catalogue, place, shown)
    _judged(catalogue, place)
    if is_case:
        over_time.draw(catalogue, place, shown)
    happened.draw(catalogue, place, shown)
    _rest(catalogue, place, shown, every_indicator)


def _judged(catalogue: Catalogue, place: Place) -> None:
    """Human and social capital, learning, weakest node, policy; and where documents disagree."""
    panel = told.verdict_panel(catalogue, place)
    remark = "Each in the words of the curators, with the paper's own rating where it gives one."
    st.html(markup.section("What the papers judge", remark if panel else ""))
    if panel:
        st.html(panel)
    else:
        st.html(f'<p class="hint">{_nothing_judged(catalogue, place)}</p>')
    lines = told.doubts(catalogue, place)
    if lines:
        items = "".join(f"<li>{line}</li>" for line in lines)
        st.html(
            markup.section("Where the papers disagree, and what is doubtful in them")
            + f'<ul class="ties">{items}</ul>'
        )
    elif panel:
        st.html('<p class="hint">No two passages on it contradict each other.</p>')


def _nothing_judged(catalogue: Catalogue, place: Place) -> str:
    said = (
        f"None of the five papers judges {escape(place.name)}: its human capital, social capital, "
        "interactive learning, weakest node and policy are not in the atlas."
    )
    judged = set(catalogue.table("profiles")["place_id"])
    inside = [other for other in told.within(catalogue, place) if other.place_id in judged]
    named = ", ".join(links.anchor(links.profile(other), other.name) for other in inside)
    return f"{said} Judged are its parts: {named}." if named else said


# Opening a fold sends what is in it, and draws nothing else again.
@st.fragment
def _rest(
    catalogue: Catalogue,
    place: Place,
    shown: Selection,
    every_indicator: Callable[[Place], None],
) -> None:
    """Ties, fabs, programmes, lessons, parts, documents and the tables of indicators."""
    found = [part for part in parts(catalogue, place) if part.name not in DRAWN]
    for part in found:
        if part.count > MOST_OPEN:
            fold(part, place, shown, "profile", few=MOST_OPEN)
        else:
            st.html(
                f'<h2 class="section">{escape(part.title)} '
                f'<span class="count">{part.count}</span></h2>'
            )
            draw_content(part, place, shown, "profile")
    absent = [words for name, words in NOTHING.items() if name not in {item.name for item in found}]
    if place.kind == "cluster":
        absent = [words for words in absent if words not in (NOTHING["places"], NOTHING["fabs"])]
    if absent:
        items = "".join(f"<li>{escape(words.format(name=place.name))}</li>" for words in absent)
        st.html(markup.section("Not in the atlas") + f'<ul class="remarks">{items}</ul>')
    fold(documents.part(catalogue, place), place, shown, "profile", few=0)
    every_indicator(place)
