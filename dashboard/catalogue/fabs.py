"""Wafer fabs row by row: under the filters, by decade of their start, and their documents."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.layers import Layer, fabs_kept
from dashboard.catalogue.provenance import SourceUse, source_uses
from dashboard.catalogue.selection import Selection

PHASES = (
    "Rows are fabs or phases of one plant, listed one by one: a number of rows is not a number of "
    "factories."
)


def fabs_listed(catalogue: Catalogue, selection: Selection) -> Layer:
    """All fabs that the filters keep, those without a position too; by economy and operator."""
    table = catalogue.table("fabs")
    table = table.sort_values(["economy", "operator", "plant_name", "fab_id"], kind="stable")
    return fabs_kept(table, catalogue, selection)


def by_decade(fabs: pd.DataFrame) -> pd.DataFrame:
    """Rows by the decade of their first year of production.

    Returns:
        decade (its first year; missing for rows without a start year, which stand last) and rows.
    """
    decades = fabs["start_year"] // 10 * 10
    counted = decades.value_counts(dropna=False).rename_axis("decade").reset_index(name="rows")
    return counted.sort_values("decade", na_position="last").reset_index(drop=True)


def fabs_findings(layer: Layer) -> list[Finding]:
    """What a reader must know of the rows before counting them.

    Args:
        layer: as `fabs_listed` returns it.
    """
    rows = layer.rows
    found = [Finding("caution", "phases", PHASES)]
    without = int(rows["start_year"].isna().sum())
    if without:
        text = f"No start year in the sources: {without} of {len(rows)} rows."
        found.append(Finding("missing", "no_start_year", text))
    if layer.reason:
        found.append(Finding("note", "filters", layer.reason))
    return found


def sources_of_fabs(fabs: pd.DataFrame, catalogue: Catalogue) -> list[SourceUse]:
    """The documents behind the rows, the one with most of them first."""
    apart = fabs.assign(
        source_id=fabs["source_ids"].str.split(";"),
        name=(fabs["operator"] + " " + fabs["plant_name"]).str.strip(),
    )
    return source_uses(apart.explode("source_id"), catalogue, "fab")
