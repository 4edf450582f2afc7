"""The parts of the compare page: what it offers, its controls and its card."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.catalogue import Catalogue, Indicator
from dashboard.catalogue.belt import focus_first
from dashboard.catalogue.findings import (
    Finding,
    comparability,
    missing_in_range,
    missing_in_year,
)
from dashboard.catalogue.selection import Refusal, Selection
from dashboard.charts import formats
from dashboard.charts.describe import describe_trend, describe_year
from dashboard.charts.series import ranking, trend
from dashboard.transforms import (
    NoBaseYearError,
    as_index,
    default_base,
    default_year,
    index_to_base,
    rank,
    years_of,
)
from dashboard.ui import card, filters, notices, state
from dashboard.ui.chart import drawing
from dashboard.ui.resources import look

PAGE = "compare"
VIEWS = {"line": "Over time", "ranking": "Ranked in a year", "table": "Table"}
# A select box reads None as "nothing chosen yet".
NO_INDEX = 0
MOST_PLACES = 10
FEWEST_PLACES = 2
SUGGESTED = ("JPN", "KOR", "CHN", "TWN", "SGP", "IND")


@dataclass(frozen=True)
class CompareState:
    """The page's selection with every open choice settled.

    `all_rows` holds every year of the places compared; `rows` the years in the chosen range.
    `absent` are places that were asked for and have no value of the indicator.
    """

    selection: Selection
    indicator: Indicator
    places: tuple[str, ...]
    absent: tuple[str, ...]
    all_rows: pd.DataFrame
    rows: pd.DataFrame
    years: tuple[int, ...]
    year: int | None
    view: str


def prepare(catalogue: Catalogue, selection: Selection) -> CompareState:
    """Settle what the reader left open: places, years, view; and draw the filter bar."""
    indicators = [key for key in catalogue.indicators if catalogue.places_with(key)]
    indicator = catalogue.indicator(selection.indicator)
    kind = catalogue.kind_of(indicator.indicator_id)
    offered = [
        key
        for key in focus_first(catalogue.places_with(indicator.indicator_id), catalogue)
        if kind != "hub" or selection.with_(places=()).keeps(catalogue.places[key])
    ]
    places, absent = _places(catalogue, selection, offered)
    all_rows = catalogue.series(indicator.indicator_id, places)
    order = {key: rank for rank, key in enumerate(places)}
    all_rows = all_rows.sort_values(
        ["place_id", "year"],
        key=lambda cells: cells.map(order) if cells.name == "place_id" else cells,
    ).reset_index(drop=True)
    years = filters.shown_years(all_rows, selection)
    rows = all_rows[all_rows["year"].isin(years)].reset_index(drop=True)
    year = selection.year
    if year not in years:
        if year is not None:
            state.refuse(
                Refusal(
                    "year",
                    str(year),
                    f"{indicator.short_name} has no value in that "
                    "year for the places and years chosen; another year is shown.",
                )
            )
        year = default_year(rows)
    view = selection.view or "line"
    selection = selection.with_(year=year, view=view)
    state.settle(selection)
    idle = {}
    if kind != "hub":
        reason = (
            f"{indicator.short_name} is not measured by hub, so industry and scale of hubs "
            "do not apply."
        )
        idle = dict.fromkeys(
            ("industry_type", "industry", "governance_scale", "firm_scale"), reason
        )
    if view == "line":
        idle["year"] = "Lines show every year; the year is for ranked bars."
    bar = filters.Bar(indicators=indicators, places=offered, most_places=MOST_PLACES, idle=idle)
    filters.draw(catalogue, selection, bar, years_of(all_rows))
    return CompareState(
        selection, indicator, tuple(places), tuple(absent), all_rows, rows, tuple(years), year, view
    )


def _places(
    catalogue: Catalogue, selection: Selection, offered: list[str]
) -> tuple[list[str], list[str]]:
    """The places to compare, and those asked for that have no value.

    Without a choice it is a suggested set; a choice is never replaced by other places.
    """
    chosen = [key for key in selection.places if key in offered]
    absent = [key for key in selection.places if key not in offered]
    if not selection.places:
        suggested = [key for key in SUGGESTED if key in offered]
        return (suggested if len(suggested) >= FEWEST_PLACES else offered[:MOST_PLACES]), []
    for key in chosen[MOST_PLACES:]:
        reason = f"up to {MOST_PLACES} places can be compared; it is left out."
        state.refuse(Refusal("places", catalogue.label(key), reason))
    return chosen[:MOST_PLACES], absent


def controls(shown: CompareState) -> None:
    """The page's own choices: view, index and scale."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare_controls"):
        st.session_state["compare_view"] = shown.view
        st.segmented_control(
            "View",
            list(VIEWS),
            required=True,
            format_func=VIEWS.__getitem__,
            key="compare_view",
            on_change=lambda: state.change(view=st.session_state["compare_view"]),
        )
        if shown.view != "line" or shown.rows.empty:
            return
        base = shown.selection.base
        st.session_state["compare_base"] = base if base in shown.years else NO_INDEX
        st.selectbox(
            "Index to a base year",
            [NO_INDEX, *shown.years],
            format_func=lambda year: f"{year} = 100" if year else "Off: values as they are",
            key="compare_base",
            width=230,
            on_change=lambda: state.change(base=st.session_state["compare_base"] or None),
        )
        st.session_state["compare_log"] = shown.selection.log
        st.toggle(
            "Log scale",
            key="compare_log",
            on_change=lambda: state.change(log=st.session_state["compare_log"]),
        )


def draw(catalogue: Catalogue, shown: CompareState) -> None:
    """The chosen view in its card, or a sentence where there is nothing to show."""
    if shown.rows.empty:
        notices.nothing_found(
            f"No observations of {shown.indicator.name} for the places and years chosen.",
            "Choose other places or widen the years.",
        )
        return
    names = {key: catalogue.label(key) for key in (*shown.places, *shown.absent)}
    if len(shown.places) < FEWEST_PLACES:
        notices.nothing_found("One place is shown.", "Add another in the filter bar to compare it.")
    if shown.view == "ranking":
        _ranked(catalogue, shown, names)
    else:
        _over_time(catalogue, shown, names)


def _ranked(catalogue: Catalogue, shown: CompareState, names: dict[str, str]) -> None:
    year = shown.year or shown.years[-1]
    indicator = shown.indicator
    is_ranking = indicator.aggregation == "index" and indicator.better == "lower"
    rows = rank(shown.rows[shown.rows["year"] == year], lowest_first=is_ranking)
    figure = ranking(rows, indicator, catalogue.places, look())
    findings = missing_in_year(shown.all_rows, names, year) + comparability(rows, catalogue)
    words = card.Card(
        key="compare",
        title=f"{indicator.name}, ranked, {year}",
        subtitle=f"{formats.axis_title(indicator)} · {year}",
        findings=findings,
        rows=rows,
        page=PAGE,
        link=_link(shown),
        alt=describe_year(rows, indicator, year, "Ranked bars"),
    )
    card.draw(words, drawing(figure), catalogue)


def _over_time(catalogue: Catalogue, shown: CompareState, names: dict[str, str]) -> None:
    rows, indicator = shown.rows, shown.indicator
    first, last = shown.years[0], shown.years[-1]
    findings: list[Finding] = missing_in_range(shown.all_rows, names, first, last)
    findings += comparability(rows, catalogue)
    figure: go.Figure | None = None
    if shown.view == "line":
        base = shown.selection.base
        if base is not None:
            rows, indicator, said = _indexed(rows, indicator, base, names)
            findings = [*said, *findings]
        logarithmic = shown.selection.log
        if logarithmic and (rows["value"] <= 0).any():
            out = ", ".join(dict.fromkeys(rows.loc[rows["value"] <= 0, "place_name"]))
            findings.insert(
                0,
                Finding(
                    "missing",
                    "log_scale",
                    f"A log scale has no place for zero or less: values of {out} are left out.",
                ),
            )
            rows = rows[rows["value"] > 0].reset_index(drop=True)
        figure = trend(rows, indicator, catalogue.places, look(), logarithmic=logarithmic)
    drawn = [names[key] for key in shown.places]
    who = ", ".join(drawn) if len(drawn) <= 3 else f"{len(drawn)} places"
    words = card.Card(
        key="compare",
        title=f"{indicator.name}: {who}",
        subtitle=f"{formats.axis_title(indicator)} · {formats.years(first, last)}",
        findings=findings,
        rows=rows,
        alt=describe_trend(rows, indicator),
        page=PAGE,
        link=_link(shown),
    )
    card.draw(words, drawing(figure) if figure else None, catalogue)


def _indexed(
    rows: pd.DataFrame, indicator: Indicator, base: int, names: dict[str, str]
) -> tuple[pd.DataFrame, Indicator, list[Finding]]:
    try:
        indexed, left_out = index_to_base(rows, base)
    except NoBaseYearError as error:
        return (
            rows,
            indicator,
            [
                Finding(
                    "caution",
                    "index_base",
                    f"{error} The values are shown as they are; "
                    f"{default_base(rows)} would serve as a base.",
                )
            ],
        )
    said = []
    if left_out:
        who = ", ".join(names[key] for key in left_out)
        said.append(
            Finding(
                "missing",
                "index_base",
                f"No positive value in the base year {base}, so left out of the index: {who}.",
                tuple(left_out),
            )
        )
    turning = indexed.loc[indexed["value"] < 0, "place_name"]
    if len(turning):
        who = ", ".join(dict.fromkeys(turning))
        said.append(
            Finding(
                "caution",
                "index_negative",
                f"Values turn negative, where an index means little: {who}.",
            )
        )
    return indexed, as_index(indicator, base), said


def _link(shown: CompareState) -> Selection:
    """The view written out, so that a link does not change when suggestions or data do."""
    span = {"first_year": shown.years[0], "last_year": shown.years[-1]} if shown.years else {}
    return shown.selection.with_(places=(*shown.places, *shown.absent), **span)
