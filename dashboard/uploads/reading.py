"""A file of a reader, whatever it is, as a table or as a sentence that says why there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from dashboard.uploads.columnar import read_parquet
from dashboard.uploads.limits import MOST_BYTES, MOST_MEGABYTES
from dashboard.uploads.sheet import Sheet, UnreadableError, tidy
from dashboard.uploads.text_files import Names, read_text
from dashboard.uploads.workbooks import read_workbook
from dashboard.uploads.years import with_year_dates

SUFFIXES = ("csv", "tsv", "txt", "xlsx", "parquet")
LONGEST_NAME = 80
_ARCHIVE, _PARQUET, _COMPOUND = b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(
    content: bytes,
    file: str,
    names: Names,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    heads: int | None = None,
) -> Sheet:
    """Read a file: CSV, XLSX or Parquet, told by what is in it rather than by its name.

    Args:
        content: its bytes.
        file: its name.
        names: how many known names a text holds, which tells encodings from each other.
        encoding: of a text file; found out if it is None.
        sheet: of a workbook; the first one if it is None.
        heads: the row with the heads; found out if it is None. A Parquet file says it itself.

    Raises:
        UnreadableError: if nothing can be read of it.
    """
    file = tidy(PurePath(file.replace("\\", "/")).name)[:LONGEST_NAME] or "file"
    if not content:
        raise UnreadableError("The file is empty. Save it again and choose the new one.")
    if len(content) > MOST_BYTES:
        raise UnreadableError(
            f"The file has {len(content) / 1024**2:,.0f} MB, and up to {MOST_MEGABYTES} MB can be "
            "read. Leave out what you do not need, or save it as Parquet."
        )
    suffix = file.rpartition(".")[2].lower()
    if content.startswith(_COMPOUND):
        raise UnreadableError(
            "The workbook is protected by a password, or of the old kind XLS. Save a copy as XLSX "
            "without a password and try again."
        )
    if content.startswith(_PARQUET):
        found, kind = replace(read_parquet(content, file), head_rows={}), "parquet"
    elif content.startswith(_ARCHIVE):
        found, kind = read_workbook(content, file, sheet, heads), "xlsx"
    elif suffix == "parquet":
        raise UnreadableError(
            "The file is called Parquet and is none, or its beginning is lost. Write it again."
        )
    elif suffix in ("xlsx", "xlsm", "xls") and b"\0" in content[:4096]:
        raise UnreadableError("The workbook is damaged: its beginning is lost. Save it again.")
    else:
        found, kind = read_text(content, file, names, encoding, heads), "csv"
    if (suffix in SUFFIXES and suffix not in (kind, "tsv", "txt")) or suffix in ("xlsm", "xls"):
        found.remarks.insert(0, f"The name ends in .{suffix}; the file is {kind.upper()}.")
    return with_year_dates(found)
