"""Two indicators against each other: points that move through the years."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import formats, paths, trend_line
from dashboard.charts.beside import FONT_SIZE, NO_SIDE, beside
from dashboard.charts.figures import new_figure
from dashboard.charts.plane import GAPS, MARKER, Plane, is_firm, layout
from dashboard.charts.theme import Theme
from dashboard.charts.trend_line import NOTE_LETTERS, Fit

LARGEST = 46.0
SMALLEST = 4.0
NO_SIZE = 8.0  # of the cross of a place whose size is not known
NO_SIZE_SYMBOL = "x-thin-open"
NOTE_LINE = 17  # pixels
# Area of each symbol of one size against a circle's, so that equal values have equal areas.
SYMBOL_AREAS = {
    "circle": 1.0,
    "square": 1.273,
    "diamond": 1.076,
    "triangle-up": 0.551,
    "cross": 1.019,
}


def scatter(
    pairs: pd.DataFrame,
    x: Indicator,
    y: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    *,
    size: Indicator | None = None,
    year: int,
    trails: bool = False,
    log_x: bool = False,
    log_y: bool = False,
    fit: Fit | Mapping[int, Fit] | None = None,
) -> go.Figure:
    """A point per place in a year, its years as frames, on axes that are the same in every year.

    Args:
        pairs: one row per place and year, as `transforms.pairs.pair` returns them. Pairs with zero
            or less on a log axis are left out.
        x: the indicator across.
        y: the indicator upwards.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.
        size: what the area of the markers stands for, in the column `size`; None makes them equal.
        year: the year shown first; the newest with a pair when it has none.
        trails: draw the path of each place up to the year shown.
        log_x: powers of ten across.
        log_y: powers of ten upwards.
        fit: the trend line of each year, or of `year` alone: other years then have none. Its
            logarithms are those of the axes.

    Returns:
        Trails, the trend line, the points and the trend line's equation, in this order. A point
        without exact values is hollow, a range has whiskers. A frame carries values only; the paths
        of other years are put together in the browser (`meta["trail"]`), because in frames
        they would weigh more than all else. `layout.meta["years"]` are the years with a frame.
    """
    drawing = _Points(pairs, x, y, places, look, size, log_x, log_y)
    years = drawing.years
    shown = year if year in years or not years else years[-1]
    fits = trend_line.by_year(fit, year)
    figure = new_figure()
    if drawing.ids:
        if trails:
            # The points come after as many trails as there are places, and the trend line.
            points = len(drawing.ids) + bool(fits)
            figure.add_traces(paths.trails(drawing, shown, points))
        moving = [len(figure.data), *([len(figure.data) + 1, len(figure.data) + 2] if fits else [])]
        figure.add_traces(drawing.moving(shown, fits))
        figure.frames = [
            # As plain mappings: Plotly would check each trace of a frame three times.
            {"name": str(item), "data": drawing.changes(item, fits), "traces": moving}
            for item in years
        ]
    notes = drawing.notes()
    trend_lines = max(
        (trend_line.equation(drawing, item, fits).count("<br>") + 1 for item in fits), default=0
    )
    figure.update_layout(
        **layout(look, f"{x.indicator_id}-{y.indicator_id}-{x.unit}-{y.unit}-{log_x}-{log_y}"),
        **drawing.axes(),
        annotations=_note_annotations(notes, trend_lines, look),
        meta={"years": list(years)},
    )
    figure.update_layout(margin={"t": 20 + NOTE_LINE * (len(notes) + trend_lines), "r": 28})
    return figure


def diameter(value: float, largest: float) -> float:
    """Diameter in pixels of a circle whose area is proportional to the value's size."""
    return max(LARGEST * math.sqrt(abs(value) / largest), SMALLEST)


class _Points(Plane):
    """The points of a scatter, what moves with them, and the notes on their marks."""

    @cached_property
    def largest(self) -> float:
        values = self.pairs["size"].abs()
        return (float(values.max()) if values.notna().any() else 0.0) or 1.0

    def sizes(self, year: int) -> list[float]:
        """Diameters in pixels; a place without a size has a cross of no area."""
        rows = self.rows[year]
        found = []
        for key in self.ids:
            value = rows[key].size if key in rows else None
            if self.size is None or value is None:
                found.append(MARKER)
            elif pd.isna(value):
                found.append(NO_SIZE)
            else:
                area = SYMBOL_AREAS[self.styles[key]["symbol"]]
                found.append(round(diameter(value, self.largest) / math.sqrt(area), 1))
        return found

    def symbols(self, year: int) -> list[str]:
        """Shape by place, hollow where a value is in doubt; a cross without a size."""
        rows = self.rows[year]
        found = []
        for key in self.ids:
            shape = self.styles[key]["symbol"]
            row = rows.get(key)
            if row is not None and self.size is not None and pd.isna(row.size):
                shape = NO_SIZE_SYMBOL
            elif row is not None and not is_firm(row):
                shape += "-open"
            found.append(shape)
        return found

    @cached_property
    def sides(self) -> dict[int, list[str]]:
        """Where the name of each place stands in each year: on the side of the year before."""
        found: dict[int, list[str]] = {}
        before: list[str] = []
        # In the order of the table the places asked for first are named first.
        order = [self.ids.index(key) for key in self.styles]
        for year in self.years:
            points = self.parts(*self.values(year))
            sizes = self.sizes(year)
            placed = beside(
                points[order],
                [self.names[self.ids[index]] for index in order],
                [sizes[index] for index in order],
                before,
            )
            before = [
                side or (before[rank] if before else NO_SIDE) for rank, side in enumerate(placed)
            ]
            by_point = [NO_SIDE] * len(self.ids)
            for index, side in zip(order, placed, strict=True):
                by_point[index] = side
            found[year] = by_point
        return found

    def _words(self, year: int) -> list[list[str]]:
        """What to open at a click, and the values in words."""
        rows = self.rows[year]
        return [[key, *(self.told(rows[key]) if key in rows else [])] for key in self.ids]

    def _hover(self, year: int | str) -> str:
        size = f"<br>{self.size.short_name}: %{{customdata[3]}}" if self.size else ""
        return (
            f"<b>%{{hovertext}}</b>, {year}<br>{self.x.short_name}: %{{customdata[1]}}"
            f"<br>{self.y.short_name}: %{{customdata[2]}}{size}<extra></extra>"
        )

    def point_changes(self, year: int) -> dict[str, Any]:
        """Values, marks and words of the points in a year."""
        across, up = self.values(year)
        sides = self.sides[year]
        marker: dict[str, Any] = {"symbol": self.symbols(year)}
        if self.size is not None:
            marker["size"] = np.array(self.sizes(year), dtype="float32")
        return {
            "type": "scatter",
            "x": across,
            "y": up,
            "text": [
                self.names[key] if side else "" for key, side in zip(self.ids, sides, strict=True)
            ],
            "textposition": [side or "middle right" for side in sides],
            "customdata": self._words(year),
            "hovertemplate": self._hover(year),
            "marker": marker,
            **self._whiskers(year),
        }

    def _whiskers(self, year: int) -> dict[str, Any]:
        """Reach of the error bars on the axes that have ranges."""
        found: dict[str, Any] = {}
        rows = self.rows[year]
        for axis in self.ranged:
            reach = [
                [
                    abs(getattr(rows[key], end) - getattr(rows[key], axis))
                    if key in rows and pd.notna(getattr(rows[key], end))
                    else 0.0
                    for key in self.ids
                ]
                for end in (f"{axis}_low", f"{axis}_high")
            ]
            found[f"error_{axis}"] = {"arrayminus": reach[0], "array": reach[1]}
        return found

    @cached_property
    def ranged(self) -> list[str]:
        """The axes on which some pair is a range."""
        return [
            axis
            for axis in ("x", "y")
            if any(self.pairs.get(f"{axis}_{end}", GAPS).notna().any() for end in ("low", "high"))
        ]

    def points(self, year: int) -> go.Scatter:
        colours = [self.styles[key]["colour"] for key in self.ids]
        trace = go.Scatter(
            mode="markers+text",
            name="Places",
            hovertext=[self.names[key] for key in self.ids],
            textfont={"color": colours, "size": FONT_SIZE},
            cliponaxis=False,
            marker={
                "color": colours,
                "size": MARKER,
                "opacity": 0.85 if self.size else 1,
                # The outline parts points that overlap; of a hollow one or a cross it is all.
                "line": {"width": 1.2, "color": self.look.card},
            },
            meta={"layer": "points"},
        )
        trace.update(self.point_changes(year))
        for axis in self.ranged:
            trace[f"error_{axis}"].update(
                type="data", symmetric=False, thickness=1.2, width=4, color=self.look.muted
            )
        return trace

    # --- Trend line -------------------------------------------------------------------------------

    def moving(self, year: int, fits: Mapping[int, Fit]) -> list[go.Scatter]:
        """The traces that change with the year, as they are in one."""
        if not fits:
            return [self.points(year)]
        line, _, words = self.changes(year, fits)
        return [
            go.Scatter(
                mode="lines",
                name="Trend line",
                hoverinfo="skip",
                line={"dash": "dash", "color": self.look.muted, "width": 1.8},
            ).update(line),
            self.points(year),
            go.Scatter(
                mode="text",
                name="Equation of the trend line",
                hoverinfo="skip",
                cliponaxis=False,
                textposition="top right",
                textfont={"color": self.look.ink, "size": FONT_SIZE},
            ).update(words),
        ]

    def changes(self, year: int, fits: Mapping[int, Fit]) -> list[dict[str, Any]]:
        """What a year makes of the traces that move."""
        if not fits:
            return [self.point_changes(year)]
        left, top = self.corner
        across, up = trend_line.line(self, year, fits)
        return [
            {"type": "scatter", "x": across, "y": up},
            self.point_changes(year),
            {
                "type": "scatter",
                "x": [left],
                "y": [top],
                "text": [trend_line.equation(self, year, fits)],
            },
        ]

    # --- Notes ------------------------------------------------------------------------------------

    def notes(self) -> list[str]:
        """What the marks mean, in lines that fit a telephone."""
        if self.size is None or not self.ids:
            return []
        held = self.pairs[self.pairs["size"].notna()]
        if held.empty:
            said = f"×: no value of {self.size.short_name}"
        else:
            most = held.loc[held["size"].abs().idxmax()]
            largest = formats.quantity(float(most["size"]), self.size)
            said = (
                f"Marker area: {self.size.short_name}, the largest {largest} "
                f"({most['place_name']}, {most['year']})"
            )
            if len(held) < len(self.pairs):
                said += "; ×: no value of it"
        return textwrap.wrap(said, NOTE_LETTERS)


def _note_annotations(notes: list[str], lines_below: int, look: Theme) -> list[dict[str, Any]]:
    if not notes:
        return []
    return [
        {
            "text": "<br>".join(notes),
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 10 + NOTE_LINE * lines_below,
            "align": "left",
            "showarrow": False,
            "font": {"color": look.muted, "size": FONT_SIZE},
        }
    ]
