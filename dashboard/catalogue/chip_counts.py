"""Who has how much of the world's chips: questions, and the rival counts that answer each.

The counts of one question measure different things or come from different counters. They are never
one table of rows to be ranked: each keeps its own panel, and the question says why.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.selection import Selection

# What stands between the name of a firm or stage and the whole that it has a share of.
OF_WHOLE = " in the "


@dataclass(frozen=True)
class Count:
    """One count: rows of these indicators may stand in one chart.

    `name` is a title; several `indicators` are firms or stages of one whole.
    """

    count_id: str
    name: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What is asked, the counts that answer it, and `why` they must not be set against each other.

    `chapter` says with which other questions it belongs.
    """

    chapter: str
    name: str
    why: str
    counts: tuple[Count, ...]


FOUNDRY_FIRMS = (
    "tsmc",
    "samsung",
    "smic",
    "umc",
    "globalfoundries",
    "hua_hong",
    "vis",
    "psmc",
    "nexchip",
    "db_hitek",
)

QUESTIONS: tuple[Question, ...] = (
    Question(
        "capacity",
        "Where wafer capacity is installed, share of the world",
        "rival counts of one thing, in which an economy has different levels in the same year. "
        "Read each count against itself only.",
        (
            Count(
                "ic_insights",
                "Wafer capacity as IC Insights and Knometa count it",
                ("wafer_capacity_share_ic_insights",),
            ),
            Count(
                "semi",
                "Wafer capacity as the equipment industry counts it (SEMI)",
                ("wafer_capacity_share_semi",),
            ),
            Count(
                "bcg_sia",
                "Manufacturing capacity by decade (BCG, SIA), in fragments",
                ("manufacturing_share_bcg_sia",),
            ),
            Count(
                "bcg_sia_forecast",
                "Manufacturing capacity in 2032 as BCG and SIA forecast it",
                ("manufacturing_share_bcg_sia_forecast",),
            ),
            Count(
                "us_europe",
                "Chip output of the United States and Europe together, as bounds",
                ("manufacturing_share_us_europe",),
            ),
        ),
    ),
    Question(
        "capacity",
        "Wafer capacity in wafers a month",
        "one count is of integrated circuits only, the other of more; both in wafers of 200 mm.",
        (
            Count(
                "wafers_ic",
                "Capacity for integrated circuits (Knometa)",
                ("wafer_capacity_mn_per_month",),
            ),
            Count(
                "wafers_semi",
                "Capacity as the equipment industry counts it (SEMI)",
                ("wafer_capacity_mn_per_month_semi",),
            ),
        ),
    ),
    Question(
        "foundry",
        "Where foundry capacity stands",
        "three wholes, which are all foundry capacity, that at 16 nm and below, and capacity at "
        "mature nodes. A share of one says nothing of another.",
        (
            Count("foundry_all", "Foundry capacity, all nodes", ("foundry_capacity_share",)),
            Count(
                "foundry_advanced",
                "Foundry capacity at 16 nm and below",
                ("foundry_advanced_capacity_share",),
            ),
            Count("mature", "Capacity at mature nodes", ("mature_process_capacity_share",)),
        ),
    ),
    Question(
        "foundry",
        "Who earns the foundry revenue",
        "by home of the firm, by firm, or by place of the plant; home of the firm takes in what "
        "its plants abroad make. Quarters are not years.",
        (
            Count(
                "foundry_by_home",
                "Foundry revenue by home of the firm",
                ("foundry_revenue_share_economy",),
            ),
            Count(
                "foundry_by_firm",
                "Foundry revenue by firm",
                tuple(f"foundry_revenue_share_{firm}" for firm in FOUNDRY_FIRMS),
            ),
            Count(
                "foundry_by_place",
                "Foundry output by place of the plant",
                ("share_world_foundry_output",),
            ),
        ),
    ),
    Question(
        "chain",
        "Sales by home of the firm",
        "one count is of integrated circuits, others are of all semiconductors or of memory, each "
        "by another counter. Home of the firm is not place of production.",
        (
            Count(
                "ic_by_home",
                "Sales of integrated circuits by home of the firm (IC Insights)",
                ("ic_sales_share_by_headquarters",),
            ),
            Count(
                "chips_by_home",
                "Sales of semiconductors by home of the firm, as Japan's ministry quotes them",
                ("semiconductor_sales_share_by_headquarters",),
            ),
            Count(
                "revenue_by_home",
                "Revenue of semiconductors by home of the firm",
                ("semiconductor_revenue_share_economy",),
            ),
            Count(
                "memory_by_home",
                "Sales of memory by home of the firm",
                ("memory_market_share_economy",),
            ),
            Count(
                "devices",
                "Semiconductor devices at the end of the 1980s, firms or plants not said",
                ("semiconductor_world_share",),
            ),
        ),
    ),
    Question(
        "chain",
        "Design, manufacturing, wafers started, equipment",
        "each stage of the supply chain is a whole of its own, and shares cannot be ranked or "
        "added across stages.",
        (
            Count("design", "Chip design, by home of firm", ("ic_design_revenue_share_economy",)),
            Count("manufacturing", "Chip manufacturing", ("ic_manufacturing_share_world",)),
            Count("wafer_starts", "Wafers started", ("share_world_wafer_starts",)),
            Count("equipment", "Chip equipment", ("share_world_semiconductor_equipment",)),
            Count(
                "market",
                "Share of the world market, measure not said",
                ("share_world_semiconductor_market",),
            ),
        ),
    ),
    Question(
        "chain",
        "Assembly and test",
        "revenue by home of the firm against output by place of the plant; and Taiwan's two years "
        "rest on different definitions.",
        (
            Count(
                "assembly_by_home",
                "Packaging and test revenue by home of the firm",
                ("packaging_test_revenue_share_economy",),
            ),
            Count(
                "assembly_by_place",
                "Assembly and test by place of the plant, an economy",
                ("packaging_test_share_world",),
            ),
            Count(
                "assembly_in_hub",
                "Assembly and test by place of the plant, a hub",
                ("share_world_backend",),
            ),
            Count(
                "processors",
                "Assembly of microprocessors, a hub",
                ("share_world_microprocessor_assembly",),
            ),
        ),
    ),
    Question(
        "chain",
        "Stages within an economy's own chip industry",
        "parts of two national totals, of sales in China and of a measure that the source does not "
        "name in Taiwan.",
        (
            Count(
                "stages_china",
                "Design, manufacturing and packaging in the chip sales of China",
                (
                    "ic_industry_share_design",
                    "ic_industry_share_manufacturing",
                    "ic_industry_share_packaging_test",
                ),
            ),
            Count(
                "stages_taiwan",
                "Design, foundry, memory and packaging in the chip industry of Taiwan",
                (
                    "ic_value_chain_share_design",
                    "ic_value_chain_share_foundry",
                    "ic_value_chain_share_memory",
                    "ic_value_chain_share_packaging_test",
                ),
            ),
        ),
    ),
)


def questions_of(chapter: str) -> tuple[Question, ...]:
    """The questions of a chapter: capacity, foundry or chain.

    Raises:
        UnknownIdentifierError: if there is no such chapter.
    """
    found = tuple(question for question in QUESTIONS if question.chapter == chapter)
    if not found:
        chapters = list(dict.fromkeys(question.chapter for question in QUESTIONS))
        raise UnknownIdentifierError("chapter", chapter, chapters)
    return found


def rows_of(catalogue: Catalogue, count: Count, selection: Selection | None = None) -> pd.DataFrame:
    """Every dated row of a count: rivals, quarters, bounds and forecasts too.

    Args:
        catalogue: holds the rows.
        count: one of a question's counts.
        selection: keeps its places, the hubs of its economies, and its years; None keeps all.

    Returns:
        Rows as `Catalogue.observations` returns them, by year and then from the highest, with
        `label`: the place, or the firm or stage where the count has several indicators.
    """
    parts = [catalogue.observations(key) for key in count.indicators]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[rows["year"].notna()]
    if selection is not None:
        if selection.places:
            rows = rows[[_is_meant(catalogue, key, selection) for key in rows["place_id"]]]
        if selection.first_year is not None:
            rows = rows[rows["year"] >= selection.first_year]
        if selection.last_year is not None:
            rows = rows[rows["year"] <= selection.last_year]
    labels = rows["place_id"].map(catalogue.label)
    if len(count.indicators) > 1:
        names = {key: catalogue.indicators[key].name for key in count.indicators}
        labels = rows["indicator_id"].map(lambda key: names[key].split(OF_WHOLE)[0])
    rows = rows.assign(label=labels.astype("object"))
    return rows.sort_values(
        ["year", "period_note", "value"], ascending=[True, True, False], kind="stable"
    ).reset_index(drop=True)


def verdict_on(question: Question) -> Finding:
    """Why the counts of a question must not be set against each other."""
    return Finding("not_comparable", "rival_counts", f"Not comparable: {question.why}")


@of_package(8)
def places_counted(catalogue: Catalogue, chapter: str) -> tuple[str, ...]:
    """Identifiers of the places that the counts of a chapter have rows of, economies first."""
    found = {
        str(key)
        for question in questions_of(chapter)
        for count in question.counts
        for key in rows_of(catalogue, count)["place_id"]
    }
    order = {key: at for at, key in enumerate(catalogue.places)}
    return tuple(
        sorted(found, key=lambda key: (catalogue.places[key].kind != "economy", order[key]))
    )


def _is_meant(catalogue: Catalogue, place_id: str, selection: Selection) -> bool:
    place = catalogue.places[place_id]
    own = {place_id, *place.economies} if place.kind == "hub" else {place_id}
    return bool(own & set(selection.places))
