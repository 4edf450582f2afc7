"""What stands out in a table of places and years, never more than the values can bear."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from dashboard.catalogue.catalogue import has_caveat
from dashboard.transforms.breaks import stretches
from dashboard.transforms.change import FIRM

UNMEASURED = ("estimate", "forecast")


@dataclass(frozen=True, eq=False)
class Extreme:
    """The highest or the lowest row, others as high or low, and those that may lie beyond.

    `equal` and `contested` are rows as well. A row is contested when its value is only known
    roughly, as a bound or as a range, or when that of `row` is, and the order is therefore open.
    """

    row: pd.Series
    equal: pd.DataFrame
    contested: pd.DataFrame

    @property
    def is_alone(self) -> bool:
        """True where the value is the highest or the lowest beyond doubt, and nobody else's."""
        return self.equal.empty and self.contested.empty


@dataclass(frozen=True)
class Crossing:
    """One place's value passes another's between two years that both have measured values of.

    `upper` is the one above from `year` on; `is_next_year` says that no year lies between.
    """

    upper: str
    lower: str
    before: int
    year: int

    @property
    def is_next_year(self) -> bool:
        """True where the crossing is known to the year."""
        return self.year == self.before + 1


@dataclass(frozen=True)
class Span:
    """Two years and the places that can be compared between them."""

    first_year: int
    last_year: int
    place_ids: tuple[str, ...]


def allowed(row: Any) -> tuple[float, float]:
    """The values that a row allows: one, a range, all beyond a bound, or those around a rough one.

    An approximate value allows one unit of its last digit to either side, for such are often cut
    rather than rounded.
    """
    value = float(row.value)
    if row.qualifier == "exact":
        return value, value
    if row.qualifier == "at_least":
        return value, np.inf
    if row.qualifier == "at_most":
        return -np.inf, value
    if row.qualifier == "range":
        low = value if pd.isna(row.value_low) else float(row.value_low)
        return low, np.inf if pd.isna(row.value_high) else float(row.value_high)
    digit = Decimal(repr(value)).normalize().as_tuple().exponent
    around = float(Decimal(1).scaleb(int(digit)))
    return value - around, value + around


def extreme(rows: pd.DataFrame, *, highest: bool = True) -> Extreme | None:
    """The highest or the lowest row; None where no row has a value.

    Args:
        rows: rows with `value`, of one year or of many.
        highest: which end.
    """
    held = rows[rows["value"].notna()]
    if held.empty:
        return None
    at = held["value"].idxmax() if highest else held["value"].idxmin()
    row = held.loc[at]
    others = held.drop(index=at)
    others = others[others["place_id"] != row["place_id"]]
    is_equal = (others["value"] == row["value"]) & (others["qualifier"] == row["qualifier"])
    low, high = allowed(row)
    bounds = [allowed(other) for other in others.itertuples()]
    beyond = [bound[1] > low if highest else bound[0] < high for bound in bounds]
    is_contested = pd.Series(beyond, index=others.index, dtype="bool") & ~is_equal
    return Extreme(
        row,
        others[is_equal].drop_duplicates("place_id"),
        others[is_contested].drop_duplicates("place_id"),
    )


def measured(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that an order may rest on: exact, and neither estimated nor forecast."""
    is_exact = rows["value"].notna() & (rows["qualifier"] == "exact")
    return rows[is_exact & ~has_caveat(rows, *UNMEASURED)]


def crossings(rows: pd.DataFrame) -> list[Crossing]:
    """Who passed whom and when, in the order of time.

    Only years that both places have a measured value for are compared; where a series breaks, its
    values before and after are not. Places that touch and part again have not crossed.

    Args:
        rows: one row per place and year.
    """
    rows = rows.assign(_stretch=stretches(rows))
    by_place: dict[Hashable, dict[int, tuple[float, int]]] = {
        key: {
            int(year): (float(value), int(stretch))
            for year, value, stretch in zip(
                group["year"], group["value"], group["_stretch"], strict=True
            )
        }
        for key, group in measured(rows).groupby("place_id", sort=False)
    }
    found = []
    for (one, ones), (other, others) in combinations(by_place.items(), 2):
        before, above, basis = 0, None, None
        for year in sorted(ones.keys() & others.keys()):
            (left, left_basis), (right, right_basis) = ones[year], others[year]
            if left == right:
                continue
            is_comparable = basis == (left_basis, right_basis)
            if is_comparable and above is not None and above != (left > right):
                upper, lower = (one, other) if left > right else (other, one)
                found.append(Crossing(str(upper), str(lower), before, year))
            before, above, basis = year, left > right, (left_basis, right_basis)
    return sorted(found, key=lambda crossing: (crossing.year, crossing.before))


def common_span(rows: pd.DataFrame) -> Span | None:
    """The two years between which most places can be compared, and of these the widest.

    A place counts when it has a firm value in both years and its series does not break between
    them. None where no place has two such years.

    Args:
        rows: one row per place and year.
    """
    rows = rows.assign(_stretch=stretches(rows))
    rows = rows[rows["value"].notna() & rows["qualifier"].isin(FIRM)]
    rows = rows[~has_caveat(rows, "forecast")]
    if rows.empty:
        return None
    table = rows.pivot_table(index="year", columns="place_id", values="_stretch", sort=False)
    table = table.sort_index()
    years = table.index.to_numpy(dtype="int64")
    basis = table.to_numpy(dtype="float64")
    is_joined = basis[:, None, :] == basis[None, :, :]  # a missing value is equal to nothing
    counts = np.triu(is_joined.sum(axis=2), k=1)
    if not counts.any():
        return None
    reach = years[None, :] - years[:, None]
    best = np.where(counts == counts.max(), reach, -1)
    # Of equally wide spans the newest: the search runs from the end.
    at = best.size - 1 - int(best.ravel()[::-1].argmax())
    first, last = divmod(at, len(years))
    who = tuple(map(str, table.columns[is_joined[first, last]]))
    return Span(int(years[first]), int(years[last]), who)
