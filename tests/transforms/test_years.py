"""Which years there are, and which one a reader meets first."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.transforms import default_base, default_year, years_of

NOTHING = float("nan")
PAIRS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.integers(2000, 2008), st.sampled_from([1.0, -1.0])),
    unique_by=lambda row: row[:2],
    min_size=1,
)


def test_years_are_those_with_a_value_in_order(table):
    rows = table(("a", 2003, 1.0), ("b", 2001, 2.0), ("a", 2001, 0.0), ("a", 2009, NOTHING))
    assert years_of(rows) == [2001, 2003]
    assert all(type(year) is int for year in years_of(rows))


def test_an_empty_table_has_no_years(table):
    assert years_of(table()) == []
    assert default_year(table()) is None
    assert default_base(table()) is None
    assert default_year(table(("a", 2000, NOTHING))) is None


def test_a_newest_year_with_few_reporters_is_not_shown_first(table):
    rows = [(key, 2021, 1.0) for key in "abcde"] + [(key, 2022, 1.0) for key in "abcd"]
    assert default_year(table(*rows, ("a", 2023, 1.0))) == 2022


def test_a_year_with_values_missing_does_not_count_as_covered(table):
    rows = [(key, 2021, 1.0) for key in "ab"] + [("a", 2022, 1.0), ("b", 2022, NOTHING)]
    assert default_year(table(*rows)) == 2021


@settings(max_examples=60)
@given(PAIRS)
def test_the_year_shown_first_is_the_newest_that_is_well_covered(table, pairs):
    covered = Counter(year for _, year, _ in pairs)
    enough = [year for year, count in covered.items() if count >= 0.8 * max(covered.values())]
    assert default_year(table(*pairs)) == max(enough)


@settings(max_examples=60)
@given(PAIRS)
def test_the_base_is_the_first_year_that_most_places_can_start_from(table, pairs):
    usable = Counter(year for _, year, value in pairs if value > 0)
    best = [year for year, count in usable.items() if count == max(usable.values())]
    assert default_base(table(*pairs)) == (min(best) if best else None)


@pytest.mark.parametrize("value", [0.0, -1.0, NOTHING])
def test_no_index_can_start_from_zero_or_less(table, value):
    assert default_base(table(("a", 2000, value))) is None
