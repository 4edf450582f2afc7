"""Links inside the atlas: ordinary links in markup that turn the page without loading it anew."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, NoReturn

import streamlit as st

from dashboard.catalogue import Place
from dashboard.ui import resources, state
from dashboard.ui.component import component

HEARD = "links_heard"
TURN = "turn_to"
UNHEARD = "links_unheard"

# Kinds of place that have a page of their own, at an address of that name.
PROFILES = ("economy", "hub", "cluster")

# Streamlit's own page links are an element each, and a catalogue has hundreds of links.
_listener = component("links", ("links.js",))


def listen(pages: Mapping[str, Any]) -> None:
    """Hear of clicks on links in markup, and turn to the page that one leads to.

    Args:
        pages: Streamlit's page by address; called before the page runs.
    """
    heard = _listener(
        key=HEARD,
        data={"pages": tuple(f"/{address}" for address in pages)},
        on_address_change=_followed,
    )
    if heard.address and not state.has_begun():
        st.session_state[UNHEARD] = heard.address
    page = st.session_state.pop(TURN, None)
    if page is not None:
        st.switch_page(pages[page])


def _followed() -> None:
    heard = st.session_state.get(HEARD)
    if heard and heard.get("address") and state.has_begun():
        go(str(heard["address"]))


def catch_up() -> None:
    """Follow a link that was pressed before this session knew of the page; called when it has run.

    A page outlives its session when the server is restarted or the reader was away for long.
    """
    address = st.session_state.pop(UNHEARD, None)
    if address is not None:
        go(str(address))
        st.rerun()


def go(address: str) -> None:
    """Follow a link of the atlas, from a callback; the page turns when the script runs."""
    page = state.follow(resources.catalogue(), address)
    if page is not None:
        st.session_state[TURN] = page


def turn(page: str) -> NoReturn:
    """Turn to another page, keeping what the reader chose; the run ends here."""
    st.session_state[TURN] = page
    st.rerun()


def anchor(address: str, text: str) -> str:
    """A link as markup, its text escaped."""
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def indicator(indicator_id: str) -> str:
    """Address of the page of an indicator."""
    return state.address("data", view="indicator", indicator=indicator_id)


def source(source_id: str) -> str:
    """Address of the page of a document."""
    return state.address("data", view="source", source=source_id)


def programme(programme_id: str) -> str:
    """Address of the page of a programme."""
    return state.address("data", view="programme", programme=programme_id)


def programme_money(programme_id: str) -> str:
    """Address of what a programme cost, year by year."""
    return state.address("programmes", view="money", programme=programme_id)


def lesson(lesson_id: str) -> str:
    """Address of a lesson, open among all that the filters keep; it is shown in any case."""
    return state.address("lessons", view="all", lesson=lesson_id)


def term(term_id: str) -> str:
    """Address of a term of the glossary; it is shown whatever the filters keep."""
    return state.address("glossary", term=term_id)


def story_step(story_id: str, number: int) -> str:
    """Address of a step of a story."""
    return state.address("stories", story=story_id, step=number)


def place(place_id: str) -> str:
    """Address of the map with a place open."""
    return state.address("", place=place_id)


def has_profile(place: Place) -> bool:
    """True for places that have a page of their own."""
    return place.kind in PROFILES


def profile(place: Place) -> str:
    """Address of the page of a place; of the map with it open where it has no page."""
    if not has_profile(place):
        return state.address("", place=place.place_id)
    return state.address(place.kind, place=place.place_id)


def value(identifier: str) -> str:
    """Address of the page of a single value."""
    return state.address("data", view="value", value=identifier)
