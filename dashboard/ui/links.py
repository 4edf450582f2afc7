"""Links inside the atlas: ordinary links in markup that turn the page without loading it anew."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.ui import resources, state

ASSETS = Path(__file__).parent / "assets"
KEY = "links"

# Streamlit's own page links are one element each; a catalogue has hundreds of links.
_listener = st.components.v2.component("seabelt_links", js=(ASSETS / "links.js").read_text("utf-8"))


def listen(pages: Mapping[str, Any]) -> None:
    """Hear of clicks on links in markup, and turn to the page that one leads to.

    Args:
        pages: Streamlit's page by address; called before the page runs.
    """
    with st.container(key="links"):
        _listener(key=f"{KEY}_heard", on_address_change=_followed)
    page = st.session_state.pop(KEY_OF_TURN, None)
    if page in pages:
        st.switch_page(pages[page])


KEY_OF_TURN = "turn_to"


def _followed() -> None:
    heard = st.session_state.get(f"{KEY}_heard")
    if heard and heard.get("address"):
        go(str(heard["address"]))


def go(address: str) -> None:
    """Follow a link of the atlas from a callback; the page turns when the script runs."""
    page = state.follow(resources.catalogue(), address)
    if page is not None:
        st.session_state[KEY_OF_TURN] = page


def anchor(address: str, text: str, *, css: str = "") -> str:
    """A link as markup, its text escaped."""
    kind = f' class="{css}"' if css else ""
    return f'<a{kind} href="{escape(address)}">{escape(text)}</a>'
