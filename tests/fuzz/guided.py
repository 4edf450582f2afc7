"""Inputs led by what they reach in our code: `python -m tests.fuzz.guided TARGET RUNS`.

Atheris (libFuzzer) changes valid examples and keeps those that run lines no other has run. An
exception that is not one of our own for readers, a case of more than five seconds, or more memory
than a small server has ends the process with another status than 0. The input is kept in
`artefacts/`; given in place of RUNS, it is tried alone.
"""

from __future__ import annotations

import io
import os
import resource
import signal
import sys
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlencode

import atheris
import pandas as pd

with atheris.instrument_imports(
    include=[
        "dashboard.uploads",
        "dashboard.catalogue.address",
        "dashboard.catalogue.loading",
        "dashboard.exports.deck",
    ]
):
    from dashboard.catalogue import load
    from dashboard.catalogue.address import PARAMETERS, from_parameters, to_parameters
    from dashboard.catalogue.contract import TABLES
    from dashboard.catalogue.loading import read_table
    from dashboard.catalogue.selection import Selection
    from dashboard.exports.deck import Deck, DeckError, Entry, read, written
    from dashboard.exports.tables import to_csv
    from dashboard.uploads import reading
    from dashboard.uploads.checking import check
    from dashboard.uploads.mapping import guess
    from dashboard.uploads.names import Gazetteer
    from dashboard.uploads.series import KINDS, About, corrected, sample, series_of, template
    from dashboard.uploads.sheet import UnreadableError

from tests.packages import table_text

LONGEST_SECONDS = 5
MOST_MEGABYTES = 1024
LONGEST_INPUT = 16_384
VIEWS = ("line", "ranking")
PAGES = frozenset({"", "compare", "hub", "programmes"})
FAILURES = Path(__file__).parents[2] / "artefacts"
SHEET = "xl/worksheets/sheet1.xml"

# Takes an input; what it raises is a failure.
Target = Callable[[bytes], None]


# --- Files of readers -----------------------------------------------------------------------------


def as_workbook(table: pd.DataFrame) -> bytes:
    content = io.BytesIO()
    table.to_excel(content, index=False)
    return content.getvalue()


def as_parquet(table: pd.DataFrame) -> bytes:
    content = io.BytesIO()
    table.to_parquet(content)
    return content.getvalue()


def with_sheet(book: bytes, sheet: bytes) -> bytes:
    """A workbook whose first sheet is replaced: damage to an archive is found by its sums."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == SHEET else old.read(name))
    return made.getvalue()


def uploads() -> tuple[Target, Iterable[bytes], Iterable[str]]:
    """The first byte says what the rest is: text, archive, Parquet, or the sheet of a workbook."""
    catalogue = load()
    gazetteer = Gazetteer(catalogue)
    book = as_workbook(template())
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read(SHEET)

    def target(data: bytes) -> None:
        kind, content = data[:1], data[1:]
        name = {b"X": "x.xlsx", b"S": "x.xlsx", b"P": "x.parquet"}.get(kind, "x.csv")
        with suppress(UnreadableError):
            content = with_sheet(book, content) if kind == b"S" else content
            found = reading.read(content, name, gazetteer.count)
            columns = guess(found, gazetteer)
            if columns.missing:
                return
            checked = check(found, columns, gazetteer, {})
            to_csv(corrected(checked, gazetteer))
            for indicator in checked.indicators:
                rows = checked.rows[checked.rows["indicator"] == indicator]
                series_of(rows, About(indicator, "%", next(iter(KINDS)), "x"), name, catalogue)

    tables = (template(), sample().iloc[:2, :4])
    texts = [table.to_csv(index=False, sep=sign) for table in tables for sign in ",;\t"]
    seeds = [b"T" + text.encode(code) for text in texts for code in ("utf-8", "utf-16", "gb18030")]
    seeds += [b"X" + as_workbook(table) for table in tables]
    seeds += [b"P" + as_parquet(table) for table in tables]
    return target, [*seeds, b"S" + sheet], ("1,234", "2020/21", "#REF!", "台湾", "1e400", '"', "‮")


# --- Addresses ------------------------------------------------------------------------------------


def addresses() -> tuple[Target, Iterable[bytes], Iterable[str]]:
    catalogue = load()

    def target(data: bytes) -> None:
        query = parse_qs(data.decode("utf-8", "surrogateescape"), keep_blank_values=True)
        selection, refusals = from_parameters(query, catalogue, VIEWS)
        assert all(str(refusal) and len(refusal.value) <= 60 for refusal in refusals)
        again, none = from_parameters(to_parameters(selection), catalogue, VIEWS)
        assert (again, none) == (selection, [])

    chosen = (
        Selection(places=("JPN", "hsinchu"), first_year=1990, last_year=2020, view="line"),
        Selection(layers=("hubs", "fabs"), window="120.5,30,110,2", tolerance=3, log=True),
        Selection(q="wafer", also=("population",), transform="index", base=2000, amount_from=5),
    )
    seeds = [urlencode(to_parameters(selection), doseq=True).encode() for selection in chosen]
    words = [f"{name}=" for name in PARAMETERS]
    return target, seeds, [*words, "JPN", "science_based", "&", "%00", "%ED%A0%80", "own_"]


# --- Decks ----------------------------------------------------------------------------------------


def decks() -> tuple[Target, Iterable[bytes], Iterable[str]]:
    catalogue = load()

    def target(data: bytes) -> None:
        with suppress(DeckError):
            deck, remarks = read(data, catalogue, PAGES)
            assert all(remarks)
            assert read(written(deck), catalogue, PAGES)[0] == deck

    link = "/compare?indicator=population&places=JPN&view=line&data=0.1.0"
    chart = Entry(link=link, card="compare", title="A title", notes="Two\nlines")
    seeds = [written(Deck((chart, Entry(title="台灣", text="Words")), "4:3", "dark"))]
    words = ('"slides"', '"link"', '"card"', '"size"', "1e400", "\\ud800", "NaN", "null", "//x")
    return target, [*seeds, written(Deck())], words


# --- Tables of the package ------------------------------------------------------------------------


def tables(folder: Path) -> tuple[Target, Iterable[bytes], Iterable[str]]:
    """The first byte says which table of the contract the rest is."""
    # A temporary file is in memory on most machines, and small on all.
    path = folder / "table.csv"

    def target(data: bytes) -> None:
        table = TABLES[data[0] % len(TABLES)] if data else TABLES[0]
        path.write_bytes(data[1:])
        frame, problems = read_table(path, table)
        assert (frame is None) == bool(problems)
        assert all(str(problem) for problem in problems)
        assert frame is None or tuple(frame.columns) == table.columns

    seeds = [bytes([at]) + table_text(table).encode() for at, table in enumerate(TABLES)]
    return target, seeds, ("2003", "true", '"', "\r", ";", "1e400", "٣")


# --- Running --------------------------------------------------------------------------------------

TARGETS = ("uploads", "addresses", "decks", "tables")


def made(name: str, folder: Path) -> tuple[Target, Iterable[bytes], Iterable[str]]:
    """A target, its valid examples and the words that inputs are changed with."""
    if name == "tables":
        return tables(folder)
    return {"uploads": uploads, "addresses": addresses, "decks": decks}[name]()


def run(name: str, runs: int, folder: Path) -> None:
    """Try a target with so many inputs, and say how many were tried; then the process ends."""
    target, seeds, words = made(name, folder)
    corpus = folder / "corpus"
    corpus.mkdir()
    for at, seed in enumerate(seeds):
        (corpus / str(at)).write_bytes(seed)
    dictionary = folder / "words"
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in words), "ascii")
    FAILURES.mkdir(exist_ok=True)
    options = {
        "atheris_runs": runs,
        # The same inputs on every run, so that a change fails for its own reasons only.
        "seed": int(os.environ.get("SEABELT_FUZZ_SEED", "1")),
        "timeout": LONGEST_SECONDS,
        # A process that another started counts the memory of that one as its own largest.
        "rss_limit_mb": MOST_MEGABYTES + peak() // 1024,
        "max_len": LONGEST_INPUT,
        "dict": dictionary,
        "artifact_prefix": FAILURES / f"{name}-",
    }
    settings = [f"-{key}={value}" for key, value in options.items()]
    tried, early = 0, 0

    def counted(data: bytes) -> None:
        nonlocal tried, early
        target(data)
        tried += 1
        if tried == runs // 2:
            early = peak()

    atheris.Setup([sys.argv[0], *settings, str(corpus)], counted)
    try:
        atheris.Fuzz()
    finally:
        # Its alarm on the time of a case would end a process that Python is ending by itself.
        signal.setitimer(signal.ITIMER_REAL, 0)
        print(
            f"{name}: {tried} cases; {early} kB of memory after half of them, {peak()} kB at last"
        )


def peak() -> int:
    """The most memory that this process has had, in kilobytes, that of other languages included."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word.encode())


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        if sys.argv[2].isdecimal():
            run(sys.argv[1], int(sys.argv[2]), Path(place))
        else:
            made(sys.argv[1], Path(place))[0](Path(sys.argv[2]).read_bytes())
