"""How alike the profiles of places are, over indicators of different units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, eq=False)
class Similarity:
    """Distances between places, and what they rest on.

    Attributes:
        distances: place by place; 0 on the diagonal, in standard deviations of an indicator.
        standardised: place by indicator, each indicator with mean 0 and standard deviation 1.
        left_out: a place or an indicator and why it is not among them.
    """

    distances: pd.DataFrame
    standardised: pd.DataFrame
    left_out: tuple[tuple[str, str], ...]


def similarity(values: pd.DataFrame) -> Similarity:
    """Euclidean distance on standardised values, divided by the root of their number.

    Each indicator is standardised over the places compared (less its mean, over its standard
    deviation), so that none weighs more for its unit. The distance of two places is
    √(1/m Σ (zₐ − z_b)²) over m indicators: the typical difference in standard deviations, which
    does not grow with the number of indicators. The choice of indicators is the result: two that
    measure the same count twice.

    Reference: B. Everitt, S. Landau, M. Leese and D. Stahl, Cluster Analysis, 5th edition (2011),
    sections 3.3 and 3.8.

    Args:
        values: places (rows) by indicators (columns). A place that lacks one is left out, because
            a distance over fewer indicators is another one; an indicator of which all have the
            same value tells none apart and is left out too.
    """
    left_out = []
    numbers = values.astype("float64")
    whole = numbers.notna().all(axis=1)
    for place, row in numbers[~whole].iterrows():
        lacking = [str(name) for name in numbers.columns[row.isna()]]
        left_out.append((str(place), f"no value of {', '.join(lacking)}"))
    numbers = numbers[whole]
    spread = numbers.std(ddof=0)
    # Equal decimals may differ in the last binary digit.
    flat = ~(spread > 1e-12 * numbers.abs().max())
    left_out += [(str(name), "the same for all places compared") for name in numbers.columns[flat]]
    numbers = numbers.loc[:, ~flat]
    standardised = (numbers - numbers.mean()) / numbers.std(ddof=0)
    table = standardised.to_numpy()
    if table.shape[1]:
        squares = (table[:, None, :] - table[None, :, :]) ** 2
        apart = np.sqrt(squares.mean(axis=2))
    else:
        apart = np.full((len(table), len(table)), np.nan)
    distances = pd.DataFrame(apart, index=numbers.index, columns=numbers.index)
    return Similarity(distances, standardised, tuple(left_out))
