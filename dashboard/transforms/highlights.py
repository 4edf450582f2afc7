"""What stands out in a table of places and years, never more than the values can bear."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, compress

import numpy as np
import pandas as pd

from dashboard.catalogue.cells import FIRM, carries
from dashboard.transforms.breaks import stretches

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


def _allowed(
    value: float, qualifier: str, value_low: float, value_high: float
) -> tuple[float, float]:
    """The lowest and the highest value that a row allows.

    An exact value allows itself, a bound all beyond it, and a range what it spans. An approximate
    value allows one unit of its last digit to either side, for such are often cut rather than
    rounded.
    """
    if qualifier == "exact":
        return value, value
    if qualifier == "approximate":
        digit = Decimal(repr(value)).normalize().as_tuple().exponent
        around = float(Decimal(1).scaleb(int(digit)))
        return value - around, value + around
    if qualifier == "at_least":
        return value, math.inf
    if qualifier == "at_most":
        return -math.inf, value
    return (
        value if pd.isna(value_low) else value_low,
        math.inf if pd.isna(value_high) else value_high,
    )


def extreme(rows: pd.DataFrame, *, highest: bool = True) -> Extreme | None:
    """The highest or the lowest row; None where no row has a value.

    Of rows that are known roughly, as a bound or as a range, the one counts that is highest or
    lowest at its worst.

    Args:
        rows: rows with `value`, of one year or of many.
        highest: which end.
    """
    places, *cells = (
        rows[name].tolist()
        for name in ("place_id", "value", "qualifier", "value_low", "value_high")
    )
    values, qualifiers, *_ = cells
    is_held = rows["value"].notna().tolist()
    limits = {at: _allowed(*row) for at, row in enumerate(zip(*cells, strict=True)) if is_held[at]}
    if not limits:
        return None
    if highest:
        first = max(limits, key=lambda at: limits[at][0])
        beyond = {at for at, (_, high) in limits.items() if high > limits[first][0]}
    else:
        first = min(limits, key=lambda at: limits[at][1])
        beyond = {at for at, (low, _) in limits.items() if low < limits[first][1]}
    known = values[first], qualifiers[first]
    equal: dict[str, int] = {}
    contested: dict[str, int] = {}
    for at in limits:
        if places[at] == places[first]:
            continue
        if (values[at], qualifiers[at]) == known:
            equal.setdefault(places[at], at)
        elif at in beyond:
            contested.setdefault(places[at], at)
    # Mostly there are none of either, and no rows are cheaper to cut off than to pick.
    alike, beside = (
        rows.iloc[list(found.values())] if found else rows.iloc[:0] for found in (equal, contested)
    )
    return Extreme(rows.iloc[first], alike, beside)


def one_basis(rows: pd.DataFrame) -> bool:
    """Whether all rows follow one legal definition and cover the same, so that they have an order.

    A source that does not name the sectors mostly means all of them.
    """
    return len(set(_bases(rows))) <= 1


def _bases(rows: pd.DataFrame) -> list[tuple[str, ...]]:
    """What each row counts: by which legal definition, and of which sectors, industry and firms."""
    columns = ("definition_id", "scope", "industry", "firm_scale")
    return [
        (definition, "all" if scope == "unspecified" else scope, industry, firm_scale)
        for definition, scope, industry, firm_scale in zip(
            *(rows[name].tolist() for name in columns), strict=True
        )
    ]


def crossings(rows: pd.DataFrame) -> list[Crossing]:
    """Who passed whom and when, in the order of time.

    Only years that both places have a measured value for are compared, by one legal definition
    and one coverage; where a series breaks, its values before and after are not. Places that touch
    and part again have not crossed.

    Args:
        rows: one row per place and year.
    """
    by_place: dict[str, dict[int, tuple[float, Hashable, int]]] = {}
    columns = ("place_id", "year", "value", "qualifier", "caveats")
    cells = zip(
        *(rows[name].tolist() for name in columns), _bases(rows), stretches(rows), strict=True
    )
    for place_id, year, value, qualifier, caveats, basis, stretch in cells:
        # An order may rest on values that are exact, and neither estimated nor forecast.
        if math.isnan(value) or qualifier != "exact" or carries(caveats, *UNMEASURED):
            continue
        by_place.setdefault(place_id, {})[int(year)] = (value, basis, stretch)
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
    columns = ("place_id", "year", "value", "qualifier", "caveats")
    cells = zip(*(rows[name].tolist() for name in columns), stretches(rows), strict=True)
    by_place: dict[str, dict[int, int]] = {}
    for place_id, year, value, qualifier, caveats, stretch in cells:
        if qualifier in FIRM and not math.isnan(value) and not carries(caveats, "forecast"):
            by_place.setdefault(place_id, {})[int(year)] = stretch
    years = np.array(sorted({year for held in by_place.values() for year in held}))
    if not len(years):
        return None
    basis = np.array([[held.get(year, math.nan) for held in by_place.values()] for year in years])
    is_joined = basis[:, None, :] == basis[None, :, :]  # a missing value is equal to nothing
    counts = np.triu(is_joined.sum(axis=2), k=1)
    if not counts.any():
        return None
    reach = years[None, :] - years[:, None]
    best = np.where(counts == counts.max(), reach, -1)
    # Of equally wide spans the newest: the search runs from the end.
    at = best.size - 1 - int(best.ravel()[::-1].argmax())
    first, last = divmod(at, len(years))
    who = compress(by_place, is_joined[first, last])
    return Span(int(years[first]), int(years[last]), tuple(who))
