"""Figures by address, for a browser that has lost what it was sent.

A page sends a figure once and names it from then on; in each message it would travel again with
every word that changes beside it. Fetching it at first, too, costs a round trip.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Lock
from typing import Protocol
from weakref import WeakValueDictionary

from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.serving.files import IMMUTABLE, ServedFile

# A page names its figure anew whenever it runs, so that one is only missing when more readers than
# this have drawn another one in the moment before it is fetched.
MOST_FIGURES = 128
# A hundred kilobytes take one millisecond; the quality of other files takes eight for a tenth less.
QUALITY = 4
# A reader's own data are left on no disk, that of their browser included.
NO_STORE = "no-store"


class Holder(Protocol):
    """What keeps a reader's own things alive, for as long as it lives itself."""

    secret: str

    def hold(self, address: str, thing: object) -> None:
        """Hold on to what stands under an address."""


class FigureStore:
    """The figures named last, each under the hash of its JSON, so that an address never changes."""

    def __init__(self, most: int = MOST_FIGURES) -> None:
        self._files: LRUCache[str, ServedFile] = LRUCache(most)
        self._held: WeakValueDictionary[str, ServedFile] = WeakValueDictionary()
        self._lock = Lock()

    def keep(self, json: str, holder: Holder | None = None) -> str:
        """Keep a figure and return its address; one that is kept already becomes the newest.

        Args:
            json: the figure.
            holder: keeps it instead, of a reader who has data of their own.
        """
        content = json.encode()
        if holder is not None:
            name = hashlib.sha256(holder.secret.encode() + content).hexdigest()[:24]
            file = self._held.get(name) or ServedFile(
                Path(f"{name}.json"), content, quality=QUALITY
            )
            self._held[name] = file
            holder.hold(f"/figure/{name}", file)
            return f"/figure/{name}"
        name = hashlib.sha256(content).hexdigest()[:24]
        with self._lock:
            if self._files.get(name) is None:
                self._files[name] = ServedFile(Path(f"{name}.json"), content, quality=QUALITY)
        return f"/figure/{name}"

    async def __call__(self, request: Request) -> Response:
        """The figure named in the address, or 404."""
        name = request.path_params["name"]
        is_own = name in self._held
        with self._lock:
            file = self._held.get(name) or self._files.get(name)
        if file is None:
            return PlainTextResponse("This figure is not kept any more: reload the page.\n", 404)
        return await file.respond(
            request.headers,
            cache_control=NO_STORE if is_own else IMMUTABLE,
            head=request.method == "HEAD",
        )


figures = FigureStore()


def figure_route() -> Route:
    """Route `/figure/<hash>`."""
    return Route("/figure/{name}", figures.__call__)
