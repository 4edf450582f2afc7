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
    """One row per indicator and place, held or not.

    Returns:
        indicator_id, place_id, values (drawn years, 0 when none), first_year, last_year (missing
        when none), gaps (years missing between the first and the last), has_year (of `year`;
        missing when no year is asked for); in the order of the identifiers given.
    """
    raise NotImplementedError


def who_has(
    catalogue: Catalogue, indicator_id: str, year: int, kind: str | None = None
) -> tuple[list[str], dict[str, int]]:
    """The places with a value for a year, and the nearest year of each of the others.

    Args:
        kind: kind of place asked for; None takes all that have the indicator.
    """
    raise NotImplementedError
