"""The map page: its filter bar and its card."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.belt import economies_of
from dashboard.catalogue.layers import Layer
from dashboard.catalogue.provenance import SourceUse, source_uses, sources_of_ties, with_sources
from dashboard.catalogue.selection import LAYERS, NO_LAYER, Selection
from dashboard.charts.maps import VIEWS
from dashboard.exports import to_csv
from dashboard.exports.map_data import border_rows, map_table, shapes_of, to_geojson
from dashboard.ui import boundaries, card, filters, state
from dashboard.ui.chart import Layer as LegendLayer
from dashboard.ui.chart import Listeners, Mark, Window
from dashboard.ui.map_page.content import (
    LAYER_TITLES,
    MAPS_KEPT,
    Content,
    content_key,
    content_of,
    has_regions,
    title,
    with_regions,
)
from dashboard.ui.map_page.figure import drawn_of, legend_order
from dashboard.ui.map_page.findings import findings_of
from dashboard.ui.map_page.settle import MapState, economy_indicators, resolve
from dashboard.ui.resources import catalogue as shared_catalogue
from dashboard.ui.resources import kept, look

PAGE = ""
CARD = "map"
VIEW_NAMES = tuple(VIEWS)


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
    filters.draw(catalogue, shown.selection, bar, list(shown.years_held))


def moved_year(shown: MapState) -> int | None:
    """The year of a map that its reader can move through the years, or None."""
    return shown.year if shown.moves and "economies" in shown.layers else None


def draw(catalogue: Catalogue, shown: MapState, *, stands: bool = False) -> None:
    """The map in its card; a click on a place opens it.

    Args:
        catalogue: what the card rests on.
        shown: the settled map.
        stands: the start page has drawn the map already.
    """
    key = content_key(shown)
    made = drawn_of(shown, look().mode)
    content = content_of(catalogue, shown, key)
    tables = content.tables

    def everything() -> pd.DataFrame:
        return _table(catalogue, shown, content)

    def geojson() -> bytes:
        return to_geojson(
            everything(),
            shapes_of(shown.window.shapes),
            title=title(shown),
            data_version=catalogue.version,
            link=state.permalink(PAGE, shown.selection, catalogue.version),
            boundary_note=boundaries.NOTE,
        )

    words = card.Card(
        key=CARD,
        title=title(shown),
        subtitle=content.subtitle,
        findings=lambda: findings_of(catalogue, shown, content, key),
        rows=content.rows,
        alt=content.alt,
        page=PAGE,
        link=shown.selection,
        extra_source=boundaries.LINE,
        more_sources=lambda: _layer_sources(catalogue, shown, content, key),
        year=moved_year(shown),
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
        listeners=LISTENERS,
        legend=legend_of(shown, made.entries, tables),
        window=window_of(shown.selection.window),
        leads=True,
        stands=stands,
    )


def _table(catalogue: Catalogue, shown: MapState, content: Content) -> pd.DataFrame:
    """Everything on the map in one table."""
    values, tables = content.rows, content.tables
    layers = {name: tables[name].rows for name in shown.layers if name in tables}
    if "regions" in shown.layers:
        layers["regions"] = pd.concat(with_regions(shown, tables), ignore_index=True)
    if "programme_regions" in shown.layers:
        layers["programme_areas"] = tables["programme_regions"].rows
    if "borders" in shown.layers:
        layers["borders"] = border_rows()
    return map_table(with_sources(values, catalogue), layers, catalogue)


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


def legend_of(
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
        if name == "regions" and not has_regions(shown, tables):
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


def window_of(written: str | None) -> Window | None:
    """The part of the world that an address names; None is the preset of the map."""
    if written is None:
        return None
    lon, lat, rotation, scale = (float(part) for part in written.split(","))
    return Window(lon, lat, rotation, scale)


# What the page does when a reader acts on the map.
LISTENERS = Listeners(place=_open, layers=_show_layers, window=_look)
