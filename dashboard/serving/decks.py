"""Files of a deck, which a reader's browser keeps and sends when it wants something made of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import BoundedSemaphore

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.serving.taking import RefusedError, Taken, refused

ADDRESS = "/deck"
# Whoever waits for a deck takes the processor from readers.
MOST_AT_ONCE = 2
BUSY = "Two decks are being made for others: try again in a minute."

# Makes something of a deck: what, the deck as it was sent, the address that readers know us by.
Make = Callable[[str, bytes, str], Taken]


class Decks:
    """Answers a deck that is posted with what was asked for: its check, a preview, a file."""

    def __init__(self, make: Make, most_bytes: int) -> None:
        """Take what makes files of decks, and how large a deck may be."""
        self._make = make
        self._most_bytes = most_bytes
        self._room = BoundedSemaphore(MOST_AT_ONCE)
        self._previews = asyncio.Semaphore(MOST_AT_ONCE)

    async def __call__(self, request: Request) -> Response:
        """The file, or a sentence that says why there is none."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > self._most_bytes:
                message = f"A deck has at most {self._most_bytes:,} bytes: make two decks of it."
                return refused(message, 413)
        origin = f"{request.url.scheme}://{request.url.netloc}"
        what = request.path_params["what"]
        try:
            if what == "preview":
                # A deck asks for many: they wait here, where waiting takes no thread from others.
                async with self._previews:
                    file = await run_in_threadpool(self._make, what, body, origin)
            else:
                file = await run_in_threadpool(self._made, what, body, origin)
        except RefusedError as error:
            return refused(str(error), error.status)
        headers = {
            "content-disposition": f'attachment; filename="{file.name}"',
            "cache-control": "no-store",
        }
        return Response(file.content, media_type=file.mime, headers=headers)

    def _made(self, what: str, body: bytes, origin: str) -> Taken:
        if what == "check":
            return self._make(what, body, origin)
        if not self._room.acquire(blocking=False):
            raise RefusedError(BUSY, 503)
        try:
            return self._make(what, body, origin)
        finally:
            self._room.release()


def deck_route(make: Make, most_bytes: int) -> Route:
    """Route `/deck/<what>`, to which a deck is posted.

    Args:
        make: makes what is asked for of a deck.
        most_bytes: how large a deck may be.
    """
    return Route(f"{ADDRESS}/{{what}}", Decks(make, most_bytes).__call__, methods=["POST"])
