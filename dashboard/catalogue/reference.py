"""What values are divided by or converted with: people, GDP, exchange rates and prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.cells import FIRM
from dashboard.catalogue.keeping import of_package

POPULATION = "population"
GDP_USD = "gdp_current_usd"
GDP_USD_UNCTAD = "gdp_current_usd_mn_unctad"
GDP_PPP = "gdp_ppp_intl_bn"

KEY = ["place_id", "year"]
COLUMNS = ["place_name", "value", "qualifier", "source_id", "locator"]


@dataclass(frozen=True, eq=False)
class Reference:
    """Yearly figures that other values are set against; shared, never to be changed.

    Every table is indexed by `place_id` and `year`, one row each, with `place_name`, `value`,
    `qualifier`, `source_id` and `locator`.

    Attributes:
        population: persons, of economies and of the hubs that a source counts.
        gdp_usd: GDP in current US dollars, as the World Bank has it (Taiwan from the IMF).
        gdp_usd_unctad: the same as UNCTAD has it, which its own ratios rest on.
        gdp_ppp: GDP in current international dollars, at purchasing power parity.
        exchange_rates: units of an economy's currency for a US dollar, average of the year; with
            `currency` (ISO 4217), which is another one before the euro.
        deflators: price level of an economy, to be compared over years and not over economies;
            with `measure`: the GDP deflator, or consumer prices where an economy has no deflator.
        publishers: author of each document, by its identifier.
    """

    population: pd.DataFrame
    gdp_usd: pd.DataFrame
    gdp_usd_unctad: pd.DataFrame
    gdp_ppp: pd.DataFrame
    exchange_rates: pd.DataFrame
    deflators: pd.DataFrame
    publishers: Mapping[str, str]

    @cached_property
    def newest_currency(self) -> pd.Series:
        """The currency of each economy today, by its identifier: that of its newest rate."""
        return self.exchange_rates["currency"].groupby(level="place_id").last()


@of_package(4)
def reference(catalogue: Catalogue) -> Reference:
    """The figures of a catalogue that others are divided by or converted with, made once."""
    return Reference(
        population=_series(catalogue, POPULATION),
        gdp_usd=_series(catalogue, GDP_USD),
        gdp_usd_unctad=_series(catalogue, GDP_USD_UNCTAD, 1e6),
        gdp_ppp=_series(catalogue, GDP_PPP, 1e9),
        exchange_rates=_rates(catalogue),
        deflators=_deflators(catalogue),
        publishers={key: source.author for key, source in catalogue.sources.items()},
    )


def at(table: pd.DataFrame, place_ids: pd.Series, years: pd.Series | int) -> pd.DataFrame:
    """The rows of a table of `Reference` for some places and years, in their order.

    Args:
        table: one of the tables.
        place_ids: a place for each row wanted; its index is kept.
        years: a year for each of them, or one for all.

    Returns:
        As the table, with `place_id` and `year`; cells are missing where nothing is held.
    """
    wanted = pd.MultiIndex.from_arrays(
        [
            place_ids.astype("object"),
            pd.Series(years, index=place_ids.index).astype("int64"),
        ],
        names=KEY,
    )
    return table.reindex(wanted).reset_index().set_axis(place_ids.index)


def _series(catalogue: Catalogue, indicator_id: str, scale: float = 1.0) -> pd.DataFrame:
    """The series of an indicator in units of one; empty where the catalogue has none."""
    if indicator_id in catalogue.indicators:
        rows = catalogue.series(indicator_id)
    else:
        rows = catalogue.nothing
    return _indexed(rows.assign(value=rows["value"] * scale), COLUMNS)


def _rates(catalogue: Catalogue) -> pd.DataFrame:
    rows = _named(catalogue.table("exchange_rates"), catalogue)
    return _indexed(rows.rename(columns={"local_per_usd": "value"}), [*COLUMNS, "currency"])


def _deflators(catalogue: Catalogue) -> pd.DataFrame:
    rows = _named(catalogue.table("deflators"), catalogue).rename(columns={"index": "value"})
    has_deflator = rows["place_id"].isin(
        rows.loc[rows["measure"] == "gdp_deflator", "place_id"].unique()
    )
    # Two price indices are never joined in one economy.
    rows = rows[(rows["measure"] == "gdp_deflator") | ~has_deflator]
    return _indexed(rows, [*COLUMNS, "measure"])


def _named(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    names = {key: place.name for key, place in catalogue.places.items()}
    return rows.rename(columns={"economy": "place_id"}).assign(
        place_name=rows["economy"].map(names)
    )


def _indexed(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The firm rows above zero by place and year; of several sources the first one."""
    rows = rows[rows["qualifier"].isin(FIRM) & (rows["value"] > 0)].drop_duplicates(KEY)
    rows = rows.astype({"place_id": "object", "year": "int64"})
    return rows.set_index(KEY)[columns].sort_index()
