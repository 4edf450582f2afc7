"""Coverage: who has which years of what, as a heat map and as a table of links."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import Refusal
from dashboard.catalogue.coverage import coverage
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.selection import Selection
from dashboard.charts.coverage import coverage_map, describe_coverage, held
from dashboard.charts.formats import words
from dashboard.charts.theme import theme
from dashboard.transforms import newest_covered
from dashboard.ui import card, chart, links, markup, notices, resources, state
from dashboard.ui.chart import Drawing, Listeners
from dashboard.ui.data import browse

PAGE = "data"
YEAR_VIEW = "coverage_year"
ALL_VIEWS = ("coverage", YEAR_VIEW)
MODES = {"coverage": "Years held", YEAR_VIEW: "One year"}
MOST_NAMED = 30
FEW_INDICATORS = 6


def places_offered(catalogue: Catalogue) -> list[str]:
    """Places that may stand in the columns: economies of the atlas, their neighbours, hubs."""
    economies = catalogue.places_of_kind("economy")
    hubs = catalogue.places_of_kind("hub")
    return [
        place.place_id
        for place in (
            *(item for item in economies if item.in_focus),
            *hubs,
            *(item for item in economies if not item.in_focus),
        )
    ]


@resources.kept_of_package
def _years() -> tuple[list[int], int]:
    """The years that have a value, and the newest well-covered one."""
    counts = resources.package().counted("year", where="_drawn").set_index("year")["rows"]
    years_held = sorted(int(year) for year in counts.index)
    return years_held, newest_covered(counts) or years_held[-1]


def years() -> list[int]:
    """The years that any value is held for."""
    return _years()[0]


def settle(selection: Selection) -> Selection:
    """The selection with a year that can be asked for, where the view is that of one year."""
    if selection.view != YEAR_VIEW:
        return selection
    years_held, newest = _years()
    if selection.year is not None and selection.year not in years_held:
        reason = f"no value is held for that year; {newest} is shown."
        state.refuse(Refusal("year", str(selection.year), reason))
    return selection.with_(year=selection.year if selection.year in years_held else newest)


def draw(catalogue: Catalogue, shown: Selection) -> None:
    """Draw the choices and the heat map in its card."""
    _controls(catalogue, shown)
    year = shown.year if shown.view == YEAR_VIEW else None
    indicators = _indicators(catalogue, shown)
    columns = _columns(catalogue, shown)
    made = _prepared(indicators, columns, year, resources.look().mode)
    if made is None:
        notices.nothing_found(
            "No value is held for this topic and these places.",
            "Choose another topic or other places.",
        )
        return
    table, drawing, alt, left_out = made
    findings = [*_findings(catalogue, table, year, shown.indicator), *left_out]
    about = f"{words(shown.topic)} by place" if shown.topic else "All indicators by place"
    title = f"Who has a value in {year}: {about}" if year else f"Years held: {about}"
    subtitle = (
        "● has a value; a year is the nearest one held; a gap lies between others"
        if year
        else "Number of years with a value; the darker, the more"
    )

    def clicked(pair: str, _adds: bool) -> None:
        cells = [row for row in table.itertuples() if f"{row.indicator_id} {row.place_id}" == pair]
        for cell in cells:
            links.go(_cell_address(cell))

    card.draw(
        card.Card(
            key="coverage",
            title=title,
            subtitle=f"{subtitle} · click a cell to see the series",
            findings=findings,
            rows=catalogue.nothing,
            alt=alt,
            page=PAGE,
            link=shown,
            extra_source=f"Values held in Seabelt data {catalogue.version}; the page of an "
            "indicator names the documents",
            data=_as_file(table, catalogue),
            table=lambda: _as_table(indicators, columns, year, resources.look().mode),
        ),
        drawing,
        catalogue,
        listeners=Listeners(place=clicked),
    )


def _controls(catalogue: Catalogue, shown: Selection) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="coverage_controls"):
        st.session_state["coverage_mode"] = shown.view
        st.segmented_control(
            "Show",
            list(MODES),
            required=True,
            format_func=MODES.__getitem__,
            key="coverage_mode",
            on_change=lambda: state.change(view=st.session_state["coverage_mode"]),
        )
        if shown.view == YEAR_VIEW:
            st.session_state["coverage_asked"] = shown.year
            st.selectbox(
                "Who has a value in",
                list(reversed(years())),
                key="coverage_asked",
                width=180,
                on_change=lambda: state.change(year=st.session_state["coverage_asked"]),
            )
    browse.topics("coverage_topic", shown)


def _indicators(catalogue: Catalogue, shown: Selection) -> tuple[str, ...]:
    return tuple(
        key for key, item in catalogue.indicators.items() if shown.topic in (None, item.topic)
    )


def _columns(catalogue: Catalogue, shown: Selection) -> tuple[str, ...]:
    """The places chosen, or the economies the atlas is about."""
    chosen = tuple(key for key in shown.places if key in places_offered(catalogue))
    return chosen or tuple(
        place.place_id for place in catalogue.places_of_kind("economy") if place.in_focus
    )


@resources.kept(64)
def _prepared(
    indicators: tuple[str, ...], columns: tuple[str, ...], year: int | None, mode: str
) -> tuple[pd.DataFrame, Drawing, str, list[Finding]] | None:
    """Table, chart, its text and notes; None where no pair has a value."""
    catalogue = resources.catalogue()
    table = coverage(catalogue, columns, indicators, year)
    having = set(table.loc[table["values"] > 0, "indicator_id"])
    table = table[table["indicator_id"].isin(having)].reset_index(drop=True)
    if table.empty:
        return None
    figure = coverage_map(table, catalogue.indicators, catalogue.places, theme(mode), year)
    findings = []
    without = [catalogue.indicators[key].short_name for key in indicators if key not in having]
    if without:
        findings.append(
            Finding(
                "note",
                "none_held",
                f"Left out, because none of these places has a value: {_named(without, 6)}.",
            )
        )
    alt = describe_coverage(table, catalogue.places, year)
    return table, chart.drawing(figure), alt, findings


def _findings(
    catalogue: Catalogue, table: pd.DataFrame, year: int | None, focus: str
) -> list[Finding]:
    """For one year, who has a value by name: of the indicator chosen, or of each of a few."""
    if year is None:
        return []
    if table["indicator_id"].nunique() > FEW_INDICATORS:
        table = table[table["indicator_id"] == focus]
    found = []
    for indicator_id, rows in table.groupby("indicator_id", sort=False):
        name = catalogue.indicators[str(indicator_id)].short_name
        has = rows["has_year"].fillna(False).astype("bool")
        who = [catalogue.places[key].name for key in rows.loc[has, "place_id"]]
        not_who = [catalogue.places[key].name for key in rows.loc[~has, "place_id"]]
        words_of = f"{name}, {year}: {len(who)} of {len(rows)} places have a value"
        words_of += f" ({_named(who, MOST_NAMED)})" if who else ""
        words_of += f"; none: {_named(not_who, MOST_NAMED)}" if not_who and who else ""
        found.append(Finding("note", "who_has", f"{words_of}."))
    return found


def _named(names: Sequence[str], most: int) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _cell_address(cell: object) -> str:
    """Where a cell leads: the series on the page Compare, or the indicator where there is none."""
    if not cell.values:  # type: ignore[attr-defined]
        return links.indicator(cell.indicator_id)  # type: ignore[attr-defined]
    return state.address(
        "compare",
        indicator=cell.indicator_id,  # type: ignore[attr-defined]
        places=[cell.place_id],  # type: ignore[attr-defined]
    )


@resources.kept(64)
def _as_table(
    indicators: tuple[str, ...], places: tuple[str, ...], year: int | None, mode: str
) -> str:
    """The heat map as a table of links, for the keyboard and the screen reader."""
    made = _prepared(indicators, places, year, mode)
    if made is None:
        return ""
    catalogue, table = resources.catalogue(), made[0]
    columns = list(dict.fromkeys(table["place_id"]))
    rows = []
    for indicator_id, cells in table.groupby("indicator_id", sort=False):
        indicator = catalogue.indicators[str(indicator_id)]
        rows.append(
            [
                links.anchor(links.indicator(indicator.indicator_id), indicator.short_name),
                *(
                    links.anchor(_cell_address(cell), held(cell, year)) if cell.values else "–"
                    for cell in cells.itertuples()
                ),
            ]
        )
    heads = ["Indicator", *(catalogue.label(key) for key in columns)]
    return markup.table("Values held by indicator and place", heads, rows)


def _as_file(table: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The table with names, as the CSV hands it over."""
    return table.assign(
        indicator=[catalogue.indicators[key].name for key in table["indicator_id"]],
        place=[catalogue.label(key) for key in table["place_id"]],
    )
