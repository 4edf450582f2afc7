"""The compare page: several places, up to four indicators, and whether they compare at all."""

from dashboard.ui.compare.page import controls, draw, filter_bar, prepare
from dashboard.ui.compare.settle import PAGE, VIEWS

__all__ = ["PAGE", "VIEWS", "controls", "draw", "filter_bar", "prepare"]
