"""Where the numbers come from: the documents and locators behind the rows that are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.model import Source


@dataclass(frozen=True)
class SourceUse:
    """A document and what the drawn rows take from it.

    `what` is the word for a thing taken; `locators` say where in the document; `places` are names;
    years are the first and last taken, None when the document gives none.
    """

    source: Source
    locators: tuple[str, ...]
    places: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    rows: int
    what: str = "value"


def sources_of(rows: pd.DataFrame, catalogue: Catalogue) -> list[SourceUse]:
    """The documents behind the rows, the one with most rows first.

    Args:
        rows: as `Catalogue.observations` or `Catalogue.series` return them.
        catalogue: holds the documents.
    """
    uses = [
        SourceUse(
            source=catalogue.sources[str(source_id)],
            locators=tuple(dict.fromkeys(part for part in group["locator"] if part)),
            places=tuple(dict.fromkeys(group["place_name"])),
            first_year=int(group["year"].min()),
            last_year=int(group["year"].max()),
            rows=len(group),
        )
        for source_id, group in rows.groupby("source_id", sort=False)
    ]
    return sorted(uses, key=lambda use: (-use.rows, use.source.source_id))


def sources_of_ties(ties: pd.DataFrame, catalogue: Catalogue) -> list[SourceUse]:
    """The documents behind ties, as `belt.tie_table` returns them; the one with most first."""
    uses = []
    for source_id, group in ties.groupby("source_id", sort=False):
        years = [int(year) for year in group["year"].dropna()]
        uses.append(
            SourceUse(
                source=catalogue.sources[str(source_id)],
                locators=tuple(dict.fromkeys(part for part in group["locator"] if part)),
                places=tuple(dict.fromkeys(group["hubs"])),
                first_year=min(years, default=None),
                last_year=max(years, default=None),
                rows=len(group),
                what="tie",
            )
        )
    return sorted(uses, key=lambda use: (-use.rows, use.source.source_id))


def source_line(uses: list[SourceUse], most: int = 3) -> str:
    """The documents in one line: "World Bank, World Development Indicators (2026); ...".

    At most `most` documents are named; the others are counted.
    """
    named = []
    for use in uses[:most]:
        source = use.source
        year = f" ({source.year})" if source.year else ""
        author = f"{source.author}, " if source.author and source.author not in source.title else ""
        named.append(f"{author}{source.title}{year}")
    rest = len(uses) - most
    more = f"; and {rest} more" if rest > 0 else ""
    return "; ".join(named) + more


def with_sources(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The rows with indicator, unit and the document of each value, ready to hand over.

    Returns:
        One row per observation; columns indicator, unit, place_id, place, year, value, range,
        qualifier, what the value covers, source with author, year, address and locator, note.
        Rows turned into an index keep the value of the source and add `index_drawn`.
    """
    indicators, sources = catalogue.indicators, catalogue.sources
    table = pd.DataFrame(
        {
            "indicator_id": rows["indicator_id"],
            "indicator": [indicators[key].name for key in rows["indicator_id"]],
            "unit": [indicators[key].unit for key in rows["indicator_id"]],
            "place_id": rows["place_id"],
            "place": rows["place_name"],
            "year": rows["year"],
            "value": rows["observed"] if "observed" in rows else rows["value"],
            "value_low": rows["value_low"],
            "value_high": rows["value_high"],
            "qualifier": rows["qualifier"],
            "scope": rows["scope"],
            "period_note": rows["period_note"],
            "definition_id": rows["definition_id"],
            "source": [sources[key].title for key in rows["source_id"]],
            "source_author": [sources[key].author for key in rows["source_id"]],
            "source_year": pd.array(
                [sources[key].year for key in rows["source_id"]], dtype="Int64"
            ),
            "source_url": [sources[key].url for key in rows["source_id"]],
            "source_licence": [sources[key].licence for key in rows["source_id"]],
            "locator": rows["locator"],
            "note": rows["note"],
        }
    )
    if "observed" in rows:
        table.insert(list(table.columns).index("value") + 1, "index_drawn", rows["value"])
        table = table.drop(columns=["value_low", "value_high"])
    return table.reset_index(drop=True)


def rests_on(catalogue: Catalogue, source_id: str) -> dict[str, pd.DataFrame]:
    """The rows of each table that rest on a document, by table name; tables without are absent."""
    raise NotImplementedError


def documents_of(catalogue: Catalogue, indicator_id: str) -> pd.DataFrame:
    """The documents behind all values of an indicator, the one most drawn first.

    Returns:
        One row per document: source_id, title, author, published, publisher_type, licence, url,
        retrieved, values, drawn, places, first_year, last_year.
    """
    raise NotImplementedError
