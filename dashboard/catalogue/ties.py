"""Ties between hubs, and between hubs and outside partners, under the filters of a selection."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.layers import Layer
from dashboard.catalogue.selection import Selection


def ties_listed(catalogue: Catalogue, selection: Selection) -> Layer:
    """The ties with an end at a hub or cluster that the filters keep, those on no map too.

    A tie without years is kept: leaving it out would say that it is not there.

    Returns:
        Rows of the table `links` in the order of their first year, those without one last; with
        `from_name` and `to_name`.
    """
    table = catalogue.links()
    kept = {key for key, place in catalogue.places.items() if selection.keeps(place)}
    keep = table["from_place_id"].isin(kept) | table["to_place_id"].isin(kept)
    if selection.last_year is not None:
        keep &= ~(table["year_start"] > selection.last_year).fillna(False).astype(bool)
    if selection.first_year is not None:
        keep &= ~(table["year_end"] < selection.first_year).fillna(False).astype(bool)
    names = {key: place.name for key, place in catalogue.places.items()}
    rows = table[keep]
    rows = rows.assign(
        from_name=rows["from_place_id"].map(names),
        to_name=rows["to_place_id"].map(names).fillna(rows["to_external_name"]),
    )
    rows = rows.sort_values(["year_start", "link_id"], na_position="last", kind="stable")
    return Layer("ties", rows.reset_index(drop=True), len(table))


def by_kind(ties: pd.DataFrame) -> pd.Series:
    """Number of ties of each kind, the most frequent first."""
    return ties["kind"].value_counts()
