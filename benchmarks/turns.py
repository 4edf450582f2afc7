"""How many readers do two versions of the code bear, asked in turns on the same machine?

Run `python benchmarks/turns.py COMMIT` from the top folder. On a machine that others use, tables
of two days do not compare; what is asked within the same minutes does.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from capacity import (  # noqa: E402
    SCENARIOS,
    loop_seconds,
    percentile,
    play,
    processor_seconds,
    serving,
)

from dashboard.catalogue import load  # noqa: E402

# Before what counts, so that both have met what readers usually ask for.
TURNS_BEFORE = 2
# Runs a second, the 95th percentile of their seconds, seconds of the processor a run.
Taken = tuple[float, float, float]


async def compare(
    servers: dict[str, list[tuple[str, int]]], readers: int, seconds: float, turns: int
) -> list[str]:
    """Let readers ask one version and then the other, the order turned round each time."""
    tables = load()
    found: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    speeds = []
    for turn in range(-TURNS_BEFORE, turns):
        for scenario in SCENARIOS:
            for name in sorted(servers, reverse=bool(turn % 2)):
                held = servers[name]
                before = sum(processor_seconds(process) for _, process in held)
                origins = [origin for origin, _ in held]
                runs, passed = await play(origins, scenario, readers, seconds, tables)
                taken = sum(processor_seconds(process) for _, process in held) - before
                speeds.append(loop_seconds())
                late = percentile([run.seconds for run in runs], 95)
                if turn >= 0:
                    rate = len(runs) / passed
                    found[scenario, name].append((rate, late, taken / len(runs)))
    lines = [
        "| Scenario | Code | Runs a second | 95th percentile | Processor a run |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for (scenario, name), values in found.items():
        rate, late, taken = (median(column) for column in zip(*values, strict=True))
        lines.append(
            f"| {scenario} | {name} | {rate:.1f} | {1000 * late:,.0f} ms | {1000 * taken:,.0f} ms |"
        )
    least, most = min(speeds), max(speeds)
    return [*lines, "", f"Three million additions took {least:.2f} to {most:.2f} s."]


def main() -> None:
    """Start servers of both versions and print what they bear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit", help="the version to compare with, as git names it")
    parser.add_argument("--seconds", type=float, default=12.0, help="of each scenario and turn")
    parser.add_argument("--turns", type=int, default=5, help="that count")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--replicas", type=int, default=2, help="servers of each version")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / "other"
        command = ["git", "worktree", "add", "--quiet", "--detach", str(other), arguments.commit]
        subprocess.run(command, cwd=ROOT, check=True)
        try:
            with (
                serving(arguments.replicas, draws_ahead=False) as present,
                serving(arguments.replicas, other, draws_ahead=False) as past,
            ):
                servers = {"present": present, arguments.commit: past}
                lines = asyncio.run(
                    compare(servers, arguments.readers, arguments.seconds, arguments.turns)
                )
                print("\n".join(lines))
        finally:
            command = ["git", "worktree", "remove", "--force", str(other)]
            subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
