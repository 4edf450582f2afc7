"""What can be asked: the parameters of each list, checked, and the rows that answer them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Literal, TypeVar

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from dashboard.api.problems import ProblemError, unknown
from dashboard.catalogue import Catalogue
from dashboard.catalogue.cells import plain_rows
from dashboard.catalogue.provenance import with_sources
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.vocabulary import (
    CLUSTER_FIRM_SCALES,
    GOVERNANCE_SCALES,
    INDUSTRY_TYPES,
    TOPICS,
)

FIRST_YEAR, LAST_YEAR = 1800, 2200
MOST_ROWS = 5000
# Rows of which one page is cut: an answer is gathered first.
MOST_GATHERED = 2_000_000
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,80}$")]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


def _of(values: Iterable[str]) -> Any:
    """A field whose text is one of some words, said so in the description, too."""
    return Field(json_schema_extra={"enum": list(values)}, pattern=f"^({'|'.join(values)})$")


Topic = Annotated[str, _of(TOPICS)]
IndustryType = Annotated[str, _of(INDUSTRY_TYPES)]
GovernanceScale = Annotated[str, _of(GOVERNANCE_SCALES)]
FirmScale = Annotated[str, _of(CLUSTER_FIRM_SCALES)]


class Query(BaseModel):
    """Which part of a list, and in which form."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    page: int = Field(1, ge=1, le=1_000_000, description="Part of the list, from 1.")
    size: int = Field(1000, ge=1, le=MOST_ROWS, description="Rows in a part.")
    format: Literal["json", "csv"] = Field("json", description="Form of the answer.")


class IndicatorQuery(Query):
    """Which indicators."""

    topic: list[Topic] = Field([], description="Topics of indicators.")


class PlaceQuery(Query):
    """Which places; the filters are those of the interface."""

    kind: list[Identifier] = Field([], description="Kinds of place, as economy or hub.")
    economy: list[Identifier] = Field([], description="Economies by ISO 3166-1 alpha-3.")
    industry_type: list[IndustryType] = Field([], description="Types of industry.")
    industry: list[Identifier] = Field([], description="Industries.")
    governance_scale: list[GovernanceScale] = Field([], description="Scales of governance.")
    firm_scale: list[FirmScale] = Field([], description="Sizes of firm that dominate.")


class ObservationQuery(PlaceQuery):
    """Which observations; `from` and `to` bound the years."""

    indicator: list[Identifier] = Field([], description="Indicators.")
    place: list[Identifier] = Field([], description="Places.")
    topic: list[Topic] = Field([], description="Topics of indicators.")
    year: Year | None = Field(None, description="One year.")
    first_year: Year | None = Field(None, alias="from", description="First year.")
    last_year: Year | None = Field(None, alias="to", description="Last year.")
    rows: Literal["all", "drawn"] = Field(
        "all",
        description="All that is held, rival figures included; or what a chart draws: one row for "
        "a place and year.",
    )

    @model_validator(mode="after")
    def _in_order(self) -> ObservationQuery:
        if self.first_year and self.last_year and self.first_year > self.last_year:
            raise ValueError("`from` is after `to`: give the earlier year first.")
        return self


class ProgrammeQuery(Query):
    """Which programmes."""

    economy: list[Identifier] = Field([], description="Economies by ISO 3166-1 alpha-3.")


class SourceQuery(Query):
    """Which documents."""

    publisher_type: list[Identifier] = Field([], description="Kinds of publisher.")


AnyQuery = TypeVar("AnyQuery", bound=BaseModel)


def parsed(model: type[AnyQuery], items: list[tuple[str, str]]) -> AnyQuery:
    """The parameters of an address, checked.

    Args:
        model: what may be asked.
        items: name and text of each parameter, repeated ones as often as they come.

    Raises:
        ProblemError: if a parameter is not known, repeated where one is meant, or out of bounds.
    """
    lists = {name for name, field in model.model_fields.items() if field.default == []}
    found: dict[str, Any] = {}
    for name, text in items:
        if name in lists:
            found.setdefault(name, []).append(text)
        elif name in found:
            raise ProblemError(
                HTTPStatus.BAD_REQUEST, f"`{name}` is given twice: one value is expected."
            )
        else:
            found[name] = text
    try:
        return model.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "query"
        if first["type"] == "extra_forbidden":
            known = sorted(field.alias or key for key, field in model.model_fields.items())
            message = f"There is no parameter `{name[:60]}`. There are: {', '.join(known)}."
        elif first["type"] == "value_error":
            message = str(first["ctx"]["error"])
        else:
            allowed = _allowed(model, name)
            message = f"`{name}`: {first['msg']}.{allowed}"
        raise ProblemError(HTTPStatus.BAD_REQUEST, message) from None


def _allowed(model: type[BaseModel], name: str) -> str:
    properties = model.model_json_schema()["properties"].get(name, {})
    values = properties.get("enum") or properties.get("items", {}).get("enum")
    return f" Take one of: {', '.join(values)}." if values else ""


@dataclass(frozen=True)
class Listing:
    """A list that can be asked for: its parameters, its rows, and the table of single items."""

    name: str
    what: str
    query: type[Query]
    rows: Callable[[Catalogue, Any], pd.DataFrame]
    table: str
    key: str


def indicator_rows(catalogue: Catalogue, query: IndicatorQuery) -> pd.DataFrame:
    """Indicators by topic."""
    table = catalogue.table("indicators")
    return table[table["topic"].isin(query.topic)] if query.topic else table


def place_rows(catalogue: Catalogue, query: PlaceQuery) -> pd.DataFrame:
    """Places that pass the filters."""
    table = catalogue.table("places")
    return table[table["place_id"].isin(_places(catalogue, query))]


def observation_rows(catalogue: Catalogue, query: ObservationQuery) -> pd.DataFrame:
    """Observations with indicator, unit, document and locator of each value."""
    for key in query.indicator:
        if key not in catalogue.indicators:
            raise unknown("indicator", key, catalogue.indicators)
    for key in query.place:
        if key not in catalogue.places:
            raise unknown("place", key, catalogue.places)
    wanted = [
        key
        for key in (query.indicator or catalogue.indicators)
        if not query.topic or catalogue.indicators[key].topic in query.topic
    ]
    _not_too_many(catalogue, wanted)
    places = _places(catalogue, query)
    kept = [key for key in query.place if key in places] if query.place else list(places)
    first = query.year or query.first_year
    last = query.year or query.last_year
    held = catalogue.series if query.rows == "drawn" else catalogue.observations
    # Asked for everything, rows without a year or place filter need no choosing.
    chosen = None if len(kept) == len(catalogue.places) else kept
    parts = [rows for key in wanted if len(rows := held(key, chosen, first, last))]
    if not parts:
        parts = [held(next(iter(catalogue.indicators)), [])]
    return with_sources(pd.concat(parts, ignore_index=True), catalogue)


def _not_too_many(catalogue: Catalogue, indicator_ids: list[str]) -> None:
    counts = catalogue.counted("indicator_id").set_index("indicator_id")["rows"]
    held = int(counts.reindex(indicator_ids).sum())
    if held > MOST_GATHERED:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            f"These indicators have {held:,} observations, and an answer is made of at most "
            f"{MOST_GATHERED:,}. Name fewer with `indicator`.",
        )


def programme_rows(catalogue: Catalogue, query: ProgrammeQuery) -> pd.DataFrame:
    """Programmes by economy."""
    table = catalogue.table("programmes")
    return table[table["economy"].isin(query.economy)] if query.economy else table


def source_rows(catalogue: Catalogue, query: SourceQuery) -> pd.DataFrame:
    """Documents by kind of publisher."""
    table = catalogue.table("sources")
    return (
        table[table["publisher_type"].isin(query.publisher_type)] if query.publisher_type else table
    )


def item(catalogue: Catalogue, listing: Listing, identifier: str) -> dict[str, Any]:
    """One row of a list; a programme comes with its amounts.

    Raises:
        ProblemError: if there is none of that identifier.
    """
    table = catalogue.table(listing.table)
    rows = table[table[listing.key] == identifier]
    if rows.empty:
        raise unknown(listing.what, identifier, table[listing.key].astype(str))
    found = plain_rows(rows)[0]
    if listing.table == "programmes":
        funding = catalogue.table("programme_funding")
        found["funding"] = plain_rows(funding[funding["programme_id"] == identifier])
    return found


def _places(catalogue: Catalogue, query: PlaceQuery) -> Mapping[str, Any]:
    for key in query.economy:
        if key not in catalogue.places:
            raise unknown("economy", key, catalogue.places)
    for key in query.industry:
        if key not in catalogue.industry_names:
            raise unknown("industry", key, catalogue.industry_names)
    selection = Selection(
        places=tuple(query.economy),
        industry_type=tuple(query.industry_type),
        industry=tuple(query.industry),
        governance_scale=tuple(query.governance_scale),
        firm_scale=tuple(query.firm_scale),
    )
    return {
        key: place
        for key, place in catalogue.places.items()
        if selection.keeps(place) and (not query.kind or place.kind in query.kind)
    }


LISTINGS = {
    listing.name: listing
    for listing in (
        Listing(
            "indicators", "indicator", IndicatorQuery, indicator_rows, "indicators", "indicator_id"
        ),
        Listing("places", "place", PlaceQuery, place_rows, "places", "place_id"),
        Listing(
            "observations",
            "observation",
            ObservationQuery,
            observation_rows,
            "observations",
            "",
        ),
        Listing(
            "programmes", "programme", ProgrammeQuery, programme_rows, "programmes", "programme_id"
        ),
        Listing("sources", "document", SourceQuery, source_rows, "sources", "source_id"),
    )
}
