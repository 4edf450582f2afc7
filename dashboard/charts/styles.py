"""How a place looks in every chart: its hue, and what sets it apart from others of that hue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.catalogue.model import Place
from dashboard.charts.theme import SERIES_DASHES, SERIES_SYMBOLS, Theme


def hue(place_id: str, places: Mapping[str, Place], look: Theme) -> str:
    """An economy's own hue; hubs and regions of one economy each have theirs, in every chart."""
    place = places[place_id]
    if place.kind == "economy":
        return look.colour_of(place.economies)
    family = [
        key
        for key, other in places.items()
        if other.kind == place.kind and other.economies[:1] == place.economies[:1]
    ]
    return look.colour_of(place.economies, family.index(place_id))


def series_style(
    place_id: str, earlier: Sequence[str], places: Mapping[str, Place], look: Theme
) -> dict[str, str]:
    """Hue by place; dash and marker set apart places that share a hue.

    Args:
        place_id: the place to be drawn.
        earlier: the places drawn before it.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.

    Returns:
        colour, dash and symbol.
    """
    colour = hue(place_id, places, look)
    same = sum(hue(other, places, look) == colour for other in earlier)
    return {
        "colour": colour,
        "dash": SERIES_DASHES[same % len(SERIES_DASHES)],
        "symbol": SERIES_SYMBOLS[len(earlier) % len(SERIES_SYMBOLS)],
    }
