"""Public money of programmes in the years it is stated for; totals of several years have no bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator
from dashboard.catalogue.programme_amounts import YEARLY
from dashboard.charts import formats
from dashboard.charts.captioned import Bar, Panel, captioned_bars, unit_of, whole
from dashboard.charts.theme import Theme


def yearly(rows: pd.DataFrame) -> pd.DataFrame:
    """The amounts that belong to one year, of rows of the table `programme_funding`."""
    is_money = rows["currency"] != ""
    return rows[rows["period_type"].isin(YEARLY) & rows["year"].notna() & is_money]


def funding(
    rows: pd.DataFrame, look: Theme, units: Mapping[str, Indicator] | None = None
) -> go.Figure:
    """A bar for each amount, by programme, in one unit a panel; nothing is added up.

    Args:
        rows: rows of `programme_funding`, at least one; with `programme` (its name, or another
            heading) and `words` (period and what the amount is). Amounts in millions of
            `currency`; or `value` in the unit of `unit_symbol`, as
            `transforms.programme_amounts.read_amounts` returns them. With `is_rival`, rows where
            it is True are hollow: another figure for what stands beside it.
        look: colours of the mode.
        units: the unit of each `unit_symbol`; None draws the amounts as printed.

    Returns:
        A trace for each panel and kind of bar; amounts that are not exact are hatched.
    """
    if units is None:
        symbols = {code: unit_of("amount of the year", code) for code in set(rows["currency"])}
        rows = rows.assign(value=rows["amount"] * 1e6, unit_symbol=rows["currency"])
    else:
        symbols = dict(units)
    if "is_rival" not in rows:
        rows = rows.assign(is_rival=False)
    panels = []
    for symbol, part in rows.groupby("unit_symbol", sort=False):
        unit = symbols[str(symbol)]
        groups = []
        for programme, own in part.groupby("programme", sort=False):
            bars = [
                Bar(
                    f"{row['words']}: {_amount(row, unit if units else None)}",
                    float(row["value"]),
                    "Another figure" if row["is_rival"] else "Figure",
                    look.accent,
                    is_exact=row["qualifier"] == "exact",
                    is_hollow=row["is_rival"],
                )
                for row in own.sort_values("year", kind="stable").to_dict("records")
            ]
            groups.append((str(programme), bars))
        panels.append(Panel(unit, groups))
    return captioned_bars(panels, look)


def describe_funding(rows: pd.DataFrame, economy: str) -> str:
    """The figure in a sentence: how many amounts, of which years, and the largest."""
    largest = rows.loc[rows["amount"].idxmax()]
    amount = formats.money(largest["amount"], largest["currency"], largest["qualifier"])
    span = formats.years(int(rows["year"].min()), int(rows["year"].max()))
    return (
        f"Public money of {rows['programme'].nunique()} cluster programmes of {economy}, "
        f"{len(rows)} amounts of single years, {span}; the largest is {amount} "
        f"({largest['programme']}, {largest['words']})."
    )


def _amount(row: dict[str, Any], unit: Indicator | None) -> str:
    if unit is None:
        return whole(formats.money(row["amount"], row["currency"], row["qualifier"]))
    return whole(formats.quantity(row["value"], unit, row["qualifier"]))
