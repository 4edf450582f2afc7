"""Years as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dashboard.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR
from dashboard.uploads.sheet import Cell, Fault, Sheet, tidy, written

# "2020", "2020.0" of a column of decimals, "2020 [YR2020]" of the World Bank, "2020年", "2020년".
_YEAR = re.compile(r"([0-9]{4})(?:\.0+)?(?: \[YR\1\])?(?: ?[年년])?")
# The first or last day of a year is what programs make of a year in a column of dates.
_WHOLE = re.compile(
    r"([0-9]{4})-(01-01|12-31)"
    r"(?:[T ]00:00(?::00(?:\.0+)?)?(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?)?"
)
_DATE = re.compile(
    r"[0-9]{4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2}.*)?|[0-9]{1,2}[-/.][0-9]{1,2}[-/.].*"
)
_MONTH = re.compile(r"([0-9]{4})[-/](0[1-9]|1[0-2])")
_TWO_YEARS = re.compile(r"(?:FY ?)?[0-9]{4} ?[-–/] ?[0-9]{2,4}")


class YearDate(str):
    """A date that stands for its year: all of its column are the first, or all the last day of one.

    January of a column of months looks the same, and its value is not the one of the year.
    """

    __slots__ = ()


def with_year_dates(sheet: Sheet) -> Sheet:
    """A table whose dates that stand for years are told from others, in cells and in heads."""
    for column in sheet.columns.values():
        for at in _year_dates(column.cells):
            column.cells[at] = YearDate(written(column.cells[at]))
    heads = list(sheet.columns)
    years = {heads[at]: heads[at][:4] for at in _year_dates(heads)}
    names = {name: years.get(name, name) for name in heads}
    if not years or len(set(names.values())) < len(heads):
        return sheet
    return replace(
        sheet,
        columns={
            names[name]: replace(item, name=names[name], head=years.get(name, item.head))
            for name, item in sheet.columns.items()
        },
        problems=[
            replace(item, column=names.get(item.column or "", item.column))
            for item in sheet.problems
        ],
        empty={(line, names[name]): fault for (line, name), fault in sheet.empty.items()},
    )


def _year_dates(cells: Sequence[Cell]) -> list[int]:
    """Which cells are dates that stand for years; none if others are dates that do not."""
    texts = {
        at: tidy(cell)
        for at, cell in enumerate(cells)
        # Quicker than a pattern: a column has up to a million cells.
        if isinstance(cell, str) and ("-01-01" in cell or "-12-31" in cell)
    }
    found = {at: match for at, text in texts.items() if (match := _WHOLE.fullmatch(text))}
    if len({match[2] for match in found.values()}) != 1:
        return []
    others = (cell for at, cell in enumerate(cells) if at not in found and isinstance(cell, str))
    return [] if any(_DATE.fullmatch(tidy(cell)) for cell in others) else list(found)


def year(cell: Cell) -> tuple[int, bool] | Fault:
    """A cell as a year, and whether it was written otherwise than as four digits."""
    text = tidy(written(cell))
    found = _YEAR.fullmatch(text)
    if isinstance(cell, YearDate):
        found = _WHOLE.fullmatch(text)
    if found:
        value = int(found[1])
        if FIRST_YEAR <= value <= LAST_YEAR:
            return value, written(cell).strip() != found[1]
        return Fault("is out of range.", f"Give a year from {FIRST_YEAR} to {LAST_YEAR}.")
    month = _MONTH.fullmatch(text)
    if _TWO_YEARS.fullmatch(text) and not (month and (int(month[1]) + 1) % 100 != int(month[2])):
        return Fault("covers two years.", "Give the year in which it begins.")
    if _DATE.fullmatch(text):
        return Fault(
            "is a date, not a year.",
            "The atlas takes one value a year: give the one of the whole year, and the year in "
            "four digits.",
        )
    return Fault("is not a year.", "Write it in four digits, such as 2020.")


def is_year(text: str) -> bool:
    """Whether the head of a column is a year."""
    return not isinstance(year(text), Fault)
