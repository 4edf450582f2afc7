"""The sentences for readers who do not see a chart say what it shows, and nothing it does not."""

import pandas as pd
import pytest

from dashboard.charts.alt_text import (
    describe_distribution,
    describe_heat,
    describe_parts,
    describe_scatter,
)
from dashboard.transforms.pairs import pair


@pytest.fixture
def pairs(series):
    def make(*rows):
        across, up = (series(*((*row[:2], row[column]) for row in rows)) for column in (2, 3))
        return pair(across, up)[0]

    return make


def test_a_scatter_names_the_extremes_of_both_axes_and_the_common_order(pairs, indicator, level):
    rows = pairs(("JPN", 2000, 3.0, 10.0), ("KOR", 2000, 2.0, 20.0), ("TWN", 2000, 1.0, 30.0))
    assert describe_scatter(rows, indicator, level, 2000) == (
        "Scatter of Investment against Share of R&D in GDP, 2000: 3 places with both values; "
        "highest R&D share Japan with 3.00 %; highest Investment Taiwan with US$ 30 mn; places "
        "higher in one tend to be lower in the other (rank correlation −1.00)."
    )


def test_a_scatter_claims_no_order_of_two_places_or_of_equal_ones(pairs, indicator, level):
    two = pairs(("JPN", 2000, 3.0, 10.0), ("KOR", 2000, 2.0, 20.0))
    assert "tend" not in describe_scatter(two, indicator, level, 2000)
    same = pairs(*((key, 2000, 1.0, 2.0) for key in ("JPN", "KOR", "TWN")))
    assert "no common order" in describe_scatter(same, indicator, level, 2000)


def test_a_scatter_without_pairs_in_the_year_says_so(pairs, indicator, level):
    rows = pairs(("JPN", 2000, 3.0, 10.0))
    assert describe_scatter(rows, indicator, level, 2001).endswith("no place has both values.")


def test_a_heat_map_names_extremes_with_years_and_counts_empty_cells(series, indicator):
    rows = series(("JPN", 2000, 3.0), ("JPN", 2002, 3.4, "approximate"), ("KOR", 2001, 2.0))
    assert describe_heat(rows, indicator) == (
        "Heat map of Share of R&D in GDP, 2000–2002: 2 places; highest Japan in 2002 with about "
        "3.40 %; lowest South Korea in 2001 with 2.00 %; 3 of 6 cells without a value."
    )
    whole = describe_heat(series(("JPN", 2000, 3.0)), indicator)
    assert "1 place;" in whole
    assert whole.endswith("no cell empty.")
    assert describe_heat(series(), indicator).endswith("no place has a value.")


def test_a_distribution_says_ends_median_and_quartiles(series, indicator):
    rows = series(*((key, 2020, value) for key, value in zip("abcde", range(1, 6), strict=True)))
    assert describe_distribution(rows, indicator, 2020) == (
        "Distribution of Share of R&D in GDP, 2020: 5 places; from a with 1.00 % to e with 5.00 %; "
        "median 3.00 %; lower quartile 2.00 %; upper quartile 4.00 %."
    )
    assert "one place, a with 1.00 %" in describe_distribution(rows[:1], indicator, 2020)
    assert "no place has a value" in describe_distribution(rows[:0], indicator, 2020)


def test_parts_are_told_for_the_first_and_the_last_year_that_can_be_stacked():
    rows = pd.DataFrame(
        [("Firms", 1999, 60.0, None), ("Firms", 2000, 60.0, 10.0), ("State", 2000, 30.0, 10.0),
         ("Firms", 2001, 70.0, 0.0), ("State", 2001, 30.0, 0.0)],
        columns=["part_name", "year", "value", "remainder"],
    )  # fmt: skip
    assert describe_parts(rows, "R&D by performer") == (
        "Parts of R&D by performer, 2000–2001: 2000 Firms 60 %, State 30 %; 2001 Firms 70 %, State "
        "30 %. With a part that is not given: 2000. Left out because parts are missing or do not "
        "add up: 1999."
    )
    assert describe_parts(rows[:1], "R&D").endswith("no year can be stacked.")
    assert describe_parts(rows[:0], "R&D").endswith("no year can be stacked.")
    plain = rows[rows["year"] == 2001].drop(columns="remainder")
    assert describe_parts(plain, "R&D") == "Parts of R&D, 2001: 2001 Firms 70 %, State 30 %."
