"""One term: what it means, by which document, and where the atlas uses it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard.catalogue import Catalogue
from dashboard.catalogue.frameworks import elements
from dashboard.catalogue.glossary import Appearances, Term, appearances
from dashboard.catalogue.lessons import lessons
from dashboard.catalogue.naming import begun
from dashboard.charts.formats import words
from dashboard.ui import links, markup, state
from dashboard.ui.figures import source_words
from dashboard.ui.glossary import entries
from dashboard.ui.glossary.settle import GlossaryState
from dashboard.ui.upgrading.settle import FRAMEWORKS

# Uses of each kind that stand in sight; the others are folded.
MOST = 5
# What is computed, drawn or listed under a name that the term explains, by page and view.
PAGES = {
    "location_quotient": ("compare", {"view": "statistics", "statistic": "specialisation"}),
    "herfindahl": ("compare", {"view": "statistics", "statistic": "concentration"}),
    "gini": ("compare", {"view": "statistics", "statistic": "concentration"}),
    "sigma_convergence": ("compare", {"view": "statistics", "statistic": "convergence"}),
    "beta_convergence": ("compare", {"view": "statistics", "statistic": "convergence"}),
    "sme": ("smes", {"view": "definitions"}),
    "fab": ("semiconductors", {"view": "fabs"}),
    "foundry": ("semiconductors", {}),
    "weakest_node": ("lessons", {"view": "weakest"}),
    "decentralisation": ("lessons", {"view": "decides"}),
    "silicon_sea_belt": ("", {}),
    "meti": ("programmes", {"view": "ministries"}),
    "mext": ("programmes", {"view": "ministries"}),
}
PAGE_NAMES = {
    "": "Map",
    "compare": "Compare: statistics",
    "smes": "SMEs: definitions",
    "semiconductors": "Semiconductors",
    "lessons": "Lessons",
    "programmes": "Programmes: two ministries",
}


def draw(catalogue: Catalogue, shown: GlossaryState, term: Term) -> None:
    """Draw the card of the term that is open."""
    used = appearances(catalogue).get(term.term_id, Appearances())
    entries.terms_card(
        catalogue,
        shown,
        (term,),
        key="term",
        title=begun(term.name),
        subtitle=f"{words(term.topic)} · definition in our own words",
        sentence=_counted(used),
        body=_facts(catalogue, term, used),
    )


def _counted(used: Appearances) -> str:
    """How often the tables use a term."""
    counts = [
        markup.count(len(keys), thing, things)
        for keys, thing, things in (
            (used.elements, "element of a framework", "elements of frameworks"),
            (used.lessons, "lesson", "lessons"),
            (used.indicators, "indicator", "indicators"),
        )
        if keys
    ]
    if not counts:
        return "No framework, lesson or indicator of the atlas has the word in its text."
    last = f" and {counts[-1]}" if counts[1:] else counts[-1]
    return f"The word stands in {', '.join(counts[:-1])}{last} of the atlas."


def _facts(catalogue: Catalogue, term: Term, used: Appearances) -> str:
    held = {lesson.lesson_id: lesson for lesson in lessons(catalogue)}
    return f'<p class="definition">{escape(term.definition)}</p>' + markup.facts(
        [
            ("Also written", escape(", ".join(term.also))),
            ("Rests on", source_words(term, catalogue)),
            ("Related terms", entries.see(catalogue, term)),
            ("Page", _page(term)),
            ("In frameworks", markup.shortened(_elements(catalogue, used.elements), MOST)),
            (
                "In lessons",
                markup.shortened(
                    [links.anchor(links.lesson(key), held[key].text) for key in used.lessons], MOST
                ),
            ),
            (
                "In indicators",
                markup.shortened(
                    [
                        links.anchor(links.indicator(key), catalogue.indicators[key].name)
                        for key in used.indicators
                    ],
                    MOST,
                ),
            ),
        ]
    )


def _page(term: Term) -> str:
    if term.term_id not in PAGES:
        return ""
    page, parameters = PAGES[term.term_id]
    return links.anchor(state.address(page, **parameters), PAGE_NAMES[page])


def _elements(catalogue: Catalogue, addresses: Sequence[str]) -> list[str]:
    """Elements of frameworks; those that the page on upgrading explains are links."""
    views = {framework_id: view for view, held in FRAMEWORKS.items() for framework_id in held}
    items = []
    for address in addresses:
        framework, element = elements(catalogue)[address]
        text = f"{framework.name}: {element.name}"
        view = views.get(framework.framework_id)
        items.append(
            links.anchor(state.address("upgrading", view=view, element=address), text)
            if view
            else escape(text)
        )
    return items
