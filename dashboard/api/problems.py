"""What cannot be answered, as problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from http import HTTPStatus

from starlette.responses import Response

MOST_NAMED = 5


class ProblemError(Exception):
    """A question that cannot be answered; `detail` says what, where and how to mend it."""

    def __init__(
        self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})


def problem(
    status: HTTPStatus, detail: str, instance: str, headers: Mapping[str, str] | None = None
) -> Response:
    """A problem as a response.

    Args:
        status: of HTTP; its words are the title.
        detail: what is wrong and how to mend it.
        instance: path that was asked for.
        headers: more headers.
    """
    body = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "instance": instance,
    }
    return Response(
        json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
        status.value,
        dict(headers or {}) | {"cache-control": "no-store"},
        "application/problem+json",
    )


def unknown(what: str, value: str, known: Iterable[str]) -> ProblemError:
    """A problem for an identifier that is not there, with those that look like it."""
    near = get_close_matches(value, list(known), n=MOST_NAMED, cutoff=0.4)
    hint = f" Like it: {', '.join(near)}." if near else ""
    shown = value if len(value) <= 60 else f"{value[:60]}…"
    return ProblemError(HTTPStatus.NOT_FOUND, f"There is no {what} “{shown}”.{hint}")
