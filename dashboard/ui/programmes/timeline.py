"""The timeline of the programmes: which ran when, arranged as the reader chose."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.programme_amounts import economies_with_programmes
from dashboard.catalogue.provenance import source_uses
from dashboard.catalogue.selection import APPROACHES
from dashboard.catalogue.vocabulary import GOVERNANCE_SCALES
from dashboard.charts.formats import words
from dashboard.charts.programmes import describe_gantt, gantt
from dashboard.charts.theme import Theme
from dashboard.ui import links, markup, wording
from dashboard.ui.chart import drawing
from dashboard.ui.programmes.parts import Sheet, Words, as_sheet
from dashboard.ui.programmes.settle import ProgrammesState

ARRANGED = {
    "economy": "economy",
    "sponsor": "who pays",
    "approach": "approach",
    "governance_scale": "governance scale",
}


def sheets(catalogue: Catalogue, state: ProgrammesState, look: Theme) -> list[Sheet]:
    """The card of the timeline."""
    ordered = arranged(catalogue, state)
    drawn = ordered[ordered["start_year"].notna() | ordered["end_year"].notna()]
    without = ordered[ordered["start_year"].isna() & ordered["end_year"].isna()]
    findings = []
    if len(without):
        text = f"Without years in the sources, and not drawn: {', '.join(without['name'])}."
        findings.append(Finding("missing", "no_years", text))
    if (ordered["approach_basis"] == "curator").any():
        own = int((ordered["approach_basis"] == "source").sum())
        text = (
            f"The approach (business or academic after Kitagawa 2008, or mixed) is stated by a "
            f"source for {own} of these programmes and assigned by the curators for the others."
        )
        findings.append(Finding("note", "approach_basis", text))
    groups = dict(zip(ordered["programme_id"], ordered["group"], strict=True))
    documents = source_uses(ordered, catalogue, "programme")
    by = ARRANGED[str(state.selection.arrange)]
    number = f"{len(ordered)} of {state.total}" if len(ordered) < state.total else str(state.total)
    made = Words(
        key="timeline",
        title="Cluster programmes over the years",
        subtitle=f"{number} programmes and phases by {by} · choose a bar to see its money",
        alt=describe_gantt(ordered, catalogue.places),
        findings=findings,
        documents=documents,
        data=ordered.drop(columns=["group"]).assign(
            source=[catalogue.sources[key].title for key in ordered["source_id"]]
        ),
        table=lambda: table(ordered, catalogue),
    )
    figure = drawing(gantt(drawn, groups, catalogue.places, look)) if len(drawn) else None
    return [as_sheet(state, catalogue, made, figure)]


def arranged(catalogue: Catalogue, state: ProgrammesState) -> pd.DataFrame:
    """The programmes in the order of their groups, with `group`, the heading each stands under."""
    rows = state.programmes
    by = str(state.selection.arrange)
    economies = economies_with_programmes(catalogue)
    place = rows["economy"].map({key: at for at, key in enumerate(economies)})
    column = "sponsor_name" if by == "sponsor" else by
    orders = {"approach": APPROACHES, "governance_scale": GOVERNANCE_SCALES}
    order = rows[column].map({key: at for at, key in enumerate(orders.get(by, ()))})
    names = {
        "economy": catalogue.label,
        "approach": lambda key: f"{words(key)} approach",
        "governance_scale": words,
    }
    rows = rows.assign(
        group=[names.get(by, str)(key) for key in rows[column]],
        _order=order if by in orders else place,
        _place=place,
    )
    keys = {
        "sponsor": ["_order", "group", "start_year", "name"],
        "economy": ["_order", "start_year", "name"],
    }
    rows = rows.sort_values(keys.get(by, ["_order", "_place", "start_year", "name"]))
    return rows.drop(columns=["_order", "_place"]).reset_index(drop=True)


def table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    """The programmes as a table, each leading to its money."""
    lines = [
        (
            links.anchor(links.programme_money(row["programme_id"]), row["name"]),
            escape(catalogue.label(row["economy"])),
            escape(row["sponsor"]),
            escape(wording.span(row["start_year"], row["end_year"]) or "not stated"),
            escape(words(row["approach"]))
            + (" (curators)" if row["approach_basis"] == "curator" else ""),
            escape(words(row["governance_scale"])),
            wording.document(row["source_id"], catalogue),
        )
        for row in rows.to_dict("records")
    ]
    heads = ("Programme", "Economy", "Who pays", "Years", "Approach", "Scale", "Document")
    return markup.table("Cluster programmes", heads, lines)
