"""Text files: CSV and its kin, in the encodings and with the separators that people have."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from charset_normalizer import from_bytes
from pyarrow import csv as arrow_csv

from dashboard.uploads.sheet import LONGEST_LINE, Cell, Collector, Sheet, UnreadableError

# As readers know them, in the order in which they are tried where several would do.
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16 (big-endian)",
    "cp932": "Shift JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese, simplified)",
    "big5": "Big5 (Chinese, traditional)",
    "cp949": "EUC-KR (Korean)",
    "cp1252": "Windows (western)",
}
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BYTE_ORDER_MARK = "\ufeff"
_SAMPLE = 64 * 1024
_ROWS_TRIED = 40

# How many known names, such as those of places, a text holds: tells encodings from each other.
Names = Callable[[str], int]


def read_text(
    content: bytes,
    file: str,
    names: Names,
    encoding: str | None = None,
    heads: int | None = None,
) -> Sheet:
    """Read a text file.

    Args:
        content: its bytes.
        file: its name.
        names: how many known names a text holds.
        encoding: a key of `ENCODINGS`; found out if it is None.
        heads: the row with the heads; found out if it is None.

    Raises:
        UnreadableError: if it is no text, or no table.
    """
    text, found = _decoded(content, names, encoding)
    collector = Collector(file, heads)
    if found != "utf-8":
        collector.remarks.append(
            f"The letters are read as {ENCODINGS[found]}. If they look wrong, choose another way "
            "to read them."
        )
    separator = _separator(text)
    if separator != ",":
        collector.remarks.append(f"Cells are parted by {SEPARATORS[separator]}.")
    if not _taken_at_once(text, separator, collector, heads):
        _take_by_row(text, separator, collector)
    return collector.sheet(encoding=found)


def _take_by_row(text: str, separator: str, collector: Collector) -> None:
    """Take a table row by row, whatever it is like."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 0
    try:
        for line, cells in enumerate(reader, start=1):
            collector.add(line, cells)
    except csv.Error as error:
        collector.report(
            line + 1,
            None,
            None,
            f"The row cannot be read ({error}), nor what follows it.",
            "Close every quotation mark, and take out signs that are no text.",
        )


def _taken_at_once(
    text: str, separator: str, collector: Collector, heads: int | None = None
) -> bool:
    """Take a table of which every row is like the others, in a quarter of the time.

    Such a table has no quotation marks, no empty row, as many cells in each row as heads, and no
    long text. Of any other nothing is taken below its heads, and what was read is to be read anew.
    """
    text = text.replace("\r\n", "\n")
    if '"' in text or "\r" in text:
        return False
    start = line = 0
    rows = Collector(collector.file, heads)
    below = {}
    while not rows.has_heads and start < len(text):
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        if end - start > LONGEST_LINE:
            return False
        line += 1
        rows.add(line, text[start:end].split(separator))
        start = below[line] = end + 1
    if not rows.heads:
        return False
    body = text[below[rows.head_line] :]
    if body.startswith(_BYTE_ORDER_MARK):
        return False
    content = (body if body.endswith("\n") else f"{body}\n").encode()
    if not _is_even(content, separator, len(rows.heads)):
        return False
    names = [str(number) for number in range(len(rows.heads))]
    table = arrow_csv.read_csv(
        io.BytesIO(content),
        read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False),
        parse_options=arrow_csv.ParseOptions(
            delimiter=separator, quote_char=False, ignore_empty_lines=False
        ),
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
    collector.begin_like(rows)
    collector.take(rows.head_line + 1, [_distinct(table.column(name)) for name in names])
    return True


def _is_even(content: bytes, separator: str, width: int) -> bool:
    """Whether every line has so many cells, some letters and not too many."""
    signs = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero(signs == ord("\n"))
    if not len(ends):
        return False
    letters = np.diff(ends, prepend=-1) - 1
    separators = np.searchsorted(np.flatnonzero(signs == ord(separator)), ends)
    is_full = np.array_equal(separators, np.arange(1, len(ends) + 1) * (width - 1))
    return bool(is_full and letters.min() >= width and letters.max() <= LONGEST_LINE)


def _distinct(column: pa.ChunkedArray) -> tuple[list[Cell], npt.NDArray[np.int32]]:
    """The different cells of a column in the order they come, and which stands in each row."""
    encoded = column.combine_chunks().dictionary_encode()
    return encoded.dictionary.to_pylist(), encoded.indices.to_numpy()


def _decoded(content: bytes, names: Names, encoding: str | None) -> tuple[str, str]:
    """The text, and the encoding it was read in."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            content, encoding = content[len(mark) :], encoding or name
            break
    if encoding is not None:
        text = _strictly(content, encoding)
        if text is None:
            raise UnreadableError(
                f"The file cannot be read as {ENCODINGS[encoding]}. Choose another way to read "
                "its letters."
            )
        return _checked(text), encoding
    return next(_readings(content, names))


def _readings(content: bytes, names: Names) -> Iterator[tuple[str, str]]:
    """The text in the encoding that fits best."""
    if 2 * content[:_SAMPLE].count(0) > len(content[:_SAMPLE]) * 0.4:
        wide = "utf-16-le" if content[1:_SAMPLE:2].count(0) >= content[0:_SAMPLE:2].count(0) else ""
        text = _strictly(content, wide or "utf-16-be")
        if text is not None:
            yield _checked(text), wide or "utf-16-be"
    text = _strictly(content, "utf-8")
    if text is not None:
        yield _checked(text), "utf-8"
    sample = content[:_SAMPLE]
    # A sample may end within a letter.
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    tried = [name for name in ENCODINGS if not name.startswith("utf")]
    best = from_bytes(sample, cp_isolation=tried).best()
    likely = best.encoding if best is not None else ""
    weights = {}
    for name in tried:
        part = _strictly(sample, name)
        if part is not None:
            weights[name] = (names(part), name == likely)
    for name in sorted(weights, key=lambda key: weights[key], reverse=True):
        text = _strictly(content, name)
        if text is not None:
            yield _checked(text), name
    raise UnreadableError(
        "The letters of the file cannot be read. Save it as CSV in UTF-8, or as XLSX."
    )


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str) -> str:
    if "\0" in text:
        raise UnreadableError(
            "This is no text file: it holds signs that no text has. Save the table as CSV in "
            "UTF-8, or as XLSX."
        )
    return text


def _separator(text: str) -> str:
    """What parts the cells: the sign with which most of the first rows have equally many cells."""
    head = text[: 4 * _SAMPLE]
    best, most = ",", (0, 0)
    for separator in SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
            for _, cells in zip(range(_ROWS_TRIED), reader, strict=False):
                widths[len(cells)] += 1
        except csv.Error:
            pass
        several = [(count, width) for width, count in widths.items() if width > 1]
        if several and max(several) > most:
            best, most = separator, max(several)
    return best
