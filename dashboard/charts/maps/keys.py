"""Legends that Plotly has no form for, drawn in a corner of the map: nested circles, nine colours.

They stand in the figure so that a picture has them; the same is data for a page that writes its
own (`layout.meta`). Sizes are in pixels and hold at every width.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.maps.bivariate import BivariateKey
from dashboard.charts.maps.circles import CircleKey
from dashboard.charts.theme import Theme

CELL = 17
EDGE = 10  # from the corner
LINE = 14
# Lower right, where every preset has sea; sizes and distances from it are pixels.
CORNER = {
    "xref": "paper",
    "yref": "paper",
    "xsizemode": "pixel",
    "ysizemode": "pixel",
    "xanchor": 1,
    "yanchor": 0,
}
Drawing = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def nested_circles(keys: Sequence[CircleKey], title: str, look: Theme, colour: str) -> Drawing:
    """Circles that stand on one another, the largest behind, each with its value.

    Args:
        keys: the circles, the largest first.
        title: what the area is.
        look: colours of the mode.
        colour: of the circles.

    Returns:
        Shapes and annotations of a layout.
    """
    if not keys:
        return [], []
    largest = max(key.diameter for key in keys)
    width = max(largest + 12 + 7 * max(len(key.words) for key in keys), 6.6 * len(title))
    left = -EDGE - width
    shapes: list[dict[str, Any]] = [
        _ground(left - 6, EDGE - 6, width + 12, largest + LINE + 14, look)
    ]
    annotations = [
        _text(left, EDGE + largest + LINE / 2 + 4, title, look.muted),
    ]
    for key in keys:
        middle = left + largest / 2
        shapes.append(
            {
                **CORNER,
                "type": "circle",
                "x0": middle - key.diameter / 2,
                "x1": middle + key.diameter / 2,
                "y0": EDGE,
                "y1": EDGE + key.diameter,
                "line": {"color": colour, "width": 1.2},
                "fillcolor": "rgba(0,0,0,0)",
                "name": "circle key",
            }
        )
    # Words one line apart at least, beside the top of their circles as far as that allows.
    heights = [EDGE + key.diameter for key in keys]
    for index in range(len(heights) - 2, -1, -1):
        heights[index] = max(heights[index], heights[index + 1] + LINE)
    for key, height in zip(keys, heights, strict=True):
        annotations.append(_text(left + largest + 8, height - LINE / 2, key.words, look.ink))
    return shapes, annotations


def nine_colours(key: BivariateKey, look: Theme) -> Drawing:
    """The nine colours of two indicators in the lower right corner, with the words of both axes."""
    side = len(key.colours)
    rise = LINE + 6
    across = f"{key.across} →"
    up = f"↑ {key.up}"
    width = max(side * CELL, 6.4 * max(len(across), len(up)))
    left = -EDGE - width
    shapes = [
        _ground(left - 6, EDGE - 6, width + 12, side * CELL + 2 * LINE + 20, look),
        *(
            {
                **CORNER,
                "type": "rect",
                "x0": left + column * CELL,
                "x1": left + (column + 1) * CELL,
                "y0": EDGE + rise + row * CELL,
                "y1": EDGE + rise + (row + 1) * CELL,
                "fillcolor": colour,
                "line": {"width": 0},
                "name": "bivariate key",
            }
            for row, colours in enumerate(key.colours)
            for column, colour in enumerate(colours)
        ),
    ]
    return shapes, [
        _text(left, EDGE + LINE / 2, across, look.ink),
        _text(left, EDGE + rise + side * CELL + LINE / 2 + 2, up, look.ink),
    ]


def _ground(left: float, bottom: float, width: float, height: float, look: Theme) -> dict[str, Any]:
    return {
        **CORNER,
        "type": "rect",
        "x0": left,
        "x1": left + width,
        "y0": bottom,
        "y1": bottom + height,
        "fillcolor": look.card,
        "opacity": 0.85,
        "line": {"width": 0},
        "name": "key ground",
    }


def _text(across: float, up: float, words: str, colour: str) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 0,
        "xshift": across,
        "yshift": up,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "text": words,
        "font": {"size": 12, "color": colour},
    }
