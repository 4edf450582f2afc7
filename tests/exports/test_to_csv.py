"""A downloaded table opens right everywhere, holds the same numbers and runs nothing."""

import codecs
import csv
import io
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.provenance import with_sources
from dashboard.exports import to_csv

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
TEXTS = st.text(max_size=12) | st.builds(str.__add__, st.sampled_from(STARTS), st.text(max_size=6))


def read(content):
    assert content.startswith(codecs.BOM_UTF8)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def plain(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=60)
@given(st.lists(st.floats(allow_infinity=False) | st.none(), max_size=8))
def test_numbers_come_back_as_they_were(values):
    table = pd.DataFrame({"value": pd.Series(values, dtype="float64")})
    _, *rows = read(to_csv(table))
    for value, row in zip(values, rows, strict=True):
        cell = row[0] if row else ""
        if value is None or math.isnan(value):
            assert cell == ""
        else:
            assert float(cell) == value


@settings(max_examples=60)
@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.none(), min_size=1, max_size=8))
def test_whole_numbers_stay_whole(values):
    table = pd.DataFrame({"year": pd.array(values, dtype="Int64"), "end": 1})
    back = pd.read_csv(io.BytesIO(to_csv(table)), dtype={"year": "Int64"}, encoding="utf-8-sig")
    assert list(back["year"].astype(object).where(back["year"].notna(), None)) == values


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=6), TEXTS, st.floats(-1e9, 1e9))
def test_no_text_can_be_run_and_none_is_lost(texts, header, value):
    table = pd.DataFrame({header: texts, "value": value})
    names, *rows = read(to_csv(table))
    assert len(rows) == len(texts)
    for written, text in zip([names[0], *(row[0] for row in rows)], [header, *texts], strict=True):
        assert not written.startswith(STARTS)
        assert written in (plain(text), f"'{plain(text)}")
    assert all(float(row[1]) == value for row in rows)


@pytest.mark.parametrize("start", STARTS)
def test_each_start_of_a_formula_is_made_harmless_in_cells_and_headers(start):
    names, row = read(to_csv(pd.DataFrame({f"{start}1+1": [f"{start}cmd|' /C calc'!A0"]})))
    for cell in (*names, *row):
        assert cell.startswith("'")


def test_negative_numbers_stay_numbers():
    mixed = pd.DataFrame({"value": [-1.5, 2.0], "any": [-3, "-3"]})
    assert read(to_csv(mixed))[1:] == [["-1.5", "-3"], ["2.0", "'-3"]]


def test_a_carriage_return_does_not_break_a_row():
    table = pd.DataFrame({"note": ["one\rtwo", "three\r\nfour"], "value": [1, 2]})
    content = to_csv(table)
    assert read(content) == [["note", "value"], ["one\ntwo", "1"], ["three\nfour", "2"]]
    back = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")
    assert list(back["value"]) == [1, 2]


def test_rows_end_as_the_standard_says_and_empty_cells_are_empty():
    table = pd.DataFrame({"a": ["x", None], "b": pd.array([None, 2], dtype="Int64")})
    assert to_csv(table) == codecs.BOM_UTF8 + b"a,b\r\nx,\r\n,2\r\n"


def test_east_asian_text_survives():
    texts = ["日本 九州", "한국 경기", "台灣 新竹", "中国 上海", "𠮷野", "Đà Nẵng"]
    assert [row[0] for row in read(to_csv(pd.DataFrame({"名前": texts})))] == ["名前", *texts]


def test_a_table_without_rows_keeps_its_header():
    assert read(to_csv(pd.DataFrame(columns=["a", "b"]))) == [["a", "b"]]


def test_the_table_is_not_changed():
    table = pd.DataFrame({"=a": ["=b", "c\rd"], "value": [-1.0, 2.0]})
    before = table.copy(deep=True)
    to_csv(table)
    pd.testing.assert_frame_equal(table, before)


def test_rows_of_the_atlas_leave_it_with_their_numbers_and_sources(catalogue):
    rows = catalogue.series("sme_share_employment")
    table = with_sources(rows, catalogue)
    back = pd.read_csv(io.BytesIO(to_csv(table)), encoding="utf-8-sig", keep_default_na=False)
    assert list(back["value"]) == list(rows["value"])
    assert list(back["year"]) == list(rows["year"])
    assert (back["source"] != "").all()
    assert list(back.columns) == list(table.columns)
