"""A chart on the page, and what of it is kept for all readers who ask for the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.legend import legend_mark
from dashboard.serving.routes import plotly_url

ASSETS = Path(__file__).parent / "assets"

# Plotly's own buttons would save a picture without title, unit and source; the card's do not.
CONFIG = {
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "responsive": True,
    "showSendToCloud": False,
}

# Streamlit's own chart element takes a new figure for a new chart: it takes the standing one down
# and loses the reader's zoom. This one hands the figure to the chart that stands.
_component = st.components.v2.component(
    "seabelt_chart",
    html='<div class="seabelt-chart" role="img"></div>',
    js=(ASSETS / "chart.js").read_text("utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class Drawing:
    """A figure ready to be sent: its JSON, its legend as markup, its height as a CSS length."""

    json: str
    legend: str
    height: str


def drawing(figure: go.Figure, most_height: int = 0) -> Drawing:
    """Make a figure ready to be sent.

    Args:
        figure: the chart; with a height of its own, or without one to fill its room.
        most_height: of a figure without one, in pixels on a wide screen; on a telephone it is
            lower, because a map is wider than high.
    """
    own = figure.layout.height
    height = f"{own}px" if own else f"min({most_height}px, max(23rem, 75vw))"
    return Drawing(figure.to_json(), _legend(figure), height)


def draw(
    shown: Drawing, *, key: str, name: str, on_click: Callable[[str], None] | None = None
) -> None:
    """Draw a chart, or hand a new figure to the chart that stands under the key.

    Args:
        shown: the figure.
        key: identifier, unique on the page; the chart is found under it in the page, too.
        name: what tells this figure from others, for tests to wait for.
        on_click: called with the place under a click.
    """

    def clicked() -> None:
        result = st.session_state.get(f"drawn_{key}")
        if on_click is not None and result and result.get("place"):
            on_click(str(result["place"]))

    with st.container(key=key):
        _component(
            key=f"drawn_{key}",
            data={
                "figure": shown.json,
                "height": shown.height,
                "name": name,
                "plotly": plotly_url(),
                "config": CONFIG,
            },
            on_place_change=clicked,
        )


def _legend(figure: go.Figure) -> str:
    """The entries of a map's hidden legend as a list, so that they wrap to any width."""
    is_map = bool(figure.layout.geo.to_plotly_json())
    entries = [trace for trace in figure.data if trace.showlegend is not False and trace.name]
    if figure.layout.showlegend is not False or not is_map or not entries:
        return ""
    entries.sort(key=lambda trace: trace.legendrank or 0)
    items = "".join(f"<li>{legend_mark(trace)}{escape(trace.name)}</li>" for trace in entries)
    return f'<ul class="legend" aria-label="Legend">{items}</ul>'
