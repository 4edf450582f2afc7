"""Values against those of the other places shown, year by year: rank, share, median."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from dashboard.catalogue.findings import Finding
from dashboard.catalogue.model import Indicator, Place
from dashboard.catalogue.naming import names_and_years
from dashboard.transforms.factors import (
    Reading,
    as_rough,
    is_firm,
    left_out,
    nothing_used,
    with_observed,
)
from dashboard.transforms.growth import in_points
from dashboard.transforms.ratios import NOT_ADDITIVE, kind_words

BOUND = "known only as a range or a bound"
ALONE = "no other place shown has a value in the year"


def share_of_shown_refused(
    indicator: Indicator, rows: pd.DataFrame, places: Mapping[str, Place]
) -> str:
    """Why the values of the places shown make no sum to have a share of; "" where they do."""
    name = indicator.short_name
    if indicator.aggregation != "level":
        return f"{name} is {kind_words(indicator)}; those of several places make no sum."
    if indicator.unit in NOT_ADDITIVE:
        return f"{name} is counted in {indicator.unit}; those of several places make no sum."
    if not (is_firm(rows) & (rows["value"] >= 0)).any():
        return f"{name} is never known as a figure of zero or more here; there is no sum to share."
    whole = _whole_and_part(rows, places)
    if whole:
        holder, part = whole
        return f"{holder} holds {part}, which a sum would count twice; take one of them away."
    return ""


def rank(rows: pd.DataFrame, indicator: Indicator) -> Reading:
    """The place of each value among those shown in its year, 1 being the highest.

    Of values that are ranks themselves the lowest is 1. Equal values share a rank, and the next
    one counts all before it (1, 2, 2, 4). Bounds and ranges have no certain rank and are left out.
    """
    rows, findings = _firm_and_accompanied(rows)
    lowest_first = indicator.unit == "rank"
    ranks = rows.groupby("year")["value"].rank(method="min", ascending=lowest_first)
    table = with_observed(rows).assign(value=ranks, value_low=float("nan"), value_high=float("nan"))
    made = replace(
        indicator,
        name=f"{indicator.name}, rank among those shown",
        short_name=f"{indicator.short_name}, rank",
        unit="rank among those shown",
        unit_symbol="",
        decimals=0,
        aggregation="index",
        better="neutral",
    )
    return Reading(table, made, (*findings, *_changing(rows, "A rank")), nothing_used())


def share_of_shown(rows: pd.DataFrame, indicator: Indicator) -> Reading:
    """Each value in per cent of the sum of all places shown that have a value in its year.

    A year with a value below zero has no sum to share and is left out; so are bounds and ranges.
    One approximate value makes all shares of its year approximate.
    """
    rows, findings = _firm_and_accompanied(rows)
    low = rows.groupby("year")["value"].transform("min")
    total = rows.groupby("year")["value"].transform("sum", min_count=1)
    refused = (low < 0) | (total <= 0)
    if refused.any():
        culprits = rows[refused & (rows["value"] <= 0)]
        text = (
            "No share is given of years with a value below zero, or with none above it: "
            f"{names_and_years(culprits)}."
        )
        years = tuple(sorted({int(year) for year in culprits["year"]}))
        who = tuple(dict.fromkeys(culprits["place_id"]))
        findings = (*findings, Finding("missing", "below_zero", text, who, years))
    is_rough = (rows["qualifier"] != "exact").groupby(rows["year"]).transform("any")
    table = with_observed(rows).assign(
        value=100 * rows["value"] / total, value_low=float("nan"), value_high=float("nan")
    )
    table = as_rough(table, is_rough)[~refused].reset_index(drop=True)
    made = replace(
        indicator,
        name=f"{indicator.name}, share of those shown",
        short_name=f"{indicator.short_name}, share",
        unit="per cent of those shown",
        unit_symbol="%",
        decimals=1,
        aggregation="share",
        better="neutral",
    )
    return Reading(table, made, (*findings, *_changing(table, "A share")), nothing_used())


def from_median(rows: pd.DataFrame, indicator: Indicator) -> Reading:
    """Each value less the median of all places shown that have a value in its year.

    In the unit of the value, in percentage points for shares and rates in per cent. The median is
    that of figures; bounds and ranges are set against it, and stay what they are. It is
    approximate where a value in the middle is.
    """
    firm, _ = _firm_and_accompanied(rows)
    values = firm.groupby("year")["value"]
    order, count = values.rank(method="first"), values.transform("size")
    is_middle = (order - (count + 1) / 2).abs() <= 0.5
    rough_years = firm.loc[is_middle & (firm["qualifier"] == "approximate"), "year"].unique()
    median = rows["year"].map(values.median())
    keep = median.notna()
    reasons = pd.Series(ALONE, index=rows.index)[~keep]
    findings = left_out(rows[~keep], reasons, "alone")
    kept = with_observed(rows)
    kept = kept.assign(
        **{name: rows[name] - median for name in ("value", "value_low", "value_high")}
    )
    kept = as_rough(kept, rows["year"].isin(rough_years))[keep].reset_index(drop=True)
    points = in_points(indicator)
    made = replace(
        indicator,
        name=f"{indicator.name}, difference from the median of those shown",
        short_name=f"{indicator.short_name}, from the median",
        unit="percentage points from the median" if points else f"{indicator.unit} from the median",
        unit_symbol="percentage points" if points else indicator.unit_symbol,
        better="neutral",
    )
    return Reading(kept, made, (*findings, *_changing(firm, "A median")), nothing_used())


def _firm_and_accompanied(rows: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """The rows with a figure, in years in which more than one place has one; who is left out."""
    firm = is_firm(rows)
    others = rows["year"].map(rows[firm].groupby("year")["place_id"].nunique()).fillna(0)
    reasons = pd.Series("", index=rows.index, dtype="object")
    reasons = reasons.mask(others < 2, ALONE).mask(~firm, BOUND)
    out = reasons != ""
    findings = left_out(rows[out], reasons[out], "alone_or_bound")
    return rows[~out].reset_index(drop=True), findings


def _changing(rows: pd.DataFrame, what: str) -> tuple[Finding, ...]:
    """A word of caution where not the same places have a value in every year."""
    counts = rows.groupby("year")["place_id"].nunique()
    whole = rows["place_id"].nunique()
    if counts.empty or counts.min() == whole:
        return ()
    text = (
        f"{what} is among the places with a value in the year, from {counts.min()} to "
        f"{counts.max()} of {whole}: it also moves when a place comes or goes."
    )
    return (Finding("caution", "places_change", text),)


def _whole_and_part(rows: pd.DataFrame, places: Mapping[str, Place]) -> tuple[str, str] | None:
    """Names of a place shown that holds another one shown, and of that one."""
    shown = [places[key] for key in rows["place_id"].unique() if key in places]
    for whole in shown:
        for part in shown:
            if whole is part:
                continue
            lies_in = whole.kind == "economy" and whole.place_id in part.economies
            if lies_in or part.parent_id == whole.place_id:
                return whole.name, part.name
    return None
