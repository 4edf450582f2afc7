"""Rows of a chart as plain values: of some dozens, they are gone over far faster than a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd


class Row(NamedTuple):
    """An observation, as far as charts and sentences read it.

    `value`, `value_low` and `value_high` are in the unit of the indicator, NaN where missing;
    `caveats` are codes joined by semicolons; a text that is missing is empty.
    """

    place_id: str
    place_name: str
    year: int
    value: float
    value_low: float
    value_high: float
    qualifier: str
    definition_id: str
    caveats: str
    note: str
    scope: str
    industry: str
    firm_scale: str
    source_id: str


def rows_of(table: pd.DataFrame) -> list[Row]:
    """The rows of a table of a chart's size, in its order.

    Args:
        table: one row per place and year, with a column for each field of `Row`.

    Raises:
        KeyError: if a column is missing.
    """
    return list(map(Row, *(table[name].tolist() for name in Row._fields)))


def by_place(rows: Iterable[Row], year: int) -> dict[str, Row]:
    """The row of each place in a year, in their order; of several the first."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.year == year:
            found.setdefault(row.place_id, row)
    return found
