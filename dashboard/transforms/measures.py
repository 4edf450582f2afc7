"""Values derived from observed values; nothing is filled in."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.catalogue.model import Indicator


class NoBaseYearError(ValueError):
    """No place has a usable value in the year that the index should start from."""


def index_to_base(rows: pd.DataFrame, base_year: int) -> tuple[pd.DataFrame, list[str]]:
    """Each place's values as an index, its value in the base year being 100.

    Args:
        rows: one row per place and year; `value` in any unit, with `value_low`, `value_high`.
        base_year: the year that becomes 100.

    Returns:
        The rows of the places that have a positive value in the base year, `value` and its range
        as index numbers and the value as the source has it in `observed`; and the identifiers of
        the places left out because they have none.

    Raises:
        NoBaseYearError: if no place has a positive value in the base year.
    """
    base = rows[(rows["year"] == base_year) & (rows["value"] > 0)].set_index("place_id")["value"]
    if base.empty:
        raise NoBaseYearError(f"No place shown has a value above zero in {base_year}.")
    left_out = [key for key in dict.fromkeys(rows["place_id"]) if key not in base.index]
    kept = rows[rows["place_id"].isin(base.index)].assign(observed=lambda table: table["value"])
    divisor = kept["place_id"].map(base)
    for column in ("value", "value_low", "value_high"):
        kept[column] = kept[column] / divisor * 100
    return kept.reset_index(drop=True), left_out


def as_index(indicator: Indicator, base_year: int) -> Indicator:
    """The indicator as `index_to_base` leaves it: without unit, 100 in the base year.

    Whether more is better is no longer said: an index of losses is no place in a ranking.
    """
    return replace(
        indicator,
        unit=f"index, {base_year} = 100",
        unit_symbol="",
        decimals=1,
        aggregation="index",
        better="neutral",
    )


def rank(rows: pd.DataFrame, *, lowest_first: bool = False) -> pd.DataFrame:
    """Rows of one year in order of value, with `rank` from 1; equal values share a rank.

    Args:
        rows: one row per place; a missing value has no rank and stands last.
        lowest_first: for values that are places in a ranking themselves; else the highest is 1.
    """
    ranks = rows["value"].rank(method="min", ascending=lowest_first).astype("Int64")
    ordered = rows.assign(rank=ranks)
    return ordered.sort_values(["rank", "place_name"], na_position="last").reset_index(drop=True)
