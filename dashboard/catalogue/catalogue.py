"""The catalogue: what the atlas holds, answered in tidy tables. Knows nothing of charts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from dashboard.catalogue.cells import plain_rows
from dashboard.catalogue.conflicts import amounts_side_by_side, facts_side_by_side, side_by_side
from dashboard.catalogue.contract import TABLES_BY_NAME
from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.loading import DATA, load_tables, released, version
from dashboard.catalogue.model import Event, Indicator, Place, Source
from dashboard.catalogue.precedence import prepared, without_helpers
from dashboard.catalogue.store import Memory, Rows, Store, asked
from dashboard.catalogue.vocabulary import TOPICS

BELT = "silicon_sea_belt"

# Columns of places that hold a list.
LISTS = ("admin1_ids", "industries", "anchor_firms", "anchor_universities", "core_body")

# Choices of rows that stay at hand, a few megabytes.
SERIES_KEPT = 256

OBSERVATION_KEY = TABLES_BY_NAME["observations"].key


class Catalogue:
    """The checked tables and the questions pages ask of them.

    The tables are shared by all readers: methods return new frames and never change them.
    """

    def __init__(
        self,
        tables: dict[str, pd.DataFrame],
        data_version: str,
        released_on: date | None = None,
        store: Store | None = None,
    ) -> None:
        """Take the tables, and the store of observations; None keeps those of the tables."""
        self._tables = tables
        self.version = data_version
        self.released = released_on
        if store is not None:
            self._store = store

    @cached_property
    def _store(self) -> Store:
        tables = self._tables
        rows = prepared(
            tables["observations"], tables["sources"], tables["precedence"], self.places
        )
        return Memory(rows)

    @property
    def package(self) -> Catalogue:
        """The catalogue of what all readers share, without any reader's own series."""
        return self

    def table(self, name: str) -> pd.DataFrame:
        """A copy of one table of the data package, typed.

        Raises:
            UnknownIdentifierError: if the package has no such table.
            StoreError: if it is that of observations, and they are too many to be held in memory.
        """
        if name not in self._tables:
            raise UnknownIdentifierError("table", name, list(self._tables))
        if name == "observations":
            return self._whole_observations()
        return self._tables[name].copy()

    def no_rows(self, name: str) -> pd.DataFrame:
        """No row of one table of the data package, with its columns and types.

        Much quicker than a part of the whole table where the rows of a store are many.

        Raises:
            UnknownIdentifierError: if the package has no such table.
        """
        if name not in self._tables:
            raise UnknownIdentifierError("table", name, list(self._tables))
        return self._tables[name].iloc[:0].copy()

    def _whole_observations(self) -> pd.DataFrame:
        columns = list(self._tables["observations"])
        rows = self._store.whole().sort_values("_position", kind="stable")
        return rows[columns].reset_index(drop=True)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its identifier, grouped by topic and sorted by name."""
        records = [Indicator(**row) for row in plain_rows(self._tables["indicators"])]
        records.sort(key=lambda item: (TOPICS.index(item.topic), item.name.lower()))
        return {item.indicator_id: item for item in records}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every place by its identifier, in the order of the table."""
        fields = set(Place.__dataclass_fields__)
        found = {}
        for row in plain_rows(self._tables["places"]):
            row["economies"] = _split(row.pop("economy"))
            for name in LISTS:
                row[name] = _split(row[name])
            place = Place(**{name: value for name, value in row.items() if name in fields})
            found[place.place_id] = place
        return found

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its identifier."""
        records = [Source(**row) for row in plain_rows(self._tables["sources"])]
        return {item.source_id: item for item in records}

    @cached_property
    def industry_names(self) -> dict[str, str]:
        """Name of each industry by its identifier."""
        table = self._tables["industries"]
        return dict(zip(table["industry"], table["name"], strict=True))

    @cached_property
    def programme_names(self) -> dict[str, str]:
        """Name of each programme by its identifier."""
        table = self._tables["programmes"]
        return dict(zip(table["programme_id"], table["name"], strict=True))

    @cached_property
    def events(self) -> dict[str, Event]:
        """Every event by its identifier, in the order of time."""
        records = [Event(**row) for row in plain_rows(self._tables["events"])]
        records.sort(key=lambda item: (item.year, item.date, item.event_id))
        return {item.event_id: item for item in records}

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

    def observations(
        self,
        indicator_id: str,
        place_ids: Iterable[str] | None = None,
        first_year: int | None = None,
        last_year: int | None = None,
    ) -> pd.DataFrame:
        """Every row held for an indicator, rival figures and rows without a year included.

        Args:
            indicator_id: the indicator.
            place_ids: keep these places only; None keeps all.
            first_year: leave out the years before it, and rows without a year.
            last_year: leave out the years after it, and rows without a year.

        Returns:
            The columns of the observations table with `place_name`, `place_kind` and
            `publisher_type`; sorted by place and year, the preferred row of a year first, rows
            without a year last.

        Raises:
            UnknownIdentifierError: if the indicator is not in the catalogue.
        """
        self.indicator(indicator_id)
        return self._observed(asked([indicator_id], place_ids, first_year, last_year))

    def series(
        self,
        indicator_id: str,
        place_ids: Iterable[str] | None = None,
        first_year: int | None = None,
        last_year: int | None = None,
    ) -> pd.DataFrame:
        """One row per place and year: the rows a chart draws.

        Only whole years that have passed are kept: part-years, forecasts and rows without a year
        stay in `observations`. A place keeps one coverage (sectors, industry, size of firm), the
        one with most years and the wider one on a tie, so that a line never joins manufacturing
        to all industries. Where several sources give the same year, the preferred one is kept;
        `rivals` counts all other figures held for that year, of any coverage.

        Returns:
            As `observations`, with `rivals` (whole number), sorted by place and year.

        Raises:
            UnknownIdentifierError: if the indicator is not in the catalogue.
        """
        self.indicator(indicator_id)
        places = None if place_ids is None else frozenset(place_ids)
        # Whoever asks may change what they get, and nobody else sees it. Not a copy that shares the
        # values: pandas notes each view of values with them, and lets go of hundreds at a time, so
        # that what is kept grew by 10 kB with each run of a page.
        return self._kept_series(indicator_id, places, first_year, last_year).copy()

    @cached_property
    def _kept_series(self) -> Callable[..., pd.DataFrame]:
        """Rows of series, chosen once: a page asks for the same ones several times in a run."""

        @lru_cache(maxsize=SERIES_KEPT)
        def kept(
            indicator_id: str,
            places: frozenset[str] | None,
            first_year: int | None,
            last_year: int | None,
        ) -> pd.DataFrame:
            rows = self._store.rows(
                asked([indicator_id], places, first_year, last_year, drawn=True)
            )
            return _series(rows).reset_index(drop=True)

        return kept

    def _observed(self, rows: Rows) -> pd.DataFrame:
        return without_helpers(self._store.rows(rows)).reset_index(drop=True)

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """All rows of all series, as `series` returns them; shared, never to be changed."""
        rows = self._store.whole()
        return _series(rows[rows["_drawn"]])

    @cached_property
    def nothing(self) -> pd.DataFrame:
        """No row, with the columns and types of `series`."""
        return _series(self._store.rows(Rows(frozenset(), drawn=True)))

    def drawn_of(
        self, place_ids: Iterable[str], indicator_ids: Iterable[str] | None = None
    ) -> pd.DataFrame:
        """All rows of all series of some places, as `series` returns them.

        Args:
            place_ids: the places.
            indicator_ids: keep these only; None keeps all.
        """
        rows = self._store.rows(asked(indicator_ids, place_ids, drawn=True))
        return _series(rows).reset_index(drop=True)

    def drawn_in(self, year: int) -> pd.DataFrame:
        """The rows of a year of all series, as `series` returns them."""
        rows = self._store.rows(asked(None, None, year, year, drawn=True))
        return _series(rows).reset_index(drop=True)

    def held_of(self, place_id: str) -> pd.DataFrame:
        """Every row held of a place, as `observations` has them, in the order of the table."""
        rows = self._store.rows(asked(None, [place_id]))
        return without_helpers(rows.sort_values("_position")).reset_index(drop=True)

    def counted(self, *by: str, where: str = "") -> pd.DataFrame:
        """How many observations there are of each combination of cells; see `Store.counted`.

        Args:
            by: columns of `observations`, or `_press_only`.
            where: "" counts all rows, "_drawn" those that charts draw, "_first" one for each
                indicator, place and year.
        """
        return self._store.counted(*by, where=where)

    def value(self, identifier: str) -> pd.Series:
        """One row as `observations` returns it.

        Args:
            identifier: what `value_identifiers` makes of the row, and `search` gives.

        Raises:
            UnknownIdentifierError: if no row has it.
        """
        indicator_id, _, others = identifier.partition("|")
        place_id = others.partition("|")[0]
        if indicator_id not in self.indicators or place_id not in self.places:
            raise UnknownIdentifierError("value", identifier, [])
        rows = self._observed(asked([indicator_id], [place_id]))
        identifiers = value_identifiers(rows)
        if identifier not in identifiers:
            raise UnknownIdentifierError("value", identifier, identifiers)
        row: pd.Series = rows.iloc[identifiers.index(identifier)]
        return row

    def rivals(self, indicator_id: str, place_id: str, year: int) -> pd.DataFrame:
        """Every row held of an indicator, place and year, the drawn one first.

        Returns:
            As `observations`, with `drawn` (True for the row a chart draws) and `passed_over`
            (why another row goes before it; empty for the first).

        Raises:
            UnknownIdentifierError: if the indicator or the place is not in the catalogue.
        """
        self.indicator(indicator_id)
        self.place(place_id)
        rows = self._store.rows(asked([indicator_id], [place_id], year, year))
        return side_by_side(rows).reset_index(drop=True)

    @cached_property
    def _conflicts(self) -> pd.DataFrame:
        return facts_side_by_side(self._store.rows(Rows(in_conflict=True)))

    def conflicts(self) -> pd.DataFrame:
        """Facts whose sources differ: all their rows, side by side, the preferred one first.

        A fact is one indicator, place, year and period, the same sectors, industry, size of firm
        and legal definition. Figures that agree once rounded as the coarser one is printed, or
        that lie within what the other allows (a range, "at least", "approximately"), are not in
        conflict. Of programmes, see `funding_conflicts`.

        Returns:
            One row per figure: as `observations`, with `conflict` (number of the fact, from 1),
            `drawn`, `difference_pct` (from the first row of the fact; missing where that is 0)
            and `passed_over` (why the first row goes before it).
        """
        return self._conflicts.reset_index(drop=True)

    def is_in_conflict(self, rows: pd.DataFrame) -> pd.Series:
        """True for each row that another source contradicts, see `conflicts`.

        Args:
            rows: as `observations` or `series` return them, or part of them.
        """
        cells = zip(*(rows[name].tolist() for name in OBSERVATION_KEY), strict=True)
        return pd.Series([cell in self._disputed for cell in cells], index=rows.index, dtype="bool")

    @cached_property
    def _disputed(self) -> set[tuple[object, ...]]:
        key = self._conflicts[list(OBSERVATION_KEY)].astype("object")
        return set(key.itertuples(index=False, name=None))

    def funding_conflicts(self) -> pd.DataFrame:
        """Amounts that contradict or supersede each other, side by side, the drawn one first.

        Returns:
            One row per amount: the columns of the funding table, with `programme` (its name) and
            `publisher_type`, sorted by `conflict_group`; `headline` marks the row to draw.
        """
        return amounts_side_by_side(
            self._tables["programme_funding"], self._tables["programmes"], self._tables["sources"]
        )

    def undated(self, place_id: str | None = None) -> pd.DataFrame:
        """The rows whose source gives no year, of a place or of all; as `observations`.

        Raises:
            UnknownIdentifierError: if the place is not in the catalogue.
        """
        places = None if place_id is None else frozenset([self.place(place_id).place_id])
        return self._observed(Rows(place_ids=places, undated=True))

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
        order = {key: at for at, key in enumerate(key for key in wanted if key in held)}
        rows = self.drawn_of([place_id], order)
        newest = rows.drop_duplicates("indicator_id", keep="last")
        by_wish = newest["indicator_id"].map(order).sort_values(kind="stable").index
        return newest.loc[by_wish].reset_index(drop=True)

    @cached_property
    def _drawable(self) -> pd.DataFrame:
        """Pairs of indicator and place that have a whole year: what can be offered to draw."""
        return self.counted("indicator_id", "place_id", where="_drawn")[
            ["indicator_id", "place_id"]
        ]

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
    return Catalogue(load_tables(folder), version(folder), released(folder))


def value_identifiers(rows: pd.DataFrame) -> list[str]:
    """Identifier of each observation: the cells of its key, joined by "|"."""
    columns = [
        rows[name].astype("object").where(rows[name].notna(), "") for name in OBSERVATION_KEY
    ]
    return ["|".join(map(str, cells)) for cells in zip(*columns, strict=True)]


def _series(rows: pd.DataFrame) -> pd.DataFrame:
    """Prepared rows that are drawn, as `Catalogue.series` returns them."""
    return without_helpers(rows.assign(rivals=rows["_rivals"]))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
