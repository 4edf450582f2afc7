"""The papers' lessons as records, and which of them pass a reader's filters."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.model import Place
from dashboard.catalogue.selection import Selection


@dataclass(frozen=True)
class Lesson:
    """A lesson of a paper, in the curators' words.

    `kind` says whether it is advice, a finding or a definition; `for_whom`, `industry_types` and
    `governance_scales` are empty where the lesson itself names none; `place_ids` are the cases it
    was drawn from.
    """

    lesson_id: str
    approach: str
    applies_to: str
    place_ids: tuple[str, ...]
    dimension: str
    kind: str
    for_whom: tuple[str, ...]
    industry_types: tuple[str, ...]
    governance_scales: tuple[str, ...]
    text: str
    source_id: str
    locator: str


@of_package(4)
def lessons(catalogue: Catalogue) -> tuple[Lesson, ...]:
    """Every lesson, in the order of the table."""
    return tuple(
        Lesson(
            row.lesson_id,
            row.approach,
            row.applies_to,
            _split(row.place_ids),
            row.dimension,
            row.kind,
            _split(row.for_whom),
            _split(row.industry_types),
            _split(row.governance_scales),
            row.text,
            row.source_id,
            row.locator,
        )
        for row in catalogue.table("lessons").fillna("").itertuples()
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def cases_of(lesson: Lesson, catalogue: Catalogue) -> list[Place]:
    """The places a lesson was drawn from."""
    return [catalogue.places[key] for key in lesson.place_ids]


def types_of(lesson: Lesson, catalogue: Catalogue) -> tuple[str, ...]:
    """Types of industry a lesson is about; where it names none, those of its cases."""
    return lesson.industry_types or _of_cases(lesson, catalogue, "industry_type")


def scales_of(lesson: Lesson, catalogue: Catalogue) -> tuple[str, ...]:
    """Levels of government a lesson is about; where it names none, those of its cases."""
    return lesson.governance_scales or _of_cases(lesson, catalogue, "governance_scale")


def _of_cases(lesson: Lesson, catalogue: Catalogue, name: str) -> tuple[str, ...]:
    found = (getattr(place, name) for place in cases_of(lesson, catalogue))
    return tuple(dict.fromkeys(filter(None, found)))


def lessons_shown(catalogue: Catalogue, selection: Selection) -> list[Lesson]:
    """The lessons that pass all filters, in the order of the table.

    Type and scale are those of the lesson, or of its cases where it names none; the leading firms
    are those of its cases; a place keeps what was drawn from it or from a case that lies in it.
    """
    return [item for item in lessons(catalogue) if _passes(item, catalogue, selection)]


def _passes(lesson: Lesson, catalogue: Catalogue, selection: Selection) -> bool:
    places = {
        key for place in cases_of(lesson, catalogue) for key in (place.place_id, *place.economies)
    }
    filters = (
        (selection.places, places),
        (selection.industry_type, types_of(lesson, catalogue)),
        (selection.governance_scale, scales_of(lesson, catalogue)),
        (selection.firm_scale, _of_cases(lesson, catalogue, "firm_scale")),
        (selection.dimension, (lesson.dimension,)),
        (selection.for_whom, lesson.for_whom),
    )
    return all(not wanted or set(wanted) & set(held) for wanted, held in filters)


def lessons_table(chosen: list[Lesson], catalogue: Catalogue) -> pd.DataFrame:
    """Lessons as rows for a file: the columns of the table, with names of cases and documents."""
    columns = (
        *("lesson_id", "kind", "approach", "dimension", "applies_to", "for_whom"),
        *("industry_types", "governance_scales", "text", "cases", "source", "locator"),
    )
    rows = [
        {
            **{
                name: ";".join(value) if isinstance(value, tuple) else value
                for name, value in vars(lesson).items()
            },
            "cases": ";".join(place.name for place in cases_of(lesson, catalogue)),
            "source": catalogue.sources[lesson.source_id].title,
        }
        for lesson in chosen
    ]
    return pd.DataFrame(rows, columns=list(columns))
