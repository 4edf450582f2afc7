"""A worked comparison: the clusters of Japan's economy ministry and of its education ministry."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.programme_amounts import amounts, drawn_of_years
from dashboard.charts.formats import words
from dashboard.charts.theme import Theme
from dashboard.ui import links, markup, wording
from dashboard.ui.figures import source_details
from dashboard.ui.programmes import money, regions
from dashboard.ui.programmes.parts import (
    Sheet,
    Words,
    amounts_table,
    as_sheet,
    csv_of,
    documents_of,
    read,
)
from dashboard.ui.programmes.settle import MINISTRIES, ProgrammesState

TITLE = "Two ministries, two cluster policies: METI and MEXT"
NAMES = {
    "jp_meti_icp": "METI: Industrial Cluster Project",
    "jp_mext_kci": "MEXT: Knowledge Cluster Initiative",
}
# The framework of the two approaches, and which ministry stands for which.
FRAMEWORK = "policy_approaches"
COUNTED = ("firms", "universities", "projects", "regions")


def sheets(catalogue: Catalogue, state: ProgrammesState, look: Theme) -> list[Sheet]:
    """Money year by year, the terms side by side, and where their regions lie."""
    # Both are in yen of the same year: what amounts are converted with changes no ratio.
    made = read(catalogue, money.as_printed(state), kinds=("year",))
    family = dict(zip(state.programmes["programme_id"], state.programmes["family_id"], strict=True))
    panels = {key: NAMES[family[key]] for key in state.ids}
    found = [
        money.year_sheet(
            catalogue,
            state,
            look,
            panels=panels,
            title="Public money of METI's and of MEXT's clusters, year by year",
            more=[*ratios(made.rows, family), *_inside(made.rows)],
        ),
        _terms(catalogue, state),
        *regions.sheets(catalogue, state, look),
    ]
    return [sheet for sheet in found if sheet is not None]


def ratios(rows: pd.DataFrame, family: dict[str, str]) -> list[Finding]:
    """How many times the one ministry's amount was the other's, in years that both have one."""
    own = drawn_of_years(rows)
    own = own[~own["is_rival"] & (own["place_id"] == "")]
    own = own.assign(family=own["programme_id"].map(family))
    said = []
    for year, group in own.groupby("year"):
        first, second = (group[group["family"] == key] for key in MINISTRIES)
        # Amounts of two terms that overlap in a year are not added up.
        if len(first) != 1 or len(second) != 1:
            continue
        is_rough = (group["qualifier"] != "exact").any()
        ratio = float(first["value"].iloc[0] / second["value"].iloc[0])
        said.append(f"{year}: {'about ' if is_rough else ''}{ratio:.3g} times")
    if not said:
        return []
    text = f"METI's amount beside MEXT's in the years that both have one: {'; '.join(said)}."
    return [Finding("note", "ratio", text)]


def _inside(rows: pd.DataFrame) -> list[Finding]:
    """What METI's amount of a year is made of, where its source names the parts."""
    whole = rows[(rows["kind"] == "year") & rows["headline"] & (rows["place_id"] == "")]
    rest = rows[(rows["kind"] == "year") & ~rows["headline"] & (rows["conflict_group"] == "")]
    found = []
    for row in whole.to_dict("records"):
        parts = rest[
            (rest["programme_id"] == row["programme_id"])
            & (rest["year"] == row["year"])
            & (rest["source_id"] == row["source_id"])
        ]
        if parts.empty:
            continue
        named = [
            f"{part['period_note'].partition(', ')[2]} ({wording.amount(part)})"
            for _, part in parts.iterrows()
        ]
        text = (
            f"{row['programme']}: {wording.amount(row)} of {row['year']} hold {', '.join(named)}; "
            "the two ministries do not pay for the same things."
        )
        found.append(Finding("not_comparable", "contents", text))
    return found


def _terms(catalogue: Catalogue, state: ProgrammesState) -> Sheet:
    """The terms of both programmes in a table: who, when, what for, and who took part."""
    rows = state.programmes.sort_values(["family_id", "start_year"]).to_dict("records")
    counts = amounts(catalogue, state.ids, ("participation", "target"))
    counts = counts[counts["headline"] & counts["measure"].isin((*COUNTED, "new_business_target"))]
    documents = documents_of(counts, catalogue, "figure")
    title = "The terms of both programmes, side by side"
    table = _terms_table(title, rows, counts, catalogue)
    made = Words(
        key="terms",
        title=title,
        subtitle="Who paid, when and for what, and who took part · each figure with its source",
        alt=f"Table of {len(rows)} terms: " + ", ".join(row["name"] for row in rows) + ".",
        findings=[
            Finding(
                "caution",
                "units_of_clusters",
                "METI counts projects of wide areas, MEXT regions around a university: the two "
                "numbers do not compare.",
            ),
            *_later_terms(catalogue, state),
        ],
        documents=documents,
        data=csv_of(counts, catalogue),
        table=lambda: amounts_table(title, counts, catalogue),
        body=lambda: st.html(table),
    )
    return as_sheet(state, catalogue, made, None)


def _later_terms(catalogue: Catalogue, state: ProgrammesState) -> list[Finding]:
    """Terms of the two programmes that are not in the comparison, and what their source says."""
    table = catalogue.table("programmes")
    later = table[table["family_id"].isin(MINISTRIES) & ~table["programme_id"].isin(state.ids)]
    return [
        Finding(
            "missing",
            "later_term",
            f"Not compared, without a counterpart: {row['name']} "
            f"({wording.span(row['start_year'], row['end_year'])}). {row['objective']}.",
        )
        for row in later.to_dict("records")
    ]


def _terms_table(
    title: str, rows: Sequence[dict[str, Any]], counts: pd.DataFrame, catalogue: Catalogue
) -> str:
    framework = catalogue.table("frameworks")
    framework = framework[
        (framework["framework_id"] == FRAMEWORK) & (framework["dimension"] == "programme")
    ]
    approach = {row["element_id"]: row for _, row in framework.iterrows()}
    held = {
        row["programme_id"]: len(
            [
                region
                for region in catalogue.places_of_kind("programme_region")
                if region.programme_id == row["programme_id"]
            ]
        )
        for row in rows
    }

    def counted(row: dict[str, Any], measure: str) -> str:
        own = counts[
            (counts["programme_id"] == row["programme_id"]) & (counts["measure"] == measure)
        ]
        said = [
            f"{escape(wording.period(count))}: {escape(wording.amount(count))} "
            f"{source_details(count, catalogue)}"
            for _, count in own.iterrows()
        ]
        return "".join(f"<div>{text}</div>" for text in said) or "not held"

    def in_words(row: dict[str, Any]) -> str:
        found = approach.get(row["approach"])
        if found is None or row["approach_basis"] != "source":
            return f"{escape(words(row['approach']))} (assigned by the curators)"
        return f"{escape(found['text'])} {source_details(found, catalogue)}"

    heads = ["", *(row["name"] for row in rows)]
    lines = [
        ("Who pays", *(escape(row["sponsor_name"]) for row in rows)),
        (
            "Years",
            *(wording.span(row["start_year"], row["end_year"]) or "not stated" for row in rows),
        ),
        ("Approach", *(in_words(row) for row in rows)),
        (
            "Purpose",
            *(f"{escape(row['objective'])} {_source(row, catalogue)}" for row in rows),
        ),
        *(
            (escape(words(measure)), *(counted(row, measure) for row in rows))
            for measure in COUNTED
        ),
        ("Target: new businesses", *(counted(row, "new_business_target") for row in rows)),
        (
            "Regions held in the atlas",
            *(
                links.anchor(regions.big_map([row["programme_id"]]), str(held[row["programme_id"]]))
                if held[row["programme_id"]]
                else "none"
                for row in rows
            ),
        ),
        (
            "Every amount",
            *(
                links.anchor(links.programme_money(row["programme_id"]), "Money of this term")
                for row in rows
            ),
        ),
    ]
    return markup.table(title, heads, lines)


def _source(row: dict[str, Any], catalogue: Catalogue) -> str:
    return f"({wording.document(row['source_id'], catalogue)})"
