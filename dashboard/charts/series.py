"""Lines and ranked bars: a tidy table and an indicator in, a figure out."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import formats
from dashboard.charts.labels import spread
from dashboard.charts.styles import hue, series_style
from dashboard.charts.theme import Theme, template

LINE_HEIGHT = 460
LABEL_LETTERS = 18  # a longer name takes two lines, so that a telephone keeps room for lines
LABEL_GAP = 0.052  # of the plot's height: one line of label text at LINE_HEIGHT
BAR_HEIGHT = 34
BAR_FRAME = 90


def trend(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    look: Theme,
    *,
    logarithmic: bool = False,
) -> go.Figure:
    """A line per place over time, named at its end.

    Args:
        rows: one row per place and year; `value` in the indicator's unit. A missing year breaks
            the line; a lone year is a marker.
        indicator: unit and decimals.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.
        logarithmic: draw the value axis in powers of ten; values of zero or below are left out.

    Returns:
        One trace per place, in the order of the table; approximate values are hollow markers,
        ranges are whiskers.
    """
    figure = go.Figure(layout={"template": template(look), "height": LINE_HEIGHT})
    if logarithmic:
        rows = rows[rows["value"] > 0]
    drawn: list[tuple[str, pd.DataFrame, dict[str, str]]] = []
    for place_id, group in rows.groupby("place_id", sort=False):
        style = series_style(str(place_id), [item[0] for item in drawn], places, look)
        figure.add_trace(_line(group, indicator, style))
        drawn.append((str(place_id), group, style))
    figure.update_layout(
        showlegend=False,
        hovermode="closest",
        uirevision=f"{indicator.indicator_id}-{indicator.unit}",
        margin={"t": 16, "r": 16},
        xaxis={"tickformat": "d", "showgrid": False, "fixedrange": True, "dtick": _year_step(rows)},
        yaxis={
            "title": {"text": formats.axis_title(indicator)},
            "type": "log" if logarithmic else "linear",
            "fixedrange": True,
        },
        dragmode=False,
    )
    if logarithmic:
        _log_ticks(figure, rows)
    elif len(rows):
        low, high = min(0.0, float(rows["value"].min())), float(rows["value"].max())
        figure.update_yaxes(formats.axis(indicator, low, high))
    _name_lines(figure, drawn, logarithmic)
    return figure


def _log_ticks(figure: go.Figure, rows: pd.DataFrame) -> None:
    """Ticks at 1, 2 and 5 of each power of ten, written in full: Plotly drops the zeros."""
    if rows.empty:
        return
    low, high = rows["value"].min(), rows["value"].max()
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 2, 5) if len(powers) <= 4 else (1,)
    ticks = [step * 10.0**power for power in powers for step in steps]
    figure.update_yaxes(
        tickvals=ticks,
        ticktext=[formats.number(tick, max(0, -math.floor(math.log10(tick)))) for tick in ticks],
        title_text=f"{figure.layout.yaxis.title.text} (log scale)",
    )


def _line(group: pd.DataFrame, indicator: Indicator, style: dict[str, str]) -> go.Scatter:
    every_year = list(range(int(group["year"].min()), int(group["year"].max()) + 1))
    spaced = _broken(group.set_index("year").reindex(every_year))
    exact = spaced["qualifier"].fillna("exact") == "exact"
    texts = [
        formats.quantity(row.value, indicator, row.qualifier, row.value_high)
        if pd.notna(row.value)
        else ""
        for row in spaced.itertuples()
    ]
    name = group["place_name"].iloc[0]
    trace = go.Scatter(
        x=list(spaced.index),
        y=[None if pd.isna(value) else float(value) for value in spaced["value"]],
        mode="lines+markers",
        name=name,
        connectgaps=False,
        text=texts,
        hovertemplate=f"<b>{name}</b><br>%{{text}}, %{{x:d}}<extra></extra>",
        line={"color": style["colour"], "dash": style["dash"], "width": 2.4},
        marker={
            "color": style["colour"],
            "size": 7 if len(group) < 25 else 4.5,
            "symbol": [style["symbol"] + ("" if sure else "-open") for sure in exact],
        },
    )
    if spaced["value_high"].notna().any() or spaced["value_low"].notna().any():
        high = (spaced["value_high"] - spaced["value"]).fillna(0)
        low = (spaced["value"] - spaced["value_low"]).fillna(0)
        trace.error_y = {
            "type": "data",
            "symmetric": False,
            "array": list(high),
            "arrayminus": list(low),
            "thickness": 1.2,
            "width": 4,
        }
    return trace


def _broken(spaced: pd.DataFrame) -> pd.DataFrame:
    """The rows with an empty one, half a year on, wherever the legal definition changes.

    Figures under two definitions are two series: no line may join them.
    """
    definition = spaced["definition_id"].fillna("")
    changes = (definition != definition.shift()) & (definition != "") & (definition.shift() != "")
    changes.iloc[0] = False
    breaks = [year - 0.5 for year in spaced.index[changes]]
    if not breaks:
        return spaced
    return spaced.reindex(sorted([*map(float, spaced.index), *breaks]))


def _year_step(rows: pd.DataFrame) -> int | None:
    if rows.empty or rows["year"].max() - rows["year"].min() > 8:
        return None
    return 1


def _name_lines(
    figure: go.Figure, drawn: list[tuple[str, pd.DataFrame, dict[str, str]]], logarithmic: bool
) -> None:
    """Write each place's name at the end of its line, moved apart where lines end together."""
    if not drawn:
        return

    def scale(value: float) -> float:
        return math.log10(value) if logarithmic else value

    values = [
        scale(value)
        for _, group, _ in drawn
        for column in ("value", "value_low", "value_high")
        for value in group[column].dropna()
        if value > 0 or not logarithmic
    ]
    low, high = min(values), max(values)
    if not logarithmic and low >= 0:
        low = 0.0
    span = (high - low) or abs(high) or 1.0
    low, high = low - 0.04 * span, high + 0.04 * span
    figure.update_yaxes(range=[low, high])
    ends = [scale(group["value"].iloc[-1]) for _, group, _ in drawn]
    last_year = max(group["year"].iloc[-1] for _, group, _ in drawn)
    labels = [
        textwrap.wrap(
            group["place_name"].iloc[0]
            + ("" if group["year"].iloc[-1] == last_year else f" ({group['year'].iloc[-1]})"),
            LABEL_LETTERS,
        )
        for _, group, _ in drawn
    ]
    gap = LABEL_GAP * max(len(lines) for lines in labels)
    placed = spread(ends, gap * (high - low), low, high)
    for (_, _, style), lines, position in zip(drawn, labels, placed, strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=position,
            yref="y",
            showarrow=False,
            text="<br>".join(lines),
            font={"color": style["colour"], "size": 13},
            align="left",
        )
    longest = max(len(line) for lines in labels for line in lines)
    figure.update_layout(margin_r=24 + 8 * longest)


def ranking(
    rows: pd.DataFrame, indicator: Indicator, places: Mapping[str, Place], look: Theme
) -> go.Figure:
    """Bars of one year, the highest on top, from zero.

    Args:
        rows: one row per place, ranked as `transforms.rank` returns them; `value` in the
            indicator's unit.
        indicator: unit and decimals.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.

    Returns:
        One trace; approximate values are hatched bars, ranges reach on as whiskers, and the value
        stands at the end of each bar.
    """
    names = [f"{row.rank}  {row.place_name}" for row in rows.itertuples()]
    colours = [hue(str(key), places, look) for key in rows["place_id"]]
    # The blank keeps the value off the end of its bar.
    texts = [
        f"\u2002{formats.quantity(row.value, indicator, row.qualifier, row.value_high)}\u2002"
        for row in rows.itertuples()
    ]
    figure = go.Figure(
        go.Bar(
            x=[float(value) for value in rows["value"]],
            y=list(range(len(rows))),
            customdata=names,
            orientation="h",
            name=indicator.short_name,
            text=texts,
            textposition="outside",
            cliponaxis=False,
            hovertemplate="<b>%{customdata}</b><br>%{text}<extra></extra>",
            marker={
                "color": colours,
                "pattern": {
                    "shape": ["" if exact else "/" for exact in rows["qualifier"] == "exact"],
                    "fgcolor": look.card,
                    "size": 6,
                },
            },
        )
    )
    if rows["value_high"].notna().any():
        reach = (rows["value_high"] - rows["value"]).fillna(0)
        figure.data[0].error_x = {
            "type": "data",
            "symmetric": False,
            "array": list(reach),
            "arrayminus": [0] * len(rows),
            "color": look.ink,
            "thickness": 1.4,
        }
    ends = rows[["value", "value_high"]].max(axis=1)
    low = min(0.0, float(rows["value"].min())) if len(rows) else 0.0
    high = max(0.0, float(ends.max())) if len(rows) else 1.0
    room = 0.28 * ((high - low) or 1.0)  # for the value written past the end of the bar
    figure.update_layout(
        template=template(look),
        height=BAR_HEIGHT * max(len(rows), 1) + BAR_FRAME,
        showlegend=False,
        bargap=0.32,
        dragmode=False,
        uirevision=indicator.indicator_id,
        xaxis={
            **formats.axis(indicator, low, high),
            "fixedrange": True,
            "range": [low - (room if low < 0 else 0), high + room],
        },
        yaxis={
            "autorange": "reversed",
            # Places are told apart by position: an economy and a hub may share a name and a rank.
            "tickvals": list(range(len(rows))),
            "ticktext": [f"{name}  " for name in names],
            "showgrid": False,
            "fixedrange": True,
            "tickfont": {"color": look.ink, "size": 14},
        },
    )
    return figure
