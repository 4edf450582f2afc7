"""The line through the points of a year, and the words that say how well it fits them."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from typing import Protocol

import numpy as np

from dashboard.charts.plane import Plane

NOTE_LETTERS = 38  # of a line over the plot, which a telephone has room for


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


def by_year(fit: Fit | Mapping[int, Fit] | None, year: int) -> dict[int, Fit]:
    """The trend lines by year; one alone is that of the year."""
    if fit is None:
        return {}
    return dict(fit) if isinstance(fit, Mapping) else {year: fit}


def line(plane: Plane, year: int, fits: Mapping[int, Fit]) -> tuple[list[float], list[float]]:
    """The line from the first to the last point of the year; nothing where it has none."""
    fit = fits.get(year)
    across, _ = plane.values(year)
    across = across[np.isfinite(across)].astype(float)
    if fit is None or not len(across) or not math.isfinite(fit.slope):
        return [], []
    ends = [float(across.min()), float(across.max())]
    found = []
    for value in ends:
        up = fit.slope * (math.log10(value) if plane.log_x else value) + fit.intercept
        found.append(10**up if plane.log_y else up)
    return ends, found


def equation(plane: Plane, year: int, fits: Mapping[int, Fit]) -> str:
    """The trend line of a year in words."""
    fit = fits.get(year)
    if fit is None:
        return ""
    if not math.isfinite(fit.slope):
        return f"Trend {year}: no line fits {fit.n} points"
    of = " of logarithms" if plane.log_x or plane.log_y else ""
    explained = f"R² = {fit.r2:.2f}{of}, " if math.isfinite(fit.r2) else ""
    said = f"Trend {year}: {fit.equation}; {explained}{fit.n} places"
    return "<br>".join(textwrap.wrap(said, NOTE_LETTERS))
