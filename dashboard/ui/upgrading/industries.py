"""The types of industry: how many places of the atlas are of each, and how their firms learn."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.frameworks import framework, statements
from dashboard.charts import formats
from dashboard.charts.grids import Field, Line, describe_grid, grid
from dashboard.ui import card, links, markup, notices, state
from dashboard.ui.semiconductors.parts import drawn
from dashboard.ui.upgrading.parts import Words, beside, card_of, opener
from dashboard.ui.upgrading.settle import UpgradingState

KINDS = {"hub": "Hubs", "cluster": "Clusters", "programme_region": "Programme regions"}
MOST_NAMED = 8
MAP_LAYERS = ("economies", "hubs", "other_hubs", "clusters", "programme_regions")
COLUMNS = [*("place_id", "name", "kind", "industry_type", "industry_type_basis", "source_id")]


def draw(catalogue: Catalogue, shown: UpgradingState) -> None:
    """How many hubs, clusters and programme regions are of each type."""
    held = _of_types(catalogue, shown)
    if held.empty:
        notices.nothing_found("No place passes the filters.", "Clear one of them.")
        return
    of = framework(catalogue, "industry_types")
    names = {item.element_id: item.name for item in of.elements}
    lines = [
        Line(
            names[key],
            [_field(held, key, kind, f"{of.framework_id}.{key}") for kind in KINDS],
        )
        for key in shown.types
    ]
    counts = held["industry_type"].value_counts()
    ranked = ", ".join(f"{formats.words(key).lower()} {number}" for key, number in counts.items())
    assigned = int((held["industry_type_basis"] == "curator").sum())
    columns = list(KINDS.values())
    words = Words(
        key="places",
        title="Places of the atlas by type of industry",
        subtitle="Places whose leading industry is of the type, by kind of place",
        alt=describe_grid(columns, lines),
        sentence=f"{len(held)} places with a type: {ranked}.",
        rows=held.assign(locator=""),
        data=held,
        table=lambda: _table(catalogue, held),
        findings=[
            Finding(
                "caution",
                "assigned",
                f"{assigned} of {len(held)} types are assigned by the curators from the leading "
                "industry; of the others a source names the type.",
            )
        ],
        what="place",
    )
    key = ("upgrading_places", *held["place_id"], *shown.types)
    card.draw(
        card_of(shown, catalogue, words),
        drawn(key, lambda look: grid(columns, lines, look)),
        catalogue,
        listeners=opener(),
    )


def below(catalogue: Catalogue, shown: UpgradingState) -> None:
    """The types side by side: innovation, sources of learning, policy."""
    of = framework(catalogue, "industry_types")
    rows = statements([of])
    rows = rows[rows["element_id"].isin(shown.types)]
    title = "How the types innovate, and from whom their firms learn"
    aspects = {"": ("innovation", "learning_sources", "sme_policy", "definition")}
    table = beside(title, of, aspects, catalogue, keep=shown.types)
    names = ", ".join(item.name for item in of.elements if item.element_id in shown.types)
    words = Words(
        key="types_beside",
        title=title,
        subtitle="Four types after Pavitt as Chaminade and Vang use them, and science-based "
        "industry after Kitagawa",
        alt=f"Table of {names}: innovation, sources of learning, policy for small firms.",
        rows=rows,
        body=lambda: st.html(table),
    )
    card.draw(card_of(shown, catalogue, words), None, catalogue)


def places_of(catalogue: Catalogue, shown: UpgradingState, industry_type: str) -> str:
    """The hubs and clusters of a type as links, and how many programme regions are of it."""
    held = _of_types(catalogue, shown, (industry_type,))
    lines = [
        f"{links.anchor(links.profile(place), place.name)} · {escape(formats.words(place.kind))}"
        + ("" if place.industry_type_basis == "source" else " · type assigned by us")
        for place in (catalogue.places[key] for key in held["place_id"])
        if place.kind != "programme_region"
    ]
    regions = int((held["kind"] == "programme_region").sum())
    way = state.address("", layers=MAP_LAYERS, industry_type=[industry_type])
    text = f"{markup.count(regions, 'programme region')} of this type, on the map"
    sectors = state.address("smes", view="sectors", industry_type=[industry_type])
    head = markup.section("In the atlas", count=len(held)).replace("h2", "h3")
    return (
        f"{head}{markup.shortened(lines, MOST_NAMED)}"
        f'<p class="remark">{links.anchor(way, text)} · '
        f"{links.anchor(sectors, 'Its sectors in manufacturing')}</p>"
    )


def _of_types(
    catalogue: Catalogue, shown: UpgradingState, types: tuple[str, ...] = ()
) -> pd.DataFrame:
    """The places of the types that pass the filters: columns as `COLUMNS`."""
    chosen = shown.selection.with_(industry_type=types or shown.types)
    places = [
        place for kind in KINDS for place in catalogue.places_of_kind(kind) if chosen.keeps(place)
    ]
    return pd.DataFrame([_row(place) for place in places], columns=COLUMNS)


def _row(place: Place) -> list[str]:
    return [getattr(place, name) for name in COLUMNS]


def _field(held: pd.DataFrame, industry_type: str, kind: str, key: str) -> Field:
    own = held[(held["industry_type"] == industry_type) & (held["kind"] == kind)]
    if own.empty:
        return Field("none", mark="empty", key=key)
    named = ", ".join(own["name"].head(MOST_NAMED)) + (" …" if len(own) > MOST_NAMED else "")
    return Field(
        "", head=str(len(own)), hover=f"{len(own)} {KINDS[kind].lower()}: {named}", key=key
    )


def _table(catalogue: Catalogue, held: pd.DataFrame) -> str:
    return markup.table(
        "Places by type of industry",
        ("Place", "Kind", "Type", "Named by"),
        [
            (
                links.anchor(links.profile(catalogue.places[row.place_id]), row.name),
                escape(formats.words(row.kind)),
                escape(formats.words(row.industry_type)),
                "a source" if row.industry_type_basis == "source" else "the curators",
            )
            for row in held.itertuples(index=False)
        ],
    )
