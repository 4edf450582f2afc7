"""Highest, lowest, crossings and common spans, where values are rough, missing or broken."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.transforms.highlights import (
    Crossing,
    common_span,
    crossings,
    extreme,
    one_basis,
)
from dashboard.transforms.rows import rows_of


def year_of(observed, *rows):
    """Rows of one year: (place, value, qualifier, low, high), the last three at will."""
    filled = [(*row, *("exact", None, None)[len(row) - 2 :]) for row in rows]
    made = observed(*((key, 2000, value) for key, value, *_ in filled))
    return made.assign(
        qualifier=[row[2] for row in filled],
        value_low=[float("nan") if row[3] is None else row[3] for row in filled],
        value_high=[float("nan") if row[4] is None else row[4] for row in filled],
    )


# --- Highest and lowest ---------------------------------------------------------------------------


def test_exact_values_have_a_highest_and_a_lowest_beyond_doubt(observed):
    rows = year_of(observed, ("a", 1.0), ("b", 3.0), ("c", 2.0))
    high, low = extreme(rows_of(rows)), extreme(rows_of(rows), highest=False)
    assert (high.row.place_id, low.row.place_id) == ("b", "a")
    assert high.is_alone
    assert low.is_alone


def test_places_that_share_the_highest_value_are_all_told(observed):
    found = extreme(rows_of(year_of(observed, ("a", 3.0), ("b", 3.0), ("c", 2.0))))
    assert [row.place_id for row in found.equal] == ["b"]
    assert not found.is_alone


@pytest.mark.parametrize(
    ("other", "is_open"),
    [
        (("b", 60.0, "at_least"), True),
        (("b", 60.0, "at_most"), False),
        (("b", 60.0, "range", 60.0, 90.0), True),
        (("b", 60.0, "range", 60.0, 70.0), False),
        (("b", 79.0, "approximate"), False),
        (("b", 70.0, "approximate"), False),  # 60 to 80: up to the exact one, not beyond it
        (("b", 80.0, "approximate"), True),
    ],
)
def test_a_place_that_may_lie_higher_leaves_the_highest_open(observed, other, is_open):
    found = extreme(rows_of(year_of(observed, ("a", 80.0), other)))
    assert found.row.place_id == "a"
    assert [row.place_id for row in found.contested] == (["b"] if is_open else [])


def test_a_bound_is_not_the_lowest_while_an_exact_value_is_there(observed):
    rows = year_of(observed, ("a", 80.0), ("b", 60.0, "at_least"))
    assert extreme(rows_of(rows), highest=False).row.place_id == "a"


def test_other_years_of_one_place_do_not_contest_it(observed):
    rows = observed(("a", 2000, 3.0), ("a", 2001, 3.0), ("b", 2000, 1.0))
    assert extreme(rows_of(rows)).is_alone


def test_no_values_have_no_extremes(observed):
    assert extreme(rows_of(observed())) is None
    assert extreme(rows_of(observed(("a", 2000, None)))) is None


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=12))
def test_the_highest_is_really_the_highest(observed, values):
    rows = observed(*((f"p{at}", 2000, value) for at, value in enumerate(values)))
    assert extreme(rows_of(rows)).row.value == max(values)
    assert extreme(rows_of(rows), highest=False).row.value == min(values)
    assert extreme(rows_of(rows)).contested == []


# --- Crossings ------------------------------------------------------------------------------------


def test_a_crossing_lies_between_two_years(observed):
    rows = observed(("a", 2000, 1.0), ("a", 2001, 3.0), ("b", 2000, 2.0), ("b", 2001, 2.0))
    assert crossings(rows_of(rows)) == [Crossing("a", "b", 2000, 2001)]
    assert crossings(rows_of(rows))[0].is_next_year


def test_over_a_gap_it_lies_between_the_years_that_both_have(observed):
    rows = observed(
        ("a", 2000, 1.0), ("a", 2001, 9.0), ("a", 2005, 3.0),
        ("b", 2000, 2.0), ("b", 2003, 0.0), ("b", 2005, 2.0),
    )  # fmt: skip
    [found] = crossings(rows_of(rows))
    assert (found.before, found.year, found.is_next_year) == (2000, 2005, False)


def test_touching_is_no_crossing_and_a_crossing_through_a_tie_begins_before_it(observed):
    flat = [("b", year, 2.0) for year in (2000, 2001, 2002)]
    touch = observed(("a", 2000, 1.0), ("a", 2001, 2.0), ("a", 2002, 1.0), *flat)
    assert crossings(rows_of(touch)) == []
    through = observed(("a", 2000, 1.0), ("a", 2001, 2.0), ("a", 2002, 3.0), *flat)
    assert crossings(rows_of(through)) == [Crossing("a", "b", 2000, 2002)]


@pytest.mark.parametrize(
    "column",
    [
        {"qualifier": ["exact", "approximate", "exact", "exact"]},
        {"caveats": ["", "estimate", "", ""]},
        {"caveats": ["", "forecast", "", ""]},
        {"caveats": ["", "break_in_series", "", ""]},
        {"definition_id": ["old", "new", "x", "x"]},
        {"definition_id": ["old", "old", "x", "x"]},
        {"scope": ["all", "manufacturing", "all", "all"]},
    ],
)
def test_what_is_rough_broken_or_of_another_basis_crosses_nothing(observed, column):
    rows = observed(("a", 2000, 1.0), ("a", 2001, 3.0), ("b", 2000, 2.0), ("b", 2001, 2.0))
    assert crossings(rows_of(rows.assign(**column))) == []


VALUES = st.dictionaries(st.integers(2000, 2008), st.integers(0, 4), max_size=9)


@settings(max_examples=80)
@given(st.lists(VALUES, min_size=2, max_size=4))
def test_crossings_are_of_observed_values_whose_order_turns(observed, series):
    names = [f"p{at}" for at in range(len(series))]
    by_name = dict(zip(names, series, strict=True))
    rows = observed(
        *((name, year, value) for name, line in by_name.items() for year, value in line.items())
    )
    found = crossings(rows_of(rows))
    for one in found:
        upper, lower = by_name[one.upper], by_name[one.lower]
        assert upper[one.before] < lower[one.before]
        assert upper[one.year] > lower[one.year]
        between = upper.keys() & lower.keys() & set(range(one.before + 1, one.year))
        assert all(upper[year] == lower[year] for year in between)
    for pair in combinations(names, 2):
        one, other = (by_name[name] for name in pair)
        signs = [one[year] > other[year] for year in sorted(one.keys() & other.keys())
                 if one[year] != other[year]]  # fmt: skip
        turns = sum(before != after for before, after in pairwise(signs))
        assert turns == sum({item.upper, item.lower} == set(pair) for item in found)


# --- Common spans ---------------------------------------------------------------------------------


def test_a_span_joins_most_places_and_is_then_the_widest(observed):
    rows = observed(
        *(("a", year, 1.0) for year in (1990, 2000, 2005, 2010)),
        *(("b", year, 1.0) for year in (2000, 2005, 2010)),
        *(("c", year, 1.0) for year in (2000, 2005)),
    )
    found = common_span(rows_of(rows))
    assert (found.first_year, found.last_year) == (2000, 2005)
    assert set(found.place_ids) == {"a", "b", "c"}


def test_a_span_does_not_run_over_a_break_or_rest_on_a_bound(observed):
    rows = observed(*(("a", year, 1.0) for year in (2000, 2001, 2002)))
    assert common_span(rows_of(rows)).last_year == 2002
    broken = common_span(rows_of(rows.assign(caveats=["", "", "break_in_series"])))
    assert (broken.first_year, broken.last_year) == (2000, 2001)
    bound = common_span(rows_of(rows.assign(qualifier=["at_least", "exact", "approximate"])))
    assert (bound.first_year, bound.last_year) == (2001, 2002)


def test_one_year_is_no_span(observed):
    assert common_span(rows_of(observed(("a", 2000, 1.0), ("b", 2001, 1.0)))) is None
    assert common_span(rows_of(observed())) is None


# --- Basis ----------------------------------------------------------------------------------------


def test_one_basis_is_one_definition_and_one_coverage(observed):
    rows = observed(("a", 2000, 1.0), ("b", 2000, 2.0))
    assert one_basis(rows_of(rows))
    assert one_basis(rows_of(rows.assign(scope=["all", "unspecified"])))
    assert not one_basis(rows_of(rows.assign(scope=["all", "manufacturing"])))
    assert not one_basis(rows_of(rows.assign(definition_id=["JPN_1999", ""])))
    assert not one_basis(rows_of(rows.assign(firm_scale=["all", "small"])))
