"""The door of `data/`: read the tables, check them against the contract, stop if one is broken.

Checks run in three steps, because one unreadable cell would hide what else is wrong with its
column: first the bytes and the shape of the file, then the type of each cell, then ranges, keys
and references on tables that passed.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from dashboard.catalogue.contract import TABLES, Field, Table
from dashboard.catalogue.errors import DataContractError, Problem

DATA = Path(__file__).resolve().parents[2] / "data"

_DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
# Digits are spelled out, for \d also matches those of other scripts, and counted, so that every
# number that passes can be stored.
_INTEGER = r"^-?[0-9]{1,15}$"
_NUMBER = r"^-?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,2})?$"


def load_tables(folder: Path = DATA) -> dict[str, pd.DataFrame]:
    """Read and check every table of the contract.

    Returns:
        One typed DataFrame per table, keyed by table name. Empty cells are missing values in
        number, integer and boolean columns and empty strings in text columns.

    Raises:
        DataContractError: with one problem per broken cell, row or file.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for table in TABLES:
        frame, found = read_table(folder / table.file, table)
        problems += found
        if frame is not None:
            tables[table.name] = frame
    if problems:
        raise DataContractError(problems)
    for table in TABLES:
        problems += _unresolved(table, tables)
    if problems:
        raise DataContractError(problems)
    return {name: frame.reset_index(drop=True) for name, frame in tables.items()}


def read_table(path: Path, table: Table) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read one CSV file.

    Returns:
        The typed table, indexed by the line each row starts on, and no problems; or None and
        every problem found.
    """
    lines, rows, problems = _read_rows(path, table)
    if problems:
        return None, problems
    # Indexed by the line each row starts on, so that every later step can name it.
    text = pd.DataFrame(rows, columns=list(table.columns), index=lines, dtype="str")
    for column in table.fields:
        problems += _badly_typed(text[column.name], column, table.file)
    # Unreadable cells count as missing from here on: they must not hide what else is wrong.
    bad = {(problem.row, problem.column) for problem in problems}
    frame = pd.DataFrame(
        {
            column.name: _convert(
                text[column.name].where([(line, column.name) not in bad for line in lines], ""),
                column,
            )
            for column in table.fields
        }
    )
    problems += [
        problem
        for problem in _breaking_rules(frame, text, table)
        if (problem.row, problem.column) not in bad
    ]
    return (None, problems) if problems else (frame, [])


def _read_rows(path: Path, table: Table) -> tuple[list[int], list[list[str]], list[Problem]]:
    """Rows of a file, the line each starts on, and what is wrong with its bytes or its shape."""

    def problem(row: int | None, message: str, remedy: str, value: str | None = None) -> Problem:
        return Problem(table.file, row, None, value, message, remedy)

    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return (
            [],
            [],
            [problem(None, "The file is missing.", f"Put it back into {path.parent.name}/.")],
        )
    if content.startswith(b"\xef\xbb\xbf"):
        return (
            [],
            [],
            [problem(1, "The file starts with a byte-order mark.", "Save as plain UTF-8.")],
        )
    try:
        content_text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return (
            [],
            [],
            [
                problem(
                    row,
                    "The file is not UTF-8.",
                    "Save it in that encoding.",
                    repr(content[error.start : error.end]),
                )
            ],
        )
    if "\r" in content_text:
        row = content_text[: content_text.index("\r")].count("\n") + 1
        return [], [], [problem(row, "The file holds a carriage return.", "Use plain line feeds.")]
    if content_text and not content_text.endswith("\n"):
        row = content_text.count("\n") + 1
        return (
            [],
            [],
            [problem(row, "The last line has no end.", "The file may have been cut: restore it.")],
        )
    reader = csv.reader(io.StringIO(content_text, newline=""), strict=True)
    lines: list[int] = []
    rows: list[list[str]] = []
    problems: list[Problem] = []
    width = len(table.columns)
    try:
        header = next(reader, [])
        if tuple(header) != table.columns:
            return [], [], [_header_problem(header, table)]
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != width:
                problems.append(
                    problem(
                        line,
                        f"The row has {len(cells)} cells instead of {width}.",
                        "Quote cells that hold commas; keep one cell per column.",
                    )
                )
            lines.append(line)
            rows.append(cells)
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(
            problem(
                reader.line_num, f"The row cannot be read: {error}.", "Close every quotation mark."
            )
        )
    return lines, rows, problems


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


def _badly_typed(cells: pd.Series, column: Field, file: str) -> list[Problem]:
    problems = [
        Problem(file, row, column.name, cells[row], "has spaces at an end.", "Remove them.")
        for row in cells.index[cells != cells.str.strip()]
    ]
    pattern = {"integer": _INTEGER, "number": _NUMBER, "boolean": r"^(true|false)$"}.get(
        column.type
    )
    if pattern is None:
        return problems
    wrong = (cells != "") & ~cells.str.match(pattern)
    number = "Write it with a decimal point, without spaces, signs or units, or leave it empty."
    expected, remedy = {
        "integer": ("a whole number", number),
        "number": ("a plain decimal number", number),
        "boolean": ("true or false", "Write it in small letters."),
    }[column.type]
    return problems + [
        Problem(
            file,
            row,
            column.name,
            cells[row],
            f"is not {expected}.",
            remedy,
        )
        for row in cells.index[wrong]
    ]


def _convert(cells: pd.Series, column: Field) -> pd.Series:
    if column.type == "string":
        return cells
    if column.type == "boolean":
        return cells.map({"true": True, "false": False}).astype("boolean")
    return pd.to_numeric(cells.where(cells != "")).astype(_DTYPES[column.type])


def schema(table: Table) -> pa.DataFrameSchema:
    """The pandera schema of a table: types, required cells, allowed values, ranges, patterns."""
    columns = {}
    for column in table.fields:
        checks = []
        if column.required and column.type == "string":
            checks.append(pa.Check(lambda cells: cells != "", error="required"))
        if column.values:
            # An empty cell is either allowed or reported as empty: never as a wrong value too.
            checks.append(pa.Check.isin((*column.values, ""), error="values"))
        if column.pattern:
            checks.append(pa.Check.str_matches(f"{column.pattern}|^$", error="pattern"))
        if column.minimum is not None:
            checks.append(pa.Check.ge(column.minimum, error="minimum"))
        if column.maximum is not None:
            checks.append(pa.Check.le(column.maximum, error="maximum"))
        nullable = column.type != "string" and not column.required
        columns[column.name] = pa.Column(_DTYPES[column.type], checks, nullable=nullable)
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def _breaking_rules(frame: pd.DataFrame, text: pd.DataFrame, table: Table) -> list[Problem]:
    problems: list[Problem] = []
    fields = {column.name: column for column in table.fields}
    try:
        schema(table).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        for case in error.failure_cases.itertuples():
            if pd.isna(case.index):
                raise  # a fault of the contract itself, not of a cell
            column = fields[str(case.column)]
            message, remedy = _rule_words(str(case.check), column)
            row = int(case.index)
            problems.append(
                Problem(
                    table.file,
                    row,
                    column.name,
                    text[column.name][row],
                    message,
                    remedy,
                )
            )
    repeated = frame.duplicated(list(table.key), keep="first")
    for row in frame.index[repeated]:
        key = ", ".join(str(text[name][row]) for name in table.key if text[name][row] != "")
        problems.append(
            Problem(
                table.file,
                row,
                "+".join(table.key),
                key,
                "stands on an earlier row already.",
                "Keys are unique: merge the rows or tell them apart.",
            )
        )
    return problems


def _rule_words(check: str, column: Field) -> tuple[str, str]:
    if check == "values":
        return "is not an allowed value.", f"Use one of: {', '.join(column.values)}."
    if check in ("minimum", "maximum"):
        return "is out of range.", f"Allowed: {column.minimum} to {column.maximum}."
    if check == "pattern":
        return "is not written as it must be.", f"It must match {column.pattern}."
    return "is empty.", "This column must be filled."


def _unresolved(table: Table, tables: dict[str, pd.DataFrame]) -> list[Problem]:
    problems: list[Problem] = []
    for column in table.fields:
        if column.references is None:
            continue
        other, other_column = column.references.split(".")
        known = set(tables[other][other_column])
        cells = tables[table.name][column.name]
        if column.separator:
            split = {cell: cell.split(column.separator) for cell in cells.unique() if cell}
            stray = cells.map(
                {cell: any(part not in known for part in parts) for cell, parts in split.items()}
                | {"": False}
            )
        else:
            stray = ~cells.isin(known | {""})
        problems += [
            Problem(
                table.file,
                row,
                column.name,
                cells[row],
                f"is not in {other}.csv.",
                f"Add a row to {other}.csv or correct the identifier.",
            )
            for row in cells.index[stray.astype(bool)]
        ]
    return problems


def version(folder: Path = DATA) -> str:
    """The version of the data package: the first heading of its change log.

    Raises:
        DataContractError: if the change log is missing or its first heading is no version.
    """
    path = folder / "CHANGELOG.md"
    found = (
        re.search(r"^## (\d+\.\d+\.\d+)", path.read_text("utf-8"), re.M) if path.exists() else None
    )
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
