"""The figures of a place: the few that tell most, and every indicator that is held."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.own import OWN_TOPIC
from dashboard.catalogue.selection import DEFAULT_INDICATOR
from dashboard.catalogue.vocabulary import TOPICS
from dashboard.charts.formats import words, years
from dashboard.ui import links, markup, resources, wording
from dashboard.ui.figures import key_figure, plain_label

ECONOMY_FIGURES = (
    "rd_expenditure_gdp",
    "fdi_inward_flow_gdp_unctad",
    "fdi_inward_stock_usd_mn",
    "sme_share_employment",
    "sme_share_enterprises",
    "researchers_per_million",
    "uspto_semiconductor_patents",
    "gdp_current_usd",
)
MOST_FIGURES = 6
TABLES_KEPT = 32
PLACES_KEPT = 128
NOTHING_HELD = "No figures are held for this place yet."


def draw(catalogue: Catalogue, place: Place, indicator_id: str) -> None:
    """Draw the key figures of a place on its page, the chosen first, or say that it has none."""
    blocks = key_figures(catalogue, place, resources.look().accent, indicator_id, MOST_FIGURES)
    remark = "" if blocks else NOTHING_HELD
    # The one that the atlas starts with was not chosen by the reader.
    is_chosen = indicator_id != DEFAULT_INDICATOR
    if blocks and is_chosen and indicator_id not in catalogue.indicators_of(place.place_id):
        name = catalogue.indicators[indicator_id].name
        remark = f"No value of {name}, the indicator chosen, is held here."
    st.html(markup.section("Key figures", remark) + (grid(blocks) if blocks else ""))


def grid(blocks: Sequence[str]) -> str:
    """Key figures in as many columns as there is room for."""
    return f'<div class="standings">{"".join(blocks)}</div>'


# Opening a fold sends what is in it, and draws nothing else again.
@st.fragment
def draw_every(place: Place) -> None:
    """Draw the tables of every indicator held for a place, folded by topic."""
    held = by_topic(resources.catalogue(), place)
    if not held:
        return
    st.html(markup.section("Every indicator held", count=sum(map(len, held.values()))))
    for topic, keys in held.items():
        folded = st.expander(
            f"{words(topic)} ({len(keys)})",
            key=f"profile_topic_{topic}_{place.place_id}",
            on_change="rerun",
        )
        if folded.open:
            with folded:
                st.html(_table(place.place_id, topic))


@resources.kept(TABLES_KEPT)
def _table(place_id: str, topic: str) -> str:
    catalogue = resources.catalogue()
    return table(catalogue, catalogue.place(place_id), topic)


@unless_own(PLACES_KEPT)
def key_figures(
    catalogue: Catalogue,
    place: Place,
    colour: str,
    first: str | None = None,
    most: int | None = None,
) -> tuple[str, ...]:
    """Figures of a place as markup, newest values with sparklines, those that tell most first.

    Args:
        catalogue: holds the values.
        place: the place.
        colour: of the sparklines.
        first: an indicator to put first, where it is held.
        most: how many at the most; all when left out.

    Returns:
        For an economy the figures of `ECONOMY_FIGURES` that it has, filled up to `MOST_FIGURES`
        by the longest series, and the first; for other places all they have.
    """
    series = _series(catalogue, place.place_id)
    # What is known for most years, and then most lately, tells most.
    longest = sorted(
        series, key=lambda key: (len(series[key]), series[key]["year"].iloc[-1]), reverse=True
    )
    order = longest
    if place.kind == "economy":
        usual = [key for key in ECONOMY_FIGURES if key in series]
        others = [key for key in longest if key not in usual]
        order = usual + others[: max(0, MOST_FIGURES - len(usual))]
    if first in series:
        order = [first, *(key for key in order if key != first)]
    return tuple(
        key_figure(
            plain_label(catalogue.indicators[key]),
            next(series[key].tail(1).itertuples()),
            catalogue,
            series[key],
            colour,
        )
        for key in order[:most]
    )


def figure_of_year(
    catalogue: Catalogue, place: Place, indicator_id: str, year: int | None, colour: str
) -> str:
    """The value of one year as markup, as a map of that year shows it.

    Empty where the place has no value in that year, or it is the newest, which `key_figures` has.
    """
    series = _series(catalogue, place.place_id).get(indicator_id)
    if series is None or year == series["year"].iloc[-1]:
        return ""
    label = f"{plain_label(catalogue.indicators[indicator_id])}, year of the map"
    rows = series[series["year"] == year].tail(1)
    return "".join(key_figure(label, row, catalogue, series, colour) for row in rows.itertuples())


@unless_own(PLACES_KEPT)
def _series(catalogue: Catalogue, place_id: str) -> dict[str, pd.DataFrame]:
    """The drawn rows of a place by indicator, in the order of the catalogue."""
    rows = catalogue.drawn_of([place_id])
    found = {str(key): group for key, group in rows.groupby("indicator_id", sort=False)}
    return {key: found[key] for key in catalogue.indicators if key in found}


@unless_own(PLACES_KEPT)
def by_topic(catalogue: Catalogue, place: Place) -> dict[str, list[str]]:
    """Every indicator that any row of a place is of, by topic, in the orders of the catalogue."""
    held = set(catalogue.held_of(place.place_id)["indicator_id"])
    found: dict[str, list[str]] = {topic: [] for topic in (OWN_TOPIC, *TOPICS)}
    for key, indicator in catalogue.indicators.items():
        if key in held:
            found[indicator.topic].append(key)
    return {topic: keys for topic, keys in found.items() if keys}


def table(catalogue: Catalogue, place: Place, topic: str) -> str:
    """The indicators of a topic that are held for a place, as markup.

    A row is the newest value that a chart draws, with year, document and what it covers; where an
    indicator has none that can be drawn (a forecast, a part of a year, no year at all), it is the
    last of the rows held.
    """
    keys = by_topic(catalogue, place).get(topic, [])
    series = _series(catalogue, place.place_id)
    held = catalogue.held_of(place.place_id)
    held = held[held["indicator_id"].isin(keys)]
    others = held[~held["indicator_id"].isin(list(series))]
    others = others.sort_values("year", kind="stable", na_position="first")
    newest = [series[key].tail(1) for key in keys if key in series]
    rows = pd.concat([*newest, others.drop_duplicates("indicator_id", keep="last")])
    order = {key: at for at, key in enumerate(keys)}
    rows = wording.identified(rows.sort_values("indicator_id", key=lambda ids: ids.map(order)))
    return markup.table(
        f"{words(topic)}: {place.name}",
        ("Indicator", "Newest value", "Year", "Held", "Document", "What it covers"),
        [_line(row, series, catalogue) for _, row in rows.iterrows()],
    )


def _line(row: Any, series: dict[str, pd.DataFrame], catalogue: Catalogue) -> tuple[str, ...]:
    indicator_id = row["indicator_id"]
    remarks = (wording.coverage(row, catalogue), wording.doubts(row, catalogue))
    return (
        links.anchor(
            links.indicator(indicator_id), plain_label(catalogue.indicators[indicator_id])
        ),
        links.anchor(links.value(row["value_id"]), wording.figure(row, catalogue)),
        # As beside the key figures: the year of the document where the data have none.
        escape(("published " if row["year_basis"] == "publication" else "") + wording.period(row)),
        _span(series[indicator_id]) if indicator_id in series else "not drawn in charts",
        wording.document(row["source_id"], catalogue),
        escape("; ".join(part for part in remarks if part)),
    )


def _span(rows: pd.DataFrame) -> str:
    """First and last year of a series, and how many of them have a value."""
    first, last = int(rows["year"].iloc[0]), int(rows["year"].iloc[-1])
    full = len(rows) == last - first + 1
    return years(first, last) + ("" if full else f" ({len(rows)} years)")
