"""Values in classes with bounds that a legend can write: quantiles, natural breaks, around zero."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

Method = Literal["quantile", "natural"]

CLASS_COUNT = 5
SIDE_COUNT = 3  # classes on either side of zero
# Natural breaks compare every value with every other: 400 of them take a quarter of a second
# without a compiler, 2,800 take twelve. Order statistics at even steps keep the distribution.
MOST_COMPARED = 300
MOST_DECIMALS = 16
MOST_MOVED = 0.2  # of the narrowest class: how far rounding may move a bound


@dataclass(frozen=True)
class Classes:
    """Bounds of classes, from low to high, one more than there are classes.

    A class holds its lower bound and not its upper one; the last class holds both.
    """

    bounds: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.bounds) - 1

    def of(self, values: Sequence[float] | np.ndarray) -> np.ndarray:
        """Class of each value, from 0; not a number where the value is missing."""
        numbers = np.asarray(values, dtype=float)
        index = np.searchsorted(self.bounds, numbers, side="right") - 1.0
        return np.where(np.isnan(numbers), np.nan, np.clip(index, 0, self.count - 1))


def classify(
    values: Sequence[float] | np.ndarray,
    method: Method,
    *,
    count: int = CLASS_COUNT,
    rounded: bool = True,
) -> Classes:
    """Classes of values that are all on one side of zero, or that zero does not matter to.

    Args:
        values: all values that the classes should hold, of all years; missing ones are passed over.
        method: classes of equal numbers of values, or natural breaks after Fisher and Jenks, which
            keep values that lie close together in one class.
        count: number of classes; fewer come back where there are fewer different values.
        rounded: write the bounds with as few decimals as leave each near where it was,
            so that the bounds in a legend are the ones that values were sorted by.
    """
    numbers = np.asarray(values, dtype=float)
    numbers = np.sort(numbers[np.isfinite(numbers)])
    if numbers.size == 0:
        return Classes((0.0, 1.0))
    count = min(count, len(np.unique(numbers)))
    inner = _inner_bounds(numbers, method, count) if count > 1 else []
    return Classes(_rounded(float(numbers[0]), inner, float(numbers[-1]), rounded))


def classify_around_zero(values: Sequence[float] | np.ndarray, method: Method) -> Classes:
    """Classes with zero as a bound and the same bounds below as above it.

    The bounds are those of the sizes of the values, so that a class says how far a value is from
    zero whichever side it is on. Arguments as of `classify`.
    """
    sizes = np.abs(np.asarray(values, dtype=float))
    positive = sizes[np.isfinite(sizes) & (sizes > 0)]
    bounds = classify(positive, method, count=SIDE_COUNT).bounds[1:]
    return Classes((*(-bound for bound in reversed(bounds)), 0.0, *bounds))


def _inner_bounds(numbers: np.ndarray, method: Method, count: int) -> list[float]:
    """Halfway between the highest value of each class but the last and the next value up."""
    # Half a second of imports that only a reader who asks for classes should wait for.
    import mapclassify

    with warnings.catch_warnings():
        # It says that it would be faster with a compiler, and when values are too much alike.
        warnings.simplefilter("ignore")
        if method == "quantile":
            compared = numbers
            upper = mapclassify.Quantiles(numbers, k=count).bins
        else:
            steps = np.linspace(0, len(numbers) - 1, min(len(numbers), MOST_COMPARED))
            compared = numbers[steps.round().astype(int)]
            upper = mapclassify.FisherJenks(compared, k=min(count, len(np.unique(compared)))).bins
    bounds = set()
    for bin_end in np.unique(upper):
        after, below = compared[compared > bin_end], compared[compared <= bin_end]
        # Of numbers near the smallest there are, a quantile may come out below all of them.
        if after.size and below.size:
            before = below.max()
            # Of the values that were not compared some may lie between: the widest gap parts them.
            between = numbers[(numbers >= before) & (numbers <= after.min())]
            widest = int(np.diff(between).argmax())
            bounds.add(float(between[widest] + between[widest + 1]) / 2)
    return sorted(bounds)


def _rounded(
    low: float, inner: Sequence[float], high: float, is_rounded: bool
) -> tuple[float, ...]:
    """Bounds that increase; the ends hold the extreme values."""
    exact = (low, *inner, high if high > low else low + 1.0)
    if not is_rounded:
        return exact
    narrowest = min(other - one for one, other in pairwise(exact))
    # Digits before the point that are zeros in every bound of large values.
    first = -max(0, math.floor(math.log10(narrowest)))
    for places in range(first, first + MOST_DECIMALS):
        step = 10.0**-places
        bounds = (
            round(math.floor(exact[0] / step) * step, max(places, 0)),
            *(round(bound, places) for bound in inner),
            round(math.ceil(exact[-1] / step) * step, max(places, 0)),
        )
        near = all(
            abs(one - other) <= MOST_MOVED * narrowest
            for one, other in zip(bounds[1:-1], inner, strict=True)
        )
        if (
            near
            and bounds[0] <= low
            and high <= bounds[-1]
            and all(one < other for one, other in pairwise(bounds))
        ):
            return bounds
    return exact
