"""`datapackage.json` says what a program of somebody else needs to read the tables right."""

import json

import pandas as pd
import pytest
from frictionless import Package, validate

from dashboard.catalogue.contract import TABLES
from dashboard.catalogue.description import BOUNDARIES, DESCRIPTION, describe
from dashboard.catalogue.loading import DATA
from tests.packages import write_package

DESCRIBED = json.loads((DATA / DESCRIPTION).read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in DESCRIBED["resources"]}

# How pandas calls the types of a table schema.
PANDAS_TYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


def test_the_validator_of_frictionless_data_finds_no_error():
    report = validate(str(DATA / DESCRIPTION))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5]
    assert report.stats["tasks"] == len(TABLES) + len(BOUNDARIES)


def test_the_validator_would_find_damage(tmp_path):
    """It checks types and references by the description, not only that files are there."""
    write_package(tmp_path)
    path = tmp_path / "links.csv"
    path.write_text(path.read_text("utf-8").replace("2003", "never"), encoding="utf-8")
    described = json.loads((tmp_path / DESCRIPTION).read_text("utf-8"))
    for resource in described["resources"]:
        resource.pop("hash")
        resource.pop("bytes")
    (tmp_path / DESCRIPTION).write_text(json.dumps(described), encoding="utf-8")
    report = validate(str(tmp_path / DESCRIPTION))
    assert "type-error" in [error for [error] in report.flatten(["type"])]


def test_every_file_is_described_once():
    paths = [resource["path"] for resource in DESCRIBED["resources"]]
    assert paths == [*(table.file for table in TABLES), *BOUNDARIES]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_pandas_reads_a_table_as_the_description_types_it(catalogue, table):
    schema = RESOURCES[table.name]["schema"]
    read = pd.read_csv(
        DATA / RESOURCES[table.name]["path"],
        dtype={field["name"]: PANDAS_TYPES[field["type"]] for field in schema["fields"]},
        na_values=schema["missingValues"],
        keep_default_na=False,
    )
    expected = catalogue.table(table.name)
    assert len(read) == RESOURCES[table.name]["rows"]
    for field in schema["fields"]:
        cells = read[field["name"]]
        cells = cells.fillna("") if field["type"] == "string" else cells
        pd.testing.assert_series_equal(cells, expected[field["name"]])


def test_units_terms_sources_and_people_are_stated():
    fields = {field["name"]: field for field in RESOURCES["places"]["schema"]["fields"]}
    assert fields["lat"]["unit"] == "degrees north"
    assert fields["industries"]["separator"] == ";"
    assert fields["industries"]["references"] == "industries.industry"
    for key in ("licenses", "sources", "contributors", "keywords", "version", "title"):
        assert DESCRIBED[key], key
    assert RESOURCES["admin0_world"]["licenses"][0]["name"] == "PDDL-1.0"


def test_references_are_foreign_keys_where_a_cell_holds_one_value():
    keys = RESOURCES["observations"]["schema"]["foreignKeys"]
    assert {key["fields"][0] for key in keys} == {
        *("indicator_id", "place_id", "industry", "definition_id", "source_id")
    }
    package = Package(str(DATA / DESCRIPTION))
    assert package.get_resource("observations").schema.foreign_keys


@pytest.mark.parametrize(
    ("heading", "created"),
    [("## 1.2.3 (2026-01-31)", "2026-01-31T00:00:00Z"), ("## 1.2.3", None)],
)
def test_the_day_of_a_version_is_that_of_the_change_log_and_not_of_the_build(
    tmp_path, heading, created
):
    write_package(tmp_path)
    (tmp_path / "CHANGELOG.md").write_text(f"# Changes\n\n{heading}\n", encoding="utf-8")
    assert describe(tmp_path).get("created") == created
