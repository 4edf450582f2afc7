"""What a reader must know before trusting a chart: what is missing, uncertain or incomparable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue

Severity = Literal["not_comparable", "missing", "caution", "note"]

SCOPE_WORDS = {
    "all": "all industries",
    "private_sector": "the private sector",
    "industrial": "industry",
    "manufacturing": "manufacturing",
    "services": "services",
    "unspecified": "sectors the source does not name",
}


@dataclass(frozen=True)
class Finding:
    """One sentence for the reader, what it is about, and how much it matters.

    Severities, the gravest first: `not_comparable` (the values may not be compared), `missing`
    (asked for and not there), `caution` (compare with care), `note` (good to know).
    """

    severity: Severity
    code: str
    text: str
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Comparable:
    """The largest part of some rows that compares, and a finding for each part left out."""

    rows: pd.DataFrame
    dropped: tuple[Finding, ...]


def only_comparable(rows: pd.DataFrame, catalogue: Catalogue) -> Comparable:
    """The largest part of the rows without a finding of severity `not_comparable`."""
    raise NotImplementedError


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
    absent = []
    years_of = {key: sorted(group) for key, group in series.groupby("place_id")["year"]}
    for place_id, name in names.items():
        if place_id in have:
            continue
        years = years_of.get(place_id, [])
        earlier = [held for held in years if held < year]
        if not years:
            absent.append(f"{name} (none held)")
        elif earlier:
            absent.append(f"{name} (latest {earlier[-1]})")
        else:
            absent.append(f"{name} (from {years[0]})")
    return [Finding("missing", f"No value for {year}: {', '.join(absent)}.")] if absent else []


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
    for place_id, name in names.items():
        years = years_of.get(place_id, [])
        if not years:
            lacking.setdefault("no observations", []).append(name)
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
            lacking.setdefault(f"no observations {' or '.join(words)}", []).append(name)
    return [Finding("missing", f"{', '.join(who)}: {what}.") for what, who in lacking.items()]


def comparability(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    """What the drawn rows must not be taken for, in words.

    Args:
        rows: the rows drawn together, one per place and year.
        catalogue: holds names, definitions and the indicator's own comparability note.

    Returns:
        Findings on sectors covered, legal definitions, fiscal years, years of publication,
        approximate values and ranges, and rival figures; the indicator's own note last.
    """
    if rows.empty:
        return []
    found: list[Finding] = []
    scopes = {scope: _names(group) for scope, group in rows.groupby("scope", sort=False)}
    if len(scopes) > 1:
        parts = [f"{SCOPE_WORDS[str(scope)]}: {who}" for scope, who in scopes.items()]
        found.append(Finding("caution", f"Not comparable: sectors differ ({'; '.join(parts)})."))
    elif "all" not in scopes:
        found.append(Finding("note", f"Covers {SCOPE_WORDS[str(next(iter(scopes)))]} only."))
    found += _definitions(rows, catalogue)
    fiscal = rows[rows["period_note"] == "FY"]
    if len(fiscal):
        mixed = " against calendar years of the others" if len(fiscal) < len(rows) else ""
        found.append(
            Finding("note", f"Fiscal years, by the year they start in{mixed}: {_names(fiscal)}.")
        )
    undated = rows[rows["year_basis"] == "publication"]
    if len(undated):
        found.append(
            Finding(
                "caution",
                "The source gives no year for the data; the year of "
                f"publication stands instead: {_names_and_years(undated)}.",
            )
        )
    for qualifier, words in (
        ("approximate", "Approximate"),
        ("at_least", "At least this much"),
        ("at_most", "At most this much"),
        ("range", "Between two values; the bar or point is the lower"),
    ):
        doubtful = rows[rows["qualifier"] == qualifier]
        if len(doubtful):
            found.append(Finding("note", f"{words}: {_names_and_years(doubtful)}."))
    press = rows[rows["publisher_type"] == "press"]
    if len(press):
        found.append(Finding("note", f"Known from the press only: {_names_and_years(press)}."))
    rivals = rows[rows["rivals"] > 0]
    if len(rivals):
        found.append(
            Finding("note", f"Other sources give another figure: {_names_and_years(rivals)}.")
        )
    for indicator_id in dict.fromkeys(rows["indicator_id"]):
        note = catalogue.indicators[indicator_id].comparability_note
        if note:
            found.append(Finding("note", note))
    return found


def _definitions(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    defined = rows[rows["definition_id"] != ""]
    if defined["definition_id"].nunique() < 2:
        return []
    table = catalogue.table("definitions")
    widest = table[table["size_class"].isin(["sme", "msme", "medium"])]
    limits = widest.groupby("definition_id")["max_employees"].max()
    parts, limits_named = [], set()
    for place_id, group in defined.groupby("place_id", sort=False):
        bounds = [limits.get(key) for key in dict.fromkeys(group["definition_id"])]
        words = [
            f"up to {bound:,.0f} employees"
            if bound is not None and pd.notna(bound)
            else "limits of sales or capital"
            for bound in bounds
        ]
        if words:
            limit = ", then ".join(dict.fromkeys(words))
            limits_named.add(limit)
            parts.append(f"{catalogue.places[str(place_id)].name} {limit}")
    if not parts:
        return []
    if len(limits_named) == 1:
        return [
            Finding(
                "note",
                "Each figure follows the law of its economy, whose SME limits by "
                f"sector, capital and sales may differ ({'; '.join(parts)}).",
            )
        ]
    return [Finding("caution", f"Not comparable: legal SME limits differ: {'; '.join(parts)}.")]


def _names(rows: pd.DataFrame, most: int = 6) -> str:
    return _listed(list(dict.fromkeys(rows["place_name"])), most)


def _names_and_years(rows: pd.DataFrame, most: int = 6) -> str:
    parts = [
        f"{name} {_runs(sorted(set(group['year'])))}"
        for name, group in rows.groupby("place_name", sort=False)
    ]
    return _listed(parts, most)


def _runs(years: Sequence[int]) -> str:
    """Years with unbroken runs drawn together: "2011, 2015–2016, 2024"."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _listed(parts: Sequence[str], most: int) -> str:
    rest = len(parts) - most
    return ", ".join(parts[:most]) + (f" and {rest} more" if rest > 0 else "")
