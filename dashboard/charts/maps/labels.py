"""Names beside markers, on the side where they cover neither another name nor another marker."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.charts.maps.views import SCREENS, Position, Size, View

FONT_SIZE = 13
LETTER = 0.6  # mean width of a letter at weight 600, as a part of the font's size
LINE = 1.15  # height of a line, as a part of the font's size
SIDES = (
    "middle right",
    "middle left",
    "top center",
    "bottom center",
    "top right",
    "bottom right",
    "top left",
    "bottom left",
)
KEPT = 120  # partial arrangements looked at in each step
COVERS_NAME, LEAVES_MAP, MISLEADS, COVERS_MARKER, LATER_SIDE = 1000.0, 400.0, 400.0, 40.0, 1.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """A name to place: its marker's latitude, longitude and diameter in pixels.

    A name that is `needed` stays even where the marker of one that is not stands nearer to it than
    its own.
    """

    text: str
    lat: float
    lon: float
    marker: float
    needed: bool = False


def label_box(label: Label, side: str, at: Position, font: float = FONT_SIZE) -> Box:
    """Left, top, right and bottom in pixels of a name on one side of its marker.

    Args:
        label: the name.
        side: a `textposition` of Plotly, whose distances from the marker these are.
        at: the marker's centre in pixels.
        font: size of the letters in pixels.
    """
    width, height = len(label.text) * font * LETTER, font * LINE
    off = label.marker / 2 / 0.8 + 1
    down, across = side.split()
    left = {"left": at[0] - off - width, "center": at[0] - width / 2, "right": at[0] + off}[across]
    top = {"top": at[1] - off - height, "middle": at[1] - height / 2, "bottom": at[1] + off}[down]
    return left, top, left + width, top + height


def overlaps(one: Box, other: Box) -> bool:
    """True if two boxes share some area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def place_labels(
    labels: Sequence[Label],
    view: View,
    screens: Sequence[Size] = SCREENS,
    obstacles: Sequence[Label] = (),
) -> list[str | None]:
    """A side for each name so that none covers another on any of the screens.

    Names are placed in the order given, the important ones first; arrangements of all so far are
    kept by how little they cover, so that an early name makes way for a late one.

    Args:
        labels: the names; an empty one is a marker without a name.
        view: the part of the world, which says where markers land.
        screens: sizes of the map in pixels.
        obstacles: markers of other layers; their texts are not looked at.

    Returns:
        The `textposition` of each name; None for a name outside the view, and for one that finds
        no room on some screen: the later of two that cover each other, and one that stands nearer
        to another marker than to its own.
    """
    shown = [
        index
        for index, label in enumerate(labels)
        if label.text and view.holds(label.lat, label.lon)
    ]
    nameless = [label for label in labels if not label.text]
    standing = [*(labels[index] for index in shown), *nameless, *obstacles]
    points = [(label.lat, label.lon) for label in standing]
    grounds = [(size, view.pixels(points, size)) for size in screens]
    markers = [
        [_marker(label, at) for label, at in zip(standing, spots, strict=True)]
        for _, spots in grounds
    ]
    candidates: list[list[tuple[str, list[Box], float]]] = []
    for place, index in enumerate(shown):
        found = []
        for rank, side in enumerate(SIDES):
            boxes = [label_box(labels[index], side, spots[place]) for _, spots in grounds]
            cost = LATER_SIDE * rank
            for number, ((size, _), box) in enumerate(zip(grounds, boxes, strict=True)):
                if box[0] < 0 or box[1] < 0 or box[2] > size[0] or box[3] > size[1]:
                    cost += LEAVES_MAP
                others = [item for other, item in enumerate(markers[number]) if other != place]
                cost += COVERS_MARKER * sum(overlaps(box, marker) for marker in others)
                nearest = min(
                    (
                        _gap(box, markers[number][other])
                        for other, rival in enumerate(shown)
                        if other != place and (labels[rival].needed or not labels[index].needed)
                    ),
                    default=math.inf,
                )
                if nearest < _gap(box, markers[number][place]):
                    cost += MISLEADS
            found.append((side, boxes, cost))
        candidates.append(found)
    covering = _covering([boxes for found in candidates for _, boxes, _ in found])
    best = _arrange([[cost for _, _, cost in found] for found in candidates], covering)
    sides: list[str | None] = [None] * len(labels)
    kept: list[tuple[list[Box], int]] = []
    for place, index in enumerate(shown):
        side, boxes, cost = candidates[place][best[place]]
        covers = any(_collide(boxes, other) for other, _ in kept)
        if not covers and cost < LEAVES_MAP:
            sides[index] = side
            kept.append((boxes, index))
    return sides


def _gap(box: Box, marker: Box) -> float:
    """Distance in pixels from a name to the middle of a marker."""
    x, y = (marker[0] + marker[2]) / 2, (marker[1] + marker[3]) / 2
    return math.hypot(max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3]))


def _marker(label: Label, at: Position) -> Box:
    half = label.marker / 2
    return at[0] - half, at[1] - half, at[0] + half, at[1] + half


def _collide(one: Sequence[Box], other: Sequence[Box]) -> bool:
    """True if two names cover each other on some screen."""
    return any(overlaps(a, b) for a, b in zip(one, other, strict=True))


def _covering(boxes: Sequence[Sequence[Box]]) -> np.ndarray:
    """For each two names, each on one side and with a box for each screen: 1 where they collide."""
    if not boxes:
        return np.zeros((0, 0))
    left, top, right, bottom = np.moveaxis(np.array(boxes), -1, 0)
    across = (left[:, None] < right[None]) & (left[None] < right[:, None])
    down = (top[:, None] < bottom[None]) & (top[None] < bottom[:, None])
    return (across & down).any(axis=-1).astype(float)


def _arrange(costs: Sequence[Sequence[float]], covering: np.ndarray) -> list[int]:
    """Which side of each name: a search that keeps the best arrangements of the names so far.

    Ties are broken by the order of the sides, so that the same names always stand the same way.

    Args:
        costs: of each name, what each of its sides costs by itself.
        covering: for each two sides of all names in their order, 1 where they collide.
    """
    arrangements: list[tuple[float, list[int]]] = [(0.0, [])]
    start = 0
    for own in costs:
        taken = np.array([chosen for _, chosen in arrangements], dtype=int)
        sides = range(start, start + len(own))
        # How many of the names placed so far each side covers, for each arrangement.
        covered = covering[taken][:, :, start : start + len(own)].sum(axis=1)
        longer = [
            (cost + own[side - start] + COVERS_NAME * covered[index, side - start], [*chosen, side])
            for index, (cost, chosen) in enumerate(arrangements)
            for side in sides
        ]
        arrangements = sorted(longer)[:KEPT]
        start += len(own)
    return [side % len(SIDES) for side in arrangements[0][1]]
