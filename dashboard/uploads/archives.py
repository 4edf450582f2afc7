"""What a workbook would unfold to, reckoned from its bytes before a library opens it.

The library that reads workbooks makes room for every cell between the first and the last, repeats
each text where it stands, and gives an error of the spreadsheet as an empty cell. So a file of a
few kilobytes could take all memory, and an error pass for a gap.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from html import unescape
from itertools import groupby
from posixpath import basename

import numpy as np

from dashboard.uploads.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    MOST_UNPACKED,
)
from dashboard.uploads.sheet import UnreadableError

# Tables of numbers shrink to a tenth; a hundredth is air.
MOST_SHRUNK = 100
SMALL_ENOUGH = 4 * 1024 * 1024
MOST_PARTS = 2_000
LONG_TEXT = 1_000

DAMAGED = "The workbook is damaged or not complete. Open it, save it as XLSX and try again."
PROTECTED = "The workbook is protected by a password. Save a copy without one and try again."
_MACROS = "vbaproject.bin"
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEXTS, _STYLES = "sharedstrings.xml", "styles.xml"

# What the library for archives raises on damaged ones: much of it is not of its own kind.
_UNZIPPING = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, EOFError,
    OSError, RuntimeError, ValueError,
)  # fmt: skip

# Wherever it stands: what is no cell does no harm here, and what is one must not go unseen. The
# letter comes first and what stands before it after, for a search that begins with a letter is
# twice as fast.
_CELL = re.compile(rb"r(?<=\Wr)\s*=\s*[\"']([A-Za-z]{0,3})0*([0-9]+)")
_PORTION = 8 * 1024 * 1024
# Nothing here looks past the next angle, so that no text takes more than one pass.
_C, _F, _V = rb"<(?:\w+:)?c\b([^<>]*)>", rb"<(?:\w+:)?f\b", rb"<(?:\w+:)?v\b[^<>]*>"
_SAYS = rb"(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)"
_FORMULA = re.compile(_C + rb"\s*" + _F + _SAYS + rb"(?:\s*(" + _V + rb")([^<]?))?")
_ERROR = re.compile(
    _C.replace(rb"c\b", rb"c\b(?=[^<>]*\bt\s*=\s*[\"']e[\"'])")
    + rb"(?:(?:\s*" + _F + _SAYS + rb")?\s*" + _V + rb"([^<]*))?"
)  # fmt: skip
_ANY_FORMULA = tuple(re.compile(mark + rb"f[\s/>]") for mark in (b"<", b":"))
_ANY_ERROR = re.compile(rb"=\s*[\"']e[\"']")
# The result of a formula may be a text without a letter, which is saved as one.
_IS_TEXT = re.compile(rb"\bt\s*=\s*[\"']str[\"']")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)\b([^<>]*)>")
_LINE = re.compile(rb"\sr\s*=\s*[\"']([0-9]{1,7})[\"']")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
# Most programs write the name of each cell first; where that is so, no cell is without.
_UNLIKE = tuple(re.compile(mark + rb"c(?! r=\")[\s/>]") for mark in (b"<", b":"))
_TEXT = re.compile(rb"<(?:\w+:)?si\b")
_OF_TEXT = re.compile(_C + rb"\s*" + _V + rb"\s*([0-9]{1,9})\s*<")
# Parts of a text that differ in their format; how a Japanese text is read stands beside them.
_RUN = re.compile(rb"<(?:\w+:)?r>")
_READING = re.compile(rb"<(?:\w+:)?rPh\b[^<>]*>\s*<(?:\w+:)?t\b[^<>]*>[^<]*<")
_LETTERS_OF = re.compile(rb"<(?:\w+:)?t\b[^<>]*>([^<]*)<")
_IS_RAISED = re.compile(rb"vertAlign\b[^<>]*(?:super|sub)script")
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STYLED = re.compile(rb"<(?:\w+:)?c\b(?=([^<>]*))[^<>]*?\ss\s*=\s*[\"'](\d{1,6})[\"']")
_FORMAT, _STYLE = re.compile(rb"<(?:\w+:)?numFmt\b[^<>]*>"), re.compile(rb"<(?:\w+:)?xf\b[^<>]*>")
# What a format shows as it stands, a sign of per cent among it, and what it says of colours.
_LETTERS = re.compile(r"\"[^\"]*\"|[\\_*].|\[[^\]]*\]")
# The formats 0% and 0.00%, which every spreadsheet has.
_OWN_PER_CENT = {"9", "10"}
_SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^<>]*>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")


# What a cell is, apart from an error or a text: those have the place of their words in a list.
UNSAVED, PER_CENT = -1, -2
_COLUMN_BITS = 16


class Marks:
    """Cells of a sheet of which the library does not tell all: it takes some of them for empty.

    Attributes:
        results: how many formulas have a result that was saved with them.
        words: the errors of the spreadsheet, and texts with raised digits, each once.
    """

    def __init__(self) -> None:
        self.results = 0
        self.words: list[str] = []
        # A sheet may have millions: a place is one number, of the row and then the column.
        self._places, self._kinds = array("q"), array("i")

    def add(self, line: int, column: int, kind: int) -> None:
        """Mark a cell by its row and column from 1, with one of two kinds or the place of words."""
        self._places.append(line << _COLUMN_BITS | column)
        self._kinds.append(kind)

    def by_line(self) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Each row that has any, from the first, with the column and the kind of each."""
        places = np.array(self._places, dtype="int64")
        order = np.argsort(places, kind="stable")
        # As arrays again, whose items are made one by one.
        sorted_places = array("q", places[order].tobytes())
        kinds = array("i", np.array(self._kinds, dtype="int32")[order].tobytes())
        marks = zip(sorted_places, kinds, strict=True)
        for line, group in groupby(marks, key=lambda mark: mark[0] >> _COLUMN_BITS):
            yield line, [(place & (1 << _COLUMN_BITS) - 1, kind) for place, kind in group]

    @property
    def first_column(self) -> int | None:
        """The first column that has any but per cents, which may be empty; None if none has."""
        places = np.array(self._places, dtype="int64")
        places = places[np.array(self._kinds, dtype="int32") != PER_CENT]
        return int((places & (1 << _COLUMN_BITS) - 1).min()) if len(places) else None


def marks_of(content: bytes) -> dict[str, Marks]:
    """Reckon what a workbook unfolds to, and find its formulas and errors.

    Returns:
        The marks of each sheet, by its name.

    Raises:
        UnreadableError: if it is too large, damaged, protected or has macros.
    """
    found: dict[str, Marks] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_parts(parts, len(content))
            longest, raised = 0, dict[bytes, str]()
            for part in parts:
                if part.filename.lower().endswith(_TEXTS):
                    texts = _TEXT.split(archive.read(part))
                    longest = max(longest, *map(len, texts))
                    raised |= _raised(texts[1:])
            shares = {
                style
                for part in parts
                if part.filename.lower().endswith(_STYLES)
                for style in _per_cent_styles(archive.read(part))
            }
            for part in parts:
                # Read whole: a part that says less than it holds fails the check of its sum.
                data = archive.read(part)
                # A sheet may have any name.
                if b"sheetData" in data:
                    _check_sheet(data, longest)
                    found[basename(part.filename)] = _marks(data, shares, raised)
            names = {part.filename for part in parts}
            links = archive.read(_LINKS) if _LINKS in names else b""
            return _by_name(archive.read(_BOOK), links, found)
    except UnreadableError:
        raise
    except _UNZIPPING as error:
        raise UnreadableError(PROTECTED if "encrypted" in str(error) else DAMAGED) from error


def _check_parts(parts: list[zipfile.ZipInfo], size: int) -> None:
    if any(part.filename.lower().endswith(_MACROS) for part in parts):
        raise UnreadableError(
            "The workbook has macros, which are not opened here. Save it as XLSX, which has none."
        )
    if not any(part.filename == _BOOK for part in parts):
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
    lines, columns = _reach(data)
    if lines > MOST_ROWS + 100 or columns > MOST_COLUMNS or lines * columns > MOST_CELLS:
        raise UnreadableError(
            f"A sheet of the workbook reaches to row {lines:,} and column {columns:,}. Up to "
            f"{MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns, together {MOST_CELLS:,} cells, can "
            "be read: delete what stands far from the table."
        )
    if longest > LONG_TEXT and longest * sum(1 for _ in _SHARED.finditer(data)) > MOST_TEXT:
        raise UnreadableError(
            "The texts of the workbook are too long. Leave out columns with long notes."
        )


def _reach(data: bytes) -> tuple[int, int]:
    """The last row and the last column of any cell."""
    lines = columns = 0
    # In portions, with room for a name that stands across two: a sheet has millions of cells.
    for start in range(0, len(data), _PORTION):
        part = data[start : start + _PORTION + 64]
        cells = _CELL.findall(part)
        columns = max(columns, max(map(_number, {letters for letters, _ in cells}), default=0))
        digits = {digits for _, digits in cells}
        longest = max(map(len, digits), default=0)
        last = max((item for item in digits if len(item) == longest), default=b"0")
        lines = max(lines, int(last[:9]))
    if any(unlike.search(data) for unlike in _UNLIKE):
        for _, line, column in _places(data):
            lines, columns = max(lines, line), max(columns, column)
    return lines, columns


def _places(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each cell begins in the bytes, and its row and column as the library counts them.

    One that does not say where it stands comes after the one before it.
    """
    line = column = 0
    for tag in _ROW_OR_CELL.finditer(data):
        kind, attributes = tag.groups()
        if kind == b"row":
            named = _LINE.search(attributes)
            line, column = int(named[1]) if named else line + 1, 0
        else:
            named = _PLACE.search(attributes)
            column = _number(named[1]) if named else column + 1
            yield tag.start(), int(named[2]) if named else line, column


def _marks(data: bytes, shares: set[bytes], raised: dict[bytes, str]) -> Marks:
    marks = Marks()
    words: dict[str, int] = {}
    unnamed: dict[int, int] = {}

    def add(cell: re.Match[bytes], kind: int) -> None:
        named = _PLACE.search(cell[1])
        if named:
            marks.add(int(named[2]), _number(named[1]), kind)
        else:
            unnamed[cell.start()] = kind

    # Most sheets have neither, which a plain search tells in a tenth of the time.
    if any(formula.search(data) for formula in _ANY_FORMULA):
        for cell in _FORMULA.finditer(data):
            attributes, value, letter = cell.groups()
            is_filled = value is not None and not value.endswith(b"/>") and bool(letter)
            if is_filled or (value is not None and _IS_TEXT.search(attributes)):
                marks.results += 1
            else:
                add(cell, UNSAVED)
    if _ANY_ERROR.search(data):
        for cell in _ERROR.finditer(data):
            said = (cell[2] or b"")[:20].decode("ascii", "replace").strip() or "#ERROR!"
            add(cell, words.setdefault(said, len(words)))
    for cell in _OF_TEXT.finditer(data) if raised else ():
        if cell[2] in raised and _SHARED.search(cell[1]):
            add(cell, words.setdefault(raised[cell[2]], len(words)))
    for cell in _STYLED.finditer(data) if shares else ():
        if cell[2] in shares:
            add(cell, PER_CENT)
    if unnamed:
        for start, line, column in _places(data):
            if start in unnamed:
                marks.add(line, column, unnamed[start])
    marks.words = list(words)
    return marks


def _raised(texts: list[bytes]) -> dict[bytes, str]:
    """Texts of which digits are raised or lowered by their format, which the library leaves out."""
    found = {}
    for number, text in enumerate(texts):
        if b"vertAlign" in text:
            runs = _RUN.split(_READING.sub(b"", text))
            found[str(number).encode()] = "".join(map(_letters_of, runs))
    return found


def _letters_of(run: bytes) -> str:
    letters = unescape(b"".join(_LETTERS_OF.findall(run)).decode("utf-8", "replace"))
    return letters.translate(_RAISED_DIGITS) if _IS_RAISED.search(run) else letters


def _per_cent_styles(data: bytes) -> Iterator[bytes]:
    """The numbers of the styles in which a spreadsheet shows a hundred times what a cell holds."""
    formats = {
        _attribute(tag, b"numFmtId")
        for tag in _FORMAT.findall(data)
        if "%" in _LETTERS.sub("", unescape(_attribute(tag, b"formatCode")))
    }
    # Styles of cells stand between two tags of this name.
    styles = _STYLE.findall(data.partition(b"cellXfs")[2].partition(b"cellXfs")[0])
    for number, tag in enumerate(styles):
        if _attribute(tag, b"numFmtId") in formats | _OWN_PER_CENT:
            yield str(number).encode()


def _by_name(book: bytes, links: bytes, found: dict[str, Marks]) -> dict[str, Marks]:
    """The marks by the names of the sheets, which stand in another part than their files."""
    files = {
        _attribute(tag, rb"Id"): basename(_attribute(tag, rb"Target"))
        for tag in _LINK.findall(links)
    }
    named = {}
    for tag in _SHEET.findall(book):
        file = files.get(_attribute(tag, rb"\w+:id"), "")
        if file in found:
            named[unescape(_attribute(tag, rb"name"))] = found[file]
    return named


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
    return (found[1] or found[2] or b"").decode("utf-8", "replace") if found else ""


def _number(column: bytes) -> int:
    """The number of a column by its letters: A is 1."""
    number = 0
    for letter in column.upper():
        number = 26 * number + letter - ord("A") + 1
    return number
