"""The cluster programmes of an economy: their money year by year, and one by one."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.programme_amounts import YEARLY
from dashboard.catalogue.provenance import source_uses
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import years
from dashboard.charts.funding import describe_funding, funding, yearly
from dashboard.charts.theme import theme
from dashboard.ui import card, links, markup, resources, wording
from dashboard.ui.chart import Drawing, drawing
from dashboard.ui.figures import source_details
from dashboard.ui.place import programmes
from dashboard.ui.place.place_card import CARDS_KEPT, linked, place_card, with_documents

FIGURES_KEPT = 96
NOT_SPREAD = (
    "A total of several years is written with its span and never spread over the years; only "
    "amounts of single years are bars."
)


def draw(catalogue: Catalogue, place: Place, shown: Selection) -> None:
    """Draw the amounts of single years, and every programme with all that is stated of it."""
    lines = programmes.told(catalogue, place)
    none = f"The atlas holds no cluster programme that {place.name} runs."
    st.html(
        markup.section(
            "Cluster programmes and their money", NOT_SPREAD if lines else none, count=len(lines)
        )
    )
    if not lines:
        return
    made = _card(catalogue, place)
    if made is not None:
        card.draw(
            linked(made, shown),
            _drawing(place.place_id, resources.look().mode),
            catalogue,
        )
    caption = f"Cluster programmes of {place.name}"
    st.html(markup.table(caption, ("Programme", "What is stated of it"), lines))


@unless_own(CARDS_KEPT)
def _card(catalogue: Catalogue, place: Place) -> card.Card | None:
    """The card of the amounts of single years; None where there are none."""
    stated = programmes.amounts(catalogue, place)
    rows = yearly(stated)
    if rows.empty:
        return None
    findings, rest = [], len(stated) - len(rows)
    if rest:
        text = (
            f"{markup.count(rest, 'amount')} of several years, of one decision or without a year "
            "stand with the programmes below and have no bar."
        )
        findings.append(Finding("missing", "no_year", text))
    if (rows["period_type"] == YEARLY[0]).any():
        text = "Fiscal years stand under the year they start in."
        findings.append(Finding("note", "fiscal_years", text))
    span = years(int(rows["year"].min()), int(rows["year"].max()))
    return place_card(
        catalogue,
        place,
        name="funding",
        title=f"Public money for cluster programmes of {place.name}, year by year",
        subtitle=f"{markup.count(len(rows), 'amount')} of single years, {span}, in "
        f"{' and '.join(dict.fromkeys(rows['currency']))} at the prices of the time · hatched: "
        "not exact",
        alt=describe_funding(rows, place.name),
        documents=source_uses(rows.assign(name=rows["programme"]), catalogue, "amount"),
        data=with_documents(rows, catalogue),
        table=lambda: _table(rows, catalogue),
        findings=findings,
    )


@resources.kept(FIGURES_KEPT)
def _drawing(place_id: str, mode: str) -> Drawing:
    catalogue = resources.catalogue()
    rows = yearly(programmes.amounts(catalogue, catalogue.place(place_id)))
    return drawing(funding(rows, theme(mode)))


def _table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    lines = [
        (
            links.anchor(links.programme(row["programme_id"]), row["programme"]),
            escape(row["words"]),
            escape(wording.amount(row)),
            source_details(row, catalogue),
        )
        for _, row in rows.iterrows()
    ]
    heads = ("Programme", "Period, and what it is", "Amount", "Document")
    return markup.table("Public money of cluster programmes", heads, lines, numbers=(2,))
