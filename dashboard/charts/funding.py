"""Public money of programmes in the years it is stated for; totals of several years have no bar."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import formats
from dashboard.charts.captioned import Bar, Panel, captioned_bars, unit_of, whole
from dashboard.charts.theme import Theme

YEARLY = ("fiscal_year", "calendar_year")


def yearly(rows: pd.DataFrame) -> pd.DataFrame:
    """The amounts that belong to one year, of rows of the table `programme_funding`."""
    is_money = rows["currency"] != ""
    return rows[rows["period_type"].isin(YEARLY) & rows["year"].notna() & is_money]


def funding(rows: pd.DataFrame, look: Theme) -> go.Figure:
    """A bar for each amount of a year, by programme, in one currency a panel.

    Args:
        rows: rows of `programme_funding` that belong to one year, at least one; with `programme`
            (its name) and `words` (period and what the amount is). Amounts in millions.
        look: colours of the mode.

    Returns:
        A trace for each panel; amounts that are not exact are hatched.
    """
    panels = []
    for currency, part in rows.groupby("currency", sort=False):
        groups = []
        for programme, own in part.groupby("programme", sort=False):
            bars = [
                Bar(
                    f"{row['words']}: {_amount(row)}",
                    float(row["amount"]) * 1e6,
                    "Amount of a year",
                    look.accent,
                    is_exact=row["qualifier"] == "exact",
                )
                for row in own.sort_values("year", kind="stable").to_dict("records")
            ]
            groups.append((str(programme), bars))
        panels.append(Panel(unit_of("amount of the year", str(currency)), groups))
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


def _amount(row: dict[str, Any]) -> str:
    return whole(formats.money(row["amount"], row["currency"], row["qualifier"]))
