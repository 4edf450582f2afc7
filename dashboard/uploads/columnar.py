"""Parquet files: read without pandas, so that nothing of the file is run or unpickled."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dashboard.uploads.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    MOST_UNPACKED,
)
from dashboard.uploads.sheet import Cell, Collector, Sheet, UnreadableError, plain, shown

DAMAGED = "The Parquet file is damaged or not complete. Write it again, or save the table as CSV."
UNKNOWN_KIND = (
    "The Parquet file is written in a way that is not known here. Write it again with other "
    "settings, or save the table as CSV."
)
_PORTION, _PORTION_CELLS = 65_536, 2_000_000
# Each text says how much of the one before it is its beginning, so that a few bytes may be long.
_FOLDED = "DELTA_BYTE_ARRAY"


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
        kept = [item.name for item in schema if _is_plain(item.type) and _is_known(item.type)]
        _say_left_out(schema, collector)
        _check_names(schema, kept)
        collector.add(1, kept)
        parts = _parts(opened.metadata, set(kept))
        texts = {item.name for item in schema if item.name in kept and _is_text(item.type)}
        _check_unpacked(parts, texts)
        _take(content, kept, texts, parts, collector)
    except (pa.ArrowException, OSError, KeyError, OverflowError, UnicodeDecodeError) as error:
        lacks = isinstance(error, pa.ArrowNotImplementedError) or "ot yet implemented" in str(error)
        raise UnreadableError(UNKNOWN_KIND if lacks else DAMAGED) from error
    return collector.sheet()


def _say_left_out(schema: pa.Schema, collector: Collector) -> None:
    other = [shown(item.name) for item in schema if not _is_plain(item.type)]
    if other:
        collector.remarks.append(
            "Columns that hold something else than texts, numbers or dates are left out: "
            f"{', '.join(other[:8])}."
        )
    for item in schema:
        if _is_plain(item.type) and not _is_known(item.type):
            collector.remarks.append(
                f"The column “{shown(item.name)}” is left out: its time zone, "
                f"“{shown(item.type.tz)}”, is not known here."
            )


def _check_names(schema: pa.Schema, kept: list[str]) -> None:
    """Refuse a name of two columns, for by their names columns are asked for."""
    twice = [name for name, count in Counter(schema.names).items() if count > 1 and name in kept]
    if twice:
        raise UnreadableError(
            f"Several columns of the file are called “{shown(twice[0])}”. Give each column a name "
            "of its own."
        )


@dataclass
class _Part:
    """What all row groups say of a column: how many bytes it has unpacked, and how it is packed."""

    size: int = 0
    ways: set[str] = field(default_factory=set)


def _parts(told: pq.FileMetaData, kept: set[str]) -> dict[str, _Part]:
    parts = {name: _Part() for name in kept}
    for group in map(told.row_group, range(told.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            if column.path_in_schema in parts:
                part = parts[column.path_in_schema]
                part.size += column.total_uncompressed_size
                part.ways.update(column.encodings)
    return parts


def _take(
    content: bytes,
    kept: list[str],
    texts: set[str],
    parts: dict[str, _Part],
    collector: Collector,
) -> None:
    """Give the rows to a collector, of each text one copy."""
    # A text of a dictionary is kept once, however many rows it stands in. The library makes none
    # of texts that are packed by what is new in them.
    packed = {name for name in texts if any("DELTA" in way for way in parts[name].ways)}
    opened = pq.ParquetFile(io.BytesIO(content), read_dictionary=sorted(texts - packed))
    portion = min(_PORTION, max(1, _PORTION_CELLS // max(len(kept), 1)))
    # No text is longer than all of its column is packed, so that so many of them have room.
    folded = [parts[name].size for name in packed if _FOLDED in parts[name].ways]
    portion = min([portion, *(max(1, MOST_TEXT // max(size, 1)) for size in folded)])
    unfolded = dict.fromkeys(packed, 0)
    line = 1
    for batch in opened.iter_batches(batch_size=portion, columns=kept, use_threads=False):
        for name in packed:
            lengths = pc.binary_length(pc.cast(batch.column(name), pa.large_string()))
            unfolded[name] += pc.sum(lengths, min_count=0).as_py()
            _check_texts(name, unfolded[name])
        columns = [_cells(batch.column(name)) for name in kept]
        for cells in zip(*columns, strict=True):
            line += 1
            collector.add(line, cells)


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


def _check_unpacked(parts: dict[str, _Part], texts: set[str]) -> None:
    """Refuse what has no room, by what the file says before anything of it is unpacked."""
    by_size = sorted(parts, key=lambda name: parts[name].size, reverse=True)
    of_texts = [name for name in by_size if name in texts]
    if of_texts:
        _check_texts(of_texts[0], sum(parts[name].size for name in of_texts))
    unpacked = sum(part.size for part in parts.values())
    if unpacked > MOST_UNPACKED:
        raise UnreadableError(
            f"The file has {_megabytes(unpacked)} once it is unpacked, and up to "
            f"{_megabytes(MOST_UNPACKED)} can be read. Leave out columns that you do not need, "
            f"such as “{shown(by_size[0])}”."
        )


def _check_texts(name: str, size: int) -> None:
    if size > MOST_TEXT:
        raise UnreadableError(
            f"The texts of the file have more than {_megabytes(MOST_TEXT)} once they are unpacked, "
            f"most of them in the column “{shown(name)}”. Leave it out, or shorten its texts."
        )


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.0f} MB"


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_text(kind.value_type)
    return any(
        test(kind)
        for test in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    )


def _is_plain(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_plain(kind.value_type)
    return any(
        test(kind)
        for test in (
            _is_text,
            pa.types.is_null,
            pa.types.is_boolean,
            pa.types.is_integer,
            pa.types.is_floating,
            pa.types.is_decimal,
            pa.types.is_date,
            pa.types.is_timestamp,
        )
    )


def _is_known(kind: pa.DataType) -> bool:
    """Whether dates of a kind can be written: a file may name any time zone."""
    if not pa.types.is_timestamp(kind):
        return True
    try:
        pc.cast(pa.array([0], kind), pa.string())
    except pa.ArrowInvalid:
        return False
    return True


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
