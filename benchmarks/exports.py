"""How long do files take that a browser on the server draws, and a deck of ten cards?

Run `python benchmarks/exports.py` from the top folder; `--write` puts the results into the README.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from dashboard.catalogue import load  # noqa: E402
from dashboard.exports.files import bare, written  # noqa: E402
from dashboard.exports.slides import Slide, presentation  # noqa: E402
from dashboard.ui.headless import views_of  # noqa: E402
from dashboard.ui.taking import renderer  # noqa: E402

README = ROOT / "benchmarks" / "README.md"
BEGIN, END = "<!-- exports: begin -->", "<!-- exports: end -->"
REPETITIONS = 10
ORIGIN = "http://localhost:8501"
ECONOMIES = "".join(f"&places={code}" for code in ("JPN", "KOR", "CHN", "TWN", "SGP", "MYS"))
LINE = f"/compare?indicator=rd_expenditure_gdp{ECONOMIES}&view=line"
# Maps, a chain and long timelines become pictures; the others charts of PowerPoint.
DECK = (
    "/?year=2020",
    LINE,
    f"/compare?indicator=rd_expenditure_gdp{ECONOMIES}&view=ranking",
    f"/compare?indicator=gdp_current_usd{ECONOMIES}&view=slope",
    f"/compare?indicator=gdp_current_usd&also=rd_expenditure_gdp{ECONOMIES}&view=scatter",
    f"/compare?indicator=population{ECONOMIES}&view=heat",
    "/programmes",
    "/smes",
    "/semiconductors",
    "/cluster?place=tha_automotive",
)


def main() -> None:
    """Make each file several times; print the table, or write it into the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the results in the README")
    arguments = parser.parse_args()
    catalogue = load()
    draw = renderer().draw
    slides = [Slide(views_of(path, catalogue, ORIGIN)[0][1]) for path in DECK]
    views = {"map": slides[0].view, "lines": slides[1].view}

    def picture(name: str, suffix: str) -> Callable[[], bytes]:
        view = views[name]
        assert view is not None
        return lambda: written(view, suffix, render=draw)

    questions = [
        ("PNG of lines", picture("lines", "png"), REPETITIONS, 1.0),
        ("PNG of the map", picture("map", "png"), REPETITIONS, 1.0),
        ("PDF of the map", picture("map", "pdf"), REPETITIONS, None),
        ("PPTX of lines", picture("lines", "pptx"), REPETITIONS, None),
        ("XLSX of lines", picture("lines", "xlsx"), REPETITIONS, None),
        ("PPTX of ten cards", lambda: presentation(slides, draw=bare(draw)), 3, 20.0),
    ]
    lines = ["| | Median | Longest | Bytes | Aim |", "| --- | ---: | ---: | ---: | --- |"]
    try:
        for name, make, often, aim in questions:
            content = make()  # the first one starts the browser, or fills its caches
            times = []
            for _ in range(often):
                begun = time.perf_counter()
                make()
                times.append(time.perf_counter() - begun)
            met = (
                ""
                if aim is None
                else f"under {aim:g} s: " + ("met" if median(times) < aim else "**missed**")
            )
            took = f"{median(times):.2f} s | {max(times):.2f} s"
            lines.append(f"| {name} | {took} | {len(content):,} | {met} |")
    finally:
        renderer().close()
    lines += [
        "",
        f"{REPETITIONS} repetitions (3 of ten cards) on {date.today()}, Python "
        f"{platform.python_version()}, {os.cpu_count()} cores, load of the machine "
        f"{os.getloadavg()[0]:.1f}.",
    ]
    text = "\n".join(lines)
    print(text)
    if arguments.write:
        readme = README.read_text("utf-8")
        before, rest = readme.split(BEGIN)
        README.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    main()
