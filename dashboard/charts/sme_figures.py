"""Shares of small firms as bars in groups: of one economy, of the papers, of rival sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator
from dashboard.charts import formats
from dashboard.charts.captioned import Bar, Panel, captioned_bars, unit_of, whole
from dashboard.charts.theme import Theme

MOST_DECIMALS = 4


def grouped_bars(
    rows: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    look: Theme,
    kinds: Sequence[str] = (),
) -> go.Figure | None:
    """A bar for each figure, under a heading for each group, in a panel for each unit.

    Args:
        rows: `heading` (the group), `label` (what the figure is), `kind` (what it has in common
            with others of one colour), `indicator_id`, `value`, `value_high`, `qualifier`; groups
            and figures in their order.
        indicators: unit and decimals of each indicator.
        look: colours of the mode.
        kinds: the kinds in the order of their colours; without them that of the rows.

    Returns:
        A trace for each kind in each panel: bars from zero, hatched where not exact, with a whisker
        to the upper end of a range. None without rows.
    """
    if rows.empty:
        return None
    palette = (look.accent, look.warm, look.muted)
    kinds = kinds or list(dict.fromkeys(rows["kind"]))
    colours = {kind: palette[min(at, len(palette) - 1)] for at, kind in enumerate(kinds)}
    units = [indicators[key].unit_symbol for key in rows["indicator_id"]]
    panels = []
    for symbol, part in rows.groupby(units, sort=False):
        groups = [
            (str(heading), [_bar(row, indicators, colours) for row in group.to_dict("records")])
            for heading, group in part.groupby("heading", sort=False)
        ]
        unit = (
            unit_of("share of small and medium firms", "%") if symbol == "%" else unit_of("number")
        )
        panels.append(Panel(unit, groups))
    return captioned_bars(panels, look)


def as_printed(row: Any, indicator: Indicator) -> str:
    """A figure with unit and doubt, and with all the digits that its source prints.

    Args:
        row: `value`, `value_high` and `qualifier`.
        indicator: unit; more decimals than it has are kept, for figures that differ in them.
    """
    high = float(row["value_high"]) if pd.notna(row["value_high"]) else None
    _, _, after = repr(float(row["value"])).partition(".")
    digits = len(after.rstrip("0"))
    exact = replace(indicator, decimals=max(indicator.decimals, min(digits, MOST_DECIMALS)))
    return formats.quantity(float(row["value"]), exact, row["qualifier"], high)


def _bar(row: dict, indicators: Mapping[str, Indicator], colours: Mapping[str, str]) -> Bar:
    unit = indicators[row["indicator_id"]]
    high = float(row["value_high"]) if pd.notna(row["value_high"]) else None
    return Bar(
        words=f"{row['label']}: {whole(as_printed(row, unit))}",
        value=float(row["value"]),
        kind=row["kind"],
        colour=colours[row["kind"]],
        is_exact=row["qualifier"] == "exact",
        high=high,
    )


def describe_groups(rows: pd.DataFrame, indicators: Mapping[str, Indicator], subject: str) -> str:
    """The figure in a sentence: each group with its figures.

    Args:
        rows: as for `grouped_bars`.
        indicators: unit and decimals of each indicator.
        subject: what is shown, for the beginning.
    """
    parts = []
    for heading, group in rows.groupby("heading", sort=False):
        figures = [
            f"{row['label']} {as_printed(row, indicators[row['indicator_id']])}"
            for row in group.to_dict("records")
        ]
        parts.append(f"{heading}: {', '.join(figures)}" if heading else ", ".join(figures))
    return f"{subject}: {'; '.join(parts)}."
