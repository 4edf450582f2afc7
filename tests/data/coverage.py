"""How many values each indicator has for each kind of place: the baseline that must not shrink.

`python -m tests.data.coverage` writes `coverage.csv` anew. `most` never falls: where `values` is
below it, the change log of the version in `since` must name the indicator and say why.
"""

import csv
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
BASELINE = Path(__file__).with_name("coverage.csv")
COLUMNS = ("indicator_id", "kind", "values", "most", "since")


def counted() -> Counter[tuple[str, str]]:
    """Values by indicator and kind of place, in the committed tables."""
    kinds = {row["place_id"]: row["kind"] for row in _rows(DATA / "places.csv")}
    return Counter(
        (row["indicator_id"], kinds[row["place_id"]]) for row in _rows(DATA / "observations.csv")
    )


def baseline() -> dict[tuple[str, str], dict[str, str]]:
    """The committed counts."""
    return {(row["indicator_id"], row["kind"]): row for row in _rows(BASELINE)}


def sections() -> dict[str, str]:
    """The text of each version of the change log."""
    parts = re.split(
        r"^## (\d+\.\d+\.\d+)(?: \([-\d]+\))?\s*$",
        (DATA / "CHANGELOG.md").read_text("utf-8"),
        flags=re.M,
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def write() -> None:
    """Write the baseline anew, with the newest version of the data where a count changed."""
    newest = next(iter(sections()))
    known = baseline() if BASELINE.exists() else {}
    now = counted()
    rows = []
    for key in sorted(now.keys() | known.keys()):
        old = known.get(key, {"values": "-1", "most": "0", "since": newest})
        values = now[key]
        rows.append(
            {
                "indicator_id": key[0],
                "kind": key[1],
                "values": values,
                "most": max(values, int(old["most"])),
                "since": old["since"] if values == int(old["values"]) else newest,
            }
        )
    with BASELINE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    write()
