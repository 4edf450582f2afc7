"""How long does the data package take to load and check, and how much memory does it add?

Run `python benchmarks/load.py` from the top folder; benchmarks/README.md says what is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
README = ROOT / "benchmarks" / "README.md"
BEGIN, END = "<!-- load: begin -->", "<!-- load: end -->"

MOST_SECONDS = 1.0
MOST_MEGABYTES = 150

# Runs in a process of its own each time: a second load would find files, modules and memory warm.
# What the process holds at most is the system's own count, and cannot be set back, so the peak
# before the load is that of the imports.
PROBE = """
import json, resource, sys, time
started = time.perf_counter()
import pandas
import dashboard.catalogue.loading as loading
from pathlib import Path

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6

imported, held = time.perf_counter(), resident()
processor = time.process_time()
tables = loading.load_tables(Path(sys.argv[1]))
print(json.dumps({
    "seconds": time.perf_counter() - imported,
    "processor": time.process_time() - processor,
    "imports": imported - started,
    "added": resident() - held,
    "peak": peak() - held,
    "rows": sum(map(len, tables.values())),
    "observations": len(tables["observations"]),
}))
"""


def measure(folder: Path, repetitions: int) -> list[dict[str, float]]:
    """Load the package in a fresh process, again and again."""
    command = [sys.executable, "-c", PROBE, str(folder)]
    return [
        json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
        for _ in range(repetitions)
    ]


def report(results: list[dict[str, float]]) -> str:
    """The measurements as a table, with what they should be."""
    middle = {name: median(result[name] for result in results) for name in results[0]}
    most = {name: max(result[name] for result in results) for name in results[0]}
    lines = [
        "| | Median | Most | Aim |",
        "| --- | ---: | ---: | --- |",
    ]
    for title, name, unit, aim in (
        ("Load and check every table", "seconds", "s", f"under {MOST_SECONDS:.1f} s"),
        ("Of it, time of the processor", "processor", "s", ""),
        ("Import of pandas and the catalogue, before it", "imports", "s", ""),
        ("Memory that the tables add", "added", "MB", f"under {MOST_MEGABYTES} MB"),
        ("Memory at the most while they are read", "peak", "MB", f"under {MOST_MEGABYTES} MB"),
    ):
        digits = 2 if unit == "s" else 0
        cells = [f"{value:.{digits}f} {unit}" for value in (middle[name], most[name])]
        if aim:
            limit = MOST_SECONDS if unit == "s" else MOST_MEGABYTES
            aim += ": met" if middle[name] < limit else ": **missed**"
        lines.append(f"| {title} | {cells[0]} | {cells[1]} | {aim} |")
    return "\n".join(
        [
            *lines,
            "",
            f"{middle['observations']:,.0f} observations, {middle['rows']:,.0f} rows in all; "
            f"{len(results)} fresh processes, {os.cpu_count()} cores, load of the machine "
            f"{os.getloadavg()[0]:.1f}.",
        ]
    )


def write(text: str) -> None:
    """Put the report between the two marks in the README."""
    page = README.read_text("utf-8")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    README.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=11, help="default: %(default)s")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="folder of the package")
    parser.add_argument(
        "--write", action="store_true", help="put the results into benchmarks/README.md"
    )
    arguments = parser.parse_args()
    text = report(measure(arguments.data.resolve(), arguments.repetitions))
    print(text)
    if arguments.write:
        write(text)


if __name__ == "__main__":
    main()
