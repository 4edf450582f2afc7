"""A single card in another page: `?embed=true&card=KEY` shows it without all else."""

from __future__ import annotations

import re

import streamlit as st

from dashboard.ui import notices

PARAMETER = "card"
_WANTED, _DRAWN = "card_wanted", "cards_drawn"
_KEY = re.compile(r"\w{1,80}")

# What is around the card keeps its place, unseen: charts of hidden size could not be drawn.
_ALONE = """<style>
.stApp * {{ visibility: hidden; }}
.stApp .st-key-card_{key}, .stApp .st-key-card_{key} * {{ visibility: visible; }}
.stApp [hidden] {{ visibility: hidden; }}
.stApp [data-testid="stSidebar"], .stApp header {{ display: none; }}
.stApp .st-key-card_{key} {{ position: fixed; inset: 0; z-index: 99; overflow: auto;
  background: var(--seabelt-card); border: 0; border-radius: 0; }}
</style>"""


def begin() -> None:
    """Remember the card that the address asks for, which is not written into later addresses."""
    state = st.session_state
    state[_DRAWN] = []
    if PARAMETER in st.query_params:
        state[_WANTED] = st.query_params[PARAMETER]


def note(key: str) -> None:
    """A card has been drawn."""
    st.session_state.setdefault(_DRAWN, []).append(key)


def is_alone(key: str) -> bool:
    """Whether a card is the one that stands alone in another page."""
    return bool(st.session_state.get(_WANTED) == key)


def show() -> None:
    """Show the card that was asked for alone, or say which there are; called after the page."""
    wanted = st.session_state.get(_WANTED)
    if wanted is None:
        return
    drawn = st.session_state[_DRAWN]
    if wanted in drawn and _KEY.fullmatch(wanted):
        st.html(_ALONE.format(key=wanted))
        return
    notices.nothing_found(
        f"This page has no card “{wanted[:80]}”.",
        f"It has: {', '.join(drawn)}." if drawn else "It has none with these filters.",
    )
