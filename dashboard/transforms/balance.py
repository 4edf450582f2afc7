"""The same places in every year: what statistics over time are worked out on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.naming import runs
from dashboard.transforms.factors import is_firm
from dashboard.transforms.years import ENOUGH


@dataclass(frozen=True, eq=False)
class Balanced:
    """Places with a value in every year compared, and those without.

    Attributes:
        values: values by year (rows, in order) and `place_id` (columns); no cell is empty.
        names: names of the places, in the order of the columns.
        left_out: name of a place and why it is not among them.
    """

    values: pd.DataFrame
    names: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def balanced(
    rows: pd.DataFrame, years: Sequence[int] | None = None, *, above_zero: bool = False
) -> Balanced:
    """The values of the places that have one in every year compared.

    A statistic over changing places says who reported, not what happened; so a place with a gap
    is left out of all years, by name.

    Args:
        rows: one row per place and year; bounds and ranges count as gaps.
        years: the years compared; if None those in which at least four fifths as many places have
            a value as in the best year.
        above_zero: leave out places with a value that is not above zero, of which there is no
            logarithm.
    """
    names = dict(zip(rows["place_id"], rows["place_name"], strict=True))
    firm = rows[is_firm(rows) & rows["value"].notna()]
    if years is None:
        counts = firm.groupby("year")["place_id"].nunique()
        years = [int(year) for year in counts.index[counts >= ENOUGH * counts.max()]]
    years = sorted(years)
    wide = firm.pivot(index="year", columns="place_id", values="value").reindex(years)
    kept, left_out = [], []
    for place_id, name in names.items():
        values = wide[place_id] if place_id in wide else pd.Series(float("nan"), index=years)
        missing = [int(year) for year in values.index[values.isna()]]
        low = [int(year) for year in values.index[values <= 0]] if above_zero else []
        if missing:
            left_out.append((name, f"no figure for {runs(missing)}"))
        elif low:
            left_out.append((name, f"not above zero in {runs(low)}"))
        else:
            kept.append(place_id)
    return Balanced(wide[kept], tuple(names[key] for key in kept), tuple(left_out))
