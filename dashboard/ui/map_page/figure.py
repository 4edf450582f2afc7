"""The figure of a settled map: tables of its layers in, one drawing kept for all readers out."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard.catalogue import BELT, Catalogue, Place
from dashboard.catalogue.belt import size_indicators
from dashboard.catalogue.geography import geography_url, read_geography
from dashboard.catalogue.layers import (
    FAB_FILTERS,
    OWN_FILTERS,
    PARKS_PROGRAMME,
    REGION_FILTERS,
    Layer,
    layer,
)
from dashboard.catalogue.selection import LAYERS, PROGRAMME_SHADES, REGION_SHADES, Selection
from dashboard.charts import formats
from dashboard.charts.legend import LegendEntry, legend_entries
from dashboard.charts.maps import (
    Above,
    Focus,
    Geometry,
    Layers,
    Measure,
    above_parts,
    atlas_parts,
    two_years_parts,
)
from dashboard.charts.maps.programme_regions import REST
from dashboard.charts.pieces import Parts
from dashboard.charts.theme import theme
from dashboard.transforms import default_year
from dashboard.transforms.change import change_between
from dashboard.ui.chart import Drawing, drawing
from dashboard.ui.map_page.settle import MapState
from dashboard.ui.resources import catalogue as shared_catalogue
from dashboard.ui.resources import kept

# Enough for every change that is drawn ahead, in light and dark, and some of readers' own.
FIGURES_KEPT = 448
LAYERS_KEPT = 128
MEASURES_KEPT = 256
HOVER_LETTERS = 60
HALF_HEIGHT = 330
MARKET = "semiconductor_billings"
AMOUNT = "public money, US$ at the rate of the year"
MOST_SHAPES = 8
# Layers of the figure, by the layer of the legend that they belong to.
GROUPS = {
    "land": "economies",
    "economies": "economies",
    "earlier": "economies",
    "circles": "economies",
    "regions": "regions",
    "hub": "hubs",
    "park": "hubs",
    "other_hub": "other_hubs",
    "research_city": "other_hubs",
    "cluster": "clusters",
    "programme_regions": "programme_regions",
    "fabs": "fabs",
    "ties": "ties",
    "world_regions": "market",
    "borders": "borders",
}
# What chooses among the rows of layers.
FILTERED_BY = (
    "places",
    "first_year",
    "last_year",
    "industry_type",
    "industry",
    "governance_scale",
    "firm_scale",
    *FAB_FILTERS,
    *REGION_FILTERS,
)
# What the layers above the economies are drawn by.
ABOVE_BY = (*FILTERED_BY, "view", "size", "shade", "programme_shade", "event", "selected")
# What a map is drawn by, of a settled selection; fields of other pages make no map of their own.
DRAWN_BY = (*ABOVE_BY, "indicator", "mode", "classes", "tolerance")
POINT_LAYERS = ("hubs", "other_hubs", "clusters", "programme_regions", "fabs", "ties")


@dataclass(frozen=True)
class Drawn:
    """A map ready to be sent, and the entries of its legend."""

    drawing: Drawing
    entries: tuple[LegendEntry, ...]


def layer_tables(catalogue: Catalogue, selection: Selection) -> dict[str, Layer]:
    """The tables of all layers that have one, under the filters, on the map or not."""
    filters = tuple(getattr(selection, name) for name in FILTERED_BY)
    return dict(_layer_tables(catalogue, selection, filters))


@kept(LAYERS_KEPT)
def _layer_tables(
    _catalogue: Catalogue, _selection: Selection, filters: tuple[Any, ...]
) -> dict[str, Layer]:
    """The tables; `filters` says everything that chooses among their rows."""
    return {name: layer(name, _catalogue, _selection) for name in POINT_LAYERS}


def focus_of(catalogue: Catalogue, shown: MapState, ties: pd.DataFrame) -> Focus:
    """What is emphasised: the places selected together, and the hub and ties of an event."""
    selection = shown.selection
    places = set(selection.selected)
    if selection.event:
        places.add(catalogue.events[selection.event].place_id)
    ends = ties["from_place_id"].isin(places) | ties["to_place_id"].isin(places)
    lit = set(ties.loc[ends, "link_id"])
    if not places:
        return Focus()
    return Focus(frozenset(places), frozenset(lit), veils=bool(selection.event))


def drawn_of(shown: MapState, mode: str) -> Drawn:
    """The map of a settled selection in one mode, built once for all readers who ask for it.

    The year is not part of it where a map has all its years: the card moves it to the one shown.
    """
    return _drawn(shown, key_of(shown), mode)


def key_of(shown: MapState) -> tuple[Any, ...]:
    """All that tells one map from others, in light or in dark."""
    selection = shown.selection
    # Filters within a layer change nothing where it is not on the map, except that the regions of
    # hubs may be shaded by the programmes that are left.
    idle = {
        name
        for of, names in OWN_FILTERS.items()
        if of not in shown.layers and not (of == "programme_regions" and _by_programme(shown))
        for name in names
    }
    return (
        *(None if name in idle else getattr(selection, name) for name in DRAWN_BY),
        shown.layers,
        shown.second.indicator_id if shown.second else None,
        shown.against,
        None if shown.moves else shown.year,
    )


def _by_programme(shown: MapState) -> bool:
    return "regions" in shown.layers and shown.selection.shade == "programme"


@kept(FIGURES_KEPT)
def _drawn(_shown: MapState, key: tuple[Any, ...], mode: str) -> Drawn:
    """The map; `key` says everything that tells it from others."""
    catalogue, shown = shared_catalogue(), _shown
    tables = layer_tables(catalogue, shown.selection)
    economies = _economies(catalogue, shown)
    focus = focus_of(catalogue, shown, tables["ties"].rows)
    look, geometry = theme(mode), geometry_of(shown.window.shapes)
    measure = _measure(catalogue, shown, shown.indicator.indicator_id)
    if "economies" not in shown.layers:
        measure = None
    if measure is not None and shown.mode == "difference" and shown.year and shown.against:
        first, last = sorted((shown.against, shown.year))
        changes = change_between(measure.values, shown.indicator, first, last)
        measure = Measure(changes.rows, changes.indicator, measure.method, context=measure.context)
    if measure is not None and shown.mode == "two_years" and shown.year and shown.against:
        first, last = sorted((shown.against, shown.year))
        parts = two_years_parts(
            economies,
            geometry,
            look,
            measure,
            (first, last),
            view=shown.view,
            layers=_above(catalogue, shown, tables),
            focus=focus,
        )
    else:
        second = None
        if measure is not None and shown.second is not None:
            second = _measure(catalogue, shown, shown.second.indicator_id)
        parts = atlas_parts(
            economies,
            geometry,
            look,
            view=shown.view,
            year=default_year(measure.values) if measure is not None else None,
            measure=measure,
            second=second,
            above=_above_drawn(shown, above_key(shown), mode),
            focus=focus,
        )
    entries = tuple(legend_entries(parts))
    # Two maps beside each other are half as wide, and so half as high.
    height = shown.window.height if shown.mode != "two_years" else HALF_HEIGHT
    return Drawn(drawing(_sent(parts), height), entries)


def _sent(parts: Parts) -> Parts:
    """What of a map is sent: the entries of its legend go beside it, and need no traces."""
    kept = [index for index, trace in enumerate(parts.data) if not (trace.meta or {}).get("mark")]
    place = {index: number for number, index in enumerate(kept)}
    frames = [
        {**frame, "traces": [place[index] for index in frame["traces"]]} for frame in parts.frames
    ]
    return replace(parts, data=[_grouped(parts.data[index]) for index in kept], frames=frames)


def _grouped(trace: Any) -> dict[str, Any]:
    """A trace with the layer that a box of the legend shows and hides it with."""
    meta = dict(trace.meta or {})
    layer_name = GROUPS.get(meta.get("of") or meta.get("layer", ""), "")
    return {**trace.to_plotly_json(), "meta": {**meta, "layer": layer_name}}


def _economies(catalogue: Catalogue, shown: MapState) -> dict[str, Place]:
    return {key: catalogue.places[key] for key in (*shown.economies, *shown.neighbours)}


def above_key(shown: MapState) -> tuple[Any, ...]:
    """All that tells the layers above the economies from others: neither indicator nor year."""
    return (*(getattr(shown.selection, name) for name in ABOVE_BY), shown.layers)


@kept(LAYERS_KEPT)
def _above_drawn(_shown: MapState, key: tuple[Any, ...], mode: str) -> Above:
    """The layers above the economies, kept for each indicator: shared, never to be changed."""
    catalogue, shown = shared_catalogue(), _shown
    tables = layer_tables(catalogue, shown.selection)
    return above_parts(
        _economies(catalogue, shown),
        geometry_of(shown.window.shapes),
        theme(mode),
        view=shown.view,
        layers=_above(catalogue, shown, tables),
        focus=focus_of(catalogue, shown, tables["ties"].rows),
    )


def _measure(catalogue: Catalogue, shown: MapState, indicator_id: str) -> Measure | None:
    is_first = indicator_id == shown.indicator.indicator_id
    return _kept_measure(
        catalogue,
        indicator_id,
        (*shown.economies, *shown.neighbours),
        shown.neighbours,
        shown.years if is_first else None,
        shown.selection.classes or "continuous",
        shown.selection.tolerance,
    )


@kept(MEASURES_KEPT)
def _kept_measure(
    _catalogue: Catalogue,
    indicator_id: str,
    economies: tuple[str, ...],
    neighbours: tuple[str, ...],
    years: tuple[int, ...] | None,
    classes: str,
    tolerance: int,
) -> Measure | None:
    """What economies are drawn by, with what it has worked out of it: shared, never changed."""
    values = _catalogue.series(indicator_id, economies)
    values = values if years is None else values[values["year"].isin(years)]
    if values.empty:
        return None
    return Measure(
        values.reset_index(drop=True),
        _catalogue.indicator(indicator_id),
        classes,  # type: ignore[arg-type]
        tolerance,
        frozenset(neighbours),
    )


def _above(catalogue: Catalogue, shown: MapState, tables: dict[str, Layer]) -> Layers:
    on = set(shown.layers)
    market = market_rows(catalogue, shown)
    hubs = _hubs(catalogue, shown, tables["hubs"].rows)
    parts = [hubs] if "hubs" in on else []
    if "other_hubs" in on:
        parts.append(_hubs(catalogue, shown, tables["other_hubs"].rows))
    if "clusters" in on:
        parts.append(_clusters(tables["clusters"].rows))
    programme_regions = programme_regions_drawn(tables["programme_regions"].rows)
    shade = shown.selection.shade or REGION_SHADES[0]
    is_value = shade not in REGION_SHADES
    region_hubs = hubs
    if "other_hubs" in on:
        others = _hubs(catalogue, shown, tables["other_hubs"].rows)
        region_hubs = pd.concat([hubs, others], ignore_index=True)
    if is_value:
        owners = region_hubs["place_id"]
        values = newest_values(catalogue, shade, list(owners))
        region_hubs = region_hubs.assign(
            region_value=owners.map(values["value"]),
            region_text=owners.map(values["text"]).fillna("no value"),
        )
    return Layers(
        places=pd.concat(parts, ignore_index=True) if parts else None,
        ties=_ties(ties_in_view(shown, tables["ties"].rows)) if "ties" in on else None,
        regions="regions" in on,
        region_places=region_hubs if "regions" in on else None,
        region_shade="value" if is_value else shade,  # type: ignore[arg-type]
        region_indicator=catalogue.indicator(shade) if is_value else None,
        region_programmes=(
            _programmes_of_regions(catalogue, programme_regions, region_hubs)
            if _by_programme(shown)
            else {}
        ),
        programme_regions=programme_regions if "programme_regions" in on else None,
        programme_by=shown.selection.programme_shade or PROGRAMME_SHADES[0],  # type: ignore[arg-type]
        fabs=tables["fabs"].rows if "fabs" in on else None,
        fab_colour_names={place.place_id: place.name for place in catalogue.places.values()},
        world_regions=_market(catalogue, market) if "market" in on else None,
        value_name=f"chip sales, {market['year'].iloc[0]}" if len(market) else "",
        borders="borders" in on,
        size_name=catalogue.indicators[shown.size].short_name if shown.size else None,
        amount_name=AMOUNT,
        places_given={"cluster": tables["clusters"].total},
    )


def newest_values(catalogue: Catalogue, indicator_id: str, place_ids: list[str]) -> pd.DataFrame:
    """The newest value of each place that has one.

    Returns:
        One row per place, indexed by it: value and text (value with unit and year).
    """
    unit = catalogue.indicator(indicator_id)
    series = catalogue.series(indicator_id, place_ids)
    newest = series.drop_duplicates("place_id", keep="last")
    texts = [
        f"{formats.quantity(row.value, unit, row.qualifier, row.value_high)}, {row.year}"
        for row in newest.itertuples()
    ]
    return pd.DataFrame(
        {"value": newest["value"].to_numpy(), "text": texts}, index=list(newest["place_id"])
    )


def _hubs(catalogue: Catalogue, shown: MapState, rows: pd.DataFrame) -> pd.DataFrame:
    """Hubs as the figure draws them, those of the belt first."""
    kinds = [_kind(catalogue.places[key]) for key in rows["place_id"]]
    table = rows.assign(kind=kinds, size=float("nan"), size_text="")
    if shown.size in size_indicators(catalogue) and shown.size is not None:
        values = newest_values(catalogue, shown.size, list(table["place_id"]))
        table["size"] = table["place_id"].map(values["value"])
        table["size_text"] = table["place_id"].map(values["text"]).fillna("no value")
    order = table["kind"].map({"hub": 0, "park": 1, "other_hub": 2, "research_city": 3})
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _kind(hub: Place) -> str:
    if hub.parent_id == BELT:
        return "hub"
    if hub.programme_id == PARKS_PROGRAMME:
        return "park"
    return "research_city" if hub.role == "R&D" else "other_hub"


def _clusters(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(kind="cluster", size=float("nan"), size_text="no value")


def ties_in_view(shown: MapState, rows: pd.DataFrame) -> pd.DataFrame:
    """Ties with both ends in the part of the world shown and, of the hubs, on the map.

    A line that leaves the map says less than the list in the panel does.
    """
    window = shown.window
    ends = ("from_place_id", "from_lat", "from_lon", "to_place_id", "to_lat", "to_lon")
    belt = {"", *(hub.place_id for hub in shared_catalogue().belt_hubs)}
    has_all = "other_hubs" in shown.layers
    kept = [
        at
        for at, (start, from_lat, from_lon, end, to_lat, to_lon) in enumerate(
            zip(*(rows[name].tolist() for name in ends), strict=True)
        )
        if (has_all or (start in belt and end in belt))
        and window.holds(from_lat, from_lon)
        and window.holds(to_lat, to_lon)
    ]
    return rows.take(kept)


def _ties(rows: pd.DataFrame) -> pd.DataFrame:
    """Ties with the text of their hover box."""
    return rows.assign(text=[_tie_text(tie) for tie in rows.itertuples()])


def _tie_text(tie: Any) -> str:
    since = "" if pd.isna(tie.year) else f" ({tie.year})"
    lines = "<br>".join(textwrap.wrap(tie.description, HOVER_LETTERS))
    return f"<b>{tie.hubs}</b>{since}<br>{lines}"


def programme_regions_drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """Programme regions with their programme as the group, and their money in US dollars."""
    programme = rows["programme"].str.split(",").str[0]
    return rows.assign(
        group=_frequent(programme, REST),
        stage=_frequent(rows["stage"], "other stages"),
        amount=rows["amount_usd"],
        amount_text=[
            "not known"
            if pd.isna(row.amount)
            else f"{formats.money(row.amount, row.currency, row.qualifier)}, {row.amount_year}"
            for row in rows.itertuples()
        ],
    )


def _frequent(names: pd.Series, rest: str) -> pd.Series:
    """The names that most regions have, and a word for the others.

    Nine shapes can be told apart, of which the last stands for the rest.
    """
    named = names[names != ""].value_counts().index[:MOST_SHAPES]
    return names.where(names.isin(named) | (names == ""), rest)


def _programmes_of_regions(
    catalogue: Catalogue, programme_regions: pd.DataFrame, hubs: pd.DataFrame
) -> dict[str, list[str]]:
    """The programmes that chose a region or a hub in each first-level region, by the latter."""
    found: dict[str, dict[str, None]] = {}
    for row in programme_regions.itertuples():
        for region in row.admin1_ids:
            found.setdefault(region, {})[row.group] = None
    names = catalogue.table("programmes").set_index("programme_id")["name"]
    for row in hubs.itertuples():
        programme = catalogue.places[row.place_id].programme_id
        for region in row.admin1_ids if programme else ():
            found.setdefault(region, {})[names[programme].split(",")[0]] = None
    return {region: list(programmes) for region, programmes in found.items()}


def market_rows(catalogue: Catalogue, shown: MapState) -> pd.DataFrame:
    """Sales of the regions of the world chip market in the newest of the years chosen."""
    rows = catalogue.series(MARKET)
    first, last = shown.selection.first_year, shown.selection.last_year
    if first is not None:
        rows = rows[rows["year"] >= first]
    if last is not None:
        rows = rows[rows["year"] <= last]
    return rows[rows["year"] == rows["year"].max()]


def _market(catalogue: Catalogue, rows: pd.DataFrame) -> pd.DataFrame:
    """The regions of the world chip market as the figure draws them."""
    unit = catalogue.indicator(MARKET)
    return pd.DataFrame(
        {
            "place_id": rows["place_id"],
            "name": rows["place_name"],
            "value": rows["value"],
            "value_text": [formats.quantity(value, unit) for value in rows["value"]],
        }
    ).reset_index(drop=True)


def geometry_of(shapes: str) -> Geometry:
    """The shapes of a map by address, its economies from one of the boundary files."""
    return Geometry(
        economies=geography_url(shapes),
        regions=geography_url("admin1_regions"),
        economy_ids=_identifiers(shapes),
        region_ids=_identifiers("admin1_regions"),
        region_names={
            feature["id"]: feature["properties"]["name"]
            for feature in read_geography("admin1_regions")["features"]
        },
        disputed=[
            line
            for feature in read_geography("disputed_borders")["features"]
            for line in feature["geometry"]["coordinates"]
        ],
    )


def _identifiers(name: str) -> tuple[str, ...]:
    return tuple(feature["id"] for feature in read_geography(name)["features"])


def legend_order(entries: tuple[LegendEntry, ...]) -> dict[str, list[LegendEntry]]:
    """The entries of a legend by the layer that a reader can show or hide, in its order."""
    found: dict[str, list[LegendEntry]] = {name: [] for name in LAYERS}
    for entry in entries:
        group = GROUPS.get(entry.layer)
        if group is not None:
            found[group].append(entry)
    return found
