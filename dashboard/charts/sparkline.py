"""A line without axes, small enough to stand beside a number."""

from __future__ import annotations

from urllib.parse import quote

import pandas as pd

WIDTH, HEIGHT, PAD = 92, 26, 4
FEWEST_YEARS, MOST_DOTS = 4, 16


def svg_image(drawing: str, width: int, height: int) -> str:
    """A drawing as an image element without a name.

    Streamlit's cleaning of markup lets images pass, but no SVG elements.

    Args:
        drawing: what stands inside the svg element.
        width: in pixels.
        height: in pixels.
    """
    return (
        f'<img class="drawing" alt="" width="{width}" height="{height}" '
        f'src="{svg_address(drawing, width, height)}">'
    )


def svg_address(drawing: str, width: int, height: int) -> str:
    """A drawing as an address that holds it; arguments as of `svg_image`."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{drawing}</svg>'
    )
    return f"data:image/svg+xml,{quote(svg)}"


def sparkline(rows: pd.DataFrame, colour: str) -> str:
    """An image of one place's values over time, its newest point marked.

    Args:
        rows: one row per year, in order; a missing year breaks the line.
        colour: of line and point.

    Returns:
        Markup of an image that screen readers pass over (the number stands beside it); an empty
        string when too few years would make a line that says nothing.
    """
    drawing = _line(rows, colour)
    return svg_image(drawing, WIDTH, HEIGHT) if drawing else ""


def sparkline_address(rows: pd.DataFrame, colour: str) -> str:
    """The image of `sparkline` as an address, for tables that take no markup."""
    drawing = _line(rows, colour)
    return svg_address(drawing, WIDTH, HEIGHT) if drawing else ""


def _line(rows: pd.DataFrame, colour: str) -> str:
    """The drawing of a line of years; empty where too few years would say nothing."""
    if len(rows) < FEWEST_YEARS:
        return ""
    years, values = rows["year"].astype(int).tolist(), rows["value"].astype(float).tolist()
    low, high = min(values), max(values)
    across = (WIDTH - 2 * PAD) / (years[-1] - years[0])
    down = (HEIGHT - 2 * PAD) / ((high - low) or 1.0)
    points = [
        (PAD + (year - years[0]) * across, HEIGHT - PAD - (value - low) * down)
        for year, value in zip(years, values, strict=True)
    ]
    path = "".join(
        f"{'L' if index and years[index] - years[index - 1] == 1 else 'M'}{x:.1f} {y:.1f}"
        for index, (x, y) in enumerate(points)
    )
    # Dots carry the years that no line joins.
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.5" fill="{colour}"/>' for x, y in points[:-1]
    ) * (len(points) <= MOST_DOTS)
    x, y = points[-1]
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6" '
        f'stroke-linecap="round" stroke-linejoin="round"/>{dots}'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>'
    )
