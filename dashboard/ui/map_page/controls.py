"""The map's own choices, above it: part of the world, mode, classes and what sizes and shades."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.belt import size_indicators
from dashboard.catalogue.layers import OWN_FILTERS, is_filtered, layer, unfiltered
from dashboard.catalogue.offered import (
    operators,
    region_industries,
    region_programmes,
    stages,
    wafers,
)
from dashboard.catalogue.selection import (
    CLASSINGS,
    MAP_MODES,
    MOST_TOLERANCE,
    PROGRAMME_SHADES,
    REGION_SHADES,
    UNKNOWN_WAFER,
    Selection,
)
from dashboard.catalogue.vocabulary import FAB_STATUSES
from dashboard.charts import formats
from dashboard.charts.maps import HUB_VIEWS, PRESETS
from dashboard.charts.maps.fabs import STATUS_WORDS
from dashboard.ui import state
from dashboard.ui.controls import NONE, select
from dashboard.ui.map_page.settle import MapState, economy_indicators

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
SHADE_WORDS = {
    "owner": "Alike",
    "industry_type": "By industry type",
    "programme": "By programme",
}
PROGRAMME_SHADE_WORDS = {
    "programme": "By programme",
    "stage": "By stage",
    "industry_type": "By industry type",
    "amount": "By public money, US$",
}
# What a layer's own filters are called, by layer.
FILTER_NAMES = {"fabs": "Filter fabs", "programme_regions": "Programme regions"}
ANY, KNOWN = 0, -1
AMOUNTS = (1, 10, 100, 1000)  # millions of US dollars


def draw(catalogue: Catalogue, shown: MapState) -> None:
    """Draw the choices: the part of the world in sight, the rest folded where it is used less."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="map_controls"):
        _view(shown)
        select(
            "map",
            "Mode",
            "mode",
            list(MAP_MODES),
            shown.mode,
            MODES.__getitem__,
            width=200,
        )
        with st.popover("Scale, sizes, gaps", key="map_options"):
            _options(catalogue, shown)
        for name, options in (("programme_regions", _region_options), ("fabs", _fab_options)):
            if name in shown.layers:
                with st.popover(_filter_name(name, shown.selection), key=f"map_filter_{name}"):
                    options(catalogue, shown.selection)
        if shown.selection.window or shown.view != "belt":
            st.button("Reset the view", key="map_reset", on_click=_reset)
    if shown.mode == "two_indicators" and shown.second is not None:
        offered = [
            key
            for key in economy_indicators(catalogue)
            if key != shown.indicator.indicator_id
            and (shown.indicator.is_relative or catalogue.indicators[key].is_relative)
        ]
        select(
            "map",
            "Second indicator: a rate makes nine colours, an amount circles",
            "second",
            offered,
            shown.second.indicator_id,
            lambda key: catalogue.indicators[key].name,
            width="stretch",
        )
    if shown.against is not None:
        select(
            "map",
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
    select(
        "map",
        "Colours",
        "classes",
        list(CLASSINGS),
        shown.selection.classes or CLASSINGS[0],
        CLASS_WORDS.__getitem__,
        width="stretch",
    )
    select(
        "map",
        "Fill gaps with a value up to so many years older",
        "tolerance",
        list(range(MOST_TOLERANCE + 1)),
        shown.selection.tolerance,
        _gap_words,
        width="stretch",
    )
    sizes = size_indicators(catalogue)
    select(
        "map",
        "Size of the hubs",
        "size",
        [NONE, *sizes],
        shown.size or NONE,
        lambda key: catalogue.indicators[key].short_name if key else "All alike",
        width="stretch",
    )
    select(
        "map",
        "Regions of the hubs",
        "shade",
        [*REGION_SHADES, *sizes],
        shown.selection.shade or REGION_SHADES[0],
        lambda key: SHADE_WORDS.get(key) or catalogue.indicators[key].short_name,
        width="stretch",
    )


def _filter_name(name: str, selection: Selection) -> str:
    """What the button says: the layer's filters, and how many of them are set."""
    count = sum(bool(getattr(selection, item)) for item in OWN_FILTERS[name])
    return f"{FILTER_NAMES[name]} ({count})" if count else FILTER_NAMES[name]


def _fab_options(catalogue: Catalogue, selection: Selection) -> None:
    fab_filters(catalogue, selection)
    _ends("fabs", catalogue, selection)


def fab_filters(catalogue: Catalogue, selection: Selection) -> None:
    """Boxes for the filters of fabs: operator, wafers, status and year of start."""
    _several("Operator", "operator", operators(catalogue), selection.operator, str)
    _several("Wafers", "wafer", wafers(catalogue), selection.wafer, _wafer_words)
    _several("Status", "fab_status", list(FAB_STATUSES), selection.fab_status, _status_words)
    years = {int(year) for year in catalogue.table("fabs")["start_year"].dropna()}
    for label, name in (("Started from", "fab_from"), ("Started up to", "fab_to")):
        value = getattr(selection, name)
        offered = sorted(years | ({value} if value else set()), reverse=True)
        select(
            "map",
            label,
            name,
            [NONE, *offered],
            value or NONE,
            _year_words,
            width="stretch",
        )


def _region_options(catalogue: Catalogue, selection: Selection) -> None:
    select(
        "map",
        "Colour of regions and their areas",
        "programme_shade",
        list(PROGRAMME_SHADES),
        selection.programme_shade or PROGRAMME_SHADES[0],
        PROGRAMME_SHADE_WORDS.__getitem__,
        width="stretch",
    )
    _several(
        "Programme",
        "region_programme",
        region_programmes(catalogue),
        selection.region_programme,
        catalogue.programme_names.__getitem__,
    )
    _several("Stage", "stage", stages(catalogue), selection.stage, str)
    _several(
        "Industry of the region",
        "region_industry",
        region_industries(catalogue),
        selection.region_industry,
        catalogue.industry_names.__getitem__,
    )
    asked = selection.amount_from
    amounts = sorted({*AMOUNTS, *([asked] if asked else [])})
    key = "map_amount"
    st.session_state[key] = asked or (KNOWN if selection.amount_known else ANY)

    def changed() -> None:
        chosen = st.session_state[key]
        state.change(amount_known=chosen != ANY, amount_from=chosen if chosen > 0 else None)

    st.selectbox(
        "Public money",
        [ANY, KNOWN, *amounts],
        format_func=_amount_words,
        key=key,
        on_change=changed,
    )
    _ends("programme_regions", catalogue, selection)


def _ends(name: str, catalogue: Catalogue, selection: Selection) -> None:
    """How many the filters leave, and the way back to all."""
    found = layer(name, catalogue, selection)
    st.caption(f"{found.shown} of {found.total} shown")
    if is_filtered(name, selection):
        st.button(
            "Show all",
            key=f"map_all_{name}",
            on_click=lambda: state.change(**unfiltered(name)),
        )


def _year_words(year: int | str) -> str:
    return "Any year" if year == NONE else str(year)


def _wafer_words(size: str) -> str:
    return "Not known" if size == UNKNOWN_WAFER else f"{size} mm"


def _status_words(status: str) -> str:
    words = STATUS_WORDS[status]
    return words[0].upper() + words[1:]


def _amount_words(amount: int) -> str:
    if amount == ANY:
        return "Any, or none known"
    if amount == KNOWN:
        return "An amount is known"
    return f"At least {formats.money(amount, 'US$')}"


def _several(
    label: str, name: str, options: list[str], chosen: tuple[str, ...], words: Callable[[str], str]
) -> None:
    """A box for several choices that shows a field of the selection and changes it."""
    key = f"map_{name}"
    st.session_state[key] = list(chosen)

    def changed() -> None:
        state.change(**{name: tuple(st.session_state[key])})

    st.multiselect(
        label,
        options,
        format_func=words,
        key=key,
        placeholder="All",
        select_all=False,
        on_change=changed,
    )


def _gap_words(years: int) -> str:
    if not years:
        return "No: a gap stays a gap"
    return "1 year" if years == 1 else f"{years} years"
