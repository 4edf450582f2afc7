"""Addresses of every route of the application, so that a new one is tried without being named."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address
from itertools import count
from urllib.parse import unquote_to_bytes

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp
from streamlit import App

# Each question comes from another reader: how often one may ask has tests of its own.
_readers = count(1)
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


def alone(app: App) -> Starlette:
    """Our own routes in our own middleware, without Streamlit's beside them."""
    return Starlette(
        routes=app._user_routes,
        middleware=app._user_middleware,
        exception_handlers=app._exception_handlers,
    )


@dataclass(frozen=True)
class Answer:
    """What came back, whole."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def ask(
    app: ASGIApp, target: str, method: str = "GET", body: bytes = b"", **headers: str
) -> Answer:
    """Ask an application as a server would pass it on: no client puts the path in order first."""
    path, _, query = target.partition("?")
    given = {"host": "localhost"} | {name.replace("_", "-"): headers[name] for name in headers}
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
        "client": (str(IPv4Address("10.0.0.0") + next(_readers)), 1),
        "server": ("localhost", 80),
    }
    messages = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        messages.append(message)

    async def answered() -> None:
        try:
            await app(scope, receive, send)
        except Exception:
            # The server writes it to its log, once the answer is on its way.
            if not messages:
                raise

    asyncio.run(answered())
    first, *rest = messages
    content = b"".join(message.get("body", b"") for message in rest)
    return Answer(first["status"], Headers(raw=first["headers"]), content)
