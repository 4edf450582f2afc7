"""Workbooks (XLSX): checked as an archive first, then read by a library that runs nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from dashboard.uploads.archives import DAMAGED, MOST_NAMED, PROTECTED, Marks, marks_of
from dashboard.uploads.sheet import (
    Cell,
    Collector,
    Fault,
    Sheet,
    UnreadableError,
    letters,
    plain,
)

NO_RESULT = Fault(
    "The cell holds a formula without a saved result.",
    "Open the file in a spreadsheet and save it, or write the value in its place.",
)


def read_workbook(
    content: bytes, file: str, sheet: str | None = None, heads: int | None = None
) -> Sheet:
    """Read a sheet of a workbook.

    Args:
        content: its bytes.
        file: its name.
        sheet: name of the sheet; the first one that is not hidden if it is None.
        heads: the row with the heads; found out if it is None.

    Raises:
        UnreadableError: if it is damaged, protected, too large, has macros or no table.
    """
    marks = marks_of(content)
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(content))
        names = _sheets(book)
        name = sheet if sheet in names else names[0]
        collector = Collector(file, heads)
        read = book.get_sheet_by_name(name)
        return _read(read, collector, name, names, marks.get(name, Marks()))
    except UnreadableError:
        raise
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        is_protected = "assword" in f"{type(error).__name__} {error}"
        raise UnreadableError(PROTECTED if is_protected else DAMAGED) from error
    except BaseException as error:
        # The library is written in another language; what breaks there is no Exception here.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(DAMAGED) from error


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
    read: CalamineSheet, collector: Collector, name: str, names: list[str], marks: Marks
) -> Sheet:
    if len(names) > 1:
        others = len(names) - 1
        more = "another" if others == 1 else f"{others} others"
        collector.remarks.append(f"The sheet “{name}” is read; the workbook has {more}.")
    # Rows are counted from the first of the sheet, columns from the first that is filled.
    offset = read.start[1] if read.start else 0
    of_line: dict[int, dict[int, str]] = {}
    for (line, number), words in marks.errors.items():
        of_line.setdefault(line, {})[number - 1 - offset] = words
    for line, cells in enumerate(read.iter_rows(), start=1):
        row = [cell if type(cell) is str else _cell(cell) for cell in cells]
        for number, words in of_line.get(line, {}).items():
            if 0 <= number < len(row):
                row[number] = words
        collector.add(line, row)
    known = sum(marks.formulas.values())
    if known:
        collector.remarks.append(
            f"{known:,} cell{'s hold formulas' if known > 1 else ' holds a formula'}: the results "
            "that were saved with the file are taken, nothing is worked out anew."
        )
    empty = {at: NO_RESULT for at, has_result in marks.formulas.items() if not has_result}
    empty |= dict(_merged(read))
    heads = collector.heads
    return collector.sheet(
        {
            (line, heads[number - 1 - offset]): fault
            for (line, number), fault in empty.items()
            if line > collector.head_line and 0 <= number - 1 - offset < len(heads)
        },
        sheets=names,
    )


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


def _merged(read: CalamineSheet) -> Iterator[tuple[tuple[int, int], Fault]]:
    """Row and column, from 1, of each cell of merged ones but the first, and why it is empty."""
    left = MOST_NAMED
    for (top, start), (bottom, end) in read.merged_cell_ranges or []:
        fault = Fault(
            f"The cell is merged with others ({letters(start)}{top + 1}:{letters(end)}{bottom + 1})"
            ", and only the first of them has the value.",
            "Take the merging back and fill the cells.",
        )
        for line in range(top, bottom + 1):
            for number in range(start, end + 1):
                if (line, number) != (top, start):
                    yield (line + 1, number + 1), fault
                    left -= 1
                    if not left:
                        return
