"""The table view: a row for each place, with what is newest and a small line of all years."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.catalogue import Indicator
from dashboard.charts.formats import quantity
from dashboard.charts.sparkline import sparkline_address
from dashboard.transforms import rank


def overview(
    rows: pd.DataFrame, indicator: Indicator, year: int | None, colour: str
) -> pd.DataFrame:
    """One row per place: value and rank of a year or of its newest one, and all its years.

    Args:
        rows: one row per place and year.
        indicator: unit and decimals.
        year: the year to show; None takes the newest of each place, which may differ, and then no
            ranks are given, because ranks of different years do not compare.
        colour: of the small lines.

    Returns:
        place, year, value (number), written (with unit and doubt), rank, first (first year), change
        (last value less first, in the unit), line (address of an image, broken where a year is
        missing).
    """
    lines = []
    ranks = {}
    if year is not None:
        ranked = rank(rows[rows["year"] == year])
        ranks = dict(zip(ranked["place_id"], ranked["rank"], strict=True))
    for place_id, group in rows.groupby("place_id", sort=False):
        chosen = group.tail(1) if year is None else group[group["year"] == year]
        row = next(chosen.itertuples(), None)
        lines.append(
            {
                "place": group["place_name"].iloc[0],
                "year": None if row is None else int(row.year),
                "value": None if row is None else row.value,
                "written": "no value"
                if row is None
                else quantity(row.value, indicator, row.qualifier, row.value_high),
                "rank": ranks.get(place_id),
                "first": int(group["year"].iloc[0]),
                "change": group["value"].iloc[-1] - group["value"].iloc[0]
                if len(group) > 1
                else None,
                "line": sparkline_address(group, colour),
            }
        )
    table = pd.DataFrame(lines).astype({"year": "Int64", "rank": "Int64"})
    return table.sort_values("value", ascending=False, na_position="last").reset_index(drop=True)


def draw(table: pd.DataFrame, indicator: Indicator) -> None:
    """The overview as a table that a reader can sort and search."""
    shown = table[["place", "written", "year", "rank", "line", "first", "change", "value"]]
    if shown["rank"].isna().all():
        shown = shown.drop(columns="rank")
    st.dataframe(
        shown,
        hide_index=True,
        width="stretch",
        column_config={
            "place": st.column_config.TextColumn("Place", pinned=True),
            "written": "Value",
            "year": st.column_config.NumberColumn("Year", format="%d"),
            "rank": st.column_config.NumberColumn("Rank", format="%d"),
            "line": st.column_config.ImageColumn("All years"),
            "first": st.column_config.NumberColumn("Since", format="%d"),
            "change": st.column_config.NumberColumn(
                f"Change since, in {indicator.unit}", format="localized"
            ),
            "value": st.column_config.NumberColumn("As a number", format="localized"),
        },
    )
