"""Where observations are kept, and the few questions that all others are made of.

The data package is kept in memory. `dashboard.stores` keeps larger tables in engines; whatever
keeps them, a catalogue asks the same questions and gets the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import pandas as pd


class StoreError(RuntimeError):
    """A store cannot be opened or does not answer; the message names what, and how to mend it."""


@dataclass(frozen=True)
class Rows:
    """Which rows are asked for; whatever is not said is not asked.

    Attributes:
        indicator_ids: of these indicators; None is all.
        place_ids: of these places; None is all.
        first_year: leave out the years before it, and rows without a year.
        last_year: leave out the years after it, and rows without a year.
        drawn: only rows that a chart draws.
        undated: only rows without a year.
        in_conflict: only rows that another source contradicts.
    """

    indicator_ids: frozenset[str] | None = None
    place_ids: frozenset[str] | None = None
    first_year: int | None = None
    last_year: int | None = None
    drawn: bool = False
    undated: bool = False
    in_conflict: bool = False


class Store(Protocol):
    """Keeps prepared observations, see `precedence.prepared`."""

    def rows(self, asked: Rows) -> pd.DataFrame:
        """The rows asked for, with all columns, in the order of indicator and `_rank`.

        Raises:
            StoreError: if the store does not answer.
        """
        ...

    def counted(self, *by: str, where: str = "") -> pd.DataFrame:
        """How many rows there are of each combination of cells.

        Args:
            by: names of columns.
            where: a column of truths: only rows in which it is true are counted.

        Returns:
            One row per combination, in their order: the columns, `rows`, `first_year` and
            `last_year` (missing where no row has a year).

        Raises:
            StoreError: if the store does not answer.
        """
        ...

    def whole(self) -> pd.DataFrame:
        """All rows, in the order of indicator and `_rank`; shared, never to be changed.

        Raises:
            StoreError: if they are too many to be held in memory, or the store does not answer.
        """
        ...


class Memory:
    """Keeps prepared observations in memory."""

    def __init__(self, prepared: pd.DataFrame) -> None:
        self._rows = prepared

    def rows(self, asked: Rows) -> pd.DataFrame:
        """As `Store.rows`; the frames are shared where everything of an indicator is asked for."""
        rows = self._nearest(asked)
        keep = pd.Series(True, index=rows.index)
        if asked.place_ids is not None:
            keep &= rows["place_id"].isin(asked.place_ids)
        if asked.first_year is not None:
            keep &= (rows["year"] >= asked.first_year).fillna(False).astype("bool")
        if asked.last_year is not None:
            keep &= (rows["year"] <= asked.last_year).fillna(False).astype("bool")
        if asked.undated:
            keep &= rows["year"].isna()
        if asked.in_conflict:
            keep &= rows["_conflict"] > 0
        return rows if keep.all() else rows.take(np.flatnonzero(keep))

    def _nearest(self, asked: Rows) -> pd.DataFrame:
        """The smallest table at hand that has all rows asked for."""
        by_indicator = self._drawn_by_indicator if asked.drawn else self._by_indicator
        whole = self._drawn if asked.drawn else self._rows
        if asked.indicator_ids is None:
            return whole
        if len(asked.indicator_ids) == 1:
            return by_indicator.get(next(iter(asked.indicator_ids)), whole.iloc[:0])
        return whole[whole["indicator_id"].isin(asked.indicator_ids)]

    def counted(self, *by: str, where: str = "") -> pd.DataFrame:
        """As `Store.counted`."""
        rows = self._rows[self._rows[where]] if where else self._rows
        groups = rows.groupby(list(by), observed=True)["year"]
        counts = groups.agg(rows="size", first_year="min", last_year="max").reset_index()
        return counts.astype({"rows": "int64", "first_year": "Int64", "last_year": "Int64"})

    def whole(self) -> pd.DataFrame:
        """As `Store.whole`."""
        return self._rows

    @cached_property
    def _drawn(self) -> pd.DataFrame:
        return self._rows[self._rows["_drawn"]]

    @cached_property
    def _by_indicator(self) -> dict[str, pd.DataFrame]:
        return _grouped(self._rows)

    @cached_property
    def _drawn_by_indicator(self) -> dict[str, pd.DataFrame]:
        return _grouped(self._drawn)


def _grouped(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(key): group for key, group in rows.groupby("indicator_id", sort=False)}


def asked(
    indicator_ids: Iterable[str] | None,
    place_ids: Iterable[str] | None = None,
    first_year: int | None = None,
    last_year: int | None = None,
    *,
    drawn: bool = False,
) -> Rows:
    """Rows of some indicators, places and years; None is all."""
    return Rows(
        None if indicator_ids is None else frozenset(indicator_ids),
        None if place_ids is None else frozenset(place_ids),
        first_year,
        last_year,
        drawn,
    )
