"""Downturns: runs of years that fell, from peak to trough, and when the peak was passed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.transforms.cycles import downturns
from dashboard.transforms.growth import yearly_growth

SALES = "semiconductor_billings"


def falls(rows, catalogue):
    return downturns(yearly_growth(rows, catalogue.indicator(SALES)), rows)


def years(series, values, first=2000, **columns):
    rows = [("japan", first + at, value) for at, value in enumerate(values) if value is not None]
    return series(*rows, **columns)


def test_a_run_of_falling_years_is_one_downturn_from_peak_to_trough(series, catalogue):
    [fall] = falls(years(series, [100, 200, 150, 50, 120, 201]), catalogue)
    assert (fall.first_year, fall.last_year, fall.name) == (2002, 2003, "2002–03")
    assert (fall.peak, fall.trough, fall.change) == (200, 50, -75)
    assert fall.back_in == 2005


def test_falls_with_a_rise_between_are_two_downturns(series, catalogue):
    first, second = falls(years(series, [100, 90, 95, 80]), catalogue)
    assert (first.name, second.name) == ("2001", "2003")
    assert first.change == pytest.approx(-10)
    assert second.back_in is None


def test_reaching_the_peak_again_is_not_passing_it(series, catalogue):
    [fall] = falls(years(series, [100, 90, 100]), catalogue)
    assert fall.back_in is None


def test_a_gap_ends_a_run(series, catalogue):
    names = [fall.name for fall in falls(years(series, [100, 90, None, 70, 60]), catalogue)]
    assert names == ["2001", "2004"]


def test_a_break_of_the_series_is_no_fall(series, catalogue):
    rows = years(series, [100, 50, 40], caveats=["", "break_in_series", ""])
    assert [fall.name for fall in falls(rows, catalogue)] == ["2002"]


def test_each_place_has_its_own_downturns(series, catalogue):
    rows = series(("japan", 2000, 10), ("japan", 2001, 5), ("korea", 2000, 1), ("korea", 2001, 2))
    assert [fall.place_id for fall in falls(rows, catalogue)] == ["japan"]


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=20))
def test_every_year_that_fell_lies_in_one_downturn_and_no_other_year_does(
    series, catalogue, values
):
    found = falls(years(series, values), catalogue)
    covered = [year for fall in found for year in range(fall.first_year, fall.last_year + 1)]
    fell = [2000 + at for at in range(1, len(values)) if values[at] < values[at - 1]]
    assert covered == fell
    assert all(fall.trough < fall.peak and -100 < fall.change < 0 for fall in found)


def test_the_world_market_fell_in_eight_downturns_since_1986(catalogue):
    found = falls(catalogue.series(SALES, ["wsts_world"]), catalogue)
    assert {fall.name: round(fall.change, 1) for fall in found} == {
        "1996": -8.6,
        "1998": -8.4,
        "2001": -32.0,
        "2008–09": -11.5,
        "2012": -2.7,
        "2015": -0.2,
        "2019": -12.0,
        "2023": -8.2,
    }
    assert [fall.back_in for fall in found][:3] == [1999, 1999, 2004]
