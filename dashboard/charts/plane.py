"""The plane that two indicators span: who, when and where on it, in which words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import formats
from dashboard.charts.axes import NARROW, span_of, value_axis
from dashboard.charts.styles import series_style
from dashboard.charts.theme import Theme, template
from dashboard.transforms.pairs import above_zero

HEIGHT = 540
MARKER = 11.0  # diameter where nothing sizes the points
GAP = float("nan")
GAPS = pd.Series(dtype="float64")


def is_firm(row: Any) -> bool:
    """True if both values of a pair are exact and no estimates."""
    is_exact = row.x_qualifier == row.y_qualifier == "exact"
    return is_exact and not getattr(row, "is_estimate", False)


@dataclass(frozen=True, eq=False)
class Plane:
    """What points and paths need of the pairs: who, when, where on the plot, in which words."""

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
        """The pairs that the axes can show."""
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
        """The years with a pair, in order."""
        return sorted(int(year) for year in self.pairs["year"].unique())

    @cached_property
    def names(self) -> dict[str, str]:
        """Name by place."""
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
        """Both axes, as a layout has them."""
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

    def values(self, year: int) -> tuple[np.ndarray, np.ndarray]:
        """Across and upwards, place by place; not a number without a pair in the year."""
        rows = self.rows[year]
        across = [rows[key].x if key in rows else GAP for key in self.ids]
        up = [rows[key].y if key in rows else GAP for key in self.ids]
        return np.array(across, dtype="float32"), np.array(up, dtype="float32")

    @cached_property
    def corner(self) -> tuple[float, float]:
        """The upper left corner of the plot, a hair inside, where Plotly still draws a text."""
        found = []
        for (low, high), logarithmic, part in zip(
            self.spans, (self.log_x, self.log_y), (0.001, 0.999), strict=True
        ):
            ends = (math.log10(low), math.log10(high)) if logarithmic else (low, high)
            at = ends[0] + part * (ends[1] - ends[0])
            found.append(10**at if logarithmic else at)
        return found[0], found[1]

    def told(self, row: Any) -> list[str]:
        """The values of a pair in words: across, upwards and, where markers have one, the size."""
        told = [
            formats.quantity(row.x, self.x, row.x_qualifier, getattr(row, "x_high", None)),
            formats.quantity(row.y, self.y, row.y_qualifier, getattr(row, "y_high", None)),
        ]
        if self.size is not None:
            doubt = str(getattr(row, "size_qualifier", "exact"))
            told.append(formats.quantity(row.size, self.size, doubt))
        return told


def layout(look: Theme, revision: str) -> dict[str, Any]:
    """What every chart on the plane has; its zoom stays as long as the revision does."""
    return {
        "template": template(look),
        "height": HEIGHT,
        "showlegend": False,
        "hovermode": "closest",
        "clickmode": "event",
        "dragmode": False,
        "uirevision": revision,
    }
