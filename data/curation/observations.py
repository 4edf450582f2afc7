"""The table of observations: national series, SME shares, hubs and the world market."""

import re
from decimal import Decimal

from data.curation.curation import Curation, CurationError
from data.curation.tables import Row, contract_qualifier, plain_number, sentences

HUB_TYPES_LEFT_OUT = {
    "comparison_cluster": "Cases outside the chip industry, kept for the cluster tables."
}

RATIOS = {
    f"fdi_{direction}_{kind}_usd_mn": f"fdi_{direction}_{kind}_gdp_unctad"
    for direction in ("inward", "outward")
    for kind in ("flow", "stock")
}
"""The share of GDP that is calculated from each UNCTAD series of foreign direct investment."""

_SCOPES = {"all_industries": "all"}
_FISCAL_YEAR = re.compile(r"^FY|^Fiscal year|, fiscal year ")
_YEARS_AVERAGED = re.compile(r"\b[Aa]verage\D*(\d{4}-\d{4})")


def build_observations(curation: Curation) -> list[Row]:
    """Every observation, one row per value and source."""
    return [
        *_national(curation),
        *_derived(curation),
        *_sme(curation),
        *_hubs(curation),
        *_world(curation),
    ]


def _national(curation: Curation) -> list[Row]:
    indicators = curation.by_id("national/indicators")
    dimensions = curation.by_id("curated/national_indicators")
    locators = {
        (row["source_id"], row["indicator_id"]): row["locator"]
        for row in curation.rows("curated/locators")
    }
    remarks = curation.rows("curated/observation_notes")
    observations = []
    # The table of neighbours has no columns for qualifier and note: its rows are as published.
    neighbours = [
        row | {"qualifier": "exact", "note": ""}
        for row in curation.rows("national/neighbour_indicators")
    ]
    for row in [*curation.rows("national/national_indicators"), *neighbours]:
        indicator = indicators[row["indicator_id"]]
        source_id = row["source_id"]
        # The series code belongs to the main source; other sources say where to look themselves.
        locator = locators.get((source_id, row["indicator_id"])) or locators.get((source_id, ""))
        if source_id == indicator["source_id"] and locator is None:
            locator = indicator["source_code"]
        if not locator:
            raise CurationError(f"locators.csv has no row for {source_id}, {row['indicator_id']}")
        observations.append(
            {
                "indicator_id": row["indicator_id"],
                "place_id": curation.place_of("national", row["economy"]),
                "year": row["year"],
                "industry": dimensions[row["indicator_id"]]["industry"],
                "firm_scale": "all",
                "scope": "all",
                "value": plain_number(row["value"]),
                "qualifier": contract_qualifier(row["qualifier"]),
                "year_basis": "stated",
                "source_id": curation.sources.cite("national", source_id),
                "locator": locator,
                "note": sentences(row["note"], *_remarks_on(row, remarks)),
            }
        )
    return observations


def _remarks_on(row: Row, remarks: list[Row]) -> list[str]:
    """What the curator noticed about the years of a series that this row is one of."""
    return [
        remark["note"]
        for remark in remarks
        if remark["indicator_id"] == row["indicator_id"]
        and remark["place_id"] == row["economy"]
        and remark["first_year"] <= row["year"] <= remark["last_year"]
    ]


def _derived(curation: Curation) -> list[Row]:
    rows = [
        *curation.rows("national/derived_indicators"),
        *_ratios(curation.rows("national/neighbour_indicators")),
    ]
    return [
        {
            "indicator_id": row["indicator_id"],
            "place_id": curation.place_of("national", row["economy"]),
            "year": row["year"],
            "industry": "all",
            "firm_scale": "all",
            "scope": "all",
            "value": plain_number(row["value"]),
            "qualifier": contract_qualifier(row["qualifier"]),
            "year_basis": "stated",
            "source_id": curation.sources.cite("national", row["source_id"]),
            "locator": "UNCTADstat US.FdiFlowsStock and US.GDPTotal",
            "note": f"calculated: {row['note']}",
        }
        for row in rows
    ]


def _ratios(rows: list[Row]) -> list[Row]:
    """Shares of GDP calculated from the UNCTAD series of economies that come without them."""
    gdp = {
        (row["economy"], row["year"]): Decimal(row["value"])
        for row in rows
        if row["indicator_id"] == "gdp_current_usd_mn_unctad"
    }
    return [
        {
            "indicator_id": RATIOS[row["indicator_id"]],
            "economy": row["economy"],
            "year": row["year"],
            "value": _share(row["value"], gdp[row["economy"], row["year"]]),
            "source_id": "calc_unctad_ratio",
            "qualifier": "calculated",
            "note": "UNCTAD FDI divided by UNCTAD GDP, both in current US dollars",
        }
        for row in rows
        if row["indicator_id"] in RATIOS and (row["economy"], row["year"]) in gdp
    ]


def _share(part: str, whole: Decimal) -> str:
    """Per cent with six decimals, without zeros at the end."""
    return f"{100 * Decimal(part) / whole:.6f}".rstrip("0").rstrip(".")


def _sme(curation: Curation) -> list[Row]:
    name = "sme/sme_indicators"
    indicators = curation.by_id("curated/indicators")
    observations = []
    for row in curation.rows(name):
        if not row["year"]:
            curation.leave_out(name, row, "the year is not stated")
            continue
        if curation.is_left_out(name, row):
            continue
        value_high = plain_number(row["value_high"])
        value = plain_number(row["value"])
        observations.append(
            {
                "indicator_id": row["indicator_id"],
                "place_id": curation.place_of("sme", row["economy"]),
                "year": row["year"],
                "industry": indicators[row["indicator_id"]]["industry"],
                "firm_scale": indicators[row["indicator_id"]]["firm_scale"],
                "scope": _SCOPES.get(row["scope"], row["scope"]),
                "value": value,
                "value_low": value if value_high else "",
                "value_high": value_high,
                "qualifier": "range" if value_high else contract_qualifier(row["qualifier"]),
                "year_basis": row["year_basis"],
                "period_note": _sme_period(row["note"]),
                "definition_id": row["sme_definition_id"],
                "source_id": curation.sources.cite("sme", row["source_id"]),
                "locator": row["locator"],
                "note": row["note"],
            }
        )
    return observations


def _sme_period(note: str) -> str:
    """The period of a value on small and medium enterprises, which its note gives."""
    averaged = _YEARS_AVERAGED.search(note)
    if averaged:
        return f"average of {averaged[1]}"
    return "FY" if _FISCAL_YEAR.search(note) else ""


def _hubs(curation: Curation) -> list[Row]:
    name = "hubs/hub_indicators"
    indicators = curation.by_id("curated/indicators") | curation.by_id(
        "curated/national_indicators"
    )
    hub_types = {row["hub_id"]: row["hub_type"] for row in curation.rows("hubs/hubs")}
    published = {
        (row["hub_id"], row["indicator_id"], row["year"], row["source_id"])
        for row in curation.rows("curated/publication_years")
    }
    rows = curation.rows(name)
    upper_ends = {
        (row["hub_id"], row["indicator_id"], row["year"], row["source_id"]): plain_number(
            row["value"]
        )
        for row in rows
        if row["qualifier"] == "range_high"
    }
    observations = []
    for row in rows:
        indicator = indicators.get(row["indicator_id"])
        reason = HUB_TYPES_LEFT_OUT.get(hub_types[row["hub_id"]])
        if reason:
            curation.leave_out(name, row, reason)
            continue
        if indicator is None:
            curation.leave_out(name, row, "fewer than three years and no key fact of a hub")
            continue
        if curation.is_left_out(name, row, row["period_note"]):
            continue
        identity = (row["hub_id"], row["indicator_id"], row["year"], row["source_id"])
        value = plain_number(row["value"])
        is_range = row["qualifier"] == "range_low"
        observations.append(
            {
                "indicator_id": row["indicator_id"],
                "place_id": curation.place_of("hubs", row["hub_id"], row["indicator_id"]),
                "year": row["year"],
                "industry": indicator["industry"],
                "firm_scale": indicator.get("firm_scale", "all"),
                "scope": "all",
                "value": value,
                "value_low": value if is_range else "",
                "value_high": upper_ends[identity] if is_range else "",
                "qualifier": "range" if is_range else contract_qualifier(row["qualifier"]),
                "year_basis": "publication" if identity in published else "stated",
                "period_note": row["period_note"],
                "source_id": curation.sources.cite("hubs", row["source_id"]),
                "locator": row["locator"],
                "note": row["note"],
            }
        )
    return observations


def _world(curation: Curation) -> list[Row]:
    name = "hubs/world_semiconductor"
    indicators = curation.by_id("curated/indicators")
    observations = []
    for row in curation.rows(name):
        indicator = indicators.get(row["indicator_id"])
        place_id = curation.find_place("hubs", row["region"], row["indicator_id"])
        if row["source_id"] == "cset_eto_2026":
            curation.leave_out(name, row, "the licence excludes commercial use (CC BY-NC 4.0)")
        elif row["indicator_id"].endswith("_forecast"):
            curation.leave_out(name, row, "a forecast")
        elif indicator is None or indicator["input"] != "world":
            curation.leave_out(name, row, "fewer than three comparable years")
        elif not place_id:
            curation.leave_out(name, row, "a region that no other series covers")
        elif not curation.is_left_out(name, row, row["note"]):
            at_year_end = row["note"].startswith(("end of year", "December"))
            observations.append(
                {
                    "indicator_id": row["indicator_id"],
                    "place_id": place_id,
                    "year": row["year"],
                    "industry": indicator["industry"],
                    "firm_scale": "all",
                    "scope": "all",
                    "value": plain_number(row["value"]),
                    "qualifier": contract_qualifier(row["qualifier"]),
                    "year_basis": "stated",
                    "period_note": "end of year" if at_year_end else "",
                    "source_id": curation.sources.cite("hubs", row["source_id"]),
                    "locator": row["locator"],
                    "note": sentences(row["note"]),
                }
            )
    return observations
