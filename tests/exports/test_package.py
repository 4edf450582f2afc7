"""The package as files to take away: whole, typed, safe to open, and the same each time."""

import io
import re
import zipfile

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from dashboard.catalogue import load
from dashboard.catalogue.contract import TABLES, TABLES_BY_NAME
from dashboard.catalogue.validation import check_package
from dashboard.exports import package as exports
from dashboard.exports.package import package_zip, parquet_set, table_parquet, workbook
from tests.cli.conftest import run
from tests.packages import table_text, write_package

NASTY = ("=1+1", "+1", "-1 or so", "@SUM(A1)", "'quoted", "007", "https://a.example/", '日本, "x"')


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small package with texts that spreadsheets misunderstand."""
    folder = tmp_path_factory.mktemp("package") / "data"
    write_package(folder)
    rows = [{"caveat": f"c{number}", "meaning": text} for number, text in enumerate(NASTY)]
    text = table_text(TABLES_BY_NAME["caveats"], {}, *rows)
    (folder / "caveats.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def small(folder):
    return load(folder)


@pytest.fixture(scope="module")
def sheets(small):
    return openpyxl.load_workbook(io.BytesIO(workbook(small)))


# --- The archive ----------------------------------------------------------------------------------


def test_the_archive_is_a_package_that_has_no_problem(tmp_path):
    with zipfile.ZipFile(io.BytesIO(package_zip())) as archive:
        archive.extractall(tmp_path)
    [top] = tmp_path.iterdir()
    assert re.fullmatch(r"seabelt-data-\d+\.\d+\.\d+", top.name)
    assert check_package(top) == []
    assert {"README.md", "CHANGELOG.md"} < {path.name for path in top.iterdir()}


def test_files_are_the_same_bytes_each_time(folder, small):
    assert package_zip(folder) == package_zip(folder)
    assert parquet_set(small) == parquet_set(small)
    assert workbook(small) == workbook(small)


def test_archives_carry_no_date_of_their_making(small, folder):
    for content in (package_zip(folder), parquet_set(small), workbook(small)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


# --- Parquet --------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_parquet_holds_the_cells_of_the_table_typed_and_described(catalogue, table):
    content = table_parquet(catalogue, table.name)
    read = pq.read_table(io.BytesIO(content))
    types = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool"}
    assert read.column_names == list(table.columns)
    for field, column in zip(table.fields, read.schema, strict=True):
        assert str(column.type) == types[field.type]
        assert column.nullable != field.required
        assert column.metadata[b"description"].decode() == field.description
        assert column.metadata.get(b"unit", b"").decode() == (field.unit or "")
    assert catalogue.version in read.schema.metadata[b"package"].decode()
    held, rows = pd.read_parquet(io.BytesIO(content)), catalogue.table(table.name)
    for name in table.columns:
        expected = rows[name].astype(object)
        assert list(held[name].astype(object).where(held[name].notna(), "")) == list(
            expected.where(expected.notna(), "")
        )


def test_the_parquet_set_has_one_file_a_table(small):
    with zipfile.ZipFile(io.BytesIO(parquet_set(small))) as archive:
        names = {name.rpartition("/")[2] for name in archive.namelist()}
    assert names == {f"{table.name}.parquet" for table in TABLES}


# --- The workbook ---------------------------------------------------------------------------------


def test_the_workbook_has_a_sheet_a_table_after_one_that_says_what_it_is(sheets):
    assert sheets.sheetnames == ["about", "columns", *(table.name for table in TABLES)]
    about = sheets["about"]
    words = " ".join(str(cell.value) for row in about for cell in row if cell.value is not None)
    assert "Seabelt" in words
    assert "Data version 1.2.3" in words
    assert "under the terms of each source" in words
    listed = {row[0].value: row[1].value for row in about if row[1].value is not None}
    assert listed["caveats"] == len(NASTY) + 1
    assert about["A9"].hyperlink.location == "'caveats'!A1"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_sheet_holds_the_typed_cells_of_its_table(sheets, small, table):
    sheet = sheets[table.name]
    header, *rows = sheet.iter_rows()
    assert [cell.value for cell in header] == list(table.columns)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    expected = small.table(table.name)
    assert len(rows) == len(expected)
    types = {"string": "s", "integer": "n", "number": "n", "boolean": "b"}
    for row, values in zip(rows, expected.itertuples(index=False), strict=True):
        for cell, field, value in zip(row, table.fields, values, strict=True):
            assert cell.value == value
            assert cell.data_type == types[field.type]


def test_every_column_is_described_in_a_sheet(sheets):
    rows = list(sheets["columns"].iter_rows(min_row=2, values_only=True))
    assert [row[:2] for row in rows] == [
        (table.name, field.name) for table in TABLES for field in table.fields
    ]


def test_no_text_becomes_a_formula_or_an_address_that_is_followed(sheets):
    cells = {cell.value: cell for cell in sheets["caveats"]["C"]}
    for text in NASTY:
        assert cells[text].data_type == "s"
        assert cells[text].hyperlink is None
    # Excel keeps a text with this mark a text when somebody edits the cell.
    marked = {text for text in NASTY if cells[text].quotePrefix}
    assert marked == {"=1+1", "+1", "-1 or so", "@SUM(A1)"}


def test_the_whole_package_fits_into_a_workbook_without_a_formula(catalogue):
    with zipfile.ZipFile(io.BytesIO(workbook(catalogue))) as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{at + 3}.xml") for at in range(len(TABLES))]
    for table, sheet in zip(TABLES, sheets, strict=True):
        assert sheet.count(b"<row ") == len(catalogue.table(table.name)) + 1
        assert b"<f>" not in sheet


def test_a_text_that_no_cell_can_hold_is_refused_by_its_place(tmp_path):
    write_package(tmp_path)
    text = table_text(TABLES_BY_NAME["caveats"], {"meaning": "x" * 32_768})
    (tmp_path / "caveats.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"caveats, row 2, meaning: .* 32767 characters"):
        workbook(load(tmp_path))


def test_a_table_that_no_sheet_can_hold_is_refused(small, monkeypatch):
    monkeypatch.setattr(exports, "MOST_ROWS", 5)
    with pytest.raises(ValueError, match=r"columns has .* rows; a sheet holds 4"):
        workbook(small)


# --- The command ----------------------------------------------------------------------------------


def test_dist_writes_the_three_files_and_the_same_again(folder, tmp_path):
    contents = []
    for name in ("first", "second"):
        result = run("dist", folder, "--output", tmp_path / name)
        assert result.exit_code == 0, result.output
        contents.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert contents[0] == contents[1]
    assert set(contents[0]) == {
        "seabelt-data-1.2.3.zip",
        "seabelt-data-1.2.3-parquet.zip",
        "seabelt-data-1.2.3.xlsx",
    }


def test_dist_says_which_file_cannot_be_written(folder, tmp_path):
    (tmp_path / "file").touch()
    result = run("dist", folder, "--output", tmp_path / "file")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "seabelt-data-1.2.3.zip cannot be written: " in result.stderr


def test_dist_writes_nothing_of_a_broken_package(tmp_path):
    write_package(tmp_path / "data")
    (tmp_path / "data" / "links.csv").unlink()
    result = run("dist", tmp_path / "data", "--output", tmp_path / "dist")
    assert result.exit_code == 1
    assert "links.csv: The file is missing." in result.stdout
    assert not (tmp_path / "dist").exists()
