"""Small and medium firms of an economy: what its law counts, and the figures that rest on it."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.naming import begun
from dashboard.catalogue.provenance import source_uses
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.wording import FIRM_SCALE_WORDS
from dashboard.charts.formats import years
from dashboard.charts.theme import theme
from dashboard.charts.thresholds import (
    EMPLOYEES,
    MEASURES,
    describe_thresholds,
    limit_words,
    sector_words,
    thresholds,
)
from dashboard.ui import card, links, markup, resources, wording
from dashboard.ui.chart import Drawing, drawing
from dashboard.ui.figures import plain_label
from dashboard.ui.place.place_card import CARDS_KEPT, linked, place_card, with_documents

FIGURES_KEPT = 96


@unless_own(CARDS_KEPT)
def definitions(catalogue: Catalogue, place: Place) -> pd.DataFrame:
    """The legal definitions of an economy and those that its figures follow, with `heading`.

    Those of its own law come first, in the order of the years in which they came into force.
    """
    table = catalogue.table("definitions")
    followed = set(catalogue.held_of(place.place_id)["definition_id"]) - {""}
    rows = table[(table["economy"] == place.place_id) | table["definition_id"].isin(followed)]
    starts = rows.groupby("definition_id")["valid_from"].transform("min").fillna(0)
    rows = rows.assign(_own=rows["economy"] != place.place_id, _start=starts)
    rows = rows.sort_values(["_own", "_start", "definition_id"], kind="stable")
    headings = {
        key: _heading(group, place, catalogue) for key, group in rows.groupby("definition_id")
    }
    rows = rows.assign(heading=rows["definition_id"].map(headings))
    return rows.drop(columns=["_own", "_start"]).reset_index(drop=True)


def _heading(rows: pd.DataFrame, place: Place, catalogue: Catalogue) -> str:
    """A definition in a few words: years in force, whose it is, who says so."""
    span = wording.span(rows["valid_from"].min(), rows["valid_to"].max())
    economy = rows["economy"].iloc[0]
    whose = "" if economy == place.place_id else f"{catalogue.places[economy].name}, "
    source = catalogue.sources[rows["source_id"].iloc[0]]
    said = source.author or source.title
    return f"{whose}{span or 'years in force not stated'} ({said})"


def draw(catalogue: Catalogue, place: Place, shown: Selection) -> None:
    """Draw the legal limits to scale, and the figures of the economy by the law they follow."""
    rows = definitions(catalogue, place)
    st.html(
        markup.section(
            "Small and medium firms: what the law counts, and what rests on it",
            "Shares of SMEs under different limits do not compare, neither between economies nor "
            "within one."
            if len(rows)
            else f"No legal definition of an SME is held for {place.name}.",
        )
    )
    if len(rows):
        card.draw(
            linked(_definitions_card(catalogue, place), shown),
            _thresholds(place.place_id, resources.look().mode),
            catalogue,
        )
    st.html(resting(catalogue, place))


@resources.kept(FIGURES_KEPT)
def _thresholds(place_id: str, mode: str) -> Drawing | None:
    catalogue = resources.catalogue()
    figure = thresholds(definitions(catalogue, catalogue.place(place_id)), theme(mode))
    return None if figure is None else drawing(figure)


@unless_own(CARDS_KEPT)
def _definitions_card(catalogue: Catalogue, place: Place) -> card.Card:
    rows = definitions(catalogue, place)
    documents = source_uses(rows.assign(name=rows["heading"], year=pd.NA), catalogue, "legal limit")
    findings = []
    unlimited = rows[rows[list(MEASURES)].isna().all(axis=1)]
    if len(unlimited):
        text = f"The source gives no limit for: {', '.join(unlimited['sector_scope'])}."
        findings.append(Finding("missing", "no_limit", text))
    if rows[EMPLOYEES].isna().all():
        text = "No limit of employees is set: the law counts capital or turnover."
        findings.append(Finding("note", "no_employees", text))
    foreign = rows[rows["economy"] != place.place_id]
    if len(foreign):
        names = dict.fromkeys(catalogue.places[key].name for key in foreign["economy"])
        text = f"Definitions of {', '.join(names)} are shown because figures follow them."
        findings.append(Finding("note", "followed", text))
    number = rows["definition_id"].nunique()
    return place_card(
        catalogue,
        place,
        name="definitions",
        title=f"Who counts as an SME in {place.name}",
        subtitle=f"Upper limits by sector and size, {markup.count(number, 'definition')}, each "
        "axis to scale from zero",
        alt=describe_thresholds(rows, place.name),
        documents=documents,
        data=with_documents(rows, catalogue).assign(
            economy_name=[catalogue.places[key].name for key in rows["economy"]]
        ),
        table=lambda: _definitions_table(rows, catalogue),
        findings=findings,
    )


def _definitions_table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    def limit(row: Any, column: str) -> str:
        value = row[column]
        return "–" if pd.isna(value) else escape(limit_words(value, column, row["currency"]))

    lines = [
        (
            escape(sector_words(row["sector_scope"])),
            escape(wording.SIZES.get(row["size_class"], row["size_class"])),
            *(limit(row, column) for column in MEASURES),
            escape(row["heading"]),
            wording.document(row["source_id"], catalogue),
            wording.where(row),
        )
        for _, row in rows.iterrows()
    ]
    heads = ("Sectors", "Size", *MEASURES.values(), "In force", "Document", "Where, and note")
    return markup.table("Legal limits of small and medium firms", heads, lines)


@unless_own(CARDS_KEPT)
def resting(catalogue: Catalogue, place: Place) -> str:
    """The figures of an economy by the definition they follow, as markup."""
    laws = definitions(catalogue, place)
    values = catalogue.held_of(place.place_id)
    is_sme = values["indicator_id"].map(lambda key: catalogue.indicators[key].topic == "sme")
    values = values[is_sme | (values["definition_id"] != "")]
    if values.empty:
        whom = escape(place.name)
        return f'<p class="hint">No figure of small and medium firms is held for {whom}.</p>'
    lines = []
    for key in [*dict.fromkeys(laws["definition_id"]), ""]:
        rows = values[values["definition_id"] == key]
        if rows.empty and not key:
            continue
        name = "Source names no definition"
        if key:
            name = laws.loc[laws["definition_id"] == key, "heading"].iloc[0]
            name = f"{begun(name)}: {catalogue.definition_words(key)}"
        lines.append((escape(name), f"{_many(rows)}{_newest(catalogue, rows)}"))
    title = "Figures that rest on each definition"
    table = markup.table(title, ("Definition", "Newest figures that follow it"), lines)
    return f'<h3 class="section">{title}</h3>{table}'


def _many(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "no figure of the atlas follows it"
    dated = rows["year"].dropna()
    span = f", {years(int(dated.min()), int(dated.max()))}" if len(dated) else ""
    return f"{markup.count(len(rows), 'value')}{span}"


def _newest(catalogue: Catalogue, rows: pd.DataFrame) -> str:
    """The newest figure of each indicator, as markup."""
    if rows.empty:
        return ""
    newest = rows.sort_values("year", kind="stable", na_position="first")
    newest = wording.identified(newest.drop_duplicates("indicator_id", keep="last"))
    return markup.listed(
        (
            f"{escape(plain_label(catalogue.indicators[row['indicator_id']]))}: "
            f"{links.anchor(links.value(row['value_id']), wording.figure(row, catalogue))}, "
            f"{escape(wording.period(row))}{_covers(row, catalogue)}"
            for _, row in newest.iterrows()
        ),
        "remarks",
    )


def _covers(row: Any, catalogue: Catalogue) -> str:
    covers = wording.coverage(row, catalogue)
    # That SMEs are counted stands in the name of the indicator.
    return f" ({escape(covers)})" if covers not in ("", FIRM_SCALE_WORDS["sme"]) else ""
