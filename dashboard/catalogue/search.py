"""Full-text search over what the atlas holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.catalogue.catalogue import Catalogue

KINDS = ("indicator", "place", "source", "programme", "value")


@dataclass(frozen=True)
class Hit:
    """Something that was found.

    Attributes:
        kind: one of `KINDS`.
        identifier: identifier within its kind; of a value, what `Catalogue.value` takes.
        title: its name; of a value, "Indicator: value unit, place, year".
        excerpt: the words around what was found.
        rank: 1 is the best hit.
        indicator_id: indicator of a value or of itself, else empty.
        place_id: place of a value or of itself, else empty.
        source_id: document a value, place or programme rests on, or itself.
        year: year of a value, None when it has none or is no value.
    """

    kind: str
    identifier: str
    title: str
    excerpt: str
    rank: int
    indicator_id: str = ""
    place_id: str = ""
    source_id: str = ""
    year: int | None = None


def search(
    catalogue: Catalogue, text: str, kinds: Sequence[str] = KINDS, most: int = 30
) -> list[Hit]:
    """What holds the words of the text, best first; never raises, whatever the text is."""
    raise NotImplementedError
