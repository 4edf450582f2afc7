"""Where a series changes its basis, and what may be compared with what."""

import pytest

from dashboard.transforms.breaks import (
    breaks_in,
    broken_between,
    lean,
    series_breaks,
    stretches,
)
from dashboard.transforms.rows import rows_of

YEARS = tuple(("a", year, float(year)) for year in (2000, 2001, 2005, 2006))


def test_a_series_without_marks_has_no_break(observed):
    rows = observed(*YEARS)
    assert series_breaks(rows) == []
    assert set(stretches(rows_of(rows))) == {0}


def test_a_break_stands_at_its_year_with_the_value_before_it_and_its_note(observed):
    rows = observed(*YEARS, caveats=["", "", "press_only;break_in_series", ""])
    [found] = series_breaks(rows.assign(note=["", "", "New law", ""]))
    assert (found.place_id, found.before, found.year, found.splits) == ("a", 2001, 2005, True)
    assert found.reason == "Break in the series: New law"
    assert series_breaks(rows)[0].reason == "Break in the series"


def test_the_first_value_breaks_with_nothing(observed):
    assert series_breaks(observed(*YEARS, caveats=["break_in_series", "", "", ""])) == []


@pytest.mark.parametrize(
    ("definitions", "years"),
    [
        (("a", "a", "b", "b"), [2005]),
        (("a", "", "b", "b"), [2005]),  # a year without one is no return to the old one
        (("a", "", "a", ""), []),
        (("", "", "b", "b"), []),
        (("a", "b", "a", "a"), [2001, 2005]),
    ],
)
def test_a_new_legal_definition_is_a_break(observed, definitions, years):
    found = series_breaks(observed(*YEARS, definition_id=list(definitions)))
    assert [one.year for one in found] == years
    assert all("legal definition" in one.reason and one.splits for one in found)


def test_a_break_and_a_new_definition_in_one_year_are_one_break(observed):
    rows = observed(*YEARS, definition_id=["a", "a", "b", "b"])
    rows["caveats"] = ["", "", "break_in_series", ""]
    assert len(series_breaks(rows)) == 1


def test_a_splice_is_told_once_and_splits_nothing(observed):
    rows = observed(*YEARS, caveats=["", "splice", "splice", "splice"])
    [found] = series_breaks(rows)
    assert (found.year, found.splits) == (2001, False)
    assert set(stretches(rows_of(rows))) == {0}
    [whole] = series_breaks(observed(*YEARS, caveats="splice"))
    assert (whole.year, whole.before) == (2000, None)


def test_stretches_count_the_breaks_of_each_place_alone(observed):
    rows = observed(*YEARS, *(("b", year, value) for _, year, value in YEARS))
    rows["caveats"] = ["", "break_in_series", "", "break_in_series", *[""] * 4]
    assert stretches(rows_of(rows)) == [0, 1, 1, 2, 0, 0, 0, 0]
    shuffled = rows.sample(frac=1, random_state=3)
    numbers = dict(zip(shuffled.index, stretches(rows_of(shuffled)), strict=True))
    assert [numbers[at] for at in rows.index] == [0, 1, 1, 2, 0, 0, 0, 0]


def test_broken_between_looks_after_the_first_year_and_up_to_the_last(observed):
    rows = observed(*YEARS, caveats=["", "", "break_in_series", ""])
    assert broken_between(rows, 2000, 2006) == broken_between(rows, 2001, 2005) == ["a"]
    assert broken_between(rows, 2005, 2006) == broken_between(rows, 2000, 2001) == []


def test_a_lean_table_and_plain_rows_say_the_same(observed):
    rows = observed(*YEARS, caveats=["", "", "break_in_series", ""]).assign(locator="Table 1")
    assert series_breaks(lean(rows)) == breaks_in(rows_of(rows)) == series_breaks(rows)
    assert "locator" not in lean(rows)
