"""A short headline for a chart, from the same facts as its sentence and never stronger."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.cells import carries
from dashboard.catalogue.model import Indicator
from dashboard.charts.describe import facts
from dashboard.charts.describe.facts import InTime
from dashboard.charts.describe.sentences import (
    CHANGE_VIEWS,
    RANK_VIEW,
    YEAR_VIEWS,
    may_be_ordered,
)
from dashboard.charts.formats import years
from dashboard.transforms.highlights import Crossing, extreme
from dashboard.transforms.rows import Row
from dashboard.transforms.standings import is_placing

OVER_TIME = ("line", "multiples", RANK_VIEW)


def suggested_title(
    rows: pd.DataFrame | InTime,
    indicator: Indicator,
    view: str,
    *,
    year: int | None = None,
    first_year: int | None = None,
    last_year: int | None = None,
    comparable: bool | None = None,
) -> str:
    """A headline that the rows can bear: "R&D expenditure: South Korea overtook Japan in 2010".

    A place is only called the highest, or said to have overtaken another, where no rough value,
    no estimate, no splice and no second change of order leaves it open. Where nothing of the kind
    can be said, the headline names what is shown, of whom and when.

    Args:
        rows: one row per place and year, as for `chart_sentence`.
        indicator: what is measured.
        view: as for `chart_sentence`.
        year: the year shown, for a view of one year.
        first_year: the earlier year of a view of two.
        last_year: the later year of a view of two.
        comparable: as for `chart_sentence`.
    """
    shown = facts.in_time(rows)
    subject = facts.subject(indicator)
    if not shown.rows:
        return subject
    told = ""
    if view in CHANGE_VIEWS and first_year is not None and last_year is not None:
        told = _moved(shown, indicator, first_year, last_year, comparable)
        when = f"{first_year} and {last_year}"
    elif view in YEAR_VIEWS or (year is not None and view not in OVER_TIME):
        at = year if year is not None else shown.newest_covered
        told = _leading(shown, at, indicator, _leader(shown, at, indicator, comparable))
        when = str(at)
    else:
        when = years(*shown.span)
        if len(shown.names) == 1:
            told = _moved(shown, indicator, *shown.span, comparable)
        else:
            newest = shown.newest_covered
            leader = _leader(shown, newest, indicator, comparable)
            told = _overtaking(shown, indicator, leader)
            told = told or _leading(shown, newest, indicator, leader)
    return f"{subject}: {told}" if told else f"{subject}: {_who(shown)}, {when}"


def _who(shown: InTime) -> str:
    names = list(shown.names.values())
    return facts.listed(names) if len(names) <= facts.MOST_NAMED else f"{len(names)} places"


def _leader(
    shown: InTime, year: int | None, indicator: Indicator, comparable: bool | None
) -> Row | None:
    """The row of the place that stands first in a year beyond doubt, or None."""
    rows = shown.of_year(year)
    found = extreme(rows, highest=not is_placing(indicator))
    if found is None or len(rows) < 2 or not found.is_alone:
        return None
    return found.row if may_be_ordered(rows, comparable) else None


def _leading(shown: InTime, year: int | None, indicator: Indicator, leader: Row | None) -> str:
    if leader is None:
        return ""
    count = len(shown.of_year(year))
    which = "first" if is_placing(indicator) else "highest"
    among = f"{count} places" if count == len(shown.names) else f"the {count} places with a value"
    return f"{leader.place_name} {which} of {among} in {year}"


def _overtaking(shown: InTime, indicator: Indicator, leader: Row | None) -> str:
    """How the place that is first in the newest well-covered year came to be it, if it is clear."""
    if leader is None:
        return ""
    winner = "lower" if is_placing(indicator) else "upper"
    for crossing, times in shown.passings:
        if getattr(crossing, winner) != leader.place_id:
            continue
        pair = {crossing.upper, crossing.lower}
        if times > 1 or any(
            row.place_id in pair and carries(row.caveats, "splice") for row in shown.rows
        ):
            return ""
        return f"{facts.passing(crossing, shown.names, indicator)} {_when(crossing)}"
    return ""


def _when(crossing: Crossing) -> str:
    if crossing.is_next_year:
        return f"in {crossing.year}"
    return f"between {crossing.before} and {crossing.year}"


def _moved(
    shown: InTime,
    indicator: Indicator,
    first_year: int,
    last_year: int,
    comparable: bool | None,
) -> str:
    """Who rose or fell most between two years; of one place, what it did."""
    if first_year == last_year:
        return ""
    moved = facts.movement(shown, indicator, first_year, last_year)
    if moved is None:
        return ""
    span = f"from {first_year} to {last_year}"
    if len(moved.rows) == 1:
        return f"{facts.movement_words(moved)} {span}" if len(shown.names) == 1 else ""
    if not may_be_ordered(shown.of_years(first_year, last_year), comparable):
        return ""
    rises = sum(row.value > 0 for row in moved.rows) * 2 >= len(moved.rows)
    found = moved.end(highest=rises)
    if found is None or not found.is_alone or (found.row.value > 0) != rises:
        return ""
    count = len(moved.rows)
    among = "" if count == len(shown.names) else f" of the {count} that compare"
    verb = "rose" if rises else "fell"
    return f"{found.row.place_name} {verb} most{among} {span} ({moved.words(found.row)})"
