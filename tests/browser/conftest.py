"""The dashboard as a visitor gets it: its own server and a real Chromium.

On a machine that is busy with other work, one journey in some hundreds misses a moment. So a
journey that fails is walked once more, and the summary names those that were (`-rR`, in
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
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    WebSocket,
    sync_playwright,
)
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


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """The Chromium of this machine; each page gets a profile of its own in it.

    Playwright keeps an event loop running, in which other tests could not start theirs; so it ends
    with the module.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each journey be walked once more if it fails."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1))


OpenPage = Callable[..., Page]


@pytest.fixture
def sockets() -> dict[Page, WebSocket]:
    """The connection of each open page to the server."""
    return {}


@pytest.fixture
def open_page(browser: Browser, server: str, sockets: dict[Page, WebSocket]) -> Iterator[OpenPage]:
    """A function that opens a page of the dashboard in a fresh profile and waits until it stands.

    It takes the path with its parameters, and `at` (the address of another server), `width`,
    `height`, `theme`, `javascript` and `expected_errors`: regular expressions for the console
    messages that the test provokes.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(
        path: str = "/",
        *,
        at: str = server,
        width: int = 1400,
        height: int = 1000,
        theme: Theme = "light",
        javascript: bool = True,
        expected_errors: tuple[str, ...] = (),
    ) -> Page:
        def note_socket(socket: WebSocket) -> None:
            sockets[page] = socket

        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            java_script_enabled=javascript,
        )
        contexts.append(context)
        watch(context, problems, expected_errors)
        page = context.new_page()
        page.on("websocket", note_socket)
        page.goto(f"{at}{path}")
        if javascript:
            page.wait_for_function(IS_SETTLED)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


def watch(
    context: BrowserContext, problems: list[str], expected_errors: tuple[str, ...] = ()
) -> None:
    """Note whatever pages ask of other machines, and errors that nobody expects."""

    def note_request(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"data", "blob"} and parts.hostname not in OWN_HOSTS:
            problems.append(f"A page asks for {address}")

    def note_error(text: str) -> None:
        if not any(re.search(pattern, text) for pattern in expected_errors):
            problems.append(f"A page writes an error: {text}")

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            note_error(f"{message.text} ({message.location['url']})")

    context.set_default_timeout(WAIT_MILLISECONDS)
    context.on("request", lambda request: note_request(request.url))
    context.on("weberror", lambda error: note_error(str(error.error)))
    context.on("console", note_message)
    context.on("page", lambda page: page.on("websocket", lambda held: note_request(held.url)))


@dataclass
class Visitor:
    """A page that goes from address to address, and what is noted of it meanwhile."""

    page: Page
    sockets: list[WebSocket] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Visitor:
    """The visitor of a module."""
    context = browser.new_context()
    visitor = Visitor(context.new_page())
    watch(context, visitor.problems)
    visitor.page.on("websocket", lambda socket: visitor.sockets.append(socket))
    return visitor


@pytest.fixture
def visit(server: str, visitor: Visitor, sockets: dict[Page, WebSocket]) -> Iterator[OpenPage]:
    """A function that opens an address where the dashboard has been open before.

    A page that has read the scripts needs half the time: for tests that leave nothing behind in
    the browser. It takes the path with its parameters, and `at`, `width` and `theme`.
    """
    page = visitor.page

    def visit(path: str, *, at: str = server, width: int = 1400, theme: Theme = "light") -> Page:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 1000})
        page.mouse.move(0, 0)
        page.goto(f"{at}{path}")
        page.wait_for_function(IS_SETTLED)
        sockets[page] = visitor.sockets[-1]
        return page

    yield visit
    noted = "\n".join(visitor.problems)
    visitor.problems.clear()
    assert not noted, noted


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


def ends_a_run(frame: bytes | str) -> bool:
    """Whether a message of the server says that a script has run to its end."""
    message = ForwardMsg.FromString(frame)
    early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
    return message.WhichOneof("type") == "script_finished" and message.script_finished != early
