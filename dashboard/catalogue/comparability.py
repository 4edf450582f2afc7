"""What values that are drawn together must not be taken for, in words."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from dashboard.catalogue.catalogue import OBSERVATION_KEY, Catalogue
from dashboard.catalogue.cells import WHOLE_YEARS, carries, has_caveat
from dashboard.catalogue.findings import SEVERITIES, Finding, Severity, about
from dashboard.catalogue.legal_limits import legal_limits
from dashboard.catalogue.naming import listed, names_and_years, runs, span
from dashboard.catalogue.nearness import YEARS_APART, far_in_time, is_cross_section
from dashboard.catalogue.own import is_own
from dashboard.catalogue.wording import FIRM_SCALE_WORDS, SCOPE_WORDS

# A finding names so many places before it counts the others.
MOST_NAMED = 6

# Columns that are judged: the key of a value, what it covers, when, by whom, how firm.
JUDGED = (
    *OBSERVATION_KEY,
    "place_name",
    "qualifier",
    "year_basis",
    "caveats",
)

# Caveats that a finding of its own speaks of; any other is named by the words of its table.
SPOKEN_OF = (
    "break_in_series",
    "splice",
    "fiscal_year",
    "part_year",
    "other_definition",
    "estimate",
    "forecast",
    "press_only",
    "conflicting_sources",
)


def comparability(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    """What rows that are drawn together must not be taken for, in words.

    Args:
        rows: as `Catalogue.series` returns them, of one or several indicators and places; rows of
            `Catalogue.observations` are judged too.
        catalogue: holds names, definitions, caveats and the indicators' own notes.

    Returns:
        The gravest first; none for rows that may be compared without a word. Codes:

        * not_comparable: concept, scope, industry, firm_scale, sme_definition, years_apart (where
          each place has one year only, as in a ranking)
        * caution: scope, sme_definition, sme_definition_unstated, years_apart (of lines),
          years_of_indicators, break, splice, fiscal_years, part_year, year_of_publication,
          undated, forecast, estimate, other_definition, bounds, conflicting_sources, own
        * note: scope, sme_definition, fiscal_years, approximate, press_only, caveat and, last,
          indicator_note
    """
    if rows.empty:
        return []
    rows = told_apart(rows, catalogue)
    found = [
        *_concepts(rows, catalogue),
        *_coverages(rows, catalogue),
        *_definitions(rows, catalogue),
        *_years_apart(rows, catalogue),
        *_breaks(rows),
        *_periods(rows),
        *_doubts(rows, catalogue),
        *_unchecked(rows),
    ]
    for indicator_id in dict.fromkeys(rows["indicator_id"]):
        note = catalogue.indicators[indicator_id].comparability_note
        if note:
            found.append(Finding("note", "indicator_note", note))
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def told_apart(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """What is judged of the rows, with places of one name told apart by kind."""
    rows = rows[list(JUDGED)]
    named = set(zip(rows["place_id"].tolist(), rows["place_name"].tolist(), strict=True))
    times = Counter(name for _, name in named)
    labels = {key: catalogue.label(key) for key, name in named if times[name] > 1}
    if not labels:
        return rows
    return rows.assign(place_name=rows["place_id"].map(labels).fillna(rows["place_name"]))


def _unchecked(rows: pd.DataFrame) -> list[Finding]:
    """What a reader has brought is not vouched for."""
    brought = [key for key in set(rows["indicator_id"]) if is_own(key)]
    if not brought:
        return []
    own = rows[rows["indicator_id"].isin(brought)]
    text = (
        "Your data: the atlas has not checked what these figures count, nor whether they are "
        "counted alike everywhere."
    )
    return [about(own, "caution", "own", text)]


# --- What is measured -----------------------------------------------------------------------------


def concepts_of(rows: pd.DataFrame, catalogue: Catalogue) -> list[str]:
    """What each row measures; an indicator without a rival is a concept of its own."""
    return [catalogue.indicators[key].concept or f"={key}" for key in rows["indicator_id"]]


def _concepts(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    if len(set(rows["indicator_id"])) < 2:
        return []
    found = []
    for _, alike in rows.groupby(concepts_of(rows, catalogue), sort=False):
        if alike["indicator_id"].nunique() < 2:
            continue
        parts = [
            f"{catalogue.indicators[str(key)].name} ({_names_and_years(group, 3, spans=True)})"
            for key, group in alike.groupby("indicator_id", sort=False)
        ]
        text = f"Not comparable: the same is counted in different ways: {'; '.join(parts)}."
        found.append(about(alike, "not_comparable", "concept", text))
    return found


def coverage_words(row: Any, catalogue: Catalogue) -> str:
    """What a row covers, in words; rows with other words do not compare."""
    words = [SCOPE_WORDS["all" if row.scope == "unspecified" else row.scope]]
    if row.industry != "all":
        words.append(catalogue.industry_names[row.industry])
    if row.firm_scale != "all":
        words.append(FIRM_SCALE_WORDS[row.firm_scale])
    return ", ".join(words)


def _by_indicator(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The rows of each indicator; mostly there is but one."""
    keys = list(dict.fromkeys(rows["indicator_id"].tolist()))
    if len(keys) == 1:
        return [(keys[0], rows)]
    return [(key, rows[rows["indicator_id"] == key]) for key in keys]


def _coverages(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    found = []
    parted = _by_indicator(rows)
    several = len(parted) > 1
    for indicator_id, alike in parted:
        name = catalogue.indicators[indicator_id].short_name
        of, of_which = (f" of {name}", f"{name}: ") if several else ("", "")
        scopes = list(dict.fromkeys(alike["scope"].tolist()))
        # A source that does not name the sectors mostly means all.
        if len({"all" if scope == "unspecified" else scope for scope in scopes}) > 1:
            parts = [
                f"{SCOPE_WORDS[key]}: {_names(alike[alike['scope'] == key])}" for key in scopes
            ]
            text = f"Not comparable: sectors{of} differ ({'; '.join(parts)})."
            found.append(about(alike, "not_comparable", "scope", text))
        elif len(scopes) > 1:
            unnamed = alike[alike["scope"] == "unspecified"]
            text = (
                f"{of_which}The source does not name the sectors, all industries are taken to be "
                f"meant: {_names_and_years(unnamed)}."
            )
            found.append(about(unnamed, "caution", "scope", text))
        elif "unspecified" in scopes:
            text = f"{of_which}The sources do not name the sectors covered."
            found.append(about(alike, "note", "scope", text))
        elif "all" not in scopes:
            text = f"{of_which}Covers {SCOPE_WORDS[scopes[0]]} only."
            found.append(about(alike, "note", "scope", text))
        for column, subject, words in (
            ("industry", "industries", catalogue.industry_names),
            ("firm_scale", "sizes of firm", FIRM_SCALE_WORDS),
        ):
            if len(set(alike[column].tolist())) > 1:
                parts = [
                    f"{words[str(key)]}: {_names(group)}"
                    for key, group in alike.groupby(column, sort=False)
                ]
                text = f"Not comparable: {subject}{of} differ ({'; '.join(parts)})."
                found.append(about(alike, "not_comparable", column, text))
    return found


def _definitions(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    if not any(rows["definition_id"].tolist()):
        return []
    defined = rows[rows["definition_id"] != ""]
    limits = legal_limits(catalogue)
    defined = defined.assign(
        _limit=[limits[key].words for key in defined["definition_id"]],
        _key=[limits[key].key for key in defined["definition_id"]],
    )
    # In the order of years, so that the words say which limit came first.
    defined = defined.sort_values("year", kind="stable")
    found: list[Finding] = []
    of_places = {str(key): group for key, group in defined.groupby("place_id", sort=False)}
    order = [key for key in dict.fromkeys(rows["place_id"]) if key in of_places]
    held = {
        key: dict(zip(rows["_key"], rows["_limit"], strict=True)) for key, rows in of_places.items()
    }
    named = [
        f"{of_places[key]['place_name'].iloc[0]} {', then '.join(held[key].values())}"
        for key in order
    ]
    if len({tuple(keys) for keys in held.values()}) > 1:
        text = f"Not comparable: legal SME limits differ: {listed(named, '; ')}."
        found.append(about(defined, "not_comparable", "sme_definition", text))
    elif len(order) > 1 and defined["definition_id"].nunique() > 1:
        text = (
            "Each figure follows the law of its economy, whose SME limits by sector, capital and "
            f"sales may differ ({listed(named, '; ')})."
        )
        found.append(about(defined, "note", "sme_definition", text))
    for key in order:
        if len(held[key]) > 1:
            group = of_places[key]
            parts = [
                f"{limit} {runs(sorted({int(year) for year in years.dropna()}))}"
                for limit, years in group.groupby("_limit", sort=False)["year"]
            ]
            text = (
                f"The legal SME limits change within {group['place_name'].iloc[0]}: "
                f"{', then '.join(parts)}; these are two series."
            )
            found.append(about(group, "caution", "sme_definition", text))
    with_laws = set(defined["indicator_id"])
    unstated = rows[(rows["definition_id"] == "") & rows["indicator_id"].isin(with_laws)]
    if len(unstated):
        who = _names_and_years(unstated)
        text = f"The source does not say which SME definition it follows: {who}."
        found.append(about(unstated, "caution", "sme_definition_unstated", text))
    return found


# --- When -----------------------------------------------------------------------------------------


def _years_apart(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    found = []
    parted = _by_indicator(rows)
    several = len(parted) > 1
    for indicator_id, alike in parted:
        outside, against = far_in_time(alike)
        if not outside:
            continue
        of = f" of {catalogue.indicators[indicator_id].short_name}" if several else ""
        dated = alike[alike["year"].notna()]
        far, others = (dated[dated["place_id"].isin(held)] for held in (outside, against))
        crossed = is_cross_section(alike)
        text = (
            f"{'Not comparable: years' if crossed else 'Years'}{of} lie more than {YEARS_APART} "
            f"apart: {_names_and_years(far, spans=True)} against "
            f"{_names_and_years(others, 3, spans=True)}."
        )
        severity: Severity = "not_comparable" if crossed else "caution"
        found.append(about(pd.concat([far, others]), severity, "years_apart", text))
    if several:
        found += _years_of_indicators(rows, catalogue)
    return found


def _years_of_indicators(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    """Places whose indicators, set side by side, are of years that lie far apart."""
    parts, far = [], []
    for _, group in rows.dropna(subset=["year"]).groupby("place_id", sort=False):
        far_apart, _ = far_in_time(group.assign(place_id=group["indicator_id"]))
        if not far_apart:
            continue
        years = [
            f"{catalogue.indicators[str(key)].short_name} {span(sorted(map(int, held.unique())))}"
            for key, held in group.groupby("indicator_id", sort=False)["year"]
        ]
        parts.append(f"{group['place_name'].iloc[0]} ({listed(years, most=3)})")
        far.append(group)
    if not far:
        return []
    text = f"Indicators of years more than {YEARS_APART} apart: {listed(parts, most=4)}."
    return [about(pd.concat(far), "caution", "years_of_indicators", text)]


def _breaks(rows: pd.DataFrame) -> list[Finding]:
    """Breaks that lie within a line: the place has an earlier value drawn."""
    if not any(carries(cell, "break_in_series", "splice") for cell in rows["caveats"].tolist()):
        return []
    is_marked, is_joined = has_caveat(rows, "break_in_series"), has_caveat(rows, "splice")
    first = rows.groupby(["indicator_id", "place_id"])["year"].transform("min")
    is_later = (rows["year"] > first).fillna(False).astype("bool")
    found = []
    is_broken = is_later & is_marked
    if is_broken.any():
        broken = rows[is_broken]
        text = (
            "Break in the series, not to be compared with the years before: "
            f"{_names_and_years(broken)}."
        )
        found.append(about(broken, "caution", "break", text))
    if is_joined.any():
        joined = rows[is_joined]
        text = (
            "Joined from several publications, to be read for levels and not for small changes: "
            f"{_names_and_years(joined)}."
        )
        found.append(about(joined, "caution" if is_later.any() else "note", "splice", text))
    return found


def _periods(rows: pd.DataFrame) -> list[Finding]:
    found = []
    cells = list(zip(rows["period_note"].tolist(), rows["caveats"].tolist(), strict=True))
    is_fiscal = [note.startswith("FY") or carries(held, "fiscal_year") for note, held in cells]
    if any(is_fiscal):
        fiscal = rows[is_fiscal]
        mixed = len(fiscal) < len(rows)
        others = " against calendar years of the others" if mixed else ""
        text = f"Fiscal years, by the year they start in{others}: {_names(fiscal)}."
        found.append(about(fiscal, "caution" if mixed else "note", "fiscal_years", text))
    forecast = [carries(held, "forecast") for _, held in cells]
    partial = [
        (note not in WHOLE_YEARS or carries(held, "part_year")) and not is_forecast
        for (note, held), is_forecast in zip(cells, forecast, strict=True)
    ]
    for code, words, is_meant in (
        ("forecast", "Forecasts", forecast),
        ("part_year", "Not whole years", partial),
        (
            "year_of_publication",
            "The source gives no year for the data; the year of publication stands instead",
            [basis == "publication" for basis in rows["year_basis"].tolist()],
        ),
        ("undated", "The source gives no year", rows["year"].isna().tolist()),
    ):
        if any(is_meant):
            meant = rows[is_meant]
            text = f"{words}: {_names_and_years(meant)}."
            found.append(about(meant, "caution", code, text))
    return found


# --- How firm -------------------------------------------------------------------------------------


def _doubts(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    qualifiers = rows["qualifier"].tolist()
    carried = [frozenset(cell.split(";")) for cell in rows["caveats"].tolist()]
    disputed = catalogue.is_in_conflict(rows).tolist()
    mixed = " against exact values" if "exact" in qualifiers else ""

    def known(qualifier: str) -> list[bool]:
        return [one == qualifier for one in qualifiers]

    def marked(caveat: str) -> list[bool]:
        return [caveat in codes for codes in carried]

    contradicted = [
        is_so or is_said
        for is_so, is_said in zip(disputed, marked("conflicting_sources"), strict=True)
    ]
    doubts: list[tuple[Severity, str, str, list[bool]]] = [
        ("caution", "estimate", "Estimates", marked("estimate")),
        (
            "caution",
            "other_definition",
            "Counted by another definition than the other values",
            marked("other_definition"),
        ),
        ("caution", "bounds", f"At least this much{mixed}", known("at_least")),
        ("caution", "bounds", f"At most this much{mixed}", known("at_most")),
        (
            "caution",
            "bounds",
            "Between two values; the bar or point is the lower",
            known("range"),
        ),
        ("caution", "conflicting_sources", "Other sources give another figure", contradicted),
        ("note", "approximate", f"Approximate{mixed}", known("approximate")),
        ("note", "press_only", "Known from the press only", marked("press_only")),
    ]
    caveats = catalogue.table("caveats")
    for caveat, name in zip(caveats["caveat"].tolist(), caveats["name"].tolist(), strict=True):
        if caveat not in SPOKEN_OF:
            doubts.append(("note", "caveat", name, marked(caveat)))
    found = []
    for severity, code, words, is_meant in doubts:
        if any(is_meant):
            meant = rows[is_meant]
            text = f"{words}: {_names_and_years(meant)}."
            found.append(about(meant, severity, code, text))
    return found


# --- Words ----------------------------------------------------------------------------------------


def _names_and_years(rows: pd.DataFrame, most: int = MOST_NAMED, *, spans: bool = False) -> str:
    return names_and_years(rows, most, joint=", ", spans=spans)


def _names(rows: pd.DataFrame, most: int = MOST_NAMED) -> str:
    return listed(list(dict.fromkeys(rows["place_name"])), most=most)
