"""Who took part in programmes, and what they counted as results."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue import Catalogue, Indicator
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.programme_amounts import amounts, newest_counts
from dashboard.charts import formats
from dashboard.charts.funding import funding
from dashboard.charts.programme_years import by_year, describe_by_year
from dashboard.charts.theme import Theme
from dashboard.ui import markup, wording
from dashboard.ui.chart import drawing
from dashboard.ui.programmes.parts import (
    Sheet,
    Words,
    amounts_table,
    as_drawn,
    as_sheet,
    counted,
    csv_of,
    documents_of,
    money_words,
    read,
    within,
)
from dashboard.ui.programmes.settle import ProgrammesState

GROUPS = {
    "participation": ("taking_part", "Who took part"),
    "outcome": ("outcomes", "What came of it"),
    "target": ("targets", "What was aimed at"),
}
CAUSE = (
    "What is counted happened in the programme's regions or firms; the sources do not show that "
    "the programme brought it about."
)


def sheets(catalogue: Catalogue, state: ProgrammesState, look: Theme) -> list[Sheet]:
    """A card each for participants, results and targets, those that there are."""
    found = [_sheet(catalogue, state, group, look) for group in GROUPS]
    return [sheet for sheet in found if sheet is not None]


def _figures(
    catalogue: Catalogue, state: ProgrammesState, group: str
) -> tuple[pd.DataFrame, dict[str, Indicator], list[Finding], pd.DataFrame]:
    """Counts and money of a group together, each with its unit."""
    everything = within(amounts(catalogue, state.ids, (group,)), state.selection)
    counts, units = counted(everything)
    money = read(catalogue, state, (group,))
    rows = pd.concat([part for part in (counts, money.rows) if len(part)] or [counts])
    order = {key: at for at, key in enumerate(everything["funding_id"])}
    rows = rows.sort_values("funding_id", key=lambda cells: cells.map(order))
    return rows.reset_index(drop=True), {**units, **money.units}, list(money.findings), money.used


def _sheet(catalogue: Catalogue, state: ProgrammesState, group: str, look: Theme) -> Sheet | None:
    rows, units, findings, used = _figures(catalogue, state, group)
    everything = rows
    key, title = GROUPS[group]
    if state.opened:
        # Years and dates make a series; what is summed up over years or given for each does not.
        rows = rows[rows["kind"].isin(("year", "decision")) & rows["headline"]]
        rows = rows.reset_index(drop=True)
    else:
        rows = newest_counts(rows)
        rows, single = _counted_by_several(rows)
        if len(single):
            findings.append(_counted_by_one(single))
    if rows.empty:
        return None
    rows = as_drawn(rows, units, catalogue)
    money = (
        f"{money_words(state.selection)} · " if len(used) or (rows["currency"] != "").any() else ""
    )
    rest = len(everything) - len(rows)
    if rest and state.opened:
        text = (
            f"{markup.count(rest, 'further figure')} of parts, of several years or in other "
            "wordings can be found in the table."
        )
        findings.append(Finding("note", "parts", text))
    if group == "outcome":
        findings.insert(0, Finding("caution", "cause", CAUSE))
    findings += _conflicts(rows)
    if state.opened:
        name = catalogue.programme_names[state.opened]
        measures = rows["measure"].map(formats.words)
        rows = rows.assign(
            panel=measures.mask(rows["currency"] != "", measures + " (money)"),
            is_rival=False,
            is_part=rows["place_id"] != "",
        )
        alt = describe_by_year(rows, units, f"{title}: {name}")
        figure = by_year(rows.sort_values(["panel", "year"]).reset_index(drop=True), units, look)
        title, what = f"{title}: {name}", "by year"
    else:
        number = rows["programme_id"].nunique()
        what = f"newest figure of each kind, {markup.count(number, 'programme')}"
        alt = f"{title}: {len(rows)} figures of {number} programmes, the newest of each kind."
        figure = funding(_ordered(rows), look, units)
    words = Words(
        key=key,
        title=title,
        subtitle=f"{money}{what} · hatched: not exact",
        alt=alt,
        findings=findings,
        documents=documents_of(rows, catalogue, "figure", used),
        data=csv_of(everything, catalogue),
        table=lambda: amounts_table(title, everything, catalogue, units, of_one=bool(state.opened)),
    )
    return as_sheet(state, catalogue, words, drawing(figure))


def _counted_by_several(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What two or more programmes count, to be drawn together, and what one alone counts.

    Where nothing is counted by two, all is drawn.
    """
    several = rows.groupby("measure")["programme_id"].transform("nunique") > 1
    if not several.any():
        return rows, rows.iloc[:0]
    return rows[several].reset_index(drop=True), rows[~several]


def _counted_by_one(rows: pd.DataFrame) -> Finding:
    names = sorted({wording.measure(row).lower() for _, row in rows.iterrows()})
    text = f"Counted by one programme only, and in the table: {', '.join(names)}."
    return Finding("missing", "one_programme", text)


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Measures that most programmes have first, so that a figure is headed by what compares."""
    often = rows["unit_symbol"].map(rows["unit_symbol"].value_counts())
    rows = rows.assign(_often=often, _at=range(len(rows)))
    rows = rows.sort_values(["_often", "unit_symbol", "_at"], ascending=[False, True, True])
    return rows.drop(columns=["_often", "_at"]).reset_index(drop=True)


def _conflicts(rows: pd.DataFrame) -> list[Finding]:
    disputed = rows[rows["conflict_group"] != ""]
    if disputed.empty:
        return []
    said = sorted(
        {f"{row['programme']}, {wording.measure(row).lower()}" for _, row in disputed.iterrows()}
    )
    text = f"Sources give other figures too, see the table: {'; '.join(said)}."
    return [Finding("caution", "conflict", text)]
