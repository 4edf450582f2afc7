"""The legend of a map as data: marks as small images, words and counts, by layer."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.pieces import Parts
from dashboard.charts.sparkline import svg_image

_SHAPES = {
    "circle": '<circle cx="8" cy="8" r="5.5"/>',
    "square": '<rect x="3" y="3" width="10" height="10"/>',
    "diamond": '<path d="M8 1.5 14.5 8 8 14.5 1.5 8Z"/>',
    "triangle-up": '<path d="M8 2 14.5 13.5H1.5Z"/>',
    "triangle-down": '<path d="M8 14 14.5 2.5H1.5Z"/>',
    "hexagon": '<path d="M8 1.5 13.6 4.7V11.3L8 14.5 2.4 11.3V4.7Z"/>',
    "pentagon": '<path d="M8 1.5 14.4 6.1 12 13.6H4L1.6 6.1Z"/>',
    "cross": '<path d="M6 2H10V6H14V10H10V14H6V10H2V6H6Z"/>',
    "x": '<path d="M4.5 2 8 5.5 11.5 2 14 4.5 10.5 8 14 11.5 11.5 14 8 10.5 4.5 14 2 11.5 5.5 8 '
    '2 4.5Z"/>',
    "star": '<path d="M8 1 9.8 6H15L10.8 9.2 12.3 14.3 8 11.2 3.7 14.3 5.2 9.2 1 6H6.2Z"/>',
    "star-square": '<path d="M2 2 8 4.5 14 2 11.5 8 14 14 8 11.5 2 14 4.5 8Z"/>',
    "bowtie": '<path d="M2 3V13L8 8ZM14 3V13L8 8Z"/>',
    "hourglass": '<path d="M3 2H13L8 8ZM3 14H13L8 8Z"/>',
    "asterisk": '<path d="M8 2V14M2 8H14M4 4 12 12M12 4 4 12"/>',
    "square-cross": '<rect x="3" y="3" width="10" height="10"/>',
    "diamond-cross": '<path d="M8 1.5 14.5 8 8 14.5 1.5 8Z"/>',
}
_DASHES = {"solid": "", "dash": "8 4", "dot": "2 3", "dashdot": "8 3 2 3", "longdash": "12 4"}


@dataclass(frozen=True)
class LegendEntry:
    """A line of a legend: its layer, its mark as markup, its words, how many places it counts.

    `count` is None where the entry counts nothing, such as a class of values or a kind of line.
    """

    layer: str
    mark: str
    words: str
    count: int | None


def legend_entries(figure: go.Figure | Parts) -> list[LegendEntry]:
    """What a page writes as the legend of a map, in its order.

    A page that makes it a control groups the entries by layer; traces of a layer are those whose
    `meta["layer"]` is its name.
    """
    shown = [trace for trace in figure.data if trace.showlegend is not False and trace.name]
    shown.sort(key=lambda trace: trace.legendrank or 0)
    return [
        LegendEntry(
            (trace.meta or {}).get("layer", ""),
            legend_mark(trace),
            trace.name,
            (trace.meta or {}).get("count"),
        )
        for trace in shown
    ]


def legend_mark(trace: go.Scattergeo) -> str:
    """Line or marker of a trace, in its colour, as an image element without a name."""
    if trace.mode == "lines":
        dashes = _DASHES[trace.line.dash or "solid"]
        return svg_image(
            f'<path d="M0 8H30" stroke="{trace.line.color}" stroke-width="2.4" '
            f'stroke-dasharray="{dashes}"/>',
            30,
            16,
        )
    marker = trace.marker
    symbol = marker.symbol if isinstance(marker.symbol, str) else "circle"
    opacity = marker.opacity if isinstance(marker.opacity, (int, float)) else 1
    if symbol.endswith("-open"):
        symbol, opacity = symbol.removesuffix("-open"), 0
    # A hollow mark's outline is all there is of it.
    width = ' stroke-width="2"' if opacity == 0 or symbol == "asterisk" else ""
    outline = marker.color if opacity == 0 and isinstance(marker.color, str) else marker.line.color
    return svg_image(
        f'<g fill="{marker.color}" fill-opacity="{opacity}" stroke="{outline}"{width}>'
        f"{_SHAPES[symbol]}</g>",
        16,
        16,
    )
