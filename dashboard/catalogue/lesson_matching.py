"""What the papers would suggest for a cluster like the reader's: lessons and cases that match.

Nothing is scored. Each setting of the reader is met, not met, or not spoken of by the source, and
each verdict holds the facts that it rests on. Matches stand in an order that can be said in a
sentence (`ORDER`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.lessons import Lesson, lessons
from dashboard.catalogue.model import Place
from dashboard.catalogue.selection import Selection

# What a reader sets, in the order it is asked; human and social capital are the papers' verdicts.
SETTINGS = ("industry_type", "human_capital", "social_capital", "firm_scale", "governance_scale")
OF_PLACES = ("industry_type", "firm_scale", "governance_scale")
OF_PAPERS = ("human_capital", "social_capital")
# What a lesson may say itself; then its cases are not asked.
OF_LESSONS = {"industry_type": "industry_types", "governance_scale": "governance_scales"}
ORDER = (
    "A lesson is judged by its own words and by the one of its cases that fits best. Most settings "
    "met come first; then fewest not met; then those drawn from fewest cases; then in the order of "
    "the papers."
)

Outcome = Literal["met", "not_met", "not_said"]
Wish = Mapping[str, tuple[str, ...]]
Item = TypeVar("Item", Lesson, Place)


@dataclass(frozen=True)
class Fact:
    """What is held of a lesson or case in one respect.

    `place_id` is empty where the lesson says it itself; `basis` is `source` or `curator`;
    `source_id` leads to the document and is empty where the curators assigned the value; `locator`
    is the passage of a paper's verdict, or of the lesson.
    """

    value: str
    place_id: str = ""
    basis: str = "source"
    source_id: str = ""
    locator: str = ""


@dataclass(frozen=True)
class Verdict:
    """Whether one setting is met, by which facts, and which facts say otherwise."""

    setting: str
    outcome: Outcome
    meeting: tuple[Fact, ...]
    otherwise: tuple[Fact, ...]

    @property
    def disputed(self) -> tuple[Fact, ...]:
        """Facts that say otherwise of a case that meets the setting by another passage."""
        met = {fact.place_id for fact in self.meeting if fact.place_id}
        return tuple(fact for fact in self.otherwise if fact.place_id in met)


@dataclass(frozen=True)
class Match(Generic[Item]):
    """A lesson or case that meets at least one setting."""

    item: Item
    verdicts: tuple[Verdict, ...]

    def of(self, outcome: Outcome) -> tuple[Verdict, ...]:
        """The verdicts with one outcome, in the order of the settings."""
        return tuple(item for item in self.verdicts if item.outcome == outcome)


def wish_of(selection: Selection) -> dict[str, tuple[str, ...]]:
    """What the reader has set; settings left open are absent."""
    found = {}
    for name in SETTINGS:
        value = getattr(selection, name)
        values = value if isinstance(value, tuple) else tuple(filter(None, (value,)))
        if values:
            found[name] = values
    return found


def judged(setting: str, wanted: tuple[str, ...], facts: tuple[Fact, ...]) -> Verdict:
    """One setting against what is held."""
    meeting = tuple(fact for fact in facts if fact.value in wanted)
    otherwise = tuple(fact for fact in facts if fact.value not in wanted)
    outcome: Outcome = "met" if meeting else "not_met" if otherwise else "not_said"
    return Verdict(setting, outcome, meeting, otherwise)


def case_facts(catalogue: Catalogue, place_id: str, setting: str) -> tuple[Fact, ...]:
    """What is held of a case in one respect; nothing where no source speaks of it.

    Type, firms and scale are classes of the atlas, each with its basis; human and social capital
    are verdicts of the papers, of which there may be several that differ. A description without a
    verdict is no fact.
    """
    if setting in OF_PLACES:
        place = catalogue.places[place_id]
        value, basis = getattr(place, setting), getattr(place, f"{setting}_basis")
        # The document of a place says what is not the curators' own reading.
        source_id = place.source_id if basis == "source" else ""
        return (Fact(value, place_id, basis, source_id),) if value else ()
    return _verdicts(catalogue).get((place_id, setting), ())


@of_package(4)
def _verdicts(catalogue: Catalogue) -> dict[tuple[str, str], tuple[Fact, ...]]:
    table = catalogue.table("profiles")
    table = table[table["dimension"].isin(OF_PAPERS) & (table["rating"] != "unrated")]
    found: dict[tuple[str, str], tuple[Fact, ...]] = {}
    for row in table.itertuples():
        key = (str(row.place_id), str(row.dimension))
        fact = Fact(row.rating, row.place_id, "source", row.source_id, row.locator)
        found[key] = (*found.get(key, ()), fact)
    return found


def lesson_facts(
    catalogue: Catalogue, lesson: Lesson, setting: str, place_id: str = ""
) -> tuple[Fact, ...]:
    """What a lesson says itself in one respect, or else what is held of one of its cases."""
    own: tuple[str, ...] = getattr(lesson, OF_LESSONS[setting]) if setting in OF_LESSONS else ()
    if own:
        return tuple(
            Fact(value, source_id=lesson.source_id, locator=lesson.locator) for value in own
        )
    return case_facts(catalogue, place_id, setting) if place_id else ()


def cases(catalogue: Catalogue) -> list[Place]:
    """Places that a paper describes as a case, in the order of the table of places."""
    described = set(catalogue.table("profiles")["place_id"])
    return [
        place
        for key, place in catalogue.places.items()
        if key in described and place.kind != "economy"
    ]


def matching_cases(catalogue: Catalogue, wish: Wish) -> list[Match[Place]]:
    """Cases that meet at least one setting, in the order that `ORDER` says."""
    found = [
        Match(
            place,
            tuple(
                judged(name, wanted, case_facts(catalogue, place.place_id, name))
                for name, wanted in wish.items()
            ),
        )
        for place in cases(catalogue)
    ]
    return sorted((item for item in found if item.of("met")), key=_order)


def matching_lessons(catalogue: Catalogue, wish: Wish) -> list[Match[Lesson]]:
    """Lessons that meet at least one setting, in the order that `ORDER` says.

    Definitions are left out: they suggest nothing.
    """
    found = [
        _best_match(catalogue, lesson, wish)
        for lesson in lessons(catalogue)
        if lesson.kind != "definition"
    ]
    return sorted(
        (item for item in found if item.of("met")),
        key=lambda item: (*_order(item), len(item.item.place_ids)),
    )


def _best_match(catalogue: Catalogue, lesson: Lesson, wish: Wish) -> Match[Lesson]:
    """A lesson judged by the one of its cases that fits best, the first of equals.

    Settings met by different cases together would describe a cluster that no paper has seen.
    """
    candidates: list[Match[Lesson]] = [
        Match(
            lesson,
            tuple(
                judged(name, wanted, lesson_facts(catalogue, lesson, name, place_id))
                for name, wanted in wish.items()
            ),
        )
        for place_id in lesson.place_ids or ("",)
    ]
    return min(candidates, key=_order)


def _order(match: Match) -> tuple[int, int]:
    return -len(match.of("met")), len(match.of("not_met"))
