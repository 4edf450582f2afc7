"""Takes the pictures that README shows, from the running dashboard: `make screenshots`."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
COMMAND = [sys.executable, "-m", "streamlit", "run", "dashboard/server.py"]
START_SECONDS = 60
SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app?.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-testid="stSkeleton"]')
        && document.querySelector('.js-plotly-plot .main-svg')
        && document.fonts.status === 'loaded';
}"""

PICTURES = {
    "map-light.png": ("/?place=hsinchu", "light"),
    "map-dark.png": ("/?place=hsinchu", "dark"),
    "compare-light.png": ("/compare", "light"),
    "data-light.png": ("/data?view=coverage_year&topic=fdi&year=2010", "light"),
}


def main() -> int:
    """Start the dashboard, take each picture, stop the dashboard."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Screenshots need Chromium: apt-get install chromium", file=sys.stderr)
        return 1
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    server = subprocess.Popen(
        [*COMMAND, "--server.port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_healthy(port, server)
        FOLDER.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for name, (path, mode) in PICTURES.items():
                page = browser.new_page(
                    viewport={"width": 1400, "height": 1120},
                    color_scheme="dark" if mode == "dark" else "light",
                )
                page.goto(f"http://localhost:{port}{path}")
                page.wait_for_function(SETTLED)
                # Fills of the map arrive with the shapes, after the chart itself is there.
                page.wait_for_load_state("networkidle")
                page.screenshot(path=FOLDER / name)
                page.close()
            browser.close()
    finally:
        server.terminate()
        server.wait()
    return 0


def wait_until_healthy(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return as soon as the dashboard answers.

    Raises:
        RuntimeError: if it ends or does not answer in time.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The dashboard did not start: run `make run` to see why.")


if __name__ == "__main__":
    sys.exit(main())
