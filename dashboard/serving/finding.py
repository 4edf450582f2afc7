"""Answers to the search box of the header, letter by letter, without a run of the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.catalogue.address import LONGEST_SEARCH, search_words
from dashboard.serving.files import REVALIDATE, ServedFile

ADDRESS = "/find"
TOO_LONG = f"A search takes up to {LONGEST_SEARCH} letters: leave some words out."
NOTHING_ASKED = f"Ask for something: {ADDRESS}?q=Japan."
# A few kilobytes, for which somebody waits: the quality of files that are kept gains nothing here.
QUALITY = 4


class Finding:
    """Answers `?q=` with what was found, as JSON, or with a sentence where nothing can be asked."""

    def __init__(self, answer: Callable[[str], Mapping[str, Any]]) -> None:
        """Take what finds: words of a reader in, what is sent out."""
        self._answer = answer

    async def __call__(self, request: Request) -> Response:
        """What the words of the address lead to; 400 and a sentence without words or with many."""
        words = search_words(request.query_params.get("q", ""))
        if not words or len(words) > LONGEST_SEARCH:
            return JSONResponse({"message": TOO_LONG if words else NOTHING_ASKED}, 400)
        content = await run_in_threadpool(self._written, words)
        # Data and words of a newer version may differ, so that a browser asks before it uses one
        # that it has kept.
        return await ServedFile(Path("find.json"), content, quality=QUALITY).respond(
            request.headers, cache_control=REVALIDATE, head=request.method == "HEAD"
        )

    def _written(self, words: str) -> bytes:
        return json.dumps(self._answer(words), ensure_ascii=False).encode()


def find_route(answer: Callable[[str], Mapping[str, Any]]) -> Route:
    """Route `/find?q=`."""
    return Route(ADDRESS, Finding(answer).__call__)
