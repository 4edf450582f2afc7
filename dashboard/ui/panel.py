"""The panel of a place beside the map: what it is and what is known of it, each with source."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import BELT, Catalogue, Place
from dashboard.catalogue.selection import Selection
from dashboard.ui import links, state
from dashboard.ui.place import heading, indicators, together
from dashboard.ui.place.parts import fold, parts
from dashboard.ui.resources import look


def draw(catalogue: Catalogue, selection: Selection, choices: list[str]) -> None:
    """Draw the panel, with lists to choose places from that work without a mouse.

    Args:
        catalogue: everything that is known of the place.
        selection: which place is open, and which are selected together.
        choices: places that can be opened, in order.
    """
    place_id = selection.place
    with st.container(border=True, key="panel"):
        key = "panel_place"
        options = choices if place_id is None or place_id in choices else [place_id, *choices]
        st.session_state[key] = place_id
        st.selectbox(
            "Open a place",
            options,
            index=None,
            format_func=catalogue.label,
            placeholder="Choose, or click the map",
            key=key,
            on_change=lambda: _open(st.session_state[key], selection),
        )
        if len(selection.selected) > 1:
            together.draw(catalogue, selection, choices)
        if place_id is None:
            st.html(
                '<p class="hint">Click a hub or an economy, on the map or here, to see its key '
                "figures, ties and sources.</p>"
            )
        # Until a reader chooses, the panel says what the belt itself is.
        place = catalogue.place(place_id or BELT)
        st.html(heading.markup(place, catalogue) + _profile(place))
        _content(catalogue, place, selection)


def _open(place_id: str | None, selection: Selection) -> None:
    """Open a place: several selected together stay so, a single one gives way to it."""
    several = len(selection.selected) > 1
    alone = (place_id,) if place_id else ()
    state.change(place=place_id, selected=selection.selected if several else alone)


def _profile(place: Place) -> str:
    if not links.has_profile(place):
        return ""
    return f'<p class="actions">{links.anchor(links.profile(place), "Open profile")}</p>'


# Opening a fold sends what is in it and draws no map again.
@st.fragment
def _content(catalogue: Catalogue, place: Place, selection: Selection) -> None:
    if place.place_id != BELT:  # its figures stand above the map already
        _figures(catalogue, place, selection)
    for part in parts(catalogue, place):
        fold(part, place, selection, "panel")


def _figures(catalogue: Catalogue, place: Place, selection: Selection) -> None:
    chosen, colour = selection.indicator, look().accent
    of_year = indicators.figure_of_year(catalogue, place, chosen, selection.year, colour)
    blocks = [of_year] if of_year else []
    blocks += indicators.key_figures(catalogue, place, colour, chosen)
    if not blocks:
        st.html(f'<p class="hint">{indicators.NOTHING_HELD}</p>')
        return
    most = indicators.MOST_FIGURES
    st.html(f'<div class="figures">{"".join(blocks[:most])}</div>')
    if blocks[most:]:
        more = len(blocks) - most
        folded = st.expander(
            f"{more} more figure{'s' if more > 1 else ''}",
            key=f"panel_figures_{place.place_id}",
            on_change="rerun",
        )
        if folded.open:
            with folded:
                st.html(f'<div class="figures">{"".join(blocks[most:])}</div>')
