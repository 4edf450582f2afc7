"""A store in an engine that answers SQL, asked through ibis.

ibis writes the question in the words of each engine, so one class serves all of them. Rows are
sorted here rather than there: engines order text by the language they are set to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from queue import Empty, LifoQueue
from threading import Semaphore
from typing import Any

import pandas as pd

from dashboard.catalogue.store import Rows, StoreError
from dashboard.processors import all_cores

# Name of the table, and of the one with a single row that says what it holds.
OBSERVATIONS, ABOUT = "seabelt_observations", "seabelt_store"
# Rows that are gathered in memory at most; a table of as many takes about half a gigabyte.
MOST_GATHERED = 2_000_000
# Columns that only Parquet files in folders have, as text: the cells by which the folders are told
# apart, so that a question opens the files of its indicators and years alone.
FOLDERS = {"indicator_id": "in_indicator", "year": "in_year"}
# The folder of an indicator that is too small to be parted by years.
ALL_YEARS = "all"


class Engine:
    """Keeps prepared observations in a table of an engine."""

    def __init__(
        self, connect: Callable[[], Any], template: pd.DataFrame, about: str, *opened: Any
    ) -> None:
        """Take what connects, and the columns and types of rows.

        Args:
            connect: opens a connection of ibis, with the table in it.
            opened: connections that are open already.
            template: no row, with all columns and types of prepared observations.
            about: the address in words, without a password.
        """
        self._connect = connect
        self._template = template
        self._about = about
        self._idle: LifoQueue[Any] = LifoQueue()
        for connection in opened:
            self._idle.put(connection)
        # As many questions at once as a small server has cores, twice.
        self._room = Semaphore(4)

    @contextmanager
    def _table(self) -> Iterator[Any]:
        """The table, by a connection that nobody else uses meanwhile: most are for one thread."""
        with self._room:
            try:
                connection = self._idle.get_nowait()
            except Empty:
                # An engine inside this process has threads of its own, which run at once.
                with all_cores():
                    connection = self._connect()
            try:
                yield connection.table(OBSERVATIONS)
            except Exception as error:
                # The next question connects anew: the engine may have been restarted.
                with suppress(Exception):
                    disconnect(connection)
                raise StoreError(
                    f"The store at {self._about} does not answer: {_first_line(error)} Look "
                    "whether it runs, and whether it was built with `python -m dashboard store`."
                ) from error
            else:
                self._idle.put(connection)

    def close(self) -> None:
        """End the connections that nobody uses."""
        while not self._idle.empty():
            disconnect(self._idle.get())

    def rows(self, asked: Rows) -> pd.DataFrame:
        """As `Store.rows`."""
        if asked.indicator_ids == frozenset() or asked.place_ids == frozenset():
            return self._template
        with self._table() as table:
            found = _chosen(table, asked).to_pyarrow().to_pandas()
        return self._typed(found)

    def counted(self, *by: str, where: str = "") -> pd.DataFrame:
        """As `Store.counted`."""
        with self._table() as table:
            chosen = table.filter(table[where]) if where else table
            counts = chosen.group_by(list(by)).agg(
                rows=chosen.count(), first_year=chosen["year"].min(), last_year=chosen["year"].max()
            )
            found = counts.to_pyarrow().to_pandas()
        types = self._template.dtypes
        kinds = {name: types[name] for name in by}
        found = found.astype(kinds | {"rows": "int64", "first_year": "Int64", "last_year": "Int64"})
        # A group without a cell is none, as in memory.
        found = found.dropna(subset=list(by))
        return found.sort_values(list(by)).reset_index(drop=True)

    def whole(self) -> pd.DataFrame:
        """As `Store.whole`."""
        if self.size > MOST_GATHERED:
            raise StoreError(
                f"The store at {self._about} holds {self.size:,} rows, and at most "
                f"{MOST_GATHERED:,} are gathered at once: ask for an indicator or a place."
            )
        return self.rows(Rows())

    @cached_property
    def size(self) -> int:
        """How many rows the store holds."""
        with self._table() as table:
            return int(table.count().to_pyarrow().as_py())

    def _typed(self, found: pd.DataFrame) -> pd.DataFrame:
        rows = found[list(self._template)].astype(self._template.dtypes)
        return rows.sort_values(["indicator_id", "_rank"]).reset_index(drop=True)


def disconnect(connection: Any) -> None:
    """End a connection; the session of Spark is that of the process, and not ours to end."""
    if connection.name != "pyspark":
        connection.disconnect()


def _chosen(table: Any, asked: Rows) -> Any:
    """The question of rows as an expression of ibis."""
    wanted = []
    is_in_folders = all(name in table.columns for name in FOLDERS.values())
    if asked.indicator_ids is not None:
        names = sorted(asked.indicator_ids)
        wanted.append(table["indicator_id"].isin(names))
        if is_in_folders:
            wanted.append(table[FOLDERS["indicator_id"]].isin(names))
    if asked.place_ids is not None:
        wanted.append(table["place_id"].isin(sorted(asked.place_ids)))
    if asked.first_year is not None:
        wanted.append(table["year"] >= asked.first_year)
    if asked.last_year is not None:
        wanted.append(table["year"] <= asked.last_year)
    bounds = (asked.first_year, asked.last_year)
    if is_in_folders and None not in bounds:
        years = range(bounds[0] or 0, (bounds[1] or 0) + 1)
        folders = [ALL_YEARS, *(str(year) for year in years)]
        wanted.append(table[FOLDERS["year"]].isin(folders))
    if asked.undated:
        wanted.append(table["year"].isnull())
    if asked.drawn:
        wanted.append(table["_drawn"])
    if asked.in_conflict:
        wanted.append(table["_conflict"] > 0)
    return table.filter(*wanted) if wanted else table


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return f"{lines[0].rstrip('.')}."
