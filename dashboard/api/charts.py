"""Charts as files: a page's link, with `/api/v1/charts` before it, gives what its card gives."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from http import HTTPStatus
from threading import BoundedSemaphore, Lock
from typing import Annotated, Literal
from urllib.parse import urlencode

from cachetools import LRUCache
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.problems import ProblemError, unknown
from dashboard.api.queries import parsed
from dashboard.exports.files import FORMATS
from dashboard.exports.picture import LETTERS, LOOKS, SCALES, SIZES
from dashboard.serving.taking import RefusedError, Taken

# Whoever has a chart drawn takes the processor from readers.
MOST_AT_ONCE = 2
MOST_KEPT = 64
MOST_KEPT_BYTES = 4 * 1024 * 1024
MAP = "map"
PICTURE = "picture_"

# Makes a file: path and query of a page, format, card, settings of the picture, our address.
Draw = Callable[[str, str, str, dict[str, str], str], Taken]
Look = Literal["", *LOOKS]  # type: ignore[valid-type]
Size = Literal[*SIZES, "custom"]  # type: ignore[valid-type]
Format = Literal[*FORMATS]  # type: ignore[valid-type]


class ChartQuery(BaseModel):
    """Which card, and as what file; all other parameters are those of the page's link."""

    model_config = ConfigDict(extra="forbid")

    format: Format = Field("png", description="Kind of file.")
    card: Annotated[str, Field(pattern=r"^[\w.:-]{0,120}$")] = Field(
        "", description="Key of a card of the page; the first where none is given."
    )
    picture_size: Size = Field("slide", description="Size of a picture.")
    picture_look: Look = Field("", description="Look of a picture.")
    picture_scale: int = Field(
        1, ge=min(SCALES), le=max(SCALES), description="Dots per pixel of a PNG."
    )
    picture_letters: float = Field(
        1.0, ge=min(LETTERS), le=max(LETTERS), description="How large letters are."
    )
    picture_width: int = Field(0, ge=0, le=10_000, description="Pixels, with size custom.")
    picture_height: int = Field(0, ge=0, le=10_000, description="Pixels, with size custom.")


@dataclass(frozen=True)
class Charts:
    """What draws charts, and which pages have some."""

    draw: Draw
    pages: Collection[str]


class ChartFiles:
    """Makes files of charts, a few at once, and keeps the last ones."""

    def __init__(self, charts: Charts) -> None:
        self._charts = charts
        self._room = BoundedSemaphore(MOST_AT_ONCE)
        self._kept: LRUCache[tuple[str, ...], Taken] = LRUCache(MOST_KEPT)
        self._lock = Lock()

    def file(
        self, page: str, items: list[tuple[str, str]], origin: str, data_version: str
    ) -> Taken:
        """A file of a chart.

        Args:
            page: address of a page without slash; "map" is the first page.
            items: name and text of each parameter.
            origin: scheme and host by which the reader knows the atlas.
            data_version: version of the data, of which a kept file is.

        Raises:
            ProblemError: if page, card, format or a parameter is not there, or it is not drawn.
        """
        if page not in self._charts.pages:
            raise unknown("page with charts", page, self._charts.pages)
        asked = [item for item in items if item[0] in ChartQuery.model_fields]
        query = parsed(ChartQuery, asked)
        rest = urlencode([item for item in items if item[0] not in ChartQuery.model_fields])
        path = f"/{'' if page == MAP else page}{'?' if rest else ''}{rest}"
        key = (data_version, path, query.model_dump_json(), origin)
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None:
            return kept
        file = self._drawn(path, query, origin)
        if len(file.content) <= MOST_KEPT_BYTES:
            with self._lock:
                self._kept[key] = file
        return file

    def _drawn(self, path: str, query: ChartQuery, origin: str) -> Taken:
        if not self._room.acquire(blocking=False):
            raise ProblemError(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "Charts are being drawn for others: try again in a few seconds.",
                {"retry-after": "3"},
            )
        settings = {
            name.removeprefix(PICTURE): str(value)
            for name, value in query.model_dump().items()
            if name.startswith(PICTURE)
        }
        try:
            return self._charts.draw(path, query.format, query.card, settings, origin)
        except RefusedError as error:
            raise ProblemError(HTTPStatus(error.status), str(error)) from error
        finally:
            self._room.release()
