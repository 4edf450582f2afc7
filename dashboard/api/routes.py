"""The routes under `/api/v1`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

import pandas as pd
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route

from dashboard.api.charts import ChartFiles, Charts
from dashboard.api.description import BASE, openapi, page
from dashboard.api.limits import Limit
from dashboard.api.problems import ProblemError, problem
from dashboard.api.queries import LISTINGS, Listing, Query, item, parsed
from dashboard.catalogue import Catalogue
from dashboard.catalogue.cells import plain_rows
from dashboard.catalogue.store import StoreError
from dashboard.exports import to_csv

# Data change with a version only; a browser asks again after an hour.
CACHED = "public, max-age=3600"
# What describes the interface changes with the program, too.
REVALIDATE = {"cache-control": "no-cache"}
Answer = Callable[[Request], Awaitable[Response]]


def api_mount(catalogue: Callable[[], Catalogue], charts: Charts, limit: Limit) -> Mount:
    """Everything under `/api/v1`.

    Args:
        catalogue: gives the data that answer.
        charts: draws the charts of pages.
        limit: how often one reader may ask.
    """
    routes = [
        Route("/", _page(catalogue, limit)),
        Route("/openapi.json", _openapi(catalogue, charts)),
    ]
    for listing in LISTINGS.values():
        routes.append(Route(f"/{listing.name}", _list(catalogue, listing)))
        if listing.key:
            routes.append(Route(f"/{listing.name}/{{identifier}}", _item(catalogue, listing)))
    routes.append(Route("/charts/{page}", _chart(catalogue, ChartFiles(charts))))
    application = Starlette(
        routes=routes,
        exception_handlers={
            ProblemError: _said,
            StoreError: _unanswered,
            HTTPException: _refused,
            Exception: _failed,
        },
    )
    return Mount(BASE, app=_Limited(application, limit))


class _Limited:
    """ASGI middleware that answers 429 to who asks too often."""

    def __init__(self, app: Starlette, limit: Limit) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        client = scope.get("client")
        seconds = self.limit.wait(client[0] if client else "")
        if not seconds:
            await self.app(scope, receive, send)
            return
        later = max(1, round(seconds + 0.5))
        answer = problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"One reader may ask {self.limit.per_minute} times a minute: wait {later} s.",
            scope["path"],
            {"retry-after": str(later)},
        )
        await answer(scope, receive, send)


def _page(catalogue: Callable[[], Catalogue], limit: Limit) -> Answer:
    async def answer(_: Request) -> Response:
        return HTMLResponse(page(catalogue().version, limit.per_minute), headers=REVALIDATE)

    return answer


def _openapi(catalogue: Callable[[], Catalogue], charts: Charts) -> Answer:
    async def answer(_: Request) -> Response:
        described = openapi(catalogue().version, sorted(charts.pages))
        return JSONResponse(described, headers=REVALIDATE)

    return answer


def _list(catalogue: Callable[[], Catalogue], listing: Listing) -> Answer:
    async def answer(request: Request) -> Response:
        query = parsed(listing.query, request.query_params.multi_items())
        data = catalogue()
        tag = _tag(data.version, listing.name, query.model_dump_json())
        if tag in _tags(request):
            return Response(status_code=304, headers=_headers(data, tag))
        return await run_in_threadpool(partial(_part, data, listing, query, request, tag))

    return answer


def _part(
    catalogue: Catalogue, listing: Listing, query: Query, request: Request, tag: str
) -> Response:
    rows = listing.rows(catalogue, query)
    first = (query.page - 1) * query.size
    part = rows.iloc[first : first + query.size]
    following = _following(request, query) if first + query.size < len(rows) else None
    headers = _headers(catalogue, tag) | {"x-total-count": str(len(rows))}
    if following:
        headers["link"] = f'<{following}>; rel="next"'
    if query.format == "csv":
        return Response(to_csv(part), media_type="text/csv", headers=headers)
    body = {
        "data_version": catalogue.version,
        "total": len(rows),
        "page": query.page,
        "size": query.size,
        "next": following,
        "rows": plain_rows(part),
    }
    return Response(_json(body), media_type="application/json", headers=headers)


def _item(catalogue: Callable[[], Catalogue], listing: Listing) -> Answer:
    async def answer(request: Request) -> Response:
        if request.query_params:
            name = next(iter(request.query_params))[:60]
            raise ProblemError(
                HTTPStatus.BAD_REQUEST, f"A single {listing.what} has no parameter `{name}`."
            )
        data = catalogue()
        identifier = request.path_params["identifier"]
        tag = _tag(data.version, listing.name, identifier)
        if tag in _tags(request):
            return Response(status_code=304, headers=_headers(data, tag))
        body = {"data_version": data.version, "item": item(data, listing, identifier)}
        return Response(_json(body), media_type="application/json", headers=_headers(data, tag))

    return answer


def _chart(catalogue: Callable[[], Catalogue], files: ChartFiles) -> Answer:
    async def answer(request: Request) -> Response:
        data = catalogue()
        page, items = request.path_params["page"], request.query_params.multi_items()
        origin = f"{request.url.scheme}://{request.url.netloc}"
        tag = _tag(data.version, page, request.url.query, origin)
        if tag in _tags(request):
            return Response(status_code=304, headers=_headers(data, tag))
        file = await run_in_threadpool(files.file, page, items, origin, data.version)
        headers = _headers(data, tag) | {"content-disposition": f'inline; filename="{file.name}"'}
        return Response(file.content, media_type=file.mime, headers=headers)

    return answer


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, default=_plain, allow_nan=False).encode()


def _plain(value: object) -> object:
    if value is pd.NA:
        return None
    if hasattr(value, "item"):
        return value.item()
    if isinstance(value, tuple | frozenset):
        return list(value)
    return str(value)


def _tag(*parts: str) -> str:
    return f'"{hashlib.sha256("|".join(parts).encode("utf-8", "replace")).hexdigest()[:32]}"'


def _tags(request: Request) -> set[str]:
    """The versions that a reader has; a proxy may have marked one as weak."""
    given = request.headers.get("if-none-match", "").split(",")
    return {tag.strip().removeprefix("W/") for tag in given}


def _headers(catalogue: Catalogue, tag: str) -> dict[str, str]:
    return {"etag": tag, "cache-control": CACHED, "x-data-version": catalogue.version}


def _following(request: Request, query: Query) -> str:
    items = [(name, text) for name, text in request.query_params.multi_items() if name != "page"]
    return f"{request.url.path}?{urlencode([*items, ('page', query.page + 1)])}"


async def _said(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return problem(error.status, error.detail, request.url.path, error.headers)


async def _unanswered(request: Request, error: Exception) -> Response:
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error), request.url.path)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    lists = ", ".join(f"{BASE}/{name}" for name in LISTINGS)
    detail = {
        HTTPStatus.NOT_FOUND: f"There is nothing at this path. There are: {lists}.",
        HTTPStatus.METHOD_NOT_ALLOWED: "The atlas can only be read: use GET.",
    }.get(status, str(error.detail))
    return problem(status, detail, request.url.path, error.headers)


async def _failed(request: Request, _: Exception) -> Response:
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The answer could not be made. It is no fault of the question: tell whoever runs this "
        "server.",
        request.url.path,
    )
