"""Values multiplied row by row, with what is missing named and what they rest on kept."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.cells import FIRM
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.model import Indicator
from dashboard.catalogue.naming import names_and_years

USED_COLUMNS = [
    "what",
    "place_id",
    "place_name",
    "name",
    "year",
    "value",
    "qualifier",
    "source_id",
    "locator",
]


@dataclass(frozen=True, eq=False)
class Reading:
    """Values as a reader asked for them.

    Attributes:
        rows: one row per place and year, with the columns they came with; where values were
            changed also `observed`, the value as the source has it in the unit of the source.
        indicator: says what `value` now is: name, unit, decimals, aggregation.
        findings: what was left out and why, by name, and what the values rest on.
        used: what values were divided by or converted with, one row per figure: `what` it is
            ("population", "exchange rate" ...), place, `year`, `value`, `source_id`, `locator`;
            `provenance.source_uses` and `sources_of` name the documents of it.
    """

    rows: pd.DataFrame
    indicator: Indicator
    findings: tuple[Finding, ...]
    used: pd.DataFrame


class Factors:
    """What each row is multiplied by: a product of figures, each of which may be missing.

    Attributes:
        value: the factor of each row, missing where a part of it is.
        reason: why a row has no factor; empty where it has one.
    """

    def __init__(self, rows: pd.DataFrame) -> None:
        self.value = pd.Series(1.0, index=rows.index)
        self.reason = pd.Series("", index=rows.index, dtype="object")
        self._is_rough = pd.Series(False, index=rows.index)
        self._parts: list[tuple[pd.DataFrame, str | pd.Series]] = []

    def times(
        self, part: pd.DataFrame, what: str | pd.Series, lacking: str, *, power: int = 1
    ) -> None:
        """Multiply by a figure, or divide by it (`power` of −1).

        Args:
            part: as `reference.at` returns it, one row for each row.
            what: the word for the figure, among what the values rest on; one, or one for each row.
            lacking: why a row has no factor where the figure is missing.
            power: 1 or −1.
        """
        self.refuse(part["value"].isna(), lacking)
        self.value = self.value * part["value"] ** power
        self._is_rough |= part["qualifier"] == "approximate"
        self._parts.append((part, what))

    def refuse(self, rows: pd.Series, reason: str | pd.Series) -> None:
        """Say of some rows, marked by True, why they have no factor; the first reason stays."""
        first = rows & (self.reason == "")
        self.reason = self.reason.mask(first, reason)
        self.value = self.value.mask(rows)

    def applied(
        self, rows: pd.DataFrame, scale: float = 1.0
    ) -> tuple[pd.DataFrame, tuple[Finding, ...], pd.DataFrame]:
        """The rows that have a factor, multiplied; what was left out; what they rest on."""
        keep = self.value.notna()
        kept = multiplied(rows[keep], self.value[keep] * scale)
        kept = as_rough(kept, self._is_rough[keep])
        parts = [
            part.assign(what=what, name=part["place_name"]).loc[keep, USED_COLUMNS]
            for part, what in self._parts
        ]
        return (
            kept.reset_index(drop=True),
            left_out(rows[~keep], self.reason[~keep], "no_divisor"),
            joined(parts),
        )


def multiplied(rows: pd.DataFrame, factor: pd.Series) -> pd.DataFrame:
    """Values and their ranges times a positive factor; the value of the source in `observed`."""
    rows = with_observed(rows)
    return rows.assign(
        **{name: rows[name] * factor for name in ("value", "value_low", "value_high")}
    )


def with_observed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the value of the source in `observed`, where it is not kept already."""
    return rows if "observed" in rows else rows.assign(observed=rows["value"])


def as_rough(rows: pd.DataFrame, is_rough: pd.Series) -> pd.DataFrame:
    """Exact rows as approximate ones where another figure they rest on is approximate."""
    becomes = is_rough & (rows["qualifier"] == "exact")
    return rows.assign(qualifier=rows["qualifier"].mask(becomes, "approximate"))


def is_firm(rows: pd.DataFrame) -> pd.Series:
    """True for each row whose value is a figure and not only a bound or a range."""
    return rows["qualifier"].isin(FIRM)


def left_out(rows: pd.DataFrame, reasons: pd.Series, code: str) -> tuple[Finding, ...]:
    """A finding for each reason, with the places and years it left out."""
    return tuple(
        Finding(
            "missing",
            code,
            f"Left out, {reason}: {names_and_years(group)}.",
            tuple(dict.fromkeys(group["place_id"])),
            tuple(sorted({int(year) for year in group["year"]})),
        )
        for reason, group in rows.groupby(reasons, sort=False)
    )


def joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """What values rest on, each figure once."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return nothing_used()
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)


def nothing_used() -> pd.DataFrame:
    """An empty table of what values rest on."""
    return pd.DataFrame(columns=USED_COLUMNS)
