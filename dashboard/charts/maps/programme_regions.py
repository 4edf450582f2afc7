"""Regions that programmes chose: colour by industry type, shape by programme or stage."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import formats
from dashboard.charts.maps.gathered import COUNT_SIZE, Group, groups
from dashboard.charts.maps.geometry import NOTHING, Focus, Trace, mark
from dashboard.charts.maps.views import View
from dashboard.charts.theme import GROUP_SYMBOLS, SANS, Theme

SIZES = (9.0, 26.0)
OTHER_GROUP = "other programmes"
RANK = 500


def programme_regions_layer(
    regions: pd.DataFrame,
    look: Theme,
    view: View,
    *,
    amount_name: str | None = None,
    focus: Focus = NOTHING,
) -> list[Trace]:
    """Markers of programme regions, those that share a spot as one with a count.

    Args:
        regions: one row per region: place_id, name, lat, lon, industry_type, `group` (programme or
            stage in words, which gives the shape) and, to be sized, `amount` (missing where there
            is none) with `amount_text`.
        look: colours of the mode.
        view: the part of the world shown.
        amount_name: what markers are sized by; None draws single ones alike.
        focus: regions emphasised.

    Returns:
        A trace of markers, and marks of the legend for each group and type. `customdata` is the
        place, or the places of a gathered marker with semicolons between them.
    """
    gathered = list(groups(regions, view))
    if not gathered:
        return []
    families = list(dict.fromkeys(regions["group"]))
    symbols = dict(zip(families, GROUP_SYMBOLS, strict=False))
    ids = [";".join(group.rows["place_id"]) for group in gathered]
    types = [group.shared("industry_type", "") for group in gathered]
    largest = float(regions["amount"].max()) if amount_name else 0.0
    markers = go.Scattergeo(
        lat=[group.lat for group in gathered],
        lon=[group.lon for group in gathered],
        customdata=ids,
        text=[group.label for group in gathered],
        hovertext=[_hover(group, amount_name) for group in gathered],
        hovertemplate="%{hovertext}<extra></extra>",
        mode="markers+text",
        textfont={"family": SANS, "size": COUNT_SIZE, "color": look.card, "weight": 600},
        textposition="middle center",
        marker={
            "size": [_size(group, amount_name, largest) for group in gathered],
            "symbol": [
                "circle" if group.count > 1 else symbols.get(group.rows["group"].iloc[0], "circle")
                for group in gathered
            ],
            "color": [look.industry_types.get(kind, look.other) for kind in types],
            "line": {"color": look.card, "width": 1.2},
            "opacity": focus.opacities(ids),
        },
        showlegend=False,
        name="Programme regions",
        meta={
            "layer": "programme_regions",
            "count": sum(group.count for group in gathered),
            "given": len(regions),
        },
    )
    shown = pd.concat([group.rows for group in gathered])
    marks = [
        mark(
            "programme_regions",
            f"Programme region: {group}",
            symbol,
            look.muted,
            RANK + index,
            count=int((shown["group"] == group).sum()),
        )
        for index, (group, symbol) in enumerate(symbols.items())
        if (shown["group"] == group).any()
    ]
    rest = int((~shown["group"].isin(symbols)).sum())
    if rest:
        marks.append(
            mark(
                "programme_regions",
                f"Programme region: {OTHER_GROUP}",
                "circle",
                look.muted,
                RANK + 20,
                count=rest,
            )
        )
    marks += [
        mark(
            "programme_regions",
            f"Programme region, {formats.words(kind).lower()}",
            "circle",
            colour,
            RANK + 30 + index,
            count=int((shown["industry_type"] == kind).sum()),
        )
        for index, (kind, colour) in enumerate(look.industry_types.items())
        if (shown["industry_type"] == kind).any()
    ]
    if any(group.count > 1 and not kind for group, kind in zip(gathered, types, strict=True)):
        words = "Several programme regions, their number inside"
        marks.append(mark("programme_regions", words, "circle", look.other, RANK + 50))
    return [markers, *marks]


def _size(group: Group, amount_name: str | None, largest: float) -> float:
    if not amount_name or group.count > 1:
        return group.size
    small, large = SIZES
    amount = group.rows["amount"].iloc[0]
    if pd.isna(amount) or largest <= 0:
        return small
    return float(max(large * (max(amount, 0) / largest) ** 0.5, small))


def _hover(group: Group, amount_name: str | None) -> str:
    if group.count > 1:
        return f"<b>{group.count} programme regions</b><br>{group.names('name')}"
    [row] = group.rows.itertuples()
    kind = formats.words(row.industry_type) if isinstance(row.industry_type, str) else ""
    amount = f"<br>{amount_name}: {row.amount_text}" if amount_name else ""
    said = " · ".join(part for part in (row.group, kind) if part)
    return f"<b>{row.name}</b><br>{said}{amount}"
