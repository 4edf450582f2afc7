"""How long the largest files of readers take to be read and checked, and how much memory.

`python benchmarks/uploads.py` makes each file, reads it in a process of its own, and prints a row.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

sys.path.insert(0, str(Path(__file__).parents[1]))

from dashboard.catalogue import load
from dashboard.uploads.checking import check
from dashboard.uploads.limits import MOST_ROWS
from dashboard.uploads.mapping import guess
from dashboard.uploads.names import Gazetteer
from dashboard.uploads.reading import read

NAMES = ("Japan", "KOR", "中国", "Singapore", "台湾", "India")
FORMATS = ("csv", "xlsx", "parquet")


def table(rows: int) -> pd.DataFrame:
    """Rows of which each has a value of its own, and most contradict another."""
    at = np.arange(rows)
    return pd.DataFrame(
        {
            "place": np.array(NAMES)[at % len(NAMES)],
            "year": 1990 + at % 34,
            "indicator": np.char.add("Indicator ", (at % 7).astype(str)),
            "value": at + 0.37,
            "unit": "firms",
        }
    )


def written(rows: int, kind: str) -> bytes:
    """A file of so many rows."""
    made, content = table(rows), io.BytesIO()
    if kind == "csv":
        return made.to_csv(index=False).encode()
    if kind == "parquet":
        made.to_parquet(content)
        return content.getvalue()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, made.columns)
        for number, row in enumerate(made.itertuples(index=False), start=1):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def measured(path: Path) -> dict[str, float]:
    """Seconds of the processor for reading and checking a file, and megabytes at the most."""
    gazetteer, content = Gazetteer(load()), path.read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    sheet = read(content, path.name, gazetteer.count)
    opened = time.process_time()
    check(sheet, guess(sheet, gazetteer), gazetteer, {})
    done = time.process_time()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"read": opened - started, "check": done - opened, "more_mb": (most - before) / 1024}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=MOST_ROWS)
    parser.add_argument("--folder", type=Path, default=Path("dist"))
    parser.add_argument("--file", type=Path, help="measure this file alone, and print JSON")
    asked = parser.parse_args()
    if asked.file:
        print(json.dumps(measured(asked.file)))
        return
    asked.folder.mkdir(exist_ok=True)
    print("| file | MB | read, s | check, s | memory, MB |\n| --- | --- | --- | --- | --- |")
    for kind in FORMATS:
        path = asked.folder / f"largest.{kind}"
        path.write_bytes(written(asked.rows, kind))
        command = [sys.executable, __file__, "--file", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        size = path.stat().st_size / 1024**2
        numbers = f"{found['read']:.1f} | {found['check']:.1f} | {found['more_mb']:.0f}"
        print(f"| {asked.rows:,} rows, {kind.upper()} | {size:.0f} | {numbers} |", flush=True)
        path.unlink()


if __name__ == "__main__":
    main()
