"""The World Bank's Indicators API, version 2: one indicator at a time, complete or not at all.

The service answers with a list of two: what it says of the page, and its rows. What it refuses, it
refuses with status 200 and a list of one, which holds a message. The API is described in the World
Bank's knowledge base, "About the Indicators API Documentation".
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx2 as httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential

BASE_URL = "https://api.worldbank.org/v2"
PUBLIC_URL = "https://data.worldbank.org/"

MARKED_BY = "by the World Bank"
"""How the note ends on a figure that the service marks, as an estimate for example."""

PER_PAGE = 1000
TRIES = 5
LONGEST_WAIT_SECONDS = 60.0
TIME_OUT_SECONDS = 30.0

_BUSY = frozenset({429, 500, 502, 503, 504})
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?")


class ServiceError(RuntimeError):
    """The service could not be reached, or its answer cannot be used; the text says which."""


class _PassingError(ServiceError):
    """A fault that may be gone at the next try; `wait` is what the service asked for, if it did."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True)
class Value:
    """A figure as the service prints it; `note` is empty unless it is marked there."""

    economy: str
    year: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Series:
    """All figures of an indicator, in order of economy and year, and the date of the release."""

    code: str
    updated: str
    values: tuple[Value, ...]


class WorldBank:
    """A client of the service; use it as a context, so that its connections are closed.

    Args:
        base_url: where the service is, without a slash at the end.
        time_out: seconds to wait for a connection, or for the next bytes of an answer.
        sleep: waits for a number of seconds between two tries.
    """

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        time_out: float = TIME_OUT_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._client = httpx.Client(timeout=time_out, follow_redirects=True)
        self._sleep = sleep

    def __enter__(self) -> WorldBank:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def series(self, code: str, economies: Sequence[str]) -> Series:
        """Every figure of an indicator for some economies; years without one are left out.

        Args:
            code: the World Bank's code of the indicator, such as SP.POP.TOTL.
            economies: ISO 3166-1 alpha-3 codes.

        Raises:
            ServiceError: if the service refuses, does not answer after some tries, or its answer
                is incomplete or makes no sense.
        """
        retrying = Retrying(
            retry=retry_if_exception_type(_PassingError),
            stop=stop_after_attempt(TRIES),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            # All pages again: between two tries the service may have got a new release.
            return retrying(self._read, code, sorted(set(economies)))
        except _PassingError as error:
            raise ServiceError(f"{code}: {error} Tried {TRIES} times.") from error
        except ServiceError as error:
            raise ServiceError(f"{code}: {error}") from error

    def _read(self, code: str, economies: list[str]) -> Series:
        about, rows = self._page(code, economies, 1)
        for page in range(2, about.pages + 1):
            again, more = self._page(code, economies, page)
            if (again.pages, again.total, again.updated) != (
                about.pages,
                about.total,
                about.updated,
            ):
                raise _PassingError("The data changed while they were read.")
            rows += more
        if len(rows) != about.total:
            raise _PassingError(f"{len(rows)} of {about.total} rows came.")
        values: dict[tuple[str, str], Value] = {}
        for row in rows:
            value = _value(row, code, economies)
            if value is None:
                continue
            if (value.economy, value.year) in values:
                raise ServiceError(f"{value.economy} {value.year} came twice.")
            values[value.economy, value.year] = value
        return Series(code, about.updated, tuple(values[key] for key in sorted(values)))

    def _page(self, code: str, economies: list[str], page: int) -> tuple[_Page, list[Any]]:
        address = f"{self.base_url}/country/{';'.join(economies)}/indicator/{code}"
        asked: dict[str, str | int] = {"format": "json", "per_page": PER_PAGE, "page": page}
        try:
            response = self._client.get(address, params=asked)
        except httpx.TimeoutException as error:
            raise _PassingError("The service did not answer in time.") from error
        except httpx.TransportError as error:
            raise _PassingError(f"The connection failed ({type(error).__name__}).") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServiceError(f"The service cannot be asked ({error}).") from error
        if response.status_code in _BUSY:
            raise _PassingError(
                f"The service answered with status {response.status_code}.",
                _seconds(response.headers.get("retry-after")),
            )
        if response.status_code != 200:
            raise ServiceError(f"The service answered with status {response.status_code}.")
        try:
            # Numbers stay as they are printed: a float would not keep the digits of the source.
            text = response.content.decode("utf-8-sig")
            answer = json.loads(text, parse_float=_Printed, parse_int=_Printed)
        except ValueError as error:
            raise _PassingError("The answer is not JSON.") from error
        return _parts(answer, page)


class _Printed(str):
    """A number of an answer, in the digits of the answer."""


@dataclass(frozen=True)
class _Page:
    """What the service says of a page: how many there are, of how many rows, of which release."""

    pages: int
    total: int
    updated: str


def _parts(answer: Any, page: int) -> tuple[_Page, list[Any]]:
    """What an answer says of its page, and its rows.

    Raises:
        ServiceError: if it is a refusal, or no answer at all.
    """
    about = answer[0] if isinstance(answer, list) and answer else None
    if isinstance(about, dict) and isinstance(about.get("message"), list):
        words = [_words(message) for message in about["message"]]
        raise ServiceError(f"The service refuses: {' '.join(words)}")
    if not isinstance(about, dict) or not isinstance(answer, list) or len(answer) != 2:
        raise _PassingError("The answer is not a page and its rows.")
    # Some numbers of a page come as text.
    pages, total, here = (_whole(about.get(name)) for name in ("pages", "total", "page"))
    updated = about.get("lastupdated")
    rows = answer[1] or []
    if pages is None or total is None or not isinstance(rows, list):
        raise _PassingError("The answer does not say how many rows there are.")
    if total and here != page:
        raise _PassingError(f"Page {here} came instead of page {page}.")
    if not isinstance(updated, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", updated):
        raise ServiceError("The answer does not say of which date the data are.")
    return _Page(pages, total, updated), rows


def _words(message: Any) -> str:
    parts = (message.get("key"), message.get("value")) if isinstance(message, dict) else (message,)
    return ": ".join(str(part).rstrip(".") for part in parts if part) + "."


def _whole(number: Any) -> int | None:
    return int(number) if isinstance(number, str) and re.fullmatch(r"[0-9]{1,9}", number) else None


def _value(row: Any, code: str, economies: list[str]) -> Value | None:
    """The figure of a row, None if it is a gap."""
    if not isinstance(row, dict) or not isinstance(row.get("indicator"), dict):
        raise ServiceError("A row has no indicator.")
    if row["indicator"].get("id") != code:
        raise ServiceError(f"A row is of {row['indicator'].get('id')}.")
    economy, year, value = row.get("countryiso3code"), row.get("date"), row.get("value")
    if economy not in economies:
        raise ServiceError(f"A row is of {economy!r}, which was not asked for.")
    if not isinstance(year, str) or not re.fullmatch(r"(19|20)[0-9]{2}", year):
        raise ServiceError(f"{economy}: {year!r} is no year.")
    if value is None:
        return None
    if not isinstance(value, _Printed) or not _NUMBER.fullmatch(value):
        raise ServiceError(f"{economy} {year}: {value!r} is no number.")
    status = row.get("obs_status")
    note = f"marked {status!r} {MARKED_BY}" if isinstance(status, str) and status else ""
    return Value(economy, year, str(value), note)


def _wait(state: RetryCallState) -> float:
    """Seconds until the next try: what the service asks for, or twice as long each time."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _PassingError) else None
    if asked is not None:
        return min(asked, LONGEST_WAIT_SECONDS)
    return float(wait_exponential(multiplier=1, max=LONGEST_WAIT_SECONDS)(state))


def _seconds(retry_after: str | None) -> float | None:
    """The header Retry-After in seconds; None if it is missing or a date, which is rare."""
    try:
        seconds = float(retry_after or "")
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
