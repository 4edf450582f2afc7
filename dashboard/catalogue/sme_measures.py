"""Shares of small and medium firms: what is measured, and for which sectors."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.cells import has_caveat, is_whole_year
from dashboard.catalogue.vocabulary import SCOPES

DEFAULT_SHARE = "sme_share_employment"
# Caveat of a figure that counts otherwise than its neighbours.
RECOUNTED = "other_definition"
# Kinds of place whose shares are set beside each other; clusters and industries are none of them.
KINDS = ("economy", "aggregate", "world_region")


@dataclass(frozen=True)
class Measure:
    """A thing that SMEs have a share of, and the indicators that count it, the usual one first.

    `of` completes the sentence "SMEs are 70 % of ..."; `concept` is that of the indicators.
    """

    name: str
    title: str
    of: str
    indicators: tuple[str, ...]


MEASURES = (
    Measure(
        "enterprises",
        "Enterprises",
        "enterprises",
        ("sme_share_enterprises", "sme_share_establishments", "sme_share_employer_firms"),
    ),
    Measure(
        "employment",
        "Employment",
        "employment",
        (
            "sme_share_employment",
            "sme_share_employment_urban",
            "sme_share_employment_industry_commerce",
        ),
    ),
    Measure("value_added", "Value added", "value added", ("sme_share_value_added",)),
    Measure(
        "gdp",
        "GDP",
        "GDP",
        (
            "sme_share_gdp",
            "sme_share_gdp_constant_prices",
            "manufacturing_sme_share_gdp",
            "sme_share_gnp",
            "sme_share_ndp",
        ),
    ),
    Measure(
        "turnover",
        "Turnover and output",
        "turnover",
        ("sme_share_turnover", "sme_share_output"),
    ),
    Measure(
        "exports",
        "Exports",
        "exports",
        (
            "sme_share_exports",
            "sme_product_share_exports",
            "sme_share_foreign_trade",
            "export_share_of_sme_sales",
        ),
    ),
)
SHARES = tuple(key for measure in MEASURES for key in measure.indicators)
# Of each measure the count that most economies give, for an answer on one economy. Output stands
# in for turnover where an economy gives no turnover.
USUAL = {
    "enterprises": ("sme_share_enterprises", "sme_share_establishments"),
    "employment": ("sme_share_employment",),
    "value_added": ("sme_share_value_added",),
    "gdp": ("sme_share_gdp",),
    "turnover": ("sme_share_turnover", "sme_share_output"),
    "exports": ("sme_share_exports",),
}


def measure_of(indicator_id: str) -> Measure | None:
    """The measure that an indicator counts, or None for one that is no share of SMEs."""
    return next((item for item in MEASURES if indicator_id in item.indicators), None)


def share_indicators(catalogue: Catalogue) -> list[str]:
    """Identifiers of the shares that can be drawn for an economy, in the order of the measures."""
    return [key for key in SHARES if catalogue.places_with(key, "economy")]


def scopes_of(catalogue: Catalogue, indicator_id: str) -> list[str]:
    """The sectors that some place has a share for, in the order of the contract.

    A source that does not name them is no choice of its own: it mostly means all industries.
    """
    held = set(_whole(catalogue, indicator_id)["scope"])
    if "unspecified" in held:
        held.add("all")
    return [scope for scope in SCOPES if scope in held and scope != "unspecified"]


def shares(catalogue: Catalogue, indicator_id: str, scope: str | None = None) -> pd.DataFrame:
    """One row per place and year of a share, of the sectors asked for.

    Args:
        catalogue: holds the values.
        indicator_id: the share.
        scope: the sectors; "all" takes figures whose source names none with it. None takes of
            each place the sectors with most years, as `Catalogue.series` does.

    Returns:
        As `Catalogue.series`, without `rivals` where sectors are asked for; sorted by place and
        year.

    Raises:
        UnknownIdentifierError: if the indicator is not in the catalogue.
    """
    if scope is None:
        rows = catalogue.series(indicator_id)
    else:
        rows = _whole(catalogue, indicator_id)
        wanted = (scope, "unspecified") if scope == "all" else (scope,)
        rows = rows[rows["scope"].isin(wanted) & (rows["industry"] == "all")]
        # All industries by name go before a source that leaves them open.
        rows = rows.assign(_open=rows["scope"] == "unspecified")
        rows = rows.sort_values(["place_id", "year", "_open"], kind="stable")
        rows = rows.drop_duplicates(["place_id", "year"]).drop(columns="_open")
    kinds = {place.place_id for kind in KINDS for place in catalogue.places_of_kind(kind)}
    return rows[rows["place_id"].isin(kinds)].reset_index(drop=True)


def sectors_of(scopes: pd.Series) -> pd.Series:
    """The sectors that figures cover; a source that names none mostly means all."""
    return scopes.replace("unspecified", "all")


def _whole(catalogue: Catalogue, indicator_id: str) -> pd.DataFrame:
    """All rows of an indicator that may stand on a yearly axis, the preferred one first."""
    rows = catalogue.observations(indicator_id)
    return rows[is_whole_year(rows)]


def is_recounted(rows: pd.DataFrame) -> pd.Series:
    """True for each row that counts SMEs in another way than its neighbours do."""
    return has_caveat(rows, RECOUNTED)
