"""Where the hubs and clusters of an economy lie: a map of the closest part of the world."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.layers import layer
from dashboard.catalogue.provenance import source_line, source_uses
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import words
from dashboard.charts.maps import SMALL_ECONOMIES, VIEWS, Focus, Layers, View, atlas_map
from dashboard.charts.theme import theme
from dashboard.ui import boundaries, card, links, resources
from dashboard.ui.chart import Drawing, Listeners, drawing
from dashboard.ui.data import markup
from dashboard.ui.map_page.figure import geometry_of

HEIGHT = 480
FIGURES_KEPT = 64
POINT_LAYERS = ("hubs", "other_hubs", "clusters")


def draw(catalogue: Catalogue, place: Place, within: Sequence[Place], selection: Selection) -> None:
    """Draw the places within an economy in a card; each marker and line leads to a page.

    Args:
        catalogue: places and documents.
        place: the economy.
        within: its hubs and clusters, at least one with a position.
        selection: what the card's link restores.
    """
    placed = [other for other in within if other.lat is not None]
    view = VIEWS[view_of(placed)]
    rows = pd.DataFrame(
        {
            "place_id": [other.place_id for other in placed],
            "name": [other.name for other in placed],
            "kind": [words(other.kind) for other in placed],
            "lat": [other.lat for other in placed],
            "lon": [other.lon for other in placed],
            "industry_type": [words(other.industry_type) for other in placed],
            "source_id": [other.source_id for other in placed],
        }
    )
    documents = source_uses(rows, catalogue, "place")
    without = [other.name for other in within if other.lat is None]
    findings = []
    if without:
        text = f"Without a position, and not on the map: {', '.join(without)}."
        findings.append(Finding("missing", "no_position", text))
    names = ", ".join(rows["name"])
    card.draw(
        card.Card(
            key=f"economy_map_{place.place_id}",
            title=f"Hubs and clusters of {place.name}",
            subtitle=f"{markup.count(len(placed), 'place')} on a map of {view.place} · choose one "
            "to open its page",
            findings=findings,
            rows=catalogue.drawn.iloc[:0],
            alt=f"Map of {view.place} with the hubs and clusters of {place.name}: {names}.",
            page=place.kind,
            link=selection,
            extra_source=f"{source_line(documents)} · {boundaries.LINE}",
            more_sources=documents,
            data=rows.assign(source=[catalogue.sources[key].title for key in rows["source_id"]]),
            table=lambda: _table(placed, catalogue),
        ),
        _drawing(place.place_id, resources.look().mode),
        catalogue,
        listeners=Listeners(place=_open),
    )


def view_of(places: Sequence[Place]) -> str:
    """The closest part of the map that holds all places."""

    def size(view: View) -> float:
        west, east = view.longitudes
        south, north = view.latitudes
        return (east - west) * (north - south)

    holding = [
        name
        for name, view in VIEWS.items()
        if all(view.holds(other.lat, other.lon) for other in places)
    ]
    return min(holding, key=lambda name: size(VIEWS[name]))


def _open(place_id: str, _adds: bool) -> None:
    place = resources.catalogue().places.get(place_id)
    if place is not None:
        links.go(links.profile(place))


def _table(placed: Sequence[Place], catalogue: Catalogue) -> str:
    return markup.table(
        "Hubs and clusters",
        ("Place", "Kind", "Industry type", "Document"),
        [
            (
                links.anchor(links.profile(other), other.name),
                words(other.kind),
                words(other.industry_type) if other.industry_type else "not known",
                links.anchor(
                    links.source(other.source_id), catalogue.sources[other.source_id].title
                ),
            )
            for other in placed
        ],
    )


@st.cache_resource(max_entries=FIGURES_KEPT, show_spinner=False)
def _drawing(economy: str, mode: str) -> Drawing:
    """The map of an economy in one mode; shared by readers."""
    catalogue = resources.catalogue()
    chosen = Selection(places=(economy,))
    parts = []
    for name in POINT_LAYERS:
        rows = layer(name, catalogue, chosen).rows
        kinds = {"hubs": "hub", "clusters": "cluster"}
        kind = kinds.get(name, "other_hub")
        is_research = (rows["role"] == "R&D") & (kind == "other_hub")
        parts.append(
            rows.assign(
                kind=is_research.map({True: "research_city", False: kind}),
                size=float("nan"),
                size_text="no value",
            )
        )
    places = pd.concat([part for part in parts if len(part)], ignore_index=True)
    view = view_of([catalogue.places[key] for key in places["place_id"]])
    # The small economies have a marker of their own, which would be one more place on this map.
    drawn = {
        place.place_id: place
        for place in catalogue.places_of_kind("economy")
        if place.place_id == economy or place.place_id not in SMALL_ECONOMIES
    }
    figure = atlas_map(
        drawn,
        geometry_of(VIEWS[view].shapes),
        theme(mode),
        view=view,
        layers=Layers(places=places),
        focus=Focus(frozenset({economy, *places["place_id"]})),
    )
    return drawing(figure, HEIGHT)
