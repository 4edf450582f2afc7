"""Answers of the catalogue that are worked out once, however many readers ask.

A reader who has brought data of their own asks a catalogue that holds more than the package. What
is kept for everybody must neither hold such a catalogue nor rest on it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from dashboard.catalogue.catalogue import Catalogue

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def of_package(most: int) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Keep the answers of a function that asks for nothing but what the package holds.

    Whatever catalogue it is given, it is asked of the package below it.

    Args:
        most: how many answers are kept.
    """

    def kept(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
        known = lru_cache(maxsize=most)(function)

        @wraps(function)
        def answer(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
            return known(*map(_below, args), **{key: _below(kwargs[key]) for key in kwargs})

        return answer

    return kept


def unless_own(most: int) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Keep the answers of a function for those who have no data of their own; ask for the others.

    Args:
        most: how many answers are kept.
    """

    def kept(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
        known = lru_cache(maxsize=most)(function)

        @wraps(function)
        def answer(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
            given = (*args, *kwargs.values())
            if any(isinstance(item, Catalogue) and item is not item.package for item in given):
                return function(*args, **kwargs)
            return known(*args, **{key: _below(kwargs[key]) for key in kwargs})

        return answer

    return kept


def _below(given: object) -> object:
    return given.package if isinstance(given, Catalogue) else given
