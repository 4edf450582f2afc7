"""Two indicators against each other: points that move through the years, and paths over time."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import formats
from dashboard.charts.axes import NARROW, span_of, value_axis
from dashboard.charts.beside import FONT_SIZE, NO_SIDE, beside
from dashboard.charts.styles import series_style
from dashboard.charts.theme import Theme, template
from dashboard.transforms.pairs import above_zero

HEIGHT = 540
MARKER = 11.0  # diameter where nothing sizes the points
LARGEST = 46.0
SMALLEST = 4.0
NO_SIZE = 8.0  # of the cross of a place whose size is not known
NO_SIZE_SYMBOL = "x-thin-open"
NOTE_LETTERS = 38  # of a line over the plot, which a telephone has room for
NOTE_LINE = 17  # pixels
# Area of each symbol of one size against a circle's, so that equal values have equal areas.
SYMBOL_AREAS = {
    "circle": 1.0,
    "square": 1.273,
    "diamond": 1.076,
    "triangle-up": 0.551,
    "cross": 1.019,
}
GAP = float("nan")
GAPS = pd.Series(dtype="float64")


class Fit(Protocol):
    """A line of least squares, in logarithms to the base ten where an axis is logarithmic."""

    @property
    def slope(self) -> float:
        """Of the line; not a number where no line can be fitted."""

    @property
    def intercept(self) -> float:
        """Of the line."""

    @property
    def r2(self) -> float:
        """Share of the variance upwards that the line accounts for."""

    @property
    def n(self) -> int:
        """How many points it was fitted to."""

    @property
    def equation(self) -> str:
        """The line as an equation of x and y."""


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
    drawing = _Scatter(pairs, x, y, places, look, size, log_x, log_y)
    years = drawing.years
    shown = year if year in years or not years else years[-1]
    fits = _fits(fit, year)
    figure = go.Figure()
    if drawing.ids:
        if trails:
            # The points come after as many trails as there are places, and the trend line.
            points = len(drawing.ids) + bool(fits)
            figure.add_traces(drawing.trails(shown, points))
        moving = [len(figure.data), *([len(figure.data) + 1, len(figure.data) + 2] if fits else [])]
        figure.add_traces(drawing.moving(shown, fits))
        figure.frames = [
            # As plain mappings: Plotly would check each trace of a frame three times.
            {"name": str(item), "data": drawing.changes(item, fits), "traces": moving}
            for item in years
        ]
    notes = drawing.notes()
    trend_lines = max((drawing.equation(item, fits).count("<br>") + 1 for item in fits), default=0)
    figure.update_layout(
        **_layout(look, f"{x.indicator_id}-{y.indicator_id}-{x.unit}-{y.unit}-{log_x}-{log_y}"),
        **drawing.axes(),
        annotations=_note_annotations(notes, trend_lines, look),
        meta={"years": list(years)},
    )
    figure.update_layout(margin={"t": 20 + NOTE_LINE * (len(notes) + trend_lines), "r": 28})
    return figure


def connected(
    pairs: pd.DataFrame,
    x: Indicator,
    y: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    *,
    log_x: bool = False,
    log_y: bool = False,
) -> go.Figure:
    """The path of each place through the years, with its first and its last year written on it.

    Args:
        pairs: as for `scatter`; a year without a pair breaks the path, as does a new definition.
        x: the indicator across.
        y: the indicator upwards.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.
        log_x: powers of ten across.
        log_y: powers of ten upwards.

    Returns:
        One trace per place, its last point larger; points without exact values are hollow. Names
        and years stand where they cover nothing; those without room are in the hover text.
    """
    drawing = _Scatter(pairs, x, y, places, look, None, log_x, log_y)
    figure = go.Figure()
    labels = drawing.end_labels()
    for place_id in drawing.ids:
        figure.add_trace(drawing.path(place_id, labels))
    figure.update_layout(
        **_layout(look, f"path-{x.indicator_id}-{y.indicator_id}-{log_x}-{log_y}"),
        **drawing.axes(),
        margin={"t": 20, "r": 28},
    )
    return figure


def diameter(value: float, largest: float) -> float:
    """Diameter in pixels of a circle whose area is proportional to the value's size."""
    return max(LARGEST * math.sqrt(abs(value) / largest), SMALLEST)


def _is_firm(row: Any) -> bool:
    """True if both values of a pair are exact and no estimates."""
    is_exact = row.x_qualifier == row.y_qualifier == "exact"
    return is_exact and not getattr(row, "is_estimate", False)


def _fits(fit: Fit | Mapping[int, Fit] | None, year: int) -> dict[int, Fit]:
    if fit is None:
        return {}
    return dict(fit) if isinstance(fit, Mapping) else {year: fit}


@dataclass(frozen=True, eq=False)
class _Scatter:
    """What both charts need of the pairs: who, when, where on the plot, in which words."""

    given: pd.DataFrame
    x: Indicator
    y: Indicator
    places: Mapping[str, Place]
    look: Theme
    size: Indicator | None
    log_x: bool
    log_y: bool

    @cached_property
    def pairs(self) -> pd.DataFrame:
        kept, _ = above_zero(self.given, log_x=self.log_x, log_y=self.log_y)
        return kept

    @cached_property
    def ids(self) -> list[str]:
        """The places, the ones with large markers first, so that small ones lie above them."""
        order = [str(key) for key in dict.fromkeys(self.pairs["place_id"])]
        if self.size is None:
            return order
        most = self.pairs["size"].abs().groupby(self.pairs["place_id"]).max().fillna(0)
        return sorted(order, key=lambda key: -most[key])

    @cached_property
    def years(self) -> list[int]:
        return sorted(int(year) for year in self.pairs["year"].unique())

    @cached_property
    def names(self) -> dict[str, str]:
        rows = self.pairs.drop_duplicates("place_id")
        return dict(zip(rows["place_id"], rows["place_name"], strict=True))

    @cached_property
    def styles(self) -> dict[str, dict[str, str]]:
        """Hue and symbol by place, in the order of the table, as in other charts."""
        order = [str(key) for key in dict.fromkeys(self.pairs["place_id"])]
        return {
            key: series_style(key, order[:index], self.places, self.look)
            for index, key in enumerate(order)
        }

    @cached_property
    def rows(self) -> dict[int, dict[str, Any]]:
        """The pair of each place in each year."""
        found: dict[int, dict[str, Any]] = {}
        for row in self.pairs.itertuples(index=False):
            found.setdefault(int(row.year), {})[str(row.place_id)] = row
        return found

    @cached_property
    def spans(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Ends of both axes over all years; markers with a size need more room."""
        part = 0.06 if self.size is None else 0.1
        ends = []
        for axis, logarithmic in (("x", self.log_x), ("y", self.log_y)):
            values = [self.pairs.get(f"{axis}{end}", GAPS) for end in ("", "_low", "_high")]
            ends.append(span_of(np.concatenate(values), logarithmic=logarithmic, part=part))
        return ends[0], ends[1]

    def axes(self) -> dict[str, Any]:
        (left, right), (low, high) = self.spans
        return {
            "xaxis": value_axis(self.x, left, right, logarithmic=self.log_x, pixels=NARROW),
            "yaxis": value_axis(self.y, low, high, logarithmic=self.log_y),
        }

    def parts(self, across: Any, up: Any) -> np.ndarray:
        """Values as parts of the plot's width and height."""
        found = []
        for values, (low, high), logarithmic in zip(
            (across, up), self.spans, (self.log_x, self.log_y), strict=True
        ):
            numbers = np.asarray(values, dtype=float)
            ends = np.array([low, high])
            if logarithmic:
                numbers, ends = np.log10(numbers), np.log10(ends)
            found.append((numbers - ends[0]) / (ends[1] - ends[0]))
        return np.stack(found, axis=1)

    # --- Points -----------------------------------------------------------------------------------

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
            elif row is not None and not _is_firm(row):
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
            points = self.parts(*self._values(year))
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

    def _values(self, year: int) -> tuple[np.ndarray, np.ndarray]:
        rows = self.rows[year]
        across = [rows[key].x if key in rows else GAP for key in self.ids]
        up = [rows[key].y if key in rows else GAP for key in self.ids]
        return np.array(across, dtype="float32"), np.array(up, dtype="float32")

    def _words(self, year: int) -> list[list[str]]:
        """What to open at a click, and the values in words."""
        rows = self.rows[year]
        return [[key, *(self._told(rows[key]) if key in rows else [])] for key in self.ids]

    def _told(self, row: Any) -> list[str]:
        told = [
            formats.quantity(row.x, self.x, row.x_qualifier, getattr(row, "x_high", None)),
            formats.quantity(row.y, self.y, row.y_qualifier, getattr(row, "y_high", None)),
        ]
        if self.size is not None:
            doubt = str(getattr(row, "size_qualifier", "exact"))
            told.append(formats.quantity(row.size, self.size, doubt))
        return told

    def _hover(self, year: int | str) -> str:
        size = f"<br>{self.size.short_name}: %{{customdata[3]}}" if self.size else ""
        return (
            f"<b>%{{hovertext}}</b>, {year}<br>{self.x.short_name}: %{{customdata[1]}}"
            f"<br>{self.y.short_name}: %{{customdata[2]}}{size}<extra></extra>"
        )

    def point_changes(self, year: int) -> dict[str, Any]:
        """Values, marks and words of the points in a year."""
        across, up = self._values(year)
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
        left, top = self._corner
        across, up = self._line(year, fits)
        return [
            {"type": "scatter", "x": across, "y": up},
            self.point_changes(year),
            {"type": "scatter", "x": [left], "y": [top], "text": [self.equation(year, fits)]},
        ]

    @cached_property
    def _corner(self) -> tuple[float, float]:
        """The upper left corner of the plot, a hair inside, where Plotly still draws a text."""
        found = []
        for (low, high), logarithmic, part in zip(
            self.spans, (self.log_x, self.log_y), (0.001, 0.999), strict=True
        ):
            ends = (math.log10(low), math.log10(high)) if logarithmic else (low, high)
            at = ends[0] + part * (ends[1] - ends[0])
            found.append(10**at if logarithmic else at)
        return found[0], found[1]

    def _line(self, year: int, fits: Mapping[int, Fit]) -> tuple[list[float], list[float]]:
        """The line from the first to the last point of the year; nothing where it has none."""
        fit = fits.get(year)
        across, _ = self._values(year)
        across = across[np.isfinite(across)].astype(float)
        if fit is None or not len(across) or not math.isfinite(fit.slope):
            return [], []
        ends = [float(across.min()), float(across.max())]
        found = []
        for value in ends:
            up = fit.slope * (math.log10(value) if self.log_x else value) + fit.intercept
            found.append(10**up if self.log_y else up)
        return ends, found

    def equation(self, year: int, fits: Mapping[int, Fit]) -> str:
        """The trend line of a year in words."""
        fit = fits.get(year)
        if fit is None:
            return ""
        if not math.isfinite(fit.slope):
            return f"Trend {year}: no line fits {fit.n} points"
        of = " of logarithms" if self.log_x or self.log_y else ""
        explained = f"R² = {fit.r2:.2f}{of}, " if math.isfinite(fit.r2) else ""
        said = f"Trend {year}: {fit.equation}; {explained}{fit.n} places"
        return "<br>".join(textwrap.wrap(said, NOTE_LETTERS))

    # --- Paths ------------------------------------------------------------------------------------

    def steps(self, place_id: str, until: int) -> list[Any]:
        """The rows of a place up to a year, with None wherever no line may join two of them."""
        rows = [
            self.rows[year][place_id]
            for year in self.years
            if year <= until and place_id in self.rows[year]
        ]
        found: list[Any] = rows[:1]
        for earlier, row in pairwise(rows):
            if row.year - earlier.year > 1 or getattr(row, "is_break", False):
                found.append(None)
            found.append(row)
        return found

    def trails(self, year: int, points: int) -> list[go.Scatter]:
        traces = []
        for index, key in enumerate(self.ids):
            steps = self.steps(key, year)
            colour = self.styles[key]["colour"]
            breaks = [
                item
                for item in self.years
                if key in self.rows[item] and getattr(self.rows[item][key], "is_break", False)
            ]
            traces.append(
                go.Scatter(
                    x=[None if row is None else float(row.x) for row in steps],
                    y=[None if row is None else float(row.y) for row in steps],
                    mode="lines+markers",
                    name=f"Path of {self.names[key]}",
                    hoverinfo="skip",
                    connectgaps=False,
                    opacity=0.6,
                    line={"color": colour, "width": 1.2},
                    marker={"color": colour, "size": 2.6},
                    meta={
                        "layer": "trails",
                        "trail": {"of": points, "point": index, "breaks": breaks},
                    },
                )
            )
        return traces

    def end_labels(self) -> dict[str, tuple[tuple[str, str], tuple[str, str]]]:
        """Words and side of the first and of the last point of each path."""
        ends = {key: [row for row in self.steps(key, self.years[-1]) if row] for key in self.ids}
        shown: list[tuple[str, int, Any, str]] = []
        for key, rows in ends.items():
            name = self.names[key]
            shown.append((key, 1, rows[-1], f"{name} {rows[-1].year}"))
        for key, rows in ends.items():
            if len(rows) > 1:
                shown.append((key, 0, rows[0], str(rows[0].year)))
        crowd = [row for rows in ends.values() for row in rows[1:-1]]
        standing = [*(row for _, _, row, _ in shown), *crowd]
        sides = beside(
            self.parts([row.x for row in standing], [row.y for row in standing]),
            [*(words for *_, words in shown), *[""] * len(crowd)],
            [*[MARKER] * len(shown), *[3.0] * len(crowd)],
            yielding=[*[False] * len(shown), *[True] * len(crowd)],
        )
        nothing = ("", "middle right")
        found: dict[str, list[tuple[str, str]]] = {key: [nothing, nothing] for key in self.ids}
        for (key, end, _, words), side in zip(shown, sides, strict=False):
            if side != NO_SIDE:
                found[key][end] = (words, side)
        return {key: (pair[0], pair[1]) for key, pair in found.items()}

    def path(self, place_id: str, labels: Mapping[str, Any]) -> go.Scatter:
        """A line through the years of a place."""
        steps = self.steps(place_id, self.years[-1])
        style = self.styles[place_id]
        first, last = labels[place_id]
        inner = len(steps) - 2
        texts = [first, *[("", "middle right")] * inner, last] if inner >= 0 else [last]
        return go.Scatter(
            x=[None if row is None else float(row.x) for row in steps],
            y=[None if row is None else float(row.y) for row in steps],
            mode="lines+markers+text",
            name=self.names[place_id],
            connectgaps=False,
            text=[words for words, _ in texts],
            textposition=[side for _, side in texts],
            textfont={"color": style["colour"], "size": FONT_SIZE},
            hovertext=[
                ""
                if row is None
                else f"<b>{self.names[place_id]}</b>, {row.year}<br>"
                + "<br>".join(
                    f"{indicator.short_name}: {words}"
                    for indicator, words in zip((self.x, self.y), self._told(row), strict=False)
                )
                for row in steps
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
            line={"color": style["colour"], "dash": style["dash"], "width": 1.8},
            marker={
                "color": style["colour"],
                # Plotly's own for markers of several sizes are a veil and a white edge.
                "opacity": 1,
                "line": {"width": 0},
                "size": [*[5.0] * (len(steps) - 1), MARKER],
                "symbol": [
                    style["symbol"] + ("" if row is None or _is_firm(row) else "-open")
                    for row in steps
                ],
            },
        )

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


def _layout(look: Theme, revision: str) -> dict[str, Any]:
    return {
        "template": template(look),
        "height": HEIGHT,
        "showlegend": False,
        "hovermode": "closest",
        "clickmode": "event",
        "dragmode": False,
        "uirevision": revision,
    }


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
