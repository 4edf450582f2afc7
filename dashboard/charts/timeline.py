"""What happened where: years across, a row for each place, a mark for each event."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.catalogue import BELT
from dashboard.catalogue.model import Place
from dashboard.charts.figures import new_figure
from dashboard.charts.formats import date
from dashboard.charts.theme import Theme, template

PREFIX = "event:"

BELT_HUBS, OTHER_HUBS, OTHER_PLACES = "Hubs of the belt", "Other hubs", "Economies and clusters"
MARK = 8
LANE = 11  # pixels from one mark to the one below it in the same row
ROW = 20
NAME_LINE = 17
HEADING = 22
AXIS = 52
# A telephone has about 190 pixels for all the years: marks in one line stand so far apart that
# they do not cover each other there, however wide the screen.
NARROW_PIXELS = 190
NAME_LETTERS = 17
HOVER_LETTERS = 46
# Longest span of years that has a tick each so many years.
TICK_STEPS = ((8, 1), (16, 2), (30, 5))
WIDEST_STEP = 10


@dataclass(frozen=True)
class _Row:
    """A place with its events, each with its year and its lane, counted from the top."""

    place: Place
    events: tuple[tuple[str, int, int], ...]

    @property
    def lanes(self) -> int:
        return max(lane for _, _, lane in self.events) + 1

    @property
    def height(self) -> int:
        return max(ROW, LANE * (self.lanes + 1), NAME_LINE * len(_lines(self.place.name)))


def event_mark(event_id: str) -> str:
    """The `customdata` of an event, which can't be mistaken for a place."""
    return f"{PREFIX}{event_id}"


def timeline(
    events: pd.DataFrame,
    places: Mapping[str, Place],
    look: Theme,
    *,
    chosen: str | None = None,
) -> go.Figure:
    """Events by year and place, the hubs of the belt first, from north to south.

    A mark stands at its year, whatever the precision of its date; events of one place that would
    cover each other stand below one another.

    Args:
        events: one row per event: event_id, place_id, year, date (ISO 8601, as precise as it is
            known), event (what happened).
        places: the places by identifier; the economy gives the hue.
        look: colours of the mode.
        chosen: event to emphasise; one that is not among the events emphasises none.

    Returns:
        A trace with one point for each event, whose `customdata` is `event:` and the identifier,
        and one with the chosen event. Distances downwards are pixels, of which the figure has as
        many as its rows need.
    """
    span = _span(events)
    rows = _rows(events, places, span)
    figure = new_figure(layout={"template": template(look)})
    ticks: list[tuple[float, str]] = []
    spots: dict[str, tuple[int, float, str]] = {}
    below = 0
    group = ""
    for row in rows:
        if (heading := _group(row.place)) != group:
            group = heading
            figure.add_annotation(
                text=f"<b>{group}</b>",
                xref="paper",
                x=0,
                y=below + HEADING / 2,
                xanchor="left",
                showarrow=False,
                font={"size": 12, "color": look.muted},
            )
            below += HEADING
        figure.add_shape(
            type="line",
            layer="below",
            xref="paper",
            x0=0,
            x1=1,
            y0=below,
            y1=below,
            line={"color": look.rule, "width": 1},
        )
        ticks.append((below + row.height / 2, "<br>".join(_lines(row.place.name))))
        first = below + (row.height - LANE * (row.lanes - 1)) / 2
        colour = look.colour_of(row.place.economies)
        for event_id, year, lane in row.events:
            spots[event_id] = (year, first + LANE * lane, colour)
        below += row.height
    table = events[events["event_id"].isin(spots)].sort_values(["year", "date", "event_id"])
    _add_marks(figure, table, spots, places, look)
    if chosen in spots:
        _emphasise(figure, *spots[chosen], look, span)
    figure.update_layout(
        height=below + AXIS + 16,
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        uirevision="timeline",
        margin={"t": 30, "r": 14, "b": 24, "l": 8},
        xaxis={
            "side": "top",
            "range": [span[0] - 2.5, span[1] + 2],
            "dtick": _step(span),
            "tick0": 0,
            "tickformat": "d",
            "gridcolor": look.rule,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={
            "range": [max(below, 1), 0],
            "tickvals": [tick for tick, _ in ticks],
            "ticktext": [name for _, name in ticks],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    )
    return figure


def describe_timeline(events: pd.DataFrame, places: Mapping[str, Place]) -> str:
    """The timeline in a sentence: how many events, when, where most, the first and the last.

    Args:
        events: as `timeline` takes them.
        places: their names, by identifier.
    """
    if events.empty:
        return "Timeline of events: none to show."
    ordered = events.sort_values(["year", "date", "event_id"])
    counts = ordered["place_id"].value_counts()
    first, last = ordered.iloc[0], ordered.iloc[-1]
    said = [
        f"{places[row['place_id']].name}, {date(row['date'])}: {row['event'].rstrip('.')}"
        for row in (first, last)
    ]
    return (
        f"Timeline of {len(events)} event{'s' if len(events) > 1 else ''} in {len(counts)} "
        f"place{'s' if len(counts) > 1 else ''}; most ({counts.iloc[0]}) in "
        f"{places[str(counts.index[0])].name}. First: {said[0]}. Last: {said[1]}."
    )


def _group(place: Place) -> str:
    if place.kind != "hub":
        return OTHER_PLACES
    return BELT_HUBS if place.parent_id == BELT else OTHER_HUBS


def _rows(events: pd.DataFrame, places: Mapping[str, Place], span: tuple[int, int]) -> list[_Row]:
    """The rows from top to bottom: groups in their order, places from north to south."""
    groups = (BELT_HUBS, OTHER_HUBS, OTHER_PLACES)
    apart = MARK * (span[1] - span[0] + 4.5) / NARROW_PIXELS
    ordered = events.sort_values(["year", "date", "event_id"])
    rows = [
        _Row(places[str(place_id)], _lanes(group, apart))
        for place_id, group in ordered.groupby("place_id", sort=False)
    ]
    rows.sort(
        key=lambda row: (groups.index(_group(row.place)), -(row.place.lat or 0), row.place.name)
    )
    return rows


def _lanes(events: pd.DataFrame, apart: float) -> tuple[tuple[str, int, int], ...]:
    """Each event with its year in the topmost lane where it stands `apart` years from others."""
    placed = []
    last: list[int] = []
    for row in events.itertuples():
        free = (lane for lane, year in enumerate(last) if row.year - year >= apart)
        lane = next(free, len(last))
        last[lane : lane + 1] = [int(row.year)]
        placed.append((str(row.event_id), int(row.year), lane))
    return tuple(placed)


def _span(events: pd.DataFrame) -> tuple[int, int]:
    if events.empty:
        return 0, 1
    return int(events["year"].min()), int(events["year"].max())


def _step(span: tuple[int, int]) -> int:
    years = span[1] - span[0]
    return next((step for most, step in TICK_STEPS if years <= most), WIDEST_STEP)


def _lines(name: str) -> list[str]:
    return textwrap.wrap(name.split(" (")[0], NAME_LETTERS)


def _add_marks(
    figure: go.Figure,
    events: pd.DataFrame,
    spots: Mapping[str, tuple[int, float, str]],
    places: Mapping[str, Place],
    look: Theme,
) -> None:
    ids = list(events["event_id"])
    figure.add_trace(
        go.Scatter(
            x=[spots[key][0] for key in ids],
            y=[spots[key][1] for key in ids],
            mode="markers",
            customdata=[event_mark(key) for key in ids],
            text=[
                f"<b>{date(row.date)} · {places[row.place_id].name}</b><br>"
                + "<br>".join(textwrap.wrap(row.event, HOVER_LETTERS))
                for row in events.itertuples()
            ],
            hovertemplate="%{text}<extra></extra>",
            marker={
                "size": MARK,
                "color": [spots[key][2] for key in ids],
                "line": {"color": look.card, "width": 1},
            },
            name="Events",
        )
    )


def _emphasise(
    figure: go.Figure, year: int, below: float, colour: str, look: Theme, span: tuple[int, int]
) -> None:
    """The chosen event larger, in a ring, with a line through its year and the year under it."""
    figure.add_shape(
        type="line",
        layer="below",
        yref="paper",
        x0=year,
        x1=year,
        y0=0,
        y1=1,
        line={"color": look.accent, "width": 1.4, "dash": "dot"},
    )
    middle = (year - span[0]) / max(span[1] - span[0], 1)
    figure.add_annotation(
        text=f"<b>{year}</b>",
        x=year,
        yref="paper",
        y=0,
        yanchor="top",
        xanchor="left" if middle < 0.05 else "right" if middle > 0.95 else "center",
        showarrow=False,
        font={"size": 13, "color": look.accent},
    )
    figure.add_trace(
        go.Scatter(
            x=[year],
            y=[below],
            mode="markers",
            hoverinfo="skip",
            marker={
                "size": MARK + 4,
                "color": colour,
                "line": {"color": look.ink, "width": 2.5},
            },
            name="Chosen event",
        )
    )
