"""Amounts in another currency or in the prices of one year, and what is said of them."""

from dataclasses import replace

import pytest

from dashboard.catalogue import Indicator
from dashboard.transforms.money import Money, bare, converted, money_of, money_offered
from dashboard.transforms.reading import read

DOLLARS = Indicator(
    "sales", "Sales (US$ million)", "Sales, US$", "rd", "", "million current US dollars", "US$ m",
    0, "level", "higher", "map", "", "",
)  # fmt: skip
YEN = replace(DOLLARS, name="Sales", unit="billion Japanese yen", unit_symbol="JPY bn")
CONSTANT = replace(DOLLARS, unit="million US dollars of 2000", unit_symbol="US$ m (2000)")
PPP = replace(DOLLARS, unit="billion current international dollars", unit_symbol="int$ bn")


@pytest.fixture
def values(places, figures):
    def make(rows, indicator, money, **wishes):
        reading = read(rows, indicator, places, figures, money=money, **wishes)
        keys = zip(reading.rows["place_id"], reading.rows["year"], strict=True)
        return dict(zip(keys, reading.rows["value"], strict=True)), reading

    return make


@pytest.mark.parametrize(
    ("symbol", "money", "kind", "scale"),
    [
        ("US$", Money("USD"), "usd", 1),
        ("US$ m", Money("USD", "m"), "usd", 1e6),
        ("US$ m (2015)", Money("USD", "m", 2015), "usd_constant", 1e6),
        ("US$ bn PPP", Money("int$", "bn"), "ppp", 1e9),
        ("int$ bn", Money("int$", "bn"), "ppp", 1e9),
        ("int$ (2021)", Money("int$", "", 2021), "ppp", 1),
        ("TWD 100 m", Money("TWD", "100 m"), "national", 1e8),
        ("NT$ bn", Money("TWD", "bn"), "national", 1e9),
        ("INR crore", Money("INR", "crore"), "national", 1e7),
        ("KRW tn", Money("KRW", "tn"), "national", 1e12),
    ],
)
def test_a_unit_of_money_is_read(symbol, money, kind, scale):
    found = money_of(symbol)
    assert (found, found.kind, found.scale) == (money, kind, scale)


@pytest.mark.parametrize("symbol", ["", "%", "m wafers", "TFLOPS per s", "km²", "per million"])
def test_other_units_are_no_money(symbol):
    assert money_of(symbol) is None


def test_every_unit_of_money_of_the_data_is_read(catalogue):
    words = ("dollars", "yen", "yuan", "won", "baht", "ringgit", "rupees", "euros", "sterling")
    for indicator in catalogue.indicators.values():
        is_money = any(word in indicator.unit.split() for word in words)
        assert (money_of(indicator.unit_symbol) is not None) == is_money, indicator


@pytest.mark.parametrize(
    ("name", "short_name", "expected"),
    [
        ("GDP (current US$)", "GDP, US$", ("GDP", "GDP")),
        ("GDP, UNCTAD (US$ million)", "GDP (UNCTAD)", ("GDP, UNCTAD", "GDP (UNCTAD)")),
        ("Revenue of the park", "Revenue of the park, TWD bn",
         ("Revenue of the park", "Revenue of the park")),
        ("R&D of Taiwan (TWD 100 million)", "R&D of Taiwan, TWD 100 m",
         ("R&D of Taiwan", "R&D of Taiwan")),
        ("R&D (billion PPP dollars)", "R&D spending, PPP US$ bn", ("R&D", "R&D spending")),
        ("Exports (% of GDP)", "GDP, PPP", ("Exports (% of GDP)", "GDP, PPP")),
    ],
)  # fmt: skip
def test_a_name_loses_its_unit_of_money_and_nothing_else(name, short_name, expected):
    plain = bare(replace(DOLLARS, name=name, short_name=short_name))
    assert (plain.name, plain.short_name) == expected


def test_dollars_at_the_rate_of_the_year(series, values):
    rows = series(("japan", 2000, 5.0), ("japan", 2010, 5.0), ("japan", 2005, 5.0))
    found, reading = values(rows, YEN, "usd")
    assert found == pytest.approx({("japan", 2000): 0.05, ("japan", 2010): 0.025})
    assert reading.indicator.unit_symbol == "US$ bn"
    assert reading.indicator.unit == "billion current US dollars"
    assert reading.indicator.name == "Sales in US dollars"
    assert [item.text for item in reading.findings] == [
        "Left out, no exchange rate of the year is held: Japan 2005.",
        "Converted to US dollars at the average exchange rate of each year.",
    ]
    assert list(reading.used["what"].unique()) == ["exchange rate"]


def test_national_currency_is_that_of_the_place(series, values):
    found, reading = values(series(("kyushu", 2000, 5.0)), DOLLARS, "national")
    assert found == pytest.approx({("kyushu", 2000): 500.0})
    assert reading.indicator.unit == "million Japanese yen"
    assert reading.indicator.unit_symbol == "JPY m"


def test_constant_dollars_take_out_prices_at_home_and_the_moves_of_the_rate(series, values):
    rows = series(
        ("japan", 2000, 10.0), ("japan", 2010, 5.0), ("korea", 2000, 10.0), ("korea", 2010, 20.0)
    )
    found, reading = values(rows, DOLLARS, "usd_constant", prices=2010)
    # Yen lost half of their value in dollars while prices stood still: 1,000 yen in both years.
    assert found["japan", 2000] == pytest.approx(5.0)
    assert found["japan", 2010] == pytest.approx(5.0)
    # Prices in won doubled while the rate stood still.
    assert found["korea", 2000] == pytest.approx(20.0)
    assert found["korea", 2010] == pytest.approx(20.0)
    assert reading.indicator.unit == "million US dollars of 2010"
    assert reading.indicator.unit_symbol == "US$ m (2010)"
    assert money_of(reading.indicator.unit_symbol) == Money("USD", "m", 2010)


def test_constant_prices_move_to_another_year_by_one_factor_per_economy(series, values):
    rows = series(("japan", 2000, 5.0), ("japan", 2005, 10.0), ("korea", 2005, 5.0))
    found, _ = values(rows, CONSTANT, "usd_constant", prices=2010)
    assert found == pytest.approx(
        {("japan", 2000): 2.5, ("japan", 2005): 5.0, ("korea", 2005): 10.0}
    )
    found, reading = values(rows, CONSTANT, "usd_constant")
    assert found["japan", 2005] == 10.0
    assert reading.indicator is CONSTANT


def test_consumer_prices_stand_in_for_a_deflator_and_it_is_said(series, values):
    _, reading = values(series(("america", 2000, 8.0)), DOLLARS, "usd_constant", prices=2010)
    assert list(reading.rows["value"]) == [10.0]
    assert "consumer price index" in set(reading.used["what"])
    [words] = [item.text for item in reading.findings if item.code == "consumer_prices"]
    assert "America" in words


def test_prices_of_a_year_without_an_index_leave_the_values_as_they_are(series, values):
    found, reading = values(series(("japan", 2000, 8.0)), DOLLARS, "usd_constant", prices=1950)
    assert found == {("japan", 2000): 8.0}
    assert reading.indicator is DOLLARS
    assert any("1950" in item.text for item in reading.findings)
    assert reading.findings[-1].code == "not_applied"


def test_international_dollars_follow_from_gdp_in_both(series, values):
    rows = series(("japan", 2000, 2.0), ("korea", 2000, 2.0), ("korea", 2010, 2.0))
    found, reading = values(rows, DOLLARS, "ppp")
    assert found == pytest.approx({("japan", 2000): 6.0, ("korea", 2010): 1.0})
    assert reading.indicator.unit_symbol == "int$ m"
    assert "whole GDP" in reading.findings[-1].text


def test_amounts_of_several_currencies_compare_as_growth_only(series, places, figures):
    rows = series(("japan", 2000, 2.0), ("japan", 2010, 2.0), ("korea", 2000, 2.0))
    assert "2 currencies" in money_offered(DOLLARS, rows, places, figures)["national"]
    grown = money_offered(DOLLARS, rows, places, figures, transform="index")
    assert grown["national"] == ""
    one = money_offered(DOLLARS, rows[rows["place_id"] == "japan"], places, figures)
    assert one["national"] == ""
    reading = read(rows, DOLLARS, places, figures, money="national", transform="index",
                   base_year=2000)  # fmt: skip
    assert reading.rows.loc[1, "value"] == pytest.approx(200.0)


def test_several_currencies_are_never_shown_as_levels_when_growth_cannot_be_had(series, values):
    rows = series(("japan", 2000, 2.0), ("korea", 2000, 3.0))
    found, reading = values(rows, DOLLARS, "national", transform="index", base_year=1950)
    assert found == {("japan", 2000): 2.0, ("korea", 2000): 3.0}
    assert reading.indicator is DOLLARS
    texts = [item.text for item in reading.findings if item.code == "not_applied"]
    assert len(texts) == 2
    assert "2 currencies" in texts[0]
    assert "1950" in texts[1]


@pytest.mark.parametrize(
    ("indicator", "possible"),
    [(CONSTANT, {"usd_constant"}), (PPP, {"ppp"}), (replace(YEN, unit_symbol="%"), set())],
    ids=["constant", "ppp", "share"],
)
def test_what_is_not_in_a_series_is_not_offered(series, places, figures, indicator, possible):
    rows = series(("japan", 2000, 2.0))
    reasons = money_offered(indicator, rows, places, figures)
    assert {key for key, reason in reasons.items() if not reason} == possible


def test_a_place_without_a_currency_is_left_out_and_alone_not_offered(series, places, figures):
    rows = series(("world", 2000, 2.0))
    assert "no currency" in money_offered(DOLLARS, rows, places, figures)["usd_constant"]
    both = series(("world", 2000, 2.0), ("japan", 2000, 2.0))
    reading = read(both, DOLLARS, places, figures, money="usd_constant", prices=2010)
    assert list(reading.rows["place_id"]) == ["japan"]
    assert "World 2000" in reading.findings[0].text


def test_a_rate_of_another_currency_converts_nothing(series, places, figures):
    rates = figures.exchange_rates.copy()
    rates.loc[("japan", 2000), "currency"] = "OLD"
    before = replace(figures, exchange_rates=rates)
    rows = series(("japan", 2000, 2.0), ("japan", 2010, 2.0))
    for indicator, money in ((YEN, "usd"), (DOLLARS, "national"), (DOLLARS, "usd_constant")):
        reading = read(rows, indicator, places, before, money=money, prices=2010)
        assert list(reading.rows["year"]) == [2010], (indicator.unit_symbol, money)
        assert "another currency" in reading.findings[0].text


def test_fiscal_years_are_said_to_be_converted_as_calendar_years(series, places, figures):
    rows = series(("japan", 2000, 2.0), period_note="FY")
    reading = converted(rows, YEN, places, figures, "usd")
    assert reading.findings[-1].code == "converted_fiscal_year"
    with pytest.raises(ValueError, match="no amount of money"):
        converted(rows, replace(YEN, unit_symbol=""), places, figures, "usd")


def test_ranges_are_converted_with_their_value(series, values):
    rows = series(("japan", 2000, 5.0, "range"), value_low=5.0, value_high=10.0)
    _, reading = values(rows, YEN, "usd")
    row = reading.rows.iloc[0]
    assert (row["value_low"], row["value_high"], row["qualifier"]) == (0.05, 0.1, "range")
    assert row["observed"] == 5.0
