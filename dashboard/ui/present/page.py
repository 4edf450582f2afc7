"""The page of the deck, put together. The deck itself is in the reader's browser."""

from __future__ import annotations

import streamlit as st

from dashboard.serving.decks import ADDRESS
from dashboard.serving.routes import plotly_url
from dashboard.ui.component import component
from dashboard.ui.present.store import SCRIPT
from dashboard.ui.terms import marked

PAGE = "present"
# One script in the browser: the parts first, then what puts them together.
PARTS = (
    "library.js",
    "picture.js",
    "deck-store.js",
    "deck-link.js",
    "deck-sheet.js",
    "deck-show.js",
    "deck.js",
)
INTRODUCTION = (
    "Press “Add to deck” below a chart or table on any page, and it becomes a slide here. The deck "
    "stays in this browser, also when the page is closed; save it as a file to take it elsewhere."
)

_component = component("deck", PARTS, html="deck.html", css="deck.css", constants=SCRIPT)


def draw() -> None:
    """The introduction, and the deck that the browser holds."""
    st.html(f'<p class="hint">{marked(INTRODUCTION)}</p>')
    _component(key="deck", data={"address": ADDRESS, "plotly": plotly_url()}, width="stretch")
