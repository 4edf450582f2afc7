"""The map of an address, for the start page to draw while the application is still on its way."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.charts.theme import THEMES
from dashboard.serving.files import REVALIDATE, ServedFile

ADDRESS = "/first"
# Somebody waits for it; see `figures.QUALITY`.
QUALITY = 4

# Parameters of an address and a mode in, what the start page draws out.
FirstMap = Callable[[Mapping[str, Sequence[str]], str], Mapping[str, Any]]


def first_route(first_map: FirstMap) -> Route:
    """Route `/first/<mode>?<view>`, the view as in the address of the map page."""

    def written(parameters: Mapping[str, Sequence[str]], mode: str) -> bytes:
        return json.dumps(first_map(parameters, mode), ensure_ascii=False).encode()

    async def answer(request: Request) -> Response:
        """What is drawn first, as JSON, or 404 and the modes there are."""
        mode = request.path_params["mode"]
        if mode not in THEMES:
            return PlainTextResponse(f"A map is drawn in one of: {', '.join(THEMES)}.\n", 404)
        asked = request.query_params
        content = await run_in_threadpool(
            written, {name: asked.getlist(name) for name in asked}, mode
        )
        return await ServedFile(Path("first.json"), content, quality=QUALITY).respond(
            request.headers, cache_control=REVALIDATE, head=request.method == "HEAD"
        )

    return Route(f"{ADDRESS}/{{mode}}", answer)
