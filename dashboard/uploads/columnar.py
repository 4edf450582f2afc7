"""Parquet files: read without pandas, so that nothing of the file is run or unpickled."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dashboard.uploads.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from dashboard.uploads.sheet import Cell, Collector, Sheet, UnreadableError, plain

DAMAGED = "The Parquet file is damaged or not complete. Write it again, or save the table as CSV."
# What a page may take up once it is unpacked; what a table of the largest size needs.
MOST_UNPACKED = 1024 * 1024 * 1024
_PORTION = 65_536


def read_parquet(content: bytes, file: str) -> Sheet:
    """Read a Parquet file.

    Raises:
        UnreadableError: if it is damaged, too large, or holds no table.
    """
    collector = Collector(file)
    try:
        opened = pq.ParquetFile(io.BytesIO(content))
        _check_size(opened.metadata)
        schema = opened.schema_arrow
        kept = [item.name for item in schema if _is_plain(item.type)]
        lists = [item.name for item in schema if not _is_plain(item.type)]
        if lists:
            collector.remarks.append(
                f"Columns that hold lists or bytes are left out: {', '.join(lists[:8])}."
            )
        collector.add(1, kept)
        texts = [item.name for item in schema if pa.types.is_string(item.type)]
        opened = pq.ParquetFile(io.BytesIO(content), read_dictionary=texts)
        line = 1
        for batch in opened.iter_batches(batch_size=_PORTION, columns=kept, use_threads=False):
            columns = [_cells(batch.column(name)) for name in kept]
            for cells in zip(*columns, strict=True):
                line += 1
                collector.add(line, cells)
    except (pa.ArrowException, OSError, KeyError, OverflowError, UnicodeDecodeError) as error:
        raise UnreadableError(DAMAGED) from error
    collector.remarks = [text for text in collector.remarks if "heads" not in text]
    return collector.sheet()


def _check_size(told: pq.FileMetaData) -> None:
    if told.num_rows > MOST_ROWS:
        raise UnreadableError(
            f"The file has {told.num_rows:,} rows, and up to {MOST_ROWS:,} can be read. Leave out "
            "what you do not need, or make two files of it."
        )
    if told.num_columns > MOST_COLUMNS or told.num_rows * told.num_columns > MOST_CELLS:
        raise UnreadableError(
            f"The file has {told.num_columns:,} columns, and up to {MOST_COLUMNS:,} can be read, "
            f"or {MOST_CELLS:,} cells. Leave out columns that you do not need."
        )
    unpacked = sum(told.row_group(at).total_byte_size for at in range(told.num_row_groups))
    if unpacked > MOST_UNPACKED:
        raise UnreadableError("The file is too large once it is unpacked. Leave out columns.")


def _is_plain(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_plain(kind.value_type)
    return any(
        test(kind)
        for test in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_boolean,
            pa.types.is_integer,
            pa.types.is_floating,
            pa.types.is_decimal,
            pa.types.is_date,
            pa.types.is_timestamp,
        )
    )


def _cells(column: pa.Array) -> list[Cell]:
    kind = column.type
    if pa.types.is_dictionary(kind):
        words = [_text(word) for word in column.dictionary.to_pylist()]
        return ["" if at is None else words[at] for at in column.indices.to_pylist()]
    if pa.types.is_integer(kind):
        return ["" if cell is None else cell for cell in column.to_pylist()]
    if pa.types.is_floating(kind):
        return ["" if cell is None else plain(cell) for cell in column.to_pylist()]
    return ["" if cell is None else cell for cell in pc.cast(column, pa.string()).to_pylist()]


def _text(word: object) -> Cell:
    return word if isinstance(word, str | int | float) else "" if word is None else str(word)
