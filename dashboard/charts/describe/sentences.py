"""A sentence or a few for every chart: who is highest and lowest, what changed, who passed whom."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.model import Indicator
from dashboard.catalogue.naming import begun
from dashboard.charts.describe import facts
from dashboard.charts.formats import years
from dashboard.transforms import default_year
from dashboard.transforms.breaks import broken_between
from dashboard.transforms.highlights import common_span, extreme, one_basis
from dashboard.transforms.standings import complete_years, is_placing, standings

CHANGE_VIEWS = ("slope", "dumbbell")
YEAR_VIEWS = ("ranking",)
RANK_VIEW = "rank_over_time"
MOST_LISTED = 4  # so many places of a year are told one by one
MOST_UNORDERED = 12
MOST_PASSINGS = 2


def chart_sentence(
    rows: pd.DataFrame,
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
    rows = facts.in_time(rows)
    head = facts.subject(indicator)
    if rows.empty:
        return f"{head}: no place has a value."
    if view in CHANGE_VIEWS and first_year is not None and last_year is not None:
        said = _two_years(rows, indicator, first_year, last_year, comparable)
        head += f", {first_year} and {last_year}"
    elif view == RANK_VIEW:
        said = _ranks(rows, indicator, comparable)
        head += f", rank {_span(rows)}"
    elif view in YEAR_VIEWS or (year is not None and view not in ("line", "multiples")):
        shown = year if year is not None else default_year(rows)
        said = _one_year(rows, indicator, shown, comparable, is_said=False)
        if first_year is not None and shown is not None:
            said += _changed(rows, indicator, first_year, shown)
        head += f", {shown}"
    else:
        said = _over_time(rows, indicator, comparable)
        head += f", {_span(rows)}"
    return f"{head}: {' '.join(f'{begun(part)}.' for part in said)}"


def _span(rows: pd.DataFrame) -> str:
    return years(int(rows["year"].min()), int(rows["year"].max()))


def may_be_ordered(rows: pd.DataFrame, comparable: bool | None) -> bool:
    """What the caller says of the rows of a year, or else what they say themselves."""
    return one_basis(rows) if comparable is None else comparable


def _over_time(rows: pd.DataFrame, indicator: Indicator, comparable: bool | None) -> list[str]:
    if rows["place_id"].nunique() == 1:
        return _alone(rows, indicator)
    year = default_year(rows)
    said = _one_year(rows, indicator, year, comparable, is_said=True)
    if may_be_ordered(rows, comparable) and not is_placing(indicator):
        for which in ("highest", "lowest"):
            found = extreme(rows, highest=which == "highest")
            if found is not None and found.is_alone and found.row["year"] != year:
                row = found.row
                said.append(
                    f"the {which} value of all years is {facts.value(row, indicator)}, "
                    f"{row['place_name']} in {row['year']}"
                )
    span = common_span(rows)
    if span is not None and len(span.place_ids) > 1:
        said += _changed(rows, indicator, span.first_year, span.last_year)
    return said if comparable is False else said + _passings(rows, indicator)


def _alone(rows: pd.DataFrame, indicator: Indicator) -> list[str]:
    """One place: from what to what, and its highest and lowest years."""
    first, last = rows.iloc[0], rows.iloc[-1]
    name, end = last["place_name"], facts.value(last, indicator)
    if len(rows) == 1:
        return [f"{name} has {end} in {last['year']}, its only value"]
    first_year, last_year = int(first["year"]), int(last["year"])
    said = [f"{name} has {facts.value(first, indicator)} in {first_year} and {end} in {last_year}"]
    if broken_between(rows, first_year, last_year):
        said.append("the series breaks between them, so that the two are not compared")
    else:
        moved = facts.movement(rows, indicator, first_year, last_year)
        if moved is not None:
            said.append(facts.movement_words(moved))
    high, low = rows.loc[rows["value"].idxmax()], rows.loc[rows["value"].idxmin()]
    if len(rows) > 2 and set(rows["qualifier"]) == {"exact"} and high["value"] != low["value"]:
        said.append(
            f"its highest value is {facts.value(high, indicator)} in {high['year']}, "
            f"its lowest {facts.value(low, indicator)} in {low['year']}"
        )
    return said


def _one_year(
    rows: pd.DataFrame,
    indicator: Indicator,
    year: int | None,
    comparable: bool | None,
    *,
    is_said: bool,
) -> list[str]:
    """Who is highest and lowest in a year; few places, or those without an order, one by one."""
    shown = rows[rows["year"] == year]
    when = f"in {year} " if is_said else ""
    if shown.empty:
        return [f"no place has a value in {year}"]
    if len(shown) == 1:
        row = shown.iloc[0]
        return [f"{when}only {row['place_name']} has a value, {facts.value(row, indicator)}"]
    high, low = (extreme(shown, highest=highest) for highest in (True, False))
    if high is None or low is None:
        return []
    said = []
    is_certain = high.contested.empty and low.contested.empty
    ordered = shown.sort_values("value", ascending=is_placing(indicator))
    told = facts.told(ordered, indicator)
    if not may_be_ordered(shown, comparable):
        said.append(f"{when}{facts.listed(told, MOST_UNORDERED)}")
        said.append("definitions or coverage differ between the places, so this is no order")
    elif is_certain and high.row["value"] == low.row["value"]:
        said.append(f"{when}all have {facts.value(high.row, indicator)}")
    elif len(shown) <= MOST_LISTED and set(shown["qualifier"]) == {"exact"}:
        said.append(f"{when}{facts.listed(told, MOST_LISTED)}, in this order")
    elif high.row["place_id"] == low.row["place_id"]:
        said.append(f"{when}{facts.listed(told, MOST_UNORDERED)}")
        said.append("their order is open, because not all values are exact")
    else:
        said.append(f"{when}{facts.extreme_words(high, indicator, 'highest')}")
        said.append(facts.extreme_words(low, indicator, "lowest"))
    count = rows["place_id"].nunique()
    if len(shown) < count:
        said.append(f"{len(shown)} of {count} places have a value in {year}")
    return said


def _changed(
    rows: pd.DataFrame, indicator: Indicator, first_year: int, last_year: int
) -> list[str]:
    if first_year == last_year:
        return []
    moved = facts.movement(rows, indicator, first_year, last_year)
    if moved is None:
        return [f"no change from {first_year} to {last_year} can be told"]
    count = rows["place_id"].nunique()
    among = f", of the {len(moved.rows)} that compare" if 1 < len(moved.rows) < count else ""
    return [f"from {first_year} to {last_year}{among}, {facts.movement_words(moved)}"]


def _passings(rows: pd.DataFrame, indicator: Indicator) -> list[str]:
    """The newest crossings, those of places that stand high now first, and how many more."""
    found = facts.last_passings(rows)
    if not found:
        return []
    newest = rows.drop_duplicates("place_id", keep="last").set_index("place_id")["value"]
    standing = newest.rank(ascending=is_placing(indicator))
    found.sort(key=lambda item: (standing[item[0].upper], -item[0].year))
    names = facts.names_of(rows)
    told = []
    for crossing, times in found[:MOST_PASSINGS]:
        text = facts.passing(crossing, names, indicator)
        often = "" if times == 1 else f", the last of {times} changes of their order"
        told.append(f"{text} between {crossing.before} and {crossing.year}{often}")
    rest = len(found) - len(told)
    if rest:
        told.append(f"{rest} more pair{'s' if rest > 1 else ''} changed order")
    return told


def _two_years(
    rows: pd.DataFrame,
    indicator: Indicator,
    first_year: int,
    last_year: int,
    comparable: bool | None,
) -> list[str]:
    if first_year == last_year:
        return ["the two years are the same"]
    said = _changed(rows, indicator, first_year, last_year)
    both = rows[rows["year"].isin([first_year, last_year])]
    held = both.groupby("place_id")["year"].nunique()
    names = facts.names_of(rows)
    broken = [key for key in broken_between(rows, first_year, last_year) if held.get(key, 0) == 2]
    if broken:
        who = facts.listed(names[key] for key in broken)
        said.append(f"a break in the series lies between the two values of {who}")
    unbroken = both[~both["place_id"].isin(broken)]
    passed = [
        facts.passing(crossing, names, indicator) for crossing, _ in facts.last_passings(unbroken)
    ]
    if passed and comparable is not False:
        said.append(f"between the two years {facts.listed(passed)}")
    missing = [key for key in names if held.get(key, 0) < 2]
    if missing:
        who = facts.listed(names[key] for key in missing)
        said.append(f"without a value in one of the two years or in both: {who}")
    return said


def _ranks(rows: pd.DataFrame, indicator: Indicator, comparable: bool | None) -> list[str]:
    """Ranks are told of years in which all places have a value; else of the newest, among those."""
    ranked = standings(rows, lowest_first=is_placing(indicator))
    count = int(ranked["shown"].iloc[0])
    if count == 1:
        return [f"only {ranked['place_name'].iloc[0]} is shown, so its rank is 1 throughout"]
    complete = complete_years(ranked)
    if not complete:
        said = [f"in no year have all {count} a value"]
        return said + _one_year(rows, indicator, default_year(rows), comparable, is_said=True)
    first_year, last_year = complete[0], complete[-1]
    first, last = (
        ranked[ranked["year"] == year].set_index("place_id") for year in (first_year, last_year)
    )
    if not may_be_ordered(pd.concat([first, last]), comparable):
        return _one_year(rows, indicator, last_year, False, is_said=True)
    top = last.loc[last["rank"] == 1, "place_name"]
    verb = "is first" if len(top) == 1 else "share the first rank"
    said = [f"in {last_year}, {facts.listed(top)} {verb} of {count}"]
    moves = (first["rank"] - last["rank"]).drop(
        broken_between(rows, first_year, last_year), errors="ignore"
    )
    for most, verb in ((moves.max(), "climbed"), (moves.min(), "fell")):
        if pd.isna(most) or most == 0 or (most > 0) != (verb == "climbed"):
            continue
        told = [
            f"{last.loc[key, 'place_name']} (from {first.loc[key, 'rank']} "
            f"to {last.loc[key, 'rank']})"
            for key in moves.index[moves == most]
        ]
        said.append(f"since {first_year}, {facts.listed(told)} {verb} most")
    newest = int(ranked["year"].max())
    if newest != last_year:
        said.append(f"{last_year} is the newest year in which all have a value")
    return said
