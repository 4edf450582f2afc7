"""The papers' frameworks: their elements, and what is said of each, with source and locator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.keeping import of_package


@dataclass(frozen=True)
class Statement:
    """What a paper says of one aspect of an element, in the curators' words.

    `dimension` names the aspect, as `definition` or `learning_sources`; `place_ids` are the cases
    it is tied to; `note` is the curators' own remark.
    """

    dimension: str
    text: str
    place_ids: tuple[str, ...]
    source_id: str
    locator: str
    note: str


@dataclass(frozen=True)
class Element:
    """One part of a framework, as a type of upgrading or a cell of a table."""

    element_id: str
    position: int
    name: str
    statements: tuple[Statement, ...]

    @property
    def place_ids(self) -> tuple[str, ...]:
        """The cases that anything said of it is tied to, each once."""
        return tuple(dict.fromkeys(key for item in self.statements for key in item.place_ids))

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The documents that say something of it, each once."""
        return tuple(dict.fromkeys(item.source_id for item in self.statements))

    def said(self, dimension: str) -> tuple[Statement, ...]:
        """What is said of one aspect; nothing where the papers say nothing."""
        return tuple(item for item in self.statements if item.dimension == dimension)


@dataclass(frozen=True)
class Framework:
    """A way of the papers to look at clusters; its elements stand in the paper's order."""

    framework_id: str
    name: str
    elements: tuple[Element, ...]

    def address(self, element: Element) -> str:
        """Identifier of one of its elements among those of all frameworks."""
        return f"{self.framework_id}.{element.element_id}"


@of_package(4)
def elements(catalogue: Catalogue) -> Mapping[str, tuple[Framework, Element]]:
    """The elements of all frameworks, by address: `upgrading_types.process`; made once."""
    found: dict[str, tuple[Framework, Element]] = {}
    for framework_id in dict.fromkeys(catalogue.table("frameworks")["framework_id"]):
        held = framework(catalogue, framework_id)
        found |= {held.address(element): (held, element) for element in held.elements}
    return found


def statements(frameworks: Iterable[Framework]) -> pd.DataFrame:
    """All that is said in some frameworks.

    Returns:
        One row per statement, in the order of the papers: framework_id, framework, element_id,
        name (of the element), dimension, text, place_ids (joined by semicolons), source_id,
        locator, note.
    """
    rows = [
        {
            "framework_id": held.framework_id,
            "framework": held.name,
            "element_id": element.element_id,
            "name": element.name,
            "dimension": said.dimension,
            "text": said.text,
            "place_ids": ";".join(said.place_ids),
            "source_id": said.source_id,
            "locator": said.locator,
            "note": said.note,
        }
        for held in frameworks
        for element in held.elements
        for said in element.statements
    ]
    return pd.DataFrame(rows)


def framework(catalogue: Catalogue, framework_id: str) -> Framework:
    """One framework of the papers.

    Raises:
        UnknownIdentifierError: if the tables hold none of that identifier.
    """
    table = catalogue.table("frameworks")
    rows = table[table["framework_id"] == framework_id]
    if rows.empty:
        raise UnknownIdentifierError("framework", framework_id, sorted(set(table["framework_id"])))
    elements = [
        Element(str(element_id), int(group["position"].min()), group["name"].iloc[0], _said(group))
        for element_id, group in rows.groupby("element_id", sort=False)
    ]
    elements.sort(key=lambda element: element.position)
    return Framework(framework_id, rows["framework"].iloc[0], tuple(elements))


def _said(rows: pd.DataFrame) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            row.dimension,
            row.text,
            tuple(filter(None, (row.place_ids or "").split(";"))),
            row.source_id,
            row.locator,
            row.note or "",
        )
        for row in rows.fillna("").itertuples()
    )
