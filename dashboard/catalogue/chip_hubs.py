"""The chip series of each hub: which there are, and what is missing in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.cells import NOT_DRAWN, WHOLE_YEARS
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.model import Place
from dashboard.catalogue.selection import Selection

TOPIC = "semiconductors"


def chip_indicators(catalogue: Catalogue) -> list[str]:
    """Identifiers of the indicators on semiconductors that some hub has a yearly value of."""
    return [
        key
        for key, indicator in catalogue.indicators.items()
        if indicator.topic == TOPIC and catalogue.places_with(key, "hub")
    ]


def chip_series(
    catalogue: Catalogue, place_id: str, selection: Selection | None = None
) -> pd.DataFrame:
    """All yearly values on semiconductors of a hub, as `Catalogue.series` returns them.

    Args:
        catalogue: holds the series.
        place_id: the hub.
        selection: keeps its years; None keeps all.

    Returns:
        Rows by indicator, the longest and then the newest series first.
    """
    rows = _of_hubs(catalogue)
    rows = rows[rows["place_id"] == place_id]
    if selection is not None and selection.first_year is not None:
        rows = rows[rows["year"] >= selection.first_year]
    if selection is not None and selection.last_year is not None:
        rows = rows[rows["year"] <= selection.last_year]
    of_series = rows.groupby("indicator_id")["year"]
    rows = rows.assign(_years=of_series.transform("nunique"), _newest=of_series.transform("max"))
    rows = rows.sort_values(
        ["_years", "_newest", "indicator_id", "year"], ascending=[False, False, True, True]
    )
    return rows.drop(columns=["_years", "_newest"]).reset_index(drop=True)


def hubs_with_chips(catalogue: Catalogue) -> list[Place]:
    """The hubs with a yearly value on semiconductors, those of the belt first."""
    held = set(_of_hubs(catalogue)["place_id"])
    hubs = [place for place in catalogue.places_of_kind("hub") if place.place_id in held]
    return sorted(hubs, key=lambda place: place not in catalogue.belt_hubs)


@of_package(1)
def _of_hubs(catalogue: Catalogue) -> pd.DataFrame:
    """The yearly values on semiconductors of all hubs; shared, never to be changed."""
    chips = [key for key, item in catalogue.indicators.items() if item.topic == TOPIC]
    hubs = [place.place_id for place in catalogue.places_of_kind("hub")]
    return catalogue.drawn_of(hubs, chips)


@dataclass(frozen=True, eq=False)
class SeriesGaps:
    """What a series of a hub lacks.

    Attributes:
        indicator_id: the series.
        held: years with a value.
        missing: years without one between the first and the last.
        not_drawn: rows held that are no whole past year: months, forecasts, undated.
    """

    indicator_id: str
    held: tuple[int, ...]
    missing: tuple[int, ...]
    not_drawn: pd.DataFrame


def gaps(catalogue: Catalogue, indicator_id: str, place_id: str) -> SeriesGaps:
    """The gaps of one series of a hub, and what is held that does not fill them.

    Raises:
        UnknownIdentifierError: if the indicator is not in the catalogue.
    """
    years = sorted(int(year) for year in catalogue.series(indicator_id, [place_id])["year"])
    span = range(years[0], years[-1] + 1) if years else range(0)
    rows = catalogue.observations(indicator_id, [place_id])
    return SeriesGaps(
        indicator_id,
        tuple(years),
        tuple(year for year in span if year not in set(years)),
        rows[[not _is_whole(row) for row in rows.itertuples()]].reset_index(drop=True),
    )


def _is_whole(row: Any) -> bool:
    """Whether a row may stand on a yearly axis."""
    return (
        pd.notna(row.year)
        and row.period_note in WHOLE_YEARS
        and not set(row.caveats.split(";")) & set(NOT_DRAWN)
    )
