"""The tables behind conversions and comparisons: sectors, exchange rates, price indices."""

from data.curation.curation import Curation, CurationError
from data.curation.tables import Row, contract_qualifier, plain_number

_OLD_CURRENCIES = {"DEM", "FIM", "IEP"}


def build_manufacturing_sectors(curation: Curation) -> list[Row]:
    """One row per sector among the largest of an economy.

    Raises:
        CurationError: when no industry, or more than one, has the ISIC code of a sector.
    """
    industries: dict[str, list[str]] = {}
    for row in curation.rows("curated/industries"):
        industries.setdefault(row["isic_rev3"], []).append(row["industry"])
    sectors = []
    for row in curation.rows("sme/manufacturing_sectors"):
        found = industries.get(row["isic_code"], [])
        if len(found) != 1:
            raise CurationError(
                f"{row['isic_sector']}: industries.csv has {len(found)} industries with the ISIC "
                f"Rev. {row['isic_rev']} code {row['isic_code']}, not one: {found}"
            )
        sectors.append(
            {
                "economy": curation.place_of("sme", row["economy"]),
                "industry": found[0],
                "sector": row["isic_sector"],
                "isic_revision": row["isic_rev"],
                "isic_code": row["isic_code"],
                "year": row["year"],
                "year_basis": row["year_basis"],
                "employment_share": row["employment_share_pct"],
                "value_added_share": row["value_added_share_pct"],
                "rank": row["rank"],
                "source_id": curation.sources.cite("sme", row["source_id"]),
                "locator": row["locator"],
                "note": row["note"],
            }
        )
    return sectors


def build_exchange_rates(curation: Curation) -> list[Row]:
    """One row per economy and year: units of its currency for one US dollar."""
    locators = _locators(curation)
    return [
        {
            "economy": curation.place_of("national", row["economy"]),
            "year": row["year"],
            "currency": row["currency"],
            "local_per_usd": plain_number(row["lcu_per_usd"]),
            "qualifier": contract_qualifier(row["qualifier"]),
            "source_id": curation.sources.cite("national", row["source_id"]),
            "locator": locators[row["source_id"], "exchange_rates"],
            "note": row["note"]
            or ("National currency before the euro" * (row["currency"] in _OLD_CURRENCIES)),
        }
        for row in curation.rows("national/exchange_rates")
    ]


def build_deflators(curation: Curation) -> list[Row]:
    """One row per economy, measure and year: the level of a price index."""
    locators = _locators(curation)
    return [
        {
            "economy": curation.place_of("national", row["economy"]),
            "measure": row["measure"],
            "year": row["year"],
            "index": plain_number(row["index"]),
            "base_year": row["base_year"],
            "qualifier": contract_qualifier(row["qualifier"]),
            "source_id": curation.sources.cite("national", row["source_id"]),
            "locator": locators[row["source_id"], row["measure"]],
            "note": row["note"],
        }
        for row in curation.rows("national/deflators")
    ]


def _locators(curation: Curation) -> dict[tuple[str, str], str]:
    """Where in a document a series stands, by document and name of the series."""
    return {
        (row["source_id"], row["series"]): row["locator"]
        for row in curation.rows("curated/rate_locators")
    }
