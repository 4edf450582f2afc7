"""The documents that all that is told of a place rests on, as a part of its page."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.place_sources import documents_of_place
from dashboard.ui import markup, wording
from dashboard.ui.resources import catalogue as shared_catalogue
from dashboard.ui.resources import kept

KEPT = 64


def lines(catalogue: Catalogue, place: Place) -> list[str]:
    """One line for each document, the one with most first: what rests on it, and whose it is."""
    return [
        f"{wording.document(row.source_id, catalogue)}<br>{escape(row.rests)} · "
        f"{markup.PUBLISHERS[catalogue.sources[row.source_id].publisher_type]}"
        for row in found(place.place_id).itertuples()
    ]


@kept(KEPT)
def found(place_id: str) -> pd.DataFrame:
    """The documents of a place as `documents_of_place` gives them; shared by readers."""
    return documents_of_place(shared_catalogue(), place_id)
