"""The comparison tables of Chaminade and Vang, which set four cases side by side.

They are rows of the table `frameworks`, one for each cell, so that they are rebuilt here and not
drawn from a picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.columns import Cell, Item, Row, SideBySide


@dataclass(frozen=True)
class PaperTable:
    """A comparison table of a paper: its name, framework, document and the number it has there."""

    name: str
    framework_id: str
    source_id: str
    title: str
    table: str
    rows: tuple[tuple[str, str], ...] = field(default=())


_ROWS = (
    ("main_characteristics", "Main characteristics of the industry"),
    ("specific_features", "Specific cluster features"),
    ("human_capital", "Human capital"),
    ("social_capital", "Social capital and networks"),
    ("policy", "Policy"),
)
PAPER_TABLES = {
    table.name: table
    for table in (
        PaperTable(
            "cases_2006",
            "cluster_comparison_2006",
            "seed_chaminade_vang_2006",
            "The four cases of Chaminade and Vang (2006)",
            "Table 2",
            _ROWS,
        ),
        PaperTable(
            "cases_2008",
            "cluster_comparison_2008",
            "seed_chaminade_vang_2008",
            "The four cases of Chaminade and Vang (2008)",
            "Table I",
            _ROWS[:-1],
        ),
    )
}


def cases(catalogue: Catalogue) -> list[str]:
    """Identifiers of the places that the tables compare."""
    frameworks = catalogue.table("frameworks")
    ours = {table.framework_id for table in PAPER_TABLES.values()}
    cells = frameworks.loc[frameworks["framework_id"].isin(ours), "place_ids"]
    return list(dict.fromkeys(key for cell in cells for key in cell.split(";") if key))


def paper_table(catalogue: Catalogue, name: str) -> SideBySide:
    """A comparison table of a paper, row by row and case by case, each cell with its locator.

    Args:
        catalogue: holds the cells.
        name: one of PAPER_TABLES.
    """
    table = PAPER_TABLES[name]
    cells = catalogue.table("frameworks")
    cells = cells[cells["framework_id"] == table.framework_id].sort_values("position")
    places = tuple(dict.fromkeys(cells["place_ids"]))
    said = {(cell.dimension, cell.place_ids): cell for cell in cells.itertuples()}

    def cell(dimension: str, place_id: str) -> Cell:
        row = said[dimension, place_id]
        return Cell((Item(row.text, "text", row.source_id, row.locator, row.note),))

    rows = [
        Row(label, table.table, tuple(cell(dimension, key) for key in places))
        for dimension, label in table.rows
    ]
    return SideBySide(places, tuple(rows), is_paper=True)


def case_names(catalogue: Catalogue, name: str) -> dict[str, str]:
    """Heading of each column of a paper's table, by place."""
    cells = catalogue.table("frameworks")
    cells = cells[cells["framework_id"] == PAPER_TABLES[name].framework_id]
    return dict(zip(cells["place_ids"], cells["name"], strict=True))
