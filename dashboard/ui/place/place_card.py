"""The card of a chart on the page of a place that draws something other than observations.

What such a card says rests on the place alone, so it is made once for all readers; `linked` gives
it the view of the one who looks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.provenance import SourceUse, source_line
from dashboard.catalogue.selection import Selection
from dashboard.ui.card import Card

# Cards of one kind that are kept: more than there are places of any kind.
CARDS_KEPT = 96


def place_card(
    catalogue: Catalogue,
    place: Place,
    *,
    name: str,
    title: str,
    subtitle: str,
    alt: str,
    documents: Sequence[SourceUse],
    data: pd.DataFrame,
    table: Callable[[], str],
    findings: Sequence[Finding] = (),
    also: str = "",
) -> Card:
    """A card of ties, events, limits or amounts of a place.

    Its link opens the page of the place, until `linked` says more.

    Args:
        catalogue: has no observations for it.
        place: whose page it is.
        name: what the card shows, unique on the page.
        title: the same in words.
        subtitle: how many things, of which years, and how they are read.
        alt: the chart in a sentence.
        documents: what the chart rests on.
        data: what the CSV holds, with its documents.
        table: makes the markup that "View as table" opens.
        findings: what is missing, uncertain or not comparable.
        also: what else it rests on, such as boundaries.
    """
    return Card(
        key=f"{name}_{place.place_id}",
        title=title,
        subtitle=subtitle,
        findings=findings,
        rows=catalogue.nothing,
        alt=alt,
        page=place.kind,
        link=Selection(place=place.place_id),
        extra_source=" · ".join(part for part in (source_line(list(documents)), also) if part),
        more_sources=documents,
        data=data,
        table=table,
    )


def linked(card: Card, shown: Selection) -> Card:
    """The card with a link to the page as the reader has it."""
    return replace(card, link=shown)


def with_documents(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Rows of any table with title, author, year and address of the document of each."""
    sources = [catalogue.sources[key] for key in rows["source_id"]]
    return rows.assign(
        source=[source.title for source in sources],
        source_author=[source.author for source in sources],
        source_year=pd.array([source.year for source in sources], dtype="Int64"),
        source_url=[source.url for source in sources],
    )
