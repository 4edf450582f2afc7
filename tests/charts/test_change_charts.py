"""Two years side by side: every place with both is drawn, and nothing else is."""

from dataclasses import replace

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.change import dumbbell, slope
from dashboard.charts.theme import LIGHT
from tests.charts.figures import assert_apart, end_labels, parts, plot_height

ROWS = (
    ("JPN", 2000, 3.0), ("JPN", 2010, 3.5),
    ("KOR", 2000, 2.0), ("KOR", 2010, 4.5),
    ("TWN", 2000, 2.0),
    ("SGP", 2005, 9.0), ("SGP", 2010, 1.0),
)  # fmt: skip
# As sources print them: a number near the smallest there is has no percentage change.
AMOUNTS = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


@pytest.fixture
def draw(places, indicator, look):
    def make(chart, rows, first=2000, last=2010, **options):
        return chart(rows, options.pop("indicator", indicator), places, look, first, last)

    return make


def keyed(figure, name):
    return [label.text for label in figure.layout.annotations if label.name == name]


# --- Slopes ---------------------------------------------------------------------------------------


def test_only_places_with_both_years_have_a_slope(draw, series):
    figure = draw(slope, series(*ROWS))
    assert [trace.name for trace in figure.data] == ["Japan", "South Korea"]
    assert [list(trace.y) for trace in figure.data] == [[3.0, 3.5], [2.0, 4.5]]
    assert list(figure.layout.xaxis.ticktext) == ["<b>2000</b>", "<b>2010</b>"]
    assert go.Figure(figure.to_plotly_json()) == figure


def test_values_stand_at_both_ends_and_the_name_at_the_last(draw, series):
    figure = draw(slope, series(*ROWS))
    assert [label.text for label in end_labels(figure, 0)] == ["● 3.00 %", "■ 2.00 %"]
    right = [label.text.replace("\u00a0", " ") for label in end_labels(figure, 1)]
    assert right == ["● Japan 3.50 %", "■ South Korea<br>4.50 %"]
    assert keyed(figure, "unit") == ["Per cent of GDP"]


def test_the_hover_text_of_a_slope_has_both_values_and_the_change(draw, series):
    trace = draw(slope, series(*ROWS)).data[0]
    assert "3.00 % in 2000, 3.50 % in 2010" in trace.hovertemplate
    assert "+0.50 points" in trace.hovertemplate


def test_a_value_that_is_not_exact_is_hollow_and_its_slope_finely_dashed(draw, series):
    rows = series(("JPN", 2000, 3.0), ("JPN", 2010, 3.0, "approximate"), *ROWS[2:4])
    rough, exact = draw(slope, rows).data
    assert [symbol.endswith("-open") for symbol in rough.marker.symbol] == [False, True]
    assert rough.line.dash != exact.line.dash
    assert not any(symbol.endswith("-open") for symbol in exact.marker.symbol)
    assert "not exact" in keyed(draw(slope, rows), "key")[0]


def test_no_slope_joins_two_sides_of_a_break(draw, series):
    rows = series(("JPN", 2000, 3.0), ("JPN", 2005, 9.0), ("JPN", 2010, 3.5))
    [trace] = draw(slope, rows.assign(caveats=["", "break_in_series", ""])).data
    assert list(trace.y) == [3.0, None, 3.25, None, 3.5]
    assert trace.marker.symbol[2] == "line-ns"
    assert "the series breaks" in trace.hovertemplate
    assert "points" not in trace.hovertemplate
    [trace] = draw(slope, rows.assign(caveats=["break_in_series", "", ""])).data
    assert list(trace.y) == [3.0, 3.5]


def test_two_legal_definitions_are_not_joined(draw, series):
    rows = series(*ROWS[:2]).assign(definition_id=["JPN_1963", "JPN_1999"])
    assert None in draw(slope, rows).data[0].y
    assert not parts(draw(dumbbell, rows), "change")


def test_a_range_is_a_whisker_of_the_slope(draw, series):
    rows = series(("JPN", 2000, 60.0), ("JPN", 2010, 70.0, "range", 70.0, 90.0))
    [trace] = draw(slope, rows).data
    assert list(trace.error_y.array) == [0, 20]
    assert "70–90 %" in end_labels(draw(slope, rows), 1)[0].text.replace("\u00a0", " ")
    assert draw(slope, rows).layout.yaxis.range[1] > 90


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=12))
def test_labels_of_slopes_never_cover_each_other(catalogue, series, level, pairs):
    keys = [place.place_id for place in catalogue.places_of_kind("economy")][: len(pairs)]
    rows = series(
        *(
            (key, year, value)
            for key, pair in zip(keys, pairs, strict=True)
            for year, value in zip((2000, 2010), pair, strict=True)
        )
    )
    figure = slope(rows, level, catalogue.places, LIGHT, 2000, 2010)
    assert len(figure.data) == len(pairs)
    assert_apart(figure, (0, 1))


# --- Dumbbells ------------------------------------------------------------------------------------


def test_the_highest_last_value_stands_on_top(draw, series):
    figure = draw(dumbbell, series(*ROWS))
    first, last = parts(figure, "first")[0], parts(figure, "last")[0]
    assert [key for key, _ in last.customdata] == ["KOR", "JPN"]
    assert (list(first.x), list(last.x)) == ([2.0, 3.0], [4.5, 3.5])
    top, bottom = figure.layout.yaxis.range[::-1]
    assert top < last.y[0] < last.y[1] < bottom


def test_the_first_year_is_hollow_and_the_last_filled(draw, series, look):
    figure = draw(dumbbell, series(*ROWS))
    first, last = parts(figure, "first")[0], parts(figure, "last")[0]
    assert first.marker.color == look.card
    assert set(last.marker.color) == {look.economies["KOR"], look.economies["JPN"]}
    assert list(first.marker.line.color) == list(last.marker.color)
    assert keyed(figure, "key") == ["○ 2000   ● 2010"]


def test_values_stand_outside_of_their_marks_and_the_change_beside_the_name(draw, series):
    rows = series(("JPN", 2000, 4.0), ("JPN", 2010, 3.0))
    figure = draw(dumbbell, rows)
    values = [label for label in figure.layout.annotations if label.name == "value"]
    assert [(label.text, label.xanchor) for label in values] == [
        ("3.00 %", "right"),
        ("4.00 %", "left"),
    ]
    [name] = keyed(figure, "place")
    assert "Japan" in name
    assert "−1.00 points" in name


def test_the_axis_says_that_it_does_not_start_at_zero(draw, series):
    near = draw(dumbbell, series(("JPN", 2000, 90.0), ("JPN", 2010, 95.0)))
    assert near.layout.xaxis.title.text == "Per cent of GDP, not from zero"
    far = draw(dumbbell, series(("JPN", 2000, 1.0), ("JPN", 2010, 95.0)))
    assert far.layout.xaxis.title.text == "Per cent of GDP"
    assert far.layout.xaxis.range[0] <= 0


def test_a_rough_value_makes_the_bar_finely_dashed_and_a_break_takes_it_away(draw, series):
    rows = series(*ROWS[:4])
    rough = rows.assign(qualifier=["approximate", "exact", "exact", "exact"])
    solid, dashed = parts(draw(dumbbell, rough), "change")
    assert (solid.line.dash, list(dashed.x)) == ("solid", [3.0, 3.5, None])
    broken = rows.assign(caveats=["", "break_in_series", "", ""])
    [left] = parts(draw(dumbbell, broken), "change")
    assert list(left.x) == [2.0, 4.5, None]
    assert "the series breaks" in keyed(draw(dumbbell, broken), "place")[1]


def test_equal_values_are_written_once(draw, series):
    figure = draw(dumbbell, series(("JPN", 2000, 3.0), ("JPN", 2010, 3.0)))
    assert keyed(figure, "value") == ["3.00 %"]


# --- Both -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", [slope, dumbbell])
def test_without_a_place_with_both_years_the_chart_says_so(draw, series, chart):
    for rows in (series(), series(("JPN", 2000, 1.0), ("KOR", 2010, 1.0))):
        figure = draw(chart, rows)
        assert len(figure.data) == 0
        assert keyed(figure, "empty") == ["No values to draw."]


@pytest.mark.parametrize("chart", [slope, dumbbell])
def test_charts_of_change_leave_their_tables_as_they_are(draw, series, chart):
    rows = series(*ROWS)
    before = rows.copy(deep=True)
    draw(chart, rows)
    assert rows.equals(before)


@pytest.mark.parametrize("chart", [slope, dumbbell])
@pytest.mark.parametrize("value", [0.0, 1e-9, -5e13])
def test_values_of_any_size_can_be_compared(draw, series, indicator, chart, value):
    rows = series(("JPN", 2000, value), ("JPN", 2010, value))
    figure = draw(chart, rows, indicator=replace(indicator, unit_symbol="US$ m"))
    assert plot_height(figure) > 0
    assert all(trace.name for trace in figure.data)


@pytest.mark.parametrize("chart", [slope, dumbbell])
@pytest.mark.parametrize("count", [1, 2, 6, 12])
def test_every_real_place_with_both_years_is_drawn(catalogue, look, chart, count):
    indicator = catalogue.indicator("fdi_inward_stock_usd_mn")
    keys = catalogue.places_with(indicator.indicator_id, "economy")[:count]
    rows = catalogue.series(indicator.indicator_id, keys)
    figure = chart(rows, indicator, catalogue.places, look, 2000, 2020)
    both = rows[rows["year"].isin([2000, 2020])].groupby("place_id")["year"].nunique() == 2
    drawn = {cell[0] for trace in figure.data for cell in trace.customdata or ()}
    assert drawn == set(both.index[both])
