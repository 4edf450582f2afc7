"""What documents claim of the belt's share of the world's chips, one by one."""

from __future__ import annotations

import re

import pandas as pd

from dashboard.catalogue.catalogue import BELT, Catalogue
from dashboard.catalogue.findings import Finding

INDICATOR = "share_world_semiconductor_production"
# The words a source prints, where the curators noted them with the row.
_PRINTED = re.compile(r'printed as "([^"]+)"')
_AREA = re.compile(r"(?:for a narrower belt: |in a belt )([^;]+)")


def claims(catalogue: Catalogue) -> pd.DataFrame:
    """Every claim held, those of the whole belt first, each place from the earliest.

    Returns:
        Rows as `Catalogue.observations` returns them, with `printed` (the source's own words for
        the value, empty where not noted) and `area` (what it calls the belt, empty where not
        noted). A claim without a stated year stands at the year of its document, as `year_basis`
        says.
    """
    rows = catalogue.observations(INDICATOR)
    rows = rows.assign(
        printed=[_found(_PRINTED, note) for note in rows["note"]],
        area=[_found(_AREA, note) for note in rows["note"]],
        _is_part=rows["place_id"] != BELT,
    )
    rows = rows.sort_values(["_is_part", "place_id", "year"], kind="stable")
    return rows.drop(columns="_is_part").reset_index(drop=True)


def claims_findings(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    """Why the claims cannot be joined to a line: areas, years and wording differ.

    Args:
        rows: as `claims` returns them.
        catalogue: holds the names of documents.
    """
    belt = rows[rows["place_id"] == BELT]
    areas = [
        f"{catalogue.sources[row.source_id].author} ({row.year}): {row.area}"
        for row in belt.itertuples()
        if row.area
    ]
    found = []
    if areas:
        text = f"Not comparable: the belt is not the same area. {'; '.join(areas)}."
        found.append(Finding("not_comparable", "area", text, (BELT,)))
    undated = belt[belt["year_basis"] == "publication"]
    if len(undated):
        text = (
            f"{len(undated)} of {len(belt)} documents do not state the year of the figure; it "
            "stands at the year in which they were published."
        )
        found.append(Finding("caution", "year_of_publication", text, (BELT,)))
    rough = belt[belt["qualifier"] != "exact"]
    if len(rough):
        text = f"{len(rough)} of {len(belt)} are rough or a lower bound; none is a measured series."
        found.append(Finding("caution", "bounds", text, (BELT,)))
    return found


def _found(pattern: re.Pattern[str], note: str) -> str:
    match = pattern.search(note)
    return match.group(1).strip() if match else ""
