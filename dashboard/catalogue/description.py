"""The description of the package for machines: `datapackage.json`, made from the contract.

It follows the Data Package standard of Frictionless Data. The files themselves give sizes, hashes
and numbers of rows, so a file that was changed without a new description gives itself away.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

from dashboard.catalogue.contract import TABLES, Field, Table
from dashboard.catalogue.loading import released, version

DESCRIPTION = "datapackage.json"
TITLE = "Seabelt: industrial clusters of East Asia"

BOUNDARIES = {
    "geography/admin0_region.geojson": "Economies of East, South-East and South Asia, clipped to "
    "the region.",
    "geography/admin0_world.geojson": "Economies of the world, generalised.",
    "geography/admin1_regions.geojson": "First-level regions of hubs and programme regions.",
    "geography/disputed_borders.geojson": "Claim and cease-fire lines.",
}
"""The files of boundaries and what each holds."""

PACKAGE_FILES = (
    DESCRIPTION,
    "README.md",
    "CHANGELOG.md",
    *(table.file for table in TABLES),
    *BOUNDARIES,
)
"""All files that make up the package, relative to its folder."""

KEYWORDS = (
    "industrial clusters",
    "East Asia",
    "semiconductors",
    "small and medium enterprises",
    "foreign direct investment",
    "research and development",
    "cluster policy",
)

CURATION_LICENCE = {
    "name": "other-open",
    "title": "Figures under the terms of each source; see the column licence of sources.csv",
}
BOUNDARY_LICENCE = {
    "name": "PDDL-1.0",
    "title": "Public domain (Natural Earth)",
    "path": "https://www.naturalearthdata.com/about/terms-of-use/",
}


def describe(folder: Path) -> dict[str, Any]:
    """The description of the files in `folder`: fields, keys, references, rows, bytes, hashes.

    Raises:
        DataContractError: if the change log gives no version.
        FileNotFoundError: if a table or a file of boundaries is not there.
    """
    return {
        **head(folder),
        "resources": [
            *(table_resource(folder, table) for table in TABLES),
            *(boundary_resource(folder, name) for name in BOUNDARIES),
        ],
    }


def head(folder: Path) -> dict[str, Any]:
    """What the description says of the package as a whole.

    Raises:
        DataContractError: if the change log gives no version.
    """
    described = {
        "profile": "data-package",
        "name": "seabelt",
        "title": TITLE,
        "description": "Indicators, places, observations, public programmes and their money, "
        "ties between hubs, cases, and the documents behind every value.",
        "version": version(folder),
        "created": _created(folder),
        "keywords": list(KEYWORDS),
        "contributors": [{"title": "The contributors of Seabelt", "role": "author"}],
        "licenses": [CURATION_LICENCE],
        "sources": [{"title": "Every document is a row of sources.csv", "path": "sources.csv"}],
    }
    return {name: value for name, value in described.items() if value is not None}


def table_resource(folder: Path, table: Table) -> dict[str, Any]:
    """The description of one table and its file."""
    with (folder / table.file).open(encoding="utf-8", newline="") as file:
        row_count = sum(1 for _ in csv.reader(file)) - 1
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file,
        "title": f"One row is {table.row}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "header": True},
        **file_facts(folder / table.file),
        "rows": row_count,
        "schema": {
            "fields": [_field(column) for column in table.fields],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                _foreign_key(column.name, column.references, table)
                for column in table.fields
                # A cell that holds a list cannot be a foreign key in a table schema.
                if column.references and not column.separator
            ],
        },
    }


def boundary_resource(folder: Path, name: str) -> dict[str, Any]:
    """The description of one file of boundaries."""
    return {
        "profile": "data-resource",
        "name": Path(name).stem,
        "path": name,
        "title": BOUNDARIES[name],
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
        **file_facts(folder / name),
        "licenses": [BOUNDARY_LICENCE],
    }


def _created(folder: Path) -> str | None:
    """The day of the version as a moment; the day of the build would make each build another."""
    day = released(folder)
    return f"{day.isoformat()}T00:00:00Z" if day else None


def file_facts(path: Path) -> dict[str, Any]:
    """What tells one state of a file from another: its size and hash.

    Raises:
        OSError: if it cannot be read.
    """
    content = path.read_bytes()
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _field(column: Field) -> dict[str, Any]:
    constraints = {
        "required": column.required or None,
        "enum": list(column.values) or None,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "pattern": column.pattern,
    }
    described: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "description": column.description,
    }
    if column.separator:
        described["description"] += f" A list, separated by {column.separator!r}."
        described["separator"] = column.separator
    if column.references:
        described["references"] = column.references
    if column.unit:
        described["unit"] = column.unit
    stated = {name: value for name, value in constraints.items() if value is not None}
    if stated:
        described["constraints"] = stated
    return described


def _foreign_key(name: str, references: str, table: Table) -> dict[str, Any]:
    other, other_field = references.split(".")
    return {
        "fields": [name],
        "reference": {"resource": "" if other == table.name else other, "fields": [other_field]},
    }
