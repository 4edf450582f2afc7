"""What the reader is told outside charts."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import state


def refusals() -> None:
    """Say which parameters of the link could not be shown."""
    for refusal in state.refusals():
        st.warning(str(refusal), icon=":material/link_off:")


def nothing_found(what: str, remedy: str) -> None:
    """Say that a selection has no values, and what to change."""
    st.info(f"{what} {remedy}", icon=":material/search_off:")
