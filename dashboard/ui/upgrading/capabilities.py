"""Ten soft capabilities to tick, and the sets that integrated solutions and firms need."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.frameworks import Framework, framework, statements
from dashboard.catalogue.offered import CHECKLIST
from dashboard.charts.grids import Field, Line, describe_grid, grid
from dashboard.ui import card, state
from dashboard.ui.semiconductors.parts import drawn
from dashboard.ui.upgrading.parts import Words, card_of, opener, said
from dashboard.ui.upgrading.settle import PAGE, UpgradingState

COLUMNS = 2
OWN_VIEW = (
    "Ticks are your own view of a firm or cluster. The paper weighs none of the ten and calls them "
    "inseparable, so they are counted and make no score."
)


def draw(catalogue: Catalogue, shown: UpgradingState) -> None:
    """The checklist, then the sets of capabilities as fields."""
    _checklist(catalogue, shown)
    for name, key in (
        ("integrated_solutions", "Integrated solutions take four sets of capabilities"),
        ("firm_capabilities", "Six capabilities of a firm, in the order to build them"),
    ):
        _fields(catalogue, shown, framework(catalogue, name), key)


def _checklist(catalogue: Catalogue, shown: UpgradingState) -> None:
    of = framework(catalogue, CHECKLIST)
    ticked = shown.selection.have
    names = {item.element_id: item.name for item in of.elements}
    open_ones = [name for key, name in names.items() if key not in ticked]
    number = f"{len(names) - len(open_ones)} of {len(names)} ticked"
    left = f"Open: {', '.join(open_ones)}." if open_ones else "None is open."
    rows = statements([of])
    data = rows.assign(ticked=["yes" if key in ticked else "no" for key in rows["element_id"]])
    words = Words(
        key="checklist",
        title="Ten soft capabilities: tick those that are there",
        subtitle="For a firm or cluster that you know · the link keeps the ticks",
        alt=f"Checklist: {number}. {left}",
        # The list says what is open as long as nothing is ticked.
        sentence=f"{number}. {left}" if ticked else f"{number}.",
        findings=[Finding("note", "own_view", OWN_VIEW)],
        rows=rows,
        data=data,
        body=lambda: _boxes(catalogue, of, ticked),
    )
    card.draw(card_of(shown, catalogue, words), None, catalogue)


def _boxes(catalogue: Catalogue, of: Framework, ticked: tuple[str, ...]) -> None:
    with st.container(key=f"{PAGE}_checklist", gap="xxsmall"):
        for item in of.elements:
            key = f"{PAGE}_have_{item.element_id}"
            st.session_state[key] = item.element_id in ticked
            st.checkbox(item.name, key=key, on_change=_tick, args=(item.element_id,))
            [definition] = item.said("definition")
            st.html(f'<div class="told hint">{said(definition, catalogue)}</div>')
        if ticked:
            st.button("Clear the ticks", on_click=lambda: state.change(have=()))


def _tick(element_id: str) -> None:
    """Take the item among the ticked ones, or out of them."""
    have = set(st.session_state.selection.have) ^ {element_id}
    state.change(have=tuple(sorted(have)), element=f"{CHECKLIST}.{element_id}")


def _fields(catalogue: Catalogue, shown: UpgradingState, of: Framework, title: str) -> None:
    items = [
        Field(
            f"{item.said('definition')[0].text}",
            head=f"{item.position}. {item.name}",
            key=of.address(item),
        )
        for item in of.elements
    ]
    lines = [Line("", items[at : at + COLUMNS]) for at in range(0, len(items), COLUMNS)]
    columns = [""] * COLUMNS
    after = sorted({said.note for item in of.elements for said in item.said("definition")})
    words = Words(
        key=of.framework_id,
        title=title,
        subtitle=" ".join(after),
        alt=describe_grid(columns, lines),
        sentence=f"{len(items)} in the order of the paper: "
        f"{', '.join(item.name.lower() for item in of.elements)}.",
        rows=statements([of]),
    )
    card.draw(
        card_of(shown, catalogue, words),
        drawn((f"upgrading_{of.framework_id}",), lambda look: grid(columns, lines, look)),
        catalogue,
        listeners=opener(),
    )
