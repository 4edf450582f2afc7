"""Numbers are written as the indicator says, and never as a computer would."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.charts.formats import (
    ROLES,
    axis,
    axis_title,
    change,
    few_ticks,
    log_axis,
    money,
    number,
    quantity,
    words,
    years,
)

# The contract of the data lets 18 digits and an exponent of two through, and no more.
ANY = (
    st.floats(-1e118, 1e118)
    | st.sampled_from([math.nan, math.inf, -math.inf])
    | st.none()
    | st.integers(-(10**15), 10**15)
)
# Nothing in the atlas is larger than the output of the world in any of its currencies.
POSSIBLE = st.floats(-1e15, 1e15)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (0, 2, "0.00"),
        (3.784, 2, "3.78"),
        (-3.784, 1, "−3.8"),
        (-0.001, 2, "0.00"),
        (-0.0, 0, "0"),
        (1234.5, 1, "1,234.5"),
        (-1234567, 0, "−1.235 mn"),
        (999_999, 0, "999,999"),
        (1_000_000, 0, "1 mn"),
        (227_484_137_000, 1, "227.5 bn"),
        (30.7697e12, 0, "30.77 tn"),
        (1463.866e6, 0, "1.464 bn"),
        (None, 2, "no value"),
        (float("nan"), 2, "no value"),
        (float("inf"), 2, "no value"),
    ],
)
def test_numbers_by_example(value, decimals, text):
    assert number(value, decimals) == text


@given(value=POSSIBLE, decimals=st.integers(0, 4))
@example(value=14.05, decimals=1)
def test_a_number_from_a_table_is_written_as_any_other(value, decimals):
    # numpy rounds half a unit in another way: a sentence would differ from its chart.
    assert number(np.float64(value), decimals) == number(value, decimals)


@pytest.mark.parametrize(
    ("value", "decimals"), [(999_999.9, 0), (999_999.99, 1), (9.9999e11, 0), (999_999_999, 0)]
)
def test_rounding_up_moves_to_the_next_word(value, decimals):
    text = number(value, decimals)
    assert not re.match(r"1,?000", text), text


@pytest.mark.parametrize("value", [1.5e16, 2.2e16, 1e18])
def test_thousands_of_trillions_have_no_exponent(value):
    assert "e" not in number(value, 0)


@given(ANY, st.integers(0, 6))
def test_a_number_is_never_written_as_nan_or_with_a_hyphen(value, decimals):
    text = number(value, decimals)
    assert "nan" not in text
    assert "inf" not in text
    assert "-" not in text
    assert text == "no value" or re.search(r"\d", text)


@given(POSSIBLE, st.integers(0, 6))
def test_a_number_can_be_read_back(value, decimals):
    text = number(value, decimals)
    assert re.fullmatch(r"−?\d{1,3}(,\d{3})*(\.\d+)?( (mn|bn|tn))?|−?\d+(\.\d+)? (mn|bn|tn)", text)
    digits, _, word = text.replace("−", "-").replace(",", "").partition(" ")
    read = float(digits) * {"": 1, "mn": 1e6, "bn": 1e9, "tn": 1e12}[word]
    assert read == pytest.approx(value, rel=6e-4, abs=0.5 * 10**-decimals + 1e-12)


@given(POSSIBLE, st.integers(0, 6))
def test_the_sign_is_part_of_the_number(value, decimals):
    positive, negative = number(abs(value), decimals), number(-abs(value), decimals)
    assert negative in (f"−{positive}", positive)
    assert not positive.startswith("−")


@pytest.mark.parametrize(
    ("symbol", "decimals", "value", "qualifier", "text"),
    [
        ("%", 2, 3.784, "exact", "3.78 %"),
        ("%", 2, 3.784, "approximate", "about 3.78 %"),
        ("%", 2, 50.0, "at_least", "at least 50 %"),
        ("%", 1, 97.0, "at_most", "at most 97 %"),
        ("%", 1, 77.0, "range", "about 77 %"),
        ("", 0, 156, "exact", "156"),
        ("", 0, 1_200_000, "approximate", "about 1.2 mn"),
        ("per million", 0, 5570.2, "exact", "5,570 per million"),
        ("US$", 0, 30.7697e12, "exact", "US$ 30.77 tn"),
        ("US$ bn", 1, 227.484137, "exact", "US$ 227.5 bn"),
        ("US$ m", 0, 15_567_060.4, "exact", "US$ 15.57 tn"),
        ("US$ m", 0, -3.5, "exact", "US$ −3.5 mn"),
        ("US$ m (2015)", 0, 22_680_330, "exact", "US$ 22.68 tn (2015)"),
        ("int$ (2021)", 0, 48_201.7, "exact", "int$ 48,202 (2021)"),
        ("int$ bn", 1, 33_500.0, "exact", "int$ 33.5 tn"),
        ("TWD bn", 1, 1234.5, "exact", "TWD 1.234 tn"),
        ("TWD tn", 2, 4.3, "exact", "TWD 4.3 tn"),
        ("INR crore", 0, 152_000, "exact", "INR 152,000 crore"),
        ("INR crore", 0, 152_000, "at_least", "at least INR 152,000 crore"),
        ("US$ bn", 1, None, "exact", "no value"),
        ("%", 1, float("nan"), "approximate", "no value"),
    ],
)
def test_quantities_by_example(indicator, symbol, decimals, value, qualifier, text):
    unit = replace(indicator, unit_symbol=symbol, decimals=decimals)
    assert quantity(value, unit, qualifier) == text


@pytest.mark.parametrize(
    ("symbol", "decimals", "low", "high", "text"),
    [
        ("%", 1, 70.0, 90.0, "70–90 %"),
        ("%", 1, 70.5, 90.0, "70.5–90 %"),
        ("US$ bn", 1, 1.5, 2.0, "US$ 1.5–2 bn"),
        ("US$ bn", 1, 0.5, 2.0, "US$ 500 mn to US$ 2 bn"),
        ("INR crore", 0, 5.0, 9.0, "INR 5–9 crore"),
        ("%", 1, 70.0, 70.0, "70–70 %"),
        ("", 0, 3.0, 5.0, "3 to 5"),
        ("%", 1, 70.0, None, "about 70 %"),
        ("%", 1, 70.0, float("nan"), "about 70 %"),
        ("%", 1, None, 90.0, "no value"),
    ],
)
def test_ranges_by_example(indicator, symbol, decimals, low, high, text):
    unit = replace(indicator, unit_symbol=symbol, decimals=decimals)
    assert quantity(low, unit, "range", high) == text


def test_only_a_range_has_two_ends(indicator):
    assert quantity(70.0, indicator, "approximate", 90.0) == "about 70 %"


@pytest.mark.parametrize(
    ("amount", "currency", "qualifier", "text"),
    [
        (46_500, "JPY", "exact", "JPY 46.5 bn"),
        (17_000_000, "VND", "approximate", "about VND 17 tn"),
        (0.5, "USD", "at_least", "at least USD 500,000"),
    ],
)
def test_amounts_of_programmes_by_example(amount, currency, qualifier, text):
    assert money(amount, currency, qualifier) == text


def test_every_unit_of_money_in_the_data_is_written_with_one_magnitude(catalogue):
    for item in catalogue.indicators.values():
        if "$" not in item.unit_symbol and not re.match("[A-Z]{3} ", item.unit_symbol):
            continue
        for value in (1.0, 4321.0, 5e6):
            text = quantity(value, item)
            assert re.match(r"(US\$|int\$|NT\$|[A-Z]{3}) [\d,.]+", text), (item.unit_symbol, text)
            assert len(re.findall(r"\b(m|mn|bn|tn|crore)\b", text)) <= 1 or "crore" in text, text


@given(value=ANY, qualifier=st.sampled_from(["exact", "approximate", "at_least", "at_most"]))
def test_a_quantity_is_never_nan(indicator, value, qualifier):
    for symbol in ("%", "", "US$", "US$ m", "TWD bn", "INR crore", "int$ (2021)"):
        text = quantity(value, replace(indicator, unit_symbol=symbol), qualifier)
        assert "nan" not in text
        assert "  " not in text
        assert text == text.strip()


@pytest.mark.parametrize(
    ("unit", "title"),
    [
        ("per cent of GDP", "Per cent of GDP"),
        ("US dollars", "US dollars"),
        ("", ""),
    ],
)
def test_the_title_of_an_axis_is_the_unit_in_words(indicator, unit, title):
    assert axis_title(replace(indicator, unit=unit)) == title


def test_every_indicator_has_a_title_for_its_axis(catalogue):
    for item in catalogue.indicators.values():
        assert axis_title(item)[0] == axis_title(item)[0].upper()


def test_a_small_axis_has_ticks_where_values_are_and_leaves_their_text_to_plotly(indicator):
    assert axis(indicator, 0, 5) == {
        "title": {"text": "Per cent of GDP"},
        "tickvals": [0, 1, 2, 3, 4, 5],
        "separatethousands": True,
    }


@pytest.mark.parametrize(
    "unit", ["million US dollars", "billion US dollars", "trillion US dollars"]
)
def test_a_money_axis_says_its_magnitude_once(level, unit):
    sizes = {"million US dollars": "m", "billion US dollars": "bn", "trillion US dollars": "tn"}
    drawn = axis(replace(level, unit=unit, unit_symbol=f"US$ {sizes[unit]}"), 0, 4000)
    assert drawn["title"]["text"] == "US dollars"
    assert drawn["ticktext"][0] == "0"
    assert all(text.startswith("US$ ") for text in drawn["ticktext"][1:])


@given(low=st.floats(-1e14, 1e14), span=st.floats(1e-3, 1e14))
def test_ticks_lie_on_the_axis_and_differ(level, low, span):
    # An axis that spans less than its own precision does not come from data.
    span = max(span, abs(low) * 1e-6)
    high = low + span
    drawn = axis(level, low, high)
    ticks = drawn["tickvals"]
    assert 1 <= len(ticks) <= 8
    assert all(math.isfinite(tick) for tick in ticks)
    assert ticks == sorted(set(ticks))
    assert all(low - 0.01 * span <= tick <= high + 0.01 * span for tick in ticks)


@given(high=st.floats(1e-2, 1e13))
def test_no_two_ticks_of_an_axis_from_zero_read_the_same(level, high):
    drawn = axis(level, 0.0, high)
    assert len(set(drawn["ticktext"])) == len(drawn["tickvals"])


@pytest.mark.parametrize(
    ("first", "last", "text"), [(1996, 2023, "1996–2023"), (2005, 2005, "2005")]
)
def test_a_span_of_years(first, last, text):
    assert years(first, last) == text


@pytest.mark.parametrize(
    ("identifier", "text"),
    [
        ("sme_dominated", "SME-dominated"),
        ("joint_rd", "Joint R&D"),
        ("natural_resource_based", "Natural-resource-based"),
        ("programme_region", "Programme region"),
    ],
)
def test_identifiers_are_written_in_words(identifier, text):
    assert words(identifier) == text


def test_every_role_of_the_contract_is_written_in_words(catalogue):
    roles = {place.role for place in catalogue.places.values()} - {""}
    assert roles <= set(ROLES)


# --- Changes and short axes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "symbol", "qualifier", "text"),
    [
        (0.42, "percentage points", "exact", "+0.42 points"),
        (-0.42, "percentage points", "exact", "−0.42 points"),
        (0.001, "percentage points", "exact", "0.00 points"),
        (-12.345, "%", "exact", "−12.35 %"),
        (1234.5, "%", "exact", "+1,234 %"),
        (6.0, "percentage points", "approximate", "about +6.00 points"),
    ],
)
def test_a_change_is_written_with_its_sign(indicator, value, symbol, qualifier, text):
    changed = replace(indicator, unit_symbol=symbol)
    assert change(value, changed, qualifier) == text


def test_short_ticks_lack_the_currency_that_the_title_has(level):
    short = few_ticks(level, 0, 4e6)
    assert short["title"]["text"] == "US dollars"
    assert short["ticktext"] == ["0", "1 tn", "2 tn", "3 tn", "4 tn"]
    constant = replace(level, unit="constant 2021 dollars", unit_symbol="int$ (2021)")
    assert few_ticks(constant, 0, 40_000)["ticktext"][1] == "10,000"


def test_short_ticks_of_shares_have_the_decimals_they_need(indicator):
    assert few_ticks(indicator, -1, 1)["ticktext"] == ["−1", "−0.5", "0", "0.5", "1"]


def test_a_log_axis_of_money_counts_in_words_and_not_in_millions_of_millions(level):
    short = log_axis(level, 100.0, 5e6)
    assert short["title"]["text"] == "US dollars (log scale)"
    assert short["ticktext"][0] == "100 mn"
    assert short["ticktext"][-1] == "10 tn"


@given(st.floats(1e-6, 1e12), st.floats(1, 1e6), st.integers(1, 12))
def test_a_log_axis_has_few_ticks_near_its_values(indicator, low, ratio, most):
    ticks = log_axis(indicator, low, low * ratio, most)["tickvals"]
    assert 1 <= len(ticks) <= most
    assert all(low / 2.001 <= tick <= low * ratio * 2.001 for tick in ticks)
