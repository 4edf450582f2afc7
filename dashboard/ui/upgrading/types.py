"""The four types of upgrading and the cases that took them; what industrial upgrading balances."""

from __future__ import annotations

from dashboard.catalogue import Catalogue
from dashboard.catalogue.capital import CASES
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.frameworks import Element, Framework, framework, statements
from dashboard.charts.grids import Field, Line, Mark, describe_grid, grid
from dashboard.ui import card
from dashboard.ui.semiconductors.parts import drawn
from dashboard.ui.upgrading.parts import Words, card_of, opener
from dashboard.ui.upgrading.settle import UpgradingState

# Signs of a mark, so that colour does not stand alone.
SIGNS = {"said": "●", "read": "○", "empty": "–"}


def draw(catalogue: Catalogue, shown: UpgradingState) -> None:
    """Types against cases, then the four elements that Ernst has balanced."""
    _cases(catalogue, shown, framework(catalogue, "upgrading_types"))
    _balance(catalogue, shown, framework(catalogue, "industrial_upgrading"))


def _cases(catalogue: Catalogue, shown: UpgradingState, held: Framework) -> None:
    cases = framework(catalogue, CASES).elements
    columns = [case.name for case in cases]
    lines = [Line(item.name, [_mark(held, item, case) for case in cases]) for item in held.elements]
    read = [
        f"{each.name}: {item.note}"
        for each in held.elements
        for item in each.said("cases")
        if item.note
    ]
    none = [each.name.lower() for each in held.elements if not each.said("cases")]
    missing = [Finding("missing", "no_case", f"No case of the papers for {', '.join(none)}.")]
    counts = ", ".join(
        f"{line.caption.lower()} {sum(field.mark != 'empty' for field in line.fields)}"
        for line in lines
    )
    words = Words(
        key="cases",
        title="Which case took which way of upgrading",
        subtitle="● the paper says so · ○ our reading of the paper · – not said of this case",
        alt=f"Types of upgrading by case. {describe_grid(columns, lines)}",
        sentence=f"Cases of the four that took each way: {counts}.",
        rows=statements([held]),
        findings=[
            *(Finding("caution", "our_reading", note) for note in read),
            *(missing if none else ()),
        ],
    )
    card.draw(
        card_of(shown, catalogue, words),
        drawn(("upgrading_cases",), lambda look: grid(columns, lines, look)),
        catalogue,
        listeners=opener(),
    )


def _mark(held: Framework, item: Element, case: Element) -> Field:
    """Whether a paper says that a case took a way; a note says that it is our reading."""
    mark: Mark
    [said] = item.said("cases") or (None,)
    if said is None or not set(case.place_ids) & set(said.place_ids):
        mark = "empty"
        hover = f"{item.name}: not said of {case.name}"
    else:
        mark = "read" if said.note else "said"
        hover = f"{case.name}: {said.text}"
    return Field(SIGNS[mark], mark=mark, hover=hover, key=held.address(item))


def _balance(catalogue: Catalogue, shown: UpgradingState, held: Framework) -> None:
    by_id = {item.element_id: item for item in held.elements}

    def field(name: str) -> Field:
        [said] = by_id[name].statements
        return Field(said.text, head=by_id[name].name, key=held.address(by_id[name]))

    lines = [
        Line("What moves up", [field("firm_level"), field("industry_level")]),
        Line("Where its elements lie", [field("domestic"), field("international")]),
    ]
    [balance] = by_id["balance"].statements
    words = Words(
        key="balance",
        title=held.name,
        subtitle="Firm and industry, home and abroad · a field opens what is said of it",
        alt=describe_grid(("", ""), lines),
        sentence=balance.text,
        rows=statements([held]),
    )
    card.draw(
        card_of(shown, catalogue, words),
        drawn(("upgrading_balance",), lambda look: grid(("", ""), lines, look)),
        catalogue,
        listeners=opener(),
    )
