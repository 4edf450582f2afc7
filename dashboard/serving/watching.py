"""What whoever runs a server sees of it: health, readiness, metrics, and a log of requests.

Nothing here holds who asked or what for: no addresses, no queries, no cookies.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.gc_collector import GCCollector
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.process_collector import ProcessCollector
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "x-request-id"
_IDENTIFIER = re.compile(r"[\w.-]{1,64}", re.ASCII)
# First parts of paths that are told apart; all others are pages.
AREAS = frozenset(
    {"_stcore", "api", "assets", "deck", "figure", "find", "first", "geography", "healthz"}
    | {"metrics", "package", "readyz", "script", "static", "take", "terms", "vendor"}
)
STREAMLITS = "/_stcore/metrics"
log = logging.getLogger("seabelt.requests")

# Says what keeps the server from answering well; nothing if all is there.
Missing = Callable[[], list[str]]


class Watch:
    """Counts requests by area, and remembers how long they took."""

    def __init__(self, sessions: Callable[[], int]) -> None:
        """Take what counts the readers who are connected."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._requests = Counter(
            "seabelt_requests", "Requests answered.", ["area", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "seabelt_request_seconds", "From request to end of answer.", ["area"],
            registry=self.registry,
        )  # fmt: skip
        readers = Gauge("seabelt_readers", "Readers connected.", registry=self.registry)
        readers.set_function(sessions)

    def note(self, area: str, status: int, seconds: float) -> None:
        """A request has been answered."""
        self._requests.labels(area, str(status)).inc()
        self._seconds.labels(area).observe(seconds)

    async def metrics(self, _: Request) -> Response:
        """All of it, in the format OpenMetrics."""
        content = await run_in_threadpool(generate_latest, self.registry)
        headers = {"cache-control": "no-store"}
        return Response(content, media_type=CONTENT_TYPE_LATEST, headers=headers)


class Watched:
    """ASGI middleware that gives each request an identifier, counts it and may log it."""

    def __init__(self, app: ASGIApp, watch: Watch, logs: bool) -> None:
        self.app = app
        self.watch = watch
        self.logs = logs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; note status, time and bytes when its answer has been sent."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        identifier = given if _IDENTIFIER.fullmatch(given) else uuid4().hex
        status, size = 500, 0
        begun = time.perf_counter()

        async def send_with_identifier(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = identifier
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, send_with_identifier)
        finally:
            seconds = time.perf_counter() - begun
            area = area_of(scope["path"])
            self.watch.note(area, status, seconds)
            if self.logs:
                log.info(
                    json.dumps(
                        {
                            "event": "request",
                            "request_id": identifier,
                            "method": scope["method"],
                            "area": area,
                            "status": status,
                            "milliseconds": round(1000 * seconds, 1),
                            "bytes": size,
                        }
                    )
                )


class Unwatched:
    """ASGI middleware that keeps Streamlit's own figures from everybody.

    They answer anybody, walk through all sessions for it, and say nothing that ours do not.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is asked of other addresses."""
        is_theirs = scope["type"] == "http" and scope["path"].rstrip("/") == STREAMLITS
        await (_NOT_THERE if is_theirs else self.app)(scope, receive, send)


_NOT_THERE = PlainTextResponse("Not Found", 404)


def area_of(path: str) -> str:
    """The area of a path: its first part where that is one of ours, or "page"."""
    first = path.strip("/").split("/", 1)[0]
    return first if first in AREAS else "page"


def watching_routes(watch: Watch, missing: Missing, data_version: Callable[[], str],
                    *, shows_metrics: bool) -> list[Route]:  # fmt: skip
    """Routes `/healthz`, `/readyz` and, where they are shown, `/metrics`.

    Args:
        watch: counts requests.
        missing: says what keeps the server from answering well.
        data_version: of the data that answer.
        shows_metrics: whether `/metrics` answers; it tells how busy a server is.
    """

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok", headers={"cache-control": "no-store"})

    async def readyz(_: Request) -> Response:
        lacks = await run_in_threadpool(missing)
        body = {"ready": not lacks, "missing": lacks}
        if not lacks:
            body["data_version"] = data_version()
        return JSONResponse(body, 503 if lacks else 200, headers={"cache-control": "no-store"})

    routes = [Route("/healthz", healthz), Route("/readyz", readyz)]
    return [*routes, Route("/metrics", watch.metrics)] if shows_metrics else routes


def log_requests() -> None:
    """Write the log of requests to the standard error, a line of JSON each."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Dated())
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


class _Dated(logging.Formatter):
    """Puts the time before what a line says; both are one object of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC)
        said = {"time": at.isoformat(timespec="milliseconds")}
        return json.dumps(said | json.loads(record.getMessage()))
