"""The value chain of a hub or cluster in its card: drawn, and link by link with its document."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.provenance import source_uses
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.value_chains import KINDS, LEARNING_WORDS, value_chain_of
from dashboard.charts.theme import theme
from dashboard.charts.value_chain import describe_value_chain, learning_marks
from dashboard.charts.value_chain import value_chain as figure_of
from dashboard.ui import card, links, markup, resources
from dashboard.ui.chart import Drawing, Mark, drawing
from dashboard.ui.figures import source_details
from dashboard.ui.place import told
from dashboard.ui.place.place_card import CARDS_KEPT, linked, place_card, with_documents

FIGURES_KEPT = 96
HEADS = ("Link", "Who gives", "Who takes", "What passes", "Learning", "Source")


def draw(catalogue: Catalogue, place: Place, shown: Selection) -> None:
    """Draw the chain in its card, or say that no document describes one."""
    made = _card(catalogue, place)
    if made is None:
        st.html(markup.section("Value chain") + f'<p class="hint">{_nothing(catalogue, place)}</p>')
        return
    card.draw(
        linked(made, shown),
        _drawing(place.place_id, resources.look().mode),
        catalogue,
    )


@unless_own(CARDS_KEPT)
def _card(catalogue: Catalogue, place: Place) -> card.Card | None:
    """The card of the chain; None where no document describes one."""
    chain = value_chain_of(catalogue, place.place_id)
    if chain.empty:
        return None
    actors = len(set(chain["from_actor"]) | set(chain["to_actor"]))
    return place_card(
        catalogue,
        place,
        name="value_chain",
        title=f"Value chain and learning: {place.name}",
        subtitle=f"{markup.count(len(chain), 'link')} between {actors} groups of actors · the "
        "numbers lead to the table below · ↻ within one group",
        alt=describe_value_chain(chain, place.name),
        documents=source_uses(chain.assign(name=place.name), catalogue, "link"),
        data=as_file(chain, catalogue),
        table=lambda: table(chain, catalogue),
        findings=findings(chain),
    )


def _nothing(catalogue: Catalogue, place: Place) -> str:
    described = set(catalogue.table("value_chains")["place_id"])
    inside = [other for other in told.within(catalogue, place) if other.place_id in described]
    named = ", ".join(links.anchor(links.profile(other), other.name) for other in inside)
    said = f"No document in the atlas describes the value chain of {escape(place.name)}."
    return f"{said} Described is that of {named}." if named else said


def findings(chain: pd.DataFrame) -> list[Finding]:
    """What a reader must know of a chain: rival ratings first, then how much is not rated."""
    found = []
    disputed = chain[chain["is_disputed"]]
    for (start, end), group in disputed.groupby(["from_actor", "to_actor"], sort=False):
        said = "; ".join(
            f"{LEARNING_WORDS[row.interactive_learning]} in {row.document} (link {row.number})"
            for row in group.itertuples()
        )
        text = f"The documents disagree on learning from {start} to {end}: {said}."
        found.append(Finding("caution", "documents_disagree", text))
    several = chain["source_id"].nunique() > 1
    if several:
        text = (
            "Links of several documents are drawn together; each says of itself in which one it "
            "stands."
        )
        found.append(Finding("note", "several_documents", text))
    unrated = int((chain["interactive_learning"] == "unrated").sum())
    if unrated:
        text = (
            f"{unrated} of {markup.count(len(chain), 'link')} carry no verdict on learning: that "
            "says nothing about its strength."
        )
        found.append(Finding("missing", "not_rated", text))
    return found


def as_file(chain: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The links with their documents, as the CSV hands them over."""
    columns = [
        *("number", "from_actor", "from_kind", "to_actor", "to_kind"),
        *("relation", "interactive_learning", "source_id", "locator"),
    ]
    return with_documents(chain[columns], catalogue)


def table(chain: pd.DataFrame, catalogue: Catalogue) -> str:
    """The links as markup, each with what passes, the strength of learning and its document."""
    return markup.table(
        "Links of the value chain",
        HEADS,
        [
            (
                str(row.number),
                f"{escape(row.from_actor)}<br>{_kind(row.from_kind)}",
                f"{escape(row.to_actor)}<br>{_kind(row.to_kind)}",
                escape(row.relation),
                LEARNING_WORDS[row.interactive_learning]
                + (" (another document differs)" if row.is_disputed else ""),
                f"{escape(row.document)}, {escape(row.locator)} {source_details(row, catalogue)}",
            )
            for row in chain.itertuples()
        ],
    )


def _kind(kind: str) -> str:
    return f'<span class="hint">{escape(KINDS[kind])}</span>'


@resources.kept(FIGURES_KEPT)
def _drawing(place_id: str, mode: str) -> Drawing:
    """The chain of a place in one mode, with its legend; shared by readers."""
    chain = value_chain_of(resources.catalogue(), place_id)
    look = theme(mode)
    marks = tuple(Mark(line, words) for line, words in learning_marks(chain, look))
    return replace(drawing(figure_of(chain, look)), legend=marks)
