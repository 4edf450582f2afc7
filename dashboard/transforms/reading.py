"""What a reader can make of values: another currency first, then one transform of it.

Nothing is filled in: a result stands at a place and year that has a value, or it is left out and
named. Where a wish cannot be met the values stay as they are, and a finding says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from dashboard.catalogue.cells import FIRM
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.model import Indicator, Place
from dashboard.catalogue.reference import Reference
from dashboard.catalogue.selection import TRANSFORMS
from dashboard.transforms import among, growth, money, ratios
from dashboard.transforms.factors import Reading, joined, nothing_used
from dashboard.transforms.money import MONEY_NAMES, UNIT_FREE, money_offered
from dashboard.transforms.years import default_base

__all__ = [
    "MONEY_NAMES",
    "TRANSFORM_NAMES",
    "UNIT_FREE",
    "WITH_BASE_YEAR",
    "Reading",
    "base_years",
    "money_offered",
    "offered",
    "read",
]

TRANSFORM_NAMES = {
    "index": "Index to a base year",
    "change_since": "Change since a year",
    "yearly_growth": "Year-on-year change",
    "annual_growth": "Compound annual growth since a year",
    "per_head": "Per head",
    "share_of_gdp": "% of GDP",
    "rank": "Rank",
    "share_of_shown": "Share of those shown",
    "from_median": "Difference from the group's median",
}

# Transforms that ask for a base year.
WITH_BASE_YEAR = ("index", "change_since", "annual_growth")


def base_years(rows: pd.DataFrame, transform: str, indicator: Indicator) -> list[int]:
    """The years a reader can take as a base: those in which a place has a usable value.

    Args:
        rows: one row per place and year.
        transform: one of `WITH_BASE_YEAR`.
        indicator: what the rows measure; changes in points may start at or below zero.
    """
    columns = ("place_id", "year", "value", "qualifier")
    cells = list(zip(*(rows[name].tolist() for name in columns), strict=True))
    newest: dict[str, int] = {}
    for place_id, year, _, _ in cells:
        newest[place_id] = max(year, newest.get(place_id, year))
    any_value = transform == "change_since" and growth.in_points(indicator)
    years = {
        int(year)
        for place_id, year, value, qualifier in cells
        if qualifier in FIRM
        and (any_value or value > 0)
        and (transform == "index" or year < newest[place_id])
    }
    return sorted(years)


def offered(
    indicator: Indicator,
    rows: pd.DataFrame,
    places: Mapping[str, Place],
    reference: Reference,
) -> dict[str, str]:
    """For each transform why it cannot be applied, in a sentence for the reader, or "".

    Args:
        indicator: what the rows measure.
        rows: one row per place and year, as `Catalogue.series` returns them.
        places: every place of the rows, by its identifier.
        reference: holds population and GDP.
    """
    return {
        transform: _refused(transform, indicator, rows, places, reference)
        for transform in TRANSFORMS
    }


def read(
    rows: pd.DataFrame,
    indicator: Indicator,
    places: Mapping[str, Place],
    reference: Reference,
    *,
    transform: str | None = None,
    money: str | None = None,
    base_year: int | None = None,
    prices: int | None = None,
) -> Reading:
    """Values as a reader asked for them: in a currency, then as an index, per head, a rank ...

    Args:
        rows: one row per place and year, as `Catalogue.series` returns them.
        indicator: what the rows measure.
        places: every place of the rows, by its identifier.
        reference: holds population, GDP, exchange rates and deflators.
        transform: one of `selection.TRANSFORMS`, or None for the values themselves.
        money: one of `selection.MONEY`, or None for the currency of the source.
        base_year: year that an index, a change or growth starts from; if None the first year in
            which most places have a value.
        prices: year of constant prices; `money.DEFAULT_PRICES` if None.

    Returns:
        The values with their indicator, findings and what they rest on. A wish that cannot be met
        leaves the values as they are, and a finding of code `not_applied` says why.
    """
    rows = rows.reset_index(drop=True)
    as_held = reading = Reading(rows, indicator, (), nothing_used())
    if money is not None:
        reading = _in_money(as_held, places, reference, transform, money, prices)
    if transform is None:
        return reading
    made = _transformed(reading, places, reference, transform, base_year)
    if made.rows is reading.rows and money == "national" and transform in UNIT_FREE:
        # Growth was to make currencies compare. Without it their amounts must not be shown.
        plain = _in_money(as_held, places, reference, None, money, prices)
        return replace(plain, findings=(*plain.findings, made.findings[-1]))
    return made


def _in_money(
    reading: Reading,
    places: Mapping[str, Place],
    reference: Reference,
    transform: str | None,
    wanted: str,
    prices: int | None,
) -> Reading:
    rows, indicator = reading.rows, reading.indicator
    if transform == "share_of_gdp" and money.money_of(indicator.unit_symbol) is not None:
        text = "A share of GDP is the same in every currency: the one chosen changes nothing."
        return replace(reading, findings=(Finding("note", "money_not_needed", text),))
    name = money.MONEY_NAMES[wanted]
    reason = money.refused(indicator, rows, places, reference, wanted, prices, transform=transform)
    if reason:
        return _as_it_is(reading, f"{name}: {reason}")
    made = money.converted(rows, indicator, places, reference, wanted, prices)
    return made if len(made.rows) else _nothing_left(reading, made, name)


def _transformed(
    reading: Reading,
    places: Mapping[str, Place],
    reference: Reference,
    transform: str,
    base_year: int | None,
) -> Reading:
    rows, indicator = reading.rows, reading.indicator
    reason = _refused(transform, indicator, rows, places, reference)
    if not reason and transform in WITH_BASE_YEAR:
        usable = base_years(rows, transform, indicator)
        if base_year is None:
            first = default_base(rows)
            base_year = first if first in usable else usable[0]
        elif base_year not in usable:
            reason = (
                f"no place shown has a usable value in {base_year}; choose a base year from "
                f"{usable[0]} to {usable[-1]}."
            )
    if reason:
        return _as_it_is(reading, f"{TRANSFORM_NAMES[transform]}: {reason}")
    if transform == "per_head":
        made = ratios.per_head(rows, indicator, reference)
    elif transform == "share_of_gdp":
        made = ratios.share_of_gdp(rows, indicator, places, reference)
    elif transform == "yearly_growth":
        made = growth.yearly_growth(rows, indicator)
    elif transform in WITH_BASE_YEAR and base_year is not None:
        made = _FROM_A_BASE[transform](rows, indicator, base_year)
    else:
        made = _AMONG[transform](rows, indicator)
    if made.rows.empty:
        return _nothing_left(reading, made, TRANSFORM_NAMES[transform])
    return Reading(
        made.rows,
        made.indicator,
        (*reading.findings, *made.findings),
        joined([reading.used, made.used]),
    )


_FROM_A_BASE = {
    "index": growth.index,
    "change_since": growth.change_since,
    "annual_growth": growth.annual_growth,
}
_AMONG = {
    "rank": among.rank,
    "share_of_shown": among.share_of_shown,
    "from_median": among.from_median,
}


def _as_it_is(reading: Reading, reason: str) -> Reading:
    text = f"Not applied, the values are shown as they are. {reason}"
    return replace(reading, findings=(*reading.findings, Finding("caution", "not_applied", text)))


def _nothing_left(reading: Reading, made: Reading, name: str) -> Reading:
    """Better the values as they are than none; each finding of the attempt says who has none."""
    said = replace(reading, findings=(*reading.findings, *made.findings))
    return _as_it_is(said, f"{name}: it would leave no value.")


def _refused(
    transform: str,
    indicator: Indicator,
    rows: pd.DataFrame,
    places: Mapping[str, Place],
    reference: Reference,
) -> str:
    """Why a transform cannot be applied to these rows; "" where it can."""
    reason = _senseless(transform, indicator)
    if reason:
        return reason
    if rows.empty:
        return "There are no values."
    if transform == "per_head":
        if ratios.has_population(rows, reference):
            return ""
        factors = ratios.per_head_factors(rows, reference)
        return _none_of(factors.value, factors.reason)
    if transform == "share_of_gdp":
        factors = ratios.share_of_gdp_factors(rows, indicator, places, reference)
        return _none_of(factors.value, factors.reason)
    if transform in WITH_BASE_YEAR:
        if base_years(rows, transform, indicator):
            return ""
        if transform == "index":
            return "No place shown has a value above zero that is a figure and not a bound."
        return "No place shown has a usable value and one of a later year."
    if transform == "yearly_growth":
        if growth.has_yearly_growth(rows, indicator):
            return ""
        return "No place shown has comparable values in two years that follow one another."
    if not _has_company(rows):
        return "It takes at least two places with a value in the same year."
    if transform == "share_of_shown":
        return among.share_of_shown_refused(indicator, rows, places)
    return ""


def _has_company(rows: pd.DataFrame) -> bool:
    """Whether two places have a firm value in the same year."""
    cells = zip(*(rows[name].tolist() for name in ("place_id", "year", "qualifier")), strict=True)
    held = {(place_id, year) for place_id, year, qualifier in cells if qualifier in FIRM}
    return len(held) > len({year for _, year in held})


def _senseless(transform: str, indicator: Indicator) -> str:
    """Why a transform means nothing for an indicator, whatever the values; "" where it does."""
    name = indicator.short_name
    if transform == "per_head":
        return ratios.per_head_refused(indicator)
    if transform == "share_of_gdp":
        return ratios.share_of_gdp_refused(indicator)
    is_rank, is_growth = indicator.unit == "rank", indicator.unit == growth.GROWTH_UNIT
    if is_rank and transform not in ("rank", "share_of_shown"):
        return f"{name} is a rank already; ranks are neither grown nor averaged."
    if is_growth and transform in ("index", "annual_growth"):
        return f"{name} is a growth rate already; an index or growth of it means nothing."
    if transform == "annual_growth" and growth.in_points(indicator):
        return f"{name} is in per cent; its change is told in percentage points, see change since."
    return ""


def _none_of(factors: pd.Series, reasons: pd.Series) -> str:
    if factors.notna().any():
        return ""
    return f"None of the values allows it: {'; '.join(dict.fromkeys(reasons))}."
