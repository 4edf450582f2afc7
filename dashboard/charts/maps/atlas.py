"""The map put together: economies under regions, ties, fabs and hubs, with years as frames.

Shapes are named by address (or given inline for pictures made on a server) and stand in the base
traces only; a frame carries values, so a year step moves in the browser without a round trip.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts.maps.bivariate import BivariateEconomies
from dashboard.charts.maps.borders import disputed_borders
from dashboard.charts.maps.circles import CircledEconomies, circle_keys
from dashboard.charts.maps.economies import (
    SMALL_MARKER,
    SMALL_WAYS,
    EconomyLayer,
    ShadedEconomies,
    land,
    small_economies,
    small_positions,
    veil,
)
from dashboard.charts.maps.fabs import fabs_layer
from dashboard.charts.maps.gathered import Group, groups_apart
from dashboard.charts.maps.geometry import NOTHING, Focus, Geometry, Trace
from dashboard.charts.maps.keys import nested_circles, nine_colours
from dashboard.charts.maps.labels import Label
from dashboard.charts.maps.measure import Measure, class_words
from dashboard.charts.maps.places import LEAST_PIXELS, places_layer
from dashboard.charts.maps.programme_regions import (
    AMOUNT_AXIS,
    By,
    amount_scale,
    programme_areas,
    programme_regions_layer,
)
from dashboard.charts.maps.regions import VALUE_AXIS, Shade, hub_regions, region_scale
from dashboard.charts.maps.ties import ties_layer
from dashboard.charts.maps.views import VIEWS, Position, View
from dashboard.charts.maps.world_regions import world_regions_layer
from dashboard.charts.pieces import Parts
from dashboard.charts.theme import Theme, template

Gathered = Mapping[str, Sequence[Group]]

BAR_ROOM = 50  # under the map, for the colour bar
GROUP_PIXELS = 32.0  # between a hub and a marker of fabs or programme regions, as between these


@dataclass(frozen=True, eq=False)
class Layers:
    """What lies above the economies; a layer that is None is not drawn.

    Each table is described at its layer: `places` at `places_layer`, `ties` at `ties_layer`,
    `programme_regions`, `fabs` and `world_regions` at theirs. `regions` draws the first-level
    regions of the hubs among the places, shaded as `region_shade` says; `region_indicator` is what
    they are shaded by when that is a value, `region_programmes` the programmes of each first-level
    region when that is the programme. `programme_by` gives programme regions and their areas their
    colour. `size_name`, `amount_name` and `value_name` are what
    hubs, programme regions and world regions are sized by. `places_given` is how many places of
    each kind there are before filters. `region_places` are the hubs whose regions are drawn; None
    draws those of `places`.
    """

    places: pd.DataFrame | None = None
    ties: pd.DataFrame | None = None
    regions: bool = True
    region_places: pd.DataFrame | None = None
    region_shade: Shade = "owner"
    region_indicator: Indicator | None = None
    region_programmes: Mapping[str, Collection[str]] = field(default_factory=dict)
    programme_regions: pd.DataFrame | None = None
    programme_by: By = "programme"
    fabs: pd.DataFrame | None = None
    fab_colour: str = "economy"
    fab_colour_names: dict[str, str] = field(default_factory=dict)
    world_regions: pd.DataFrame | None = None
    borders: bool = True
    size_name: str | None = None
    amount_name: str | None = None
    value_name: str = ""
    places_given: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Above:
    """What lies above the economies, drawn; the same for each indicator and year.

    `shown_at` holds the positions of markers that make way for others, among them those of
    economies.
    """

    layers: Layers
    traces: list[Trace]
    shown_at: dict[str, Position]


def window_of(view: str | View) -> View:
    """A view by its name, or the view itself."""
    return view if isinstance(view, View) else VIEWS[view]


def above_parts(
    economies: Mapping[str, Place],
    geometry: Geometry,
    look: Theme,
    *,
    view: str | View = "belt",
    layers: Layers | None = None,
    focus: Focus = NOTHING,
) -> Above:
    """Everything above the economies; arguments as for `atlas_parts`."""
    window = window_of(view)
    above = layers or Layers()
    gathered = _gathered(above, window)
    shown_at = positions_shown(economies, above, window, gathered)
    traces = _above(above, geometry, look, window, focus, shown_at, economies, gathered)
    return Above(above, traces, shown_at)


def atlas_map(
    economies: Mapping[str, Place], geometry: Geometry, look: Theme, **choices: Any
) -> go.Figure:
    """The parts of `atlas_parts` put together, each of them checked by Plotly."""
    return atlas_parts(economies, geometry, look, **choices).figure()


def atlas_parts(
    economies: Mapping[str, Place],
    geometry: Geometry,
    look: Theme,
    *,
    view: str | View = "belt",
    year: int | None = None,
    measure: Measure | None = None,
    second: Measure | None = None,
    layers: Layers | None = None,
    focus: Focus = NOTHING,
    above: Above | None = None,
) -> Parts:
    """Economies shaded or circled by one or two indicators, with everything else above.

    A share or rate shades the economies, a level is circles whose area is proportional to the
    value. Two shares are nine colours; a share and a level are shades and circles; of two levels
    the first is drawn.

    Args:
        economies: the economies shown, by identifier, with positions; those without a value too.
        geometry: shapes of economies and regions.
        look: colours of the mode.
        view: one of VIEWS, or a part of the world of the caller's own.
        year: the year shown first; the newest when left out.
        measure: what economies are shaded or circled by; None leaves them land.
        second: the other indicator.
        layers: what lies above.
        focus: places and ties to emphasise; everything else is dimmed.
        above: the layers already drawn, as `above_parts` returns them for the same arguments.

    Returns:
        A figure with one frame per year and no height of its own: it fills the room it is given.
        It has no slider: the chart element of the page has a time bar, which moves the years.
        Its legend is hidden, for a page to write it in text (`legend_entries`); pictures show it.
        Every trace names its layer in `meta`; `customdata` of every clickable point and shape is
        what to open: a place, places with semicolons between them, or `fab:` or `tie:` with
        identifiers. `layout.meta` holds what a page needs for controls of its own.
    """
    window = window_of(view)
    above = above or above_parts(economies, geometry, look, view=view, layers=layers, focus=focus)
    shown_at = above.shown_at
    drawn = _economy_layers(economies, geometry, look, measure, second, focus, shown_at)
    is_shaded = any(not isinstance(layer, CircledEconomies) for layer in drawn)
    years = _years(drawn)
    year = year if year in years or not years else years[-1]
    shapes, circles = _split(drawn)
    # A Scattergeo has to come first: a Choropleth always has a locationmode, and plotly.js then
    # fetches its own base map from the network.
    traces: list[Trace] = [_first(look)]
    traces += land(economies, geometry, look, is_shaded=is_shaded, shown_at=shown_at)
    for layer in shapes:
        traces += layer.traces(year or 0)
    traces += veil(geometry, look, focus)
    traces += above.traces
    # Circles lie above the hubs, half transparent: below them the small ones would be hidden.
    for layer in circles:
        traces += layer.traces(year or 0)
    moving = [index for index, trace in enumerate(traces) if (trace.meta or {}).get("moves")]
    types = [traces[index].type for index in moving]
    frames = []
    for item in years:
        changes = [change for layer in (*shapes, *circles) for change in layer.changes(item)]
        data = [{"type": kind, **change} for kind, change in zip(types, changes, strict=True)]
        frames.append({"name": str(item), "data": data, "traces": moving})
    keys, meta = _keys(drawn, look)
    layout = {
        **_layout(window, look),
        "geo": window.geo(look.sea),
        "shapes": keys[0],
        "annotations": keys[1],
        "meta": {**meta, "layers": _layer_counts(traces)},
        **_scales(drawn, above.layers, look),
    }
    return Parts(traces, layout, frames)


def two_years_parts(
    economies: Mapping[str, Place],
    geometry: Geometry,
    look: Theme,
    measure: Measure,
    years: tuple[int, int],
    *,
    view: str = "belt",
    stacked: bool = False,
    layers: Layers | None = None,
    focus: Focus = NOTHING,
) -> Parts:
    """Two years of one indicator beside each other, on the same scale, without a slider.

    Args:
        economies: as for `atlas_map`.
        geometry: as for `atlas_map`.
        look: as for `atlas_map`.
        measure: what economies are shaded or circled by.
        years: the years, the one on the left first.
        view: one of VIEWS.
        stacked: one above the other, for a narrow page.
        layers: what lies above both; its legend stands once.
        focus: as for `atlas_map`.
    """
    window = VIEWS[view]
    above = layers or Layers(regions=False, borders=False)
    gathered = _gathered(above, window)
    shown_at = positions_shown(economies, above, window, gathered)
    is_shaded = measure.indicator.is_relative
    make = ShadedEconomies if is_shaded else CircledEconomies
    drawn: list[Trace] = []
    scale: list[EconomyLayer] = []
    for subplot, year in zip(("geo", "geo2"), years, strict=True):
        layer = make(measure, economies, geometry, look, focus, shown_at, subplot)
        scale.append(layer)
        traces = [_first(look)]
        traces += land(economies, geometry, look, is_shaded=is_shaded, shown_at=shown_at)
        moved = layer.traces(year)
        traces += [
            *(moved if is_shaded else []),
            *veil(geometry, look, focus),
            *_above(above, geometry, look, window, focus, shown_at, economies, gathered),
            *([] if is_shaded else moved),
        ]
        for trace in traces:
            trace.geo = subplot
            if subplot == "geo2":
                trace.showlegend = False
        drawn += traces
    half = ([0.0, 0.495], [0.505, 1.0])
    whole = [0.0, 1.0]
    areas = [
        {"x": whole, "y": half[1 - place]} if stacked else {"x": half[place], "y": whole}
        for place in range(2)
    ]
    (shapes, notes), meta = _keys(scale[:1], look)
    layout = {
        **_layout(window, look),
        "geo": {**window.geo(look.sea), "domain": areas[0]},
        "geo2": {**window.geo(look.sea), "domain": areas[1]},
        "shapes": shapes,
        "annotations": [
            *notes,
            *(
                {
                    "text": f"<b>{year}</b>",
                    "xref": "paper",
                    "yref": "paper",
                    "x": area["x"][0],
                    "y": area["y"][1],
                    "xanchor": "left",
                    "yanchor": "top",
                    "xshift": 10,
                    "yshift": -8,
                    "showarrow": False,
                    "bgcolor": look.card,
                    "font": {"size": 16, "color": look.ink},
                }
                for year, area in zip(years, areas, strict=True)
            ),
        ],
        "meta": {**meta, "years": list(years), "layers": _layer_counts(drawn)},
        **_scales(scale[:1], above, look),
    }
    return Parts(drawn, layout, [])


def positions_shown(
    economies: Mapping[str, Place], layers: Layers, view: View, gathered: Gathered
) -> dict[str, Position]:
    """Positions of markers that a view has to move, so that each can be seen and clicked.

    Hubs of the belt stay; other places and the markers of small economies make way for them. Where
    fabs or programme regions are drawn, which are points, hubs make way for those.
    Outside the view nothing moves.

    Args:
        economies: as for `atlas_map`.
        layers: what lies above.
        view: the part of the world shown.
        gathered: the markers of fabs and programme regions, by layer.

    Returns:
        Latitude and longitude by place, of those that moved only.
    """
    found: list[tuple[str, Position, bool]] = []
    if layers.places is not None:
        for place in layers.places.itertuples():
            kind = getattr(place, "kind", "hub")
            found.append((place.place_id, (place.lat, place.lon), kind == "hub"))
    found += [
        (key, (lat, lon), False)
        for key in small_economies(economies)
        if (lat := economies[key].lat) is not None and (lon := economies[key].lon) is not None
    ]
    found = [item for item in found if view.holds(*item[1])]
    # A small economy's marker is larger than a hub's: in a second step it clears the hubs.
    points = view.apart(
        [point for _, point, _ in found], LEAST_PIXELS, [is_fixed for _, _, is_fixed in found]
    )
    small = set(small_economies(economies))
    clear = (SMALL_MARKER + LEAST_PIXELS) / 2 + 3
    points = view.apart(
        points,
        clear,
        [key not in small for key, _, _ in found],
        [SMALL_WAYS.get(key, (0.0, 0.0)) for key, _, _ in found],
    )
    points = _clear_of_groups(points, gathered, view)
    return {
        key: after for (key, before, _), after in zip(found, points, strict=True) if after != before
    }


def _clear_of_groups(points: list[Position], gathered: Gathered, view: View) -> list[Position]:
    """Points moved off the markers of fabs and programme regions, which would be under them."""
    taken = [group.spot for found in gathered.values() for group in found]
    if not taken:
        return points
    fixed = [*([False] * len(points)), *([True] * len(taken))]
    return view.apart([*points, *taken], GROUP_PIXELS, fixed)[: len(points)]


def _gathered(layers: Layers, view: View) -> Gathered:
    """The markers of fabs and, making way for these, of programme regions, by layer."""
    tables = {
        name: table
        for name, table in (
            ("fabs", layers.fabs),
            ("programme_regions", layers.programme_regions),
        )
        if table is not None
    }
    return dict(zip(tables, groups_apart(list(tables.values()), view), strict=True))


def _first(look: Theme) -> go.Scattergeo:
    """A trace that shows nothing and comes first."""
    return go.Scattergeo(
        lat=[None],
        lon=[None],
        mode="markers",
        marker={"color": look.muted},
        hoverinfo="skip",
        showlegend=False,
        name="First",
        meta={"layer": "first"},
    )


def _economy_layers(
    economies: Mapping[str, Place],
    geometry: Geometry,
    look: Theme,
    measure: Measure | None,
    second: Measure | None,
    focus: Focus,
    shown_at: Mapping[str, Position],
) -> list[EconomyLayer]:
    if measure is None:
        return []
    common = (economies, geometry, look, focus, shown_at)
    measures = [measure, *([second] if second else [])]
    relative = [item for item in measures if item.indicator.is_relative]
    levels = [item for item in measures if not item.indicator.is_relative]
    if len(relative) == 2:
        return [BivariateEconomies(relative[0], *common, second=relative[1])]
    layers: list[EconomyLayer] = [ShadedEconomies(item, *common) for item in relative]
    layers += [CircledEconomies(item, *common, over_shades=bool(relative)) for item in levels[:1]]
    return layers


def _split(layers: list[EconomyLayer]) -> tuple[list[Any], list[Any]]:
    """Layers below the hubs and layers above them."""
    circles = [layer for layer in layers if isinstance(layer, CircledEconomies)]
    return [layer for layer in layers if layer not in circles], circles


def _years(layers: list[EconomyLayer]) -> list[int]:
    years: set[int] = set()
    for layer in layers:
        years |= set(layer.years())
    return sorted(years)


def _above(
    above: Layers,
    geometry: Geometry,
    look: Theme,
    window: View,
    focus: Focus,
    shown_at: Mapping[str, Position],
    economies: Mapping[str, Place],
    gathered: Gathered,
) -> list[Trace]:
    """Everything above the economies, from the areas below to the points above."""
    traces = _areas(above, geometry, look, focus)
    if above.borders:
        traces += disputed_borders(geometry, look)
    if above.world_regions is not None:
        traces += world_regions_layer(
            above.world_regions, look, focus=focus, value_name=above.value_name
        )
    if above.ties is not None:
        traces += ties_layer(above.ties, look, focus=focus)
    placed: list[Trace] = []
    if above.places is not None:
        placed = places_layer(
            above.places,
            look,
            window,
            size_name=above.size_name,
            focus=focus,
            shown_at=shown_at,
            given=above.places_given,
            obstacles=[
                *(
                    Label("", lat, lon, SMALL_MARKER)
                    for lat, lon in small_positions(economies, shown_at)
                ),
                *(
                    Label("", *group.spot, group.size)
                    for found in gathered.values()
                    for group in found
                ),
            ],
        )
    # A line from a moved marker to its place passes below the points that it was moved from.
    traces += [trace for trace in placed if trace.meta["layer"] == "leaders"]
    placed = [trace for trace in placed if trace.meta["layer"] != "leaders"]
    if above.programme_regions is not None:
        traces += programme_regions_layer(
            above.programme_regions,
            look,
            window,
            by=above.programme_by,
            amount_name=above.amount_name,
            focus=focus,
            gathered=gathered["programme_regions"],
        )
    if above.fabs is not None:
        traces += fabs_layer(
            above.fabs,
            look,
            window,
            colour_by=above.fab_colour,
            colour_names=above.fab_colour_names,
            focus=focus,
            gathered=gathered["fabs"],
        )
    return [*traces, *placed]


def _areas(above: Layers, geometry: Geometry, look: Theme, focus: Focus) -> list[Trace]:
    """First-level regions of hubs and of programmes, each with one colour.

    A region of both has the hub's shade where that says something, and else the programme's inside
    the hub's outline.
    """
    traces: list[Trace] = []
    hubs = above.places if above.region_places is None else above.region_places
    programmes = above.programme_regions
    shaded: set[str] = set()
    if hubs is not None and above.regions:
        traces += hub_regions(
            hubs,
            geometry,
            look,
            shade=above.region_shade,
            indicator=above.region_indicator,
            programmes=above.region_programmes,
            outlined=programmes is not None,
            focus=focus,
        )
        if above.region_shade != "owner":
            shaded = {region for ids in hubs["admin1_ids"] for region in ids}
    if programmes is not None:
        traces += programme_areas(
            programmes,
            geometry,
            look,
            by=above.programme_by,
            amount_name=above.amount_name or "",
            without=shaded,
            focus=focus,
        )
    return traces


def _keys(
    layers: list[EconomyLayer], look: Theme
) -> tuple[tuple[list[dict[str, Any]], list[dict[str, Any]]], dict[str, Any]]:
    """Legends drawn in the corners, and the same as data."""
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    meta: dict[str, Any] = {}
    for layer in layers:
        drawing: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
        if isinstance(layer, CircledEconomies):
            keys = circle_keys(layer.measure)
            drawing = nested_circles(keys, layer.measure.indicator.short_name, look, layer.colour)
            meta["circles"] = [asdict(key) for key in keys]
        elif isinstance(layer, BivariateEconomies):
            key = layer.key()
            drawing = nine_colours(key, look)
            meta["bivariate"] = asdict(key)
        elif isinstance(layer, ShadedEconomies):
            meta["classes"] = class_words(layer.measure)
        shapes += drawing[0]
        notes += drawing[1]
    return (shapes, notes), meta


def _scales(layers: list[EconomyLayer], above: Layers, look: Theme) -> dict[str, Any]:
    """The colour axes."""
    axes: dict[str, Any] = {}
    for layer in layers:
        if isinstance(layer, (ShadedEconomies, BivariateEconomies)):
            axes["coloraxis"] = layer.scale()
    is_valued = above.regions and above.region_shade == "value"
    owners = above.places if above.region_places is None else above.region_places
    if is_valued and owners is not None and above.region_indicator is not None:
        axes[VALUE_AXIS] = region_scale(owners, above.region_indicator, look)
    if above.programme_regions is not None and above.programme_by == "amount":
        # The lower right corner may have another bar, or the circles and squares of a legend.
        is_taken = VALUE_AXIS in axes or any(
            not isinstance(layer, ShadedEconomies) for layer in layers
        )
        axes[AMOUNT_AXIS] = amount_scale(
            above.programme_regions, look, "left" if is_taken else "right"
        )
    return axes


def _layer_counts(traces: list[Trace]) -> dict[str, dict[str, int]]:
    """How many of how many places each layer draws, where the layer knows."""
    counts: dict[str, dict[str, int]] = {}
    for trace in traces:
        meta = trace.meta or {}
        if "given" in meta:
            counts[meta["layer"]] = {"shown": meta["count"], "given": meta["given"]}
    return counts


def _layout(window: View, look: Theme) -> dict[str, Any]:
    return {
        "template": template(look),
        # Room of its own under the map: what stands there would else push the map up further.
        "margin": {"l": 0, "r": 0, "t": 0, "b": BAR_ROOM, "autoexpand": False},
        "showlegend": False,
        "uirevision": window.name,
        # Without a selection of its own: what is chosen is the page's to say, as a focus.
        "clickmode": "event",
        "dragmode": "pan",
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemsizing": "constant",
            "font": {"size": 12},
            "tracegroupgap": 4,
            "itemclick": False,
            "itemdoubleclick": False,
        },
    }
