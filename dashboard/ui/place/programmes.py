"""The cluster programmes of an economy, and those that support a region, a hub or a cluster."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.keeping import unless_own
from dashboard.ui import links, markup, wording
from dashboard.ui.figures import source_details

FIRST_AMOUNTS = 3
PLACES_KEPT = 256
NO_AMOUNT = "No amount of public money is held: none was found in a source."


def programmes_of(catalogue: Catalogue, place: Place) -> pd.DataFrame:
    """The programmes that an economy runs; those that chose another place or pay for it."""
    if place.kind == "economy":
        return catalogue.programmes(place.place_id)
    table = catalogue.table("programmes")
    named = {place.programme_id, *_headlines(catalogue, place)["programme_id"]}
    return table[table["programme_id"].isin(named)]


@unless_own(PLACES_KEPT)
def amounts(catalogue: Catalogue, place: Place) -> pd.DataFrame:
    """What programmes state, the figures to draw among rivals.

    An economy has the public money of the programmes it runs; any other place has all amounts
    and counts that programmes state of the place itself.

    Returns:
        Rows of `programme_funding` with `programme` (its name) and `words` (period, what the
        amount is and, where it is a part, of which place), in the order of programmes and years.
    """
    order = {key: at for at, key in enumerate(programmes_of(catalogue, place)["programme_id"])}
    rows = _headlines(catalogue, place)
    rows = rows[rows["programme_id"].isin(order)]
    rows = rows.assign(
        programme=rows["programme_id"].map(catalogue.programme_names),
        words=[_amount_words(row, place, catalogue) for row in rows.to_dict("records")],
        _order=rows["programme_id"].map(order),
    )
    rows = rows.sort_values(["_order", "year", "funding_id"], kind="stable")
    return rows.drop(columns="_order").reset_index(drop=True)


def lines(catalogue: Catalogue, place: Place) -> list[str]:
    """One line for each programme of a place, with its amounts."""
    return [f"{name}<br>{said}" for name, said in told(catalogue, place)]


@unless_own(PLACES_KEPT)
def told(catalogue: Catalogue, place: Place) -> tuple[tuple[str, str], ...]:
    """Each programme of a place with its years, and what is stated of it, as markup."""
    stated = amounts(catalogue, place)
    groups = {str(key): rows for key, rows in stated.groupby("programme_id")}
    none = stated.iloc[:0]
    return tuple(
        _told(programme, groups.get(programme["programme_id"], none), place, catalogue)
        for _, programme in programmes_of(catalogue, place).iterrows()
    )


def _headlines(catalogue: Catalogue, place: Place) -> pd.DataFrame:
    rows = catalogue.table("programme_funding")
    is_own = (
        rows["measure_group"] == "public_money"
        if place.kind == "economy"
        else rows["place_id"] == place.place_id
    )
    return rows[is_own & rows["headline"]]


def _amount_words(row: Any, place: Place, catalogue: Catalogue) -> str:
    """Period, what it is, and whose: "FY 2005, budget, Nagano"."""
    period, measure = wording.period(row), wording.measure(row).lower()
    elsewhere = row["place_id"] not in ("", place.place_id)
    parts = (
        period,
        "" if measure in period else measure,
        catalogue.places[row["place_id"]].name if elsewhere else "",
    )
    return ", ".join(part for part in parts if part)


def _told(
    programme: Any, stated: pd.DataFrame, place: Place, catalogue: Catalogue
) -> tuple[str, str]:
    name = links.anchor(links.programme(programme["programme_id"]), programme["name"])
    span = wording.span(programme["start_year"], programme["end_year"])
    # Whose judgement the approach is.
    basis = " (assigned by the curators)" if programme["approach_basis"] == "curator" else ""
    items = [
        f"{escape(row['words'])}: {escape(wording.amount(row))} {source_details(row, catalogue)}"
        for _, row in stated.iterrows()
    ]
    none = f'<br><span class="hint">{NO_AMOUNT}</span>' if place.kind == "economy" else ""
    return (
        f"<b>{name}</b>, {span or 'years not stated'}",
        f"{escape(programme['sponsor'])} · "
        f"{escape(programme['approach'])} approach{basis} {source_details(programme, catalogue)}"
        f"{markup.shortened(items, FIRST_AMOUNTS) or none}",
    )
