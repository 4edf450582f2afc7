"""The page of a programme: what it is, and every amount of it with its document."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import words
from dashboard.ui import links, markup, wording

GROUPS = {
    "public_money": "Public money",
    "private_or_total_money": "Private or total money",
    "request": "Requests",
    "participation": "Who took part",
    "outcome": "Results",
    "target": "Targets",
}


def draw(catalogue: Catalogue, shown: Selection) -> None:
    """Draw the programme that the selection names."""
    st.html(_markup(catalogue, str(shown.programme)))


def facts(catalogue: Catalogue, programme_id: str, address: Callable[[str], str]) -> str:
    """What a programme is, who pays, when and for what, as a list of definitions.

    Args:
        catalogue: holds the programmes.
        programme_id: the programme.
        address: where the links to its other phases lead.
    """
    table = catalogue.table("programmes").set_index("programme_id")
    programme = table.loc[programme_id]
    basis = " (assigned by the curators)" if programme["approach_basis"] == "curator" else ""
    family = table[(table["family_id"] == programme["family_id"]) & (table.index != programme_id)]
    return markup.facts(
        (
            (
                "Economy",
                links.anchor(
                    links.place(programme["economy"]), catalogue.label(programme["economy"])
                ),
            ),
            ("Who pays", escape(programme["sponsor"])),
            ("Years", wording.span(programme["start_year"], programme["end_year"])),
            ("Approach", escape(f"{words(programme['approach'])}{basis}")),
            ("Governed", escape(words(programme["governance_scale"]))),
            ("Purpose", escape(programme["objective"])),
            (
                "Other phases",
                ", ".join(
                    links.anchor(address(str(key)), row["name"]) for key, row in family.iterrows()
                ),
            ),
            ("Document", wording.document(programme["source_id"], catalogue)),
        )
    )


def _markup(catalogue: Catalogue, programme_id: str) -> str:
    name = catalogue.programme_names[programme_id]
    money = links.anchor(links.programme_money(programme_id), "Its money year by year, in charts")
    return (
        f'<h2 class="section">{escape(name)}</h2>'
        f"{facts(catalogue, programme_id, links.programme)}"
        f'<nav class="crumbs" aria-label="Ways on">{money}</nav>'
        + _conflicts(catalogue, programme_id)
        + _amounts(catalogue, catalogue.funding(programme_id))
    )


def _conflicts(catalogue: Catalogue, programme_id: str) -> str:
    rows = catalogue.funding_conflicts()
    groups = rows.loc[rows["programme_id"] == programme_id, "conflict_group"].unique()
    if not len(groups):
        return ""
    tables = "".join(
        conflict_table(group, catalogue)
        for _, group in rows[rows["conflict_group"].isin(groups)].groupby("conflict_group")
    )
    return (
        markup.section(
            "Figures that differ",
            "Rows that contradict or supersede each other. The notes say what each counts; "
            "charts draw the one marked so.",
        )
        + tables
    )


def conflict_table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    """Amounts of one conflict side by side, as `Catalogue.funding_conflicts` gives them."""
    lines = [
        (
            escape(wording.amount(row)),
            escape(wording.period(row)),
            escape(wording.measure(row)),
            wording.document(row["source_id"], catalogue),
            wording.where(row),
            "Drawn in charts" if row["headline"] else "",
        )
        for _, row in rows.iterrows()
    ]
    name = catalogue.programme_names[rows["programme_id"].iloc[0]]
    return markup.table(
        f"Amounts that differ: {name}",
        ("Amount", "Period", "What it is", "Document", "Where in it, and note", "In charts"),
        lines,
    )


def _amounts(catalogue: Catalogue, rows: pd.DataFrame) -> str:
    blocks = []
    for group, title in GROUPS.items():
        part = rows[rows["measure_group"] == group]
        if part.empty:
            continue
        lines = [
            (
                escape(wording.amount(row)),
                escape(wording.period(row)),
                escape(wording.measure(row)),
                escape(catalogue.label(row["place_id"])) if row["place_id"] else "whole programme",
                wording.document(row["source_id"], catalogue),
                wording.where(row),
            )
            for _, row in part.iterrows()
        ]
        blocks.append(
            f'<h2 class="section">{title} <span class="count">{len(part)}</span></h2>'
            + markup.table(
                title,
                ("Amount", "Period", "What it is", "Where", "Document", "Where in it, and note"),
                lines,
            )
        )
    return "".join(blocks) or markup.section("Amounts", "No amount is held.")
