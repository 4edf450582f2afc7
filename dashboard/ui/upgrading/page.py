"""The page on upgrading, put together: settle, view, drawings beside the open element, tables."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.selection import Selection
from dashboard.ui import filters, state
from dashboard.ui.upgrading import (
    capabilities,
    capital,
    element,
    global_factory,
    industries,
    products,
    strategies,
    types,
)
from dashboard.ui.upgrading.settle import PAGE, VIEWS, UpgradingState, bar, settle

Draw = Callable[[Catalogue, UpgradingState], None]
DRAWINGS: dict[str, Draw] = {
    "types": types.draw,
    "capital": capital.draw,
    "industries": industries.draw,
    "products": products.draw,
    "strategies": strategies.draw,
    "capabilities": capabilities.draw,
    "global_factory": global_factory.draw,
}
TABLES: dict[str, Draw] = {
    "industries": industries.below,
    "products": products.below,
    "strategies": strategies.below,
}


def prepare(catalogue: Catalogue, selection: Selection) -> UpgradingState:
    """Settle the selection, tell what was refused, and draw the filter bar."""
    shown, refused = settle(catalogue, selection, asked=frozenset(st.query_params))
    state.settle(shown.selection, refused)
    filters.draw(catalogue, shown.selection, *bar(catalogue, shown))
    return shown


def controls(shown: UpgradingState) -> None:
    """The choice of view; an element belongs to one, and goes with it."""
    key = f"{PAGE}_view"
    st.session_state[key] = shown.view
    st.pills(
        "View",
        list(VIEWS),
        required=True,
        format_func=VIEWS.__getitem__,
        key=key,
        on_change=lambda: state.change(view=st.session_state[key], element=None),
    )


def draw(catalogue: Catalogue, shown: UpgradingState) -> None:
    """The drawings of the view, beside them the element that is open; below, tables."""
    drawings, said = st.columns([3, 2])
    with drawings:
        DRAWINGS[shown.view](catalogue, shown)
    with said:
        element.pickers(shown)
        element.draw(catalogue, shown)
    if shown.view in TABLES:
        TABLES[shown.view](catalogue, shown)
