"""The page on semiconductors, put together: settle, controls, the view that is open."""

from __future__ import annotations

from dashboard.catalogue import Catalogue
from dashboard.catalogue.selection import Selection
from dashboard.ui import filters, state
from dashboard.ui.controls import pills
from dashboard.ui.semiconductors import belt, counts, fabs, hubs, sales, ties
from dashboard.ui.semiconductors.settle import (
    CHAPTERS,
    PAGE,
    VIEWS,
    SemiconductorState,
    bar,
    settle,
)


def prepare(catalogue: Catalogue, selection: Selection, *, asked_place: bool) -> SemiconductorState:
    """Settle the selection, tell what was refused, and draw the filter bar.

    Args:
        catalogue: holds the data.
        selection: what the reader asked for.
        asked_place: the address names a place.
    """
    shown, refused = settle(catalogue, selection, asked_place=asked_place)
    if refused:
        # A place that is no chip hub is past once it was told of.
        shown, _ = settle(catalogue, shown.selection.with_(place=None))
    state.settle(shown.selection, refused)
    filters.draw(catalogue, shown.selection, *bar(catalogue, shown))
    return shown


def controls(catalogue: Catalogue, shown: SemiconductorState) -> None:
    """The choice of view, and the view's own choices."""
    pills(PAGE, "View", "view", list(VIEWS), shown.view, VIEWS.__getitem__)
    if shown.view == "sales":
        sales.controls(shown)
    elif shown.view == "hubs":
        hubs.controls(catalogue, shown)
    elif shown.view == "fabs":
        fabs.controls(catalogue, shown)


def draw(catalogue: Catalogue, shown: SemiconductorState) -> None:
    """The view that is open."""
    if shown.view in CHAPTERS:
        counts.draw(catalogue, shown)
        return
    views = {
        "sales": sales.draw,
        "belt": belt.draw,
        "hubs": hubs.draw,
        "fabs": fabs.draw,
        "ties": ties.draw,
    }
    views[shown.view](catalogue, shown)
