"""Transforms of the real data against what publishers print themselves."""

import numpy as np
import pytest

from dashboard.catalogue.provenance import source_uses, sources_of
from dashboard.transforms.reading import read


@pytest.fixture(scope="module")
def beside(catalogue, real_figures):
    """Own figures, those published, and how far apart they are (a share of the published)."""

    def make(indicator_id, published_id, scale=1.0, **wishes):
        indicator = catalogue.indicator(indicator_id)
        rows = catalogue.series(indicator_id)
        reading = read(rows, indicator, catalogue.places, real_figures, **wishes)
        published = catalogue.series(published_id)[["place_id", "year", "value"]]
        table = reading.rows.merge(published, on=["place_id", "year"], suffixes=("", "_published"))
        table["value"] = table["value"] * scale
        table["apart"] = (table["value"] / table["value_published"] - 1).abs()
        return table.replace([np.inf], np.nan)

    return make


@pytest.mark.parametrize("what", ["inward_flow", "inward_stock", "outward_flow", "outward_stock"])
def test_unctad_shares_of_gdp_follow_from_unctad_amounts_and_gdp(beside, catalogue, what):
    published = f"fdi_{what}_gdp_unctad"
    table = beside(f"fdi_{what}_usd_mn", published, transform="share_of_gdp")
    assert len(table) == len(catalogue.series(published))
    assert (table["value"] - table["value_published"]).abs().max() < 1e-5


def test_world_bank_share_of_gdp_follows_from_its_amounts_and_gdp(beside, catalogue):
    # The shares are of the release of February 2026, amounts and GDP of July: revisions lie between
    # (Germany before 1998, Japan's GDP, and most of 2024).
    table = beside("fdi_net_inflows_usd", "fdi_net_inflows_gdp", transform="share_of_gdp")
    assert len(table) == len(catalogue.series("fdi_net_inflows_gdp"))
    same = (table["apart"] < 1e-6) | ((table["value"] - table["value_published"]).abs() < 1e-6)
    assert same.mean() > 0.9
    near = (table["apart"] < 0.01) | ((table["value"] - table["value_published"]).abs() < 0.01)
    assert near.mean() > 0.93
    assert set(table.loc[~near & (table["year"] < 2010), "place_id"]) <= {"DEU", "JPN", "PLW"}


def test_constant_dollars_agree_with_the_series_of_unctad(beside):
    table = beside(
        "gdp_current_usd", "gdp_const2015_usd_mn_unctad", 1e-6, money="usd_constant", prices=2015
    )
    # Viet Nam raised its GDP by a quarter, which UNCTAD has not taken over; the newest years are
    # revised between one publisher's release and the other's.
    table = table[(table["year"] >= 2000) & (table["place_id"] != "VNM")]
    assert table["place_id"].nunique() == 18
    assert table["apart"].median() < 0.001
    assert (table["apart"] < 0.03).mean() > 0.98
    assert table.loc[table["year"] <= 2020, "apart"].max() < 0.06


@pytest.mark.parametrize(
    ("indicator_id", "published_id", "scale", "tolerance"),
    [
        ("park_revenue_twd_bn", "park_revenue_usd_mn", 1000, 0.01),
        ("semiconductor_output", "semiconductor_output_usd", 1000, 0.04),
        ("software_exports_inr_crore", "software_exports_usd_bn", 0.001, 0.10),
    ],
)
def test_dollars_at_the_rate_of_the_year_are_near_those_that_sources_print(
    beside, indicator_id, published_id, scale, tolerance
):
    # Sources round, and convert a fiscal year at the rate of its own months.
    table = beside(indicator_id, published_id, scale, money="usd")
    assert len(table)
    assert table["apart"].max() < tolerance


def test_gdp_per_head_at_purchasing_power_parity_is_near_the_world_bank_s(beside):
    # GDP is the IMF's; in 2021 current and constant international dollars are the same.
    table = beside("gdp_ppp_intl_bn", "gdp_pcap_ppp_const2021", transform="per_head")
    table = table[table["year"] == 2021]
    assert table["place_id"].nunique() == 18
    assert table["apart"].median() < 0.005
    assert table["apart"].max() < 0.04


def test_gdp_per_head_of_taiwan_and_japan_in_dollars_of_the_year(catalogue, real_figures):
    indicator = catalogue.indicator("gdp_current_usd")
    rows = catalogue.series("gdp_current_usd", ["TWN", "JPN"], 2020, 2020)
    reading = read(rows, indicator, catalogue.places, real_figures, transform="per_head")
    per_head = dict(zip(reading.rows["place_id"], reading.rows["value"], strict=True))
    gdp = dict(zip(rows["place_id"], rows["value"], strict=True))
    people = real_figures.population["value"]
    for place_id in ("TWN", "JPN"):
        assert per_head[place_id] == pytest.approx(gdp[place_id] / people[place_id, 2020])
    assert 25_000 < per_head["TWN"] < 30_000
    assert 38_000 < per_head["JPN"] < 42_000


def test_yearly_growth_of_gdp_in_national_currency_is_growth_and_inflation(catalogue, real_figures):
    # (1 + growth of volume) × (1 + inflation of the deflator) = 1 + growth of the amount.
    indicator = catalogue.indicator("gdp_current_usd")
    rows = catalogue.series("gdp_current_usd", ["KOR"], 2000, 2023)
    wishes = {"transform": "yearly_growth"}
    nominal = read(rows, indicator, catalogue.places, real_figures, money="national", **wishes)
    real = read(rows, indicator, catalogue.places, real_figures, money="usd_constant", **wishes)
    inflation = catalogue.series("gdp_deflator_inflation", ["KOR"], 2001, 2023)["value"]
    product = (1 + real.rows["value"] / 100) * (1 + inflation / 100)
    assert list(product) == pytest.approx(list(1 + nominal.rows["value"] / 100), abs=1e-4)


def test_every_document_a_conversion_rests_on_can_be_named(catalogue, real_figures):
    indicator = catalogue.indicator("gdp_current_usd")
    rows = catalogue.series("gdp_current_usd", ["TWN", "JPN"], 2000, 2020)
    reading = read(rows, indicator, catalogue.places, real_figures, money="usd_constant",
                   transform="per_head")  # fmt: skip
    for what, used in reading.used.groupby("what"):
        uses = source_uses(used, catalogue, str(what))
        assert sum(use.rows for use in uses) == len(used)
        assert all(use.locators for use in uses)
    assert set(reading.used["what"]) == {"exchange rate", "GDP deflator", "population"}
    assert {use.source.source_id for use in sources_of(reading.used, catalogue)} == set(
        reading.used["source_id"]
    )
