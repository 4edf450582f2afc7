"""The figures that others are divided by or converted with, from the tables as they are."""

import pandas as pd
import pytest

from dashboard.catalogue.reference import COLUMNS, KEY, at, reference

TABLES = ("population", "gdp_usd", "gdp_usd_unctad", "gdp_ppp", "exchange_rates", "deflators")


@pytest.mark.parametrize("name", TABLES)
def test_one_figure_above_zero_per_place_and_year_with_its_document(catalogue, name):
    table = getattr(reference(catalogue), name)
    assert list(table.index.names) == KEY
    assert table.index.is_unique
    assert set(COLUMNS) <= set(table.columns)
    assert (table["value"] > 0).all()
    assert table["place_name"].notna().all()
    assert set(table["source_id"]) <= set(catalogue.sources)
    assert (table["locator"] != "").all()


def test_figures_are_in_units_of_one(catalogue):
    held = reference(catalogue)
    assert 1.2e8 < held.population.loc[("JPN", 2020), "value"] < 1.3e8
    for table in (held.gdp_usd, held.gdp_usd_unctad, held.gdp_ppp):
        assert 4e12 < table.loc[("JPN", 2020), "value"] < 6e12
    assert held.exchange_rates.loc[("JPN", 2020), "currency"] == "JPY"
    assert held.exchange_rates.loc[("DEU", 1990), "currency"] == "DEM"


def test_it_is_made_once_for_a_catalogue(catalogue):
    assert reference(catalogue) is reference(catalogue)


def test_consumer_prices_are_taken_only_where_an_economy_has_no_deflator(small_tables):
    def price(measure, index, **cells):
        return {"measure": measure, "index": index} | cells

    both = small_tables(deflators=[price("cpi", "90"), price("gdp_deflator", "80")])
    assert reference(both).deflators["measure"].tolist() == ["gdp_deflator"]
    # A year without a deflator is a gap, not a year of consumer prices.
    mixed = small_tables(deflators=[price("cpi", "90"), price("gdp_deflator", "80", year="2004")])
    assert reference(mixed).deflators.index.tolist() == [("JPN", 2004)]
    one = small_tables(deflators=[price("cpi", "90")])
    assert reference(one).deflators["measure"].tolist() == ["cpi"]


def test_a_bound_is_no_divisor(small_tables):
    held = reference(small_tables(exchange_rates=[{"qualifier": "at_least"}]))
    assert held.exchange_rates.empty


def test_a_catalogue_without_population_has_an_empty_table_of_it(small_tables):
    held = reference(small_tables())
    assert held.population.empty
    assert at(held.population, pd.Series(["JPN"]), 2003)["value"].isna().all()


def test_what_is_not_held_is_missing_and_the_order_is_kept(catalogue):
    rates = reference(catalogue).exchange_rates
    wanted = pd.Series(["TWN", "", "JPN"], index=[7, 3, 5])
    found = at(rates, wanted, pd.Series([2000, 2000, 1800], index=[7, 3, 5]))
    assert list(found.index) == [7, 3, 5]
    assert list(found["value"].notna()) == [True, False, False]
    assert found.loc[7, "currency"] == "TWD"
