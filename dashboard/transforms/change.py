"""What changed between two years: percentage points for shares, per cent for levels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.catalogue.model import Indicator

SMALL_SHARE = "%"
FIRM = ("exact", "approximate")


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
    first, last = (
        rows[rows["year"] == year].drop_duplicates("place_id").set_index("place_id")
        for year in (first_year, last_year)
    )
    kept, left_out = [], []
    for place_id in dict.fromkeys(rows["place_id"]):
        name = str(rows.loc[rows["place_id"] == place_id, "place_name"].iloc[0])
        missing = [
            str(year)
            for year, table in ((first_year, first), (last_year, last))
            if place_id not in table.index
        ]
        if missing:
            left_out.append((name, f"no value for {' and '.join(missing)}"))
            continue
        before, after = first.loc[place_id], last.loc[place_id]
        qualifiers = {before["qualifier"], after["qualifier"]}
        if not qualifiers <= set(FIRM):
            left_out.append((name, "known only as a range or a bound"))
            continue
        if not in_points and before["value"] <= 0:
            left_out.append((name, f"not above zero in {first_year}"))
            continue
        difference = after["value"] - before["value"]
        kept.append(
            {
                **after.to_dict(),
                "place_id": place_id,
                "value": difference if in_points else 100 * difference / before["value"],
                "value_low": None,
                "value_high": None,
                "qualifier": "exact" if qualifiers == {"exact"} else "approximate",
                "first_year": first_year,
                "first_value": before["value"],
                "last_value": after["value"],
            }
        )
    columns = [*rows.columns, "first_year", "first_value", "last_value"]
    table = pd.DataFrame(kept, columns=columns).astype({"value": "float64"})
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
