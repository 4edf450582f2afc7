"""The page of a document: what it is, and everything in the atlas that rests on it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.naming import begun
from dashboard.catalogue.provenance import rests_on
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import words
from dashboard.exports import citation
from dashboard.ui import links, markup, resources, wording
from dashboard.ui.data import citing

# Rows of one kind that are listed; the rest is counted and stands in the file.
MOST_ROWS = 60
# A document with more values of one indicator than this is listed by place, not by value.
FEW_VALUES = 12


def draw(catalogue: Catalogue, shown: Selection) -> None:
    """Draw the document that the selection names."""
    source_id = str(shown.source)
    st.html(_markup(source_id))
    st.html(markup.section("Cite this document"))
    citing.draw(citation.source(catalogue, source_id), "source")


@resources.kept(128)
def _markup(source_id: str) -> str:
    catalogue = resources.catalogue()
    source = catalogue.sources[source_id]
    held = rests_on(catalogue, source_id)
    address = (
        f'<a href="{escape(source.url)}" target="_blank" rel="noopener">{escape(source.url)}</a>'
        if source.url
        else "no public address known"
    )
    facts = markup.facts(
        (
            ("Author", escape(source.author)),
            ("Published", str(source.year) if source.year else "undated"),
            ("Kind of publisher", markup.PUBLISHERS[source.publisher_type]),
            ("Licence", escape(source.licence) or "not stated by the publisher"),
            ("Copy read", escape(source.retrieved)),
            ("Address", address),
            ("Remark", escape(source.note)),
            ("What rests on it", _counted(held)),
        )
    )
    return f'<h2 class="section">{escape(source.title)}</h2>{facts}{_rows(held, catalogue)}'


def _shown(number: int, name: str) -> str:
    if number == 1:
        return f"the {THINGS[name][0]}"
    first = f"the first {MOST_ROWS}" if number > MOST_ROWS else f"the {number}"
    return f"{first} {THINGS[name][1]}"


def _counted(held: dict[str, pd.DataFrame]) -> str:
    return ", ".join(markup.count(len(rows), *THINGS[name]) for name, rows in held.items())


def _rows(held: dict[str, pd.DataFrame], catalogue: Catalogue) -> str:
    blocks = []
    if "observations" in held:
        blocks.append(_values(held["observations"], catalogue))
    for name, rows in held.items():
        if name == "observations":
            continue
        items = "".join(
            f"<li>{WRITTEN[name](row, catalogue)}</li>"
            for _, row in rows.head(MOST_ROWS).iterrows()
        )
        title = THINGS[name][1]
        more = len(rows) - MOST_ROWS
        rest = (
            f'<p class="hint">And {more:,} more in the file of the table.</p>' if more > 0 else ""
        )
        # Folded: what stands below is found, and nobody has to read past sixty sentences.
        blocks.append(
            markup.section(begun(title), count=len(rows))
            + f'<details class="fold"><summary>Show {_shown(len(rows), name)}</summary>'
            f'<ul class="entries wide">{items}</ul>{rest}</details>'
        )
    return "".join(blocks)


def _values(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    """Values by indicator: each one where they are few, otherwise places and years."""
    items = []
    for indicator_id, group in wording.identified(rows).groupby("indicator_id", sort=False):
        indicator = catalogue.indicators[str(indicator_id)]
        name = links.anchor(links.indicator(indicator.indicator_id), indicator.name)
        if len(group) <= FEW_VALUES:
            values = "; ".join(
                f"{escape(catalogue.label(row['place_id']))} "
                + links.anchor(
                    links.value(row["value_id"]),
                    f"{wording.figure(row, catalogue)}, {wording.period(row)}",
                )
                for _, row in group.iterrows()
            )
        else:
            places = [catalogue.label(key) for key in group["place_id"].unique()]
            more = f" and {len(places) - 8} more" if len(places) > 8 else ""
            when = wording.span(group["year"].min(), group["year"].max())
            values = escape(
                f"{markup.count(len(group), 'value')}, {when}: {', '.join(places[:8])}{more}"
            )
        items.append((name, values))
    return markup.section("Values", count=len(rows)) + markup.table(
        "Values of this document", ("Indicator", "Values"), items, scrolls=False
    )


def _place_of(row: Any, catalogue: Catalogue, column: str = "place_id") -> str:
    keys = [key for key in str(row[column]).split(";") if key in catalogue.places]
    return ", ".join(links.anchor(links.place(key), catalogue.label(key)) for key in keys)


def _funding(row: Any, catalogue: Catalogue) -> str:
    programme = links.anchor(
        links.programme(row["programme_id"]), catalogue.programme_names[row["programme_id"]]
    )
    what = f"{wording.measure(row)}, {wording.period(row)}: {wording.amount(row)}"
    return f"{programme}<br>{escape(what)}{_remark(row)}"


def _tie(row: Any, catalogue: Catalogue) -> str:
    other = row["to_external_name"]
    end = escape(other) if other else _place_of(row, catalogue, "to_place_id")
    return (
        f"{_place_of(row, catalogue, 'from_place_id')} – {end}: "
        f"{escape(words(row['kind']))}<br>{escape(row['description'])}"
    )


def _remark(row: Any) -> str:
    text = wording.where(row)
    return f"<br>{text}" if text else ""


def _term(row: Any, _: Catalogue) -> str:
    name = links.anchor(links.term(row["term_id"]), row["term"])
    return f"{name}: {escape(row['definition'])}"


def _said(column: str) -> Callable[[Any, Catalogue], str]:
    """Writer of rows that say something of a place in a column of their own."""

    def write(row: Any, catalogue: Catalogue) -> str:
        where = _place_of(row, catalogue, "place_ids" if "place_ids" in row else "place_id")
        return f"{where}{': ' if where else ''}{escape(str(row[column]))}"

    return write


def _sentence(row: Any, _: Catalogue) -> str:
    step = links.story_step(row["story_id"], row["step"])
    return f"{escape(row['text'])} {links.anchor(step, 'In its story')}"


def _event(row: Any, catalogue: Catalogue) -> str:
    return f"{_place_of(row, catalogue)}, {escape(row['date'])}: {escape(row['event'])}"


def _fab(row: Any, catalogue: Catalogue) -> str:
    where = catalogue.label(row["economy"])
    return escape(f"{row['operator']}, {row['plant_name'] or row['city']} ({where}): ") + escape(
        row["status_note"]
    )


def _programme(row: Any, catalogue: Catalogue) -> str:
    return (
        f"{links.anchor(links.programme(row['programme_id']), row['name'])}<br>"
        f"{escape(catalogue.label(row['economy']))}, "
        f"{escape(wording.span(row['start_year'], row['end_year']) or 'years not stated')}"
    )


def _place(row: Any, catalogue: Catalogue) -> str:
    return f"{_place_of(row, catalogue)} ({escape(words(row['kind']).lower())})"


def _definition(row: Any, catalogue: Catalogue) -> str:
    said = catalogue.definition_words(row["definition_id"])
    size = wording.SIZES.get(row["size_class"], row["size_class"])
    return f"{escape(row['sector_scope'])}, {escape(size)}: {escape(said)}"


def _sector(row: Any, catalogue: Catalogue) -> str:
    return f"{escape(catalogue.label(row['economy']))}, {row['year']}: {escape(row['sector'])}"


def _chain(row: Any, catalogue: Catalogue) -> str:
    return (
        f"{_place_of(row, catalogue)}: {escape(row['from_actor'])} – {escape(row['to_actor'])}, "
        f"{escape(row['relation'])}"
    )


def _rate(row: Any, catalogue: Catalogue) -> str:
    return f"{escape(catalogue.label(row['economy']))}, {row['year']}"


def _correction(row: Any, _: Catalogue) -> str:
    return escape(row["reason"])


def _name(row: Any, _: Catalogue) -> str:
    return escape(row["name"])


def _place_name(row: Any, catalogue: Catalogue) -> str:
    return _place_of(row, catalogue)


WRITTEN: dict[str, Callable[[Any, Catalogue], str]] = {
    "programme_funding": _funding,
    "links": _tie,
    "events": _event,
    "fabs": _fab,
    "profiles": _said("text"),
    "lessons": _said("text"),
    "frameworks": _said("text"),
    "glossary": _term,
    "stories": _sentence,
    "value_chains": _chain,
    "places": _place,
    "programmes": _programme,
    "definitions": _definition,
    "manufacturing_sectors": _sector,
    "exchange_rates": _rate,
    "deflators": _rate,
    "corrections": _correction,
    "industries": _name,
    "place_names": _place_name,
}
THINGS = {
    "observations": ("value", "values"),
    "programme_funding": ("amount of a programme", "amounts of programmes"),
    "links": ("tie", "ties"),
    "events": ("event", "events"),
    "fabs": ("fab or phase of one", "fabs and phases of them"),
    "profiles": ("judgement", "judgements"),
    "lessons": ("lesson", "lessons"),
    "frameworks": ("element of a framework", "elements of frameworks"),
    "glossary": ("definition of a term", "definitions of terms"),
    "stories": ("sentence of a story", "sentences of stories"),
    "value_chains": ("relation in a value chain", "relations in value chains"),
    "places": ("place", "places"),
    "programmes": ("programme", "programmes"),
    "definitions": ("threshold of a legal definition", "thresholds of legal definitions"),
    "manufacturing_sectors": ("sector of manufacturing", "sectors of manufacturing"),
    "exchange_rates": ("exchange rate", "exchange rates"),
    "deflators": ("price index", "price indices"),
    "corrections": ("correction", "corrections"),
    "industries": ("industry", "industries"),
    "place_names": ("name of a place", "names of places"),
}
