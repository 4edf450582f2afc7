"""The filter bar: the same on every page, drawn once per run by the entry script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.catalogue import Catalogue, Indicator
from dashboard.catalogue.own import OWN_TOPIC
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.vocabulary import CLUSTER_FIRM_SCALES, GOVERNANCE_SCALES, INDUSTRY_TYPES
from dashboard.charts.formats import words
from dashboard.transforms import years_of
from dashboard.ui import state

HUB_FILTERS = {
    "industry_type": ("Industry type", INDUSTRY_TYPES),
    "governance_scale": ("Governance scale", GOVERNANCE_SCALES),
    "firm_scale": ("Firm scale", CLUSTER_FIRM_SCALES),
}

# Filters whose reason for being idle is written out; the year's is a help text beside it.
SAID = (*HUB_FILTERS, "places", "range")


@dataclass(frozen=True)
class Bar:
    """What a page offers in the filter bar.

    Attributes:
        indicators: identifiers of the indicators to choose from.
        places: identifiers of the places to choose from.
        most_places: how many may be chosen; None for any number.
        idle: reason why a filter cannot apply, by filter; such a filter is shown disabled.
        hint: what the filters on industry and scale choose among, where that needs saying.
        opens: view that choosing an indicator leads to, where it is not the one that is open.
    """

    indicators: Sequence[str]
    places: Sequence[str]
    most_places: int | None
    idle: dict[str, str]
    hint: str = ""
    opens: str | None = None


def draw(catalogue: Catalogue, selection: Selection, bar: Bar, years: Sequence[int]) -> None:
    """Draw the bar in the sidebar, each widget showing what the selection holds.

    Args:
        catalogue: names of indicators, places and industries.
        selection: what is shown now.
        bar: what the page offers.
        years: the years that the indicator has.
    """
    with st.sidebar:
        _indicator(catalogue, selection, bar)
        _places(catalogue, selection, bar)
        _years(selection, bar, years)
        if bar.hint:
            st.caption(bar.hint)
        for reason in dict.fromkeys(bar.idle[name] for name in SAID if name in bar.idle):
            st.caption(reason)
        for name in ("industry_type", "industry", "governance_scale", "firm_scale"):
            if name == "industry":
                _industries(catalogue, selection, bar)
            else:
                _pills(name, selection, bar)
        if _is_restricted(selection):
            st.button("Clear the filters", on_click=_clear, width="stretch")


def _widget(name: str, value: Any, store: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """Key and callback of a widget that shows `value` and stores what the reader makes of it."""
    key = f"filter_{name}"
    st.session_state[key] = value

    def changed() -> None:
        state.change(**store(st.session_state[key]))

    return {"key": key, "on_change": changed}


def _indicator(catalogue: Catalogue, selection: Selection, bar: Bar) -> None:
    value = selection.indicator if selection.indicator in bar.indicators else bar.indicators[0]
    st.selectbox(
        "Indicator",
        bar.indicators,
        format_func=lambda key: _listed(catalogue.indicators[key]),
        help="Type to search; the list is grouped by topic.",
        **_widget(
            "indicator",
            value,
            lambda chosen: (
                {"indicator": chosen, "year": None} | ({"view": bar.opens} if bar.opens else {})
            ),
        ),
    )


def _listed(indicator: Indicator) -> str:
    """An indicator as the list has it; the names of a reader's own say whose they are."""
    if indicator.topic == OWN_TOPIC:
        return indicator.name
    return f"{words(indicator.topic)} · {indicator.name}"


def _places(catalogue: Catalogue, selection: Selection, bar: Bar) -> None:
    offered = [key for key in selection.places if key in bar.places]
    # Places that this page cannot offer stay chosen for the page that can.
    kept = tuple(key for key in selection.places if key not in bar.places)

    def name(key: str) -> str:
        place = catalogue.places[key]
        local = f" {place.name_local}" if place.name_local else ""
        group = "" if place.in_focus else " (neighbour)"
        return f"{catalogue.label(key)}{local}{group}"

    usual = sum(catalogue.places[key].in_focus for key in bar.places)

    st.multiselect(
        "Economies and hubs",
        bar.places,
        format_func=name,
        placeholder=f"All {usual}" if bar.most_places is None else "Suggested set",
        max_selections=bar.most_places,
        disabled="places" in bar.idle,
        help=bar.idle.get("places"),
        select_all=False,
        **_widget(
            "places", offered[: bar.most_places], lambda chosen: {"places": (*kept, *chosen)}
        ),
    )


def _years(selection: Selection, bar: Bar, years: Sequence[int]) -> None:
    newest_first = list(reversed(years))
    reason = bar.idle.get("year") or (None if years else "This indicator has no yearly values.")
    st.selectbox(
        "Year",
        newest_first,
        disabled=reason is not None,
        help=reason,
        **_widget(
            "year",
            selection.year if selection.year in years else (newest_first[0] if years else None),
            lambda chosen: {"year": chosen},
        ),
    )
    left, right = st.columns(2, gap="xxsmall")
    all_years = bar.idle.get("range")
    first = selection.first_year if selection.first_year in years else (years[0] if years else None)
    last = selection.last_year if selection.last_year in years else (years[-1] if years else None)
    with left:
        st.selectbox(
            "From",
            [item for item in years if last is None or item <= last],
            disabled=not years or all_years is not None,
            help=all_years,
            **_widget(
                "from", first, lambda chosen: {"first_year": chosen} | _outside(chosen, None)
            ),
        )
    with right:
        st.selectbox(
            "To",
            [item for item in newest_first if first is None or item >= first],
            disabled=not years or all_years is not None,
            help=all_years,
            **_widget("to", last, lambda chosen: {"last_year": chosen} | _outside(None, chosen)),
        )


def _outside(first: int | None, last: int | None) -> dict[str, None]:
    """A change that leaves the year to the page where a new range no longer holds it."""
    year = st.session_state.selection.year
    left_out = year is not None and ((first or year) > year or (last or year) < year)
    return {"year": None} if left_out else {}


def _pills(name: str, selection: Selection, bar: Bar) -> None:
    label, options = HUB_FILTERS[name]
    reason = bar.idle.get(name)
    st.pills(
        label,
        options,
        selection_mode="multi",
        format_func=words,
        disabled=reason is not None,
        help=reason,
        **_widget(name, list(getattr(selection, name)), lambda chosen: {name: tuple(chosen)}),
    )


def _industries(catalogue: Catalogue, selection: Selection, bar: Bar) -> None:
    reason = bar.idle.get("industry")
    used = {item for hub in catalogue.places_of_kind("hub") for item in hub.industries}
    options = sorted(used | set(selection.industry), key=lambda key: catalogue.industry_names[key])
    st.multiselect(
        "Industry",
        options,
        format_func=lambda key: catalogue.industry_names[key],
        placeholder="All industries",
        disabled=reason is not None,
        help=reason,
        select_all=False,
        **_widget("industry", list(selection.industry), lambda chosen: {"industry": tuple(chosen)}),
    )


def _is_restricted(selection: Selection) -> bool:
    return any(
        (
            selection.places,
            selection.industry_type,
            selection.industry,
            selection.governance_scale,
            selection.firm_scale,
            selection.first_year,
            selection.last_year,
        )
    )


def _clear() -> None:
    state.change(
        places=(),
        industry_type=(),
        industry=(),
        governance_scale=(),
        firm_scale=(),
        first_year=None,
        last_year=None,
    )


def shown_years(rows: Any, selection: Selection) -> list[int]:
    """The years of a table that lie in the range the reader chose."""
    return in_range(years_of(rows), selection)


def in_range(years: Iterable[int], selection: Selection) -> list[int]:
    """Those of the years that lie in the range the reader chose."""
    return [
        item
        for item in years
        if (selection.first_year is None or item >= selection.first_year)
        and (selection.last_year is None or item <= selection.last_year)
    ]
