"""How long does the compare page take from a press to the redrawn chart?

Run `python benchmarks/compare.py` from the top folder; benchmarks/README.md says what is measured.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
README = ROOT / "benchmarks" / "README.md"
BEGIN, END = "<!-- compare: begin -->", "<!-- compare: end -->"
AIM = 350
START_SECONDS = 60
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PLACES = ("JPN", "KOR", "CHN", "TWN", "SGP", "IND")
VIEWS = (
    "Ranked bars",
    "Slope",
    "Dumbbell",
    "Rank over time",
    "Small multiples",
    "Heat map",
    "Lines",
)
CHART = ".st-key-chart_compare .seabelt-chart"
# The browser's own clock: from the press to the second frame after the chart says it is drawn.
WATCH = f"""() => {{
    const frame = () => new Promise(requestAnimationFrame);
    window.pressed = window.taken = null;
    const press = () => window.pressed ??= performance.now();
    addEventListener('pointerdown', press, {{ capture: true }});
    new MutationObserver(async () => {{
        const drawn = document.querySelector('{CHART}')?.dataset.drawn;
        if (window.pressed === null || window.taken !== null || !drawn) return;
        await frame();
        await frame();
        window.taken ??= performance.now() - window.pressed;
    }}).observe(document.body, {{
        subtree: true, attributes: true, attributeFilter: ['data-drawn'],
    }});
}}"""
SETTLED = f"""() => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState
    === 'notRunning' && document.querySelector('{CHART}')?.dataset.drawn
    && !document.querySelector('[data-testid="stSkeleton"]')"""


def timed(page: Page, press: Callable[[], None]) -> float:
    """Milliseconds from a press to the redrawn chart."""
    page.wait_for_function(SETTLED)
    page.evaluate("() => { window.pressed = window.taken = null; }")
    press()
    page.wait_for_function("() => window.taken !== null")
    return float(page.evaluate("() => window.taken"))


def measure(page: Page) -> dict[str, list[float]]:
    """Each view asked for the first time and once more; then a switch on and off."""
    found: dict[str, list[float]] = {}
    for when in ("asked for the first time", "asked before"):
        for name in VIEWS:
            view = page.get_by_role("radio", name=name, exact=True)
            found.setdefault(f"Change of view, {when}", []).append(timed(page, view.click))
        # A log scale of the lines, and back.
        switch = page.get_by_text("Log scale", exact=True)
        found.setdefault(f"Log scale, {when}", []).append(timed(page, switch.click))
        timed(page, switch.click)
    return found


def report(found: dict[str, list[float]]) -> str:
    """The measurements as a table, with the aim."""
    lines = ["| | Median | Most | Aim |", "| --- | ---: | ---: | --- |"]
    for title, times in found.items():
        verdict = "met" if median(times) < AIM else "**missed**"
        cells = f"{median(times):.0f} ms | {max(times):.0f} ms | under {AIM} ms: {verdict}"
        lines.append(f"| {title} | {cells} |")
    note = (
        f"{len(VIEWS)} views of {len(PLACES)} economies, 1400x1000; {os.cpu_count()} cores, "
        f"load of the machine {os.getloadavg()[0]:.1f}."
    )
    return "\n".join([*lines, "", note])


def write(text: str) -> None:
    """Put the report between the two marks in the README."""
    page = README.read_text("utf-8")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    README.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")


def wait_until_healthy(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return as soon as the server answers.

    Raises:
        RuntimeError: if it ends or takes too long.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=START_SECONDS).close()
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The dashboard did not start.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--write", action="store_true", help="put the results into benchmarks/README.md"
    )
    arguments = parser.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/server.py"]
    server = subprocess.Popen(
        [*command, "--server.port", str(port), "--server.address", "127.0.0.1"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(address, server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=FLAGS
            )
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            page.goto(f"{address}/compare?{'&'.join(f'places={key}' for key in PLACES)}")
            page.wait_for_function(SETTLED)
            page.evaluate(WATCH)
            text = report(measure(page))
            browser.close()
    finally:
        server.terminate()
        server.wait()
    print(text)
    if arguments.write:
        write(text)


if __name__ == "__main__":
    main()
