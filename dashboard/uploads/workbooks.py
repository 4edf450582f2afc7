"""Workbooks (XLSX): checked as an archive first, then read by a library that runs nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from dashboard.uploads.archives import DAMAGED, PER_CENT, PROTECTED, UNSAVED, Marks, marks_of
from dashboard.uploads.limits import MOST_PROBLEMS
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
    "Open the file in Excel or LibreOffice and save it, or write the value in its place.",
)
# What stands for an empty cell that is no gap where it cannot be named by its place.
_UNSAVED, _MERGED = "formula without a saved result", "merged with other cells"


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
        unknown = re.search(r"cell error value '(.{1,40})'", str(error))
        if unknown:
            raise UnreadableError(
                f"The workbook has a cell with {unknown[1]}, which is not known here. Mend its "
                "formula, or empty the cell, and save the workbook again."
            ) from error
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
    filling = _Filling(collector, read, marks)
    line = 0
    for line, cells in enumerate(read.iter_rows(), start=1):
        filling.add(line, [cell if type(cell) is str else _cell(cell) for cell in cells])
    filling.add_below(line)
    known = marks.results
    if known:
        collector.remarks.append(
            f"{known:,} cell{'s hold formulas' if known > 1 else ' holds a formula'}: the results "
            "that were saved with the file are taken, nothing is worked out anew."
        )
    if filling.shares:
        collector.remarks.append(
            f"{filling.shares:,} cell{'s are' if filling.shares > 1 else ' is'} read as the per "
            "cents that the spreadsheet shows, a hundred times what the file holds: "
            f"{filling.first_share}. Give the unit as per cent."
        )
    return collector.sheet(filling.empty, sheets=names)


class _Filling:
    """Gives rows to a collector, and says of cells that the library takes for empty what they are.

    The first of them are named by their places, with the reason; in all others stands a text, so
    that none can pass for a gap.

    Attributes:
        empty: why a cell is empty that is no gap, by row and head.
        shares: how many cells were read as the per cents that a spreadsheet shows.
        first_share: how the first of them was read.
    """

    def __init__(self, collector: Collector, read: CalamineSheet, marks: Marks) -> None:
        self.empty: dict[tuple[int, str], Fault] = {}
        self.shares, self.first_share = 0, ""
        self._collector = collector
        self._words = marks.words
        self._marked = marks.by_line()
        self._next = next(self._marked, None)
        # Rows are counted from the first of the sheet, columns from the first that is filled.
        start = read.start[1] if read.start else 0
        first = marks.first_column
        self._offset = start if first is None else min(start, first - 1)
        self._lacking = [""] * (start - self._offset)
        # Those that begin below, the next one last, and those that the row is in.
        self._below, self._within = _merged(read), list[_Area]()

    def add(self, line: int, row: list[Cell]) -> None:
        """Take a row."""
        if self._lacking:
            row = [*self._lacking, *row]
        if self._next is not None and self._next[0] == line:
            self._fill(line, row, self._next[1])
            self._next = next(self._marked, None)
        if self._below or self._within:
            self._name_merged(line, row)
        self._collector.add(line, row)

    def add_below(self, line: int) -> None:
        """Take the rows below the last one that the library has, if they have but such cells."""
        while self._next is not None:
            if self._next[0] > line:
                self.add(self._next[0], [])
            else:
                self._next = next(self._marked, None)

    def _fill(self, line: int, row: list[Cell], marks: list[tuple[int, int]]) -> None:
        row += [""] * (marks[-1][0] - self._offset - len(row))
        unsaved = []
        for column, kind in marks:
            at = column - 1 - self._offset
            if kind == PER_CENT:
                if 0 <= at < len(row):
                    row[at] = self._as_shown(line, column, row[at])
            elif kind != UNSAVED:
                row[at] = self._words[kind]
            elif row[at] == "":
                unsaved.append(at)
        is_filled = bool(unsaved) and _is_filled(row)
        for at in unsaved:
            self._hold(line, row, at, NO_RESULT if is_filled else None, _UNSAVED)

    def _as_shown(self, line: int, column: int, cell: Cell) -> Cell:
        """What a spreadsheet shows of a cell of per cents, without the sign."""
        if isinstance(cell, str):
            return cell
        seen = plain(float(Decimal(repr(cell)).scaleb(2)))
        self.shares += 1
        if not self.first_share:
            self.first_share = f"{seen} for {cell} in {letters(column - 1)}{line}"
        return seen

    def _hold(self, line: int, row: list[Cell], at: int, fault: Fault | None, text: str) -> None:
        heads = self._collector.heads
        if not heads or (at < len(heads) and (fault is None or len(self.empty) >= MOST_PROBLEMS)):
            row[at] = text
        elif at < len(heads) and fault is not None:
            self.empty[line, heads[at]] = fault

    def _name_merged(self, line: int, row: list[Cell]) -> None:
        while self._below and self._below[-1].top <= line:
            self._within.append(self._below.pop())
        self._within = [area for area in self._within if area.bottom >= line]
        # A title over several columns is no less whole for it, nor is a row that is empty.
        if not self._within or not self._collector.heads or not _is_filled(row):
            return
        for area in self._within:
            start = area.start - self._offset
            for at in range(max(start, 0), min(area.end - self._offset + 1, len(row))):
                if row[at] == "" and (line, at) != (area.top, start):
                    self._hold(line, row, at, area.fault, _MERGED)


@dataclass(frozen=True)
class _Area:
    """Cells that are merged: rows from 1, columns from 0."""

    top: int
    start: int
    bottom: int
    end: int
    fault: Fault


def _is_filled(row: Sequence[Cell]) -> bool:
    return any(cell != "" for cell in row)


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


def _merged(read: CalamineSheet) -> list[_Area]:
    """The merged cells of a sheet, from the last to the first.

    Raises:
        UnreadableError: if some lie over others, which could have each row looked at without end.
    """
    if read.end is None:
        return []
    lines, columns = read.end[0] + 1, read.end[1] + 1
    areas = []
    for (top, start), (bottom, end) in read.merged_cell_ranges or []:
        fault = Fault(
            f"The cell is merged with others ({letters(start)}{top + 1}:{letters(end)}{bottom + 1})"
            ", and only the first of them has the value.",
            "Take the merging back and fill the cells.",
        )
        if top < lines and start < columns:
            areas.append(
                _Area(top + 1, start, min(bottom + 1, lines), min(end, columns - 1), fault)
            )
    if sum((it.bottom - it.top + 1) * (it.end - it.start + 1) for it in areas) > lines * columns:
        raise UnreadableError(
            "Merged cells of the sheet lie over each other. Take the merging back and fill the "
            "cells."
        )
    return sorted(areas, key=lambda area: area.top, reverse=True)
