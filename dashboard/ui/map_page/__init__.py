"""The parts of the map page: what it settles, its controls, its figure and its card."""

from dashboard.ui.map_page.figure import drawn_of
from dashboard.ui.map_page.first import HEADING, first_map, stands
from dashboard.ui.map_page.listing import on_the_map, place_list
from dashboard.ui.map_page.page import PAGE, VIEW_NAMES, draw, filter_bar, prepare
from dashboard.ui.map_page.settle import MapState, economy_indicators, resolve

__all__ = [
    "HEADING",
    "PAGE",
    "VIEW_NAMES",
    "MapState",
    "draw",
    "drawn_of",
    "economy_indicators",
    "filter_bar",
    "first_map",
    "on_the_map",
    "place_list",
    "prepare",
    "resolve",
    "stands",
]
