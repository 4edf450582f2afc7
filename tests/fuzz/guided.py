"""Fuzzing that is led by the lines a case reaches: `python -m tests.fuzz.guided TARGET RUNS`.

What a target lets through is an answer or an error of ours; any other exception, a case of more
than five seconds, or a gigabyte and a half of memory ends the run with the case in a file.
"""

import io
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs

import atheris
import pandas as pd

# Readers of files, and what they say of lines, are instrumented; libraries beside them are not.
INSTRUMENTED = ["dashboard.uploads", "dashboard.catalogue.selection"]
INSTRUMENTED += ["dashboard.catalogue.loading", "dashboard.exports.deck"]
with atheris.instrument_imports(include=INSTRUMENTED):
    from dashboard.catalogue import load
    from dashboard.catalogue.contract import TABLES_BY_NAME
    from dashboard.catalogue.loading import DATA, read_table
    from dashboard.catalogue.selection import from_parameters, to_parameters
    from dashboard.exports.deck import DeckError, read, written
    from dashboard.uploads.checking import check
    from dashboard.uploads.mapping import guess
    from dashboard.uploads.names import Gazetteer
    from dashboard.uploads.reading import read as read_upload
    from dashboard.uploads.sheet import UnreadableError

LONGEST_SECONDS, MOST_MEGABYTES = 5, 1500
PAGES = frozenset({"", "compare", "hub", "programmes"})
HELD = load()
GAZETTEER = Gazetteer(HELD)
ROWS = [["place", "year", "value"], ["Japan", "2020", "1.5"], ["台湾", "2021", "1,234"]]
TEXT = "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS)
FRAME = pd.DataFrame(ROWS[1:], columns=ROWS[0])


def uploads(content: bytes) -> None:
    with suppress(UnreadableError):
        sheet = read_upload(content, "file.csv", GAZETTEER.count)
        mapping = guess(sheet, GAZETTEER)
        if not mapping.missing:
            checked = check(sheet, mapping, GAZETTEER, {})
            assert checked.wrong >= 0


def addresses(content: bytes) -> None:
    parameters = parse_qs(content.decode("utf-8", "replace"), keep_blank_values=True)
    selection, _ = from_parameters(parameters, HELD, ["line", "ranking"])
    again, refusals = from_parameters(to_parameters(selection), HELD, ["line", "ranking"])
    assert (again, refusals) == (selection, [])


def decks(content: bytes) -> None:
    with suppress(DeckError):
        deck, _ = read(content, HELD, PAGES)
        assert read(written(deck), HELD, PAGES)[0] == deck


TABLE_FILE = Path(tempfile.mkdtemp()) / "events.csv"


def tables(content: bytes) -> None:
    TABLE_FILE.write_bytes(content)
    frame, problems = read_table(TABLE_FILE, TABLES_BY_NAME["events"])
    assert (frame is None) == bool(problems)
    assert all(str(problem) for problem in problems)


def workbook() -> bytes:
    content = io.BytesIO()
    FRAME.to_excel(content, index=False)
    return content.getvalue()


# What cases begin from: valid input of each kind.
TARGETS = {
    "uploads": (
        uploads,
        lambda: [TEXT.encode(), TEXT.encode("utf-16"), workbook(), FRAME.to_parquet()],
    ),
    "addresses": (
        addresses,
        lambda: [b"indicator=population&places=JPN&places=KOR&view=line&from=1990&to=2020"],
    ),
    "decks": (
        decks,
        lambda: [
            b'{"seabelt_deck": 1, "mode": "dark", "slides": [{"link": "/compare?places=JPN"}]}'
        ],
    ),
    "tables": (
        tables,
        lambda: [b"".join((DATA / "events.csv").read_bytes().splitlines(keepends=True)[:4])],
    ),
}


def main() -> None:
    target, runs = sys.argv[1], int(sys.argv[2])
    one_case, examples = TARGETS[target]
    with tempfile.TemporaryDirectory() as name:
        for number, content in enumerate(examples()):
            (Path(name) / str(number)).write_bytes(content)
        atheris.Setup(
            [
                target, name, f"-runs={runs}", f"-timeout={LONGEST_SECONDS}", "-seed=7",
                f"-rss_limit_mb={MOST_MEGABYTES}", "-max_len=20000", f"-artifact_prefix={target}-",
            ],
            one_case,
        )  # fmt: skip
        atheris.Fuzz()


if __name__ == "__main__":
    main()
