"""Years as people write them."""

from __future__ import annotations

import re

from dashboard.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR
from dashboard.uploads.sheet import Cell, Fault, tidy, written

# "2020", "2020.0" of a column of decimals, "2020 [YR2020]" of the World Bank, "2020年", "2020년".
_YEAR = re.compile(r"([0-9]{4})(?:\.0+)?(?: \[YR\1\])?(?: ?[年년])?")
# The first or last day of a year is what programs make of a year in a column of dates.
_WHOLE = re.compile(r"([0-9]{4})-(?:01-01|12-31)(?:[T ]00:00:00)?")
_DATE = re.compile(
    r"[0-9]{4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2}.*)?|[0-9]{1,2}[-/.][0-9]{1,2}[-/.].*"
)
_TWO_YEARS = re.compile(r"(?:FY ?)?[0-9]{4} ?[-–/] ?[0-9]{2,4}")


def year(cell: Cell) -> tuple[int, bool] | Fault:
    """A cell as a year, and whether it was written otherwise than as four digits."""
    text = tidy(written(cell))
    found = _YEAR.fullmatch(text) or _WHOLE.fullmatch(text)
    if found:
        value = int(found[1])
        if FIRST_YEAR <= value <= LAST_YEAR:
            return value, written(cell).strip() != found[1]
        return Fault("is out of range.", f"Give a year from {FIRST_YEAR} to {LAST_YEAR}.")
    if _TWO_YEARS.fullmatch(text):
        return Fault("covers two years.", "Give the year in which it begins.")
    if _DATE.fullmatch(text):
        return Fault(
            "is a date, not a year.", "Give one value a year, and its year in four digits."
        )
    return Fault("is not a year.", "Write it in four digits, such as 2020.")


def is_year(text: str) -> bool:
    """Whether the head of a column is a year."""
    return not isinstance(year(text), Fault)
