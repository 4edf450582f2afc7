"""Where a place stands among the economies of the atlas: its rank in a year, or why it has none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard.catalogue.belt import economies_of
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.model import Indicator

# A rank among two says nothing.
FEWEST = 3
# The newest year is often a handful of early reporters: a year counts when it has this part of the
# economies of the best-covered one.
ENOUGH = 0.5

# Known from one side only, so that no rank can be told.
BOUNDS = ("at_least", "at_most", "range")

# Figures that tell most of an economy, by topic, those that most economies have first.
KEY_FIGURES = {
    "sme": (
        "sme_share_enterprises",
        "sme_share_employment",
        "sme_share_value_added",
        "sme_share_exports",
    ),
    "fdi": (
        "fdi_inward_flow_gdp_unctad",
        "fdi_inward_stock_gdp_unctad",
        "fdi_outward_stock_gdp_unctad",
        "fdi_inward_stock_usd_mn",
    ),
    "rd": (
        "rd_expenditure_gdp",
        "researchers_per_million",
        "rd_performed_business_share",
        "uspto_semiconductor_patents",
    ),
    "semiconductors": (
        "foundry_capacity_share",
        "wafer_capacity_share_semi",
        "foundry_advanced_capacity_share",
        "wafer_capacity_share_ic_insights",
    ),
    "structure": (
        "manufacturing_va_gdp",
        "medhigh_tech_exports_share",
        "hightech_exports_share",
        "exports_gdp",
    ),
    "human_capital": ("tertiary_enrolment_gross",),
    "context": ("gdp_current_usd", "gdp_pcap_ppp_const2021", "population", "cpi_inflation"),
}

REASONS = {
    "scope": "sectors differ",
    "industry": "industries differ",
    "firm_scale": "sizes of firm differ",
    "sme_definition": "legal SME limits differ",
    "sme_definition_unstated": "not every source names its SME limits",
}


@dataclass(frozen=True, eq=False)
class Standing:
    """The newest value of an economy, and how it stands among those of the atlas in one year.

    Attributes:
        indicator: what is measured.
        series: all drawn rows of the economy, oldest first; the last one is the newest value.
        year: the year that is compared: the newest one in which enough economies have a value,
            or the newest of the economy where none has.
        value: of the economy in that year.
        qualifier: how firm that value is.
        economies: those with a value in that year, the economy itself included; values known as a
            bound only are left out.
        bounds: those left out for that.
        rank: 1 for the highest (for the lowest, where lower is better); None without a rank.
        is_tied: another economy has the same rank.
        median: of the atlas's economies in that year; None without a rank.
        reason: why there is no rank; empty with one.
        findings: what speaks against comparing, or asks for care.
    """

    indicator: Indicator
    series: pd.DataFrame
    year: int
    value: float
    qualifier: str
    economies: tuple[str, ...]
    bounds: tuple[str, ...] = ()
    rank: int | None = None
    is_tied: bool = False
    median: float | None = None
    reason: str = ""
    findings: tuple[Finding, ...] = ()

    @cached_property
    def newest(self) -> Any:
        """The newest row, as `itertuples` gives it."""
        return next(self.series.tail(1).itertuples())


def standing(catalogue: Catalogue, place_id: str, indicator_id: str) -> Standing | None:
    """How an economy stands by an indicator, or None if it has no value that is drawn.

    The group are the economies in focus; a neighbour is ranked with them, and the median is
    theirs alone.

    Raises:
        UnknownIdentifierError: if the indicator is not in the catalogue.
    """
    indicator = catalogue.indicator(indicator_id)
    focus = economies_of(catalogue, in_focus=True)
    rows = catalogue.series(indicator_id, {*focus, place_id})
    own = rows[rows["place_id"] == place_id].reset_index(drop=True)
    if own.empty:
        return None
    year = _year(rows, own)
    alike = rows[rows["year"] == year]
    is_bound = alike["qualifier"].isin(BOUNDS)
    firm = alike[~is_bound]
    row = alike[alike["place_id"] == place_id].iloc[0]
    found = _judged(catalogue, indicator_id, year, tuple(alike["place_id"]))
    common: dict[str, Any] = {
        "indicator": indicator,
        "series": own,
        "year": year,
        "value": float(row["value"]),
        "qualifier": str(row["qualifier"]),
        "economies": tuple(firm["place_id"]),
        "bounds": tuple(alike.loc[is_bound, "place_id"]),
        "findings": tuple(item for item in found if item.severity in ("not_comparable", "caution")),
    }
    reason = _reason(catalogue, alike, found) if len(alike) > 1 else ""
    if row["qualifier"] in BOUNDS:
        reason = reason or "No rank: the value is a bound or a range."
    elif not reason and len(firm) < FEWEST:
        reason = _too_few(len(firm) - 1, year)
    if reason:
        return Standing(**common, reason=reason)
    values = firm["value"]
    ahead = values < row["value"] if indicator.better == "lower" else values > row["value"]
    return Standing(
        **common,
        rank=int(ahead.sum()) + 1,
        is_tied=int((values == row["value"]).sum()) > 1,
        median=float(firm.loc[firm["place_id"].isin(focus), "value"].median()),
    )


@unless_own(512)
def _judged(
    catalogue: Catalogue, indicator_id: str, year: int, place_ids: tuple[str, ...]
) -> list[Finding]:
    """What the values of a year must not be taken for: the same for all who are ranked by it."""
    return comparability(catalogue.series(indicator_id, place_ids, year, year), catalogue)


def against_comparing(found: Iterable[Finding]) -> list[Finding]:
    """The findings under which values are not ranked: limits that nobody names may be any."""
    return [
        item
        for item in found
        if item.severity == "not_comparable" or item.code == "sme_definition_unstated"
    ]


def _year(rows: pd.DataFrame, own: pd.DataFrame) -> int:
    """The newest year of the economy in which enough others have a value, or its newest one."""
    counts = rows.groupby("year")["place_id"].nunique()
    enough = max(FEWEST, ENOUGH * counts.max())
    covered = [int(year) for year in own["year"] if counts[year] >= enough]
    return covered[-1] if covered else int(own["year"].iloc[-1])


def _reason(catalogue: Catalogue, alike: pd.DataFrame, found: list[Finding]) -> str:
    """Why the values of a year must not be ranked, in words; empty where they may."""
    against = [
        REASONS.get(item.code, "counted in different ways") for item in against_comparing(found)
    ]
    if against:
        return f"Does not compare: {'; '.join(dict.fromkeys(against))}."
    series = catalogue.series(str(alike["indicator_id"].iloc[0]))
    if (series["definition_id"] != "").any() and (alike["definition_id"] == "").any():
        # No row of this year names a law, though the figures follow laws that differ.
        return f"Does not compare: {REASONS['sme_definition_unstated']}."
    return ""


def _too_few(others: int, year: int) -> str:
    if others < 1:
        return f"No rank: no other economy has a value for {year}."
    known = "one other economy has" if others == 1 else f"{others} other economies have"
    return f"No rank: only {known} a value for {year}."
