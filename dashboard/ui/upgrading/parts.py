"""What the cards of the page on upgrading have in common: words, statements, tables, documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import SimpleNamespace

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.frameworks import Element, Framework, Statement
from dashboard.catalogue.provenance import source_line, source_uses
from dashboard.charts import formats
from dashboard.ui import links, markup, state
from dashboard.ui.card import Card
from dashboard.ui.chart import Listeners
from dashboard.ui.figures import source_details
from dashboard.ui.place.place_card import with_documents
from dashboard.ui.terms import marked
from dashboard.ui.upgrading.settle import PAGE, UpgradingState, view_of

# What is said of an element, where its identifier is no good heading.
ASPECTS = {
    "cases": "Cases of the papers",
    "channel": "How it links China to the world",
    "concentration": "Concentration of research",
    "cost_and_risk": "Cost and risk",
    "crossing_complex": "Integrated and complex at once",
    "definition": "What it is",
    "determinant": "In the diamond",
    "disagreement": "Where the papers disagree",
    "expectation": "What to expect",
    "exposure": "Exposure to crises",
    "fit": "Who it fits",
    "from_above": "From above",
    "from_below": "From below",
    "hoped_for_use": "Hoped-for use",
    "innovation": "Innovation",
    "innovation_system": "From the innovation system",
    "learning_sources": "From whom firms learn",
    "logic": "Why",
    "market_competition": "Competition",
    "market_entry_barriers": "Entry barriers",
    "market_margins": "Margins",
    "market_prices": "Prices",
    "market_speed": "Speed",
    "product_change": "Change",
    "product_customers": "Customers",
    "product_design": "Design",
    "product_replication": "Copying",
    "product_technology": "Technology",
    "sme_policy": "Policy for small firms",
    "state_of_asia": "State of Asia",
    "strategy": "Strategy that aims at it",
    "technology_diversification": "For technology diversification",
    "technology_leadership": "For technology leadership",
    "upgrading_capabilities": "Capabilities asked for",
    "upgrading_learning": "Chances to learn",
    "upgrading_linkages": "Links",
    "upgrading_value_added": "Value added",
    "who": "Who can",
}


@dataclass(frozen=True, eq=False)
class Words:
    """What is said of a drawing of statements before it becomes a card.

    `rows` are the statements it rests on, as `frameworks.statements` returns them; `table` makes
    the markup that "View as table" opens, without one it lists the statements. Of other things
    than statements, which `what` names, rows have name and source_id at least.
    """

    key: str
    title: str
    subtitle: str
    alt: str
    rows: pd.DataFrame
    sentence: str = ""
    findings: Sequence[Finding] = ()
    table: Callable[[], str] | None = None
    body: Callable[[], object] | None = None
    data: pd.DataFrame | None = None
    what: str = "statement"


def card_of(shown: UpgradingState, catalogue: Catalogue, words: Words) -> Card:
    """The card of a drawing, or of a table in the place of one."""
    documents = source_uses(words.rows, catalogue, words.what)
    data = words.rows if words.data is None else words.data
    return Card(
        key=f"upgrading_{words.key}",
        title=words.title,
        subtitle=words.subtitle,
        findings=words.findings,
        rows=catalogue.nothing,
        alt=words.alt,
        page=PAGE,
        link=shown.selection,
        extra_source=source_line(documents),
        more_sources=documents,
        data=with_documents(data, catalogue),
        table=words.table or (lambda: statements_table(words.title, words.rows, catalogue)),
        sentence=words.sentence or words.alt,
        body=words.body,
    )


def aspect(dimension: str) -> str:
    """What is said of an element, in words."""
    return ASPECTS.get(dimension, formats.words(dimension))


def said(statement: Statement, catalogue: Catalogue) -> str:
    """A statement as markup: its text, and its document, locator and note folded."""
    return f"{marked(statement.text)} {source(statement, catalogue)}"


def source(statement: Statement, catalogue: Catalogue) -> str:
    """Document, locator and note of a statement, folded under a word."""
    row = SimpleNamespace(
        source_id=statement.source_id, locator=statement.locator, note=statement.note
    )
    return source_details(row, catalogue)


def place_links(place_ids: Sequence[str], catalogue: Catalogue) -> str:
    """Places as links to their pages."""
    places = [catalogue.places[key] for key in place_ids]
    return ", ".join(links.anchor(links.profile(place), place.name) for place in places)


def statements_table(caption: str, rows: pd.DataFrame, catalogue: Catalogue) -> str:
    """Statements as markup, each with its cases and its document."""
    lines = [
        (
            escape(row.name),
            escape(aspect(row.dimension)),
            marked(row.text),
            place_links([key for key in row.place_ids.split(";") if key], catalogue),
            source_details(
                SimpleNamespace(source_id=row.source_id, locator=row.locator, note=row.note),
                catalogue,
            ),
        )
        for row in rows.itertuples(index=False)
    ]
    return markup.table(caption, ("Element", "Aspect", "What is said", "Cases", "Source"), lines)


def beside(
    caption: str,
    framework: Framework,
    dimensions: Mapping[str, Sequence[str]],
    catalogue: Catalogue,
    keep: Sequence[str] = (),
) -> str:
    """Elements of a framework side by side, a row for each aspect.

    Args:
        caption: what the table shows; read out, not drawn.
        framework: its elements are the columns.
        dimensions: the aspects of each group of rows, by its heading; empty headings are none.
        catalogue: holds the documents.
        keep: identifiers of the elements to show; empty shows all.
    """
    shown = [item for item in framework.elements if not keep or item.element_id in keep]
    head = "".join(
        f'<th scope="col" role="columnheader">'
        f"{links.anchor(opens(framework, item), item.name)}</th>"
        for item in shown
    )
    body = []
    for heading, names in dimensions.items():
        if heading:
            body.append(
                f'<tr class="group" role="row"><th colspan="{len(shown) + 1}" scope="colgroup" '
                f'role="cell">{escape(heading)}</th></tr>'
            )
        body += [_row(name, shown, catalogue) for name in names]
    return (
        f'<div class="told"><div class="table-frame side-by-side" role="region" tabindex="0" '
        f'aria-label="{escape(caption)}"><table class="plain" role="table">'
        f"<caption>{escape(caption)}</caption>"
        f'<thead role="rowgroup"><tr role="row"><td role="cell"></td>{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table></div></div>'
    )


def _row(dimension: str, shown: Sequence[Element], catalogue: Catalogue) -> str:
    cells = []
    for item in shown:
        held = "<br>".join(said(statement, catalogue) for statement in item.said(dimension))
        cells.append(
            f'<td role="cell"><span class="column" aria-hidden="true">{escape(item.name)}</span>'
            f"{held or '<span class=missing>The paper says nothing of it</span>'}</td>"
        )
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{escape(aspect(dimension))}</th>'
        f"{''.join(cells)}</tr>"
    )


def opens(framework: Framework, element: Element) -> str:
    """Address of this page with an element open."""
    address = framework.address(element)
    return state.address(PAGE, view=view_of(address) or "", element=address)


def opener() -> Listeners:
    """Opens the element whose address a click on a drawing hands over."""
    return Listeners(place=lambda key, _adds: state.change(element=key))
