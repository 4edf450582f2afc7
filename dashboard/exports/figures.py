"""Figures that stand on their own: the year and part shown in them, no address of this server."""

from __future__ import annotations

import base64
import copy
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from dashboard.catalogue.geography import read_geography

_GEO = re.compile(r"geo\d*")


def cells(values: Any) -> list[Any]:
    """The cells of a column as Plotly writes it: a list, or numbers in base64; NaN becomes None."""
    if values is None:
        return []
    if isinstance(values, Mapping):
        array = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
        return [None if np.isnan(cell) else cell.item() for cell in array]
    return [tuple(cell) if isinstance(cell, list) else cell for cell in values]


def settled(
    figure: Mapping[str, Any],
    *,
    year: int | None = None,
    hidden: Collection[str] = (),
    window: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """A figure as a reader sees it, which the page's script makes of the one that it is sent.

    Args:
        figure: `data`, `layout` and, for a time bar, `frames`, as Plotly writes them in JSON.
        year: the frame to show; None leaves the figure's own.
        hidden: layers of a map that are not shown.
        window: part of the world, by `lon`, `lat`, `rotation` and `scale`; None is the preset.

    Returns:
        `data` and `layout`.
    """
    data = copy.deepcopy(list(figure["data"]))
    layout = copy.deepcopy(dict(figure["layout"]))
    frames = {frame["name"]: frame for frame in figure.get("frames") or ()}
    frame = frames.get(str(year))
    if frame is not None:
        for trace, change in zip(frame["traces"], frame["data"], strict=True):
            _merge(data[trace], change)
        _draw_trails(data, frames, int(frame["name"]))
    scale = window["scale"] if window else 1
    for trace in data:
        meta = trace.get("meta")
        meta = meta if isinstance(meta, Mapping) else {}
        if meta.get("layer") in hidden or scale < meta.get("from_scale", 0):
            trace["visible"] = False
    if window:
        for name in filter(_GEO.fullmatch, layout):
            geo = layout[name]
            geo["center"] = {"lon": window["lon"], "lat": window["lat"]}
            geo["projection"] = {
                **geo.get("projection", {}),
                "rotation": {"lon": window["rotation"]},
                "scale": window["scale"],
            }
    return {"data": data, "layout": layout}


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


def _merge(item: dict[str, Any], change: Mapping[str, Any]) -> None:
    """Put the values of a frame into a trace; numbers in base64 are values, not groups."""
    for name, value in change.items():
        if isinstance(value, Mapping) and "bdata" not in value:
            held = item.get(name)
            group = dict(held) if isinstance(held, Mapping) else {}
            _merge(group, value)
            item[name] = group
        else:
            item[name] = value


def _draw_trails(
    data: Sequence[dict[str, Any]], frames: Mapping[str, Mapping[str, Any]], until: int
) -> None:
    """Where points have been up to a year; no line joins years apart, or two definitions."""
    for trace in data:
        meta = trace.get("meta")
        trail = meta.get("trail") if isinstance(meta, Mapping) else None
        if trail is None:
            continue
        xs: list[float | None] = []
        ys: list[float | None] = []
        before = None
        for year, x, y in _path(frames, trail, until):
            if before is not None and (year - before > 1 or year in trail["breaks"]):
                xs.append(None)
                ys.append(None)
            xs.append(x)
            ys.append(y)
            before = year
        trace["x"], trace["y"] = xs, ys


def _path(
    frames: Mapping[str, Mapping[str, Any]], trail: Mapping[str, Any], until: int
) -> Iterator[tuple[int, float, float]]:
    for year in sorted(map(int, frames)):
        frame = frames[str(year)]
        if year > until or trail["of"] not in frame["traces"]:
            continue
        change = frame["data"][frame["traces"].index(trail["of"])]
        x, y = (cells(change.get(axis))[trail["point"]] for axis in ("x", "y"))
        if x is not None and y is not None:
            yield year, x, y
