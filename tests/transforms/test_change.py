"""The difference between two years: points for shares, per cent for levels, and who has none."""

from dataclasses import replace

import pytest

from dashboard.catalogue import Indicator
from dashboard.transforms import change_between
from dashboard.transforms.change import change_of, changes_of
from dashboard.transforms.rows import rows_of

SHARE = Indicator(
    "share", "Share", "Share", "rd", "", "per cent of GDP", "%", 2, "share", "higher", "map", "", ""
)
LEVEL = replace(SHARE, unit="million US dollars", unit_symbol="US$ m", aggregation="level")


@pytest.fixture
def rows(table):
    def make(*rows, qualifiers=()):
        frame = table(*rows).assign(qualifier="exact")
        for index, qualifier in dict(qualifiers).items():
            frame.loc[index, "qualifier"] = qualifier
        return frame

    return make


def test_shares_change_by_percentage_points(rows):
    changes = change_between(rows(("a", 2000, 2.0), ("a", 2010, 3.5)), SHARE, 2000, 2010)
    assert list(changes.rows["value"]) == [1.5]
    assert changes.indicator.unit == changes.indicator.unit_symbol == "percentage points"
    assert changes.indicator.is_relative
    assert "2000 to 2010" in changes.indicator.name


def test_levels_change_by_per_cent_of_the_first_value(rows):
    changes = change_between(rows(("a", 2000, 200.0), ("a", 2010, 150.0)), LEVEL, 2000, 2010)
    assert list(changes.rows["value"]) == [-25.0]
    assert changes.indicator.unit_symbol == "%"
    assert changes.indicator.is_relative
    row = changes.rows.iloc[0]
    assert (row["first_value"], row["last_value"], row["year"]) == (200.0, 150.0, 2010)


def test_a_rate_that_is_no_percentage_changes_by_per_cent(rows):
    rate = replace(SHARE, unit="per million people", unit_symbol="per mn", aggregation="rate")
    changes = change_between(rows(("a", 2000, 200.0), ("a", 2010, 300.0)), rate, 2000, 2010)
    assert list(changes.rows["value"]) == [50.0]


def test_places_without_both_values_are_named_with_what_they_lack(rows):
    table = rows(("a", 2000, 1.0), ("b", 2010, 1.0), ("c", 2005, 1.0), ("zero", 2000, 0.0),
                 ("zero", 2010, 3.0))  # fmt: skip
    changes = change_between(table, LEVEL, 2000, 2010)
    assert changes.rows.empty
    assert dict(changes.left_out) == {
        "A": "no value for 2010",
        "B": "no value for 2000",
        "C": "no value for 2000 and 2010",
        "Zero": "not above zero in 2000",
    }


def test_a_bound_or_a_range_has_no_change_and_an_approximation_an_approximate_one(rows):
    table = rows(
        ("a", 2000, 1.0), ("a", 2010, 2.0), ("b", 2000, 1.0), ("b", 2010, 2.0),
        qualifiers={1: "approximate", 2: "at_least"},
    )  # fmt: skip
    changes = change_between(table, SHARE, 2000, 2010)
    assert list(changes.rows["qualifier"]) == ["approximate"]
    assert dict(changes.left_out) == {"B": "known only as a range or a bound"}


@pytest.mark.parametrize("indicator", [SHARE, LEVEL])
def test_plain_rows_change_as_those_of_a_table(observed, indicator):
    table = observed(
        ("a", 2000, 1.1), ("a", 2010, 2.3), ("b", 2000, -1.0), ("b", 2010, 2.0), ("c", 2010, 1.0),
        ("d", 2000, 3.0), ("d", 2010, 1.0), ("e", 2000, 3.0), ("e", 2010, 1.0),
        qualifier=[*["exact"] * 5, "approximate", "exact", "at_least", "exact"],
    )  # fmt: skip
    changes = change_between(table, indicator, 2000, 2010)
    found = changes_of(rows_of(table), indicator, 2000, 2010)
    columns = ["place_id", "year", "value", "qualifier"]
    assert changes.rows[columns].to_numpy().tolist() == [
        [row.place_id, row.year, row.value, row.qualifier] for row in found
    ]
    assert changes.indicator == change_of(indicator, 2000, 2010)


def test_the_table_is_left_as_it_was(rows):
    table = rows(("a", 2000, 1.0), ("a", 2010, 2.0))
    before = table.copy(deep=True)
    change_between(table, SHARE, 2000, 2010)
    assert table.equals(before)
