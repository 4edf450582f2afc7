"""The cluster programmes of an economy, and those that support a region, a hub or a cluster."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue, Place
from dashboard.ui import links
from dashboard.ui.data import wording
from dashboard.ui.figures import source_details


def lines(catalogue: Catalogue, place: Place) -> list[str]:
    """One line for each programme of a place, with its amounts.

    An economy has the public money of the programmes it runs; any other place has all amounts
    and counts that its programmes state of the place itself.
    """
    if place.kind == "economy":
        programmes = catalogue.programmes(place.place_id)
        return [
            _line(programme, _public(catalogue.funding(programme["programme_id"])), catalogue)
            for _, programme in programmes.iterrows()
        ]
    funding = catalogue.table("programme_funding")
    own = funding[(funding["place_id"] == place.place_id) & funding["headline"]]
    own = own.sort_values(["year", "funding_id"])
    programmes = catalogue.table("programmes")
    chosen = programmes[programmes["programme_id"].isin([place.programme_id, *own["programme_id"]])]
    return [
        _line(programme, own[own["programme_id"] == programme["programme_id"]], catalogue)
        for _, programme in chosen.iterrows()
    ]


def _public(funding: pd.DataFrame) -> pd.DataFrame:
    return funding[funding["headline"] & (funding["measure_group"] == "public_money")]


def _line(programme: Any, amounts: pd.DataFrame, catalogue: Catalogue) -> str:
    name = links.anchor(links.programme(programme["programme_id"]), programme["name"])
    span = wording.span(programme["start_year"], programme["end_year"])
    # Whose judgement the approach is.
    basis = " (assigned by the curators)" if programme["approach_basis"] == "curator" else ""
    items = "".join(
        f"<li>{_amount(row, catalogue)} {source_details(row, catalogue)}</li>"
        for _, row in amounts.iterrows()
    )
    return (
        f"<b>{name}</b>{f', {span}' if span else ''}<br>{escape(programme['sponsor'])} · "
        f"{escape(programme['approach'])} approach{basis}{f'<ul>{items}</ul>' if items else ''}"
        f" {source_details(programme, catalogue)}"
    )


def _amount(row: Any, catalogue: Catalogue) -> str:
    """One amount with period, place and what it is: "FY 2005: JPY 46.5 bn (budget)"."""
    where = catalogue.places[row["place_id"]].name if row["place_id"] else ""
    remarks = ", ".join(part for part in (wording.measure(row).lower(), where) if part)
    return escape(f"{wording.period(row)}: {wording.amount(row)} ({remarks})")
