"""Whether places grow alike: the spread of their values, and growth by where they started."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.transforms.balance import balanced
from dashboard.transforms.regression import FEWEST, fit_line


def sigma(rows: pd.DataFrame, years: Sequence[int] | None = None) -> pd.DataFrame:
    """Sigma convergence: the spread across places, year by year; it falls where they converge.

    Two measures, over the places with a value above zero in every year compared: the standard
    deviation of natural logarithms, σ = √(1/n Σ (ln yᵢ − mean of ln y)²), and the coefficient of
    variation, the standard deviation over the mean. Both count each place once, whatever its
    size.

    Reference: R. J. Barro and X. Sala-i-Martin, Convergence, Journal of Political Economy 100
    (1992); Economic Growth, 2nd edition (2004), chapter 11.

    Args:
        rows: one row per place and year, such as GDP per head.
        years: the years compared; if None the well-covered ones, see `balance.balanced`, which
            also says who is left out.

    Returns:
        One row per year: year, places (how many), names (theirs, the same in each year), sd_log,
        cv; measures are missing with fewer than two places.
    """
    held = balanced(rows, years, above_zero=True)
    table = pd.DataFrame(
        {
            "year": [int(year) for year in held.values.index],
            "places": len(held.names),
            "names": ", ".join(held.names),
        }
    )
    if len(held.names) < 2:
        return table.assign(sd_log=float("nan"), cv=float("nan"))
    values = held.values.to_numpy(dtype=float)
    return table.assign(
        sd_log=np.log(values).std(axis=1), cv=values.std(axis=1) / values.mean(axis=1)
    )


@dataclass(frozen=True, eq=False)
class Beta:
    """Growth by the value places started from.

    Attributes:
        points: one row per place: place_id, place_name, first_value, last_value, log_first
            (natural logarithm), growth (per cent a year, of logarithms).
        slope: of growth over `log_first`, in percentage points a year; below zero where those
            that started lower grew faster.
        intercept: of the same line, in per cent a year.
        r2: share of the variance of growth that the line accounts for.
        n: number of places.
        speed: β, the part of the distance to the common path that closes in a year, in per cent;
            missing where there is no convergence to measure.
        said: what it means, in a sentence.
        left_out: name of a place and why it is not among them.
    """

    points: pd.DataFrame
    slope: float
    intercept: float
    r2: float
    n: int
    speed: float
    said: str
    left_out: tuple[tuple[str, str], ...] = ()


def beta(rows: pd.DataFrame, first_year: int, last_year: int) -> Beta:
    """Beta convergence: whether places that started lower grew faster, between two years.

    The line is (1/T) ln(y_T ÷ y_0) = a + b ln y_0 by least squares, each place counted once and
    nothing else held equal (absolute convergence). The speed follows from
    b = −(1 − e^(−βT)) ÷ T, so β = −ln(1 + bT) ÷ T.

    Reference: R. J. Barro and X. Sala-i-Martin, Convergence, Journal of Political Economy 100
    (1992).

    Args:
        rows: one row per place and year, such as GDP per head.
        first_year: the year started from.
        last_year: the year arrived at.

    Raises:
        ValueError: if the years are not in order.
    """
    if first_year >= last_year:
        raise ValueError(f"The years must be in order: {first_year} is not before {last_year}.")
    held = balanced(rows, [first_year, last_year], above_zero=True)
    first, last = held.values.loc[first_year], held.values.loc[last_year]
    span = last_year - first_year
    points = pd.DataFrame(
        {
            "place_id": list(held.values.columns),
            "place_name": list(held.names),
            "first_value": first.to_numpy(dtype=float),
            "last_value": last.to_numpy(dtype=float),
        }
    )
    points["log_first"] = np.log(points["first_value"])
    points["growth"] = 100 * np.log(points["last_value"] / points["first_value"]) / span
    line = fit_line(points["log_first"], points["growth"])
    closed = 1 + line.slope / 100 * span
    converges = line.slope < 0 < closed
    speed = -100 * math.log(closed) / span if converges else float("nan")
    said = _said(line.slope, line.r2, line.n, speed, first_year, last_year)
    return Beta(points, line.slope, line.intercept, line.r2, line.n, speed, said, held.left_out)


def _said(
    slope: float, r2: float, count: int, speed: float, first_year: int, last_year: int
) -> str:
    if not math.isfinite(slope):
        return (
            f"Convergence from {first_year} to {last_year} cannot be told: it takes {FEWEST} "
            f"places with different values above zero in both years, and {count} have them."
        )
    of = f"over {count} places, R² = {r2:.2f}"
    if slope >= 0:
        return (
            f"No convergence from {first_year} to {last_year}: places that started lower did not "
            f"grow faster ({of})."
        )
    if not math.isfinite(speed):
        return (
            f"Places that started lower in {first_year} grew so much faster to {last_year} that "
            f"they overtook the others; no speed of convergence can be told ({of})."
        )
    half = 100 * math.log(2) / speed
    return (
        f"Places that started lower in {first_year} grew faster to {last_year}: the gap closes by "
        f"{speed:.1f} % a year, by half in {half:,.0f} years ({of})."
    )
