"""How far a total lies with few places: the indices of Herfindahl and Hirschman, and of Gini."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from dashboard.transforms.balance import balanced


def herfindahl(values: Iterable[float]) -> float:
    """The Herfindahl-Hirschman index: the sum of squared shares, from 1 ÷ n (equal) to 1 (one).

    H = Σ (xᵢ ÷ Σx)². Times 10,000 it is the index that authorities on competition use.

    References: A. O. Hirschman, National Power and the Structure of Foreign Trade (1945); O. C.
    Herfindahl, Concentration in the Steel Industry (1950).

    Args:
        values: the values of all places, in any unit.

    Raises:
        ValueError: if a value is below zero or missing, or none is above zero.
    """
    numbers = _checked(values)
    shares = numbers / numbers.sum()
    return float((shares**2).sum())


def gini(values: Iterable[float]) -> float:
    """The Gini coefficient: 0 where all are equal, (n − 1) ÷ n where one has everything.

    G = Σᵢ (2i − n − 1) xᵢ ÷ (n Σx), with the values in order, which is half the mean difference
    between any two values over the mean. Not corrected for small numbers of places: compare only
    coefficients of equally many.

    Reference: C. Gini, Variabilità e mutabilità (1912).

    Args:
        values: the values of all places, in any unit.

    Raises:
        ValueError: if a value is below zero or missing, or none is above zero.
    """
    numbers = np.sort(_checked(values))
    count = len(numbers)
    weights = 2 * np.arange(1, count + 1) - count - 1
    return float((weights * numbers).sum() / (count * numbers.sum()))


def concentration_over_time(rows: pd.DataFrame, years: Sequence[int] | None = None) -> pd.DataFrame:
    """Both indices year by year, over the places with a figure in every year compared.

    Args:
        rows: one row per place and year, of a level: the values must have a sum.
        years: the years compared; if None the well-covered ones, see `balance.balanced`, which
            also says who is left out.

    Returns:
        One row per year: year, places (how many), names (theirs, the same in each year),
        herfindahl, gini. Years with a value below zero, or with none above it, have missing
        indices.
    """
    held = balanced(rows, years)
    records = []
    for year, values in held.values.iterrows():
        usable = len(values) > 0 and values.min() >= 0 and values.sum() > 0
        records.append(
            {
                "year": int(str(year)),
                "places": len(held.names),
                "names": ", ".join(held.names),
                "herfindahl": herfindahl(values) if usable else float("nan"),
                "gini": gini(values) if usable else float("nan"),
            }
        )
    return pd.DataFrame(records, columns=["year", "places", "names", "herfindahl", "gini"])


def _checked(values: Iterable[float]) -> np.ndarray:
    numbers = np.asarray(list(values), dtype=float)
    if not np.isfinite(numbers).all() or (numbers < 0).any() or not (numbers > 0).any():
        raise ValueError(
            "Concentration is of values of zero or more, none missing and one above zero; "
            f"given: {numbers.tolist()}."
        )
    return numbers
