"""Figures by address, for a browser that has lost what it was sent.

A page sends a figure once and names it from then on; in each message it would travel again with
every word that changes beside it. Fetching it at first, too, costs a round trip.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.serving.files import IMMUTABLE, ServedFile

# A page names its figure anew whenever it runs, so that one is only missing when more readers than
# this have drawn another one in the moment before it is fetched.
MOST_FIGURES = 128
# A hundred kilobytes take one millisecond; the quality of other files takes eight for a tenth less.
QUALITY = 4


class FigureStore:
    """The figures named last, each under the hash of its JSON, so that an address never changes."""

    def __init__(self, most: int = MOST_FIGURES) -> None:
        self._most = most
        self._files: OrderedDict[str, ServedFile] = OrderedDict()
        self._lock = Lock()

    def keep(self, json: str) -> str:
        """Keep a figure and return its address; one that is kept already becomes the newest."""
        content = json.encode()
        name = hashlib.sha256(content).hexdigest()[:24]
        with self._lock:
            if name not in self._files:
                file = ServedFile(Path(f"{name}.json"), content, quality=QUALITY)
                self._files[name] = file
            self._files.move_to_end(name)
            while len(self._files) > self._most:
                self._files.popitem(last=False)
        return f"/figure/{name}"

    async def __call__(self, request: Request) -> Response:
        """The figure named in the address, or 404."""
        file = self._files.get(request.path_params["name"])
        if file is None:
            return PlainTextResponse("This figure is not kept any more: reload the page.\n", 404)
        return await file.respond(
            request.headers, cache_control=IMMUTABLE, head=request.method == "HEAD"
        )


figures = FigureStore()


def figure_route() -> Route:
    """Route `/figure/<hash>`."""
    return Route("/figure/{name}", figures.__call__)
