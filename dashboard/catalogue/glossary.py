"""The terms of the field: what each means, and where texts use one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.keeping import of_package

_WORD = re.compile(r"\w+")
# One word with two capitals, such as R&D or CoPS; "cops" is another word.
_ABBREVIATION = re.compile(r"\w*[A-Z&]\w*[A-Z&]\w*")


@dataclass(frozen=True)
class Term:
    """A term of the field.

    Attributes:
        term_id: identifier.
        name: its plain name.
        also: other forms and abbreviations that texts use.
        topic: one of `vocabulary.GLOSSARY_TOPICS`.
        definition: what it means, in plain words.
        source_id: the document that the definition rests on.
        locator: where in it.
        see: identifiers of terms that belong with it.
    """

    term_id: str
    name: str
    also: tuple[str, ...]
    topic: str
    definition: str
    source_id: str
    locator: str
    see: tuple[str, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and all other forms, in the singular where the table has them so."""
        return (self.name, *self.also)

    @property
    def letter(self) -> str:
        """The letter under which it stands."""
        return self.name[0].upper()


@dataclass(frozen=True)
class Use:
    """A term in a text: from `start` up to, not including, `end`."""

    start: int
    end: int
    term_id: str


class Matcher:
    """Finds terms in texts: whole words, the longest form first, plurals too.

    Words are compared without case, abbreviations as they are written. A form that stands in a
    compound with a hyphen, as in "cluster-based", is another word.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        """Take the terms; those that come first keep a form that two share."""
        by_first: dict[str, dict[str, tuple[str, bool]]] = defaultdict(dict)
        for term in terms:
            for form in term.forms:
                exact = is_abbreviation(form)
                for written in inflected(form):
                    key = written if exact else written.lower()
                    first = _WORD.search(key)
                    if first is not None:
                        by_first[first[0].lower()].setdefault(key, (term.term_id, exact))
        self._by_first = {
            first: sorted(((key, *found) for key, found in forms.items()), key=_longest)
            for first, forms in by_first.items()
        }

    def uses(self, text: str) -> Iterator[Use]:
        """The terms in a text, from left to right, none inside another."""
        done = 0
        for word in _WORD.finditer(text):
            start = word.start()
            candidates = self._by_first.get(word[0].lower())
            if candidates is None or start < done or text[start - 1 : start] == "-":
                continue
            for form, term_id, exact in candidates:
                end = start + len(form)
                found = text[start:end].replace("’", "'")
                if (found if exact else found.lower()) == form and not _goes_on(text, end):
                    yield Use(start, end, term_id)
                    done = end
                    break


def _longest(candidate: tuple[str, str, bool]) -> tuple[int, str]:
    return -len(candidate[0]), candidate[0]


def _goes_on(text: str, end: int) -> bool:
    """Whether the word goes on: by a letter, or by a hyphen and a letter."""
    after = text[end : end + 2]
    return bool(_WORD.match(after)) or (after[:1] == "-" and bool(_WORD.match(after[1:])))


def is_abbreviation(form: str) -> bool:
    """Whether a form is written in capitals, as R&D or CoPS, and counts only as it is written."""
    return _ABBREVIATION.fullmatch(form) is not None


def inflected(form: str) -> tuple[str, ...]:
    """A form and its regular plural."""
    if is_abbreviation(form):
        return form, f"{form}s"
    if form.endswith("y") and form[-2:-1] not in "aeiou":
        return form, f"{form[:-1]}ies"
    if form.endswith(("s", "ing")):
        return (form,)
    return form, f"{form}s"


@of_package(4)
def terms(catalogue: Catalogue) -> Mapping[str, Term]:
    """All terms by identifier, in the order of their names; made once."""
    rows = catalogue.table("glossary").fillna("").itertuples(index=False)
    found = [
        Term(
            str(row.term_id),
            str(row.term),
            _listed(row.also),
            str(row.topic),
            str(row.definition),
            str(row.source_id),
            str(row.locator),
            _listed(row.see),
        )
        for row in rows
    ]
    return {term.term_id: term for term in sorted(found, key=lambda term: term.name.lower())}


def _listed(cell: object) -> tuple[str, ...]:
    return tuple(filter(None, str(cell).split(";")))


@of_package(4)
def matcher(catalogue: Catalogue) -> Matcher:
    """What finds the terms of a catalogue in texts; made once."""
    return Matcher(terms(catalogue).values())


def sought(
    catalogue: Catalogue,
    search: str | None = None,
    topic: str | None = None,
    letter: str | None = None,
) -> list[Term]:
    """The terms that a reader asks for, in the order of their names.

    Args:
        catalogue: holds the terms.
        search: words that a form or the definition must hold, each of them.
        topic: one of `vocabulary.GLOSSARY_TOPICS`.
        letter: the capital that names begin with.
    """
    words = (search or "").lower().split()
    return [
        term
        for term in terms(catalogue).values()
        if topic in (None, term.topic)
        and letter in (None, term.letter)
        and all(word in " ".join((*term.forms, term.definition)).lower() for word in words)
    ]


def glossary_table(chosen: Iterable[Term], catalogue: Catalogue) -> pd.DataFrame:
    """Terms as rows of a file.

    Returns:
        One row per term: term, also (joined by semicolons), topic, definition, source, locator,
        see (names, joined by semicolons), source_id.
    """
    names = {key: term.name for key, term in terms(catalogue).items()}
    return pd.DataFrame(
        [
            {
                "term": term.name,
                "also": "; ".join(term.also),
                "topic": term.topic,
                "definition": term.definition,
                "source": catalogue.sources[term.source_id].title,
                "locator": term.locator,
                "see": "; ".join(names[key] for key in term.see),
                "source_id": term.source_id,
            }
            for term in chosen
        ],
        columns=["term", "also", "topic", "definition", "source", "locator", "see", "source_id"],
    )


@dataclass(frozen=True)
class Appearances:
    """Where the tables use a term.

    Attributes:
        elements: addresses of elements of frameworks, as `frameworks.elements` gives them.
        lessons: identifiers of lessons.
        indicators: identifiers of indicators whose name or definition has it.
    """

    elements: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@of_package(4)
def appearances(catalogue: Catalogue) -> Mapping[str, Appearances]:
    """Where each term is used, by identifier; a term that is used nowhere is absent."""
    frameworks = catalogue.table("frameworks")
    said = frameworks["framework_id"] + "." + frameworks["element_id"]
    texts: dict[str, Iterable[tuple[str, str]]] = {
        "elements": [
            *zip(said, frameworks["name"], strict=True),
            *zip(said, frameworks["text"], strict=True),
        ],
        "lessons": catalogue.table("lessons")[["lesson_id", "text"]].itertuples(index=False),
        "indicators": [
            (key, f"{item.name}. {item.definition}") for key, item in catalogue.indicators.items()
        ],
    }
    found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for kind, pairs in texts.items():
        for key, text in pairs:
            for use in matcher(catalogue).uses(text):
                found[use.term_id][kind][str(key)] = None
    return {
        term_id: Appearances(**{kind: tuple(keys) for kind, keys in kinds.items()})
        for term_id, kinds in found.items()
    }
