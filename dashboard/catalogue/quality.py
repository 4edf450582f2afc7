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
        qualifiers: qualifier, values, share_pct.
        conflicts: as `Catalogue.conflicts`.
        funding_conflicts: as `Catalogue.funding_conflicts`.
        press_only: topic, values (indicator, place and year), press_only (of them, those that no
            source but the press gives), share_pct; the last row, topic "all", is the sum.
        ages: indicator_id, indicator, topic, values, places, oldest_year, newest_year.
        vintages: source_id, title, publisher_type, published, retrieved, values, oldest_year,
            newest_year; the documents with most values first.
        publishers: publisher_type, values, share_pct, sources; all rows held, not only those
            drawn.
        undated: as `Catalogue.undated`.
        corrections: cells of the collected rows that were corrected, and why.
        left_out: rows that were collected and are not in the package, and why.
    """

    rows: int
    caveats: pd.DataFrame
    qualifiers: pd.DataFrame
    conflicts: pd.DataFrame
    funding_conflicts: pd.DataFrame
    press_only: pd.DataFrame
    ages: pd.DataFrame
    vintages: pd.DataFrame
    publishers: pd.DataFrame
    undated: pd.DataFrame
    corrections: pd.DataFrame
    left_out: pd.DataFrame


def report(catalogue: Catalogue) -> QualityReport:
    """The quality report of the data held."""
    observations = catalogue.table("observations")
    publisher = observations["source_id"].map(
        {key: source.publisher_type for key, source in catalogue.sources.items()}
    )
    observations = observations.assign(publisher_type=publisher)
    return QualityReport(
        rows=len(observations),
        caveats=_caveats(catalogue),
        qualifiers=_counted(observations, "qualifier"),
        conflicts=catalogue.conflicts(),
        funding_conflicts=catalogue.funding_conflicts(),
        press_only=_press_only(observations, catalogue),
        ages=_ages(catalogue),
        vintages=_vintages(observations, catalogue),
        publishers=_counted(observations, "publisher_type").merge(
            _sources_by_publisher(catalogue), on="publisher_type"
        ),
        undated=catalogue.undated(),
        corrections=catalogue.table("corrections"),
        left_out=catalogue.table("left_out"),
    )


def _share(part: pd.Series, whole: pd.Series | int) -> pd.Series:
    return (100 * part / whole).round(1)


def _counted(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    counts = rows[column].value_counts().rename_axis(column).reset_index(name="values")
    return counts.assign(share_pct=_share(counts["values"], len(rows)))


def _caveats(catalogue: Catalogue) -> pd.DataFrame:
    """Every caveat of the list, with the rows that carry it; those with most rows first."""
    table = catalogue.table("caveats")
    for column, name in (("values", "observations"), ("amounts", "programme_funding")):
        held = catalogue.table(name)["caveats"].str.split(";").explode().value_counts()
        table[column] = table["caveat"].map(held).fillna(0).astype("int64")
    return table.sort_values("values", ascending=False, kind="stable").reset_index(drop=True)


def _press_only(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    is_press = observations["publisher_type"] == "press"
    topics = {key: item.topic for key, item in catalogue.indicators.items()}
    # A row without a year is a fact of its own.
    facts = (
        observations.assign(press_only=is_press, topic=observations["indicator_id"].map(topics))
        .groupby(["topic", "indicator_id", "place_id", "year"], dropna=False)["press_only"]
        .all()
        .reset_index()
    )
    counts = facts.groupby("topic")["press_only"].agg(values="size", press_only="sum").reset_index()
    counts = counts.sort_values("press_only", ascending=False, kind="stable")
    whole = pd.DataFrame(
        {"topic": ["all"], "values": [len(facts)], "press_only": [facts["press_only"].sum()]}
    )
    counts = pd.concat([counts, whole], ignore_index=True).astype({"press_only": "int64"})
    return counts.assign(share_pct=_share(counts["press_only"], counts["values"]))


def _ages(catalogue: Catalogue) -> pd.DataFrame:
    """One row per indicator that can be drawn, in catalogue order."""
    years = catalogue.drawn.groupby("indicator_id").agg(
        values=("year", "size"),
        places=("place_id", "nunique"),
        oldest_year=("year", "min"),
        newest_year=("year", "max"),
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


def _vintages(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """One row per document that gives values."""
    years = observations.groupby("source_id").agg(
        values=("value", "size"), oldest_year=("year", "min"), newest_year=("year", "max")
    )
    sources = catalogue.table("sources").rename(columns={"year": "published"})
    columns = ["source_id", "title", "publisher_type", "published", "retrieved"]
    table = sources[columns].merge(years.reset_index(), on="source_id")
    return table.sort_values("values", ascending=False, kind="stable").reset_index(drop=True)


def _sources_by_publisher(catalogue: Catalogue) -> pd.DataFrame:
    counts = catalogue.table("sources")["publisher_type"].value_counts()
    return counts.rename_axis("publisher_type").reset_index(name="sources")
