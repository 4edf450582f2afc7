"""Amounts of money in another currency or in the prices of one year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.catalogue.findings import Finding
from dashboard.catalogue.model import Indicator, Place
from dashboard.catalogue.naming import listed
from dashboard.catalogue.reference import Reference, at
from dashboard.catalogue.selection import MONEY
from dashboard.transforms.factors import Factors, Reading, nothing_used

MONEY_NAMES = {
    "national": "National currency",
    "usd": "US$ at the rate of the year",
    "usd_constant": "US$ of one year (constant prices)",
    "ppp": "International $ (purchasing power parity)",
}

# The year of prices where a reader chooses none: the base year of the World Bank's own constant
# series, and of the deflators that the atlas holds.
DEFAULT_PRICES = 2015

# Of these only growth is looked at, so that every economy may keep a currency of its own.
UNIT_FREE = ("index", "change_since", "yearly_growth", "annual_growth")

CURRENCY_NAMES = {
    "CNY": "Chinese yuan",
    "EUR": "euros",
    "GBP": "pounds sterling",
    "HKD": "Hong Kong dollars",
    "IDR": "Indonesian rupiah",
    "INR": "Indian rupees",
    "JPY": "Japanese yen",
    "KRW": "Korean won",
    "MOP": "Macao patacas",
    "MYR": "Malaysian ringgit",
    "PHP": "Philippine pesos",
    "SEK": "Swedish kronor",
    "SGD": "Singapore dollars",
    "THB": "Thai baht",
    "TWD": "New Taiwan dollars",
    "USD": "US dollars",
    "VND": "Vietnamese dong",
}

_SIZES = {"": 1.0, "m": 1e6, "mn": 1e6, "crore": 1e7, "100 m": 1e8, "bn": 1e9, "tn": 1e12}
_SIZE_WORDS = {"": "", "m": "million ", "bn": "billion ", "tn": "trillion "}
_SYMBOL = re.compile(
    r"(?P<currency>US\$|NT\$|int\$|[A-Z]{3})"
    r"(?: (?P<size>100 m|crore|mn?|bn|tn))?(?: (?P<base>PPP|\((?P<prices>\d{4})\)))?"
)
_PRICE_INDICES = {"gdp_deflator": "GDP deflator", "cpi": "consumer price index"}
_CODES = {"US$": "USD", "NT$": "TWD"}
# What a name says of its unit, which is no longer so: "GDP (current US$)", "R&D of Taiwan, TWD bn".
_UNIT_OF_NAME = re.compile(r" \([^()]*(?:\$|\bdollars\b|\b[mb]illion\b)[^()]*\)$")
_UNIT_OF_SHORT_NAME = re.compile(r", (?:PPP )?(?:US\$|int\$|(?!PPP|GDP)[A-Z]{3})(?: [^,]*)?$")


@dataclass(frozen=True)
class Money:
    """What a unit of money means.

    Attributes:
        currency: ISO 4217 code; "int$" for international dollars.
        size: what it is counted in, as printed: "", "m", "bn", "tn", "100 m", "crore".
        prices: the year of constant prices; None for the prices of each year.
    """

    currency: str
    size: str = ""
    prices: int | None = None

    @property
    def scale(self) -> float:
        """How many units of the currency one unit is."""
        return _SIZES[self.size]

    @property
    def kind(self) -> str:
        """Which of `selection.MONEY` it is."""
        if self.currency == "int$":
            return "ppp"
        if self.currency != "USD":
            return "national"
        return "usd" if self.prices is None else "usd_constant"


def money_of(unit_symbol: str) -> Money | None:
    """The meaning of a unit as printed: "US$ m", "TWD 100 m", "int$ (2021)"; None if no money."""
    found = _SYMBOL.fullmatch(unit_symbol)
    if found is None:
        return None
    is_ppp = found["base"] == "PPP" or found["currency"] == "int$"
    currency = "int$" if is_ppp else _CODES.get(found["currency"], found["currency"])
    prices = int(found["prices"]) if found["prices"] else None
    return Money(currency, found["size"] or "", prices)


def money_offered(
    indicator: Indicator,
    rows: pd.DataFrame,
    places: Mapping[str, Place],
    reference: Reference,
    *,
    transform: str | None = None,
) -> dict[str, str]:
    """For each currency and price base why it cannot be had, or "" where it can.

    Args:
        indicator: what the rows measure.
        rows: one row per place and year, as `Catalogue.series` returns them.
        places: every place of the rows, by its identifier.
        reference: holds exchange rates, deflators and GDP.
        transform: what is made of the amounts then; growth may be looked at in several national
            currencies at once, levels may not.
    """
    found = {}
    for wanted in MONEY:
        found[wanted] = refused(indicator, rows, places, reference, wanted, transform=transform)
        money = money_of(indicator.unit_symbol)
        if found[wanted] or money is None or _is_so_already(money, wanted, None):
            continue
        factors = _factors(rows, money, places, reference, wanted, DEFAULT_PRICES)
        if factors.value.isna().all():
            reasons = dict.fromkeys(factors.reason)
            found[wanted] = f"None of the values can be converted: {'; '.join(reasons)}."
    return found


def refused(
    indicator: Indicator,
    rows: pd.DataFrame,
    places: Mapping[str, Place],
    reference: Reference,
    wanted: str,
    prices: int | None = None,
    *,
    transform: str | None = None,
) -> str:
    """Why amounts make no sense in a currency or price base, whatever rates are held; "" if not."""
    name = indicator.short_name
    money = money_of(indicator.unit_symbol)
    if money is None:
        return f"{name} is no amount of money."
    if _is_so_already(money, wanted, prices):
        return ""
    if money.kind == "ppp":
        return (
            f"{name} is in international dollars; the purchasing power parities of its source "
            "cannot be taken out again."
        )
    if money.prices is not None and wanted != "usd_constant":
        return f"{name} is in the prices of {money.prices}; no price of another year is in it."
    if rows.empty:
        return "There are no values to convert."
    if wanted == "national" and transform not in UNIT_FREE:
        currencies = _currencies(rows, places, reference)
        if len(currencies) > 1:
            return (
                f"The places shown have {len(currencies)} currencies, whose amounts do not "
                "compare; choose one economy, or an index or a growth rate."
            )
    return ""


def _is_so_already(money: Money, wanted: str, prices: int | None) -> bool:
    """True if amounts are in the currency and the prices asked for."""
    return money.kind == wanted and (money.prices is None or prices in (None, money.prices))


def converted(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    reference: Reference,
    wanted: str,
    prices: int | None = None,
) -> Reading:
    """Amounts in another currency or price base.

    * US dollars at the rate of the year: the amount in national currency divided by the average
      exchange rate of that year; national currency the other way round.
    * US dollars of one year: the amount in national currency is put into the prices of that year
      with the economy's own GDP deflator (consumer prices where it has none), then converted at
      the rate of that year. So the World Bank makes its series in constant US dollars (World
      Development Indicators, NY.GDP.MKTP.KD: constant local prices, converted with the official
      exchange rate of the base year): volumes grow as they do in the economy, and rates move
      nothing.
    * International dollars: US dollars times GDP at purchasing power parity over GDP in US
      dollars, of the same economy and year. The factor is that of the whole GDP.

    A year whose rate, deflator or GDP is missing is left out and named. Amounts that are in the
    currency and prices asked for come back as they are.

    Args:
        rows: one row per place and year, as `Catalogue.series` returns them.
        indicator: an amount of money, see `refused`.
        places: every place of the rows, by its identifier.
        reference: holds exchange rates, deflators and GDP.
        wanted: one of `selection.MONEY`.
        prices: the year of constant prices; `DEFAULT_PRICES` if None, and the year that a series
            in constant prices has already.

    Raises:
        ValueError: if the indicator is no amount of money.
    """
    money = money_of(indicator.unit_symbol)
    if money is None:
        raise ValueError(f"{indicator.name} is no amount of money.")
    if _is_so_already(money, wanted, prices):
        return Reading(rows, indicator, (), nothing_used())
    prices = prices or DEFAULT_PRICES
    factors = _factors(rows, money, places, reference, wanted, prices)
    size = money.size if money.size in _SIZE_WORDS else "m"
    table, findings, used = factors.applied(rows, money.scale / _SIZES[size])
    said = _said(wanted, prices, table, used)
    currencies = _currencies(table, places, reference)
    target = _target(wanted, prices, size, currencies)
    return Reading(table, _renamed(indicator, *target, size), (*findings, *said), used)


def bare(indicator: Indicator) -> Indicator:
    """The indicator without what its names say of a unit of money."""
    return replace(
        indicator,
        name=_UNIT_OF_NAME.sub("", indicator.name),
        short_name=_UNIT_OF_SHORT_NAME.sub("", indicator.short_name),
    )


def economy_of(rows: pd.DataFrame, places: Mapping[str, Place]) -> pd.Series:
    """The one economy that the place of each row is or lies in; empty where there is none."""
    economies = {}
    for place_id in rows["place_id"].unique():
        place = places.get(place_id)
        lies_in = place.economies if place else ()
        if place and place.kind == "economy":
            lies_in = (place_id,)
        economies[place_id] = lies_in[0] if len(lies_in) == 1 else ""
    return rows["place_id"].map(economies).astype("object")


def _factors(
    rows: pd.DataFrame,
    money: Money,
    places: Mapping[str, Place],
    reference: Reference,
    wanted: str,
    prices: int,
) -> Factors:
    """From one unit of the source's currency to one of the currency wanted, row by row."""
    economies = economy_of(rows, places)
    years = rows["year"]
    factors = Factors(rows)
    factors.refuse(economies == "", "a place with no currency of its own")
    rates = at(reference.exchange_rates, economies, years)
    no_rate = "no exchange rate of the year is held"
    if money.prices is not None:
        # From one year of constant prices to another: the same factor in every year.
        if money.currency == "USD":
            _times_rate(factors, reference, economies, money.prices, 1)
        _times_prices(factors, reference, economies, money.prices, -1)
        _times_prices(factors, reference, economies, prices, 1)
        _times_rate(factors, reference, economies, prices, -1)
        return factors
    if money.kind == "national":
        factors.refuse(
            rates["currency"].notna() & (rates["currency"] != money.currency),
            "the exchange rate of the year is that of another currency",
        )
    if wanted == "usd":
        factors.times(rates, "exchange rate", no_rate, power=-1)
    elif wanted == "national":
        own = rows["place_id"].map(_own_currency(economies, rows, reference))
        factors.refuse(
            rates["currency"].notna() & (rates["currency"] != own),
            "the economy had another currency then",
        )
        factors.times(rates, "exchange rate", no_rate)
    elif wanted == "usd_constant":
        base = at(reference.exchange_rates, economies, prices)
        other = rates["currency"].notna() & base["currency"].notna()
        factors.refuse(
            other & (rates["currency"] != base["currency"]), "the economy had another currency then"
        )
        if money.kind == "usd":
            factors.times(rates, "exchange rate", no_rate)
        _times_prices(factors, reference, economies, years, -1)
        _times_prices(factors, reference, economies, prices, 1)
        _times_rate(factors, reference, economies, prices, -1)
    else:
        if money.kind == "national":
            factors.times(rates, "exchange rate", no_rate, power=-1)
        no_gdp = "GDP of the year is not held both in US dollars and at purchasing power parity"
        factors.times(at(reference.gdp_ppp, economies, years), "GDP at PPP", no_gdp)
        factors.times(at(reference.gdp_usd, economies, years), "GDP in US$", no_gdp, power=-1)
    return factors


def _times_rate(
    factors: Factors, reference: Reference, economies: pd.Series, year: int, power: int
) -> None:
    lacking = f"no exchange rate of {year} is held"
    rates = at(reference.exchange_rates, economies, year)
    factors.times(rates, "exchange rate", lacking, power=power)


def _times_prices(
    factors: Factors,
    reference: Reference,
    economies: pd.Series,
    years: pd.Series | int,
    power: int,
) -> None:
    when = years if isinstance(years, int) else "the year"
    prices = at(reference.deflators, economies, years)
    what = prices["measure"].map(_PRICE_INDICES)
    factors.times(prices, what, f"no price index of {when} is held", power=power)


def _own_currency(
    economies: pd.Series, rows: pd.DataFrame, reference: Reference
) -> dict[str, object]:
    """The currency of each place today: that of its economy."""
    return dict(zip(rows["place_id"], economies.map(reference.newest_currency), strict=True))


def _currencies(
    rows: pd.DataFrame, places: Mapping[str, Place], reference: Reference
) -> dict[str, None]:
    """Currencies of the places shown today, in their order."""
    own = _own_currency(economy_of(rows, places), rows, reference).values()
    return dict.fromkeys(str(code) for code in own if not pd.isna(code))


def _target(
    wanted: str, prices: int, size: str, currencies: Mapping[str, None]
) -> tuple[str, str, str]:
    """Symbol, unit and words for a title of what amounts are converted to."""
    words = _SIZE_WORDS[size]
    if wanted == "usd":
        return f"US$ {size}".strip(), f"{words}current US dollars", "in US dollars"
    if wanted == "usd_constant":
        dollars = f"US dollars of {prices}"
        return f"US$ {size} ({prices})".replace("  ", " "), f"{words}{dollars}", f"in {dollars}"
    if wanted == "ppp":
        unit = f"{words}current international dollars"
        return f"int$ {size}".strip(), unit, "in international dollars"
    if len(currencies) != 1:
        return (
            f"{size} of national currency".strip(),
            f"{words}of the currency of each",
            ("in national currency"),
        )
    [code] = currencies
    name = CURRENCY_NAMES.get(code, code)
    symbol = "US$" if code == "USD" else code
    return f"{symbol} {size}".strip(), f"{words}{name}", f"in {name}"


def _renamed(indicator: Indicator, symbol: str, unit: str, words: str, size: str) -> Indicator:
    plain = bare(indicator)
    decimals = {"": 0, "m": 1, "bn": 2, "tn": 4}[size]
    return replace(
        plain,
        name=f"{plain.name} {words}",
        short_name=f"{plain.short_name} {words}",
        unit=unit,
        unit_symbol=symbol,
        decimals=max(decimals, indicator.decimals),
    )


def _said(wanted: str, prices: int, rows: pd.DataFrame, used: pd.DataFrame) -> tuple[Finding, ...]:
    """What the reader should know of the conversion."""
    if rows.empty:
        return ()
    text = {
        "usd": "Converted to US dollars at the average exchange rate of each year.",
        "national": "Converted from US dollars at the average exchange rate of each year.",
        "usd_constant": (
            f"In the prices of {prices} by the GDP deflator of each economy, converted at the "
            f"exchange rate of {prices}."
        ),
        "ppp": (
            "Converted with GDP at purchasing power parity over GDP in US dollars, of each "
            "economy and year: a factor of the whole GDP, not of this item."
        ),
    }[wanted]
    found = [Finding("note", "converted", text)]
    by_consumer_prices = used.loc[used["what"] == _PRICE_INDICES["cpi"], "place_name"].unique()
    if len(by_consumer_prices):
        names = listed(list(by_consumer_prices))
        deflated = f"No GDP deflator is held, so consumer prices stand in for it: {names}."
        found.append(Finding("caution", "consumer_prices", deflated))
    fiscal_years = rows.loc[rows["period_note"] == "FY", "place_name"].unique()
    if len(fiscal_years):
        names = listed(list(fiscal_years))
        fiscal = f"Fiscal years are converted with figures of the calendar year: {names}."
        found.append(Finding("note", "converted_fiscal_year", fiscal))
    return tuple(found)
