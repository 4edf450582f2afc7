"""The page of lessons, put together: choices, cards, filter bar."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.lesson_matching import OF_PLACES, cases
from dashboard.catalogue.offered import lesson_dimensions
from dashboard.catalogue.vocabulary import ADDRESSEES
from dashboard.ui import filters, notices
from dashboard.ui.controls import NONE, pills, select
from dashboard.ui.lessons import finder, parts, views
from dashboard.ui.lessons.settle import PAGE, VIEWS, LessonsState

DRAWN = {
    "finder": finder.draw,
    "types": views.types,
    "weakest": views.weakest,
    "decides": views.decides,
    "east_west": views.east_and_west,
    "whom": views.whom,
    "all": views.everything,
}
OF_FINDER = "In the finder the settings above the cases take the place of these filters."
NO_YEAR = "Lessons have no year."


def controls(catalogue: Catalogue, shown: LessonsState) -> None:
    """The view, the reader's settings in the finder, and what lessons to keep."""
    pills(PAGE, "View", "view", list(VIEWS), shown.view, VIEWS.__getitem__)
    if shown.view == "finder":
        finder.controls(shown)
    with st.container(horizontal=True, vertical_alignment="bottom", key="lessons_controls"):
        _one_of(shown, "Aspect of policy", "dimension", lesson_dimensions(catalogue), 250)
        _one_of(shown, "Addressed to", "for_whom", list(ADDRESSEES), 250)


def _one_of(shown: LessonsState, label: str, name: str, options: list[str], width: int) -> None:
    words = parts.ADDRESSED.get if name == "for_whom" else parts.aspect
    chosen = getattr(shown.selection, name)
    select(
        PAGE,
        label,
        name,
        [NONE, *options],
        chosen[0] if chosen else NONE,
        lambda value: str(words(value)).capitalize() if value else "All",
        width=width,
        store=lambda value: {name: (value,) if value else ()},
    )


def draw(catalogue: Catalogue, shown: LessonsState) -> None:
    """The cards of the view, or a sentence where no lesson passes the filters."""
    if not shown.chosen and shown.view != "finder":
        notices.nothing_found(
            "No lesson of this view passes the filters.",
            "Choose another aspect or addressee, or clear the filters at the side.",
        )
    DRAWN[shown.view](catalogue, shown)


def filter_bar(catalogue: Catalogue, shown: LessonsState) -> None:
    """The filter bar, with the reason for each filter that cannot apply."""
    idle = {
        "year": NO_YEAR,
        "range": NO_YEAR,
        "industry": "Lessons name types of industry, not industries.",
    }
    if shown.view == "finder":
        idle |= dict.fromkeys(OF_PLACES, OF_FINDER)
    described = cases(catalogue)
    economies = dict.fromkeys(key for place in described for key in place.economies)
    bar = filters.Bar(
        indicators=list(catalogue.indicators),
        places=[*economies, *(place.place_id for place in described)],
        most_places=None,
        idle=idle,
    )
    filters.draw(catalogue, shown.selection, bar, [])
