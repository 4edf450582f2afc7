"""Ranks over time: a permutation of those with a value in each year, and no others."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import Indicator
from dashboard.transforms.standings import complete_years, is_placing, ranks, standings

RANKING = Indicator(
    "rank", "Rank", "Rank", "rd", "", "rank", "", 0, "index", "lower", "bar", "", ""
)


def test_ranks_are_among_those_with_a_value_in_the_year(observed):
    rows = observed(("a", 2000, 1.0), ("b", 2000, 2.0), ("a", 2001, 1.0), ("b", 2001, None))
    ranked = standings(rows)
    assert list(ranked["rank"]) == [2, 1, 1]
    assert list(ranked["ranked"]) == [2, 2, 1]
    assert set(ranked["shown"]) == {2}
    assert complete_years(ranked) == [2000]


def test_equal_values_share_the_better_rank(observed):
    rows = observed(("a", 2000, 2.0), ("b", 2000, 2.0), ("c", 2000, 1.0))
    assert list(standings(rows)["rank"]) == [1, 1, 3]
    assert list(standings(rows, lowest_first=True)["rank"]) == [2, 2, 1]


def test_only_places_in_a_ranking_have_their_lowest_first():
    assert is_placing(RANKING)
    assert not is_placing(replace(RANKING, aggregation="share"))
    assert not is_placing(replace(RANKING, better="higher"))


def test_no_rows_have_no_ranks(observed):
    assert standings(observed()).empty
    assert complete_years(standings(observed())) == []


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=12, unique=True))
def test_ranks_of_different_values_are_a_permutation(observed, values):
    ranked = standings(observed(*((f"p{at}", 2000, cell) for at, cell in enumerate(values))))
    assert sorted(ranked["rank"]) == list(range(1, len(values) + 1))
    assert ranked.loc[ranked["rank"] == 1, "value"].item() == max(values)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 4)), st.booleans())
def test_ranks_of_one_year_are_those_of_a_table(observed, values, lowest_first):
    rows = observed(*((key, 2000, float(value)) for key, value in values.items()))
    ranked = standings(rows, lowest_first=lowest_first)
    found = ranks(values, lowest_first=lowest_first)
    assert list(found.items()) == list(zip(ranked["place_id"], ranked["rank"], strict=True))
