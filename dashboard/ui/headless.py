"""What the cards of a page show, by the page's address: its script run without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from urllib.parse import urlsplit

from streamlit import runtime
from streamlit.proto.ClientState_pb2 import ContextInfo
from streamlit.runtime import Runtime
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.runtime import RuntimeConfig
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.testing.v1.local_script_runner import LocalScriptRunner, require_widgets_deltas

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import Refusal
from dashboard.exports.view import View
from dashboard.ui.sign_in import LET_IN
from dashboard.ui.taking import COLLECTED, CardContent

APP = Path(__file__).parents[1] / "app.py"
RUN_SECONDS = 30.0
# A page that is run for files takes the processor from readers: one at a time, and a short queue.
# Whoever waits in it holds a thread that other answers need.
WAIT_SECONDS, MOST_AT_ONCE = 60.0, 8
BUSY = "Too many pages are being drawn: try again in a minute."

_room = BoundedSemaphore(MOST_AT_ONCE)
_turn = Lock()


class NoViewError(RuntimeError):
    """A page could not be run, or has no such card; the message says why."""


@dataclass(frozen=True)
class PageRun:
    """The cards of a page in their order, each under its key, and what its address asked in vain.

    What the address cannot be given is also told to a reader of the page.
    """

    cards: list[tuple[str, CardContent]]
    refusals: tuple[Refusal, ...]


def run_of(path: str, mode: str = "light", *, seconds: float = RUN_SECONDS) -> PageRun:
    """Run a page without a browser.

    The page runs as for a reader who opens the address, in a session of its own. Streamlit's
    `AppTest` does the same, but puts its own runtime in place of the one that serves readers.

    Args:
        path: path and query of a page, as its link has them.
        mode: "light" or "dark", the theme of the figures.
        seconds: time for the run.

    Raises:
        NoViewError: if there is no such page, it breaks, or does not end in time.
    """
    if not _room.acquire(blocking=False):
        raise NoViewError(BUSY)
    try:
        if not _turn.acquire(timeout=WAIT_SECONDS):
            raise NoViewError(BUSY)
        try:
            with _some_runtime():
                return _run(path, mode, seconds)
        finally:
            _turn.release()
    finally:
        _room.release()


def shown_of(
    path: str, mode: str = "light", *, seconds: float = RUN_SECONDS
) -> list[tuple[str, CardContent]]:
    """The cards of a page in their order, each under its key.

    Args:
        path: path and query of a page, as its link has them.
        mode: "light" or "dark", the theme of the figures.
        seconds: time for the run.

    Raises:
        NoViewError: if there is no such page, it breaks, or does not end in time.
    """
    return run_of(path, mode, seconds=seconds).cards


def views_of(
    path: str, catalogue: Catalogue, origin: str, mode: str = "light"
) -> list[tuple[str, View]]:
    """The views of a page's cards in their order, each under the key of its card.

    Args:
        path: path and query of a page, as its link has them.
        catalogue: the data.
        origin: scheme and host by which readers know the atlas, for the links in the views.
        mode: "light" or "dark", the theme of the figures.

    Raises:
        NoViewError: if there is no such page, it breaks, or does not end in time.
    """
    return [(key, shown.view(catalogue, origin)) for key, shown in shown_of(path, mode)]


def _run(path: str, mode: str, seconds: float) -> PageRun:
    parts = urlsplit(path)
    collected: list[tuple[str, CardContent]] = []
    session = SafeSessionState(
        SessionState(_new_session_state={COLLECTED: collected}), lambda: None
    )
    pages = PagesManager(str(APP), ScriptCache(), setup_watcher=False)
    runner = LocalScriptRunner(str(APP), session, pages, user_info=LET_IN.copy())
    runner.request_rerun(
        RerunData(
            query_string=parts.query,
            page_name=parts.path.strip("/"),
            context_info=ContextInfo(color_scheme=mode),
        )
    )
    runner.start()
    try:
        require_widgets_deltas(runner, seconds)
    except RuntimeError as error:
        raise NoViewError(
            f"The page {parts.path} was not ready within {seconds:g} seconds: try again, or narrow "
            "its filters."
        ) from error
    finally:
        runner.join()
        # What the page offered to be downloaded is nobody's.
        Runtime.instance().media_file_mgr.clear_session_refs(runner._session_id)
    for message in runner.forward_msgs():
        if message.WhichOneof("type") == "page_not_found":
            raise NoViewError(f"The atlas has no page {parts.path}.")
        if message.delta.new_element.WhichOneof("type") == "exception":
            raise NoViewError(f"The page {parts.path} could not be drawn.")
    refusals = session.filtered_state.get("refusals", ())
    return PageRun(collected, tuple(refusals))


@contextmanager
def _some_runtime() -> Iterator[None]:
    """The runtime that serves readers; in a shell, where there is none, one that serves nobody."""
    if runtime.exists():
        yield
        return
    Runtime._instance = _runtime_of_nobody()
    try:
        yield
    finally:
        Runtime._instance = None


@cache
def _runtime_of_nobody() -> Runtime:
    """Made once: it reads what is said of every installed package, a third of a second."""
    try:
        return Runtime(
            RuntimeConfig(
                script_path=str(APP),
                media_file_storage=MemoryMediaFileStorage("/media"),
                uploaded_file_manager=MemoryUploadedFileManager("/upload"),
            )
        )
    finally:
        Runtime._instance = None
