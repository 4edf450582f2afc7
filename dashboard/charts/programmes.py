"""Programmes over the years: when they ran, what a year cost, what several years cost together.

Words stand above their bars, so that long names keep their room on a telephone. A total of several
years is a bar over its years with the amount in words: its height says nothing, and it is never
spread over the years or put beside them on one scale.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import formats
from dashboard.charts.theme import Theme, template

APPROACH_PATTERNS = {"business": "", "academic": "/", "mixed": "."}
LETTERS = 46  # of a line of words, at the width of a telephone
LINE, BAR, GAP, HEADING = 16, 9, 7, 30
SIZE = 13
AXIS = 46
LEGEND = 84  # three lines of entries on a telephone, and the years below them
# Longest span of years that has a tick each so many years.
TICK_STEPS = ((8, 1), (16, 2), (40, 5))
WIDEST_STEP = 10

COUNT_BAR = 18
TYPE_PATTERNS = ("", "/", ".", "x", "-", "")
PANEL, PANEL_GAP = 190, 74
SLOT = 0.8  # of a year, that its bars share
MOST_LABELLED, MOST_UPRIGHT = 24, 6

AMOUNT, RIVAL, PART, NONE = "Of the year", "Another figure", "Of one region", "None known"

_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Span:
    """A bar over some years, under its words.

    Attributes:
        words: what stands above it.
        first: first year; None where the source gives none.
        last: last year; None where the source gives none or it is open.
        key: what a click on it opens.
        kind: name of its trace in the legend.
        colour: of the bar.
        pattern: of the bar, as Plotly names it.
        hover: what the hover box says, as markup.
        at: the one year that is known of something of several years; drawn as a diamond.
    """

    words: str
    first: int | None
    last: int | None
    key: str
    kind: str
    colour: str
    pattern: str = ""
    hover: str = ""
    at: int | None = None


def spans(groups: Sequence[tuple[str, Sequence[Span]]], look: Theme) -> go.Figure:
    """Bars over years, each under its words, in groups under a heading.

    What has no last year ends in a dotted line to the edge, what has no first year begins with
    one; the year that is known is solid.

    Args:
        groups: heading ("" for none) and bars; each bar with at least one year.
        look: colours of the mode.

    Returns:
        A trace for each kind of bar, one for lines of open ends and one for single years.
        Distances downwards are pixels, of which the figure has as many as its rows need.
    """
    first, last = _ends([span for _, group in groups for span in group])
    figure = go.Figure(layout={"template": template(look)})
    below = 4.0
    captions: list[dict[str, Any]] = []
    placed: dict[tuple[str, str], list[tuple[float, Span]]] = {}
    for heading, group in groups:
        if heading:
            below += HEADING - LINE - 4
            captions.append(_caption(f"<b>{escape(heading)}</b>", below, look.ink))
            below += LINE + 4
        for span in group:
            lines = textwrap.wrap(span.words, LETTERS) or [""]
            captions.append(_caption("<br>".join(map(escape, lines)), below, look.ink))
            below += LINE * len(lines) + 3
            placed.setdefault((span.kind, span.pattern), []).append((below + BAR / 2, span))
            below += BAR + GAP
    for (kind, pattern), spots in sorted(placed.items(), key=lambda item: item[0]):
        _add_bars(figure, kind, pattern, spots, look)
    every = [spot for spots in placed.values() for spot in spots]
    _add_open_ends(figure, every, (first, last), look)
    _add_single_years(figure, every, look)
    axis = _year_axis(first, last)
    captions += [
        {
            **_caption(str(year), 0, look.muted),
            "xref": "x",
            "x": year,
            "yref": "paper",
            "y": 1,
            "xanchor": "center",
            "yanchor": "bottom",
        }
        for year in range(first, last + 2)
        if year % axis["dtick"] == 0
    ]
    figure.update_layout(
        height=int(below) + AXIS + LEGEND,
        # All at once: each one added alone makes Plotly check those before it again.
        annotations=captions,
        bargap=0,
        barmode="overlay",
        hovermode="closest",
        dragmode=False,
        margin={"t": LEGEND, "b": 8, "l": 10, "r": 16},
        legend=_legend(),
        xaxis=axis,
        yaxis={"range": [below, 0], "visible": False, "fixedrange": True},
    )
    return figure


def gantt(
    programmes: pd.DataFrame, groups: Mapping[str, str], places: Mapping[str, Place], look: Theme
) -> go.Figure:
    """When each programme ran; the hue is its economy's, the pattern its approach.

    Args:
        programmes: rows of `programmes` with a first or a last year, in order.
        groups: heading of each programme, by its identifier.
        places: economies by identifier.
        look: colours of the mode.

    Returns:
        As `spans`; `customdata` is the programme.
    """
    made: dict[str, list[Span]] = {}
    for row in programmes.to_dict("records"):
        first, last = _year(row["start_year"]), _year(row["end_year"])
        economy = places[row["economy"]]
        years = period_words(first, last)
        made.setdefault(groups[row["programme_id"]], []).append(
            Span(
                words=f"{row['name']} · {years}",
                first=first,
                last=last,
                key=str(row["programme_id"]),
                kind=formats.words(row["approach"]),
                colour=look.colour_of((economy.place_id,)),
                pattern=APPROACH_PATTERNS[row["approach"]],
                hover=_box(
                    row["name"],
                    f"{economy.name} · {years}",
                    row["sponsor"],
                    f"{formats.words(row['approach'])} approach"
                    + (" (assigned by the curators)" if row["approach_basis"] == "curator" else "")
                    + f" · {formats.words(row['governance_scale']).lower()} scale",
                    "A click opens its money.",
                ),
            )
        )
    return spans(list(made.items()), look)


def describe_gantt(programmes: pd.DataFrame, places: Mapping[str, Place]) -> str:
    """The timeline in a sentence: how many programmes, of whom, when, in which approach."""
    counts = programmes["economy"].value_counts()
    approaches = programmes["approach"].value_counts()
    starts = programmes["start_year"].dropna().astype("int64")
    most = places[str(counts.index[0])].name
    said = ", ".join(f"{count} {name}" for name, count in approaches.items())
    since = f", begun {formats.years(starts.min(), starts.max())}" if len(starts) else ""
    return (
        f"Timeline of {len(programmes)} cluster programmes of {len(counts)} economies{since}; "
        f"most ({counts.iloc[0]}) are of {most}. By approach: {said}."
    )


def totals(
    rows: pd.DataFrame, groups: Mapping[str, str], units: Mapping[str, Indicator], look: Theme
) -> go.Figure:
    """What several years or one decision cost, as a bar over its years with the amount in words.

    Args:
        rows: as `transforms.programme_amounts.read_amounts` returns them, kinds "years" and
            "decision"; with `words` (what the amount is) and `hover` (markup).
        groups: heading of each row, by its `funding_id`.
        units: the unit of each `unit_symbol`.
        look: colours of the mode.

    Returns:
        As `spans`; `customdata` is the programme.
    """
    made: dict[str, list[Span]] = {}
    for row in rows.to_dict("records"):
        value = formats.quantity(row["value"], units[row["unit_symbol"]], row["qualifier"])
        has_years = not pd.isna(row["first"])
        exact = row["qualifier"] == "exact"
        made.setdefault(groups[row["funding_id"]], []).append(
            Span(
                words=f"{value.replace(' ', _NO_BREAK)}: {row['words']}",
                first=int(row["first"]) if has_years else None,
                last=int(row["last"]) if has_years else None,
                key=str(row["programme_id"]),
                kind="Total" if exact else "Total, not exact",
                colour=look.colour_of((row["economy"],)),
                pattern="" if exact else "/",
                hover=row["hover"],
                at=None if has_years else int(row["year"]),
            )
        )
    return spans(list(made.items()), look)


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
    figure = go.Figure(layout={"template": template(look)})
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
                    **_year_axis(first, last, 0.6),
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
        legend=_legend(),
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


def stages(rows: pd.DataFrame, look: Theme) -> go.Figure:
    """Regions of each programme and stage, by industry type: bars of counts, numbers in them.

    Args:
        rows: one row per region: programme (name), stage, industry_type ("" where not known).
        look: colours of the mode.

    Returns:
        A trace for each industry type, each with a pattern of its own.
    """
    counts = rows.groupby(["programme", "stage", "industry_type"], sort=False).size()
    lines = list(dict.fromkeys(zip(rows["programme"], rows["stage"], strict=True)))
    totals_of = rows.groupby(["programme", "stage"], sort=False).size()
    figure = go.Figure(layout={"template": template(look)})
    below, middles = 4.0, {}
    captions = []
    for line in lines:
        words = " · ".join(part for part in (*line, str(totals_of[line])) if part)
        wrapped = textwrap.wrap(words, LETTERS)
        captions.append(_caption("<br>".join(map(escape, wrapped)), below, look.ink))
        below += LINE * len(wrapped) + 3
        middles[line] = below + COUNT_BAR / 2
        below += COUNT_BAR + GAP
    for at, (kind, colour) in enumerate([*look.industry_types.items(), ("", look.no_value)]):
        have = [line for line in lines if counts.get((*line, kind), 0)]
        if not have:
            continue
        name = formats.words(kind) if kind else "No type known"
        numbers = [int(counts[(*line, kind)]) for line in have]
        figure.add_trace(
            go.Bar(
                x=numbers,
                y=[middles[line] for line in have],
                width=COUNT_BAR,
                orientation="h",
                name=name,
                text=[str(number) for number in numbers],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"size": 12, "color": look.ink if not kind else look.card},
                constraintext="none",
                customdata=[[f"{line[0]}{f', {line[1]}' if line[1] else ''}"] for line in have],
                hovertemplate=f"%{{customdata[0]}}<br>{name}: %{{x}}<extra></extra>",
                marker={
                    "color": colour,
                    "line": {"color": look.card, "width": 1},
                    "pattern": {**_pattern(TYPE_PATTERNS[at], look), "fgopacity": 0.25},
                },
            )
        )
    figure.update_layout(
        height=int(below) + AXIS + LEGEND,
        annotations=captions,
        barmode="stack",
        bargap=0,
        hovermode="closest",
        dragmode=False,
        margin={"t": LEGEND, "b": 8, "l": 10, "r": 16},
        legend=_legend(),
        xaxis={
            "title": {"text": "Regions"},
            "rangemode": "tozero",
            "fixedrange": True,
            "tickformat": "d",
        },
        yaxis={"range": [below, 0], "visible": False, "fixedrange": True},
    )
    return figure


def _with_unit(title: str, unit: Indicator) -> str:
    """The title of a panel with its unit, where that says more: "METI (Japanese yen)"."""
    words = str(formats.axis(unit, 0.0, 1e9)["title"]["text"])
    return title if title.lower().startswith(words.lower()) else f"{title} ({words})"


def period_words(first: int | None, last: int | None) -> str:
    """Two years that may be missing: "2001–2005", "from 2001, no end stated"."""
    if first is None:
        return f"to {last}, no first year stated" if last is not None else "no years stated"
    return formats.years(first, last) if last is not None else f"from {first}, no end stated"


def _ends(bars: Sequence[Span]) -> tuple[int, int]:
    years = [year for span in bars for year in (span.first, span.last, span.at) if year is not None]
    return min(years), max(years)


def _year(cell: Any) -> int | None:
    return None if pd.isna(cell) else int(cell)


def _year_axis(first: int, last: int, room: float = 1.0) -> dict[str, Any]:
    span = last - first
    step = next((step for most, step in TICK_STEPS if span <= most), WIDEST_STEP)
    return {
        "range": [first - room, last + 1 + room] if room == 1.0 else [first - room, last + room],
        "dtick": step,
        "tick0": 0,
        "tickformat": "d",
        "tickangle": 0,
        "zeroline": False,
        "fixedrange": True,
    }


def _pattern(shape: str, look: Theme) -> dict[str, Any]:
    """Hatching over the colour of a bar; one for a trace, so that the legend shows it too."""
    return {"shape": shape, "fillmode": "overlay", "fgcolor": look.card, "size": 6}


def _legend() -> dict[str, Any]:
    return {
        "orientation": "h",
        "x": 0,
        "yref": "container",
        "y": 1,
        "yanchor": "top",
        "itemclick": False,
        "itemdoubleclick": False,
        "traceorder": "normal",
    }


def _caption(text: str, below: float, colour: str) -> dict[str, Any]:
    """Words over the bar to come."""
    return {
        "text": text,
        "xref": "paper",
        "yref": "y",
        "x": 0,
        "y": below,
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": SIZE, "color": colour},
    }


def _box(title: str, *lines: str) -> str:
    wrapped = [part for line in lines for part in textwrap.wrap(line, LETTERS)]
    name = "<br>".join(map(escape, textwrap.wrap(title, LETTERS)))
    return f"<b>{name}</b><br>" + "<br>".join(map(escape, wrapped))


def _add_bars(
    figure: go.Figure,
    kind: str,
    pattern: str,
    spots: Sequence[tuple[float, Span]],
    look: Theme,
) -> None:
    """Bars over the years that are known: all of them, or the one at the closed end."""
    solid = [(middle, span) for middle, span in spots if span.at is None]
    if not solid:
        return
    known = [[year for year in (span.first, span.last) if year is not None] for _, span in solid]
    figure.add_trace(
        go.Bar(
            base=[years[0] for years in known],
            x=[years[-1] - years[0] + 1 for years in known],
            y=[middle for middle, _ in solid],
            width=BAR,
            orientation="h",
            name=kind,
            customdata=[span.key for _, span in solid],
            hovertext=[span.hover for _, span in solid],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={
                "color": [span.colour for _, span in solid],
                "line": {"color": [span.colour for _, span in solid], "width": 1},
                "pattern": _pattern(pattern, look),
            },
        )
    )


def _add_open_ends(
    figure: go.Figure, spots: Sequence[tuple[float, Span]], ends: tuple[int, int], look: Theme
) -> None:
    x: list[float | None] = []
    y: list[float | None] = []
    for middle, span in spots:
        if span.at is not None or (span.first is not None and span.last is not None):
            continue
        line = (
            (span.first + 1, ends[1] + 2)
            if span.first is not None
            else (ends[0] - 1, span.last or ends[1])
        )
        x += [*line, None]
        y += [middle, middle, None]
    if x:
        figure.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                name="Open end",
                hoverinfo="skip",
                line={"color": look.muted, "width": 1.6, "dash": "dot"},
            )
        )


def _add_single_years(figure: go.Figure, spots: Sequence[tuple[float, Span]], look: Theme) -> None:
    single = [(middle, span) for middle, span in spots if span.at is not None]
    if single:
        figure.add_trace(
            go.Scatter(
                x=[(span.at or 0) + 0.5 for _, span in single],
                y=[middle for middle, _ in single],
                mode="markers",
                name="Decision or sum",
                customdata=[span.key for _, span in single],
                hovertext=[span.hover for _, span in single],
                hovertemplate="%{hovertext}<extra></extra>",
                marker={
                    "symbol": "diamond",
                    "size": 10,
                    "color": [span.colour for _, span in single],
                    "line": {"color": look.card, "width": 1},
                },
            )
        )


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
        pattern = _pattern("" if is_exact else "/", look)
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
