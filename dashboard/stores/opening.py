"""Stores by their addresses: which engine, where, and whether it holds what is asked of it.

`parquet:FOLDER` is a folder of Parquet files, read by DuckDB. Any other address is one of ibis:
`postgres://user@host/database`, `clickhouse://…`, `trino://…`, `bigquery://…`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.loading import DATA, load_tables, released, version
from dashboard.catalogue.precedence import prepared
from dashboard.catalogue.store import StoreError
from dashboard.stores.engine import ABOUT, OBSERVATIONS, Engine

# The environment variable that names the store of a server.
STORE = "SEABELT_STORE"
PARQUET = "parquet:"
_PASSWORD = re.compile(r"(?<=:)[^:/@]+(?=@)")


def catalogue(address: str = "") -> Catalogue:
    """The data package; its observations in the store of an address, if one is given.

    Args:
        address: of the store; "" takes the package's own table.

    Raises:
        DataContractError: if a table breaks the contract.
        StoreError: if the store cannot be opened, or is not one of this package.
    """
    tables, data_version, day = load_tables(DATA), version(DATA), released(DATA)
    held = Catalogue(tables, data_version, day)
    if not address:
        return held
    return Catalogue(tables, data_version, day, opened(address, held))


def opened(address: str, held: Catalogue) -> Engine:
    """The store at an address.

    Args:
        address: of the store.
        held: the data package whose observations it holds.

    Raises:
        StoreError: if it cannot be opened, or was built of another version of the package.
    """
    connect = connecting(address)
    connection = connect()
    try:
        [built_of] = connection.table(ABOUT)["data_version"].to_pyarrow().to_pylist()
    except Exception as error:
        raise StoreError(
            f"{STORE}: there is no store at {shown(address)}. Build it with `python -m dashboard "
            "store ADDRESS`."
        ) from error
    if built_of != held.version:
        raise StoreError(
            f"{STORE}: the store at {shown(address)} was built of version {built_of} of the data, "
            f"and this is version {held.version}. Build it anew with `python -m dashboard store`."
        )
    return Engine(connect, template(held), shown(address), connection)


def template(held: Catalogue) -> pd.DataFrame:
    """No row, with all columns and types of prepared observations."""
    none = held.no_rows("observations")
    return prepared(none, held.table("sources"), held.table("precedence"), held.places)


def connecting(address: str) -> Callable[[], Any]:
    """What connects to an engine.

    Raises:
        StoreError: if no engine can be reached by that address.
    """
    try:
        import ibis
    except ImportError as error:
        raise StoreError(
            f"{STORE} needs packages that are not here: `pip install -r requirements-stores.txt`."
        ) from error

    def connect() -> Any:
        try:
            if address.startswith(PARQUET):
                return _folder_in_duckdb(ibis, Path(address.removeprefix(PARQUET)))
            return ibis.connect(address)
        except Exception as error:
            raise StoreError(
                f"{STORE}: {shown(address)} cannot be opened: {error}. Give {PARQUET}FOLDER, or "
                "an address such as postgres://user@host/database."
            ) from error

    return connect


def _folder_in_duckdb(ibis: Any, folder: Path) -> Any:
    if not (folder / OBSERVATIONS).is_dir():
        raise FileNotFoundError(f"{folder / OBSERVATIONS} is no folder")
    connection = ibis.duckdb.connect()
    files = f"{folder / OBSERVATIONS}/*/*/*.parquet"
    connection.read_parquet(
        files, table_name=OBSERVATIONS, hive_partitioning=True, hive_types_autocast=False
    )
    connection.read_parquet(f"{folder / ABOUT}.parquet", table_name=ABOUT)
    return connection


def shown(address: str) -> str:
    """An address without its password."""
    return _PASSWORD.sub("…", address)
