"""The glossary, put together: search, letters, topics, the open term, all terms."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import LONGEST_SEARCH, search_words
from dashboard.catalogue.glossary import sought
from dashboard.catalogue.selection import LETTERS, Selection
from dashboard.catalogue.vocabulary import GLOSSARY_TOPICS
from dashboard.charts.formats import words
from dashboard.ui import filters, links, notices, state
from dashboard.ui.glossary import entries, opened
from dashboard.ui.glossary.settle import PAGE, GlossaryState, settle

WHOLE = "Terms belong to no place and no year: filters do not apply."


def prepare(catalogue: Catalogue, selection: Selection) -> GlossaryState:
    """Settle the selection, and draw the filter bar."""
    shown = settle(catalogue, selection)
    state.settle(shown.selection)
    idle = dict.fromkeys(
        ("indicator", "places", "year", "range", "industry", *filters.HUB_FILTERS), WHOLE
    )
    filters.draw(
        catalogue, shown.selection, filters.Bar(list(catalogue.indicators), [], None, idle), []
    )
    return shown


def controls(catalogue: Catalogue, shown: GlossaryState) -> None:
    """The search, the topic and the letters."""
    search, topic = f"{PAGE}_search", f"{PAGE}_topic"
    st.session_state[search] = shown.selection.term_search or ""
    st.text_input(
        "Search terms and what they mean",
        max_chars=LONGEST_SEARCH,
        placeholder="For example: capital, GPN, learning",
        key=search,
        icon=":material/search:",
        on_change=lambda: state.change(
            term_search=search_words(st.session_state[search]) or None, term=None
        ),
    )
    st.session_state[topic] = shown.selection.term_topic
    st.pills(
        "Topic",
        GLOSSARY_TOPICS,
        format_func=words,
        key=topic,
        on_change=lambda: state.change(term_topic=st.session_state[topic], term=None),
    )
    st.html(_letters(catalogue, shown.selection))


def _letters(catalogue: Catalogue, selection: Selection) -> str:
    """The alphabet: letters with a term among those asked for lead to them."""
    asked = sought(catalogue, selection.term_search, selection.term_topic)
    held = {term.letter for term in asked}
    items = []
    for letter in LETTERS:
        if letter == selection.letter:
            items.append(f'<span class="letter" aria-current="true">{letter}</span>')
        elif letter in held:
            address = state.address(PAGE, letter=letter, term="")
            items.append(f'<a class="letter" href="{escape(address)}">{letter}</a>')
        else:
            items.append(f'<span class="letter hint" aria-hidden="true">{letter}</span>')
    if selection.letter:
        items.append(links.anchor(state.address(PAGE, letter="", term=""), "All letters"))
    return f'<nav class="letters" aria-label="Terms by letter">{"".join(items)}</nav>'


def draw(catalogue: Catalogue, shown: GlossaryState) -> None:
    """The open term, then those that the filters keep."""
    if shown.opened is not None:
        opened.draw(catalogue, shown, shown.opened)
    if shown.chosen:
        entries.draw(catalogue, shown)
    else:
        notices.nothing_found(
            "No term is found so.",
            "Use fewer or other words, or take the letter or the topic away.",
        )
