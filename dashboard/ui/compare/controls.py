"""The page's own choices: view, places, indicators, what is made of the values."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.peers import OUTSIDE, peers, peers_offered
from dashboard.catalogue.reference import reference
from dashboard.catalogue.selection import MOST_ALSO, PEERS, SCALINGS, STATISTICS
from dashboard.catalogue.wholes import WHOLES
from dashboard.transforms.reading import MONEY_NAMES, TRANSFORM_NAMES, money_offered, offered
from dashboard.ui import state
from dashboard.ui.choices import Choice, markup
from dashboard.ui.compare.parts import whole_shown
from dashboard.ui.compare.settle import (
    MOST_PLACES,
    PAGE,
    PAIR_VIEWS,
    SPAN_VIEWS,
    VIEWS,
    CompareState,
    places_by_indicator,
)
from dashboard.ui.compare.statistics import statistic_shown
from dashboard.ui.controls import NONE, pills, select, toggle
from dashboard.ui.resources import catalogue as shared_catalogue
from dashboard.ui.resources import kept

PEER_WORDS = {
    "gdp_per_head": "Nearest in GDP per head",
    "population": "Nearest in population",
    "rd_intensity": "Nearest in R&D intensity",
    "region": "Of the same region",
    "industry_type": "Of the same industry type",
}
STATISTIC_WORDS = {
    "concentration": "Concentration",
    "convergence": "Convergence",
    "similarity": "Similarity",
    "specialisation": "Specialisation",
}
SCALING_WORDS = {"common": "One axis for all", "free": "Each its own axis"}
LOG_VIEWS = ("line", "multiples", *PAIR_VIEWS)
PLAIN_VIEWS = ("parts", "statistics")
OFFERS_KEPT = 256


def draw(catalogue: Catalogue, shown: CompareState) -> None:
    """The choices in two lines: how it is drawn, and of what."""
    pills(PAGE, "View", "view", list(VIEWS), shown.view, VIEWS.__getitem__)
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare_controls"):
        with st.popover("Places", key="compare_places"):
            _places(catalogue, shown)
        if shown.view not in PLAIN_VIEWS:
            with st.popover(_values_label(shown), key="compare_values"):
                _values(shown)
        if shown.view != "parts":
            _also(catalogue, shown)
        _of_the_view(shown)


def _values_label(shown: CompareState) -> str:
    words = [
        MONEY_NAMES.get(shown.selection.money or "", ""),
        TRANSFORM_NAMES.get(shown.selection.transform or "", ""),
    ]
    return f"Values: {', '.join(word for word in words if word) or 'as published'}"


def _address(shown: CompareState, **changes: str | int | Sequence[str]) -> str:
    """A link to this page with one thing changed; an empty text takes a choice back."""
    return state.address(PAGE, view=shown.view, **changes)


def _places(catalogue: Catalogue, shown: CompareState) -> None:
    st.html(markup("Groups", _groups(catalogue, shown)))
    if not shown.places:
        return
    of = shown.selection.peer_of if shown.selection.peer_of in shown.places else shown.places[0]
    select(
        PAGE,
        "Peers of",
        "peer_of",
        list(shown.places),
        of,
        catalogue.label,
        # Whose peers these are is no choice of places yet.
        store=lambda chosen: {"peer_of": chosen, "peers": None},
    )
    can = peers_offered(catalogue, of)
    found = {basis: peers(catalogue, of, basis) for basis in PEERS if not can.get(basis)}
    choices = []
    for basis in PEERS:
        made = found.get(basis)
        reason = can.get(basis, "") or ("" if made and made.places else made.reason if made else "")
        members = [key for key in (made.places if made else ()) if key in shown.offered]
        if not reason and not members:
            reason = f"None of them has {shown.indicator.short_name}."
        choices.append(
            Choice(
                PEER_WORDS[basis],
                _address(shown, places=[of, *members], peers=basis, peer_of=of),
                chosen=shown.selection.peers == basis and shown.selection.peer_of == of,
                reason=reason,
                more=", ".join(catalogue.label(key) for key in members),
            )
        )
    st.html(markup(f"Peers of {catalogue.label(of)}", choices))


def _groups(catalogue: Catalogue, shown: CompareState) -> list[Choice]:
    """Regions and kinds as sets of places, those with the highest latest values where too many."""
    sets: dict[str, list[str]] = {}
    for key in shown.offered:
        place = catalogue.places[key]
        if not place.in_focus:
            continue
        home = catalogue.places[place.economies[0]] if place.economies else place
        region = place.region or home.region
        if place.kind == "economy" and region:
            words = "Comparators" if region == OUTSIDE else f"Economies of {region}"
            sets.setdefault(words, []).append(key)
        elif place.kind in ("hub", "cluster") and place.economies:
            sets.setdefault(f"{place.kind.capitalize()}s of {home.name}", []).append(key)
    sets = {"All of the atlas": list(shown.everyone), **sets}
    choices = []
    for words, members in sets.items():
        if len(members) < 2:
            continue
        kept = members[:MOST_PLACES]
        more = f"the {MOST_PLACES} highest of {len(members)}" if len(members) > len(kept) else ""
        choices.append(
            Choice(
                f"{words} ({len(members)})",
                _address(shown, places=kept, peers=""),
                chosen=list(shown.places) == kept,
                more=more,
            )
        )
    return choices


def _values(shown: CompareState) -> None:
    selection = shown.selection
    can, money = _can(shown.indicator.indicator_id, shown.places, selection.transform)
    st.html(
        markup(
            "Currency and prices",
            [
                Choice("As published", _address(shown, money=""), chosen=not selection.money),
                *(
                    Choice(
                        MONEY_NAMES[name],
                        _address(shown, money=name),
                        chosen=selection.money == name,
                        reason=reason,
                    )
                    for name, reason in money.items()
                ),
            ],
        )
    )
    if selection.money == "usd_constant" and shown.years:
        prices = selection.prices if selection.prices in shown.years else shown.years[-1]
        select(PAGE, "Prices of", "prices", list(reversed(shown.years)), prices, str)
    st.html(
        markup(
            "What is made of the values",
            [
                Choice(
                    "Nothing: as they are",
                    _address(shown, transform="", base=""),
                    chosen=not selection.transform,
                ),
                *(
                    Choice(
                        TRANSFORM_NAMES[name],
                        _address(shown, transform=name),
                        chosen=selection.transform == name,
                        reason=reason,
                    )
                    for name, reason in can.items()
                ),
            ],
        )
    )


@kept(OFFERS_KEPT)
def _can(
    indicator_id: str, places: tuple[str, ...], transform: str | None
) -> tuple[dict[str, str], dict[str, str]]:
    """Why each transform and each currency cannot be applied; empty where it can."""
    catalogue = shared_catalogue()
    indicator = catalogue.indicator(indicator_id)
    rows, about = catalogue.series(indicator_id, places), reference(catalogue)
    return (
        offered(indicator, rows, catalogue.places, about),
        money_offered(indicator, rows, catalogue.places, about, transform=transform),
    )


def _also(catalogue: Catalogue, shown: CompareState) -> None:
    choices = [
        key
        for key, places in places_by_indicator(catalogue).items()
        if key != shown.indicator.indicator_id and not places.isdisjoint(shown.offered)
    ]
    key = "compare_also"
    st.session_state[key] = [item for item in shown.selection.also if item in choices]
    label = {
        "scatter": "Up the axis; then the size",
        "connected": "Up the axis",
        "statistics": "More indicators, for similarity",
    }.get(shown.view, "More indicators")
    st.multiselect(
        label,
        choices,
        format_func=lambda item: catalogue.indicators[item].name,
        max_selections=MOST_ALSO,
        placeholder=f"Up to {MOST_ALSO}",
        key=key,
        width=320,
        on_change=lambda: state.change(also=tuple(st.session_state[key])),
        select_all=False,
    )


def _of_the_view(shown: CompareState) -> None:
    selection, view = shown.selection, shown.view
    if shown.base is not None and view not in PLAIN_VIEWS:
        select(PAGE, "Base year", "base", list(shown.years), shown.base, str)
    if view in (*SPAN_VIEWS, "ranking"):
        others = [year for year in reversed(shown.years) if year != shown.year]
        options = others if view in SPAN_VIEWS else [NONE, *others]
        if options:
            select(
                PAGE,
                "Against",
                "against",
                options,
                shown.against or options[0],
                lambda year: str(year) if year else "No other year",
            )
    if view == "multiples":
        value = selection.scaling or SCALINGS[0]
        select(PAGE, "Axes", "scaling", list(SCALINGS), value, SCALING_WORDS.__getitem__)
    if view == "parts":
        whole = whole_shown(shown).whole_id
        names = {item.whole_id: item.name for item in WHOLES}
        select(PAGE, "Whole", "whole", list(names), whole, names.__getitem__, width=320)
    if view == "statistics":
        value = statistic_shown(shown)
        select(PAGE, "Statistic", "statistic", list(STATISTICS), value, STATISTIC_WORDS.__getitem__)
    if view in LOG_VIEWS:
        toggle(PAGE, "Log scale", "log", selection.log)
    if view == "line":
        toggle(PAGE, "Other sources", "rivals", selection.rivals)
    if view == "scatter":
        toggle(PAGE, "Trails", "trails", selection.trails)
        toggle(PAGE, "Trend line", "fit", selection.fit)
    if view == "table":
        toggle(PAGE, "Newest of each", "latest", selection.latest)
    if view not in (*PLAIN_VIEWS, *PAIR_VIEWS, "table"):
        toggle(PAGE, "Finding as title", "headline", selection.headline)
