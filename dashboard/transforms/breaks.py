"""Where a series changes its basis: what stands on either side of it must not be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

import pandas as pd

from dashboard.transforms.rows import Row

NEW_DEFINITION = "Another legal definition from this year on"
NEW_BASIS = "Break in the series"
SPLICED = "Spliced series: read levels, not small changes"

# What charts and sentences read of a row. Of some dozens of rows, plain objects are several times
# as fast as columns of strings.
LEAN = Row._fields


def lean(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of `LEAN`, texts as Python's own strings; for tables of a chart's size."""
    if list(rows.columns) == list(LEAN):
        return rows
    columns = [rows[name] for name in LEAN]
    # Column by column: `astype` of a whole table takes twice as long.
    return pd.concat(
        [
            column.astype("object") if isinstance(column.dtype, pd.StringDtype) else column
            for column in columns
        ],
        axis=1,
    )


@dataclass(frozen=True)
class Break:
    """A change of basis within the series of one place.

    `year` is the first on the new basis and `before` the year of the value before it, None where
    there is none. `reason` says in words what changes. `splits` is False for a splice: its
    publisher joined the parts, and the table does not say where.
    """

    place_id: str
    year: int
    before: int | None
    reason: str
    splits: bool


def series_breaks(rows: pd.DataFrame) -> list[Break]:
    """The breaks of each series, in the order of the table and of time.

    Args:
        rows: one row per place and year. A first row on a new basis is no break of its line: what
            it broke with is not there.
    """
    # A chart has some dozens of rows: plain lists take a tenth of the time of a table's own means.
    columns = ("place_id", "year", "caveats", "definition_id", "note")
    return _breaks(zip(*(rows[name].tolist() for name in columns), strict=True))


def breaks_in(rows: Iterable[Row]) -> list[Break]:
    """As `series_breaks`, of plain rows."""
    return _breaks(
        (row.place_id, row.year, row.caveats, row.definition_id, row.note) for row in rows
    )


def _breaks(rows: Iterable[tuple[str, int, str, str, str]]) -> list[Break]:
    cells: dict[str, list[tuple[int, str, str, str]]] = {}
    for place_id, year, caveats, definition, note in rows:
        cells.setdefault(place_id, []).append((year, caveats, definition, note))
    return [
        found
        for place_id, held in cells.items()
        if any(caveats or definition for _, caveats, definition, _ in held)
        for found in _breaks_of(str(place_id), sorted(held, key=itemgetter(0)))
    ]


def _breaks_of(place_id: str, cells: list[tuple[int, str, str, str]]) -> list[Break]:
    found = []
    before: int | None = None
    definition, was_spliced = "", False
    for year, caveats, new_definition, note in cells:
        codes = set(caveats.split(";"))
        is_spliced = "splice" in codes
        if before is not None and "break_in_series" in codes:
            reason = f"{NEW_BASIS}: {note}" if note else NEW_BASIS
            found.append(Break(place_id, int(year), before, reason, True))
        elif before is not None and new_definition and definition not in ("", new_definition):
            found.append(Break(place_id, int(year), before, NEW_DEFINITION, True))
        elif is_spliced and not was_spliced:
            found.append(Break(place_id, int(year), before, SPLICED, False))
        definition, was_spliced, before = new_definition or definition, is_spliced, int(year)
    return found


def stretches(rows: Sequence[Row]) -> list[int]:
    """Number of the stretch each row belongs to: it grows by one wherever its series breaks.

    Args:
        rows: one row per place and year.

    Returns:
        Whole numbers from 0 in the order of the rows; two rows of a place may be compared if
        their numbers are the same.
    """
    starts: dict[str, list[int]] = {}
    for found in breaks_in(rows):
        if found.splits:
            starts.setdefault(found.place_id, []).append(found.year)
    return [sum(row.year >= start for start in starts.get(row.place_id, ())) for row in rows]


def broken_between(rows: pd.DataFrame, first_year: int, last_year: int) -> list[str]:
    """Identifiers of the places whose series breaks after the first year and up to the last.

    Args:
        rows: one row per place and year, those between the two years too.
        first_year: the earlier of the years to be compared.
        last_year: the later one.
    """
    return split_between(series_breaks(rows), first_year, last_year)


def split_between(breaks: Iterable[Break], first_year: int, last_year: int) -> list[str]:
    """As `broken_between`, of breaks that are known already."""
    return list(
        dict.fromkeys(
            found.place_id
            for found in breaks
            if found.splits and first_year < found.year <= last_year
        )
    )
