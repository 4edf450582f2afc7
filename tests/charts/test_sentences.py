"""What a chart is said to show is what its rows show, and never more than they can bear."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.describe import (
    chart_sentence,
    describe_change,
    describe_ranks,
    in_time,
    suggested_title,
)

TWO = (
    ("JPN", 2008, 3.0), ("JPN", 2009, 3.0), ("JPN", 2010, 3.0),
    ("KOR", 2008, 2.0), ("KOR", 2009, 2.5), ("KOR", 2010, 3.5),
)  # fmt: skip
VIEWS = ("line", "multiples", "rank_over_time", "ranking", "slope", "dumbbell", "scatter")


def test_rows_are_told_in_time_and_left_as_they_were(series):
    rows = series(("JPN", 2001, 1.0), ("KOR", 2000, 2.0), ("JPN", 2000, float("nan")))
    before = rows.copy()
    told = in_time(rows)
    assert [(row.place_id, row.year) for row in told.rows] == [("KOR", 2000), ("JPN", 2001)]
    assert in_time(told) is told
    assert in_time(rows.iloc[:0]).rows == []
    pd.testing.assert_frame_equal(rows, before)


# --- Lines ----------------------------------------------------------------------------------------


def test_a_line_chart_is_told_by_order_change_and_crossing(series, indicator):
    assert chart_sentence(series(*TWO), indicator, "line") == (
        "Share of R&D in GDP, 2008–2010:"
        " In 2010 South Korea 3.50 % and Japan 3.00 %, in this order."
        " The lowest value of all years is 2.00 %, South Korea in 2008."
        " From 2008 to 2010, South Korea rose most (+1.50 percentage points),"
        " Japan hardly changed (0.00 percentage points)."
        " South Korea overtook Japan between 2009 and 2010."
    )
    title = suggested_title(series(*TWO), indicator, "line")
    assert title == "Share of R&D in GDP: South Korea overtook Japan in 2010"


def test_equal_values_stand_in_the_order_of_their_rows(series, indicator):
    for places in (("KOR", "TWN", "JPN"), ("TWN", "JPN", "KOR")):
        first, second, last = places
        rows = series((first, 2020, 2.0), (last, 2020, 1.0), (second, 2020, 2.0))
        names = dict(zip(rows["place_id"], rows["place_name"], strict=True))
        text = chart_sentence(rows, indicator, "ranking", year=2020)
        told = f"{names[first]} 2.00 %, {names[second]} 2.00 % and {names[last]} 1.00 %"
        assert told in text


def test_over_a_gap_the_year_of_a_crossing_is_not_made_up(series, indicator):
    rows = series(*(row for row in TWO if row[:2] != ("JPN", 2009)))
    assert "between 2008 and 2010" in chart_sentence(rows, indicator, "line")
    assert suggested_title(rows, indicator, "line").endswith("Japan between 2008 and 2010")


def test_levels_change_by_per_cent_and_large_ones_by_times(series, level):
    rows = series(
        ("JPN", 2000, 100.0), ("JPN", 2010, 150.0), ("KOR", 2000, 10.0), ("KOR", 2010, 90.0)
    )
    text = chart_sentence(rows, level, "line")
    assert "South Korea rose most (to 9 times its value), Japan rose least (+50.0 %)" in text


def test_where_more_is_not_better_nobody_overtakes(series, indicator):
    rows = series(*TWO)
    neutral = replace(indicator, better="neutral")
    assert "South Korea moved above Japan" in suggested_title(rows, neutral, "line")
    placing = replace(indicator, better="lower", aggregation="index")
    assert "Japan moved ahead of South Korea" in suggested_title(rows, placing, "line")


def test_who_changed_places_often_has_not_simply_overtaken(series, indicator):
    rows = series(*TWO, ("JPN", 2007, 1.0), ("KOR", 2007, 1.5))
    assert "the last of 2 changes of their order" in chart_sentence(rows, indicator, "line")
    title = suggested_title(rows, indicator, "line")
    assert title == "Share of R&D in GDP: South Korea highest of 2 places in 2010"


@pytest.mark.parametrize("caveat", ["estimate", "splice", "break_in_series"])
def test_no_headline_of_overtaking_rests_on_doubt(series, indicator, caveat):
    rows = series(*TWO)
    rows.loc[5, "caveats"] = caveat
    assert "overtook" not in suggested_title(rows, indicator, "line")


def test_places_without_a_value_in_the_newest_year_are_counted(series, indicator):
    rows = series(*TWO, *((key, 2009, 1.0) for key in ("TWN",)), ("SGP", 2010, 1.0))
    rows = rows[~((rows["year"] == 2009) & (rows["place_id"] == "JPN"))]
    assert "3 of 4 places have a value in 2010" in chart_sentence(rows, indicator, "line")
    alone = suggested_title(rows, replace(indicator, better="neutral"), "ranking", year=2010)
    assert alone.endswith("South Korea highest of the 3 places with a value in 2010")


def test_an_index_says_that_it_is_one(series, indicator):
    rebased = replace(indicator, unit="index, 2000 = 100", aggregation="index", unit_symbol="")
    title = suggested_title(series(*TWO), rebased, "line")
    assert title.startswith("Share of R&D in GDP (index, 2000 = 100): ")


# --- Doubt ----------------------------------------------------------------------------------------


def test_who_may_lie_higher_is_named_and_takes_the_headline_away(series, indicator):
    rows = series(
        ("JPN", 2020, 60.0, "at_least"), ("KOR", 2020, 80.4), ("TWN", 2020, 50.0),
    )  # fmt: skip
    text = chart_sentence(rows, indicator, "ranking", year=2020)
    assert "South Korea is highest with 80.40 % (Japan, at least 60 %, may be higher)" in text
    assert "highest" not in suggested_title(rows, indicator, "ranking", year=2020)


def test_two_values_of_open_order_are_told_without_one(series, indicator):
    rows = series(("JPN", 2020, 60.0, "at_least"), ("KOR", 2020, 80.4))
    text = chart_sentence(rows, indicator, "ranking", year=2020)
    assert "South Korea 80.40 % and Japan at least 60 %. Their order is open" in text


def test_two_legal_definitions_have_no_order(series, indicator):
    rows = series(
        ("JPN", 2020, 70.0), ("KOR", 2020, 80.0), ("JPN", 2021, 81.0), ("KOR", 2021, 80.0)
    )
    rows["definition_id"] = ["JPN_1999", "KOR_2015"] * 2
    for view, years in (("line", {}), ("ranking", {"year": 2020}), ("rank_over_time", {})):
        text = chart_sentence(rows, indicator, view, **years)
        assert "this is no order" in text
        assert "overtook" not in text
        assert "highest" not in text
        title = suggested_title(rows, indicator, view, **years)
        assert not re.search("highest|overtook|most", title)


def test_a_caller_who_knows_more_may_say_that_places_compare_or_do_not(series, indicator):
    rows = series(*TWO)
    assert "no order" in chart_sentence(rows, indicator, "line", comparable=False)
    assert "overtook" not in suggested_title(rows, indicator, "line", comparable=False)
    rows["definition_id"] = ["JPN_1999"] * 3 + ["KOR_2015"] * 3
    assert "in this order" in chart_sentence(rows, indicator, "line", comparable=True)


def test_no_change_is_told_over_a_break(series, indicator):
    rows = series(("JPN", 2000, 1.0), ("JPN", 2010, 9.0), ("KOR", 2000, 1.0), ("KOR", 2010, 2.0))
    rows["caveats"] = ["", "break_in_series", "", ""]
    years = {"first_year": 2000, "last_year": 2010}
    text = chart_sentence(rows, indicator, "slope", **years)
    assert "South Korea rose (+1.00 percentage points)" in text
    assert "a break in the series lies between the two values of Japan" in text.replace(
        "A b", "a b"
    )
    assert "9.00" not in text
    assert "rose" not in suggested_title(rows, indicator, "slope", **years)


# --- Other views ----------------------------------------------------------------------------------


def test_a_ranking_tells_the_highest_the_lowest_and_the_change(series, indicator):
    keys = ("JPN", "KOR", "TWN", "SGP", "CHN")
    rows = series(*((key, 2020, 5.0 - at) for at, key in enumerate(keys)), ("KOR", 2010, 1.0),
                  ("JPN", 2010, 4.5))  # fmt: skip
    text = chart_sentence(rows, indicator, "ranking", year=2020, first_year=2010)
    assert "Japan is highest with 5.00 %. CHN is lowest with 1.00 %." in text
    assert "of the 2 that compare, South Korea rose most (+3.00 percentage points)" in text


@pytest.mark.parametrize("view", ["slope", "dumbbell"])
def test_two_years_tell_who_rose_most_who_passed_whom_and_who_is_missing(series, indicator, view):
    rows = series(*TWO, ("TWN", 2008, 1.0))
    years = {"first_year": 2008, "last_year": 2010}
    same = chart_sentence(rows, indicator, view, first_year=2008, last_year=2008)
    assert same.endswith("The two years are the same.")
    text = chart_sentence(rows, indicator, view, **years)
    assert "of the 2 that compare, South Korea rose most (+1.50 percentage points)" in text
    assert "South Korea overtook Japan" in text
    assert text.endswith("Without a value in one of the two years or in both: Taiwan.")
    title = suggested_title(rows, indicator, view, **years)
    assert title.endswith("South Korea rose most of the 2 that compare from 2008 to 2010 "
                          "(+1.50 percentage points)")  # fmt: skip


def test_falls_are_told_as_falls(series, indicator):
    rows = series(("JPN", 2000, 5.0), ("JPN", 2010, 1.0), ("KOR", 2000, 5.0), ("KOR", 2010, 4.0))
    years = {"first_year": 2000, "last_year": 2010}
    text = chart_sentence(rows, indicator, "slope", **years)
    assert "South Korea fell least (−1.00 percentage points), Japan fell most (−4.00" in text
    assert "Japan fell most" in suggested_title(rows, indicator, "slope", **years)


def test_ranks_are_compared_between_years_that_all_places_have(series, indicator):
    rows = series(*TWO, ("KOR", 2011, 9.0))
    text = chart_sentence(rows, indicator, "rank_over_time")
    assert "In 2010, South Korea is first of 2." in text
    assert "Since 2008, South Korea (from 2 to 1) climbed most." in text
    assert "2010 is the newest year in which all have a value" in text
    apart = series(("JPN", 2000, 1.0), ("KOR", 2001, 1.0))
    assert "in no year have all 2 a value" in chart_sentence(
        apart, indicator, "rank_over_time"
    ).replace("In no", "in no")


def test_one_place_is_told_by_itself(series, indicator):
    rows = series(("JPN", 2000, 2.0), ("JPN", 2005, 5.0), ("JPN", 2010, 3.0))
    assert chart_sentence(rows, indicator, "line") == (
        "Share of R&D in GDP, 2000–2010: Japan has 2.00 % in 2000 and 3.00 % in 2010."
        " Japan rose (+1.00 percentage points)."
        " Its highest value is 5.00 % in 2005, its lowest 2.00 % in 2000."
    )
    title = suggested_title(rows, indicator, "line")
    assert title.endswith("Japan rose (+1.00 percentage points) from 2000 to 2010")


@pytest.mark.parametrize("view", VIEWS)
def test_no_values_are_said_in_every_view(series, indicator, view):
    years = {"year": 2000, "first_year": 2000, "last_year": 2010}
    text = chart_sentence(series(), indicator, view, **years)
    assert text == "Share of R&D in GDP: no place has a value."
    assert suggested_title(series(), indicator, view, **years) == "Share of R&D in GDP"


# --- Alternative texts ----------------------------------------------------------------------------


def test_the_alternative_text_of_two_years_names_each_place_with_both(series, indicator):
    rows = series(*TWO[:3], ("KOR", 2008, 2.0, "approximate"), ("KOR", 2010, 3.0), ("TWN", 2008, 1))
    assert describe_change(rows, indicator, 2008, 2010, "Slopes") == (
        "Slopes of Share of R&D in GDP, 2008 and 2010:"
        " Japan 3.00 % and 3.00 %; South Korea about 2 % and 3.00 %."
    )
    broken = rows.assign(caveats=["", "break_in_series", "", "", "", ""])
    assert "but its series breaks" in describe_change(broken, indicator, 2008, 2010, "Slopes")
    assert describe_change(rows, indicator, 1990, 2010, "Slopes").endswith("in both years.")


def test_the_alternative_text_of_ranks_says_among_how_many(series, indicator):
    rows = series(*TWO, ("TWN", 2008, 1.0))
    assert describe_ranks(rows, indicator) == (
        "Rank over time by Share of R&D in GDP, 2008–2010:"
        " Japan 1 of 3 in 2008 and 2 of 2 in 2010;"
        " South Korea 2 of 3 in 2008 and 1 of 2 in 2010; Taiwan 3 of 3 in 2008."
    )
    assert describe_ranks(series(), indicator).endswith("no place has a value.")


# --- Properties and real data ---------------------------------------------------------------------

TABLES = st.lists(
    st.tuples(
        st.sampled_from(["JPN", "KOR", "TWN", "SGP"]), st.integers(2000, 2006), st.integers(0, 9)
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.sampled_from(VIEWS))
def test_every_claim_of_a_headline_can_be_checked_in_the_rows(series, indicator, table, view):
    rows = series(*((key, year, float(value)) for key, year, value in table))
    years = {"year": 2003, "first_year": 2001, "last_year": 2005}
    title = suggested_title(rows, indicator, view, **years)
    names = dict(zip(rows["place_name"], rows["place_id"], strict=True))
    cell = {(key, year): value for key, year, value in table}
    if found := re.search(r": (.+) highest of .*?(\d+) places.* in (\d{4})$", title):
        key, count, year = names[found[1]], int(found[2]), int(found[3])
        held = {other: value for (other, at), value in cell.items() if at == year}
        assert len(held) == count
        assert all(held[key] > value for other, value in held.items() if other != key)
    if found := re.search(r": (.+) overtook (.+?) (?:in|between (\d+) and) (\d{4})$", title):
        upper, lower, year = names[found[1]], names[found[2]], int(found[4])
        before = int(found[3]) if found[3] else year - 1
        assert cell[upper, before] < cell[lower, before]
        assert cell[upper, year] > cell[lower, year]
    if found := re.search(r": (.+) (rose|fell) most", title):
        moves = {
            other: cell[other, 2005] - cell[other, 2001]
            for other in names.values()
            if (other, 2001) in cell and (other, 2005) in cell
        }
        best = max if found[2] == "rose" else min
        assert moves[names[found[1]]] == best(moves.values())
    for year in re.findall(r"\b(20\d\d)\b", chart_sentence(rows, indicator, view, **years)):
        assert 2000 <= int(year) <= 2006


@pytest.mark.parametrize("view", VIEWS)
def test_real_series_of_every_unit_have_a_sentence_and_a_headline(catalogue, view):
    one_of_each = {
        (item.unit_symbol, item.aggregation, catalogue.kind_of(key)): item
        for key, item in catalogue.indicators.items()
        if catalogue.places_with(key)
    }
    for indicator in one_of_each.values():
        keys = catalogue.places_with(indicator.indicator_id)[:6]
        rows = catalogue.series(indicator.indicator_id, keys)
        first, last = int(rows["year"].min()), int(rows["year"].max())
        years = {"year": last, "first_year": first, "last_year": last}
        sentence = chart_sentence(rows, indicator, view, **years)
        title = suggested_title(rows, indicator, view, **years)
        told = in_time(rows)
        assert sentence == chart_sentence(told, indicator, view, **years)
        assert title == suggested_title(told, indicator, view, **years)
        assert sentence.endswith("."), indicator
        assert not re.search(r"\bnan\b|None|  |\.\.|: \.|(\d{4}) to \1", sentence + title), sentence
        assert "\n" not in title


def test_korea_overtook_japan_in_research_in_2010(catalogue):
    indicator = catalogue.indicator("rd_expenditure_gdp")
    rows = catalogue.series(indicator.indicator_id, ["JPN", "KOR"])
    title = suggested_title(rows, indicator, "line")
    assert title == "Research and development expenditure: South Korea overtook Japan in 2010"
