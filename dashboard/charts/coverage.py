"""Who has which years of what: indicators against places, as a heat map."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts.figures import new_figure
from dashboard.charts.formats import years
from dashboard.charts.theme import Theme, template

ROW_HEIGHT = 27
FRAME_HEIGHT = 130
NAME_LETTERS = 34
NO_VALUE, HAS, OTHER_YEARS = "No value held", "Has a value", "Other years only (the nearest)"


def coverage_map(
    table: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    places: Mapping[str, Place],
    look: Theme,
    year: int | None = None,
) -> go.Figure:
    """Indicators in rows, places in columns.

    Args:
        table: one row per indicator and place, as `catalogue.coverage.coverage` returns it.
        indicators: their names, by identifier.
        places: their names, by identifier.
        look: colours of the mode.
        year: shade who has a value in this year; None shades how many years each has.

    Returns:
        A heat map whose cells carry `indicator place` as custom data. A pair without any value is
        a gap in the grey of "no value", with an entry of its own in the legend.
    """
    rows = list(dict.fromkeys(table["indicator_id"]))
    columns = list(dict.fromkeys(table["place_id"]))
    cells = {(row.indicator_id, row.place_id): row for row in table.itertuples()}
    grid = [[cells[row, column] for column in columns] for row in rows]
    figure = new_figure(
        [
            go.Heatmap(
                z=[[_shade(cell, year) for cell in line] for line in grid],
                x=list(range(len(columns))),
                y=list(range(len(rows))),
                xgap=2,
                ygap=2,
                text=[[_letters(cell, year) for cell in line] for line in grid],
                texttemplate="%{text}",
                textfont={"size": 12},
                customdata=[[f"{row} {column}" for column in columns] for row in rows],
                hovertext=[
                    [
                        f"<b>{places[cell.place_id].name}</b> · "
                        f"{indicators[cell.indicator_id].short_name}<br>{held(cell, year)}"
                        for cell in line
                    ]
                    for line in grid
                ],
                hovertemplate="%{hovertext}<extra></extra>",
                showscale=False,
                showlegend=False,
                name="Values",
                **_scale(look, year),
            )
        ],
        layout={"template": template(look), "height": FRAME_HEIGHT + ROW_HEIGHT * len(rows)},
    )
    marks = [(NO_VALUE, look.no_value)]
    if year is not None:
        marks = [(HAS, look.accent), (OTHER_YEARS, look.sequential[0]), *marks]
    for name, colour in marks:
        mark = {"symbol": "square", "size": 12, "color": colour, "line": {"width": 0}}
        figure.add_trace(go.Scatter(x=[None], y=[None], mode="markers", name=name, marker=mark))
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True}
    figure.update_layout(
        plot_bgcolor=look.no_value,
        dragmode=False,
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 0, "yanchor": "top", "yref": "paper"},
        uirevision="coverage",
        margin={"t": 8, "r": 64, "b": 36},
        xaxis={
            **axis,
            "side": "top",
            "tickvals": list(range(len(columns))),
            "ticktext": [places[key].name for key in columns],
            "tickangle": -50,
            "range": [-0.5, len(columns) - 0.5],
        },
        yaxis={
            **axis,
            "tickvals": list(range(len(rows))),
            "ticktext": [_short(indicators[key].short_name) for key in rows],
            "range": [len(rows) - 0.5, -0.5],
            # The margin makes room for every name, so none can overflow; to look for one among
            # hundreds takes longer than all of the rest of the drawing.
            "ticklabeloverflow": "allow",
        },
    )
    return figure


def held(cell: Any, year: int | None = None) -> str:
    """What is held of an indicator and a place, in words.

    Args:
        cell: a row of the table of coverage.
        year: the year asked for, or None.
    """
    if not cell.values:
        return "No value held"
    span = years(int(cell.first_year), int(cell.last_year))
    count = f"{cell.values} year{'s' if cell.values > 1 else ''}: {span}"
    gaps = f", {cell.gaps} missing between" if cell.gaps else ""
    if year is None:
        return f"{count}{gaps}"
    return f"{year}: {'has a value' if cell.has_year else 'no value'}; {count}{gaps}"


def _shade(cell: Any, year: int | None) -> float | None:
    if not cell.values:
        return None
    return float(cell.values) if year is None else float(bool(cell.has_year))


def _letters(cell: Any, year: int | None) -> str:
    """What stands in a cell, for readers who do not tell the shades apart."""
    if not cell.values:
        return ""
    if year is None:
        return str(cell.values)
    if cell.has_year:
        return "●"
    if cell.last_year < year:
        return str(cell.last_year)
    return str(cell.first_year) if cell.first_year > year else "gap"


def _scale(look: Theme, year: int | None) -> dict[str, Any]:
    if year is None:
        steps = len(look.sequential) - 1
        colours = [[index / steps, colour] for index, colour in enumerate(look.sequential)]
        return {"colorscale": colours, "zmin": 0}
    other, has = look.sequential[0], look.accent
    return {
        "colorscale": [[0, other], [0.5, other], [0.5, has], [1, has]],
        "zmin": 0,
        "zmax": 1,
    }


def _short(name: str) -> str:
    lines = textwrap.wrap(name, NAME_LETTERS)
    return lines[0] if len(lines) == 1 else f"{lines[0]} …"


def describe_coverage(
    table: pd.DataFrame, places: Mapping[str, Place], year: int | None = None
) -> str:
    """The heat map in a sentence: how many pairs have a value, who has most and least."""
    held_pairs = table["has_year"].fillna(False) if year is not None else table["values"] > 0
    pairs = f"{int(held_pairs.sum())} of {len(table)}"
    by_place = table.assign(held=held_pairs).groupby("place_id", sort=False)["held"].sum()
    if by_place.empty:
        return "Heat map of coverage: nothing to show."
    best, least = places[str(by_place.idxmax())].name, places[str(by_place.idxmin())].name
    when = "in any year" if year is None else f"for {year}"
    count = table["indicator_id"].nunique()
    return (
        f"Heat map of coverage, {count} indicator{'s' if count > 1 else ''} by {len(by_place)} "
        f"places: {pairs} pairs have a value {when}; {best} has most, {least} fewest."
    )
