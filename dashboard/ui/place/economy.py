"""The page of an economy: figures among its peers, SMEs, sectors, programmes, places, events.

What the atlas does not hold is said where it would stand, with the reason.
"""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.selection import Selection
from dashboard.ui.place import (
    happened,
    heading,
    indicators,
    largest_sectors,
    parts,
    public_money,
    small_firms,
    standings,
    where,
)

LISTS = ("places", "ties", "fabs", "verdicts", "lessons")


def draw(catalogue: Catalogue, place: Place, shown: Selection) -> None:
    """Draw the page of an economy below its title."""
    st.html(heading.markup(place, catalogue, named=False))
    standings.draw(place, shown)
    small_firms.draw(catalogue, place, shown)
    largest_sectors.draw(catalogue, place, shown)
    public_money.draw(catalogue, place, shown)
    where.draw(catalogue, place, shown)
    happened.draw(catalogue, place, shown)
    parts.draw(catalogue, place, shown, LISTS)
    indicators.draw_every(place)
