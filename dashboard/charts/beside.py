"""Names beside the points of a chart, where they cover neither another name nor another point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FONT_SIZE = 12
LETTER = 0.58  # mean width of a letter, as a part of the font's size
LINE = 1.25  # height of a line, as a part of the font's size
# Plot areas in pixels that a name must have room in: a telephone, a page with a panel, a wide one.
SCREENS = ((262, 380), (620, 380), (1180, 380))
# How far beyond the plot a name may reach: left, top, right and bottom of it in pixels.
MARGINS = (0.0, 12.0, 22.0, 0.0)
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
NO_SIDE = ""
_ACROSS = {"left": -1, "center": 0, "right": 1}
_DOWN = {"top": -1, "middle": 0, "bottom": 1}


def beside(
    points: np.ndarray,
    names: Sequence[str],
    diameters: Sequence[float] | np.ndarray,
    before: Sequence[str] = (),
    yielding: Sequence[bool] | None = None,
) -> list[str]:
    """A side for each name on which it covers nothing on any of SCREENS.

    Names are placed in the order given, the important ones first.

    Args:
        points: position of each point from the lower left corner of the plot, as parts of its width
            and height, in two columns; not a number where a point is missing.
        names: a name for each point; an empty one is a point that only stands in the way.
        diameters: of the points in pixels.
        before: sides of the names in the chart before, which they keep if they can, so that names
            do not jump while years go by.
        yielding: the points that a name may cover where every side has one, such as those of a
            line; None for none.

    Returns:
        A `textposition` of Plotly for each name; NO_SIDE where it finds no room.
    """
    sizes = np.asarray(SCREENS, dtype=float)
    centres = points[None, :, :] * sizes[:, None, :]
    centres[..., 1] = sizes[:, None, 1] - centres[..., 1]
    half = np.asarray(diameters, dtype=float) / 2
    # Missing points keep their places with boxes that no name can overlap.
    markers = np.concatenate([centres - half[:, None], centres + half[:, None]], axis=2)
    markers = np.nan_to_num(markers, nan=-1e9)  # screens, points, box
    present = np.isfinite(points).all(axis=1)
    soft = np.zeros(len(names), bool) if yielding is None else np.asarray(yielding)
    low, high = -np.array(MARGINS[:2]), sizes + np.array(MARGINS[2:])
    taken = np.zeros((len(sizes), 0, 4))
    found = [NO_SIDE] * len(names)
    for index, name in enumerate(names):
        if not name or not present[index]:
            continue
        boxes = _boxes(name, centres[:, index], float(half[index]))  # sides, screens, box
        hard = markers[:, ~soft & (np.arange(len(names)) != index)]
        inside = ((boxes[..., :2] >= low) & (boxes[..., 2:] <= high)).all(axis=(1, 2))
        free = inside & (_covered(boxes, np.concatenate([hard, taken], axis=1)) == 0)
        if not free.any():
            continue
        cost = _covered(boxes, markers[:, soft]).astype(float)
        cost += 0.01 * np.arange(len(SIDES))
        if index < len(before) and before[index] in SIDES:
            cost[SIDES.index(before[index])] -= 0.5
        chosen = int(np.where(free, cost, np.inf).argmin())
        found[index] = SIDES[chosen]
        taken = np.concatenate([taken, boxes[chosen][:, None, :]], axis=1)
    return found


def _boxes(name: str, centres: np.ndarray, half: float) -> np.ndarray:
    """Left, top, right and bottom of a name on each side, on each screen."""
    lines = name.split("<br>")
    width = max(map(len, lines)) * FONT_SIZE * LETTER + 4
    height = len(lines) * FONT_SIZE * LINE
    boxes = np.empty((len(SIDES), len(centres), 4))
    for number, side in enumerate(SIDES):
        down, across = side.split()
        x = centres[:, 0] + _ACROSS[across] * (half + 2 + width / 2)
        # Beside a point a name stands at its height; above and below it clears the point.
        y = centres[:, 1] + _DOWN[down] * (half + 1 + height / 2)
        boxes[number] = np.stack([x - width / 2, y - height / 2, x + width / 2, y + height / 2], -1)
    return boxes


def _covered(boxes: np.ndarray, obstacles: np.ndarray) -> np.ndarray:
    """Of each side: how many obstacles its box shares area with, over all screens."""
    one, other = boxes[:, :, None, :], obstacles[None]
    shared = (
        (one[..., 0] < other[..., 2])
        & (other[..., 0] < one[..., 2])
        & (one[..., 1] < other[..., 3])
        & (other[..., 1] < one[..., 3])
    )
    counts: np.ndarray = shared.sum(axis=(1, 2))
    return counts
