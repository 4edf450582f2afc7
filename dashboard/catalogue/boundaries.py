"""Checks of the boundary files: GeoJSON that a chart can draw, under identifiers that are known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.catalogue.description import BOUNDARIES
from dashboard.catalogue.errors import Problem
from dashboard.catalogue.loading import read_json

ADMIN1_REGIONS = "geography/admin1_regions.geojson"

_REBUILD = "Restore the file or run `make data`."
_NESTING = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""How deep lists of positions lie in the coordinates of a geometry."""


def check_boundaries(folder: Path, places: pd.DataFrame | None) -> list[Problem]:
    """What is wrong with the boundary files of a package.

    Args:
        folder: the package.
        places: the table of places, indexed by line, that first-level regions refer to and are
            referred to from; None if it could not be read, and such references are not checked.
    """
    problems: list[Problem] = []
    for name in BOUNDARIES:
        features, found = _read(folder / name, name)
        problems += found
        if features is None:
            continue
        seen: set[str] = set()
        for at, feature in enumerate(features):
            problems += [
                Problem(name, None, _where(at, feature), None, message, remedy)
                for message, remedy in _faults(feature, seen)
            ]
        if name == ADMIN1_REGIONS and places is not None:
            problems += _unresolved(features, places)
    return problems


def _read(path: Path, name: str) -> tuple[list[Any] | None, list[Problem]]:
    """The features of a file; or None and what is wrong with it as a whole."""
    collection, problems = read_json(path, name, _REBUILD)
    if problems:
        return None, problems
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or collection.get("type") != "FeatureCollection":
        message = "The file is not a GeoJSON FeatureCollection."
        return None, [Problem(name, None, None, None, message, _REBUILD)]
    return features, []


def _where(at: int, feature: Any) -> str:
    identifier = feature.get("id") if isinstance(feature, dict) else None
    return f"feature {at + 1}" + (f" ({identifier})" if isinstance(identifier, str) else "")


def _faults(feature: Any, seen: set[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a feature; its identifier is added to those seen."""
    identifier = feature.get("id") if isinstance(feature, dict) else None
    if not isinstance(identifier, str) or not identifier:
        yield "has no identifier.", "Every feature needs a text as `id`."
        return
    if identifier in seen:
        yield "has an identifier that an earlier feature has.", "Identifiers are unique."
    seen.add(identifier)
    properties = feature.get("properties")
    if not isinstance(properties, dict) or not properties.get("name"):
        yield "has no name.", "Every feature needs `name` among its properties."
    elif "admin1_id" not in properties and properties.get("iso3") not in (None, identifier):
        yield "has an `iso3` that is not its identifier.", "Make them the same, or `iso3` null."
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in _NESTING:
        yield "has no lines or polygons.", f"Its geometry is one of: {', '.join(_NESTING)}."
        return
    lines = list(_lines(geometry.get("coordinates"), _NESTING[kind]))
    if not lines or not all(map(_is_line, lines)):
        yield (
            "has coordinates that are no places on Earth.",
            "Give lists of [longitude, latitude] within -180 to 180 and -90 to 90.",
        )
    elif "Polygon" in kind:
        yield from _ring_faults(geometry["coordinates"], kind)


def _lines(coordinates: Any, depth: int) -> Iterator[Any]:
    """The lists of positions in the coordinates of a geometry."""
    if depth == 1 or not isinstance(coordinates, list):
        yield coordinates
    else:
        for part in coordinates:
            yield from _lines(part, depth - 1)


def _is_line(positions: Any) -> bool:
    return isinstance(positions, list) and len(positions) > 1 and all(map(_is_position, positions))


def _is_position(position: Any) -> bool:
    if not isinstance(position, list) or len(position) != 2:
        return False
    if not all(type(number) in (int, float) and isfinite(number) for number in position):
        return False
    return bool(abs(position[0]) <= 180 and abs(position[1]) <= 90)


def _ring_faults(coordinates: list[Any], kind: str) -> Iterator[tuple[str, str]]:
    for exterior, *holes in coordinates if kind == "MultiPolygon" else [coordinates]:
        if any(len(ring) < 4 or ring[0] != ring[-1] for ring in (exterior, *holes)):
            yield "has a ring that does not close.", "A ring ends at the position it starts from."
        elif _turn(exterior) >= 0 or any(_turn(hole) <= 0 for hole in holes):
            yield (
                "has a ring that runs the wrong way round.",
                "Outer rings run clockwise and holes counter-clockwise; otherwise a map fills the "
                "rest of the globe.",
            )


def _turn(ring: list[list[float]]) -> float:
    """Twice the signed area of a ring: negative if it runs clockwise."""
    return sum((x0 - x1) * (y0 + y1) for (x0, y0), (x1, y1) in pairwise(ring))


def _unresolved(features: list[Any], places: pd.DataFrame) -> Iterator[Problem]:
    """References between the first-level regions and the table of places that lead nowhere."""
    drawn = {feature.get("id") for feature in features if isinstance(feature, dict)}
    for line, cell in places["admin1_ids"].items():
        for region in filter(None, cell.split(";")):
            if region not in drawn:
                yield Problem(
                    "places.csv",
                    int(line),
                    "admin1_ids",
                    region,
                    f"has no boundary in {ADMIN1_REGIONS}.",
                    "Add the boundary or correct the identifier.",
                )
    known = set(places["place_id"])
    for at, feature in enumerate(features):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        iso3 = properties.get("iso3") if isinstance(properties, dict) else None
        if iso3 not in known:
            yield Problem(
                ADMIN1_REGIONS,
                None,
                _where(at, feature),
                str(iso3),
                "is not an economy of places.csv.",
                "Correct `iso3` among its properties.",
            )
