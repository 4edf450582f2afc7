"""The views by industry type, weakest node and level of decision, with the frameworks they use."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.frameworks import Framework
from dashboard.catalogue.lessons import Lesson, lessons
from dashboard.catalogue.vocabulary import ADDRESSEES, INDUSTRY_TYPES
from dashboard.charts.formats import words
from dashboard.ui import markup
from dashboard.ui import state as address_state
from dashboard.ui.figures import source_details
from dashboard.ui.lessons import east_west, parts, told
from dashboard.ui.lessons.settle import BELONGS, PAGE, LessonsState
from dashboard.ui.terms import marked

SCHOOLS = {
    "general": "Asian SME clusters",
    "traditional_manufacturing": "Traditional manufacturing",
    "natural_resource_based": "Natural-resource-based industry",
    "complex_product_systems": "Complex product systems",
    "specialised_suppliers": "Specialised suppliers",
    "eastern": "Eastern approach",
    "western": "Western approach",
    "sme_implication": "SMEs in clusters",
    "transnational": "Clusters across borders",
    "industrial_upgrading": "Industrial upgrading",
    "soft_capability": "Soft capabilities",
    "product_specialisation": "Kinds of product",
    "upgrading_type": "Types of upgrading",
}


def types(catalogue: Catalogue, state: LessonsState) -> None:
    """Policy by type of industry: a matrix that opens lessons, the papers' tables, the lessons."""
    _matrix_card(catalogue, state)
    groups = {
        words(name): [item for item in state.chosen if name in item.industry_types]
        for name in INDUSTRY_TYPES
    }
    told.lessons_card(catalogue, state, groups, "Lessons that name a type of industry")
    cells = "The paper's table cell by cell · each cell with its source"
    parts.framework_card(catalogue, state, "cluster_comparison_2006", cells)
    parts.framework_card(catalogue, state, "cluster_comparison_2008", cells)
    parts.framework_card(
        catalogue, state, "case_selection", "Why these four, and what they stand for"
    )
    parts.framework_card(
        catalogue,
        state,
        "clusters_in_developing_economies",
        "Against the clusters that theory was made from",
    )


def _matrix_card(catalogue: Catalogue, state: LessonsState) -> None:
    """Number of lessons by aspect of policy and the type of industry that they name."""
    chosen = [item for item in lessons(catalogue) if BELONGS["types"](item)]
    aspects = list(dict.fromkeys(item.dimension for item in chosen))

    def link(name: str, dimension: str) -> str:
        found = [
            item for item in chosen if name in item.industry_types and item.dimension == dimension
        ]
        if not found:
            return '<span class="hint">none</span>'
        address = address_state.address(
            PAGE, view="types", industry_type=name, dimension=dimension, lesson=found[0].lesson_id
        )
        label = f"{markup.count(len(found), 'lesson')}: {words(name)}, {parts.aspect(dimension)}"
        return f'<a href="{escape(address)}" aria-label="{escape(label)}">{len(found)}</a>'

    lines = [
        (escape(parts.aspect(name)), *(link(kind, name) for kind in INDUSTRY_TYPES))
        for name in aspects
    ]
    title = "Lessons by type of industry and aspect of policy"
    way = address_state.address(PAGE, view="types", industry_type="", dimension="", lesson="")
    back = f'<p class="hint"><a href="{escape(way)}">Show the lessons of every type below</a></p>'
    empty = [
        words(kind)
        for kind in INDUSTRY_TYPES
        if not any(kind in item.industry_types for item in chosen)
    ]
    silent = f" No lesson names: {', '.join(empty).lower()}." if empty else ""
    parts.table_card(
        catalogue,
        state,
        "matrix",
        markup.table(title, ("Aspect", *map(words, INDUSTRY_TYPES)), lines,
                     numbers=range(1, len(INDUSTRY_TYPES) + 1)) + back,
        parts.lesson_rows(chosen, catalogue),
        title=title,
        subtitle="Number of lessons that name the type themselves · a number opens them below",
        sentence=f"{parts.counted(chosen)}{silent}",
        thing="lesson",
    )  # fmt: skip


def weakest(catalogue: Catalogue, state: LessonsState) -> None:
    """The weakest node of each type with its policy, of the other cases, and the lessons."""
    parts.framework_card(
        catalogue,
        state,
        "weakest_node",
        "By type of industry: what holds firms back in both papers, and what policy should do",
        body=lambda found: _nodes(found, catalogue),
    )
    _profiles_card(
        catalogue,
        state,
        "weakest_node",
        "The weakest node of every case of the papers",
        "What the papers say holds each case back · a case leads to its page",
    )
    told.lessons_card(
        catalogue, state, {"Weakest nodes and selective policy": state.chosen}, "Lessons"
    )


def _nodes(found: Framework, catalogue: Catalogue) -> str:
    """Types as rows, what is weak and what to do as columns, then the principle."""
    columns = ("weakest_node", "weakest_node_2008", "policy")
    typed = [item for item in found.elements if item.said("weakest_node")]
    lines = [
        (
            escape(item.name),
            *(
                "".join(parts.cell(said, catalogue) for said in item.said(name))
                or '<span class="hint">not said</span>'
                for name in columns
            ),
        )
        for item in typed
    ]
    heads = ("Type of industry", "Weakest node, 2006", "Weakest node, 2008", "Policy")
    rest = [item for item in found.elements if item not in typed]
    principle = "".join(
        f'<h3 class="section">{escape(item.name)}</h3>'
        + markup.facts(
            [
                (parts.aspect(said.dimension), parts.cell(said, catalogue))
                for said in item.statements
            ]
        )
        for item in rest
    )
    return markup.table(found.name, heads, lines) + principle


def _profiles_card(
    catalogue: Catalogue, state: LessonsState, dimension: str, title: str, subtitle: str
) -> None:
    """What the papers say of every case in one respect."""
    table = catalogue.table("profiles")
    own = table[table["dimension"] == dimension]
    own = own.assign(name=[catalogue.places[key].name for key in own["place_id"]])
    lines = []
    for place_id, group in own.groupby("place_id", sort=False):
        place = catalogue.places[str(place_id)]
        said = "".join(
            f"<div>{marked(row.text)} {source_details(row, catalogue)}</div>"
            for row in group.itertuples()
        )
        kind = words(place.industry_type) if place.industry_type else "not assigned"
        mark = " (curators)" if place.industry_type_basis == "curator" else ""
        name = parts.place_links([place.place_id], catalogue)
        lines.append((name, escape(f"{kind}{mark}"), said))
    rows = pd.DataFrame(
        {
            "case": list(own["name"]),
            "text": list(own["text"]),
            "source": [catalogue.sources[key].title for key in own["source_id"]],
            "locator": list(own["locator"]),
            "source_id": list(own["source_id"]),
        }
    )
    parts.table_card(
        catalogue,
        state,
        f"{dimension}_cases",
        markup.table(title, ("Case", "Industry type", "What the papers say"), lines),
        rows,
        title=title,
        subtitle=subtitle,
        sentence=f"{markup.count(len(own), 'statement')} on {markup.count(len(lines), 'case')}.",
    )


def decides(catalogue: Catalogue, state: LessonsState) -> None:
    """Centre, region or branches of the centre; several levels at once; who does what."""
    parts.framework_card(
        catalogue, state, "decision_level", "Three arrangements, and what each suits"
    )
    _profiles_card(
        catalogue,
        state,
        "decision_level",
        "Who decides in each case of the papers",
        "Where decisions are taken · a case leads to its page",
    )
    told.lessons_card(catalogue, state, {"On levels, leaders and bodies": state.chosen}, "Lessons")
    parts.framework_card(
        catalogue, state, "multi_scalar_governance", "Levels from local to transnational"
    )
    parts.framework_card(
        catalogue, state, "fukuoka_tasks", "What the prefecture's promotion committee of 2001 does"
    )
    parts.framework_card(catalogue, state, "policy_dimensions", "What cluster policy can vary in")
    parts.framework_card(
        catalogue, state, "policy_approaches", "Two ministries' ways, and what came before"
    )
    parts.framework_card(
        catalogue, state, "research_alliances", "Who leads joint research, and how"
    )


def east_and_west(catalogue: Catalogue, state: LessonsState) -> None:
    """Both approaches in facing columns, their programmes' figures, and the lessons."""
    east_west.points_card(catalogue, state)
    groups = {
        SCHOOLS[name]: [item for item in state.chosen if item.approach == name]
        for name in ("western", "eastern")
    }
    told.lessons_card(catalogue, state, groups, "The same as lessons")
    east_west.figures_card(catalogue, state)
    east_west.money_card(catalogue)


def whom(catalogue: Catalogue, state: LessonsState) -> None:
    """Lessons by whom the paper addresses."""
    groups: dict[str, list[Lesson]] = {
        f"For {parts.ADDRESSED[name]}": [item for item in state.chosen if name in item.for_whom]
        for name in state.selection.for_whom or ADDRESSEES
    }
    told.lessons_card(catalogue, state, groups, "Lessons for firms, for regions, for ministries")


def everything(catalogue: Catalogue, state: LessonsState) -> None:
    """Every lesson, by school."""
    groups: dict[str, list[Lesson]] = {
        SCHOOLS.get(name, words(name)): [item for item in state.chosen if item.approach == name]
        for name in dict.fromkeys(item.approach for item in state.chosen)
    }
    told.lessons_card(catalogue, state, groups, "All lessons of the five papers")
