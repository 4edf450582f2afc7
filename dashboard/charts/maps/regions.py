"""First-level regions: those a hub is made of, by owner, programme, industry type or a value."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator
from dashboard.charts import formats
from dashboard.charts.maps.geometry import DIMMED, NOTHING, Focus, Geometry, Trace, mark
from dashboard.charts.maps.measure import BAR_LETTERS, BAR_PIXELS
from dashboard.charts.theme import Theme

Shade = Literal["owner", "industry_type", "programme", "value"]
Held = Mapping[str, Sequence[Any]]

# What is shaded alike only marks a region; a colour that says something must be known again over
# the shade of the economy below.
OPACITY, SAYING_OPACITY = 0.42, 0.82
VALUE_OPACITY = 0.92
VALUE_AXIS = "coloraxis2"
OWNER, SEVERAL, NONE = "owner", "several", "none"
CLEAR = "rgba(0,0,0,0)"
RANK = 300


def held_by_region(places: pd.DataFrame, geometry: Geometry) -> dict[str, list[Any]]:
    """The places of each first-level region that can be drawn, as named tuples.

    Args:
        places: one row per place with `admin1_ids` (tuple).
        geometry: shapes of the regions; one that it lacks is passed over.
    """
    held: dict[str, list[Any]] = {}
    for place in places.itertuples():
        for region in place.admin1_ids:
            if region in geometry.region_ids:
                held.setdefault(region, []).append(place)
    return held


def hub_regions(
    hubs: pd.DataFrame,
    geometry: Geometry,
    look: Theme,
    *,
    shade: Shade = "owner",
    indicator: Indicator | None = None,
    programmes: Mapping[str, Collection[str]] | None = None,
    outlined: bool = False,
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
        programmes: names of the programmes that chose a region or hub in each first-level region,
            by its identifier; to be shaded by programme.
        outlined: draw only the outlines of regions that are shaded alike, for what is below or
            above them to be seen.
        focus: hubs whose regions are emphasised.

    Returns:
        One trace per colour, or one on the second colour axis for values; `customdata` is the hub.
    """
    owners = held_by_region(hubs, geometry)
    if not owners:
        return []
    if shade == "value":
        return _by_value(owners, geometry, look, indicator, focus)
    texts = {key: ", ".join(hub.name for hub in held) for key, held in owners.items()}
    labels = dict.fromkeys(owners, OWNER)
    colours: Mapping[str, str] = {OWNER: look.accent}
    if shade == "industry_type":
        labels = {key: held[0].industry_type for key, held in owners.items()}
        colours = look.industry_types
    elif shade == "programme":
        chosen = programmes or {}
        labels = {key: label_of(chosen.get(key, ())) for key in owners}
        colours = label_colours(labels.values(), look)
        texts = {key: _with_programmes(texts[key], chosen.get(key, ())) for key in owners}
    words = {
        label: _words_of_hub(label, shade) for label in dict.fromkeys(labels[key] for key in owners)
    }
    return areas(
        owners,
        labels,
        geometry,
        look,
        layer="regions",
        colours=colours,
        words=words,
        texts=texts,
        opens={key: held[0].place_id for key, held in owners.items()},
        template="<b>%{text}</b><br>region of the hub<extra></extra>",
        outlined=outlined and shade == "owner",
        rank=RANK,
        focus=focus,
    )


def _words_of_hub(label: str, shade: Shade) -> str:
    if label == OWNER:
        return "Region of a hub"
    if shade == "industry_type":
        return f"Region, {formats.words(label).lower()}"
    return {
        SEVERAL: "Region of a hub: several programmes",
        NONE: "Region of a hub: no programme in the atlas",
    }.get(label, f"Region of a hub: {label}")


def _with_programmes(hubs: str, programmes: Collection[str]) -> str:
    said = "<br>".join(programmes) if programmes else "no programme in the atlas"
    return f"{hubs}</b><br>{said}<b>"


def label_of(names: Collection[str]) -> str:
    """The one name there is, or a word for several and for none."""
    found = dict.fromkeys(names)
    return next(iter(found)) if len(found) == 1 else SEVERAL if found else NONE


def label_colours(labels: Collection[str], look: Theme) -> dict[str, str]:
    """A hue for each label, the frequent ones first; greys for several and for none."""
    counted = pd.Series(list(labels), dtype="object").value_counts(sort=True)
    named = [str(label) for label in counted.index if label not in (SEVERAL, NONE)]
    return {**look.group_colours(named), SEVERAL: look.other, NONE: look.no_value}


def areas(
    held: Held,
    labels: Mapping[str, str],
    geometry: Geometry,
    look: Theme,
    *,
    layer: str,
    colours: Mapping[str, str],
    words: Mapping[str, str],
    texts: Mapping[str, str],
    opens: Mapping[str, str],
    template: str,
    rank: int,
    focus: Focus,
    outlined: bool = False,
) -> list[Trace]:
    """First-level regions with a colour for each label, and an entry of the legend for each.

    Args:
        held: the places of each region.
        labels: what gives each region its colour.
        geometry: shapes of the regions.
        look: colours of the mode.
        layer: the layer they belong to.
        colours: of the labels; one without is neutral.
        words: of the labels that stand in the legend.
        texts: what the hover box of each region says.
        opens: what a click on each region opens.
        template: of the hover box.
        rank: place in the legend of the first label.
        focus: places whose regions are emphasised.
        outlined: draw outlines only.
    """
    traces: list[Trace] = []
    of_label: dict[str, list[str]] = {}
    for region, label in labels.items():
        of_label.setdefault(label, []).append(region)
    order = [label for label in colours if label in of_label]
    for index, label in enumerate([*order, *(key for key in of_label if key not in order)]):
        colour, name = colours.get(label, look.other), words.get(label, label)
        for part, is_dimmed in _parts(of_label[label], held, focus):
            opacity = 1 if outlined else OPACITY if label == OWNER else SAYING_OPACITY
            trace = _shapes(part, geometry, layer, opacity * (DIMMED if is_dimmed else 1))
            trace.update(
                _plain(len(part), CLEAR if outlined else colour),
                name=name,
                customdata=[opens[region] for region in part],
                text=[texts[region] for region in part],
                hovertemplate=template,
            )
            trace.marker.line = {"color": colour, "width": 1}
            traces.append(trace)
        if label in words:
            count = len(of_label[label])
            traces.append(
                mark(layer, name, "square", colour, rank + index, opacity=0.5, count=count)
            )
    return traces


def _parts(regions: Sequence[str], held: Held, focus: Focus) -> list[tuple[list[str], bool]]:
    """Regions out of focus and those in it: opacity is a whole trace's."""
    lit = {
        key: not focus.places.isdisjoint(place.place_id for place in held[key]) for key in regions
    }
    parts = [
        ([key for key in regions if focus and not lit[key]], True),
        ([key for key in regions if not focus or lit[key]], False),
    ]
    return [part for part in parts if part[0]]


def _plain(count: int, colour: str) -> dict[str, Any]:
    return {
        "z": np.zeros(count, dtype="int8"),
        "colorscale": [[0, colour], [1, colour]],
        "showscale": False,
    }


def _shapes(
    regions: Sequence[str], geometry: Geometry, layer: str, opacity: float
) -> go.Choropleth:
    return go.Choropleth(
        geojson=geometry.regions,
        locations=list(regions),
        marker={"opacity": opacity},
        showlegend=False,
        meta={"layer": layer, "count": len(regions)},
    )


def valued_areas(
    values: Mapping[str, float],
    held: Held,
    geometry: Geometry,
    look: Theme,
    *,
    layer: str,
    axis: str,
    name: str,
    texts: Mapping[str, str],
    opens: Mapping[str, str],
    focus: Focus,
) -> list[Trace]:
    """First-level regions shaded by a number each, on a colour axis of their own."""
    traces: list[Trace] = []
    for part, is_dimmed in _parts(list(values), held, focus):
        shaded = _shapes(part, geometry, layer, VALUE_OPACITY * (2 * DIMMED if is_dimmed else 1))
        shaded.update(
            z=[values[key] for key in part],
            coloraxis=axis,
            customdata=[opens[key] for key in part],
            text=[texts[key] for key in part],
            hovertemplate="%{text}<extra></extra>",
            name=name,
        )
        shaded.marker.line = {"color": look.accent, "width": 1.2}
        traces.append(shaded)
    return traces


def _by_value(
    owners: Held,
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
    rest = {region: held for region, held in owners.items() if region not in valued}
    opens = {region: held[0].place_id for region, held in owners.items()}
    without = areas(
        rest,
        dict.fromkeys(rest, NONE),
        geometry,
        look,
        layer="regions",
        colours={NONE: look.no_value},
        words={NONE: "Region without a value of its own"},
        texts={key: ", ".join(hub.name for hub in held) for key, held in rest.items()},
        opens=opens,
        template="<b>%{text}</b><br>region of the hub<extra></extra>",
        rank=RANK + 1,
        focus=focus,
    )
    return without + valued_areas(
        {key: float(hub.region_value) for key, hub in valued.items()},
        owners,
        geometry,
        look,
        layer="regions",
        axis=VALUE_AXIS,
        name=indicator.short_name if indicator else "Value of the hub",
        texts={
            key: f"<b>{hub.name}</b><br>{hub.region_text}<br>value of the hub"
            for key, hub in valued.items()
        },
        opens=opens,
        focus=focus,
    )


def region_scale(hubs: pd.DataFrame, indicator: Indicator, look: Theme) -> dict[str, Any]:
    """The colour axis of regions shaded by value: from zero or below to the largest value."""
    values = hubs["region_value"].dropna()
    low = min(0.0, float(values.min())) if len(values) else 0.0
    high = max(float(values.max()), low) if len(values) else 1.0
    return {
        "cmin": low,
        "cmax": high if high > low else low + 1.0,
        "colorscale": value_colours(look),
        "colorbar": value_bar(f"Regions: {indicator.short_name}", look, "right"),
    }


def value_colours(look: Theme) -> list[list[Any]]:
    """Colours of regions by value, from low to high.

    The second indicator's hue, because the economies below may be shaded in the first's.
    """
    return [[part / 2, look.bivariate[3 * part]] for part in range(3)]


def value_bar(title: str, look: Theme, side: Literal["left", "right"]) -> dict[str, Any]:
    """A colour bar over the lower edge of the map, above that of the economies."""
    return {
        "title": {
            "text": "<br>".join(textwrap.wrap(title, BAR_LETTERS)),
            "side": "top",
            "font": {"size": 12, "color": look.muted},
        },
        "orientation": "h",
        "x": 1 if side == "right" else 0,
        "xanchor": side,
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
    }
