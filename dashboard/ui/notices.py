"""What the reader is told outside charts."""

from __future__ import annotations

import re

import streamlit as st

from dashboard.ui import state

# Signs that Streamlit's Markdown would read; a colon or full stop makes a bare address a link.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&])")

# Bare addresses become links even where they are escaped: a word joiner parts them, unseen.
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)


def plain(text: str) -> str:
    """The text as Streamlit's Markdown shows it unchanged."""
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub("\u2060", text))


def refusals() -> None:
    """Say which parameters of the link could not be shown.

    What a link asked for is shown as plain text: it must not put pictures or links on the page.
    """
    for refusal in state.refusals():
        st.warning(plain(str(refusal)))


def nothing_found(what: str, remedy: str) -> None:
    """Say that a selection has no values, and what to change."""
    st.info(plain(f"{what} {remedy}"))
