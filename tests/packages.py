"""A small, whole package made from the contract, and what can be wrong with a cell of it."""

import csv
import io
import json
import re
from pathlib import Path

from dashboard.catalogue.contract import TABLES, TABLES_BY_NAME, Field, Table
from dashboard.catalogue.description import BOUNDARIES, DESCRIPTION, describe
from dashboard.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR

SAMPLES = ("a_1", "JPY", "https://a.example/page", "300")
# Words of the vocabularies that a cell may list.
SAMPLES += ("firms", "science_based", "national", "/compare")


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


def write_package(folder: Path) -> None:
    """Write every file of a package, one row a table and one shape a file."""
    for name in ("translations", "geography"):
        (folder / name).mkdir(parents=True)
    for table in TABLES:
        (folder / table.file).write_text(table_text(table), encoding="utf-8")
    for name in BOUNDARIES:
        write_boundary(folder, name, boundary(name))
    (folder / "README.md").write_text("# Data\n", encoding="utf-8")
    (folder / "CHANGELOG.md").write_text("# Changes\n\n## 1.2.3 (2026-01-31)\n", encoding="utf-8")
    (folder / DESCRIPTION).write_text(json.dumps(describe(folder)), encoding="utf-8")


def damages(field: Field) -> dict[str, tuple[str, str]]:
    """What can be wrong with a cell of a column: the damaged cell, and words of the complaint."""
    found = {"spaces at an end": (sound_cell(field) + " ", "has spaces at an end")}
    found["lost text"] = ("Te\N{REPLACEMENT CHARACTER}t", "is not|stands for lost text")
    if field.required:
        found["empty"] = ("", "is empty")
    if field.type in ("integer", "number"):
        found["words for a number"] = ("many", "is not a (whole|plain decimal) number")
        found["full-width digits"] = ("２００３", "is not a (whole|plain decimal) number")
    if field.type == "boolean":
        found["another truth value"] = ("True", "is not true or false")
    if field.minimum == FIRST_YEAR:
        found["impossible year"] = (str(LAST_YEAR + 1), "is out of range")
    elif field.minimum is not None:
        found["too low"] = (f"{field.minimum - 1:g}", "is out of range")
    if field.maximum is not None:
        found["too high"] = (f"{field.maximum + 1:g}", "is out of range")
    if field.references:
        found["unknown identifier"] = ("nobody_9", r"is not in [\w/]+\.csv")
    if field.values:
        found["unknown word"] = ("nonsense", "is not an allowed value")
    if field.pattern:
        found["another form"] = ("!", "is not written as it must be")
        found["digits of another script"] = ("２００", "is not (written as it must be|a )")
    return found
