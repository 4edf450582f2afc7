"""Rank over time: who stands where among those shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import ends, formats
from dashboard.charts.ends import End
from dashboard.charts.figures import new_figure
from dashboard.charts.lines import LINE_WIDTH, caveat_words, doubts
from dashboard.charts.series import YEARS_HEIGHT, year_axis
from dashboard.charts.styles import series_style
from dashboard.charts.theme import Theme, template
from dashboard.transforms.breaks import lean
from dashboard.transforms.highlights import UNMEASURED
from dashboard.transforms.standings import complete_years, is_placing, standings

RANK_HEIGHT = 38
SMALLEST_PLOT = 200
TOP = 16


def bump(
    rows: pd.DataFrame, indicator: Indicator, places: Mapping[str, Place], look: Theme
) -> go.Figure:
    """Rank of each place over time among those that have a value in the year, the first on top.

    Args:
        rows: one row per place and year. A missing year breaks the line.
        indicator: unit and decimals; of places in a ranking the lowest value is the first.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.

    Returns:
        One trace per place in the order of the table, named with its rank at its end. Ranks that
        rest on values that are not exact are hollow. Years in which a place shown has no value are
        shaded, because a rank there is one among fewer; the hover text says among how many.
    """
    ranked = standings(lean(rows), lowest_first=is_placing(indicator))
    if ranked.empty:
        figure = new_figure(layout={"template": template(look)})
        ends.say_empty(figure, look)
        return figure
    drawn: list[str] = []
    labels, traces = [], []
    newest = int(ranked["year"].max())
    for key, group in ranked.groupby("place_id", sort=False):
        style = series_style(str(key), drawn, places, look)
        drawn.append(str(key))
        group = group.sort_values("year")
        traces.append(_rank_line(group, indicator, style))
        last = group.iloc[-1]
        ended = "" if last["year"] == newest else f" ({last['year']})"
        among = (
            "" if last["ranked"] == last["shown"] else f"{ends.SPACE}of{ends.SPACE}{last['ranked']}"
        )
        words = f"{last['rank']}{among}  {last['place_name']}{ended}"
        told = ends.named(words, style["symbol"])
        labels.append(End(float(last["rank"]), told, style["colour"]))
    key_lines = doubts(ranked, traces)
    shades = _shades(ranked, look)
    if shades:
        key_lines.append("shaded: not all have a value")
    key_lines = ends.wrapped_items(key_lines)
    most = int(ranked["rank"].max())
    plot = max(SMALLEST_PLOT, RANK_HEIGHT * most, ends.room(labels))
    bottom = YEARS_HEIGHT + ends.SMALL_LINE_PX * len(key_lines)
    low, high = most + 0.5, 0.5
    return new_figure(
        data=traces,
        layout={
            "template": template(look),
            "shapes": shades,
            "height": round(TOP + plot + bottom),
            "margin": {"t": TOP, "b": bottom, "r": 12 + ends.width(labels)},
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "uirevision": indicator.indicator_id,
            "annotations": [
                *ends.end_labels(labels, low, high, plot),
                *ends.note(key_lines, look, name="key", above=False, shift=YEARS_HEIGHT - 8),
            ],
            "xaxis": {**year_axis(ranked), "zeroline": False},
            "yaxis": {
                "title": {"text": f"Rank of {ranked['place_id'].nunique()} shown"},
                "range": [low, high],
                "tickvals": list(range(1, most + 1)),
                "zeroline": False,
                "fixedrange": True,
            },
        },
    )


def _rank_line(group: pd.DataFrame, indicator: Indicator, style: dict[str, str]) -> dict[str, Any]:
    name = str(group["place_name"].iloc[0])
    x: list[int] = []
    y: list[int | None] = []
    told: list[tuple[str, str]] = []
    symbols = []
    by_year = {int(row.year): row for row in group.itertuples()}
    for year in range(min(by_year), max(by_year) + 1):
        row = by_year.get(year)
        x.append(year)
        y.append(None if row is None else int(row.rank))
        told.append((str(group["place_id"].iloc[0]), "" if row is None else _told(row, indicator)))
        is_soft = row is not None and (
            row.qualifier != "exact" or not set(UNMEASURED).isdisjoint(row.caveats.split(";"))
        )
        symbols.append(style["symbol"] + ("-open" if is_soft else ""))
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines+markers",
        "name": name,
        "meta": {"part": "line"},
        "connectgaps": False,
        "cliponaxis": False,
        "customdata": told,
        "hovertemplate": f"<b>{name}</b>, %{{x:d}}<br>%{{customdata[1]}}<extra></extra>",
        "line": {"color": style["colour"], "dash": style["dash"], "width": LINE_WIDTH},
        "marker": {"color": style["colour"], "size": 8 if len(x) < 25 else 6, "symbol": symbols},
    }


def _told(row: Any, indicator: Indicator) -> str:
    among = f"of {row.ranked}" if row.ranked == row.shown else f"of {row.ranked} with a value"
    missing = "" if row.ranked == row.shown else f" ({row.shown} shown)"
    value = formats.quantity(row.value, indicator, row.qualifier, row.value_high)
    return f"Rank {row.rank} {among}{missing}<br>{value}{caveat_words(row.caveats)}"


def _shades(ranked: pd.DataFrame, look: Theme) -> list[dict[str, Any]]:
    """A shade behind the years in which not every place has a value."""
    years = sorted(int(year) for year in ranked["year"].unique())
    complete = set(complete_years(ranked))
    spans: list[list[int]] = []
    before = None
    for year in years:
        if year not in complete:
            if spans and spans[-1][1] == before:
                spans[-1][1] = year
            else:
                spans.append([year, year])
        before = year
    return [
        {
            "type": "rect",
            "name": "not all have a value",
            "x0": first - 0.5,
            "x1": last + 0.5,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "layer": "below",
            "line": {"width": 0},
            "fillcolor": look.rule,
            "opacity": 0.45,
        }
        for first, last in spans
    ]
