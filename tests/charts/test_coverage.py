"""The heat map of coverage: who has which years of what, and gaps that look like gaps."""

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.charts.coverage import NO_VALUE, coverage_map, describe_coverage, held


@pytest.fixture
def table():
    """Two indicators for three places: long, with a gap, one year, none."""
    rows = [
        ("share", "JPN", 20, 2001, 2020, 0, True),
        ("share", "KOR", 5, 2004, 2010, 2, False),
        ("share", "TWN", 0, None, None, 0, False),
        ("level", "JPN", 1, 2015, 2015, 0, False),
        ("level", "KOR", 3, 1996, 1998, 0, False),
        ("level", "TWN", 0, None, None, 0, False),
    ]
    names = ["indicator_id", "place_id", "values", "first_year", "last_year", "gaps", "has_year"]
    types = {"first_year": "Int64", "last_year": "Int64", "has_year": "boolean"}
    return pd.DataFrame(rows, columns=names).astype(types)


@pytest.fixture
def indicators(indicator, level):
    return {"share": indicator, "level": replace(level, short_name="A name " * 12)}


def heat(figure):
    [trace] = [trace for trace in figure.data if trace.type == "heatmap"]
    return trace


def test_years_are_counted_and_a_pair_without_values_is_a_gap(table, indicators, places, look):
    trace = heat(coverage_map(table, indicators, places, look))
    assert [list(line) for line in trace.z] == [[20, 5, None], [1, 3, None]]
    assert [list(line) for line in trace.text] == [["20", "5", ""], ["1", "3", ""]]


def test_a_year_is_shaded_and_the_nearest_year_of_the_others_is_written(
    table, indicators, places, look
):
    trace = heat(coverage_map(table, indicators, places, look, 2006))
    assert [list(line) for line in trace.z] == [[1, 0, None], [0, 0, None]]
    assert [list(line) for line in trace.text] == [["●", "gap", ""], ["2015", "1998", ""]]


@pytest.mark.parametrize("year", [None, 2006])
def test_the_grey_of_no_value_has_an_entry_in_the_legend(table, indicators, places, look, year):
    figure = coverage_map(table, indicators, places, look, year)
    entries = {trace.name: trace.marker.color for trace in figure.data if trace.type == "scatter"}
    assert entries[NO_VALUE] == figure.layout.plot_bgcolor == look.no_value
    assert len(set(entries.values())) == len(entries) == (1 if year is None else 3)


def test_a_cell_says_which_pair_it_is_and_what_is_held(table, indicators, places, look):
    trace = heat(coverage_map(table, indicators, places, look))
    assert trace.customdata[0][1] == "share KOR"
    assert trace.hovertext[0][1] == (
        "<b>South Korea</b> · R&D share<br>5 years: 2004–2010, 2 missing between"
    )
    assert trace.hovertext[0][2].endswith("No value held")


def test_rows_and_columns_are_named_first_one_on_top(table, indicators, places, look):
    layout = coverage_map(table, indicators, places, look).layout
    assert list(layout.xaxis.ticktext) == ["Japan", "South Korea", "Taiwan"]
    assert layout.yaxis.ticktext[0] == "R&D share"
    assert layout.yaxis.ticktext[1].endswith("…")
    assert layout.yaxis.range[0] > layout.yaxis.range[1]


def test_a_higher_table_makes_a_higher_chart(table, indicators, places, look):
    one = coverage_map(table.head(3), indicators, places, look)
    assert coverage_map(table, indicators, places, look).layout.height > one.layout.height


def test_the_table_is_not_changed(table, indicators, places, look):
    before = table.copy()
    coverage_map(table, indicators, places, look, 2006)
    pd.testing.assert_frame_equal(table, before)


def test_what_is_held_is_said_in_words(table):
    words = [held(row, 2006) for row in table.itertuples()]
    assert words[0] == "2006: has a value; 20 years: 2001–2020"
    assert words[1] == "2006: no value; 5 years: 2004–2010, 2 missing between"
    assert words[3] == "2006: no value; 1 year: 2015"
    assert words[5] == "No value held"


def test_the_heat_map_is_told_in_a_sentence(table, places):
    assert describe_coverage(table, places) == (
        "Heat map of coverage, 2 indicators by 3 places: 4 of 6 pairs have a value in any year; "
        "Japan has most, Taiwan fewest."
    )
    assert "1 of 6 pairs have a value for 2006" in describe_coverage(table, places, 2006)
    assert describe_coverage(table.head(0), places).endswith("nothing to show.")
