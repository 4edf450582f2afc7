"""The catalogue of a reader who has brought series of their own: the package's and theirs.

The package is shared and never changed. A reader's series stand in a small catalogue beside it,
and each question goes to the one that holds the indicator asked for.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.model import Event, Indicator, Place, Source

# Identifiers of readers' own series begin with it; no table of the package has such a one.
OWN = "yours_"
OWN_TOPIC = "yours"
OWN_NAME = "Your data: "
_IDENTIFIER = re.compile(rf"{OWN}[0-9a-f]{{24}}")
# What an address that names somebody's own series is told in another session.
NOT_HERE = (
    "it is a reader's own series, which only the browser tab that uploaded it has, for as long as "
    "it is open. Upload the file on Your data to see it here"
)
_OF_OWN = ("indicators", "sources", "observations")


def new_identifier() -> str:
    """An identifier that nobody can guess, so that no address leads to it by chance."""
    return OWN + secrets.token_hex(12)


def is_own(identifier: str) -> bool:
    """Whether an identifier is that of a reader's own series, of this reader or another."""
    return _IDENTIFIER.fullmatch(identifier) is not None


def names_own(text: str) -> bool:
    """Whether a text, such as an address, names a reader's own series."""
    return _IDENTIFIER.search(text) is not None


@dataclass(frozen=True, eq=False)
class OwnSeries:
    """A series that a reader has brought.

    Attributes:
        indicator: its identifier is one of `new_identifier`.
        source: what the reader says of where it is from, under the same identifier.
        observations: its values, with the columns and types of the table `observations`.
    """

    indicator: Indicator
    source: Source
    observations: pd.DataFrame


class WithOwn(Catalogue):
    """A catalogue that holds the package and a reader's own series."""

    def __init__(self, package: Catalogue, series: Sequence[OwnSeries]) -> None:
        super().__init__(package._tables, package.version, package.released, package._store)
        self._package = package
        self._own = _Alone(package, series)

    @property
    def package(self) -> Catalogue:
        """The catalogue that all readers share."""
        return self._package

    def _of(self, indicator_id: str) -> Catalogue:
        return self._own if indicator_id in self._own.indicators else self._package

    def table(self, name: str) -> pd.DataFrame:
        """As `Catalogue.table`, the reader's rows last."""
        table = self._package.table(name)
        if name not in _OF_OWN:
            return table
        return pd.concat([table, self._own.table(name)], ignore_index=True)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its identifier, the reader's own first."""
        return {**self._own.indicators, **self._package.indicators}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its identifier."""
        return {**self._package.sources, **self._own.sources}

    @cached_property
    def places(self) -> dict[str, Place]:
        """As `Catalogue.places`."""
        return self._package.places

    @cached_property
    def events(self) -> dict[str, Event]:
        """As `Catalogue.events`."""
        return self._package.events

    def label(self, place_id: str) -> str:
        """As `Catalogue.label`."""
        return self._package.label(place_id)

    def observations(
        self,
        indicator_id: str,
        place_ids: Iterable[str] | None = None,
        first_year: int | None = None,
        last_year: int | None = None,
    ) -> pd.DataFrame:
        """As `Catalogue.observations`."""
        return self._of(indicator_id).observations(indicator_id, place_ids, first_year, last_year)

    def series(
        self,
        indicator_id: str,
        place_ids: Iterable[str] | None = None,
        first_year: int | None = None,
        last_year: int | None = None,
    ) -> pd.DataFrame:
        """As `Catalogue.series`."""
        return self._of(indicator_id).series(indicator_id, place_ids, first_year, last_year)

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """As `Catalogue.drawn`, the reader's rows last; shared, never to be changed."""
        return pd.concat([self._package.drawn, self._own.drawn], ignore_index=True)

    def drawn_of(
        self, place_ids: Iterable[str], indicator_ids: Iterable[str] | None = None
    ) -> pd.DataFrame:
        """As `Catalogue.drawn_of`, the reader's rows last."""
        places = list(place_ids)
        wanted = None if indicator_ids is None else list(indicator_ids)
        parts = [held.drawn_of(places, wanted) for held in (self._package, self._own)]
        return pd.concat(parts, ignore_index=True)

    def drawn_in(self, year: int) -> pd.DataFrame:
        """As `Catalogue.drawn_in`, the reader's rows last."""
        parts = [held.drawn_in(year) for held in (self._package, self._own)]
        return pd.concat(parts, ignore_index=True)

    def held_of(self, place_id: str) -> pd.DataFrame:
        """As `Catalogue.held_of`, the reader's rows last."""
        parts = [held.held_of(place_id) for held in (self._package, self._own)]
        return pd.concat(parts, ignore_index=True)

    def counted(self, *by: str, where: str = "") -> pd.DataFrame:
        """As `Catalogue.counted`, the reader's rows counted, too."""
        counts = [held.counted(*by, where=where) for held in (self._package, self._own)]
        groups = pd.concat(counts).groupby(list(by), observed=True)
        return groups.agg(
            rows=("rows", "sum"), first_year=("first_year", "min"), last_year=("last_year", "max")
        ).reset_index()

    def value(self, identifier: str) -> pd.Series:
        """As `Catalogue.value`."""
        return self._of(identifier.partition("|")[0]).value(identifier)

    def rivals(self, indicator_id: str, place_id: str, year: int) -> pd.DataFrame:
        """As `Catalogue.rivals`."""
        return self._of(indicator_id).rivals(indicator_id, place_id, year)

    def conflicts(self) -> pd.DataFrame:
        """As `Catalogue.conflicts`: those of the package, for a reader's series has one source."""
        return self._package.conflicts()

    def is_in_conflict(self, rows: pd.DataFrame) -> pd.Series:
        """As `Catalogue.is_in_conflict`."""
        return self._package.is_in_conflict(rows)

    def undated(self, place_id: str | None = None) -> pd.DataFrame:
        """As `Catalogue.undated`: a reader's values all have a year."""
        return self._package.undated(place_id)

    def definition_words(self, definition_id: str) -> str:
        """As `Catalogue.definition_words`."""
        return self._package.definition_words(definition_id)

    @cached_property
    def _indicators_by_place(self) -> dict[str, set[str]]:
        found = dict(self._package._indicators_by_place)
        for place_id, keys in self._own._indicators_by_place.items():
            found[place_id] = found.get(place_id, set()) | keys
        return found

    @cached_property
    def _places_by_indicator(self) -> dict[str, dict[str, list[str]]]:
        return {**self._package._places_by_indicator, **self._own._places_by_indicator}


class _Alone(Catalogue):
    """A reader's series alone, with the places of the package."""

    def __init__(self, package: Catalogue, series: Sequence[OwnSeries]) -> None:
        tables = dict(package._tables)
        tables["indicators"] = _table(tables["indicators"], [item.indicator for item in series])
        tables["sources"] = _table(tables["sources"], [item.source for item in series])
        none = tables["observations"].iloc[:0]
        rows = [item.observations[none.columns].astype(none.dtypes) for item in series]
        tables["observations"] = pd.concat([none, *rows], ignore_index=True)
        super().__init__(tables, package.version, package.released)
        self._held = {item.indicator.indicator_id: item for item in series}
        self._places = package.places

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The reader's indicators by their identifiers, in the order they came."""
        return {key: item.indicator for key, item in self._held.items()}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The reader's documents by their identifiers."""
        return {item.source.source_id: item.source for item in self._held.values()}

    @cached_property
    def places(self) -> dict[str, Place]:
        """The places of the package."""
        return self._places


def _table(table: pd.DataFrame, records: Iterable[Indicator | Source]) -> pd.DataFrame:
    """Records as a table with the columns and types of another."""
    rows = [asdict(record) for record in records]
    return pd.DataFrame(rows, columns=list(table.columns)).astype(table.dtypes)


def observations_of(
    indicator_id: str, rows: pd.DataFrame, table: Mapping[str, object]
) -> pd.DataFrame:
    """A reader's values as rows of the table `observations`.

    Args:
        indicator_id: the reader's indicator, which names the document, too.
        rows: place_id, year, value, locator and note, one row per value.
        table: types of the columns of the table, by name.
    """
    cells: dict[str, object] = {
        "indicator_id": indicator_id,
        "place_id": rows["place_id"],
        "year": rows["year"],
        "industry": "all",
        "firm_scale": "all",
        "scope": "all",
        "value": rows["value"],
        "value_low": float("nan"),
        "value_high": float("nan"),
        "qualifier": "exact",
        "year_basis": "stated",
        "period_note": "",
        "definition_id": "",
        "caveats": "",
        "source_id": indicator_id,
        "locator": rows["locator"],
        "note": rows["note"],
    }
    return pd.DataFrame(cells, index=rows.index)[list(table)].astype(dict(table))
