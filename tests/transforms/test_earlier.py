"""A missing year may show a shortly earlier value, with its own year, never an estimate."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.transforms.earlier import MOST_TOLERANCE, nearest_earlier

ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(2000, 2012), st.floats(-5, 5)),
    unique_by=lambda row: row[:2],
    max_size=20,
)


def found(rows, *years, tolerance):
    shown = nearest_earlier(rows, years, tolerance)
    return [
        (row.place_id, row.shown_year, row.year, row.value) for row in shown.itertuples(index=False)
    ]


def test_without_tolerance_a_year_shows_its_own_values_only(table):
    rows = table(("a", 2000, 1.0), ("b", 2001, 2.0))
    assert found(rows, 2001, tolerance=0) == [("b", 2001, 2001, 2.0)]


def test_within_the_tolerance_the_newest_earlier_value_is_shown(table):
    rows = table(("a", 2000, 1.0), ("a", 2001, 1.5), ("b", 2004, 2.0))
    assert found(rows, 2004, tolerance=3) == [("a", 2004, 2001, 1.5), ("b", 2004, 2004, 2.0)]
    assert found(rows, 2004, tolerance=2) == [("b", 2004, 2004, 2.0)]


def test_a_later_value_is_never_shown(table):
    assert found(table(("a", 2005, 1.0)), 2004, tolerance=5) == []


def test_a_missing_value_is_passed_over(table):
    rows = table(("a", 2000, 1.0), ("a", 2001, float("nan")))
    assert found(rows, 2001, tolerance=1) == [("a", 2001, 2000, 1.0)]


def test_no_rows_or_no_years_show_nothing(table):
    assert found(table(), 2001, tolerance=2) == []
    assert found(table(("a", 2000, 1.0)), tolerance=2) == []


@pytest.mark.parametrize("tolerance", [-1, MOST_TOLERANCE + 1])
def test_a_tolerance_out_of_bounds_is_refused(table, tolerance):
    with pytest.raises(ValueError, match="0 to 5 can be chosen"):
        nearest_earlier(table(("a", 2000, 1.0)), [2000], tolerance)


@settings(max_examples=80)
@given(rows=ROWS, tolerance=st.integers(0, MOST_TOLERANCE))
def test_what_is_shown_was_observed_within_the_tolerance(table, rows, tolerance):
    observed = {(place, year): value for place, year, value in rows}
    years = range(2000, 2013)
    shown = found(table(*rows), *years, tolerance=tolerance)
    assert len({item[:2] for item in shown}) == len(shown)
    for place, shown_year, year, value in shown:
        assert 0 <= shown_year - year <= tolerance
        assert observed[place, year] == value
        assert not any((place, between) in observed for between in range(year + 1, shown_year + 1))
    expected = {
        (place, year)
        for place in "abc"
        for year in years
        if any((place, earlier) in observed for earlier in range(year - tolerance, year + 1))
    }
    assert {item[:2] for item in shown} == expected
