"""Concentration against published examples, and over the same places in every year."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.transforms.concentration import concentration_over_time, gini, herfindahl

VALUES = st.lists(st.floats(0.001, 1e9), min_size=1, max_size=30)


def test_herfindahl_of_the_merger_guidelines():
    # Four firms of 30, 30, 20 and 20 per cent: 2,600 (US Department of Justice).
    assert 10_000 * herfindahl([30, 30, 20, 20]) == pytest.approx(2600)


def test_gini_worked_out_by_hand():
    # Pairs of 1, 2, 3: differences 1, 1, 2, twice each, over 9 pairs: mean 8/9; over twice the
    # mean of 2: 2/9.
    assert gini([3, 1, 2]) == pytest.approx(2 / 9)
    assert gini([1, 2, 3, 4, 5]) == pytest.approx(4 / 15)


def test_equal_values_are_not_concentrated_and_one_alone_is():
    assert (herfindahl([7] * 4), gini([7] * 4)) == pytest.approx((0.25, 0.0))
    assert (herfindahl([0, 0, 0, 5]), gini([0, 0, 0, 5])) == pytest.approx((1.0, 0.75))


@settings(max_examples=60, deadline=None)
@given(VALUES, st.floats(0.01, 100))
def test_units_and_order_do_not_matter_and_bounds_hold(values, factor):
    scaled = [factor * value for value in reversed(values)]
    count = len(values)
    for index, low, high in ((herfindahl, 1 / count, 1), (gini, 0, (count - 1) / count)):
        assert index(values) == pytest.approx(index(scaled), abs=1e-9)
        assert low - 1e-9 <= index(values) <= high + 1e-9


@pytest.mark.parametrize("values", [[], [0, 0], [1, -1, 5], [1, float("nan")]])
@pytest.mark.parametrize("index", [herfindahl, gini])
def test_what_has_no_shares_is_refused(index, values):
    with pytest.raises(ValueError, match="zero or more"):
        index(values)


def test_only_places_with_a_figure_in_every_year_count(series):
    rows = series(
        ("japan", 2000, 50.0), ("korea", 2000, 50.0), ("america", 2000, 900.0),
        ("japan", 2001, 75.0), ("korea", 2001, 25.0), ("america", 2001, 1.0, "at_least"),
    )  # fmt: skip
    table = concentration_over_time(rows, [2000, 2001])
    assert list(table["year"]) == [2000, 2001]
    assert list(table["places"]) == [2, 2]
    assert set(table["names"]) == {"Japan, Korea"}
    assert list(table["herfindahl"]) == pytest.approx([0.5, 0.625])
    assert list(table["gini"]) == pytest.approx([0.0, 0.25])


def test_a_year_below_zero_or_without_places_has_no_index(series):
    rows = series(("japan", 2000, 5.0), ("korea", 2000, -5.0), ("japan", 2001, 5.0),
                  ("korea", 2001, 5.0))  # fmt: skip
    table = concentration_over_time(rows)
    assert table["gini"].isna().tolist() == [True, False]
    assert concentration_over_time(rows.iloc[:0]).empty
    assert concentration_over_time(rows, [1990])["herfindahl"].isna().all()
