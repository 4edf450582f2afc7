"""Numbers as people write them: with points or commas, with spaces, with words for no value.

A number that could be two numbers is never guessed: "1,234" is 1234 in English and 1.234 in most
of Europe. Other numbers of the same column may settle it; else the reader is asked.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.uploads.sheet import Cell, Fault, tidy

Style = Literal["point", "comma"]
STYLES: tuple[Style, ...] = ("point", "comma")

# What statistics write where there is no value.
GAPS = {"", ".", "..", "...", "-", "--", "–", "—", "n/a", "na", "n.a.", "nan", "null", "none"}
GAPS |= {"#n/a", "…", "‥"}
LARGEST = 1e18
# A binary number of 64 bits keeps fifteen digits of any decimal.
MOST_DIGITS = 15
_LONGEST = 40

_SIGN = r"(?P<sign>[+-]?)"
_POWER = r"(?:[eE][+-]?[0-9]{1,3})?"
_PLAIN = re.compile(rf"{_SIGN}[0-9]+{_POWER}")
_SPACED = re.compile(rf"{_SIGN}[0-9]{{1,3}}(?:[ '’][0-9]{{3}})+(?P<rest>[.,][0-9]*)?")
_FIRST, _NEXT = "[1-9][0-9]{0,2}", "[0-9]{3}"  # digits of a number written in thousands
_STYLED: dict[Style, re.Pattern[str]] = {
    "point": re.compile(rf"{_SIGN}(?:{_FIRST}(?:,{_NEXT})+|[0-9]*)(?:\.[0-9]*)?{_POWER}"),
    "comma": re.compile(rf"{_SIGN}(?:{_FIRST}(?:\.{_NEXT})+|[0-9]*)(?:,[0-9]*)?{_POWER}"),
}
# What most cells are, told at once: a million of them can differ.
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]{1,15}\.(?:[0-9]{1,2}|[0-9]{4,12})")
_ERRORS = re.compile(r"#[A-Z][A-Z0-9_/]{1,30}[!?]?")


@dataclass(frozen=True)
class Number:
    """A number; `is_mended` where it was written otherwise than a program writes it."""

    value: float
    is_mended: bool = False


AMBIGUOUS = Fault(
    "can be read as two numbers.",
    "Say above how the numbers of this file are written.",
)


def is_gap(cell: Cell) -> bool:
    """Whether a cell says that there is no value."""
    if isinstance(cell, float):
        return math.isnan(cell)
    return isinstance(cell, str) and not cell[:1].isdigit() and tidy(cell).casefold() in GAPS


def possible_styles(cell: Cell) -> set[Style]:
    """The ways of writing that a text with a point or comma can be read in; none for others."""
    if not isinstance(cell, str) or _WHOLE.fullmatch(cell):
        return set()
    if _DECIMAL.fullmatch(cell):
        return {"point"}
    text = _plain(cell)
    if not any(sign in text for sign in ".,") or len(text) > _LONGEST:
        return set()
    return {style for style in STYLES if _has_digits(text) and _STYLED[style].fullmatch(text)}


def plain_numbers(
    cells: Sequence[Cell],
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64], bool]:
    """Which cells are plain numbers, told of all at once: what `number` says of most of them.

    Returns:
        Whether each cell is one; its value, or 0; and whether any is a text with a decimal point,
        which is none where numbers are written with a comma.
    """
    is_text = np.fromiter((isinstance(cell, str) for cell in cells), dtype=bool, count=len(cells))
    texts = pa.array([cell for cell in cells if isinstance(cell, str)], pa.string())
    fits = pc.match_substring_regex(texts, f"^(?:{_WHOLE.pattern}|{_DECIMAL.pattern})$")
    has_points = pc.any(pc.and_(fits, pc.match_substring(texts, ".")), min_count=0).as_py()
    # Of larger numbers it matters how they are held, and how many digits they have.
    most = 10**MOST_DIGITS
    numbers = [
        float(cell) if -most < cell < most else math.nan
        for cell in cells
        if not isinstance(cell, str)
    ]
    values = np.full(len(cells), math.nan)
    values[is_text] = pc.cast(pc.if_else(fits, texts, "nan"), pa.float64()).to_numpy()
    values[~is_text] = numbers
    is_plain = ~np.isnan(values)
    return is_plain, np.where(is_plain, values, 0), bool(has_points)


def style_of(cells: Iterable[Cell], *, has_points: bool = False) -> tuple[Style | None, bool]:
    """How the numbers of a column are written.

    Args:
        cells: those that are no gaps.
        has_points: there are others besides, with a decimal point.

    Returns:
        The way of writing, None where nothing tells or where numbers contradict each other; and
        whether there are numbers that it makes a difference to.
    """
    only: set[Style] = {"point"} if has_points else set()
    is_open = False
    for cell in cells:
        styles = possible_styles(cell)
        if len(styles) == 1:
            only |= styles
        elif styles and any(_read(_plain(str(cell)), style) is not None for style in styles):
            is_open |= _read(_plain(str(cell)), "point") != _read(_plain(str(cell)), "comma")
    return (next(iter(only)) if len(only) == 1 else None), is_open or len(only) > 1


def number(cell: Cell, style: Style | None) -> Number | Fault:
    """A cell as a number.

    Args:
        cell: not a gap.
        style: how numbers with points and commas are written; None if that is not known.
    """
    if not isinstance(cell, str):
        return _bounded(float(cell), len(str(abs(cell))) if isinstance(cell, int) else 0)
    if _WHOLE.fullmatch(cell) or (style != "comma" and _DECIMAL.fullmatch(cell)):
        return Number(float(cell))
    text = _plain(cell)
    if _ERRORS.fullmatch(text):
        return Fault("is an error of the spreadsheet.", "Mend the formula, or empty the cell.")
    if text.endswith("%"):
        return Fault("has a per cent sign.", "Write the number alone; the unit has a place below.")
    if len(text) > _LONGEST or not _has_digits(text):
        return _no_number(cell)
    spaced = _SPACED.fullmatch(text)
    if spaced:
        text = re.sub(r"[ '’]", "", text)
    is_mended = text != cell.strip()
    if _PLAIN.fullmatch(text):
        return _bounded(float(text), sum(map(str.isdigit, text)), is_mended)
    styles = {item for item in STYLES if _STYLED[item].fullmatch(text)}
    if spaced:
        # What parts the thousands with spaces has a fraction after its point or comma.
        found = _read(text, "point" if "." in text else "comma")
    elif not styles:
        return _no_number(cell)
    elif style in styles:
        found = _read(text, style)
    elif style is None and len({_read(text, item) for item in styles}) > 1:
        return AMBIGUOUS
    elif style is None:
        found = _read(text, next(iter(styles)))
    else:
        return Fault(
            "is written otherwise than the other numbers.",
            f"Write it with a decimal {style} as they are.",
        )
    if found is None:
        return _no_number(cell)
    is_mended = is_mended or "," in text or (style == "comma" and "." in text)
    return _bounded(found, sum(map(str.isdigit, text)), is_mended or text.count(".") > 1)


def _no_number(cell: str) -> Fault:
    text = _plain(cell)
    if "inf" in text.casefold():
        return Fault("is not finite.", "Give a number, or leave the cell empty.")
    if _has_digits(text) and len(cell.strip().splitlines()) > 1:
        return Fault(
            "has more than one line.",
            "Write one number in a cell; another value has a row of its own.",
        )
    odd = next((sign for sign in text if unicodedata.category(sign) == "No"), None)
    if odd is not None:
        return Fault(
            f"has the sign {odd}, which is no digit of a number.",
            "Take it away if it marks a footnote; write a fraction or a power in digits, as 12.5.",
        )
    return Fault("is not a number.", "Write digits alone, without unit or footnote.")


def _bounded(value: float, digits: int, is_mended: bool = False) -> Number | Fault:
    if not math.isfinite(value):
        return Fault("is not finite.", "Give a number, or leave the cell empty.")
    if abs(value) > LARGEST:
        return Fault("is too large.", "Give it in millions or billions, and say so in the unit.")
    if digits > MOST_DIGITS and abs(value) >= 10.0**MOST_DIGITS:
        return Fault(
            f"has more than {MOST_DIGITS} digits, and the last ones would be lost.",
            "Give it in thousands or millions, and say so in the unit.",
        )
    return Number(value, is_mended)


def _plain(cell: str) -> str:
    return tidy(cell).replace("−", "-")


def _has_digits(text: str) -> bool:
    return any(sign in "0123456789" for sign in text)


def _read(text: str, style: Style) -> float | None:
    if not _STYLED[style].fullmatch(text):
        return None
    thousands, decimal = (",", ".") if style == "point" else (".", ",")
    try:
        return float(text.replace(thousands, "").replace(decimal, "."))
    except ValueError:
        return None
