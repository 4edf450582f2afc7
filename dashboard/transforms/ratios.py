"""Values per head and as a share of GDP: divided by a figure of the same place and year."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from dashboard.catalogue.findings import Finding
from dashboard.catalogue.model import Indicator, Place
from dashboard.catalogue.reference import (
    GDP_PPP,
    GDP_USD,
    GDP_USD_UNCTAD,
    POPULATION,
    Reference,
    at,
)
from dashboard.transforms.factors import Factors, Reading
from dashboard.transforms.money import bare, economy_of, money_of

# Levels of which two places do not have the sum of both.
NOT_ADDITIVE = ("kilometres", "years")

PER_MILLION = 1e6
MOST_DECIMALS = 6
GDP = (GDP_USD, GDP_USD_UNCTAD, GDP_PPP)

_MAGNITUDE = re.compile(r"^(?:(100) )?(thousand|million|billion|trillion|crore) ")
_MAGNITUDES = {"thousand": 1e3, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12}


def per_head_refused(indicator: Indicator) -> str:
    """Why an indicator makes no sense per head, whatever the places; "" where it does."""
    name = indicator.short_name
    if indicator.indicator_id == POPULATION:
        return "The population per head is one, everywhere and always."
    if indicator.aggregation != "level":
        return f"{name} is {kind_words(indicator)} already; per head means nothing for it."
    if indicator.unit in NOT_ADDITIVE:
        return f"{name} is counted in {indicator.unit}; per head means nothing for it."
    return ""


def share_of_gdp_refused(indicator: Indicator) -> str:
    """Why an indicator is no part of GDP to be given in per cent of it; "" where it is."""
    name = indicator.short_name
    if indicator.aggregation != "level":
        return f"{name} is {kind_words(indicator)} already; a share of GDP means nothing for it."
    money = money_of(indicator.unit_symbol)
    if money is None:
        return f"{name} is no amount of money, so it has no share of GDP."
    if money.prices is not None:
        return (
            f"{name} is in the prices of {money.prices}; a share of GDP is worked out at the "
            "prices of each year."
        )
    if indicator.indicator_id in GDP:
        return f"{name} is GDP itself."
    if money.kind == "ppp":
        return (
            f"{name} is converted with purchasing power parities of its source; those of GDP are "
            "of another edition, and the share would be off by some per cent."
        )
    return ""


def kind_words(indicator: Indicator) -> str:
    """What an indicator that is no level is: a share, a rate, a rank."""
    words = {"share": "a share", "rate": "a rate", "index": "an index"}
    if indicator.unit == "rank":
        return "a rank"
    return words.get(indicator.aggregation, "a level")


def has_population(rows: pd.DataFrame, reference: Reference) -> bool:
    """Whether a population of the place and year of any row is held: looked up one by one."""
    held = reference.population.index
    return any(
        key in held for key in zip(rows["place_id"].tolist(), rows["year"].tolist(), strict=True)
    )


def per_head_factors(rows: pd.DataFrame, reference: Reference) -> Factors:
    """One over the population of the place and year of each row."""
    factors = Factors(rows)
    population = at(reference.population, rows["place_id"], rows["year"])
    factors.times(population, "population", "no population of the year is held", power=-1)
    return factors


def per_head(rows: pd.DataFrame, indicator: Indicator, reference: Reference) -> Reading:
    """Values divided by the population of the same place and year.

    Amounts of money are given per head, everything else per million people. Hubs are divided by
    their own population, never by that of their economy.
    """
    factors = per_head_factors(rows, reference)
    money = money_of(indicator.unit_symbol)
    plain = bare(indicator)
    if money is None:
        found = _MAGNITUDE.match(indicator.unit)
        scale = float(found[1] or 1) * _MAGNITUDES[found[2]] if found else 1.0
        unit = f"{_MAGNITUDE.sub('', indicator.unit)} per million people"
        symbol, words, scale = "per million", "per million people", scale * PER_MILLION
    else:
        scale = money.scale
        unit = f"{_MAGNITUDE.sub('', indicator.unit)} per head"
        size = f" {money.size}" if money.size else ""
        symbol, words = f"{indicator.unit_symbol.replace(size, '', 1)} per head", "per head"
    table, findings, used = factors.applied(rows, scale)
    made = replace(
        plain,
        name=f"{plain.name} {words}",
        short_name=f"{plain.short_name} {words}",
        unit=unit,
        unit_symbol=symbol,
        decimals=decimals_for(table["value"]),
        aggregation="rate",
    )
    return Reading(table, made, findings, used)


def share_of_gdp_factors(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    reference: Reference,
) -> Factors:
    """One over the GDP of the economy and year of each row, in the currency of the row."""
    factors = Factors(rows)
    is_economy = rows["place_id"].map(
        {key: key in places and places[key].kind == "economy" for key in rows["place_id"].unique()}
    )
    factors.refuse(~is_economy.astype("bool"), "GDP is held of economies only")
    economies = economy_of(rows, places)
    money = money_of(indicator.unit_symbol)
    if money is not None and money.kind == "national":
        rates = at(reference.exchange_rates, economies, rows["year"])
        factors.refuse(
            rates["currency"].notna() & (rates["currency"] != money.currency),
            "the exchange rate of the year is that of another currency",
        )
        lacking = "no exchange rate of the year is held"
        factors.times(rates, "exchange rate", lacking, power=-1)
    gdp = at(reference.gdp_usd, economies, rows["year"])
    if len(reference.gdp_usd_unctad):
        # A ratio is one publisher's where its GDP is held: their GDP differs by some per cent.
        unctad = reference.publishers[str(reference.gdp_usd_unctad["source_id"].iloc[0])]
        is_theirs = rows["source_id"].map(reference.publishers) == unctad
        theirs = at(reference.gdp_usd_unctad, economies, rows["year"])
        gdp = gdp.where(~is_theirs, theirs)
    factors.times(gdp, "GDP", "no GDP of the year is held", power=-1)
    return factors


def share_of_gdp(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    reference: Reference,
) -> Reading:
    """Amounts in per cent of the GDP of the same economy and year.

    Both are at the prices of the year and in US dollars at its average rate. The GDP is that of
    the publisher of the amount where the atlas holds it, that is for UNCTAD; for all others that
    of the World Bank, and of the IMF for Taiwan.
    """
    money = money_of(indicator.unit_symbol)
    factors = share_of_gdp_factors(rows, indicator, places, reference)
    table, findings, used = factors.applied(rows, 100 * (money.scale if money else 1.0))
    plain = bare(indicator)
    made = replace(
        plain,
        name=f"{plain.name} (% of GDP)",
        short_name=f"{plain.short_name}, % GDP",
        unit="per cent of GDP",
        unit_symbol="%",
        decimals=2,
        aggregation="share",
    )
    if len(used):
        publishers = dict.fromkeys(
            used.loc[used["what"].str.startswith("GDP"), "source_id"].map(reference.publishers)
        )
        text = f"Divided by the GDP of the same year, as given by: {', '.join(publishers)}."
        findings = (*findings, Finding("note", "gdp", text))
    return Reading(table, made, findings, used)


def decimals_for(values: pd.Series) -> int:
    """As many decimals as give a middling value three significant digits."""
    sizes = values.abs()
    middle = sizes[sizes > 0].median()
    if pd.isna(middle):
        return 0
    return min(max(2 - math.floor(math.log10(middle)), 0), MOST_DECIMALS)
