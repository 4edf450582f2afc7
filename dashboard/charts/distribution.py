"""One year of an indicator: every place a named point along the value axis, with the quartiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import formats
from dashboard.charts.axes import span_of, value_axis
from dashboard.charts.doubt import is_firm
from dashboard.charts.figures import new_figure
from dashboard.charts.styles import series_style
from dashboard.charts.theme import Theme, template

LANE = 19  # pixels between two names, one above the other
FRAME = 150
NARROW = 334  # width of the plot on a telephone, on which names are kept apart
LETTER = 7.0  # mean width of a letter of a name in pixels
GAP = 10  # pixels between a name and the next point
DOT = 9.0
CHOSEN_DOT = 13.0
FEWEST_FOR_QUARTILES = 4
NOTE_LINE = 16
QUARTILES = ((0.5, "Median"), (0.25, "Lower quartile"), (0.75, "Upper quartile"))


def distribution(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    year: int,
    *,
    chosen: Sequence[str] = (),
) -> go.Figure:
    """Points along the value axis; their height only keeps their names apart.

    Args:
        rows: one row per place, all of one year; `value` in the indicator's unit.
        indicator: unit and decimals.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.
        year: the year of the rows.
        chosen: places in their own hue, larger, all others being muted; none mutes nobody.

    Returns:
        The points. The median and, of four places or more, the quartiles (linear between the two
        nearest values) are lines with their values above. Approximate and estimated values are
        hollow, ranges have whiskers.
    """
    held = rows[rows["value"].notna()].sort_values("value", kind="stable")
    ends = [held[name] for name in ("value", "value_low", "value_high") if name in held]
    low, high = span_of(np.concatenate(ends))
    axis = value_axis(indicator, low, high, named=False, pixels=NARROW)
    lanes, sides = _lanes(_parts(held["value"], low, high), list(held["place_name"]))
    reach = max((abs(lane) for lane in lanes), default=0)
    drawn, words = _quartiles(held, indicator, look, low, high)
    return new_figure(
        data=[_points(held, lanes, sides, indicator, places, look, year, chosen)],
        layout={
            "template": template(look),
            "height": LANE * (2 * reach + 1) + FRAME,
            "showlegend": False,
            "hovermode": "closest",
            "clickmode": "event",
            "dragmode": False,
            "uirevision": f"distribution-{indicator.indicator_id}",
            "margin": {"t": 8 + NOTE_LINE * len(QUARTILES), "l": 16, "r": 16},
            "xaxis": axis,
            "yaxis": {"visible": False, "fixedrange": True, "range": [-reach - 0.9, reach + 0.9]},
            "shapes": drawn,
            "annotations": words,
        },
    )


def _parts(values: pd.Series, low: float, high: float) -> np.ndarray:
    """Values as parts of the axis."""
    parts: np.ndarray = (values.to_numpy(dtype=float) - low) / (high - low)
    return parts


def _lanes(
    parts: Sequence[float] | np.ndarray, names: Sequence[str]
) -> tuple[list[int], list[str]]:
    """A lane for each point and a side for its name, so that nothing on a lane overlaps.

    Lanes are 0, 1, -1, 2, -2 ... What stands apart on a telephone does so on a wider screen too.

    Args:
        parts: where the points stand, as parts of the axis, from low to high.
        names: their names.
    """
    taken: dict[int, list[tuple[float, float]]] = {}
    lanes, sides = [], []
    for part, name in zip(parts, names, strict=True):
        at, width = part * NARROW, LETTER * len(name) + GAP
        is_left = at + width > NARROW
        start, end = at - CHOSEN_DOT / 2, at + CHOSEN_DOT / 2
        start, end = (start - width, end) if is_left else (start, end + width)
        for step in count():
            lane = (step + 1) // 2 * (1 if step % 2 else -1)
            if all(end < one or other < start for one, other in taken.get(lane, [])):
                break
        taken.setdefault(lane, []).append((start, end))
        lanes.append(lane)
        sides.append("middle left" if is_left else "middle right")
    return lanes, sides


def _points(
    held: pd.DataFrame,
    lanes: Sequence[int],
    sides: Sequence[str],
    indicator: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    year: int,
    chosen: Sequence[str],
) -> dict[str, Any]:
    ids = [str(key) for key in held["place_id"]]
    marked = [key for key in ids if key in chosen or not chosen]
    styles = {
        key: series_style(key, marked[:rank], places, look) for rank, key in enumerate(marked)
    }
    muted = {"colour": look.muted, "symbol": "circle"}
    shown = [styles.get(key, muted) for key in ids]
    is_bold = [bool(chosen) and key in styles for key in ids]
    trace: dict[str, Any] = {
        "type": "scatter",
        "x": held["value"].tolist(),
        "y": list(lanes),
        "mode": "markers+text",
        "name": indicator.short_name,
        "text": [
            f"<b>{name}</b>" if bold else name
            for name, bold in zip(held["place_name"], is_bold, strict=True)
        ],
        "textposition": list(sides),
        "textfont": {
            "size": 12,
            "color": [style["colour"] for style in shown],
            # Parts the letters from the lines of the quartiles behind them.
            "shadow": ", ".join([f"0 0 3px {look.card}"] * 4),
        },
        "cliponaxis": False,
        "customdata": [
            [key, name, formats.quantity(value, indicator, doubt, high)]
            for key, name, value, doubt, high in zip(
                ids,
                held["place_name"],
                held["value"],
                held["qualifier"],
                held["value_high"],
                strict=True,
            )
        ],
        "hovertemplate": f"<b>%{{customdata[1]}}</b>, {year}<br>%{{customdata[2]}}<extra></extra>",
        "marker": {
            "color": [style["colour"] for style in shown],
            "size": [CHOSEN_DOT if bold else DOT for bold in is_bold],
            "opacity": 1,
            "line": {"width": 0},
            "symbol": [
                style["symbol"] + ("" if firm else "-open")
                for style, firm in zip(shown, is_firm(held), strict=True)
            ],
        },
    }
    if held["value_high"].notna().any() or held["value_low"].notna().any():
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": (held["value_high"] - held["value"]).fillna(0).tolist(),
            "arrayminus": (held["value"] - held["value_low"]).fillna(0).tolist(),
            "thickness": 1.2,
            "width": 4,
            "color": look.muted,
        }
    return trace


def quartiles(values: pd.Series) -> dict[str, float]:
    """The median and, of four values or more, the quartiles, by the words of the chart.

    A quartile between two values lies on the straight line between them.
    """
    numbers = values.dropna()
    if len(numbers) < 2:
        return {}
    meant = QUARTILES if len(numbers) >= FEWEST_FOR_QUARTILES else QUARTILES[:1]
    return {words: float(numbers.quantile(part)) for part, words in meant}


def _quartiles(
    held: pd.DataFrame,
    indicator: Indicator,
    look: Theme,
    low: float,
    high: float,
) -> tuple[list[dict], list[dict]]:
    """Lines across the plot, and above it a line of text for each."""
    shapes, notes = [], []
    found = quartiles(held["value"])
    places = _parts(pd.Series(found, dtype=float), low, high)
    for rank, ((words, value), part) in enumerate(zip(found.items(), places, strict=True)):
        is_median = rank == 0
        is_left = part < 0.5
        shapes.append(
            {
                "type": "line",
                "x0": value,
                "x1": value,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "line": {
                    "color": look.ink if is_median else look.muted,
                    "width": 1.6 if is_median else 1.2,
                    "dash": "solid" if is_median else "dash",
                },
            }
        )
        notes.append(
            {
                "text": f"{words} {formats.quantity(value, indicator)}",
                "xref": "paper",
                "yref": "paper",
                "x": float(part),
                "y": 1,
                "xanchor": "left" if is_left else "right",
                "yanchor": "bottom",
                "yshift": NOTE_LINE * rank,
                "showarrow": False,
                "font": {"size": 12, "color": look.ink if is_median else look.muted},
            }
        )
    return shapes, notes
