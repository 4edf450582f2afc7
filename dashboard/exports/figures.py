"""Figures that stand on their own: without addresses of this server in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from dashboard.catalogue.geography import read_geography


def with_shapes(figure: Mapping[str, Any]) -> dict[str, Any]:
    """A figure whose maps carry their shapes, which a page fetches by address.

    Args:
        figure: `data` and `layout` as Plotly writes them in JSON.

    Raises:
        KeyError: if a map names shapes that the atlas does not have.
    """
    data = [
        {**trace, "geojson": read_geography(PurePosixPath(urlsplit(shapes).path).stem)}
        if isinstance(shapes := trace.get("geojson"), str)
        else trace
        for trace in figure["data"]
    ]
    return {"data": data, "layout": figure["layout"]}
