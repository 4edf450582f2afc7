"""Cards, cells and words that the views of the page of lessons share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.frameworks import Framework, Statement, framework
from dashboard.catalogue.lessons import Lesson, lessons_table
from dashboard.catalogue.provenance import source_line, source_uses
from dashboard.charts.formats import words
from dashboard.exports import to_csv
from dashboard.ui import card, links, markup
from dashboard.ui.figures import source_details
from dashboard.ui.lessons.settle import PAGE, LessonsState
from dashboard.ui.terms import marked

ADDRESSED = {
    "firms": "firms",
    "regions": "regions",
    "ministries": "ministries",
    "policy": "public policy, level not named",
}
# Aspects of lessons, frameworks and verdicts whose identifier does not read well.
ASPECTS = {
    "china": "In China",
    "data": "Data",
    "remaining_issues": "Issues that remain",
    "sme_measures": "Measures for SMEs",
    "use_of_local_resources": "Use of local resources",
    "weakest_node_2008": "Weakest node, 2008",
    "suits": "What it suits",
    "low_and_high_road": "Low and high road",
    "knowledge_providers": "Universities and other providers of knowledge",
    "national_role": "Role of the state",
    "overall": "Overall warning",
    "rd_support": "R&D support",
}


def aspect(name: str) -> str:
    """An aspect of a lesson, framework or verdict as a reader reads it."""
    return ASPECTS.get(name, words(name))


def place_links(place_ids: Iterable[str], catalogue: Catalogue) -> str:
    """Links to the pages of places, or to the map where one has no page."""
    return ", ".join(
        links.anchor(links.profile(catalogue.places[key]), catalogue.places[key].name)
        for key in place_ids
    )


def cell(statement: Statement, catalogue: Catalogue, *, named: bool = True) -> str:
    """What a paper says, with its cases and its source.

    Args:
        statement: of a framework.
        catalogue: names and documents.
        named: name the cases; False where the table names them.
    """
    cases = place_links(statement.place_ids, catalogue) if named else ""
    below = f'<br><span class="hint">{cases}</span>' if cases else ""
    return f"<div>{marked(statement.text)}{below}{source_details(statement, catalogue)}</div>"


def statements_frame(found: Sequence[Framework], catalogue: Catalogue) -> pd.DataFrame:
    """Every statement of frameworks as rows for a file."""
    return pd.DataFrame(
        [
            {
                "framework": item.name,
                "element": element.name,
                "aspect": aspect(said.dimension),
                "text": said.text,
                "cases": "; ".join(catalogue.places[key].name for key in said.place_ids),
                "source": catalogue.sources[said.source_id].title,
                "locator": said.locator,
                "note": said.note,
                "source_id": said.source_id,
            }
            for item in found
            for element in item.elements
            for said in element.statements
        ]
    )


def table_card(
    catalogue: Catalogue,
    state: LessonsState,
    key: str,
    body: str,
    rows: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    sentence: str,
    thing: str = "statement",
    findings: Sequence[Finding] = (),
) -> None:
    """Draw a card that holds a table or a list in place of a chart.

    Args:
        catalogue: documents.
        state: what is shown, for the link.
        key: of the card, unique on the page.
        body: the table, as markup.
        rows: what the file holds; `source_id` and `locator` lead to the documents, and are empty
            where a row rests on none.
        title: what is shown.
        subtitle: its unit and extent.
        sentence: computed from the rows.
        thing: the word for one row.
        findings: what is missing or must not be read into it.
    """
    used = rows.assign(name=title)
    uses = source_uses(used[used["source_id"] != ""], catalogue, thing)
    data = rows.drop(columns=["source_id"])
    made = card.Card(
        key=f"lessons_{key}",
        title=title,
        subtitle=subtitle,
        findings=findings,
        rows=catalogue.nothing,
        alt=f"{title}. {sentence}",
        page=PAGE,
        link=state.selection,
        extra_source=source_line(uses),
        more_sources=uses,
        data=data,
        table=lambda: flat(title, data),
        csv=lambda: to_csv(data),
        sentence=sentence,
        body=lambda: st.html(body),
    )
    card.draw(made, None, catalogue)


def flat(caption: str, data: pd.DataFrame) -> str:
    """Rows of a file as a plain table."""
    heads = [words(str(name)) for name in data.columns]
    lines = [[escape(str(value)) for value in row] for row in data.itertuples(index=False)]
    return markup.table(caption, heads, lines)


def framework_card(
    catalogue: Catalogue,
    state: LessonsState,
    framework_id: str,
    subtitle: str,
    *,
    body: Callable[[Framework], str] | None = None,
) -> None:
    """Draw a card of one framework of the papers, all its elements in the paper's order."""
    found = framework(catalogue, framework_id)
    rows = statements_frame([found], catalogue)
    sentence = (
        f"{markup.count(len(found.elements), 'element')}, "
        f"{markup.count(len(rows), 'statement')} of the papers: "
        f"{'; '.join(element.name for element in found.elements)}."
    )
    table = (body or (lambda item: framework_table(item, catalogue)))(found)
    table = f'<div class="framework">{table}</div>'
    table_card(
        catalogue, state, framework_id, table, rows,
        title=found.name, subtitle=subtitle, sentence=sentence,
    )  # fmt: skip


def framework_table(found: Framework, catalogue: Catalogue) -> str:
    """A framework as a table: elements by aspects where all have the same, else a list of each."""
    aspects = [
        tuple(dict.fromkeys(said.dimension for said in item.statements)) for item in found.elements
    ]
    common = aspects[0]
    if any(set(item) != set(common) for item in aspects):
        lines: list[tuple[str, ...]] = [
            (
                escape(item.name),
                markup.facts(
                    [(aspect(said.dimension), cell(said, catalogue)) for said in item.statements]
                ),
            )
            for item in found.elements
        ]
        return markup.table(found.name, ("Element", "What the papers say"), lines)
    if len(common) <= 2:
        lines = [
            (escape(item.name), *(_cells(item.said(name), catalogue) for name in common))
            for item in found.elements
        ]
        return markup.table(found.name, ("Element", *map(aspect, common)), lines)
    lines = [
        (
            escape(aspect(name)),
            *(_cells(item.said(name), catalogue, named=False) for item in found.elements),
        )
        for name in common
    ]
    return markup.table(found.name, ("Aspect", *(item.name for item in found.elements)), lines)


def _cells(statements: Sequence[Statement], catalogue: Catalogue, *, named: bool = True) -> str:
    return "".join(cell(item, catalogue, named=named) for item in statements)


def lesson_rows(chosen: Sequence[Lesson], catalogue: Catalogue) -> pd.DataFrame:
    """Lessons as rows for a card: for its file, and for its documents."""
    table = lessons_table(list(chosen), catalogue)
    return table.assign(source_id=[lesson.source_id for lesson in chosen])


def counted(chosen: Sequence[Lesson]) -> str:
    """How many lessons, of how many papers, and how many of them are advice."""
    papers = len({item.source_id for item in chosen})
    advice = sum(item.kind == "advice" for item in chosen)
    return (
        f"{markup.count(len(chosen), 'lesson')} of {markup.count(papers, 'paper')}, {advice} of "
        "them advice."
    )
