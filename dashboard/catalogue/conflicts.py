"""Figures of one fact side by side: which goes before which, why, and how far they lie apart."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.cells import NOT_DRAWN, WHOLE_YEARS
from dashboard.catalogue.precedence import LONG_SERIES, without_helpers


def facts_side_by_side(held: pd.DataFrame) -> pd.DataFrame:
    """Facts whose sources differ, as `Catalogue.conflicts` returns them.

    Args:
        held: the prepared rows in conflict.
    """
    facts = held.groupby(["indicator_id", "_conflict"], sort=True)
    found = [
        side_by_side(rows).assign(conflict=number)
        for number, (_, rows) in enumerate(facts, start=1)
    ]
    nothing = side_by_side(held.iloc[:0]).assign(conflict=pd.Series(dtype="int64"))
    rows = pd.concat(found) if found else nothing
    first_values = rows.groupby("conflict")["value"].transform("first")
    apart = 100 * (rows["value"] / first_values.where(first_values != 0) - 1)
    return rows.assign(difference_pct=apart)


def amounts_side_by_side(
    funding: pd.DataFrame, programmes: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """Amounts of programmes that differ, as `Catalogue.funding_conflicts` returns them.

    Args:
        funding: the table of amounts.
        programmes: the table that names the programmes.
        sources: the table that has the kinds of publishers.
    """
    rows = funding[funding["conflict_group"] != ""]
    names = programmes.set_index("programme_id")["name"]
    publishers = sources.set_index("source_id")["publisher_type"]
    rows = rows.assign(
        programme=rows["programme_id"].map(names),
        publisher_type=rows["source_id"].map(publishers),
    )
    return rows.sort_values(
        ["conflict_group", "headline"], ascending=[True, False], kind="stable"
    ).reset_index(drop=True)


def side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of one fact in order of precedence, the drawn one first, with the reasons."""
    rows = rows.assign(drawn=rows["_drawn"])
    rows = rows.sort_values("drawn", ascending=False, kind="stable")
    if rows.empty:
        return without_helpers(rows.assign(passed_over=""))
    first = rows.iloc[0]
    reasons = [_passed_over(first, row) for _, row in rows.iloc[1:].iterrows()]
    return without_helpers(rows.assign(passed_over=["", *reasons]))


def _passed_over(first: pd.Series, row: pd.Series) -> str:
    """Why the first row goes before another of the same indicator, place and year."""
    if row["period_note"] not in WHOLE_YEARS:
        return f"Not a whole year: {row['period_note']}."
    if set(row["caveats"].split(";")) & set(NOT_DRAWN):
        return "A forecast or a part of a year."
    other = [name for name in ("scope", "industry", "firm_scale") if first[name] != row[name]]
    if other and {first["scope"], row["scope"]} != {"all", "unspecified"}:
        return f"Covers something else: {', '.join(str(row[name]) for name in other)}."
    for name, reason in (
        ("_backbone", f"The first is part of a series of {LONG_SERIES} years or more."),
        ("_publisher", "The first has the better kind of publisher by the table of precedence."),
        ("_published", "The document of the first is newer."),
        ("_qualifier", "The first is exact."),
        ("_scope", "The source does not name the sectors."),
    ):
        if first[name] != row[name]:
            return reason
    return "Of equal rank; the first in the table is drawn."
