"""The largest manufacturing sectors of an economy: employment beside value added."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import formats
from dashboard.charts.captioned import Bar, Panel, captioned_bars, unit_of, whole
from dashboard.charts.theme import Theme

SHARES = {"value_added_share": "Value added", "employment_share": "Employment"}


def sectors(rows: pd.DataFrame, types: Mapping[str, str], look: Theme) -> go.Figure:
    """Two bars for each sector, the largest by value added on top.

    Args:
        rows: rows of the table `manufacturing_sectors` of one economy; shares in per cent of
            manufacturing. A share that is missing has no bar.
        types: industry type of each industry, in words; empty where it has none.
        look: colours of the mode.

    Returns:
        A trace for each of the two shares.
    """
    colours = dict(zip(SHARES, (look.accent, look.warm), strict=True))
    groups = []
    for row in rows.sort_values("rank").to_dict("records"):
        kind = types.get(row["industry"], "")
        bars = [
            Bar(f"{name}: {_share(row[column])}", float(row[column]), name, colours[column])
            for column, name in SHARES.items()
            if pd.notna(row[column])
        ]
        heading = f"{row['rank']}. {row['sector']}" + (f" · {kind.lower()}" if kind else "")
        groups.append((heading, bars))
    return captioned_bars([Panel(unit_of("share of all manufacturing", "%"), groups)], look)


def sectors_beside(rows: pd.DataFrame, look: Theme) -> go.Figure:
    """Two bars for each sector of several economies, those of one economy together.

    Args:
        rows: as `sme_facts.largest_sectors` returns them; at least one.
        look: colours of the mode.

    Returns:
        A trace for each of the two shares.
    """
    colours = dict(zip(SHARES, (look.accent, look.warm), strict=True))
    groups = []
    for name, own in rows.groupby("place_name", sort=False):
        bars = []
        for row in own.to_dict("records"):
            kind = formats.words(row["industry_type"]).lower() or "no type"
            before = f"{row['rank']}. {row['sector']} ({kind}), "
            for column, thing in SHARES.items():
                if pd.notna(row[column]):
                    words = f"{before}{thing.lower() if before else thing}"
                    share = whole(_share(row[column]))
                    bars.append(
                        Bar(f"{words}: {share}", float(row[column]), thing, colours[column])
                    )
                    before = ""
        groups.append((str(name), bars))
    return captioned_bars([Panel(unit_of("share of all manufacturing", "%"), groups)], look)


def describe_sectors(rows: pd.DataFrame, economy: str) -> str:
    """The figure in a sentence: each sector with its two shares."""
    parts = []
    for row in rows.sort_values("rank").to_dict("records"):
        shares = [
            f"{_share(row[column])} of {name.lower()}"
            for column, name in SHARES.items()
            if pd.notna(row[column])
        ]
        parts.append(f"{row['sector']}, {' and '.join(shares)}")
    return f"Largest manufacturing sectors of {economy}: {'; '.join(parts)}."


def _share(value: float) -> str:
    return f"{formats.number(value, 1)} %"
