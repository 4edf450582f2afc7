"""Technology leadership against diversification: innovation, research, and side by side."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.frameworks import framework, statements
from dashboard.charts.grids import Field, Line, describe_grid, grid
from dashboard.ui import card
from dashboard.ui.semiconductors.parts import drawn
from dashboard.ui.upgrading.parts import Words, beside, card_of, opener
from dashboard.ui.upgrading.settle import UpgradingState

STRATEGIES = ("technology_diversification", "technology_leadership")
ASPECTS = (
    *("definition", "who", "requirements", "cost_and_risk", "advantages", "rationale"),
    *("examples", "hoped_for_use", "policy"),
)
# Kinds of innovation by components and architecture, as the paper defines them.
COMPONENTS = {"new": "New components", "known": "Known components"}
ARCHITECTURES = {"kept": "Architecture kept", "changed": "Architecture changed"}
KINDS = {("new", "changed"): "radical", ("known", "changed"): "architectural"}
NO_KIND = "not a kind of the paper"


def draw(catalogue: Catalogue, shown: UpgradingState) -> None:
    """What each strategy asks of research, then the kinds of innovation they rest on."""
    _research(catalogue, shown)
    _innovation(catalogue, shown)


def _research(catalogue: Catalogue, shown: UpgradingState) -> None:
    of = framework(catalogue, "rd_categories")
    strategies = {
        item.element_id: item for item in framework(catalogue, "technology_strategies").elements
    }
    columns = [strategies[name].name for name in STRATEGIES]
    lines = []
    for item in of.elements:
        fields = []
        for name in STRATEGIES:
            said = item.said(name)
            fields.append(
                Field(said[0].text, key=of.address(item))
                if said
                else Field("–", mark="empty", hover="not said", key=of.address(item))
            )
        lines.append(Line(item.name, fields))
    counts = [sum(line.fields[at].mark == "said" for line in lines) for at in range(len(columns))]
    words = Words(
        key="research",
        title="What each strategy asks of research and development",
        subtitle="Kinds of research from the least to the most complex · – the paper does not say",
        alt=describe_grid(columns, lines),
        sentence="; ".join(
            f"{name} rests on {number} of the {len(lines)} kinds"
            for name, number in zip(columns, counts, strict=True)
        )
        + ".",
        rows=statements([of]),
    )
    card.draw(
        card_of(shown, catalogue, words),
        drawn(("upgrading_research",), lambda look: grid(columns, lines, look)),
        catalogue,
        listeners=opener(),
    )


def _innovation(catalogue: Catalogue, shown: UpgradingState) -> None:
    of = framework(catalogue, "innovation_kinds")
    by_id = {item.element_id: item for item in of.elements}
    lines = []
    for component, caption in COMPONENTS.items():
        fields = []
        for architecture in ARCHITECTURES:
            name = KINDS.get((component, architecture))
            if name is None:
                fields.append(Field(NO_KIND, mark="empty"))
                continue
            [said] = by_id[name].said("definition")
            fields.append(Field(said.text, head=by_id[name].name, key=of.address(by_id[name])))
        lines.append(Line(caption, fields))
    columns = list(ARCHITECTURES.values())
    words = Words(
        key="innovation",
        title="Radical and architectural innovation",
        subtitle="By what is new: the components, or the way they work together",
        alt=describe_grid(columns, lines),
        sentence=" ".join(
            f"{item.name} is the aim of {said.text[:1].lower()}{said.text[1:]}"
            for item in of.elements
            for said in item.said("strategy")
        ),
        findings=[
            Finding(
                "missing",
                "two_kinds",
                "The paper speaks of two kinds; the other two fields stay empty.",
            )
        ],
        rows=statements([of]),
    )
    card.draw(
        card_of(shown, catalogue, words),
        drawn(("upgrading_innovation",), lambda look: grid(columns, lines, look)),
        catalogue,
        listeners=opener(),
    )


def below(catalogue: Catalogue, shown: UpgradingState) -> None:
    """The strategies side by side."""
    of = framework(catalogue, "technology_strategies")
    table = beside(of.name, of, {"": ASPECTS}, catalogue)
    names = ", ".join(item.name.lower() for item in of.elements)
    words = Words(
        key="strategies",
        title=f"{of.name}, side by side",
        subtitle="What Ernst (2007) says of each for China's IT industry",
        alt=f"Table of {names}: {len(ASPECTS)} aspects.",
        rows=statements([of]),
        body=lambda: st.html(table),
    )
    card.draw(card_of(shown, catalogue, words), None, catalogue)
