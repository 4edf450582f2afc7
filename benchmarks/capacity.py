"""How many readers does one server bear: runs per second, waiting, memory, bytes?

Run `python benchmarks/capacity.py` from the top folder; benchmarks/README.md says what is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from statistics import linear_regression, median, quantiles
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from playwright.async_api import async_playwright  # noqa: E402
from readers import Reader, Run, addresses  # noqa: E402

from dashboard.catalogue import Catalogue, load  # noqa: E402

README = ROOT / "benchmarks" / "README.md"
BEGIN, END = "<!-- capacity: begin -->", "<!-- capacity: end -->"
START_SECONDS = 120
PORT_TRIES = 100
# The server draws what is usual behind its first readers, and is at rest when it has. It pauses in
# between, for twice the time of the slowest drawing: a rest is longer than such a pause.
LOOK_SECONDS, REST_SHARE, REST_LOOKS, MOST_LOOKS = 5.0, 0.05, 6, 200
SCENARIOS = ("map", "compare", "profiles", "export", "mixed")
EXPORTS = ("csv", "xlsx", "pptx", "json")
THINK_SECONDS = (5.0, 15.0)
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LEAST_RUNS, MOST_WAIT, MOST_WAIT_OF_MANY = 40, 1.0, 1.5
MOST_MEGABYTES = 1.0
# Views of each reader in the soak, who goes round them more than twice in each half of it.
ROUND = 100


def percentile(values: Sequence[float], at: int) -> float:
    """A percentile; of a single value that value."""
    return quantiles(values, n=100)[at - 1] if len(values) > 1 else values[0]


def consecutive_ports(number: int) -> range:
    """Free ports that follow one another, by which servers tell their cores.

    Raises:
        OSError: if none are found in a hundred tries.
    """
    for _ in range(PORT_TRIES):
        with ExitStack() as held:
            try:
                first = held.enter_context(socket.create_server(("127.0.0.1", 0)))
                port = first.getsockname()[1]
                for other in range(port + 1, port + number):
                    held.enter_context(socket.create_server(("127.0.0.1", other)))
            except (OSError, OverflowError):
                continue
            return range(port, port + number)
    raise OSError(f"No {number} free ports follow one another.")


@contextmanager
def serving(
    replicas: int = 1, root: Path = ROOT, *, draws_ahead: bool = True
) -> Iterator[list[tuple[str, int]]]:
    """Servers of the code in a folder, each ready: their addresses and process numbers."""
    servers = []
    try:
        for port in consecutive_ports(replicas):
            command = [sys.executable, "-m", "streamlit", "run", "dashboard/server.py"]
            command += ["--server.port", str(port)]
            # As the unit in `deploy/` starts it.
            environment = {
                **os.environ,
                "MALLOC_ARENA_MAX": "2",
                "SEABELT_ONE_CORE": "1",
                "SEABELT_AHEAD": str(int(draws_ahead)),
            }
            process = subprocess.Popen(
                command,
                cwd=root,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            servers.append((f"http://127.0.0.1:{port}", process))
        for origin, _ in servers:
            await_answer(origin)
        yield [(origin, process.pid) for origin, process in servers]
    finally:
        for _, process in servers:
            process.terminate()
        for _, process in servers:
            process.wait(20)


def await_answer(origin: str) -> None:
    """Wait until a server answers.

    Raises:
        TimeoutError: if it does not in two minutes.
    """
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urlopen(f"{origin}/_stcore/health", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(f"{origin} did not answer within {START_SECONDS} s.")


def megabytes(process: int) -> float:
    """Memory that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor_seconds(process: int) -> float:
    """Time of the processor that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def loop_seconds() -> float:
    """How fast the machine is now: time of the processor for three million additions in Python.

    A shared machine may be five times as slow as on another day; tables of different days are
    compared by it.
    """
    begun, total = time.process_time(), 0
    for number in range(3_000_000):
        total += number
    return time.process_time() - begun


async def at_rest(processes: Sequence[int]) -> None:
    """Wait until processes take next to nothing of the processor.

    Raises:
        TimeoutError: if they do not in a quarter of an hour.
    """
    quiet = 0
    for _ in range(MOST_LOOKS):
        before = [processor_seconds(process) for process in processes]
        await asyncio.sleep(LOOK_SECONDS)
        after = [processor_seconds(process) for process in processes]
        busiest = max(now - then for now, then in zip(after, before, strict=True))
        quiet = quiet + 1 if busiest < REST_SHARE * LOOK_SECONDS else 0
        if quiet == REST_LOOKS:
            return
    raise TimeoutError("The servers do not come to rest.")


async def read_on(
    reader: Reader, scenario: str, seed: int, tables: Catalogue, until: float, thinks: bool
) -> None:
    """A reader who asks for one address after another until a time."""
    wanted = addresses(scenario, seed, tables)
    loop = asyncio.get_running_loop()
    pause = (seed * 7919) % 1000 / 1000
    if thinks:
        # Two hundred people do not press a key in the same moment.
        await asyncio.sleep(pause * THINK_SECONDS[1])
    while time.perf_counter() < until:
        await reader.ask(next(wanted))
        if scenario == "export" and reader.token:
            suffix = EXPORTS[len(reader.runs) % len(EXPORTS)]
            begun = time.perf_counter()
            content = await loop.run_in_executor(
                None, taken, f"{reader.origin}{reader.token}/{suffix}"
            )
            reader.runs.append(Run(time.perf_counter() - begun, content, suffix))
        if thinks:
            low, high = THINK_SECONDS
            pause = (pause * 997 + 0.137) % 1
            await asyncio.sleep(low + pause * (high - low))


def taken(address: str) -> int:
    """Fetch a file; return its bytes."""
    with urlopen(address, timeout=60) as answer:
        return len(answer.read())


async def play(
    origins: Sequence[str], scenario: str, readers: int, seconds: float, tables: Catalogue,
    *, thinks: bool = False,
) -> tuple[list[Run], float]:  # fmt: skip
    """Let readers read at once; return their runs and the seconds that passed."""
    crowd = [Reader(origins[number % len(origins)]) for number in range(readers)]
    for reader in crowd:
        await reader.open()
    begun = time.perf_counter()
    until = begun + seconds
    try:
        await asyncio.gather(
            *(
                read_on(reader, scenario, number, tables, until, thinks)
                for number, reader in enumerate(crowd)
            )
        )
        passed = time.perf_counter() - begun
    finally:
        for reader in crowd:
            await reader.close()
    return [run for reader in crowd for run in reader.runs], passed


async def in_chromium(origin: str, loads: int) -> list[float]:
    """Seconds from an address to its drawn chart in a real browser, cache kept."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS
        )
        page = await browser.new_page()
        times = []
        for number in range(loads):
            begun = time.perf_counter()
            await page.goto(f"{origin}/compare?indicator=population&year={2000 + number}")
            await page.locator(".seabelt-chart[data-drawn]").first.wait_for(timeout=60_000)
            times.append(time.perf_counter() - begun)
        await browser.close()
    return times[1:]


def row(name: str, readers: int, runs: Sequence[Run], passed: float, held: float) -> str:
    """A line of the table of scenarios."""
    times = [run.seconds for run in runs]
    failed = sum(run.has_failed for run in runs)
    return (
        f"| {name} | {readers} | {len(runs) / passed:.1f} | {1000 * median(times):,.0f} ms "
        f"| {1000 * percentile(times, 95):,.0f} ms "
        f"| {median(run.received for run in runs) / 1000:,.0f} kB | {held:,.0f} MB | {failed} |"
    )


async def scenarios(
    servers: Sequence[tuple[str, int]], seconds: float, tables: Catalogue
) -> tuple[list[str], list[float]]:
    """Each scenario with twenty readers who do not pause, then many who think; the loop's times."""
    origins = [origin for origin, _ in servers]
    lines = [
        "| Scenario | Readers | Runs a second | Median | 95th percentile | Bytes a run | Memory "
        "| Failed |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    speeds = [loop_seconds()]
    for scenario in SCENARIOS:
        runs, passed = await play(origins, scenario, 20, seconds, tables)
        speeds.append(loop_seconds())
        held = sum(megabytes(process) for _, process in servers)
        lines.append(row(f"{scenario}, no pause", 20, runs, passed, held))
        print(lines[-1], flush=True)
    runs, passed = await play(origins, "mixed", 200, 2 * seconds, tables, thinks=True)
    held = sum(megabytes(process) for _, process in servers)
    lines.append(row("mixed, thinking 5-15 s", 200, runs, passed, held))
    print(lines[-1], flush=True)
    speeds.append(loop_seconds())
    return lines, speeds


async def memory_per_reader(origin: str, process: int, tables: Catalogue, readers: int) -> float:
    """Megabytes that a reader adds who has the map open: of readers beyond the first ten."""

    async def crowd(number: int) -> list[Reader]:
        opened = [Reader(origin) for _ in range(number)]
        for reader in opened:
            await reader.open()
            await reader.ask(next(addresses("map", 1, tables)))
        return opened

    first = await crowd(10)
    before = megabytes(process)
    more = await crowd(readers)
    added = (megabytes(process) - before) / readers
    for reader in (*first, *more):
        await reader.close()
    return added


async def soak(origin: str, process: int, tables: Catalogue, runs: int) -> tuple[float, float]:
    """Memory over many runs, files included: its slope in kB a run over the second half, and MB.

    Four readers go round the same views, so that the second half finds kept what the first has
    asked for: what still grows then is a leak, and not a cache that fills.
    """
    crowd = [Reader(origin) for _ in range(4)]
    for reader in crowd:
        await reader.open()
    wanted = [
        cycle(islice(addresses("export" if number == 0 else "mixed", number, tables), ROUND))
        for number in range(4)
    ]
    held: list[tuple[int, float]] = []
    loop = asyncio.get_running_loop()
    for number in range(runs // 4):
        await asyncio.gather(
            *(reader.ask(next(asked)) for reader, asked in zip(crowd, wanted, strict=True))
        )
        if number % 4 == 0:
            suffix = EXPORTS[number // 4 % len(EXPORTS)]
            await loop.run_in_executor(None, taken, f"{origin}{crowd[0].token}/{suffix}")
        held.append((4 * (number + 1), megabytes(process)))
    for reader in crowd:
        await reader.close()
    late = held[len(held) // 2 :]
    slope, _ = linear_regression([at for at, _ in late], [size for _, size in late])
    return 1000 * slope, held[-1][1]


def verdict(value: float, limit: float, unit: str, *, is_least: bool = False) -> str:
    """A figure with its aim and whether it is met."""
    met = value >= limit if is_least else value <= limit
    return f"{value:,.2f} {unit} ({'met' if met else '**missed**'})"


async def main() -> None:
    """Play everything; print the tables, or write them into the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0, help="of each scenario")
    parser.add_argument("--replicas", type=int, default=1, help="servers that share the readers")
    parser.add_argument("--soak", type=int, default=2000, help="runs; 0 leaves it out")
    parser.add_argument("--write", action="store_true", help="replace the results in the README")
    arguments = parser.parse_args()
    tables = load()
    started = time.perf_counter()
    with serving(arguments.replicas) as servers:
        start = time.perf_counter() - started
        await at_rest([held for _, held in servers])
        origin, process = servers[0]
        added = await memory_per_reader(origin, process, tables, 50)
        lines, speeds = await scenarios(servers, arguments.seconds, tables)
        quiet = await in_chromium(origin, 6)
        origins = [held for held, _ in servers]
        busy, _ = await asyncio.gather(
            in_chromium(origin, 6), play(origins, "mixed", 20, 30, tables, thinks=True)
        )
        lines += ["", "| | |", "| --- | --- |"]
        lines.append(f"| Start to the first answer | {start:.1f} s |")
        lines.append(f"| Memory a reader adds | {verdict(added, MOST_MEGABYTES, 'MB')} |")
        lines.append(f"| A page in Chromium, no other reader, median | {median(quiet):.2f} s |")
        lines.append(f"| A page in Chromium, 20 others who think, median | {median(busy):.2f} s |")
        if arguments.soak:
            slope, held = await soak(origin, process, tables, arguments.soak)
            lines.append(
                f"| Soak of {arguments.soak:,} runs, files included | {slope:+.1f} kB a run over "
                f"the second half, {held:,.0f} MB at the end |"
            )
    lines += [
        "",
        f"{arguments.replicas} server(s), {arguments.seconds:g} s a scenario, on {date.today()}: "
        f"{os.cpu_count()} cores shared with the readers, Python {platform.python_version()}, "
        f"Streamlit {version('streamlit')}, load of the machine {os.getloadavg()[0]:.1f}; three "
        f"million additions in Python took {min(speeds):.2f} to {max(speeds):.2f} s between the "
        "scenarios.",
    ]
    text = "\n".join(lines)
    print(text)
    if arguments.write:
        readme = README.read_text("utf-8")
        before, rest = readme.split(BEGIN)
        README.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
