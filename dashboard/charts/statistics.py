"""Statistics of the field drawn: concentration, convergence, similarity, specialisation."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import formats
from dashboard.charts.axes import NARROW, TITLE_LETTERS, span_of, value_axis
from dashboard.charts.beside import FONT_SIZE, NO_SIDE, beside
from dashboard.charts.figures import new_figure
from dashboard.charts.labels import spread
from dashboard.charts.styles import series_style
from dashboard.charts.theme import Theme, template

LINE_HEIGHT = 400
SCATTER_HEIGHT = 520
ROW = 30
MATRIX_FRAME = 84
BAR_FRAME = 108
POINT = 11.0
NAME_LETTERS = 18
NOTE_LETTERS = 38
INDICES = {"herfindahl": ("Herfindahl index", "solid"), "gini": ("Gini coefficient", "dash")}
GROWTH = "Growth, per cent per year"


def concentration_lines(table: pd.DataFrame, look: Theme, title: str) -> go.Figure:
    """The Herfindahl index and the Gini coefficient through the years, both from 0 to 1.

    Args:
        table: one row per year: year, herfindahl, gini; a missing year breaks the lines.
        look: colours of the mode.
        title: what is concentrated, over which places, for the axis.
    """
    figure = new_figure()
    colours = dict(zip(INDICES, (look.accent, look.warm), strict=True))
    ends = {}
    for column, (name, dash) in INDICES.items():
        held = table[table[column].notna()]
        if held.empty:
            continue
        figure.add_trace(_line(held["year"], held[column], name, colours[column], dash, 3))
        ends[column] = float(held[column].iloc[-1])
    figure.update_layout(
        **_frame(look, LINE_HEIGHT, "concentration"),
        hovermode="x unified",
        xaxis=_years(table),
        yaxis={
            "title": {"text": "<br>".join(textwrap.wrap(title, TITLE_LETTERS))},
            "range": [0, 1.02],
            "tickvals": [0, 0.2, 0.4, 0.6, 0.8, 1],
            "fixedrange": True,
        },
        margin={"t": 16, "r": 150},
    )
    for column, at in zip(ends, spread(list(ends.values()), 0.1, 0, 1), strict=True):
        _end_label(figure, at, INDICES[column][0], colours[column])
    return figure


def sigma_line(
    table: pd.DataFrame,
    look: Theme,
    *,
    column: str = "sigma",
    title: str = "Standard deviation of logarithms",
) -> go.Figure:
    """The spread across places through the years; it falls where they converge.

    Args:
        table: one row per year: year and `column`; a missing year breaks the line.
        look: colours of the mode.
        column: the measure of spread.
        title: its name, for the axis.
    """
    held = table[table[column].notna()]
    figure = new_figure()
    if len(held):
        figure.add_trace(_line(held["year"], held[column], title, look.accent, "solid", 3))
    highest = float(held[column].max()) if len(held) else 1.0
    figure.update_layout(
        **_frame(look, LINE_HEIGHT, f"sigma-{column}"),
        hovermode="closest",
        xaxis=_years(held),
        yaxis={
            "title": {"text": title},
            "range": [0, 1.08 * highest or 1.0],
            "fixedrange": True,
        },
        margin={"t": 16, "r": 16},
    )
    return figure


def convergence_scatter(
    points: pd.DataFrame,
    look: Theme,
    places: Mapping[str, Place],
    slope: float,
    intercept: float,
    r2: float,
    *,
    indicator: Indicator | None = None,
    first_year: int | None = None,
) -> go.Figure:
    """Growth against the value started from, on a log axis, with the line through the points.

    Args:
        points: one row per place: place_id, place_name, initial (above zero), growth (per cent per
            year).
        look: colours of the mode.
        places: the places by identifier; their economy gives the hue.
        slope: of growth over the natural logarithm of `initial`; not a number without a line.
        intercept: of the same line.
        r2: share of the variance of growth that the line accounts for.
        indicator: what `initial` measures, for ticks and title.
        first_year: the year started from, for the title.
    """
    figure = new_figure()
    held = points[points["initial"] > 0]
    left, right = span_of(held["initial"].to_numpy(), logarithmic=True, part=0.08)
    low, high = span_of(held["growth"].to_numpy(), part=0.08)
    if indicator is None:
        across: dict[str, Any] = {
            "type": "log",
            "range": [math.log10(left), math.log10(right)],
            "fixedrange": True,
            "title": {"text": "Value started from (log scale)"},
        }
    else:
        across = value_axis(indicator, left, right, logarithmic=True, pixels=NARROW)
    if first_year is not None:
        across["title"]["text"] += f", {first_year}"
    if len(held) and math.isfinite(slope):
        ends = [float(held["initial"].min()), float(held["initial"].max())]
        figure.add_trace(
            go.Scatter(
                x=ends,
                y=[intercept + slope * math.log(value) for value in ends],
                mode="lines",
                name="Line through the points",
                hoverinfo="skip",
                line={"dash": "dash", "color": look.muted, "width": 1.8},
            )
        )
    if len(held):
        figure.add_trace(_named_points(held, look, places, indicator, (left, right), (low, high)))
    figure.update_layout(
        **_frame(look, SCATTER_HEIGHT, "convergence"),
        hovermode="closest",
        clickmode="event",
        xaxis=across,
        yaxis={
            "title": {"text": GROWTH},
            "range": [low, high],
            "fixedrange": True,
            "zeroline": low < 0 < high,
        },
        margin={"t": 52, "r": 28},
        annotations=[_over_plot(_line_words(slope, intercept, r2, len(held)), look)],
    )
    return figure


def similarity_matrix(distances: pd.DataFrame, look: Theme) -> go.Figure:
    """How far apart the profiles of places are: pale is alike, dark is different.

    Args:
        distances: place by place with their names on both sides, 0 for the same profile; a
            missing one is an empty cell.
        look: colours of the mode.
    """
    names = [str(name) for name in distances.index]
    count = len(names)
    values = distances.to_numpy(dtype=float)
    own = np.eye(count, dtype=bool)
    shown = np.where(own | np.isnan(values), np.nan, values)
    texts = [
        ["" if row == column else formats.number(values[row, column], 1) for column in range(count)]
        for row in range(count)
    ]
    # A name across the top is as long as it is: it stands upright.
    room = 7 * max((len(line) for name in names for line in _wrap(name)), default=0)
    figure = new_figure()
    if count:
        figure.add_trace(
            go.Heatmap(
                x=list(range(count)),
                y=list(range(count)),
                z=[[None if math.isnan(cell) else float(cell) for cell in row] for row in shown],
                text=texts,
                texttemplate="%{text}" if count <= 8 else None,
                textfont={"size": 11},
                customdata=[[[one, other] for other in names] for one in names],
                hovertemplate=(
                    "<b>%{customdata[0]}</b> and <b>%{customdata[1]}</b><br>%{z:.2f}<extra></extra>"
                ),
                hoverongaps=False,
                name="Distance",
                xgap=1,
                ygap=1,
                zmin=0,
                colorscale=[
                    [index / (len(look.sequential) - 1), colour]
                    for index, colour in enumerate(look.sequential)
                ],
                colorbar={
                    "title": {
                        "text": "Distance, in standard deviations",
                        "side": "top",
                        "font": {"size": 12, "color": look.muted},
                    },
                    "orientation": "h",
                    "x": 1,
                    "xanchor": "right",
                    "xpad": 0,
                    "y": 0,
                    "yanchor": "top",
                    "ypad": 10,
                    "lenmode": "pixels",
                    "len": 190,
                    "thickness": 10,
                    "outlinewidth": 0,
                    "nticks": 4,
                    "tickfont": {"size": 11, "color": look.ink},
                },
            )
        )
    axis = {
        "tickvals": list(range(count)),
        "ticktext": ["<br>".join(_wrap(name)) for name in names],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
        "tickfont": {"color": look.ink, "size": 12},
    }
    figure.update_layout(
        **_frame(look, ROW * max(count, 1) + MATRIX_FRAME + room, "similarity"),
        hovermode="closest",
        xaxis={**axis, "side": "top", "tickangle": -90},
        yaxis={**axis, "autorange": "reversed"},
        margin={"t": 8, "r": 12, "b": 8},
    )
    return figure


def location_quotient_bars(table: pd.DataFrame, look: Theme) -> go.Figure:
    """A bar per sector from zero, with a line at 1, where the place is like the reference.

    Args:
        table: one row per sector: sector, value (the quotient); with `qualifier` those that are
            not exact are hatched. The highest is drawn on top.
        look: colours of the mode.
    """
    held = table[table["value"].notna()].sort_values("value", ascending=False, kind="stable")
    is_above = held["value"] > 1
    qualifier = held.get("qualifier", pd.Series("exact", index=held.index))
    figure = new_figure(
        [
            go.Bar(
                x=held["value"].astype("float64").tolist(),
                y=list(range(len(held))),
                orientation="h",
                name="Location quotient",
                text=[
                    f"\u2002{'' if sure else 'about '}{formats.number(value, 2)}\u2002"
                    for value, sure in zip(held["value"], qualifier == "exact", strict=True)
                ],
                textposition="outside",
                textfont={"shadow": ", ".join([f"0 0 3px {look.card}"] * 4)},
                cliponaxis=False,
                customdata=held["sector"].tolist(),
                hovertemplate="<b>%{customdata}</b><br>%{text}<extra></extra>",
                marker={
                    "color": [look.accent if above else look.muted for above in is_above],
                    "pattern": {
                        "shape": ["" if sure else "/" for sure in qualifier == "exact"],
                        "fgcolor": look.card,
                        "size": 6,
                    },
                },
            )
        ]
    )
    highest = max(float(held["value"].max()) if len(held) else 0.0, 1.0)
    figure.update_layout(
        **_frame(look, ROW * max(len(held), 1) + BAR_FRAME, "location-quotients"),
        hovermode="closest",
        bargap=0.32,
        xaxis={
            "title": {"text": "Location quotient<br>1 is the share of the reference"},
            "range": [0, 1.28 * highest],
            "fixedrange": True,
            "zeroline": True,
        },
        yaxis={
            "autorange": "reversed",
            "tickvals": list(range(len(held))),
            "ticktext": ["<br>".join(textwrap.wrap(name, 26)) + "  " for name in held["sector"]],
            "showgrid": False,
            "fixedrange": True,
            "tickfont": {"color": look.ink},
        },
        shapes=[
            {
                "type": "line",
                "x0": 1,
                "x1": 1,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "line": {"color": look.ink, "width": 1.4, "dash": "dash"},
                "name": "As in the reference",
            }
        ],
        margin={"t": 12, "r": 16},
    )
    return figure


def _frame(look: Theme, height: int, revision: str) -> dict[str, Any]:
    return {
        "template": template(look),
        "height": height,
        "showlegend": False,
        "dragmode": False,
        "uirevision": revision,
    }


def _years(table: pd.DataFrame) -> dict[str, Any]:
    span = table["year"].max() - table["year"].min() if len(table) else 0
    step = {"dtick": 1} if len(table) and span <= 8 else {}
    return {"tickformat": "d", "showgrid": False, "fixedrange": True, **step}


def _line(
    years: pd.Series, values: pd.Series, name: str, colour: str, dash: str, decimals: int
) -> go.Scatter:
    """A line that breaks where a year is missing."""
    held = {int(year): float(value) for year, value in zip(years, values, strict=True)}
    every = list(range(min(held), max(held) + 1))
    return go.Scatter(
        x=every,
        y=[held.get(year) for year in every],
        mode="lines+markers",
        name=name,
        connectgaps=False,
        text=[formats.number(held.get(year), decimals) for year in every],
        hovertemplate=f"{name}: %{{text}}, %{{x:d}}<extra></extra>",
        line={"color": colour, "dash": dash, "width": 2.4},
        marker={"color": colour, "size": 6 if len(held) < 25 else 4},
    )


def _end_label(figure: go.Figure, at: float, text: str, colour: str) -> None:
    figure.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=6,
        y=at,
        yref="y",
        showarrow=False,
        text=text,
        font={"color": colour, "size": 13},
        align="left",
    )


def _named_points(
    held: pd.DataFrame,
    look: Theme,
    places: Mapping[str, Place],
    indicator: Indicator | None,
    across: tuple[float, float],
    up: tuple[float, float],
) -> go.Scatter:
    ids = [str(key) for key in held["place_id"]]
    styles = [series_style(key, ids[:rank], places, look) for rank, key in enumerate(ids)]
    ends = np.log10(across)
    parts = np.stack(
        [
            (np.log10(held["initial"].to_numpy(dtype=float)) - ends[0]) / (ends[1] - ends[0]),
            (held["growth"].to_numpy(dtype=float) - up[0]) / (up[1] - up[0]),
        ],
        axis=1,
    )
    names = [str(name) for name in held["place_name"]]
    sides = beside(parts, names, [POINT] * len(names))
    started = [
        formats.number(value, 0) if indicator is None else formats.quantity(value, indicator)
        for value in held["initial"]
    ]
    grown = [f"{formats.number(value, 2)} % per year" for value in held["growth"]]
    return go.Scatter(
        x=held["initial"].astype("float64").tolist(),
        y=held["growth"].astype("float64").tolist(),
        mode="markers+text",
        name="Places",
        text=["" if side == NO_SIDE else name for name, side in zip(names, sides, strict=True)],
        textposition=[side or "middle right" for side in sides],
        textfont={"size": FONT_SIZE, "color": [style["colour"] for style in styles]},
        cliponaxis=False,
        customdata=[list(row) for row in zip(ids, names, started, grown, strict=True)],
        hovertemplate=(
            "<b>%{customdata[1]}</b><br>Started from %{customdata[2]}<br>Growth %{customdata[3]}"
            "<extra></extra>"
        ),
        marker={
            "size": POINT,
            "color": [style["colour"] for style in styles],
            "symbol": [style["symbol"] for style in styles],
        },
    )


def _line_words(slope: float, intercept: float, r2: float, count: int) -> str:
    if not math.isfinite(slope):
        said = f"No line fits {count} point{'s' if count != 1 else ''}"
    else:
        sign = "−" if slope < 0 else "+"
        said = (
            f"Growth = {formats.number(intercept, 2)} {sign} {formats.number(abs(slope), 2)} × ln "
            f"of the value started from; R² = {formats.number(r2, 2)}, {count} places"
        )
    return "<br>".join(textwrap.wrap(said, NOTE_LETTERS))


def _over_plot(text: str, look: Theme) -> dict[str, Any]:
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 4,
        "align": "left",
        "showarrow": False,
        "font": {"color": look.ink, "size": FONT_SIZE},
    }


def _wrap(name: str) -> list[str]:
    return textwrap.wrap(name, NAME_LETTERS) or [""]
