"""Figures that stand beside the papers' cases: which indicators say what a case is like."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue

# Of each case: how large it is, what it sells, and what part outsiders have in it.
OF_CASE = {
    "idn_jepara_furniture": (
        "cluster_firms",
        "cluster_employees",
        "export_value",
        "foreign_firm_export_share",
    ),
    "twn_floriculture": (
        "export_value_flowers",
        "orchid_share_flower_exports",
        "flower_area",
        "average_farm_size_ha",
    ),
    "tha_automotive": (
        "automobile_exports_usd_mn",
        "automobile_production_units",
        "first_tier_tnc_share",
        "suppliers_iso_share",
    ),
    "bangalore": (
        "software_exports_inr_crore",
        "share_india_it_exports",
        "multinational_share_exports",
        "sme_share_it_revenue",
    ),
    "jpn_fukuoka_system_lsi": (
        "system_lsi_firms",
        "universities",
        "rank_lsi_academic_concentration",
    ),
}
# Of the elements that speak of single figures: which ones, and whose.
OF_ELEMENT = {
    "global_factory.direct_investment": (
        ("CHN", "fie_share_exports"),
        ("CHN", "fie_share_hightech_exports"),
        ("CHN", "taiwan_fie_share_pc_handset_exports"),
        ("CHN", "fdi_net_inflows_gdp"),
        ("CHN", "rank_offshore_rd_location"),
    ),
    "global_factory.venture_capital": (
        ("beijing", "case_startup_engineers"),
        ("beijing", "case_startup_masters_share"),
        ("chn_it_industry", "global_private_equity"),
        ("chn_it_industry", "private_equity_firm_portfolio_employment"),
    ),
    "global_factory.social_networks": (("CHN", "students_in_us_universities"),),
    "global_factory.achievements": (("CHN", "rank_it_exporter"), ("CHN", "rank_it_importer")),
    "global_factory.weaknesses": (
        ("chn_it_industry", "global_rd_share_seven_countries"),
        ("USA", "global_rd_share_usa"),
    ),
    "production_types.complex": (("chn_it_industry", "chip_design_cost_90nm"),),
    "technology_strategies.technology_leadership": (
        ("CHN", "supercomputer_rank"),
        ("CHN", "supercomputer_peak_tflops"),
        ("CHN", "rd_expenditure_gdp"),
    ),
}


def figures_beside(
    catalogue: Catalogue, element: str, place_ids: Sequence[str], most: int
) -> pd.DataFrame:
    """The newest figures that stand beside an element of a framework.

    Args:
        catalogue: holds the figures.
        element: address of the element; its own figures come first.
        place_ids: the cases it is tied to, whose figures follow in turn.
        most: how many rows at most.

    Returns:
        Rows as `Catalogue.series` returns them, one for each indicator and place; empty where the
        data hold no figure of them.
    """
    wanted = list(OF_ELEMENT.get(element, ()))
    of_cases = [
        [(key, indicator) for indicator in OF_CASE[key]] for key in place_ids if key in OF_CASE
    ]
    each = max(1, (most - len(wanted)) // len(of_cases)) if of_cases else 0
    wanted += [pair for pairs in of_cases for pair in pairs[:each]]
    newest = [catalogue.latest(place_id, [name]) for place_id, name in wanted[:most]]
    held = [rows for rows in newest if not rows.empty]
    return pd.concat(held, ignore_index=True) if held else catalogue.nothing
