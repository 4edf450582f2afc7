"""The whole data package as files to take away: as it stands, as Parquet and as a workbook.

What is written depends on the data alone, not on the day: archives and workbooks carry a fixed
date, so that two builds of one version are the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.catalogue import Catalogue
from dashboard.catalogue.contract import TABLES, TABLES_BY_NAME, Field
from dashboard.catalogue.description import PACKAGE_FILES, TITLE
from dashboard.catalogue.loading import DATA, version
from dashboard.exports.archive import FIXED_DATE, archive
from dashboard.exports.tables import FORMULA_STARTS, TEXTS_AS_TEXTS

# Microsoft's "Excel specifications and limits".
LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576

_ARROW_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}
_TEXT_WIDTH, _NUMBER_WIDTH = 24, 12


def package_name(data_version: str) -> str:
    """The name of the package without a suffix, as downloads carry it."""
    return f"seabelt-data-{data_version}"


def package_zip(folder: Path = DATA) -> bytes:
    """The data package as it stands: tables, boundaries, description, texts.

    Raises:
        DataContractError: if the change log gives no version.
        FileNotFoundError: if a file of the package is not there.
    """
    top = package_name(version(folder))
    return archive({f"{top}/{name}": (folder / name).read_bytes() for name in PACKAGE_FILES})


def table_parquet(catalogue: Catalogue, name: str) -> bytes:
    """One table as Parquet: typed columns, missing values as nulls, descriptions in the schema.

    Text columns hold no empty texts: an empty cell of the CSV is a null here.

    Raises:
        UnknownIdentifierError: if the package has no such table.
    """
    frame = catalogue.table(name)
    table = TABLES_BY_NAME[name]
    schema = pa.schema(
        [
            pa.field(
                column.name,
                _ARROW_TYPES[column.type],
                nullable=not column.required,
                metadata=_words(column),
            )
            for column in table.fields
        ],
        metadata={"title": f"One row is {table.row}", "package": _title(catalogue)},
    )
    arrays = [
        pa.array(_nullable(frame[column.name], column), type=schema.field(column.name).type)
        for column in table.fields
    ]
    file = io.BytesIO()
    # The plain Arrow schema is enough: what pandas adds to it names the versions of packages.
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), file, compression="zstd")
    return file.getvalue()


def parquet_set(catalogue: Catalogue) -> bytes:
    """Every table as a Parquet file, in one archive."""
    top = f"{package_name(catalogue.version)}-parquet"
    return archive(
        {f"{top}/{table.name}.parquet": table_parquet(catalogue, table.name) for table in TABLES}
    )


def workbook(catalogue: Catalogue) -> bytes:
    """Every table as a sheet of one workbook for Excel and its likes.

    Numbers, years and truth values are typed cells, texts are texts even where they begin like a
    formula. The first sheet says what the workbook is, the second describes every column.

    Raises:
        ValueError: if a table or a text is too long for a sheet.
    """
    file = io.BytesIO()
    # Rows go to the disk as they are written; the whole package need not fit in memory twice.
    with xlsxwriter.Workbook(file, {**TEXTS_AS_TEXTS, "constant_memory": True}) as book:
        book.set_properties({"title": _title(catalogue), "created": datetime(*FIXED_DATE[:3])})
        look = _Look(book)
        sheets = {table.name: catalogue.table(table.name) for table in TABLES}
        _write_about(book, look, catalogue, sheets)
        _write_rows(book.add_worksheet("columns"), look, _DICTIONARY, _dictionary())
        for table in TABLES:
            sheet = book.add_worksheet(table.name)
            rows = _plain(sheets[table.name]).values.tolist()
            _write_rows(sheet, look, table.fields, rows)
    return file.getvalue()


def _title(catalogue: Catalogue) -> str:
    return f"{TITLE}, data version {catalogue.version}"


def _words(column: Field) -> dict[str, str]:
    """What the contract says of a column, as key and value of a Parquet field."""
    words = {
        "description": column.description,
        "unit": column.unit,
        "separator": column.separator,
        "references": column.references,
        "values": ", ".join(column.values),
    }
    return {name: text for name, text in words.items() if text}


def _nullable(cells: pd.Series, column: Field) -> pd.Series:
    return cells.replace("", None) if column.type == "string" else cells


class _Look:
    """The formats of the cells; a workbook keeps each once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 16})
        self.header: Format = book.add_format({"bold": True, "bottom": 1})
        self.link: Format = book.get_default_url_format()
        # A text that begins like a formula stays a text when somebody edits the cell.
        self.quoted: Format = book.add_format({"quote_prefix": True})


_DICTIONARY = (
    Field("table", "string", "Sheet."),
    Field("column", "string", "Column."),
    Field("type", "string", "Type of its cells."),
    Field("unit", "string", "Unit."),
    Field("required", "boolean", "True if no cell may be empty."),
    Field("key", "boolean", "True if it is part of the key of the table."),
    Field("references", "string", "Column of another table that lists its values."),
    Field("description", "string", "What it holds."),
    Field("allowed", "string", "Allowed values."),
)


def _dictionary() -> list[list[Any]]:
    return [
        [
            table.name,
            column.name,
            "list" if column.separator else column.type,
            column.unit or "",
            column.required,
            column.name in table.key,
            column.references or "",
            column.description,
            ", ".join(column.values),
        ]
        for table in TABLES
        for column in table.fields
    ]


def _write_about(
    book: xlsxwriter.Workbook,
    look: _Look,
    catalogue: Catalogue,
    tables: Mapping[str, pd.DataFrame],
) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, TITLE, look.title)
    lines = (
        f"Data version {catalogue.version}. One sheet is one table of the data package.",
        "An empty cell is not known. Rival figures of several sources stand side by side: do not "
        "add them up.",
        "Figures are under the terms of each source: see the column licence of the sheet sources.",
        "Cite the source of each value (column source_id); for the whole: "
        f"{TITLE}. Data version {catalogue.version}.",
    )
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line)
    first = len(lines) + 2
    for column, word in enumerate(("sheet", "rows", "one row is")):
        sheet.write_string(first, column, word, look.header)
    named = [("columns", len(_dictionary()), "a column of a table")]
    named += [(table.name, len(tables[table.name]), table.row) for table in TABLES]
    for row, (name, count, words) in enumerate(named, start=first + 1):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", look.link, name)
        sheet.write_number(row, 1, count)
        sheet.write_string(row, 2, words)


def _write_rows(
    sheet: Worksheet, look: _Look, fields: tuple[Field, ...], rows: list[list[Any]]
) -> None:
    if len(rows) >= MOST_ROWS:
        raise ValueError(f"{sheet.name} has {len(rows)} rows; a sheet holds {MOST_ROWS - 1}.")
    for at, column in enumerate(fields):
        sheet.set_column(at, at, _TEXT_WIDTH if column.type == "string" else _NUMBER_WIDTH)
        sheet.write_string(0, at, column.name, look.header)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(fields) - 1)
    write: list[Callable[..., Any]] = [
        {"string": sheet.write_string, "boolean": sheet.write_boolean}.get(
            column.type, sheet.write_number
        )
        for column in fields
    ]
    for number, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str) and len(cell) > LONGEST_TEXT:
                raise ValueError(
                    f"{sheet.name}, row {number + 1}, {fields[at].name}: a cell of a sheet holds "
                    f"{LONGEST_TEXT} characters, this text has {len(cell)}."
                )
            if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
                sheet.write_string(number, at, cell, look.quoted)
            else:
                write[at](number, at, cell)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Cells as plain Python values, None where there is none."""
    return frame.astype(object).where(frame.notna(), None)
