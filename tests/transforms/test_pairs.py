"""Two indicators side by side: the same place, the same year, or not at all."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.transforms.pairs import above_zero, pair


@pytest.fixture(scope="session")
def rows(table):
    def make(*rows, **columns):
        frame = table(*rows)
        return frame.assign(**{"qualifier": "exact", "definition_id": "", "caveats": "", **columns})

    return make


def test_only_rows_of_the_same_place_and_year_are_joined(rows):
    pairs, left_out = pair(
        rows(("jpn", 2000, 1.0), ("jpn", 2001, 2.0), ("kor", 2001, 3.0)),
        rows(("jpn", 2001, 20.0), ("jpn", 2002, 30.0), ("kor", 2001, 40.0)),
    )
    found = pairs[["place_id", "year", "x", "y"]].to_numpy().tolist()
    assert found == [["jpn", 2001, 2.0, 20.0], ["kor", 2001, 3.0, 40.0]]
    assert left_out == []


def test_a_near_year_is_no_pair_and_the_place_is_named_with_the_years_it_has(rows):
    pairs, left_out = pair(
        rows(("jpn", 2000, 1.0), ("jpn", 2002, 1.0)),
        rows(("jpn", 2001, 1.0)),
        x_name="R&D",
        y_name="GDP",
    )
    assert pairs.empty
    assert left_out == ["Jpn (no year with both: R&D 2000–2002, GDP 2001)"]


def test_a_place_without_one_of_the_indicators_is_named_with_the_one_it_lacks(rows):
    _, left_out = pair(
        rows(("jpn", 2000, 1.0), ("kor", 2000, 1.0)),
        rows(("jpn", 2000, 1.0), ("twn", 2000, 1.0)),
        x_name="R&D",
        y_name="GDP",
    )
    assert left_out == ["Kor (no value of GDP)", "Twn (no value of R&D)"]


def test_a_missing_value_is_no_value(rows):
    pairs, left_out = pair(rows(("jpn", 2000, None)), rows(("jpn", 2000, 1.0)))
    assert pairs.empty
    assert left_out == ["Jpn (no value of the indicator across)"]


def test_a_pair_without_a_size_is_kept_and_its_size_stays_missing(rows):
    both = rows(("jpn", 2000, 1.0), ("kor", 2000, 1.0))
    pairs, left_out = pair(both, both, rows(("jpn", 2000, 5.0), ("kor", 1999, 7.0)))
    assert pairs["size"].tolist()[0] == 5.0
    assert pd.isna(pairs["size"].tolist()[1])
    assert left_out == []


def test_doubt_comes_along(rows):
    rough = rows(("jpn", 2000, 5.0), qualifier="range", value_low=4.0, value_high=7.0)
    [row] = pair(rough, rows(("jpn", 2000, 1.0), qualifier="approximate"))[0].to_dict("records")
    assert (row["x_qualifier"], row["x_low"], row["x_high"]) == ("range", 4.0, 7.0)
    assert row["y_qualifier"] == "approximate"


def test_a_new_definition_or_a_break_of_either_series_is_marked_at_the_later_year(rows):
    three = (("jpn", 2000, 1.0), ("jpn", 2001, 2.0), ("jpn", 2002, 3.0))
    laws = rows(*three, definition_id=["JPN_1963", "JPN_1999", "JPN_1999"])
    assert pair(laws, rows(*three))[0]["is_break"].tolist() == [False, True, False]
    broken = rows(*three, caveats=["", "", "estimate;break_in_series"])
    assert pair(rows(*three), broken)[0]["is_break"].tolist() == [False, False, True]


def test_an_estimate_of_either_value_is_an_estimate_of_the_pair(rows):
    two = (("jpn", 2000, 1.0), ("jpn", 2001, 2.0))
    estimated = rows(*two, caveats=["", "press_only;estimate"])
    for tables in ((estimated, rows(*two)), (rows(*two), estimated)):
        assert pair(*tables)[0]["is_estimate"].tolist() == [False, True]


def test_the_first_year_of_another_place_is_no_break(rows):
    two = rows(("jpn", 2000, 1.0), ("kor", 2000, 1.0), definition_id=["JPN_1963", "KOR_1966"])
    assert pair(two, two)[0]["is_break"].tolist() == [False, False]


def test_a_log_axis_has_no_place_for_zero_and_the_places_are_named(rows):
    pairs, _ = pair(rows(("jpn", 2000, 0.0), ("kor", 2000, 1.0)),
                    rows(("jpn", 2000, 1.0), ("kor", 2000, -1.0)))  # fmt: skip
    assert [len(above_zero(pairs)[0]), above_zero(pairs)[1]] == [2, []]
    kept, names = above_zero(pairs, log_x=True)
    assert (kept["place_id"].tolist(), names) == (["kor"], ["Jpn"])
    kept, names = above_zero(pairs, log_x=True, log_y=True)
    assert (kept.empty, names) == (True, ["Jpn", "Kor"])


CELLS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.integers(2000, 2006)), st.floats(-1e9, 1e9), max_size=20
)


@settings(max_examples=50)
@given(across=CELLS, up=CELLS)
def test_every_pair_is_in_both_tables_and_every_place_is_paired_or_named(rows, across, up):
    tables = [rows(*((*key, value) for key, value in cells.items())) for cells in (across, up)]
    before = [table.copy(deep=True) for table in tables]
    pairs, left_out = pair(*tables)
    found = {(row.place_id, row.year): (row.x, row.y) for row in pairs.itertuples()}
    assert found == {key: (across[key], up[key]) for key in across.keys() & up.keys()}
    named = {words.split(" (")[0].lower() for words in left_out}
    assert named | set(pairs["place_id"]) == {key for key, _ in (*across, *up)}
    assert named.isdisjoint(pairs["place_id"])
    assert all(table.equals(copy) for table, copy in zip(tables, before, strict=True))
