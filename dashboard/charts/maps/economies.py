"""Economies on the map: the land, what is too small to see, and shades year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard.catalogue.model import Place
from dashboard.charts.maps.geometry import (
    DIMMED,
    NOTHING,
    Focus,
    Geometry,
    Trace,
    leader_lines,
    mark,
)
from dashboard.charts.maps.measure import (
    BAR_PIXELS,
    Measure,
    bar_title,
    bound_words,
    class_colours,
    class_words,
    continuous_scale,
)
from dashboard.charts.maps.views import Position
from dashboard.charts.theme import SANS, Theme

SMALL_ECONOMIES = ("HKG", "MAC", "SGP")
# Where on the screen the marker of each makes way for a hub: to the right and down, towards sea.
SMALL_WAYS = {"HKG": (0.8, 0.6), "MAC": (-0.7, 0.7), "SGP": (0.5, 0.85)}
SMALL_MARKER = 20
RANK = 400


def land(
    economies: Mapping[str, Place],
    geometry: Geometry,
    look: Theme,
    *,
    is_shaded: bool,
    shown_at: Mapping[str, Position] | None = None,
) -> list[Trace]:
    """Everything in the colour of "no value", where shades stand for values: a gap shows as that.

    Under circles land is only land, and a gap is a missing circle. An economy of the atlas opens
    when it is clicked, whether it has a value or not.
    """
    said = "<br>no value" if is_shaded else ""
    named = {key: f"<b>{place.name}</b>{said}" for key, place in economies.items()}
    colour = look.no_value if is_shaded else look.land
    ids = geometry.economy_ids
    traces: list[Trace] = [
        go.Choropleth(
            geojson=geometry.economies,
            locations=list(ids),
            z=np.zeros(len(ids), dtype="int8"),
            text=[named.get(key, "not in the atlas") for key in ids],
            customdata=[key if key in economies else "" for key in ids],
            hovertemplate="%{text}<extra></extra>",
            colorscale=[[0, colour], [1, colour]],
            showscale=False,
            showlegend=False,
            marker={"line": {"color": look.border, "width": 0.6}},
            name="No value",
            meta={"layer": "land"},
        )
    ]
    small = small_economies(economies)
    leaders = leader_lines(
        [((economies[key].lat, economies[key].lon), (shown_at or {}).get(key)) for key in small],
        look,
        "land",
    )
    traces += leaders
    if small:
        traces.append(
            go.Scattergeo(
                **positions(small, economies, shown_at),
                text=[named[key] for key in small],
                customdata=small,
                mode="markers",
                hovertemplate="%{text}<extra></extra>",
                marker={
                    "size": SMALL_MARKER if is_shaded else SMALL_MARKER / 2,
                    "color": colour,
                    "opacity": 1,
                    "line": {"color": look.ink if is_shaded else look.muted, "width": 1},
                },
                showlegend=False,
                name="Small economies without value" if is_shaded else "Small economies",
                meta={"layer": "land"},
            )
        )
    if is_shaded:
        traces.append(mark("land", "No value", "square", look.no_value, RANK + 90, line=look.muted))
    return traces


def veil(geometry: Geometry, look: Theme, focus: Focus) -> list[Trace]:
    """A veil over every economy that is not in focus, and an outline around those that are.

    A shape's own opacity holds for a whole trace, and traces that move keep theirs: so what is not
    in focus is covered. The pointer passes through.
    """
    if not focus:
        return []
    groups = {
        True: [key for key in geometry.economy_ids if key in focus.places],
        False: [key for key in geometry.economy_ids if key not in focus.places],
    }
    clear = "rgba(0,0,0,0)"
    return [
        go.Choropleth(
            geojson=geometry.economies,
            locations=ids,
            z=np.zeros(len(ids), dtype="int8"),
            colorscale=[
                [0, clear if is_focus else look.card],
                [1, clear if is_focus else look.card],
            ],
            showscale=False,
            showlegend=False,
            hoverinfo="skip",
            marker={
                "line": {"color": look.ink if is_focus else look.border, "width": 2.0 * is_focus},
                "opacity": 1.0 if is_focus else 1 - 2 * DIMMED,
            },
            name="Economies in focus" if is_focus else "Economies out of focus",
            meta={"layer": "focus"},
        )
        for is_focus, ids in groups.items()
        if ids and (is_focus or focus.veils)
    ]


def small_economies(economies: Mapping[str, Place]) -> list[str]:
    """Economies that are too small to see or hit as a shape."""
    return [key for key in SMALL_ECONOMIES if key in economies]


def small_positions(
    economies: Mapping[str, Place], shown_at: Mapping[str, Position]
) -> list[Position]:
    """Latitude and longitude of the markers of small economies."""
    found = positions(small_economies(economies), economies, shown_at)
    pairs = zip(found["lat"], found["lon"], strict=True)
    return [(lat, lon) for lat, lon in pairs if lat is not None and lon is not None]


def positions(
    ids: Sequence[str],
    economies: Mapping[str, Place],
    shown_at: Mapping[str, Position] | None,
) -> dict[str, list[float | None]]:
    """Latitudes and longitudes of markers, moved where a view moves them."""
    found = [(shown_at or {}).get(key, (economies[key].lat, economies[key].lon)) for key in ids]
    return {"lat": [point[0] for point in found], "lon": [point[1] for point in found]}


@dataclass(frozen=True, eq=False)
class EconomyLayer:
    """What the ways of drawing economies share."""

    measure: Measure
    economies: Mapping[str, Place]
    geometry: Geometry
    look: Theme
    focus: Focus = NOTHING
    shown_at: Mapping[str, Position] = field(default_factory=dict)
    subplot: str = "geo"

    def years(self) -> list[int]:
        """Years in which there is something to draw."""
        return list(self.measure.years)

    def _rows(self, year: int) -> dict[str, Any]:
        return self.measure.by_year.get(year, {})

    def traces(self, year: int) -> list[Trace]:
        """Traces as they are in a year; those with `moves` in their meta change."""
        raise NotImplementedError

    def changes(self, year: int) -> list[dict[str, Any]]:
        """What another year makes of the traces that move, in their order: values only.

        As attributes of a trace: a map has thousands of them, which Plotly's classes would check
        one by one while a reader waits.
        """
        raise NotImplementedError

    def _texts(self, ids: Sequence[str], year: int, otherwise: str) -> list[str]:
        rows = self._rows(year)
        return [self.measure.words(rows[key], year) if key in rows else otherwise for key in ids]

    def _hover(self, year: int) -> str:
        """The same for all economies of a year; the name and the value's words are filled in."""
        return (
            f"<b>%{{hovertext}}</b><br>%{{text}}<br>{self.measure.indicator.short_name}, {year}"
            "<extra></extra>"
        )

    def _names(self, ids: Sequence[str]) -> list[str]:
        return [
            self.economies[key].name + (" (neighbour)" if key in self.measure.context else "")
            for key in ids
        ]


class ShadedEconomies(EconomyLayer):
    """Shares and rates: filled shapes, and markers for economies too small to see.

    A value taken from an earlier year has a thick outline on a trace of its own, and the year
    written on it.
    """

    def _shaded(self) -> list[str]:
        return [key for key in self.economies if key in self.geometry.economy_ids]

    def _colours(self, ids: Sequence[str], year: int) -> np.ndarray:
        """Value or class of each economy; not a number where there is none."""
        rows = self._rows(year)
        numbers = np.array([rows[key].value if key in rows else np.nan for key in ids], dtype=float)
        classes = self.measure.classes
        return numbers if classes is None else classes.of(numbers).astype("float32")

    def _is_earlier(self, key: str, year: int) -> bool:
        rows = self._rows(year)
        return key in rows and bool(rows[key].year != year)

    def traces(self, year: int) -> list[Trace]:
        """Shapes, small economies and, where a tolerance is set, what comes from earlier years."""
        look, shaded = self.look, self._shaded()
        small = small_economies(self.economies)
        changes = self.changes(year)
        common = {"geo": self.subplot, "showlegend": False}
        shapes = {
            "geojson": self.geometry.economies,
            "locations": shaded,
            "customdata": shaded,
            "hovertext": self._names(shaded),
            "coloraxis": "coloraxis",
        }
        traces: list[Trace] = [
            go.Choropleth(
                **common,
                **shapes,
                marker={"line": {"color": look.border, "width": 0.8}},
                name=self.measure.indicator.short_name,
                meta={"layer": "economies", "moves": True},
            ),
            go.Scattergeo(
                **common,
                **positions(small, self.economies, self.shown_at),
                customdata=small,
                hovertext=self._names(small),
                mode="markers",
                marker={
                    "coloraxis": "coloraxis",
                    "opacity": self.focus.economy_opacities(small),
                    "line": {"color": look.ink, "width": 1},
                },
                name="Small economies",
                meta={"layer": "economies", "moves": True},
            ),
        ]
        if self.measure.tolerance:
            everywhere = list(self.economies)
            clear = "rgba(0,0,0,0)"
            traces += [
                go.Choropleth(
                    **common,
                    geojson=self.geometry.economies,
                    locations=shaded,
                    hoverinfo="skip",
                    colorscale=[[0, clear], [1, clear]],
                    showscale=False,
                    marker={"line": {"color": look.ink, "width": 1.4}},
                    name="Outline of earlier values",
                    meta={"layer": "earlier", "moves": True},
                ),
                go.Scattergeo(
                    **common,
                    **positions(everywhere, self.economies, self.shown_at),
                    mode="text",
                    hoverinfo="skip",
                    textfont={
                        "family": SANS,
                        "size": 12,
                        "color": look.ink,
                        "shadow": ", ".join([f"0 0 3px {look.card}"] * 4),
                    },
                    name="Years of earlier values",
                    meta={"layer": "earlier", "moves": True},
                ),
                mark(
                    "earlier",
                    "’19: value of an earlier year, outlined",
                    "square-open",
                    look.ink,
                    RANK + 80,
                ),
            ]
        moving = [trace for trace in traces if (trace.meta or {}).get("moves")]
        for trace, change in zip(moving, changes, strict=True):
            trace.update(change)
        return [*traces, *self._classes_in_legend()]

    def changes(self, year: int) -> list[dict[str, Any]]:
        """Colours and words of a year."""
        shaded, small = self._shaded(), small_economies(self.economies)
        numbers = self._colours(small, year)
        marker: dict[str, Any] = {
            # A marker without a value would keep a colour of its own: it shrinks away, and the
            # grey one beneath it shows.
            "color": np.nan_to_num(numbers),
            "size": np.where(np.isnan(numbers), 0, SMALL_MARKER),
        }
        if self.measure.tolerance:
            marker["symbol"] = [
                "circle-dot" if self._is_earlier(key, year) else "circle" for key in small
            ]
        changes: list[dict[str, Any]] = [
            {
                "z": self._colours(shaded, year),
                # Where a shape has no value the one beneath is under the pointer and says so.
                "text": self._texts(shaded, year, ""),
                "hovertemplate": self._hover(year),
            },
            {
                "marker": marker,
                "text": self._texts(small, year, "no value"),
                "hovertemplate": self._hover(year),
            },
        ]
        if self.measure.tolerance:
            rows = self._rows(year)
            outlined = [0 if self._is_earlier(key, year) else np.nan for key in shaded]
            changes += [
                {"z": np.array(outlined, dtype="float32")},
                {
                    "text": [
                        f"’{rows[key].year % 100:02d}" if self._is_earlier(key, year) else ""
                        for key in self.economies
                    ]
                },
            ]
        return changes

    def _classes_in_legend(self) -> list[Trace]:
        classes = self.measure.classes
        if classes is None:
            return []
        colours = class_colours(self.measure, self.look)
        return [
            mark("economies", words, "square", colour, RANK + index, line=self.look.muted)
            for index, (words, colour) in enumerate(
                zip(class_words(self.measure), colours, strict=True)
            )
        ]

    def scale(self) -> dict[str, Any]:
        """The colour axis: the same in every year, symmetric where values lie below zero."""
        look, classes = self.look, self.measure.classes
        if classes is not None:
            count = classes.count
            colours = class_colours(self.measure, look)
            # Classes are numbers 0, 1, 2 ... on the axis, so that each is as wide as another.
            axis: dict[str, Any] = {
                "cmin": -0.5,
                "cmax": count - 0.5,
                "colorscale": [
                    [(index + side) / count, colour]
                    for index, colour in enumerate(colours)
                    for side in (0, 1)
                ],
            }
            ticks: dict[str, Any] = {
                # The ends are extremes of one year and place: the words of the classes have them.
                "tickvals": [index - 0.5 for index in range(1, count)],
                "ticktext": bound_words(classes)[1:-1],
                "tickangle": 0,
            }
        else:
            axis = continuous_scale(self.measure, look)
            ticks = {"nticks": 4}
        return {
            **axis,
            "colorbar": {
                "title": {
                    "text": bar_title(self.measure.indicator),
                    "side": "top",
                    "font": {"size": 12, "color": look.muted},
                },
                "orientation": "h",
                # Under the map, beside the year: on a telephone it would cover a third of the belt.
                "x": 1,
                "xanchor": "right",
                "y": 0,
                "yanchor": "top",
                "xpad": 18,
                "ypad": 4,
                "lenmode": "pixels",
                "len": BAR_PIXELS,
                "thickness": 10,
                "outlinewidth": 0,
                "tickfont": {"size": 11, "color": look.ink},
                **ticks,
            },
        }
