"""A small, whole package made from the contract, and the commands run on it."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.catalogue.contract import FIRST_YEAR, TABLES, TABLES_BY_NAME, Field, Table
from dashboard.catalogue.description import BOUNDARIES, DESCRIPTION, describe
from dashboard.cli import app

SAMPLES = ("a_1", "JPY", "https://a.example/page")


def sound_cell(field: Field) -> str:
    """A cell that keeps the contract, the same for every column that refers to it."""
    if field.references:
        table, column = field.references.split(".")
        return sound_cell(next(f for f in TABLES_BY_NAME[table].fields if f.name == column))
    if field.values:
        return field.values[0]
    if field.type == "boolean":
        return "true"
    if field.type != "string":
        return "2003" if field.minimum == FIRST_YEAR else f"{max(field.minimum or 1, 1):g}"
    if field.pattern:
        return next(sample for sample in SAMPLES if re.search(field.pattern, sample))
    return "Text"


def table_text(table: Table, *changes: dict[str, str]) -> str:
    """A table with one sound row, every cell filled, for each dictionary of changes to it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, table.columns, lineterminator="\n")
    writer.writeheader()
    for change in changes or ({},):
        writer.writerow({field.name: sound_cell(field) for field in table.fields} | change)
    return text.getvalue()


def boundary(name: str) -> dict:
    """A feature whose identifier is that of the one place, or of its one hub region."""
    place_id = sound_cell(TABLES_BY_NAME["places"].fields[0])
    properties = {"name": "Somewhere", "iso3": place_id}
    identifier = place_id
    if "admin1" in name:
        identifier = properties["admin1_id"] = "Text"
    if "disputed" in name:
        geometry = {"type": "MultiLineString", "coordinates": [[[130, 33], [131, 34]]]}
    else:
        ring = [[130, 33], [130, 34], [131, 34], [130, 33]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}


def write_boundary(folder: Path, name: str, feature: dict) -> None:
    collection = {"type": "FeatureCollection", "features": [feature]}
    (folder / name).write_text(json.dumps(collection), encoding="utf-8")


@pytest.fixture
def package(tmp_path) -> Path:
    """A folder with every file of a package, one row a table and one shape a file."""
    folder = tmp_path / "data"
    for name in ("translations", "geography"):
        (folder / name).mkdir(parents=True)
    for table in TABLES:
        (folder / table.file).write_text(table_text(table), encoding="utf-8")
    for name in BOUNDARIES:
        write_boundary(folder, name, boundary(name))
    (folder / "README.md").write_text("# Data\n", encoding="utf-8")
    (folder / "CHANGELOG.md").write_text("# Changes\n\n## 1.2.3 (2026-01-31)\n", encoding="utf-8")
    (folder / DESCRIPTION).write_text(json.dumps(describe(folder)), encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    """Run `python -m dashboard` with these arguments, in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def problem_lines(result: Result) -> list[str]:
    """The problems that `validate` has printed, without the count in the last line."""
    return result.stdout.splitlines()[:-1]
