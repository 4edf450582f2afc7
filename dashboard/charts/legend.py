"""The mark of a trace as a small image, for legends that a page writes in text."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.sparkline import svg_image

_SHAPES = {
    "circle": '<circle cx="8" cy="8" r="5.5"/>',
    "square": '<rect x="3" y="3" width="10" height="10"/>',
    "diamond": '<path d="M8 1.5 14.5 8 8 14.5 1.5 8Z"/>',
    "triangle-up": '<path d="M8 2 14.5 13.5H1.5Z"/>',
    "hexagon": '<path d="M8 1.5 13.6 4.7V11.3L8 14.5 2.4 11.3V4.7Z"/>',
}
_DASHES = {"solid": "", "dash": "8 4", "dot": "2 3", "dashdot": "8 3 2 3", "longdash": "12 4"}


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
    return svg_image(
        f'<g fill="{marker.color}" fill-opacity="{opacity}" stroke="{marker.line.color}">'
        f"{_SHAPES[symbol]}</g>",
        16,
        16,
    )
