"""A sentence or a few for every chart: who is highest and lowest, what changed, who passed whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import attrgetter

import pandas as pd

from dashboard.catalogue.model import Indicator
from dashboard.catalogue.naming import begun
from dashboard.charts.describe import facts
from dashboard.charts.describe.facts import InTime
from dashboard.charts.formats import years
from dashboard.transforms.breaks import split_between
from dashboard.transforms.highlights import common_span, extreme, one_basis
from dashboard.transforms.rows import Row
from dashboard.transforms.standings import is_placing, ranks

CHANGE_VIEWS = ("slope", "dumbbell")
YEAR_VIEWS = ("ranking",)
RANK_VIEW = "rank_over_time"
MOST_LISTED = 4  # so many places of a year are told one by one
MOST_UNORDERED = 12
MOST_PASSINGS = 2
VALUE = attrgetter("value")


def chart_sentence(
    rows: pd.DataFrame | InTime,
    indicator: Indicator,
    view: str,
    *,
    year: int | None = None,
    first_year: int | None = None,
    last_year: int | None = None,
    comparable: bool | None = None,
) -> str:
    """What a chart shows, in sentences that its rows can bear.

    An order is only told of values that cannot be otherwise: where one is known roughly, as a
    bound or as a range, the sentence says who may lie beyond. Changes are told between two years
    that the places share, in percentage points for shares and in per cent for all else, and never
    over a break of a series; crossings only between years that both places have measured values
    of.

    Args:
        rows: one row per place and year; for a view of one or two years those between, too, if
            they are at hand.
        indicator: what is measured.
        view: line, multiples, ranking, slope, dumbbell or rank_over_time; any other view is told
            as one of the year where there is one, and else as lines are.
        year: the year shown, for a view of one year; without it the newest well-covered one.
        first_year: the earlier year of a view of two, or the one that a ranking is compared with.
        last_year: the later year of a view of two.
        comparable: whether the places may be ordered; by itself where the rows of a year follow
            one legal definition and cover the same.
    """
    shown = facts.in_time(rows)
    head = facts.subject(indicator)
    if not shown.rows:
        return f"{head}: no place has a value."
    if view in CHANGE_VIEWS and first_year is not None and last_year is not None:
        said = _two_years(shown, indicator, first_year, last_year, comparable)
        head += f", {first_year} and {last_year}"
    elif view == RANK_VIEW:
        said = _ranks(shown, indicator, comparable)
        head += f", rank {years(*shown.span)}"
    elif view in YEAR_VIEWS or (year is not None and view not in ("line", "multiples")):
        at = year if year is not None else shown.newest_covered
        said = _one_year(shown, indicator, at, comparable, is_said=False)
        if first_year is not None and at is not None:
            said += _changed(shown, indicator, first_year, at)
        head += f", {at}"
    else:
        said = _over_time(shown, indicator, comparable)
        head += f", {years(*shown.span)}"
    return f"{head}: {' '.join(f'{begun(part)}.' for part in said)}"


def may_be_ordered(rows: Iterable[Row], comparable: bool | None) -> bool:
    """What the caller says of the rows of a year, or else what they say themselves."""
    return one_basis(rows) if comparable is None else comparable


def _over_time(shown: InTime, indicator: Indicator, comparable: bool | None) -> list[str]:
    if len(shown.names) == 1:
        return _alone(shown, indicator)
    year = shown.newest_covered
    said = _one_year(shown, indicator, year, comparable, is_said=True)
    if may_be_ordered(shown.rows, comparable) and not is_placing(indicator):
        for which in ("highest", "lowest"):
            found = extreme(shown.rows, highest=which == "highest")
            if found is not None and found.is_alone and found.row.year != year:
                row = found.row
                said.append(
                    f"the {which} value of all years is {facts.value(row, indicator)}, "
                    f"{row.place_name} in {row.year}"
                )
    span = common_span(shown.rows)
    if span is not None and len(span.place_ids) > 1:
        said += _changed(shown, indicator, span.first_year, span.last_year)
    return said if comparable is False else said + _passings(shown, indicator)


def _alone(shown: InTime, indicator: Indicator) -> list[str]:
    """One place: from what to what, and its highest and lowest years."""
    rows = shown.rows
    first, last = rows[0], rows[-1]
    name, end = last.place_name, facts.value(last, indicator)
    if len(rows) == 1:
        return [f"{name} has {end} in {last.year}, its only value"]
    said = [f"{name} has {facts.value(first, indicator)} in {first.year} and {end} in {last.year}"]
    if split_between(shown.breaks, first.year, last.year):
        said.append("the series breaks between them, so that the two are not compared")
    else:
        moved = facts.movement(shown, indicator, first.year, last.year)
        if moved is not None:
            said.append(facts.movement_words(moved))
    high, low = max(rows, key=VALUE), min(rows, key=VALUE)
    if len(rows) > 2 and _are_exact(rows) and high.value != low.value:
        said.append(
            f"its highest value is {facts.value(high, indicator)} in {high.year}, "
            f"its lowest {facts.value(low, indicator)} in {low.year}"
        )
    return said


def _are_exact(rows: Iterable[Row]) -> bool:
    return all(row.qualifier == "exact" for row in rows)


def _one_year(
    shown: InTime,
    indicator: Indicator,
    year: int | None,
    comparable: bool | None,
    *,
    is_said: bool,
) -> list[str]:
    """Who is highest and lowest in a year; few places, or those without an order, one by one."""
    rows = shown.of_year(year)
    when = f"in {year} " if is_said else ""
    if not rows:
        return [f"no place has a value in {year}"]
    if len(rows) == 1:
        [row] = rows
        return [f"{when}only {row.place_name} has a value, {facts.value(row, indicator)}"]
    high, low = (extreme(rows, highest=highest) for highest in (True, False))
    if high is None or low is None:
        return []
    said = []
    is_certain = not high.contested and not low.contested
    if not may_be_ordered(rows, comparable):
        said.append(f"{when}{_one_by_one(rows, indicator, MOST_UNORDERED)}")
        said.append("definitions or coverage differ between the places, so this is no order")
    elif is_certain and high.row.value == low.row.value:
        said.append(f"{when}all have {facts.value(high.row, indicator)}")
    elif len(rows) <= MOST_LISTED and _are_exact(rows):
        said.append(f"{when}{_one_by_one(rows, indicator, MOST_LISTED)}, in this order")
    elif high.row.place_id == low.row.place_id:
        said.append(f"{when}{_one_by_one(rows, indicator, MOST_UNORDERED)}")
        said.append("their order is open, because not all values are exact")
    else:
        said.append(f"{when}{facts.extreme_words(high, indicator, 'highest')}")
        said.append(facts.extreme_words(low, indicator, "lowest"))
    count = len(shown.names)
    if len(rows) < count:
        said.append(f"{len(rows)} of {count} places have a value in {year}")
    return said


def _one_by_one(rows: Sequence[Row], indicator: Indicator, most: int) -> str:
    """Each place of a year with its value, the highest first; of places in a ranking the lowest."""
    ordered = sorted(rows, key=VALUE, reverse=not is_placing(indicator))
    return facts.listed(facts.told(ordered, indicator), most)


def _changed(shown: InTime, indicator: Indicator, first_year: int, last_year: int) -> list[str]:
    if first_year == last_year:
        return []
    moved = facts.movement(shown, indicator, first_year, last_year)
    if moved is None:
        return [f"no change from {first_year} to {last_year} can be told"]
    count = len(moved.rows)
    among = f", of the {count} that compare" if 1 < count < len(shown.names) else ""
    return [f"from {first_year} to {last_year}{among}, {facts.movement_words(moved)}"]


def _passings(shown: InTime, indicator: Indicator) -> list[str]:
    """The newest crossings, those of places that stand high now first, and how many more."""
    newest = {row.place_id: row.value for row in shown.rows}
    sign = 1 if is_placing(indicator) else -1
    found = sorted(shown.passings, key=lambda item: (sign * newest[item[0].upper], -item[0].year))
    told = []
    for crossing, times in found[:MOST_PASSINGS]:
        text = facts.passing(crossing, shown.names, indicator)
        often = "" if times == 1 else f", the last of {times} changes of their order"
        told.append(f"{text} between {crossing.before} and {crossing.year}{often}")
    rest = len(found) - len(told)
    if rest:
        told.append(f"{rest} more pair{'s' if rest > 1 else ''} changed order")
    return told


def _two_years(
    shown: InTime,
    indicator: Indicator,
    first_year: int,
    last_year: int,
    comparable: bool | None,
) -> list[str]:
    if first_year == last_year:
        return ["the two years are the same"]
    said = _changed(shown, indicator, first_year, last_year)
    both = shown.of_years(first_year, last_year)
    held = Counter(place_id for place_id, _ in {(row.place_id, row.year) for row in both})
    names = shown.names
    broken = [key for key in split_between(shown.breaks, first_year, last_year) if held[key] == 2]
    if broken:
        who = facts.listed(names[key] for key in broken)
        said.append(f"a break in the series lies between the two values of {who}")
    unbroken = [row for row in both if row.place_id not in broken]
    passed = [
        facts.passing(crossing, names, indicator) for crossing, _ in facts.last_passings(unbroken)
    ]
    if passed and comparable is not False:
        said.append(f"between the two years {facts.listed(passed)}")
    missing = [name for key, name in names.items() if held[key] < 2]
    if missing:
        who = facts.listed(missing)
        said.append(f"without a value in one of the two years or in both: {who}")
    return said


def _ranks(shown: InTime, indicator: Indicator, comparable: bool | None) -> list[str]:
    """Ranks are told of years in which all places have a value; else of the newest, among those."""
    count = len(shown.names)
    if count == 1:
        [name] = shown.names.values()
        return [f"only {name} is shown, so its rank is 1 throughout"]
    complete = [
        year for year, rows in shown.by_year.items() if len({row.place_id for row in rows}) == count
    ]
    if not complete:
        said = [f"in no year have all {count} a value"]
        year = shown.newest_covered
        return said + _one_year(shown, indicator, year, comparable, is_said=True)
    first_year, last_year = complete[0], complete[-1]
    if not may_be_ordered(shown.of_years(first_year, last_year), comparable):
        return _one_year(shown, indicator, last_year, False, is_said=True)
    first, last = (
        ranks(
            {row.place_id: row.value for row in shown.of_year(year)},
            lowest_first=is_placing(indicator),
        )
        for year in (first_year, last_year)
    )
    top = [shown.names[key] for key, rank in last.items() if rank == 1]
    verb = "is first" if len(top) == 1 else "share the first rank"
    said = [f"in {last_year}, {facts.listed(top)} {verb} of {count}"]
    broken = split_between(shown.breaks, first_year, last_year)
    moves = {key: first[key] - last[key] for key in first if key not in broken}
    for end, verb in ((max, "climbed"), (min, "fell")):
        most = end(moves.values(), default=0)
        if most == 0 or (most > 0) != (verb == "climbed"):
            continue
        told = [
            f"{shown.names[key]} (from {first[key]} to {last[key]})"
            for key, move in moves.items()
            if move == most
        ]
        said.append(f"since {first_year}, {facts.listed(told)} {verb} most")
    if shown.span[1] != last_year:
        said.append(f"{last_year} is the newest year in which all have a value")
    return said
