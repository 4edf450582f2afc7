"""What the glossary shows: the terms that the reader's words, letter and topic keep."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.catalogue import Catalogue
from dashboard.catalogue.glossary import Term, sought, terms
from dashboard.catalogue.selection import Selection

PAGE = "glossary"


@dataclass(frozen=True)
class GlossaryState:
    """The selection with what follows from it.

    Attributes:
        selection: as the address has it.
        chosen: the terms that the filters keep, in the order of their names.
        opened: the term that is open, whether or not the filters keep it.
    """

    selection: Selection
    chosen: tuple[Term, ...]
    opened: Term | None


def settle(catalogue: Catalogue, selection: Selection) -> GlossaryState:
    """Find the terms that a selection asks for."""
    asked = sought(catalogue, selection.term_search, selection.term_topic, selection.letter)
    opened = terms(catalogue)[selection.term] if selection.term else None
    return GlossaryState(selection, tuple(asked), opened)
