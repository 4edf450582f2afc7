"""The sentence for readers who do not see a chart says what the data say."""

from dataclasses import replace

import pytest

from dashboard.charts.describe import describe_trend, describe_year


def test_a_year_names_the_highest_and_the_lowest_with_unit_and_doubt(series, indicator):
    rows = series(("JPN", 2020, 3.27), ("KOR", 2020, 4.8, "approximate"), ("TWN", 2020, 3.6))
    assert describe_year(rows, indicator, 2020, "Map") == (
        "Map of Share of R&D in GDP, 2020: 3 places with a value;"
        " highest South Korea with about 4.80 %, lowest Japan with 3.27 %."
    )


def test_one_place_is_not_the_lowest_as_well(series, indicator):
    text = describe_year(series(("JPN", 2020, 3.27)), indicator, 2020, "Ranked bars")
    assert text == (
        "Ranked bars of Share of R&D in GDP, 2020: 1 place with a value; highest Japan with 3.27 %."
    )


def test_no_values_are_said(series, indicator):
    assert describe_year(series(), indicator, 2020, "Map").endswith("no place has a value.")
    assert describe_trend(series(), indicator).endswith("no place has a value.")


def test_a_trend_says_from_what_to_what_each_place_went(series, level):
    rows = series(
        ("JPN", 2000, 3.0), ("JPN", 2010, 5.0),
        ("KOR", 2001, 5.0), ("KOR", 2005, 2.0),
        ("TWN", 2000, 1.0), ("TWN", 2001, 1.0),
        ("SGP", 2004, 7.0),
    )  # fmt: skip
    assert describe_trend(rows, replace(level, unit_symbol="")) == (
        "Line chart of Investment, 2000–2010:"
        " Japan rose from 3 in 2000 to 5 in 2010;"
        " South Korea fell from 5 in 2001 to 2 in 2005;"
        " Taiwan stayed from 1 in 2000 to 1 in 2001;"
        " Singapore 7 in 2004."
    )


def test_two_places_of_one_name_are_two_in_the_sentence(series, indicator):
    rows = series(("SGP", 2000, 1.0), ("singapore", 2000, 9.0)).assign(place_name="Singapore")
    assert describe_trend(rows, indicator).count("Singapore") == 2


@pytest.mark.parametrize("mark", ["approximate", "at_least", "at_most"])
def test_doubt_is_said_in_a_trend_too(series, indicator, mark):
    text = describe_trend(series(("JPN", 2000, 3.5, mark), ("JPN", 2001, 4.0)), indicator)
    assert {"approximate": "about", "at_least": "at least", "at_most": "at most"}[mark] in text


def test_describing_does_not_change_the_rows(series, indicator):
    rows = series(("JPN", 2000, 1.0), ("KOR", 2000, 2.0))
    before = rows.copy(deep=True)
    describe_year(rows, indicator, 2000, "Map")
    describe_trend(rows, indicator)
    assert rows.equals(before)


def test_real_rows_are_described_by_their_extremes(catalogue):
    indicator = catalogue.indicator("rd_expenditure_gdp")
    rows = catalogue.series("rd_expenditure_gdp", first_year=2020, last_year=2020)
    text = describe_year(rows, indicator, 2020, "Map")
    ordered = rows.sort_values("value")
    assert f"highest {ordered['place_name'].iloc[-1]} with" in text
    assert f"lowest {ordered['place_name'].iloc[0]} with" in text
    assert f"{len(rows)} places" in text
