"""What a year of a programme cost: a bar for each amount, in a panel each."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator
from dashboard.charts import formats
from dashboard.charts.figures import new_figure
from dashboard.charts.spans import LEGEND, LETTERS, SIZE, hatching, legend, year_axis
from dashboard.charts.theme import Theme, template

PANEL, PANEL_GAP = 190, 74
SLOT = 0.8  # of a year, that its bars share
MOST_LABELLED, MOST_UPRIGHT = 24, 6

AMOUNT, RIVAL, PART, NONE = "Of the year", "Another figure", "Of one region", "None known"


def by_year(rows: pd.DataFrame, units: Mapping[str, Indicator], look: Theme) -> go.Figure:
    """A bar for each amount of a year, in a panel each; years without an amount are marked.

    Panels of one unit have one scale. Bars of one year stand side by side: what contradicts the
    amount is hollow, what is of one region only is pale, and nothing is stacked.

    Args:
        rows: at least one row per panel: panel (its title), year, value, unit_symbol, qualifier,
            is_rival, is_part, hover (markup) and programme_id; years between the first and the
            last are gaps where no row has them.
        units: the unit of each `unit_symbol`.
        look: colours of the mode.

    Returns:
        A trace for each panel and kind of bar; not exact amounts are hatched.
    """
    panels = list(dict.fromkeys(rows["panel"]))
    first, last = int(rows["year"].min()), int(rows["year"].max())
    full = len(panels) * (PANEL + PANEL_GAP)
    figure = new_figure(layout={"template": template(look)})
    seen: set[str] = set()
    for at, title in enumerate(panels, start=1):
        axis = "" if at == 1 else str(at)
        own = rows[rows["panel"] == title]
        unit = units[own["unit_symbol"].iloc[0]]
        high = float(rows.loc[rows["unit_symbol"] == own["unit_symbol"].iloc[0], "value"].max())
        top = (at - 1) * (PANEL + PANEL_GAP) + 30
        ticks = formats.few_ticks(unit, 0.0, high)
        figure.update_layout(
            {
                f"xaxis{axis}": {
                    **year_axis(first, last, 0.6),
                    "side": "bottom",
                    "anchor": f"y{axis}",
                },
                f"yaxis{axis}": {
                    "domain": [1 - (top + PANEL) / full, 1 - top / full],
                    "anchor": f"x{axis}",
                    "range": [0, high * 1.3],
                    "fixedrange": True,
                    **ticks,
                    "title": None,
                },
            }
        )
        figure.add_annotation(
            text="<br>".join(map(escape, textwrap.wrap(_with_unit(title, unit), LETTERS))),
            xref="paper",
            yref="paper",
            x=0,
            y=1 - top / full,
            xanchor="left",
            yanchor="bottom",
            align="left",
            showarrow=False,
            font={"size": SIZE, "color": look.ink},
        )
        _add_columns(figure, own, unit, axis, (first, last), seen, look)
    figure.update_layout(
        height=full + LEGEND,
        barmode="overlay",
        bargap=0,
        hovermode="closest",
        dragmode=False,
        margin={"t": LEGEND, "b": 8, "l": 10, "r": 10},
        legend=legend(),
    )
    return figure


def describe_by_year(rows: pd.DataFrame, units: Mapping[str, Indicator], what: str) -> str:
    """The bars in a sentence: which years, the least and the most of each panel.

    Args:
        rows: as `by_year` takes them.
        units: the unit of each `unit_symbol`.
        what: the subject, that the sentence begins with.
    """
    parts = []
    for title, own in rows[~rows["is_rival"]].groupby("panel", sort=False):
        unit = units[own["unit_symbol"].iloc[0]]
        most = own.loc[own["value"].idxmax()]
        value = formats.quantity(most["value"], unit, most["qualifier"])
        span = formats.years(int(own["year"].min()), int(own["year"].max()))
        parts.append(f"{title}: {len(own)} figures, {span}, the most {value} in {most['year']}")
    others = int(rows["is_rival"].sum())
    beside = f" Beside them: {others} other figure{'s' if others > 1 else ''}." if others else ""
    return f"{what}. {'; '.join(parts)}.{beside}"


def _with_unit(title: str, unit: Indicator) -> str:
    """The title of a panel with its unit, where that says more: "METI (Japanese yen)"."""
    words = str(formats.axis(unit, 0.0, 1e9)["title"]["text"])
    return title if title.lower().startswith(words.lower()) else f"{title} ({words})"


def _add_columns(
    figure: go.Figure,
    rows: pd.DataFrame,
    unit: Indicator,
    axis: str,
    ends: tuple[int, int],
    seen: set[str],
    look: Theme,
) -> None:
    """The bars of a panel, those of one year beside each other, and marks of years without one."""
    shares = rows.groupby("year")["value"].transform("size")
    nth = rows.groupby("year").cumcount()
    width = SLOT / shares
    middle = rows["year"].astype("float64") - SLOT / 2 + width * (nth + 0.5)
    bars = (ends[1] - ends[0] + 1) * int(shares.max())
    labelled = bars <= MOST_LABELLED
    hue = look.accent
    kinds = pd.Series(AMOUNT, index=rows.index)
    kinds = kinds.mask(rows["is_part"], PART).mask(rows["is_rival"], RIVAL)
    styles = {AMOUNT: (hue, hue), RIVAL: (look.card, hue), PART: (look.no_value, look.muted)}
    for (kind, is_exact), own in rows.groupby([kinds, rows["qualifier"] == "exact"], sort=False):
        fill, line = styles[kind]
        name = str(kind) if is_exact else f"{kind}, not exact"
        pattern = hatching("" if is_exact else "/", look)
        figure.add_trace(
            go.Bar(
                x=list(middle[own.index]),
                y=list(own["value"]),
                width=list(width[own.index] * 0.94),
                name=name,
                legendgroup=name,
                showlegend=name not in seen,
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                customdata=list(own["programme_id"]),
                hovertext=list(own["hover"]),
                hovertemplate="%{hovertext}<extra></extra>",
                text=[
                    formats.bare_quantity(value, unit) if labelled else "" for value in own["value"]
                ],
                textposition="outside",
                textangle=-90 if bars > MOST_UPRIGHT else 0,
                textfont={"size": 12, "color": look.ink},
                constraintext="none",
                cliponaxis=False,
                marker={
                    "color": fill,
                    "line": {"color": line, "width": 1.4},
                    "pattern": pattern if fill != look.card else {**pattern, "fgcolor": hue},
                },
            )
        )
        seen.add(name)
    held = set(rows["year"].astype("int64"))
    gaps = [year for year in range(ends[0], ends[1] + 1) if year not in held]
    if gaps:
        figure.add_trace(
            go.Scatter(
                x=gaps,
                y=[0] * len(gaps),
                mode="markers",
                name=NONE,
                legendgroup=NONE,
                showlegend=NONE not in seen,
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                cliponaxis=False,
                hovertemplate=f"%{{x}}: {NONE.lower()}<extra></extra>",
                marker={"symbol": "x-thin", "size": 7, "line": {"color": look.muted, "width": 1.6}},
            )
        )
        seen.add(NONE)
