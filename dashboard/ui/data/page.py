"""The parts of the data page: which view is open, what of the filter bar applies, how to get on."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import Refusal
from dashboard.catalogue.selection import Selection
from dashboard.transforms import years_of
from dashboard.ui import filters, links, state
from dashboard.ui.compare.settle import MOST_PLACES
from dashboard.ui.data import (
    browse,
    citing,
    coverage_view,
    dictionary,
    downloads,
    indicator_page,
    programme_page,
    quality_view,
    source_page,
    value_page,
)

PAGE = "data"
VIEWS = {
    "catalogue": "Catalogue",
    "coverage": "Coverage",
    "quality": "Quality",
    "dictionary": "Dictionary",
    "downloads": "Downloads",
    "cite": "Cite",
}
# Views of one thing, by the parameter that names it; the view on a year belongs to Coverage.
DETAILS = {
    "indicator": "indicator",
    "source": "source",
    "programme": "programme",
    "value": "value",
}
ALL_VIEWS = (*VIEWS, coverage_view.YEAR_VIEW, *DETAILS)

IDLE = {
    "catalogue": "The catalogue lists all that the atlas holds; search it or choose a topic.",
    "quality": "The report covers all data.",
    "dictionary": "The dictionary describes whole tables.",
    "downloads": "Files hold whole tables; charts hand over what they draw.",
    "cite": "The atlas is cited as a whole; open an indicator or a value to cite that.",
    "source": "A document is shown with all that rests on it.",
    "programme": "A programme is shown with all its amounts.",
    "value": "One value is shown.",
}


def prepare(catalogue: Catalogue, selection: Selection) -> Selection:
    """Settle what the reader left open, draw the filter bar, and return what is shown."""
    view = selection.view or "catalogue"
    if view in DETAILS and getattr(selection, DETAILS[view]) is None:
        reason = "the link does not say which; the catalogue is shown."
        state.refuse(Refusal("view", view, reason))
        view = "catalogue"
    if view == "value" and selection.value is not None:
        # The filter bar and the other pages go along with the value that is open.
        row = catalogue.value(selection.value)
        selection = selection.with_(indicator=row["indicator_id"])
    selection = selection.with_(view=view)
    if view in coverage_view.ALL_VIEWS:
        selection = coverage_view.settle(selection)
    if view == "indicator":
        for key in indicator_page.chosen(catalogue, selection)[MOST_PLACES:]:
            reason = f"the chart takes up to {MOST_PLACES} places; it is left out."
            state.refuse(Refusal("places", catalogue.label(key), reason))
    state.settle(selection)
    filters.draw(catalogue, selection, *_bar(catalogue, selection))
    return selection


def _bar(catalogue: Catalogue, selection: Selection) -> tuple[filters.Bar, list[int]]:
    """The filter bar of a view, with the reason for each filter that cannot apply; and years."""
    view = str(selection.view)
    everywhere = list(catalogue.indicators)
    hub_filters = (*filters.HUB_FILTERS, "industry")
    if view == "indicator":
        offered = indicator_page.offered(catalogue, selection)
        idle = {"year": "The page shows every year; the newest stands in the table."}
        if catalogue.kind_of(selection.indicator) != "hub":
            name = catalogue.indicators[selection.indicator].short_name
            reason = f"{name} is not measured by hub, so industry and scale do not apply."
            idle |= dict.fromkeys(hub_filters, reason)
        rows = catalogue.series(selection.indicator)
        bar = filters.Bar(everywhere, offered, MOST_PLACES, idle, opens=view)
        return bar, years_of(rows)
    if view in coverage_view.ALL_VIEWS:
        idle = dict.fromkeys(hub_filters, "Coverage is shown for every kind of industry and scale.")
        idle["range"] = "Coverage counts every year held."
        if view != coverage_view.YEAR_VIEW:
            idle["year"] = "Years held are counted; choose “One year” to ask for a year."
        bar = filters.Bar(everywhere, coverage_view.places_offered(catalogue), None, idle)
        return bar, coverage_view.years()
    idle = dict.fromkeys(("places", "range", "year", *hub_filters), IDLE[view])
    bar = filters.Bar(
        everywhere, coverage_view.places_offered(catalogue), None, idle, opens="indicator"
    )
    return bar, coverage_view.years()


def controls(shown: Selection) -> None:
    """The choice of view, and the way back from the page of one thing."""
    view = "coverage" if shown.view in coverage_view.ALL_VIEWS else shown.view
    st.session_state["data_view"] = view if view in VIEWS else None
    st.segmented_control(
        "View",
        list(VIEWS),
        format_func=VIEWS.__getitem__,
        label_visibility="collapsed",
        key="data_view",
        # Pressing the chosen one again takes the choice away, which means nothing here. Words
        # searched for in one view are not looked for in another.
        on_change=lambda: state.change(view=st.session_state["data_view"] or view, q=None),
    )
    if shown.view in DETAILS:
        back = "Search results" if shown.q else "Catalogue"
        st.html(
            '<nav class="crumbs" aria-label="Way back">'
            f"{links.anchor(state.address(PAGE, view='catalogue'), f'‹ {back}')}"
            f"{f' for “{escape(shown.q)}”' if shown.q else ''}</nav>"
        )


def draw(catalogue: Catalogue, shown: Selection) -> None:
    """The view that is open."""
    view = shown.view
    if view == "catalogue":
        browse.draw(catalogue, shown)
    elif view in coverage_view.ALL_VIEWS:
        coverage_view.draw(catalogue, shown)
    elif view == "quality":
        quality_view.draw(shown)
    elif view == "dictionary":
        dictionary.draw()
    elif view == "downloads":
        downloads.draw(catalogue)
    elif view == "cite":
        citing.draw_atlas(catalogue)
    elif view == "indicator":
        indicator_page.draw(catalogue, shown)
    elif view == "source":
        source_page.draw(catalogue, shown)
    elif view == "programme":
        programme_page.draw(catalogue, shown)
    else:
        value_page.draw(catalogue, shown)


def warm(catalogue: Catalogue) -> None:
    """Make what is the same for all readers and would keep the first of them waiting."""
    browse.warm(catalogue)
    coverage_view.years()
    quality_view.warm()
