"""What stands out in a table of places and years, never more than the values can bear."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import numpy as np
import pandas as pd

from dashboard.catalogue.cells import has_caveat
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


def allowed(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest value that each row allows.

    An exact value allows itself, a bound all beyond it, and a range what it spans. An approximate
    value allows one unit of its last digit to either side, for such are often cut rather than
    rounded.
    """
    low = rows["value"].to_numpy(dtype="float64").copy()
    high = low.copy()
    for at in np.flatnonzero((rows["qualifier"] != "exact").to_numpy()):
        row = rows.iloc[at]
        if row["qualifier"] == "approximate":
            digit = Decimal(repr(float(row["value"]))).normalize().as_tuple().exponent
            around = float(Decimal(1).scaleb(int(digit)))
            low[at], high[at] = low[at] - around, high[at] + around
        elif row["qualifier"] == "at_least":
            high[at] = np.inf
        elif row["qualifier"] == "at_most":
            low[at] = -np.inf
        else:
            low[at] = low[at] if pd.isna(row["value_low"]) else row["value_low"]
            high[at] = np.inf if pd.isna(row["value_high"]) else row["value_high"]
    return low, high


def extreme(rows: pd.DataFrame, *, highest: bool = True) -> Extreme | None:
    """The highest or the lowest row; None where no row has a value.

    Of rows that are known roughly, as a bound or as a range, the one counts that is highest or
    lowest at its worst.

    Args:
        rows: rows with `value`, of one year or of many.
        highest: which end.
    """
    held = rows[rows["value"].notna()].reset_index(drop=True)
    if held.empty:
        return None
    low, high = allowed(held)
    at = int(low.argmax() if highest else high.argmin())
    row = held.loc[at]
    is_other = (held["place_id"] != row["place_id"]).to_numpy()
    same = (held["value"] == row["value"]) & (held["qualifier"] == row["qualifier"])
    is_equal = is_other & same.to_numpy()
    is_beyond = (high > low[at]) if highest else (low < high[at])
    return Extreme(
        row,
        held[is_equal].drop_duplicates("place_id"),
        held[is_other & is_beyond & ~is_equal].drop_duplicates("place_id"),
    )


def one_basis(rows: pd.DataFrame) -> bool:
    """Whether all rows follow one legal definition and cover the same, so that they have an order.

    A source that does not name the sectors mostly means all of them.
    """
    sectors = rows["scope"].replace("unspecified", "all")
    basis = [rows["definition_id"], sectors, rows["industry"], rows["firm_scale"]]
    return all(column.nunique() <= 1 for column in basis)


def measured(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that an order may rest on: exact, and neither estimated nor forecast."""
    is_exact = rows["value"].notna() & (rows["qualifier"] == "exact")
    return rows[is_exact & ~has_caveat(rows, *UNMEASURED)]


def crossings(rows: pd.DataFrame) -> list[Crossing]:
    """Who passed whom and when, in the order of time.

    Only years that both places have a measured value for are compared, by one legal definition
    and one coverage; where a series breaks, its values before and after are not. Places that touch
    and part again have not crossed.

    Args:
        rows: one row per place and year.
    """
    rows = rows.assign(_stretch=stretches(rows))
    rows = measured(rows)
    basis = zip(
        rows["definition_id"],
        rows["scope"].replace("unspecified", "all"),
        rows["industry"],
        rows["firm_scale"],
        strict=True,
    )
    by_place: dict[str, dict[int, tuple[float, Hashable, int]]] = {}
    cells = zip(rows["place_id"], rows["year"], rows["value"], basis, rows["_stretch"], strict=True)
    for place_id, year, value, covered, stretch in cells:
        years = by_place.setdefault(str(place_id), {})
        years[int(year)] = (float(value), covered, int(stretch))
    found = []
    for (one, ones), (other, others) in combinations(by_place.items(), 2):
        before, was_above, joined = 0, False, None
        for year in sorted(ones.keys() & others.keys()):
            (left, left_basis, left_stretch), (right, right_basis, right_stretch) = (
                ones[year],
                others[year],
            )
            if left == right or left_basis != right_basis:
                continue
            is_above = left > right
            if joined == (left_stretch, right_stretch) and is_above != was_above:
                upper, lower = (one, other) if is_above else (other, one)
                found.append(Crossing(upper, lower, before, year))
            before, was_above, joined = year, is_above, (left_stretch, right_stretch)
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
