"""Workbooks (XLSX): checked as an archive first, then read by a library that runs nothing in them.

The library makes room for every cell between the first and the last, and repeats each text where
it stands; so what an archive would unfold to is reckoned before it reads a byte.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from dashboard.uploads.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from dashboard.uploads.sheet import Cell, Collector, Sheet, UnreadableError, letters, plain

MOST_UNPACKED = 400 * 1024 * 1024
# Tables of numbers shrink to a tenth; a hundredth is air.
MOST_SHRUNK = 100
SMALL_ENOUGH = 4 * 1024 * 1024
MOST_PARTS = 2_000
MOST_TEXT = 256 * 1024 * 1024
MOST_NAMED = 500

DAMAGED = "The workbook is damaged or not complete. Open it, save it as XLSX and try again."
_MACROS = "vbaProject.bin"
# Wherever it stands: what is no cell does no harm here, and what is one must not go unseen.
_CELL = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})([0-9]+)[\"']")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*>\s*<(?:\w+:)?f\b"
    rb"(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(<(?:\w+:)?v>)?"
)
_TEXT = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)
_SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"']")


def read_workbook(content: bytes, file: str, sheet: str | None = None) -> Sheet:
    """Read a sheet of a workbook.

    Args:
        content: its bytes.
        file: its name.
        sheet: name of the sheet; the first one that is not hidden if it is None.

    Raises:
        UnreadableError: if it is damaged, protected, too large, has macros or no table.
    """
    formulas = _check(content)
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(content))
        names = _sheets(book)
        name = sheet if sheet in names else names[0]
        read = book.get_sheet_by_name(name)
        return _read(read, file, name, names, formulas)
    except UnreadableError:
        raise
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableError(_why(error)) from error
    except BaseException as error:
        # The library is written in another language; what breaks there is no Exception here.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(DAMAGED) from error


def _why(error: Exception) -> str:
    if "assword" in f"{type(error).__name__} {error}":
        return "The workbook is protected by a password. Save a copy without one and try again."
    return DAMAGED


def _sheets(book: CalamineWorkbook) -> list[str]:
    seen = [
        item.name
        for item in book.sheets_metadata
        if item.visible == SheetVisibleEnum.Visible and item.typ == SheetTypeEnum.WorkSheet
    ]
    if not seen:
        raise UnreadableError("The workbook has no sheet that is not hidden.")
    return seen


def _read(
    read: CalamineSheet, file: str, name: str, names: list[str], formulas: dict[str, bool]
) -> Sheet:
    collector = Collector(file)
    if len(names) > 1:
        others = len(names) - 1
        more = "another" if others == 1 else f"{others} others"
        collector.remarks.append(f"The sheet “{name}” is read; the workbook has {more}.")
    # Rows are counted from the first of the sheet, columns from the first that is filled.
    offset = read.start[1] if read.start else 0
    of_heads: dict[tuple[int, str], str] = {}
    for line, cells in enumerate(read.iter_rows(), start=1):
        collector.add(line, [_cell(cell) for cell in cells])
    for (line, number), area in _merged(read):
        if line > collector.head_line and 0 <= number - offset < len(collector.heads):
            of_heads[line, collector.heads[number - offset]] = area
    _report_formulas(collector, formulas, offset)
    return collector.sheet(of_heads, sheets=names)


def _cell(cell: object) -> Cell:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return plain(cell)
    if isinstance(cell, str | int):
        return cell
    if isinstance(cell, datetime):
        is_day = cell.time() == time()
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return ""


def _merged(read: CalamineSheet) -> Iterator[tuple[tuple[int, int], str]]:
    """Row and column of each cell of a merged range but its first, and the range."""
    left = MOST_NAMED
    for (top, start), (bottom, end) in read.merged_cell_ranges or []:
        area = f"{letters(start)}{top + 1}:{letters(end)}{bottom + 1}"
        for line in range(top, bottom + 1):
            for number in range(start, end + 1):
                if (line, number) != (top, start):
                    yield (line + 1, number), area
                    left -= 1
                    if not left:
                        return


def _report_formulas(collector: Collector, formulas: dict[str, bool], offset: int) -> None:
    """Say of formulas that their results are taken, and name those that have none."""
    known = sum(formulas.values())
    if known:
        collector.remarks.append(
            f"{known:,} cell{'s hold formulas' if known > 1 else ' holds a formula'}: the results "
            "that were saved with the file are taken, nothing is worked out anew."
        )
    for name, has_result in formulas.items():
        found = re.fullmatch(r"([A-Z]+)([0-9]+)", name)
        if has_result or found is None:
            continue
        number = _number(found[1].encode()) - 1 - offset
        if int(found[2]) > collector.head_line and 0 <= number < len(collector.heads):
            collector.report(
                int(found[2]),
                collector.heads[number],
                None,
                "The cell holds a formula without a saved result.",
                "Open the file in a spreadsheet and save it, or write the value in its place.",
            )


def _check(content: bytes) -> dict[str, bool]:
    """Reckon what the workbook unfolds to.

    Returns:
        The cells of all sheets that hold formulas, and whether a result was saved with each.

    Raises:
        UnreadableError: if it is too large, damaged or has macros.
    """
    formulas: dict[str, bool] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_parts(parts, len(content))
            longest = 0
            for part in parts:
                if part.filename.endswith("sharedStrings.xml"):
                    longest = max(map(len, _TEXT.findall(archive.read(part))), default=0)
            for part in parts:
                # Read whole: a part that says less than it holds fails the check of its sum.
                data = archive.read(part)
                if "worksheets/" in part.filename and part.filename.endswith(".xml"):
                    _check_sheet(data, longest)
                    for column, line, result in _FORMULA.findall(data)[:MOST_NAMED]:
                        formulas[(column + line).decode()] = bool(result)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError) as error:
        if "encrypted" in str(error):
            raise UnreadableError(_why(RuntimeError("password"))) from error
        raise UnreadableError(DAMAGED) from error
    return formulas


def _check_parts(parts: list[zipfile.ZipInfo], size: int) -> None:
    if any(part.filename.endswith(_MACROS) for part in parts):
        raise UnreadableError(
            "The workbook has macros, which are not opened here. Save it as XLSX, which has none."
        )
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise UnreadableError("This archive is no workbook. Save the table as XLSX or CSV.")
    unpacked = sum(part.file_size for part in parts)
    is_air = any(
        part.file_size > SMALL_ENOUGH and part.file_size > MOST_SHRUNK * max(part.compress_size, 1)
        for part in parts
    )
    if (
        len(parts) > MOST_PARTS
        or unpacked > MOST_UNPACKED
        or is_air
        or sum(part.compress_size for part in parts) > size
    ):
        raise UnreadableError(
            "The workbook would unfold to many times its size, so it is not opened. Save the "
            "table alone as CSV."
        )


def _check_sheet(data: bytes, longest: int) -> None:
    lines = columns = 0
    for column, line in _CELL.findall(data):
        lines = max(lines, int(line))
        columns = max(columns, _number(column))
    if lines > MOST_ROWS + 100 or columns > MOST_COLUMNS or lines * columns > MOST_CELLS:
        raise UnreadableError(
            f"A sheet of the workbook reaches to row {lines:,} and column {columns:,}. Up to "
            f"{MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns, together {MOST_CELLS:,} cells, can "
            "be read: delete what stands far from the table."
        )
    if longest * len(_SHARED.findall(data)) > MOST_TEXT and longest > 1_000:
        raise UnreadableError(
            "The texts of the workbook are too long. Leave out columns with long notes."
        )


def _number(column: bytes) -> int:
    """The number of a column by its letters: A is 1."""
    number = 0
    for letter in column.upper():
        number = 26 * number + letter - ord("A") + 1
    return number
