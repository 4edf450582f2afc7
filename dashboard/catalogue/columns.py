"""Places in columns: cells and rows, what is known in them, and whether it differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from dashboard.catalogue.findings import Finding

Sort = Literal["text", "code", "role", "place", "indicator", "dimension"]
Verdict = Literal["differ", "same", "part", "words", "unknown"]
RATED = frozenset({"strong", "weak"})


@dataclass(frozen=True)
class Item:
    """One thing said in a cell.

    Attributes:
        text: in words, or an identifier.
        sort: what `text` is: words, a code or role of the vocabulary, or the identifier of a place.
        source_id: the document it rests on; empty for what is counted from the tables.
        locator: where in the document.
        note: what to know of it.
        rating: the verdict of a paper: strong, weak, unrated; empty for anything else.
    """

    text: str
    sort: Sort = "text"
    source_id: str = ""
    locator: str = ""
    note: str = ""
    rating: str = ""


@dataclass(frozen=True, eq=False)
class Cell:
    """What is known of one place in one row: things said, or an observation, or why nothing.

    `is_other_year` marks an observation that is not of the year of its row.
    """

    items: tuple[Item, ...] = ()
    observation: Any = None
    missing: str = ""
    is_other_year: bool = False

    @property
    def content(self) -> object:
        """What is compared with the cells of other places; documents do not count."""
        if self.observation is not None:
            row = self.observation
            return row.value, row.value_high if pd.notna(row.value_high) else None, row.qualifier
        if self.items:
            return tuple(sorted((item.text, item.rating) for item in self.items))
        return None

    @property
    def ratings(self) -> frozenset[str]:
        """The verdicts of the papers in the cell, one or, where they disagree, several."""
        return frozenset(item.rating for item in self.items)


@dataclass(frozen=True, eq=False)
class Row:
    """One row: its identifier, the group it stands in, a cell for each place.

    `sort` says what the identifier names: a fact, an indicator, or a dimension of the papers.
    `year` is the one most cells of an indicator are of; `findings` what its values must not be
    taken for.
    """

    name: str
    group: str
    cells: tuple[Cell, ...]
    sort: Sort = "text"
    year: int | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def missing(self) -> int:
        """Of how many places nothing is known."""
        return sum(cell.content is None for cell in self.cells)

    @property
    def is_rated(self) -> bool:
        """True if a paper rates one of the places here."""
        return any(cell.ratings & RATED for cell in self.cells)

    @property
    def verdict(self) -> Verdict:
        """Whether what is known differs; what is not known neither differs nor is the same.

        Judgements are compared by their ratings; those of which none is rated are words that
        nobody can compare but the reader.
        """
        known: set[object] = {cell.content for cell in self.cells} - {None}
        if not known:
            return "unknown"
        if self.sort == "dimension":
            if not self.is_rated:
                return "part" if self.missing else "words"
            known = {cell.ratings for cell in self.cells if cell.items}
        if len(known) > 1:
            return "differ"
        return "part" if self.missing else "same"


@dataclass(frozen=True, eq=False)
class SideBySide:
    """Places in columns and rows of the same meaning for each.

    `left_out` counts indicators that one of the places or several have and no row shows;
    `is_paper` marks the table of a paper, whose rows are its own.
    """

    places: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0
    is_paper: bool = False
