"""Names beside points: on a side where they cover nothing, or not at all."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.beside import MARGINS, NO_SIDE, SCREENS, SIDES, _boxes, beside


def box_of(name, side, point, diameter, screen):
    centre = np.array([[point[0] * screen[0], (1 - point[1]) * screen[1]]])
    return _boxes(name, centre, diameter / 2)[SIDES.index(side), 0]


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_a_lone_point_is_named_on_its_right():
    assert beside(np.array([[0.5, 0.5]]), ["Japan"], [10]) == ["middle right"]


def test_a_name_stays_within_the_plot_and_the_margin_beside_it():
    [side] = beside(np.array([[0.99, 0.5]]), ["South Korea"], [10])
    assert "left" in side


def test_of_two_points_in_one_spot_neither_can_be_named():
    spot = np.array([[0.5, 0.5], [0.5, 0.5]])
    sides = beside(spot, ["Japan", "Korea"], [10, 10])
    assert sides[0] != NO_SIDE
    assert sides[1] != sides[0]


def test_a_name_keeps_the_side_it_had_if_it_can():
    points, names = np.array([[0.5, 0.5]]), ["Japan"]
    assert beside(points, names, [10], ["bottom left"]) == ["bottom left"]
    crowded = np.array([[0.5, 0.5], [0.46, 0.46]])
    assert beside(crowded, [*names, ""], [10, 10], ["bottom left", ""])[0] != "bottom left"


def test_a_point_without_a_value_has_no_name_and_is_in_nobodys_way():
    points = np.array([[0.5, 0.5], [np.nan, 0.5]])
    assert beside(points, ["Japan", "Korea"], [10, 10]) == ["middle right", NO_SIDE]


def test_points_of_a_line_make_way_for_a_name_that_has_no_other_place():
    ring = [(0.5 + dx, 0.5 + dy) for dx in (-0.05, 0, 0.05) for dy in (-0.05, 0, 0.05)]
    points = np.array([(0.5, 0.5), *ring])
    names, sizes = ["Japan", *[""] * len(ring)], [10, *[10] * len(ring)]
    assert beside(points, names, sizes) == [NO_SIDE] * len(points)
    yielding = [False, *[True] * len(ring)]
    assert beside(points, names, sizes, yielding=yielding)[0] in SIDES


@given(
    points=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=12),
    diameter=st.floats(4, 46),
)
def test_no_name_covers_another_or_a_point_on_any_screen(points, diameter):
    names = [f"Place {index}" for index in range(len(points))]
    sides = beside(np.array(points), names, [diameter] * len(points))
    named = [index for index, side in enumerate(sides) if side != NO_SIDE]
    for screen in SCREENS:
        boxes = {
            index: box_of(names[index], sides[index], points[index], diameter, screen)
            for index in named
        }
        for one, other in combinations(named, 2):
            assert not overlap(boxes[one], boxes[other])
        for index, box in boxes.items():
            assert box[0] >= -MARGINS[0]
            assert box[2] <= screen[0] + MARGINS[2]
            for other, (x, y) in enumerate(points):
                middle = (x * screen[0], (1 - y) * screen[1])
                half = diameter / 2
                marker = (middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half)
                assert other == index or not overlap(box, marker)
