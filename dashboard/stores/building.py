"""Building a store: observations are checked, prepared an indicator at a time, and written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from dashboard.catalogue import Catalogue
from dashboard.catalogue.contract import TABLES_BY_NAME, Field
from dashboard.catalogue.precedence import prepared
from dashboard.catalogue.store import StoreError
from dashboard.stores.engine import ABOUT, ALL_YEARS, FOLDERS, OBSERVATIONS, disconnect
from dashboard.stores.opening import PARQUET, connecting, shown, template

# Name of the folder of rows without a year, and rows of an indicator from which on each year has
# a folder: opening a file costs as much as reading some thousands of rows.
UNDATED = "undated"
PARTED_FROM = 100_000
# Rows that are prepared and written at once, at least.
PORTION = 100_000
TABLE = TABLES_BY_NAME["observations"]


def portions(held: Catalogue, files: Path | None = None) -> Iterator[pd.DataFrame]:
    """Observations in portions, each with all rows of its indicators.

    Args:
        held: the data package.
        files: Parquet files, or a folder of them, with the columns of the table `observations`;
            None takes the table of the package.

    Raises:
        StoreError: if the files are none, lack a column, or hold a cell that the package lacks.
    """
    if files is None:
        yield held.table("observations")
        return
    columns = list(TABLE.columns)
    dataset, types = _dataset(files, columns), template(held)[columns].dtypes
    known = {column.name: _known(column, held) for column in TABLE.fields}
    _check_indicators(dataset, held, files)
    gathered: list[pd.DataFrame] = []
    for indicator_id in held.indicators:
        found = dataset.to_table(columns=columns, filter=pc.field("indicator_id") == indicator_id)
        if not found.num_rows:
            continue
        try:
            rows = found.to_pandas().astype(types)
        except (TypeError, ValueError) as error:
            raise StoreError(f"{files}, rows of {indicator_id}: {error}.") from error
        _check(rows, known, files)
        gathered.append(rows)
        if sum(map(len, gathered)) >= PORTION:
            yield pd.concat(gathered, ignore_index=True)
            gathered = []
    if gathered:
        yield pd.concat(gathered, ignore_index=True)


def _dataset(files: Path, columns: list[str]) -> ds.Dataset:
    try:
        dataset = ds.dataset(files, format="parquet", partitioning="hive")
    except (OSError, pa.ArrowInvalid) as error:
        raise StoreError(f"{files} holds no Parquet files that can be read: {error}") from error
    missing = [name for name in columns if name not in dataset.schema.names]
    if missing:
        raise StoreError(f"{files} lacks the columns {', '.join(missing)} of `observations`.")
    return dataset


def _check_indicators(dataset: ds.Dataset, held: Catalogue, files: Path) -> None:
    """Raise where rows are of an indicator that the package lacks: nobody would ask for them."""
    for batch in dataset.to_batches(columns=["indicator_id"]):
        for cell in pc.unique(batch.column(0)).to_pylist():
            if cell not in held.indicators:
                raise StoreError(
                    f"{files}, indicator_id: “{str(cell)[:60]}” is not in indicators.indicator_id."
                )


def _known(column: Field, held: Catalogue) -> frozenset[str] | None:
    """The cells that a column may have, or None where it may have any."""
    if column.references:
        table, name = column.references.split(".")
        return frozenset(held.table(table)[name])
    return frozenset(column.values) if column.values else None


def _check(rows: pd.DataFrame, known: dict[str, frozenset[str] | None], files: Path) -> None:
    """Raise where a row stands twice, or a cell is empty or not one that the contract allows."""
    twice = rows[rows.duplicated(list(TABLE.key))]
    if len(twice):
        cells = ", ".join(str(cell) for cell in twice.iloc[0][list(TABLE.key)] if pd.notna(cell))
        raise StoreError(
            f"{files}: a row stands twice: {cells}. Merge the rows or tell them apart."
        )
    for column in TABLE.fields:
        cells = rows[column.name]
        allowed = known[column.name]
        if column.required and (cells.isna() | (cells == "")).any():
            raise StoreError(
                f"{files}, {column.name}: a cell is empty. This column must be filled."
            )
        if allowed is None:
            continue
        for cell in cells.unique():
            parts = cell.split(column.separator) if column.separator else [cell]
            if cell and not allowed.issuperset(parts):
                raise StoreError(
                    f"{files}, {column.name}: “{str(cell)[:60]}” is not "
                    f"{'in ' + column.references if column.references else 'an allowed value'}."
                )


def build(
    address: str,
    held: Catalogue,
    files: Path | None = None,
    told: Callable[[int], None] = lambda _rows: None,
) -> int:
    """Write observations into a store; what stood there before is replaced.

    Args:
        address: of the store.
        held: the data package.
        files: as for `portions`.
        told: hears how many rows have been written.

    Returns:
        How many rows were written.

    Raises:
        StoreError: if the observations have a fault, or the store cannot be written.
    """
    written = 0
    writer = _Folder(address) if address.startswith(PARQUET) else _Table(address)
    sources, precedence = held.table("sources"), held.table("precedence")
    for rows in portions(held, files):
        ready = prepared(rows, sources, precedence, held.places)
        # In the whole table, not in this part of it.
        ready["_position"] += written
        writer.add(ready)
        written += len(ready)
        told(written)
    writer.finish(pd.DataFrame({"data_version": [held.version], "rows": [written]}))
    return written


class _Folder:
    """Parquet files in folders, one for each indicator and year."""

    def __init__(self, address: str) -> None:
        self._folder = Path(address.removeprefix(PARQUET))
        shutil.rmtree(self._folder / OBSERVATIONS, ignore_errors=True)

    def add(self, rows: pd.DataFrame) -> None:
        # Turned into columns of Arrow once: for each of some hundreds of files it took longer
        # than writing them.
        table = pa.Table.from_pandas(rows, preserve_index=False)
        years = rows["year"].astype("object").fillna(UNDATED).to_numpy()
        for indicator_id, at in rows.groupby("indicator_id", sort=False).indices.items():
            name = f"{FOLDERS['indicator_id']}={indicator_id}"
            parts = {ALL_YEARS: at}
            if len(at) >= PARTED_FROM:
                parts = pd.Series(at).groupby(years[at], sort=False).indices
                parts = {year: at[places] for year, places in parts.items()}
            for year, places in parts.items():
                folder = self._folder / OBSERVATIONS / name / f"{FOLDERS['year']}={year}"
                folder.mkdir(parents=True)
                part = table.take(pa.array(places))
                pq.write_table(part, folder / "part.parquet", compression="zstd")

    def finish(self, about: pd.DataFrame) -> None:
        about.to_parquet(self._folder / f"{ABOUT}.parquet", index=False)


class _Table:
    """A table of an engine."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection = connecting(address)()
        self._is_new = True

    def add(self, rows: pd.DataFrame) -> None:
        table = pa.Table.from_pandas(rows, preserve_index=False)
        if self._is_new:
            self._do(lambda: self._connection.create_table(OBSERVATIONS, table, overwrite=True))
            self._is_new = False
        else:
            self._do(lambda: self._connection.insert(OBSERVATIONS, table))

    def finish(self, about: pd.DataFrame) -> None:
        self._do(lambda: self._connection.create_table(ABOUT, about, overwrite=True))
        disconnect(self._connection)

    def _do(self, work: Callable[[], Any]) -> None:
        try:
            work()
        except Exception as error:
            raise StoreError(f"{shown(self._address)} cannot be written: {error}") from error
