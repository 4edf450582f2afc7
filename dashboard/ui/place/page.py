"""The page of one economy, hub or cluster: its parts at full width, and every indicator held."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.address import Refusal
from dashboard.catalogue.paper_tables import PAPER_TABLES
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import quantity, words
from dashboard.transforms import years_of
from dashboard.ui import filters, links, markup, notices, state
from dashboard.ui.data import coverage_view
from dashboard.ui.figures import plain_label
from dashboard.ui.notices import plain
from dashboard.ui.place import economy, heading, hub, side_by_side
from dashboard.ui.resources import catalogue as shared_catalogue

PLURALS = {"economy": "Economies", "hub": "Hubs", "cluster": "Clusters"}
ARTICLES = {"economy": "an economy", "hub": "a hub", "cluster": "a cluster"}
NEIGHBOURS = "Neighbours, for context"


def run(kind: str) -> None:
    """Run the page of the places of a kind: the list, one of them, or several side by side.

    Args:
        kind: the kind of place that the page is for, which is its address too.
    """
    catalogue = shared_catalogue()
    shown = begin(catalogue, kind)
    if shown.view is not None:
        st.title(side_by_side.title(shown, kind), anchor=False)
        notices.refusals()
        side_by_side.controls(catalogue, shown, kind)
        side_by_side.draw(catalogue, shown, kind)
    else:
        title(catalogue, shown, kind)
        notices.refusals()
        controls(catalogue, shown, kind)
        draw(catalogue, shown, kind)
    state.finish()


def begin(catalogue: Catalogue, kind: str) -> Selection:
    """Read the address, turn to the page of a place of another kind, and draw the filter bar.

    Args:
        catalogue: holds the places.
        kind: the kind of place that the page is for, which is its address too.
    """
    asked = "place" in st.query_params
    asked_places = "places" in st.query_params
    views = side_by_side.views(kind)
    asked_view = st.query_params.get("view") in views or state.view() in views
    selection = state.begin(catalogue, kind, views)
    if selection.place is not None and not asked_view:
        # A link to a place opens it, however the page was left.
        selection = selection.with_(view=None)
    if selection.view is not None:
        selection = side_by_side.settled(catalogue, selection, kind, asked=asked_places)
        # No single place is open, so that the way back leads to all of them.
        selection = selection.with_(place=None)
        state.settle(selection)
        filters.draw(catalogue, selection, *_idle_bar(catalogue, selection))
        return selection
    place = catalogue.places[selection.place] if selection.place else None
    if place is not None and place.kind != kind:
        if asked and links.has_profile(place):
            links.turn(place.kind)
        if asked:
            reason = (
                f"it is no {kind} but a {words(place.kind).lower()}, which opens on the map only."
            )
            state.refuse(Refusal("place", catalogue.label(place.place_id), reason))
        # A place open on another page was not asked for here.
        selection = selection.with_(place=None)
    state.settle(selection)
    filters.draw(catalogue, selection, *_bar(catalogue, selection, kind))
    return selection


def _bar(catalogue: Catalogue, selection: Selection, kind: str) -> tuple[filters.Bar, list[int]]:
    """The filter bar, with the reason for each filter that cannot apply; and the years."""
    idle = {
        "year": "The newest value of each indicator is shown.",
        "range": "All years are shown.",
    }
    hub_filters = (*filters.HUB_FILTERS, "industry")
    hint = ""
    if selection.place is not None:
        reason = "One place is shown: filters that choose among places do not apply."
        idle |= dict.fromkeys(("places", *hub_filters), reason)
    elif kind == "economy":
        idle["places"] = "All economies are listed."
        idle |= dict.fromkeys(hub_filters, "Industry and scale choose among hubs and clusters.")
    else:
        hint = f"The filters choose among the {PLURALS[kind].lower()} of the list."
    bar = filters.Bar(
        list(catalogue.indicators), coverage_view.places_offered(catalogue), None, idle, hint
    )
    places = None if selection.place is None else [selection.place]
    return bar, years_of(catalogue.series(selection.indicator, places))


def _idle_bar(catalogue: Catalogue, selection: Selection) -> tuple[filters.Bar, list[int]]:
    """The filter bar beside a comparison, which has choices of its own."""
    idle = dict.fromkeys(
        ("places", *filters.HUB_FILTERS, "industry"),
        "The places are chosen above the table; filters do not apply.",
    )
    idle["year"] = "Each indicator is of the newest year that most of the places have."
    idle["range"] = "All years are looked at."
    bar = filters.Bar(
        list(catalogue.indicators), coverage_view.places_offered(catalogue), None, idle
    )
    return bar, years_of(catalogue.series(selection.indicator, selection.places))


def title(catalogue: Catalogue, shown: Selection, kind: str) -> None:
    """The name of the place with its local name; without a place, that of the list."""
    if shown.place is None:
        st.title(PLURALS[kind], anchor=False)
    else:
        st.title(plain(heading.title(catalogue.places[shown.place])), anchor=False)


def controls(catalogue: Catalogue, shown: Selection, kind: str) -> None:
    """The choice of the place, and the way to it on the map."""
    key = f"{kind}_place"
    st.session_state[key] = shown.place
    choices = [place.place_id for place in _in_order(catalogue, kind)]
    st.selectbox(
        f"Choose {ARTICLES[kind]}",
        choices,
        index=None,
        format_func=lambda key: heading.title(catalogue.places[key]),
        placeholder="Type to search",
        key=key,
        width=420,
        on_change=lambda: state.change(place=st.session_state[key]),
    )
    if shown.place is not None:
        beside = links.anchor(side_by_side.link(kind, [shown.place]), "Side by side with …")
        st.html(
            '<nav class="crumbs" aria-label="Ways on">'
            f"{links.anchor(links.place(shown.place), 'Show on the map')}"
            f"{_compare(catalogue, shown.place, shown.indicator)}"
            f" · {beside}</nav>"
        )
        return
    ways = [
        links.anchor(state.address(kind, view=view), _view_name(view))
        for view in side_by_side.views(kind)
    ]
    st.html(f'<nav class="crumbs" aria-label="Ways on">{" · ".join(ways)}</nav>')


def _view_name(view: str) -> str:
    table = PAPER_TABLES.get(view)
    return f"{table.title}, {table.table}" if table else "Set some side by side"


def _compare(catalogue: Catalogue, place_id: str, indicator_id: str) -> str:
    """A link that compares the place: by the chosen indicator, or what most others have too."""
    held = catalogue.indicators_of(place_id)
    if not held:
        return ""
    if indicator_id not in held:
        indicator_id = max(sorted(held), key=lambda key: len(catalogue.places_with(key)))
    address = state.address("compare", indicator=indicator_id, places=[place_id])
    return f" · {links.anchor(address, 'Compare')}"


def _in_order(catalogue: Catalogue, kind: str) -> list[Place]:
    """Places of a kind: those of the belt, those of the atlas, neighbours."""
    belt = catalogue.belt_hubs
    return sorted(
        catalogue.places_of_kind(kind),
        key=lambda place: (place not in belt, not place.in_focus, place.name),
    )


def draw(catalogue: Catalogue, shown: Selection, kind: str) -> None:
    """The place that is open, or the list of all of its kind."""
    if shown.place is None:
        st.html(listing(catalogue, shown, kind))
        return
    place = catalogue.places[shown.place]
    (economy if kind == "economy" else hub).draw(catalogue, place, shown)


def listing(catalogue: Catalogue, shown: Selection, kind: str) -> str:
    """All places of a kind that pass the filters, each with the chosen indicator's newest value."""
    everything = _in_order(catalogue, kind)
    kept = [place for place in everything if kind == "economy" or shown.keeps(place)]
    indicator = catalogue.indicators[shown.indicator]
    newest = catalogue.series(shown.indicator).drop_duplicates("place_id", keep="last")
    values = {row.place_id: row for row in newest.itertuples()}
    groups = {
        f"{PLURALS[kind]} of the atlas": [place for place in kept if place.in_focus],
        NEIGHBOURS: [place for place in kept if not place.in_focus],
    }
    blocks = []
    for name, places in groups.items():
        items = [_entry(place, values.get(place.place_id), catalogue) for place in places]
        if items:
            head = markup.section(name) if len(everything) > len(places) else ""
            blocks.append(head + markup.listed(items, "entries"))
    number = f"{len(kept)} of {len(everything)} {PLURALS[kind].lower()}"
    if not kept:
        return f'<p class="hint">{number} pass the filters: clear one of them.</p>'
    have = sum(place.place_id in values for place in kept)
    return (
        f'<p class="hint">{number} are shown, {have or "none"} of them with a value of '
        f"{escape(indicator.name)}.</p>" + "".join(blocks)
    )


def _entry(place: Place, row: Any, catalogue: Catalogue) -> str:
    """A place of a list: where it lies, the value asked for, and how much is held of it."""
    held = markup.count(len(catalogue.indicators_of(place.place_id)), "indicator")
    facts = [place.region] if place.kind == "economy" else []
    facts += [catalogue.places[key].name for key in place.economies if place.kind != "economy"]
    if row is not None:
        indicator = catalogue.indicators[row.indicator_id]
        value = quantity(row.value, indicator, row.qualifier, row.value_high)
        facts.append(f"{plain_label(indicator)}: {value}, {row.year}")
    facts.append(held)
    return (
        f"{links.anchor(links.profile(place), heading.title(place))}"
        f"<br>{escape(' · '.join(fact for fact in facts if fact))}"
    )
