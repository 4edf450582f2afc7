"""The page of a single value: who says it, how firm it is, what others say, how to cite it."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.selection import Selection
from dashboard.exports import citation
from dashboard.ui import links, markup, state, wording
from dashboard.ui.data import citing


def draw(catalogue: Catalogue, shown: Selection) -> None:
    """Draw the value that the selection names."""
    row = catalogue.value(str(shown.value))
    st.html(_markup(row, str(shown.value), catalogue))
    address = citing.full_address(catalogue, view="value", value=str(shown.value))
    st.html(markup.section("Cite this value"))
    citing.draw(citation.value(catalogue, row, address, citing.today()), "value")


def _markup(row: pd.Series, identifier: str, catalogue: Catalogue) -> str:
    indicator = catalogue.indicators[row["indicator_id"]]
    source = catalogue.sources[row["source_id"]]
    place = catalogue.label(row["place_id"])
    heading = (
        f'<h2 class="section">{escape(indicator.name)}, {escape(place)}</h2>'
        f'<p class="big">{escape(wording.figure(row, catalogue))} '
        f'<span class="when">{escape(wording.period(row))}</span></p>'
    )
    on_document = ", ".join(
        part
        for part in (
            markup.PUBLISHERS[source.publisher_type],
            f"licence: {source.licence}" if source.licence else "licence not stated",
            f"copy read: {source.retrieved}" if source.retrieved else "",
        )
        if part
    )
    definition = row["definition_id"]
    facts = markup.facts(
        (
            (
                "Who says so",
                f"{wording.document(row['source_id'], catalogue)}<br>{escape(on_document)}",
            ),
            ("Where in it", escape(row["locator"])),
            ("What is said of it", escape(row["note"])),
            ("How firm", escape(wording.QUALIFIERS[row["qualifier"]])),
            ("Covers", escape(wording.coverage(row, catalogue))),
            ("Year", escape(wording.YEAR_BASES.get(row["year_basis"], ""))),
            (
                "Counts as an SME",
                escape(catalogue.definition_words(definition)) if definition else "",
            ),
            ("Doubts", escape(wording.doubts(row, catalogue, meaning=True))),
            ("Definition", escape(indicator.definition)),
            (
                "More",
                " · ".join(
                    (
                        links.anchor(links.indicator(indicator.indicator_id), "The indicator"),
                        links.anchor(links.place(row["place_id"]), "The place"),
                        links.anchor(
                            state.address(
                                "compare",
                                indicator=indicator.indicator_id,
                                places=[row["place_id"]],
                            ),
                            "The series",
                        ),
                    )
                ),
            ),
        )
    )
    return heading + facts + _rivals(row, identifier, catalogue)


def _rivals(row: pd.Series, identifier: str, catalogue: Catalogue) -> str:
    """Every figure held for the same place and year, side by side."""
    if pd.isna(row["year"]):
        return ""
    rows = catalogue.rivals(row["indicator_id"], row["place_id"], int(row["year"]))
    if len(rows) < 2:
        return markup.section(
            "Other figures for the same place and year", "None: one document gives it."
        )
    return markup.section(
        "Other figures for the same place and year",
        "All stay in the data. A chart draws the one marked so, by the stated precedence.",
    ) + rivals_table(rows, catalogue, open_value=identifier)


def rivals_table(rows: pd.DataFrame, catalogue: Catalogue, open_value: str = "") -> str:
    """Rival figures side by side.

    Args:
        rows: as `Catalogue.rivals` or a part of `Catalogue.conflicts` give them.
        catalogue: names and documents.
        open_value: identifier of the value whose page this is.
    """
    lines = []
    for _, row in wording.identified(rows).iterrows():
        identifier = row["value_id"]
        value = escape(wording.figure(row, catalogue))
        if identifier == open_value:
            value = f"<b>{value}</b> (this one)"
        else:
            value = links.anchor(links.value(identifier), wording.figure(row, catalogue))
        lines.append(
            (
                value,
                escape(wording.coverage(row, catalogue) or "everything"),
                wording.document(row["source_id"], catalogue),
                wording.where(row),
                "Drawn in charts" if row["drawn"] else escape(row["passed_over"]),
            )
        )
    return markup.table(
        "Rival figures",
        ("Value", "Covers", "Document", "Where in it, and note", "Why drawn or not"),
        lines,
    )
