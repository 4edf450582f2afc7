"""What is made once per process and shared by all readers: never changed in place.

Whoever has brought data of their own asks a catalogue of their own; what is made of it is kept by
their session (`own`), and never by what is kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from inspect import Signature, signature
from threading import Condition
from typing import Any, ParamSpec, TypeVar

import streamlit as st
from cachetools import LRUCache, cached
from cachetools.keys import typedkey

from dashboard import stores
from dashboard.catalogue import Catalogue
from dashboard.charts.theme import Theme, theme
from dashboard.serving.settings import store_address
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
    return stores.catalogue(store_address())


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

    Arguments whose names begin with an underscore do not tell one answer from another, and may be
    anything; all others are hashable. What is made must never be changed. Of several readers who
    ask for the same at once, one has it made, and the others wait.

    Args:
        most: how many answers are kept for all readers.
    """

    def keep(function: Callable[Given, Made]) -> Callable[Given, Made]:
        given = signature(function)

        def named(*args: Given.args, **kwargs: Given.kwargs) -> Hashable:
            values = _arguments(given, *args, **kwargs).items()
            return typedkey(*(value for name, value in values if not name.startswith("_")))

        def of_package(*args: Given.args, **kwargs: Given.kwargs) -> Hashable:
            return package(), named(*args, **kwargs)

        shared = cached(LRUCache(most), key=of_package, condition=Condition())(function)

        @wraps(function)
        def made(*args: Given.args, **kwargs: Given.kwargs) -> Made:
            held = own()
            if held is None:
                return shared(*args, **kwargs)
            key = function, named(*args, **kwargs)
            answer: Made = held.once(key, lambda: function(*args, **kwargs))
            return answer

        made.clear = shared.cache_clear  # type: ignore[attr-defined]
        return made

    return keep


def kept_of_package(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Keep what a function makes of the package alone: it must ask `package`, never `catalogue`."""
    given = signature(function)

    def named(*args: Given.args, **kwargs: Given.kwargs) -> Hashable:
        return package(), typedkey(*_arguments(given, *args, **kwargs).values())

    return cached({}, key=named, condition=Condition())(function)


def _arguments(given: Signature, *args: Any, **kwargs: Any) -> dict[str, Any]:
    """All arguments of a call by name, those left to their defaults included."""
    bound = given.bind(*args, **kwargs)
    bound.apply_defaults()
    return bound.arguments
