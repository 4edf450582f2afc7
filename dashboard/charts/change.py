"""Two years side by side: slopes and dumbbells."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import ends, formats
from dashboard.charts.ends import End
from dashboard.charts.figures import new_figure
from dashboard.charts.lines import BREAK_SIZE, ESTIMATE_DASH, LINE_WIDTH
from dashboard.charts.styles import hue, series_style
from dashboard.charts.theme import Theme, template
from dashboard.transforms.breaks import breaks_in, split_between
from dashboard.transforms.change import change_of, changes_of
from dashboard.transforms.highlights import UNMEASURED
from dashboard.transforms.rows import Row, by_place, rows_of

SLOPE_HEIGHT = 380  # of the plot, if the labels do not need more
TOP = 58
END_LETTERS = 14  # name and value share a line only where both are short
SMALL_TOP = 40
BOTTOM = 12
ROW_HEIGHT = 50
AXIS_HEIGHT = 62
NAME_ABOVE = 20  # from the middle of a dumbbell to the middle of its name

NEAR_ZERO = 0.1  # of the highest value: an axis that would begin below it begins at zero


@dataclass(frozen=True, eq=False)
class _Pair:
    """The two rows of a place, the words of its change, and whether its series breaks between."""

    place_id: str
    first: Row
    last: Row
    changed: str
    is_broken: bool

    @property
    def is_soft(self) -> bool:
        """True where one of the values is not exact, an estimate or a forecast."""
        return not (_is_firm(self.first) and _is_firm(self.last))

    @property
    def name(self) -> str:
        """The name of the place."""
        return str(self.last.place_name)


def _pairs(
    rows: pd.DataFrame, indicator: Indicator, first_year: int, last_year: int
) -> list[_Pair]:
    """The places with a value in both years, in the order of the table."""
    held = [row for row in rows_of(rows) if not math.isnan(row.value)]
    first, last = (by_place(held, year) for year in (first_year, last_year))
    changed = change_of(indicator, first_year, last_year)
    words = {
        row.place_id: formats.change(row.value, changed, row.qualifier)
        for row in changes_of(held, indicator, first_year, last_year)
    }
    broken = set(split_between(breaks_in(held), first_year, last_year))
    return [
        _Pair(
            key,
            first[key],
            last[key],
            "the series breaks" if key in broken else words.get(key, ""),
            key in broken,
        )
        for key in dict.fromkeys(row.place_id for row in held)
        if key in first and key in last
    ]


def _value(row: Row, indicator: Indicator) -> str:
    return formats.quantity(row.value, indicator, row.qualifier, row.value_high)


def _is_firm(row: Row) -> bool:
    codes = set(row.caveats.split(";"))
    return bool(row.qualifier == "exact" and not codes & set(UNMEASURED))


def _hover(pair: _Pair, indicator: Indicator, first_year: int, last_year: int) -> str:
    told = (
        f"{_value(pair.first, indicator)} in {first_year}, "
        f"{_value(pair.last, indicator)} in {last_year}"
    )
    return f"{told}<br>{pair.changed}" if pair.changed else told


def slope(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    first_year: int,
    last_year: int,
) -> go.Figure:
    """A line per place from one year to another, with its values at both ends.

    Args:
        rows: one row per place and year. Those between the two years are not drawn; they tell
            where a series breaks.
        indicator: unit and decimals.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.
        first_year: the year on the left.
        last_year: the year on the right.

    Returns:
        One trace per place that has a value in both years, in the order of the table. Values that
        are not exact are hollow markers and their line is finely dashed; where the series breaks
        between the two years, a stroke stands in place of the line. The height of the figure grows
        with the labels, so that none covers another.
    """
    pairs = _pairs(rows, indicator, first_year, last_year)
    if not pairs:
        figure = new_figure(layout={"template": template(look)})
        ends.say_empty(figure, look)
        return figure
    left, right, traces = [], [], []
    drawn: list[str] = []
    for pair in pairs:
        style = series_style(pair.place_id, drawn, places, look)
        drawn.append(pair.place_id)
        traces.append(_slope_line(pair, indicator, style, (first_year, last_year)))
        start, end = (_value(row, indicator) for row in (pair.first, pair.last))
        symbol, colour = style["symbol"], style["colour"]
        left.append(End(pair.first.value, ends.named(start, symbol), colour))
        told = f"{pair.name} {end.replace(' ', ends.SPACE)}"
        right.append(End(pair.last.value, ends.named(told, symbol, END_LETTERS), colour))
    values = [value for pair in pairs for value in _reach(pair)]
    low, high = min(values), max(values)
    pad = 0.04 * ((high - low) or abs(high) or 1.0)
    low, high = low - pad, high + pad
    plot = max(SLOPE_HEIGHT, ends.room(left), ends.room(right))
    key = ends.wrapped_items(_doubts(pairs))
    unit = [formats.axis(indicator, low, high)["title"]["text"]]
    bottom = BOTTOM + ends.SMALL_LINE_PX * len(key)
    return new_figure(
        data=traces,
        layout={
            "template": template(look),
            "height": round(TOP + plot + bottom),
            "margin": {
                "t": TOP,
                "b": bottom,
                "l": 12 + ends.width(left),
                "r": 12 + ends.width(right),
            },
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "uirevision": f"{indicator.indicator_id}-{indicator.unit}",
            "annotations": [
                *ends.end_labels(left, low, high, plot, on_left=True),
                *ends.end_labels(right, low, high, plot),
                *ends.note(
                    unit, look, name="unit", above=True, shift=TOP - 24, left=ends.width(left)
                ),
                *ends.note(key, look, name="key", above=False, shift=8, left=ends.width(left)),
            ],
            "xaxis": {
                "side": "top",
                "tickvals": [0, 1],
                "ticktext": [f"<b>{first_year}</b>", f"<b>{last_year}</b>"],
                "tickfont": {"color": look.ink},
                "range": [-0.03, 1.03],
                "gridcolor": look.muted,
                "fixedrange": True,
                "zeroline": False,
            },
            "yaxis": {
                "range": [low, high],
                "showticklabels": False,
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
            },
        },
    )


def _doubts(pairs: list[_Pair]) -> list[str]:
    """The marks of doubt that there are, each with what it stands for."""
    words = []
    if any(pair.is_soft for pair in pairs):
        words.append("○ ┄ not exact")
    if any(pair.is_broken for pair in pairs):
        words.append("❘ the series breaks")
    return words


def _reach(pair: _Pair) -> list[float]:
    cells = [cell for row in (pair.first, pair.last) for cell in (row.value, row.value_high)]
    return [float(cell) for cell in cells if pd.notna(cell)]


def _slope_line(
    pair: _Pair,
    indicator: Indicator,
    style: dict[str, str],
    years: tuple[int, int],
) -> dict[str, Any]:
    values = [pair.first.value, pair.last.value]
    symbols = [
        style["symbol"] + ("" if _is_firm(row) else "-open") for row in (pair.first, pair.last)
    ]
    highs = [row.value_high - row.value for row in (pair.first, pair.last)]
    x: list[float] = [0, 1]
    y: list[float | None] = [*values]
    sizes, widths = [8.0, 8.0], [1.0, 1.0]
    if pair.is_broken:
        # The stroke is a marker of the same trace, between two points that no line joins.
        x, y = [0, 0.25, 0.5, 0.75, 1], [values[0], None, sum(values) / 2, None, values[1]]
        symbols = [symbols[0], "circle", "line-ns", "circle", symbols[1]]
        sizes, widths = [8, 1, BREAK_SIZE, 1, 8], [1, 0, 2, 0, 1]
        highs = [highs[0], 0, 0, 0, highs[1]]
    hover = _hover(pair, indicator, *years)
    trace = {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines+markers",
        "name": pair.name,
        "meta": {"part": "line"},
        "connectgaps": False,
        "cliponaxis": False,
        "customdata": [(pair.place_id,)] * len(x),
        "hovertemplate": f"<b>{pair.name}</b><br>{hover}<extra></extra>",
        "line": {
            "color": style["colour"],
            "dash": ESTIMATE_DASH if pair.is_soft else style["dash"],
            "width": LINE_WIDTH,
        },
        "marker": {
            "color": style["colour"],
            "size": sizes,
            "opacity": 1,
            "symbol": symbols,
            "line": {"color": style["colour"], "width": widths},
        },
    }
    if any(pd.notna(high) and high > 0 for high in highs):
        trace["error_y"] = {
            "type": "data",
            "symmetric": False,
            "array": [0.0 if pd.isna(high) else float(high) for high in highs],
            "arrayminus": [0.0] * len(highs),
            "thickness": 1.2,
            "width": 4,
        }
    return trace


def dumbbell(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    first_year: int,
    last_year: int,
) -> go.Figure:
    """Two marks per place on one scale, hollow for the first year and filled for the last.

    The place with the highest last value stands on top. The scale begins where the values do,
    which its title says: a distance is read here, not a length from zero.

    Args:
        rows: one row per place and year. Those between the two years are not drawn; they tell
            where a series breaks.
        indicator: unit and decimals.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.
        first_year: the year of the hollow marks.
        last_year: the year of the filled ones.

    Returns:
        Three traces: the bars between, the first values, the last values. A bar is finely dashed
        where a value is not exact, and missing where the series breaks between the two years.
    """
    pairs = sorted(
        _pairs(rows, indicator, first_year, last_year),
        key=lambda pair: -pair.last.value,
    )
    if not pairs:
        figure = new_figure(layout={"template": template(look)})
        ends.say_empty(figure, look)
        return figure
    traces = []
    colours = [hue(pair.place_id, places, look) for pair in pairs]
    for is_soft in (False, True):
        joined = [
            (at, pair)
            for at, pair in enumerate(pairs)
            if pair.is_soft == is_soft and not pair.is_broken
        ]
        if joined:
            traces.append(_bars_between(joined, look, is_soft))
    for which, year in (("first", first_year), ("last", last_year)):
        traces.append(_marks(pairs, indicator, look, colours, which, year, (first_year, last_year)))
    values = [row.value for pair in pairs for row in (pair.first, pair.last)]
    low, high = min(values), max(values)
    if 0 <= low < NEAR_ZERO * high:
        low = 0.0
    texts = [_value(row, indicator) for pair in pairs for row in (pair.first, pair.last)]
    room = 10 + ends.LETTER_PX * max(map(len, texts))
    written = [
        label
        for at, pair in enumerate(pairs)
        for label in _pair_labels(at, pair, indicator, colours[at], look, room)
    ]
    key = f"○ {first_year}   ● {last_year}"
    if any(pair.is_soft for pair in pairs):
        key += "   ┄ not exact"
    pad = 0.02 * ((high - low) or abs(high) or 1.0)
    axis = formats.few_ticks(indicator, low, high)
    if low > 0 or high < 0:
        axis["title"] = {"text": f"{axis['title']['text']}, not from zero"}
    plot = ROW_HEIGHT * len(pairs)
    return new_figure(
        data=traces,
        layout={
            "template": template(look),
            "height": SMALL_TOP + plot + AXIS_HEIGHT,
            "margin": {"t": SMALL_TOP, "b": AXIS_HEIGHT, "l": 12 + room, "r": 12 + room},
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "uirevision": indicator.indicator_id,
            "annotations": [
                *written,
                *ends.note([key], look, name="key", above=True, shift=12, left=room),
            ],
            "xaxis": {
                **axis,
                "range": [low - pad, high + pad],
                "fixedrange": True,
                "zeroline": low <= 0,
            },
            "yaxis": {
                "range": [len(pairs) - 0.4, -0.6],
                "showticklabels": False,
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
            },
        },
    )


def _bars_between(joined: list[tuple[int, _Pair]], look: Theme, is_soft: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [x for _, pair in joined for x in (pair.first.value, pair.last.value, None)],
        "y": [y for at, _ in joined for y in (at, at, None)],
        "mode": "lines",
        "name": "Change of values that are not exact" if is_soft else "Change",
        "meta": {"part": "change"},
        "hoverinfo": "skip",
        "line": {"color": look.muted, "width": 3, "dash": ESTIMATE_DASH if is_soft else "solid"},
    }


def _marks(
    pairs: list[_Pair],
    indicator: Indicator,
    look: Theme,
    colours: list[str],
    which: str,
    year: int,
    years: tuple[int, int],
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [getattr(pair, which).value for pair in pairs],
        "y": list(range(len(pairs))),
        "mode": "markers",
        "name": str(year),
        "meta": {"part": which},
        "cliponaxis": False,
        "text": [_hover(pair, indicator, *years) for pair in pairs],
        "customdata": [(pair.place_id, pair.name) for pair in pairs],
        "hovertemplate": "<b>%{customdata[1]}</b><br>%{text}<extra></extra>",
        "marker": {
            "symbol": "circle",
            "size": 12,
            # Filled with the card, so that no bar shines through a hollow mark.
            "color": look.card if which == "first" else colours,
            "line": {"color": colours, "width": 2.4},
        },
    }


def _pair_labels(
    at: int, pair: _Pair, indicator: Indicator, colour: str, look: Theme, room: float
) -> list[dict[str, Any]]:
    """Values on the outer sides of the two marks; name and change above, from the left edge."""
    rows = sorted((pair.first, pair.last), key=lambda row: row.value)
    if rows[0].value == rows[1].value:
        rows = [rows[1]]
    sides = (("right", -10), ("left", 10))[-len(rows) :]
    on_card = {"showarrow": False, "bgcolor": look.card, "borderpad": 0}
    values = [
        {
            "name": "value",
            "x": row.value,
            "y": at,
            "xanchor": anchor,
            "xshift": shift,
            "text": _value(row, indicator),
            "font": {"size": ends.FONT, "color": look.ink},
            **on_card,
        }
        for row, (anchor, shift) in zip(rows, sides, strict=True)
    ]
    name = {
        "name": "place",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -room,
        "y": at,
        "yshift": NAME_ABOVE,
        "align": "left",
        "text": f'<b>{pair.name}</b>  <span style="color:{look.muted}">{pair.changed}</span>',
        "font": {"size": ends.FONT, "color": colour},
        **on_card,
    }
    return [*values, name]
