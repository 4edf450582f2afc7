"""Places by years as a grid of shades: one scale for all, and a neutral cell where nothing is."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import formats
from dashboard.charts.doubt import is_firm
from dashboard.charts.figures import new_figure
from dashboard.charts.theme import Theme, template

ROW = 26  # height of a row in pixels
BESIDE_GRID = 128  # pixels above and below it: years, legend and scale
NARROW = 366  # width of the figure on a telephone
NAME_LETTERS = 18
NAME_LETTER = 7.2  # mean width of a letter in pixels
VALUE_LETTER = 6.4
VALUE_SIZE = 11
CUT = (0.02, 0.97)  # percentiles at which the scale ends, as on maps
BAR_LETTERS = 27
BAR_PIXELS = 190
LEGEND_DOWN = 14  # pixels from the grid down to the middle of the legend
LEGEND_LETTER = 6.4
BAR_DOWN = 26  # pixels from the grid down to the words over the scale
ROUGH = "≈"


def heat_map(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    *,
    diverging: bool = False,
) -> go.Figure:
    """A row per place, a column per year, shaded by value.

    Args:
        rows: one row per place and year; `value` in the indicator's unit. Rows of the grid keep the
            order of the table.
        indicator: unit and decimals.
        places: the places by identifier, which a click opens.
        look: colours of the mode.
        diverging: two hues about zero, as far on either side; values below zero ask for it
            anyway.

    Returns:
        Cells without a value in a trace of their own, the values, and marks on those that are not
        exact. The scale ends at the second and the 97th percentile, as on maps. Values are
        written where a telephone has room for them, else the pointer reads them.
    """
    held = rows[rows["value"].notna()]
    names = {
        str(key): str(name)
        for key, name in zip(rows["place_id"], rows["place_name"], strict=True)
        if str(key) in places
    }
    year_axis: dict[str, Any] = {
        "tickformat": "d",
        "side": "top",
        "showgrid": False,
        "fixedrange": True,
        "zeroline": False,
    }
    layout = {
        "template": template(look),
        "height": ROW * max(len(names), 1) + BESIDE_GRID,
        "showlegend": False,
        "hovermode": "closest",
        "clickmode": "event",
        "dragmode": False,
        "uirevision": f"heat-{indicator.indicator_id}",
        "margin": {"t": 8, "b": 8, "l": 8, "r": 12},  # the scale makes its own room below
        "xaxis": year_axis,
        "yaxis": {
            "autorange": "reversed",
            "tickvals": list(range(len(names))),
            "ticktext": [_wrapped(name) for name in names.values()],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "ticks": "",
            "tickfont": {"color": look.ink},
        },
    }
    if held.empty:
        return new_figure(layout=layout)
    grid = _Grid(held, indicator, names)
    traces = [grid.gaps(look), grid.values(look, diverging=diverging)]
    legend = [("rect", "No value", look.no_value)] if grid.missing.any() else []
    if grid.rough.any():
        traces.append(grid.marks(look))
        written = ("sign", f"{ROUGH} not exact", "")
        legend.append(written if grid.is_written else ("circle", "Not exact", look.card))
    if len(grid.years) <= 8:
        year_axis["dtick"] = 1
    return new_figure(data=traces, layout={**layout, **_legend(legend, look)})


class _Grid:
    """The table as matrices: a row per place, a column per year without leaving one out."""

    def __init__(self, rows: pd.DataFrame, indicator: Indicator, names: Mapping[str, str]) -> None:
        self.indicator = indicator
        self.names = names
        self.years = list(range(int(rows["year"].min()), int(rows["year"].max()) + 1))
        shape = (len(names), len(self.years))
        self.numbers = np.full(shape, np.nan)
        self.words = np.full(shape, "", dtype=object)
        self.short = np.full(shape, "", dtype=object)
        self.rough = np.zeros(shape, dtype=bool)
        order = {key: index for index, key in enumerate(names)}
        shown = rows[rows["place_id"].isin(order)]
        # Column by column: a table's own rows have all its columns, of which these are a quarter.
        columns = ("place_id", "year", "value", "qualifier", "value_high")
        cells = zip(*(shown[name].tolist() for name in columns), is_firm(shown), strict=True)
        for place_id, year, value, qualifier, value_high, firm in cells:
            at = order[str(place_id)], int(year) - self.years[0]
            self.numbers[at] = value
            self.words[at] = formats.quantity(value, indicator, qualifier, value_high)
            self.rough[at] = not firm
            mark = "" if firm else ROUGH
            self.short[at] = mark + formats.number(value, indicator.decimals)
        self.missing = np.isnan(self.numbers)

    @cached_property
    def cell(self) -> float:
        """Width of a cell in pixels on a telephone."""
        longest = max(len(line) for name in self.names.values() for line in _lines(name))
        return (NARROW - NAME_LETTER * longest - 24) / len(self.years)

    @cached_property
    def is_written(self) -> bool:
        """Whether all values fit into their cells."""
        return max(map(len, self.short.ravel())) * VALUE_LETTER + 4 <= self.cell

    def _common(self) -> dict[str, Any]:
        return {
            "x": self.years,
            "y": list(range(len(self.names))),
            "customdata": [[[key, name]] * len(self.years) for key, name in self.names.items()],
            "xgap": 1 if len(self.years) < 40 else 0.5,
            "ygap": 1,
        }

    def gaps(self, look: Theme) -> dict[str, Any]:
        return {
            **self._common(),
            "type": "heatmap",
            "z": [[0 if cell else None for cell in row] for row in self.missing.tolist()],
            "colorscale": [[0, look.no_value], [1, look.no_value]],
            "showscale": False,
            "name": "No value",
            "hovertemplate": (
                f"<b>%{{customdata[1]}}</b>, %{{x}}<br>{formats.NO_VALUE}<extra></extra>"
            ),
        }

    def values(self, look: Theme, *, diverging: bool) -> dict[str, Any]:
        ends, colours, is_cut = _scale(self.numbers[~self.missing], look, diverging)
        words: dict[str, Any] = {"text": self.words.tolist()}
        if self.is_written:
            words = {
                "text": self.short.tolist(),
                "hovertext": self.words.tolist(),
                "texttemplate": "%{text}",
                "textfont": {"size": VALUE_SIZE},
            }
        return {
            **self._common(),
            **words,
            "type": "heatmap",
            "z": [
                [None if math.isnan(cell) else cell for cell in row]
                for row in self.numbers.tolist()
            ],
            "zmin": ends[0],
            "zmax": ends[1],
            "colorscale": colours,
            "name": self.indicator.short_name,
            "hoverongaps": False,
            "hovertemplate": (
                f"<b>%{{customdata[1]}}</b>, %{{x}}<br>"
                f"%{{{'hovertext' if self.is_written else 'text'}}}<extra></extra>"
            ),
            "colorbar": self._bar(look, ends, is_cut),
        }

    def _bar(
        self, look: Theme, ends: tuple[float, float], is_cut: tuple[bool, bool]
    ) -> dict[str, Any]:
        axis = formats.axis(self.indicator, *ends)
        ticks = axis["tickvals"][:: 1 + len(axis["tickvals"]) // 4]
        signs = ("≤ " if is_cut[0] else "", "≥ " if is_cut[1] else "")
        texts = [formats.number(tick, formats.decimals_of(ticks)) for tick in ticks]
        title = textwrap.wrap(formats.axis_title(self.indicator), BAR_LETTERS)
        if any(signs):
            title[-1] += f" ({signs[0]}{_end(ends[0])} to {signs[1]}{_end(ends[1])})"
        return {
            "title": {
                "text": "<br>".join(title),
                "side": "top",
                "font": {"size": 12, "color": look.muted},
            },
            "orientation": "h",
            "x": 1,
            "xanchor": "right",
            "xpad": 0,
            "y": 0,
            "yanchor": "top",
            "ypad": BAR_DOWN,
            "lenmode": "pixels",
            "len": BAR_PIXELS,
            "thickness": 10,
            "outlinewidth": 0,
            "tickvals": ticks,
            "ticktext": texts,
            "tickfont": {"size": 11, "color": look.ink},
        }

    def marks(self, look: Theme) -> dict[str, Any]:
        """A ring on each value that is not exact; where values are written the sign says it."""
        across, down = np.nonzero(self.rough.T)
        return {
            "type": "scatter",
            "x": [self.years[index] for index in across.tolist()],
            "y": down.tolist(),
            "mode": "markers",
            "name": "Not exact",
            "hoverinfo": "skip",
            "visible": not self.is_written,
            "marker": {
                "symbol": "circle",
                "size": float(min(8, max(3.5, self.cell - 2))),
                "color": look.card,
                "line": {"color": look.ink, "width": 1.2},
            },
        }


def _scale(
    values: np.ndarray, look: Theme, diverging: bool
) -> tuple[tuple[float, float], list[list[Any]], tuple[bool, bool]]:
    """Ends of the scale, its colours, and whether values lie beyond either end."""
    if diverging or (values < 0).any():
        far = float(np.quantile(np.abs(values), CUT[1])) or float(np.abs(values).max()) or 1.0
        ends, palette = (-far, far), look.diverging
    else:
        low, high = (float(np.quantile(values, part)) for part in CUT)
        ends = (low, high) if high > low else (0.0, high or 1.0)
        palette = look.sequential
    colours = [[index / (len(palette) - 1), colour] for index, colour in enumerate(palette)]
    is_cut = bool((values < ends[0]).any()), bool((values > ends[1]).any())
    return ends, colours, is_cut


def _end(value: float) -> str:
    """An end of the scale with three digits."""
    rounded = float(f"{value:.3g}")
    return formats.number(rounded, formats.decimals_of([rounded]))


def _lines(name: str) -> list[str]:
    return textwrap.wrap(name, NAME_LETTERS) or [""]


def _wrapped(name: str) -> str:
    return "<br>".join(_lines(name))


def _legend(entries: Sequence[tuple[str, str, str]], look: Theme) -> dict[str, Any]:
    """Marks and words below the grid, in one line from the left: shape, words and filling."""
    shapes, notes = [], []
    across = 0.0
    for kind, words, colour in entries:
        if kind != "sign":
            shapes.append(
                {
                    "type": kind,
                    "xref": "paper",
                    "yref": "paper",
                    "xsizemode": "pixel",
                    "ysizemode": "pixel",
                    "xanchor": 0,
                    "yanchor": 0,
                    "x0": across,
                    "x1": across + 12,
                    "y0": -LEGEND_DOWN - 6,
                    "y1": -LEGEND_DOWN + 6,
                    "fillcolor": colour,
                    "line": {"color": look.ink if kind == "circle" else look.muted, "width": 1},
                }
            )
            across += 17
        notes.append(
            {
                "text": words,
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": 0,
                "xshift": across,
                "yshift": -LEGEND_DOWN,
                "xanchor": "left",
                "yanchor": "middle",
                "showarrow": False,
                "font": {"size": 12, "color": look.ink},
            }
        )
        across += LEGEND_LETTER * len(words) + 18
    return {"shapes": shapes, "annotations": notes}
