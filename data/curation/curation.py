"""What every builder shares: the corrected inputs, the one set of sources, what is left out."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from data.curation.sources import SourceBook
from data.curation.tables import INPUTS, Row, read_rows

PLACE_LISTS = (
    ("national", "national/economies"),
    ("national", "national/neighbours"),
    ("hubs", "hubs/hubs"),
    ("sme", "sme/clusters"),
    ("programmes", "programmes/cluster_regions"),
    ("curated", "curated/places"),
)
"""The lists of places of the inputs, and the folder whose identifiers they hold."""

REPLACED = ("indicator_id", "place_id", "industry", "scope", "period_note")
"""Columns of an observation that `curated/indicator_aliases.csv` may set."""


class CurationError(ValueError):
    """An input contradicts another one; the message says which row and what to do."""


def matches(row: Row, key: str) -> bool:
    """Whether a row has the values of a key such as ``hub_id=kyushu;year=2008``."""
    return all(
        row[name] == value for name, value in (part.split("=", 1) for part in key.split(";"))
    )


@dataclass
class Curation:
    """One build: reads inputs through `rows`, keeps the books on sources and on rows left out."""

    inputs: Path = INPUTS
    sources: SourceBook = field(init=False)
    left_out: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._corrections = read_rows(self.inputs / "curated" / "corrections.csv")
        self._wording = read_rows(self.inputs / "curated" / "wording.csv")
        self._left_out_rows = read_rows(self.inputs / "curated" / "left_out_rows.csv")
        self._found_keys: set[str] = set()
        self._aliases = read_rows(self.inputs / "curated" / "indicator_aliases.csv")
        self._place_aliases = {
            (row["folder"], row["identifier"], row["indicator_id"]): row["place_id"]
            for row in self.rows("curated/place_aliases")
        }
        self.sources = SourceBook(self.rows)
        self._require_known_inputs()

    def rows(self, name: str) -> list[Row]:
        """The rows of an input such as ``hubs/hubs``, corrected and in words for readers.

        Raises:
            CurationError: when a correction does not find exactly the value it corrects, which
                means that the input was repaired or the key is wrong.
        """
        rows = read_rows(self.inputs / f"{name}.csv")
        for correction in (*self._corrections, *self._wording):
            if correction["input"] != name:
                continue
            found = [row for row in rows if matches(row, correction["key"])]
            found = [row for row in found if row[correction["column"]] == correction["old"]]
            if len(found) != 1:
                raise CurationError(
                    f"corrections.csv or wording.csv: {name}, {correction['key']}: "
                    f"{len(found)} rows have "
                    f"{correction['column']} = {correction['old']!r}, not one. Drop or mend the "
                    "correction."
                )
            found[0][correction["column"]] = correction["new"]
        return rows

    def by_id(self, name: str) -> dict[str, Row]:
        """The rows of an input by the cell of its first column."""
        return {next(iter(row.values())): row for row in self.rows(name)}

    def place_of(self, folder: str, identifier: str, indicator_id: str = "") -> str:
        """The place that a folder of inputs calls `identifier`, in one id space for all folders.

        Args:
            folder: national, hubs, sme or programmes.
            identifier: of a hub, cluster, programme region, economy or world region there.
            indicator_id: what is measured, for the few figures that belong to another place.

        Raises:
            CurationError: when no input defines such a place.
        """
        place_id = self.find_place(folder, identifier, indicator_id)
        if not place_id:
            raise CurationError(
                f"{folder}: no place {identifier!r}. Add it to the places, or say in "
                "curated/place_aliases.csv which place it is."
            )
        return place_id

    def find_place(self, folder: str, identifier: str, indicator_id: str = "") -> str:
        """As `place_of`, but an empty text when no input defines such a place."""
        aliases = self._place_aliases
        place_id = aliases.get((folder, identifier, indicator_id)) or aliases.get(
            (folder, identifier, ""), identifier
        )
        return place_id if place_id in self._known_places else ""

    @cached_property
    def _known_places(self) -> set[str]:
        """Identifiers of all places: those of the lists of places that stand for themselves."""
        aliases = self._place_aliases
        return {
            identifier
            for folder, name in PLACE_LISTS
            for identifier in self.by_id(name)
            if aliases.get((folder, identifier, ""), identifier) == identifier
        }

    def leave_out(self, name: str, row: Row, reason: str) -> None:
        """Note that a row of an input is not carried over, and why."""
        text = ";".join(f"{column}={cell}" for column, cell in row.items() if cell)
        self.left_out.append({"input": name, "row": text, "reason": reason})

    def is_left_out(self, name: str, row: Row) -> bool:
        """Whether the list of what to leave out names this row; notes that it is."""
        for listed in self._left_out_rows:
            if listed["input"] == name and matches(row, listed["key"]):
                self._found_keys.add(listed["key"])
                self.leave_out(name, row, listed["reason"])
                return True
        return False

    def replaced(self, name: str, row: Row) -> Row:
        """What stands for the row's own indicator, place, industry, scope or period.

        The folders of inputs overlap: one measure may have two identifiers, and a figure may be
        listed under a place that it does not describe. The first alias that names the row counts.
        """
        for alias in self._aliases:
            if alias["input"] == name and matches(row, alias["key"]):
                self._found_keys.add(alias["key"])
                return {column: alias[column] for column in REPLACED}
        return {}

    def corrections(self) -> list[Row]:
        """What was corrected in the inputs and what was brought under one identifier, and why."""
        corrected = [
            {
                "input": row["input"],
                "row": row["key"],
                "column": row["column"],
                "old": row["old"],
                "new": row["new"],
                "reason": row["reason"],
                "source_id": self.sources.cite_known(row["source_id"]) if row["source_id"] else "",
            }
            for row in self._corrections
        ]
        brought_together = [
            {
                "input": row["input"],
                "row": row["key"],
                "column": column,
                "old": dict(part.split("=", 1) for part in row["key"].split(";")).get(column, ""),
                "new": row[column],
                "reason": row["reason"],
            }
            for row in self._aliases
            for column in REPLACED
            if row[column]
        ]
        return corrected + brought_together

    def require_found(self) -> None:
        """Check, after the build, that every row to leave out or to rename was there."""
        listed = {row["key"] for row in (*self._left_out_rows, *self._aliases)}
        stray = sorted(listed - self._found_keys)
        if stray:
            raise CurationError(
                f"left_out_rows.csv or indicator_aliases.csv names rows that no input has: {stray}"
            )

    def _require_known_inputs(self) -> None:
        lists = (self._corrections, self._wording, self._left_out_rows, self._aliases)
        for listed in (row for rows in lists for row in rows):
            if not (self.inputs / f"{listed['input']}.csv").exists():
                raise CurationError(f"There is no input {listed['input']}.csv: {listed['key']}")
