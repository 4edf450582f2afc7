"""Addresses of every route of the application, so that a new one is tried without being named."""

import re
from collections.abc import Iterator

from starlette.routing import BaseRoute, Mount, Route
from streamlit import App

PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")


def routes(app: App) -> list[tuple[str, set[str]]]:
    """Paths as they are declared, and the methods that each takes."""
    return list(_walked(app._user_routes, ""))


def _walked(found: list[BaseRoute], before: str) -> Iterator[tuple[str, set[str]]]:
    for route in found:
        if isinstance(route, Route):
            yield before + route.path, set(route.methods or ())
        elif isinstance(route, Mount):
            inner = route.app
            # What limits or counts questions stands around the application that has the routes.
            while not hasattr(inner, "routes"):
                inner = inner.app
            yield from _walked(inner.routes, before + route.path)
        else:
            raise TypeError(f"{route!r} is a kind of route that no test knows.")


def filled(path: str, value: str = "x") -> str:
    """A path with a value in place of each of its parameters."""
    return PARAMETER.sub(lambda _: value, path)


def examples(app: App) -> list[str]:
    """An address of every route."""
    return [filled(path) for path, _ in routes(app)]
