"""Rows that are right each by itself, and contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from dashboard.uploads.names import Gazetteer
from dashboard.uploads.sheet import Cell, Fault, plain, shown

FACT = ["indicator", "place_id", "year"]


@dataclass(frozen=True)
class Clash:
    """What is wrong with a row that another contradicts, and where it stands."""

    line: int
    column: str
    cell: Cell
    fault: Fault


@dataclass(frozen=True)
class Clashes:
    """The rows that contradict each other, by their index; each is explained when asked for."""

    at: pd.Index
    said: Iterator[Clash]


def without_repeats(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The rows, each that says the same as an earlier one left out; and how many those were."""
    repeated = rows.duplicated([*FACT, "value", "unit"])
    return rows[~repeated].reset_index(drop=True), int(repeated.sum())


def several_values(rows: pd.DataFrame, gazetteer: Gazetteer) -> Clashes:
    """Rows that give other values, or units, of one indicator, place and year.

    Args:
        rows: line, column, place_id, year, value, indicator and unit, without repeats.
        gazetteer: names of places.
    """
    twice = rows[rows.duplicated(FACT, keep=False)]
    # The first row of a fact is told of the last, all others of the first.
    of_fact = twice.assign(at=twice.index).groupby(FACT, sort=False)["at"]
    first, last = of_fact.transform("first"), of_fact.transform("last")

    def said() -> Iterator[Clash]:
        for row, one, end in zip(twice.itertuples(), first, last, strict=True):
            other = twice.loc[end if row.Index == one else one]
            where = f"row {other['line']}"
            if other["line"] == row.line:
                where = f"column “{other['column']}”"
            fault = Fault(
                f"is another value of {gazetteer.name(row.place_id)}, {row.year}, than in {where}.",
                "Keep one of them, or tell them apart by indicator.",
            )
            yield Clash(int(row.line), row.column, plain(row.value), fault)

    return Clashes(twice.index, said())


def several_units(rows: pd.DataFrame, column: str | None) -> Clashes:
    """Rows in another unit than most of their indicator.

    Args:
        rows: line, indicator and unit.
        column: the column of units; without one there is nothing to contradict.
    """
    if column is None or rows.empty:
        return Clashes(rows.index[:0], iter(()))
    usual = rows.groupby("indicator")["unit"].agg(lambda cells: cells.mode().iloc[0])
    expected = rows["indicator"].map(usual)
    wrong = rows["unit"] != expected

    def said() -> Iterator[Clash]:
        for row, unit in zip(rows[wrong].itertuples(), expected[wrong], strict=True):
            if unit:
                message = f"is another unit than “{shown(unit)}”, which most rows have."
            else:
                message = "is a unit, which most rows do not have."
            remedy = "Give all values of an indicator in one unit, or another indicator."
            yield Clash(int(row.line), str(column), row.unit, Fault(message, remedy))

    return Clashes(rows.index[wrong], said())
