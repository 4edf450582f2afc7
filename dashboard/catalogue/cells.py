"""What the cells of observations say: whole years, doubts, and what a printed figure allows."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pandas as pd

# A year may be drawn on a yearly axis when it is whole: a calendar year, a fiscal year, or a
# count at the end of one. Part-years and forecasts stay in the tables.
WHOLE_YEARS = ("", "FY", "end of year")

# Caveats of values that stay in the tables for the same reason.
NOT_DRAWN = ("forecast", "part_year")

# Qualifiers of values that are a figure, and not only a bound or a range.
FIRM = ("exact", "approximate")


def has_caveat(rows: pd.DataFrame, *caveats: str) -> pd.Series:
    """True for each row that carries one of the caveats."""
    wanted = set(caveats)
    carrying = [cell for cell in rows["caveats"].unique() if wanted & set(cell.split(";"))]
    if not carrying:
        return pd.Series(False, index=rows.index)
    return rows["caveats"].isin(carrying)


def carries(cell: str, *caveats: str) -> bool:
    """True where the caveats of one row hold one of those asked for."""
    return bool(cell) and not set(caveats).isdisjoint(cell.split(";"))


def plain_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain Python values; what is missing is None."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def is_whole_year(rows: pd.DataFrame) -> pd.Series:
    """True for each row that may be drawn on a yearly axis."""
    return (
        rows["year"].notna() & rows["period_note"].isin(WHOLE_YEARS) & ~has_caveat(rows, *NOT_DRAWN)
    )


def allowed(row: Any) -> tuple[float, float]:
    """What a figure allows: its range, its open end, or what was rounded away around it.

    Half a unit of the last digit of an exact figure; a whole one of an approximate figure, for
    such are often cut rather than rounded.
    """
    if row.qualifier == "range" and pd.notna(row.value_high):
        return row.value_low, row.value_high
    is_rough = row.qualifier == "approximate"
    # A hair wider, for sums in binary fall short of the halves of decimals.
    around = (1.0001 if is_rough else 0.5001) * _last_digit(row.value, is_rough=is_rough)
    low, high = row.value - around, row.value + around
    if row.qualifier == "at_least":
        return low, math.inf
    if row.qualifier == "at_most":
        return -math.inf, high
    return low, high


def _last_digit(value: float, *, is_rough: bool) -> float:
    """Worth of the last digit a figure is printed with; zeros at the end count unless rough."""
    digits = Decimal(repr(float(value))).normalize()
    exponent = int(digits.as_tuple().exponent)
    return float(Decimal(1).scaleb(exponent if is_rough else min(exponent, 0)))
