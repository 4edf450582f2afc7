"""The collected series of the World Bank: which they are, what a release changes, writing it.

Collected tables (`data/curation/inputs/national/`) hold text as the source prints it; what is read
here is written back in the same order, so that a difference shows changed figures only.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

from dashboard.catalogue.loading import DATA
from dashboard.refresh.worldbank import MARKED_BY, Series, Value

INPUTS = DATA / "curation" / "inputs" / "national"

PUBLISHER = "World Bank"
"""Author of the documents whose series are brought up to date, in the list of sources."""

_SERIES = {"indicator_id", "economy", "year", "value", "source_id"}

Row = dict[str, str]


class InputsError(ValueError):
    """The collected tables are not as they must be, or an update does not fit them."""


@dataclass(frozen=True)
class Change:
    """A figure that is new, printed otherwise or gone; empty text where there is none."""

    kind: Literal["new", "changed", "gone"]
    economy: str
    year: str
    old: str
    new: str


@dataclass(frozen=True)
class Update:
    """A release of one indicator against what has been collected of it."""

    indicator_id: str
    series: Series
    source_id: str
    changes: tuple[Change, ...]
    same: int

    def count(self, kind: str) -> int:
        """The number of changes of a kind."""
        return sum(change.kind == kind for change in self.changes)


@dataclass
class _File:
    """A collected table: where it is, its columns and its rows."""

    path: Path
    columns: list[str]
    rows: list[Row]

    def text(self) -> bytes:
        text = io.StringIO()
        writer = csv.DictWriter(text, self.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        content = text.getvalue().encode()
        # Without the time of day, so that the same rows are the same bytes.
        return gzip.compress(content, mtime=0) if self.path.suffix == ".gz" else content


class Inputs:
    """The collected tables of national series in a folder.

    Raises:
        InputsError: if a table is missing or not readable, when it is made.
    """

    def __init__(self, folder: Path = INPUTS) -> None:
        self._indicators = _read(folder / "indicators.csv")
        self._sources = _read(folder / "sources.csv")
        self._series = [
            file
            for path in sorted(
                (*folder.glob("*_indicators.csv"), *folder.glob("*_indicators.csv.gz"))
            )
            if set((file := _read(path)).columns) >= _SERIES
        ]
        published = {
            row["source_id"] for row in self._sources.rows if row["author_or_org"] == PUBLISHER
        }
        self._main = {
            row["indicator_id"]: row
            for row in self._indicators.rows
            if row["source_id"] in published and row["source_code"]
        }

    @property
    def codes(self) -> dict[str, str]:
        """The World Bank's code of each indicator that comes from there."""
        return {key: row["source_code"] for key, row in self._main.items()}

    def economies(self) -> list[str]:
        """Economies that the World Bank gives figures for: those it has given one for before.

        The service refuses a question that names one it does not know, Taiwan for example.
        """
        return sorted(
            {row["economy"] for file in self._series for row in file.rows if self._is_main(row)}
        )

    def compare(self, indicator_id: str, series: Series) -> Update:
        """What a release changes of an indicator.

        Raises:
            InputsError: if the release has no figure at all where some have been collected:
                more likely a fault of the service than a series that was withdrawn.
        """
        held = {(row["economy"], row["year"]): row for _, row in self._rows_of(indicator_id)}
        given = {(value.economy, value.year): value for value in series.values}
        if held and not given:
            raise InputsError(
                f"{indicator_id}: the release has none of the {len(held)} figures collected. "
                "If the series was withdrawn, leave the indicator out by hand."
            )
        changes, same = [], 0
        for economy, year in sorted({*held, *given}):
            old, new = held.get((economy, year)), given.get((economy, year))
            texts = (old["value"] if old else "", new.value if new else "")
            if old and new and Decimal(texts[0]) == Decimal(texts[1]):
                same += 1
            else:
                kind: Literal["new", "changed", "gone"] = (
                    "new" if old is None else "gone" if new is None else "changed"
                )
                changes.append(Change(kind, economy, year, *texts))
        source_id = f"wdi_api_{series.updated.replace('-', '_')}"
        return Update(indicator_id, series, source_id, tuple(changes), same)

    def write(self, updates: Sequence[Update], service: str, address: str) -> list[Path]:
        """Put the figures of releases in the place of those collected, and say where they are from.

        All files are written beside the old ones first and take their place at the end, so that a
        failure leaves every table as it was.

        Args:
            updates: one for each indicator.
            service: address of the service that was asked.
            address: public address of the data, for readers.

        Returns:
            The files written.

        Raises:
            InputsError: if a table has no column for what must be written.
            OSError: if a file cannot be written.
        """
        for update in updates:
            for file in self._series:
                self._replace(file, update)
            self._main[update.indicator_id] |= {
                "source_id": update.source_id,
                "vintage": f"World Bank release of {update.series.updated}",
            }
        listed = {row["source_id"] for row in self._sources.rows}
        for source_id, updated in {u.source_id: u.series.updated for u in updates}.items():
            if source_id not in listed:
                self._sources.rows.append(_source(source_id, updated, service, address))
        files = [self._sources, self._indicators, *self._series]
        _replace_together({file.path: file.text() for file in files})
        return [file.path for file in files]

    def _is_main(self, row: Row) -> bool:
        """Whether a row is of the World Bank's own series and not what another source adds."""
        main = self._main.get(row["indicator_id"])
        return main is not None and row["source_id"] == main["source_id"]

    def _rows_of(self, indicator_id: str) -> Iterable[tuple[_File, Row]]:
        for file in self._series:
            for row in file.rows:
                if row["indicator_id"] == indicator_id and self._is_main(row):
                    yield file, row

    def _replace(self, file: _File, update: Update) -> None:
        """Put the figures of the economies of a table where those collected stood."""
        old = {
            (row["economy"], row["year"]): (at, row)
            for at, row in enumerate(file.rows)
            if row["indicator_id"] == update.indicator_id and self._is_main(row)
        }
        order = list(dict.fromkeys(row["economy"] for row in file.rows if self._is_main(row)))
        mine = [value for value in update.series.values if value.economy in order]
        mine.sort(key=lambda value: (order.index(value.economy), value.year))
        new = [
            _row(file, update, value, old.get((value.economy, value.year), (0, {}))[1])
            for value in mine
        ]
        places = sorted(at for at, _ in old.values())
        first = places[0] if places else len(file.rows)
        taken = set(places)
        kept = [row for at, row in enumerate(file.rows) if at not in taken]
        file.rows = [*kept[:first], *new, *kept[first:]]


def _row(file: _File, update: Update, value: Value, old: Row) -> Row:
    """The row of a figure; what a curator noted about one that has not changed stays."""
    if value.note and "note" not in file.columns:
        raise InputsError(
            f"{file.path.name} has no column `note` for {update.indicator_id}, {value.economy}, "
            f"{value.year}: {value.note}."
        )
    unchanged = bool(old) and Decimal(old["value"]) == Decimal(value.value)
    row = {
        "indicator_id": update.indicator_id,
        "economy": value.economy,
        "year": value.year,
        "value": value.value,
        "source_id": update.source_id,
        "qualifier": old["qualifier"] if unchanged and "qualifier" in old else "exact",
        "note": "; ".join(filter(None, [*(_own_notes(old) if unchanged else ()), value.note])),
    }
    return {name: row.get(name, "") for name in file.columns}


def _own_notes(row: Row) -> list[str]:
    """What a curator noted about a figure, without the mark that an earlier release gave it."""
    return [part for part in row.get("note", "").split("; ") if not part.endswith(MARKED_BY)]


def _source(source_id: str, updated: str, service: str, address: str) -> Row:
    return {
        "source_id": source_id,
        "title": "World Development Indicators",
        "author_or_org": PUBLISHER,
        "year": updated[:4],
        "url": address,
        "retrieved_from": service,
        "publisher_type": "international organisation",
        "licence": "CC BY 4.0",
        "vintage": f"release of {updated}",
        "note": "",
    }


def _read(path: Path) -> _File:
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        rows = list(reader)
    except FileNotFoundError:
        raise InputsError(f"{path} is missing.") from None
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise InputsError(f"{path} cannot be read: {error}") from error
    return _File(path, list(reader.fieldnames or ()), rows)


def _replace_together(contents: dict[Path, bytes]) -> None:
    """Write files beside the old ones, and put them in their place when all are written."""
    with ExitStack() as stack:
        written: list[tuple[str, Path]] = []
        for path, content in contents.items():
            file = stack.enter_context(
                NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False)
            )
            stack.callback(Path(file.name).unlink, missing_ok=True)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            written.append((file.name, path))
        for name, path in written:
            # A temporary file is its owner's alone; the new one is as open as the old one.
            Path(name).chmod(path.stat().st_mode)
            Path(name).replace(path)
