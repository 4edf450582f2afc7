"""Pictures drawn on the server: one browser that is kept open, with a queue and a time limit.

Kaleido drives the browser. Its page is given the script with which a reader's browser draws a
picture, so that both make the same sheet of title, chart, notes, sources and link.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import Coroutine
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, TypeVar

from choreographer.errors import ChromeNotFoundError
from kaleido import Kaleido
from kaleido._page_generator import KJS_PATH

from dashboard.exports.figures import with_shapes
from dashboard.exports.picture import Picture, recoloured, words
from dashboard.exports.slides import PictureError
from dashboard.exports.view import View
from dashboard.processors import all_cores

ASSETS = Path(__file__).parents[1] / "ui" / "assets"
TABS = 2
DRAW_SECONDS = 30.0
START_SECONDS = 30.0
CLOSE_SECONDS = 5.0
MOST_WAITING = 24
NO_CHROMIUM = (
    "No Chromium was found on the server, which draws this file. Install it there (on Debian: "
    "apt-get install chromium), or save PNG or SVG: your own browser draws those."
)
# As picture.js says it, of a picture whose words leave its chart no room.
NO_ROOM = "there is no room for the chart; choose a larger picture or smaller letters."
# Names under which systems know a browser that can draw.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

Result = TypeVar("Result")


def browser_path() -> str | None:
    """The browser that draws: what `BROWSER_PATH` names, or one that the system knows."""
    named = os.environ.get("BROWSER_PATH")
    if named is not None:
        return shutil.which(named)
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


class _SheetPage:
    """Kaleido's page, with our drawing script in it."""

    def generate_index(self) -> str:
        """The page as HTML."""
        plotly = Path(str(files("plotly") / "package_data" / "plotly.min.js"))
        scripts = (plotly, KJS_PATH, ASSETS / "picture.js", ASSETS / "sheet.js")
        tags = "".join(
            f'<script src="{path.as_uri()}" charset="utf-8"></script>' for path in scripts
        )
        return (
            '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Seabelt</title>'
            "<style>@page { margin: 0 } img { display: block }</style>"
            '<style id="head-style"></style>'
            f'{tags}</head><body style="margin:0"><img id="kaleido-image"></body></html>'
        )


class Renderer:
    """Draws views as PNG, SVG or PDF; safe to be called from many threads at once.

    The browser starts with the first picture. Pictures wait in turn for one of its tabs. A browser
    that has died, or takes too long, is given up, and the next picture gets a new one.
    """

    def __init__(
        self,
        *,
        tabs: int = TABS,
        draw_seconds: float = DRAW_SECONDS,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        """Take the number of pictures drawn at once, the time for one, and how many may wait."""
        self._tabs = tabs
        self._seconds = draw_seconds
        self._room = BoundedSemaphore(tabs + most_waiting)
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._kaleido: Kaleido | None = None
        self._turn: asyncio.Lock | None = None
        self._free: asyncio.Semaphore | None = None

    def draw(self, view: View, suffix: str, picture: Picture | None = None) -> bytes:
        """A view as a picture.

        Args:
            view: what is drawn; it has a figure.
            suffix: "png", "svg" or "pdf".
            picture: size, look and letters.

        Raises:
            PictureError: if there is no browser, too many pictures wait, or this one was not drawn
                in time.
        """
        if not self._room.acquire(blocking=False):
            raise PictureError("Too many pictures are being drawn: try again in a minute.")
        try:
            return self._run(self._drawn(_sheet(view, picture or Picture()), suffix, picture))
        finally:
            self._room.release()

    def close(self) -> None:
        """End the browser and what drives it; a later picture starts both anew."""
        with self._lock:
            loop, self._loop = self._loop, None
            thread = self._thread
        if loop is None or thread is None:
            return
        with suppress(Exception):
            asyncio.run_coroutine_threadsafe(self._end(), loop).result(2 * CLOSE_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(CLOSE_SECONDS)

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._turn = asyncio.Lock()
                self._free = asyncio.Semaphore(self._tabs)
                self._thread = Thread(
                    target=_serve, args=(self._loop,), name="pictures", daemon=True
                )
                self._thread.start()
            future: Future[Result] = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            # The queue may be long: what bounds a single picture is inside.
            return future.result((self._seconds + START_SECONDS) * (MOST_WAITING + 2))
        except FutureTimeoutError:
            future.cancel()
            raise PictureError("The picture was not drawn in time: try again.") from None

    async def _drawn(self, sheet: dict[str, Any], suffix: str, picture: Picture | None) -> bytes:
        assert self._free is not None
        options = {
            "format": suffix,
            "width": sheet["layout"]["meta"]["sheet"]["size"]["width"],
            "height": sheet["layout"]["meta"]["sheet"]["size"]["height"],
            "scale": picture.scale if picture and suffix == "png" else 1,
        }
        async with self._free:
            # A browser may have died since the last picture: then it is tried once more.
            for is_last in (False, True):
                kaleido = await self._open()
                try:
                    return await asyncio.wait_for(
                        kaleido.calc_fig(sheet, opts=options), self._seconds
                    )
                except TimeoutError:
                    await self._give_up(kaleido)
                    raise PictureError(
                        f"The picture was not drawn within {self._seconds:g} seconds: try again, "
                        "or narrow the filters."
                    ) from None
                except (Exception, asyncio.CancelledError) as error:
                    # A browser that dies cancels what it was asked; a reader who has gone
                    # cancels this very task.
                    task = asyncio.current_task()
                    if task is not None and task.cancelling():
                        raise
                    if NO_ROOM in str(error):
                        raise PictureError(f"The picture could not be drawn: {NO_ROOM}") from None
                    await self._give_up(kaleido)
                    if is_last:
                        said = str(error) or "the browser ended"
                        raise PictureError(f"The picture could not be drawn: {said}.") from error
        raise AssertionError("a picture is drawn or refused")

    async def _open(self) -> Kaleido:
        assert self._turn is not None
        async with self._turn:
            if self._kaleido is None:
                path = browser_path()
                if path is None:
                    raise PictureError(NO_CHROMIUM)
                try:
                    made = Kaleido(
                        n=self._tabs, timeout=self._seconds, page_generator=_SheetPage(), path=path
                    )
                    await asyncio.wait_for(made.open(), START_SECONDS)
                except (ChromeNotFoundError, OSError, TimeoutError) as error:
                    raise PictureError(
                        f"The browser that draws pictures did not start: {error}. Save PNG or SVG: "
                        "your own browser draws those."
                    ) from error
                self._kaleido = made
            return self._kaleido

    async def _give_up(self, kaleido: Kaleido) -> None:
        """End a browser that has failed; others that used it fail, too, and try a new one."""
        is_present = self._kaleido is kaleido
        if is_present:
            self._kaleido = None
            with suppress(Exception):
                await asyncio.wait_for(kaleido.close(), CLOSE_SECONDS)

    async def _end(self) -> None:
        kaleido = self._kaleido
        if kaleido is not None:
            await self._give_up(kaleido)


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    # The browser is started from here, and its own threads run at once.
    with all_cores():
        try:
            loop.run_forever()
        finally:
            loop.close()


def _sheet(view: View, picture: Picture) -> dict[str, Any]:
    """The figure, with the words of its sheet where the drawing script looks for them."""
    if view.plotly is None:
        raise PictureError(f"“{view.title}” is a table: take it as CSV or XLSX.")
    figure = with_shapes(json.loads(recoloured(json.dumps(view.plotly), view.mode, picture.look)))
    said = {"size": picture.sheet, "words": words(view, picture.look, is_bare=picture.is_bare)}
    return {"data": figure["data"], "layout": {**figure["layout"], "meta": {"sheet": said}}}
