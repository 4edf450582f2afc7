"""Figures of the statistics show the numbers they are given, and the line they are read by."""

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.statistics import (
    concentration_lines,
    convergence_scatter,
    location_quotient_bars,
    sigma_line,
    similarity_matrix,
)

YEARS = pd.DataFrame(
    {"year": [2000, 2001, 2003], "herfindahl": [0.2, 0.21, 0.25], "gini": [0.5, 0.52, 0.55],
     "sigma": [0.8, 0.7, 0.6]}
)  # fmt: skip
POINTS = pd.DataFrame(
    {
        "place_id": ["JPN", "KOR", "TWN"],
        "place_name": ["Japan", "South Korea", "Taiwan"],
        "initial": [math.e**3, math.e**2, math.e],
        "growth": [1.0, 2.0, 3.0],
    }
)


def is_whole(figure):
    return go.Figure(figure.to_plotly_json()) == figure


def test_both_indices_are_lines_on_one_axis_from_zero_to_one(look):
    figure = concentration_lines(YEARS, look, "GDP of 12 economies")
    assert [trace.name for trace in figure.data] == ["Herfindahl index", "Gini coefficient"]
    assert figure.layout.yaxis.range[0] == 0
    assert 1 <= figure.layout.yaxis.range[1] < 1.1
    assert figure.layout.yaxis.title.text == "GDP of 12 economies"
    assert len({trace.line.dash for trace in figure.data}) == 2
    assert {note.text for note in figure.layout.annotations} == {
        "Herfindahl index", "Gini coefficient",
    }  # fmt: skip
    assert is_whole(figure)


def test_a_missing_year_breaks_the_lines(look):
    for figure in (concentration_lines(YEARS, look, "x"), sigma_line(YEARS, look)):
        for trace in figure.data:
            assert list(trace.x) == [2000, 2001, 2002, 2003]
            assert trace.y[2] is None
            assert trace.connectgaps is False


def test_indices_that_are_missing_are_left_out(look):
    figure = concentration_lines(YEARS.assign(gini=float("nan")), look, "x")
    assert [trace.name for trace in figure.data] == ["Herfindahl index"]


def test_spread_starts_at_zero_and_takes_any_measure(look):
    figure = sigma_line(YEARS, look)
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.yaxis.title.text == "Standard deviation of logarithms"
    other = sigma_line(YEARS, look, column="gini", title="Coefficient of variation")
    assert other.data[0].y[0] == 0.5
    assert other.layout.yaxis.title.text == "Coefficient of variation"


def test_the_line_of_convergence_is_that_of_the_logarithm(look, places, level):
    figure = convergence_scatter(POINTS, look, places, -1.0, 4.0, 1.0, indicator=level)
    line, points = figure.data
    assert list(line.x) == pytest.approx([math.e, math.e**3])
    assert list(line.y) == pytest.approx([3.0, 1.0])
    assert list(points.y) == [1.0, 2.0, 3.0]
    assert figure.layout.xaxis.type == "log"
    [note] = figure.layout.annotations
    words = note.text.replace("<br>", " ")
    assert words == "Growth = 4.00 − 1.00 × ln of the value started from; R² = 1.00, 3 places"
    assert is_whole(figure)


def test_without_a_line_only_the_points_are_drawn_and_it_is_said(look, places):
    nothing = float("nan")
    figure = convergence_scatter(POINTS[:2], look, places, nothing, nothing, nothing)
    assert [trace.name for trace in figure.data] == ["Places"]
    assert figure.layout.annotations[0].text == "No line fits 2 points"


def test_a_matrix_has_every_pair_and_nothing_on_its_diagonal(look):
    names = ["Japan", "South Korea", "Taiwan"]
    apart = pd.DataFrame([[0, 1.5, 2], [1.5, 0, np.nan], [2, np.nan, 0]], names, names)
    figure = similarity_matrix(apart, look)
    [trace] = figure.data
    assert [list(row) for row in trace.z] == [
        [None, 1.5, 2.0],
        [1.5, None, None],
        [2.0, None, None],
    ]
    assert [list(row) for row in trace.text] == [
        ["", "1.5", "2.0"], ["1.5", "", "no value"], ["2.0", "no value", ""],
    ]  # fmt: skip
    assert trace.zmin == 0
    assert list(figure.layout.xaxis.ticktext) == names
    assert is_whole(figure)


def test_quotients_are_bars_from_zero_with_a_line_at_one(look):
    table = pd.DataFrame(
        {"sector": ["Textiles", "Electronics"], "value": [0.4, 2.5],
         "qualifier": ["approximate", "exact"]}
    )  # fmt: skip
    figure = location_quotient_bars(table, look)
    [bars], [line] = figure.data, figure.layout.shapes
    assert list(bars.x) == [2.5, 0.4]
    assert [text.strip() for text in bars.text] == ["2.50", "about 0.40"]
    assert list(bars.marker.pattern.shape) == ["", "/"]
    assert bars.marker.color[0] != bars.marker.color[1]
    assert (line.x0, line.x1) == (1, 1)
    assert figure.layout.xaxis.range[0] == 0
    low = location_quotient_bars(table[:1], look)
    assert low.layout.xaxis.range[1] > 1


def test_empty_tables_are_empty_charts(look, places):
    assert len(concentration_lines(YEARS[:0], look, "x").data) == 0
    assert len(sigma_line(YEARS[:0], look).data) == 0
    nothing = float("nan")
    assert len(convergence_scatter(POINTS[:0], look, places, nothing, nothing, nothing).data) == 0
    assert len(similarity_matrix(pd.DataFrame(), look).data) == 0
    empty = location_quotient_bars(pd.DataFrame({"sector": [], "value": []}), look)
    assert len(empty.data[0].x or ()) == 0
