"""Where the numbers come from: the documents and locators behind the rows that are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.contract import TABLES
from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.model import Source

DOCUMENT_COLUMNS = (
    "source_id",
    "title",
    "author",
    "published",
    "publisher_type",
    "licence",
    "url",
    "retrieved",
    "values",
    "drawn",
    "places",
    "first_year",
    "last_year",
)


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
    return source_uses(rows.assign(name=rows["place_name"]), catalogue, "value")


def sources_of_ties(ties: pd.DataFrame, catalogue: Catalogue) -> list[SourceUse]:
    """The documents behind ties, as `layers.layer` returns them; the one with most first."""
    return source_uses(ties.assign(name=ties["hubs"]), catalogue, "tie")


def sources_of_events(events: pd.DataFrame, catalogue: Catalogue) -> list[SourceUse]:
    """The documents behind rows of the table `events`; the one with most first."""
    names = events["place_id"].map({key: place.name for key, place in catalogue.places.items()})
    return source_uses(events.assign(name=names), catalogue, "event")


def source_uses(rows: pd.DataFrame, catalogue: Catalogue, what: str) -> list[SourceUse]:
    """The documents behind things that are no observations; the one with most first.

    Args:
        rows: one row per thing and document: source_id, name and, where it has them, locator and
            year.
        catalogue: holds the documents.
        what: the word for one of the things.
    """
    size = len(rows)
    # Asked for by every card of every page: over plain lists it takes a fifth of what groups take.
    locators = rows["locator"].tolist() if "locator" in rows else [""] * size
    years = rows["year"].tolist() if "year" in rows else [pd.NA] * size
    taken: dict[str, list[int]] = {}
    for at, source_id in enumerate(rows["source_id"].tolist()):
        taken.setdefault(source_id, []).append(at)
    names = rows["name"].tolist()
    uses = []
    for source_id, places in taken.items():
        dated = [int(years[at]) for at in places if not pd.isna(years[at])]
        uses.append(
            SourceUse(
                source=catalogue.sources[source_id],
                locators=tuple(dict.fromkeys(locators[at] for at in places if locators[at])),
                places=tuple(dict.fromkeys(names[at] for at in places)),
                first_year=min(dated, default=None),
                last_year=max(dated, default=None),
                rows=len(places),
                what=what,
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
        Rows that a reader has turned into something else (an index, per head, another currency)
        keep the value of the source and add `value_drawn`, with its unit in `unit_drawn`.
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
        place = list(table.columns).index("value") + 1
        table.insert(place, "value_drawn", rows["value"])
        if "unit_drawn" in rows:
            table.insert(place + 1, "unit_drawn", rows["unit_drawn"])
        table = table.drop(columns=["value_low", "value_high"])
    return table.reset_index(drop=True)


def rests_on(catalogue: Catalogue, source_id: str) -> dict[str, pd.DataFrame]:
    """All that rests on a document: values, amounts, ties, events, definitions ...

    Returns:
        The rows of each table that name the document in a column of sources, by table name, in
        the order of the contract; tables without such rows are absent. A row keeps the columns of
        its table.

    Raises:
        UnknownIdentifierError: if the document is not in the catalogue.
    """
    if source_id not in catalogue.sources:
        raise UnknownIdentifierError("source", source_id, list(catalogue.sources))
    found = {}
    for table in TABLES:
        rows = catalogue.table(table.name)
        rests = pd.Series(False, index=rows.index)
        for column in table.fields:
            if column.references != "sources.source_id":
                continue
            cells = rows[column.name]
            if column.separator:
                cells = cells.str.split(column.separator).explode()
            rests[cells.index[cells == source_id]] = True
        if rests.any():
            found[table.name] = rows[rests].reset_index(drop=True)
    return found


def documents_of(catalogue: Catalogue, indicator_id: str) -> pd.DataFrame:
    """The documents behind all values of an indicator, the one most drawn first.

    Returns:
        One row per document: source_id, title, author, published, publisher_type, licence (empty
        when not stated), url, retrieved, values (rows held), drawn (rows a chart draws), places
        (how many), first_year, last_year (missing when no value has a year).

    Raises:
        UnknownIdentifierError: if the indicator is not in the catalogue.
    """
    drawn = catalogue.series(indicator_id)["source_id"].value_counts()
    uses = (
        catalogue.observations(indicator_id)
        .groupby("source_id")
        .agg(
            values=("value", "size"),
            places=("place_id", "nunique"),
            first_year=("year", "min"),
            last_year=("year", "max"),
        )
        .reset_index()
    )
    uses["drawn"] = uses["source_id"].map(drawn).fillna(0).astype("int64")
    documents = catalogue.table("sources").rename(columns={"year": "published"})
    table = uses.merge(documents.drop(columns="note"), on="source_id")
    table = table.sort_values(
        ["drawn", "values", "source_id"], ascending=[False, False, True], kind="stable"
    )
    return table[list(DOCUMENT_COLUMNS)].reset_index(drop=True)
