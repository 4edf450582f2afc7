"""The dashboard as a visitor gets it: its own server and a real Chromium.

On a machine that is busy with other work, one journey in some hundreds misses a moment. So a
journey that fails is walked up to twice more, and the summary names those that were (`-rR`, in
`pyproject.toml`); what is broken fails twice.

Whatever a page does, a test fails if the page asks for anything outside this machine or writes an
error to the console.
"""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, WebSocket, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

START_SECONDS = 60
# Generous, because it only counts when something is wrong: a machine may be busy with other work.
WAIT_MILLISECONDS = 60_000
# As root, which containers are, Chromium starts without its sandbox only.
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OWN_HOSTS = {"localhost", "127.0.0.1"}

Theme = Literal["light", "dark"]

IS_SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const charts = [...document.querySelectorAll('.seabelt-chart')];
    return app?.dataset.testConnectionState === 'CONNECTED'
        && app.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-testid="stSkeleton"]')
        && !document.querySelector('.finder:not([data-ready])')
        && charts.every(chart => chart.dataset.drawn && (
            !chart._fullLayout || Math.abs(chart._fullLayout.width - chart.clientWidth) < 1))
        && document.fonts.status === 'loaded';
}"""
GO = "to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); }"
# Two frames: what has arrived is drawn at the latest in the second.
IS_DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@contextmanager
def served(root: Path, script: str, log: Path, port: int = 0) -> Iterator[str]:
    """Run a server for as long as the context lasts; give its address."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    # Python puts the folder of the script first in its search path; the tests are not in ours.
    # What is drawn ahead takes the processor from the tests, for readers who never come.
    environment = {**os.environ, "PYTHONPATH": str(root), "SEABELT_AHEAD": "0"}
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=root, stdout=output, stderr=output, env=environment)
    try:
        address = f"http://localhost:{port}"
        wait_until_healthy(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="session")
def server(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a dashboard that runs for as long as the tests do."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with served(root, "dashboard/server.py", log) as address:
        # A server whose start-up hooks break goes on without them, and without a warm start.
        assert "Seabelt is ready" in log.read_text()
        yield address


@pytest.fixture(scope="session")
def chart_server(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a page with one chart that has all a chart can have."""
    log = tmp_path_factory.mktemp("chart_server") / "log.txt"
    with served(root, "tests/browser/chart_server.py", log) as address:
        yield address


def wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return as soon as the server answers; fail with its log if it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=START_SECONDS):
                return
        except (urllib.error.URLError, TimeoutError):
            pass
        try:
            # Both the pause between two questions and the check that it makes sense to go on.
            process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"The dashboard did not start:\n{log.read_text()}")


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """The Chromium of this machine; each page gets a profile of its own in it.

    Playwright keeps an event loop running, in which other tests could not start theirs; so it ends
    with the tests of this folder.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each journey be walked up to twice more if it fails."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=2))


OpenPage = Callable[..., Page]


@dataclass
class Tab:
    """A page of a browser of its own, and what is noted of it."""

    page: Page
    problems: list[str] = field(default_factory=list)
    expected_errors: tuple[str, ...] = ()

    def watch(self) -> None:
        """Note whatever is asked of other machines, and errors that nobody expects."""
        context = self.page.context
        context.on("request", lambda request: self._note_request(request.url))
        context.on("weberror", lambda error: self._note_error(str(error.error)))
        context.on("console", self._note_message)
        self._watch_sockets(self.page)
        context.on("page", self._watch_sockets)

    def _watch_sockets(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._note_request(socket.url))

    def _note_request(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"data", "blob"} and parts.hostname not in OWN_HOSTS:
            self.problems.append(f"A page asks for {address}")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note_error(f"{message.text} ({message.location['url']})")

    def _note_error(self, text: str) -> None:
        if not any(re.search(pattern, text) for pattern in self.expected_errors):
            self.problems.append(f"A page writes an error: {text}")

    def forget(self) -> bool:
        """Leave nothing of a test behind but scripts that were read; whether that can be done."""
        page, context = self.page, self.page.context
        if page.is_closed():
            return False
        parts = urlsplit(page.url)
        for other in context.pages:
            if other != page:
                other.close()
        page.unroute_all(behavior="ignoreErrors")
        page.evaluate("() => sessionStorage.clear()")
        try:
            # A page of the same site: for any other, Chromium starts a process anew, which reads
            # all scripts again.
            page.goto(f"{parts.scheme}://{parts.netloc}/_stcore/health")
        except PlaywrightError:
            return False
        session = context.new_cdp_session(page)
        stored = {"origin": f"{parts.scheme}://{parts.netloc}", "storageTypes": "all"}
        session.send("Storage.clearDataForOrigin", stored)
        session.send("Page.resetNavigationHistory")
        session.detach()
        context.clear_cookies()
        context.clear_permissions()
        self.problems.clear()
        return True


@pytest.fixture(scope="package")
def sockets() -> dict[Page, WebSocket]:
    """The connection of each open page to the server."""
    return {}


@pytest.fixture(scope="package")
def tabs() -> list[Tab]:
    """Tabs that tests have left as they found them."""
    return []


@pytest.fixture
def open_page(
    browser: Browser,
    server: str,
    sockets: dict[Page, WebSocket],
    tabs: list[Tab],
    request: pytest.FixtureRequest,
) -> Iterator[OpenPage]:
    """A function that opens a page of the dashboard, as if for the first time, until it stands.

    Each call has a tab of its own. Its cookies, stores and history are empty, but the tab may have
    been open in an earlier test: a browser that has read the scripts needs half the time.

    It takes the path with its parameters, and `at` (the address of another server), `width`,
    `height`, `theme`, `alone` (in a tab that no other test uses), `settled` (wait until the page
    stands) and `expected_errors`: regular expressions for the console messages that the test
    provokes.
    """
    kept: list[Tab] = []
    closed: list[Tab] = []
    # What went wrong once may lie in the tab.
    is_repeated = getattr(request.node, "execution_count", 1) > 1

    def take(alone: bool) -> Tab:
        if tabs and not alone:
            return tabs.pop()
        context = browser.new_context()
        context.set_default_timeout(WAIT_MILLISECONDS)
        tab = Tab(context.new_page())
        tab.watch()
        tab.page.on("websocket", lambda socket: sockets.update({tab.page: socket}))
        return tab

    def open_page(
        path: str = "/",
        *,
        at: str = server,
        width: int = 1400,
        height: int = 1000,
        theme: Theme = "light",
        alone: bool = False,
        settled: bool = True,
        expected_errors: tuple[str, ...] = (),
    ) -> Page:
        alone = alone or is_repeated
        tab = take(alone)
        (closed if alone else kept).append(tab)
        tab.expected_errors = expected_errors
        page = tab.page
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)
        page.mouse.move(0, 0)
        page.goto(f"{at}{path}")
        if settled:
            page.wait_for_function(IS_SETTLED)
        return page

    yield open_page
    problems = [problem for tab in (*kept, *closed) for problem in tab.problems]
    for tab in kept:
        (tabs if tab.forget() else closed).append(tab)
    for tab in closed:
        tab.page.context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def settle() -> Callable[[Page], None]:
    """A function that waits until a page has run, drawn its charts and loaded its fonts."""

    def settle(page: Page) -> None:
        page.wait_for_function(IS_SETTLED)

    return settle


@pytest.fixture
def rerun(
    sockets: dict[Page, WebSocket], settle: Callable[[Page], None]
) -> Callable[[Page], AbstractContextManager[None]]:
    """A context in which a test does what makes a page run again; it ends when the page has.

    Use it as `with rerun(page): page.get_by_role("button").click()`.
    """

    @contextmanager
    def rerun(page: Page) -> Iterator[None]:
        # A short run comes and goes between two frames, so that the page itself never shows it.
        with sockets[page].expect_event("framereceived", ends_a_run):
            yield
        page.evaluate(IS_DRAWN)
        settle(page)

    return rerun


@pytest.fixture
def walk(
    rerun: Callable[[Page], AbstractContextManager[None]],
) -> Callable[[Page, str], None]:
    """A function that takes an open page to another address, as Back and Forward do.

    It spares most of what it takes to open a page, but what a reader chose before and the address
    does not name stays chosen.
    """

    def walk(page: Page, path: str) -> None:
        with rerun(page):
            page.evaluate(GO, path)

    return walk


def ends_a_run(frame: bytes | str) -> bool:
    """Whether a message of the server says that a script has run to its end."""
    message = ForwardMsg.FromString(frame)
    early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
    return message.WhichOneof("type") == "script_finished" and message.script_finished != early
