"""Lines and ranked bars: a tidy table and an indicator in, a figure out."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place, Source
from dashboard.charts import ends, formats
from dashboard.charts.ends import End
from dashboard.charts.figures import new_figure
from dashboard.charts.lines import doubts, line_traces, rival_points
from dashboard.charts.styles import hue, series_style
from dashboard.charts.theme import Theme, template
from dashboard.transforms import change_between
from dashboard.transforms.breaks import broken_between, lean

LINE_HEIGHT = 460
TOP = 16
YEARS_HEIGHT = 34  # of the years below the plot
FEW_YEARS = 4
VALUES = ("value", "value_low", "value_high")
PADDING = 0.04  # of the value axis beyond the values
BAR_HEIGHT = 34
BAR_HEIGHT_CHANGED = 46
BAR_FRAME = 90


@dataclass(frozen=True, eq=False)
class _Drawn:
    """A place in a chart of lines."""

    rows: pd.DataFrame
    style: dict[str, str]


def trend(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    *,
    logarithmic: bool = False,
    rivals: pd.DataFrame | None = None,
    sources: Mapping[str, Source] | None = None,
) -> go.Figure:
    """A line per place over time, named at its end.

    Args:
        rows: one row per place and year; `value` in the indicator's unit. A missing year breaks
            the line; a lone year is a marker.
        indicator: unit and decimals.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.
        logarithmic: draw the value axis in powers of ten; values of zero or below are left out.
        rivals: figures of other sources in the same unit, as `Catalogue.observations` returns
            them, to be drawn as faint points; those drawn already are not repeated.
        sources: the documents by identifier, which name the source of a rival figure.

    Returns:
        A trace per place in the order of the table, each followed by what is estimated of it and
        by its breaks, and all by the rivals; `meta["part"]` says which. A key below the plot
        explains the marks of doubt that there are.
    """
    rows = lean(rows)
    if logarithmic:
        rows = rows[rows["value"] > 0]
        rivals = rivals[rivals["value"] > 0] if rivals is not None else None
    drawn: dict[str, _Drawn] = {}
    in_time = dict(list(rows.sort_values("year").groupby("place_id", sort=False)))
    for place_id in dict.fromkeys(rows["place_id"]):
        style = series_style(place_id, list(drawn), places, look)
        drawn[place_id] = _Drawn(in_time[place_id], style)
    seen = [] if rivals is None else _rivals(rivals, drawn, indicator, sources)
    traces = [
        trace
        for place in drawn.values()
        for trace in line_traces(place.rows, indicator, place.style, logarithmic=logarithmic)
    ]
    traces += seen
    values = [value for trace in seen for value in trace["y"]]
    value_axis = _value_axis(rows, indicator, values, logarithmic=logarithmic)
    figure = new_figure(
        data=traces,
        layout={
            "template": template(look),
            "showlegend": False,
            "hovermode": "closest",
            "uirevision": f"{indicator.indicator_id}-{indicator.unit}",
            "xaxis": year_axis(rows),
            "yaxis": value_axis,
            "dragmode": False,
            **_words(list(drawn.values()), rows, traces, value_axis, look, logarithmic=logarithmic),
        },
    )
    if not drawn:
        ends.say_empty(figure, look)
    return figure


def _rivals(
    rivals: pd.DataFrame,
    drawn: Mapping[str, _Drawn],
    indicator: Indicator,
    sources: Mapping[str, Source] | None,
) -> list[dict[str, Any]]:
    points = [
        rival_points(
            rivals[rivals["place_id"] == place_id], place.rows, indicator, place.style, sources
        )
        for place_id, place in drawn.items()
    ]
    return [trace for trace in points if trace is not None]


def _value_axis(
    rows: pd.DataFrame, indicator: Indicator, others: list[float], *, logarithmic: bool
) -> dict[str, Any]:
    """The value axis, with room for whiskers and for other sources' values."""
    plain = {
        "title": {"text": formats.axis_title(indicator)},
        "type": "log" if logarithmic else "linear",
        "fixedrange": True,
    }
    if rows.empty:
        return plain
    values = drawn_values(rows) + others
    if logarithmic:
        values = [value for value in values if value > 0]
        ticks = formats.log_axis(indicator, min(values), max(values))
    else:
        ticks = formats.axis(indicator, min(0.0, min(values)), max(values))
    return {**plain, **ticks, "range": list(value_range(values, logarithmic=logarithmic))}


def drawn_values(rows: pd.DataFrame) -> list[float]:
    """The values of the rows and the ends of their ranges, those that there are."""
    cells = [cell for column in VALUES for cell in rows[column].tolist()]
    return [float(cell) for cell in cells if pd.notna(cell)]


def value_range(values: list[float], *, logarithmic: bool = False) -> tuple[float, float]:
    """Both ends of a value axis that holds the values and zero, or powers of ten."""
    scaled = [math.log10(value) for value in values] if logarithmic else values
    low, high = min(scaled), max(scaled)
    if not logarithmic and low >= 0:
        low = 0.0
    span = (high - low) or abs(high) or 1.0
    return low - PADDING * span, high + PADDING * span


def year_axis(rows: pd.DataFrame) -> dict[str, Any]:
    """The axis of years, as Plotly takes it: whole years, no more than a telephone has room for."""
    span = 0 if rows.empty else int(rows["year"].max() - rows["year"].min())
    axis = {"tickformat": "d", "tickangle": 0, "showgrid": False, "fixedrange": True}
    if span <= 2 * FEW_YEARS:
        axis["dtick"] = 1 if span <= FEW_YEARS else 2
    return axis


def _words(
    drawn: list[_Drawn],
    rows: pd.DataFrame,
    traces: list[dict[str, Any]],
    value_axis: dict[str, Any],
    look: Theme,
    *,
    logarithmic: bool,
) -> dict[str, Any]:
    """Each place's name at the end of its line, the key of doubt, and the room for both."""
    if not drawn:
        return {}
    labels = line_ends(
        [(place.rows.iloc[-1], place.style) for place in drawn], logarithmic=logarithmic
    )
    key = ends.wrapped_items(doubts(rows, traces))
    bottom = YEARS_HEIGHT + ends.SMALL_LINE_PX * len(key)
    plot = max(LINE_HEIGHT - TOP - YEARS_HEIGHT, ends.room(labels))
    low, high = value_axis["range"]
    return {
        "height": round(TOP + plot + bottom),
        "margin": {"t": TOP, "b": bottom, "r": 12 + ends.width(labels)},
        "annotations": [
            *ends.end_labels(labels, low, high, plot),
            *ends.note(key, look, name="key", above=False, shift=YEARS_HEIGHT - 8),
        ],
    }


def line_ends(
    last_rows: list[tuple[pd.Series, dict[str, str]]], *, logarithmic: bool = False
) -> list[End]:
    """The label of each line: its marker, its name, and its last year if others go on.

    Args:
        last_rows: the last row of each line, and its style.
        logarithmic: the value axis is one of powers of ten.
    """
    newest = max(row["year"] for row, _ in last_rows)
    return [
        End(
            math.log10(row["value"]) if logarithmic else float(row["value"]),
            ends.named(
                row["place_name"] + ("" if row["year"] == newest else f" ({row['year']})"),
                style["symbol"],
            ),
            style["colour"],
        )
        for row, style in last_rows
    ]


def ranking(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    *,
    before: pd.DataFrame | None = None,
    before_year: int | None = None,
    broken: Collection[str] = (),
) -> go.Figure:
    """Bars of one year, the highest on top, from zero.

    Args:
        rows: one row per place, ranked as `transforms.rank` returns them; `value` in the
            indicator's unit.
        indicator: unit and decimals.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.
        before: rows of an earlier year, whose values are hollow marks; what changed since is
            written below the value.
        before_year: the earlier year; without it that of `before`.
        broken: places whose series break between the two years, as `broken_between` names them:
            their change is not a change, and the break is written in its place.

    Returns:
        One trace, and with `before` a second of the earlier values. Approximate values are hatched
        bars, ranges reach on as whiskers, and the value stands beyond all marks of its row, at
        the right of zero where it is negative.
    """
    names = [
        f"{place}  {name}"
        for place, name in zip(rows["rank"].tolist(), rows["place_name"].tolist(), strict=True)
    ]
    texts = _quantities(rows, indicator)
    traces = [_bars(rows, indicator, places, look, names, texts)]
    tips = [max(0.0, *row) for row in rows[["value", "value_high"]].fillna(-math.inf).to_numpy()]
    changes = [""] * len(rows)
    lows = [0.0, *map(float, rows["value"])]
    key: list[str] = []
    compared = before is not None and len(before) > 0 and len(rows) > 0
    if before is not None and compared:
        year = int(before["year"].max()) if before_year is None else before_year
        earlier = _earlier_marks(rows, before, indicator, look, year)
        traces.append(earlier)
        for at, value in zip(earlier["y"], earlier["x"], strict=True):
            tips[at] = max(tips[at], value)
        lows += earlier["x"]
        changes, in_points = _changes(rows, before, indicator, year, broken)
        key = [f"○ {year}   ▬ {formats.years(*_ends(rows['year']))}"]
        if in_points:
            key.append("change in percentage points")
    written = [
        {
            "name": "value",
            "x": tip,
            "y": at,
            "xanchor": "left",
            "xshift": 10,
            "showarrow": False,
            "align": "left",
            "text": value + _below(changed),
            "font": {"size": ends.FONT + 1, "color": look.ink},
        }
        for at, (tip, value, changed) in enumerate(zip(tips, texts, changes, strict=True))
    ]
    longest = max(
        [ends.LETTER_PX * len(text) for text in texts]
        + [ends.SMALL_LETTER_PX * len(text) for text in changes],
        default=0,
    )
    low, high = min(lows), max(tips, default=0.0)
    height = (BAR_HEIGHT_CHANGED if compared else BAR_HEIGHT) * max(len(rows), 1) + BAR_FRAME
    return new_figure(
        data=traces,
        layout={
            "template": template(look),
            "height": height,
            "showlegend": False,
            "bargap": 0.5 if compared else 0.32,
            "dragmode": False,
            "uirevision": indicator.indicator_id,
            "annotations": [*written, *ends.note(key, look, name="key", above=True, shift=4)],
            # Room for words is a matter of letters, not of values: it is the same at every width.
            "margin": {"t": 12 + ends.SMALL_LINE_PX * len(key), "r": 18 + longest},
            "xaxis": {
                **formats.few_ticks(indicator, low, high),
                "fixedrange": True,
                "range": [low, high if high > low else low + 1.0],
            },
            "yaxis": {
                "range": [max(len(rows), 1) - 0.5, -0.5],
                # Places are told apart by position: two of one name may share a rank.
                "tickvals": list(range(len(rows))),
                "ticktext": [f"{name}  " for name in names],
                "showgrid": False,
                "fixedrange": True,
                "tickfont": {"color": look.ink, "size": 14},
            },
        },
    )


def _quantities(rows: pd.DataFrame, indicator: Indicator) -> list[str]:
    """The value of each row with unit and doubt."""
    columns = (rows[name].tolist() for name in ("value", "qualifier", "value_high"))
    return [
        formats.quantity(value, indicator, qualifier, high)
        for value, qualifier, high in zip(*columns, strict=True)
    ]


def _below(words: str) -> str:
    """A second line of a label, in small letters; nothing for no words."""
    return f'<br><span style="font-size:{ends.SMALL_FONT}px">{words}</span>' if words else ""


def _bars(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    names: list[str],
    texts: list[str],
) -> dict[str, Any]:
    trace = {
        "type": "bar",
        "x": [float(value) for value in rows["value"]],
        "y": list(range(len(rows))),
        "customdata": [str(key) for key in rows["place_id"]],
        "hovertext": names,
        "orientation": "h",
        "name": indicator.short_name,
        "text": texts,
        "textposition": "none",
        "hovertemplate": "<b>%{hovertext}</b><br>%{text}<extra></extra>",
        "marker": {
            "color": [hue(str(key), places, look) for key in rows["place_id"]],
            "pattern": {
                "shape": ["" if exact else "/" for exact in rows["qualifier"] == "exact"],
                "fgcolor": look.card,
                "size": 6,
            },
        },
    }
    if rows["value_high"].notna().any():
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": list((rows["value_high"] - rows["value"]).fillna(0)),
            "arrayminus": [0] * len(rows),
            "color": look.ink,
            "thickness": 1.4,
        }
    return trace


def _earlier_marks(
    rows: pd.DataFrame, before: pd.DataFrame, indicator: Indicator, look: Theme, year: int
) -> dict[str, Any]:
    """A hollow mark at the earlier value of each place that has one."""
    by_place = {str(row.place_id): row for row in before.itertuples() if pd.notna(row.value)}
    found = [
        (at, by_place[str(key)]) for at, key in enumerate(rows["place_id"]) if str(key) in by_place
    ]
    return {
        "type": "scatter",
        "x": [float(row.value) for _, row in found],
        "y": [at for at, _ in found],
        "mode": "markers",
        "name": str(year),
        "cliponaxis": False,
        "customdata": [(str(row.place_id), row.place_name) for _, row in found],
        "text": [
            formats.quantity(row.value, indicator, row.qualifier, row.value_high)
            for _, row in found
        ],
        "hovertemplate": f"<b>%{{customdata[1]}}</b><br>%{{text}}, {year}<extra></extra>",
        "marker": {
            "symbol": "circle",
            "size": 11,
            "color": look.card,
            "line": {"color": look.ink, "width": 2},
        },
    }


def _changes(
    rows: pd.DataFrame,
    before: pd.DataFrame,
    indicator: Indicator,
    year: int,
    broken: Collection[str],
) -> tuple[list[str], bool]:
    """What stands below each value, a change or why there is none; whether in points."""
    last = int(rows["year"].max())
    both = pd.concat([before[before["year"] == year], rows[rows["year"] == last]])
    found = change_between(both, indicator, year, last)
    split = {*broken, *broken_between(both, year, last)}
    by_place = {str(row.place_id): row for row in found.rows.itertuples()}
    held = {str(row.place_id) for row in before.itertuples() if pd.notna(row.value)}
    words = []
    for key in map(str, rows["place_id"]):
        if key not in held:
            words.append(f"no value in {year}")
        elif key in split:
            words.append("the series breaks")
        elif key in by_place:
            row = by_place[key]
            changed = formats.change(row.value, found.indicator, row.qualifier)
            words.append(f"{changed.removesuffix(' points')} since {year}")
        else:
            words.append("change not known")
    return words, found.indicator.unit_symbol == "percentage points"


def _ends(years: pd.Series) -> tuple[int, int]:
    return int(years.min()), int(years.max())
