"""Crowded points are gathered into groups or moved apart; none is lost."""

from itertools import combinations
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.transforms.crowding import gather, pull_apart

POINTS = st.lists(
    st.tuples(st.integers(0, 300).map(float), st.integers(0, 300).map(float)), max_size=25
)


@settings(max_examples=80)
@given(POINTS, st.floats(0, 100))
def test_every_point_is_in_one_group_near_its_first(points, within):
    groups = gather(points, within)
    assert sorted(index for group in groups for index in group) == list(range(len(points)))
    for group in groups:
        assert group == sorted(group)
        assert all(dist(points[group[0]], points[index]) <= within for index in group)
    for one, other in combinations(groups, 2):
        assert dist(points[one[0]], points[other[0]]) > within


def test_at_no_distance_only_what_is_at_one_spot_is_gathered():
    assert gather([(0, 0), (1, 0), (0, 0)], 0) == [[0, 2], [1]]


@settings(max_examples=80)
@given(POINTS, st.floats(1, 20))
def test_points_stand_apart_afterwards(points, least):
    moved = pull_apart(points, least)
    assert len(moved) == len(points)
    for one, other in combinations(moved, 2):
        assert dist(one, other) >= least - 1e-6


def test_points_with_room_stay_where_they_are():
    points = [(0.0, 0.0), (50.0, 0.0), (50.0, 50.0)]
    assert pull_apart(points, 20) == points


def test_a_fixed_point_stays_and_the_other_makes_way():
    moved = pull_apart([(0.0, 0.0), (1.0, 0.0)], 10, [True, False])
    assert moved[0] == (0.0, 0.0)
    assert moved[1] == pytest.approx((10.0, 0.0), abs=0.1)
    assert pull_apart([(0.0, 0.0), (1.0, 0.0)], 10, [True, True]) == [(0.0, 0.0), (1.0, 0.0)]
