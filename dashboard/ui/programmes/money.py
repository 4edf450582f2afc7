"""What programmes cost: by year, over several years, and where the sources differ."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.naming import listed, runs
from dashboard.catalogue.programme_amounts import (
    MONEY_GROUPS,
    drawn_of_years,
    newest,
    totals,
    years_without,
)
from dashboard.charts import formats
from dashboard.charts.formats import quantity
from dashboard.charts.funding import funding
from dashboard.charts.programme_years import by_year, describe_by_year
from dashboard.charts.programmes import totals as total_bars
from dashboard.charts.theme import Theme
from dashboard.ui import links, markup, wording
from dashboard.ui.chart import drawing
from dashboard.ui.programmes.parts import (
    Sheet,
    Words,
    amounts_table,
    as_drawn,
    as_sheet,
    csv_of,
    documents_of,
    money_words,
    read,
)
from dashboard.ui.programmes.settle import ProgrammesState

HATCHED = "hatched: not exact"
MOST_CONFLICTS = 6
MOST_TOLD = 3


def sheets(catalogue: Catalogue, state: ProgrammesState, look: Theme) -> list[Sheet]:
    """Amounts by year, totals of several years, and figures that differ; those that there are."""
    found = [
        year_sheet(catalogue, state, look)
        if state.opened
        else _newest_sheet(catalogue, state, look),
        _total_sheet(catalogue, state, look),
        _conflict_sheet(catalogue, state, look),
    ]
    return [sheet for sheet in found if sheet is not None]


def all_amounts(catalogue: Catalogue, state: ProgrammesState) -> str:
    """Every amount of money of the programme that is open, as markup; "" where there is none."""
    made = read(catalogue, state, MONEY_GROUPS)
    printed = read(catalogue, as_printed(state), MONEY_GROUPS).rows
    if printed.empty:
        return ""
    if state.selection.money is None and state.selection.transform is None:
        rows, units = printed, None
    else:
        values = made.rows.set_index("funding_id")[["value", "unit_symbol"]]
        rows = printed.drop(columns=["value", "unit_symbol"]).join(values, on="funding_id")
        units = made.units
    name = catalogue.programme_names[str(state.opened)]
    return markup.section(
        f"Every amount of money held ({len(rows)})",
        f"{name}; as drawn: {money_words(state.selection)}."
        if units
        else f"{name}. Rows may be parts of each other or tell the same money twice: no sum of "
        "them has a meaning.",
    ) + amounts_table(f"Amounts of {name}", rows, catalogue, units, of_one=True)


def as_printed(state: ProgrammesState) -> ProgrammesState:
    """The same state with amounts as their sources print them."""
    plain = state.selection.with_(money=None, transform=None)
    return ProgrammesState(plain, state.view, state.programmes, state.total, state.opened)


def year_sheet(
    catalogue: Catalogue,
    state: ProgrammesState,
    look: Theme,
    *,
    panels: dict[str, str] | None = None,
    title: str = "",
    more: Sequence[Finding] = (),
) -> Sheet | None:
    """A bar for each amount of a year; None where no amount is of one year.

    Args:
        catalogue: names and documents.
        state: what is shown.
        look: colours of the mode.
        panels: title of the panel of each programme; None has one panel for the programme's name.
        title: of the card; "" names the programme that is open.
        more: what else to say of the rows, first.
    """
    made = read(catalogue, state, kinds=("year",))
    rows = drawn_of_years(made.rows)
    if rows.empty:
        return None
    name = catalogue.programme_names[state.opened] if state.opened else ""
    rows = as_drawn(rows, made.units, catalogue).assign(is_part=rows["place_id"] != "")
    titles = rows["programme_id"].map(panels) if panels else rows["programme"]
    # Amounts in two units cannot share an axis.
    several = rows.groupby(titles)["unit_symbol"].transform("nunique") > 1
    symbols = rows["unit_symbol"].map({key: unit.unit for key, unit in made.units.items()})
    rows = rows.assign(panel=titles.mask(several, titles + " (" + symbols + ")"))
    order = {key: at for at, key in enumerate(dict.fromkeys(rows["panel"]))}
    rows = rows.sort_values(
        ["panel", "year"], key=lambda cells: cells.map(order) if cells.name == "panel" else cells
    ).reset_index(drop=True)
    findings = [
        *more,
        *_gaps(state, rows),
        *_parts(catalogue, state, made.rows),
        *made.findings,
        *_fiscal(rows),
    ]
    units = made.units
    what = title or f"Public money for {name}, year by year"
    span = formats.years(int(rows["year"].min()), int(rows["year"].max()))
    words = Words(
        key="by_year",
        title=what,
        subtitle=f"{money_words(state.selection)} · {span} · {HATCHED}",
        alt=describe_by_year(rows, units, what),
        findings=findings,
        documents=documents_of(rows, catalogue, "amount", made.used),
        data=csv_of(rows, catalogue),
        table=lambda: amounts_table(what, rows, catalogue, units, of_one=bool(state.opened)),
    )
    return as_sheet(state, catalogue, words, drawing(by_year(rows, units, look)))


def _gaps(state: ProgrammesState, rows: pd.DataFrame) -> list[Finding]:
    """Years of each programme's course of which no amount of the whole programme is held."""
    found = []
    for programme in state.programmes.to_dict("records"):
        own = rows[(rows["programme_id"] == programme["programme_id"]) & (rows["place_id"] == "")]
        starts, ends = programme["start_year"], programme["end_year"]
        years = own["year"].dropna().astype("int64")
        if pd.isna(starts) or (pd.isna(ends) and own.empty):
            continue
        last = int(ends) if not pd.isna(ends) else int(years.max())
        gaps = years_without(own, int(starts), last)
        if gaps:
            found.append(f"{programme['name']} {runs(gaps)}")
    if not found:
        return []
    text = f"No amount of the whole programme is held for the year: {listed(found, '; ')}."
    return [Finding("missing", "no_amount", text)]


def _parts(catalogue: Catalogue, state: ProgrammesState, rows: pd.DataFrame) -> list[Finding]:
    """How many amounts of single years are left to the table, and which parts they name."""
    rest = rows[(rows["kind"] == "year") & ~rows["headline"] & (rows["conflict_group"] == "")]
    each = read(catalogue, as_printed(state), kinds=("each",)).rows
    found = []
    if len(rest):
        text = (
            f"{markup.count(len(rest), 'further amount')} of single years, parts of these or "
            "other wordings of them, can be found in the tables only and are not added."
        )
        found.append(Finding("note", "parts", text))
    if len(each):
        text = (
            f"{markup.count(len(each), 'amount')} for each region, firm or project can be found "
            "in the tables only: times their number they make no total."
        )
        found.append(Finding("note", "each", text))
    return found


def _fiscal(rows: pd.DataFrame) -> list[Finding]:
    if not (rows["period_type"] == "fiscal_year").any():
        return []
    return [Finding("note", "fiscal_years", "Fiscal years stand under the year they start in.")]


def _newest_sheet(catalogue: Catalogue, state: ProgrammesState, look: Theme) -> Sheet | None:
    """The newest amount of one year of each programme, in one unit a panel."""
    made = read(catalogue, state, kinds=("year",))
    rows = newest(made.rows)
    if rows.empty:
        return None
    rows = rows.assign(
        name_of_programme=rows["programme"],
        words=[
            f"{row['programme']}, {wording.amount_words(row, catalogue)}"
            for _, row in rows.iterrows()
        ],
        programme=rows["economy"].map(catalogue.label),
    )
    largest = rows.sort_values("value", ascending=False).iloc[0]
    value = quantity(largest["value"], made.units[largest["unit_symbol"]], largest["qualifier"])
    alt = (
        f"The newest amount of a single year of {len(rows)} cluster programmes of "
        f"{rows['economy'].nunique()} economies, {money_words(state.selection)}."
    )
    if rows["unit_symbol"].nunique() == 1:
        alt += f" The largest is {value} ({largest['words']})."
    without = [
        name
        for key, name in zip(state.ids, state.programmes["name"], strict=True)
        if key not in set(rows["programme_id"])
    ]
    findings = [*made.findings, *_fiscal(rows)]
    if without:
        text = (
            f"No amount of a single year is held, or none that can be drawn so, for "
            f"{markup.count(len(without), 'programme')}: {listed(without, '; ')}."
        )
        findings.insert(0, Finding("missing", "no_amount", text))
    if rows["year"].nunique() > 1:
        first, last = int(rows["year"].min()), int(rows["year"].max())
        text = f"The amounts are of different years ({first}–{last}); the year stands with each."
        findings.insert(0, Finding("caution", "years_apart", text))
    words = Words(
        key="newest",
        title="The newest yearly amount of each programme",
        subtitle=f"{money_words(state.selection)} · public money, "
        f"{markup.count(len(rows), 'programme')} · {HATCHED}",
        alt=alt,
        findings=findings,
        documents=documents_of(
            rows.assign(programme=rows["name_of_programme"]), catalogue, "amount", made.used
        ),
        data=csv_of(rows.assign(programme=rows["name_of_programme"]), catalogue),
        table=lambda: amounts_table(
            "Newest yearly amounts",
            rows.assign(programme=rows["name_of_programme"]),
            catalogue,
            made.units,
        ),
    )
    return as_sheet(state, catalogue, words, drawing(funding(rows, look, made.units)))


def _total_sheet(catalogue: Catalogue, state: ProgrammesState, look: Theme) -> Sheet | None:
    """Totals of several years and single decisions, over the years they are of."""
    made = read(catalogue, state, kinds=("years", "decision"))
    rows = totals(made.rows)
    if state.opened:
        # Of one programme the parts are shown too, each in its words.
        rows = made.rows[made.rows["kind"].isin(("years", "decision"))].reset_index(drop=True)
    if rows.empty:
        return None
    rows = as_drawn(rows, made.units, catalogue)
    if not state.opened:
        rows = rows.assign(
            words=[f"{row['programme']}, {row['words']}" for _, row in rows.iterrows()]
        )
    groups = {
        row["funding_id"]: "" if state.opened else catalogue.label(row["economy"])
        for _, row in rows.iterrows()
    }
    findings = list(made.findings)
    assumed = rows[rows["first"].notna() & ~rows["is_stated"]]
    if len(assumed):
        names = listed(list(dict.fromkeys(assumed["programme"])), "; ")
        text = f"Totals without years of their own stand over those of their programme: {names}."
        findings.insert(0, Finding("caution", "years_of_programme", text))
    text = (
        "A total is not spread over its years, and not added to amounts of single years, which it "
        "may hold."
    )
    findings.insert(0, Finding("note", "totals", text))
    title = "Totals of several years, and single decisions"
    if state.opened:
        title += f": {catalogue.programme_names[state.opened]}"
    several = int((rows["kind"] == "years").sum())
    counts = {"total": several, "decision": len(rows) - several}
    said = [markup.count(number, thing) for thing, number in counts.items() if number]
    alt = (
        f"Public money in {' and '.join(said)}, over the years they are of, "
        f"{formats.years(_first(rows), _last(rows))}; none is added to another."
    )
    units = made.units
    words = Words(
        key="totals",
        title=title,
        subtitle=f"{money_words(state.selection)} · length: years, not money · {HATCHED}",
        alt=alt,
        findings=findings,
        documents=documents_of(rows, catalogue, "amount", made.used),
        data=csv_of(rows, catalogue),
        table=lambda: amounts_table(title, rows, catalogue, units, of_one=bool(state.opened)),
    )
    return as_sheet(state, catalogue, words, drawing(total_bars(rows, groups, units, look)))


def _first(rows: pd.DataFrame) -> int:
    return int(rows["first"].fillna(rows["year"]).min())


def _last(rows: pd.DataFrame) -> int:
    return int(rows["last"].fillna(rows["year"]).max())


def _conflict_sheet(catalogue: Catalogue, state: ProgrammesState, look: Theme) -> Sheet | None:
    """Figures that contradict or supersede each other, side by side as printed."""
    made = read(catalogue, as_printed(state), MONEY_GROUPS)
    rows = made.rows[made.rows["conflict_group"] != ""]
    if rows.empty:
        return None
    # A group of which a filter left one row only contradicts nothing here.
    sizes = rows.groupby("conflict_group")["funding_id"].transform("size")
    rows = rows[sizes > 1].sort_values(
        ["programme_id", "conflict_group", "headline"], ascending=[True, True, False]
    )
    if rows.empty:
        return None
    rows = rows.assign(
        is_rival=~rows["headline"],
        words=[
            f"{wording.amount_words(row, catalogue)} ({_who(row['source_id'], catalogue)})"
            for _, row in rows.iterrows()
        ],
    )
    number = rows["conflict_group"].nunique()
    subject = f"{markup.count(number, 'amount')} told in more than one way"
    text = (
        "Figures of one group contradict or follow one another, such as a budget before and after "
        "it was raised. They are the same money and never added; the notes of the table say what "
        "each counts."
    )
    shown = rows.rename(columns={"programme": "name_of_programme"})
    shown = shown.assign(programme=_headings(shown))
    # Those of all programmes are a chart of many screens; in a table they can be looked through.
    is_chart = number <= MOST_CONFLICTS
    marks = " · filled: drawn in the charts; hollow: the other figures"
    words = Words(
        key="conflicts",
        title="Figures that differ, side by side",
        subtitle=f"{subject} · as printed{marks if is_chart else ''}",
        alt=(
            f"{subject}, {len(rows)} figures of "
            f"{markup.count(rows['programme_id'].nunique(), 'programme')}: "
            + listed(
                [_told(group) for _, group in rows.groupby("conflict_group", sort=False)],
                "; ",
                MOST_TOLD,
            )
            + "."
        ),
        findings=[Finding("not_comparable", "conflict", text)],
        documents=documents_of(rows, catalogue, "amount"),
        data=csv_of(rows, catalogue),
        table=lambda: amounts_table("Figures that differ", rows, catalogue),
        body=None if is_chart else lambda: st.html(_side_by_side(rows)),
    )
    figure = drawing(funding(shown, look, made.units)) if is_chart else None
    return as_sheet(state, catalogue, words, figure)


def _side_by_side(rows: pd.DataFrame) -> str:
    """A line for each conflict: the programme, the amount that charts draw, the other figures."""
    lines = []
    for _, group in rows.groupby("conflict_group", sort=False):
        told = [
            f"{escape(wording.amount(row))} ({escape(row['words'])})" for _, row in group.iterrows()
        ]
        is_drawn = list(group["headline"])
        first = group.iloc[0]
        lines.append(
            (
                links.anchor(links.programme_money(first["programme_id"]), first["programme"]),
                "<br>".join(text for text, drawn in zip(told, is_drawn, strict=True) if drawn)
                or "none of them",
                "<br>".join(text for text, drawn in zip(told, is_drawn, strict=True) if not drawn),
            )
        )
    heads = ("Programme", "Drawn in charts", "Other figures")
    return markup.table("Figures that differ, side by side", heads, lines)


def _headings(rows: pd.DataFrame) -> pd.Series:
    """A heading for each group: the programme, and the year where it has several groups."""
    groups = rows.groupby("programme_id")["conflict_group"].transform("nunique")
    years = rows.groupby("conflict_group")["year"].transform("min").astype("str")
    return rows["name_of_programme"].where(groups == 1, rows["name_of_programme"] + ", " + years)


def _told(group: pd.DataFrame) -> str:
    values = [wording.amount(row) for _, row in group.iterrows()]
    return f"{group['programme'].iloc[0]} {group['year'].min()}, {' or '.join(values)}"


def _who(source_id: str, catalogue: Catalogue) -> str:
    source = catalogue.sources[source_id]
    name = source.author.split(",")[0].split(";")[0] if source.author else source.title[:40]
    return f"{name} {source.year}" if source.year else name
