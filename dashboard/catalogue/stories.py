"""Stories for students: steps that each show a view, told in sentences that each have a source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.keeping import of_package

# Identifiers of values hold semicolons of their own, so a list is parted where a kind begins.
_NEXT_KEY = re.compile(r";(?=[a-z]+:)")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a step, in the curators' words.

    `rests_on` names the rows behind it, each by kind and identifier: ("event", "y2000_kyushu_1").
    """

    text: str
    source_id: str
    locator: str
    rests_on: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Step:
    """A step of a story: what it says, and path and query of the view that it shows."""

    number: int
    title: str
    address: str
    sentences: tuple[Sentence, ...]

    @property
    def page(self) -> str:
        """Address of the page whose view it shows, without a stroke; empty for the map."""
        return urlsplit(self.address).path.strip("/")

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The parameters of the view, as an address has them."""
        return parse_qs(urlsplit(self.address).query)


@dataclass(frozen=True)
class Story:
    """A path of steps, with what it is about in one line."""

    story_id: str
    title: str
    line: str
    steps: tuple[Step, ...]


@of_package(4)
def stories(catalogue: Catalogue) -> Mapping[str, Story]:
    """Every story by its identifier, in the order in which they are offered; made once."""
    said = _sentences(catalogue)
    table = catalogue.table("story_steps").sort_values(["position", "story_id", "step"])
    found = {}
    for story_id, rows in table.groupby("story_id", sort=False):
        first = rows.iloc[0]
        steps = tuple(
            Step(int(row.step), row.title, row.address, said.get((row.story_id, row.step), ()))
            for row in rows.itertuples()
        )
        found[str(story_id)] = Story(str(story_id), first["story"], first["line"], steps)
    return found


def _sentences(catalogue: Catalogue) -> dict[tuple[str, int], tuple[Sentence, ...]]:
    """The sentences of each step, by story and number."""
    table = catalogue.table("stories").sort_values(["story_id", "step", "position"])
    return {
        (story_id, step): tuple(
            Sentence(row.text, row.source_id, row.locator, _keys(row.rests_on))
            for row in rows.itertuples()
        )
        for (story_id, step), rows in table.groupby(["story_id", "step"], sort=False)
    }


def _keys(cell: str) -> tuple[tuple[str, str], ...]:
    parts = (key.partition(":") for key in _NEXT_KEY.split(cell))
    return tuple((kind, identifier) for kind, _, identifier in parts)
