"""Labels keep apart, keep their order and stay inside."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.labels import spread

POSITIONS = st.lists(st.floats(-200, 200), max_size=12)
SLACK = 1e-9


def test_labels_with_room_stay_where_they_are():
    assert spread([10, 50, 90], 5, 0, 100) == [10, 50, 90]
    assert spread([], 5, 0, 100) == []


def test_a_label_outside_is_moved_to_the_edge():
    assert spread([-20], 5, 0, 100) == [0]
    assert spread([140], 5, 0, 100) == [100]


def test_labels_at_the_top_push_each_other_down():
    assert spread([100, 100, 99], 10, 0, 100) == pytest.approx([90, 100, 80])


@given(POSITIONS, st.floats(0.01, 30))
def test_the_gap_is_kept_when_it_fits_and_shrinks_evenly_when_not(positions, gap):
    placed = sorted(spread(positions, gap, 0, 100))
    expected = min(gap, 100 / max(len(positions) - 1, 1))
    assert all(after - before >= expected - SLACK for before, after in pairwise(placed))


@given(POSITIONS, st.floats(0.01, 30))
def test_labels_stay_inside_and_in_order(positions, gap):
    placed = spread(positions, gap, 0, 100)
    assert len(placed) == len(positions)
    assert all(-SLACK <= place <= 100 + SLACK for place in placed)
    order = sorted(range(len(positions)), key=positions.__getitem__)
    assert all(placed[one] <= placed[other] + SLACK for one, other in pairwise(order))


@given(POSITIONS, st.floats(0.01, 30))
def test_placing_placed_labels_moves_none(positions, gap):
    placed = spread(positions, gap, 0, 100)
    assert spread(placed, gap, 0, 100) == pytest.approx(placed, abs=1e-6)
