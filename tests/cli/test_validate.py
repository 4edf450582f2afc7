"""`python -m dashboard validate`: any damage is refused with file, row, column and remedy."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.catalogue.contract import TABLES, TABLES_BY_NAME, Field, Table
from dashboard.catalogue.description import BOUNDARIES, DESCRIPTION
from dashboard.catalogue.loading import DATA
from tests.cli.conftest import problem_lines, run
from tests.packages import boundary, damages, table_text, write_boundary


def test_our_own_data_have_no_problem():
    result = run("validate")
    assert result.exit_code == 0, result.output
    assert result.output == "data: no problems.\n"


def test_a_sound_copy_has_no_problem(package):
    result = run("validate", package)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{package}: no problems.\n"


def test_the_command_runs_by_its_name_without_colours_in_a_pipe(package, root):
    (package / "links.csv").unlink()
    command = [sys.executable, "-m", "dashboard", "validate", str(package)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "links.csv: The file is missing. Put it back into data/.",
        "1 problem.",
    ]
    assert done.stderr == ""


# --- One damaged cell -----------------------------------------------------------------------------


def first_columns(table: Table) -> dict[str, Field]:
    """For each kind of damage, the first column of a table whose cells can have it."""
    return {kind: field for field in reversed(table.fields) for kind in damages(field)}


FIRST_COLUMNS = {table.name: first_columns(table) for table in TABLES}
KINDS = sorted({kind for columns in FIRST_COLUMNS.values() for kind in columns})


# One cell of every kind in every table, all tables at once: what is wrong with one says nothing of
# the others. That no column is forgotten is tested with the loader.
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_cell_is_refused_with_file_row_column_and_remedy(package, kind):
    damaged = {table: FIRST_COLUMNS[table.name].get(kind) for table in TABLES}
    expected = {}
    for table, field in damaged.items():
        if field is not None:
            cell, expected[f"{table.file}:2:{field.name}"] = damages(field)[kind]
            (package / table.file).write_text(table_text(table, {field.name: cell}), "utf-8")
    result = run("validate", package)
    assert result.exit_code == 1
    lines = [line.partition(": ") for line in problem_lines(result)]
    assert [place for place, _, _ in lines] == list(expected)
    for place, _, words in lines:
        assert re.search(expected[place], words), place
        # What is wrong is a sentence, and how to mend it is another.
        assert re.search(r"\. [A-Z]\w+[ :]", words), place


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_damaged_cell_of_one_table_is_the_only_problem(package, table):
    field = table.fields[0]
    cell, _ = damages(field)["spaces at an end"]
    (package / table.file).write_text(table_text(table, {field.name: cell}), "utf-8")
    [line] = problem_lines(run("validate", package))
    assert line.startswith(f"{table.file}:2:{field.name}: ")


def test_keys_that_stand_twice_are_refused_on_their_second_rows(package):
    for table in TABLES:
        (package / table.file).write_text(table_text(table, {}, {}), encoding="utf-8")
    lines = problem_lines(run("validate", package))
    for table, line in zip(TABLES, lines, strict=True):
        assert line.startswith(f"{table.file}:3:{'+'.join(table.key)}: ")
        assert "stands on an earlier row already. Keys are unique" in line


def test_every_problem_is_printed_on_a_line_of_its_own(package):
    table = TABLES_BY_NAME["observations"]
    rows = [{"year": "1800", "value": "much", "note": "Two\nlines "} for _ in range(30)]
    (package / table.file).write_text(table_text(table, *rows), encoding="utf-8")
    lines = problem_lines(run("validate", package))
    assert len(lines) == 90
    assert all(re.match(r"observations\.csv:\d+:(year|value|note): '", line) for line in lines)
    rows_named = [int(line.split(":")[1]) for line in lines]
    assert rows_named == sorted(rows_named)


def test_damage_in_one_table_hides_none_in_others(package):
    for name, change in {
        "sources": {"year": "1800"},
        "places": {"industries": "alchemy"},
        "links": {"kind": ""},
    }.items():
        table = TABLES_BY_NAME[name]
        (package / table.file).write_text(table_text(table, change), encoding="utf-8")
    places = [line.partition(": ")[0] for line in problem_lines(run("validate", package))]
    assert places == ["sources.csv:2:year", "places.csv:2:industries", "links.csv:2:kind"]


# --- A damaged file -------------------------------------------------------------------------------

FILE_DAMAGES = {
    "byte-order mark": (lambda content: b"\xef\xbb\xbf" + content, ":1: .*byte-order mark"),
    "Shift JIS": (
        lambda content: content.replace(b"Text", "日本".encode("shift_jis")),
        ":2: .*not UTF-8",
    ),
    "UTF-16": (lambda content: content.decode().encode("utf-16"), ":1: .*not UTF-8"),
    "UTF-16 without a mark": (
        lambda content: content.decode().encode("utf-16-be"),
        ":1: .*control character",
    ),
    "NUL bytes": (lambda content: content[:-1] + b"\0\n", ":2: .*control character"),
    "bare carriage return": (
        lambda content: content[:-1] + b"\r\n",
        ":2: .*carriage return",
    ),
    "carriage returns of Windows": (
        lambda content: content.replace(b"\n", b"\r\n"),
        ":1: .*carriage return",
    ),
    "cut in its last line": (lambda content: content[:-3], ":2: .*may have been cut"),
    "open quotation mark": (
        lambda content: content[:-1].rsplit(b",", 1)[0] + b',"\n',
        ":2: .*Close every quotation mark",
    ),
    "empty": (lambda content: b"", ":1: Missing columns"),
    "extra column": (
        lambda content: content.replace(b"\n", b",more\n"),
        ":1: Unknown columns: more",
    ),
    "missing column": (
        lambda content: b"".join(line.rsplit(b",", 1)[0] + b"\n" for line in content.splitlines()),
        ":1: Missing columns",
    ),
    "swapped columns": (
        lambda content: b"".join(
            b",".join(line.split(b",")[::-1]) + b"\n" for line in content.splitlines()
        ),
        ":1: The columns stand in another order",
    ),
    "cell too many": (lambda content: content[:-1] + b",more\n", r":2: .*\d+ cells instead of"),
    "blank line": (lambda content: content + b"\n", ":3: .*0 cells instead of"),
    "header only": (
        lambda content: content.splitlines(keepends=True)[0],
        r"(: The file is not the one that datapackage\.json describes|is not in )",
    ),
    "no header": (lambda content: content.splitlines(keepends=True)[1], ":1: Missing columns"),
}


@pytest.mark.parametrize("kind", FILE_DAMAGES)
def test_damaged_files_are_refused_with_their_lines_and_remedies(package, kind):
    damage, complaint = FILE_DAMAGES[kind]
    files = [TABLES_BY_NAME[name].file for name in ("sources", "observations", "place_names")]
    for file in files:
        (package / file).write_bytes(damage((package / file).read_bytes()))
    result = run("validate", package)
    assert result.exit_code == 1
    for file in files:
        assert re.search(f"^{file}{complaint}|{complaint}{file}", result.stdout, re.M), file


@pytest.mark.parametrize("name", [*(table.file for table in TABLES), *BOUNDARIES, DESCRIPTION])
def test_a_file_that_is_missing_or_a_folder_is_named(package, name):
    (package / name).unlink()
    assert f"{name}: The file is missing." in run("validate", package).stdout
    (package / name).mkdir()
    assert f"{name}: The file cannot be read: Is a directory." in run("validate", package).stdout


# --- The description ------------------------------------------------------------------------------


def redescribe(package: Path, change) -> None:
    path = package / DESCRIPTION
    described = json.loads(path.read_text(encoding="utf-8"))
    change(described)
    path.write_text(json.dumps(described), encoding="utf-8")


@pytest.mark.parametrize("name", ["sources.csv", "geography/disputed_borders.geojson"])
def test_a_file_changed_after_it_was_described_is_said(package, name):
    path = package / name
    changed_text = re.sub("Text|Somewhere", "Elsewhere", path.read_text("utf-8"), count=1)
    path.write_text(changed_text, encoding="utf-8")
    [line] = problem_lines(run("validate", package))
    assert line.startswith(f"{name}: The file is not the one that datapackage.json describes")
    assert "Restore it, or describe it anew. Run `make data`" in line


CHANGES = [
    pytest.param(
        lambda d: d["resources"].pop(3), "resources: does not list industries.csv.", id="left out"
    ),
    pytest.param(
        lambda d: d["resources"].append({"path": "more.csv"}),
        'resources: lists "more.csv", which is no part of it',
        id="too many",
    ),
    pytest.param(
        lambda d: d["resources"].append(d["resources"][0]), "or is twice", id="listed twice"
    ),
    pytest.param(
        lambda d: d.update(version="9.9.9"), 'version: says "9.9.9", not "1.2.3".', id="version"
    ),
    pytest.param(
        lambda d: d["resources"][2].update(rows=7),
        "sources.csv: The file is not the one that datapackage.json describes",
        id="rows",
    ),
    pytest.param(
        lambda d: d["resources"][2].update(hash="sha256:0"),
        "sources.csv: The file is not the one that datapackage.json describes",
        id="hash",
    ),
    pytest.param(
        lambda d: d["resources"][2]["schema"]["fields"][3].update(type="string"),
        'sources.csv: year: type: says "string", not "integer".',
        id="type",
    ),
    pytest.param(
        lambda d: d["resources"][2]["schema"]["fields"].pop(),
        "sources.csv: fields: The contract has the fields source_id, title",
        id="field",
    ),
    pytest.param(
        lambda d: d["resources"][2]["schema"].update(primaryKey=["title"]),
        'sources.csv: primaryKey: says ["title"], not ["source_id"].',
        id="key",
    ),
    pytest.param(
        lambda d: d["resources"][2].update(schema=[]), "sources.csv: schema: says []", id="schema"
    ),
    pytest.param(
        lambda d: d["resources"][2]["schema"].update(fields=[{"name": []}]),
        "sources.csv: fields: The contract",
        id="nameless",
    ),
    pytest.param(lambda d: d.pop("resources"), "as `resources`", id="no list"),
    pytest.param(lambda d: d.update(resources=[1]), "as `resources`", id="no resources"),
    pytest.param(lambda d: d.pop("licenses"), "licenses: says nothing", id="terms"),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_a_description_that_is_not_of_these_files_is_refused(package, change, words):
    redescribe(package, change)
    [line] = problem_lines(run("validate", package))
    assert words in line
    assert "Run `make data`" in line


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{\n"name": }', "datapackage.json:2: The file is not JSON"),
        (b"[]", "as `resources`"),
        (b"\xff", "datapackage.json: The file is not UTF-8."),
        (b"[" * 100_000, "nested too deeply"),
    ],
    ids=["no JSON", "a list", "no text", "deep"],
)
def test_a_description_that_cannot_be_read_is_refused(package, content, words):
    (package / DESCRIPTION).write_bytes(content)
    [line] = problem_lines(run("validate", package))
    assert words in line


@pytest.mark.parametrize("name", ["more.csv", "translations/more.csv", "geography/sea.geojson"])
def test_a_file_of_data_that_nothing_describes_is_named(package, name):
    (package / name).write_text("a\n1\n", encoding="utf-8")
    [line] = problem_lines(run("validate", package))
    assert line.startswith(f"{name}: The file is no part of the package.")


def test_files_that_curators_keep_beside_our_tables_are_no_part_of_the_package(package):
    (package / "curation").mkdir()
    (package / "curation" / "inputs.csv").write_text("a\n1\n", encoding="utf-8")
    assert run("validate", package).exit_code == 0


def test_a_package_without_a_version_is_refused(package):
    (package / "CHANGELOG.md").write_bytes(b"\xff")
    [line] = problem_lines(run("validate", package))
    assert line.startswith("CHANGELOG.md: No version found.")


# --- The boundaries -------------------------------------------------------------------------------

REGIONS = "geography/admin1_regions.geojson"


def changed(*path, value):
    """A change of a feature: the value at the end of a path of keys."""

    def change(feature: dict) -> None:
        at = feature
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value

    return change


SHAPES = [
    pytest.param(changed("id", value=None), "has no identifier", id="no identifier"),
    pytest.param(changed("properties", value={}), "has no name", id="no name"),
    pytest.param(changed("geometry", value=None), "has no lines or polygons", id="no geometry"),
    pytest.param(
        changed("geometry", "type", value="Point"), "has no lines or polygons", id="a point"
    ),
    pytest.param(
        changed("geometry", "coordinates", 0, 1, 0, value=190), "no places on Earth", id="off Earth"
    ),
    pytest.param(
        changed("geometry", "coordinates", 0, 1, 1, value=float("nan")),
        "no places on Earth",
        id="not a number",
    ),
    pytest.param(
        changed("geometry", "coordinates", 0, 1, value=[130]), "no places on Earth", id="one number"
    ),
    pytest.param(changed("geometry", "coordinates", value=[]), "no places on Earth", id="empty"),
    pytest.param(
        changed("geometry", "coordinates", value=[130, 33]), "no places on Earth", id="a position"
    ),
    pytest.param(
        changed("geometry", "coordinates", 0, 3, value=[131, 33]), "does not close", id="open ring"
    ),
    pytest.param(
        changed("geometry", "coordinates", value=[[[130, 33], [131, 34], [130, 34], [130, 33]]]),
        "runs the wrong way round",
        id="counter-clockwise",
    ),
    pytest.param(
        changed("properties", "iso3", value="nobody"), "is not an economy", id="unknown economy"
    ),
]


@pytest.mark.parametrize(("change", "words"), SHAPES)
def test_a_shape_that_no_map_can_draw_is_refused(package, change, words):
    feature = boundary(REGIONS)
    change(feature)
    write_boundary(package, REGIONS, feature)
    lines = problem_lines(run("validate", package))
    assert any(line.startswith(f"{REGIONS}:feature 1") and words in line for line in lines)


def test_a_region_without_a_boundary_is_refused_where_it_is_named(package):
    feature = boundary(REGIONS) | {"id": "elsewhere"}
    write_boundary(package, REGIONS, feature)
    line, *_ = problem_lines(run("validate", package))
    assert line.startswith("places.csv:2:admin1_ids: 'Text' has no boundary in geography/admin1")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", ":1: The file is not JSON"),
        (b"[]", ": The file is not a GeoJSON FeatureCollection."),
        (b'{"type": "FeatureCollection", "features": [1]}', ":feature 1: has no identifier."),
        (b"\xff", ": The file is not UTF-8."),
    ],
)
def test_boundaries_that_are_no_geojson_are_refused(package, content, words):
    name = "geography/admin0_world.geojson"
    (package / name).write_bytes(content)
    [line] = problem_lines(run("validate", package))
    assert line.startswith(f"{name}{words}")


# --- A path that holds no package -----------------------------------------------------------------


def test_a_path_that_is_not_there_is_one_clear_line(tmp_path):
    result = run("validate", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == f"{tmp_path / 'nowhere'}: there is no such folder.\n"


def test_a_file_instead_of_a_folder_is_one_clear_line(package):
    result = run("validate", package / "sources.csv")
    assert result.exit_code == 2
    assert result.stderr.endswith("is a file: give the folder of a data package.\n")
    assert len(result.stderr.splitlines()) == 1


def test_a_folder_without_a_package_is_one_clear_line(tmp_path):
    result = run("validate", tmp_path)
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path} holds no data package: none of its files is there.\n"


def test_a_folder_that_may_not_be_read_is_one_clear_line(package, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = run("validate", package)
    assert result.exit_code == 2
    assert "may not be read" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_that_may_not_be_read_is_a_problem(package, monkeypatch):
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "links.csv":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    [line] = problem_lines(run("validate", package))
    assert line == "links.csv: The file cannot be read: Permission denied. Allow reading it."


# --- Our own data ---------------------------------------------------------------------------------


def test_one_damaged_cell_in_a_copy_of_our_data_is_refused(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy, ignore=shutil.ignore_patterns("curation"))
    path = copy / "observations.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = len(lines) // 2
    lines[at] = lines[at].replace(",exact,", ",exakt,")
    path.write_text("\n".join(lines), encoding="utf-8")
    result = run("validate", copy)
    assert result.exit_code == 1
    [line] = problem_lines(result)
    assert line.startswith(f"observations.csv:{at + 1}:qualifier: 'exakt' is not an allowed value.")
    assert "Use one of: exact, approximate" in line
