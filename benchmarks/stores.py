"""What questions cost of a store of 1, 10 and 100 million observations in Parquet files.

    python -m benchmarks.stores [--folder FOLDER] [--write]

Rows are generated: 10,000 places and 50 years of each indicator, 2, 20 and 200 indicators, in the
folders that `python -m dashboard store parquet:FOLDER` writes. They come prepared, for preparing a
hundred million takes an hour; how fast that goes is measured with one million. Each size is asked
by a process of its own, whose largest memory is noted.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.catalogue import load
from dashboard.catalogue.store import asked
from dashboard.stores.building import build
from dashboard.stores.engine import ABOUT, FOLDERS, OBSERVATIONS, Engine
from dashboard.stores.opening import connecting, template

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- stores: begin -->", "<!-- stores: end -->"
PLACES, YEARS = 10_000, range(1975, 2025)
ECONOMIES, COMPARED = 220, 12
SIZES = (2, 20, 200)
REPETITIONS = 7
QUESTIONS = {
    "map": f"Map: one indicator, {ECONOMIES} economies, 50 years",
    "regions": f"Map: one indicator, {PLACES:,} places, one year",
    "compare": f"Compare: four indicators, {COMPARED} places, 50 years",
    "place": "Profile: all indicators of one place, 50 years",
    "start": "Start of a server: pairs of indicator and place",
}


def indicator(number: int) -> str:
    return f"firms_{number:03d}"


def place(number: int) -> str:
    return f"P{number:05d}"


def generate(folder: Path, first: int, last: int) -> None:
    """Write the files of some indicators."""
    none = template(load())
    at = np.arange(PLACES)
    texts = {
        name: pa.DictionaryArray.from_arrays(pa.array(np.zeros(PLACES, "int8")), pa.array([cell]))
        for name, cell in {
            **dict.fromkeys(none.select_dtypes("str").columns, ""),
            "industry": "all", "firm_scale": "all", "scope": "all", "qualifier": "exact",
            "year_basis": "stated", "source_id": "register", "locator": "table 1",
            "place_kind": "region", "publisher_type": "official_statistics",
        }.items()
    }  # fmt: skip
    names = pa.array([place(number) for number in at])
    for number in range(first, last):
        chance = np.random.default_rng(number)
        for year in YEARS:
            rank = pa.array(at * len(YEARS) + year - YEARS.start)
            cells = {
                **texts,
                "indicator_id": pa.DictionaryArray.from_arrays(
                    pa.array(np.zeros(PLACES, "int8")), pa.array([indicator(number)])
                ),
                "place_id": names, "place_name": names,
                "year": pa.array(np.full(PLACES, year)),
                "value": pa.array(chance.lognormal(3, 1, PLACES)),
                "value_low": pa.nulls(PLACES, pa.float64()),
                "value_high": pa.nulls(PLACES, pa.float64()),
                "_rank": rank, "_position": rank,
            }  # fmt: skip
            for name in none.columns.difference(list(cells)):
                is_true = none[name].dtype == "bool"
                cells[name] = pa.array(np.full(PLACES, is_true, none[name].dtype))
            within = folder / OBSERVATIONS / f"{FOLDERS['indicator_id']}={indicator(number)}"
            within = within / f"{FOLDERS['year']}={year}"
            within.mkdir(parents=True)
            table = pa.table({name: cells[name] for name in none.columns})
            pq.write_table(table, within / "part.parquet", compression="zstd")
    about = pd.DataFrame({"data_version": ["0.0.0"], "rows": [last * PLACES * len(YEARS)]})
    about.to_parquet(folder / f"{ABOUT}.parquet", index=False)


def ask(folder: Path, size: int) -> dict[str, float]:
    """Median seconds of each question, and megabytes of the process that asked."""
    connect = connecting(f"parquet:{folder}")
    store = Engine(connect, template(load()), "generated rows")
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    economies = [place(number) for number in range(ECONOMIES)]
    chance = np.random.default_rng(1)

    def any_indicator() -> str:
        return indicator(int(chance.integers(size)))

    questions = {
        "map": lambda: store.rows(asked([any_indicator()], economies, drawn=True)),
        "regions": lambda: store.rows(asked([any_indicator()], None, 2010, 2010, drawn=True)),
        "compare": lambda: store.rows(
            asked({any_indicator() for _ in range(4)}, economies[:COMPARED], drawn=True)
        ),
        "place": lambda: store.rows(asked(None, [economies[0]], drawn=True)),
        "start": lambda: store.counted("indicator_id", "place_id", where="_drawn"),
    }
    found = {}
    for name, question in questions.items():
        question()
        took = []
        for _ in range(1 if name == "start" else REPETITIONS):
            begun = time.perf_counter()
            question()
            took.append(time.perf_counter() - begun)
        found[name] = statistics.median(took)
        found[f"{name}_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found | {"before_mb": held}


def preparing(folder: Path) -> float:
    """Rows a second that are checked, prepared and written, of a million."""
    held = load()
    rows = held.table("observations")
    rows = rows[rows["indicator_id"] == "population"].iloc[:1]
    years, places = 50, 200
    grid = pd.MultiIndex.from_product(
        [list(held.indicators)[:100], list(held.places)[:places], range(1975, 1975 + years)]
    ).to_frame(index=False, name=["indicator_id", "place_id", "year"])
    many = rows.iloc[np.zeros(len(grid), int)].reset_index(drop=True).assign(**grid)
    many.to_parquet(folder / "rows.parquet", index=False)
    begun = time.perf_counter()
    written = build(f"parquet:{folder / 'prepared'}", held, folder / "rows.parquet")
    return written / (time.perf_counter() - begun)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to put the files; a gigabyte and a half")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    parser.add_argument("--ask", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ask:
        print(json.dumps(ask(given.folder, given.ask)))
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder, done, found = Path(name), 0, {}
        for size in SIZES:
            generate(folder, done, size)
            done = size
            command = [
                sys.executable,
                "-m",
                "benchmarks.stores",
                "--ask",
                str(size),
                "--folder",
                str(folder),
            ]
            answer = subprocess.run(command, check=True, capture_output=True, text=True)
            found[size] = json.loads(answer.stdout)
            print(size * PLACES * len(YEARS), found[size], flush=True)
        size_on_disk = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
        rate = preparing(folder)
    text = table(found, size_on_disk, rate)
    print(text)
    if given.write:
        whole = README.read_text("utf-8")
        before, after = whole.split(BEGIN)[0], whole.split(END)[1]
        README.write_text(f"{before}{BEGIN}\n{text}{END}{after}", "utf-8")


def table(found: dict[int, dict[str, float]], size_on_disk: int, rate: float) -> str:
    heads = [f"{size * PLACES * len(YEARS) / 1e6:.0f} million" for size in found]
    lines = [
        f"| Question, median of {REPETITIONS} | {' | '.join(heads)} | memory at 100 million |",
        f"| --- |{' ---: |' * (len(heads) + 1)}",
    ]
    for key, words in QUESTIONS.items():
        cells = [f"{answers[key]:.2f} s" for answers in found.values()]
        memory = found[max(found)][f"{key}_mb"]
        lines.append(f"| {words} | {' | '.join(cells)} | {memory:,.0f} MB |")
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    return "\n".join(
        [
            *lines,
            "",
            f"The files have {size_on_disk / 1e9:.1f} GB. Memory is the largest of the process up "
            "to then, each question after those above it; "
            f"{found[max(found)]['before_mb']:,.0f} MB of it before the first. Checking, preparing "
            f"and writing: {rate:,.0f} rows a second. Two cores, {machine}, {date.today()}.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
