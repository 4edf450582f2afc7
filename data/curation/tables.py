"""Rows of text in, rows of text out: the CSV files of inputs and outputs.

Numbers stay text from the source to the table, so that they are printed as the source prints
them and no float noise can enter.
"""

import csv
import gzip
import io
import re
from pathlib import Path

from dashboard.catalogue.contract import Table

Row = dict[str, str]

INPUTS = Path(__file__).resolve().parent / "inputs"

_QUALIFIERS = {"approx": "approximate", "calculated": "exact"}


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file, every cell as text without spaces at its ends.

    A file that is not there may stand compressed beside its name, with the suffix `.csv.gz`.
    """
    packed = path.with_suffix(".csv.gz")
    is_packed = packed.exists() and not path.exists()
    content = gzip.decompress(packed.read_bytes()) if is_packed else path.read_bytes()
    with io.StringIO(content.decode("utf-8"), newline="") as file:
        return [{name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(file)]


def write_table(folder: Path, table: Table, rows: list[Row]) -> None:
    """Write a table of the contract: its columns in order, its rows sorted by key."""
    path = folder / table.file
    path.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(rows, key=lambda row: [row.get(name, "") for name in table.key])
    write_rows(path, table.columns, ordered)


def write_rows(path: Path, columns: tuple[str, ...], rows: list[Row]) -> None:
    """Write rows as UTF-8 CSV with line feeds; a column a row does not have stays empty.

    Raises:
        ValueError: if a row has a cell that is not in `columns`.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def plain_number(text: str) -> str:
    """A number without the ".0" that spreadsheets add to whole numbers, and without float noise.

    Noise is a long run of zeros or nines before the last digits: some publishers print
    9.70000000000015 for 9.7.
    """
    if re.search(r"\.\d*(0{7}|9{7})\d{0,3}$", text):
        text = repr(round(float(text), 6))
    return re.sub(r"^(-?\d+)\.0+$", r"\1", text)


def contract_qualifier(text: str) -> str:
    """The contract's word for how firm a value is."""
    return _QUALIFIERS.get(text, text)


def sentences(*parts: str) -> str:
    """Notes joined into one, empty ones left out."""
    return "; ".join(part.rstrip(".;") for part in parts if part)
