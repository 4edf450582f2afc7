"""Boundary files: where they are, what they hold and the address a browser fetches them from.

The shapes are large and change only when the data do. A chart therefore carries an address
instead of polygons, and the address carries a hash of the file, so that a browser may keep it for
good and still gets new shapes as soon as there are any.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

GEOGRAPHY_FOLDER = Path(__file__).parents[2] / "data" / "geography"


@cache
def geography_names() -> tuple[str, ...]:
    """Names of the boundary files in `data/geography`, without their suffix, in order."""
    return tuple(sorted(path.stem for path in GEOGRAPHY_FOLDER.glob("*.geojson")))


def geography_path(name: str) -> Path:
    """File of the boundaries called `name`.

    Args:
        name: one of `geography_names()`, for example `admin0_world`.

    Raises:
        KeyError: if there are no boundaries of that name; the message lists those there are.
    """
    if name not in geography_names():
        raise KeyError(f"No boundaries named {name!r}. There are: {', '.join(geography_names())}.")
    return GEOGRAPHY_FOLDER / f"{name}.geojson"


@cache
def geography_version(name: str) -> str:
    """First twelve hexadecimal digits of the SHA-256 of the file, read once per process."""
    return hashlib.sha256(geography_path(name).read_bytes()).hexdigest()[:12]


def geography_url(name: str) -> str:
    """Address of the boundaries on the dashboard's own server, safe to be cached for good."""
    return f"/geography/{name}?v={geography_version(name)}"


@cache
def read_geography(name: str) -> dict[str, Any]:
    """The boundaries as a GeoJSON FeatureCollection, read once per process.

    Every caller gets the same object, so nobody may change it. Charts in a browser take
    `geography_url`; the shapes themselves are for images that are drawn on the server.
    """
    collection: dict[str, Any] = json.loads(geography_path(name).read_text(encoding="utf-8"))
    return collection
