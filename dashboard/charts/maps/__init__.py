"""The map of the atlas: layers as pure functions from tidy tables to traces, and their assembly."""

from dashboard.charts.maps.atlas import (
    Above,
    Layers,
    above_parts,
    atlas_map,
    atlas_parts,
    positions_shown,
    two_years_parts,
)
from dashboard.charts.maps.bivariate import BivariateKey
from dashboard.charts.maps.circles import LARGEST_CIRCLE, CircleKey
from dashboard.charts.maps.economies import SMALL_ECONOMIES, SMALL_MARKER
from dashboard.charts.maps.fabs import fab_place
from dashboard.charts.maps.geometry import Focus, Geometry
from dashboard.charts.maps.measure import Measure
from dashboard.charts.maps.views import BASE_LAYERS, HUB_VIEWS, PRESETS, VIEWS, View, surroundings

__all__ = [
    "BASE_LAYERS",
    "HUB_VIEWS",
    "LARGEST_CIRCLE",
    "PRESETS",
    "SMALL_ECONOMIES",
    "SMALL_MARKER",
    "VIEWS",
    "Above",
    "BivariateKey",
    "CircleKey",
    "Focus",
    "Geometry",
    "Layers",
    "Measure",
    "View",
    "above_parts",
    "atlas_map",
    "atlas_parts",
    "fab_place",
    "positions_shown",
    "surroundings",
    "two_years_parts",
]
