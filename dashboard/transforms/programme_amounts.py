"""Amounts of programmes in another currency, in constant prices, per head or in per cent of GDP.

The conversions are those of `money` and `ratios`; here amounts of many currencies and periods are
made ready for them, and what no conversion can be true of is left out and named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.catalogue.findings import Finding
from dashboard.catalogue.model import Indicator, Place
from dashboard.catalogue.naming import listed, names_and_years
from dashboard.catalogue.reference import Reference
from dashboard.transforms import money as moneys
from dashboard.transforms import ratios
from dashboard.transforms.factors import Reading, joined, left_out, nothing_used

# What amounts of programmes can be set against, and the currencies they can be put into; without
# either they are as their source prints them, nearly all in the currency of the economy.
AGAINST = ("per_head", "share_of_gdp")
CURRENCIES = ("usd", "usd_constant", "ppp")


@dataclass(frozen=True, eq=False)
class Amounts:
    """Amounts as a reader asked for them.

    Attributes:
        rows: the amounts that have a value, with the columns they came with, `value` and
            `unit_symbol`, the key of its unit. `amount` and `currency` stay as printed.
        units: the unit of each `unit_symbol`.
        findings: what was left out and why, by name, and what the values rest on.
        used: what they were converted with or divided by, as `factors.Reading.used`.
    """

    rows: pd.DataFrame
    units: Mapping[str, Indicator]
    findings: tuple[Finding, ...]
    used: pd.DataFrame


def read_amounts(
    rows: pd.DataFrame,
    places: Mapping[str, Place],
    reference: Reference,
    *,
    money: str | None = None,
    prices: int | None = None,
    transform: str | None = None,
) -> Amounts:
    """Amounts of programmes in a currency, then per head or in per cent of GDP.

    * Rates, prices, people and GDP are those of the economy that runs the programme, in the year
      that the source gives the amount for; of a fiscal year, the calendar year it starts in.
    * A total of several years is converted as of the year it is listed under, because no source
      says how it falls on its years; the result is approximate. A share of one year's GDP it is
      none. A sum up to a year, from no one knows when, is left out of all conversions.

    Args:
        rows: as `catalogue.programme_amounts.amounts` returns them; counts are passed over.
        places: every economy of the rows, by its identifier.
        reference: holds exchange rates, deflators, population and GDP.
        money: one of `CURRENCIES`; None leaves amounts as printed.
        prices: the year of constant prices; `money.DEFAULT_PRICES` if None.
        transform: one of `AGAINST`, or None.
    """
    rows = rows[rows["currency"] != ""]
    rows = rows.assign(
        place_id=rows["economy"],
        region_id=rows["place_id"],
        place_name=rows["programme"],
        value=rows["amount"],
        value_low=float("nan"),
        value_high=float("nan"),
        # Only the word that tells fiscal years from others is asked for.
        printed_period=rows["period_note"],
        period_note=(rows["period_type"] == "fiscal_year").map({True: "FY", False: ""}),
    )
    findings: list[Finding] = []
    if money is not None or transform is not None:
        rows, findings = _convertible(rows, transform)
    parts: list[pd.DataFrame] = []
    units: dict[str, Indicator] = {}
    used: list[pd.DataFrame] = []
    for currency, part in rows.groupby("currency", sort=False):
        table, unit, said, rests_on = _converted(
            part.reset_index(drop=True), str(currency), places, reference, money, prices, transform
        )
        held = units.get(unit.unit_symbol, unit)
        units[unit.unit_symbol] = replace(unit, decimals=max(unit.decimals, held.decimals))
        parts.append(table.assign(unit_symbol=unit.unit_symbol))
        findings += said
        used.append(rests_on)
    made = pd.concat(parts) if parts else rows.assign(unit_symbol="")
    made = made.assign(place_id=made["region_id"], period_note=made["printed_period"])
    made = made.drop(columns=["region_id", "printed_period", "place_name"])
    order = {key: at for at, key in enumerate(rows["funding_id"])}
    made = made.sort_values("funding_id", key=lambda keys: keys.map(order), kind="stable")
    return Amounts(made.reset_index(drop=True), units, _merged(findings), joined(used))


def _convertible(rows: pd.DataFrame, transform: str | None) -> tuple[pd.DataFrame, list[Finding]]:
    """The rows that a conversion can be true of, totals of several years as approximate ones."""
    is_sum = rows["period_type"] == "cumulative"
    is_several = (rows["kind"] == "years") & ~is_sum
    reasons = pd.Series("", index=rows.index, dtype="object")
    reasons = reasons.mask(is_sum, "a sum up to a year, which has no rate or prices of one year")
    if transform == "share_of_gdp":
        reasons = reasons.mask(is_several, "a total of several years is no share of one year's GDP")
    findings = list(left_out(rows[reasons != ""], reasons[reasons != ""], "several_years"))
    undated = (rows["kind"] == "undated") & (reasons == "")
    if undated.any():
        names = listed(list(dict.fromkeys(rows.loc[undated, "place_name"])))
        text = f"Left out, the source gives no year: {names}."
        findings.append(Finding("missing", "no_year", text))
    kept = rows[(reasons == "") & ~undated]
    rough = (kept["kind"] == "years") & (kept["qualifier"] == "exact")
    if (kept["kind"] == "years").any():
        text = (
            "Totals of several years are converted as of the year they are listed under, because "
            "no source says how they fall on their years: "
            f"{names_and_years(kept[kept['kind'] == 'years'])}."
        )
        findings.append(Finding("caution", "converted_total", text))
    return kept.assign(qualifier=kept["qualifier"].mask(rough, "approximate")), findings


def _converted(
    rows: pd.DataFrame,
    currency: str,
    places: Mapping[str, Place],
    reference: Reference,
    money: str | None,
    prices: int | None,
    transform: str | None,
) -> tuple[pd.DataFrame, Indicator, list[Finding], pd.DataFrame]:
    """The amounts of one currency of the sources, all of one unit."""
    reading = Reading(rows, unit_of_currency(currency), (), nothing_used())
    if money is not None and transform != "share_of_gdp":
        reading = moneys.converted(rows, reading.indicator, places, reference, money, prices)
    findings, used = list(reading.findings), [reading.used]
    if transform == "per_head":
        reading = ratios.per_head(reading.rows, reading.indicator, reference)
    elif transform == "share_of_gdp":
        reading = ratios.share_of_gdp(rows, reading.indicator, places, reference)
        shares = ratios.decimals_for(reading.rows["value"])
        reading = replace(reading, indicator=replace(reading.indicator, decimals=shares))
    if transform is not None:
        findings += reading.findings
        used.append(reading.used)
    return reading.rows, reading.indicator, findings, joined(used)


def unit_of_currency(currency: str) -> Indicator:
    """Millions of a currency as the unit of an amount."""
    name = moneys.CURRENCY_NAMES.get(currency, currency)
    symbol = "US$ m" if currency == "USD" else f"{currency} m"
    return Indicator(
        indicator_id="",
        name="Amount",
        short_name="Amount",
        topic="programme_funding",
        definition="",
        unit=f"million {name}",
        unit_symbol=symbol,
        decimals=1,
        aggregation="level",
        better="neutral",
        default_chart="bar",
        comparability_note="",
        source_code="",
    )


def _merged(findings: list[Finding]) -> tuple[Finding, ...]:
    """Findings of several currencies that say the same of other programmes, as one each."""
    merged: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in dict.fromkeys(findings):
        start = finding.text.partition(": ")[0]
        merged.setdefault((finding.severity, finding.code, start), []).append(finding)
    return tuple(
        group[0]
        if len(group) == 1
        else Finding(
            group[0].severity,
            group[0].code,
            f"{start}: {'; '.join(item.text.partition(': ')[2].rstrip('.') for item in group)}.",
            tuple(dict.fromkeys(key for item in group for key in item.places)),
            tuple(sorted({year for item in group for year in item.years})),
        )
        for (_, _, start), group in merged.items()
    )
