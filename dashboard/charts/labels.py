"""Placing labels so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence


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
