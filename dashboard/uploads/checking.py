"""Cells into values: what each row says, or what is wrong with it, by row and column.

A row is right or it is left out; nothing is guessed and nothing filled in. An empty value is a gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.catalogue.errors import Problem
from dashboard.uploads.clashes import several_units, several_values, without_repeats
from dashboard.uploads.heads import no_year
from dashboard.uploads.limits import MOST_CELLS, MOST_INDICATORS, MOST_PROBLEMS
from dashboard.uploads.mapping import Mapping as Columns
from dashboard.uploads.names import Gazetteer, Meant
from dashboard.uploads.numbers import Number, Style, is_gap, number, plain_numbers, style_of
from dashboard.uploads.sheet import (
    EXTRA,
    Cell,
    Column,
    Fault,
    Sheet,
    UnreadableError,
    shown,
    tidy,
    written,
)
from dashboard.uploads.years import year

# A name of a place that the reader leaves out.
LEFT_OUT = ""
# Names that places like them are sought for; a column with more is hardly one of places.
MOST_NAMES = 300


@dataclass(frozen=True)
class Checked:
    """What a sheet says.

    Attributes:
        rows: the values, one row each: line, column, place_id, year, value, indicator, unit, note.
        problems: what is wrong, in the order of the rows; at most `MOST_PROBLEMS`.
        wrong: how many cells or rows are wrong, listed or not.
        texts: cells of the values that are left out, as texts: line, column, place, year,
            indicator, unit, value, note.
        gaps: how many cells say that there is no value.
        left_out: how many values are of places that the reader left out.
        mended: what was mended without asking, in sentences.
        faults: what is wrong with cells, by column and the number of the cell in it.
        sheet: the table.
        columns: what its columns hold.
        names: every name of a place, with what it may mean, and how many cells have it.
        open_names: those of them that the reader must decide on.
        style: how numbers are written, as found or as the reader said.
        asks_style: whether numbers can be read in two ways, so that the reader may have to say.
    """

    rows: pd.DataFrame
    problems: list[Problem]
    wrong: int
    texts: pd.DataFrame
    gaps: int
    left_out: int
    mended: list[str]
    faults: dict[str, dict[int, Fault]]
    sheet: Sheet
    columns: Columns
    names: dict[str, tuple[Meant, int]]
    open_names: list[str]
    style: Style | None
    asks_style: bool

    @property
    def indicators(self) -> list[str]:
        """What is measured, in the order of the rows; one empty name if the sheet does not say."""
        return list(dict.fromkeys(self.rows["indicator"]))


def check(
    sheet: Sheet,
    columns: Columns,
    gazetteer: Gazetteer,
    decided: Mapping[str, str],
    style: Style | None = None,
) -> Checked:
    """Check every cell of a sheet.

    Args:
        sheet: the table.
        columns: what its columns hold; nothing may be missing.
        gazetteer: tells names of places.
        decided: the place that a name means, as the reader has said; `LEFT_OUT` for none.
        style: how numbers are written, as the reader has said.

    Raises:
        UnreadableError: if the sheet has more cells or indicators than may be.
    """
    return _Check(sheet, columns, gazetteer, decided, style).checked()


class _Check:
    def __init__(
        self,
        sheet: Sheet,
        columns: Columns,
        gazetteer: Gazetteer,
        decided: Mapping[str, str],
        style: Style | None,
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._gazetteer = gazetteer
        self._decided = decided
        self._problems = list(sheet.problems)
        self._wrong = sheet.wrong
        self._mended: Counter[str] = Counter()
        self._names: dict[str, list[Any]] = {}
        self._faults: dict[str, dict[int, Fault]] = {}
        values = {name: sheet.columns[name].cells for name in self._columns.of_values}
        self._plain = {name: plain_numbers(cells) for name, cells in values.items()}
        texts = (
            cells[code]
            for name, cells in values.items()
            for code in np.flatnonzero(~self._plain[name][0])
            if not is_gap(cells[code])
        )
        has_points = any(points for _, _, points in self._plain.values())
        found, self._asks_style = style_of(texts, has_points=has_points)
        self._style = style or found

    def checked(self) -> Checked:
        """All of it."""
        if self._sheet.size * len(self._columns.of_values) > MOST_CELLS:
            raise UnreadableError("The sheet has too many cells. Leave out columns.")
        longer = self._longer()
        parts = [self._part(name, longer) for name in self._columns.of_values]
        rows = pd.concat([found for found, _, _ in parts], ignore_index=True)
        texts = pd.concat([left for _, left, _ in parts], ignore_index=True)
        gaps = sum(number for _, _, number in parts)
        left_out = int((rows["place_id"] == LEFT_OUT).sum())
        rows = rows[rows["place_id"] != LEFT_OUT].reset_index(drop=True)
        rows = rows.sort_values("line", kind="stable").reset_index(drop=True)
        rows, repeats = without_repeats(rows)
        if repeats:
            self._mended["Rows that stand twice are taken once"] += repeats
        values = several_values(rows, self._gazetteer)
        units = several_units(rows.drop(index=values.at), self._columns.unit)
        for clashes in (values, units):
            listed = len(self._listed(clashes.at))
            for clash in islice(clashes.said, listed):
                self._report(clash.line, clash.column, clash.cell, clash.fault)
        wrong = rows.index.isin(values.at) | rows.index.isin(units.at)
        texts = pd.concat([texts, self._as_texts(rows[wrong])], ignore_index=True)
        rows = rows[~wrong].reset_index(drop=True)
        if rows["indicator"].nunique() > MOST_INDICATORS:
            raise UnreadableError(
                f"The column “{self._columns.indicator}” has {rows['indicator'].nunique():,} "
                f"different cells, and up to {MOST_INDICATORS} indicators can be read at once. "
                "Choose another column, or none."
            )
        names, open_names = self._asked()
        self._problems.sort(key=lambda problem: problem.row or 0)
        return Checked(
            rows=rows,
            problems=self._problems[:MOST_PROBLEMS],
            wrong=self._wrong,
            texts=texts.sort_values("line", kind="stable").reset_index(drop=True),
            gaps=gaps,
            left_out=left_out,
            mended=[f"{text} ({count:,})" for text, count in self._mended.items()],
            faults=self._faults,
            sheet=self._sheet,
            columns=self._columns,
            names=names,
            open_names=open_names,
            style=self._style,
            asks_style=self._asks_style,
        )

    def _longer(self) -> npt.NDArray[np.bool_]:
        """The rows that have more cells than there are heads, in this file or in one before it.

        In a copy that comes back, those cells stand in a column of ours. As long as they do, the
        row is wrong: the value before them may be one half of it.
        """
        longer = np.zeros(self._sheet.size, dtype=bool)
        if self._sheet.extra is not None:
            longer |= self._sheet.extra.codes > 0
        ours = self._sheet.columns.get(EXTRA)
        if ours is not None:
            is_empty = np.array([not tidy(written(cell)) for cell in ours.cells], dtype=bool)
            found = ~is_empty[ours.codes]
            for row in self._listed(np.flatnonzero(found)):
                fault = Fault("stands beside the columns.", "Put it where it belongs, or empty it.")
                line = int(self._sheet.lines[row])
                self._report(line, EXTRA, ours.cells[ours.codes[row]], fault)
            longer |= found
        return longer

    def _part(
        self, values: str, longer: npt.NDArray[np.bool_]
    ) -> tuple[pd.DataFrame, pd.DataFrame, int]:
        """The values of a column, the texts of those that are wrong, and the number of gaps."""
        sheet, columns = self._sheet, self._columns
        of_value = sheet.columns[values]
        is_no_value = np.zeros(len(of_value.cells), dtype=bool)
        is_plain, plain_values, has_points = self._plain[values]
        for code in np.flatnonzero(~is_plain):
            is_no_value[code] = is_gap(of_value.cells[code])
        special = self._special(values)
        gap = is_no_value[of_value.codes] if len(of_value.cells) else np.zeros(0, dtype=bool)
        gap &= ~special & ~longer
        wanted = ~gap & ~longer
        known = None if has_points and self._style == "comma" else (is_plain, plain_values)
        numbers, bad_value = self._read(
            of_value, values, wanted & ~special, self._number, 0.0, known
        )
        bad_value |= special
        if columns.layout == "places_across":
            places, bad_place = self._across(values, wanted, self._place, LEFT_OUT)
        else:
            places, bad_place = self._read(
                sheet.columns[str(columns.place)], str(columns.place), wanted, self._place, LEFT_OUT
            )
        if columns.layout == "years_across":
            years, bad_year = self._across(values, wanted, self._year_across, 0)
        else:
            years, bad_year = self._read(
                sheet.columns[str(columns.year)], str(columns.year), wanted, self._year, 0
            )
        bad = (bad_value | bad_place | bad_year) & wanted
        right = np.flatnonzero(wanted & ~bad)
        rows = pd.DataFrame(
            {
                "line": sheet.lines[right],
                "column": values,
                "place_id": places[right],
                "year": years[right],
                "value": numbers[right],
                **_said(sheet, columns, right),
            }
        )
        left = np.flatnonzero(bad | longer)
        texts = texts_of(sheet, columns, values, left)
        return rows, texts, int(gap.sum())

    def _read(
        self,
        column: Column,
        name: str,
        wanted: npt.NDArray[np.bool_],
        read: Callable[[Cell, int], Any],
        nothing: Any,
        known: tuple[npt.NDArray[np.bool_], npt.NDArray[Any]] | None = None,
    ) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
        """What each row of a column says, and which of them say nothing that can be read.

        Args:
            column: the cells.
            name: its name, for problems.
            wanted: the rows that are asked for.
            read: what a cell that so many rows have says, or what is wrong with it.
            nothing: stands where nothing could be read.
            known: the cells of which it is known already what they say, and what.
        """
        counts = np.bincount(column.codes[wanted], minlength=len(column.cells))
        kind = object if isinstance(nothing, str) else type(nothing)
        said = np.full(len(column.cells), nothing, dtype=kind)
        is_asked = counts > 0
        if known is not None:
            said[known[0]] = known[1][known[0]]
            is_asked &= ~known[0]
        faults: dict[int, Fault] = {}
        for code in map(int, np.flatnonzero(is_asked)):
            found = read(column.cells[code], int(counts[code]))
            if isinstance(found, Fault):
                faults[code] = found
            else:
                said[code] = found
        self._faults.setdefault(name, {}).update(faults)
        is_bad = np.zeros(len(column.cells), dtype=bool)
        is_bad[list(faults)] = True
        bad = is_bad[column.codes] & wanted if len(column.cells) else np.zeros(0, dtype=bool)
        for row in self._listed(np.flatnonzero(bad)):
            code = int(column.codes[row])
            self._report(int(self._sheet.lines[row]), name, column.cells[code], faults[code])
        return said[column.codes] if len(said) else said, bad

    def _across(
        self,
        name: str,
        wanted: npt.NDArray[np.bool_],
        read: Callable[[Cell, int], Any],
        nothing: Any,
    ) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
        """What the head of a column says of all its rows, as `_read` gives it."""
        head = self._sheet.columns[name].head
        found = read(head, int(wanted.sum()))
        is_bad = isinstance(found, Fault)
        if isinstance(found, Fault):
            self._report(None, name, head, found)
            found = nothing
        kind: Any = object if isinstance(nothing, str) else type(nothing)
        return np.full(self._sheet.size, found, dtype=kind), np.full(self._sheet.size, is_bad)

    def _special(self, name: str) -> npt.NDArray[np.bool_]:
        """The rows in which a cell is empty and no gap; each is reported."""
        held = np.zeros(self._sheet.size, dtype=bool)
        at = {int(line): row for row, line in enumerate(self._sheet.lines)}
        column = self._sheet.columns[name]
        for (line, of), fault in self._sheet.empty.items():
            row = at.get(line) if of == name else None
            if row is not None and column.cells[column.codes[row]] == "":
                held[row] = True
                self._report(line, name, "", fault)
        return held

    def _number(self, cell: Cell, count: int) -> float | Fault:
        found = number(cell, self._style)
        if isinstance(found, Number):
            if found.is_mended:
                self._mended["Numbers are written with a decimal point and nothing else"] += count
            return found.value
        return found

    def _year(self, cell: Cell, count: int) -> int | Fault:
        if is_gap(cell):
            return Fault("The year is missing.", "Write it in four digits.")
        found = year(cell)
        if isinstance(found, Fault):
            return found
        if found[1]:
            self._mended["Years are written in four digits"] += count
        return found[0]

    def _year_across(self, head: Cell, count: int) -> int | Fault:
        found = self._year(head, count)
        return no_year(tidy(written(head)), found) if isinstance(found, Fault) else found

    def _place(self, cell: Cell, count: int) -> str | Fault:
        name = tidy(written(cell))
        if not name:
            return Fault("The place is missing.", "Write its name or its code of three letters.")
        meant = self._gazetteer.exact(name)
        self._names.setdefault(name, [meant, 0])[1] += count
        decided = self._decided.get(name, meant.place_id)
        if decided is None:
            return Fault(
                "is no place of the atlas by this name.",
                "Choose the place that is meant above, or leave it out.",
            )
        return decided

    def _asked(self) -> tuple[dict[str, tuple[Meant, int]], list[str]]:
        """All names with what they may mean; and those that the reader has yet to decide on."""
        unknown = [name for name, (meant, _) in self._names.items() if meant.place_id is None]
        like = self._gazetteer.like(unknown[:MOST_NAMES])
        names = {
            name: (like.get(name, meant), int(count))
            for name, (meant, count) in self._names.items()
        }
        return names, [name for name in unknown if name not in self._decided]

    def _as_texts(self, rows: pd.DataFrame) -> pd.DataFrame:
        names = {key: self._gazetteer.name(key) for key in rows["place_id"].unique()}
        places = rows["place_id"].map(names)
        texts = rows[["line", "column", "year", "indicator", "value", "unit", "note"]].astype(
            object
        )
        return texts.assign(place=places)

    def _report(self, line: int | None, column: str, cell: Cell, fault: Fault) -> None:
        if written(cell) == "":
            fault = self._sheet.empty.get((line or 0, column), fault)
        self._wrong += 1
        value = shown(cell) or None
        self._problems.append(
            Problem(self._sheet.file, line, column, value, fault.message, fault.remedy)
        )

    def _listed(self, wrong: Any) -> Any:
        """The first of what is wrong, as many as are listed in all; the others are counted."""
        room = max(0, MOST_PROBLEMS - len(self._problems))
        self._wrong += len(wrong[room:])
        return wrong[:room]


def texts_of(
    sheet: Sheet, columns: Columns, values: str, rows: npt.NDArray[np.int64]
) -> pd.DataFrame:
    """The cells of a column of values, with all that the file says of them, as texts.

    Args:
        sheet: the table.
        columns: what its columns hold.
        values: the column.
        rows: places of rows among all.
    """
    head = sheet.columns[values].head
    return pd.DataFrame(
        {
            "line": sheet.lines[rows],
            "column": values,
            "place": _texts(sheet, columns.place, rows, head),
            "year": _texts(sheet, columns.year, rows, head),
            "value": _texts(sheet, values, rows),
            **_said(sheet, columns, rows),
        }
    )


def _said(sheet: Sheet, columns: Columns, rows: npt.NDArray[np.int64]) -> dict[str, Any]:
    """What rows say besides place, year and value."""
    names = ("indicator", "unit", "note")
    return {name: _texts(sheet, getattr(columns, name), rows) for name in names}


def _texts(sheet: Sheet, name: str | None, rows: npt.NDArray[np.int64], otherwise: str = "") -> Any:
    """The cells that rows have in a column, as texts; without a column what is given for it."""
    if name is None:
        return otherwise
    column = sheet.columns[name]
    if not len(rows):
        return np.zeros(0, dtype=object)
    texts = np.array([tidy(written(cell)) for cell in column.cells], dtype=object)
    return texts[column.codes[rows]]


def said_of(checked: Checked) -> list[str]:
    """For each of the texts that are left out, all that is wrong with it, in one line.

    Problems are listed up to a number; what is wrong with the others is told from their cells.
    """
    of_rows: dict[int, list[str]] = {}
    of_heads: dict[str, list[str]] = {}
    for problem in checked.problems:
        if problem.row is not None:
            of_rows.setdefault(problem.row, []).append(_said_of(problem, problem.column))
        elif problem.column is not None:
            of_heads.setdefault(problem.column, []).append(_said_of(problem))
    lines, columns = checked.texts["line"].tolist(), checked.texts["column"].tolist()
    rows = np.searchsorted(checked.sheet.lines, lines).tolist()
    extra = checked.sheet.extra

    def is_longer(row: int) -> bool:
        return extra is not None and extra.codes[row] > 0

    is_listed_in_full = checked.wrong <= len(checked.problems)
    found = []
    for line, column, row in zip(lines, columns, rows, strict=True):
        said = [*of_heads.get(column, ()), *of_rows.get(line, ())]
        if is_longer(row):
            said = said or ["The row has more cells than there are heads."]
        elif not is_listed_in_full:
            said += _faults_of(checked, row, line, column)
        found.append(" ".join(dict.fromkeys(said)) or "Another row gives another value or unit.")
    return found


def _faults_of(checked: Checked, row: int, line: int, values: str) -> Iterator[str]:
    sheet, columns = checked.sheet, checked.columns
    for name in filter(None, (columns.place, columns.year, values)):
        column = sheet.columns[name]
        code = int(column.codes[row])
        fault = checked.faults.get(name, {}).get(code)
        if column.cells[code] == "":
            fault = sheet.empty.get((line, name), fault)
        if fault is not None:
            cell = shown(column.cells[code]) or None
            yield _said_of(Problem(sheet.file, line, name, cell, fault.message, fault.remedy), name)


def _said_of(problem: Problem, column: str | None = None) -> str:
    where = f"{column}: " if column else ""
    value = f"“{problem.value}” " if problem.value else ""
    return f"{where}{value}{problem.message} {problem.remedy}"
