"""What a reader must know before trusting a chart, as findings; and those of what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

Severity = Literal["not_comparable", "caution", "missing", "note"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True)
class Finding:
    """One sentence for the reader, what it is about, and how much it matters.

    Severities, the gravest first:

    * `not_comparable`: the rows differ in what they measure; setting them side by side is wrong.
    * `caution`: they measure the same, but not equally well, at the same time or in one piece.
    * `missing`: asked for and not there, or left out.
    * `note`: good to know of the values; nothing speaks against comparing them.

    Attributes:
        severity: see above.
        code: what it is about, for programs: sme_definition, scope, years_apart, concept ...
        text: a sentence that names places and years.
        places: identifiers of the places it is about.
        years: the years it is about, in order; empty when it holds for all.
    """

    severity: Severity
    code: str
    text: str
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def missing_in_year(series: pd.DataFrame, names: dict[str, str], year: int) -> list[Finding]:
    """Who has no value in a year, and the nearest year each has.

    Args:
        series: one row per place and year over all years, as `Catalogue.series` returns it.
        names: name of each place that was asked for, by identifier.
        year: the year shown.

    Returns:
        One finding that names every place without a value, or none.
    """
    have = set(series.loc[series["year"] == year, "place_id"])
    absent = {}
    years_of = {key: sorted(group) for key, group in series.groupby("place_id")["year"]}
    for place_id, name in names.items():
        if place_id in have:
            continue
        years = years_of.get(place_id, [])
        earlier = [held for held in years if held < year]
        if not years:
            absent[place_id] = f"{name} (none held)"
        elif earlier:
            absent[place_id] = f"{name} (latest {earlier[-1]})"
        else:
            absent[place_id] = f"{name} (from {years[0]})"
    if not absent:
        return []
    text = f"No value for {year}: {', '.join(absent.values())}."
    return [Finding("missing", "missing_in_year", text, tuple(absent), (year,))]


def missing_in_range(
    series: pd.DataFrame, names: dict[str, str], first_year: int, last_year: int
) -> list[Finding]:
    """What each place lacks in a range of years, by name.

    Args:
        series: one row per place and year over all years.
        names: name of each place that was asked for, by identifier.
        first_year: first year shown.
        last_year: last year shown.

    Returns:
        A finding for each thing lacking (everything, early years, late years, years between),
        with the places that lack it: "Taiwan: no observations after 2021."
    """
    inside = series[series["year"].between(first_year, last_year)]
    years_of = {key: sorted(group) for key, group in inside.groupby("place_id")["year"]}
    start = int(inside["year"].min()) if len(inside) else first_year
    end = int(inside["year"].max()) if len(inside) else last_year
    lacking: dict[str, list[str]] = {}
    for place_id in names:
        years = years_of.get(place_id, [])
        if not years:
            lacking.setdefault("no observations", []).append(place_id)
            continue
        words = []
        if years[0] > start:
            words.append(f"before {years[0]}")
        if years[-1] < end:
            words.append(f"after {years[-1]}")
        holes = years[-1] - years[0] + 1 - len(years)
        if holes:
            words.append(f"for {holes} of the years between {years[0]} and {years[-1]}")
        if words:
            lacking.setdefault(f"no observations {' or '.join(words)}", []).append(place_id)
    return [
        Finding(
            "missing",
            "missing_in_range",
            f"{', '.join(names[key] for key in who)}: {what}.",
            tuple(who),
        )
        for what, who in lacking.items()
    ]


def about(rows: pd.DataFrame, severity: Severity, code: str, text: str) -> Finding:
    """A finding about the places and years of some rows."""
    return Finding(
        severity,
        code,
        text,
        tuple(dict.fromkeys(rows["place_id"])),
        tuple(sorted({int(year) for year in rows["year"].dropna()})),
    )
