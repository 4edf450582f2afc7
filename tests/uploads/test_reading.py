"""Whatever bytes come, a table is read from them or a sentence says why not, and soon."""

import csv
import io
import struct
import time
import tracemalloc
import zipfile
from contextlib import suppress

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.uploads import columnar, limits, sheet, text_files
from dashboard.uploads.mapping import guess
from dashboard.uploads.sheet import UnreadableError, tidy
from tests.uploads.conftest import book, rezipped, rows
from tests.uploads.examples import EXAMPLES

HEADS = ["place", "year", "value"]
TABLE = "place,year,value\nJapan,2020,1.5\n日本,2021,2.5\n한국,2021,3\n台湾,2020,4\n"
JAPANESE = "国,年,値\n日本,2020,1.5\nシンガポール,2021,2.5\n中国,2021,2\n"
KOREAN = "국가,연도,값\n일본,2020,1.5\n대한민국,2021,2.5\n싱가포르,2021,2\n"
CHINESE = "国家,年份,数值\n日本,2020,1.5\n韩国,2021,2.5\n新加坡,2021,2\n"
TRADITIONAL = "國家,年份,數值\n日本,2020,1.5\n南韓,2021,2.5\n台灣,2021,2\n"
WESTERN = "Région,year,value\nCorée,2020,1.5\nThaïlande,2021,2.5\n"
# What the promise says; a busy machine is given some more before it is called a hang.
MOST_SECONDS = 5.0


def cells_of(found, name):
    column = found.columns[name]
    return [column.cells[code] for code in column.codes]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TABLE, "utf-8"),
        (TABLE, "utf-8-sig"),
        (TABLE, "utf-16"),
        (TABLE, "utf-16-le"),
        (TABLE, "utf-16-be"),
        (JAPANESE, "cp932"),
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (KOREAN, "cp949"),
        (WESTERN, "cp1252"),
    ],
)
def test_every_encoding_is_told_by_its_names(read_file, text, encoding):
    found = read_file(text.encode(encoding))
    heads, *lines = [line.split(",") for line in text.splitlines()]
    assert list(found.columns) == heads
    assert cells_of(found, heads[0]) == [line[0] for line in lines]
    is_unicode = encoding.startswith("utf-8")
    assert is_unicode or found.remarks[0].startswith("The letters are read as")


def test_a_reader_can_say_how_the_letters_are_read(read_file):
    found = read_file(JAPANESE.encode("cp932"), encoding="cp932")
    assert cells_of(found, "国")[0] == "日本"
    with pytest.raises(UnreadableError, match="cannot be read as UTF-8"):
        read_file(JAPANESE.encode("cp932"), encoding="utf-8")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_what_parts_the_cells_is_found_out(read_file, separator):
    text = "\n".join(separator.join(row) for row in [HEADS, ["Japan", "2020", "1"]] * 3)
    assert list(read_file(text).columns) == HEADS


def test_a_decimal_comma_is_no_separator(read_file):
    found = read_file("place;year;value\nJapan;2020;1,5\nKorea;2021;2,5\n")
    assert cells_of(found, "value") == ["1,5", "2,5"]


def test_rows_are_counted_as_a_spreadsheet_counts_them(read_file):
    text = 'My table,,\n\nplace,year,value\n"Jap\nan",2020,1\n\nIndia,2021,2,,\nIndia,2021,2,3\n'
    found = read_file(text)
    assert list(found.lines) == [4, 6, 7]
    assert cells_of(found, "value") == ["1", "2", "2"]
    assert [found.extra.cells[code] for code in found.extra.codes] == ["", "", "3"]
    [problem] = found.problems
    assert (problem.row, problem.message) == (7, "The row has 4 cells, and the heads have 3.")
    assert "Row 3 is taken for the heads of the columns." in found.remarks


@pytest.mark.parametrize(
    ("before", "heads", "line"),
    [
        ("Table 1,Source: METI\n", "place,year,value", 2),
        ("Table 1,Source: METI\n", "Land,Jahr,Wert", 2),
        ("Table 1,Source: METI,2024\n", "place,year,value", 2),
        ("Table 1,,Unit\n\nMETI,Tokyo\n", "Land,Jahr,Wert", 4),
        ("Table 1,Source: METI\n", ",2019,2020", 2),
        ("Table 1,Source: METI\n", ",Japan,India", 2),
        ("Only title\nTable 1,Source: METI\n", "国,年,値", 3),
        ("", "Land,Jahr,Wert", 1),
        ("", "place,year", 1),
        ("", "place,year,value,note", 1),
    ],
)
def test_the_row_of_heads_is_told_from_titles_above_it(read_file, before, heads, line):
    found = read_file(f"{before}{heads}\nJapan,2020,1\nIndia,2020,..\nRegion,n/a,..\n")
    assert found.head_line == line
    assert [column.head for column in found.columns.values()] == heads.split(",")
    assert found.lines[0] == line + 1
    titles = [text for text in found.remarks if "title" in text]
    assert len(titles) == len(before.split("\n")) - 1 - ("" in before.split("\n")[:-1])


def test_a_reader_can_say_which_row_has_the_heads(read_file):
    text = "Table 1,Source: METI,Tokyo\nLand,Jahr,Wert\nJapan,2020,1\n"
    for content, name in ((text, "x.csv"), (rows(*csv.reader(text.splitlines())), "x.xlsx")):
        found = read_file(content, name)
        assert found.head_line == 1
        # Below the last row there would be nothing.
        assert found.head_rows == {1: "Table 1, Source: METI, Tokyo", 2: "Land, Jahr, Wert"}
        told = read_file(content, name, heads=2)
        assert list(told.columns) == ["Land", "Jahr", "Wert"]
        assert list(told.lines) == [3]
        assert "Row 1 is taken for a title." in told.remarks
    content = io.BytesIO()
    pd.DataFrame({"a": ["Japan", "India"], "b": [2020, 2021]}).to_parquet(content)
    assert read_file(content.getvalue(), "x.parquet").head_rows == {}


def test_heads_are_unique_and_never_empty(read_file):
    assert list(read_file("a,a,,a\n1,2,3,4\n").columns) == ["a", "a (2)", "Column C", "a (3)"]


def test_an_open_quotation_mark_is_named(read_file):
    rest = "".join(f"Japan,{2000 + at % 20},{at}\n" for at in range(3000))
    found = read_file(f'place,year,value\nJapan,1990,"1\n{rest}')
    [problem] = found.problems
    assert problem.row == 2
    assert "quotation mark that is not closed" in problem.remedy


def test_signs_that_nobody_sees_are_taken_away():
    assert tidy("\u202eJa\u200bpan\u202c\ufeff \u00a0x\x00") == "Japan x"


def test_a_workbook_gives_numbers_dates_and_texts_where_they_stand(read_file):
    def write(made, first):
        first.write_row(2, 1, HEADS)
        first.write_row(3, 1, ["Japan", 2020, 1.5])
        first.write_datetime(
            4, 2, pd.Timestamp("2021-01-01"), made.add_format({"num_format": "yyyy"})
        )
        first.write(4, 1, "India")
        first.write_boolean(4, 3, True)
        made.add_worksheet("Other").write_row(0, 0, ["a", "b"])

    found = read_file(book(write), "x.xlsx")
    assert list(found.columns) == HEADS
    assert list(found.lines) == [4, 5]
    assert cells_of(found, "year") == [2020, "2021-01-01"]
    assert cells_of(found, "value") == [1.5, "TRUE"]
    assert found.sheets == ("Sheet1", "Other")
    assert "The sheet “Sheet1” is read; the workbook has another." in found.remarks
    with pytest.raises(UnreadableError, match="heads and no rows"):
        read_file(book(write), "x.xlsx", sheet="Other")


def test_results_of_formulas_are_taken_where_they_were_saved_and_asked_for_where_not(checked):
    def write(made, first):
        first.write_row(0, 0, [*HEADS, "other"])
        first.write_row(1, 0, ["Japan", 2020])
        first.write_formula("C2", "=1+1", value=2)
        first.write_row(2, 0, ["India", 2020])
        first.write_formula("C3", "=1+1", value=3)
        first.write_row(3, 0, ["China", 2020, 4])
        first.write_formula("D4", "=1+1", value=3)
        made.add_worksheet("Other").write_formula("C2", "=1+1", value=3)

    def lose(parts):
        for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
            parts[name] = parts[name].replace(b"<v>3</v>", b"")

    found = checked(rezipped(book(write), lose), "x.xlsx")
    assert list(found.rows["value"]) == [2, 4]
    # Of a column that is not used, and of another sheet, nothing is said.
    [problem] = found.problems
    assert (problem.row, problem.column) == (3, "value")
    assert problem.message == "The cell holds a formula without a saved result."


UNSAVED = "The cell holds a formula without a saved result."


def openpyxl_book(*lines):
    """A workbook as openpyxl saves it, which leaves the results of formulas empty."""
    made = openpyxl.Workbook()
    for line in lines:
        made.active.append(line)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def with_sheet(xml):
    """A workbook whose first sheet has these rows."""
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def change(parts):
        parts["xl/worksheets/sheet1.xml"] = (
            b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, xml)
        )

    return rezipped(SMALL, change)


@pytest.mark.parametrize("empty", [b"<v></v>", b"<v/>", b"<v />", b""])
def test_formulas_as_openpyxl_saves_them_are_no_gaps(checked, empty):
    content = openpyxl_book(HEADS, ["Japan", 2020, "=1+1"], ["India", 2020, 3])

    def change(parts):
        name = "xl/worksheets/sheet1.xml"
        assert b"<v></v>" in parts[name]
        parts[name] = parts[name].replace(b"<v></v>", empty)

    found = checked(rezipped(content, change), "x.xlsx")
    assert (found.gaps, found.wrong, list(found.rows["value"])) == (0, 1, [3])
    [problem] = found.problems
    assert (problem.row, problem.column, problem.message) == (2, "value", UNSAVED)


def test_the_result_of_a_formula_may_be_an_empty_text(checked):
    def write(_, first):
        first.write_row(0, 0, HEADS)
        first.write_row(1, 0, ["Japan", 2020])
        first.write_formula("C2", '=""', value="")
        first.write_row(2, 0, ["India", 2020, 1])

    def as_excel_does(parts):
        name = "xl/worksheets/sheet1.xml"
        parts[name] = parts[name].replace(
            b'<c r="C2"><f>""</f><v></v>', b'<c r="C2" t="str"><f>""</f><v></v>'
        )
        assert b't="str"' in parts[name]

    found = checked(rezipped(book(write), as_excel_does), "x.xlsx")
    assert (found.gaps, found.wrong, len(found.rows)) == (1, 0, 1)


@pytest.mark.parametrize("count", [700, 5000])
def test_however_many_formulas_lack_a_result_none_is_a_gap(checked, count):
    lines = [["Japan", f"=2000+{at}", f"={at}"] for at in range(count)]
    found = checked(openpyxl_book(HEADS, ["India", 2020, 1], *lines), "x.xlsx")
    assert (found.gaps, len(found.rows)) == (0, 1)
    assert found.wrong == 2 * count
    assert len(found.texts) == count


def test_rows_of_formulas_alone_are_not_lost(checked):
    lines = [["=A1", "=B1", "=C1"]] * 3
    found = checked(openpyxl_book(HEADS, lines[0], ["India", 2020, 1], *lines[1:]), "x.xlsx")
    assert (found.gaps, len(found.rows)) == (0, 1)
    assert {problem.row for problem in found.problems} == {2, 4, 5}


def test_a_formula_without_a_result_is_no_head(read_file):
    found = read_file(openpyxl_book(["place", "=B9", "=C9"], ["India", 1, 2]), "x.xlsx")
    text = "formula without a saved result"
    assert list(found.columns) == ["place", text, f"{text} (2)"]
    found = read_file(openpyxl_book(["=A9", "year", "value"], ["=A9", 2020, 1]), "x.xlsx")
    assert list(found.columns) == [text, "year", "value"]
    assert list(found.empty) == [(2, text)]


@pytest.mark.parametrize("count", [700, 5000])
def test_however_many_cells_are_merged_none_is_a_gap(checked, count):
    def write(_, first):
        first.write_row(0, 0, HEADS)
        for at in range(count):
            first.write_row(1 + at, 0, ["Japan", 1900 + at % 100])
        first.merge_range(1, 2, count, 2, 5)

    found = checked(book(write), "x.xlsx")
    assert (found.gaps, found.wrong, len(found.rows)) == (0, count - 1, 1)


def test_merged_cells_that_lie_over_each_other_are_refused(read_file):
    def change(parts):
        name = "xl/worksheets/sheet1.xml"
        area = b'<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="A1:C9"/></mergeCells>'
        parts[name] = parts[name].replace(b"</sheetData>", b"</sheetData>" + area)

    with pytest.raises(UnreadableError, match="lie over each other"):
        read_file(rezipped(SMALL, change), "x.xlsx")


def test_errors_in_cells_that_do_not_say_where_they_stand_are_no_gaps(checked):
    text = b'<c t="inlineStr"><is><t>%s</t></is></c>'
    heads = b"<row>%s</row>" % b"".join(text % name.encode() for name in HEADS)
    lines = (
        b'<row r="4">%s<c><v>2020</v></c><c t="e"><v>#REF!</v></c></row>' % (text % b"Japan"),
        b"<row>%s<c><v>2020</v></c><c><f>1+1</f><v/></c></row>" % (text % b"India"),
        b'<row>%s<c r="B6"><v>2020</v></c><c t="e"><v></v></c></row>' % (text % b"China"),
        b"<row>%s<c><v>2020</v></c><c><v>7</v></c></row>" % (text % b"Singapore"),
    )
    found = checked(with_sheet(heads + b"".join(lines)), "x.xlsx")
    assert (found.gaps, list(found.rows["value"])) == (0, [7])
    assert [(item.row, item.value, item.message) for item in found.problems] == [
        (4, "#REF!", "is an error of the spreadsheet."),
        (5, None, UNSAVED),
        (6, "#ERROR!", "is an error of the spreadsheet."),
    ]


def test_digits_that_are_raised_by_their_format_are_no_digits_of_a_number(checked):
    def write(made, first):
        formats = [made.add_format({"font_script": script}) for script in (1, 2)]
        first.write_row(0, 0, HEADS)
        for at, shape in enumerate(formats, start=1):
            first.write_row(at, 0, ["Japan", 2000 + at])
            first.write_rich_string(at, 2, "1234", shape, "2")
        first.write_rich_string(3, 0, "India", formats[0], "2")
        first.write_row(3, 1, [2020, 5])
        first.write_row(4, 0, ["China", 2020])
        first.write_rich_string(4, 2, made.add_format({"bold": True}), "1", formats[0], " ", "234")

    found = checked(book(write), "x.xlsx")
    assert list(found.rows["value"]) == [1234]
    assert [(item.row, item.value) for item in found.problems] == [
        (2, "1234²"),
        (3, "1234²"),
        (4, "India²"),
    ]
    assert found.problems[0].message == "has the sign ², which is no digit of a number."


def per_cents(formats):
    """A workbook of numbers in formats."""

    def write(made, first):
        first.write_row(0, 1, HEADS)
        # Cells without a number, before the table and behind it.
        for line, column in ((3, 0), (2, 8), (40, 3)):
            first.write_blank(line, column, None, made.add_format({"num_format": "0%"}))
        for at, shape in enumerate(formats, start=1):
            first.write_row(at, 1, ["Japan", 2000 + at])
            first.write_number(at, 3, 0.07, made.add_format({"num_format": shape}))

    return book(write)


def test_per_cents_of_a_workbook_are_read_as_the_spreadsheet_shows_them(checked, read_file):
    formats = [
        "0%",
        "0.00%",
        "0.0%",
        "# ##0.0\\ %;[Red]-0.0%",
        '0.0"%"',
        "0.0\\%",
        "[$%]0.0",
        "0.0",
    ]
    content = per_cents(formats)
    found = checked(content, "x.xlsx")
    assert list(found.rows["value"]) == [7] * 4 + [0.07] * 4
    assert found.wrong == 0
    assert read_file(content, "x.xlsx").remarks == [
        "4 cells are read as the per cents that the spreadsheet shows, a hundred times what the "
        "file holds: 7 for 0.07 in D2. Give the unit as per cent."
    ]
    assert not read_file(per_cents(["0.0"]), "x.xlsx").remarks


def test_per_cents_as_openpyxl_saves_them(checked):
    made = openpyxl.Workbook()
    for line in (HEADS, ["Japan", 2020, 0.1234], ["Japan", 2021, "=1/4"], ["Japan", 2022, "7%"]):
        made.active.append(line)
    for at in (2, 3, 4):
        made.active.cell(at, 3).number_format = "0.0%"
    content = io.BytesIO()
    made.save(content)
    found = checked(content.getvalue(), "x.xlsx")
    assert list(found.rows["value"]) == [12.34]
    assert [item.message for item in found.problems] == [UNSAVED, "has a per cent sign."]


def test_cells_that_do_not_say_where_they_stand_are_reckoned(read_file):
    far = b"<row>%s</row>" % (b"<c><v>1</v></c>" * 1500)
    with pytest.raises(UnreadableError, match="row 2 and column 1,500"):
        read_file(with_sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' + far), "x.xlsx")


def test_an_error_that_is_not_known_is_no_damage(read_file):
    lines = b'<row r="1"><c r="A1" t="e"><v>#SOMETHING!</v></c></row>'
    with pytest.raises(UnreadableError, match="a cell with #SOMETHING!, which is not known"):
        read_file(with_sheet(lines), "x.xlsx")


def test_errors_of_a_spreadsheet_are_no_gaps(checked):
    def write(_, first):
        first.write_row(0, 1, HEADS)
        first.write_row(1, 1, ["Japan", 2020])
        first.write_formula("D2", "=1/0", value="#DIV/0!")
        first.write_row(2, 1, ["India", 2020, 1])

    found = checked(book(write), "x.xlsx")
    assert (found.gaps, len(found.rows)) == (0, 1)
    [problem] = found.problems
    assert (problem.row, problem.value) == (2, "#DIV/0!")
    assert problem.message == "is an error of the spreadsheet."


def test_merged_cells_are_named(checked):
    def write(_, first):
        first.write_row(0, 0, HEADS)
        first.merge_range("A2:A3", "Japan")
        first.write_row(1, 1, [2020, 1])
        first.write_row(2, 1, [2021, 2])

    found = checked(book(write), "x.xlsx")
    assert list(found.rows["year"]) == [2020]
    [problem] = found.problems
    assert (problem.row, problem.column) == (3, "place")
    assert "merged with others (A2:A3)" in problem.message


def test_a_parquet_file_gives_its_columns(read_file, checked):
    table = pd.DataFrame(
        {"place": ["Japan", None], "year": [2020, 2021], "value": [1.5, None], "more": [[1], [2]]}
    )
    content = io.BytesIO()
    table.to_parquet(content)
    found = read_file(content.getvalue(), "x.parquet")
    assert list(found.columns) == HEADS
    assert cells_of(found, "place") == ["Japan", ""]
    assert found.remarks == [
        "Columns that hold something else than texts, numbers or dates are left out: more."
    ]
    assert list(checked(content.getvalue(), "x.parquet").rows["value"]) == [1.5]


KINDS_OF_TEXT = [pa.string(), pa.large_string(), pa.string_view()]
KINDS_OF_TEXT += [
    pa.dictionary(pa.int32(), pa.string()),
    pa.dictionary(pa.int32(), pa.large_string()),
]


def as_parquet(table, **how):
    content = io.BytesIO()
    pq.write_table(table, content, **how)
    return content.getvalue()


def of_kind(texts, kind):
    made = pa.array(texts, pa.string())
    return (made.dictionary_encode() if pa.types.is_dictionary(kind) else made).cast(kind)


@pytest.mark.parametrize("kind", KINDS_OF_TEXT, ids=str)
@pytest.mark.parametrize("packed", [None, "PLAIN", "DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"])
def test_texts_of_a_parquet_file_are_read_however_they_are_kept(read_file, kind, packed):
    table = pa.table({"place": of_kind(["Japan", None, "日本"], kind), "value": [1.5, 2, None]})
    how = {"use_dictionary": False, "column_encoding": {"place": packed}} if packed else {}
    content = as_parquet(table, **how)
    if pa.types.is_dictionary(kind) and packed and packed.startswith("DELTA"):
        # The library writes such a file and cannot read it.
        with pytest.raises(UnreadableError, match="written in a way that is not known here"):
            read_file(content, "x.parquet")
        return
    found = read_file(content, "x.parquet")
    assert cells_of(found, "place") == ["Japan", "", "日本"]
    assert not found.remarks


@pytest.mark.parametrize("kind", KINDS_OF_TEXT, ids=str)
def test_a_long_text_that_is_repeated_is_held_once(read_file, kind):
    rows, text = 20_000, "x" * 20_000
    table = pa.table(
        {"place": of_kind(["Japan"] * rows, kind), "note": of_kind([text] * rows, kind)}
    )
    content = as_parquet(table)
    assert len(content) < 200_000
    tracemalloc.start()
    try:
        found = read_file(content, "x.parquet")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.columns["note"].cells == [text]
    assert most < 30 * 1024 * 1024


@pytest.mark.parametrize("packed", ["PLAIN", "DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"])
def test_texts_that_differ_have_a_limit(read_file, monkeypatch, packed):
    monkeypatch.setattr(columnar, "MOST_TEXT", 4 * 1024 * 1024)
    texts = pa.array([f"{'x' * 20_000}{at}" for at in range(1000)])
    table = pa.table({"place": ["Japan"] * 1000, "a note": texts})
    how = {"use_dictionary": ["place"], "column_encoding": {"a note": packed}}
    content = as_parquet(table, compression="zstd", **how)
    assert len(content) < 100_000
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableError, match=r"more than 4 MB .* in the column “a note”"):
            read_file(content, "x.parquet")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 16 * 1024 * 1024


def test_columns_that_are_left_out_do_not_count(read_file, monkeypatch):
    monkeypatch.setattr(columnar, "MOST_UNPACKED", 1024 * 1024)
    numbers = pa.array(np.random.default_rng(1).random(400_000))
    lists = pa.ListArray.from_arrays(pa.array([0, 400_000]), numbers)
    found = read_file(as_parquet(pa.table({"place": ["x"], "value": [1], "more": lists})), "x")
    assert cells_of(found, "value") == [1]
    table = pa.table({"place": ["x"] * 400_000, "value": numbers})
    with pytest.raises(UnreadableError, match=r"3 MB once .* up to 1 MB can be read.*“value”"):
        read_file(as_parquet(table), "x")


def test_two_columns_of_one_name_are_said(read_file):
    columns = [pa.array(["Japan"]), pa.array([2020]), pa.array([1.5]), pa.array([2.5])]
    table = pa.Table.from_arrays(columns, [*HEADS, "value"])
    with pytest.raises(UnreadableError, match="Several columns of the file are called “value”"):
        read_file(as_parquet(table), "x.parquet")


def test_a_time_zone_that_is_not_known_leaves_its_column_out(read_file):
    table = pa.table(
        {
            "place": ["Japan"],
            "when": pa.array([0], pa.timestamp("ms", "Mars/Olympus")),
            "then": pa.array([0], pa.timestamp("s", "Asia/Tokyo")),
            "value": [1.5],
            "bytes": [b"x"],
            "none": pa.nulls(1),
        }
    )
    found = read_file(as_parquet(table), "x.parquet")
    assert list(found.columns) == ["place", "then", "value", "none"]
    assert cells_of(found, "then") == ["1970-01-01 09:00:00.000+0900"]
    assert found.remarks == [
        "Columns that hold something else than texts, numbers or dates are left out: bytes.",
        "The column “when” is left out: its time zone, “Mars/Olympus”, is not known here.",
    ]


def test_what_a_file_is_its_bytes_say(read_file):
    found = read_file(rows(HEADS, ["Japan", 2020, 1]), "x.csv")
    assert found.remarks == ["The name ends in .csv; the file is XLSX."]
    assert read_file(TABLE, "x.xlsx").remarks == ["The name ends in .xlsx; the file is CSV."]


def far(parts):
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'r="A2"', b'r="XFD1048576"', 1)


def far_in_small_letters(parts):
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'r="A2"', b"""x="r='A2'" r = 'xfd1048576'""", 1)


def under_another_name(parts):
    far(parts)
    parts["xl/somewhere.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = parts[links].replace(b"worksheets/sheet1.xml", b"somewhere.xml")


def never_closed(parts):
    for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        parts[name] += b'<c r="A1" <si <f ' * 200_000


def with_macros(parts):
    parts["xl/vbaProject.bin"] = b"x"


def without_book(parts):
    del parts["xl/workbook.xml"]


def inflated(parts):
    parts["xl/media/image1.png"] = b"\0" * (40 * 1024 * 1024)


def long_texts(parts):
    cell = b'<c r="A%d" t="s"><v>0</v></c>'
    lines = b"".join(b'<row r="%d">%s</row>' % (at, cell % at) for at in range(1, 20_001))
    parts["xl/worksheets/sheet1.xml"] = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + lines + b"</sheetData></worksheet>"
    )  # fmt: skip
    noise = "".join(chr(0x4E00 + (at * 7919) % 20000) for at in range(30_000))
    parts["xl/sharedStrings.xml"] = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1">'
        f"<si><t>{noise}</t></si></sst>"
    ).encode()


SMALL = rows(HEADS, ["Japan", 2020, 1])


def lying(content):
    """An archive that says of a part that it is smaller than it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        [part] = [item for item in archive.infolist() if item.filename.endswith("sheet1.xml")]
    size = struct.pack("<I", part.file_size)
    at = content.rindex(size + struct.pack("<H", len(part.filename)))
    return content[:at] + struct.pack("<I", 10) + content[at + 4 :]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "x.csv", "The file is empty"),
        (b"\n\n,,\n", "x.csv", "The file has no table"),
        (b"place,year,value\n", "x.csv", "heads and no rows"),
        (b"one\ntwo\n", "x.csv", "The file has no table"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", "x.csv", "This is no text file"),
        (",".join(f"c{at}" for at in range(10_000)).encode() + b"\n1\n", "x.csv", "10,000 columns"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.xlsx", "protected by a password"),
        (b"PAR1" + bytes(50) + b"PAR1", "x.parquet", "damaged or not complete"),
        (b"PAR1", "x.parquet", "damaged or not complete"),
        (b"x", "x.parquet", "called Parquet and is none"),
        (SMALL[:200], "x.xlsx", "damaged or not complete"),
        (b"PK\x03\x04" + bytes(100), "x.xlsx", "damaged or not complete"),
        (rezipped(SMALL, with_macros), "x.xlsm", "has macros"),
        (rezipped(SMALL, without_book), "x.zip", "no workbook"),
        (rezipped(SMALL, inflated), "x.xlsx", "many times its size"),
        (rezipped(SMALL, far), "x.xlsx", "reaches to row 1,048,576"),
        (rezipped(SMALL, far_in_small_letters), "x.xlsx", "reaches to row 1,048,576"),
        (rezipped(SMALL, under_another_name), "x.xlsx", "reaches to row 1,048,576"),
        (rezipped(SMALL, never_closed), "x.xlsx", "damaged"),
        (rezipped(SMALL, long_texts), "x.xlsx", "texts of the workbook are too long"),
        (lying(SMALL), "x.xlsx", "damaged or not complete"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_why_and_soon(read_file, content, name, message):
    started = time.process_time()
    with pytest.raises(UnreadableError, match=message):
        read_file(content, name)
    assert time.process_time() - started < MOST_SECONDS


def packed(how, damage):
    """A workbook whose parts are packed otherwise than spreadsheets do, and then damaged."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SMALL)) as old, zipfile.ZipFile(made, "w", how) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    content = bytearray(made.getvalue())
    damage(content)
    return bytes(content)


def wrong_properties(content):
    at = 30 + len("[Content_Types].xml")
    content[at + 4 : at + 9] = b"\xff" * 5


def wrong_stream(content):
    at = 30 + len("[Content_Types].xml")
    content[at : at + 40] = bytes(40)


def name_that_is_no_text(content):
    for mark in (b"PK\x01\x02", b"PK\x03\x04"):
        at = content.index(mark)
        content[at + (8 if mark[2] == 1 else 6) + 1] |= 0x08
        content[at + (46 if mark[2] == 1 else 30)] = 0xFF


@pytest.mark.parametrize(
    ("how", "damage"),
    [
        (zipfile.ZIP_LZMA, wrong_properties),
        (zipfile.ZIP_BZIP2, wrong_stream),
        (zipfile.ZIP_DEFLATED, name_that_is_no_text),
    ],
)
def test_damage_that_the_library_for_archives_reports_in_its_own_ways(read_file, how, damage):
    with pytest.raises(UnreadableError, match="damaged or not complete"):
        read_file(packed(how, damage), "x.xlsx")


def test_too_many_rows_and_bytes_are_said(read_file, monkeypatch):
    monkeypatch.setattr(sheet, "MOST_ROWS", 5000)
    with pytest.raises(UnreadableError, match="more than 5,000 rows"):
        read_file("place,year,value\n" + "Japan,2020,1\n" * 10_000)
    with pytest.raises(UnreadableError, match="has 51 MB, and up to 50 MB can be read"):
        read_file(bytes(51 * 1024 * 1024))
    assert limits.MOST_ROWS == 1_000_000


def test_a_parquet_file_that_says_too_much_is_not_unpacked(read_file):
    content = io.BytesIO()
    table = pa.table({"place": pa.array([0] * 1_000_001, pa.int8())})
    pq.write_table(table, content)
    with pytest.raises(UnreadableError, match="1,000,001 rows"):
        read_file(content.getvalue(), "x.parquet")


def survives(read_file, gazetteer, content, name):
    """Read what can be read; whatever else happens is a sentence."""
    started = time.process_time()
    with suppress(UnreadableError):
        guess(read_file(content, name), gazetteer)
    assert time.process_time() - started < MOST_SECONDS


QUICK = settings(max_examples=EXAMPLES, deadline=None)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=()), max_size=200)


@QUICK
@given(content=st.binary(max_size=400), name=st.sampled_from(["x.csv", "x.xlsx", "x.parquet", "x"]))
def test_any_bytes(read_file, gazetteer, content, name):
    survives(read_file, gazetteer, content, name)


@QUICK
@given(
    table=st.lists(st.lists(TEXT, min_size=1, max_size=5), min_size=1, max_size=6),
    separator=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-16", "gb18030"]),
)
def test_any_text(read_file, gazetteer, table, separator, encoding):
    text = "\n".join(separator.join(row) for row in table)
    survives(read_file, gazetteer, text.encode(encoding, "ignore"), "x.csv")


EVEN = st.lists(
    st.tuples(
        st.sampled_from(["Japan", "日本", "", " Korea ", "x" * 300, "\ufeffJapan", "A", "\u2028"]),
        st.sampled_from(["1990", "2001", "", "2000.0"]),
        st.sampled_from(["1", "2.5", "3,5", "..", "", "-0.125"]),
    ),
    max_size=8,
)


@QUICK
@given(
    table=EVEN,
    separator=st.sampled_from(",;\t|"),
    before=st.sampled_from(["", "A title\n", "\n"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.sampled_from(["", "\n", "\n\n", "A,1;2\t3|4"]),
)
def test_what_is_taken_at_once_is_what_is_taken_by_row(
    read_file, table, separator, before, end, last
):
    def content(heads):
        body = "\n".join(separator.join(cells) for cells in [heads, *table])
        return (before + body + last).replace("\n", end)

    # A quotation mark, wherever it stands, has the table read row by row.
    tables = []
    for heads in (HEADS, ['"place"', *HEADS[1:]]):
        try:
            found = read_file(content(heads))
            columns = [(key, col.cells, col.codes.tolist()) for key, col in found.columns.items()]
            heads_of = (found.head_line, found.head_rows)
            tables.append((columns, heads_of, found.lines.tolist(), found.problems, found.remarks))
        except UnreadableError as error:
            tables.append(str(error))
    assert tables[0] == tables[1]


def test_an_even_table_is_taken_at_once(read_file, monkeypatch):
    def by_row(*_):
        raise AssertionError("row by row")

    monkeypatch.setattr(text_files, "_take_by_row", by_row)
    for separator in ",;":
        for end in ("\n", "\r\n"):
            found = read_file(TABLE.replace(",", separator).replace("\n", end))
            assert cells_of(found, "place") == ["Japan", "日本", "한국", "台湾"]
            assert found.lines.tolist() == [2, 3, 4, 5]


def parquet():
    content = io.BytesIO()
    pd.DataFrame({"place": ["Japan"], "year": [2020], "value": [1.5]}).to_parquet(content)
    return content.getvalue()


@QUICK
@given(
    original=st.sampled_from([SMALL, parquet()]),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=4),
    cut=st.floats(0, 1),
)
def test_any_damage_to_a_file(read_file, gazetteer, original, changes, cut):
    damaged = bytearray(original)
    for where, data in changes:
        at = int(where * (len(damaged) - 1))
        damaged[at : at + len(data)] = data
    if cut < 0.3:
        damaged = damaged[: int(len(damaged) * cut * 3)]
    survives(read_file, gazetteer, bytes(damaged), "x.xlsx")


@QUICK
@given(data=st.binary(max_size=120), at=st.floats(0, 1))
def test_any_damage_within_a_sheet(read_file, gazetteer, data, at):
    def change(parts):
        name = "xl/worksheets/sheet1.xml"
        where = int(at * len(parts[name]))
        parts[name] = parts[name][:where] + data + parts[name][where + len(data) :]

    survives(read_file, gazetteer, rezipped(SMALL, change), "x.xlsx")


def test_a_workbook_whose_table_of_contents_points_before_its_beginning_is_damaged(read_file):
    content = bytearray(SMALL)
    # Size of the table of contents, in the record at the end of the file.
    end = content.rindex(b"PK\x05\x06")
    content[end + 12 : end + 16] = (len(content) + 500).to_bytes(4, "little")
    with pytest.raises(sheet.UnreadableError, match="damaged"):
        read_file(bytes(content), "x.xlsx")
