"""Small panels share their years, and their scale where a reader asks for it."""

import re
from itertools import combinations

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.multiples import small_multiples
from dashboard.charts.theme import LIGHT
from tests.charts.figures import LETTER_PX, LINE_PX, parts, plot_height

PHONE = 350  # pixels of a card on a telephone
TICKS = 55  # of these for the ticks on the left


@pytest.fixture
def panels(series, indicator):
    """A panel of each of three places; the last one has no values."""
    rows = series(
        ("JPN", 2000, 3.0), ("JPN", 2010, 3.5), ("KOR", 1996, 20.0), ("KOR", 1997, 40.0, "range",
        40.0, 60.0),
    )  # fmt: skip
    names = {"JPN": "Japan", "KOR": "South Korea", "TWN": "Taiwan"}
    return [(name, rows[rows["place_id"] == key], indicator) for key, name in names.items()]


@pytest.fixture
def draw(places, look):
    def make(panels, common_axis=True, **options):
        return small_multiples(panels, places, look, common_axis=common_axis, **options)

    return make


def axes(figure, letter):
    names = [name for name in figure.layout.to_plotly_json() if name.startswith(f"{letter}axis")]
    return [figure.layout[name] for name in names]


def plain(text):
    return re.sub(r"<(?!br)[^>]+>", "", text)


def labels(figure, name):
    return [label for label in figure.layout.annotations if label.name == name]


def test_each_panel_has_its_lines_its_axes_and_its_title(draw, panels):
    figure = draw(panels)
    assert [(trace.xaxis, trace.yaxis) for trace in figure.data] == [("x", "y"), ("x2", "y2")]
    assert len(axes(figure, "x")) == len(axes(figure, "y")) == 3
    titles = [plain(label.text) for label in labels(figure, "title")]
    assert titles == ["Japan<br>3.50 %, 2010", "South Korea<br>40–60 %, 1997", "Taiwan"]
    assert go.Figure(figure.to_plotly_json()) == figure


def test_a_panel_without_values_says_so(draw, panels):
    assert [label.text for label in labels(draw(panels), "empty")] == ["no value"]


def test_all_panels_show_the_same_years(draw, panels):
    figure = draw(panels)
    assert len({axis.range for axis in axes(figure, "x")}) == 1
    low, high = axes(figure, "x")[0].range
    assert low <= 1996
    assert high >= 2010
    assert {label.text for label in labels(figure, "year")} == {"1996", "2010"}


def test_a_common_axis_is_one_range_that_holds_all_values_and_whiskers(draw, panels):
    ranges = {axis.range for axis in axes(draw(panels), "y")}
    assert len(ranges) == 1
    low, high = ranges.pop()
    assert low <= 0
    assert high > 60


def test_panels_with_a_scale_of_their_own_use_their_room(draw, panels):
    japan, korea, _ = axes(draw(panels, common_axis=False), "y")
    assert japan.range[1] < 10
    assert korea.range[1] > 60
    assert all(axis.showticklabels for axis in (japan, korea))


def test_the_unit_and_the_kind_of_scale_are_said(draw, panels):
    for shared, words in ((True, "one scale for all panels"), (False, "a scale for each panel")):
        [unit] = labels(draw(panels, common_axis=shared), "unit")
        assert unit.text == f"Per cent of GDP: {words}"
    [unit] = labels(draw(panels[:2], logarithmic=True), "unit")
    assert ", log" in unit.text.replace("<br>", " ")


def test_indicators_of_two_units_share_no_scale_and_say_their_units(draw, panels, series, level):
    money = ("Investment", series(("JPN", 2000, 5e6), ("JPN", 2001, 6e6)), level)
    figure = draw([panels[0], money])
    share, investment = axes(figure, "y")
    assert share.range[1] < 10 < investment.range[1]
    titles = [plain(label.text) for label in labels(figure, "title")]
    assert "Per cent of GDP" in titles[0]
    assert "US dollars" in titles[1].replace("<br>", " ")
    assert [text for text in investment.ticktext if "US$" in text] == []


def test_a_panel_of_several_places_has_a_key_and_no_newest_value(draw, series, indicator):
    rows = series(("JPN", 2000, 1.0), ("KOR", 2000, 2.0))
    figure = draw([("R&D", rows, indicator), ("R&D again", rows, indicator)])
    [key] = labels(figure, "unit")
    assert "● Japan" in plain(key.text)
    assert "■ South Korea" in plain(key.text)
    colours = {trace.name: trace.line.color for trace in figure.data}
    assert all(colour in key.text for colour in colours.values())
    assert [plain(label.text) for label in labels(figure, "title")] == ["R&D", "R&D again"]


def test_doubt_is_drawn_in_small_panels_too(draw, series, indicator):
    rows = series(("JPN", 2000, 1.0), ("JPN", 2001, 2.0, "approximate"), ("JPN", 2002, 3.0))
    rows["caveats"] = ["", "estimate", "break_in_series"]
    figure = draw([("Japan", rows, indicator)])
    assert {trace.meta["part"] for trace in figure.data} == {"line", "estimate", "break"}
    [line] = parts(figure, "line")
    points = zip(line.x, line.marker.symbol, strict=True)
    assert [x for x, symbol in points if symbol.endswith("-open")] == [2001]
    assert len(labels(figure, "key")) == 1


def test_a_number_of_columns_that_no_telephone_holds_is_refused(draw, panels):
    for count in (0, 4):
        with pytest.raises(ValueError, match="1 to 3"):
            draw(panels, columns=count)


def test_a_log_scale_leaves_out_what_it_cannot_show(draw, panels, series, indicator):
    zero = ("Zero", series(("TWN", 2000, 0.0)), indicator)
    figure = draw([panels[0], zero], logarithmic=True)
    assert [trace.name for trace in figure.data] == ["Japan"]
    assert {axis.type for axis in axes(figure, "y")} == {"log"}


def test_nothing_at_all_is_said(draw, panels):
    figure = draw([panels[2]])
    assert [label.text for label in figure.layout.annotations] == ["No values to draw."]


def test_the_order_of_rows_and_a_lone_value_change_no_line(draw, series, indicator):
    rows = series(("JPN", 2000, 1.0), ("JPN", 2002, 3.0), ("KOR", 2001, 2.0), ("KOR", 2002, 4.0))
    told, mixed = (draw([("Both", table, indicator)]) for table in (rows, rows.iloc[[1, 3, 0, 2]]))
    lines = {trace.name: (trace.x, trace.y) for trace in told.data}
    assert lines == {trace.name: (trace.x, trace.y) for trace in mixed.data}
    assert lines["Japan"] == ((2000, 2001, 2002), (1.0, None, 3.0))
    lone = draw([("Japan", rows.iloc[:1], indicator)])
    assert [list(trace.y) for trace in lone.data] == [[1.0]]


@settings(max_examples=20, deadline=None)
@given(
    count=st.integers(1, 12),
    shared=st.booleans(),
    columns=st.sampled_from([None, 1, 2, 3]),
)
def test_titles_fit_their_panel_on_a_telephone_and_panels_lie_apart(
    catalogue, count, shared, columns
):
    indicator = catalogue.indicator("fdi_inward_stock_usd_mn")
    keys = catalogue.places_with(indicator.indicator_id, "economy")[:count]
    made = [
        (catalogue.label(key), catalogue.series(indicator.indicator_id, [key]), indicator)
        for key in keys
    ]
    figure = small_multiples(made, catalogue.places, LIGHT, common_axis=shared, columns=columns)
    height = plot_height(figure)
    boxes = []
    for across, down in zip(axes(figure, "x"), axes(figure, "y"), strict=True):
        title = next(
            label
            for label in labels(figure, "title")
            if label.x == pytest.approx(across.domain[0]) and label.y == down.domain[1]
        )
        lines = plain(title.text).split("<br>")
        top = down.domain[1] * height + LINE_PX * len(lines)
        assert top <= height + 1
        if columns != 3 or shared:  # three scales on a telephone are a reader's own wish
            room = (across.domain[1] - across.domain[0]) * (PHONE - TICKS)
            gap = 0.05 * (PHONE - TICKS)
            assert max(map(len, lines)) * LETTER_PX <= room + gap
        boxes.append((across.domain, (down.domain[0] * height, top)))
    for (one, below), (other, above) in combinations(boxes, 2):
        is_beside = one[1] <= other[0] or other[1] <= one[0]
        assert is_beside or below[0] >= above[1] or above[0] >= below[1]
    assert {trace.customdata[0][0] for trace in parts(figure, "line")} == set(keys)
