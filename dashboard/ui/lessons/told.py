"""Lessons in a list, each of which opens in place: its cases, their figures, its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.lessons import Lesson, cases_of, scales_of, types_of
from dashboard.catalogue.programme_amounts import MONEY_GROUPS
from dashboard.catalogue.value_chains import short_citation
from dashboard.charts.formats import words
from dashboard.ui import links, markup, wording
from dashboard.ui import state as address_state
from dashboard.ui.figures import source_details, source_words
from dashboard.ui.lessons import parts
from dashboard.ui.lessons.settle import PAGE, LessonsState
from dashboard.ui.terms import marked

MOST_FIGURES = 5
NO_FIGURE = "No figure of this case is held."
# What of a case's profile stands beside a lesson.
JUDGED = ("human_capital", "social_capital", "weakest_node", "decision_level")


def row(
    lesson: Lesson, state: LessonsState, catalogue: Catalogue, reasons: str = ""
) -> tuple[str, str]:
    """A lesson as cells of markup: its text, which opens and closes it, and what it is.

    Args:
        lesson: to be told.
        state: says which lesson is open.
        catalogue: names, figures and documents.
        reasons: how it matches the reader's settings, as markup.
    """
    is_open = state.opened == lesson
    link = address_state.address(PAGE, view=state.view, lesson="" if is_open else lesson.lesson_id)
    for_whom = ", ".join(parts.ADDRESSED[key] for key in lesson.for_whom)
    about = [
        words(lesson.kind),
        parts.aspect(lesson.dimension),
        lesson.applies_to,
        f"for {for_whom}" if for_whom else "",
        short_citation(catalogue, lesson.source_id),
    ]
    head = (
        f'<a href="{escape(link)}" aria-expanded="{str(is_open).lower()}">{escape(lesson.text)}</a>'
    )
    opened = f"{reasons}{_opened(lesson, catalogue) if is_open else ''}"
    return f"{head}{opened}", escape(" · ".join(filter(None, about)))


def lessons_table(caption: str, rows: Sequence[tuple[str, str]]) -> str:
    """Lessons, as `row` makes them, as a table in which an open one stays in sight."""
    return markup.table(caption, ("Lesson", "What it is"), rows, scrolls=False)


def grouped(
    groups: Mapping[str, Sequence[Lesson]], state: LessonsState, catalogue: Catalogue
) -> str:
    """Lessons under headings, as markup; empty groups are left out."""
    return "".join(
        f'<h3 class="section">{escape(name)} <span class="count">{len(chosen)}</span></h3>'
        + lessons_table(name, [row(lesson, state, catalogue) for lesson in chosen])
        for name, chosen in groups.items()
        if chosen
    )


def lessons_card(
    catalogue: Catalogue,
    state: LessonsState,
    groups: Mapping[str, Sequence[Lesson]],
    title: str,
) -> None:
    """Draw the card of the view's lessons; a lesson opened elsewhere stands first."""
    chosen = list(dict.fromkeys(lesson for group in groups.values() for lesson in group))
    notes = []
    if state.opened is not None and state.opened not in chosen:
        chosen = [state.opened, *chosen]
        groups = {"The lesson that is open": [state.opened], **groups}
        text = "The lesson that is open is none of this view, or does not pass the filters."
        notes.append(Finding("note", "open_elsewhere", text))
    if not chosen:
        return  # the page says so above
    parts.table_card(
        catalogue,
        state,
        "list",
        grouped(groups, state, catalogue),
        parts.lesson_rows(chosen, catalogue),
        title=title,
        subtitle="The curators' words, the papers' lessons · choose one to open its cases, figures "
        "and source",
        sentence=parts.counted(chosen),
        thing="lesson",
        findings=notes,
    )


def _opened(lesson: Lesson, catalogue: Catalogue) -> str:
    """What a lesson opens, as markup."""
    own_types = " (named by the lesson)" if lesson.industry_types else " (of its cases)"
    own_scales = " (named by the lesson)" if lesson.governance_scales else " (of its cases)"
    types = ", ".join(map(words, types_of(lesson, catalogue)))
    scales = ", ".join(map(words, scales_of(lesson, catalogue)))
    cases = [_case(place, lesson, catalogue) for place in cases_of(lesson, catalogue)]
    facts = markup.facts(
        [
            ("Industry type", escape(types + own_types) if types else "not named"),
            ("Governance scale", escape(scales + own_scales) if scales else "not named"),
            ("Source", source_words(lesson, catalogue)),
            ("Cases", "" if cases else "The paper names none for it."),
        ]
    )
    return f"{facts}{''.join(cases)}"


def _case(place: Place, lesson: Lesson, catalogue: Catalogue) -> str:
    name = links.anchor(links.profile(place), place.name)
    lines = [*_judged(place, catalogue), *_amounts(place, lesson, catalogue)]
    lines += _figures(place, catalogue) or ([] if place.programme_id else [NO_FIGURE])
    return f"<p><b>{name}</b></p>{markup.listed(lines, 'remarks')}"


def _judged(place: Place, catalogue: Catalogue) -> list[str]:
    """What the papers say of a case in the respects that lessons turn on."""
    table = catalogue.table("profiles")
    rows = table[(table["place_id"] == place.place_id) & table["dimension"].isin(JUDGED)]
    return [
        f"{escape(parts.aspect(row.dimension))}"
        + (f", {row.rating}" if row.rating != "unrated" else "")
        + f": {marked(row.text)} {source_details(row, catalogue)}"
        for row in rows.itertuples()
    ]


def _amounts(place: Place, lesson: Lesson, catalogue: Catalogue) -> list[str]:
    """Amounts of the case's programme that the lesson's own paper gives, and the way to all."""
    if not place.programme_id:
        return []
    rows = catalogue.funding(place.programme_id)
    rows = rows[rows["source_id"] == lesson.source_id]
    name = catalogue.programme_names[place.programme_id]
    said = [
        f"{escape(name)}, {escape(wording.amount_words(row, catalogue))}: "
        f"{escape(wording.amount(row))} {source_details(row, catalogue)}"
        for _, row in rows.iterrows()
    ]
    held = catalogue.funding(place.programme_id)
    money = int(held["measure_group"].isin(MONEY_GROUPS).sum())
    if money:
        way = links.anchor(links.programme_money(place.programme_id), f"All {money} amounts")
        said.append(f"{way} of {escape(name)}")
    return said


@unless_own(64)
def _figures(place: Place, catalogue: Catalogue) -> list[str]:
    """The newest figures of a case, and the way to all of them."""
    number = len(catalogue.indicators_of(place.place_id))
    if not number:
        return []
    way = links.anchor(
        links.profile(place), f"All {number} indicators held" if number > 1 else "Its page"
    )
    if place.kind == "economy":
        return [way]
    # The newest values first; the order of the catalogue among those of one year.
    rows = catalogue.latest(place.place_id)
    rows = wording.identified(rows).sort_values("year", ascending=False, kind="stable")
    said = [
        links.anchor(links.value(row["value_id"]), catalogue.indicators[row["indicator_id"]].name)
        + f": {escape(wording.figure(row, catalogue))}, {escape(wording.period(row))}"
        for _, row in rows.head(MOST_FIGURES).iterrows()
    ]
    return [*said, way]
