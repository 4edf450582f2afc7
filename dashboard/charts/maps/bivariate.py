"""Two relative indicators at once: three classes of each, nine colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator
from dashboard.charts.maps.economies import SMALL_MARKER, EconomyLayer, positions, small_economies
from dashboard.charts.maps.geometry import Trace
from dashboard.charts.maps.measure import Measure
from dashboard.transforms.classes import Classes, classify

SIDE = 3


@dataclass(frozen=True)
class BivariateKey:
    """Legend of nine colours.

    `colours` has a row per class of the second indicator, the lowest first, each with a colour per
    class of the first. `across` and `up` name the indicators.
    """

    colours: tuple[tuple[str, ...], ...]
    across: str
    up: str


@dataclass(frozen=True, eq=False)
class BivariateEconomies(EconomyLayer):
    """Economies in one of nine colours; those without a value of both have none."""

    second: Measure | None = None

    @property
    def other(self) -> Measure:
        """The second measure."""
        if self.second is None:
            raise ValueError("Nine colours need two indicators.")
        return self.second

    @cached_property
    def classes(self) -> tuple[Classes, Classes]:
        """Three classes of equal numbers of values of each indicator, over all years."""
        one, other = (
            classify(
                measure.numbers.to_numpy(),
                "quantile",
                count=SIDE,
            )
            for measure in (self.measure, self.other)
        )
        return one, other

    def years(self) -> list[int]:
        """Years in which some economy has both values."""
        return [
            year
            for year in self.measure.years
            if set(self.measure.by_year.get(year, {})) & set(self.other.by_year.get(year, {}))
        ]

    def _cells(self, ids: Sequence[str], year: int) -> np.ndarray:
        """Colour of each economy, 0 to 8: class of the first, plus three times the second's."""
        parts = []
        for measure, classes in zip((self.measure, self.other), self.classes, strict=True):
            rows = measure.by_year.get(year, {})
            values = [rows[key].value if key in rows else np.nan for key in ids]
            parts.append(classes.of(values))
        return (parts[0] + SIDE * parts[1]).astype("float32")

    def _texts(self, ids: Sequence[str], year: int, otherwise: str) -> list[str]:
        one, other = self.measure.by_year.get(year, {}), self.other.by_year.get(year, {})
        return [
            f"{self.measure.words(one[key], year)}<br>{self.other.words(other[key], year)}"
            if key in one and key in other
            else otherwise
            for key in ids
        ]

    def _hover(self, year: int) -> str:
        return (
            f"<b>%{{hovertext}}</b>, {year}<br>{self.measure.indicator.short_name}, then "
            f"{self.other.indicator.short_name}:<br>%{{text}}<extra></extra>"
        )

    def traces(self, year: int) -> list[Trace]:
        """Shapes and markers of small economies."""
        look = self.look
        shaded = [key for key in self.economies if key in self.geometry.economy_ids]
        small = small_economies(self.economies)
        shapes = go.Choropleth(
            geo=self.subplot,
            geojson=self.geometry.economies,
            locations=shaded,
            customdata=shaded,
            hovertext=self._names(shaded),
            coloraxis="coloraxis",
            marker={"line": {"color": look.border, "width": 0.8}},
            showlegend=False,
            name=f"{self.measure.indicator.short_name} and {self.other.indicator.short_name}",
            meta={"layer": "economies", "moves": True},
        )
        markers = go.Scattergeo(
            geo=self.subplot,
            **positions(small, self.economies, self.shown_at),
            customdata=small,
            hovertext=self._names(small),
            mode="markers",
            marker={
                "coloraxis": "coloraxis",
                "opacity": self.focus.economy_opacities(small),
                "line": {"color": look.ink, "width": 1},
            },
            showlegend=False,
            name="Small economies",
            meta={"layer": "economies", "moves": True},
        )
        for trace, change in zip((shapes, markers), self.changes(year), strict=True):
            trace.update(change)
        return [shapes, markers]

    def changes(self, year: int) -> list[dict[str, Any]]:
        """Colours and words of a year."""
        shaded = [key for key in self.economies if key in self.geometry.economy_ids]
        small = small_economies(self.economies)
        cells = self._cells(small, year)
        hover = self._hover(year)
        return [
            {
                "z": self._cells(shaded, year),
                "text": self._texts(shaded, year, ""),
                "hovertemplate": hover,
            },
            {
                "marker": {
                    "color": np.nan_to_num(cells),
                    "size": np.where(np.isnan(cells), 0, SMALL_MARKER),
                },
                "text": self._texts(small, year, "no value of both"),
                "hovertemplate": hover,
            },
        ]

    def scale(self) -> dict[str, Any]:
        """A colour axis of nine steps without a bar: its legend has two directions."""
        colours = self.look.bivariate
        return {
            "cmin": -0.5,
            "cmax": len(colours) - 0.5,
            "colorscale": [
                [(index + side) / len(colours), colour]
                for index, colour in enumerate(colours)
                for side in (0, 1)
            ],
            "showscale": False,
        }

    def key(self) -> BivariateKey:
        """The legend as data."""
        return BivariateKey(
            colours=tuple(
                tuple(self.look.bivariate[SIDE * row : SIDE * row + SIDE]) for row in range(SIDE)
            ),
            across=_named(self.measure.indicator),
            up=_named(self.other.indicator),
        )


def _named(indicator: Indicator) -> str:
    unit = indicator.unit_symbol
    has_unit = not unit or unit in indicator.short_name
    return indicator.short_name if has_unit else f"{indicator.short_name}, {unit}"
