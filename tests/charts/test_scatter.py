"""Two indicators against each other: points, paths and a trend line show the pairs and no more."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.paths import connected
from dashboard.charts.scatter import SMALLEST, diameter, scatter
from dashboard.charts.theme import LIGHT
from dashboard.transforms.pairs import pair

MOST_BYTES = 250_000
TWELVE = ("JPN", "KOR", "CHN", "TWN", "SGP", "IND", "MYS", "THA", "IDN", "PHL", "VNM", "USA")


@dataclass
class Line:
    slope: float = 2.0
    intercept: float = 1.0
    r2: float = 0.5
    n: int = 3
    equation: str = "y = 1 + 2 x"


@pytest.fixture
def pairs(series):
    """Pairs of (place, year, x, y, size), all exact."""

    def make(*rows):
        across, up, size = (
            series(*((row[0], row[1], row[column]) for row in rows)) for column in (2, 3, 4)
        )
        return pair(across, up, size)[0]

    return make


@pytest.fixture
def three(pairs):
    return pairs(
        ("JPN", 2000, 1.0, 10.0, 100.0), ("JPN", 2001, 2.0, 20.0, 100.0),
        ("KOR", 2000, 3.0, 30.0, 25.0), ("TWN", 2001, 4.0, 15.0, None),
    )  # fmt: skip


@pytest.fixture
def draw(indicator, level, places, look):
    def draw(pairs, year=2001, **options):
        return scatter(pairs, indicator, level, places, look, year=year, **options)

    return draw


def points_of(figure):
    return next(trace for trace in figure.data if trace.name == "Places")


def named(trace):
    """Values of each place, from the trace of points or a frame of it."""
    return {
        row[0]: (float(x), float(y))
        for row, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)
        if np.isfinite(x)
    }


# --- Points and years -----------------------------------------------------------------------------


def test_the_year_shown_has_a_point_for_each_pair_and_no_other(draw, three):
    figure = draw(three)
    assert named(points_of(figure)) == {"JPN": (2.0, 20.0), "TWN": (4.0, 15.0)}
    assert go.Figure(figure.to_plotly_json()) == figure


def test_years_are_frames_of_values_only(draw, three):
    figure = draw(three)
    assert [frame.name for frame in figure.frames] == ["2000", "2001"]
    assert figure.layout.meta["years"] == [2000, 2001]
    for frame in figure.frames:
        [index], [change] = frame.traces, frame.data
        assert figure.data[index].name == "Places"
        assert not frame.layout.to_plotly_json()
        assert change.textfont.color is None
    assert named(figure.frames[0].data[0]) == {"JPN": (1.0, 10.0), "KOR": (3.0, 30.0)}


def test_the_frame_of_the_year_shown_is_what_is_drawn(draw, three):
    figure = draw(three, fit={2001: Line()}, size=None)
    shown = figure.frames[1]
    for index, change in zip(shown.traces, shown.data, strict=True):
        drawn = figure.data[index]
        for name in ("x", "y"):
            np.testing.assert_array_equal(drawn[name], change[name])
        for name in ("text", "customdata", "hovertemplate"):
            assert change[name] is None or drawn[name] == change[name]


def test_axes_hold_all_years_and_are_the_same_in_each(draw, three):
    ranges = {tuple(draw(three, year).layout.xaxis.range) for year in (2000, 2001)}
    [(low, high)] = ranges
    assert low < 1.0
    assert high > 4.0


def test_a_year_without_pairs_gives_way_to_the_newest(draw, three):
    assert named(points_of(draw(three, 1990))) == named(points_of(draw(three, 2001)))


def test_a_click_opens_the_place_and_the_pointer_reads_both_values(draw, three):
    point = points_of(draw(three, 2000))
    row = {cells[0]: cells[1:] for cells in point.customdata}["JPN"]
    assert list(row) == ["1.00 %", "US$ 10 mn"]
    assert "2000" in point.hovertemplate


def test_hue_and_shape_tell_places_apart(draw, three, look):
    point = points_of(draw(three, 2000))
    colours = dict(zip((row[0] for row in point.customdata), point.marker.color, strict=True))
    assert colours["JPN"] == look.economies["JPN"]
    shapes = [shape.removesuffix("-open") for shape in point.marker.symbol]
    assert len(set(shapes)) == len(shapes)


def test_approximate_values_are_hollow_on_either_axis(draw, series):
    exact, rough = (
        series(("JPN", 2001, 1.0, doubt), ("KOR", 2001, 2.0, "exact"))
        for doubt in ("exact", "approximate")
    )
    for tables in ((exact, rough), (rough, exact)):
        symbols = points_of(draw(pair(*tables)[0])).marker.symbol
        assert [symbol.endswith("-open") for symbol in symbols] == [True, False]


def test_estimates_are_hollow_as_well(draw, series):
    rows = series(("JPN", 2001, 1.0), ("KOR", 2001, 2.0))
    estimated = rows.assign(caveats=["estimate", ""])
    symbols = points_of(draw(pair(rows, estimated)[0])).marker.symbol
    assert [symbol.endswith("-open") for symbol in symbols] == [True, False]


def test_a_range_has_whiskers_and_is_inside_the_axis(draw, series):
    rough = series(("JPN", 2001, 5.0, "range", 4.0, 9.0), ("KOR", 2001, 6.0))
    figure = draw(pair(rough, series(("JPN", 2001, 1.0), ("KOR", 2001, 2.0)))[0])
    whiskers = points_of(figure).error_x
    assert (list(whiskers.array), list(whiskers.arrayminus)) == ([4.0, 0.0], [1.0, 0.0])
    assert points_of(figure).error_y.array is None
    assert figure.layout.xaxis.range[1] > 9.0
    assert figure.frames[0].data[0].error_x.array == whiskers.array


def test_nothing_and_one_pair_can_be_drawn(draw, pairs, three):
    for trails in (False, True):
        empty = draw(three.iloc[:0], trails=trails, fit=Line())
        assert (len(empty.data), len(empty.frames)) == (0, 0)
        alone = draw(pairs(("JPN", 2001, 1.0, 1.0, None)), trails=trails)
        assert len(alone.frames) == 1


def test_a_log_axis_leaves_out_what_it_has_no_place_for(draw, pairs):
    given_pairs = pairs(("JPN", 2001, 0.0, 5.0, None), ("KOR", 2001, 10.0, 100.0, None))
    figure = draw(given_pairs, log_x=True, log_y=True)
    assert set(named(points_of(figure))) == {"KOR"}
    assert (figure.layout.xaxis.type, figure.layout.yaxis.type) == ("log", "log")
    assert "(log scale)" in figure.layout.xaxis.title.text


# --- Size -----------------------------------------------------------------------------------------


def test_without_a_size_all_markers_are_equal(draw, three):
    assert isinstance(points_of(draw(three)).marker.size, float)


def test_areas_are_in_proportion_to_the_size():
    assert diameter(100.0, 100.0) == pytest.approx(2 * diameter(25.0, 100.0))


@given(st.floats(1, 1e12), st.floats(0.02, 1))
def test_areas_are_in_proportion_whatever_the_size(largest, part):
    ratio = (diameter(part * largest, largest) / diameter(largest, largest)) ** 2
    assert ratio == pytest.approx(part)


def test_the_note_says_what_the_area_is_and_how_large_the_largest(draw, three, level):
    [note] = draw(three, size=level).layout.annotations
    words = note.text.replace("<br>", " ")
    assert "Marker area: Investment, the largest US$ 100 mn (Japan, 2000)" in words
    assert "×: no value of it" in words


def test_a_place_without_a_size_is_a_cross_and_not_a_small_circle(draw, three, level):
    point = points_of(draw(three, 2001, size=level))
    shapes = dict(zip((row[0] for row in point.customdata), point.marker.symbol, strict=True))
    assert shapes["TWN"] == "x-thin-open"
    assert shapes["JPN"] != shapes["TWN"]
    assert {row[0]: row[-1] for row in point.customdata}["TWN"] == "no value"


def test_small_markers_lie_above_large_ones_in_every_year(draw, three, level):
    point = points_of(draw(three, 2000, size=level))
    assert [row[0] for row in point.customdata] == ["JPN", "KOR", "TWN"]
    assert min(size for size in point.marker.size) >= SMALLEST


# --- Trails ---------------------------------------------------------------------------------------


def trails_of(figure):
    return {
        trace.name: (list(trace.x), list(trace.y)) for trace in figure.data if "Path" in trace.name
    }


def test_a_trail_is_the_path_up_to_the_year_shown(draw, three):
    assert trails_of(draw(three, 2000, trails=True))["Path of Japan"] == ([1.0], [10.0])
    assert trails_of(draw(three, 2001, trails=True))["Path of Japan"] == ([1.0, 2.0], [10.0, 20.0])
    assert trails_of(draw(three, 2000, trails=True))["Path of Taiwan"] == ([], [])
    assert trails_of(draw(three)) == {}


def test_a_missing_year_and_a_new_definition_break_a_trail(draw, series):
    years = (2000, 2001, 2003)
    laws = series(*(("JPN", year, 1.0) for year in years)).assign(definition_id=["a", "b", "b"])
    made = pair(laws, series(*(("JPN", year, 2.0) for year in years)))[0]
    [(across, _)] = trails_of(draw(made, 2003, trails=True)).values()
    assert across == [1.0, None, 1.0, None, 1.0]


def test_a_trail_names_the_points_that_it_is_put_together_from(draw, three):
    figure = draw(three, trails=True, fit=Line())
    for index, trace in enumerate(figure.data[:3]):
        assert figure.data[trace.meta["trail"]["of"]].name == "Places"
        assert trace.meta["trail"]["point"] == index


# --- Trend line -----------------------------------------------------------------------------------


def test_the_trend_line_reaches_from_the_first_to_the_last_point_of_its_year(draw, three):
    figure = draw(three, 2001, fit=Line())
    line = figure.data[0]
    assert (list(line.x), list(line.y)) == ([2.0, 4.0], [5.0, 9.0])
    assert line.line.dash == "dash"
    words = figure.data[2].text[0].replace("<br>", " ")
    assert words == "Trend 2001: y = 1 + 2 x; R² = 0.50, 3 places"


def test_another_year_has_no_trend_line_unless_one_is_given(draw, three):
    alone = draw(three, 2001, fit=Line())
    assert [list(frame.data[0].x or ()) for frame in alone.frames] == [[], [2.0, 4.0]]
    assert alone.frames[0].data[2].text == ("",)
    both = draw(three, 2001, fit={2000: Line(slope=0), 2001: Line()})
    assert [list(frame.data[0].y) for frame in both.frames] == [[1.0, 1.0], [5.0, 9.0]]


def test_without_a_line_the_chart_says_so_and_draws_none(draw, three):
    nothing = float("nan")
    figure = draw(three, 2001, fit=Line(slope=nothing, intercept=nothing, r2=nothing, n=2))
    assert list(figure.data[0].x) == []
    assert figure.data[2].text[0] == "Trend 2001: no line fits 2 points"


def test_on_log_axes_the_line_is_one_of_logarithms_and_says_so(draw, pairs):
    made = pairs(("JPN", 2001, 10.0, 1.0, None), ("KOR", 2001, 1000.0, 1.0, None))
    figure = draw(made, fit=Line(slope=0.5, intercept=1.0), log_x=True, log_y=True)
    assert list(figure.data[0].y) == pytest.approx([10**1.5, 10**2.5])
    assert "of logarithms" in figure.data[2].text[0].replace("<br>", " ")
    half = draw(made, fit=Line(slope=0.5, intercept=1.0), log_x=True)
    assert list(half.data[0].y) == pytest.approx([1.5, 2.5])


# --- Paths ----------------------------------------------------------------------------------------


@pytest.fixture
def paths(indicator, level, places, look):
    def draw(pairs, **options):
        return connected(pairs, indicator, level, places, look, **options)

    return draw


def test_a_path_runs_through_the_years_and_names_its_ends(paths, pairs):
    rows = [("JPN", 2000 + step, 1.0 + step, 10.0 * step, None) for step in range(4)]
    [trace] = paths(pairs(*rows)).data
    assert list(trace.x) == [1.0, 2.0, 3.0, 4.0]
    assert list(trace.text) == ["2000", "", "", "Japan 2003"]
    assert trace.name == "Japan"


def test_a_missing_year_breaks_a_path(paths, pairs):
    made = pairs(("JPN", 2000, 1.0, 1.0, None), ("JPN", 2002, 2.0, 2.0, None))
    [trace] = paths(made).data
    assert list(trace.x) == [1.0, None, 2.0]
    assert trace.connectgaps is False
    lengths = {len(trace[name]) for name in ("y", "text", "hovertext", "textposition")}
    assert lengths | {len(trace.marker.size), len(trace.marker.symbol)} == {3}


def test_one_pair_is_a_point_with_its_year_and_none_is_an_empty_chart(paths, pairs, three):
    [trace] = paths(pairs(("JPN", 2000, 1.0, 1.0, None))).data
    assert list(trace.text) == ["Japan 2000"]
    assert len(paths(three.iloc[:0]).data) == 0


# --- With real data -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def longest(catalogue):
    places = list(TWELVE)
    rows = [catalogue.series(key, places) for key in ("gdp_current_usd", "population")]
    return pair(*rows, rows[1])[0]


def test_the_longest_scatter_stays_light(catalogue, longest):
    assert longest["year"].nunique() >= 66
    across, up = catalogue.indicator("gdp_current_usd"), catalogue.indicator("population")
    fits = {int(year): Line() for year in longest["year"].unique()}
    figure = scatter(
        longest, across, up, catalogue.places, LIGHT, size=up, year=2020, trails=True,
        log_x=True, log_y=True, fit=fits,
    )  # fmt: skip
    assert len(figure.data) == len(TWELVE) + 3
    assert len(figure.to_json().encode()) < MOST_BYTES


def test_charts_do_not_change_their_tables(catalogue, longest):
    across, up = catalogue.indicator("gdp_current_usd"), catalogue.indicator("population")
    before = longest.copy(deep=True)
    scatter(longest, across, up, catalogue.places, LIGHT, year=2020, trails=True, log_x=True)
    connected(longest, across, up, catalogue.places, LIGHT)
    pd.testing.assert_frame_equal(longest, before)


def test_a_table_with_the_least_columns_can_be_drawn(three, indicator, level, places):
    least = ["place_id", "place_name", "year", "x", "y", "x_qualifier", "y_qualifier", "size"]
    figure = scatter(three[least], indicator, level, places, LIGHT, year=2001, size=level)
    assert set(named(points_of(figure))) == {"JPN", "TWN"}


def test_the_zoom_of_a_reader_is_kept_until_another_indicator(draw, three, indicator, places):
    assert draw(three, 2000).layout.uirevision == draw(three, 2001).layout.uirevision
    other = replace(indicator, indicator_id="other")
    changed = scatter(three, other, indicator, places, LIGHT, year=2001)
    assert changed.layout.uirevision != draw(three).layout.uirevision


@pytest.mark.parametrize("size", [None, "level"])
def test_names_drawn_in_a_year_are_names_of_points_drawn(draw, three, level, size):
    for frame in draw(three, size=level if size else None).frames:
        change = frame.data[0]
        for text, x in zip(change.text, change.x, strict=True):
            assert not text or np.isfinite(x)
