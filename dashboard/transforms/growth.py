"""Values against an earlier value of the same place: index, change, growth."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from dashboard.catalogue.cells import FIRM, carries
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.model import Indicator
from dashboard.catalogue.naming import listed
from dashboard.transforms.change import SMALL_SHARE
from dashboard.transforms.factors import (
    Reading,
    as_rough,
    is_firm,
    left_out,
    nothing_used,
    with_observed,
)
from dashboard.transforms.measures import as_index, index_to_base

VALUES = ("value", "value_low", "value_high")
GROWTH_UNIT = "per cent per year"
NOT_HELD = (math.nan, "", "", "")


def in_points(indicator: Indicator) -> bool:
    """True where a change is told in percentage points: shares and rates in per cent."""
    return indicator.is_relative and indicator.unit_symbol.startswith(SMALL_SHARE)


def index(rows: pd.DataFrame, indicator: Indicator, base_year: int) -> Reading:
    """Each place's values as an index, 100 in the base year.

    A place whose value in the base year is missing, a bound, a range or not above zero is left
    out and named. Ranges are divided like values; bounds stay bounds.
    """
    rows, base, findings = _against_base(rows, base_year, above_zero=True)
    if rows.empty:
        return Reading(
            with_observed(rows), as_index(indicator, base_year), findings, nothing_used()
        )
    observed = with_observed(rows)["observed"]
    indexed, _ = index_to_base(rows, base_year)
    indexed = indexed.assign(observed=observed.to_numpy())
    indexed = as_rough(indexed, _is_rough(indexed, base))
    negative = indexed[indexed["value"] < 0]
    if len(negative):
        who = listed(list(dict.fromkeys(negative["place_name"])))
        text = f"Values turn negative, where an index means little: {who}."
        findings = (*findings, Finding("caution", "index_negative", text))
    made = replace(
        as_index(indicator, base_year),
        name=f"{indicator.name}, index ({base_year} = 100)",
        short_name=f"{indicator.short_name}, {base_year} = 100",
    )
    return Reading(indexed, made, findings, nothing_used())


def change_since(rows: pd.DataFrame, indicator: Indicator, base_year: int) -> Reading:
    """The change of each place from a base year to every year.

    In percentage points for shares and rates in per cent, in per cent of the value of the base
    year for everything else. Who is left out: see `index`; points need no value above zero.
    """
    points = in_points(indicator)
    rows, base, findings = _against_base(rows, base_year, above_zero=not points)
    rows = with_observed(rows)
    before = rows["place_id"].map(base["value"])
    made = {
        name: rows[name] - before if points else 100 * (rows[name] / before - 1) for name in VALUES
    }
    table = as_rough(rows.assign(**made), _is_rough(rows, base))
    unit = "percentage points" if points else f"per cent of {base_year}"
    changed = replace(
        indicator,
        name=f"Change of {indicator.name} since {base_year}",
        short_name=f"{indicator.short_name}, change since {base_year}",
        unit=unit,
        unit_symbol="percentage points" if points else "%",
        decimals=max(indicator.decimals, 1) if points else 1,
        aggregation="rate",
    )
    return Reading(table.reset_index(drop=True), changed, findings, nothing_used())


def yearly_growth(rows: pd.DataFrame, indicator: Indicator) -> Reading:
    """The change of each value on the value of the year before.

    In percentage points for shares and rates in per cent, else in per cent. A value without one
    in the year before has none, nor has one across a break of the series or another legal
    definition: what changed there is partly the way of counting.
    """
    points = in_points(indicator)
    rows = with_observed(rows)
    wanted = pd.MultiIndex.from_arrays([rows["place_id"], rows["year"].astype("int64") - 1])
    held = pd.MultiIndex.from_arrays([rows["place_id"], rows["year"].astype("int64")])
    compared = rows[["value", "qualifier"]].set_axis(held)
    before = compared.reindex(wanted).set_axis(rows.index)
    first_years = rows.groupby("place_id")["year"].transform("min")
    reason = pd.Series(_why_no_growth(rows, points), index=rows.index, dtype="object")
    # Nobody expects a change on the year before of the first year, unless it is all there is.
    has_growth = (reason == "").groupby(rows["place_id"]).transform("any")
    named = (reason != "") & ((rows["year"] != first_years) | ~has_growth)
    made = {
        name: rows[name] - before["value"] if points else 100 * (rows[name] / before["value"] - 1)
        for name in VALUES
    }
    table = as_rough(rows.assign(**made), before["qualifier"] == "approximate")
    changed = replace(
        indicator,
        name=f"{indicator.name}, change on the year before",
        short_name=f"{indicator.short_name}, yearly change",
        unit="percentage points on the year before" if points else GROWTH_UNIT,
        unit_symbol="percentage points" if points else "%",
        decimals=max(indicator.decimals, 1) if points else 1,
        aggregation="rate",
    )
    return Reading(
        table[reason == ""].reset_index(drop=True),
        changed,
        left_out(rows[named], reason[named], "no_year_before"),
        nothing_used(),
    )


def has_yearly_growth(rows: pd.DataFrame, indicator: Indicator) -> bool:
    """Whether `yearly_growth` leaves any value."""
    return "" in _why_no_growth(rows, in_points(indicator))


def _why_no_growth(rows: pd.DataFrame, points: bool) -> list[str]:
    """Why each row has no change on the year before; empty where it has one."""
    columns = ("place_id", "year", "value", "qualifier", "definition_id", "caveats")
    cells = list(zip(*(rows[name].tolist() for name in columns), strict=True))
    held = {(place_id, year): rest for place_id, year, *rest in cells}
    reasons = []
    for place_id, year, _, _, definition, caveats in cells:
        value, qualifier, definition_before, _ = held.get((place_id, year - 1), NOT_HELD)
        if math.isnan(value):
            reason = "no value in the year before"
        elif qualifier not in FIRM:
            reason = "the year before is known only as a range or a bound"
        elif carries(caveats, "break_in_series"):
            reason = "the series breaks"
        elif definition_before != definition:
            reason = "the legal definition is not that of the year before"
        elif value <= 0 and not points:
            reason = "the year before is not above zero"
        else:
            reason = ""
        reasons.append(reason)
    return reasons


def annual_growth(rows: pd.DataFrame, indicator: Indicator, base_year: int) -> Reading:
    """Compound growth a year from a base year to every later year, in per cent.

    100 × ((value ÷ value of the base year)^(1 ÷ years between) − 1). Years up to the base year
    have none. Who is left out: see `index`; later values that are not above zero too.
    """
    rows, base, findings = _against_base(rows, base_year, above_zero=True)
    later = rows["year"] > base_year
    ended = rows[~rows["place_id"].isin(rows.loc[later, "place_id"])]
    reasons = pd.Series(f"no value after {base_year}", index=ended.index)
    findings = (*findings, *left_out(ended, reasons, "no_later_value"))
    rows = with_observed(rows[later])
    is_usable = rows["value"] > 0
    reasons = pd.Series("not above zero", index=rows.index)[~is_usable]
    findings = (*findings, *left_out(rows[~is_usable], reasons, "not_above_zero"))
    rows = rows[is_usable]
    ratio = {name: rows[name] / rows["place_id"].map(base["value"]) for name in VALUES}
    years = (rows["year"] - base_year).astype("float64")
    made = {name: 100 * (ratio[name] ** (1 / years) - 1) for name in VALUES}
    table = as_rough(rows.assign(**made), _is_rough(rows, base))
    grown = replace(
        indicator,
        name=f"{indicator.name}, growth a year since {base_year}",
        short_name=f"{indicator.short_name}, growth since {base_year}",
        unit=f"per cent per year since {base_year}",
        unit_symbol="%",
        decimals=1,
        aggregation="rate",
    )
    return Reading(table.reset_index(drop=True), grown, findings, nothing_used())


def _against_base(
    rows: pd.DataFrame, base_year: int, *, above_zero: bool
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Finding, ...]]:
    """The rows of the places with a usable value in the base year, that value, who has none."""
    base = rows[rows["year"] == base_year].set_index("place_id")
    firm = is_firm(base)
    usable = base[firm & (base["value"] > 0)] if above_zero else base[firm]
    reasons: dict[str, list[str]] = {}
    for place_id in dict.fromkeys(rows["place_id"]):
        if place_id in usable.index:
            continue
        if place_id not in base.index:
            reason = f"no value in {base_year}"
        elif not firm[place_id]:
            reason = f"known only as a range or a bound in {base_year}"
        else:
            reason = f"not above zero in {base_year}"
        reasons.setdefault(reason, []).append(place_id)
    names = dict(zip(rows["place_id"], rows["place_name"], strict=True))
    findings = tuple(
        Finding(
            "missing",
            "no_base",
            f"Left out, {reason}: {listed([names[key] for key in who])}.",
            tuple(who),
            (base_year,),
        )
        for reason, who in reasons.items()
    )
    return rows[rows["place_id"].isin(usable.index)].reset_index(drop=True), usable, findings


def _is_rough(rows: pd.DataFrame, base: pd.DataFrame) -> pd.Series:
    return rows["place_id"].map(base["qualifier"]) == "approximate"
