"""Files as readers have them, made here."""

import io
import zipfile

import pytest
import xlsxwriter

from dashboard.uploads.checking import check
from dashboard.uploads.mapping import guess
from dashboard.uploads.names import Gazetteer
from dashboard.uploads.reading import read


@pytest.fixture(scope="session")
def gazetteer(catalogue):
    return Gazetteer(catalogue)


@pytest.fixture(scope="session")
def read_file(gazetteer):
    """Reads a file and gives its sheet."""

    def read_file(content, name="file.csv", **how):
        content = content.encode() if isinstance(content, str) else content
        return read(content, name, gazetteer.count, **how)

    return read_file


@pytest.fixture(scope="session")
def checked(gazetteer, read_file):
    """Reads a file, guesses its columns and checks every cell."""

    def checked(content, name="file.csv", decided=(), style=None, **columns):
        sheet = read_file(content, name)
        mapping = guess(sheet, gazetteer, **columns)
        assert not mapping.missing
        return check(sheet, mapping, gazetteer, dict(decided), style)

    return checked


def book(write):
    """A workbook; `write` gets it and its first sheet."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as made:
        write(made, made.add_worksheet())
    return content.getvalue()


def rows(*cells):
    """A workbook of rows."""

    def write(_, sheet):
        for at, row in enumerate(cells):
            sheet.write_row(at, 0, row)

    return book(write)


def rezipped(content, change):
    """An archive with parts changed: `change` gets a dictionary of names and bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()
