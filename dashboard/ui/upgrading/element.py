"""One element of a framework: choosing it, and all that is said of it in a card."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.case_figures import figures_beside
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.frameworks import Statement, statements
from dashboard.catalogue.value_chains import DISAGREEMENT, short_citation
from dashboard.charts.styles import hue
from dashboard.ui import card, links, markup, resources, state
from dashboard.ui.figures import key_figure, plain_label
from dashboard.ui.place import told
from dashboard.ui.terms import marked
from dashboard.ui.upgrading import industries
from dashboard.ui.upgrading.parts import Words, aspect, card_of, place_links, said
from dashboard.ui.upgrading.settle import PAGE, UpgradingState

MOST_FIGURES = 6
NO_MEASURE = (
    "The newest figures of the cases. None of them measures upgrading, learning or capital."
)
FIRST = ("definition", "logic", "determinant", "channel")
OWN_FIGURES = ("global_factory", "production_types", "technology_strategies")


def pickers(shown: UpgradingState) -> None:
    """The elements of each framework of the view, one press each."""
    for held in shown.frameworks:
        names = {held.address(item): item.name for item in held.elements}
        if held.framework_id == "industry_types":
            names = {held.address(i): i.name for i in held.elements if i.element_id in shown.types}
        key = f"{PAGE}_{held.framework_id}"
        open_now = shown.of.address(shown.element)
        st.session_state[key] = open_now if open_now in names else None
        st.pills(
            held.name,
            list(names),
            format_func=names.__getitem__,
            key=key,
            wrap=True,
            on_change=_choose,
            args=(key,),
        )


def _choose(key: str) -> None:
    chosen = st.session_state[key]
    # A press on the open element leaves it open.
    if chosen is not None:
        state.change(element=chosen)


def draw(catalogue: Catalogue, shown: UpgradingState) -> None:
    """The card of the element that is open; its CSV and table hold all of the view."""
    element, of = shown.element, shown.of
    papers = " and ".join(short_citation(catalogue, key) for key in element.source_ids)
    places = [catalogue.places[key].name for key in element.place_ids]
    number = markup.count(len(element.statements), "statement")
    cases = f"; tied to {', '.join(places)}" if places else "; tied to no place of the atlas"
    sentence = f"{number} of {papers}{cases}."
    card.draw(
        card_of(
            shown,
            catalogue,
            Words(
                key="element",
                title=element.name,
                subtitle=f"{of.name} · {papers}",
                alt=sentence,
                sentence=sentence,
                findings=_findings(shown),
                rows=statements(shown.frameworks),
                body=lambda: st.html(_body(catalogue, shown)),
            ),
        ),
        None,
        catalogue,
    )


def _body(catalogue: Catalogue, shown: UpgradingState) -> str:
    """What is said of the element, its places, its figures, and on what the papers disagree."""
    pairs: dict[str, list[str]] = {}
    for item in sorted(shown.element.statements, key=_rank):
        pairs.setdefault(aspect(item.dimension), []).append(said(item, catalogue))
    facts = [(name, "<br>".join(texts)) for name, texts in pairs.items()]
    facts.append(("Places", place_links(shown.element.place_ids, catalogue)))
    blocks = [markup.facts(facts, narrow=True)]
    if shown.of.framework_id == "industry_types":
        blocks.append(industries.places_of(catalogue, shown, shown.element.element_id))
    if shown.of.framework_id == "capital_by_case":
        blocks += [_doubts(catalogue, key) for key in shown.element.place_ids]
    blocks.append(_figures(catalogue, shown))
    return f'<div class="told">{"".join(blocks)}</div>'


def _rank(item: Statement) -> int:
    """What it is comes first, what the papers say differently last."""
    ends = {name: at for at, name in enumerate(FIRST, start=-len(FIRST))}
    return ends.get(item.dimension, 1 if item.dimension == DISAGREEMENT else 0)


def _findings(shown: UpgradingState) -> list[Finding]:
    """The curators' remarks, which a reader must know before quoting the element."""
    notes = dict.fromkeys(item.note for item in shown.element.statements if item.note)
    return [Finding("note", "curators_note", note) for note in notes]


def _doubts(catalogue: Catalogue, place_id: str) -> str:
    lines = told.doubts(catalogue, catalogue.places[place_id])
    head = f"Where the documents on this case do not agree ({len(lines)})"
    listed = markup.listed(f"<b>{about}</b><br>{said}" for about, said in lines)
    return f'<details class="fold"><summary>{head}</summary>{listed}</details>' if lines else ""


def _figures(catalogue: Catalogue, shown: UpgradingState) -> str:
    address = shown.of.address(shown.element)
    rows = figures_beside(catalogue, address, shown.element.place_ids, MOST_FIGURES)
    if rows.empty:
        return ""
    look = resources.look()
    items = []
    for row in rows.itertuples():
        name = plain_label(catalogue.indicators[row.indicator_id])
        history = catalogue.series(row.indicator_id, [row.place_id])
        way = state.address(
            "compare", view="line", indicator=row.indicator_id, places=[row.place_id]
        )
        more = f'<p class="remark">{links.anchor(way, "Compare")}</p>' if len(history) > 1 else ""
        label = f"{catalogue.label(row.place_id)}: {name}"
        colour = hue(row.place_id, catalogue.places, look)
        items.append(key_figure(label, row, catalogue, history, colour, more))
    is_own = shown.of.framework_id in OWN_FIGURES
    remark = "" if is_own else f'<p class="hint">{marked(NO_MEASURE)}</p>'
    return f'<h3 class="section">Figures</h3>{remark}<div class="standings">{"".join(items)}</div>'
