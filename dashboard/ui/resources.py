"""What is made once per process and shared by all readers: never changed in place.

Whoever has brought data of their own asks a catalogue of their own; what is made of it is kept by
their session (`own`), and never by what is kept here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

import streamlit as st

from dashboard import stores
from dashboard.catalogue import Catalogue
from dashboard.charts.theme import Theme, theme
from dashboard.ui.own import own

Given = ParamSpec("Given")
Made = TypeVar("Made")


@st.cache_resource(show_spinner=False)
def package() -> Catalogue:
    """The checked data package, which all readers share; its observations may be in a store.

    Raises:
        DataContractError: if a table breaks the contract.
        StoreError: if the store that the environment names cannot be opened.
    """
    return stores.catalogue()


def catalogue() -> Catalogue:
    """What this reader can ask of: the package, and the series that they have brought.

    Raises:
        DataContractError: if a table of the package breaks the contract.
    """
    held = own()
    return package() if held is None or held.catalogue is None else held.catalogue


def look() -> Theme:
    """The colours of the mode this reader sees."""
    return theme(st.context.theme.type)


def kept(most: int) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Keep what a function makes for all readers; for one with data of their own, by their session.

    As with Streamlit's caches, arguments whose names begin with an underscore do not tell one
    answer from another; what is made must never be changed.

    Args:
        most: how many answers are kept for all readers.
    """

    def keep(function: Callable[Given, Made]) -> Callable[Given, Made]:
        shared = st.cache_resource(max_entries=most, show_spinner=False)(function)
        given = signature(function)

        @wraps(function)
        def made(*args: Given.args, **kwargs: Given.kwargs) -> Made:
            held = own()
            if held is None:
                return shared(*args, **kwargs)
            named = given.bind(*args, **kwargs).arguments.items()
            key = (function, *(value for name, value in named if not name.startswith("_")))
            answer: Made = held.once(key, lambda: function(*args, **kwargs))
            return answer

        made.clear = shared.clear  # type: ignore[attr-defined]
        return made

    return keep


def kept_of_package(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Keep what a function makes of the package alone: it must ask `package`, never `catalogue`."""
    return st.cache_resource(show_spinner=False)(function)
