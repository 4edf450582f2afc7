"""A chart on the page, and what of it is kept for all readers who ask for the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import sleep
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.legend import legend_mark
from dashboard.charts.pieces import Parts
from dashboard.serving.figures import figures
from dashboard.serving.routes import plotly_url
from dashboard.ui.component import component
from dashboard.ui.own import own
from dashboard.ui.terms import marked_in_turn

FIGURES_SENT = 16  # as many as chart.js keeps
# A browser draws a chart in less, unless it also has the rest of the page to put in place: then a
# reader waits for the chart half as long again. What the page says after it comes that much later.
HEAD_START_SECONDS = 0.1
# One script in the browser: the parts first, then what puts them together.
PARTS = (
    "library.js",
    "choice.js",
    "frames.js",
    "time.js",
    "layers.js",
    "window.js",
    "ahead.js",
    "chart.js",
)

# Plotly's own buttons would save a picture without title, unit and source; the card's do not.
CONFIG = {
    "displaylogo": False,
    "displayModeBar": False,
    "doubleClick": False,
    "scrollZoom": False,
    "showSendToCloud": False,
}

# Streamlit's own chart element takes a new figure for a new chart: it takes the standing one down
# and loses the reader's zoom. This one hands the figure to the chart that stands.
_component = component(
    "chart",
    PARTS,
    html="chart.html",
    css="chart.css",
    constants=f"const CONFIG = {json.dumps(CONFIG)};",
    isolate_styles=False,
)


@dataclass(frozen=True)
class Mark:
    """An entry of a legend: the mark as an image element, and what it stands for."""

    mark_svg: str
    text: str


@dataclass(frozen=True)
class Layer:
    """A part of a map that a reader can show or hide; its traces carry `meta={"layer": layer}`.

    `count_text` says how many of its places are shown of how many. With a `disabled_reason` it
    cannot be shown, and the reason stands in its place.
    """

    layer: str
    title: str
    shown: bool
    count_text: str = ""
    disabled_reason: str = ""
    items: Sequence[Mark] = ()


@dataclass(frozen=True)
class Window:
    """The part of the world that a reader has moved a map to.

    Centre and rotation in degrees; `scale` is relative to the preset of the map, which is 1.
    """

    lon: float
    lat: float
    rotation: float
    scale: float


@dataclass(frozen=True)
class Listeners:
    """What the page does when a reader acts on a chart; what is None is not told.

    Attributes:
        place: called with the place under a click, and whether it is added to those chosen
            before (shift, ctrl or the command key was held).
        year: called with the year that a reader has rested on.
        layers: called with the layers to be shown, after one was ticked or cleared.
        window: called with the part of the world that a reader has rested on; None is the preset.
    """

    place: Callable[[str, bool], None] | None = None
    year: Callable[[int], None] | None = None
    layers: Callable[[tuple[str, ...]], None] | None = None
    window: Callable[[Window | None], None] | None = None


@dataclass(frozen=True)
class Drawing:
    """A figure ready to be sent: its JSON, the entries of its legend, its height in CSS."""

    json: str
    legend: tuple[Mark, ...]
    height: str


def drawing(figure: go.Figure | Parts, most_height: int = 0) -> Drawing:
    """Make a figure ready to be sent.

    Args:
        figure: the chart; with a height of its own, or without one to fill its room. In parts it is
            a map, whose legend is its layers.
        most_height: of a figure without one, in pixels on a wide screen; on a telephone it is
            lower, because a map is wider than high.
    """
    if isinstance(figure, Parts):
        return Drawing(figure.to_json(), (), _height(most_height))
    own = figure.layout.height
    height = f"{own}px" if own else _height(most_height)
    return Drawing(figure.to_json(), _legend(figure), height)


def _height(most: int) -> str:
    return f"min({most}px, max(17.5rem, 64vw))"


def draw(
    shown: Drawing,
    *,
    key: str,
    name: str,
    alt: str,
    year: int | None = None,
    legend: Sequence[Layer] = (),
    window: Window | None = None,
    listeners: Listeners | None = None,
    leads: bool = False,
    stands: bool = False,
) -> None:
    """Draw a chart, or hand a new figure to the chart that stands under the key.

    The figure itself is sent to a reader once: what comes after names it, so that a year, a layer
    or a window costs a message without it.

    Args:
        shown: the figure. Its frames, if it has more than one, are the years of a time bar; they
            carry values only.
        key: identifier, unique on the page; the chart is found under it in the page, too.
        name: what tells this figure from others, for tests to wait for.
        alt: the chart in a sentence.
        year: the frame to show.
        legend: the layers to choose from; without any the chart has no such control.
        window: part of the world to show; None is the preset.
        listeners: what the page does when a reader acts on the chart.
        leads: the chart is what the reader waits for, so that a new figure gets a head start.
        stands: the browser has drawn the figure before the page ran, and is not sent it again.
    """
    told = listeners or Listeners()

    def result(event: str) -> Any:
        return (st.session_state.get(f"drawn_{key}") or {}).get(event)

    def clicked() -> None:
        if told.place is not None and (click := result("place")):
            told.place(str(click["place"]), bool(click["adds"]))

    def moved() -> None:
        if told.year is not None and (chosen := result("year")):
            told.year(int(chosen))

    def ticked() -> None:
        chosen = result("layers")
        if told.layers is not None and chosen is not None:
            told.layers(tuple(map(str, chosen)))

    def looked() -> None:
        chosen = result("window")
        if told.window is not None and chosen is not None:
            told.window(window_from(chosen))

    address = figures.keep(shown.json, own())
    was_sent = _was_sent(address)
    with st.container(key=key):
        _component(
            key=f"drawn_{key}",
            data={
                **said(shown, alt=alt, year=year, legend=legend, window=window, listeners=told),
                "figure": address,
                "json": None if was_sent or stands else shown.json,
                "name": name,
            },
            on_place_change=clicked,
            on_year_change=moved,
            on_layers_change=ticked,
            on_window_change=looked,
        )
    before, st.session_state[f"figure_{key}"] = st.session_state.get(f"figure_{key}"), address
    if leads and before not in (None, address):
        sleep(HEAD_START_SECONDS)


def said(
    shown: Drawing,
    *,
    alt: str,
    year: int | None,
    legend: Sequence[Layer],
    window: Window | None,
    listeners: Listeners,
) -> dict[str, Any]:
    """What the browser is told of a chart, except for its figure and name; arguments as `draw`."""
    return {
        "height": shown.height,
        "alt": alt,
        "year": year,
        "legend": tuple(_written(layer) for layer in legend),
        "window": window and vars(window),
        "tells": tuple(event for event, listener in vars(listeners).items() if listener),
        "plotly": plotly_url(),
    }


def _was_sent(address: str) -> bool:
    """Whether this reader's browser has been sent a figure; from now on it has.

    It may still have lost it, and then fetches it by its address.
    """
    sent: list[str] = st.session_state.get("figures_sent", [])
    st.session_state["figures_sent"] = [
        *(other for other in sent if other != address),
        address,
    ][-FIGURES_SENT:]
    return address in sent


def window_from(values: Mapping[str, Any]) -> Window | None:
    """The window that a browser reports; None for the preset, which it reports without numbers."""
    if not values:
        return None
    return Window(*(float(values[name]) for name in ("lon", "lat", "rotation", "scale")))


def legend_markup(marks: Sequence[Mark]) -> str:
    """A legend that is only read, as a list, so that it wraps to any width."""
    if not marks:
        return ""
    texts = marked_in_turn(mark.text for mark in marks)
    items = "".join(
        f"<li>{mark.mark_svg}{text}</li>" for mark, text in zip(marks, texts, strict=True)
    )
    return f'<ul class="legend" aria-label="Legend">{items}</ul>'


def _written(layer: Layer) -> dict[str, Any]:
    return {**vars(layer), "items": [vars(mark) for mark in layer.items]}


def _legend(figure: go.Figure) -> tuple[Mark, ...]:
    """The entries of a map's hidden legend."""
    # Asked of its plain form: Plotly would make the map of a chart that has none, and check it.
    if figure.layout.showlegend is not False or "geo" not in figure.layout.to_plotly_json():
        return ()
    entries = [trace for trace in figure.data if trace.showlegend is not False and trace.name]
    entries.sort(key=lambda trace: trace.legendrank or 0)
    return tuple(Mark(legend_mark(trace), trace.name) for trace in entries)
