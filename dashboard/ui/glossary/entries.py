"""The list of terms, and the card that terms stand in."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.glossary import Term, glossary_table, terms
from dashboard.catalogue.provenance import source_line, source_uses
from dashboard.exports import to_csv
from dashboard.ui import card, links, markup
from dashboard.ui.glossary.settle import PAGE, GlossaryState


def draw(catalogue: Catalogue, shown: GlossaryState) -> None:
    """Draw the terms that the filters keep, by letter."""
    chosen = shown.chosen
    topics = len({term.topic for term in chosen})
    sentence = f"{markup.count(len(chosen), 'term')} on {markup.count(topics, 'topic')}."
    terms_card(
        catalogue,
        shown,
        chosen,
        key="all",
        title="Terms of the field",
        subtitle="In our own words · a name opens the term and where the atlas uses it",
        sentence=sentence,
        body=listed(catalogue, chosen),
    )


def listed(catalogue: Catalogue, chosen: Sequence[Term]) -> str:
    """Terms with what they mean, their document and related terms, under their letters."""
    blocks = []
    for letter in dict.fromkeys(term.letter for term in chosen):
        items = "".join(
            f"<dt>{links.anchor(links.term(term.term_id), term.name)}{other_forms(term)}</dt>"
            f"<dd>{escape(term.definition)} "
            f'<span class="hint">{source(catalogue, term)}{related(catalogue, term)}</span></dd>'
            for term in chosen
            if term.letter == letter
        )
        blocks.append(f'<h3 class="section">{escape(letter)}</h3><dl class="terms">{items}</dl>')
    return "".join(blocks)


def other_forms(term: Term) -> str:
    """Other forms of a term, as markup; empty without any."""
    return f' <span class="hint">also {escape(", ".join(term.also))}</span>' if term.also else ""


def source(catalogue: Catalogue, term: Term) -> str:
    """The document of a definition, as a link to its page, and where in it."""
    document = catalogue.sources[term.source_id]
    year = f" ({document.year})" if document.year else ""
    name = f"{document.author or document.title}{year}"
    return f"{links.anchor(links.source(term.source_id), name)}, {escape(term.locator)}."


def related(catalogue: Catalogue, term: Term) -> str:
    """Links to the terms that belong with one; empty without any."""
    if not term.see:
        return ""
    return f" See {see(catalogue, term)}."


def see(catalogue: Catalogue, term: Term) -> str:
    """The terms that belong with one, as links."""
    held = terms(catalogue)
    return ", ".join(links.anchor(links.term(key), held[key].name) for key in term.see)


def terms_card(
    catalogue: Catalogue,
    shown: GlossaryState,
    chosen: Sequence[Term],
    *,
    key: str,
    title: str,
    subtitle: str,
    sentence: str,
    body: str,
) -> None:
    """Draw a card that holds terms in place of a chart.

    Args:
        catalogue: documents.
        shown: what is shown, for the link.
        chosen: the terms, for the file, the table and the sources.
        key: of the card, unique on the page.
        title: what is shown.
        subtitle: what there is to know of it.
        sentence: computed from the terms.
        body: the terms, as markup.
    """
    rows = glossary_table(chosen, catalogue)
    uses = source_uses(rows.assign(name=rows["term"]), catalogue, "definition")
    data = rows.drop(columns="source_id")
    heads = ("Term", "Also", "Topic", "What it means", "Document", "Where in it", "See")
    made = card.Card(
        key=f"glossary_{key}",
        title=title,
        subtitle=subtitle,
        findings=(),
        rows=catalogue.nothing,
        alt=f"{title}. {sentence}",
        page=PAGE,
        link=shown.selection,
        extra_source=source_line(uses),
        more_sources=uses,
        data=data,
        table=lambda: markup.table(
            title,
            heads,
            [[escape(str(cell)) for cell in row] for row in data.itertuples(index=False)],
        ),
        csv=lambda: to_csv(data),
        sentence=sentence,
        body=lambda: st.html(body),
    )
    card.draw(made, None, catalogue)
