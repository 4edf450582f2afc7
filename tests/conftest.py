"""What all tests share: the folder of the project, and rules for tests that need a browser."""

import os
import shutil
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from dashboard.catalogue import Catalogue, load
from dashboard.charts import figures

ROOT = Path(__file__).parents[1]
BROWSER_TESTS = ROOT / "tests" / "browser"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
NO_CHROMIUM = "No Chromium here for the browser tests: `apt-get install chromium`."
IS_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# The time an example takes says more about the machine than about the code.
settings.register_profile("developer", deadline=None)
# The same examples on every run, so that a change fails for its own reasons only.
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=200)
settings.load_profile("ci" if IS_CI else "developer")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The real data, loaded once for all tests of a process: nobody changes them."""
    return load()


@pytest.fixture(scope="session", autouse=True)
def every_figure_checked() -> Iterator[None]:
    """Plotly checks each figure that a test makes, which is not done while readers wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "IS_CHECKED", True)
        yield


@pytest.fixture(scope="session", autouse=True)
def packages_scanned_once() -> Iterator[None]:
    """Every `AppTest` asks of all installed packages whether they bring components of their own.

    The answer is always the same, and asking takes longer than most pages do.
    """
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the Chromium that drives the browser tests; without one they are skipped."""
    if CHROMIUM is None:
        pytest.skip(NO_CHROMIUM)
    return CHROMIUM


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test under `tests/browser`, so that `-m "not browser"` leaves them out."""
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped browser test into a failure where nobody would notice the gap."""
    report = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if IS_CI and skipped and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"A browser test may not be skipped here.\n{report.longreprtext}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once what is missing, rather than in each skipped test."""
    if CHROMIUM is None:
        terminalreporter.write_line(NO_CHROMIUM, yellow=True)
