"""Figures measured: which traces are what, and where labels stand in pixels."""

from itertools import pairwise

LINE_PX = 16.9  # of a line of text of 13 pixels, as Plotly sets it: 1.3 times its size
LETTER_PX = 6.6  # of a letter of the page's own font at that size, on the average


def parts(figure, part):
    """The traces of a figure that are a part of its lines: line, estimate, break, rival."""
    return [trace for trace in figure.data if (trace.meta or {}).get("part") == part]


def plot_height(figure):
    """Height between the ends of the value axis, in pixels."""
    layout = figure.layout
    return layout.height - layout.margin.t - layout.margin.b


def end_labels(figure, side):
    """The labels at one end of the lines: 0 for the left, 1 for the right."""
    return [
        label
        for label in figure.layout.annotations
        if label.xref == "paper" and label.yref == "y" and label.x == side
    ]


def assert_apart(figure, sides=(1,)):
    """No label at the ends of lines covers another, leaves the plot, or is cut off at the edge."""
    low, high = figure.layout.yaxis.range
    height = plot_height(figure)
    for side in sides:
        boxes = []
        for label in end_labels(figure, side):
            lines = label.text.split("<br>")
            middle = (label.y - low) / (high - low) * height
            half = LINE_PX * len(lines) / 2
            boxes.append((middle - half, middle + half))
            room = figure.layout.margin.r if side else figure.layout.margin.l
            assert LETTER_PX * max(map(len, lines)) + abs(label.xshift) <= room
        boxes.sort()
        assert boxes[0][0] >= -1
        assert boxes[-1][1] <= height + 1
        assert all(below[1] <= above[0] + 1e-6 for below, above in pairwise(boxes))
