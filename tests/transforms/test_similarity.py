"""Distances of profiles worked out by hand, over complete cases."""

import math

import pandas as pd
import pytest

from dashboard.transforms.similarity import similarity


def test_distances_worked_out_by_hand():
    values = pd.DataFrame({"gdp": [1.0, 2.0, 3.0], "rd": [30.0, 10.0, 20.0]}, index=list("abc"))
    found = similarity(values)
    # Both have a standard deviation of √(2/3) of their step, so z is −1.2247, 0, 1.2247.
    step = math.sqrt(1.5)
    assert list(found.standardised["gdp"]) == pytest.approx([-step, 0, step])
    assert list(found.standardised["rd"]) == pytest.approx([step, -step, 0])
    assert found.distances.loc["a", "b"] == pytest.approx(math.sqrt((1.5 + 6) / 2))
    assert found.distances.loc["b", "c"] == pytest.approx(math.sqrt((1.5 + 1.5) / 2))


def test_distance_is_symmetric_and_does_not_depend_on_units():
    values = pd.DataFrame({"x": [1.0, 5.0, 2.0, 8.0], "y": [3.0, 1.0, 4.0, 1.5]})
    found = similarity(values).distances
    other = similarity(values.assign(x=1000 * values["x"] + 7)).distances
    pd.testing.assert_frame_equal(found, found.T)
    pd.testing.assert_frame_equal(found, other)
    assert (pd.Series([found.iloc[i, i] for i in range(4)]) == 0).all()


def test_who_lacks_an_indicator_and_what_tells_none_apart_are_left_out_by_name():
    values = pd.DataFrame(
        {"x": [1.0, 2.0, None], "y": [1.0, 3.0, 2.0], "same": [0.1, 0.1, 5.0]},
        index=["Japan", "Korea", "Macao"],
    )
    found = similarity(values)
    assert dict(found.left_out) == {
        "Macao": "no value of x",
        "same": "the same for all places compared",
    }
    assert list(found.distances.index) == ["Japan", "Korea"]
    assert list(found.standardised.columns) == ["x", "y"]


def test_without_places_or_indicators_there_are_no_distances():
    assert similarity(pd.DataFrame({"x": [None, None]}, dtype="float64")).distances.empty
    flat = similarity(pd.DataFrame({"x": [1.0, 1.0]}))
    assert flat.distances.isna().all(axis=None)
