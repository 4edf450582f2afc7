"""The straight line through points that lies nearest to them, told in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

FEWEST = 3


@dataclass(frozen=True)
class Fit:
    """A line fitted by ordinary least squares.

    Attributes:
        slope: of the line, on the axes as they were fitted (logarithms to base 10 where chosen).
        intercept: likewise; both are missing where no line can be fitted.
        r2: share of the variance of y, as fitted, that the line accounts for.
        n: number of points used.
        equation: the line as an equation of x and y.
        said: what it means, in a sentence.
        log_x: whether x was fitted as a logarithm.
        log_y: whether y was.
    """

    slope: float
    intercept: float
    r2: float
    n: int
    equation: str
    said: str
    log_x: bool = False
    log_y: bool = False

    @property
    def is_line(self) -> bool:
        """False where there were too few points, or all of one x."""
        return bool(np.isfinite(self.slope))

    def at(self, x: Iterable[float]) -> np.ndarray:
        """The line's y for some x, both in the units of the points."""
        numbers = np.asarray(list(x), dtype=float)
        fitted = self.intercept + self.slope * (np.log10(numbers) if self.log_x else numbers)
        return 10**fitted if self.log_y else fitted


def fit_line(
    x: Iterable[float],
    y: Iterable[float],
    log_x: bool = False,
    log_y: bool = False,
    *,
    x_name: str = "x",
    y_name: str = "y",
) -> Fit:
    """Fit y = intercept + slope × x by least squares; with logarithms on logarithmic axes.

    A line drawn on logarithmic axes is fitted on them too: a power law with both (the slope is
    an elasticity), exponential growth with y alone. The line says how the points lie, not why.

    Args:
        x: one number per point.
        y: one number per point.
        log_x: fit the logarithm of x.
        log_y: fit the logarithm of y.
        x_name: x in the words of the reader.
        y_name: y in the words of the reader.

    Returns:
        The line over the points that have both numbers, above zero where a logarithm is taken;
        without slope if these are fewer than three or have all the same x.
    """
    across, up = np.asarray(list(x), dtype=float), np.asarray(list(y), dtype=float)
    usable = np.isfinite(across) & np.isfinite(up)
    usable &= (across > 0) | (not log_x)
    usable &= (up > 0) | (not log_y)
    across, up = across[usable], up[usable]
    if log_x:
        across = np.log10(across)
    if log_y:
        up = np.log10(up)
    count = len(across)
    if count < FEWEST or np.ptp(across) == 0:
        words = f"No line can be fitted to {count} points" + (
            " of the same x." if count >= FEWEST else f"; it takes {FEWEST}."
        )
        missing = float("nan")
        return Fit(missing, missing, missing, count, "", words, log_x, log_y)
    from_mean = across - across.mean()
    slope = float(from_mean @ (up - up.mean()) / (from_mean @ from_mean))
    intercept = float(up.mean() - slope * across.mean())
    # All of one height: the line goes through every point, and there is no variance to share.
    r2 = float(np.corrcoef(across, up)[0, 1] ** 2) if np.ptp(up) > 0 else float("nan")
    equation = _equation(slope, intercept, log_x, log_y)
    said = _said(slope, r2, count, log_x, log_y, x_name, y_name)
    return Fit(slope, intercept, r2, count, equation, said, log_x, log_y)


def _equation(slope: float, intercept: float, log_x: bool, log_y: bool) -> str:
    if log_x and log_y:
        return f"y = {_short(10**intercept)} × x^{_short(slope)}"
    if log_y:
        return f"y = {_short(10**intercept)} × {_short(10**slope)}^x"
    sign = "−" if slope < 0 else "+"
    of_x = "log₁₀ x" if log_x else "x"
    return f"y = {_short(intercept)} {sign} {_short(abs(slope))} × {of_x}"


def _said(
    slope: float, r2: float, count: int, log_x: bool, log_y: bool, x_name: str, y_name: str
) -> str:
    more = "more" if slope >= 0 else "less"
    if log_x and log_y:
        effect = f"1 % more of {x_name} goes with {_short(abs(slope))} % {more} of {y_name}"
    elif log_y:
        change = abs(100 * (10**slope - 1))
        effect = f"1 more of {x_name} goes with {_short(change)} % {more} of {y_name}"
    elif log_x:
        effect = f"ten times as much of {x_name} goes with {_short(abs(slope))} {more} of {y_name}"
    else:
        effect = f"1 more of {x_name} goes with {_short(abs(slope))} {more} of {y_name}"
    share = (
        ""
        if np.isnan(r2)
        else f", which accounts for {100 * r2:.0f} % of the differences (R² = {r2:.2f})"
    )
    return f"Over {count} points {effect}{share}; that is no proof of a cause."


def _short(number: float) -> str:
    """Three digits, without zeros at the end and without an exponent of the machine."""
    if number != 0 and not 1e-4 <= abs(number) < 1e6:
        digits, exponent = f"{number:.2e}".split("e")
        return f"{digits.rstrip('0').rstrip('.')}×10^{int(exponent)}".replace("-", "−")
    text = f"{float(f'{number:.3g}'):,.10f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")
