"""Where a hub or cluster lies, or those of an economy: a map whose places open their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from math import cos, radians

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.geography import read_geography
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.layers import layer
from dashboard.catalogue.provenance import source_uses
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import words
from dashboard.charts.maps import (
    SMALL_ECONOMIES,
    Focus,
    Geometry,
    Layers,
    View,
    atlas_map,
    surroundings,
)
from dashboard.charts.maps.places import LONGEST_NAME, short_name
from dashboard.charts.maps.views import AROUND
from dashboard.charts.theme import theme
from dashboard.ui import boundaries, card, links, markup, resources
from dashboard.ui.chart import Drawing, Listeners, drawing
from dashboard.ui.map_page.figure import geometry_of
from dashboard.ui.place import told
from dashboard.ui.place.place_card import CARDS_KEPT, linked, place_card, with_documents

FIGURES_KEPT = 192
# Pixels: beside the facts of a hub, and across the page of an economy.
HEIGHT, HEIGHT_ACROSS = 330, 460
NO_POINT = "No point on the map stands for it, so it is not drawn on one."
REGION, WORLD = "admin0_region", "admin0_world"
# Layers of the map, and the kind of marker of their places.
KINDS = {"hubs": "hub", "other_hubs": "other_hub", "clusters": "cluster"}
# How much wider the map of an economy is than the part of it that has hubs and clusters.
ROOM = 1.35
WIDER = 1.5  # than high, which both a telephone and a wide screen have room for


@dataclass(frozen=True, eq=False)
class Scene:
    """What a small map shows: part of the world, places in it as a map draws them, and words."""

    view: View
    rows: pd.DataFrame
    title: str
    said: str
    alt: str
    findings: tuple[Finding, ...] = ()


def draw(catalogue: Catalogue, place: Place, shown: Selection) -> None:
    """Draw the map in its card, or say why there is none; a click on a place opens its page."""
    made = _card(catalogue, place)
    if made is None:
        # That an economy has no hub or cluster is said where they would be listed.
        if place.kind != "economy":
            st.html(f'<p class="hint">{NO_POINT}</p>')
        return
    card.draw(
        linked(made, shown),
        _drawing(place.place_id, resources.look().mode),
        catalogue,
        listeners=Listeners(place=_open),
    )


@unless_own(CARDS_KEPT)
def _card(catalogue: Catalogue, place: Place) -> card.Card | None:
    scene = scene_of(catalogue, place)
    if scene is None:
        return None
    return place_card(
        catalogue,
        place,
        name="where",
        title=scene.title,
        subtitle=scene.said,
        alt=scene.alt,
        documents=source_uses(scene.rows, catalogue, "place"),
        data=_as_file(scene.rows, catalogue),
        table=lambda: _as_table(scene.rows, catalogue),
        findings=scene.findings,
        also=boundaries.LINE,
    )


def scene_of(catalogue: Catalogue, place: Place) -> Scene | None:
    """What the map of a place shows; None where nothing has a position."""
    return (_within if place.kind == "economy" else _around)(catalogue, place)


def _within(catalogue: Catalogue, place: Place) -> Scene | None:
    """The hubs and clusters of an economy."""
    rows = _points(catalogue, Selection(places=(place.place_id,)))
    if rows.empty:
        return None
    placed = set(rows["place_id"])
    without = [o.name for o in told.within(catalogue, place) if o.place_id not in placed]
    findings = []
    if without:
        text = f"Without a position, and not on the map: {', '.join(without)}."
        findings.append(Finding("missing", "no_position", text))
    return Scene(
        _view_of_all(place, rows),
        rows.assign(is_own=True),
        f"Hubs and clusters of {place.name}",
        f"{markup.count(len(rows), 'place')} · choose one to open its page",
        f"Map of {place.name} with its hubs and clusters: {', '.join(rows['name'])}.",
        tuple(findings),
    )


def _around(catalogue: Catalogue, place: Place) -> Scene | None:
    """A hub or cluster and those around it, itself first."""
    if place.lat is None or place.lon is None:
        return None
    view = surroundings(place.place_id, place.name, place.lat, place.lon, _shapes(place.economies))
    rows = _points(catalogue, Selection())
    rows = rows.assign(is_own=rows["place_id"] == place.place_id)
    held = [
        own or view.holds(lat, lon)
        for own, lat, lon in zip(rows["is_own"], rows["lat"], rows["lon"], strict=True)
    ]
    rows = rows[pd.array(held, dtype="bool")]
    rows = rows.sort_values("is_own", ascending=False, kind="stable").reset_index(drop=True)
    # The place itself stands out among the hubs around it.
    is_hub, is_own = rows["kind"] != "cluster", rows["is_own"]
    rows.loc[(rows["kind"] == "hub") & ~is_own, "kind"] = "other_hub"
    rows.loc[is_hub & is_own, "kind"] = "hub"
    said = ["One point stands for all of it"]
    if place.admin1_ids:
        said = [markup.count(len(place.admin1_ids), "region") + " that it is made of"]
    others = list(rows.loc[~rows["is_own"], "name"])
    if others:
        count = markup.count(len(others), "other hub or cluster", "other hubs and clusters")
        said += [f"{count} around it", "choose one to open it"]
    else:
        said.append("no other hub or cluster of the atlas around it")
    economies = ", ".join(catalogue.places[key].name for key in place.economies)
    beside = f"; around it {', '.join(others)}" if others else "; no other hub or cluster around it"
    return Scene(
        view,
        rows,
        f"Where {place.name} lies",
        " · ".join(said),
        f"Map of {place.name} in {economies}{beside}.",
    )


def _points(catalogue: Catalogue, chosen: Selection) -> pd.DataFrame:
    """Hubs and clusters with a position, as the map draws them, with the document of each."""
    parts = []
    for name, kind in KINDS.items():
        rows = layer(name, catalogue, chosen).rows
        kinds = ["research_city" if name == "other_hubs" and role == "R&D" else kind
                 for role in rows["role"]]  # fmt: skip
        parts.append(rows.assign(kind=pd.array(kinds, dtype="str")))
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(
        size=float("nan"),
        size_text="no value",
        source_id=[catalogue.places[key].source_id for key in rows["place_id"]],
    )


def _shapes(economies: Sequence[str]) -> str:
    """The boundary file that has the land of some economies."""
    in_region = {feature["id"] for feature in read_geography(REGION)["features"]}
    return REGION if set(economies) <= in_region else WORLD


def _view_of_all(place: Place, rows: pd.DataFrame) -> View:
    """The part of the world that holds all places of an economy, with room around them."""
    first = rows.iloc[0]
    shapes = _shapes([place.place_id])
    near = surroundings(first["place_id"], place.name, first["lat"], first["lon"], shapes)
    if place.place_id in SMALL_ECONOMIES:
        return near
    lat, lon = ((rows[name].min() + rows[name].max()) / 2 for name in ("lat", "lon"))
    # In degrees of longitude: the map stretches those of latitude as it goes from the equator.
    stretch = cos(radians(lat))
    across = max((rows["lon"].max() - rows["lon"].min()) / 2 * ROOM, AROUND / stretch)
    down = (rows["lat"].max() - rows["lat"].min()) / 2 * ROOM / stretch
    half_width = max(across, down * WIDER)
    half_height = half_width / WIDER * stretch
    return replace(
        near,
        name=place.name,
        place=place.name,
        longitudes=(round(lon - half_width, 2), round(lon + half_width, 2)),
        latitudes=(round(lat - half_height, 2), round(lat + half_height, 2)),
        hub="",
    )


def _open(mark: str, _adds: bool) -> None:
    """Open the page of a place under a click, if it has one."""
    other = resources.catalogue().places.get(mark.split(";")[0])
    if other is not None and links.has_profile(other):
        links.go(links.profile(other))


@resources.kept(FIGURES_KEPT)
def _drawing(place_id: str, mode: str) -> Drawing:
    """The map of a place in one mode; shared by readers."""
    catalogue = resources.catalogue()
    place = catalogue.places[place_id]
    scene = scene_of(catalogue, place)
    if scene is None:
        raise ValueError(f"{place_id} has no position.")
    rows = scene.rows
    economies = {other.place_id: other for other in catalogue.places_of_kind("economy")}
    is_economy = place.kind == "economy"
    if is_economy:
        # The small economies have a marker of their own, which would be one more place here.
        economies = {
            key: other
            for key, other in economies.items()
            if key == place_id or key not in SMALL_ECONOMIES
        }
    elif len(short_name(place.name)) > LONGEST_NAME:
        # A longer name has no room on the map, where the place must not stand without one.
        rows.loc[rows["is_own"], "name"] = "This place"
    figure = atlas_map(
        economies,
        _geometry(scene.view),
        theme(mode),
        view=scene.view,
        layers=Layers(places=rows, region_places=rows[rows["is_own"]]),
        focus=Focus(frozenset({place_id, *rows["place_id"]}) if is_economy else frozenset()),
    )
    # No colour bar stands under it.
    figure.update_layout(margin={"b": 0})
    return drawing(figure, HEIGHT_ACROSS if is_economy else HEIGHT)


def _geometry(view: View) -> Geometry:
    """The shapes of a view, with the disputed lines in it only: others have no business here."""
    geometry = geometry_of(view.shapes)
    lines = [line for line in geometry.disputed if any(view.holds(lat, lon) for lon, lat in line)]
    return replace(geometry, disputed=lines)


def _as_file(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    file = pd.DataFrame(
        {
            "place_id": rows["place_id"],
            "place": rows["name"],
            "kind": [catalogue.places[key].kind for key in rows["place_id"]],
            "industry_type": rows["industry_type"],
            "latitude": rows["lat"],
            "longitude": rows["lon"],
            "source_id": rows["source_id"],
        }
    )
    return with_documents(file, catalogue)


def _as_table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    return markup.table(
        "Places on the map",
        ("Place", "Kind", "Industry type"),
        [
            (
                links.anchor(links.profile(catalogue.places[row.place_id]), row.name),
                escape(words(catalogue.places[row.place_id].kind).lower()),
                escape(words(row.industry_type)) if row.industry_type else "not known",
            )
            for row in rows.itertuples()
        ],
    )
