"""Ranks over time are among those with a value, and say where these are not all."""

import pytest

from dashboard.charts.ranks import bump
from dashboard.charts.theme import LIGHT
from tests.charts.figures import assert_apart

ROWS = (
    ("JPN", 2000, 3.0), ("JPN", 2001, 3.0), ("JPN", 2003, 3.0),
    ("KOR", 2000, 2.0), ("KOR", 2001, 4.0), ("KOR", 2002, 4.0), ("KOR", 2003, 4.0),
)  # fmt: skip


@pytest.fixture
def lines(places, indicator, look):
    def make(rows):
        return bump(rows, indicator, places, look)

    return make


def test_the_first_rank_stands_on_top_and_a_gap_breaks_the_line(lines, series):
    figure = lines(series(*ROWS))
    japan, korea = figure.data
    assert list(japan.x) == [2000, 2001, 2002, 2003]
    assert list(japan.y) == [1, 2, None, 2]
    assert list(korea.y) == [2, 1, 1, 1]
    assert japan.connectgaps is False
    low, high = figure.layout.yaxis.range
    assert low > high


def test_years_without_all_values_are_shaded_and_said(lines, series):
    figure = lines(series(*ROWS))
    [shade] = figure.layout.shapes
    assert (shade.x0, shade.x1) == (2001.5, 2002.5)
    assert "Rank 1 of 1 with a value (2 shown)" in figure.data[1].customdata[2][1]
    assert "Rank 1 of 2<br>4.00 %" in figure.data[1].customdata[3][1]
    [key] = [label.text for label in figure.layout.annotations if label.name == "key"]
    assert key == "shaded: not all have a value"


def test_complete_years_need_no_shade_and_no_key(lines, series):
    figure = lines(series(*ROWS[:2], *ROWS[3:5]))
    assert not figure.layout.shapes
    assert [label.name for label in figure.layout.annotations] == [None, None]


def test_names_stand_at_the_ends_with_rank_and_with_the_year_of_a_line_that_ended(lines, series):
    ended = lines(series(("JPN", 2000, 3.0), ("KOR", 2000, 2.0), ("KOR", 2001, 4.0)))
    texts = [label.text for label in ended.layout.annotations if label.name is None]
    assert texts == ["● 1  Japan (2000)", "■ 1\u00a0of\u00a01  South<br>Korea"]


def test_equal_values_share_a_rank(lines, series):
    japan, korea = lines(series(("JPN", 2000, 3.0), ("KOR", 2000, 3.0))).data
    assert (japan.y[0], korea.y[0]) == (1, 1)


def test_a_rank_by_a_value_that_is_not_exact_is_hollow(lines, series):
    rows = series(("JPN", 2000, 3.0, "approximate"), ("KOR", 2000, 2.0), ("TWN", 2000, 1.0))
    rows["caveats"] = ["", "estimate", ""]
    hollow = [trace.marker.symbol[0].endswith("-open") for trace in lines(rows).data]
    assert hollow == [True, True, False]


def test_places_in_a_ranking_of_others_are_ranked_lowest_first(catalogue, look):
    indicator = catalogue.indicator("rank_offshore_rd_location")
    rows = catalogue.series(indicator.indicator_id)
    figure = bump(rows, indicator, catalogue.places, look)
    best = rows.loc[rows["value"].idxmin(), "place_name"]
    assert [trace.name for trace in figure.data if trace.y[0] == 1] == [best]


@pytest.mark.parametrize("count", [1, 2, 6, 12])
def test_every_real_place_has_a_line_and_a_name_of_its_own(catalogue, count):
    indicator = catalogue.indicator("rd_expenditure_gdp")
    keys = catalogue.places_with(indicator.indicator_id, "economy")[:count]
    rows = catalogue.series(indicator.indicator_id, keys)
    figure = bump(rows, indicator, catalogue.places, LIGHT)
    assert {trace.customdata[0][0] for trace in figure.data} == set(keys)
    assert len({(trace.line.color, trace.line.dash) for trace in figure.data}) == count
    assert_apart(figure)


def test_no_values_are_said(lines, series):
    assert [label.text for label in lines(series()).layout.annotations] == ["No values to draw."]
