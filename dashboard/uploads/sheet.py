"""A table as it was read: cells as they stand in the file, and where each of them stands.

A column is its distinct cells and, for each row, which of them stands there, as in the loader of
the package: a million rows have far fewer different places, years and units.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from dashboard.catalogue.errors import Problem
from dashboard.uploads.head_rows import ROWS_TRIED, head_row
from dashboard.uploads.limits import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_PROBLEMS,
    MOST_ROWS,
)

# Text, or a number that the file itself holds as one, a whole one as int (see `plain`). A date is
# text: 2020-01-31.
Cell = str | int | float
SHOWN_LETTERS = 60
_PORTION = 4096
# Notes and addresses have some lines; a text of many more is rows.
LONGEST_LINE, MOST_LINES = 200, 5
# The column of our own copies for cells of a row beyond the last head; not taken for data.
EXTRA = "extra cells"
# The wide forms in which Japanese and Chinese texts have ASCII.
_WIDE = {narrow + 0xFEE0: narrow for narrow in range(0x21, 0x7F)}
_CONTROLS = r"\x00-\x1f\x7f-\x9f"
_BETWEEN_DIGITS = re.compile(rf"(?<=\d) *[{_CONTROLS}][{_CONTROLS} ]*(?=\d)")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


class UnreadableError(ValueError):
    """A file of which nothing can be read; the message says why and what to do."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell, and how to mend it."""

    message: str
    remedy: str


@dataclass(frozen=True)
class Column:
    """The cells of a column: the distinct ones, and which of them stands in each row.

    Its head is what the file says; its name is short, and no other column has it.
    """

    name: str
    cells: list[Cell]
    codes: npt.NDArray[np.int32]
    head: str


@dataclass(frozen=True)
class Sheet:
    """What a file holds.

    Attributes:
        file: its name.
        columns: by name, in their order.
        lines: the row of the file that each row stands in, as a spreadsheet counts.
        problems: what of the file could not be read, by row and column; at most `MOST_PROBLEMS`.
        wrong: how many problems there are, listed or not.
        extra: of each row the cells beyond the last head, as one text; such a row is wrong. None
            where no row has any.
        remarks: how the file was read, in sentences.
        empty: why a cell is empty that is no gap, by row and column.
        encoding: of a text file, as Python names it; empty for others.
        sheets: names of the sheets of a workbook.
        head_line: the row of the file that has the heads.
        head_rows: the first rows that may have them, by row of the file, with their cells; empty
            where the file itself says what its heads are.
    """

    file: str
    columns: dict[str, Column]
    lines: npt.NDArray[np.int64]
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0
    extra: Column | None = None
    remarks: list[str] = field(default_factory=list)
    empty: dict[tuple[int, str], Fault] = field(default_factory=dict)
    encoding: str = ""
    sheets: tuple[str, ...] = ()
    head_line: int = 1
    head_rows: dict[int, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many rows it has."""
        return len(self.lines)


class Collector:
    """Takes the rows of a file one by one, finds its heads, and keeps the columns."""

    def __init__(self, file: str, heads: int | None = None) -> None:
        """Begin with nothing.

        Args:
            file: its name.
            heads: the row with the heads, as the reader says; found out if it is None.
        """
        self.file = file
        self._said = heads
        self.problems: list[Problem] = []
        self.wrong = 0
        self.remarks: list[str] = []
        self._heads: list[str] = []
        self._head_cells: list[str] = []
        self._head_line = 0
        # The first rows wait here until it is known which of them has the heads.
        self._first: list[tuple[int, Sequence[Cell]]] = []
        self._head_rows: dict[int, str] = {}
        self._columns: list[_Distinct] = []
        self._lines = array("q")
        # The rows with more cells than heads, by their place among all, and those cells.
        self._longer = array("q")
        self._extra = _Distinct()
        # Rows are turned into columns in portions, so that not all of them are held as lists.
        self._rows: list[Sequence[Cell]] = []

    def add(self, line: int, cells: Sequence[Cell]) -> None:
        """Take a row.

        Args:
            line: where it stands in the file.
            cells: its cells; those that are empty at its end may be missing.

        Raises:
            UnreadableError: if the file has more rows or columns than may be.
        """
        width = len(self._heads)
        if len(cells) != width or not any(cells):
            if not width:
                self._hold(line, cells)
                return
            kept = _without_empty_end(cells)
            if not kept:
                return
            if len(kept) > width:
                self.report(
                    line,
                    None,
                    None,
                    f"The row has {len(kept)} cells, and the heads have {width}.",
                    "Take the extra cells out, or put texts with commas into quotation marks.",
                )
                self._longer.append(len(self._lines))
                self._extra.add([tidy(" | ".join(map(written, kept[width:])))])
                kept = kept[:width]
            cells = [*kept, *[""] * (width - len(kept))]
        self._rows.append(cells)
        self._lines.append(line)
        if len(self._rows) == _PORTION:
            self._turn()

    @property
    def heads(self) -> list[str]:
        """Names of the columns, as far as rows have come that tell them."""
        self._settle()
        return self._heads

    @property
    def head_line(self) -> int:
        """The row with the heads; 0 as long as there is none."""
        self._settle()
        return self._head_line

    @property
    def has_heads(self) -> bool:
        """Whether so many rows have come that their heads are settled."""
        return bool(self._heads)

    def begin_like(self, other: Collector) -> None:
        """Take the heads that another one has found in the same file, and what it remarked."""
        self._heads, self._head_cells = other.heads, other._head_cells
        self._head_line, self._head_rows = other.head_line, other._head_rows
        self.remarks += other.remarks

    def take(self, line: int, columns: Sequence[tuple[list[Cell], npt.NDArray[np.int32]]]) -> None:
        """Take all rows below the heads at once, which stand in lines that follow each other.

        Args:
            line: where the first of them stands in the file.
            columns: of each head the different cells, in the order they come, and which of them
                stands in each row. No cell is long, and no row empty.

        Raises:
            UnreadableError: if the file has more rows or cells than may be.
        """
        self._lines.extend(range(line, line + len(columns[0][1])))
        self._check_size()
        self._columns = [_Distinct() for _ in columns]
        for column, (cells, codes) in zip(self._columns, columns, strict=True):
            column.take(cells, codes)

    def _turn(self) -> None:
        """Turn the rows that wait into columns."""
        self._check_size()
        first = len(self._lines) - len(self._rows)
        for name, column, cells in zip(
            self._heads, self._columns, zip(*self._rows, strict=True), strict=False
        ):
            for new in column.add(cells):
                if isinstance(column.cells[new], str):
                    self._check(name, column, new, first)
        self._rows.clear()

    def _check_size(self) -> None:
        held = len(self._lines)
        if held > MOST_ROWS:
            raise UnreadableError(
                f"The file has more than {MOST_ROWS:,} rows. Leave out what you do not need, or "
                "make two files of it."
            )
        if held * len(self._heads) > MOST_CELLS:
            raise UnreadableError(
                f"The file has more than {MOST_CELLS:,} cells. Leave out columns that you do not "
                "need, or make two files of it."
            )

    def _check(self, name: str, column: _Distinct, new: int, first: int) -> None:
        """Report a text that is no cell but rows, behind a quotation mark that is not closed."""
        text = str(column.cells[new])
        if len(text) <= LONGEST_LINE:
            return
        at = first + column.first(new, first)
        if text.count("\n") > MOST_LINES or len(text) > LONGEST_CELL:
            self.report(
                self._lines[at],
                name,
                text[:SHOWN_LETTERS],
                f"has {len(text):,} letters in {text.count(chr(10)) + 1:,} lines.",
                "Shorten it. A quotation mark that is not closed swallows the rows below it.",
            )
        if len(text) > LONGEST_CELL:
            column.cells[new] = ""

    def _hold(self, line: int, cells: Sequence[Cell]) -> None:
        """Keep one of the first rows until it is known which of them has the heads."""
        filled = sum(not _is_empty(cell) for cell in cells)
        if not self._first and filled == 1:
            self.remarks.append(f"Row {line} has one cell only and is taken for a title.")
        if (not self._first and filled < 2) or not any(cells):
            return
        self._first.append((line, cells))
        if len(self._first) == ROWS_TRIED:
            self._settle()

    def _settle(self) -> None:
        """Take one of the first rows for the heads, those above it for titles, and go on below."""
        if self._heads or not self._first:
            return
        held, self._first = self._first, []
        texts = [[tidy(written(cell)) for cell in _without_empty_end(row)] for _, row in held]
        self._head_rows = {
            line: ", ".join(filter(None, cells))[: 2 * SHOWN_LETTERS]
            for (line, _), cells in zip(held, texts, strict=True)
            if sum(map(bool, cells)) > 1
        }
        lines = [line for line, _ in held]
        at = lines.index(self._said) if self._said in lines else head_row(texts)
        line = lines[at]
        if len(texts[at]) > MOST_COLUMNS:
            raise UnreadableError(
                f"The file has {len(texts[at]):,} columns, and up to {MOST_COLUMNS:,} can be read. "
                "Give places, years and values in rows, as the template has them."
            )
        self._head_cells, self._head_line = texts[at], line
        self._heads = _names(texts[at])
        self._columns = [_Distinct() for _ in self._heads]
        self.remarks += [f"Row {above} is taken for a title." for above in lines[:at]]
        if line > 1:
            self.remarks.append(f"Row {line} is taken for the heads of the columns.")
        for below, row in held[at + 1 :]:
            self.add(below, row)

    def report(
        self, line: int | None, column: str | None, value: str | None, message: str, remedy: str
    ) -> None:
        """Note a problem; of very many the first, and how many there are."""
        self.wrong += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(
                Problem(self.file, line, column, shown(value) if value else None, message, remedy)
            )

    def sheet(
        self,
        empty: dict[tuple[int, str], Fault] | None = None,
        encoding: str = "",
        sheets: Iterable[str] = (),
    ) -> Sheet:
        """The table.

        Raises:
            UnreadableError: if there was no row of heads, or no row below it.
        """
        if self.heads and self._rows:
            self._turn()
        if not self.heads:
            raise UnreadableError(
                "The file has no table: a row with the names of at least two columns is expected, "
                "and the values below it. The template shows how."
            )
        if not len(self._lines) and not self.problems:
            raise UnreadableError(
                "The file has heads and no rows below them. Check that this is the right file, or "
                "the right sheet of it."
            )
        columns = {
            name: Column(name, column.cells, column.codes(), head)
            for name, head, column in zip(self.heads, self._head_cells, self._columns, strict=True)
        }
        lines = np.array(self._lines, dtype="int64")
        last = self._lines[-1] if len(lines) else 0
        return Sheet(
            self.file,
            columns,
            lines,
            self.problems,
            self.wrong,
            self._extra_cells(),
            self.remarks,
            empty or {},
            encoding,
            tuple(sheets),
            self._head_line,
            {line: cells for line, cells in self._head_rows.items() if line < last},
        )

    def _extra_cells(self) -> Column | None:
        if not self._longer:
            return None
        codes = np.zeros(len(self._lines), dtype="int32")
        codes[np.array(self._longer)] = self._extra.codes() + 1
        return Column(EXTRA, ["", *self._extra.cells], codes, EXTRA)


class _Distinct(dict[Cell, int]):
    """Gives each distinct cell of a column a number, in the order they come."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[Cell] = []
        self._codes = array("i")

    def __missing__(self, cell: Cell) -> int:
        self[cell] = code = len(self.cells)
        self.cells.append(cell)
        return code

    def add(self, cells: Iterable[Cell]) -> range:
        """Take cells; return the numbers of those that are new."""
        before = len(self.cells)
        self._codes.extend(map(self.__getitem__, cells))
        return range(before, len(self.cells))

    def take(self, cells: list[Cell], codes: npt.NDArray[np.int32]) -> None:
        """Take all cells of a column at once: the different ones, and which stands in each row."""
        self.cells = cells
        self._codes = array("i", codes.tobytes())

    def first(self, code: int, start: int) -> int:
        """How many rows after one the first is that has a cell."""
        return self._codes[start:].index(code)

    def codes(self) -> npt.NDArray[np.int32]:
        return np.array(self._codes, dtype="int32")


def _is_empty(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _without_empty_end(cells: Sequence[Cell]) -> list[Cell]:
    kept = list(cells)
    while kept and _is_empty(kept[-1]):
        kept.pop()
    return kept


def _names(heads: Sequence[str]) -> list[str]:
    """Names of columns, each once; one without a name gets the letter of its column."""
    found: list[str] = []
    taken: set[str] = set()
    for number, head in enumerate(heads):
        name = head[:SHOWN_LETTERS] or f"Column {letters(number)}"
        unique, count = name, 1
        while unique in taken:
            count += 1
            unique = f"{name} ({count})"
        taken.add(unique)
        found.append(unique)
    return found


def letters(number: int) -> str:
    """The letters of a column in a spreadsheet: 0 is A, 26 is AA."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def plain(number: float) -> Cell:
    """A number as a cell: whole ones as int, for a year may be held as 2020.0; none as a text."""
    if number != number:
        return ""
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def written(cell: Cell) -> str:
    """A cell as text."""
    return str(cell)


def tidy(text: str) -> str:
    """A text in one line, without signs that nobody sees: marks of direction, joiners, controls.

    Wide letters and digits become narrow ones. Other signs stay as they are, and a line break
    between digits becomes a stroke: 12² and two lines would else look like other numbers, and be
    taken for them when a copy comes back.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(map(_kept, unicodedata.normalize("NFC", text.translate(_WIDE))))
    return " ".join(_UNSEEN.sub("", _BETWEEN_DIGITS.sub(" / ", kept)).split())


def _kept(sign: str) -> str:
    """What a text in one line has for a sign; a control character for one that parts lines."""
    match unicodedata.category(sign):
        case "Zl" | "Zp":
            return "\n"
        case "Zs":
            return " "
        case "Cf":
            return ""
        case "Cs" | "Co" | "Cn":
            return "\ufffd"
    return sign


def shown(value: Cell) -> str:
    """A cell as a list of problems has it: tidy and short."""
    text = tidy(written(value)[: 4 * SHOWN_LETTERS])
    return text if len(text) <= SHOWN_LETTERS else f"{text[: SHOWN_LETTERS - 1]}…"
