"""The door of `data/`: read the tables, check them against the contract, stop if one is broken.

A package has about a million cells and far fewer different ones, so a table is held as the
distinct cells of each column and, for each row, which of them stands there. Types and rules are
checked once per distinct cell; rows and lines are looked up only for the cells that break one.

Checks run in three steps, because one unreadable file would hide what else is wrong: first the
bytes and the shape of the file, then each cell and the keys of the table, then references.
"""

from __future__ import annotations

import csv
import io
import json
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.catalogue.contract import TABLES, TABLES_BY_NAME, Field, Table
from dashboard.catalogue.errors import DataContractError, Problem

DATA = Path(__file__).resolve().parents[2] / "data"

# Digits are spelled out, for \d also matches those of other scripts, and counted, so that every
# number that passes can be stored.
_TYPES = {
    "integer": re.compile(r"-?[0-9]{1,15}"),
    "number": re.compile(r"-?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,2})?"),
    "boolean": re.compile(r"true|false"),
}
_NUMBER_REMEDY = "Write it with a decimal point, without spaces, signs or units, or leave it empty."
_TYPE_WORDS = {
    "integer": ("is not a whole number.", _NUMBER_REMEDY),
    "number": ("is not a plain decimal number.", _NUMBER_REMEDY),
    "boolean": ("is not true or false.", "Write it in small letters."),
}
_BOOLEANS = {"true": True, "false": False, "": None}
# Text in another encoding, or a damaged disk, shows in characters that no table needs.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOST = "\N{REPLACEMENT CHARACTER}"

# Rows are turned into columns in portions, so that not all of them are held as lists at once.
_PORTION = 4096

Faults = list[tuple[str, str]]
"""What is wrong with a cell and how to mend it, in words."""


@dataclass(frozen=True)
class _Column:
    """The cells of a column: the distinct ones, and which of them stands in each row."""

    cells: list[str]
    codes: npt.NDArray[np.int32]


@dataclass(frozen=True)
class _Text:
    """A table whose file could be read, cell for cell."""

    table: Table
    columns: dict[str, _Column]
    size: int

    @cached_property
    def lines(self) -> pd.Index:
        """The line each row starts on, as an editor counts: the header is line 1."""
        broken = [
            column for column in self.columns.values() if any("\n" in cell for cell in column.cells)
        ]
        if not broken:
            return pd.RangeIndex(2, self.size + 2)
        lengths = np.ones(self.size, dtype="int64")
        for column in broken:
            lengths += np.array([cell.count("\n") for cell in column.cells])[column.codes]
        return pd.Index(2 + np.concatenate([[0], lengths[:-1].cumsum()]), dtype="int64")

    def rows_with(self, name: str, codes: Iterable[int]) -> list[int]:
        """The rows in which one of these distinct cells of a column stands."""
        wanted = np.array(list(codes), dtype="int32")
        return [int(row) for row in np.flatnonzero(np.isin(self.columns[name].codes, wanted))]

    def problems(self, name: str, faults: dict[int, Faults]) -> list[Problem]:
        """One problem for each fault and row, given the faults of distinct cells of a column."""
        column = self.columns[name]
        return [
            Problem(self.table.file, int(self.lines[row]), name, column.cells[code], *words)
            for row in (self.rows_with(name, faults) if faults else [])
            for code in [int(column.codes[row])]
            for words in faults[code]
        ]


def load_tables(folder: Path = DATA) -> dict[str, pd.DataFrame]:
    """Read and check every table of the contract.

    Returns:
        One typed DataFrame per table, keyed by table name. Empty cells are missing values in
        number, integer and boolean columns and empty strings in text columns.

    Raises:
        DataContractError: with one problem per broken cell, row or file.
    """
    tables, problems = check_tables(folder)
    if problems:
        raise DataContractError(problems)
    return tables


def check_tables(folder: Path = DATA) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Read every table of the contract, and list what is wrong with all of them.

    References into a table that is broken itself are not checked: one mistake there would come
    back in every row that refers to it.

    Returns:
        The tables that keep the contract, typed; and one problem per broken cell, row or file, in
        the order of the tables and their rows.
    """
    tables: dict[str, pd.DataFrame] = {}
    known: dict[str, _Text] = {}
    texts: dict[str, _Text] = {}
    problems: dict[str, list[Problem]] = {}
    for table in TABLES:
        text, found = _read_text(folder / table.file, table)
        frame = None
        if text is not None:
            frame, found = _typed(text)
            texts[table.name] = text
        if frame is not None:
            tables[table.name] = frame.reset_index(drop=True)
            known[table.name] = texts[table.name]
        problems[table.name] = found
    for name, text in texts.items():
        reported = {(problem.row, problem.column) for problem in problems[name]}
        problems[name] += [
            problem
            for problem in _unresolved(text, known)
            if (problem.row, problem.column) not in reported
        ]
        if problems[name]:
            tables.pop(name, None)
    return tables, [
        problem for table in TABLES for problem in sorted(problems[table.name], key=_line)
    ]


def read_table(path: Path, table: Table) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read one CSV file.

    Returns:
        The typed table, indexed by the line each row starts on, and no problems; or None and
        every problem found.
    """
    text, problems = _read_text(path, table)
    return (None, problems) if text is None else _typed(text)


def read_json(path: Path, file: str, remedy: str) -> tuple[Any, list[Problem]]:
    """Read a JSON file of the package.

    Args:
        path: where it is.
        file: its name within the package, for problems.
        remedy: how to mend it, whatever is wrong.

    Returns:
        What it holds and no problems; or None and the problem found.
    """

    def refused(message: str, row: int | None = None) -> tuple[None, list[Problem]]:
        return None, [Problem(file, row, None, None, message, remedy)]

    try:
        return json.loads(path.read_text(encoding="utf-8")), []
    except FileNotFoundError:
        return refused("The file is missing.")
    except OSError as error:
        return refused(f"The file cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        return refused("The file is not UTF-8.")
    except json.JSONDecodeError as error:
        return refused(f"The file is not JSON: {error.msg}.", error.lineno)
    except RecursionError:
        return refused("The file is not JSON that can be read: its lists are nested too deeply.")


def _line(problem: Problem) -> int:
    return problem.row or 0


def _read_text(path: Path, table: Table) -> tuple[_Text | None, list[Problem]]:
    """The cells of a file; or None and what is wrong with its bytes or its shape."""

    def refused(
        row: int | None, message: str, remedy: str, value: str | None = None
    ) -> tuple[None, list[Problem]]:
        return None, [Problem(table.file, row, None, value, message, remedy)]

    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return refused(None, "The file is missing.", f"Put it back into {path.parent.name}/.")
    except OSError as error:
        return refused(None, f"The file cannot be read: {error.strerror}.", "Allow reading it.")
    if content.startswith(b"\xef\xbb\xbf"):
        return refused(1, "The file starts with a byte-order mark.", "Save as plain UTF-8.")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return refused(
            content.count(b"\n", 0, error.start) + 1,
            "The file is not UTF-8.",
            "Save it in that encoding.",
            repr(content[error.start : error.end]),
        )
    if b"\r" in content:
        row = content.count(b"\n", 0, content.index(b"\r")) + 1
        return refused(row, "The file holds a carriage return.", "Use plain line feeds.")
    control = _CONTROL.search(content)
    if control:
        return refused(
            content.count(b"\n", 0, control.start()) + 1,
            "The file holds a control character.",
            "Save it as plain UTF-8, or restore it if it was damaged.",
            repr(control[0]),
        )
    if content and not content.endswith(b"\n"):
        row = content.count(b"\n") + 1
        return refused(row, "The last line has no end.", "The file may have been cut: restore it.")
    return _cells(content, table)


def _cells(content: bytes, table: Table) -> tuple[_Text | None, list[Problem]]:
    """The cells of a file that is sound as text; or None and what is wrong with its shape."""
    # Decoded line by line: the whole text may take four bytes for each character.
    stream = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="\n")
    reader = csv.reader(stream, strict=True)
    distinct = [_Distinct() for _ in table.columns]
    problems: list[Problem] = []
    unreadable: list[Problem] = []
    rows: list[list[str]] = []
    size, first_line = 0, 2

    def turn() -> None:
        nonlocal size, first_line
        if any(len(row) != len(distinct) for row in rows):
            problems.extend(_badly_shaped(rows, first_line, table))
        else:
            for cells, column in zip(zip(*rows, strict=True), distinct, strict=False):
                column.add(cells)
        size += len(rows)
        first_line = reader.line_num + 1
        rows.clear()

    try:
        header = next(reader, [])
        if tuple(header) != table.columns:
            return None, [_header_problem(header, table)]
        for row in reader:
            rows.append(row)
            if len(rows) == _PORTION:
                turn()
    except csv.Error as error:
        words = (f"The row cannot be read: {error}.", "Close every quotation mark.")
        unreadable.append(Problem(table.file, reader.line_num, None, None, *words))
    turn()
    problems += unreadable
    if problems:
        return None, problems
    columns = {
        name: _Column(list(column), column.codes())
        for name, column in zip(table.columns, distinct, strict=True)
    }
    return _Text(table, columns, size), []


class _Distinct(dict[str, int]):
    """Gives each distinct cell of a column a number, in the order they come."""

    def __init__(self) -> None:
        super().__init__()
        self._codes = array("i")

    def __missing__(self, cell: str) -> int:
        self[cell] = code = len(self)
        return code

    def add(self, cells: Iterable[str]) -> None:
        self._codes.extend(map(self.__getitem__, cells))

    def codes(self) -> npt.NDArray[np.int32]:
        return np.frombuffer(self._codes, dtype="int32")


def _badly_shaped(rows: list[list[str]], first_line: int, table: Table) -> list[Problem]:
    width = len(table.columns)
    lines = accumulate((1 + sum(cell.count("\n") for cell in row) for row in rows), initial=0)
    return [
        Problem(
            table.file,
            first_line + line,
            None,
            None,
            f"The row has {len(row)} cells instead of {width}.",
            "Quote cells that hold commas; keep one cell per column.",
        )
        for row, line in zip(rows, lines, strict=False)
        if len(row) != width
    ]


def _header_problem(header: list[str], table: Table) -> Problem:
    missing = [name for name in table.columns if name not in header]
    extra = [name for name in header if name not in table.columns]
    parts = [
        f"Missing columns: {', '.join(missing)}." if missing else "",
        f"Unknown columns: {', '.join(extra)}." if extra else "",
        "" if missing or extra else "The columns stand in another order or twice.",
    ]
    return Problem(
        table.file,
        1,
        None,
        None,
        " ".join(part for part in parts if part),
        f"Write the header as: {','.join(table.columns)}",
    )


def _typed(text: _Text) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The typed table, indexed by line; or None and every cell and key that is wrong."""
    problems: list[Problem] = []
    arrays: dict[str, Any] = {}
    doubtful = np.zeros(text.size, dtype=bool)
    for column in text.table.fields:
        held = text.columns[column.name]
        faults = {
            code: found for code, cell in enumerate(held.cells) if (found := _faults(cell, column))
        }
        problems += text.problems(column.name, faults)
        if column.name in text.table.key:
            doubtful[text.rows_with(column.name, faults)] = True
        # Cells with a fault count as missing: they must not hide what else is wrong.
        sound = ["" if code in faults else cell for code, cell in enumerate(held.cells)]
        arrays[column.name] = _convert(sound, column).take(held.codes)
    frame = pd.DataFrame(arrays, index=text.lines, copy=False)
    problems += _repeated(frame, text, doubtful)
    return (None, sorted(problems, key=_line)) if problems else (frame, [])


def _faults(cell: str, column: Field) -> Faults:
    """What is wrong with a cell, whatever row it stands in."""
    if cell == "":
        return [("is empty.", "This column must be filled.")] if column.required else []
    if cell != cell.strip():
        return [("has spaces at an end.", "Remove them.")]
    if _LOST in cell:
        return [("holds a character that stands for lost text.", "Copy it from its source again.")]
    pattern = _TYPES.get(column.type)
    if pattern is not None:
        if not pattern.fullmatch(cell):
            return [_TYPE_WORDS[column.type]]
        if column.type == "boolean":
            return []
        low, high = column.minimum, column.maximum
        number = float(cell)
        if (low is None or low <= number) and (high is None or number <= high):
            return []
        return [("is out of range.", _range_words(low, high))]
    found = []
    if column.values and cell not in column.values:
        found.append(("is not an allowed value.", f"Use one of: {', '.join(column.values)}."))
    if column.pattern and not re.match(column.pattern, cell, re.ASCII):
        found.append(("is not written as it must be.", f"It must match {column.pattern}."))
    return found


def _range_words(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"Allowed: {high} or less." if low is None else f"Allowed: {low} or more."
    return f"Allowed: {low} to {high}."


def _convert(cells: list[str], column: Field) -> Any:
    """Sound cells as an array of the column's type; an empty one is a missing value."""
    if column.type == "string":
        return pd.array(cells, dtype="str")
    if column.type == "boolean":
        return pd.array([_BOOLEANS[cell] for cell in cells], dtype="boolean")
    if column.type == "integer":
        return pd.array([int(cell) if cell else None for cell in cells], dtype="Int64")
    return np.array([float(cell) if cell else np.nan for cell in cells], dtype="float64")


def _repeated(frame: pd.DataFrame, text: _Text, doubtful: npt.NDArray[np.bool_]) -> list[Problem]:
    """Rows whose key stands on an earlier one; a key with a faulty cell is not compared."""
    key = list(text.table.key)
    # Texts are compared by their codes; numbers as numbers, since 5 and 5.0 are one key.
    compared = {
        column.name: text.columns[column.name].codes
        if column.type == "string"
        else frame[column.name].to_numpy()
        for column in text.table.fields
        if column.name in key
    }
    repeated = pd.DataFrame(compared, copy=False).duplicated().to_numpy() & ~doubtful
    problems = []
    for row in np.flatnonzero(repeated):
        cells = [text.columns[name].cells[text.columns[name].codes[row]] for name in key]
        problems.append(
            Problem(
                text.table.file,
                int(frame.index[row]),
                "+".join(key),
                ", ".join(cell for cell in cells if cell),
                "stands on an earlier row already.",
                "Keys are unique: merge the rows or tell them apart.",
            )
        )
    return problems


def _unresolved(text: _Text, known: dict[str, _Text]) -> list[Problem]:
    """Cells that refer to a row that another table does not have."""
    problems: list[Problem] = []
    for column in text.table.fields:
        other, _, other_column = (column.references or "").partition(".")
        if other not in known:
            continue
        file = TABLES_BY_NAME[other].file
        words = [(f"is not in {file}.", f"Add a row to {file} or correct the identifier.")]
        identifiers = set(known[other].columns[other_column].cells)
        strays = {}
        for code, cell in enumerate(text.columns[column.name].cells):
            parts = cell.split(column.separator) if column.separator else [cell]
            if cell and not identifiers.issuperset(parts):
                strays[code] = words
        problems += text.problems(column.name, strays)
    return problems


def released(folder: Path = DATA) -> date | None:
    """The day of the version, if its heading in the change log gives one: "## 0.1.0 (2026-01-31)".

    Returns:
        The day; None where the heading gives none, or no day that exists.
    """
    try:
        text = (folder / "CHANGELOG.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    found = re.search(r"^## \d+\.\d+\.\d+( \((\d{4}-\d{2}-\d{2})\))?", text, re.MULTILINE)
    try:
        return date.fromisoformat(found[2]) if found and found[2] else None
    except ValueError:
        return None


def version(folder: Path = DATA) -> str:
    """The version of the data package: the first heading of its change log.

    Raises:
        DataContractError: if the change log is missing or its first heading is no version.
    """
    try:
        text = (folder / "CHANGELOG.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    found = re.search(r"^## (\d+\.\d+\.\d+)", text, re.MULTILINE)
    if found is None:
        raise DataContractError(
            [
                Problem(
                    "CHANGELOG.md",
                    None,
                    None,
                    None,
                    "No version found.",
                    "Start the newest section with a heading such as '## 0.1.0'.",
                )
            ]
        )
    return found[1]
