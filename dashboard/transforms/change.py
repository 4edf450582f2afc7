"""What changed between two years: percentage points for shares, per cent for levels."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard.catalogue.cells import FIRM
from dashboard.catalogue.model import Indicator

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
    in_points = indicator.is_relative and indicator.unit_symbol.startswith(SMALL_SHARE)
    places, years, values, qualifiers, names = (
        rows[name].tolist() for name in ("place_id", "year", "value", "qualifier", "place_name")
    )
    name_of: dict[str, str] = {}
    held: dict[tuple[str, int], int] = {}
    for at, key in enumerate(zip(places, years, strict=True)):
        name_of.setdefault(key[0], str(names[at]))
        held.setdefault(key, at)
    kept = []  # where in the table the earlier and the later row of each place stand
    left_out = []
    for place_id, name in name_of.items():
        missing = [str(year) for year in (first_year, last_year) if (place_id, year) not in held]
        if missing:
            left_out.append((name, f"no value for {' and '.join(missing)}"))
            continue
        before, after = held[place_id, first_year], held[place_id, last_year]
        if not {qualifiers[before], qualifiers[after]} <= set(FIRM):
            left_out.append((name, "known only as a range or a bound"))
            continue
        if not in_points and values[before] <= 0:
            left_out.append((name, f"not above zero in {first_year}"))
            continue
        kept.append((before, after))
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
    unit = "percentage points" if in_points else f"per cent of {first_year}"
    changed = replace(
        indicator,
        name=f"Change of {indicator.name} from {first_year} to {last_year}",
        short_name=f"{indicator.short_name}, change {first_year}–{last_year}",
        unit=unit,
        unit_symbol="percentage points" if in_points else "%",
        decimals=max(indicator.decimals, 1) if in_points else 1,
        aggregation="rate",
    )
    return Changes(table, changed, tuple(left_out))
