"""Hubs, clusters and research cities: shape by role, colour by industry type, names beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import formats
from dashboard.charts.maps.geometry import NOTHING, Focus, Trace, leader_lines, mark
from dashboard.charts.maps.labels import FONT_SIZE, Label, place_labels
from dashboard.charts.maps.views import Position, View
from dashboard.charts.theme import CLUSTER_SYMBOL, ROLE_SYMBOLS, SANS, Theme

HUB_SIZE = 13.0
# Diameter of a marker that is not sized by a value, for each kind of place.
KIND_SIZES = {
    "hub": HUB_SIZE,
    "park": 10.0,
    "other_hub": 10.0,
    "cluster": 11.0,
    "research_city": 9.0,
}
# From the lowest to the one above all others, whose names nothing covers.
KIND_WORDS = {
    "research_city": "Research cities",
    "cluster": "Clusters",
    "other_hub": "Other hubs",
    "park": "Science parks of Taiwan",
    "hub": "Hubs",
}
HUB_SIZES = (9.0, 30.0)
# Two markers nearer to each other than this can't be told apart or hit.
LEAST_PIXELS = 17.0
SHORTENED = (" / ", " (", " Science Park", " furniture", " cluster")
LONGEST_NAME = 18  # in letters; a longer name is left to the hover box and the list
RANK = 100


def short_name(name: str) -> str:
    """A name as it stands on the map: without its second half, brackets and kind."""
    for end in SHORTENED:
        name = name.split(end)[0]
    return name


def marker_sizes(places: pd.DataFrame, size_name: str | None) -> list[float]:
    """Diameters in pixels: by kind, or with area in proportion to the value.

    A place without a value is small, never nothing.
    """
    if not size_name or not places["size"].notna().any():
        return [KIND_SIZES.get(kind, HUB_SIZE) for kind in _kinds(places)]
    small, large = HUB_SIZES
    largest = float(places["size"].max()) or 1.0
    return [
        small if pd.isna(item) else max(large * (max(item, 0) / largest) ** 0.5, small)
        for item in places["size"]
    ]


def places_layer(
    places: pd.DataFrame,
    look: Theme,
    view: View,
    *,
    size_name: str | None = None,
    focus: Focus = NOTHING,
    shown_at: Mapping[str, Position] | None = None,
    given: Mapping[str, int] | None = None,
    obstacles: Sequence[Label] = (),
) -> list[Trace]:
    """Markers of hubs, clusters and research cities with their names.

    Args:
        places: one row per place, the important ones first: place_id, name, lat, lon, role,
            industry_type, `size` (missing when it has none) with `size_text`, and `kind`: hub (of
            the belt), park (beside the belt's), other_hub, cluster or research_city; hub where the
            column is missing.
        look: colours of the mode.
        view: names that would cover one another in it are left out.
        size_name: what markers are sized by; None draws those of a kind alike.
        focus: places emphasised.
        shown_at: positions of markers that a view moves apart, by place.
        given: how many places of each kind there are before filters, for the legend.
        obstacles: other markers that names should not cover.

    Returns:
        One trace per kind, a thin line from each moved marker to its place, and the legend's marks
        of roles and types. `customdata` is the place.
    """
    if places.empty:
        return []
    moved = shown_at or {}
    spots = [
        moved.get(key, (lat, lon))
        for key, lat, lon in zip(places["place_id"], places["lat"], places["lon"], strict=True)
    ]
    sizes = marker_sizes(places, size_name)
    names = [name if len(name) <= LONGEST_NAME else "" for name in map(short_name, places["name"])]
    sides = place_labels(
        [
            Label(name, spot[0], spot[1], size, kind == "hub")
            for name, spot, size, kind in zip(names, spots, sizes, _kinds(places), strict=True)
        ],
        view,
        obstacles=obstacles,
    )
    table = places.assign(
        kind=_kinds(places),
        shown_lat=[spot[0] for spot in spots],
        shown_lon=[spot[1] for spot in spots],
        marker=sizes,
        label=[name if side else "" for name, side in zip(names, sides, strict=True)],
        side=[side or "middle right" for side in sides],
        symbol=_symbols(places, size_name),
        hover=[_hover(place, size_name) for place in places.itertuples()],
    )
    traces: list[Trace] = []
    present = set(table["kind"])
    for kind, words in KIND_WORDS.items():
        if kind in present:
            rows = table[table["kind"] == kind]
            leads = [
                ((row.lat, row.lon), (row.shown_lat, row.shown_lon)) for row in rows.itertuples()
            ]
            traces += leader_lines(leads, look, kind)
            traces.append(_markers(rows, words, look, focus))
    return [*traces, *_marks(table, look, given or {})]


def _kinds(places: pd.DataFrame) -> list[str]:
    return list(places["kind"]) if "kind" in places else ["hub"] * len(places)


def _symbols(places: pd.DataFrame, size_name: str | None) -> list[str]:
    hollow = bool(size_name) and bool(places["size"].notna().any())
    return [
        (CLUSTER_SYMBOL if kind == "cluster" else ROLE_SYMBOLS.get(role, "circle"))
        + ("-open" if hollow and pd.isna(size) else "")
        for kind, role, size in zip(_kinds(places), places["role"], places["size"], strict=True)
    ]


def _hover(place: object, size_name: str | None) -> str:
    parts = [
        formats.ROLES.get(getattr(place, "role", ""), ""),
        formats.words(getattr(place, "industry_type", "") or ""),
    ]
    sized = f"<br>{size_name}: {getattr(place, 'size_text', '')}" if size_name else ""
    said = " · ".join(part for part in parts if part)
    return f"<b>{getattr(place, 'name', '')}</b><br>{said}{sized}"


def _markers(rows: pd.DataFrame, words: str, look: Theme, focus: Focus) -> go.Scattergeo:
    ids = list(rows["place_id"])
    opacity = focus.opacities(ids)
    text: str | list[str] = look.ink
    if isinstance(opacity, list):
        text = [look.ink if item == 1 else look.muted for item in opacity]
    return go.Scattergeo(
        lat=list(rows["shown_lat"]),
        lon=list(rows["shown_lon"]),
        customdata=ids,
        text=list(rows["label"]),
        hovertext=list(rows["hover"]),
        hovertemplate="%{hovertext}<extra></extra>",
        mode="markers+text" if any(rows["label"]) else "markers",
        textposition=list(rows["side"]),
        textfont={
            "family": SANS,
            "size": FONT_SIZE,
            "color": text,
            "weight": 600,
            "shadow": ", ".join([f"0 0 3px {look.card}"] * 4),
        },
        marker={
            "size": list(rows["marker"]),
            "symbol": list(rows["symbol"]),
            "color": [look.industry_types.get(item, look.accent) for item in rows["industry_type"]],
            "line": {"color": look.card, "width": 2 if rows["kind"].iloc[0] == "hub" else 1.2},
            "opacity": opacity,
        },
        showlegend=False,
        name=words,
        meta={"layer": rows["kind"].iloc[0], "count": len(rows)},
    )


def _marks(table: pd.DataFrame, look: Theme, given: Mapping[str, int]) -> list[Trace]:
    """Entries of the legend: kinds that are not hubs, roles, types of industry."""
    marks: list[Trace] = []
    kinds = list(table["kind"])
    roles = [
        (role, kind) for role, kind in zip(table["role"], kinds, strict=True) if kind != "cluster"
    ]
    for index, (role, symbol) in enumerate(ROLE_SYMBOLS.items()):
        having = [kind for item, kind in roles if item == role]
        if having:
            words = f"Hub: {formats.ROLES[role]}"
            rank = RANK + index
            marks.append(mark(having[0], words, symbol, look.muted, rank, count=len(having)))
    if "cluster" in kinds:
        words = f"Cluster ({_counted(table, 'cluster', given)})"
        count = kinds.count("cluster")
        marks.append(mark("cluster", words, CLUSTER_SYMBOL, look.muted, RANK + 20, count=count))
    types = list(zip(table["industry_type"], kinds, strict=True))
    for index, (name, colour) in enumerate(look.industry_types.items()):
        having = [kind for item, kind in types if item == name]
        if having:
            words = f"Industry: {formats.words(name).lower()}"
            rank = RANK + 40 + index
            marks.append(mark(having[0], words, "circle", colour, rank, count=len(having)))
    return marks


def _counted(table: pd.DataFrame, kind: str, given: Mapping[str, int]) -> str:
    shown = int((table["kind"] == kind).sum())
    return f"{shown} of {given[kind]}" if kind in given else str(shown)
