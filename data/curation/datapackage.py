"""`datapackage.json`: the description of the package, generated from the contract."""

import csv
import hashlib
import json
import re
from pathlib import Path

from dashboard.catalogue.contract import TABLES, Field, Table

CHANGE_LOG = Path(__file__).resolve().parents[1] / "CHANGELOG.md"

BOUNDARIES = {
    "admin0_region.geojson": "Economies of East, South-East and South Asia, clipped to the region.",
    "admin0_world.geojson": "Economies of the world, generalised.",
    "admin1_hubs.geojson": "First-level regions that make up the hubs.",
    "disputed_borders.geojson": "Claim and cease-fire lines.",
}

CURATION_LICENCE = {
    "name": "other-open",
    "title": "Figures under the terms of each source; see the column licence of sources.csv",
}
BOUNDARY_LICENCE = {
    "name": "PDDL-1.0",
    "title": "Public domain (Natural Earth)",
    "path": "https://www.naturalearthdata.com/about/terms-of-use/",
}


def write_datapackage(folder: Path) -> None:
    """Describe the files in `folder`: fields, keys, references, rows, bytes and hashes."""
    boundaries = [
        _boundary_resource(folder / "geography" / name, title) for name, title in BOUNDARIES.items()
    ]
    package = {
        "profile": "data-package",
        "name": "seabelt",
        "title": "Seabelt: industrial clusters of East Asia",
        "description": "Indicators, places, observations, public programmes and their money, "
        "ties between hubs, and the documents behind every value.",
        "version": _version(),
        "licenses": [CURATION_LICENCE],
        "sources": [{"title": "Every document is a row of sources.csv", "path": "sources.csv"}],
        "resources": [_table_resource(folder / table.file, table) for table in TABLES] + boundaries,
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def _version() -> str:
    return re.search(r"^## (\d+\.\d+\.\d+)", CHANGE_LOG.read_text("utf-8"), re.MULTILINE)[1]


def _file_facts(path: Path) -> dict:
    content = path.read_bytes()
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _table_resource(path: Path, table: Table) -> dict:
    with path.open(encoding="utf-8", newline="") as file:
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
        **_file_facts(path),
        "rows": row_count,
        "schema": {
            "fields": [_field(column) for column in table.fields],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                _foreign_key(column, table) for column in table.fields if _has_foreign_key(column)
            ],
        },
    }


def _boundary_resource(path: Path, title: str) -> dict:
    return {
        "profile": "data-resource",
        "name": path.stem,
        "path": f"geography/{path.name}",
        "title": title,
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
        **_file_facts(path),
        "licenses": [BOUNDARY_LICENCE],
    }


def _field(column: Field) -> dict:
    constraints = {
        "required": column.required or None,
        "enum": list(column.values) or None,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "pattern": column.pattern,
    }
    described = {"name": column.name, "type": column.type, "description": column.description}
    if column.separator:
        described["description"] += f" A list, separated by {column.separator!r}."
    if column.unit:
        described["unit"] = column.unit
    stated = {name: value for name, value in constraints.items() if value is not None}
    if stated:
        described["constraints"] = stated
    return described


def _has_foreign_key(column: Field) -> bool:
    """A cell that holds a list cannot be a foreign key in a table schema."""
    return column.references is not None and column.separator is None


def _foreign_key(column: Field, table: Table) -> dict:
    other, other_field = column.references.split(".")
    return {
        "fields": [column.name],
        "reference": {"resource": "" if other == table.name else other, "fields": [other_field]},
    }
