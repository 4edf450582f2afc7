"""Ties on a map follow the shortest way between two places."""

from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.transforms.sphere import bearing, great_circle

POINTS = st.tuples(st.floats(-89, 89), st.floats(-180, 180))


def angle(start, end):
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (start, end))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * asin(min(1.0, sqrt(half)))


@given(POINTS, POINTS, st.integers(1, 40))
def test_a_path_starts_and_ends_at_its_places_in_equal_steps(start, end, parts):
    whole = angle(start, end)
    assume(1e-4 < whole < 3.1)
    path = great_circle(start, end, parts)
    assert len(path) == parts + 1
    assert angle(path[0], start) == pytest.approx(0, abs=1e-6)
    assert angle(path[-1], end) == pytest.approx(0, abs=1e-6)
    for near, far in pairwise(path):
        assert angle(near, far) == pytest.approx(whole / parts, abs=1e-6)


@given(POINTS, POINTS)
def test_the_way_back_is_the_same_way(start, end):
    assume(1e-4 < angle(start, end) < 3.1)
    there, back = great_circle(start, end), great_circle(end, start)
    for one, other in zip(there, reversed(back), strict=True):
        assert angle(one, other) == pytest.approx(0, abs=1e-6)


def test_along_the_equator_longitudes_are_even():
    path = great_circle((0, 100), (0, 140), 4)
    assert [round(lon, 9) for _, lon in path] == [100, 110, 120, 130, 140]
    assert all(lat == pytest.approx(0) for lat, _ in path)


def test_a_path_across_the_date_line_does_not_go_round_the_world():
    path = great_circle((35, 170), (37, -170))
    assert all(abs(lon) >= 169.9 for _, lon in path)
    assert all(lat > 35 - 1e-9 for lat, _ in path)


@pytest.mark.parametrize(
    ("start", "end"), [((33.6, 130.4), (33.6, 130.4)), ((0, 0), (0, 180)), ((90, 0), (-90, 0))]
)
def test_places_without_one_shortest_path_are_joined_directly(start, end):
    assert great_circle(start, end) == [start, end]


@given(POINTS, POINTS, st.floats(0.01, 0.2))
def test_a_bowed_path_keeps_its_ends_and_stands_aside_in_the_middle(start, end, bow):
    whole = angle(start, end)
    assume(1e-2 < whole < 3.1)
    straight, bowed = great_circle(start, end), great_circle(start, end, bow=bow)
    assert angle(bowed[0], start) == pytest.approx(0, abs=1e-6)
    assert angle(bowed[-1], end) == pytest.approx(0, abs=1e-6)
    assert angle(bowed[12], straight[12]) == pytest.approx(bow * whole, abs=1e-6)


def test_a_path_bows_to_the_right_of_its_direction():
    assert great_circle((0, 0), (0, 40), bow=0.1)[12][0] < 0
    assert great_circle((0, 40), (0, 0), bow=0.1)[12][0] > 0
    assert great_circle((0, 0), (0, 40), bow=-0.1)[12][0] > 0


@pytest.mark.parametrize(
    ("end", "expected"), [((10, 0), 0), ((0, 10), 90), ((-10, 0), 180), ((0, -10), 270)]
)
def test_a_bearing_is_clockwise_from_north(end, expected):
    assert bearing((0, 0), end) == pytest.approx(expected)
