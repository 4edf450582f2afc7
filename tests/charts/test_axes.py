"""Axes say what they measure and hold their values, in words that fit a telephone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.axes import NARROW, TICK_LETTER, span_of, value_axis


def test_the_axis_names_indicator_and_unit(indicator):
    assert value_axis(indicator, 0, 5)["title"]["text"] == "R&D share<br>Per cent of GDP"
    assert value_axis(indicator, 0, 5, named=False)["title"]["text"] == "Per cent of GDP"
    log = value_axis(indicator, 1, 50, logarithmic=True)
    assert log["title"]["text"].endswith("Per cent of GDP (log scale)")
    assert (log["type"], log["range"][0]) == ("log", 0)


def test_ticks_of_a_log_axis_are_written_in_full(indicator, level):
    axis = value_axis(indicator, 0.5, 200, logarithmic=True)
    assert axis["ticktext"][:3] == ["0.5", "1", "2"]
    money = value_axis(level, 500, 5e6, logarithmic=True)
    assert money["ticktext"] == ["US$ 1 bn", "US$ 10 bn", "US$ 100 bn", "US$ 1 tn"]
    assert money["title"]["text"].endswith("US dollars (log scale)")


def test_ten_thousand_has_no_k(indicator):
    assert value_axis(indicator, 0, 20_000)["exponentformat"] == "none"


@pytest.mark.parametrize(("low", "high"), [(0, 3e7), (-4e6, 2e6), (3, 9)])
def test_ticks_of_a_narrow_axis_stand_beside_each_other_and_keep_zero(level, low, high):
    axis = value_axis(level, low, high, pixels=NARROW)
    texts = axis.get("ticktext") or [f"{tick:g}" for tick in axis["tickvals"]]
    assert len(texts) * TICK_LETTER * (max(map(len, texts)) + 1) < NARROW + TICK_LETTER * 12
    assert (0 in axis["tickvals"]) == (low <= 0 <= high)


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=20))
def test_an_axis_holds_all_values_with_room_beside_them(values):
    low, high = span_of(values)
    assert low < min(values)
    assert high > max(values)


@given(st.lists(st.floats(1e-6, 1e12), min_size=1, max_size=20))
def test_a_log_axis_holds_all_values_above_zero(values):
    low, high = span_of([*values, 0.0, -5.0, float("nan")], logarithmic=True)
    assert 0 < low < min(values)
    assert high > max(values)


def test_nothing_to_hold_is_an_axis_all_the_same(indicator):
    for logarithmic in (False, True):
        low, high = span_of([], logarithmic=logarithmic)
        assert low < high
        value_axis(replace(indicator, unit=""), low, high, logarithmic=logarithmic)
