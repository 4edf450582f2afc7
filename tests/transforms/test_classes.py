"""Classes hold every value, their bounds increase, and zero is a bound where it has to be."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.transforms.classes import (
    CLASS_COUNT,
    MOST_COMPARED,
    SIDE_COUNT,
    Classes,
    classify,
    classify_around_zero,
)

METHODS = ["quantile", "natural"]
VALUES = st.lists(
    st.floats(-1e9, 1e9).map(lambda value: float(f"{value:.6g}")), min_size=1, max_size=60
)


@settings(max_examples=60)
@given(VALUES, st.sampled_from(METHODS), st.booleans())
def test_classes_hold_every_value_and_their_bounds_increase(values, method, rounded):
    classes = classify(values, method, rounded=rounded)
    assert 1 <= classes.count <= CLASS_COUNT
    assert all(low < high for low, high in pairwise(classes.bounds))
    assert classes.bounds[0] <= min(values)
    assert classes.bounds[-1] >= max(values)
    for value, index in zip(values, classes.of(values).astype(int), strict=True):
        low, high = classes.bounds[index], classes.bounds[index + 1]
        assert low <= value < high or (value == high and index == classes.count - 1)


@settings(max_examples=60)
@example([1.0, 2.22507e-313, 2.22507e-313, 2.22507e-313], "quantile")
@given(VALUES, st.sampled_from(METHODS))
def test_classes_around_zero_are_the_same_on_both_sides(values, method):
    classes = classify_around_zero(values, method)
    assert 0.0 in classes.bounds
    assert list(classes.bounds) == [-bound for bound in reversed(classes.bounds)]
    assert all(low < high for low, high in pairwise(classes.bounds))
    assert 2 <= classes.count <= 2 * SIDE_COUNT
    middle = classes.count // 2
    for value, index in zip(values, classes.of(values), strict=True):
        assert (index >= middle) == (value >= 0)
        assert abs(value) <= classes.bounds[-1]


def test_quantiles_hold_equal_numbers_of_values():
    classes = classify(range(100), "quantile")
    assert np.bincount(classes.of(range(100)).astype(int)).tolist() == [20] * 5


def test_natural_breaks_keep_together_what_lies_together():
    groups = [[1.0, 1.1, 1.2], [5.0, 5.1], [9.0, 9.1, 9.2], [20.0], [40.0, 41.0]]
    classes = classify([value for group in groups for value in group], "natural")
    for index, group in enumerate(groups):
        assert set(classes.of(group)) == {index}


def test_a_missing_value_has_no_class():
    classes = classify([1.0, float("nan"), 3.0], "quantile")
    index = classes.of([1.0, float("nan"), 3.0])
    assert np.isnan(index[1])
    assert list(index[[0, 2]]) == [0, 1]


def test_few_different_values_make_few_classes():
    assert classify([2.0, 2.0, 3.0], "quantile").count == 2
    assert classify([2.0, 2.0], "natural").count == 1
    assert classify([], "natural").count == 1


def test_bounds_are_round_and_values_are_sorted_by_the_round_ones():
    values = [0.041, 0.38, 0.62, 1.2049, 1.9, 2.3, 3.1, 4.9531]
    classes = classify(values, "quantile", count=4)
    assert classes.bounds == tuple(round(bound, 1) for bound in classes.bounds)
    assert classify([12_345.6, 98_765.4, 454_545.4], "natural", count=3).bounds[1] % 1000 == 0


def test_many_values_are_compared_by_some_of_them():
    values = [*np.linspace(0, 1, 4 * MOST_COMPARED), *np.linspace(10, 11, 4 * MOST_COMPARED)]
    [bound] = classify(values, "natural", count=2).bounds[1:-1]
    assert 1 < bound < 10


def test_the_highest_bound_is_in_the_last_class():
    classes = Classes((0.0, 1.0, 2.0))
    assert list(classes.of([0.0, 1.0, 2.0])) == [0, 1, 1]


@pytest.mark.parametrize("method", METHODS)
def test_the_same_values_make_the_same_classes(method):
    values = np.random.default_rng(3).lognormal(size=500)
    assert classify(values, method) == classify(values[::-1], method)
