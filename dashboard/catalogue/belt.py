"""Tables of the belt for its map: hubs with what sizes them, and the ties between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.model import Place

HUB_COLUMNS = ["place_id", "name", "lat", "lon", "role", "industry_type", "admin1_ids", "size"]
TIE_COLUMNS = [
    "link_id",
    "kind",
    "hubs",
    "text",
    "year",
    "from_lat",
    "from_lon",
    "to_lat",
    "to_lon",
    "source_id",
    "locator",
]

# A size compares hubs; an indicator that only one of them has compares nothing.
ENOUGH_HUBS = 2


def economies_of(catalogue: Catalogue, *, in_focus: bool) -> list[str]:
    """Identifiers of the economies of the atlas, or of the neighbours given for context."""
    return [
        place.place_id
        for place in catalogue.places_of_kind("economy")
        if place.in_focus == in_focus
    ]


def focus_first(place_ids: Iterable[str], catalogue: Catalogue) -> list[str]:
    """The same places, those of the atlas before the neighbours given for context."""
    return sorted(place_ids, key=lambda key: not catalogue.places[key].in_focus)


def size_indicators(catalogue: Catalogue) -> list[str]:
    """Identifiers of the indicators that enough hubs of the belt have to be sized by."""
    hubs = {hub.place_id for hub in catalogue.belt_hubs}
    return [
        key
        for key in catalogue.indicators
        if len(hubs.intersection(catalogue.places_with(key, "hub"))) >= ENOUGH_HUBS
    ]


def hub_table(
    hubs: Sequence[Place], catalogue: Catalogue, size_indicator: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hubs as a map draws them.

    Args:
        hubs: the hubs, in drawing order.
        catalogue: holds the values.
        size_indicator: indicator that sizes them, by its newest value; None for no size.

    Returns:
        One row per hub: place_id, name, lat and lon in degrees, role, industry_type, admin1_ids
        (a tuple), size (missing where there is none); and the observations the sizes come from.
    """
    rows = [
        {name: getattr(hub, name) for name in HUB_COLUMNS if name != "size"}
        for hub in hubs
        if hub.lat is not None
    ]
    table = pd.DataFrame(rows, columns=HUB_COLUMNS)
    sizes = pd.DataFrame()
    if size_indicator is not None:
        series = catalogue.series(size_indicator, [hub.place_id for hub in hubs])
        sizes = series.drop_duplicates("place_id", keep="last").reset_index(drop=True)
        table["size"] = table["place_id"].map(sizes.set_index("place_id")["value"])
    return table.astype({"size": "float64"}), sizes


def tie_table(
    catalogue: Catalogue, hub_ids: Collection[str], first_year: int | None, last_year: int | None
) -> pd.DataFrame:
    """Ties between two of the hubs given, that began and ended within a range of years.

    A tie without a first year is kept: leaving it out would say that it is not there.

    Returns:
        One row per tie: link_id, kind, hubs and text for readers, first year (may be missing), both
        positions in degrees, source_id and locator.
    """
    rows = []
    for link in catalogue.links().itertuples():
        if link.from_place_id not in hub_ids or link.to_place_id not in hub_ids:
            continue
        begun = pd.isna(link.year_start) or last_year is None or link.year_start <= last_year
        lasting = pd.isna(link.year_end) or first_year is None or link.year_end >= first_year
        if not (begun and lasting):
            continue
        start, end = catalogue.places[link.from_place_id], catalogue.places[link.to_place_id]
        since = "" if pd.isna(link.year_start) else f" ({link.year_start})"
        rows.append(
            {
                "link_id": link.link_id,
                "kind": link.kind,
                "year": link.year_start,
                "hubs": f"{start.name} – {end.name}",
                "locator": link.locator,
                "text": f"<b>{start.name} – {end.name}</b>{since}<br>{_wrapped(link.description)}",
                "from_lat": start.lat,
                "from_lon": start.lon,
                "to_lat": end.lat,
                "to_lon": end.lon,
                "source_id": link.source_id,
            }
        )
    return pd.DataFrame(rows, columns=TIE_COLUMNS)


def _wrapped(text: str, width: int = 60) -> str:
    """Hover boxes do not wrap by themselves."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)
