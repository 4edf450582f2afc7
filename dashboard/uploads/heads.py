"""Heads of columns that are nearly years: a year, and a mark of estimates beside it."""

from __future__ import annotations

import re

from dashboard.uploads.sheet import Fault
from dashboard.uploads.years import year

_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20|21)[0-9]{2}(?![0-9])")
# "2021 est." and "FY 2020/21"; what has more letters is a column of its own kind.
_MOST_LETTERS = 4


def is_nearly_year(head: str) -> bool:
    """Whether a head has a year and little beside it, and is none."""
    beside = _YEAR.sub("", head)
    is_short = sum(map(str.isalpha, beside)) <= _MOST_LETTERS
    return beside != head and is_short and isinstance(year(head), Fault)


def no_year(head: str, fault: Fault) -> Fault:
    """What is wrong with a head that should be a year, and how to mend it.

    Args:
        head: as the file has it.
        fault: what would be wrong with a cell like it.
    """
    parts = _YEAR.split(head)
    beside = " … ".join(part.strip() for part in parts if part.strip())
    if len(parts) == 2 and not any(map(str.isdigit, beside)):
        return Fault(
            f"is the head of a column and has “{beside}” beside the year.",
            f"Write {_YEAR.findall(head)[0]} alone, or take the column out above.",
        )
    return Fault(
        f"is the head of a column and {fault.message}",
        f"{fault.remedy} Or take the column out above.",
    )
