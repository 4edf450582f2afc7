"""The belt and its economies: who is in focus, and what its hubs can be sized by."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.keeping import unless_own

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


@unless_own(1)
def size_indicators(catalogue: Catalogue) -> list[str]:
    """Identifiers of the indicators that enough hubs of the belt have to be sized by."""
    hubs = {hub.place_id for hub in catalogue.belt_hubs}
    return [
        key
        for key in catalogue.indicators
        if len(hubs.intersection(catalogue.places_with(key, "hub"))) >= ENOUGH_HUBS
    ]
