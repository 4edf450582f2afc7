"""Lines and ranked bars show what the table holds, and nothing that it does not."""

from dataclasses import replace
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.series import ranking, trend
from dashboard.charts.theme import LIGHT
from dashboard.transforms import rank
from tests.charts.figures import assert_apart, parts

THREE_PLACES = (
    ("JPN", 2000, 3.0),
    ("JPN", 2001, 3.1),
    ("KOR", 2000, 2.0),
    ("KOR", 2001, 2.5),
    ("TWN", 2001, 1.5),
)


@pytest.fixture
def line(places, indicator, look):
    def draw(rows, **options):
        return trend(rows, options.pop("indicator", indicator), places, look, **options)

    return draw


@pytest.fixture
def bars(places, indicator, look):
    def draw(rows, **options):
        return ranking(rank(rows), options.pop("indicator", indicator), places, look, **options)

    return draw


def is_whole(figure):
    """Plotly itself has nothing to complain of."""
    return go.Figure(figure.to_plotly_json()) == figure


# --- Lines ----------------------------------------------------------------------------------------


def test_each_place_is_one_line_in_the_order_of_the_table(line, series):
    figure = line(series(*THREE_PLACES))
    assert [trace.name for trace in figure.data] == ["Japan", "South Korea", "Taiwan"]
    assert list(figure.data[0].y) == [3.0, 3.1]
    assert list(figure.data[0].x) == [2000, 2001]
    assert is_whole(figure)


def test_the_unit_stands_on_the_axis(line, bars, series):
    rows = series(*THREE_PLACES)
    assert line(rows).layout.yaxis.title.text == "Per cent of GDP"
    assert bars(rows[rows["year"] == 2001]).layout.xaxis.title.text == "Per cent of GDP"


def test_a_missing_year_breaks_the_line(line, series):
    [trace] = line(series(("JPN", 2000, 1.0), ("JPN", 2003, 2.0))).data
    assert list(trace.x) == [2000, 2001, 2002, 2003]
    assert list(trace.y) == [1.0, None, None, 2.0]
    assert trace.connectgaps is False
    assert list(trace.text) == ["1.00 %", "", "", "2.00 %"]


def test_a_new_legal_definition_breaks_the_line_between_the_years(line, series):
    rows = series(*(("JPN", year, 1.0 + year - 2000) for year in range(2000, 2004)))
    rows["definition_id"] = ["JPN_1963", "JPN_1963", "JPN_1999", "JPN_1999"]
    trace, mark = line(rows).data
    assert list(mark.x) == [2001.5]
    assert "definition" in mark.text[0]
    assert list(trace.x) == [2000, 2001, 2001.5, 2002, 2003]
    assert list(trace.y) == [1.0, 2.0, None, 3.0, 4.0]
    assert trace.text[2] == ""
    assert trace.connectgaps is False
    assert len(trace.marker.symbol) == 5


@pytest.mark.parametrize("definitions", [("", ""), ("JPN_1963", "JPN_1963"), ("", "JPN_1963")])
def test_one_definition_or_none_stated_leaves_the_line_whole(line, series, definitions):
    rows = series(("JPN", 2000, 1.0), ("JPN", 2001, 2.0)).assign(definition_id=definitions)
    [trace] = line(rows).data
    assert list(trace.x) == [2000, 2001]


def test_whiskers_stay_with_their_points_where_the_line_breaks(line, series):
    rows = series(("JPN", 2000, 5.0), ("JPN", 2001, 6.0, "range", 4.0, 7.5))
    trace, _ = line(rows.assign(definition_id=["JPN_1963", "JPN_1999"])).data
    assert list(trace.error_y.array) == [0, 0, 1.5]
    assert list(trace.text) == ["5.00 %", "", "6–7.50 %"]


def test_a_lone_year_is_a_marker(line, series):
    [trace] = line(series(("JPN", 2000, 1.0))).data
    assert "markers" in trace.mode
    assert list(trace.y) == [1.0]


def test_values_that_are_not_exact_are_hollow(line, series):
    [trace] = line(series(("JPN", 2000, 1.0), ("JPN", 2001, 2.0, "approximate"))).data
    exact, rough = trace.marker.symbol
    assert rough == f"{exact}-open"
    assert list(trace.text) == ["1.00 %", "about 2 %"]


def test_ranges_are_whiskers_of_the_right_length(line, series):
    rows = series(("JPN", 2000, 5.0), ("JPN", 2001, 6.0, "range", 4.0, 7.5))
    [trace] = line(rows).data
    assert trace.error_y.symmetric is False
    assert list(trace.error_y.array) == [0, 1.5]
    assert list(trace.error_y.arrayminus) == [0, 2.0]
    assert line(series(("JPN", 2000, 5.0))).data[0].error_y.array is None


def test_whiskers_are_inside_the_axis(line, series):
    rows = series(("JPN", 2000, 5.0, "range", 4.0, 9.0), ("JPN", 2001, 5.0))
    low, high = line(rows).layout.yaxis.range
    assert low <= 4.0
    assert high >= 9.0


def test_the_axis_starts_at_zero_unless_values_lie_below(line, series):
    low, high = line(series(("JPN", 2000, 90.0), ("JPN", 2001, 100.0))).layout.yaxis.range
    assert -10 < low <= 0
    assert high > 100
    low, _ = line(series(("JPN", 2000, -5.0), ("JPN", 2001, 5.0))).layout.yaxis.range
    assert low < -5


def test_years_have_no_thousands_separator(line, series):
    assert line(series(*THREE_PLACES)).layout.xaxis.tickformat == "d"


def test_each_line_is_named_at_its_end_in_its_own_colour(line, series):
    figure = line(series(*THREE_PLACES))
    assert not figure.layout.showlegend
    names = {item.text: item.font.color for item in figure.layout.annotations}
    # The marker of the line stands before the name: hue alone would not tell lines apart.
    assert list(names) == ["● Japan", "■ South Korea", "◆ Taiwan"]
    assert list(names.values()) == [trace.line.color for trace in figure.data]


def test_a_line_that_ends_early_says_when(line, series):
    figure = line(series(("JPN", 2000, 1.0), ("KOR", 2000, 2.0), ("KOR", 2001, 3.0)))
    assert [item.text for item in figure.layout.annotations] == ["● Japan (2000)", "■ South Korea"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=12), st.booleans())
def test_names_of_lines_never_cover_each_other(
    catalogue, series, indicator, values, has_long_names
):
    kind = "cluster" if has_long_names else "economy"
    keys = [place.place_id for place in catalogue.places_of_kind(kind)][: len(values)]
    rows = series(*((key, 2000, value) for key, value in zip(keys, values, strict=True)))
    rows["place_name"] = [catalogue.places[key].name for key in keys]
    assert_apart(trend(rows, indicator, catalogue.places, LIGHT))


def test_a_log_axis_leaves_out_zero_and_less_and_says_that_it_is_one(line, series):
    rows = series(("JPN", 2000, 0.0), ("JPN", 2001, 10.0), ("KOR", 2000, -1.0), ("TWN", 2000, 1.0))
    figure = line(rows, logarithmic=True)
    assert [trace.name for trace in figure.data] == ["Japan", "Taiwan"]
    assert figure.layout.yaxis.type == "log"
    assert figure.layout.yaxis.title.text == "Per cent of GDP (log scale)"
    assert {"1", "10"} <= set(figure.layout.yaxis.ticktext)


def test_nothing_to_draw_is_an_empty_chart(line, bars, series):
    for options in ({}, {"logarithmic": True}):
        assert len(line(series(), **options).data) == 0
    assert line(series(("JPN", 2000, -1.0)), logarithmic=True).layout.yaxis.type == "log"
    assert len(bars(series()).data) == 1


@pytest.mark.parametrize("value", [0.0, 1e-9, 5e13, -5e13])
@pytest.mark.parametrize("logarithmic", [False, True])
def test_one_value_of_any_size_can_be_drawn(line, bars, series, value, logarithmic):
    rows = series(("JPN", 2000, value))
    assert is_whole(line(rows, logarithmic=logarithmic))
    assert is_whole(bars(rows))


def test_large_money_has_ticks_in_words_and_a_title_without_the_magnitude(line, series, level):
    rows = series(("JPN", 2000, 2e6), ("JPN", 2001, 4e6))
    axis = line(rows, indicator=level).layout.yaxis
    assert axis.title.text == "US dollars"
    assert "US$ 2 tn" in axis.ticktext
    assert axis.tickvals[0] == 0


# --- Doubt ----------------------------------------------------------------------------------------


def marked(rows, year, caveat, note=""):
    """The rows with a caveat and a note in one year."""
    is_meant = rows["year"] == year
    return rows.assign(
        caveats=rows["caveats"].mask(is_meant, caveat), note=rows["note"].mask(is_meant, note)
    )


def five_years(series):
    return series(*(("JPN", year, float(year - 1999)) for year in range(2000, 2005)))


def test_a_break_in_the_series_is_a_gap_with_a_stroke_that_says_why(line, series):
    rows = marked(five_years(series), 2002, "break_in_series", "Counted anew <in 2002>")
    trace, mark = line(rows).data
    assert list(trace.x) == [2000, 2001, 2001.5, 2002, 2003, 2004]
    assert trace.y[2] is None
    assert (list(mark.x), list(mark.y)) == ([2001.5], [2.5])
    assert "Counted anew &lt;in 2002&gt;" in mark.text[0]
    assert mark.marker.symbol == "line-ns"
    assert [note.text for note in line(rows).layout.annotations if note.name == "key"] == [
        "❘ new basis or splice"
    ]


def test_a_first_row_on_a_new_basis_breaks_nothing(line, series):
    [trace] = line(marked(five_years(series), 2000, "break_in_series")).data
    assert None not in trace.y
    assert "First on a new basis" in trace.customdata[0][1]


def test_a_splice_is_marked_once_where_it_begins_and_joins_the_line(line, series):
    rows = five_years(series)
    trace, mark = line(rows.assign(caveats=["", "", "splice", "splice", "splice"])).data
    assert None not in trace.y
    assert list(mark.x) == [2001.5]
    assert "read levels" in mark.text[0]


def test_after_a_gap_the_stroke_stands_at_the_height_of_the_new_value(line, series):
    rows = series(("JPN", 2000, 1.0), ("JPN", 2005, 9.0)).assign(caveats=["", "break_in_series"])
    _, mark = line(rows).data
    assert (list(mark.x), list(mark.y)) == ([2004.5], [9.0])


@pytest.mark.parametrize("caveat", ["estimate", "forecast"])
def test_estimates_are_hollow_and_the_line_to_and_from_them_is_dashed(line, series, caveat):
    trace, dashed = line(marked(five_years(series), 2002, caveat)).data
    assert list(dashed.x) == [2001, 2002, None, 2002, 2003, None]
    assert list(dashed.y) == [2.0, 3.0, None, 3.0, 4.0, None]
    assert dashed.line.dash != trace.line.dash
    assert dashed.line.color == trace.line.color
    # The solid line leaves these two steps out.
    assert list(trace.x) == [2000, 2001, 2001.5, 2002, 2002.5, 2003, 2004]
    hollow = [x for x, symbol in zip(trace.x, trace.marker.symbol, strict=True) if "open" in symbol]
    assert hollow == [2002]
    assert caveat in line(marked(five_years(series), 2002, caveat)).layout.annotations[1].text


def test_no_dashes_run_over_a_break(line, series):
    rows = marked(five_years(series), 2002, "estimate;break_in_series")
    _, dashed, _ = line(rows).data
    assert list(dashed.x) == [2002, 2003, None]


def test_an_estimate_that_stands_alone_is_hollow(line, series):
    [trace] = line(series(("JPN", 2000, 1.0)).assign(caveats="estimate")).data
    assert trace.marker.symbol[0].endswith("-open")


def test_other_sources_are_faint_points_in_the_hue_of_the_place(line, series):
    rows = five_years(series)
    others = rows.iloc[:2].assign(source_id="b_2019", value=[7.0, 8.0])
    figure = line(rows, rivals=pd.concat([rows, others]))
    trace, points = figure.data
    assert (list(points.x), list(points.y)) == ([2000, 2001], [7.0, 8.0])
    assert points.marker.color == trace.line.color
    assert points.marker.opacity < 1
    assert list(points.text) == ["7.00 %", "8.00 %"]
    assert points.customdata[0][1] == "b 2019"
    assert figure.layout.yaxis.range[1] > 8


def test_a_rival_is_named_by_author_and_year(line, catalogue, series):
    source = next(iter(catalogue.sources.values()))
    rows = series(("JPN", 2000, 1.0))
    others = rows.assign(source_id=source.source_id, value=2.0)
    points = line(rows, rivals=others, sources=catalogue.sources).data[1]
    assert (source.author or source.title).split()[0] in points.customdata[0][1]


def test_what_is_drawn_and_what_is_no_yearly_figure_are_no_rivals(line, series):
    rows = five_years(series)
    others = rows.assign(source_id="b_2019", value=9.0)
    others["caveats"] = ["forecast", "part_year", "", "", ""]
    others["period_note"] = ["", "", "first half", "", ""]
    others.loc[4, "place_id"] = "SGP"  # not among the places drawn
    _, points = line(rows, rivals=others).data
    assert list(points.x) == [2003]
    [alone] = line(rows, rivals=rows).data
    assert alone.meta["part"] == "line"


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_line_joins_two_years_only_if_they_adjoin_and_nothing_lies_between(
    series, places, indicator, data
):
    years = sorted(data.draw(st.sets(st.integers(1990, 2010), min_size=1)))
    marks = st.sampled_from(["", "break_in_series", "estimate", "splice", "forecast"])
    caveats = [data.draw(marks) for _ in years]
    rows = series(*(("JPN", year, 1.0) for year in years)).assign(caveats=caveats)
    figure = trend(rows, indicator, places, LIGHT)
    joined = {
        (one, two): trace.meta["part"]
        for trace in figure.data
        if "lines" in trace.mode
        for (one, y), (two, other) in pairwise(zip(trace.x, trace.y, strict=True))
        if y is not None and other is not None
    }
    by_year = dict(zip(years, caveats, strict=True))
    soft = {"estimate", "forecast"}
    for year in years:
        pair = (year - 1, year)
        if year - 1 not in by_year or by_year[year] == "break_in_series":
            assert pair not in joined
        else:
            is_soft = bool({by_year[year - 1], by_year[year]} & soft)
            assert joined.pop(pair) == ("estimate" if is_soft else "line")
    assert not joined
    values = [y for trace in parts(figure, "line") for y in trace.y if y is not None]
    assert len(values) == len(years)


# --- Colour ---------------------------------------------------------------------------------------


def test_an_economy_has_the_same_colour_in_every_chart(line, bars, series, look):
    rows = series(*THREE_PLACES)
    by_line = {trace.name: trace.line.color for trace in line(rows).data}
    figure = bars(rows[rows["year"] == 2001])
    names = [label.split("  ")[1] for label in figure.data[0].hovertext]
    assert dict(zip(names, figure.data[0].marker.color, strict=True)) == by_line
    assert by_line["Japan"] == look.economies["JPN"]


def test_the_colour_of_a_place_does_not_depend_on_its_company(line, series):
    alone = line(series(("TWN", 2000, 1.0))).data[0].line.color
    among = {trace.name: trace.line.color for trace in line(series(*THREE_PLACES)).data}
    assert among["Taiwan"] == alone


def test_colour_never_stands_alone(line, series):
    traces = line(series(*THREE_PLACES)).data
    assert len({trace.marker.symbol[0] for trace in traces}) == len(traces)


def test_two_hubs_of_one_economy_look_different(line, series):
    first, second = line(series(("kyushu", 2000, 1.0), ("tohoku", 2000, 2.0))).data
    assert (first.line.color, first.line.dash) != (second.line.color, second.line.dash)


# --- Bars -----------------------------------------------------------------------------------------


def test_bars_start_at_zero_highest_first(bars, series):
    rows = series(("JPN", 2000, 90.0), ("KOR", 2000, 95.0), ("TWN", 2000, 95.0))
    figure = bars(rows)
    [trace] = figure.data
    assert list(trace.y) == list(figure.layout.yaxis.tickvals) == [0, 1, 2]
    assert list(trace.hovertext) == ["1  South Korea", "1  Taiwan", "3  Japan"]
    names = [name.strip() for name in figure.layout.yaxis.ticktext]
    assert names == list(trace.hovertext)
    assert list(trace.customdata) == ["KOR", "TWN", "JPN"]
    assert list(trace.x) == [95.0, 95.0, 90.0]
    first, last = figure.layout.yaxis.range
    assert first > last
    assert trace.base is None
    low, high = figure.layout.xaxis.range
    assert low == 0
    assert high >= 95


def test_bars_of_negative_values_keep_zero_in_view(bars, series):
    figure = bars(series(("JPN", 2000, -4.0), ("KOR", 2000, -1.0)))
    low, high = figure.layout.xaxis.range
    assert low <= -4
    assert high >= 0
    # Their values stand at the right of zero, where no name of a place is.
    assert [label.x for label in figure.layout.annotations] == [0, 0]


def test_each_bar_carries_its_value_with_unit_and_doubt(bars, series):
    rows = series(("JPN", 2000, 3.0), ("KOR", 2000, 2.0, "at_least"))
    [trace] = bars(rows).data
    assert [text.strip() for text in trace.text] == ["3.00 %", "at least 2 %"]
    assert list(trace.marker.pattern.shape) == ["", "/"]


def test_a_range_is_written_with_both_ends_and_reaches_on_as_a_whisker(bars, series):
    figure = bars(series(("JPN", 2000, 70.0, "range", 70.0, 90.0), ("KOR", 2000, 60.0)))
    [trace] = figure.data
    assert [text.strip() for text in trace.text] == ["70–90 %", "60.00 %"]
    assert list(trace.error_x.array) == [20.0, 0.0]
    assert list(trace.error_x.arrayminus) == [0, 0]
    assert figure.layout.xaxis.range[1] >= 90
    assert figure.layout.annotations[0].x == 90


def test_no_tick_stands_beyond_the_values(bars, line, series):
    rows = series(("JPN", 2000, 97.0), ("KOR", 2000, 60.0))
    for axis in (bars(rows).layout.xaxis, line(rows).layout.yaxis):
        assert axis.tickvals[0] == 0
        assert max(axis.tickvals) <= 97


def test_places_of_one_name_and_rank_keep_a_bar_each(bars, series):
    rows = series(("JPN", 2000, 3.0), ("kyushu", 2000, 3.0)).assign(place_name="Japan")
    figure = bars(rows)
    assert len(set(figure.data[0].y)) == 2
    assert len(figure.layout.yaxis.ticktext) == 2


def compared(bars, series, now, earlier, **options):
    return bars(series(*now), before=series(*earlier), **options)


def test_the_earlier_value_is_a_hollow_mark_and_the_change_stands_below_the_value(bars, series):
    now = (("KOR", 2023, 3.99), ("JPN", 2023, 3.0))
    figure = compared(bars, series, now, (("KOR", 2013, 3.57), ("JPN", 2013, 3.5)))
    _, earlier = figure.data
    assert (list(earlier.x), list(earlier.y)) == ([3.57, 3.5], [0, 1])
    assert earlier.marker.color == figure.layout.template.layout.paper_bgcolor
    assert earlier.name == "2013"
    values = [label for label in figure.layout.annotations if label.name == "value"]
    assert "3.99 %" in values[0].text
    assert "+0.42 since 2013" in values[0].text
    assert "−0.50 since 2013" in values[1].text
    # It stands beyond the mark that lies beyond the bar.
    assert [label.x for label in values] == [3.99, 3.5]
    [key] = [label.text for label in figure.layout.annotations if label.name == "key"]
    assert "○ 2013" in key
    assert "percentage points" in key


def test_a_level_changes_by_per_cent(bars, series, level):
    figure = compared(
        bars, series, (("KOR", 2023, 300.0),), (("KOR", 2013, 200.0),), indicator=level
    )
    assert "+50.0 % since 2013" in figure.layout.annotations[0].text
    assert "points" not in figure.layout.annotations[-1].text


def test_where_there_is_no_change_the_reason_stands_in_its_place(bars, series):
    now = (("JPN", 2023, 3.0), ("KOR", 2023, 2.0), ("TWN", 2023, 1.0))
    earlier = (("KOR", 2013, 1.0, "at_least"), ("TWN", 2013, 1.0))
    figure = compared(bars, series, now, earlier, broken=["TWN"])
    texts = [label.text for label in figure.layout.annotations if label.name == "value"]
    told = zip(texts, ("no value in 2013", "change not known", "the series breaks"), strict=True)
    assert all(words in text for text, words in told)


def test_an_earlier_year_without_rows_leaves_plain_bars(bars, series):
    rows = series(("JPN", 2023, 3.0))
    assert bars(rows, before=rows.iloc[:0], before_year=2013) == bars(rows)


# --- For all --------------------------------------------------------------------------------------


def test_charts_do_not_change_their_tables(line, bars, series):
    rows = series(*THREE_PLACES, ("SGP", 2001, -2.0, "range", -3.0, -1.0))
    before = rows.copy(deep=True)
    line(rows)
    line(rows, logarithmic=True)
    assert rows.equals(before)
    year = rank(rows[rows["year"] == 2001])
    before = year.copy(deep=True)
    bars(year.drop(columns="rank"))
    assert year.equals(before)


def test_indicators_of_every_unit_can_be_drawn(catalogue):
    one_of_each = {
        (item.unit_symbol, item.aggregation, catalogue.kind_of(key)): item
        for key, item in catalogue.indicators.items()
    }
    for indicator in one_of_each.values():
        rows = catalogue.series(indicator.indicator_id)
        shown = rows[rows["place_id"].isin(rows["place_id"].unique()[:3])]
        year = rank(shown[shown["year"] == shown["year"].max()])
        for figure, axis in (
            (trend(shown, indicator, catalogue.places, LIGHT), "yaxis"),
            (ranking(year, indicator, catalogue.places, LIGHT), "xaxis"),
        ):
            assert all(trace.name for trace in figure.data), indicator
            title = figure.layout[axis].title.text
            assert title, indicator
            assert title[0] == title[0].upper(), indicator


def test_all_lines_of_a_real_chart_can_be_told_apart(catalogue, look):
    indicator = catalogue.indicator("park_revenue_twd_bn")
    rows = catalogue.series(indicator.indicator_id)
    figure = trend(rows, indicator, catalogue.places, look)
    lines = parts(figure, "line")
    assert len(lines) == rows["place_id"].nunique()
    assert len({(trace.line.color, trace.line.dash) for trace in lines}) == len(lines)


def test_the_zoom_of_a_reader_is_kept_until_another_indicator(line, series, indicator):
    rows = series(*THREE_PLACES)
    other = replace(indicator, indicator_id="other")
    assert line(rows).layout.uirevision == line(rows.iloc[:2]).layout.uirevision
    assert line(rows).layout.uirevision != line(rows, indicator=other).layout.uirevision
