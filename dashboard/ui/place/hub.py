"""The page of one hub or cluster: what it is, its numbers, its chain, what is judged and told."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.selection import Selection
from dashboard.ui import links, markup
from dashboard.ui.place import (
    happened,
    heading,
    indicators,
    over_time,
    parts,
    told,
    value_chain,
    where,
)

KINDS = ("hub", "cluster")
LISTS = {
    "hub": ("ties", "fabs", "programmes", "lessons", "places"),
    "cluster": ("ties", "programmes", "lessons"),
}


def draw(catalogue: Catalogue, place: Place, shown: Selection) -> None:
    """Draw the page of a hub or cluster below its title."""
    about, on_map = st.columns([11, 9], gap="medium")
    with about:
        st.html(heading.facts(place, catalogue))
        # Beside the map with its sources there is room for both.
        indicators.draw(catalogue, place, shown.indicator)
    with on_map:
        where.draw(catalogue, place, shown)
    is_case = place.place_id in set(catalogue.table("profiles")["place_id"])
    is_bare = not is_case and not catalogue.indicators_of(place.place_id)
    # Of a bare place there are only sentences to come, for which there is room beside its map.
    with about if is_bare else st.container():
        # What the papers tell of a case comes first; of most hubs they tell nothing.
        if not is_case:
            over_time.draw(catalogue, place, shown)
        value_chain.draw(catalogue, place, shown)
        _judged(catalogue, place)
        if is_case:
            over_time.draw(catalogue, place, shown)
    happened.draw(catalogue, place, shown)
    parts.draw(catalogue, place, shown, LISTS[place.kind])
    indicators.draw_every(place)


def _judged(catalogue: Catalogue, place: Place) -> None:
    """Human and social capital, learning, weakest node, policy; and where documents disagree."""
    panel = told.verdict_panel(catalogue, place)
    remark = "Each in the words of the curators, with the paper's own rating where it gives one."
    nothing = f'<p class="hint">{_nothing_judged(catalogue, place)}</p>'
    st.html(markup.section("What the papers judge", remark if panel else "") + (panel or nothing))
    lines = told.doubts(catalogue, place)
    if lines:
        title = "Where the papers disagree, and what is doubtful in them"
        table = markup.table(title, ("On what", "What the documents say"), lines)
        st.html(markup.section(title) + table)
    elif panel:
        st.html('<p class="hint">No two passages on it contradict each other.</p>')


def _nothing_judged(catalogue: Catalogue, place: Place) -> str:
    said = f"None of the five papers judges {escape(place.name)}."
    judged = set(catalogue.table("profiles")["place_id"])
    inside = [other for other in told.within(catalogue, place) if other.place_id in judged]
    named = ", ".join(links.anchor(links.profile(other), other.name) for other in inside)
    return f"{said} Judged are its parts: {named}." if named else said
