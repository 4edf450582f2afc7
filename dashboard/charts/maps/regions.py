"""First-level regions: those a hub is made of, by owner, by industry type or by a value."""

from __future__ import annotations

import textwrap
from typing import Any, Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator
from dashboard.charts import formats
from dashboard.charts.maps.economies import BAR_LETTERS, BAR_PIXELS
from dashboard.charts.maps.geometry import DIMMED, NOTHING, Focus, Geometry, Trace, mark
from dashboard.charts.theme import Theme

Shade = Literal["owner", "industry_type", "value"]

OPACITY = 0.42
VALUE_OPACITY = 0.92
VALUE_AXIS = "coloraxis2"
RANK = 300


def hub_regions(
    hubs: pd.DataFrame,
    geometry: Geometry,
    look: Theme,
    *,
    shade: Shade = "owner",
    indicator: Indicator | None = None,
    focus: Focus = NOTHING,
) -> list[Trace]:
    """The regions that hubs are made of, as shapes over the economies.

    Args:
        hubs: one row per hub: place_id, name, industry_type, admin1_ids (tuple); to be shaded by
            value, `region_value` and `region_text` (value with unit and year) too. A region that
            several hubs lie in names all of them and opens the first.
        geometry: shapes of the regions; a region that it lacks is not drawn.
        look: colours of the mode.
        shade: what the colour says.
        indicator: of `region_value`, for the scale.
        focus: hubs whose regions are emphasised.

    Returns:
        One trace per colour, or one on the second colour axis for values; `customdata` is the hub.
    """
    owners: dict[str, list[Any]] = {}
    for hub in hubs.itertuples():
        for region in hub.admin1_ids:
            if region in geometry.region_ids:
                owners.setdefault(region, []).append(hub)
    if not owners:
        return []
    if shade == "value":
        return _by_value(owners, geometry, look, indicator, focus)
    groups: dict[str, list[str]] = {}
    for region, held in owners.items():
        group = held[0].industry_type if shade == "industry_type" else "owner"
        groups.setdefault(group, []).append(region)
    traces: list[Trace] = []
    for group, regions in groups.items():
        colour = look.industry_types.get(group, look.accent)
        words = f"Region, {formats.words(group).lower()}" if group != "owner" else "Region of a hub"
        for part, is_dimmed in _parts(regions, owners, focus):
            trace = _shapes(part, owners, geometry, OPACITY * (DIMMED if is_dimmed else 1))
            trace.update(_plain(len(part), colour), name=words)
            trace.marker.line = {"color": colour, "width": 1}
            traces.append(trace)
        traces.append(
            mark("regions", words, "square", colour, RANK, opacity=0.5, count=len(regions))
        )
    return traces


def _parts(
    regions: list[str], owners: dict[str, list[Any]], focus: Focus
) -> list[tuple[list[str], bool]]:
    """Regions out of focus and those in it: opacity is a whole trace's."""
    held = {
        key: not focus.places.isdisjoint(hub.place_id for hub in owners[key]) for key in regions
    }
    parts = [
        ([key for key in regions if focus and not held[key]], True),
        ([key for key in regions if not focus or held[key]], False),
    ]
    return [part for part in parts if part[0]]


def _plain(count: int, colour: str) -> dict[str, Any]:
    return {
        "z": np.zeros(count, dtype="int8"),
        "colorscale": [[0, colour], [1, colour]],
        "showscale": False,
    }


def _shapes(
    regions: list[str], owners: dict[str, list[Any]], geometry: Geometry, opacity: float
) -> go.Choropleth:
    return go.Choropleth(
        geojson=geometry.regions,
        locations=regions,
        customdata=[owners[region][0].place_id for region in regions],
        text=[", ".join(hub.name for hub in owners[region]) for region in regions],
        hovertemplate="<b>%{text}</b><br>region of the hub<extra></extra>",
        marker={"opacity": opacity},
        showlegend=False,
        meta={"layer": "regions", "count": len(regions)},
    )


def _by_value(
    owners: dict[str, list[Any]],
    geometry: Geometry,
    look: Theme,
    indicator: Indicator | None,
    focus: Focus,
) -> list[Trace]:
    """Regions of hubs with a value, on a colour axis of their own.

    A region that several hubs with values lie in would have to show one of them: it is left as
    the region of its hubs, without a shade.
    """
    valued = {
        region: held[0]
        for region, held in owners.items()
        if len([hub for hub in held if pd.notna(hub.region_value)]) == 1 and len(held) == 1
    }
    rest = [region for region in owners if region not in valued]
    traces: list[Trace] = []
    if rest:
        for part, is_dimmed in _parts(rest, owners, focus):
            plain = _shapes(part, owners, geometry, OPACITY * (DIMMED if is_dimmed else 1))
            plain.update(_plain(len(part), look.no_value), name="Region without a value")
            plain.marker.line = {"color": look.muted, "width": 1}
            traces.append(plain)
        traces.append(
            mark(
                "regions",
                "Region without a value of its own",
                "square",
                look.no_value,
                RANK + 1,
                line=look.muted,
                count=len(rest),
            )
        )
    for part, is_dimmed in _parts(list(valued), owners, focus):
        opacity = VALUE_OPACITY * (2 * DIMMED if is_dimmed else 1)
        shaded = _shapes(part, owners, geometry, opacity)
        shaded.update(
            z=[float(valued[key].region_value) for key in part],
            coloraxis=VALUE_AXIS,
            text=[f"<b>{valued[key].name}</b><br>{valued[key].region_text}" for key in part],
            hovertemplate="%{text}<br>value of the hub<extra></extra>",
            name=indicator.short_name if indicator else "Value of the hub",
        )
        shaded.marker.line = {"color": look.accent, "width": 1.2}
        traces.append(shaded)
    return traces


def region_scale(hubs: pd.DataFrame, indicator: Indicator, look: Theme) -> dict[str, Any]:
    """The colour axis of regions shaded by value: from zero or below to the largest value."""
    values = hubs["region_value"].dropna()
    low = min(0.0, float(values.min())) if len(values) else 0.0
    high = max(float(values.max()), low) if len(values) else 1.0
    return {
        "cmin": low,
        "cmax": high if high > low else low + 1.0,
        # The second indicator's hue, because the economies below may be shaded in the first's.
        "colorscale": [[part / 2, look.bivariate[3 * part]] for part in range(3)],
        "colorbar": {
            "title": {
                "text": "<br>".join(textwrap.wrap(f"Regions: {indicator.short_name}", BAR_LETTERS)),
                "side": "top",
                "font": {"size": 12, "color": look.muted},
            },
            "orientation": "h",
            # Above the other bar, over the lower edge of the map.
            "x": 1,
            "xanchor": "right",
            "y": 0,
            "yanchor": "bottom",
            "xpad": 18,
            "ypad": 4,
            "lenmode": "pixels",
            "len": BAR_PIXELS,
            "thickness": 10,
            "bgcolor": look.card,
            "outlinewidth": 0,
            "nticks": 4,
            "tickfont": {"size": 12, "color": look.ink},
        },
    }
