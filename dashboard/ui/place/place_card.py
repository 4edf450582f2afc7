"""The card of a chart on the page of a place that draws something other than observations."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.provenance import SourceUse, source_line
from dashboard.catalogue.selection import Selection
from dashboard.ui.card import Card


def place_card(
    catalogue: Catalogue,
    place: Place,
    shown: Selection,
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

    Args:
        catalogue: has no observations for it.
        place: whose page it is.
        shown: the view that its link restores.
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
        link=shown,
        extra_source=" · ".join(part for part in (source_line(list(documents)), also) if part),
        more_sources=documents,
        data=data,
        table=table,
    )


def with_documents(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Rows of any table with title, author, year and address of the document of each."""
    sources = [catalogue.sources[key] for key in rows["source_id"]]
    return rows.assign(
        source=[source.title for source in sources],
        source_author=[source.author for source in sources],
        source_year=pd.array([source.year for source in sources], dtype="Int64"),
        source_url=[source.url for source in sources],
    )
