"""What stands out in a table of places and years, never more than the values can bear."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, compress
from operator import itemgetter

import numpy as np

from dashboard.catalogue.cells import FIRM, carries
from dashboard.transforms.breaks import stretches
from dashboard.transforms.rows import Row

UNMEASURED = ("estimate", "forecast")


@dataclass(frozen=True, eq=False)
class Extreme:
    """The highest or the lowest row, others as high or low, and those that may lie beyond.

    `equal` and `contested` are rows as well. A row is contested when its value is only known
    roughly, as a bound or as a range, or when that of `row` is, and the order is therefore open.
    """

    row: Row
    equal: list[Row]
    contested: list[Row]

    @property
    def is_alone(self) -> bool:
        """True where the value is the highest or the lowest beyond doubt, and nobody else's."""
        return not self.equal and not self.contested


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
        value if math.isnan(value_low) else value_low,
        math.inf if math.isnan(value_high) else value_high,
    )


def extreme(rows: Iterable[Row], *, highest: bool = True) -> Extreme | None:
    """The highest or the lowest row; None where no row has a value.

    Of rows that are known roughly, as a bound or as a range, the one counts that is highest or
    lowest at its worst.

    Args:
        rows: rows of one year or of many.
        highest: which end.
    """
    limits = [
        (row, *_allowed(row.value, row.qualifier, row.value_low, row.value_high))
        for row in rows
        if not math.isnan(row.value)
    ]
    if not limits:
        return None
    if highest:
        first, bound, _ = max(limits, key=itemgetter(1))
        beyond = [row for row, _, high in limits if high > bound]
    else:
        first, _, bound = min(limits, key=itemgetter(2))
        beyond = [row for row, low, _ in limits if low < bound]
    known = first.value, first.qualifier
    equal: dict[str, Row] = {}
    contested: dict[str, Row] = {}
    for row, *_ in limits:
        if row.place_id != first.place_id and (row.value, row.qualifier) == known:
            equal.setdefault(row.place_id, row)
    for row in beyond:
        if row.place_id != first.place_id and (row.value, row.qualifier) != known:
            contested.setdefault(row.place_id, row)
    return Extreme(first, list(equal.values()), list(contested.values()))


def one_basis(rows: Iterable[Row]) -> bool:
    """Whether all rows follow one legal definition and cover the same, so that they have an order.

    A source that does not name the sectors mostly means all of them.
    """
    return len(set(map(_basis, rows))) <= 1


def _basis(row: Row) -> tuple[str, ...]:
    """What a row counts: by which legal definition, and of which sectors, industry and firms."""
    scope = "all" if row.scope == "unspecified" else row.scope
    return row.definition_id, scope, row.industry, row.firm_scale


def crossings(rows: Sequence[Row]) -> list[Crossing]:
    """Who passed whom and when, in the order of time.

    Only years that both places have a measured value for are compared, by one legal definition
    and one coverage; where a series breaks, its values before and after are not. Places that touch
    and part again have not crossed.

    Args:
        rows: one row per place and year.
    """
    by_place: dict[str, dict[int, tuple[float, Hashable, int]]] = {}
    for row, stretch in zip(rows, stretches(rows), strict=True):
        # An order may rest on values that are exact, and neither estimated nor forecast.
        if math.isnan(row.value) or row.qualifier != "exact" or carries(row.caveats, *UNMEASURED):
            continue
        by_place.setdefault(row.place_id, {})[row.year] = (row.value, _basis(row), stretch)
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


def common_span(rows: Sequence[Row]) -> Span | None:
    """The two years between which most places can be compared, and of these the widest.

    A place counts when it has a firm value in both years and its series does not break between
    them. None where no place has two such years.

    Args:
        rows: one row per place and year.
    """
    by_place: dict[str, dict[int, int]] = {}
    for row, stretch in zip(rows, stretches(rows), strict=True):
        is_firm = row.qualifier in FIRM and not carries(row.caveats, "forecast")
        if is_firm and not math.isnan(row.value):
            by_place.setdefault(row.place_id, {})[row.year] = stretch
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
