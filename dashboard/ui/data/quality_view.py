"""The quality report: doubts, conflicts side by side, age, corrections, what was left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from dashboard import stores
from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import LONGEST_SEARCH, search_words
from dashboard.catalogue.contract import TABLES
from dashboard.catalogue.quality import QualityReport, report
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import words
from dashboard.serving.settings import store_address
from dashboard.ui import links, markup, notices, resources, state, wording
from dashboard.ui.data import programme_page, value_page

PAGE = "data"
# What a reader calls public money, whatever step of it a source counts: planned, allocated, spent.
PUBLIC_MONEY_WORDS = "budget budgets funding public money"
MOST_CONFLICTS = 25
MOST_AGES = 15
MOST_ROWS = 150


@resources.kept_of_package
def prepared() -> QualityReport:
    """The report, made once for all readers."""
    return report(resources.package())


def draw(shown: Selection) -> None:
    """Draw the report; its long tables are made when they are opened."""
    quality = prepared()
    st.html(_summary())
    st.html(_caveats())
    _conflicts(shown)
    for key, title, make in (
        ("press", "Known from the press only", _press),
        ("ages", "Oldest and newest values", _ages),
        ("undated", f"Values without a year ({len(quality.undated):,})", _undated),
        ("corrections", f"Corrections ({len(quality.corrections):,})", _corrections),
        ("left_out", f"What was left out, and why ({len(quality.left_out):,})", _left_out),
    ):
        _fold(key, title, make)


def _fold(key: str, title: str, make: Callable[[], str]) -> None:
    folded = st.expander(title, key=f"quality_{key}", on_change="rerun")
    if folded.open:
        with folded:
            st.html(make())


@resources.kept_of_package
def _summary() -> str:
    catalogue, quality = resources.package(), prepared()
    press = quality.press_only
    share = 100 * press["press_only"].sum() / max(int(press["values"].sum()), 1)
    figures = (
        (f"{quality.rows:,}", "values held"),
        (f"{len(catalogue.sources):,}", "documents"),
        (f"{quality.conflicts['conflict'].nunique():,}", "facts on which documents differ"),
        (
            f"{quality.funding_conflicts['conflict_group'].nunique():,}",
            "amounts of programmes that differ",
        ),
        (f"{share:.1f} %", "of facts known from the press only"),
        (f"{len(quality.corrections):,}", "corrections to what was collected"),
    )
    items = "".join(
        f'<div class="figure"><p class="value">{number}</p><p class="label">{label}</p></div>'
        for number, label in figures
    )
    return (
        markup.section(
            "Quality report",
            "What is doubtful is counted and shown here, and marked wherever it is drawn.",
        )
        + f'<div class="headlines">{items}</div>'
        + f'<p class="hint">{escape(_status())}</p>'
    )


def _status() -> str:
    """For the curator, in one line: what this server holds, and how it stands with it."""
    catalogue = resources.package()
    released = f" of {catalogue.released.isoformat()}" if catalogue.released else ""
    whence = stores.shown(store_address()) or "the tables of the package"
    return (
        f"Status: version {catalogue.version}{released}; all {len(TABLES)} tables kept their "
        f"contract when this server started; observations from {whence}; "
        f"{len(prepared().left_out):,} collected rows are left out, each with its reason."
    )


@resources.kept_of_package
def _caveats() -> str:
    quality = prepared()
    lines = [
        (
            escape(row.name),
            f"{row.values:,}",
            f"{row.amounts:,}",
            escape(row.meaning),
        )
        for row in quality.caveats.itertuples(index=False)
    ]
    publishers = [
        (
            markup.PUBLISHERS[row.publisher_type].capitalize(),
            f"{row.values:,}",
            f"{row.share_pct:.1f} %",
            f"{row.sources:,}",
        )
        for row in quality.publishers.itertuples(index=False)
    ]
    return (
        markup.section("Doubts, counted")
        + markup.table(
            "Doubts, counted",
            ("Doubt", "Values", "Amounts of programmes", "What it means"),
            lines,
            numbers=(1, 2),
        )
        + markup.section("Who says so")
        + markup.table(
            "Values by kind of publisher",
            ("Publisher", "Values", "Share", "Documents"),
            publishers,
            numbers=(1, 2, 3),
        )
    )


def _conflicts(shown: Selection) -> None:
    st.html(
        markup.section(
            "Where documents differ",
            "Figures for the same fact, side by side. The notes say what each counts; a chart "
            "draws the one marked so.",
        )
    )
    st.session_state["data_conflicts"] = shown.q or ""
    st.text_input(
        "Search the conflicts",
        max_chars=LONGEST_SEARCH,
        placeholder="For example: METI 2002",
        key="data_conflicts",
        icon=":material/search:",
        on_change=lambda: state.change(q=search_words(st.session_state["data_conflicts"]) or None),
    )
    wanted = (shown.q or "").lower().split()
    found = [
        block
        for said, block in _all_conflicts()
        # The beginnings of words: "METI" is not in "sometimes".
        if all(any(item.startswith(word) for item in said) for word in wanted)
    ]
    if not found:
        notices.nothing_found(
            f"No conflict holds the words “{shown.q}”.", "Use fewer or other words."
        )
        return
    count = markup.count(len(found), "conflict")
    if len(found) > MOST_CONFLICTS:
        count += f"; the first {MOST_CONFLICTS} are shown, a search narrows them down"
    st.html(f'<p class="hint">{count}.</p>{"".join(found[:MOST_CONFLICTS])}')


@resources.kept_of_package
def _all_conflicts() -> list[tuple[set[str], str]]:
    """Every conflict, amounts of programmes first: the words said in it, and its markup."""
    catalogue, quality = resources.package(), prepared()
    amounts = quality.funding_conflicts.groupby("conflict_group", sort=False)
    facts = quality.conflicts.groupby("conflict", sort=False)
    return [
        *((_said(rows, catalogue), _amounts(rows, catalogue)) for _, rows in amounts),
        *((_said(rows, catalogue), _facts(rows, catalogue)) for _, rows in facts),
    ]


def _said(rows: pd.DataFrame, catalogue: Catalogue) -> set[str]:
    """The words of all that is said of some rows, in small letters."""
    parts = [str(cell) for cell in rows.to_numpy().ravel() if pd.notna(cell)]
    for column, names in (
        ("indicator_id", {key: item.name for key, item in catalogue.indicators.items()}),
        ("place_id", {key: item.name for key, item in catalogue.places.items()}),
        ("source_id", {key: item.citation for key, item in catalogue.sources.items()}),
        ("programme_id", _sponsors()),
    ):
        if column in rows:
            parts += [names.get(key, "") for key in rows[column].unique()]
    if "measure_group" in rows and "public_money" in set(rows["measure_group"]):
        parts.append(PUBLIC_MONEY_WORDS)
    return set(re.split(r"[\s,;:.()“”\"]+", " ".join(parts).lower()))


@resources.kept_of_package
def _sponsors() -> dict[str, str]:
    """Name and sponsor of each programme, for the search."""
    table = resources.package().table("programmes")
    said = table["name"] + " " + table["sponsor"] + " " + table["economy"]
    return dict(zip(table["programme_id"], said, strict=True))


def _amounts(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    programme_id = rows["programme_id"].iloc[0]
    name = links.anchor(links.programme(programme_id), catalogue.programme_names[programme_id])
    when = wording.span(rows["year"].min(), rows["year"].max())
    return f"<h3>{name}{f', {when}' if when else ''}</h3>" + programme_page.conflict_table(
        rows, catalogue
    )


def _facts(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    first = rows.iloc[0]
    indicator = catalogue.indicators[first["indicator_id"]]
    name = links.anchor(links.indicator(indicator.indicator_id), indicator.name)
    where = escape(f"{catalogue.label(first['place_id'])}, {wording.period(first)}")
    return f"<h3>{name}, {where}</h3>" + value_page.rivals_table(rows, catalogue)


@resources.kept_of_package
def _press() -> str:
    lines = [
        (
            escape(words(row.topic)),
            f"{row.values:,}",
            f"{row.press_only:,}",
            f"{row.share_pct:.1f} %",
        )
        for row in prepared().press_only.itertuples(index=False)
    ]
    return markup.table(
        "Facts known from the press only, by topic",
        ("Topic", "Places and years", "From the press only", "Share"),
        lines,
        numbers=(1, 2, 3),
    )


@resources.kept_of_package
def _ages() -> str:
    catalogue, ages = resources.package(), prepared().ages.dropna(subset=["newest_year"])

    def table(title: str, rows: pd.DataFrame) -> str:
        lines = [
            (
                links.anchor(
                    links.indicator(row.indicator_id),
                    catalogue.indicators[row.indicator_id].name,
                ),
                escape(words(row.topic)),
                f"{row.values:,}",
                wording.span(row.oldest_year, row.newest_year),
            )
            for row in rows.head(MOST_AGES).itertuples(index=False)
        ]
        return f"<h3>{title}</h3>" + markup.table(
            title, ("Indicator", "Topic", "Values", "Years"), lines, numbers=(2,)
        )

    return table(
        "Indicators whose newest value is oldest", ages.sort_values("newest_year", kind="stable")
    ) + table("Indicators that go back furthest", ages.sort_values("oldest_year", kind="stable"))


@resources.kept_of_package
def _undated() -> str:
    catalogue, rows = resources.package(), prepared().undated
    lines = [
        (
            escape(catalogue.label(row["place_id"])),
            links.anchor(
                links.indicator(row["indicator_id"]),
                catalogue.indicators[row["indicator_id"]].name,
            ),
            links.anchor(links.value(row["value_id"]), wording.figure(row, catalogue)),
            wording.document(row["source_id"], catalogue),
        )
        for _, row in wording.identified(rows.head(MOST_ROWS)).iterrows()
    ]
    if not lines:
        return '<p class="hint">Every value has a year.</p>'
    return markup.table("Values without a year", ("Place", "Indicator", "Value", "Document"), lines)


@resources.kept_of_package
def _corrections() -> str:
    catalogue, rows = resources.package(), prepared().corrections
    lines = [
        (
            escape(row["reason"]),
            escape(row["old"]) or "empty",
            escape(row["new"]) or "empty",
            wording.document(row["source_id"], catalogue) if row["source_id"] else "",
        )
        for _, row in rows.head(MOST_ROWS).iterrows()
    ]
    if not lines:
        return '<p class="hint">Nothing that was collected had to be corrected.</p>'
    return markup.table(
        "Corrections to what was collected",
        ("Why", "What stood there", "What stands now", "Document"),
        lines,
    )


@resources.kept_of_package
def _left_out() -> str:
    rows = prepared().left_out
    counts = rows["reason"].value_counts()
    lines = [(escape(str(reason)), f"{count:,}") for reason, count in counts.items()]
    if not lines:
        return '<p class="hint">Nothing that was collected was left out.</p>'
    return markup.table(
        "What was collected and left out", ("Why", "Rows left out"), lines, numbers=(1,)
    )


def warm() -> None:
    """Make the report and lay out its conflicts."""
    _summary()
    _caveats()
    _all_conflicts()
