"""Who has which years of what, as a table that a heat map draws."""

import pandas as pd
import pytest

from dashboard.catalogue import UnknownIdentifierError
from dashboard.catalogue.coverage import coverage


@pytest.fixture(scope="session")
def small(small_tables):
    """Japan with 2003, 2005 and 2006 (another share in 1990); Korea with a forecast only."""
    return small_tables(
        observations=[
            *({"year": year} for year in ("2003", "2005", "2006")),
            {"year": "2005", "scope": "manufacturing"},
            {"indicator_id": "rate", "year": "1990"},
            {"place_id": "KOR", "period_note": "forecast"},
            {"place_id": "TWN", "year": "2007"},
        ],
        indicators=[{}, {"indicator_id": "rate", "name": "B rate"}, {"indicator_id": "none"}],
        places=[{"place_id": key, "economy": key} for key in ("JPN", "KOR", "TWN")],
    )


def test_years_and_gaps_of_each_pair_are_counted_held_or_not(small):
    table = coverage(small, ["JPN", "KOR"], ["share", "rate"], year=2005)
    expected = pd.DataFrame(
        {
            "indicator_id": ["share", "share", "rate", "rate"],
            "place_id": ["JPN", "KOR", "JPN", "KOR"],
            "values": [3, 0, 1, 0],
            "first_year": [2003, pd.NA, 1990, pd.NA],
            "last_year": [2006, pd.NA, 1990, pd.NA],
            "gaps": [1, 0, 0, 0],
            "has_year": [True, False, False, False],
        }
    )
    whole = {"first_year": "Int64", "last_year": "Int64", "has_year": "boolean"}
    pd.testing.assert_frame_equal(table, expected.astype(table.dtypes.to_dict() | whole))


def test_without_a_year_none_is_judged_and_all_indicators_are_listed(small):
    table = coverage(small, ["JPN"])
    assert list(table["indicator_id"]) == list(small.indicators)
    assert table["has_year"].isna().all()


def test_no_place_is_an_empty_table(small):
    assert coverage(small, []).empty
    assert "gaps" in coverage(small, [])


def test_what_is_not_in_the_catalogue_is_named(small):
    with pytest.raises(UnknownIdentifierError, match="No place 'luck'"):
        coverage(small, ["luck"])
    with pytest.raises(UnknownIdentifierError, match="No indicator 'luck'"):
        coverage(small, ["JPN"], ["luck"])


def test_the_table_agrees_with_the_series(catalogue):
    places = ["JPN", "TWN", "MAC", "hsinchu"]
    indicators = ["rd_expenditure_gdp", "sme_share_employment", "park_firms"]
    table = coverage(catalogue, places, indicators, year=2005)
    for row in table.itertuples():
        years = list(catalogue.series(row.indicator_id, [row.place_id])["year"])
        assert row.values == len(years)
        assert row.has_year == (2005 in years)
        if years:
            assert (row.first_year, row.last_year) == (years[0], years[-1])
            assert row.gaps == years[-1] - years[0] + 1 - len(years)


def test_the_whole_table_is_made_at_once(catalogue):
    table = coverage(catalogue, list(catalogue.places))
    assert len(table) == len(catalogue.places) * len(catalogue.indicators)
    assert table["values"].sum() == len(catalogue.drawn)
