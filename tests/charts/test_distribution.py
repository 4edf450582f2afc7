"""One year, every place a named point; the median and the quartiles are drawn and said."""

from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.distribution import (
    CHOSEN_DOT,
    GAP,
    LETTER,
    NARROW,
    _lanes,
    distribution,
    quartiles,
)
from dashboard.charts.theme import LIGHT

FIVE = (
    ("JPN", 2020, 3.0), ("KOR", 2020, 5.0), ("TWN", 2020, 4.0), ("CHN", 2020, 2.0),
    ("SGP", 2020, 1.0),
)  # fmt: skip


@pytest.fixture
def strip(places, indicator, look):
    def draw(rows, **options):
        return distribution(rows, indicator, places, look, 2020, **options)

    return draw


def points_of(figure):
    return next(trace for trace in figure.data if trace.name == "R&D share")


def test_every_place_is_a_named_point_at_its_value(strip, series):
    figure = strip(series(*FIVE))
    point = points_of(figure)
    assert dict(zip(point.text, point.x, strict=True)) == {
        "Singapore": 1.0, "CHN": 2.0, "Japan": 3.0, "Taiwan": 4.0, "South Korea": 5.0,
    }  # fmt: skip
    assert figure.layout.xaxis.title.text == "Per cent of GDP"
    assert not figure.layout.yaxis.visible
    assert go.Figure(figure.to_plotly_json()) == figure


def test_median_and_quartiles_are_lines_with_their_values(strip, series):
    figure = strip(series(*FIVE))
    assert [shape.x0 for shape in figure.layout.shapes] == [3.0, 2.0, 4.0]
    assert [note.text for note in figure.layout.annotations] == [
        "Median 3.00 %", "Lower quartile 2.00 %", "Upper quartile 4.00 %",
    ]  # fmt: skip


def test_few_places_have_a_median_only_and_one_has_none(strip, series):
    assert [note.text for note in strip(series(*FIVE[:3])).layout.annotations] == ["Median 4.00 %"]
    assert len(strip(series(FIVE[0])).layout.annotations) == 0


def test_quartiles_lie_between_the_two_nearest_values(series):
    assert quartiles(series(*FIVE[:4])["value"]) == {
        "Median": 3.5, "Lower quartile": 2.75, "Upper quartile": 4.25,
    }  # fmt: skip


def test_chosen_places_stand_out_and_the_others_are_muted(strip, series, look):
    point = points_of(strip(series(*FIVE), chosen=["JPN"]))
    rows = zip(point.customdata, point.marker.color, point.marker.size, point.text, strict=True)
    for (place, *_), colour, size, text in rows:
        if place == "JPN":
            assert (colour, size, text) == (look.economies["JPN"], CHOSEN_DOT, "<b>Japan</b>")
        else:
            assert (colour, text.startswith("<b>")) == (look.muted, False)
            assert size < CHOSEN_DOT


def test_without_a_choice_every_place_has_its_own_hue(strip, series, look):
    point = points_of(strip(series(*FIVE)))
    colours = {
        row[0]: colour for row, colour in zip(point.customdata, point.marker.color, strict=True)
    }
    assert colours == {key: look.economies[key] for key, *_ in FIVE}


def test_approximate_values_are_hollow_and_ranges_have_whiskers(strip, series):
    point = points_of(strip(series(("JPN", 2020, 1.0), ("KOR", 2020, 5.0, "range", 4.0, 9.0))))
    assert [symbol.endswith("-open") for symbol in point.marker.symbol] == [False, True]
    assert (list(point.error_x.array), list(point.error_x.arrayminus)) == ([0, 4.0], [0, 1.0])


def test_estimates_are_hollow_as_well(strip, series):
    rows = series(("JPN", 2020, 1.0), ("KOR", 2020, 5.0)).assign(caveats=["", "estimate"])
    symbols = points_of(strip(rows)).marker.symbol
    assert [symbol.endswith("-open") for symbol in symbols] == [False, True]


def test_nothing_to_draw_is_an_empty_chart(strip, series):
    assert len(points_of(strip(series())).x or ()) == 0


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(2, 24)), min_size=1, max_size=40).map(sorted),
    st.sampled_from([NARROW, 700, 1300]),
)
def test_no_name_covers_a_point_or_another_name_on_any_screen(given_points, width):
    parts = [part for part, _ in given_points]
    names = ["x" * letters for _, letters in given_points]
    lanes, sides = _lanes(parts, names)
    boxes = []
    for part, name, lane, side in zip(parts, names, lanes, sides, strict=True):
        at, half, letters = part * width, CHOSEN_DOT / 2, LETTER * len(name) + GAP
        left, right = (letters, 0) if "left" in side else (0, letters)
        boxes.append((lane, at - half - left, at + half + right))
    for (lane, start, end), (other, begin, stop) in combinations(boxes, 2):
        assert lane != other or end < begin + 1e-6 or stop < start + 1e-6


def test_all_places_of_a_real_year_are_drawn(catalogue):
    rows = catalogue.series("rd_expenditure_gdp")
    rows = rows[rows["year"] == 2020]
    indicator = catalogue.indicator("rd_expenditure_gdp")
    figure = distribution(rows, indicator, catalogue.places, LIGHT, 2020, chosen=["JPN"])
    [trace] = figure.data
    assert len(trace.text) == len(rows) > 20
    assert len(set(zip(trace.x, trace.y, strict=True))) == len(rows)
    assert np.isfinite(figure.layout.height)
