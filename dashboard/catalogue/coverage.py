"""Who has which years of what."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue


def coverage(
    catalogue: Catalogue,
    place_ids: Sequence[str],
    indicator_ids: Sequence[str] | None = None,
    year: int | None = None,
) -> pd.DataFrame:
    """What can be drawn of each indicator for each place, held or not.

    Args:
        catalogue: what is held.
        place_ids: the places, in the order wanted.
        indicator_ids: the indicators, in the order wanted; None takes all, in catalogue order.
        year: the year asked for in `has_year`.

    Returns:
        One row per indicator and place: indicator_id, place_id, values (years drawn, 0 when
        none), first_year and last_year (missing when none), gaps (years missing between the
        two), has_year (missing when no year is asked for).

    Raises:
        UnknownIdentifierError: if a place or an indicator is not in the catalogue.
    """
    place_ids = [catalogue.place(key).place_id for key in place_ids]
    if indicator_ids is None:
        indicator_ids = list(catalogue.indicators)
    indicator_ids = [catalogue.indicator(key).indicator_id for key in indicator_ids]
    counts = catalogue.counted("indicator_id", "place_id", where="_drawn")
    years = counts.rename(columns={"rows": "values"}).set_index(["indicator_id", "place_id"])
    pairs = pd.MultiIndex.from_product(
        [indicator_ids, place_ids], names=["indicator_id", "place_id"]
    )
    table = years.reindex(pairs)
    table["values"] = table["values"].fillna(0).astype("int64")
    span = table["last_year"] - table["first_year"] + 1
    table["gaps"] = (span - table["values"]).fillna(0).astype("int64")
    if year is None:
        table["has_year"] = pd.array([pd.NA] * len(table), dtype="boolean")
    else:
        holders = pd.MultiIndex.from_frame(catalogue.drawn_in(year)[["indicator_id", "place_id"]])
        table["has_year"] = pd.array(pairs.isin(holders), dtype="boolean")
    return table.reset_index()
