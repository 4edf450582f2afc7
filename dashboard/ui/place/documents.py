"""The documents that the page of a place rests on, each with what it gives."""

from __future__ import annotations

from collections import Counter, defaultdict

from dashboard.catalogue import Catalogue, Place
from dashboard.ui.data import markup, wording
from dashboard.ui.place import fabs
from dashboard.ui.place.parts import Part

# What a row of a table is called where a document is said to give so many of them.
THINGS = {
    "places": ("the summary", "summaries"),
    "observations": ("value", "values"),
    "links": ("tie", "ties"),
    "events": ("event", "events"),
    "profiles": ("verdict", "verdicts"),
    "value_chains": ("link of the value chain", "links of the value chain"),
    "lessons": ("lesson", "lessons"),
    "programme_funding": ("amount", "amounts"),
    "fabs": ("fab", "fabs"),
}


def part(catalogue: Catalogue, place: Place) -> Part:
    """The documents of a place as a part of its page, those that give most first."""
    given = uses(catalogue, place)
    order = sorted(given, key=lambda key: (-given[key].total(), key))

    def make() -> str:
        items = "".join(
            f"<li>{wording.document(key, catalogue)}<br>{_given(given[key])}</li>" for key in order
        )
        return f'<ul class="entries">{items}</ul>'

    return Part("documents", "Documents behind this page", len(order), make)


def uses(catalogue: Catalogue, place: Place) -> dict[str, Counter[str]]:
    """How many rows of each table on a place rest on each document, by document."""
    own = place.place_id
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name in THINGS:
        if name == "fabs":
            rows = fabs.rows(catalogue, place)
            sources = rows["source_ids"].str.split(";").explode()
        else:
            rows = catalogue.table(name)
            if name == "links":
                rows = rows[(rows["from_place_id"] == own) | (rows["to_place_id"] == own)]
            elif name == "lessons":
                rows = rows[rows["place_ids"].str.split(";").map(lambda keys: own in keys)]
            else:
                rows = rows[rows["place_id"] == own]
            sources = rows["source_id"]
        for source_id in sources:
            found[str(source_id)][name] += 1
    return dict(found)


def _given(counts: Counter[str]) -> str:
    parts = [
        THINGS[name][0] if name == "places" else markup.count(counts[name], *THINGS[name])
        for name in THINGS
        if counts[name]
    ]
    return ", ".join(parts)
