"""Labels keep apart, keep their order and stay inside."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.labels import spread, stack

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


SIZES = st.lists(st.tuples(st.floats(-200, 200), st.floats(1, 30)), max_size=12)


def test_blocks_with_room_stay_where_they_are():
    assert stack([10, 50, 90], [6, 12, 6], 0, 100) == [10, 50, 90]
    assert stack([], [], 0, 100) == []


def test_blocks_that_meet_share_the_move():
    assert stack([50, 50], [10, 10], 0, 100) == [45, 55]
    assert stack([50, 52], [10, 20], 0, 100) == pytest.approx([43.5, 58.5])


@given(SIZES)
def test_blocks_never_cover_each_other_and_stay_inside(labels):
    positions, sizes = [at for at, _ in labels], [size for _, size in labels]
    placed = stack(positions, sizes, 0, 100)
    shrunk = min(1.0, 100 / (sum(sizes) or 1))
    boxes = sorted(
        (at - size * shrunk / 2, at + size * shrunk / 2)
        for at, size in zip(placed, sizes, strict=True)
    )
    assert all(below[1] <= above[0] + 1e-6 for below, above in pairwise(boxes))
    assert all(low >= -1e-6 and high <= 100 + 1e-6 for low, high in boxes)


@given(SIZES)
def test_blocks_keep_their_order_and_settle(labels):
    positions, sizes = [at for at, _ in labels], [size for _, size in labels]
    placed = stack(positions, sizes, 0, 100)
    order = sorted(range(len(positions)), key=positions.__getitem__)
    assert all(placed[one] <= placed[other] + 1e-9 for one, other in pairwise(order))
    if sum(sizes) <= 100:
        assert stack(placed, sizes, 0, 100) == pytest.approx(placed, abs=1e-6)
