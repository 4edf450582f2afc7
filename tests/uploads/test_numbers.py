"""A number is read as what it says, or not at all."""

import math
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.uploads.numbers import (
    AMBIGUOUS,
    Fault,
    Number,
    is_gap,
    number,
    plain_numbers,
    style_of,
)
from dashboard.uploads.sheet import tidy
from dashboard.uploads.years import YearDate, year
from tests.uploads.examples import EXAMPLES


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-5", -5),
        ("−5", -5),
        ("0.123", 0.123),
        ("0,123", 0.123),
        ("12,5", 12.5),
        ("1234.567", 1234.567),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1 234 567,8", 1234567.8),
        ("1\u202f234", 1234),
        ("1'234.5", 1234.5),
        ("１２３", 123),
        ("－１，２３４．５", -1234.5),
        ("1\u3000234", 1234),
        ("450\n", 450),
        ("\u200b12\u200f", 12),
        ("1e3", 1000),
    ],
)
def test_what_can_be_one_number_only_is_read(text, value):
    assert number(text, None).value == value


@pytest.mark.parametrize("text", ["1,234", "1.234", "-12,345", "999.999"])
def test_what_can_be_two_numbers_is_not_guessed(text):
    assert number(text, None) == AMBIGUOUS
    assert number(text, "point").value == float(text.replace(",", ""))
    assert number(text, "comma").value == float(text.replace(".", "").replace(",", "."))


@pytest.mark.parametrize(
    ("cells", "style", "asks"),
    [
        (["1,234", "2.5"], "point", True),
        (["1.234", "2,5"], "comma", True),
        (["1,234"], None, True),
        (["2.5", "2,5"], None, True),
        (["5", "7", 8, 2.5], None, False),
        (["2.5", "3.75"], "point", False),
    ],
)
def test_other_numbers_of_the_column_settle_how_it_is_written(cells, style, asks):
    assert style_of(cells) == (style, asks)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("inf", "is not finite."),
        (math.inf, "is not finite."),
        ("1e400", "is not finite."),
        ("1e19", "is too large."),
        ("123456789012345678", "has more than 15 digits, and the last ones would be lost."),
        (2**55 + 1, "has more than 15 digits, and the last ones would be lost."),
        ("12%", "has a per cent sign."),
        ("#DIV/0!", "is an error of the spreadsheet."),
        ("12 firms", "is not a number."),
        ("1..2", "is not a number."),
        ("١٢", "is not a number."),
        ("=1+1", "is not a number."),
        ("1 23", "is not a number."),
        ("1234²", "has the sign ², which is no digit of a number."),
        ("56①", "has the sign ①, which is no digit of a number."),
        ("56 ⑴", "has the sign ⑴, which is no digit of a number."),
        ("12½", "has the sign ½, which is no digit of a number."),
        ("H₂", "has the sign ₂, which is no digit of a number."),
        ("¼", "has the sign ¼, which is no digit of a number."),
        ("450\n520", "has more than one line."),
        ("450 \r\n 520", "has more than one line."),
        ("12\x0b345", "has more than one line."),
        ("12\u2028345", "has more than one line."),
        ("12\t345", "is not a number."),
        ("12\ue000345", "is not a number."),
        ("𝟏𝟐", "is not a number."),
    ],
)
def test_what_is_no_number_says_why(cell, message):
    assert number(cell, "point").message == message


@pytest.mark.parametrize("cell", ["", " ", "..", "n/a", "NaN", "–", math.nan, "\u200b"])
def test_words_for_no_value_are_gaps(cell):
    assert is_gap(cell)


@settings(max_examples=EXAMPLES)
@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_a_number_comes_back_however_it_is_written(value, decimals):
    text = f"{value:.{decimals}f}"
    expected = float(text)
    english = f"{expected:,.{decimals}f}"
    european = english.translate(str.maketrans(",.", ".,"))
    assert number(english, "point").value == expected
    assert number(european, "comma").value == expected
    # Without being told it is the same number, or none.
    for written in (english, european):
        found = number(written, None)
        assert found == AMBIGUOUS or found.value == expected


# What other programs fold into plain digits, what parts lines, and what nobody sees.
SIGNS = "0123456789０１２３４５６７８９²³¹⁴①⑨⒈⑴½¼❶₂𝟏٣.,．，-−－+eE '’"
SIGNS += " \u202f\u3000\u200b\ufeff\n\r\t\x0b\x85\u2028"
WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@settings(max_examples=10 * EXAMPLES)
@given(st.text(st.sampled_from(SIGNS), max_size=12), st.sampled_from([None, "point", "comma"]))
def test_a_number_has_the_digits_of_its_text_and_no_others(text, style):
    found = number(text, style)
    if isinstance(found, Fault):
        # A copy has texts in one line; what was no number must be none when it comes back.
        assert isinstance(number(tidy(text), style), Fault)
        return
    assert sum(any(map(str.isdigit, line)) for line in text.splitlines()) == 1
    narrow = text.translate(WIDE_DIGITS)
    assert all(sign in "0123456789" for sign in narrow if unicodedata.category(sign)[0] == "N")
    before_power = "".join(filter(str.isdigit, narrow.lower().partition("e")[0]))
    assert before_power.strip("0") == _digits(found.value)


def _digits(value):
    """The digits of a number that count."""
    return "".join(map(str, Decimal(repr(value)).as_tuple().digits)).strip("0")


@settings(max_examples=EXAMPLES)
@given(st.text(max_size=30) | st.integers() | st.floats())
def test_any_cell_is_a_finite_number_or_a_fault(cell):
    for style in (None, "point", "comma"):
        found = number(cell, style)
        assert isinstance(found, Fault) or (
            isinstance(found, Number) and math.isfinite(found.value) and abs(found.value) <= 1e18
        )
    assert isinstance(year(cell), tuple | Fault)


@pytest.mark.parametrize(
    ("cell", "value"), [("2020", 2020), (2020, 2020), ("2020年", 2020), ("2020 [YR2020]", 2020),
                        (YearDate("2020-01-01"), 2020), (YearDate("2020-12-31 00:00Z"), 2020)]
)  # fmt: skip
def test_years_are_read(cell, value):
    assert year(cell)[0] == value


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("2020/21", "covers two years."),
        ("FY2020-21", "covers two years."),
        ("2020-03-15", "is a date, not a year."),
        ("2020-01-01", "is a date, not a year."),
        ("2020-03", "is a date, not a year."),
        ("2010-11", "covers two years."),
        ("15/03/2020", "is a date, not a year."),
        ("1066", "is out of range."),
        ("2999", "is out of range."),
        ("20", "is not a year."),
        (20.5, "is not a year."),
        ("last year", "is not a year."),
    ],
)
def test_what_is_no_year_says_why(cell, message):
    assert year(cell).message == message


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    cells=st.lists(
        st.one_of(
            st.from_regex(r"-?[0-9]{1,16}(\.[0-9]{0,13})?", fullmatch=True),
            st.text(st.sampled_from("0123456789.,-+eE %x"), max_size=9),
            st.integers(-(10**19), 10**19),
            st.floats(),
        ),
        max_size=6,
    ),
    style=st.sampled_from([None, "point", "comma"]),
)
def test_what_is_told_of_all_numbers_at_once_is_told_of_each(cells, style):
    is_plain, values, has_points = plain_numbers(cells)
    assert len(is_plain) == len(values) == len(cells)
    plain = [cell for cell, told in zip(cells, is_plain, strict=True) if told]
    assert has_points == any(isinstance(cell, str) and "." in cell for cell in plain)
    for cell, told, value in zip(cells, is_plain, values, strict=True):
        if told and not (style == "comma" and isinstance(cell, str) and "." in cell):
            assert number(cell, style) == Number(float(value))
            assert not is_gap(cell)
    others = [cell for cell, told in zip(cells, is_plain, strict=True) if not told]
    gapless = [cell for cell in cells if not is_gap(cell)]
    others = [cell for cell in others if not is_gap(cell)]
    assert style_of(others, has_points=has_points) == style_of(gapless)


def test_most_numbers_are_told_at_once():
    is_plain, values, has_points = plain_numbers(["12", "-3.25", 7, 0.5, "..", "1.234", 10**16])
    assert is_plain.tolist() == [True, True, True, True, False, False, False]
    assert values.tolist() == [12, -3.25, 7, 0.5, 0, 0, 0]
    assert has_points
