"""Values collected one by one: SME shares, hubs, clusters and the world chip market.

Four inputs with columns of their own become observations of one kind. All rows come in: what is
doubtful about a row is said in it (period, basis of the year, qualifier, caveats), not settled by
leaving it out. Only what may not or cannot be shown stays out, and is listed with the reason.
"""

import re
from collections.abc import Iterator

from data.curation.curation import Curation, CurationError
from data.curation.tables import Row, contract_qualifier, plain_number, sentences

INPUTS = (
    "sme/sme_indicators",
    "hubs/hub_indicators",
    "hubs/world_semiconductor",
    "sme/cluster_indicators",
)
"""In the order in which they win where two of them hold the same figure of the same source."""

SAME_FIGURE = "The same figure of the same source stands in the table already."
UPPER_END = "The upper end of a range: it stands as value_high beside its lower end."

NO_ADDRESS = "the address of the document is not known"

_PLACE_COLUMNS = {
    "sme/sme_indicators": "economy",
    "hubs/hub_indicators": "hub_id",
    "hubs/world_semiconductor": "region",
    "sme/cluster_indicators": "cluster_id",
}
_SCOPES = {"all_industries": "all"}
_KEY = (
    *("indicator_id", "place_id", "year", "industry", "firm_scale", "scope"),
    *("period_note", "definition_id", "source_id"),
)
_NOT_DATED = re.compile(
    r"undated|as (stated|quoted|reported|printed|told)|^reported|at the time of writing|"
    r"\btext of\b|2019 text|not stated|year of the cited|white paper|year nominal"
)
"""Words of a period that say that its year is that of the document, not that of the data."""


def build_collected(curation: Curation) -> list[Row]:
    """One row per collected value.

    Raises:
        CurationError: when a row has no indicator or place, when two rows cannot be told apart,
            or when a curated list names rows that no input has.
    """
    kept: dict[tuple[str, ...], Row] = {}
    for name, collected, row in _observations(curation):
        key = tuple(row.get(column, "") for column in _KEY)
        known = kept.setdefault(key, row)
        if known is row:
            continue
        if known["value"] != row["value"]:
            raise CurationError(
                f"{name}: {dict(zip(_KEY, key, strict=True))} has two values of one source, "
                f"{known['value']} and {row['value']}. Tell their periods apart in "
                "indicator_aliases.csv, or correct one."
            )
        curation.leave_out(name, collected, SAME_FIGURE)
    return list(kept.values())


def _observations(curation: Curation) -> Iterator[tuple[str, Row, Row]]:
    """The input, the row as collected, and the observation made of it."""
    indicators = {
        row["indicator_id"]: row
        for row in (
            *curation.rows("curated/indicators"),
            *curation.rows("curated/national_indicators"),
        )
    }
    periods = curation.rows("curated/period_notes")
    published = {tuple(row.values()) for row in curation.rows("curated/publication_years")}
    for name in INPUTS:
        rows = curation.rows(name)
        upper_ends = {_identity(row): row for row in rows if row["qualifier"] == "range_high"}
        for row in rows:
            if curation.is_left_out(name, row):
                continue
            if row["qualifier"] == "range_high":
                curation.leave_out(name, row, UPPER_END)
                continue
            replaced = curation.replaced(name, row)
            indicator_id = replaced.get("indicator_id") or row["indicator_id"]
            if indicator_id not in indicators:
                raise CurationError(f"{name}: indicators.csv has no row for {indicator_id}")
            indicator = indicators[indicator_id]
            folder = name.split("/")[0]
            place = row[_PLACE_COLUMNS[name]]
            high = row.get("value_high", "")
            if row["qualifier"] == "range_low":
                high = upper_ends[_identity(row)]["value"]
            period = replaced.get("period_note") or (
                row["period_note"] if "period_note" in row else _period(periods, row["note"])
            )
            if not row["year"]:
                period = period or "undated"
            value = plain_number(row["value"])
            source_id = curation.sources.cite(folder, row["source_id"])
            yield (
                name,
                row,
                {
                    "indicator_id": indicator_id,
                    "place_id": replaced.get("place_id")
                    or curation.place_of(folder, place, indicator_id),
                    "year": row["year"],
                    "industry": replaced.get("industry") or indicator["industry"],
                    "firm_scale": indicator.get("firm_scale", "all"),
                    "scope": replaced.get("scope")
                    or _SCOPES.get(row.get("scope", ""), row.get("scope") or "all"),
                    "value": value,
                    "value_low": value if high else "",
                    "value_high": plain_number(high),
                    "qualifier": "range" if high else contract_qualifier(row["qualifier"]),
                    "year_basis": _year_basis(row, _identity(row) in published),
                    "period_note": period,
                    "definition_id": row.get("sme_definition_id", ""),
                    "source_id": source_id,
                    "locator": row["locator"],
                    "note": sentences(row["note"], NO_ADDRESS)
                    if curation.sources.lacks_address(source_id)
                    else sentences(row["note"]),
                },
            )


def _identity(row: Row) -> tuple[str, ...]:
    """What names a figure of a hub: the two ends of a range share it."""
    return tuple(row.get(name, "") for name in ("hub_id", "indicator_id", "year", "source_id"))


def _period(periods: list[Row], note: str) -> str:
    """The period of a value in the words of its note, by the first pattern that is found."""
    for row in periods:
        found = re.search(row["pattern"], note)
        if found:
            return found.expand(row["period_note"])
    return ""


def _year_basis(row: Row, is_published: bool) -> str:
    if not row["year"]:
        return "unstated"
    if "year_basis" in row:
        return row["year_basis"]
    dated = not is_published and not _NOT_DATED.search(row.get("period_note", "").lower())
    return "stated" if dated else "publication"
