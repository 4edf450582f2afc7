"""The map's own choices, above it: part of the world, mode, classes and what sizes and shades."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.belt import size_indicators
from dashboard.catalogue.selection import (
    CLASSINGS,
    MAP_MODES,
    MOST_TOLERANCE,
    REGION_SHADES,
)
from dashboard.charts.maps import HUB_VIEWS, PRESETS
from dashboard.ui import state
from dashboard.ui.map_page.settle import MapState, economy_indicators

# A select box reads None as "nothing chosen yet".
ALIKE = ""
NO_HUB = ""
MODES = {
    "one": "One indicator",
    "two_indicators": "Two indicators",
    "two_years": "Two years",
    "difference": "Difference of two years",
}
CLASS_WORDS = {
    "continuous": "A scale without steps",
    "quantile": "Five classes of equal number",
    "natural": "Five natural classes",
}
SHADE_WORDS = {"owner": "Alike", "industry_type": "By industry type"}


def draw(catalogue: Catalogue, shown: MapState) -> None:
    """Draw the choices: the part of the world in sight, the rest folded where it is used less."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="map_controls"):
        _view(shown)
        _choice(
            "Mode",
            "mode",
            list(MAP_MODES),
            shown.mode,
            MODES.__getitem__,
            width=200,
        )
        with st.popover("Scale, sizes, gaps", key="map_options"):
            _options(catalogue, shown)
        if shown.selection.window or shown.view != "belt":
            st.button("Reset the view", key="map_reset", on_click=_reset)
    if shown.mode == "two_indicators" and shown.second is not None:
        offered = [
            key
            for key in economy_indicators(catalogue)
            if key != shown.indicator.indicator_id
            and (shown.indicator.is_relative or catalogue.indicators[key].is_relative)
        ]
        _choice(
            "Second indicator: a rate makes nine colours, an amount circles",
            "second",
            offered,
            shown.second.indicator_id,
            lambda key: catalogue.indicators[key].name,
        )
    if shown.against is not None:
        _choice(
            "The other year",
            "against",
            [year for year in reversed(shown.years) if year != shown.year],
            shown.against,
            str,
            width=160,
        )


def _view(shown: MapState) -> None:
    view = shown.view if shown.view in PRESETS else None
    st.session_state["map_view"] = view
    st.segmented_control(
        "Part of the map",
        list(PRESETS),
        format_func=lambda key: PRESETS[key].name,
        key="map_view",
        on_change=lambda: _look_at(st.session_state["map_view"]),
    )
    st.session_state["map_hub"] = shown.view if shown.view in HUB_VIEWS else NO_HUB
    st.selectbox(
        "Around a hub",
        [NO_HUB, *HUB_VIEWS],
        format_func=lambda key: HUB_VIEWS[key].name if key else "None",
        key="map_hub",
        width=120,
        on_change=lambda: _look_at(st.session_state["map_hub"] or None),
    )


def _look_at(view: str | None) -> None:
    state.change(view=view, window=None)


def _reset() -> None:
    state.change(view=None, window=None)


def _options(catalogue: Catalogue, shown: MapState) -> None:
    _choice(
        "Colours",
        "classes",
        list(CLASSINGS),
        shown.selection.classes or CLASSINGS[0],
        CLASS_WORDS.__getitem__,
    )
    _choice(
        "Fill gaps with a value up to so many years older",
        "tolerance",
        list(range(MOST_TOLERANCE + 1)),
        shown.selection.tolerance,
        _gap_words,
    )
    sizes = size_indicators(catalogue)
    _choice(
        "Size of the hubs",
        "size",
        [ALIKE, *sizes],
        shown.size or ALIKE,
        lambda key: catalogue.indicators[key].short_name if key else "All alike",
    )
    _choice(
        "Regions of the hubs",
        "shade",
        [*REGION_SHADES, *sizes],
        shown.selection.shade or REGION_SHADES[0],
        lambda key: SHADE_WORDS.get(key) or catalogue.indicators[key].short_name,
    )


def _gap_words(years: int) -> str:
    if not years:
        return "No: a gap stays a gap"
    return "1 year" if years == 1 else f"{years} years"


def _choice(
    label: str, name: str, options: list[Any], value: Any, words: Any, width: Any = "stretch"
) -> None:
    """A select box that shows a field of the selection and changes it."""
    key = f"map_{name}"
    st.session_state[key] = value

    def changed() -> None:
        chosen = st.session_state[key]
        state.change(**{name: None if chosen == ALIKE else chosen})

    st.selectbox(label, options, format_func=words, key=key, width=width, on_change=changed)
