"""What a reader must know before trusting a chart: what is missing, uncertain or incomparable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from dashboard.catalogue.catalogue import OBSERVATION_KEY, Catalogue
from dashboard.catalogue.cells import WHOLE_YEARS, carries, has_caveat
from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.naming import listed, names_and_years, runs, span
from dashboard.catalogue.own import is_own
from dashboard.catalogue.wording import SCOPE_WORDS

Severity = Literal["not_comparable", "caution", "missing", "note"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

FIRM_SCALE_WORDS = {
    "all": "firms of all sizes",
    "micro": "micro firms",
    "small": "small firms",
    "sme": "small and medium firms",
    "large": "large firms",
}

# Values of different places compare when their years lie this close: most structural shares move
# by less in three years than sources differ, by more in ten.
YEARS_APART = 3

# A finding names so many places before it counts the others.
MOST_NAMED = 6

# Size classes that bound the whole of a legal definition, where a row has them.
WHOLE_SIZE_CLASSES = ("sme", "msme", "medium")

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


@dataclass(frozen=True)
class Comparable:
    """The largest part of some rows that compares, and a finding for each part left out."""

    rows: pd.DataFrame
    dropped: tuple[Finding, ...]


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
    rows = _told_apart(rows, catalogue)
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


def only_comparable(rows: pd.DataFrame, catalogue: Catalogue) -> Comparable:
    """The largest part of the rows that holds nothing of severity `not_comparable`.

    Kept is the part with most places, then with most rows, then with the newest year; on a tie
    the one that stands first. Rows that only ask for care stay.

    Args:
        rows: as for `comparability`.
        catalogue: as for `comparability`.

    Returns:
        The rows kept, in their order, and for each reason a finding that names what was left out.
    """
    if not any(item.severity == "not_comparable" for item in comparability(rows, catalogue)):
        return Comparable(rows, ())
    marked = _told_apart(rows, catalogue).reset_index(drop=True)
    limits = _limits(catalogue)
    marked = marked.assign(
        _concept=_concepts_of(marked, catalogue),
        _limit=[limits[key].key if key else "" for key in marked["definition_id"]],
        _limit_words=[limits[key].words if key else "" for key in marked["definition_id"]],
        _covers=[_covers(row, catalogue) for row in marked.itertuples(index=False)],
    )
    stated = [limit for limit in dict.fromkeys(marked["_limit"]) if limit]
    # Under rival limits a row that names no law cannot be shown to compare with any.
    allowed = [[limit] for limit in stated] if len(stated) > 1 else [["", *stated]]
    choices = [_left_out(marked, limits) for limits in allowed]
    code = max(choices, key=lambda codes: _size(marked[codes == ""]))
    keep = (code == "").to_numpy()
    dropped = []
    for reason, group in marked[~keep].groupby(code[~keep], sort=False):
        group = group.assign(_words=_reason_words(group, str(reason), catalogue))
        for words, alike in group.groupby("_words", sort=False):
            text = f"Left out, {words}: {_names_and_years(alike)}."
            dropped.append(_about(alike, "missing", str(reason), text))
    return Comparable(rows[keep].reset_index(drop=True), tuple(dropped))


def _size(part: pd.DataFrame) -> tuple[int, int, int]:
    """What makes a part better than another: more places, more rows, the newer year."""
    newest = part["year"].max()
    return part["place_id"].nunique(), len(part), 0 if pd.isna(newest) else int(newest)


def _left_out(marked: pd.DataFrame, limits: Sequence[str]) -> pd.Series:
    """Code of what speaks against each row, "" for the largest part under the limits given."""
    code = pd.Series("", index=marked.index, dtype="object")
    other = ~marked["_limit"].isin(limits)
    code[other] = "sme_definition"
    code[other & (marked["_limit"] == "")] = "sme_definition_unstated"
    for _, rivals in marked[code == ""].groupby("_concept", sort=False):
        parts = [
            _near_in_time(alike)
            for _, alike in rivals.groupby(["indicator_id", "_covers"], sort=False)
        ]
        best = max(parts, key=_size)
        others = rivals.drop(index=best.index)
        same_indicator = others["indicator_id"] == best["indicator_id"].iloc[0]
        same_coverage = same_indicator & (others["_covers"] == best["_covers"].iloc[0])
        code[others.index] = np.select(
            [same_coverage, same_indicator], ["years_apart", "scope"], "concept"
        )
    return code


def _near_in_time(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of one year each that lie near enough to others; all rows where lines are drawn."""
    if not _is_cross_section(rows):
        return rows
    far, _ = _far_in_time(rows)
    return rows[~rows["place_id"].isin(far)]


def _reason_words(rows: pd.DataFrame, code: str, catalogue: Catalogue) -> list[str]:
    """Why each row was left out."""
    if code == "sme_definition":
        return [f"other legal SME limits ({limit})" for limit in rows["_limit_words"]]
    if code == "sme_definition_unstated":
        return ["legal SME definition not named"] * len(rows)
    if code == "scope":
        return [f"covers {covers}" for covers in rows["_covers"]]
    if code == "concept":
        names = [catalogue.indicators[key].name for key in rows["indicator_id"]]
        return [f"counted otherwise ({name})" for name in names]
    return [f"more than {YEARS_APART} years from the others"] * len(rows)


def _about(rows: pd.DataFrame, severity: Severity, code: str, text: str) -> Finding:
    """A finding about the places and years of some rows."""
    return Finding(
        severity,
        code,
        text,
        tuple(dict.fromkeys(rows["place_id"])),
        tuple(sorted({int(year) for year in rows["year"].dropna()})),
    )


def _told_apart(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
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
    return [_about(own, "caution", "own", text)]


# --- What is measured -----------------------------------------------------------------------------


def _concepts_of(rows: pd.DataFrame, catalogue: Catalogue) -> list[str]:
    """What each row measures; an indicator without a rival is a concept of its own."""
    return [catalogue.indicators[key].concept or f"={key}" for key in rows["indicator_id"]]


def _concepts(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    if len(set(rows["indicator_id"])) < 2:
        return []
    found = []
    for _, alike in rows.groupby(_concepts_of(rows, catalogue), sort=False):
        if alike["indicator_id"].nunique() < 2:
            continue
        parts = [
            f"{catalogue.indicators[str(key)].name} ({_names_and_years(group, 3, spans=True)})"
            for key, group in alike.groupby("indicator_id", sort=False)
        ]
        text = f"Not comparable: the same is counted in different ways: {'; '.join(parts)}."
        found.append(_about(alike, "not_comparable", "concept", text))
    return found


def _covers(row: Any, catalogue: Catalogue) -> str:
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
            found.append(_about(alike, "not_comparable", "scope", text))
        elif len(scopes) > 1:
            unnamed = alike[alike["scope"] == "unspecified"]
            text = (
                f"{of_which}The source does not name the sectors, all industries are taken to be "
                f"meant: {_names_and_years(unnamed)}."
            )
            found.append(_about(unnamed, "caution", "scope", text))
        elif "unspecified" in scopes:
            text = f"{of_which}The sources do not name the sectors covered."
            found.append(_about(alike, "note", "scope", text))
        elif "all" not in scopes:
            text = f"{of_which}Covers {SCOPE_WORDS[scopes[0]]} only."
            found.append(_about(alike, "note", "scope", text))
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
                found.append(_about(alike, "not_comparable", column, text))
    return found


@dataclass(frozen=True)
class Limit:
    """The widest limit of a legal definition: in words, and rounded so that equal ones match."""

    words: str
    key: str


@of_package(1)
def _limits(catalogue: Catalogue) -> dict[str, Limit]:
    table = catalogue.table("definitions")
    limits = {}
    for definition_id, rows in table.groupby("definition_id"):
        whole = rows[rows["size_class"].isin(WHOLE_SIZE_CLASSES)]
        rows = rows if whole.empty else whole
        employees, sales, capital = rows[["max_employees", "max_turnover", "max_capital"]].max()
        currency = rows["currency"].max()
        if pd.notna(employees):
            # "Up to 199" and "fewer than 200" are one limit, and some tables write it as 200.
            limit = Limit(f"{employees:,.0f} employees", f"{round(employees, -1):.0f} employees")
        elif pd.notna(sales):
            words = f"sales of {_money(sales)} {currency}"
            limit = Limit(words, words)
        elif pd.notna(capital):
            words = f"capital of {_money(capital)} {currency}"
            limit = Limit(words, words)
        else:
            limit = Limit("limits the source does not give", str(definition_id))
        limits[str(definition_id)] = limit
    return limits


def widest_limit(definition_id: str, catalogue: Catalogue) -> Limit:
    """The widest limit of a legal definition; two with equal keys count firms of one size.

    Raises:
        UnknownIdentifierError: if the catalogue has no such definition.
    """
    limits = _limits(catalogue)
    if definition_id not in limits:
        raise UnknownIdentifierError("definition", definition_id, list(limits))
    return limits[definition_id]


def _money(amount: float) -> str:
    if amount >= 1e9:
        return f"{amount / 1e9:,.10g} billion"
    return f"{amount / 1e6:,.10g} million"


def _definitions(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    if not any(rows["definition_id"].tolist()):
        return []
    defined = rows[rows["definition_id"] != ""]
    limits = _limits(catalogue)
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
        found.append(_about(defined, "not_comparable", "sme_definition", text))
    elif len(order) > 1 and defined["definition_id"].nunique() > 1:
        text = (
            "Each figure follows the law of its economy, whose SME limits by sector, capital and "
            f"sales may differ ({listed(named, '; ')})."
        )
        found.append(_about(defined, "note", "sme_definition", text))
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
            found.append(_about(group, "caution", "sme_definition", text))
    with_laws = set(defined["indicator_id"])
    unstated = rows[(rows["definition_id"] == "") & rows["indicator_id"].isin(with_laws)]
    if len(unstated):
        who = _names_and_years(unstated)
        text = f"The source does not say which SME definition it follows: {who}."
        found.append(_about(unstated, "caution", "sme_definition_unstated", text))
    return found


# --- When -----------------------------------------------------------------------------------------


def _is_cross_section(rows: pd.DataFrame) -> bool:
    """True if each place has one year only, as in a ranking: the axis does not show the years."""
    return not rows.dropna(subset=["year"]).groupby("place_id")["year"].nunique().gt(1).any()


def _far_in_time(rows: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Places to leave out so that any two of the others have years near each other.

    Most places that share one span of years are kept (the newest span on a tie), and of the
    others those near in time to each one kept. Places without a year are not judged.

    Returns:
        The places to leave out, and those of the others that they are far from.
    """
    newest: dict[str, int] = {}
    cells = zip(rows["place_id"].tolist(), rows["year"].tolist(), strict=True)
    for place_id, year in cells:
        if pd.notna(year):
            newest[place_id] = max(year, newest.get(place_id, year))
    # Mostly one span holds the newest year of every place, and nobody is left out.
    if not newest or max(newest.values()) - min(newest.values()) <= YEARS_APART:
        return [], []
    dated = rows["year"].notna()
    years = rows.loc[dated, "year"].to_numpy("int64")
    codes, places = pd.factorize(rows.loc[dated, "place_id"])
    held = np.zeros((len(places), years.max() - years.min() + 1 + YEARS_APART), dtype=bool)
    held[codes, years - years.min()] = True
    # Of each place and first year of a span: has the place a value in the span?
    windows = np.lib.stride_tricks.sliding_window_view(held, YEARS_APART + 1, axis=1)
    spans: np.ndarray = np.asarray(windows.any(axis=2))
    counts = spans.sum(axis=0)
    kept = spans[:, int(np.flatnonzero(counts == counts.max())[-1])].copy()
    near = spans.astype("float32") @ spans.T.astype("float32") > 0
    for place in np.argsort(-held.sum(axis=1), kind="stable"):
        kept[place] |= near[place, kept].all()
    against = kept & ~near[~kept].all(axis=0)
    return list(places[~kept]), list(places[against])


def _years_apart(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    found = []
    parted = _by_indicator(rows)
    several = len(parted) > 1
    for indicator_id, alike in parted:
        outside, against = _far_in_time(alike)
        if not outside:
            continue
        of = f" of {catalogue.indicators[indicator_id].short_name}" if several else ""
        dated = alike[alike["year"].notna()]
        far, others = (dated[dated["place_id"].isin(held)] for held in (outside, against))
        crossed = _is_cross_section(alike)
        text = (
            f"{'Not comparable: years' if crossed else 'Years'}{of} lie more than {YEARS_APART} "
            f"apart: {_names_and_years(far, spans=True)} against "
            f"{_names_and_years(others, 3, spans=True)}."
        )
        severity: Severity = "not_comparable" if crossed else "caution"
        found.append(_about(pd.concat([far, others]), severity, "years_apart", text))
    if several:
        found += _years_of_indicators(rows, catalogue)
    return found


def _years_of_indicators(rows: pd.DataFrame, catalogue: Catalogue) -> list[Finding]:
    """Places whose indicators, set side by side, are of years that lie far apart."""
    parts, far = [], []
    for _, group in rows.dropna(subset=["year"]).groupby("place_id", sort=False):
        far_apart, _ = _far_in_time(group.assign(place_id=group["indicator_id"]))
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
    return [_about(pd.concat(far), "caution", "years_of_indicators", text)]


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
        found.append(_about(broken, "caution", "break", text))
    if is_joined.any():
        joined = rows[is_joined]
        text = (
            "Joined from several publications, to be read for levels and not for small changes: "
            f"{_names_and_years(joined)}."
        )
        found.append(_about(joined, "caution" if is_later.any() else "note", "splice", text))
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
        found.append(_about(fiscal, "caution" if mixed else "note", "fiscal_years", text))
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
            found.append(_about(meant, "caution", code, text))
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
            found.append(_about(meant, severity, code, text))
    return found


# --- Words ----------------------------------------------------------------------------------------


def _names_and_years(rows: pd.DataFrame, most: int = MOST_NAMED, *, spans: bool = False) -> str:
    return names_and_years(rows, most, joint=", ", spans=spans)


def _names(rows: pd.DataFrame, most: int = MOST_NAMED) -> str:
    return listed(list(dict.fromkeys(rows["place_name"])), most=most)
