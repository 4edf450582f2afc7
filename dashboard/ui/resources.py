"""What is made once per process and shared by all readers: never changed in place."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue, load
from dashboard.charts.theme import Theme, theme


@st.cache_resource(show_spinner=False)
def catalogue() -> Catalogue:
    """The checked data package.

    Raises:
        DataContractError: if a table breaks the contract.
    """
    return load()


def look() -> Theme:
    """The colours of the mode this reader sees."""
    return theme(st.context.theme.type)
