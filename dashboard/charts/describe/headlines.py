"""A short headline for a chart, from the same facts as its sentence and never stronger."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.cells import has_caveat
from dashboard.catalogue.model import Indicator
from dashboard.charts.describe import facts
from dashboard.charts.describe.sentences import (
    CHANGE_VIEWS,
    RANK_VIEW,
    YEAR_VIEWS,
    may_be_ordered,
)
from dashboard.charts.formats import years
from dashboard.transforms import default_year
from dashboard.transforms.highlights import Crossing, extreme
from dashboard.transforms.standings import is_placing

OVER_TIME = ("line", "multiples", RANK_VIEW)


def suggested_title(
    rows: pd.DataFrame,
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
    rows = facts.in_time(rows)
    subject = facts.subject(indicator)
    if rows.empty:
        return subject
    told = ""
    if view in CHANGE_VIEWS and first_year is not None and last_year is not None:
        told = _moved(rows, indicator, first_year, last_year, comparable)
        when = f"{first_year} and {last_year}"
    elif view in YEAR_VIEWS or (year is not None and view not in OVER_TIME):
        shown = year if year is not None else default_year(rows)
        told = _leading(rows, shown, indicator, comparable)
        when = str(shown)
    else:
        when = years(int(rows["year"].min()), int(rows["year"].max()))
        if rows["place_id"].nunique() == 1:
            first_year, last_year = int(rows["year"].min()), int(rows["year"].max())
            told = _moved(rows, indicator, first_year, last_year, comparable)
        else:
            newest = default_year(rows)
            told = _overtaking(rows, indicator, comparable)
            told = told or _leading(rows, newest, indicator, comparable)
    return f"{subject}: {told}" if told else f"{subject}: {_who(rows)}, {when}"


def _who(rows: pd.DataFrame) -> str:
    names = list(facts.names_of(rows).values())
    return facts.listed(names) if len(names) <= facts.MOST_NAMED else f"{len(names)} places"


def _leader(
    rows: pd.DataFrame, year: int | None, indicator: Indicator, comparable: bool | None
) -> pd.Series | None:
    """The row of the place that stands first in a year beyond doubt, or None."""
    shown = rows[rows["year"] == year]
    found = extreme(shown, highest=not is_placing(indicator))
    if found is None or len(shown) < 2 or not found.is_alone:
        return None
    if not may_be_ordered(shown, comparable):
        return None
    return found.row


def _leading(
    rows: pd.DataFrame, year: int | None, indicator: Indicator, comparable: bool | None
) -> str:
    leader = _leader(rows, year, indicator, comparable)
    if leader is None:
        return ""
    count = int((rows["year"] == year).sum())
    which = "first" if is_placing(indicator) else "highest"
    all_places = rows["place_id"].nunique()
    among = f"{count} places" if count == all_places else f"the {count} places with a value"
    return f"{leader['place_name']} {which} of {among} in {year}"


def _overtaking(rows: pd.DataFrame, indicator: Indicator, comparable: bool | None) -> str:
    """How the place that is first in the newest well-covered year came to be it, if it is clear."""
    leader = _leader(rows, default_year(rows), indicator, comparable)
    if leader is None:
        return ""
    spliced = set(rows.loc[has_caveat(rows, "splice"), "place_id"])
    winner = "lower" if is_placing(indicator) else "upper"
    for crossing, times in facts.last_passings(rows):
        if getattr(crossing, winner) != leader["place_id"]:
            continue
        if times > 1 or {crossing.upper, crossing.lower} & spliced:
            return ""
        return f"{facts.passing(crossing, facts.names_of(rows), indicator)} {_when(crossing)}"
    return ""


def _when(crossing: Crossing) -> str:
    if crossing.is_next_year:
        return f"in {crossing.year}"
    return f"between {crossing.before} and {crossing.year}"


def _moved(
    rows: pd.DataFrame,
    indicator: Indicator,
    first_year: int,
    last_year: int,
    comparable: bool | None,
) -> str:
    """Who rose or fell most between two years; of one place, what it did."""
    moved = facts.movement(rows, indicator, first_year, last_year)
    if moved is None or first_year == last_year:
        return ""
    span = f"from {first_year} to {last_year}"
    if len(moved.rows) == 1:
        return f"{facts.movement_words(moved)} {span}" if rows["place_id"].nunique() == 1 else ""
    if not may_be_ordered(rows[rows["year"].isin([first_year, last_year])], comparable):
        return ""
    rises = (moved.rows["value"] > 0).sum() * 2 >= len(moved.rows)
    found = moved.end(highest=bool(rises))
    if found is None or not found.is_alone or (found.row["value"] > 0) != rises:
        return ""
    count, shown = len(moved.rows), rows["place_id"].nunique()
    among = "" if count == shown else f" of the {count} that compare"
    verb = "rose" if rises else "fell"
    return f"{found.row['place_name']} {verb} most{among} {span} ({moved.words(found.row)})"
