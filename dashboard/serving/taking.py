"""Files of what a card shows, by address: made when somebody asks, without a run of the page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.serving.figures import Holder

ADDRESS = "/take"
# What a card shows is kept until this many others have been drawn: with its figure and rows, some
# hundred kilobytes each.
MOST_KEPT = 128
# Readers leave a page open over lunch: where a card stands is known for as many, and it is drawn
# again when it is asked for.
MOST_KNOWN = 16_384
GONE = "What this card showed is not kept any more: reload the page and try again."


@dataclass(frozen=True)
class Taken:
    """A file: its content, name and media type."""

    content: bytes
    name: str
    mime: str


class RefusedError(ValueError):
    """A file that cannot be had; the message says why and what can. `status` is that of HTTP."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class CardAddress:
    """Where a card stands: path and query of its page, its key there, and the theme."""

    path: str
    card: str
    mode: str


# Makes a file: its suffix, the address that readers know the atlas by, the settings of the request.
Make = Callable[[str, str, Mapping[str, str]], Taken]
# What makes files of a card that is not kept any more.
Remake = Callable[[CardAddress], Make]


class Shelf:
    """What the cards show that were drawn last, each under a token that names where it stands."""

    def __init__(self, most: int = MOST_KEPT, most_known: int = MOST_KNOWN) -> None:
        self._known: LRUCache[str, CardAddress] = LRUCache(most_known)
        self._makers: LRUCache[str, Make] = LRUCache(most)
        self._held: WeakValueDictionary[str, Make] = WeakValueDictionary()
        self._lock = Lock()

    def keep(self, card: CardAddress, make: Make, holder: Holder | None = None) -> str:
        """Keep what makes files of a card; return the address that they begin with.

        Args:
            card: what tells this card from all others.
            make: makes a file of it.
            holder: keeps it instead, of a reader who has data of their own.
        """
        content = f"{card.card} {card.mode} {card.path}"
        if holder is not None:
            token = hashlib.sha256(f"{holder.secret} {content}".encode()).hexdigest()[:32]
            self._held[token] = make
            holder.hold(f"{ADDRESS}/{token}", make)
            return f"{ADDRESS}/{token}"
        token = hashlib.sha256(content.encode()).hexdigest()[:32]
        with self._lock:
            self._makers[token] = make
            self._known[token] = card
        return f"{ADDRESS}/{token}"

    def maker(self, token: str, remake: Remake) -> Make | None:
        """What makes files of a card; None where nobody knows it any more."""
        with self._lock:
            make = self._held.get(token) or self._makers.get(token)
            card = self._known.get(token)
        return remake(card) if make is None and card is not None else make

    async def answer(self, request: Request, remake: Remake) -> Response:
        """The file, or a sentence that says why there is none."""
        make = self.maker(request.path_params["token"], remake)
        if make is None:
            return refused(GONE, 404)
        origin = f"{request.url.scheme}://{request.url.netloc}"
        settings = dict(request.query_params)
        try:
            file = await run_in_threadpool(make, request.path_params["suffix"], origin, settings)
        except RefusedError as error:
            return refused(str(error), error.status)
        headers = {
            "content-disposition": f'attachment; filename="{file.name}"',
            "cache-control": "no-store",
        }
        return Response(file.content, media_type=file.mime, headers=headers)


def refused(message: str, status: int) -> Response:
    """The answer where no file can be had: the sentence that says why, as RFC 9457 has it."""
    body: dict[str, Any] = {"title": "No file", "status": status, "detail": message}
    return JSONResponse(body, status, media_type="application/problem+json")


shelf = Shelf()


def take_route(remake: Remake) -> Route:
    """Route `/take/<token>/<suffix>`.

    Args:
        remake: draws a card anew that is not kept any more, and makes files of it.
    """

    async def take(request: Request) -> Response:
        return await shelf.answer(request, remake)

    return Route(f"{ADDRESS}/{{token}}/{{suffix}}", take)
