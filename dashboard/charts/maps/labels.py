"""Names beside markers, on the side where they cover neither another name nor another marker."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.charts.maps.views import SCREENS, Position, View

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


def label_box(label: Label, side: str, at: Position) -> Box:
    """Left, top, right and bottom in pixels of a name on one side of its marker.

    Args:
        label: the name.
        side: a `textposition` of Plotly, whose distances from the marker these are.
        at: the marker's centre in pixels.
    """
    width, height = len(label.text) * FONT_SIZE * LETTER, FONT_SIZE * LINE
    off = label.marker / 2 / 0.8 + 1
    down, across = side.split()
    left = {"left": at[0] - off - width, "center": at[0] - width / 2, "right": at[0] + off}[across]
    top = {"top": at[1] - off - height, "middle": at[1] - height / 2, "bottom": at[1] + off}[down]
    return left, top, left + width, top + height


def overlaps(one: Box, other: Box) -> bool:
    """True if two boxes share some area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def place_labels(
    labels: Sequence[Label], view: View, obstacles: Sequence[Label] = ()
) -> list[str | None]:
    """A side for each name so that none covers another on any of `SCREENS`.

    Names are placed in the order given, the important ones first; arrangements of all so far are
    kept by how little they cover, so that an early name makes way for a late one.

    Args:
        labels: the names; an empty one is a marker without a name.
        view: the part of the world, which says where markers land.
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
    grounds = [(size, view.pixels(points, size)) for size in SCREENS]
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
    best = _arrange(candidates)
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


def _covers(candidates: Sequence[Sequence[tuple[str, list[Box], float]]]) -> np.ndarray:
    """Which names cover each other on some screen: by name and side, and by name and side again."""
    boxes = np.array([[boxes for _, boxes, _ in found] for found in candidates])
    one, other = boxes[:, :, None, None], boxes[None, None]
    overlap = (one[..., :2] < other[..., 2:]) & (other[..., :2] < one[..., 2:])
    return np.asarray(overlap.all(axis=-1).any(axis=-1))


def _arrange(candidates: Sequence[Sequence[tuple[str, list[Box], float]]]) -> list[int]:
    """Which candidate of each name: a search that keeps the best arrangements of the names so far.

    Ties are broken by the order of the sides, so that the same names always stand the same way.
    """
    if not candidates:
        return []
    covers = _covers(candidates)
    costs, chosen, order = np.zeros(1), np.zeros((1, 0), dtype=int), np.zeros(1, dtype=int)
    for place, found in enumerate(candidates):
        covered = np.zeros((len(chosen), len(found)))
        for other in range(place):
            covered += covers[other, chosen[:, other], place]
        own = np.array([cost for _, _, cost in found])
        longer = (costs[:, None] + own + COVERS_NAME * covered).ravel()
        # Where an arrangement stands among those of equal cost, by the sides of its names in turn.
        spelled = (order[:, None] * len(found) + np.arange(len(found))).ravel()
        kept = np.lexsort((spelled, longer))[:KEPT]
        costs, order = longer[kept], spelled[kept].argsort().argsort()
        chosen = np.column_stack([chosen[kept // len(found)], kept % len(found)])
    return [int(number) for number in chosen[0]]
