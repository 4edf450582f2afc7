"""Index and rank: what the base year, ties, gaps and missing values become."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue import Indicator
from dashboard.transforms import NoBaseYearError, as_index, index_to_base, rank
from dashboard.transforms.standings import is_placing

VALUES = st.floats(-1e6, 1e6) | st.just(float("nan"))
ROWS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(2000, 2004), VALUES),
    unique_by=lambda row: row[:2],
    max_size=20,
)


def test_an_index_starts_from_100_and_keeps_proportions(table):
    rows = table(("a", 2000, 5.0), ("a", 2001, 10.0), ("a", 2002, 2.5))
    indexed, left_out = index_to_base(rows, 2000)
    assert list(indexed["value"]) == [100.0, 200.0, 50.0]
    assert list(indexed["observed"]) == [5.0, 10.0, 2.5]
    assert left_out == []


def test_the_range_of_a_value_moves_with_it(table):
    rows = table(("a", 2000, 5.0), ("a", 2001, 10.0)).assign(
        value_low=[float("nan"), 9.0], value_high=[float("nan"), 12.0]
    )
    indexed, _ = index_to_base(rows, 2000)
    assert list(indexed["value_low"])[1:] == [180.0]
    assert list(indexed["value_high"])[1:] == [240.0]
    assert pd.isna(indexed["value_low"][0])


def test_places_without_a_value_above_zero_in_the_base_year_are_named(table):
    rows = table(
        ("absent", 2001, 1.0),
        ("zero", 2000, 0.0),
        ("negative", 2000, -3.0),
        ("empty", 2000, float("nan")),
        ("a", 2000, 4.0),
        ("a", 2001, 2.0),
        ("absent", 2002, 1.0),
    )
    indexed, left_out = index_to_base(rows, 2000)
    assert list(indexed["place_id"]) == ["a", "a"]
    assert list(indexed.index) == [0, 1]
    assert left_out == ["absent", "zero", "negative", "empty"]


@pytest.mark.parametrize("rows", [(), (("a", 2001, 1.0),), (("a", 2000, 0.0),)])
def test_no_base_at_all_is_an_error_that_names_the_year(table, rows):
    with pytest.raises(NoBaseYearError, match="above zero in 2000"):
        index_to_base(table(*rows), 2000)


@settings(max_examples=60)
@given(ROWS)
def test_every_place_kept_stands_at_100_in_the_base_year(table, rows):
    given_rows = table(*rows)
    before = given_rows.copy(deep=True)
    try:
        indexed, left_out = index_to_base(given_rows, 2000)
    except NoBaseYearError:
        assert not ((before["year"] == 2000) & (before["value"] > 0)).any()
        return
    pd.testing.assert_frame_equal(given_rows, before)
    base = indexed[indexed["year"] == 2000]
    assert list(base["value"]) == pytest.approx([100.0] * len(base))
    assert set(base["place_id"]) == set(indexed["place_id"])
    assert set(left_out) | set(indexed["place_id"]) == set(before["place_id"])
    assert not set(left_out) & set(indexed["place_id"])


def test_an_indicator_turned_into_an_index_loses_its_unit():
    indicator = Indicator(
        "gdp", "GDP", "GDP", "context", "", "US dollars", "US$ bn", 0, "level", "higher", "line",
        "A note.", "",
    )  # fmt: skip
    index = as_index(indicator, 1995)
    assert (index.unit, index.unit_symbol, index.decimals) == ("index, 1995 = 100", "", 1)
    assert index.aggregation == "index"
    assert not index.is_relative
    assert (index.name, index.comparability_note) == ("GDP", "A note.")


def test_the_highest_is_first_and_equals_share_a_rank(table):
    rows = table(("c", 2000, 2.0), ("b", 2000, 7.0), ("d", 2000, 7.0), ("a", 2000, -1.0))
    ranked = rank(rows)
    assert list(ranked["place_id"]) == ["b", "d", "c", "a"]
    assert list(ranked["rank"]) == [1, 1, 3, 4]


def test_a_missing_value_has_no_rank_and_stands_last(table):
    ranked = rank(table(("a", 2000, float("nan")), ("b", 2000, -5.0)))
    assert list(ranked["place_id"]) == ["b", "a"]
    assert ranked["rank"][0] == 1
    assert pd.isna(ranked["rank"][1])


def test_nothing_to_rank_stays_an_empty_table(table):
    ranked = rank(table())
    assert ranked.empty
    assert "rank" in ranked


@settings(max_examples=60)
@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), VALUES, max_size=12))
def test_ranks_follow_the_values(table, values):
    rows = table(*((key, 2000, value) for key, value in values.items()))
    before = rows.copy(deep=True)
    ranked = rank(rows)
    pd.testing.assert_frame_equal(rows, before)
    assert sorted(ranked["place_id"]) == sorted(values)
    valued = ranked.dropna(subset="value")
    assert valued["value"].is_monotonic_decreasing
    for row in valued.itertuples():
        assert row.rank == 1 + (valued["value"] > row.value).sum()


def test_places_in_a_ranking_stand_with_the_first_place_first(table):
    ranked = rank(table(("a", 2000, 10.0), ("b", 2000, 2.0)), lowest_first=True)
    assert list(ranked["place_id"]) == ["b", "a"]
    assert list(ranked["rank"]) == [1, 2]


def test_an_index_of_what_is_better_low_is_no_place_in_a_ranking(catalogue):
    """Its highest value is the highest, as of any index."""
    losses = next(
        item
        for item in catalogue.indicators.values()
        if item.aggregation == "level" and item.better == "lower"
    )
    assert not is_placing(as_index(losses, 2000))
