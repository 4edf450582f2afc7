"""What the papers would suggest for a cluster like the reader's, and how each thing matched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.frameworks import framework
from dashboard.catalogue.lesson_matching import (
    ORDER,
    SETTINGS,
    Fact,
    Match,
    Verdict,
    case_facts,
    cases,
    judged,
    matching_cases,
    matching_lessons,
)
from dashboard.catalogue.lessons import Lesson
from dashboard.catalogue.selection import CAPITAL
from dashboard.catalogue.value_chains import short_citation
from dashboard.catalogue.vocabulary import CLUSTER_FIRM_SCALES, GOVERNANCE_SCALES, INDUSTRY_TYPES
from dashboard.charts.formats import words
from dashboard.ui import links, markup, notices
from dashboard.ui.controls import NONE, select
from dashboard.ui.figures import source_details
from dashboard.ui.lessons import parts, told
from dashboard.ui.lessons.settle import PAGE, LessonsState
from dashboard.ui.terms import marked

NAMES = {
    "industry_type": "Industry type",
    "human_capital": "Human capital",
    "social_capital": "Social capital",
    "firm_scale": "Lead actors",
    "governance_scale": "Scale",
}
OPTIONS = {
    "industry_type": INDUSTRY_TYPES,
    "human_capital": CAPITAL,
    "social_capital": CAPITAL,
    "firm_scale": CLUSTER_FIRM_SCALES,
    "governance_scale": GOVERNANCE_SCALES,
}
LEAD = {
    "sme_dominated": "Small and medium firms",
    "mixed": "Small and large firms",
    "tnc_dominated": "Transnational firms",
}
MARKS = {"met": "✓ ", "not_met": "✕ "}


def value_words(value: str) -> str:
    """A value of a setting as a reader reads it."""
    return LEAD.get(value, words(value))


def controls(state: LessonsState) -> None:
    """The reader's cluster: one box for each setting."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="lessons_settings"):
        for name in SETTINGS:
            is_list = isinstance(getattr(state.selection, name), tuple)
            chosen = state.wish.get(name, ())
            select(
                PAGE,
                NAMES[name],
                name,
                [NONE, *OPTIONS[name]],
                chosen[0] if chosen else NONE,
                lambda value: value_words(value) if value else "Any",
                width=190,
                store=lambda value, name=name, is_list=is_list: {  # type: ignore[misc]
                    name: ((value,) if value else ()) if is_list else (value or None)
                },
            )


def draw(catalogue: Catalogue, state: LessonsState) -> None:
    """The cases and the lessons that match, or what to do to find some."""
    limits = framework(catalogue, "weakest_node").elements[0].said("limits")
    st.html(
        "".join(
            f'<p class="hint">{escape(short_citation(catalogue, item.source_id))}: '
            f"{marked(item.text)} {source_details(item, catalogue)}</p>"
            for item in limits
        )
    )
    if not state.wish:
        _cases_card(catalogue, state, [])
        notices.nothing_found(
            "No setting is chosen yet.", "Choose at least one above to find lessons that match."
        )
        if state.opened is not None:
            told.lessons_card(catalogue, state, {}, "The lesson that is open")
        return
    chosen = set(state.selection.places)
    found_cases = [
        match
        for match in matching_cases(catalogue, state.wish)
        if not chosen or chosen & {match.item.place_id, *match.item.economies}
    ]
    kept = set(state.chosen)
    found = [item for item in matching_lessons(catalogue, state.wish) if item.item in kept]
    if found_cases:
        _cases_card(catalogue, state, found_cases)
    else:
        notices.nothing_found(
            f"No case of the papers meets {sought(state.wish)}.", "Choose another setting."
        )
    if found:
        _lessons_card(catalogue, state, found)
    else:
        notices.nothing_found(
            f"No lesson of the papers matches {sought(state.wish)}.",
            "Choose another setting, or take a filter back.",
        )


def sought(wish: dict[str, tuple[str, ...]]) -> str:
    """The settings in words: "industry type: science-based; social capital: weak"."""
    return "; ".join(
        f"{NAMES[name].lower()}: {' or '.join(value_words(value).lower() for value in values)}"
        for name, values in wish.items()
    )


def _cases_card(catalogue: Catalogue, state: LessonsState, found: Sequence[Match[Place]]) -> None:
    """The cases of the papers, one row each, a column for each setting."""
    settings = list(state.wish) or list(SETTINGS)
    shown = [(match.item, match.verdicts) for match in found] or [
        (place, tuple(judged(name, (), case_facts(catalogue, place.place_id, name))
                      for name in settings))
        for place in cases(catalogue)
    ]  # fmt: skip
    lines = [
        (
            links.anchor(links.profile(place), place.name),
            *(_verdict_cell(item, catalogue, marks=bool(found)) for item in verdicts),
        )
        for place, verdicts in shown
    ]
    every = sum(len(match.of("met")) == len(settings) for match in found)
    title = "Cases like this" if found else "The cases of the papers, and what is said of them"
    sentence = (
        f"Sought: {sought(state.wish)}. {markup.count(len(found), 'case')} of "
        f"{len(cases(catalogue))} meet at least one setting, {every} all of them."
        if found
        else f"{len(shown)} cases are held; “not said” where no source speaks of it."
    )
    rows = case_rows(shown, catalogue, is_sought=bool(found))
    parts.table_card(
        catalogue, state, "cases",
        markup.table(title, ("Case", *(NAMES[name] for name in settings)), lines), rows,
        title=title,
        subtitle="✓ meets a setting · ✕ does not · “not said” where no source speaks of it"
        if found else "Classes of the atlas and verdicts of the papers",
        sentence=sentence,
        thing="entry",
        findings=[_basis_note()],
    )  # fmt: skip


def case_rows(
    shown: Sequence[tuple[Place, Sequence[Verdict]]], catalogue: Catalogue, *, is_sought: bool
) -> pd.DataFrame:
    """Cases as rows for a file: one for each fact, and one for a setting nothing is said of.

    Args:
        shown: cases with their verdicts.
        catalogue: names of documents.
        is_sought: the reader has set something, so that facts meet it or do not.

    Returns:
        case, setting, result, held, basis, source, locator and source_id, which is empty where a
        class is the curators' own or nothing is held.
    """
    rows = []
    for place, verdicts in shown:
        for verdict in verdicts:
            for fact in _facts(verdict) or (Fact("", basis=""),):
                met = "met" if fact in verdict.meeting else "not met"
                source = catalogue.sources.get(fact.source_id)
                rows.append(
                    {
                        "case": place.name,
                        "setting": NAMES[verdict.setting],
                        "result": "not said" if not fact.value else met if is_sought else "",
                        "held": value_words(fact.value) if fact.value else "",
                        "basis": fact.basis,
                        "source": source.title if source else "",
                        "locator": fact.locator,
                        "source_id": fact.source_id,
                    }
                )
    return pd.DataFrame(rows)


def _basis_note() -> Finding:
    text = (
        "Human and social capital are verdicts of the papers. Type, lead actors and scale are "
        "classes of the atlas; “curators” marks those that no paper assigns."
    )
    return Finding("note", "basis", text)


def _facts(verdict: Verdict) -> tuple[Fact, ...]:
    return (*verdict.meeting, *verdict.otherwise)


def _verdict_cell(verdict: Verdict, catalogue: Catalogue, *, marks: bool) -> str:
    if verdict.outcome == "not_said":
        return '<span class="hint">not said</span>'
    said = [
        "<div>"
        + (MARKS["met" if fact in verdict.meeting else "not_met"] if marks else "")
        + f"{escape(value_words(fact.value))}{_basis(fact)}"
        + (f" {source_details(fact, catalogue)}" if fact.source_id else "")
        + "</div>"
        for fact in _facts(verdict)
    ]
    differ = '<div class="hint">passages differ</div>' if _differ(verdict) else ""
    return f"{''.join(said)}{differ}"


def _differ(verdict: Verdict) -> bool:
    return len({fact.value for fact in _facts(verdict)}) > 1


def _basis(fact: Fact) -> str:
    return ' <span class="hint">(curators)</span>' if fact.basis == "curator" else ""


def _lessons_card(
    catalogue: Catalogue, state: LessonsState, found: Sequence[Match[Lesson]]
) -> None:
    """The lessons that match, under how many settings they meet."""
    number = len(state.wish)
    blocks: list[str] = []
    for met in range(number, 0, -1):
        group = [item for item in found if len(item.of("met")) == met]
        if not group:
            continue
        name = f"Meets {met} of {markup.count(number, 'setting')}"
        listed = told.lessons_table(
            name,
            [told.row(item.item, state, catalogue, reasons(item, catalogue)) for item in group],
        )
        if not blocks:
            blocks.append(
                f'<h3 class="section">{name} <span class="count">{len(group)}</span></h3>{listed}'
            )
            continue
        is_open = " open" if state.opened in [item.item for item in group] else ""
        blocks.append(
            f'<details class="fold"{is_open}><summary>{name} ({len(group)})</summary>'
            f"{listed}</details>"
        )
    chosen = [item.item for item in found]
    notes = [Finding("note", "order", ORDER)]
    if state.opened is not None and state.opened not in chosen:
        opened = [told.row(state.opened, state, catalogue)]
        blocks.insert(0, told.lessons_table("The lesson that is open", opened))
        notes.append(Finding("note", "open_elsewhere", "The first lesson is open and no match."))
    every = sum(len(item.of("met")) == number for item in found)
    rows = parts.lesson_rows(chosen, catalogue)
    for outcome in ("met", "not_met", "not_said"):
        rows[outcome] = [
            "; ".join(NAMES[verdict.setting] for verdict in item.of(outcome)) for item in found
        ]
    parts.table_card(
        catalogue, state, "list", "".join(blocks), rows,
        title="What the papers would suggest",
        subtitle="Advice and findings of the papers in the curators' words, none of our own · "
        "choose one to open it",
        sentence=f"Sought: {sought(state.wish)}. {parts.counted(chosen)[:-1]}; "
        f"{every or 'none'} of all meet every setting.",
        thing="lesson",
        findings=notes,
    )  # fmt: skip


def reasons(match: Match[Lesson], catalogue: Catalogue) -> str:
    """Which settings a lesson meets and by what, which not, and of which nothing is said."""
    met = [_because(item, item.meeting, catalogue) for item in match.of("met")]
    not_met = [_because(item, item.otherwise, catalogue) for item in match.of("not_met")]
    open_ = [NAMES[item.setting].lower() for item in match.of("not_said")]
    lines = [
        (f"✓ {text}" for text in met),
        (f"✕ {text}" for text in not_met),
        (f"not said: {', '.join(open_)}",) if open_ else (),
    ]
    said = "<br>".join(marked(text) for line in lines for text in line)
    return f'<br><span class="hint">{said}</span>'


def _because(verdict: Verdict, facts: Sequence[Fact], catalogue: Catalogue) -> str:
    by_value: dict[str, dict[str, list[str]]] = {}
    for fact in facts:
        notes = by_value.setdefault(fact.value, {}).setdefault(fact.place_id, [])
        if fact.place_id and fact.source_id:
            # In brackets already.
            by = short_citation(catalogue, fact.source_id)
            notes.append(by.replace("(", "").replace(")", ""))
        elif fact.basis == "curator":
            notes.append("class of the curators")
    rivals = {
        fact.place_id: f"another passage says {fact.value}"
        for fact in verdict.disputed
        if verdict.outcome == "met"
    }
    said = "; ".join(
        f"{value_words(value).lower()} "
        + ", ".join(
            _where(place_id, [*notes, *filter(None, [rivals.get(place_id)])], catalogue)
            for place_id, notes in places.items()
        )
        for value, places in by_value.items()
    )
    return f"{NAMES[verdict.setting]}: {said}"


def _where(place_id: str, notes: Sequence[str], catalogue: Catalogue) -> str:
    """The case that a fact is of, with what it rests on."""
    if not place_id:
        return "named by the lesson itself"
    rests_on = f" ({'; '.join(dict.fromkeys(notes))})" if notes else ""
    return f"in {catalogue.places[place_id].name}{rests_on}"
