"""What makes a value doubtful or hard to compare, as codes given by stated rules.

`curated/caveats.csv` says in words what each code means. Seven codes follow from the row itself
or from the rows beside it, by the rules below; breaks, splices and most other definitions are
facts about a series that no row shows, so a curator lists them in `curated/breaks.csv`.
"""

import re
from collections import defaultdict
from decimal import Decimal
from fnmatch import fnmatchcase

from data.curation.curation import Curation, CurationError
from data.curation.tables import Row, sentences

ORDER = (
    *("break_in_series", "other_definition", "splice", "conflicting_sources", "press_only"),
    *("forecast", "part_year", "estimate", "fiscal_year"),
)
"""The codes in the order in which a row lists them: what forbids a comparison first."""

WHOLE_YEARS = ("", "FY", "end of year")
"""Periods that stand for a year; figures of such periods are figures of the same thing."""

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
PART_OF_A_YEAR = re.compile(
    rf"{_MONTH}-{_MONTH}|^{_MONTH}$|^{_MONTH} \d{{4}}$|^{_MONTH};|to (?:the end of )?{_MONTH}|"
    rf"(?:first|second|third|fourth) (?:quarter|half)|^mid-\d{{4}}$|"
    rf"^(?:FY, )?end of (?!year)(?!December$){_MONTH}|as of {_MONTH}"
)
"""Months, quarters, halves, and counts at a day within the year (not near its end)."""

EXPECTED = re.compile(
    r"forecast|projec(?:tion|ted)|\bplan of\b|goal for|\btarget\b|^expected|planned|proposal|"
    r"intended|\bat launch\b"
)
EXPECTED_INDICATORS = re.compile(
    r"_forecast$|_target$|^planned_|_planned|_expected$|^jobs_expected$|^fabs_planned$|"
    r"^fabs_300mm_new|^fabs_starting_construction_20|^annual_talent_gap$|^sic_fab_|^smes_involved$|"
    r"^cluster_area_km2$"
)
"""Words of a period, and measures, that are of something expected, planned or asked for."""

ESTIMATED = re.compile(r"\bestimat|provisional|preliminary|\bcomputed\b|worked out", re.IGNORECASE)
"""Words of a note with which the source, or the curator, says that the value is no count."""

DEFINED_OTHERWISE = re.compile(
    r"definition before|older (?:SME )?(?:definition|method|methodology)|IfM Bonn|old basis|"
    r"own size classes|services exports only|recomputed under|below 250 employees|"
    r"narrower definition|not the ministry series|not comparable|another count|"
    r"limited companies with employees only|includes? (?:very small|hardware)|trial statistics|"
    r"share of total national exports|incl(?:uding|udes) agriculture|"
    r"counts far more firms|China includes Hong Kong|including Timor-Leste|"
    r"Asset/liability basis|excludes finance",
    re.IGNORECASE,
)
"""Words of a note that tell of another definition, coverage or denominator."""


def build_caveats(curation: Curation) -> list[Row]:
    """One row per code."""
    rows = curation.rows("curated/caveats")
    if {row["caveat"] for row in rows} != set(ORDER):
        raise CurationError("caveats.csv and the codes of data/curation/caveats.py differ")
    return rows


def build_precedence(curation: Curation) -> list[Row]:
    """One row per rank of a kind of publisher."""
    return curation.rows("curated/precedence")


def build_corrections(curation: Curation) -> list[Row]:
    """One row per corrected cell."""
    return curation.corrections()


def add_caveats(curation: Curation, observations: list[Row]) -> None:
    """Fill `caveats` of every observation, and add to its note what a curated list says of it."""
    found: dict[int, set[str]] = defaultdict(set)
    for at, row in enumerate(observations):
        period = row.get("period_note", "")
        if period.startswith("FY"):
            found[at].add("fiscal_year")
        if PART_OF_A_YEAR.search(period):
            found[at].add("part_year")
        if EXPECTED.search(period) or EXPECTED_INDICATORS.search(row["indicator_id"]):
            found[at].add("forecast")
        if ESTIMATED.search(row["note"]):
            found[at].add("estimate")
        if DEFINED_OTHERWISE.search(row["note"]):
            found[at].add("other_definition")
    _add_listed(curation, observations, found)
    for rows in _figures(observations).values():
        if all(_is_press(curation, observations[at]) for at in rows):
            _mark(found, rows, "press_only")
        _mark(found, _in_conflict([(at, observations[at]) for at in rows]), "conflicting_sources")
    for at, codes in found.items():
        observations[at]["caveats"] = _listed(codes)


def add_funding_caveats(curation: Curation, rows: list[Row]) -> None:
    """Fill `caveats` of every amount of a programme, and name its rivals in its note."""
    rivals = defaultdict(list)
    facts = defaultdict(list)
    for row in rows:
        if row["conflict_group"]:
            rivals[row["conflict_group"]].append(row)
        fact = tuple(row[name] for name in ("programme_id", "place_id", "year", "measure"))
        facts[row["conflict_group"] or fact].append(row)
    for row in rows:
        codes = set()
        group = rivals[row["conflict_group"]] if row["conflict_group"] else []
        others = [other for other in group if other["amount"] != row["amount"]]
        if others:
            codes.add("conflicting_sources")
            row["note"] = sentences(row["note"], f"Beside it: {'; '.join(map(_amount, others))}")
        fact = tuple(row[name] for name in ("programme_id", "place_id", "year", "measure"))
        if all(_is_press(curation, other) for other in facts[row["conflict_group"] or fact]):
            codes.add("press_only")
        words = f"{row['period_note']} {row['measure']}"
        if row["measure_group"] in ("request", "target") or EXPECTED.search(words):
            codes.add("forecast")
        if ESTIMATED.search(row["note"]):
            codes.add("estimate")
        if PART_OF_A_YEAR.search(row["period_note"]) and row["period_type"] not in (
            *("point", "cumulative", "multi_year", "per_unit"),
        ):
            codes.add("part_year")
        if row["period_type"] == "fiscal_year":
            codes.add("fiscal_year")
        row["caveats"] = _listed(codes)


def _amount(row: Row) -> str:
    unit = f" million {row['currency']}" if row["currency"] else ""
    return f"{row['amount']}{unit} ({row['period_note'] or row['year']})"


def _listed(codes: set[str]) -> str:
    return ";".join(code for code in ORDER if code in codes)


def _mark(found: dict[int, set[str]], rows: list[int], caveat: str) -> None:
    for at in rows:
        found[at].add(caveat)


def _is_press(curation: Curation, row: Row) -> bool:
    return curation.sources.publisher_type(row["source_id"]) == "press"


def _figures(observations: list[Row]) -> dict[tuple[str, ...], list[int]]:
    """Positions of the rows that hold the same figure: same measure, place, period, coverage."""
    figures = defaultdict(list)
    for at, row in enumerate(observations):
        period = row.get("period_note", "")
        coverage = (row["industry"], row["firm_scale"], row["scope"])
        period = "" if period in WHOLE_YEARS else period
        figures[row["indicator_id"], row["place_id"], row["year"], *coverage, period].append(at)
    return figures


def _in_conflict(rows: list[tuple[int, Row]]) -> list[int]:
    """Positions of the rows that another source contradicts by more than rounding."""
    return [
        at
        for at, row in rows
        if any(
            row["source_id"] != other["source_id"] and not agree(row, other) for _, other in rows
        )
    ]


def agree(row: Row, other: Row) -> bool:
    """Whether two figures may be one value, each read as precisely as it is printed."""
    low, high = _bounds(row)
    other_low, other_high = _bounds(other)
    return low <= other_high and other_low <= high


def _bounds(row: Row) -> tuple[Decimal, Decimal]:
    """Between which ends the value lies, given how it is printed and qualified."""
    value = Decimal(row["value"])
    digits = value.as_tuple()
    exponent = int(digits.exponent)
    if row["qualifier"] == "approximate" and exponent >= 0 and value:
        # Zeros at the end of a rough number are not counted digits: 1200 is between 1150 and 1250.
        exponent = len(row["value"]) - len(row["value"].rstrip("0"))
    half = Decimal(5) * Decimal(10) ** (exponent - 1)
    endless = Decimal("Infinity")
    if row["qualifier"] == "range":
        return Decimal(row["value_low"]), Decimal(row["value_high"])
    low = -endless if row["qualifier"] == "at_most" else value - half
    high = endless if row["qualifier"] == "at_least" else value + half
    return low, high


def _add_listed(curation: Curation, observations: list[Row], found: dict[int, set[str]]) -> None:
    """Give the codes that a curator lists for a series or a year, with the reason in the note.

    A break belongs to the first value on the new basis, in each coverage of the series.

    Raises:
        CurationError: when a listed caveat meets no row.
    """
    by_place = defaultdict(list)
    for at, row in enumerate(observations):
        by_place[row["place_id"]].append(at)
    for listed in curation.rows("curated/breaks"):
        rows = [
            at
            for at in by_place[listed["place_id"]]
            if fnmatchcase(observations[at]["indicator_id"], listed["indicator_id"])
            and listed["only_source_id"] in ("", observations[at]["source_id"])
        ]
        if listed["year"] and listed["caveat"] == "break_in_series":
            rows = _first_since(observations, rows, listed)
        elif listed["year"]:
            rows = [at for at in rows if observations[at]["year"] == listed["year"]]
        if not rows:
            raise CurationError(f"breaks.csv names values that the table does not hold: {listed}")
        for at in rows:
            found[at].add(listed["caveat"])
            if listed["reason"].rstrip(".") not in observations[at]["note"]:
                note = sentences(observations[at]["note"], listed["reason"])
                observations[at]["note"] = note


def _first_since(observations: list[Row], rows: list[int], listed: Row) -> list[int]:
    """Of each indicator and coverage, the rows of the first whole year since the break.

    A pattern of indicators breaks only those that have a value before the break; an indicator
    that is named itself may have its earlier values under another identifier.
    """
    series = defaultdict(list)
    for at in rows:
        row = observations[at]
        if row["year"] and row.get("period_note", "") in WHOLE_YEARS:
            coverage = (row["industry"], row["firm_scale"], row["scope"])
            series[row["indicator_id"], *coverage].append(at)
    firsts = []
    for found in series.values():
        since = [at for at in found if observations[at]["year"] >= listed["year"]]
        if since and (len(since) < len(found) or "*" not in listed["indicator_id"]):
            first = min(observations[at]["year"] for at in since)
            firsts += [at for at in since if observations[at]["year"] == first]
    return firsts
