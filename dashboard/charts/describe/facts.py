"""Facts of a chart in clauses, from which sentences and headlines are put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from operator import attrgetter

import pandas as pd

from dashboard.catalogue.model import Indicator
from dashboard.charts.formats import change, quantity
from dashboard.transforms.breaks import Break, breaks_in, split_between
from dashboard.transforms.change import change_of, changes_of
from dashboard.transforms.highlights import Crossing, Extreme, crossings, extreme
from dashboard.transforms.rows import Row, rows_of
from dashboard.transforms.standings import is_placing
from dashboard.transforms.years import newest_of

MOST_NAMED = 3
MANIFOLD = 5  # from here on a ratio is easier to read than per cent

_UNIT_OF_NAME = re.compile(r" \([^()]*\)$")


@dataclass(frozen=True, eq=False)
class InTime:
    """The rows of a chart in the order of years, each with a value, and what is asked of them.

    Sentence and headline ask for the same: it is worked out once, and when it is asked for.
    """

    rows: list[Row]

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last year; there must be rows."""
        return self.rows[0].year, self.rows[-1].year

    @cached_property
    def by_year(self) -> dict[int, list[Row]]:
        """The rows of each year that has any."""
        found: dict[int, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.year, []).append(row)
        return found

    def of_year(self, year: int | None) -> list[Row]:
        """The rows of a year, none where it has none."""
        return self.by_year.get(year, []) if year is not None else []

    def of_years(self, first_year: int, last_year: int) -> list[Row]:
        """The rows of two years, not of those between."""
        return [row for year in sorted({first_year, last_year}) for row in self.of_year(year)]

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each place by its identifier, in the order of the rows."""
        found: dict[str, str] = {}
        for row in self.rows:
            found.setdefault(row.place_id, row.place_name)
        return found

    @cached_property
    def newest_covered(self) -> int | None:
        """The newest well-covered year; None where there are no rows."""
        return newest_of(
            {year: len({row.place_id for row in rows}) for year, rows in self.by_year.items()}
        )

    @cached_property
    def breaks(self) -> list[Break]:
        """Where the series of the places break."""
        return breaks_in(self.rows)

    @cached_property
    def passings(self) -> list[tuple[Crossing, int]]:
        """The last crossing of each pair and how often it crossed, the newest first."""
        return last_passings(self.rows)


def in_time(rows: pd.DataFrame | InTime) -> InTime:
    """The rows with a value in the order of years; as they are where they are so already.

    Args:
        rows: one row per place and year, with the columns of `transforms.rows.Row`.
    """
    if isinstance(rows, InTime):
        return rows
    held = compress(rows_of(rows), rows["value"].notna())
    return InTime(sorted(held, key=attrgetter("year")))


@dataclass(frozen=True, eq=False)
class Movement:
    """Who rose or fell most between two years: a place, its change in words, who else might have.

    `rows` are all changes, `indicator` what they are changes of.
    """

    rows: list[Row]
    indicator: Indicator

    def end(self, *, highest: bool) -> Extreme | None:
        """The largest or the smallest change, falls counting below zero."""
        return extreme(self._rounded, highest=highest)

    @cached_property
    def _rounded(self) -> list[Row]:
        # A difference of rough figures is no finer than they are, whatever its digits in binary.
        decimals = self.indicator.decimals
        return [row._replace(value=round(row.value, decimals)) for row in self.rows]

    def words(self, row: Row) -> str:
        """The change of a row: "+2.80 percentage points", "+45.1 %", "to 13.4 times its value"."""
        ratio = 1 + row.value / 100
        if self.indicator.unit_symbol == "%" and ratio >= MANIFOLD:
            rough = "" if row.qualifier == "exact" else "about "
            return f"to {rough}{float(f'{ratio:.3g}'):,.10g} times its value"
        text = change(row.value, self.indicator, row.qualifier)
        return re.sub(r" points$", " percentage points", text)


def subject(indicator: Indicator) -> str:
    """What is measured, without its unit: "Research and development expenditure".

    The base of an index stays, for an index says nothing of levels.
    """
    name = _UNIT_OF_NAME.sub("", indicator.name)
    is_rebased = indicator.unit.startswith("index")
    return f"{name} ({indicator.unit})" if is_rebased else name


def value(row: Row, indicator: Indicator) -> str:
    """The value of a row with unit and doubt."""
    return quantity(row.value, indicator, row.qualifier, row.value_high)


def told(rows: Iterable[Row], indicator: Indicator) -> list[str]:
    """Each row as its place and its value: "Japan 3.4 %"."""
    return [
        f"{row.place_name} {quantity(row.value, indicator, row.qualifier, row.value_high)}"
        for row in rows
    ]


def listed(names: Iterable[str], most: int = MOST_NAMED) -> str:
    """Names in a list: "Japan, Taiwan and 4 more"."""
    found = list(names)
    if len(found) > most:
        found = [*found[:most], f"{len(found) - most} more"]
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def extreme_words(found: Extreme, indicator: Indicator, which: str) -> str:
    """Who is highest or lowest, with whom it shares, and who may lie beyond: a clause.

    Args:
        found: the extreme.
        indicator: unit and decimals.
        which: highest or lowest.
    """
    names = [row.place_name for row in (found.row, *found.equal)]
    verb = "is" if len(names) == 1 else "are"
    text = f"{listed(names)} {verb} {which} with {value(found.row, indicator)}"
    if not found.contested:
        return text
    beyond = "higher" if which == "highest" else "lower"
    others = listed(
        f"{row.place_name}, {quantity(row.value, indicator, row.qualifier, row.value_high)}"
        for row in found.contested
    )
    return f"{text} ({others}, may be {beyond})"


def movement(
    shown: InTime, indicator: Indicator, first_year: int, last_year: int
) -> Movement | None:
    """What changed between two years, or None where nothing can be compared.

    Args:
        shown: one row per place and year, those between the two years too: a place whose series
            breaks between them has no change.
        indicator: unit; shares change by percentage points, all else by per cent.
        first_year: the earlier year.
        last_year: the later year.
    """
    left_out = set(split_between(shown.breaks, first_year, last_year))
    kept = [row for row in shown.of_years(first_year, last_year) if row.place_id not in left_out]
    rows = changes_of(kept, indicator, first_year, last_year)
    if not rows:
        return None
    return Movement(rows, change_of(indicator, first_year, last_year))


def movement_words(moved: Movement) -> str:
    """Who rose most and who fell most, or least: a clause without a subject of its own."""
    if len(moved.rows) == 1:
        [row] = moved.rows
        return f"{row.place_name} {_went(row, moved)}"
    top, bottom = moved.end(highest=True), moved.end(highest=False)
    if top is None or bottom is None:
        return ""
    if top.row.value == bottom.row.value:
        return f"all changed alike ({moved.words(top.row)})"
    most = "rose most" if top.row.value > 0 else "fell least"
    least = "fell most" if bottom.row.value < 0 else "rose least"
    return f"{_end_words(top, most, moved)}, {_end_words(bottom, least, moved)}"


def _went(row: Row, moved: Movement) -> str:
    if round(row.value, moved.indicator.decimals) == 0:
        return "hardly changed"
    return f"{'rose' if row.value > 0 else 'fell'} ({moved.words(row)})"


def _end_words(found: Extreme, which: str, moved: Movement) -> str:
    names = [row.place_name for row in (found.row, *found.equal)]
    if found.row.value == 0:
        which = "hardly changed"
    text = f"{listed(names)} {which} ({moved.words(found.row)}"
    if found.contested:
        others = listed(row.place_name for row in found.contested)
        text += f"; perhaps more so {others}"
    return f"{text})"


def passing(crossing: Crossing, names: dict[str, str], indicator: Indicator) -> str:
    """Who passed whom: "South Korea overtook Japan"."""
    upper, lower = names[crossing.upper], names[crossing.lower]
    if is_placing(indicator):
        return f"{lower} moved ahead of {upper}"
    verb = "overtook" if indicator.better == "higher" else "moved above"
    return f"{upper} {verb} {lower}"


def last_passings(rows: Sequence[Row]) -> list[tuple[Crossing, int]]:
    """The last crossing of each pair and how often it crossed, the newest first."""
    found = crossings(rows)
    times = Counter(frozenset((one.upper, one.lower)) for one in found)
    last = {frozenset((one.upper, one.lower)): one for one in found}
    ordered = sorted(last.items(), key=lambda item: (-item[1].year, -item[1].before))
    return [(crossing, times[pair]) for pair, crossing in ordered]
