"""Controls that show a field of the selection and change it, the same on every page.

The selection is the truth: a control is set from it before it is drawn. Its key is the name of the
page and the field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from dashboard.ui import state

Words = Callable[[Any], str]
# A select box reads None as "nothing chosen yet": this option takes a choice back.
NONE = ""
WIDTH = 170  # room for a few words, so that several stand in a line


def _shown(page: str, name: str, value: Any) -> str:
    """Key of a control that shows a value."""
    key = f"{page}_{name}"
    st.session_state[key] = value
    return key


def pills(
    page: str, label: str, name: str, options: Sequence[str], value: str, words: Words
) -> None:
    """One of a few, all in sight: the view of a page, or what a share is of."""
    key = _shown(page, name, value)
    st.pills(
        label,
        options,
        required=True,
        format_func=words,
        key=key,
        on_change=lambda: state.change(**{name: st.session_state[key]}),
    )


def select(
    page: str,
    label: str,
    name: str,
    options: Sequence[Any],
    value: Any,
    words: Words,
    *,
    width: int | Literal["stretch"] = WIDTH,
    store: Callable[[Any], dict[str, Any]] | None = None,
) -> None:
    """One of a list.

    Args:
        page: name of the page, the first part of the key.
        label: what is chosen.
        name: field of the selection.
        options: what can be chosen; `NONE` among them takes a choice back.
        value: what is chosen now.
        words: an option as a reader reads it.
        width: in pixels, or all there is.
        store: the fields that an option changes, where it is more than the one.
    """
    key = _shown(page, name, value)

    def changed() -> None:
        chosen = st.session_state[key]
        state.change(**(store(chosen) if store else {name: None if chosen == NONE else chosen}))

    st.selectbox(label, options, format_func=words, key=key, width=width, on_change=changed)


def toggle(page: str, label: str, name: str, value: bool) -> None:
    """On or off."""
    key = _shown(page, name, value)
    st.toggle(label, key=key, on_change=lambda: state.change(**{name: st.session_state[key]}))
