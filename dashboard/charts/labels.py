"""Placing labels so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise


def stack(
    positions: Sequence[float], sizes: Sequence[float], low: float, high: float
) -> list[float]:
    """Centres of labels of different sizes, as near as can be to where they would stand.

    Labels that would cover each other become a block around the middle of their wishes; the sum
    of squares of all moves is the least possible before blocks are kept inside the bounds.

    Args:
        positions: where the labels would stand, in any order; all in one unit.
        sizes: how much room each takes along the axis, in the same unit.
        low: lower bound of the axis.
        high: upper bound of the axis; when the labels do not fit, all sizes shrink evenly.

    Returns:
        The new positions in the order given; their order along the axis is kept.
    """
    if not positions:
        return []
    shrunk = min(1.0, (high - low) / (sum(sizes) or 1.0))
    order = sorted(range(len(positions)), key=positions.__getitem__)
    rooms = [sizes[index] * shrunk for index in order]
    # Less the room of those below, labels that touch have the same place: the wishes only need
    # to be made to rise, which joining neighbours that fall to their mean does.
    offsets = list(accumulate(((one + two) / 2 for one, two in pairwise(rooms)), initial=0.0))
    blocks: list[tuple[float, int]] = []
    for index, offset in zip(order, offsets, strict=True):
        mean, count = positions[index] - offset, 1
        while blocks and blocks[-1][0] > mean:
            below, members = blocks.pop()
            mean = (below * members + mean * count) / (members + count)
            count += members
        blocks.append((mean, count))
    floor = low + rooms[0] / 2
    ceiling = high - rooms[-1] / 2 - offsets[-1]
    kept = [max(floor, min(ceiling, mean)) for mean, count in blocks for _ in range(count)]
    placed = [0.0] * len(positions)
    for index, place, offset in zip(order, kept, offsets, strict=True):
        placed[index] = place + offset
    return placed


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions moved as little as needed to stand at least `gap` apart between two bounds.

    Args:
        positions: where the labels would stand, in any order; all in one unit.
        gap: smallest distance between two labels, in the same unit.
        low: lower bound of the axis.
        high: upper bound of the axis; when the labels do not fit, the gap shrinks evenly.

    Returns:
        The new positions in the order given; their order along the axis is kept.
    """
    if not positions:
        return []
    gap = min(gap, (high - low) / max(len(positions) - 1, 1))
    order = sorted(range(len(positions)), key=positions.__getitem__)
    placed = [0.0] * len(positions)
    floor = low
    for index in order:
        placed[index] = max(min(positions[index], high), floor)
        floor = placed[index] + gap
    ceiling = high
    for index in reversed(order):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - gap
    return placed
