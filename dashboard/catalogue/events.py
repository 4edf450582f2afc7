"""What happened where, under the filters of a selection."""

from __future__ import annotations

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.layers import Layer
from dashboard.catalogue.selection import Selection

_WHOLE = ("economy", "aggregate")
"""Kinds of place that have no one industry or scale to be filtered by."""

_OF_PLACES = ("industry_type", "industry", "governance_scale", "firm_scale")
FILTERED_BY = ("places", *_OF_PLACES, "first_year", "last_year")


def events_shown(catalogue: Catalogue, selection: Selection) -> Layer:
    """The events that the filters on places, industry, scales and years keep, in order of time.

    An economy has no one industry or scale: its events answer to the filters on places and years
    alone, and the layer's reason says so where others are set.

    Returns:
        The rows of the table `events`, of how many.
    """
    return _events_shown(
        catalogue, Selection(**{name: getattr(selection, name) for name in FILTERED_BY})
    )


@of_package(64)
def _events_shown(catalogue: Catalogue, selection: Selection) -> Layer:
    table = catalogue.table("events")
    places_only = Selection(places=selection.places)
    kept = {
        key
        for key, place in catalogue.places.items()
        if (places_only if place.kind in _WHOLE else selection).keeps(place)
    }
    keep = table["place_id"].isin(kept)
    if selection.first_year is not None:
        keep &= table["year"] >= selection.first_year
    if selection.last_year is not None:
        keep &= table["year"] <= selection.last_year
    rows = table[keep].sort_values(["year", "date", "event_id"]).reset_index(drop=True)
    whole = rows["place_id"].map({key: place.kind for key, place in catalogue.places.items()})
    count = int(whole.isin(_WHOLE).sum())
    narrowed = any(getattr(selection, name) for name in _OF_PLACES)
    reason = (
        f"Industry and scale choose among hubs and clusters; {_events(count)} of whole economies "
        f"{'stays' if count == 1 else 'stay'}."
        if narrowed and count
        else ""
    )
    return Layer("events", rows, len(table), reason)


def _events(count: int) -> str:
    return f"{count} event{'' if count == 1 else 's'}"
