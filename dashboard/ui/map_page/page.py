"""The map page: its filter bar, its card, the list of everything on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.belt import economies_of
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.findings import Finding, missing_in_year
from dashboard.catalogue.layers import Layer, is_filtered
from dashboard.catalogue.provenance import (
    SourceUse,
    source_uses,
    sources_of_ties,
    with_sources,
)
from dashboard.catalogue.selection import LAYERS, NO_LAYER, Selection
from dashboard.charts import formats
from dashboard.charts.describe import describe_year
from dashboard.charts.maps import HUB_VIEWS, VIEWS
from dashboard.charts.maps.world_regions import ANCHORS
from dashboard.exports import to_csv
from dashboard.exports.map_data import border_rows, map_table, shapes_of, to_geojson
from dashboard.transforms import years_of
from dashboard.transforms.change import change_between
from dashboard.ui import boundaries, card, filters, state
from dashboard.ui.chart import Layer as LegendLayer
from dashboard.ui.chart import Listeners, Mark, Window
from dashboard.ui.figures import plain_label
from dashboard.ui.map_page.controls import FILTER_NAMES
from dashboard.ui.map_page.figure import (
    MARKET,
    drawn_of,
    layer_tables,
    legend_order,
    market_rows,
    newest_values,
    ties_in_view,
)
from dashboard.ui.map_page.settle import (
    MapState,
    economy_indicators,
    resolve,
    rows_of_year,
)
from dashboard.ui.resources import catalogue as shared_catalogue
from dashboard.ui.resources import kept, look

PAGE = ""
NOWHERE = (None, None)
VIEW_NAMES = tuple(VIEWS)
LAYER_TITLES = {
    "economies": "Economies",
    "regions": "Regions of the hubs",
    "hubs": "Hubs of the belt, parks of Taiwan",
    "other_hubs": "Other hubs, research cities",
    "clusters": "Clusters by case",
    "programme_regions": "Programme regions",
    "fabs": "Wafer fabs",
    "ties": "Ties",
    "market": "World chip market",
    "borders": "Disputed borders",
}


def prepare(catalogue: Catalogue, selection: Selection) -> MapState:
    """Settle the selection and tell what was refused."""
    shown, refused = resolve(catalogue, selection)
    state.settle(shown.selection, refused)
    return shown


def filter_bar(catalogue: Catalogue, shown: MapState) -> None:
    """The filter bar, with what the map has to choose from."""
    bar = filters.Bar(
        indicators=economy_indicators(catalogue),
        places=[
            *economies_of(catalogue, in_focus=True),
            *(hub.place_id for hub in catalogue.places_of_kind("hub")),
            *economies_of(catalogue, in_focus=False),
        ],
        most_places=None,
        idle={},
        hint="On the map, industry and scale choose among hubs, clusters, regions, fabs and ties; "
        "the governance scale also brings the layers that belong to it.",
    )
    every_year = years_of(catalogue.series(shown.indicator.indicator_id, shown.economies))
    filters.draw(catalogue, shown.selection, bar, every_year)


# The usual maps in their usual years, and many that single readers make.
MAPS_KEPT = 256


def draw(catalogue: Catalogue, shown: MapState) -> None:
    """The map in its card; a click on a place opens it."""
    key = _key(shown)
    made = drawn_of(shown, look().mode)
    content = _content(catalogue, shown, key)
    tables = content.tables

    def everything() -> pd.DataFrame:
        return _table(catalogue, shown, content)

    def geojson() -> bytes:
        return to_geojson(
            everything(),
            shapes_of(shown.window.shapes),
            title=_title(shown),
            data_version=catalogue.version,
            link=state.permalink(PAGE, shown.selection, catalogue.version),
            boundary_note=boundaries.NOTE,
        )

    words = card.Card(
        key="map",
        title=_title(shown),
        subtitle=content.subtitle,
        findings=lambda: _findings(catalogue, shown, content, key),
        rows=content.rows,
        alt=content.alt,
        page=PAGE,
        link=shown.selection,
        extra_source=boundaries.LINE,
        more_sources=lambda: _layer_sources(catalogue, shown, content, key),
        year=shown.year if shown.moves and "economies" in shown.layers else None,
        csv=lambda: to_csv(everything()),
        everything=everything,
        geojson=geojson,
        downloads=[
            card.Download(
                "GeoJSON",
                geojson,
                ".geojson",
                "application/geo+json",
                "Exactly what the map shows, for a program that draws maps.",
            )
        ],
    )
    card.draw(
        words,
        made.drawing,
        catalogue,
        listeners=Listeners(place=_open, layers=_show_layers, window=_look),
        legend=_legend(shown, made.entries, tables),
        window=_window(shown.selection.window),
        leads=True,
    )


@dataclass(frozen=True, eq=False)
class Content:
    """What the card of a settled map says and lists, the same for all who ask for that map.

    Attributes:
        series: the values of the indicator in all years.
        drawn: those of the economies in the year shown.
        sizes: the values that size hubs or shade their regions, the newest of each.
        rows: every value drawn, neighbours' and those of another year or indicator among them.
        tables: the layers; of the ties, those that are in view.
        subtitle, alt: words of the card.
    """

    series: pd.DataFrame
    drawn: pd.DataFrame
    sizes: pd.DataFrame
    rows: pd.DataFrame
    tables: dict[str, Layer]
    subtitle: str
    alt: str


@kept(MAPS_KEPT)
def _content(_catalogue: Catalogue, _shown: MapState, key: str) -> Content:
    """The content, worked out once for all readers; `key` says everything that it rests on."""
    catalogue, shown = _catalogue, _shown
    indicator, year = shown.indicator, shown.year
    has_economies = "economies" in shown.layers
    series = catalogue.series(indicator.indicator_id, shown.economies)
    drawn = rows_of_year(shown, series, year) if has_economies else series.iloc[:0]
    around = catalogue.series(indicator.indicator_id, shown.neighbours)
    around = rows_of_year(shown, around, year) if has_economies else around.iloc[:0]
    more = [_other_rows(catalogue, shown)] if has_economies else []
    tables = layer_tables(catalogue, shown.selection)
    sizes = _sizes(catalogue, shown, tables)
    parts = [part for part in (drawn, around, *more, sizes) if len(part)]
    tables["ties"] = replace(tables["ties"], rows=ties_in_view(shown, tables["ties"].rows))
    return Content(
        series=series,
        drawn=drawn,
        sizes=sizes,
        rows=pd.concat(parts).reset_index(drop=True) if parts else drawn,
        tables=tables,
        subtitle=_subtitle(shown, drawn, around, tables),
        alt=_alt(catalogue, shown, drawn, tables),
    )


def _table(catalogue: Catalogue, shown: MapState, content: Content) -> pd.DataFrame:
    """Everything on the map in one table."""
    values, tables = content.rows, content.tables
    layers = {name: tables[name].rows for name in shown.layers if name in tables}
    if "regions" in shown.layers:
        layers["regions"] = pd.concat(_with_regions(shown, tables), ignore_index=True)
    if "programme_regions" in shown.layers:
        layers["programme_areas"] = tables["programme_regions"].rows
    if "borders" in shown.layers:
        layers["borders"] = border_rows()
    return map_table(with_sources(values, catalogue), layers, catalogue)


def _title(shown: MapState) -> str:
    indicator, window = shown.indicator, shown.window
    where = "the economies of the atlas" if shown.view == "world" else window.place
    if shown.year is None or "economies" not in shown.layers:
        named = [name for name in shown.layers if name not in ("economies", "borders")]
        layers = ", ".join(_lower(name) for name in named)
        return f"{(layers[:1].upper() + layers[1:]) or 'Land'} across {where}"
    if shown.against is not None:
        first, last = sorted((shown.against, shown.year))
        if shown.mode == "difference":
            return f"{indicator.name}: change from {first} to {last}, across {where}"
        return f"{indicator.name}, {first} and {last}, across {where}"
    if shown.second is not None:
        return f"{indicator.name} and {shown.second.short_name}, {shown.year}, across {where}"
    return f"{indicator.name}, {shown.year}, across {where}"


def _lower(name: str) -> str:
    """The title of a layer within a sentence."""
    title = LAYER_TITLES[name]
    return title[0].lower() + title[1:]


def _subtitle(
    shown: MapState,
    drawn: pd.DataFrame,
    around: pd.DataFrame,
    tables: dict[str, Layer],
) -> str:
    parts = []
    if "economies" in shown.layers:
        context = f" and {len(around)} neighbours for context" if len(around) else ""
        parts += [
            formats.axis_title(shown.indicator),
            f"{len(drawn)} of {len(shown.economies)} economies have a value{context}",
        ]
    counts = [
        f"{tables[name].shown} of {tables[name].total} {_lower(name)}"
        for name in shown.layers
        if name in tables
    ]
    return " · ".join([*parts, *counts])


def _other_rows(catalogue: Catalogue, shown: MapState) -> pd.DataFrame:
    """Rows of the other year, or of the other indicator, that the map draws too."""
    places = (*shown.economies, *shown.neighbours)
    if shown.second is not None:
        rows = catalogue.series(shown.second.indicator_id, places)
        return rows_of_year(shown, rows, shown.year)
    rows = catalogue.series(shown.indicator.indicator_id, places)
    return rows_of_year(shown, rows, shown.against)


def _sizes(catalogue: Catalogue, shown: MapState, tables: dict[str, Layer]) -> pd.DataFrame:
    """The observations that size hubs or shade their regions, the newest of each."""
    wanted = {shown.size} if shown.size and "hubs" in shown.layers else set()
    shade = shown.selection.shade
    if "regions" in shown.layers and shade in catalogue.indicators:
        wanted.add(shade)
    hubs = list(tables["hubs"].rows["place_id"])
    parts = [
        catalogue.series(key, hubs).drop_duplicates("place_id", keep="last")
        for key in sorted(item for item in wanted if item)
    ]
    if "market" in shown.layers:
        parts.append(market_rows(catalogue, shown))
    return pd.concat(parts) if parts else catalogue.series(MARKET).iloc[:0]


@kept(MAPS_KEPT)
def _layer_sources(
    _catalogue: Catalogue, _shown: MapState, _content: Content, key: str
) -> list[SourceUse]:
    """Documents behind the ties and places on the map; `key` says everything they rest on."""
    catalogue, shown, tables = _catalogue, _shown, _content.tables
    uses: list[SourceUse] = []
    if "ties" in shown.layers:
        uses += sources_of_ties(tables["ties"].rows, catalogue)
    for name, what in (
        ("hubs", "hub"),
        ("other_hubs", "hub"),
        ("clusters", "cluster"),
        ("programme_regions", "programme region"),
    ):
        if name in shown.layers:
            uses += source_uses(tables[name].rows, catalogue, what)
    if "fabs" in shown.layers:
        fabs = tables["fabs"].rows
        fabs = fabs.assign(
            source_id=fabs["source_ids"].str.split(";"), name=fabs["operator"], locator=""
        ).explode("source_id")
        uses += source_uses(fabs, catalogue, "fab")
    return uses


def _legend(
    shown: MapState, entries: tuple[Any, ...], tables: dict[str, Layer]
) -> list[LegendLayer]:
    """The layers as boxes to tick, each with its marks and how many of how many it shows."""
    marks = legend_order(entries)
    found = []
    for name in LAYERS:
        table = tables.get(name)
        count = f"{table.shown} of {table.total}" if table is not None else ""
        reason = ""
        if table is not None and not table.shown:
            reason = table.reason or (
                "None has both its ends here." if name == "ties" else "The filters leave none."
            )
        if name == "regions" and not _has_regions(shown, tables):
            reason = "The filters leave no hub."
        found.append(
            LegendLayer(
                name,
                LAYER_TITLES[name],
                name in shown.layers,
                count,
                reason,
                [Mark(entry.mark, entry.words) for entry in marks[name]]
                if name in shown.layers
                else [],
            )
        )
    return found


def _alt(
    catalogue: Catalogue, shown: MapState, drawn: pd.DataFrame, tables: dict[str, Layer]
) -> str:
    parts = []
    if shown.year is not None and len(drawn):
        parts.append(describe_year(drawn, shown.indicator, shown.year, "Map"))
    if shown.mode == "difference" and shown.year and shown.against:
        first, last = sorted((shown.against, shown.year))
        series = catalogue.series(shown.indicator.indicator_id, shown.economies)
        changes = change_between(series, shown.indicator, first, last)
        if len(changes.rows):
            parts = [describe_year(changes.rows, changes.indicator, last, "Map of the change")]
    for name in ("hubs", "other_hubs", "clusters"):
        if name in shown.layers:
            names = ", ".join(tables[name].rows["name"]) or "none"
            parts.append(f"{LAYER_TITLES[name]}: {names}.")
    for name in ("programme_regions", "fabs", "ties"):
        if name in shown.layers:
            parts.append(f"{tables[name].shown} {_lower(name)}.")
    return " ".join(parts) or "Map of the economies without values."


def on_the_map(catalogue: Catalogue, shown: MapState) -> dict[str, str]:
    """What stands on the map, by identifier, as a list names it: "Taiwan: 3.99 % (2023)".

    Economies come first, the highest value first, those without one after them; then hubs, by what
    sizes them, then clusters and programme regions by name.
    """
    return _on_the_map(catalogue, shown, _key(shown))


@kept(MAPS_KEPT)
def _on_the_map(_catalogue: Catalogue, _shown: MapState, key: str) -> dict[str, str]:
    """The list, worked out once for all readers; `key` says everything that it rests on."""
    catalogue, shown = _catalogue, _shown
    found: dict[str, str] = {}
    if "economies" in shown.layers:
        unit = shown.indicator
        rows = catalogue.series(unit.indicator_id, (*shown.economies, *shown.neighbours))
        drawn = rows_of_year(shown, rows, shown.year).sort_values("value", ascending=False)
        for row in drawn.itertuples():
            value = formats.quantity(row.value, unit, row.qualifier, row.value_high)
            found[row.place_id] = f"{catalogue.label(row.place_id)}: {value} ({row.year})"
        for place in (*shown.economies, *shown.neighbours):
            found.setdefault(place, f"{catalogue.label(place)}: no value")
    tables = layer_tables(catalogue, shown.selection)
    on = [name for name in ("hubs", "other_hubs") if name in shown.layers]
    if on:
        hubs = pd.concat([tables[name].rows for name in on], ignore_index=True)
        texts: dict[str, str] = {}
        if shown.size:
            values = newest_values(catalogue, shown.size, list(hubs["place_id"]))
            ranked = values.sort_values("value", ascending=False)
            texts = {str(key): f": {text}" for key, text in ranked["text"].items()}
        order = [*texts, *(key for key in hubs["place_id"] if key not in texts)]
        for key in order:
            found[key] = f"{catalogue.label(key)}, hub{texts.get(key, '')}"
    for name, what in (("clusters", "cluster"), ("programme_regions", "programme region")):
        if name in shown.layers:
            for row in tables[name].rows.sort_values("name").itertuples():
                found[row.place_id] = f"{row.name}, {what}"
    return found


def place_list(catalogue: Catalogue, shown: MapState, places: Mapping[str, str]) -> None:
    """The list of everything on the map: the map's own control without a mouse.

    Args:
        catalogue: names of places.
        shown: what is selected.
        places: as `on_the_map` returns them.
    """
    listed = dict(places)
    selected = [key for key in shown.selection.selected if key in catalogue.places]
    for key in selected:
        listed.setdefault(key, catalogue.label(key))
    key = "map_list"
    st.session_state[key] = selected

    def changed() -> None:
        chosen = tuple(st.session_state[key])
        added = [item for item in chosen if item not in shown.selection.selected]
        opened = added[-1] if added else (chosen[-1] if chosen else None)
        state.change(selected=chosen, place=opened)

    st.multiselect(
        "On this map, the highest value first",
        list(listed),
        format_func=listed.__getitem__,
        placeholder=f"Search {len(listed)} places",
        key=key,
        on_change=changed,
        help="The same choice as clicking on the map; several with shift and a click.",
        select_all=False,
    )


def _open(target: str, adds: bool) -> None:
    """Follow a click: a place, several places under one mark, fabs or ties."""
    catalogue = shared_catalogue()
    if target.startswith("tie:"):
        links = catalogue.links().set_index("link_id")
        ids = [item for item in target.removeprefix("tie:").split(";") if item in links.index]
        places = tuple(
            dict.fromkeys(
                key
                for item in ids
                for key in (links.loc[item, "from_place_id"], links.loc[item, "to_place_id"])
                if key
            )
        )
    elif target.startswith("fab:"):
        fabs = catalogue.table("fabs").set_index("fab_id")
        ids = [item for item in target.removeprefix("fab:").split(";") if item in fabs.index]
        places = tuple(
            dict.fromkeys(fabs.loc[item, "place_id"] or fabs.loc[item, "economy"] for item in ids)
        )
    else:
        places = tuple(key for key in target.split(";") if key in catalogue.places)
    if not places:
        return
    before = st.session_state.selection.selected if adds else ()
    if adds and places[0] in before:
        kept = tuple(key for key in before if key not in places)
        state.change(selected=kept, place=kept[-1] if kept else None)
        return
    state.change(selected=tuple(dict.fromkeys((*before, *places))), place=places[0])


def _show_layers(layers: tuple[str, ...]) -> None:
    state.change(layers=tuple(name for name in LAYERS if name in layers) or (NO_LAYER,))


def _look(window: Window | None) -> None:
    written = None
    if window is not None:
        numbers = (window.lon, window.lat, window.rotation, window.scale)
        written = ",".join(f"{number:.4g}" for number in numbers)
    state.change(window=written)


def _window(written: str | None) -> Window | None:
    if written is None:
        return None
    lon, lat, rotation, scale = (float(part) for part in written.split(","))
    return Window(lon, lat, rotation, scale)


def _key(shown: MapState) -> str:
    return str((shown.selection, shown.layers, shown.year, shown.against, shown.economies))


@kept(MAPS_KEPT)
def _findings(
    _catalogue: Catalogue, _shown: MapState, _content: Content, key: str
) -> list[Finding]:
    """The findings, worked out once for all readers; `key` says everything that they rest on."""
    catalogue, shown, tables = _catalogue, _shown, _content.tables
    found: list[Finding] = []
    if "economies" in shown.layers:
        found += _findings_on_economies(catalogue, shown, _content.series, _content.drawn)
    for name in shown.layers:
        table = tables.get(name)
        if table is not None and not table.shown:
            found.append(Finding("missing", "no_places", _nothing(shown, name)))
        if table is not None and table.reason:
            found.append(Finding("note", "layer_rule", table.reason))
    found += _findings_on_areas(catalogue, shown, tables)
    if shown.size is not None and "hubs" in shown.layers:
        found += _findings_on_sizes(catalogue, shown, _content.sizes, tables["hubs"].rows)
    if "fabs" in shown.layers:
        found.append(
            Finding(
                "note",
                "fab_phases",
                "Fabs: phases of one plant are listed one by one, and most points lie on a city, "
                "so the marks must not be added up as a count of plants.",
            )
        )
    if "ties" in shown.layers:
        hidden = tables["ties"].total - tables["ties"].shown
        if hidden:
            words = (
                f"{hidden} ties are not drawn: an end of theirs lies outside this part of the map, "
                "outside the years, or at a hub not shown. The panel of a hub lists its own."
            )
            found.append(Finding("note", "ties_left_out", words))
        undated = int(tables["ties"].rows["year"].isna().sum())
        if undated:
            words = f"{undated} ties have no year in their source and are drawn in every year."
            found.append(Finding("note", "undated_ties", words))
    if shown.selection.event:
        event = catalogue.events[shown.selection.event]
        place = catalogue.places[event.place_id].name
        found.append(Finding("note", "event", f"Lit up: {place}, {event.date}: {event.event}."))
    return found


def _nothing(shown: MapState, name: str) -> str:
    """That the filters leave nothing of a layer, and which to clear."""
    if name == "ties":
        return "No tie has both its ends on this part of the map under these filters."
    said = f"No {_lower(name)} pass the filters: clear one of them"
    if is_filtered(name, shown.selection):
        return f"{said}, in the filter bar or above the map under “{FILTER_NAMES[name]}”."
    return f"{said}."


def _findings_on_areas(
    catalogue: Catalogue, shown: MapState, tables: dict[str, Layer]
) -> list[Finding]:
    """What a reader must know of areas that are drawn, or why there are none."""
    found: list[Finding] = []
    if "regions" in shown.layers and not _has_regions(shown, tables):
        said = "No regions of hubs are drawn: no hub passes the filters; clear one of them."
        found.append(Finding("missing", "no_regions", said))
    if "market" in shown.layers:
        rows = market_rows(catalogue, shown)
        inside = [key for key in rows["place_id"] if shown.window.holds(*ANCHORS.get(key, NOWHERE))]
        every = catalogue.series(MARKET)["year"]
        said = ""
        if rows.empty:
            said = (
                "The world chip market has no sales in the years chosen: they run from "
                f"{every.min()} to {every.max()}."
            )
        elif not inside:
            said = (
                "The circles of the world chip market stand outside this part of the map: choose "
                "World."
            )
        if said:
            found.append(Finding("missing", "no_market", said))
    regions = tables["programme_regions"].rows
    if "programme_regions" in shown.layers and len(regions):
        within = int((regions["admin1_relation"] == "lies_in").sum())
        words = (
            f"{within} of {len(regions)} programme regions are smaller than the area shaded: it is "
            "the prefecture, province or state in which a region lies, not its extent."
        )
        found.append(Finding("note", "areas_of_regions", words))
        if shown.selection.programme_shade == "amount":
            words = (
                "Areas are shaded by the largest amount known of a region in them; amounts of "
                "several programmes, measures and years must not be added up."
            )
            found.append(Finding("caution", "amounts_of_regions", words))
    return found


def _with_regions(shown: MapState, tables: dict[str, Layer]) -> list[pd.DataFrame]:
    """The hubs whose regions are drawn: those of the belt, and the others where they are on."""
    others = [tables["other_hubs"].rows] if "other_hubs" in shown.layers else []
    return [tables["hubs"].rows, *others]


def _has_regions(shown: MapState, tables: dict[str, Layer]) -> bool:
    """Is a region of a hub drawn?"""
    return any(len(hubs) for hubs in _with_regions(shown, tables))


def _findings_on_economies(
    catalogue: Catalogue, shown: MapState, rows: pd.DataFrame, drawn: pd.DataFrame
) -> list[Finding]:
    found: list[Finding] = []
    names, outside = {}, []
    for key in shown.economies:
        place = catalogue.places[key]
        if shown.window.holds(place.lat, place.lon):
            names[key] = place.name
        else:
            outside.append(place.name)
    if shown.year is None:
        said = (
            f"No values of {shown.indicator.name} for the economies and years chosen: widen the "
            "filters."
        )
        return [Finding("missing", "no_values", said)]
    earlier = drawn[drawn["year"] != shown.year]
    if len(earlier):
        who = ", ".join(f"{row.place_name} ({row.year})" for row in earlier.itertuples())
        said = f"Values of an earlier year, outlined on the map: {who}."
        found.append(Finding("caution", "earlier_value", said, tuple(earlier["place_id"])))
    without = {key: name for key, name in names.items() if key not in set(earlier["place_id"])}
    found += missing_in_year(rows, without, shown.year)
    if shown.mode == "difference" and shown.against is not None:
        first, last = sorted((shown.against, shown.year))
        changes = change_between(rows, shown.indicator, first, last)
        if changes.left_out:
            who = "; ".join(f"{name} ({reason})" for name, reason in changes.left_out)
            found.append(Finding("missing", "no_change", f"Without a change: {who}."))
    elif shown.against is not None:
        found += missing_in_year(rows, names, shown.against)
    if shown.second is not None:
        other = catalogue.series(shown.second.indicator_id, shown.economies)
        found += [
            Finding(
                item.severity,
                item.code,
                f"{shown.second.short_name}: {item.text[0].lower()}{item.text[1:]}",
                item.places,
                item.years,
            )
            for item in missing_in_year(other, names, shown.year)
        ]
        both = pd.concat([drawn, rows_of_year(shown, other, shown.year)], ignore_index=True)
        drawn = both
    if outside and shown.view not in HUB_VIEWS:
        said = f"Outside this part of the map: {', '.join(outside)}; choose World."
        found.append(Finding("note", "off_the_map", said))
    return [*found, *comparability(drawn, catalogue)]


def _findings_on_sizes(
    catalogue: Catalogue, shown: MapState, sizes: pd.DataFrame, hubs: pd.DataFrame
) -> list[Finding]:
    sized = sizes[sizes["indicator_id"] == shown.size]
    have = set(sized["place_id"])
    without = hubs[~hubs["place_id"].isin(have) & hubs["is_belt"]]
    name = plain_label(catalogue.indicators[str(shown.size)])
    years = formats.years(sized["year"].min(), sized["year"].max()) if len(sized) else "none"
    said = f"Hubs are sized by {name}, the newest value of each ({years})."
    found = [Finding("note", "hub_size", said)]
    if len(without):
        who = ", ".join(without["name"])
        found.append(
            Finding(
                "missing",
                "hub_size",
                f"No {name} for {who} (small, hollow).",
                tuple(without["place_id"]),
            )
        )
    return found
