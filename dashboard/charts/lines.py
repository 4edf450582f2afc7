"""The line of one place: gaps, doubt and breaks drawn as what they are."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from dashboard.catalogue.cells import NOT_DRAWN, WHOLE_YEARS, carries, has_caveat
from dashboard.catalogue.model import Indicator, Source
from dashboard.charts import formats
from dashboard.transforms.breaks import Break, series_breaks
from dashboard.transforms.highlights import UNMEASURED

# Finer than the dashes that tell places apart, so that a dashed line shows an estimate as well.
ESTIMATE_DASH = "2px,5px"
LINE_WIDTH = 2.4
MANY_YEARS = 25  # from here on markers are small, or they would hide their line
SMALL_FIRM, SMALL_SOFT = 3.5, 6  # sizes of markers in a small panel
BREAK_SIZE = 15
RIVAL_OPACITY = 0.5
HOVER_LETTERS = 44
HOVER_LINES = 5

CAVEAT_WORDS = {
    "break_in_series": "First on a new basis",
    "splice": "Part of a spliced series",
    "estimate": "Estimate",
    "forecast": "Forecast or plan",
}


def line_traces(
    group: pd.DataFrame,
    indicator: Indicator,
    style: dict[str, str],
    *,
    logarithmic: bool = False,
    is_small: bool = False,
) -> list[dict[str, Any]]:
    """The traces of one place: its line, then what is estimated of it, then its breaks.

    Args:
        group: one row per year of one place, in the order of time. A missing year breaks the line,
            and so does a new legal definition or a break in the series: on either side of it stand
            two series, which no line may join.
        indicator: unit and decimals.
        style: colour, dash and symbol of the place.
        logarithmic: the value axis is one of powers of ten.
        is_small: the line stands in a small panel, where firm values have small markers.

    Returns:
        One to three traces as Plotly takes them, unchecked.
        `meta["part"]` is line, estimate or break. Values that are not exact, estimates and
        forecasts are hollow markers, ranges are whiskers.
    """
    name = str(group["place_name"].iloc[0])
    breaks = series_breaks(group)
    years = [int(year) for year in group["year"].tolist()]
    is_soft = [carries(cell, *UNMEASURED) for cell in group["caveats"].tolist()]
    splits = {found.year for found in breaks if found.splits}
    steps = [
        (before, after)
        for (before, soft), (after, soft_too) in pairwise(zip(years, is_soft, strict=True))
        if (soft or soft_too) and after == before + 1 and after not in splits
    ]
    cuts = splits | {after for _, after in steps}
    traces = [_line(group, indicator, style, name, cuts, is_soft, is_small)]
    values = dict(zip(years, map(float, group["value"].tolist()), strict=True))
    if steps:
        traces.append(_estimated(steps, values, style, name))
    if breaks:
        traces.append(_break_marks(breaks, values, style, name, logarithmic))
    return traces


def _line(
    group: pd.DataFrame,
    indicator: Indicator,
    style: dict[str, str],
    name: str,
    cuts: set[int],
    is_soft: list[bool],
    is_small: bool,
) -> dict[str, Any]:
    columns = (group[name].tolist() for name in _Cell._fields)
    cells = {int(cell.year): cell for cell in map(_Cell, *columns)}
    soft_years = {year for year, soft in zip(cells, is_soft, strict=True) if soft}
    every_year = range(min(cells), max(cells) + 1)
    # A place without a value, half a year before, keeps two neighbours from being joined.
    empty = [year - 0.5 for year in cuts if year - 1 in cells]
    at: list[float] = sorted([*every_year, *empty])
    rows = [None if year % 1 else cells.get(int(year)) for year in at]
    place_id = str(group["place_id"].iloc[0])
    is_firm = [row is None or _is_firm(row, soft_years) for row in rows]
    sizes: float | list[float] = 7 if len(group) < MANY_YEARS else 4.5
    if is_small:
        sizes = [SMALL_FIRM if sure else SMALL_SOFT for sure in is_firm]
    trace = {
        "type": "scatter",
        "x": at,
        "y": [None if row is None else float(row.value) for row in rows],
        "mode": "lines+markers",
        "name": name,
        "meta": {"part": "line"},
        "connectgaps": False,
        "text": [
            ""
            if row is None
            else formats.quantity(row.value, indicator, row.qualifier, row.value_high)
            for row in rows
        ],
        "customdata": [
            (place_id, "" if row is None else caveat_words(row.caveats)) for row in rows
        ],
        "hovertemplate": f"<b>{name}</b><br>%{{text}}, %{{x:d}}%{{customdata[1]}}<extra></extra>",
        "line": {"color": style["colour"], "dash": style["dash"], "width": LINE_WIDTH},
        "marker": {
            "color": style["colour"],
            "size": sizes,
            "opacity": 1,
            "line": {"width": 0},
            "symbol": [style["symbol"] + ("" if sure else "-open") for sure in is_firm],
        },
    }
    if group["value_high"].notna().any() or group["value_low"].notna().any():
        trace["error_y"] = {
            "type": "data",
            "symmetric": False,
            "array": [0 if row is None else _reach(row.value_high - row.value) for row in rows],
            "arrayminus": [0 if row is None else _reach(row.value - row.value_low) for row in rows],
            "thickness": 1.2,
            "width": 4,
        }
    return trace


class _Cell(NamedTuple):
    """What the line of a place is drawn from, of one year."""

    year: int
    value: float
    value_low: float
    value_high: float
    qualifier: str
    caveats: str


def _is_firm(row: _Cell, soft_years: set[int]) -> bool:
    return bool(row.qualifier == "exact" and int(row.year) not in soft_years)


def _reach(length: float) -> float:
    """Length of a whisker; none where the end of a range is not known."""
    return 0.0 if pd.isna(length) else float(length)


def _estimated(
    steps: list[tuple[int, int]], values: dict[int, float], style: dict[str, str], name: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [year for step in steps for year in (*step, None)],
        "y": [None if year is None else values[year] for step in steps for year in (*step, None)],
        "mode": "lines",
        "name": f"{name}, estimate or forecast",
        "meta": {"part": "estimate"},
        "hoverinfo": "skip",
        "connectgaps": False,
        "line": {"color": style["colour"], "dash": ESTIMATE_DASH, "width": LINE_WIDTH},
    }


def _break_marks(
    breaks: list[Break],
    values: dict[int, float],
    style: dict[str, str],
    name: str,
    logarithmic: bool,
) -> dict[str, Any]:
    """An upright stroke before the first value of a new basis, half-way where years adjoin."""
    across, up, texts = [], [], []
    for found in breaks:
        after = values[found.year]
        before = values[found.before] if found.before == found.year - 1 else after
        across.append(found.year if found.before is None else found.year - 0.5)
        up.append(math.sqrt(before * after) if logarithmic else (before + after) / 2)
        texts.append(f"{found.year}<br>{lines_of(found.reason)}")
    return {
        "type": "scatter",
        "x": across,
        "y": up,
        "mode": "markers",
        "name": f"{name}, break in the series",
        "meta": {"part": "break"},
        "text": texts,
        "customdata": [(found.place_id,) for found in breaks],
        "hovertemplate": f"<b>{name}</b>, %{{text}}<extra></extra>",
        "marker": {
            "symbol": "line-ns",
            "size": BREAK_SIZE,
            "color": style["colour"],
            "line": {"color": style["colour"], "width": 2},
        },
    }


def rival_points(
    rows: pd.DataFrame,
    drawn: pd.DataFrame,
    indicator: Indicator,
    style: dict[str, str],
    sources: Mapping[str, Source] | None = None,
) -> dict[str, Any] | None:
    """What other sources say of one place, as faint points; None where none says anything else.

    Args:
        rows: rows of the place as `Catalogue.observations` returns them. Those that `drawn` holds,
            parts of years and forecasts are not among the points.
        drawn: the rows of the place that its line is drawn from.
        indicator: unit and decimals.
        style: colour and symbol of the place.
        sources: the documents by identifier, for the name of a source; without them it is the
            identifier.
    """
    rows = rows[rows["year"].notna() & rows["value"].notna()]
    rows = rows[rows["period_note"].isin(WHOLE_YEARS) & ~has_caveat(rows, *NOT_DRAWN)]
    same = ["year", "source_id", "value", "scope", "industry", "firm_scale"]
    known = set(drawn[same].astype("object").itertuples(index=False, name=None))
    is_known = [
        cells in known for cells in rows[same].astype("object").itertuples(index=False, name=None)
    ]
    rows = rows[[not known for known in is_known]]
    if rows.empty:
        return None
    name = str(drawn["place_name"].iloc[0])
    return {
        "type": "scatter",
        "x": [int(year) for year in rows["year"]],
        "y": [float(value) for value in rows["value"]],
        "mode": "markers",
        "name": f"{name}, other sources",
        "meta": {"part": "rival"},
        "text": [
            formats.quantity(row.value, indicator, row.qualifier, row.value_high)
            for row in rows.itertuples()
        ],
        "customdata": [
            (str(row.place_id), lines_of(_source_words(row.source_id, sources)))
            for row in rows.itertuples()
        ],
        "hovertemplate": f"<b>{name}</b>, another source<br>%{{text}}, %{{x:d}}"
        "<br>%{customdata[1]}<extra></extra>",
        "marker": {
            "color": style["colour"],
            "opacity": RIVAL_OPACITY,
            "size": 6,
            "symbol": [
                style["symbol"] + ("" if exact else "-open")
                for exact in rows["qualifier"] == "exact"
            ],
        },
    }


def _source_words(source_id: str, sources: Mapping[str, Source] | None) -> str:
    if sources is None or source_id not in sources:
        return source_id.replace("_", " ")
    source = sources[source_id]
    return f"{source.author or source.title} ({source.year or 'undated'})"


def caveat_words(cell: str) -> str:
    """What a hover box adds to a value for its caveats: a line each, empty without any."""
    codes = cell.split(";")
    return "".join(f"<br>{words}" for code, words in CAVEAT_WORDS.items() if code in codes)


def lines_of(text: str) -> str:
    """A text of the tables as lines of a hover box; what is too long for it is cut off."""
    lines = textwrap.wrap(
        text, HOVER_LETTERS, max_lines=HOVER_LINES, placeholder=" …", break_on_hyphens=False
    )
    return "<br>".join(escape(line, quote=False) for line in lines)


def doubts(rows: pd.DataFrame, traces: Sequence[dict[str, Any]]) -> list[str]:
    """The marks of doubt that a chart of lines has, each with what it stands for.

    Args:
        rows: the rows drawn.
        traces: the traces drawn from them.
    """
    parts = {trace["meta"]["part"] for trace in traces}
    words = []
    if (rows["qualifier"] != "exact").any():
        words.append("○ not exact")
    kinds = [code for code in UNMEASURED if has_caveat(rows, code).any()]
    if kinds:
        words.append(f"○ {'┄ ' if 'estimate' in parts else ''}{' or '.join(kinds)}")
    if "break" in parts:
        words.append("❘ new basis or splice")
    if "rival" in parts:
        words.append("faint: other sources")
    return words
