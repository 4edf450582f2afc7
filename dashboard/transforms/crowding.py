"""Points that lie too close together to be told apart on a screen: gather them, or move them."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin

Point = tuple[float, float]

ROUNDS = 400


def gather(points: Sequence[Point], within: float) -> list[list[int]]:
    """Groups of points, each within a distance of the first of its group.

    A group stands where its first point stands, which is a real place and not an average. Points
    come first in the order given, so the result does not change with anything but the points.

    Args:
        points: positions in one unit, such as pixels.
        within: largest distance from the first point of a group, in the same unit.

    Returns:
        The indices of the points of each group; no two first points lie within the distance.
    """
    groups: list[list[int]] = []
    for index, (x, y) in enumerate(points):
        for group in groups:
            first = points[group[0]]
            if hypot(x - first[0], y - first[1]) <= within:
                group.append(index)
                break
        else:
            groups.append([index])
    return groups


def pull_apart(
    points: Sequence[Point], least: float, fixed: Sequence[bool] | None = None
) -> list[Point]:
    """Points moved until all stand at least a distance apart, the crowded ones only.

    Args:
        points: positions in one unit, such as pixels.
        least: smallest distance between two points, in the same unit.
        fixed: which points may not move; two fixed ones stay as close as they are.
    """
    still = list(fixed or [False] * len(points))
    placed = [list(point) for point in points]
    # A little more than asked for, so that the rounds end.
    wanted = least * 1.001
    for _ in range(ROUNDS):
        moved = False
        for one in range(len(placed)):
            for other in range(one):
                if still[one] and still[other]:
                    continue
                across = placed[one][0] - placed[other][0]
                down = placed[one][1] - placed[other][1]
                apart = hypot(across, down)
                if apart >= least:
                    continue
                moved = True
                if apart < 1e-9:
                    turn = 2 * pi * one / len(placed)
                    across, down, apart = cos(turn), sin(turn), 1.0
                    missing = wanted
                else:
                    missing = wanted - apart
                shares = (
                    0.0 if still[one] else 1.0 if still[other] else 0.5,
                    0.0 if still[other] else 1.0 if still[one] else 0.5,
                )
                for index, share, sign in ((one, shares[0], 1), (other, shares[1], -1)):
                    placed[index][0] += sign * share * missing * across / apart
                    placed[index][1] += sign * share * missing * down / apart
        if not moved:
            break
    return [(x, y) for x, y in placed]
