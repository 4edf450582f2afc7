"""Eastern and western approaches to cluster policy, point by point, with what shows them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.frameworks import Element, framework
from dashboard.catalogue.lessons import lessons
from dashboard.catalogue.programme_amounts import MONEY_GROUPS
from dashboard.catalogue.selection import Selection
from dashboard.charts.theme import theme
from dashboard.ui import card, links, markup, wording
from dashboard.ui import state as address_state
from dashboard.ui.figures import source_details
from dashboard.ui.lessons import parts
from dashboard.ui.lessons.settle import PAGE, LessonsState
from dashboard.ui.programmes import ministries
from dashboard.ui.programmes.parts import Sheet
from dashboard.ui.programmes.settle import settle as programmes_settle
from dashboard.ui.resources import kept_of_package, look, package
from dashboard.ui.terms import marked

FRAMEWORK = "cluster_approaches"
# The side of each programme of which the atlas holds figures beside the paper's own.
PROGRAMMES = {
    "jp_meti_icp1": "Eastern",
    "jp_mext_kci1": "Eastern",
    "gb_glasgow_jes": "Western",
    "eu_ris": "Western",
}
CASES = {
    "western": ("gbr_glasgow_west_scotland", "gbr_west_midlands", "irl_shannon"),
    "eastern": ("jpn_industrial_cluster_plan",),
}


@dataclass(frozen=True)
class Point:
    """One point of the comparison: its dimension in the framework, in profiles and in lessons."""

    name: str
    dimension: str
    profile: str = ""
    lesson: str = ""


# In the order of the paper's list of western lessons, then what it says of the East alone.
POINTS = (
    Point("Commitment", "commitment", "policy_commitment", "policy_commitment"),
    Point("Core body", "core_body", "core_body", "core_body"),
    Point("Local partnership", "local_partnership", "local_partnership", "local_partnership"),
    Point("Strategy and joined-up policy", "strategy", "policy_integration", "strategy"),
    Point("Targets", "targets", "strategic_targets", "strategic_targets"),
    Point("Universities", "universities", "knowledge_providers", "knowledge_providers"),
    Point("Social aims", "social_aims", "social_aims", "social_aims"),
    Point("People and skills", "human_capital", "human_capital", "human_capital"),
    Point("Local initiative", "local_initiative", "local_initiative", "local_initiative"),
    Point("Measures for SMEs", "sme_measures", "sme_measures", "sme_measures"),
    Point("Local resources", "use_of_local_resources", "use_of_local_resources",
          "use_of_local_resources"),
    Point("Warning", "warning", "", "overall"),
)  # fmt: skip
# The eastern lesson on a point has another name for it.
EASTERN_LESSON = {"strategy": "policy_integration"}


def points_card(catalogue: Catalogue, state: LessonsState) -> None:
    """Draw both approaches in facing columns."""
    found = framework(catalogue, FRAMEWORK)
    sides = {element.element_id: element for element in found.elements}
    lines = [
        (
            escape(point.name),
            *(_side(point, sides[key], state, catalogue) for key in ("western", "eastern")),
        )
        for point in POINTS
    ]
    heads = ("Point", sides["western"].name, sides["eastern"].name)
    table = markup.table(found.name, heads, lines)
    both = sum(
        all(sides[key].said(point.dimension) for key in ("western", "eastern")) for point in POINTS
    )
    rows = parts.statements_frame([found], catalogue)
    parts.table_card(
        catalogue,
        state,
        FRAMEWORK,
        f'<div class="framework">{table}</div>',
        rows,
        title=found.name,
        subtitle="Point by point, with the cases that show it · “not said”: the paper is silent",
        sentence=f"{len(POINTS)} points: on {both} the paper speaks of both sides, on "
        f"{len(POINTS) - both} of one.",
        findings=[
            Finding(
                "caution",
                "reach",
                "The western side is what three regions have in common, the eastern side Japan's "
                "national plan of 2002: one author's comparison, mostly Scottish and Japanese.",
            )
        ],
    )


def _side(point: Point, side: Element, state: LessonsState, catalogue: Catalogue) -> str:
    said = side.said(point.dimension)
    if not said:
        return '<span class="hint">not said</span>'
    texts = "".join(parts.cell(item, catalogue) for item in said)
    lesson = EASTERN_LESSON.get(point.lesson, point.lesson) if side.element_id == "eastern" else (
        point.lesson
    )  # fmt: skip
    ways = [
        links.anchor(
            address_state.address(PAGE, view=state.view, lesson=item.lesson_id),
            "Open as a lesson, below",
        )
        for item in lessons(catalogue)
        if item.approach == side.element_id
        and item.dimension == lesson
        and set(item.place_ids) <= set(CASES[side.element_id])
    ]
    return f"{texts}{_evidence(point, side.element_id, catalogue)}{' '.join(ways)}"


def _evidence(point: Point, side: str, catalogue: Catalogue) -> str:
    """What the profiles of the side's cases say on the point, folded."""
    table = catalogue.table("profiles")
    rows = table[table["place_id"].isin(CASES[side]) & (table["dimension"] == point.profile)]
    if rows.empty:
        return ""
    lines = [
        f"{parts.place_links([row.place_id], catalogue)}"
        + (f", {row.rating}" if row.rating != "unrated" else "")
        + f": {marked(row.text)} ({escape(row.locator)})"
        for row in rows.itertuples()
    ]
    head = f"<summary>evidence ({len(rows)})</summary>"
    return f"<details>{head}{markup.listed(lines, 'remarks')}</details>"


def money_card(catalogue: Catalogue) -> None:
    """Draw what the two Japanese programmes cost year by year, as the page of programmes does."""
    sheet = _money_sheet(look().mode)
    card.draw(sheet.card, sheet.drawing, catalogue)


@kept_of_package
def _money_sheet(mode: str) -> Sheet:
    """The card, built once for all readers in each mode of colours."""
    shown, _ = programmes_settle(package(), Selection(view="ministries"))
    return ministries.sheets(package(), shown, theme(mode))[0]


def figures_card(catalogue: Catalogue, state: LessonsState) -> None:
    """Draw the amounts of the programmes of both sides that the atlas holds."""
    table = catalogue.table("programme_funding")
    own = table[table["programme_id"].isin(PROGRAMMES)]
    is_paper = own["source_id"] == "seed_mitsui_2003"
    own = own[is_paper | (own["headline"] & own["measure_group"].isin(MONEY_GROUPS))]
    order = {key: at for at, key in enumerate(PROGRAMMES)}
    own = own.sort_values("programme_id", key=lambda cells: cells.map(order), kind="stable")
    without = [key for key in PROGRAMMES if key not in set(own["programme_id"])]
    lines = [
        (
            links.anchor(
                links.programme_money(row["programme_id"]),
                catalogue.programme_names[row["programme_id"]],
            ),
            PROGRAMMES[row["programme_id"]],
            escape(wording.amount_words(row, catalogue)),
            escape(wording.amount(row)),
            source_details(row, catalogue),
        )
        for _, row in own.iterrows()
    ]
    title = "Figures of the programmes on both sides"
    heads = ("Programme", "Side", "Period, and what it is", "As printed", "Document")
    rows = pd.DataFrame(
        {
            "programme": [catalogue.programme_names[key] for key in own["programme_id"]],
            "side": [PROGRAMMES[key] for key in own["programme_id"]],
            "what": [wording.amount_words(row, catalogue) for _, row in own.iterrows()],
            "amount": [wording.amount(row) for _, row in own.iterrows()],
            "source": [catalogue.sources[key].title for key in own["source_id"]],
            "locator": list(own["locator"]),
            "source_id": list(own["source_id"]),
        }
    )
    findings = [
        Finding(
            "not_comparable",
            "amounts",
            "Amounts are of other years, currencies and things: they show what each side is, not "
            "which spent more.",
        )
    ]
    if without:
        names = "; ".join(catalogue.programme_names[key] for key in without)
        findings.append(Finding("missing", "none_held", f"No amount is held of: {names}."))
    parts.table_card(
        catalogue,
        state,
        "figures",
        markup.table(title, heads, lines, numbers=(3,)),
        rows,
        title=title,
        subtitle="Amounts and counts as printed · a name leads to all money of the programme",
        sentence=f"{markup.count(len(own), 'figure')} of "
        f"{markup.count(own['programme_id'].nunique(), 'programme')}, "
        f"{int((own['source_id'] == 'seed_mitsui_2003').sum())} of them from the paper itself.",
        thing="figure",
        findings=findings,
    )
