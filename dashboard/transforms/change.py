"""What changed between two years: percentage points for shares, per cent for levels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard.catalogue.cells import FIRM
from dashboard.catalogue.model import Indicator
from dashboard.transforms.rows import Row

SMALL_SHARE = "%"


@dataclass(frozen=True, eq=False)
class Changes:
    """Changes, what they are changes of, and who has none.

    `rows`: one row per place, `value` being the change, `year` the later year and `first_year`,
    `first_value`, `last_value` what it rests on. `left_out`: name of a place and why.
    """

    rows: pd.DataFrame
    indicator: Indicator
    left_out: tuple[tuple[str, str], ...]


def change_between(
    rows: pd.DataFrame, indicator: Indicator, first_year: int, last_year: int
) -> Changes:
    """The change of each place from one year to another.

    Shares and rates in per cent change by percentage points; everything else by per cent of the
    first value. Thresholds and ranges are left out: the difference of two bounds says nothing.

    Args:
        rows: one row per place and year.
        indicator: what is measured.
        first_year: the year compared with.
        last_year: the year compared.
    """
    places, names, years, values, qualifiers = (
        rows[name].tolist() for name in ("place_id", "place_name", "year", "value", "qualifier")
    )
    cells = list(zip(places, names, years, values, qualifiers, strict=True))
    in_points = _is_in_points(indicator)
    kept, left_out = _pairs(cells, first_year, last_year, in_points=in_points)
    later = rows.iloc[[after for _, after in kept]].reset_index(drop=True)
    first = np.array([values[before] for before, _ in kept], dtype="float64")
    last = np.array([values[after] for _, after in kept], dtype="float64")
    is_exact = [qualifiers[before] == qualifiers[after] == "exact" for before, after in kept]
    table = later.assign(
        value=last - first if in_points else 100 * (last - first) / first,
        value_low=math.nan,
        value_high=math.nan,
        qualifier=np.where(is_exact, "exact", "approximate"),
        first_year=first_year,
        first_value=first,
        last_value=last,
    )
    return Changes(table, change_of(indicator, first_year, last_year), tuple(left_out))


def changes_of(
    rows: Sequence[Row], indicator: Indicator, first_year: int, last_year: int
) -> list[Row]:
    """As `change_between`, of plain rows: one for each place that has a change.

    Args:
        rows: one row per place and year, each with a value.
        indicator: what is measured.
        first_year: the year compared with.
        last_year: the year compared.

    Returns:
        The row of the later year of each place, `value` being the change, in percentage points or
        in per cent as `change_of` says.
    """
    in_points = _is_in_points(indicator)
    cells = [(row.place_id, row.place_name, row.year, row.value, row.qualifier) for row in rows]
    kept, _ = _pairs(cells, first_year, last_year, in_points=in_points)
    return [_changed(rows[before], rows[after], in_points=in_points) for before, after in kept]


def _changed(before: Row, after: Row, *, in_points: bool) -> Row:
    risen = after.value - before.value
    is_exact = before.qualifier == after.qualifier == "exact"
    return after._replace(
        value=risen if in_points else 100 * risen / before.value,
        value_low=math.nan,
        value_high=math.nan,
        qualifier="exact" if is_exact else "approximate",
    )


def change_of(indicator: Indicator, first_year: int, last_year: int) -> Indicator:
    """What a change between two years measures: its name, its unit, its decimals."""
    in_points = _is_in_points(indicator)
    unit = "percentage points" if in_points else f"per cent of {first_year}"
    return replace(
        indicator,
        name=f"Change of {indicator.name} from {first_year} to {last_year}",
        short_name=f"{indicator.short_name}, change {first_year}–{last_year}",
        unit=unit,
        unit_symbol="percentage points" if in_points else "%",
        decimals=max(indicator.decimals, 1) if in_points else 1,
        aggregation="rate",
    )


def _is_in_points(indicator: Indicator) -> bool:
    return indicator.is_relative and indicator.unit_symbol.startswith(SMALL_SHARE)


def _pairs(
    cells: Sequence[tuple[str, str, int, float, str]],
    first_year: int,
    last_year: int,
    *,
    in_points: bool,
) -> tuple[list[tuple[int, int]], list[tuple[str, str]]]:
    """Where the earlier and the later row of each place stand; which places have none, and why.

    Args:
        cells: place_id, place_name, year, value and qualifier of each row.
        first_year: the year compared with.
        last_year: the year compared.
        in_points: changes are differences, so that the first value may be zero or less.
    """
    name_of: dict[str, str] = {}
    held: dict[tuple[str, int], int] = {}
    for at, (place_id, name, year, *_) in enumerate(cells):
        name_of.setdefault(place_id, str(name))
        held.setdefault((place_id, year), at)
    kept = []
    left_out = []
    for place_id, name in name_of.items():
        missing = [str(year) for year in (first_year, last_year) if (place_id, year) not in held]
        if missing:
            left_out.append((name, f"no value for {' and '.join(missing)}"))
            continue
        before, after = held[place_id, first_year], held[place_id, last_year]
        *_, first_value, first_qualifier = cells[before]
        *_, last_qualifier = cells[after]
        if not {first_qualifier, last_qualifier} <= set(FIRM):
            left_out.append((name, "known only as a range or a bound"))
            continue
        if not in_points and first_value <= 0:
            left_out.append((name, f"not above zero in {first_year}"))
            continue
        kept.append((before, after))
    return kept, left_out
