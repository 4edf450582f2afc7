"""The tables of programmes, their money and results, and the ties between hubs."""

import re

from data.curation.caveats import add_funding_caveats
from data.curation.curation import Curation
from data.curation.tables import Row, contract_qualifier, plain_number, sentences

_RANGE_NOTES = {
    "range_low": "Lower end of a range; the upper end is listed beside it",
    "range_high": "Upper end of a range; the lower end is listed beside it",
}

_APPROACH_STATED = {"jp_meti_icp1", "jp_meti_icp2", "jp_mext_kci1", "jp_mext_kci2"}
"""Programmes whose approach Kitagawa (2008, section 4) names; the rest is judged."""


def build_programmes(curation: Curation) -> list[Row]:
    """One row per programme or phase."""
    return [
        row
        | {
            "approach_basis": "source" if row["programme_id"] in _APPROACH_STATED else "curator",
            "source_id": curation.sources.cite("programmes", row["source_id"]),
        }
        for row in curation.rows("programmes/programmes")
    ]


def build_programme_funding(curation: Curation) -> list[Row]:
    """One row per amount or count."""
    rows = [
        {
            "funding_id": row["obs_id"],
            "programme_id": row["programme_id"],
            "place_id": _place(curation, row["cluster_region_id"]),
            "year": row["year"],
            "period_note": row["period_note"],
            "period_type": row["period_type"],
            "amount": plain_number(row["amount"]),
            "currency": row["currency"],
            "amount_unit": row["amount_unit"],
            "measure": row["measure"],
            "measure_group": row["measure_group"],
            "qualifier": "range"
            if row["qualifier"] in _RANGE_NOTES
            else contract_qualifier(row["qualifier"]),
            "headline": "true" if row["headline"] == "1" else "false",
            "conflict_group": row["conflict_group"],
            "source_id": curation.sources.cite("programmes", row["source_id"]),
            "locator": _public_locator(row["locator"]),
            "note": sentences(row["note"], _RANGE_NOTES.get(row["qualifier"], "")),
        }
        for row in curation.rows("programmes/programme_funding")
    ]
    add_funding_caveats(curation, rows)
    return rows


def _place(curation: Curation, region_id: str) -> str:
    return curation.place_of("programmes", region_id) if region_id else ""


def _public_locator(locator: str) -> str:
    """A locator without line numbers of the extracted text, which readers do not have."""
    return re.sub(r"(^line \d+ of the text file; |; repeated line \d+$)", "", locator)


def build_links(curation: Curation) -> list[Row]:
    """One row per tie between two hubs, or between a hub and an outside partner."""
    name = "hubs/hub_links"
    renamed = {"from_hub_id": "from_place_id", "to_hub_id": "to_place_id"}
    return [
        {renamed.get(column, column): cell for column, cell in row.items()}
        | {
            place: curation.place_of("hubs", row[column]) if row[column] else ""
            for column, place in renamed.items()
        }
        | {"source_id": curation.sources.cite("hubs", row["source_id"])}
        for row in curation.rows(name)
        if not curation.is_left_out(name, row)
    ]


def build_definitions(curation: Curation) -> list[Row]:
    """One row per threshold of a legal definition of small and medium enterprises."""
    return [
        {"definition_id": row.pop("sme_definition_id")}
        | row
        | {
            "economy": curation.place_of("sme", row["economy"]),
            "source_id": curation.sources.cite("sme", row["source_id"]),
        }
        for row in curation.rows("sme/sme_definitions")
    ]


def build_industries(curation: Curation) -> list[Row]:
    """One row per industry of the controlled vocabulary."""
    return [
        row | {"source_id": curation.sources.cite_known(row["source_id"])}
        for row in curation.rows("curated/industries")
    ]
