"""Products and their stage of life, routine or complex, modular or integrated production."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.frameworks import Element, framework, statements
from dashboard.charts.grids import Field, Line, describe_grid, grid
from dashboard.ui import card
from dashboard.ui.semiconductors.parts import drawn
from dashboard.ui.upgrading.parts import Words, aspect, beside, card_of, opener
from dashboard.ui.upgrading.settle import UpgradingState

# From the early stage of a product's life to the late one; the paper's table has them the other
# way round.
BY_STAGE = ("differentiated", "homogeneous")
OF_STAGE = (
    "life_cycle",
    "product_technology",
    "market_competition",
    "market_margins",
    "upgrading_learning",
    "upgrading_value_added",
)
TABLE = {
    "Product": (
        *("product_technology", "product_design", "product_replication"),
        *("product_change", "product_customers"),
    ),
    "Market": (
        *("market_entry_barriers", "market_competition", "market_speed"),
        *("market_prices", "market_margins"),
    ),
    "Upgrading potential": (
        *("upgrading_learning", "upgrading_capabilities"),
        *("upgrading_value_added", "upgrading_linkages"),
    ),
    "In the life of a product": ("life_cycle", "examples"),
}
COLUMNS, ROWS = ("modular", "integrated"), ("complex", "routine")
NO_CASE = "no example in the paper"


def draw(catalogue: Catalogue, shown: UpgradingState) -> None:
    """Products along their life cycle, then the two distinctions of production crossed."""
    _life_cycle(catalogue, shown)
    _production(catalogue, shown)


def _life_cycle(catalogue: Catalogue, shown: UpgradingState) -> None:
    of = framework(catalogue, "product_specialisation")
    by_id = {item.element_id: item for item in of.elements}
    kinds = [by_id[name] for name in BY_STAGE]
    columns = [item.name for item in kinds]
    lines = [
        Line(aspect(name), [Field(_text(item, name), key=of.address(item)) for item in kinds])
        for name in OF_STAGE
    ]
    words = Words(
        key="life_cycle",
        title="What a product leaves to learn, early and late in its life",
        subtitle="Left the early stage, right the late one · from table 1 of Ernst (2007)",
        alt=describe_grid(columns, lines),
        sentence="; ".join(
            f"{item.name}: {_text(item, 'upgrading_learning').lower()}, "
            f"{_text(item, 'market_margins').lower()}"
            for item in kinds
        )
        + ".",
        rows=statements([of]),
    )
    card.draw(
        card_of(shown, catalogue, words),
        drawn(("upgrading_life_cycle",), lambda look: grid(columns, lines, look)),
        catalogue,
        listeners=opener(),
    )


def _text(item: Element, dimension: str) -> str:
    [said] = item.said(dimension)
    return said.text


def _production(catalogue: Catalogue, shown: UpgradingState) -> None:
    of = framework(catalogue, "production_types")
    by_id = {item.element_id: item for item in of.elements}
    across = [by_id[name] for name in COLUMNS]
    columns = [item.name for item in across]
    lines = [
        Line(
            "Examples, whether routine or complex",
            [Field(_text(item, "examples"), key=of.address(item)) for item in across],
        )
    ]
    filled = 0
    for name in ROWS:
        fields = []
        for item in across:
            crossing = item.said(f"crossing_{name}")
            filled += len(crossing)
            fields.append(
                Field(crossing[0].text, key=of.address(item))
                if crossing
                else Field(NO_CASE, mark="empty", key=of.address(by_id[name]))
            )
        lines.append(Line(f"{by_id[name].name}. {_text(by_id[name], 'examples')}", fields))
    potential = [
        f"{item.name}: {_text(item, 'upgrading_potential')}"
        for item in of.elements
        if item.said("upgrading_potential")
    ]
    left = len(ROWS) * len(COLUMNS) - filled
    words = Words(
        key="production",
        title="Modular or integrated, routine or complex",
        subtitle="Two distinctions of Ernst (2007), crossed · a field opens its kind of production",
        alt=describe_grid(columns, lines),
        sentence=f"Upgrading potential. {' '.join(potential)}",
        findings=[
            Finding(
                "missing",
                "not_crossed",
                f"The paper makes each distinction by itself; {left} of the 4 fields have no "
                "example in it and stay empty.",
            )
        ],
        rows=statements([of]),
    )
    card.draw(
        card_of(shown, catalogue, words),
        drawn(("upgrading_production",), lambda look: grid(columns, lines, look)),
        catalogue,
        listeners=opener(),
    )


def below(catalogue: Catalogue, shown: UpgradingState) -> None:
    """The paper's table in full, two columns side by side."""
    of = framework(catalogue, "product_specialisation")
    table = beside(of.name, of, TABLE, catalogue)
    rows = statements([of])
    words = Words(
        key="specialisation",
        title=of.name,
        subtitle="Table 1 of Ernst (2007), with its stage of the life cycle and examples",
        alt=f"Table of {' and '.join(item.name.lower() for item in of.elements)}, "
        f"{rows['dimension'].nunique()} aspects.",
        rows=rows,
        body=lambda: st.html(table),
    )
    card.draw(card_of(shown, catalogue, words), None, catalogue)
