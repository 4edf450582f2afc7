"""How fast is the map page in a real browser, next to the same page written plainly in Dash?

Run `python benchmarks/measure.py` from the top folder; benchmarks/README.md says what is measured.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    TimeoutError,
    sync_playwright,
)

ROOT = Path(__file__).parents[1]
PEER = ROOT / "benchmarks" / "peers" / "map_in_dash.py"
REQUIREMENTS = ROOT / "benchmarks" / "requirements.txt"
README = ROOT / "benchmarks" / "README.md"
BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"

WINDOW = {"width": 1400, "height": 1000}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
START_SECONDS = 90
DRAWN_MILLISECONDS = 60_000
# A map is at rest when its colours have stood this long and nothing is under way. The dashboard
# tells its server of a year step after 0.9 seconds; should the answer change the map, that counts.
REST_MILLISECONDS = 1_500
# An empty map, or one in the colours of land and hubs only, has fewer than this.
COLOURS_OF_A_FILLED_MAP = 8

DEFAULT_INDICATOR = "rd_expenditure_gdp"
ENOUGH_ECONOMIES, ENOUGH_YEARS = 12, 10
# What a reader sees of the filter on industry type, and of the parts of the map.
TYPES = (
    "Science-based",
    "Specialised suppliers",
    "Traditional manufacturing",
    "Complex product systems",
    "Natural-resource-based",
)
USUAL_PART = "Sea-belt"
PARTS = ("North-East Asia", "South-East Asia", "India")
MOST_FILTER, MOST_STEP = 350, 120  # milliseconds

# Runs in the page from its first moment and looks at the map in every frame the browser draws. A
# change is dated one frame after it was seen, when it has been painted. What the reader does is
# dated by the browser as well. While one chart takes another's place, both are there for a moment:
# the upper one is the map. Shapes drawn in another order are the same map, hence the sorting.
# `indicators` finds the list of indicators, the last thing that a reader needs to ask for more.
WATCH = """indicators => {
    window.measured = { pressed: 0, redraws: [], lists: null };
    addEventListener("pointerdown", event => { measured.pressed = event.timeStamp; }, true);
    let last = "", unpainted = null;
    const look = () => {
        if (unpainted) {
            measured.redraws.push({ at: performance.now(), colours: new Set(unpainted).size });
            unpainted = null;
        }
        if (!measured.lists && document.querySelector(indicators))
            measured.lists = performance.now();
        const layer = document.querySelector(".choroplethlayer");
        const shapes = [...layer?.querySelectorAll("path") ?? []];
        const fills = shapes.map(shape => shape.getAttribute("fill")).sort();
        // Another part of the map has the same colours, and other outlines.
        const outline = shape => shape.getAttribute("d")?.length ?? 0;
        const outlines = shapes.reduce((sum, shape) => sum + outline(shape), 0);
        const now = `${outlines} ${fills}`;
        if (now !== last) {
            last = now;
            unpainted = fills;
        }
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""
IS_FILLED = """least => window.measured?.lists
    && measured.redraws.some(redraw => redraw.colours >= least)"""
IS_AT_REST = """([since, rest]) => {
    const last = measured.redraws.at(-1);
    const isBusy = document.querySelector("[data-test-script-state=running]")
        || document.querySelectorAll(".choroplethlayer").length > 1;
    return !isBusy && measured.redraws.length > since && performance.now() - last.at > rest;
}"""


@dataclass(frozen=True)
class Question:
    """What one repetition asks of both applications: names as readers see them, place on a rail."""

    indicator: str
    economy: str
    industry_type: str
    part: str
    slider: float


class Dashboard:
    """The map page of Seabelt."""

    name = "Seabelt"
    health = "/_stcore/health"
    slider = ".st-key-card_map input[type=range]"
    indicators = "input[role=combobox][aria-label*=Indicator]"

    def command(self, port: int) -> list[str]:
        """The way the documentation says to start it."""
        start = [sys.executable, "-m", "streamlit", "run", "dashboard/server.py"]
        return [*start, "--server.port", str(port)]

    def options(self, page: Page) -> Locator:
        """The list that is open."""
        return page.get_by_role("listbox")

    def open_indicators(self, page: Page) -> Locator:
        """Open the list of indicators; return the field that searches it."""
        return _clicked(page.get_by_role("combobox", name="Indicator", exact=True))

    def open_economies(self, page: Page) -> Locator:
        """Open the list of economies; return the field that searches it."""
        return _clicked(page.get_by_role("combobox", name="Economies and hubs", exact=True))

    def industry_type(self, page: Page, name: str) -> Locator:
        """What chooses a type of industry, and gives it up again."""
        return page.get_by_role("button", name=name, exact=True)

    def part(self, page: Page, name: str) -> Locator:
        """What chooses a part of the map."""
        return page.get_by_role("radio", name=name, exact=True)


class DashPage:
    """The same page in Dash."""

    name = "Dash"
    health = "/"
    slider = ".dash-slider-root"
    indicators = "#indicator"

    def __init__(self, python: str) -> None:
        self.python = python

    def command(self, port: int) -> list[str]:
        """The way Dash's documentation says to start it."""
        return [self.python, str(PEER), "--port", str(port)]

    def options(self, page: Page) -> Locator:
        """The list that is open."""
        return page.get_by_role("dialog")

    def open_indicators(self, page: Page) -> Locator:
        """Open the list of indicators; return the field that searches it."""
        page.locator("#indicator").click()
        return _clicked(page.locator(".dash-dropdown-search"))

    def open_economies(self, page: Page) -> Locator:
        """Open the list of economies; return the field that searches it."""
        page.locator("#economies").click()
        return _clicked(page.locator(".dash-dropdown-search"))

    def industry_type(self, page: Page, name: str) -> Locator:
        """What chooses a type of industry, and gives it up again."""
        return page.locator("#types label", has_text=re.compile(name.replace("-", "."), re.I))

    def part(self, page: Page, name: str) -> Locator:
        """What chooses a part of the map."""
        return page.locator("#part label", has_text=re.compile(f"^{name}$"))


Application = Dashboard | DashPage


def _clicked(locator: Locator) -> Locator:
    locator.click()
    return locator


@contextmanager
def served(application: Application) -> Iterator[tuple[str, float]]:
    """Run an application; give its address and the seconds from its start to its first answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile("w+") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(application.command(port), cwd=ROOT, stdout=log, stderr=log)
        try:
            while not _answers(address + application.health):
                late = time.perf_counter() - begun > START_SECONDS
                if late or process.poll() is not None:
                    log.seek(0)
                    raise SystemExit(f"{application.name} did not start:\n{log.read()}")
                time.sleep(0.02)
            yield address, time.perf_counter() - begun
        finally:
            process.terminate()
            process.wait()


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as response:
            return response.status == 200
    except (URLError, OSError):
        return False


class Wire:
    """Bytes that reach a page: with headers and as compressed, or inside a websocket's frames."""

    def __init__(self, page: Page) -> None:
        self.received: Counter[str] = Counter()
        session = page.context.new_cdp_session(page)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._framed)
        session.send("Network.enable")

    def _finished(self, event: dict[str, Any]) -> None:
        self.received["http"] += int(event["encodedDataLength"])

    def _framed(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        # Anything but text is handed over in base64.
        share = 1 if frame["opcode"] == 1 else 3 / 4
        self.received["websocket"] += int(len(frame["payloadData"]) * share)


def visit(context: BrowserContext, address: str) -> tuple[Page, Wire, float, float]:
    """Open the page; return it, its traffic, milliseconds to the filled map and to the lists."""
    page = context.new_page()
    wire = Wire(page)
    page.goto(address)
    page.wait_for_function(
        IS_FILLED, arg=COLOURS_OF_A_FILLED_MAP, polling=100, timeout=DRAWN_MILLISECONDS
    )
    _rest(page, since=0)
    page.wait_for_load_state("networkidle")
    redraws = page.evaluate("measured.redraws")
    filled = next(item for item in redraws if item["colours"] >= COLOURS_OF_A_FILLED_MAP)
    return page, wire, filled["at"], page.evaluate("measured.lists")


def timed(page: Page, act: Callable[[], None]) -> float:
    """Milliseconds from the last press of `act` to the last change of the map's colours."""
    seen = page.evaluate("measured.redraws.length")
    act()
    _rest(page, since=seen)
    return page.evaluate("measured.redraws.at(-1).at - measured.pressed")


def _rest(page: Page, since: int) -> None:
    page.wait_for_function(
        IS_AT_REST, arg=[since, REST_MILLISECONDS], polling=100, timeout=DRAWN_MILLISECONDS
    )


def option(field: Locator, options: Locator, name: str) -> Locator:
    """An option of an opened list: the name may follow a topic and precede a local name."""
    field.fill(name)
    pattern = rf"(^|· ){re.escape(name)}( \(economy\))?($| [^\x00-\x7f])"
    found = options.get_by_role("option", name=re.compile(pattern))
    found.wait_for()
    return found


def repetition(
    browser: Browser, application: Application, address: str, question: Question, usual: str
) -> dict[str, float]:
    """One reader with a new profile: comes, comes back, moves the year, changes the filters."""
    with browser.new_context(viewport=WINDOW) as context:
        context.add_init_script(f"({WATCH})({json.dumps(application.indicators)})")
        result = {}
        page, wire, result["first map, cold"], result["lists, cold"] = visit(context, address)
        result["cold http"] = wire.received["http"]
        result["cold websocket"] = wire.received["websocket"]
        page.close()
        page, wire, result["first map, warm"], result["lists, warm"] = visit(context, address)
        result["warm bytes"] = wire.received.total()

        rail = page.locator(application.slider)
        rail.scroll_into_view_if_needed()
        box = rail.bounding_box()
        spot = {"x": box["width"] * question.slider, "y": box["height"] / 2}
        before = wire.received.total()
        result["year step"] = timed(page, lambda: rail.click(position=spot))
        result["year bytes"] = wire.received.total() - before

        lists = application.options(page)
        before = wire.received.total()
        chosen = option(application.open_indicators(page), lists, question.indicator)
        result["indicator, new"] = timed(page, chosen.click)
        result["indicator bytes"] = wire.received.total() - before
        # A press on the type chosen gives it up again: the map of a moment ago.
        press = application.industry_type(page, question.industry_type).click
        result["type, new"] = timed(page, press)
        result["type, known"] = timed(page, press)
        result["part, new"] = timed(page, application.part(page, question.part).click)
        result["part, known"] = timed(page, application.part(page, USUAL_PART).click)
        chosen = option(application.open_indicators(page), lists, usual)
        result["indicator, known"] = timed(page, chosen.click)
        chosen = option(application.open_economies(page), lists, question.economy)
        result["economies, new"] = timed(page, chosen.click)
        result["plotly.js"] = page.evaluate("window.Plotly.version")
        return result


def questions(repetitions: int) -> tuple[list[Question], str]:
    """Something else to ask in each repetition, and the name of the indicator shown first.

    An application that keeps what it has drawn then meets each of them for the first time.
    """
    indicators = {row["indicator_id"]: row for row in _rows("indicators")}
    economies = {row["place_id"]: row["name"] for row in _rows("places") if _is_economy(row)}
    covered = defaultdict(set)
    years = defaultdict(set)
    for row in _rows("observations"):
        if row["place_id"] in economies:
            covered[row["indicator_id"]].add(row["place_id"])
            years[row["indicator_id"]].add(row["year"])
    names = [
        row["name"]
        for key, row in indicators.items()
        if row["aggregation"] in {"share", "rate"}
        and key != DEFAULT_INDICATOR
        and len(covered[key]) >= ENOUGH_ECONOMIES
        and len(years[key]) >= ENOUGH_YEARS
    ]
    most = min(len(names), len(economies))
    if not 2 <= repetitions <= most:
        raise SystemExit(f"From 2 to {most} repetitions: there is no more to ask anew.")
    asked = [
        # Away from the right end, where the map starts.
        Question(
            name,
            economy,
            TYPES[number % len(TYPES)],
            PARTS[number % len(PARTS)],
            0.1 + 0.7 * number / repetitions,
        )
        for number, (name, economy) in enumerate(zip(names, economies.values(), strict=False))
    ]
    return asked[:repetitions], indicators[DEFAULT_INDICATOR]["name"]


def _is_economy(row: dict[str, str]) -> bool:
    return row["kind"] == "economy" and row["in_focus"] == "true"


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measure(repetitions: int, peer_python: str, chromium: str) -> str:
    """Measure both applications in turns, so that what disturbs one disturbs the other."""
    asked, usual = questions(repetitions)
    applications = [Dashboard(), DashPage(peer_python)]
    results: dict[str, list[dict[str, float]]] = defaultdict(list)
    starts = {}
    loads = [os.getloadavg()[0]]
    with ExitStack() as stack:
        addresses = {}
        for application in applications:
            addresses[application.name], starts[application.name] = stack.enter_context(
                served(application)
            )
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        stack.callback(browser.close)
        for number, question in enumerate(asked, 1):
            for application in applications:
                address = addresses[application.name]
                try:
                    result = repetition(browser, application, address, question, usual)
                except TimeoutError as error:
                    raise SystemExit(f"{application.name}, {question}: {error}") from error
                results[application.name].append(result)
            loads.append(os.getloadavg()[0])
            print(f"{number} of {repetitions}", file=sys.stderr)
        machine = _machine(peer_python, browser.version, results, loads)
    return "\n".join([*_table(results, starts), "", *_aims(results), "", machine])


def _milliseconds(values: list[float]) -> str:
    return f"{median(values):,.0f} ms ({_high(values):,.0f})"


def _kilobytes(values: list[float]) -> str:
    return f"{median(values) / 1000:,.0f} kB"


def _high(values: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20, method="inclusive")[-1]


ROWS = [
    ("First map, cold browser cache", "first map, cold", _milliseconds),
    ("First map, warm browser cache", "first map, warm", _milliseconds),
    ("Lists to ask for more, cold browser cache", "lists, cold", _milliseconds),
    ("Lists to ask for more, warm browser cache", "lists, warm", _milliseconds),
    ("Year step", "year step", _milliseconds),
    ("Another indicator, asked for the first time", "indicator, new", _milliseconds),
    ("Another indicator, asked before", "indicator, known", _milliseconds),
    ("A type of industry, asked for the first time", "type, new", _milliseconds),
    ("A type of industry, asked before", "type, known", _milliseconds),
    ("Another part of the map, asked for the first time", "part, new", _milliseconds),
    ("Another part of the map, asked before", "part, known", _milliseconds),
    ("One economy, asked for the first time", "economies, new", _milliseconds),
    ("Cold load over HTTP", "cold http", _kilobytes),
    ("Cold load through the websocket", "cold websocket", _kilobytes),
    ("Warm load, both", "warm bytes", _kilobytes),
    ("Change of indicator, both", "indicator bytes", _kilobytes),
    ("Year step, both", "year bytes", _kilobytes),
]


# Changes of a filter, all kinds together.
TOGETHER = [
    (
        "Any change of a filter, asked for the first time",
        ("indicator, new", "type, new", "part, new", "economies, new"),
    ),
    (
        "Any change of a filter, asked before",
        ("indicator, known", "type, known", "part, known"),
    ),
]


def _pooled(taken: list[dict[str, float]], keys: Sequence[str]) -> list[float]:
    return [result[key] for key in keys for result in taken]


def _table(results: dict[str, list[dict[str, float]]], starts: dict[str, float]) -> list[str]:
    lines = [f"| | {' | '.join(results)} |", "| --- |" + " ---: |" * len(results)]
    rows = [(title, (key,), write) for title, key, write in ROWS]
    last = max(index for index, (_, _, write) in enumerate(rows) if write is _milliseconds)
    rows[last + 1 : last + 1] = [(title, keys, _milliseconds) for title, keys in TOGETHER]
    for title, keys, write in rows:
        cells = [write(_pooled(taken, keys)) for taken in results.values()]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    cells = [f"{starts[name]:.1f} s" for name in results]
    lines.append(f"| Server start until it answers, once | {' | '.join(cells)} |")
    return lines


def _aims(results: dict[str, list[dict[str, float]]]) -> list[str]:
    middle = {
        name: {key: median(item[key] for item in taken) for _, key, _ in ROWS}
        for name, taken in results.items()
    }
    ours, peers = middle[Dashboard.name], middle[DashPage.name]
    changes = [key for _, keys in TOGETHER for key in keys]
    slowest = max(ours[key] / peers[key] for key in changes)
    new, known = (median(_pooled(results[Dashboard.name], keys)) for _, keys in TOGETHER)
    step = peers["year step"] / ours["year step"]
    megabytes = (ours["cold http"] + ours["cold websocket"]) / 1e6
    lines = ["| Aim | Measured | |", "| --- | --- | --- |"]
    first = ours["first map, cold"] / peers["first map, cold"]
    for aim, measured, is_met in (
        ("A first map no later than Dash's, cold", f"{first:.2f} times Dash's", first <= 1),
        (
            f"A year step under {MOST_STEP} ms, median",
            f"{ours['year step']:,.0f} ms",
            ours["year step"] < MOST_STEP,
        ),
        (
            f"A filter change under {MOST_FILTER} ms, median, asked for the first time",
            f"{new:,.0f} ms",
            new < MOST_FILTER,
        ),
        (
            f"A filter change under {MOST_FILTER} ms, median, asked before",
            f"{known:,.0f} ms",
            known < MOST_FILTER,
        ),
        (
            "A filter change no slower than Dash's",
            f"{slowest:.2f} times Dash's, the slowest kind",
            slowest <= 1,
        ),
        ("A year step at least twice as fast as Dash's", f"{step:.1f} times as fast", step >= 2),
        ("Under 3 MB over the wire, cold", f"{megabytes:.2f} MB", megabytes < 3),
    ):
        lines.append(f"| {aim} | {measured} | {'met' if is_met else '**missed**'} |")
    return lines


def _machine(
    peer_python: str,
    chromium_version: str,
    results: dict[str, list[dict[str, float]]],
    loads: list[float],
) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    plotly_js = {name: taken[0]["plotly.js"] for name, taken in results.items()}
    return (
        f"Median (95th percentile) of {len(results[Dashboard.name])} repetitions on "
        f"{date.today().isoformat()}: {os.cpu_count()} cores, {memory:.0f} GB of memory, "
        f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Python {platform.python_version()}, "
        f"Streamlit {version('streamlit')} and Plotly {version('plotly')} with plotly.js "
        f"{plotly_js[Dashboard.name]}; Dash {_version_of(peer_python, 'dash')} and Plotly "
        f"{_version_of(peer_python, 'plotly')} with plotly.js {plotly_js[DashPage.name]}; "
        f"Chromium {chromium_version}, {WINDOW['width']}x{WINDOW['height']}. "
        f"Load of the machine, its browser and servers included: {min(loads):.1f} to "
        f"{max(loads):.1f}."
    )


def _version_of(python: str, package: str) -> str | None:
    """Version of a package in another interpreter; None if it is not there."""
    code = f"from importlib.metadata import version; print(version('{package}'))"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None


def write(report: str) -> None:
    """Put the report between the two marks in the README."""
    text = README.read_text("utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    README.write_text(f"{before}{BEGIN}\n{report}\n{END}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=15, help="default: %(default)s")
    parser.add_argument(
        "--peer-python",
        default=sys.executable,
        metavar="PATH",
        help="the interpreter that has Dash; default: this one",
    )
    parser.add_argument(
        "--write", action="store_true", help="put the results into benchmarks/README.md"
    )
    arguments = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("No Chromium here: `apt-get install chromium`.")
    if _version_of(arguments.peer_python, "dash") is None:
        raise SystemExit(
            f"No Dash in {arguments.peer_python}: make an environment for it (`python3 -m venv "
            f".venv/peer && .venv/peer/bin/pip install -r {REQUIREMENTS.relative_to(ROOT)}`) and "
            "give `--peer-python .venv/peer/bin/python`."
        )
    report = measure(arguments.repetitions, arguments.peer_python, chromium)
    print(report)
    if arguments.write:
        write(report)


if __name__ == "__main__":
    main()
