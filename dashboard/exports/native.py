"""Charts that office programs draw themselves, read from a Plotly figure.

A figure of lines, bars, areas or points in one pair of axes has a counterpart in PowerPoint and
Excel that can be edited there. Maps, flows, grids of small charts and bars that float (as those of
a timeline) have none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from typing import Any, Literal

from dashboard.exports.figures import cells

Kind = Literal["line", "column", "bar", "area", "scatter"]

# Traces that repeat or mark what another one draws.
HELPERS = frozenset({"break", "estimate", "change", "whisker", "faint"})
_TAG = re.compile(r"<[^>]+>")
_LARGEST_CATEGORIES = 400


@dataclass(frozen=True)
class Series:
    """One line, row of bars or cloud of points.

    `values` stand beside the categories of the chart, None where there is none; in a scatter chart
    `xs` stand beside them instead. `labels` name single points, where a chart writes them.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    dash: str = "solid"
    xs: tuple[float, ...] = ()
    has_line: bool = True
    has_marker: bool = True
    labels: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()


@dataclass(frozen=True)
class NativeChart:
    """A chart without anything of Plotly.

    `categories` are texts, or years as whole numbers; empty in a scatter chart. Bars that are
    `stacked` add up, `overlaps` bars of several series share a place. Axes have titles, and say
    whether they are logarithmic or run from high to low.
    """

    kind: Kind
    categories: tuple[str | int, ...]
    series: tuple[Series, ...]
    x_title: str = ""
    y_title: str = ""
    stacked: bool = False
    overlaps: bool = False
    x_log: bool = False
    y_log: bool = False
    y_reversed: bool = False


def native(figure: Mapping[str, Any]) -> NativeChart | None:
    """The chart of a figure, or None where office programs have no such chart.

    Args:
        figure: `data` and `layout` as Plotly writes them in JSON.
    """
    layout = figure["layout"]
    traces = [trace for trace in figure["data"] if trace.get("visible", True) is True]
    drawn = [trace for trace in traces if _part(trace) not in HELPERS]
    if len({(trace.get("xaxis"), trace.get("yaxis")) for trace in drawn}) != 1:
        return None
    kinds = {trace.get("type", "scatter") for trace in drawn}
    if kinds == {"bar"}:
        return _bars(drawn, layout)
    if kinds == {"scatter"}:
        return _lines(drawn, layout)
    return None


def _bars(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> NativeChart | None:
    is_flat = traces[0].get("orientation") == "h"
    along, across = ("y", "x") if is_flat else ("x", "y")
    if any(trace.get("base") is not None for trace in traces):
        return None
    tables = [
        (trace, dict(zip(cells(trace.get(along)), cells(trace.get(across)), strict=False)))
        for trace in traces
    ]
    if any(isinstance(cell, tuple) for _, table in tables for cell in table):
        return None
    axis = layout.get(f"{along}axis", {})
    categories = _categories([list(table) for _, table in tables], axis)
    if categories is None:
        return None
    written = _captions(traces, layout) if axis.get("visible") is False else _tick_words(axis)
    if written is None:
        return None
    mode = layout.get("barmode")
    series = tuple(
        Series(
            _words(trace.get("name")) or "Value",
            tuple(_number(table.get(category)) for category in categories),
            _colour(trace.get("marker", {}).get("color")),
            colours=_bar_colours(trace, list(table), categories),
        )
        for trace, table in tables
    )
    return NativeChart(
        "bar" if is_flat else "column",
        tuple(written.get(category, category) for category in categories),
        series,
        *_titles(layout),
        stacked=mode in ("stack", "relative"),
        overlaps=mode == "overlay",
        y_log=layout.get(f"{across}axis", {}).get("type") == "log",
    )


def _lines(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> NativeChart | None:
    tables = [(trace, _held(trace)) for trace in traces]
    tables = [(trace, table) for trace, table in tables if table]
    if not tables or any("lines" not in _mode(trace) for trace, _ in tables):
        return _points(traces, layout)
    stacked = any(trace.get("stackgroup") for trace, _ in tables)
    places = [cell for _, table in tables for cell, _ in table]
    axis = layout.get("xaxis", {})
    written = _tick_words(axis)
    # Two years side by side stand at 0 and 1, with the years written below them.
    if written and list(written) == list(range(len(written))):
        tables = [(trace, [row for row in table if row[0] in written]) for trace, table in tables]
        places = list(written)
    are_named = all(isinstance(cell, str) or cell in written for cell in places)
    are_years = all(_is_year(cell) for cell in places) and all(
        _rises([cell for cell, _ in table]) for _, table in tables
    )
    if not (are_named or are_years):
        return _points(traces, layout)
    categories = _categories([[cell for cell, _ in table] for _, table in tables], axis)
    if categories is None:
        return None
    series = []
    for trace, table in tables:
        values = dict(table)
        series.append(
            Series(
                _words(trace.get("name")) or "Value",
                tuple(values.get(category) for category in categories),
                _colour(trace.get("fillcolor") or trace.get("line", {}).get("color")),
                dash=str(trace.get("line", {}).get("dash", "solid")),
                has_marker="markers" in _mode(trace),
            )
        )
    y_range = layout.get("yaxis", {}).get("range")
    return NativeChart(
        "area" if stacked else "line",
        tuple(
            written.get(category, category) if are_named else category for category in categories
        ),
        tuple(series),
        *_titles(layout),
        stacked=stacked,
        y_log=layout.get("yaxis", {}).get("type") == "log",
        y_reversed=layout.get("yaxis", {}).get("autorange") == "reversed"
        or bool(y_range and None not in y_range and y_range[0] > y_range[-1]),
    )


def _held(trace: Mapping[str, Any]) -> list[tuple[Any, float]]:
    """Places along x and values; where a line breaks, a row has no value and is left out."""
    return [
        (cell, number)
        for cell, value in zip(cells(trace.get("x")), cells(trace.get("y")), strict=False)
        if cell is not None and (number := _number(value)) is not None
    ]


def _points(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> NativeChart | None:
    if not (_measures(layout.get("xaxis", {})) and _measures(layout.get("yaxis", {}))):
        return None
    series = []
    for trace in traces:
        pairs = [
            (_number(x), _number(y), label)
            for x, y, label in zip(
                cells(trace.get("x")),
                cells(trace.get("y")),
                _labels(trace),
                strict=False,
            )
        ]
        held = [(x, y, label) for x, y, label in pairs if x is not None and y is not None]
        if any(isinstance(cell, str | tuple) for cell in cells(trace.get("x"))):
            return None
        series.append(
            Series(
                _words(trace.get("name")) or "Value",
                tuple(y for _, y, _ in held),
                _colour((trace.get("marker") or {}).get("color"))
                or _colour((trace.get("line") or {}).get("color")),
                xs=tuple(x for x, _, _ in held),
                has_line="lines" in _mode(trace),
                has_marker="markers" in _mode(trace),
                labels=tuple(label for _, _, label in held),
            )
        )
    if not series or not any(item.values for item in series):
        return None
    return NativeChart(
        "scatter",
        (),
        tuple(series),
        *_titles(layout),
        x_log=layout.get("xaxis", {}).get("type") == "log",
        y_log=layout.get("yaxis", {}).get("type") == "log",
    )


def _categories(
    columns: Sequence[Sequence[Any]], axis: Mapping[str, Any]
) -> tuple[Any, ...] | None:
    """What the bars or points stand over, in the order of the axis; None if there are too many."""
    found = list(dict.fromkeys(cell for column in columns for cell in column if cell is not None))
    if all(_is_year(cell) for cell in found):
        # Years without a value keep their place, so that a step along the axis is a year.
        years = [int(cell) for cell in found]
        return tuple(range(min(years), max(years) + 1))
    if all(isinstance(cell, int | float) for cell in found):
        return tuple(sorted(found))
    given = cells(axis.get("categoryarray"))
    order = [cell for cell in given if cell in found]
    found = order + [cell for cell in found if cell not in order]
    if len(found) > _LARGEST_CATEGORIES:
        return None
    return tuple(cell if isinstance(cell, int | float) else str(cell) for cell in found)


def _measures(axis: Mapping[str, Any]) -> bool:
    """Whether an axis is a scale; a hidden one, or one with names at its ticks, is not."""
    texts = axis.get("ticktext") or []
    return axis.get("visible") is not False and all(any(map(str.isdigit, text)) for text in texts)


def _captions(
    traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]
) -> dict[Any, str] | None:
    """The words above bars on a hidden axis, behind the heading that they stand under, if any."""
    headings = sorted(
        (note["y"], _words(note["text"]))
        for note in layout.get("annotations", ())
        if str(note.get("text", "")).startswith("<b>") and isinstance(note.get("y"), int | float)
    )
    found: dict[Any, str] = {}
    for trace in traces:
        said = trace.get("customdata")
        if not isinstance(said, list) or not all(isinstance(item, str) for item in said):
            return None
        for place, text in zip(cells(trace.get("y")), said, strict=False):
            above = [heading for top, heading in headings if top <= place]
            words = _words(text)
            found[place] = f"{above[-1]}: {words}" if above else words
    return found


def _tick_words(axis: Mapping[str, Any]) -> dict[Any, str]:
    """What an axis writes at its places, where that is not the place itself."""
    places, texts = cells(axis.get("tickvals")), axis.get("ticktext") or []
    return {place: _words(text) for place, text in zip(places, texts, strict=False)}


def _bar_colours(
    trace: Mapping[str, Any], found: Sequence[Any], categories: Sequence[Any]
) -> tuple[str, ...]:
    colours = trace.get("marker", {}).get("color")
    if not isinstance(colours, list) or len(set(colours)) < 2:
        return ()
    table = dict(zip(found, map(_colour, colours), strict=False))
    return tuple(table.get(category, "") for category in categories)


def _number(cell: Any) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != cell:
        return None
    return float(cell)


def _is_year(cell: Any) -> bool:
    return isinstance(cell, int | float) and float(cell).is_integer() and 1800 <= cell <= 2200


def _rises(cells: Sequence[Any]) -> bool:
    return all(first <= second for first, second in pairwise(cells))


def _labels(trace: Mapping[str, Any]) -> list[str]:
    count = len(cells(trace.get("x")))
    text = trace.get("text")
    if "text" not in _mode(trace) or not isinstance(text, list):
        return [""] * count
    return [_words(item) for item in text]


def _mode(trace: Mapping[str, Any]) -> str:
    return str(trace.get("mode") or "lines+markers")


def _part(trace: Mapping[str, Any]) -> str:
    meta = trace.get("meta")
    return str(meta.get("part", "")) if isinstance(meta, Mapping) else ""


def _colour(value: Any) -> str:
    """A colour as `RRGGBB`, of the first point where each has its own; empty if there is none."""
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    if not isinstance(value, str):
        return ""
    if found := re.fullmatch(r"#([0-9a-fA-F]{6})", value):
        return found[1].upper()
    parts = re.match(r"rgba?\((\d+), *(\d+), *(\d+)", value)
    return "".join(f"{int(part):02X}" for part in parts.groups()) if parts else ""


def _words(text: Any) -> str:
    """A text of a figure without its markup; its lines are joined."""
    if text is None:
        return ""
    # A name that is broken at a hyphen, or between words, is one line again.
    joined = str(text).replace("-<br>", "-").replace("<br>", " ")
    return unescape(_TAG.sub(" ", joined)).strip()


def _titles(layout: Mapping[str, Any]) -> tuple[str, str]:
    def title(axis: str) -> str:
        held = layout.get(axis, {}).get("title") or {}
        text = held.get("text", "") if isinstance(held, Mapping) else held
        return _words(str(text).replace("<br>", " · "))

    return title("xaxis"), title("yaxis")
