"""How good the data are: doubts counted, conflicts, age, what was corrected or left out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue


@dataclass(frozen=True)
class QualityReport:
    """The quality of the data, in tidy tables; shares are in per cent.

    Attributes:
        rows: observations held.
        caveats: caveat, name, meaning, values and amounts that carry it.
        conflicts: as `Catalogue.conflicts`.
        funding_conflicts: as `Catalogue.funding_conflicts`.
        press_only: topic, values (indicator, place and year), press_only (of them, those that no
            source but the press gives), share_pct; the last row, topic "all", is the sum.
        ages: indicator_id, indicator, topic, values, places, oldest_year, newest_year.
        publishers: publisher_type, values, share_pct, sources; all rows held, not only those
            drawn.
        undated: as `Catalogue.undated`.
        corrections: cells of the collected rows that were corrected, and why.
        left_out: rows that were collected and are not in the package, and why.
    """

    rows: int
    caveats: pd.DataFrame
    conflicts: pd.DataFrame
    funding_conflicts: pd.DataFrame
    press_only: pd.DataFrame
    ages: pd.DataFrame
    publishers: pd.DataFrame
    undated: pd.DataFrame
    corrections: pd.DataFrame
    left_out: pd.DataFrame


def report(catalogue: Catalogue) -> QualityReport:
    """The quality report of the data held."""
    publishers = _counted(catalogue, "publisher_type")
    return QualityReport(
        rows=int(publishers["values"].sum()),
        caveats=_caveats(catalogue),
        conflicts=catalogue.conflicts(),
        funding_conflicts=catalogue.funding_conflicts(),
        press_only=_press_only(catalogue),
        ages=_ages(catalogue),
        publishers=publishers.merge(_sources_by_publisher(catalogue), on="publisher_type"),
        undated=catalogue.undated(),
        corrections=catalogue.table("corrections"),
        left_out=catalogue.table("left_out"),
    )


def _share(part: pd.Series, whole: pd.Series | int) -> pd.Series:
    return (100 * part / whole).round(1)


def _counted(catalogue: Catalogue, column: str) -> pd.DataFrame:
    counts = catalogue.counted(column)[[column, "rows"]].rename(columns={"rows": "values"})
    counts = counts.sort_values("values", ascending=False, kind="stable").reset_index(drop=True)
    return counts.assign(share_pct=_share(counts["values"], counts["values"].sum()))


def _caveats(catalogue: Catalogue) -> pd.DataFrame:
    """Every caveat of the list, with the rows that carry it; those with most rows first."""
    table = catalogue.table("caveats")
    amounts = catalogue.table("programme_funding").value_counts("caveats").reset_index(name="rows")
    for column, counts in (("values", catalogue.counted("caveats")), ("amounts", amounts)):
        carried = counts.assign(caveat=counts["caveats"].str.split(";")).explode("caveat")
        held = carried.groupby("caveat")["rows"].sum()
        table[column] = table["caveat"].map(held).fillna(0).astype("int64")
    return table.sort_values("values", ascending=False, kind="stable").reset_index(drop=True)


def _press_only(catalogue: Catalogue) -> pd.DataFrame:
    topics = {key: item.topic for key, item in catalogue.indicators.items()}
    # Of a place, the rows without a year are one fact.
    facts = catalogue.counted("indicator_id", "_press_only", where="_first")
    facts = facts.assign(
        topic=facts["indicator_id"].map(topics),
        press_only=facts["rows"].where(facts["_press_only"], 0),
    )
    counts = facts.groupby("topic")[["rows", "press_only"]].sum().reset_index()
    counts = counts.rename(columns={"rows": "values"})
    counts = counts.sort_values("press_only", ascending=False, kind="stable")
    whole = counts[["values", "press_only"]].sum().to_frame().T.assign(topic="all")
    counts = pd.concat([counts, whole], ignore_index=True).astype({"press_only": "int64"})
    return counts.assign(share_pct=_share(counts["press_only"], counts["values"]))


def _ages(catalogue: Catalogue) -> pd.DataFrame:
    """One row per indicator that can be drawn, in catalogue order."""
    pairs = catalogue.counted("indicator_id", "place_id", where="_drawn")
    years = pairs.groupby("indicator_id").agg(
        values=("rows", "sum"),
        places=("place_id", "size"),
        oldest_year=("first_year", "min"),
        newest_year=("last_year", "max"),
    )
    items = [item for key, item in catalogue.indicators.items() if key in years.index]
    table = pd.DataFrame(
        {
            "indicator_id": [item.indicator_id for item in items],
            "indicator": [item.name for item in items],
            "topic": [item.topic for item in items],
        }
    )
    return table.merge(years.reset_index(), on="indicator_id", how="left")


def _sources_by_publisher(catalogue: Catalogue) -> pd.DataFrame:
    counts = catalogue.table("sources")["publisher_type"].value_counts()
    return counts.rename_axis("publisher_type").reset_index(name="sources")
