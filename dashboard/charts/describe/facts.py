"""Facts of a chart in clauses, from which sentences and headlines are put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.catalogue.model import Indicator
from dashboard.charts.formats import change, quantity
from dashboard.transforms import change_between
from dashboard.transforms.breaks import broken_between, lean
from dashboard.transforms.highlights import Crossing, Extreme, crossings, extreme
from dashboard.transforms.standings import is_placing

MOST_NAMED = 3
MANIFOLD = 5  # from here on a ratio is easier to read than per cent

_UNIT_OF_NAME = re.compile(r" \([^()]*\)$")


@dataclass(frozen=True, eq=False)
class Movement:
    """Who rose or fell most between two years: a place, its change in words, who else might have.

    `rows` are all changes, `indicator` what they are changes of.
    """

    rows: pd.DataFrame
    indicator: Indicator
    first_year: int
    last_year: int

    def end(self, *, highest: bool) -> Extreme | None:
        """The largest or the smallest change, falls counting below zero."""
        return extreme(self._rounded, highest=highest)

    @cached_property
    def _rounded(self) -> pd.DataFrame:
        # A difference of rough figures is no finer than they are, whatever its digits in binary.
        return self.rows.assign(value=self.rows["value"].round(self.indicator.decimals))

    def words(self, row: pd.Series) -> str:
        """The change of a row: "+2.80 percentage points", "+45.1 %", "to 13.4 times its value"."""
        ratio = 1 + row["value"] / 100
        if self.indicator.unit_symbol == "%" and ratio >= MANIFOLD:
            rough = "" if row["qualifier"] == "exact" else "about "
            return f"to {rough}{float(f'{ratio:.3g}'):,.10g} times its value"
        text = change(row["value"], self.indicator, row["qualifier"])
        return re.sub(r" points$", " percentage points", text)


def in_time(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a value in the order of years, lean; as they are where they are so already."""
    is_held = rows["value"].notna()
    if not is_held.all():
        rows = rows[is_held]
    if not rows["year"].is_monotonic_increasing:
        rows = rows.sort_values("year", kind="stable")
    return lean(rows)


def subject(indicator: Indicator) -> str:
    """What is measured, without its unit: "Research and development expenditure".

    The base of an index stays, for an index says nothing of levels.
    """
    name = _UNIT_OF_NAME.sub("", indicator.name)
    is_rebased = indicator.unit.startswith("index")
    return f"{name} ({indicator.unit})" if is_rebased else name


def value(row: pd.Series, indicator: Indicator) -> str:
    """The value of a row with unit and doubt."""
    return quantity(row["value"], indicator, row["qualifier"], row["value_high"])


def told(rows: pd.DataFrame, indicator: Indicator) -> list[str]:
    """Each row as its place and its value: "Japan 3.4 %"."""
    columns = (rows[name].tolist() for name in ("place_name", "value", "qualifier", "value_high"))
    return [
        f"{name} {quantity(amount, indicator, qualifier, high)}"
        for name, amount, qualifier, high in zip(*columns, strict=True)
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
    names = [found.row["place_name"], *found.equal["place_name"]]
    verb = "is" if len(names) == 1 else "are"
    text = f"{listed(names)} {verb} {which} with {value(found.row, indicator)}"
    if found.contested.empty:
        return text
    beyond = "higher" if which == "highest" else "lower"
    others = listed(
        f"{row['place_name']}, {value(row, indicator)}" for _, row in found.contested.iterrows()
    )
    return f"{text} ({others}, may be {beyond})"


def movement(
    rows: pd.DataFrame,
    indicator: Indicator,
    first_year: int,
    last_year: int,
) -> Movement | None:
    """What changed between two years, or None where nothing can be compared.

    Args:
        rows: one row per place and year, those between the two years too: a place whose series
            breaks between them has no change.
        indicator: unit; shares change by percentage points, all else by per cent.
        first_year: the earlier year.
        last_year: the later year.
    """
    left_out = set(broken_between(rows, first_year, last_year))
    cells = zip(
        rows["place_id"].tolist(), rows["year"].tolist(), rows["value"].notna(), strict=True
    )
    kept = rows[
        [
            is_held and year in (first_year, last_year) and place_id not in left_out
            for place_id, year, is_held in cells
        ]
    ]
    if kept.empty:
        return None
    found = change_between(kept, indicator, first_year, last_year)
    if found.rows.empty:
        return None
    return Movement(found.rows.reset_index(drop=True), found.indicator, first_year, last_year)


def movement_words(moved: Movement) -> str:
    """Who rose most and who fell most, or least: a clause without a subject of its own."""
    if len(moved.rows) == 1:
        row = moved.rows.iloc[0]
        return f"{row['place_name']} {_went(row, moved)}"
    top, bottom = moved.end(highest=True), moved.end(highest=False)
    if top is None or bottom is None:
        return ""
    if top.row["value"] == bottom.row["value"]:
        return f"all changed alike ({moved.words(top.row)})"
    most = "rose most" if top.row["value"] > 0 else "fell least"
    least = "fell most" if bottom.row["value"] < 0 else "rose least"
    return f"{_end_words(top, most, moved)}, {_end_words(bottom, least, moved)}"


def _went(row: pd.Series, moved: Movement) -> str:
    if round(row["value"], moved.indicator.decimals) == 0:
        return "hardly changed"
    return f"{'rose' if row['value'] > 0 else 'fell'} ({moved.words(row)})"


def _end_words(found: Extreme, which: str, moved: Movement) -> str:
    names = [found.row["place_name"], *found.equal["place_name"]]
    if found.row["value"] == 0:
        which = "hardly changed"
    text = f"{listed(names)} {which} ({moved.words(found.row)}"
    if not found.contested.empty:
        text += f"; perhaps more so {listed(found.contested['place_name'])}"
    return f"{text})"


def names_of(rows: pd.DataFrame) -> dict[str, str]:
    """Name of each place by its identifier."""
    names: dict[str, str] = {}
    for key, name in zip(rows["place_id"].tolist(), rows["place_name"].tolist(), strict=True):
        names.setdefault(key, name)
    return names


def passing(crossing: Crossing, names: dict[str, str], indicator: Indicator) -> str:
    """Who passed whom: "South Korea overtook Japan"."""
    upper, lower = names[crossing.upper], names[crossing.lower]
    if is_placing(indicator):
        return f"{lower} moved ahead of {upper}"
    verb = "overtook" if indicator.better == "higher" else "moved above"
    return f"{upper} {verb} {lower}"


def last_passings(rows: pd.DataFrame) -> list[tuple[Crossing, int]]:
    """The last crossing of each pair and how often it crossed, the newest first."""
    found = crossings(rows)
    times = Counter(frozenset((one.upper, one.lower)) for one in found)
    last = {frozenset((one.upper, one.lower)): one for one in found}
    ordered = sorted(last.items(), key=lambda item: (-item[1].year, -item[1].before))
    return [(crossing, times[pair]) for pair, crossing in ordered]
