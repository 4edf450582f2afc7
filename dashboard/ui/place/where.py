"""Where a hub or cluster lies: a small map with its regions and the places around it."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.geography import geography_url, read_geography
from dashboard.catalogue.layers import layer
from dashboard.catalogue.provenance import source_line, source_uses
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import words
from dashboard.charts.maps import Geometry, Layers, View, atlas_map, surroundings
from dashboard.charts.maps.places import LONGEST_NAME, short_name
from dashboard.charts.theme import theme
from dashboard.ui import boundaries, card, links, resources
from dashboard.ui.chart import Drawing, Listeners, drawing
from dashboard.ui.data import markup

FIGURES_KEPT = 64
HEIGHT = 330
REGION, WORLD = "admin0_region", "admin0_world"


def draw(catalogue: Catalogue, place: Place, shown: Selection) -> None:
    """Draw the map in its card; a click on another place opens its page."""
    view = _view(place)
    if view is None:
        st.html('<p class="hint">No point on the map stands for it, so it is not drawn on one.</p>')
        return
    around = _around(catalogue, place, view)
    uses = source_uses(around, catalogue, "place")
    said = ["One point stands for all of it"]
    if place.admin1_ids:
        said = [markup.count(len(place.admin1_ids), "region") + " that it is made of"]
    others = len(around) - 1
    if others:
        count = markup.count(others, "other hub or cluster", "other hubs and clusters")
        said += [f"{count} around it", "choose one to open it"]
    else:
        said.append("no other hub or cluster of the atlas around it")
    card.draw(
        card.Card(
            key="where",
            title=f"Where {place.name} lies",
            subtitle=" · ".join(said),
            findings=(),
            rows=catalogue.drawn.iloc[:0],
            alt=_alt(place, around, catalogue),
            page=place.kind,
            link=shown,
            extra_source=" · ".join((source_line(uses), boundaries.LINE)),
            more_sources=uses,
            data=_as_file(around, catalogue),
            table=lambda: _as_table(around, catalogue),
        ),
        _drawing(place.place_id, resources.look().mode),
        catalogue,
        listeners=Listeners(place=_open),
    )


def _open(mark: str, _adds: bool) -> None:
    """Open the page of a place under a click, if it has one."""
    other = resources.catalogue().places.get(mark.split(";")[0])
    if other is not None and links.has_profile(other):
        links.go(links.profile(other))


def _view(place: Place) -> View | None:
    """The part of the world shown; None for a place that is no point."""
    if place.lat is None or place.lon is None:
        return None
    shapes = REGION if set(place.economies) & set(_identifiers(REGION)) else WORLD
    return surroundings(place.place_id, place.name, place.lat, place.lon, shapes)


def _around(catalogue: Catalogue, place: Place, view: View) -> pd.DataFrame:
    """The place and the hubs and clusters in view as a map draws them, the place first."""
    kinds = {"hubs": "other_hub", "other_hubs": "other_hub", "clusters": "cluster"}
    rows = pd.concat(
        [layer(name, catalogue, Selection()).rows.assign(kind=kind) for name, kind in kinds.items()]
    )
    rows = rows.assign(is_own=rows["place_id"] == place.place_id, size=float("nan"), size_text="")
    held = [
        row.is_own or view.holds(row.lat, row.lon)
        for row in rows[["is_own", "lat", "lon"]].itertuples()
    ]
    rows = rows[pd.array(held, dtype="bool")]
    rows.loc[rows["is_own"] & (rows["kind"] == "other_hub"), "kind"] = "hub"
    rows = rows.sort_values("is_own", ascending=False, kind="stable").reset_index(drop=True)
    return rows.assign(
        source_id=[catalogue.places[key].source_id for key in rows["place_id"]],
    )


@st.cache_resource(max_entries=FIGURES_KEPT, show_spinner=False)
def _drawing(place_id: str, mode: str) -> Drawing:
    """The map of a place in one mode; shared by readers."""
    catalogue = resources.catalogue()
    place = catalogue.places[place_id]
    view = _view(place)
    if view is None:
        raise ValueError(f"{place_id} has no position.")
    around = _around(catalogue, place, view)
    if len(short_name(place.name)) > LONGEST_NAME:
        # A longer name has no room on the map, where the place must not stand without one.
        around.loc[around["is_own"], "name"] = "This place"
    figure = atlas_map(
        {other.place_id: other for other in catalogue.places_of_kind("economy")},
        _geometry(view),
        theme(mode),
        view=view,
        layers=Layers(places=around, region_places=around[around["is_own"]]),
    )
    # No colour bar stands under it.
    figure.update_layout(margin={"b": 0})
    return drawing(figure, HEIGHT)


def _geometry(view: View) -> Geometry:
    return Geometry(
        economies=geography_url(view.shapes),
        regions=geography_url("admin1_regions"),
        economy_ids=_identifiers(view.shapes),
        region_ids=_identifiers("admin1_regions"),
        disputed=[
            line
            for feature in read_geography("disputed_borders")["features"]
            for line in feature["geometry"]["coordinates"]
            if any(view.holds(lat, lon) for lon, lat in line)
        ],
    )


def _identifiers(name: str) -> tuple[str, ...]:
    return tuple(feature["id"] for feature in read_geography(name)["features"])


def _alt(place: Place, around: pd.DataFrame, catalogue: Catalogue) -> str:
    economies = ", ".join(catalogue.places[key].name for key in place.economies)
    others = list(around.loc[~around["is_own"], "name"])
    beside = f"; around it {', '.join(others)}" if others else "; no other hub or cluster around it"
    return f"Map of {place.name} in {economies}{beside}."


def _as_file(around: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place_id": around["place_id"],
            "place": around["name"],
            "kind": [catalogue.places[key].kind for key in around["place_id"]],
            "latitude": around["lat"],
            "longitude": around["lon"],
            "source": [catalogue.sources[key].title for key in around["source_id"]],
        }
    )


def _as_table(around: pd.DataFrame, catalogue: Catalogue) -> str:
    return markup.table(
        "Places on the map",
        ("Place", "Kind", "Latitude", "Longitude"),
        [
            (
                links.anchor(links.profile(catalogue.places[row.place_id]), row.name),
                escape(words(catalogue.places[row.place_id].kind).lower()),
                f"{row.lat:.2f}°",
                f"{row.lon:.2f}°",
            )
            for row in around.itertuples()
        ],
        numbers=(2, 3),
    )
