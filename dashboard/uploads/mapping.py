"""Which columns hold places, years and values: guessed from heads and cells, then the reader's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.uploads.head_rows import HEADS
from dashboard.uploads.heads import is_nearly_year
from dashboard.uploads.names import Gazetteer, plain_name
from dashboard.uploads.numbers import is_gap, number
from dashboard.uploads.sheet import EXTRA, Cell, Column, Fault, Sheet, written
from dashboard.uploads.years import is_year, year

Layout = Literal["long", "years_across", "places_across"]
LAYOUTS: tuple[Layout, ...] = ("long", "years_across", "places_across")
# What our own copies add; not taken for data when they come back.
OURS = ("problem", "row", EXTRA)
_TRIED = 200


@dataclass(frozen=True)
class Mapping:
    """What the columns of a sheet hold.

    Attributes:
        layout: values in one column, or in a column for each year or each place.
        place: the column of places; None where places stand across.
        year: the column of years; None where years stand across.
        value: the column of values; None where they stand across.
        across: columns with values, one for each year or place.
        indicator: the column that says what is measured, if there are several things.
        unit: the column of units.
        note: the column of notes.
    """

    layout: Layout
    place: str | None = None
    year: str | None = None
    value: str | None = None
    across: tuple[str, ...] = ()
    indicator: str | None = None
    unit: str | None = None
    note: str | None = None

    @property
    def missing(self) -> list[str]:
        """What is needed and has no column yet, in words."""
        needed = {
            "long": ("place", "year", "value"),
            "years_across": ("place",),
            "places_across": ("year",),
        }[self.layout]
        lacking = [name for name in needed if getattr(self, name) is None]
        if self.layout != "long" and not self.across:
            lacking.append("years" if self.layout == "years_across" else "places")
        return lacking

    @property
    def of_values(self) -> tuple[str, ...]:
        """The columns that hold values."""
        return self.across if self.layout != "long" else (str(self.value),)

    @property
    def used(self) -> set[str]:
        """All columns that hold something."""
        roles = (self.place, self.year, self.value, self.indicator, self.unit, self.note)
        return {*self.across, *(name for name in roles if name is not None)}


def guess(sheet: Sheet, gazetteer: Gazetteer, layout: Layout | None = None) -> Mapping:
    """What the columns most likely hold.

    Args:
        sheet: the table.
        gazetteer: tells names of places.
        layout: as the reader says; found out if it is None.
    """
    columns = {name: item for name, item in sheet.columns.items() if name.lower() not in OURS}
    years, nearly_years = _years_across(columns)
    others = {name: item for name, item in columns.items() if name not in years}
    places, nearly_places = _places_across(others, gazetteer)
    if layout is None:
        if len(years) >= 2 or (
            len(years | nearly_years) >= 2 and not _has_column(columns, "year", _years)
        ):
            layout = "years_across"
        elif len(places) >= 2 or (
            len(places | nearly_places) >= 2
            and not _has_column(columns, "place", lambda column: _share(column, gazetteer))
        ):
            layout = "places_across"
        else:
            layout = "long"
    wide = {"years_across": years | nearly_years, "places_across": places | nearly_places}
    taken_across = wide.get(layout, years)
    across = tuple(name for name in columns if name in taken_across)
    left = {name: item for name, item in columns.items() if name not in taken_across}
    by_head = {
        role: next((name for head in heads for name in left if plain_name(name) == head), None)
        for role, heads in HEADS.items()
    }
    taken = {name for name in by_head.values() if name is not None}
    place = by_head["place"] or _most(left, taken, lambda column: _share(column, gazetteer))
    year_column = by_head["year"] or _most(left, taken | {str(place)}, _years)
    found = Mapping(
        layout, indicator=by_head["indicator"], unit=by_head["unit"], note=by_head["note"]
    )
    if layout == "years_across":
        return replace(found, place=place, across=across)
    if layout == "places_across":
        return replace(found, year=year_column, across=across)
    used = taken | {str(place), str(year_column)}
    value = by_head["value"] or _most(left, used, _numbers)
    return replace(found, place=place, year=year_column, value=value)


def _years_across(columns: dict[str, Column]) -> tuple[set[str], set[str]]:
    """Columns with a year as head, and columns of numbers whose head is nearly one."""
    years = {name for name, column in columns.items() if is_year(column.head)}
    nearly = {
        name
        for name, column in columns.items()
        if is_nearly_year(column.head) and _holds_numbers(column)
    }
    return years, nearly


def _places_across(columns: dict[str, Column], gazetteer: Gazetteer) -> tuple[set[str], set[str]]:
    """Columns with a place as head, and columns of numbers whose head is nearly one."""
    others = {
        name: column
        for name, column in columns.items()
        if not any(plain_name(name) in heads for heads in HEADS.values())
    }
    places = {
        name for name, column in others.items() if gazetteer.exact(column.head).place_id is not None
    }
    nearly = {
        name
        for name, column in others.items()
        if name not in places and gazetteer.nearly(column.head) and _holds_numbers(column)
    }
    return places, nearly


def _has_column(columns: dict[str, Column], role: str, share: Callable[[Column], float]) -> bool:
    """Whether a column holds what stands in rows and not across, by its head or its cells."""
    by_head = any(plain_name(name) in HEADS[role] for name in columns)
    return by_head or _most(columns, set(), share) is not None


def _holds_numbers(column: Column) -> bool:
    """Whether most cells are numbers, or all are empty."""
    return not _some(column) or _numbers(column) > 0.5


def _most(
    columns: dict[str, Column], taken: set[str], share: Callable[[Column], float]
) -> str | None:
    """The column of which most cells are what is sought, at least a third of them."""
    found, best = None, 0.34
    for name, column in columns.items():
        if name not in taken and (here := share(column)) > best:
            found, best = name, here
    return found


def _some(column: Column) -> list[Cell]:
    return [cell for cell in column.cells[:_TRIED] if not is_gap(cell)]


def _share(column: Column, gazetteer: Gazetteer) -> float:
    cells = _some(column)
    known = [cell for cell in cells if gazetteer.exact(written(cell)).place_id]
    return len(known) / max(len(cells), 1)


def _years(column: Column) -> float:
    cells = _some(column)
    return sum(not isinstance(year(cell), Fault) for cell in cells) / max(len(cells), 1)


def _numbers(column: Column) -> float:
    cells = _some(column)
    return sum(not isinstance(number(cell, "point"), Fault) for cell in cells) / max(len(cells), 1)
