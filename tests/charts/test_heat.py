"""A grid of places and years: one scale for all, and a gap that looks like a gap."""

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.heat import heat_map
from dashboard.charts.theme import LIGHT

GAPPED = (("JPN", 2000, 3.0), ("JPN", 2002, 3.4), ("KOR", 2000, 2.0), ("KOR", 2001, 2.5))


@pytest.fixture
def grid(places, indicator, look):
    def draw(rows, **options):
        return heat_map(rows, options.pop("indicator", indicator), places, look, **options)

    return draw


def trace_of(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


def cells(trace):
    return [[None if cell is None else float(cell) for cell in row] for row in trace.z]


def words_of(figure):
    return [note.text for note in figure.layout.annotations]


def test_a_row_per_place_and_a_column_for_every_year(grid, series):
    figure = grid(series(*GAPPED))
    values = trace_of(figure, "R&D share")
    assert list(values.x) == [2000, 2001, 2002]
    assert cells(values) == [[3.0, None, 3.4], [2.0, 2.5, None]]
    assert list(figure.layout.yaxis.ticktext) == ["Japan", "South Korea"]
    assert go.Figure(figure.to_plotly_json()) == figure


def test_a_missing_cell_is_neutral_and_has_its_own_entry_in_the_legend(grid, series, look):
    figure = grid(series(*GAPPED))
    gaps = trace_of(figure, "No value")
    assert cells(gaps) == [[None, 0.0, None], [None, None, 0.0]]
    assert {colour for _, colour in gaps.colorscale} == {look.no_value}
    assert "no value" in gaps.hovertemplate
    assert "No value" in words_of(figure)
    whole = grid(series(("JPN", 2000, 1.0), ("KOR", 2000, 2.0)))
    assert "No value" not in words_of(whole)


def test_values_that_are_not_exact_are_marked_and_the_mark_is_explained(grid, series):
    rows = series(("JPN", 2000, 3.0), ("JPN", 2001, 3.1, "approximate"))
    figure = grid(rows)
    assert trace_of(figure, "R&D share").text[0] == ["3.00", "≈3.10"]
    assert "≈ not exact" in words_of(figure)
    many = series(
        *(("JPN", year, 1.0) for year in range(1990, 2020)), ("KOR", 2000, 1.0, "approximate")
    )
    rings = trace_of(grid(many), "Not exact")
    assert (list(rings.x), list(rings.y)) == ([2000], [1])
    assert "Not exact" in words_of(grid(many))
    assert "Not exact" not in words_of(grid(series(*GAPPED)))


def test_values_are_written_where_a_telephone_has_room_and_else_read_by_the_pointer(grid, series):
    few = trace_of(grid(series(*GAPPED)), "R&D share")
    assert few.texttemplate == "%{text}"
    assert few.hovertext[0][0] == "3.00 %"
    many = trace_of(grid(series(*(("JPN", year, 1.0) for year in range(1990, 2020)))), "R&D share")
    assert many.texttemplate is None
    assert many.text[0][0] == "1.00 %"


def test_the_scale_ends_at_percentiles_and_says_so(grid, series, look):
    values = [float(value) for value in range(100)] + [10_000.0]
    rows = series(*(("JPN", 1900 + step, value) for step, value in enumerate(values)))
    trace = trace_of(grid(rows), "R&D share")
    assert trace.zmax == pytest.approx(np.quantile(values, 0.97))
    assert trace.zmin == pytest.approx(np.quantile(values, 0.02))
    assert "≥" in trace.colorbar.title.text
    assert "≤" in trace.colorbar.title.text
    assert trace.colorbar.title.text.startswith("Per cent of GDP")
    assert [colour for _, colour in trace.colorscale] == list(look.sequential)


def test_values_below_zero_make_the_scale_reach_as_far_on_either_side(grid, series, look):
    below = trace_of(grid(series(("JPN", 2000, -2.0), ("JPN", 2001, 1.0))), "R&D share")
    asked = trace_of(grid(series(*GAPPED), diverging=True), "R&D share")
    for trace in (below, asked):
        assert trace.zmin == -trace.zmax
        assert [colour for _, colour in trace.colorscale] == list(look.diverging)


def test_a_click_opens_the_place(grid, series):
    figure = grid(series(*GAPPED))
    for name in ("R&D share", "No value"):
        assert trace_of(figure, name).customdata[1][2][0] == "KOR"


def test_nothing_and_one_value_can_be_drawn(grid, series):
    assert len(grid(series()).data) == 0
    assert cells(trace_of(grid(series(("JPN", 2000, 0.0))), "R&D share")) == [[0.0]]
    empty = grid(series(("JPN", 2000, np.nan)))
    assert list(empty.layout.yaxis.ticktext) == ["Japan"]
    assert empty.layout.template.layout.paper_bgcolor
    assert not empty.data


@pytest.mark.parametrize(("last", "step"), [(2000, 1), (2007, 1), (2008, None)])
def test_few_years_have_a_tick_each(grid, series, last, step):
    assert grid(series(("JPN", 2000, 1.0), ("JPN", last, 2.0))).layout.xaxis.dtick == step


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["JPN", "KOR", "TWN"]), st.integers(1990, 2010)),
        st.floats(-1e12, 1e12),
        min_size=1,
        max_size=30,
    )
)
def test_each_value_is_in_its_cell_and_every_other_cell_is_a_gap(series, places, indicator, values):
    rows = series(*((*key, value) for key, value in values.items()))
    figure = heat_map(rows, indicator, places, LIGHT)
    drawn, gaps = trace_of(figure, "R&D share"), cells(trace_of(figure, "No value"))
    found = {}
    for row, line in enumerate(cells(drawn)):
        for column, cell in enumerate(line):
            assert (cell is None) == (gaps[row][column] is not None)
            if cell is not None:
                found[drawn.customdata[row][column][0], drawn.x[column]] = cell
    assert found == values
