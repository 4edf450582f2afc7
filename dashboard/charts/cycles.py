"""Growth cycles: a bar for each year's change, above zero or below it, downturns named."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator
from dashboard.charts import ends, formats
from dashboard.charts.figures import new_figure
from dashboard.charts.theme import Theme, template
from dashboard.transforms.cycles import Downturn

HEIGHT = 420
MARGIN = 44  # pixels above and below the plot
LETTER = 6.0  # width in pixels of a letter of a name, which stands upright
BAR_WIDTH = 0.78
TICK = 5


def growth_bars(
    rows: pd.DataFrame, indicator: Indicator, falls: Sequence[Downturn], look: Theme
) -> go.Figure:
    """The change of one series on the year before, year by year.

    Args:
        rows: one row per year with a change, of one place; values in per cent or points.
        indicator: name and unit of the change.
        falls: the downturns to be named below their bars, of the same place.
        look: colours of the mode.

    Returns:
        Two traces, years that rose and years that fell; a year without a change has no bar. Bars
        of changes that are not exact are hatched.
    """
    figure = new_figure(layout={"template": template(look)})
    for name, colour, part in (
        ("Rose", look.accent, rows[rows["value"] >= 0]),
        ("Fell", look.warm, rows[rows["value"] < 0]),
    ):
        figure.add_trace(
            go.Bar(
                x=[int(year) for year in part["year"]],
                y=[float(value) for value in part["value"]],
                name=name,
                width=BAR_WIDTH,
                text=[
                    formats.change(row.value, indicator, row.qualifier) for row in part.itertuples()
                ],
                textposition="none",
                hovertemplate="<b>%{x}</b><br>%{text}<extra></extra>",
                marker={
                    "color": colour,
                    "pattern": {
                        "shape": ["" if exact else "/" for exact in part["qualifier"] == "exact"],
                        "fgcolor": look.card,
                        "size": 6,
                    },
                },
            )
        )
    names = [f"{fall.name}: {_deep(fall.change)} %" for fall in falls]
    low = min(0.0, *rows["value"]) if len(rows) else 0.0
    high = max(0.0, *rows["value"]) if len(rows) else 1.0
    room = max((LETTER * len(name) + 8 for name in names), default=0.0)
    low, high = _with_room(low, high, falls, room)
    deepest = {
        fall.name: min(rows.loc[rows["year"].between(fall.first_year, fall.last_year), "value"])
        for fall in falls
    }
    for fall, name in zip(falls, names, strict=True):
        figure.add_annotation(
            x=(fall.first_year + fall.last_year) / 2,
            y=float(deepest[fall.name]),
            yanchor="top",
            yshift=-3,
            text=name,
            textangle=-90,
            showarrow=False,
            name="downturn",
            font={"size": ends.SMALL_FONT, "color": look.ink},
        )
    figure.update_layout(
        height=HEIGHT,
        showlegend=False,
        barmode="overlay",
        hovermode="closest",
        dragmode=False,
        uirevision=f"cycles-{indicator.indicator_id}",
        margin={"t": 16, "r": 16, "b": 28},
        xaxis={"tickformat": "d", "dtick": TICK, "showgrid": False, "fixedrange": True},
        yaxis={
            **formats.axis(indicator, low, high),
            "range": [low, high],
            "fixedrange": True,
            "zeroline": True,
        },
    )
    return figure


def _deep(change: float) -> str:
    """A fall without decimals, unless it would be written as none."""
    return formats.number(change, 0 if abs(change) >= 1 else 1)


def _with_room(
    low: float, high: float, falls: Sequence[Downturn], room: float
) -> tuple[float, float]:
    """The ends of the axis, so that the name below the deepest fall lies within the plot."""
    high *= 1.06
    if not falls:
        return low * 1.06, high
    plot = HEIGHT - MARGIN
    span = (high - low) / (1 - room / plot)
    return high - span, high


def describe_growth(
    rows: pd.DataFrame, indicator: Indicator, falls: Sequence[Downturn], place: str
) -> str:
    """The figure in a sentence: years, how many fell, the deepest downturn, the best year.

    Args:
        rows: as for `growth_bars`.
        indicator: name and unit of the change.
        falls: the downturns.
        place: whose series it is.
    """
    if rows.empty:
        return f"{indicator.name}, {place}: no year has a change on the year before."
    span = formats.years(int(rows["year"].min()), int(rows["year"].max()))
    best = rows.loc[rows["value"].idxmax()]
    rise = formats.change(best["value"], indicator, best["qualifier"])
    told = f"{indicator.name}, {place}, {span}: largest change {rise} in {best['year']}"
    if not falls:
        return f"{told}; no year fell."
    deepest = min(falls, key=lambda fall: fall.change)
    fell = sum(rows["value"] < 0)
    return (
        f"{told}; {fell} of {len(rows)} years fell, in {len(falls)} downturns "
        f"({', '.join(fall.name for fall in falls)}), the deepest {deepest.name} with "
        f"{formats.number(deepest.change, 1)} %."
    )
