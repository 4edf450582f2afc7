"""Observations kept outside memory: in Parquet files that DuckDB reads, or in a database."""

from dashboard.stores.engine import Engine
from dashboard.stores.opening import STORE, catalogue, opened, shown

__all__ = ["STORE", "Engine", "catalogue", "opened", "shown"]
