"""What the page of lessons shows, with every choice settled that the reader left open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.catalogue import Catalogue
from dashboard.catalogue.lesson_matching import OF_PLACES, wish_of
from dashboard.catalogue.lessons import Lesson, lessons, lessons_shown
from dashboard.catalogue.selection import Selection

PAGE = "lessons"
VIEWS = {
    "finder": "Finder",
    "types": "By industry type",
    "weakest": "By weakest node",
    "decides": "Who decides",
    "east_west": "East and west",
    "whom": "For whom",
    "all": "All lessons",
}
# Aspects of policy that two views are about.
OF_NODES = ("weakest_node", "selectivity", "preconditions", "design_principle")
OF_LEVELS = (
    *("decision_level", "governance", "leadership", "national_role", "policy_integration"),
    *("core_body", "local_initiative", "local_partnership", "transnational"),
)
BELONGS: dict[str, Callable[[Lesson], bool]] = {
    "types": lambda lesson: bool(lesson.industry_types),
    "weakest": lambda lesson: lesson.dimension in OF_NODES,
    "decides": lambda lesson: lesson.dimension in OF_LEVELS,
    "east_west": lambda lesson: lesson.approach in ("eastern", "western"),
    "whom": lambda lesson: bool(lesson.for_whom),
}


@dataclass(frozen=True, eq=False)
class LessonsState:
    """The page's selection with every open choice settled.

    Attributes:
        selection: with the view written into it.
        view: one of `VIEWS`.
        wish: the settings of the finder that the reader has set.
        chosen: lessons of the view that pass the filters, in the order of the table. In the finder
            type, firms and scale are settings and no filters.
        opened: the lesson that is open, or None.
    """

    selection: Selection
    view: str
    wish: dict[str, tuple[str, ...]]
    chosen: tuple[Lesson, ...]
    opened: Lesson | None


def _any(lesson: Lesson) -> bool:
    return True


def settle(catalogue: Catalogue, selection: Selection) -> LessonsState:
    """The state of the page."""
    view = selection.view or next(iter(VIEWS))
    filtered = selection
    if view == "finder":
        filtered = selection.with_(**dict.fromkeys(OF_PLACES, ()))
    belongs = BELONGS.get(view, _any)
    opened = next((item for item in lessons(catalogue) if item.lesson_id == selection.lesson), None)
    return LessonsState(
        selection=selection.with_(view=view),
        view=view,
        wish=wish_of(selection),
        chosen=tuple(item for item in lessons_shown(catalogue, filtered) if belongs(item)),
        opened=opened,
    )
