"""World sales by region: values or shares, and the cycles of their growth."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.wholes import parts_findings, parts_of, whole_of
from dashboard.charts import formats
from dashboard.charts.alt_text import describe_parts
from dashboard.charts.cycles import describe_growth, growth_bars
from dashboard.charts.describe import describe_trend
from dashboard.charts.parts import stacked
from dashboard.charts.series import trend
from dashboard.transforms.cycles import Downturn, downturns
from dashboard.transforms.factors import Reading
from dashboard.transforms.growth import yearly_growth
from dashboard.ui import card, links, markup, notices, state
from dashboard.ui.figures import source_words
from dashboard.ui.semiconductors.parts import drawn, judged
from dashboard.ui.semiconductors.settle import PAGE, SALES, SHARE, WORLD, SemiconductorState

AS = {"": "Sales, US$", SHARE: "Shares of the world"}
MONTHS = (
    "A year is the sum of its twelve months as World Semiconductor Trade Statistics publishes "
    "them; current US dollars."
)
# What papers say of the years around a downturn, by the year in which it began.
SAID_OF = {1998: "y1997_CHN_1", 2001: "y2000_CHN_1"}


def controls(shown: SemiconductorState) -> None:
    """Values or shares."""
    key = "semiconductors_as"
    st.session_state[key] = SHARE if shown.is_share else ""
    st.segmented_control(
        "Sales as",
        list(AS),
        format_func=AS.__getitem__,
        key=key,
        required=True,
        on_change=lambda: state.change(transform=st.session_state[key] or None),
    )


def draw(catalogue: Catalogue, shown: SemiconductorState) -> None:
    """The stacked regions, the growth of the world or of the regions chosen, the downturns."""
    _parts(catalogue, shown)
    places = list(shown.inside.places) or [WORLD]
    span = shown.inside.first_year, shown.inside.last_year
    # The year before the first one shown is what its change is of.
    before = None if span[0] is None else span[0] - 1
    rows = catalogue.series(SALES, places, before, span[1])
    growth = yearly_growth(rows, catalogue.indicator(SALES))
    falls = downturns(growth, rows)
    _growth(catalogue, shown, places, growth, falls)
    _downturns(catalogue, falls)


def _parts(catalogue: Catalogue, shown: SemiconductorState) -> None:
    whole = whole_of("chip_sales_by_region")
    indicator = catalogue.indicator(SALES)
    rows = _within(parts_of(catalogue, whole, WORLD), shown)
    held = rows[rows["remainder"].notna()]
    if held.empty:
        notices.nothing_found(
            "No year of those chosen has all four regions.", "Widen the years in the filter bar."
        )
        return
    span = formats.years(int(held["year"].min()), int(held["year"].max()))
    unit = "Per cent of world sales" if shown.is_share else formats.axis_title(indicator)
    told = describe_parts(rows, whole.name)
    card.draw(
        card.Card(
            key="sales",
            title=f"{whole.name}, {span}",
            subtitle=f"{unit} · sums of twelve months · {span}",
            findings=[Finding("note", "months", MONTHS), *parts_findings(rows, whole)],
            rows=rows,
            alt=told,
            page=PAGE,
            link=shown.selection,
            sentence=told,
        ),
        drawn(
            ("sales", span, shown.is_share),
            lambda look: stacked(
                rows, indicator, whole.names, look, kind="area", share=shown.is_share
            ),
        ),
        catalogue,
    )


def _growth(
    catalogue: Catalogue,
    shown: SemiconductorState,
    places: list[str],
    growth: Reading,
    falls: list[Downturn],
) -> None:
    rows = growth.rows
    if rows.empty:
        notices.nothing_found(
            "No year of those chosen has a change on the year before.",
            "Widen the years in the filter bar.",
        )
        return
    names = ", ".join(catalogue.label(key) for key in places)
    span = formats.years(int(rows["year"].min()), int(rows["year"].max()))
    is_alone = len(places) == 1
    key = ("growth", tuple(places), span)
    told = (
        describe_growth(rows, growth.indicator, falls, names)
        if is_alone
        else describe_trend(rows, growth.indicator)
    )
    card.draw(
        card.Card(
            key="growth",
            title=f"Growth cycles of semiconductor sales: {names}",
            subtitle=f"{formats.axis_title(growth.indicator)} · change on the year before · {span}"
            + (" · downturns by their years, from peak to trough" if is_alone else ""),
            findings=[
                Finding("note", "months", MONTHS),
                *growth.findings,
                *judged(key, rows, catalogue, ("indicator_note", "years_apart")),
            ],
            rows=rows,
            alt=told,
            page=PAGE,
            link=shown.selection,
            sentence=told if is_alone else "",
        ),
        drawn(
            key,
            lambda look: (
                growth_bars(rows, growth.indicator, falls, look)
                if is_alone
                else trend(rows, growth.indicator, catalogue.places, look)
            ),
        ),
        catalogue,
    )


def _downturns(catalogue: Catalogue, falls: list[Downturn]) -> None:
    """Each downturn by its years; what a paper says of those years, if one does."""
    if not falls:
        return
    indicator = catalogue.indicator(SALES)
    lines = []
    for fall in falls:
        event = catalogue.events.get(SAID_OF.get(fall.first_year, ""))
        said = ""
        if event is not None:
            said = f"{escape(event.event)} ({event.year}). {source_words(event, catalogue)}"
        lines.append(
            (
                f"{links.anchor(links.place(fall.place_id), catalogue.label(fall.place_id))}, "
                f"{escape(fall.name)}",
                escape(formats.quantity(fall.peak, indicator)),
                escape(formats.quantity(fall.trough, indicator)),
                f"{formats.number(fall.change, 1)} %",
                "not yet" if fall.back_in is None else str(fall.back_in),
                said,
            )
        )
    remark = (
        "A downturn is a run of years below the one before. The atlas holds no document on the "
        "causes of each; what the papers say of the years stands beside them."
    )
    heads = ("Downturn", "Peak", "Trough", "Fall", "Above the peak in", "Said of these years")
    st.html(
        markup.section("Downturns", remark)
        + markup.table("Downturns of semiconductor sales", heads, lines, numbers=(1, 2, 3, 4))
    )


def _within(rows: pd.DataFrame, shown: SemiconductorState) -> pd.DataFrame:
    first, last = shown.inside.first_year, shown.inside.last_year
    if first is not None:
        rows = rows[rows["year"] >= first]
    if last is not None:
        rows = rows[rows["year"] <= last]
    return rows.reset_index(drop=True)
