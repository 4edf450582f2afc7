"""The catalogue: what the atlas holds, answered in tidy tables. Knows nothing of charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.catalogue.contract import PUBLISHER_TYPES, SCOPES, TOPICS
from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.loading import DATA, load_tables, version
from dashboard.catalogue.model import Indicator, Place, Source

BELT = "silicon_sea_belt"

# Columns of places that hold a list.
LISTS = ("admin1_ids", "industries", "anchor_firms", "anchor_universities", "core_body")

# A year may be drawn on a yearly axis when it is whole: a calendar year, a fiscal year, or a
# count at the end of one. Part-years and forecasts stay in the tables.
WHOLE_YEARS = ("", "FY", "end of year")

# Years that one source must give of one place for its figures to go before single ones.
LONG_SERIES = 10


class Catalogue:
    """The checked tables and the questions pages ask of them.

    The tables are shared by all readers: methods return new frames and never change them.
    """

    def __init__(self, tables: dict[str, pd.DataFrame], data_version: str) -> None:
        self._tables = tables
        self.version = data_version
        self._series_kept: dict[str, pd.DataFrame] = {}

    def table(self, name: str) -> pd.DataFrame:
        """A copy of one table of the data package, typed.

        Raises:
            UnknownIdentifierError: if the package has no such table.
        """
        if name not in self._tables:
            raise UnknownIdentifierError("table", name, list(self._tables))
        return self._tables[name].copy()

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its identifier, grouped by topic and sorted by name."""
        records = [Indicator(**row) for row in _records(self._tables["indicators"])]
        records.sort(key=lambda item: (TOPICS.index(item.topic), item.name.lower()))
        return {item.indicator_id: item for item in records}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every place by its identifier, in the order of the table."""
        fields = set(Place.__dataclass_fields__)
        found = {}
        for row in _records(self._tables["places"]):
            row["economies"] = _split(row.pop("economy"))
            for name in LISTS:
                row[name] = _split(row[name])
            place = Place(**{name: value for name, value in row.items() if name in fields})
            found[place.place_id] = place
        return found

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its identifier."""
        records = [Source(**row) for row in _records(self._tables["sources"])]
        return {item.source_id: item for item in records}

    @cached_property
    def industry_names(self) -> dict[str, str]:
        """Name of each industry by its identifier."""
        table = self._tables["industries"]
        return dict(zip(table["industry"], table["name"], strict=True))

    def indicator(self, indicator_id: str) -> Indicator:
        """One indicator.

        Raises:
            UnknownIdentifierError: if it is not in the catalogue.
        """
        if indicator_id not in self.indicators:
            raise UnknownIdentifierError("indicator", indicator_id, list(self.indicators))
        return self.indicators[indicator_id]

    def place(self, place_id: str) -> Place:
        """One place.

        Raises:
            UnknownIdentifierError: if it is not in the catalogue.
        """
        if place_id not in self.places:
            raise UnknownIdentifierError("place", place_id, list(self.places))
        return self.places[place_id]

    @cached_property
    def _repeated_names(self) -> set[str]:
        names = [place.name for place in self.places.values()]
        return {name for name in names if names.count(name) > 1}

    def label(self, place_id: str) -> str:
        """A name that tells a place from others of the same name: "Singapore (hub)".

        Raises:
            UnknownIdentifierError: if it is not in the catalogue.
        """
        place = self.place(place_id)
        kind = place.kind.replace("_", " ")
        return f"{place.name} ({kind})" if place.name in self._repeated_names else place.name

    def places_of_kind(self, kind: str) -> list[Place]:
        """All places of one kind, in the order of the table."""
        return [place for place in self.places.values() if place.kind == kind]

    @cached_property
    def belt_hubs(self) -> list[Place]:
        """The hubs of the Silicon Sea-belt, in the order of the table."""
        return [
            place
            for place in self.places.values()
            if place.kind == "hub" and place.parent_id == BELT
        ]

    @cached_property
    def _ranked(self) -> pd.DataFrame:
        """Observations with the rank of their publisher, best first within a place and year.

        The stated precedence: a source that gives a long series before single figures (a line
        should not hop between sources), then the kind of publisher (official statistics first,
        press last), the newer document, exact before approximate.
        """
        observations = self._tables["observations"]
        sources = self._tables["sources"].set_index("source_id")
        publisher = observations["source_id"].map(sources["publisher_type"])
        # A calculation stands for the series it was made from, so it ranks with statistics.
        order = {name: rank for rank, name in enumerate(PUBLISHER_TYPES)} | {"calculation": 0}
        years = observations.groupby(["indicator_id", "place_id", "source_id"])["year"]
        ranked = observations.assign(
            _backbone=(years.transform("nunique") < LONG_SERIES).astype("int64"),
            publisher_type=publisher,
            _publisher=publisher.map(order),
            _published=-observations["source_id"].map(sources["year"]).fillna(0).astype("int64"),
            _qualifier=(observations["qualifier"] != "exact").astype("int64"),
            _scope=observations["scope"].map({name: rank for rank, name in enumerate(SCOPES)}),
        )
        return ranked.sort_values(
            [
                "indicator_id",
                "place_id",
                "year",
                "_backbone",
                "_publisher",
                "_published",
                "_qualifier",
            ],
            kind="stable",
        )

    @cached_property
    def _rows_by_indicator(self) -> dict[str, pd.DataFrame]:
        return {str(name): rows for name, rows in self._ranked.groupby("indicator_id", sort=False)}

    def observations(
        self,
        indicator_id: str,
        place_ids: Iterable[str] | None = None,
        first_year: int | None = None,
        last_year: int | None = None,
    ) -> pd.DataFrame:
        """Every row held for an indicator, rival figures included.

        Args:
            indicator_id: the indicator.
            place_ids: keep these places only; None keeps all.
            first_year: leave out the years before it.
            last_year: leave out the years after it.

        Returns:
            The columns of the observations table with `place_name`, `place_kind` and
            `publisher_type`; sorted by place and year, the preferred row of a year first.

        Raises:
            UnknownIdentifierError: if the indicator is not in the catalogue.
        """
        self.indicator(indicator_id)
        rows = self._rows_by_indicator.get(indicator_id, self._ranked.iloc[:0])
        keep = pd.Series(True, index=rows.index)
        if place_ids is not None:
            keep &= rows["place_id"].isin(list(place_ids))
        if first_year is not None:
            keep &= rows["year"] >= first_year
        if last_year is not None:
            keep &= rows["year"] <= last_year
        rows = rows[keep]
        names = {key: place.name for key, place in self.places.items()}
        kinds = {key: place.kind for key, place in self.places.items()}
        return rows.assign(
            place_name=rows["place_id"].map(names), place_kind=rows["place_id"].map(kinds)
        ).reset_index(drop=True)

    def series(
        self,
        indicator_id: str,
        place_ids: Iterable[str] | None = None,
        first_year: int | None = None,
        last_year: int | None = None,
    ) -> pd.DataFrame:
        """One row per place and year: the rows a chart draws.

        Only whole years are kept. A place keeps one coverage (sectors, industry, size of firm),
        the one with most years and the wider one on a tie, so that a line never joins
        manufacturing to all industries. Where several sources give the same year, the preferred
        one is kept; `rivals` counts all other figures held for that year, of any coverage.

        Returns:
            As `observations`, with `rivals` (whole number), sorted by place and year.

        Raises:
            UnknownIdentifierError: if the indicator is not in the catalogue.
        """
        rows = self._whole_series(indicator_id)
        keep = pd.Series(True, index=rows.index)
        if place_ids is not None:
            keep &= rows["place_id"].isin(list(place_ids))
        if first_year is not None:
            keep &= rows["year"] >= first_year
        if last_year is not None:
            keep &= rows["year"] <= last_year
        return rows[keep].reset_index(drop=True)

    def _whole_series(self, indicator_id: str) -> pd.DataFrame:
        """All places and years of `series`, worked out once per indicator; not to be changed."""
        if indicator_id not in self._series_kept:
            rows = self.observations(indicator_id)
            rows = rows[rows["period_note"].isin(WHOLE_YEARS)]
            rivals = rows.groupby(["place_id", "year"])["value"].transform("size") - 1
            rows = _one_coverage(rows.assign(rivals=rivals.astype("int64")))
            rows = rows.drop_duplicates(["place_id", "year"], keep="first")
            rows = rows.drop(columns=[name for name in rows.columns if name.startswith("_")])
            rows = rows.sort_values(["place_id", "year"]).reset_index(drop=True)
            self._series_kept[indicator_id] = rows
        return self._series_kept[indicator_id]

    def latest(self, place_id: str, indicator_ids: Sequence[str] | None = None) -> pd.DataFrame:
        """The newest drawn row of each indicator a place has, one row per indicator.

        Args:
            place_id: the place.
            indicator_ids: keep these, in this order; None keeps all, in catalogue order.

        Raises:
            UnknownIdentifierError: if the place or an indicator is not in the catalogue.
        """
        self.place(place_id)
        wanted = (
            list(self.indicators)
            if indicator_ids is None
            else [self.indicator(key).indicator_id for key in indicator_ids]
        )
        held = self._indicators_by_place.get(place_id, set())
        newest = [self.series(name, [place_id]).tail(1) for name in wanted if name in held]
        newest = [rows for rows in newest if not rows.empty]
        if not newest:
            return self._ranked.iloc[:0]
        return pd.concat(newest, ignore_index=True)

    @cached_property
    def _drawable(self) -> pd.DataFrame:
        """Pairs of indicator and place that have a whole year: what can be offered to draw."""
        observations = self._tables["observations"]
        whole = observations[observations["period_note"].isin(WHOLE_YEARS)]
        return whole[["indicator_id", "place_id"]].drop_duplicates()

    @cached_property
    def _indicators_by_place(self) -> dict[str, set[str]]:
        pairs = self._drawable
        return {str(name): set(rows) for name, rows in pairs.groupby("place_id")["indicator_id"]}

    def indicators_of(self, place_id: str) -> set[str]:
        """Identifiers of the indicators that can be drawn for a place."""
        return self._indicators_by_place.get(place_id, set())

    @cached_property
    def _places_by_indicator(self) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        for indicator_id, place_id in self._drawable.itertuples(index=False):
            kinds = found.setdefault(indicator_id, {})
            kinds.setdefault(self.places[place_id].kind, []).append(place_id)
        order = {place_id: rank for rank, place_id in enumerate(self.places)}
        for kinds in found.values():
            for place_ids in kinds.values():
                place_ids.sort(key=order.__getitem__)
        return found

    def places_with(self, indicator_id: str, kind: str | None = None) -> list[str]:
        """Identifiers of the places an indicator can be drawn for, in the order of the table."""
        kinds = self._places_by_indicator.get(indicator_id, {})
        if kind is not None:
            return list(kinds.get(kind, []))
        return [place_id for place_ids in kinds.values() for place_id in place_ids]

    def kind_of(self, indicator_id: str) -> str:
        """The kind of place an indicator is mostly measured for: economy, hub ..."""
        kinds = self._places_by_indicator.get(indicator_id, {})
        return max(kinds, key=lambda kind: len(kinds[kind])) if kinds else "economy"

    @cached_property
    def _definition_words(self) -> dict[str, str]:
        found = {}
        for key, rows in self._tables["definitions"].groupby("definition_id"):
            widest = rows[rows["size_class"].isin(["sme", "msme", "medium"])]
            widest = rows if widest.empty else widest
            name = self.places[str(rows["economy"].iloc[0])].name
            since = rows["valid_from"].dropna()
            force = f" in force from {since.min()}" if len(since) else ""
            limit = widest["max_employees"].max()
            if pd.notna(limit):
                limits = f"up to {limit:,.0f} employees, by sector"
            else:
                limits = "limits of sales or capital, not of employees"
            found[str(key)] = f"by the law of {name}{force}: {limits}"
        return found

    def definition_words(self, definition_id: str) -> str:
        """A legal definition in words: whose law, since when, its widest limit of employees.

        Raises:
            UnknownIdentifierError: if it is not in the catalogue.
        """
        if definition_id not in self._definition_words:
            raise UnknownIdentifierError("definition", definition_id, list(self._definition_words))
        return self._definition_words[definition_id]

    def links(self, place_id: str | None = None) -> pd.DataFrame:
        """Ties that start or end at a place, or all of them; one row per tie."""
        links = self._tables["links"]
        if place_id is not None:
            links = links[(links["from_place_id"] == place_id) | (links["to_place_id"] == place_id)]
        return links.reset_index(drop=True)

    def programmes(self, economy: str) -> pd.DataFrame:
        """Cluster programmes of an economy, one row per programme or phase, oldest first."""
        programmes = self._tables["programmes"]
        found = programmes[programmes["economy"] == economy]
        return found.sort_values(["start_year", "programme_id"]).reset_index(drop=True)

    def funding(self, programme_id: str) -> pd.DataFrame:
        """Amounts and counts of a programme, one row each, in order of year."""
        funding = self._tables["programme_funding"]
        found = funding[funding["programme_id"] == programme_id]
        return found.sort_values(["year", "funding_id"]).reset_index(drop=True)


def load(folder: Path = DATA) -> Catalogue:
    """Read and check the data package.

    Raises:
        DataContractError: if a table breaks the contract.
    """
    return Catalogue(load_tables(folder), version(folder))


def _one_coverage(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of each place that share its best-covered sectors, industry and size of firm."""
    # A source that does not name the sectors mostly means all of them; the reader is told.
    rows = rows.assign(_sectors=rows["scope"].replace("unspecified", "all"))
    coverage = ["_sectors", "industry", "firm_scale"]
    if len(rows[coverage].drop_duplicates()) < 2:
        return rows
    rows = rows.assign(_scope=rows["_sectors"].map({name: at for at, name in enumerate(SCOPES)}))
    years = rows.groupby(["place_id", *coverage, "_scope"])["year"].nunique().reset_index()
    years["_whole"] = (years["industry"] != "all").astype("int64") + (years["firm_scale"] != "all")
    years = years.sort_values(["year", "_scope", "_whole"], ascending=[False, True, True])
    chosen = years.drop_duplicates("place_id")[["place_id", *coverage]]
    return rows.merge(chosen, on=["place_id", *coverage])


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain Python values; a missing number is None."""
    plain = table.astype(object).where(table.notna(), None)
    return plain.to_dict("records")


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
