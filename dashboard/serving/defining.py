"""The terms of the field and what they mean, fetched once by every browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.serving.files import REVALIDATE, ServedFile

ADDRESS = "/terms"


class Defining:
    """Answers with all definitions, as JSON."""

    def __init__(self, write: Callable[[], bytes]) -> None:
        """Take what writes the definitions; it is asked once."""
        self._write = write

    @cached_property
    def _file(self) -> ServedFile:
        return ServedFile(Path("terms.json"), self._write())

    async def __call__(self, request: Request) -> Response:
        """The definitions, or 304 for a browser that has them."""
        file = await run_in_threadpool(lambda: self._file)
        return await file.respond(
            request.headers, cache_control=REVALIDATE, head=request.method == "HEAD"
        )


def terms_route(write: Callable[[], bytes]) -> Route:
    """Route `/terms`."""
    return Route(ADDRESS, Defining(write).__call__)
