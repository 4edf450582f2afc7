"""Parts of a whole: they fill it, break at gaps, and never say more than the source."""

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.wholes import WHOLES, parts_of
from dashboard.charts.parts import NOT_GIVEN_NAME, stacked
from dashboard.charts.theme import LIGHT

PARTS = {"firms": "Firms", "state": "Government"}


def table(*rows, **columns):
    names = ["part", "year", "value", "qualifier"]
    filled = [(*row, "exact")[:4] for row in rows]
    return pd.DataFrame(filled, columns=names).assign(**columns)


@pytest.fixture
def stack(indicator, look):
    def draw(rows, kind="area", share=False, **options):
        return stacked(
            rows, options.get("indicator", indicator), PARTS, look, kind=kind, share=share
        )

    return draw


TWO_YEARS = table(
    ("firms", 2000, 60.0), ("firms", 2001, 70.0), ("state", 2000, 40.0), ("state", 2001, 30.0)
)


def heights(figure):
    return {trace.name: dict(zip(trace.x, trace.y, strict=True)) for trace in figure.data}


@pytest.mark.parametrize("kind", ["area", "bar"])
def test_each_part_is_a_trace_with_its_values(stack, kind):
    figure = stack(TWO_YEARS, kind)
    assert heights(figure) == {"Firms": {2000: 60, 2001: 70}, "Government": {2000: 40, 2001: 30}}
    assert {trace.type for trace in figure.data} == {"scatter" if kind == "area" else "bar"}
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.yaxis.title.text == "Per cent of GDP"
    assert go.Figure(figure.to_plotly_json()) == figure


def test_the_parts_are_named_beside_their_bands_in_their_colours(stack):
    figure = stack(TWO_YEARS)
    notes = {note.text: note for note in figure.layout.annotations}
    assert list(notes) == ["Firms", "Government"]
    assert notes["Firms"].y < notes["Government"].y
    assert notes["Firms"].font.color == figure.data[0].fillcolor


def test_areas_break_at_a_gap_and_a_year_on_its_own_is_a_bar(stack):
    rows = table(*((part, year, 50.0) for part in PARTS for year in (2000, 2001, 2003, 2005, 2006)))
    figure = stack(rows)
    areas = [trace for trace in figure.data if trace.type == "scatter"]
    assert [list(trace.x) for trace in areas] == [[2000, 2001]] * 2 + [[2005, 2006]] * 2
    assert len({trace.stackgroup for trace in areas}) == 2
    assert [list(trace.x) for trace in figure.data if trace.type == "bar"] == [[2003]] * 2


def test_no_band_rises_from_nothing_where_a_part_is_given_for_the_first_time(stack):
    rows = table(
        ("firms", 2000, 60.0), ("firms", 2001, 60.0), ("firms", 2002, 60.0), ("firms", 2003, 60.0),
        ("state", 2002, 40.0), ("state", 2003, 40.0),
    )  # fmt: skip
    rows["remainder"] = [40.0 if year < 2002 else 0.0 for year in rows["year"]]
    areas = [trace for trace in stack(rows).data if trace.type == "scatter"]
    assert {tuple(trace.x) for trace in areas} == {(2000, 2001), (2002, 2003)}


def test_what_is_not_given_is_a_hatched_part_of_its_own(stack, look):
    rows = table(("firms", 2000, 60.0), ("state", 2000, 30.0), remainder=10.0, whole_value=100.0)
    figure = stack(rows, "bar")
    assert list(heights(figure)) == ["Firms", "Government", NOT_GIVEN_NAME]
    lacking = figure.data[2]
    assert (list(lacking.y), lacking.marker.color) == ([10.0], look.no_value)
    assert list(lacking.marker.pattern.shape) == ["/"]
    assert NOT_GIVEN_NAME in [note.text for note in figure.layout.annotations]


def test_a_year_without_a_remainder_cannot_be_stacked_and_is_left_out(stack):
    rows = pd.concat(
        [TWO_YEARS.assign(remainder=0.0), table(("firms", 2002, 60.0), remainder=float("nan"))]
    )
    assert set(heights(stack(rows, "bar"))["Firms"]) == {2000, 2001}


def test_shares_are_of_the_whole_and_keep_the_value_in_the_words(stack, level):
    rows = table(("firms", 2000, 30.0), ("state", 2000, 10.0), whole_value=40.0)
    figure = stack(rows, "bar", share=True, indicator=level)
    assert heights(figure) == {"Firms": {2000: 75.0}, "Government": {2000: 25.0}}
    assert figure.data[0].text == ("75.0 % (US$ 30 mn)",)
    assert figure.layout.yaxis.title.text == "Per cent of the whole"


def test_values_that_are_not_exact_are_hatched_bars(stack):
    rows = table(("firms", 2000, 60.0, "approximate"), ("state", 2000, 40.0))
    shapes = [list(trace.marker.pattern.shape) for trace in stack(rows, "bar").data]
    assert shapes == [["/"], [""]]


def test_estimates_are_hatched_as_well(stack):
    rows = table(("firms", 2000, 60.0), ("state", 2000, 40.0)).assign(caveats=["estimate", ""])
    shapes = [list(trace.marker.pattern.shape) for trace in stack(rows, "bar").data]
    assert shapes == [["/"], [""]]


def test_nothing_one_part_and_one_year_can_be_drawn(stack):
    for kind in ("area", "bar"):
        for share in (False, True):
            assert len(stack(TWO_YEARS.iloc[:0], kind, share).data) == 0
            assert len(stack(TWO_YEARS.iloc[:1], kind, share).data) == 1
            zero = table(("firms", 2000, 0.0))
            assert heights(stack(zero, kind, share)) == {"Firms": {2000: 0.0}}


# Each example draws a figure, which takes longer than all that is asked of it.
@settings(max_examples=50)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(sorted(PARTS)), st.integers(2000, 2008)),
        st.floats(0.1, 1e9),
        min_size=1,
    ),
    st.sampled_from(["area", "bar"]),
)
def test_shares_fill_a_hundred_in_every_year_that_has_a_value(indicator, values, kind):
    rows = table(*((*key, value) for key, value in values.items()))
    figure = stacked(rows, indicator, PARTS, LIGHT, kind=kind, share=True)
    sums: dict[int, float] = {}
    for trace in figure.data:
        for year, height in zip(trace.x, trace.y, strict=True):
            sums[year] = sums.get(year, 0.0) + height
    assert sums == {year: pytest.approx(100) for _, year in values}


def test_every_whole_of_the_atlas_can_be_drawn(catalogue, look):
    for whole in WHOLES:
        place = next(iter(whole.names)) if whole.places else "JPN"
        rows = parts_of(catalogue, whole, place)
        indicator = catalogue.indicator(whole.indicators[0])
        for kind in ("area", "bar"):
            for share in (False, True):
                figure = stacked(rows, indicator, whole.names, look, kind=kind, share=share)
                assert len(figure.data)
                assert all(trace.name for trace in figure.data)
                tops: dict[int, float] = {}
                for trace in figure.data:
                    for year, height in zip(trace.x, trace.y, strict=True):
                        tops[year] = tops.get(year, 0.0) + height
                if share:
                    assert all(top == pytest.approx(100, abs=0.21) for top in tops.values())
