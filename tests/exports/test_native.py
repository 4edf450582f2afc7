"""A chart that office programs draw has the numbers of the figure, and only where they can."""

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.exports.native import native


def of(*traces, **layout):
    figure = go.Figure(list(traces), layout=layout)
    return native(figure.to_plotly_json() | {"layout": figure.layout.to_plotly_json()})


def test_lines_over_years_keep_gaps_and_years_without_any_value():
    chart = of(go.Scatter(x=[2000, 2001, 2004], y=[1.0, None, 3.0], name="Japan", mode="lines"))
    assert chart.kind == "line"
    assert chart.categories == (2000, 2001, 2002, 2003, 2004)
    assert chart.series[0].values == (1.0, None, None, None, 3.0)


def test_a_break_at_half_a_year_is_a_gap_and_no_year():
    chart = of(go.Scatter(x=[2000, 2000.5, 2001], y=[1.0, None, 2.0], mode="lines+markers"))
    assert chart.categories == (2000, 2001)
    assert chart.series[0].values == (1.0, 2.0)


def test_two_years_side_by_side_are_named_as_the_axis_names_them():
    chart = of(
        go.Scatter(x=[0, 0.5, 1], y=[1.0, 1.2, 2.0], mode="lines"),
        xaxis={"tickvals": [0, 1], "ticktext": ["<b>1996</b>", "<b>2022</b>"]},
    )
    assert chart.categories == ("1996", "2022")
    assert chart.series[0].values == (1.0, 2.0)


def test_lying_bars_keep_names_values_and_colours():
    chart = of(
        go.Bar(y=["Japan", "India"], x=[3.1, 0.6], orientation="h",
               marker={"color": ["#BE4D0F", "#743605"]}),
        xaxis={"title": {"text": "R&D<br>% of GDP"}},
    )  # fmt: skip
    assert (chart.kind, chart.categories) == ("bar", ("Japan", "India"))
    assert chart.series[0].values == (3.1, 0.6)
    assert chart.series[0].colours == ("BE4D0F", "743605")
    assert chart.x_title == "R&D · % of GDP"


def test_bars_on_a_hidden_axis_are_named_by_the_words_above_them():
    chart = of(
        go.Bar(y=[40.0, 80.0], x=[5.0, 7.0], orientation="h", customdata=["2005: 5", "2006: 7"]),
        yaxis={"visible": False},
        annotations=[{"text": "<b>KICOX</b>", "y": 10.0}],
    )
    assert chart.categories == ("KICOX: 2005: 5", "KICOX: 2006: 7")


def test_stacked_bars_and_areas_add_up():
    bars = of(go.Bar(x=[2017, 2018], y=[1.0, 2.0]), go.Bar(x=[2017, 2018], y=[3.0, 4.0]),
              barmode="stack")  # fmt: skip
    assert (bars.kind, bars.stacked) == ("column", True)
    areas = of(
        go.Scatter(x=[2017, 2018], y=[1, 2], mode="lines", stackgroup="a", fillcolor="#00458E",
                   line={"color": "#FFFFFF"})
    )  # fmt: skip
    assert (areas.kind, areas.stacked, areas.series[0].colour) == ("area", True, "00458E")


def test_helpers_that_repeat_a_line_are_left_out():
    chart = of(
        go.Scatter(x=[2000, 2001], y=[1, 2], mode="lines", name="Taiwan"),
        go.Scatter(x=[2000, 2001], y=[1, 2], mode="lines", meta={"part": "estimate"}),
        go.Scatter(x=[2000.5], y=[1], mode="markers", meta={"part": "break"}),
    )
    assert [series.name for series in chart.series] == ["Taiwan"]


@pytest.mark.parametrize(
    ("traces", "layout"),
    [
        ([go.Scattergeo(lon=[1], lat=[1]), go.Choropleth(locations=["JPN"], z=[1])], {}),
        ([go.Heatmap(z=[[1]])], {}),
        ([go.Sankey()], {}),
        ([go.Bar(x=[1], y=["A"], base=[1990], orientation="h")], {}),
        ([go.Bar(x=[1], y=[2]), go.Bar(x=[1], y=[2], xaxis="x2")], {"xaxis2": {}}),
        ([go.Scatter(x=[1990], y=[3.0], mode="markers")], {"yaxis": {"visible": False}}),
        (
            [go.Scatter(x=[1990], y=[3.0], mode="markers")],
            {"yaxis": {"tickvals": [3], "ticktext": ["Kyushu"]}},
        ),
        ([go.Scatter(x=[], y=[])], {}),
    ],
)
def test_what_office_programs_do_not_draw_is_left_to_a_picture(traces, layout):
    assert of(*traces, **layout) is None


numbers = st.floats(-1e9, 1e9, allow_nan=False)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=4),
        st.dictionaries(st.integers(1950, 2030), numbers, min_size=1, max_size=12),
        min_size=1,
        max_size=4,
    )
)
def test_every_number_of_a_line_stands_at_its_year(series):
    chart = of(
        *(
            go.Scatter(
                x=np.array(sorted(table)),
                y=np.array([table[year] for year in sorted(table)]),
                name=name,
                mode="lines",
            )
            for name, table in series.items()
        )
    )
    for name, drawn in zip(series, chart.series, strict=True):
        found = dict(zip(chart.categories, drawn.values, strict=True))
        assert {year: value for year, value in found.items() if value is not None} == series[name]
