"""The table of observations: national series, SME shares, hubs and the world market."""

import re
from decimal import Decimal

from data.curation.cases import build_seed_observations
from data.curation.caveats import add_caveats
from data.curation.collected import build_collected
from data.curation.curation import Curation, CurationError
from data.curation.tables import Row, contract_qualifier, plain_number, sentences

LONG_FIGURE = 6
"""Significant digits from which two figures that agree in all of them are one figure, repeated."""

REPEATED = ("indicator_id", "economy", "source_id", "value")

RATIOS = {
    f"fdi_{direction}_{kind}_usd_mn": f"fdi_{direction}_{kind}_gdp_unctad"
    for direction in ("inward", "outward")
    for kind in ("flow", "stock")
}
"""The share of GDP that is calculated from each UNCTAD series of foreign direct investment."""


def build_observations(curation: Curation) -> list[Row]:
    """Every observation, one row per value and source."""
    observations = [
        *_national(curation),
        *_derived(curation),
        *build_collected(curation),
        *build_seed_observations(curation),
    ]
    add_caveats(curation, observations)
    return observations


def _national(curation: Curation) -> list[Row]:
    indicators = curation.by_id("national/indicators")
    dimensions = curation.by_id("curated/national_indicators")
    locators = {
        (row["source_id"], row["indicator_id"]): row["locator"]
        for row in curation.rows("curated/locators")
    }
    remarks = curation.rows("curated/observation_notes")
    observations = []
    before: Row = {}
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
                "note": sentences(
                    row["note"], *_remarks_on(row, remarks), _repetition(row, before)
                ),
            }
        )
        before = row
    return observations


def _repetition(row: Row, before: Row) -> str:
    """Says so where a long figure is that of the year before: measured, it would hardly be."""
    digits = re.sub(r"\D|\.0$", "", row["value"]).strip("0")
    is_repeated = (
        len(digits) >= LONG_FIGURE
        and all(before.get(name) == row[name] for name in REPEATED)
        and int(row["year"]) == int(before["year"]) + 1
    )
    return (
        "The same to every digit as the year before: the source repeats it" if is_repeated else ""
    )


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
