"""What documents claim of the belt's share of the world's chips, side by side."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.belt_claims import INDICATOR, claims, claims_findings
from dashboard.catalogue.findings import Finding
from dashboard.charts import formats
from dashboard.charts.claims import claim_bars, describe_claims
from dashboard.ui import card, links, markup, wording
from dashboard.ui.figures import source_details
from dashboard.ui.semiconductors.parts import drawn
from dashboard.ui.semiconductors.settle import PAGE, SemiconductorState
from dashboard.ui.verdict import line, verdict_of


def draw(catalogue: Catalogue, shown: SemiconductorState) -> None:
    """The verdict, the claims as bars, and each with its wording and document in a table."""
    rows = claims(catalogue)
    indicator = catalogue.indicator(INDICATOR)
    found = claims_findings(rows, catalogue)
    st.html(line(verdict_of(tuple(found))))
    told = describe_claims(rows, indicator, catalogue.places, catalogue.sources)
    card.draw(
        card.Card(
            key="claims",
            title="The belt's share of world chip production, as claimed",
            subtitle=f"{formats.axis_title(indicator)} · one bar a claim · hatched: rough or a "
            "lower bound",
            findings=[*found, Finding("note", "indicator_note", indicator.comparability_note)],
            rows=rows,
            alt=told,
            page=PAGE,
            link=shown.selection,
        ),
        drawn(
            ("claims",),
            lambda look: claim_bars(rows, indicator, catalogue.places, catalogue.sources, look),
        ),
        catalogue,
    )
    st.html(
        markup.section("Claim by claim")
        + markup.table(
            "Claims of a share of world chip production",
            ("Of what", "Claim", "How firm", "Year", "What the year is", "Wording", "Source"),
            [
                (
                    links.anchor(links.place(row["place_id"]), row["place_name"]),
                    escape(
                        formats.quantity(
                            row["value"], indicator, row["qualifier"], row["value_high"]
                        )
                    ),
                    escape(wording.QUALIFIERS[row["qualifier"]]),
                    escape(wording.period(row)),
                    escape(wording.YEAR_BASES.get(row["year_basis"], "stated by the source")),
                    escape(row["note"]),
                    source_details(row, catalogue),
                )
                for _, row in rows.iterrows()
            ],
        )
    )
