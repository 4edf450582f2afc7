"""The catalogue: what the atlas holds, answered in tidy tables. Knows nothing of charts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.catalogue.contract import SCOPES, TABLES_BY_NAME, TOPICS
from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.loading import DATA, load_tables, released, version
from dashboard.catalogue.model import Event, Indicator, Place, Source

BELT = "silicon_sea_belt"

# Columns of places that hold a list.
LISTS = ("admin1_ids", "industries", "anchor_firms", "anchor_universities", "core_body")

# A year may be drawn on a yearly axis when it is whole: a calendar year, a fiscal year, or a
# count at the end of one. Part-years and forecasts stay in the tables.
WHOLE_YEARS = ("", "FY", "end of year")

# Caveats of values that stay in the tables for the same reason.
NOT_DRAWN = ("forecast", "part_year")

# Years that one source must give of one place for its figures to go before single ones.
LONG_SERIES = 10

# Columns of `Catalogue._ranked` in order of their weight, and the rank of a kind of publisher that
# the table of precedence does not name: the table allows 1 to 99.
PRECEDENCE = ("_backbone", "_publisher", "_published", "_qualifier", "_scope")
UNRANKED = 100

# Choices of rows that stay at hand, a few megabytes.
SERIES_KEPT = 256

OBSERVATION_KEY = TABLES_BY_NAME["observations"].key


class Catalogue:
    """The checked tables and the questions pages ask of them.

    The tables are shared by all readers: methods return new frames and never change them.
    """

    def __init__(
        self, tables: dict[str, pd.DataFrame], data_version: str, released_on: date | None = None
    ) -> None:
        self._tables = tables
        self.version = data_version
        self.released = released_on

    @property
    def package(self) -> Catalogue:
        """The catalogue of what all readers share, without any reader's own series."""
        return self

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

    @cached_property
    def programme_names(self) -> dict[str, str]:
        """Name of each programme by its identifier."""
        table = self._tables["programmes"]
        return dict(zip(table["programme_id"], table["name"], strict=True))

    @cached_property
    def events(self) -> dict[str, Event]:
        """Every event by its identifier, in the order of time."""
        records = [Event(**row) for row in _records(self._tables["events"])]
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

    @cached_property
    def _ranked(self) -> pd.DataFrame:
        """Observations, best first within an indicator, place and year.

        This order is the whole rule of precedence. Where several rows give the same place and
        year, the first of them is drawn:

        1. a source that gives a series of `LONG_SERIES` years or more of the place goes before
           one that gives single figures, because a line should not hop between sources;
        2. then the kind of publisher, by the table `precedence`: the kinds ranked for this
           indicator first, in their order, then all others by the general rows (those without an
           indicator); a kind that no row ranks comes last;
        3. then the newer document; an undated one counts as the oldest;
        4. then an exact figure before any other qualifier;
        5. then the wider sectors, in the order of `SCOPES`.

        What is still equal keeps the order of the table. Rows without a year come last.
        `series` chooses the coverage of a place before it applies this order.
        """
        observations = self._tables["observations"]
        sources = self._tables["sources"].set_index("source_id")
        publisher = observations["source_id"].map(sources["publisher_type"])
        years = observations.groupby(["indicator_id", "place_id", "source_id"])["year"]
        names = {key: place.name for key, place in self.places.items()}
        kinds = {key: place.kind for key, place in self.places.items()}
        ranked = observations.assign(
            place_name=observations["place_id"].map(names),
            place_kind=observations["place_id"].map(kinds),
            publisher_type=publisher,
            _backbone=(years.transform("nunique") < LONG_SERIES).astype("int64"),
            _publisher=self._publisher_rank(observations["indicator_id"], publisher),
            _published=-observations["source_id"].map(sources["year"]).fillna(0).astype("int64"),
            _qualifier=(observations["qualifier"] != "exact").astype("int64"),
            _scope=observations["scope"].map({name: rank for rank, name in enumerate(SCOPES)}),
        )
        return ranked.sort_values(["indicator_id", "place_id", "year", *PRECEDENCE], kind="stable")

    def _publisher_rank(self, indicator_ids: pd.Series, publisher: pd.Series) -> pd.Series:
        table = self._tables["precedence"]
        own = table[table["indicator_id"] != ""]
        own_ranks = {
            (row.indicator_id, row.publisher_type): row.rank for row in own.itertuples(index=False)
        }
        general = table[table["indicator_id"] == ""].set_index("publisher_type")["rank"]
        ranks = UNRANKED + publisher.map(general).fillna(UNRANKED).astype("int64")
        for indicator_id, kind in own_ranks:
            is_meant = (indicator_ids == indicator_id) & (publisher == kind)
            ranks = ranks.mask(is_meant, own_ranks[indicator_id, kind])
        return ranks

    @cached_property
    def _rows_by_indicator(self) -> dict[str, pd.DataFrame]:
        rows = _without_helpers(self._ranked)
        return {str(name): group for name, group in rows.groupby("indicator_id", sort=False)}

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
        rows = self._rows_by_indicator.get(indicator_id, _without_helpers(self._ranked).iloc[:0])
        return _chosen(rows, place_ids, first_year, last_year)

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
        # Whoever asks may put columns into what they get, and nobody else sees them.
        return self._kept_series(indicator_id, places, first_year, last_year).copy(deep=False)

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
            rows = self._series_by_indicator.get(indicator_id, self.drawn.iloc[:0])
            return _chosen(rows, places, first_year, last_year)

        return kept

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """All rows of all series, as `series` returns them; shared, never to be changed."""
        whole = self._ranked[is_whole_year(self._ranked)]
        facts = whole.groupby(["indicator_id", "place_id", "year"])
        whole = whole.assign(rivals=facts["value"].transform("size").astype("int64") - 1)
        kept = _one_coverage(whole).drop_duplicates(["indicator_id", "place_id", "year"])
        return _without_helpers(kept)

    @cached_property
    def _series_by_indicator(self) -> dict[str, pd.DataFrame]:
        return {str(name): rows for name, rows in self.drawn.groupby("indicator_id", sort=False)}

    @cached_property
    def _positions(self) -> dict[str, int]:
        """Position of each observation in its table, by its identifier."""
        identifiers = value_identifiers(self._tables["observations"])
        return {identifier: position for position, identifier in enumerate(identifiers)}

    def value(self, identifier: str) -> pd.Series:
        """One row as `observations` returns it.

        Args:
            identifier: what `value_identifiers` makes of the row, and `search` gives.

        Raises:
            UnknownIdentifierError: if no row has it.
        """
        if identifier not in self._positions:
            raise UnknownIdentifierError("value", identifier, list(self._positions))
        row: pd.Series = self._ranked.loc[self._positions[identifier]]
        return row[[name for name in row.index if not name.startswith("_")]]

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
        rows = self._ranked
        rows = rows[
            (rows["indicator_id"] == indicator_id)
            & (rows["place_id"] == place_id)
            & (rows["year"] == year).fillna(False)
        ]
        return self._side_by_side(rows).reset_index(drop=True)

    def _side_by_side(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of one fact in order of precedence, the drawn one first, with the reasons."""
        is_drawn = pd.Series(rows.index.isin(self.drawn.index), index=rows.index)
        rows = rows.assign(drawn=is_drawn)
        rows = rows.sort_values("drawn", ascending=False, kind="stable")
        if rows.empty:
            return _without_helpers(rows.assign(passed_over=""))
        first = rows.iloc[0]
        reasons = [_passed_over(first, row) for _, row in rows.iloc[1:].iterrows()]
        return _without_helpers(rows.assign(passed_over=["", *reasons]))

    @cached_property
    def _conflicts(self) -> pd.DataFrame:
        whole = self._ranked[is_whole_year(self._ranked)]
        # A source that does not name the sectors mostly means all of them, as in `series`.
        whole = whole.assign(_sectors=whole["scope"].replace("unspecified", "all"))
        fact = ["indicator_id", "place_id", "year", "_sectors", "industry", "firm_scale"]
        fact = [*fact, "period_note"]
        rows = whole[whole.duplicated(fact, keep=False)]
        # A row that names no law goes with the law of the others, if they name one.
        named = rows["definition_id"].where(rows["definition_id"] != "")
        laws = named.groupby([rows[name] for name in fact]).transform("nunique")
        rows = rows.assign(_law=rows["definition_id"].where(laws > 1, ""))
        ends = [allowed(row) for row in rows.itertuples(index=False)]
        rows = rows.assign(
            _low=[low for low, _ in ends],
            _high=[high for _, high in ends],
        )
        facts = rows.groupby([*fact, "_law"])
        # Figures agree when one value would satisfy all of them.
        differ = facts["_low"].transform("max") > facts["_high"].transform("min")
        rows = rows[differ & (facts["source_id"].transform("nunique") > 1)]
        found: list[pd.DataFrame] = []
        for _, rival in rows.groupby([*fact, "_law"], sort=True):
            found.append(self._side_by_side(rival).assign(conflict=len(found) + 1))
        if not found:
            rows = self._side_by_side(whole.iloc[:0])
            rows = rows.assign(conflict=pd.Series(dtype="int64"))
        else:
            rows = pd.concat(found)
        first_values = rows.groupby("conflict")["value"].transform("first")
        apart = 100 * (rows["value"] / first_values.where(first_values != 0) - 1)
        return rows.assign(difference_pct=apart)

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
        cells = rows[list(OBSERVATION_KEY)].astype("object").itertuples(index=False, name=None)
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
        funding = self._tables["programme_funding"]
        rows = funding[funding["conflict_group"] != ""]
        programmes = self._tables["programmes"].set_index("programme_id")["name"]
        publishers = self._tables["sources"].set_index("source_id")["publisher_type"]
        rows = rows.assign(
            programme=rows["programme_id"].map(programmes),
            publisher_type=rows["source_id"].map(publishers),
        )
        return rows.sort_values(
            ["conflict_group", "headline"], ascending=[True, False], kind="stable"
        ).reset_index(drop=True)

    def undated(self, place_id: str | None = None) -> pd.DataFrame:
        """The rows whose source gives no year, of a place or of all; as `observations`.

        Raises:
            UnknownIdentifierError: if the place is not in the catalogue.
        """
        rows = self._ranked[self._ranked["year"].isna()]
        if place_id is not None:
            self.place(place_id)
            rows = rows[rows["place_id"] == place_id]
        return _without_helpers(rows).reset_index(drop=True)

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
            return self.drawn.iloc[:0].copy()
        return pd.concat(newest, ignore_index=True)

    @cached_property
    def _drawable(self) -> pd.DataFrame:
        """Pairs of indicator and place that have a whole year: what can be offered to draw."""
        return self.drawn[["indicator_id", "place_id"]].drop_duplicates()

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


def has_caveat(rows: pd.DataFrame, *caveats: str) -> pd.Series:
    """True for each row that carries one of the caveats."""
    wanted = set(caveats)
    carrying = [cell for cell in rows["caveats"].unique() if wanted & set(cell.split(";"))]
    if not carrying:
        return pd.Series(False, index=rows.index)
    return rows["caveats"].isin(carrying)


def is_whole_year(rows: pd.DataFrame) -> pd.Series:
    """True for each row that may be drawn on a yearly axis."""
    return (
        rows["year"].notna() & rows["period_note"].isin(WHOLE_YEARS) & ~has_caveat(rows, *NOT_DRAWN)
    )


def _chosen(
    rows: pd.DataFrame,
    place_ids: Iterable[str] | None,
    first_year: int | None,
    last_year: int | None,
) -> pd.DataFrame:
    keep = pd.Series(True, index=rows.index)
    if place_ids is not None:
        keep &= rows["place_id"].isin(list(place_ids))
    if first_year is not None:
        keep &= (rows["year"] >= first_year).fillna(False).astype("bool")
    if last_year is not None:
        keep &= (rows["year"] <= last_year).fillna(False).astype("bool")
    return rows[keep].reset_index(drop=True)


def _without_helpers(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop(columns=[name for name in rows.columns if name.startswith("_")])


def _one_coverage(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of each line that share its best-covered sectors, industry and size of firm."""
    line = ["indicator_id", "place_id"]
    # A source that does not name the sectors mostly means all of them; the reader is told.
    sectors = rows["scope"].replace("unspecified", "all")
    rows = rows.assign(
        _sectors=sectors, _width=sectors.map({name: at for at, name in enumerate(SCOPES)})
    )
    coverage = ["_sectors", "industry", "firm_scale"]
    years = rows.groupby([*line, *coverage, "_width"])["year"].nunique().reset_index()
    years["_whole"] = (years["industry"] != "all").astype("int64") + (years["firm_scale"] != "all")
    years = years.sort_values(["year", "_width", "_whole"], ascending=[False, True, True])
    chosen = years.drop_duplicates(line)[[*line, *coverage]].assign(_chosen=True)
    is_chosen = rows[[*line, *coverage]].merge(chosen, how="left")["_chosen"].notna()
    return rows[is_chosen.to_numpy()]


def allowed(row: Any) -> tuple[float, float]:
    """What a figure allows: its range, its open end, or what was rounded away around it.

    Half a unit of the last digit of an exact figure; a whole one of an approximate figure, for
    such are often cut rather than rounded.
    """
    if row.qualifier == "range" and pd.notna(row.value_high):
        return row.value_low, row.value_high
    is_rough = row.qualifier == "approximate"
    # A hair wider, for sums in binary fall short of the halves of decimals.
    around = (1.0001 if is_rough else 0.5001) * _last_digit(row.value, is_rough=is_rough)
    low, high = row.value - around, row.value + around
    if row.qualifier == "at_least":
        return low, math.inf
    if row.qualifier == "at_most":
        return -math.inf, high
    return low, high


def _last_digit(value: float, *, is_rough: bool) -> float:
    """Worth of the last digit a figure is printed with; zeros at the end count unless rough."""
    digits = Decimal(repr(float(value))).normalize()
    exponent = int(digits.as_tuple().exponent)
    return float(Decimal(1).scaleb(exponent if is_rough else min(exponent, 0)))


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


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain Python values; a missing number is None."""
    plain = table.astype(object).where(table.notna(), None)
    return plain.to_dict("records")


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
