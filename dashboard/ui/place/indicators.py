"""The figures of a place: the few that tell most, and every indicator that is held."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.contract import TOPICS
from dashboard.charts.formats import words, years
from dashboard.ui import links
from dashboard.ui.data import markup, wording
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
NOTHING_HELD = "No figures are held for this place yet."


def key_figures(
    catalogue: Catalogue, place: Place, colour: str, first: str | None = None
) -> list[str]:
    """Figures of a place as markup, newest values with sparklines, those that tell most first.

    Args:
        catalogue: holds the values.
        place: the place.
        colour: of the sparklines.
        first: an indicator to put first, where it is held.

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
    return [
        key_figure(
            plain_label(catalogue.indicators[key]),
            next(series[key].tail(1).itertuples()),
            catalogue,
            series[key],
            colour,
        )
        for key in order
    ]


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


def _series(catalogue: Catalogue, place_id: str) -> dict[str, pd.DataFrame]:
    """The drawn rows of a place by indicator, in the order of the catalogue."""
    rows = catalogue.drawn[catalogue.drawn["place_id"] == place_id]
    found = {str(key): group for key, group in rows.groupby("indicator_id", sort=False)}
    return {key: found[key] for key in catalogue.indicators if key in found}


def tables(catalogue: Catalogue, place: Place) -> dict[str, tuple[int, str]]:
    """Every indicator held for a place, by topic.

    A row is the newest value that a chart draws; where an indicator has none that can be drawn
    (a forecast, a part of a year, no year at all), it is the last of the rows held.

    Returns:
        For each topic with values, in the order of the contract: number of indicators, and a
        table as markup with value, year, document and what the value covers.
    """
    series = _series(catalogue, place.place_id)
    held = catalogue.table("observations")
    held = held[(held["place_id"] == place.place_id) & ~held["indicator_id"].isin(list(series))]
    others = held.sort_values("year", kind="stable", na_position="first")
    newest = [rows.tail(1) for rows in series.values()]
    if not others.empty:
        newest.append(others.drop_duplicates("indicator_id", keep="last"))
    if not newest:
        return {}
    rows = wording.identified(pd.concat(newest, ignore_index=True))
    order = {key: at for at, key in enumerate(catalogue.indicators)}
    rows = rows.sort_values("indicator_id", key=lambda keys: keys.map(order))
    topics = rows["indicator_id"].map(lambda key: catalogue.indicators[key].topic)
    found = {}
    for topic in TOPICS:
        part = rows[topics == topic]
        if not part.empty:
            lines = [_line(row, series, catalogue) for _, row in part.iterrows()]
            found[topic] = (
                len(lines),
                markup.table(
                    f"{words(topic)}: {place.name}",
                    ("Indicator", "Newest value", "Year", "Held", "Document", "What it covers"),
                    lines,
                ),
            )
    return found


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
