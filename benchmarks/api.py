"""How long does a page of 1,000 observations take, asked in process?

Run `python benchmarks/api.py` from the top folder; `--write` replaces the results in the README.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from datetime import date
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from starlette.applications import Starlette  # noqa: E402
from starlette.testclient import TestClient  # noqa: E402

from dashboard.api.charts import Charts  # noqa: E402
from dashboard.api.limits import Limit  # noqa: E402
from dashboard.api.routes import api_mount  # noqa: E402
from dashboard.catalogue import load  # noqa: E402
from dashboard.serving.taking import Taken  # noqa: E402

README = ROOT / "benchmarks" / "README.md"
BEGIN, END = "<!-- api: begin -->", "<!-- api: end -->"
REPETITIONS = 60
AIM = 50  # milliseconds
QUESTIONS = {
    "1,000 observations of one indicator, JSON": "indicator=population&size=1000",
    "1,000 observations of one indicator, CSV": "indicator=population&size=1000&format=csv",
    "What a chart draws of six economies": "indicator=rd_expenditure_gdp&rows=drawn"
    "&place=JPN&place=KOR&place=CHN&place=TWN&place=SGP&place=IND",
}


def no_chart(*_: object) -> Taken:
    """No chart is asked for here."""
    raise NotImplementedError


def main() -> None:
    """Ask each question often; print the table, or write it into the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the results in the README")
    catalogue = load()
    client = TestClient(
        Starlette(routes=[api_mount(lambda: catalogue, Charts(no_chart, ()), Limit(0))])
    )
    lines = ["| | Median | 95th percentile | Rows | Aim |", "| --- | ---: | ---: | ---: | --- |"]
    for name, query in QUESTIONS.items():
        times = []
        for _ in range(REPETITIONS):
            begun = time.perf_counter()
            answer = client.get(f"/api/v1/observations?{query}")
            times.append(1000 * (time.perf_counter() - begun))
            answer.raise_for_status()
        rows = min(int(answer.headers["x-total-count"]), 1000)
        met = "met" if median(times) < AIM else "**missed**"
        lines.append(
            f"| {name} | {median(times):.0f} ms | {quantiles(times, n=20)[-1]:.0f} ms "
            f"| {rows:,} | under {AIM} ms: {met} |"
        )
    lines += [
        "",
        f"{REPETITIONS} repetitions on {date.today()}, Python {platform.python_version()}.",
    ]
    table = "\n".join(lines)
    print(table)
    if parser.parse_args().write:
        text = README.read_text("utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        README.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
