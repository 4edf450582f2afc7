"""Economies circled by levels, the size of the circles, and the circles of their legend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard.charts import formats
from dashboard.charts.maps.economies import RANK, EconomyLayer, positions
from dashboard.charts.maps.geometry import Trace
from dashboard.charts.maps.measure import Measure

LARGEST_CIRCLE = 56.0
SMALLEST_CIRCLE = 3.0


@dataclass(frozen=True)
class CircleKey:
    """A circle of a nested legend: its value, words and diameter in pixels."""

    value: float
    words: str
    diameter: float


def circle_keys(measure: Measure, most: int = 3) -> list[CircleKey]:
    """Three round values with the circles they have on the map, the largest first.

    The largest is the largest round number not above the largest value; the others are about a
    fourth and a sixteenth of its area, so that diameters halve.
    """
    largest = _largest(measure)
    if not len(measure.numbers):
        return []
    values: list[float] = []
    for share in (1.0, 0.25, 0.0625)[:most]:
        value = _round_below(largest * share)
        if value not in values:
            values.append(value)
    return [
        CircleKey(
            value,
            formats.quantity(value, measure.indicator, "approximate").removeprefix("about "),
            round(diameter(value, largest), 1),
        )
        for value in values
    ]


def _round_below(value: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above a value."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(max(step * power for step in (1, 2, 5) if step * power <= value * (1 + 1e-9)))


def _largest(measure: Measure) -> float:
    return (float(measure.numbers.abs().max()) if len(measure.numbers) else 0.0) or 1.0


def diameter(value: float, largest: float) -> float:
    """Diameter in pixels of the circle of a value, its area in proportion to the value's size."""
    return float(LARGEST_CIRCLE * np.sqrt(abs(value) / largest))


@dataclass(frozen=True, eq=False)
class CircledEconomies(EconomyLayer):
    """Levels: circles on each economy, area in proportion to the value.

    `over_shades`: the economies below are shaded, so circles take the hue of what is not.
    """

    over_shades: bool = False

    @property
    def colour(self) -> str:
        """Of the circles."""
        return self.look.accent if self.over_shades else self.look.warm

    def traces(self, year: int) -> list[Trace]:
        """One trace of circles; economies without a value have a circle of no size."""
        ids = list(self.economies)
        largest = formats.quantity(float(self.measure.numbers.abs().max()), self.measure.indicator)
        words = f"Circle area: {self.measure.indicator.short_name}, the largest {largest}"
        circles = go.Scattergeo(
            geo=self.subplot,
            **positions(ids, self.economies, self.shown_at),
            customdata=ids,
            hovertext=self._names(ids),
            mode="markers",
            marker={
                "sizemode": "diameter",
                "color": self.colour,
                "opacity": self.focus.economy_opacities(ids, 0.55),
                "line": {"color": self.colour, "width": 1.5},
            },
            name=words + ("; hollow: below zero" if self.measure.is_diverging else ""),
            legendrank=RANK + 60,
            showlegend=self.subplot == "geo",
            meta={"layer": "circles", "moves": True},
        )
        circles.update(self.changes(year)[0])
        return [circles]

    def changes(self, year: int) -> list[dict[str, Any]]:
        """Sizes and words of a year."""
        rows, ids = self._rows(year), list(self.economies)
        largest = _largest(self.measure)
        values = [rows[key].value if key in rows else None for key in ids]
        marker: dict[str, Any] = {
            "size": np.array(
                [
                    0 if value is None else max(diameter(value, largest), SMALLEST_CIRCLE)
                    for value in values
                ],
                dtype="float32",
            )
        }
        if self.measure.is_diverging or self.measure.tolerance:
            marker["symbol"] = [
                ("circle-open" if value is not None and value < 0 else "circle")
                + ("-dot" if key in rows and rows[key].year != year else "")
                for key, value in zip(ids, values, strict=True)
            ]
        return [
            {
                "marker": marker,
                "text": self._texts(ids, year, "no value"),
                "hovertemplate": self._hover(year),
            }
        ]
