"""How good the data are: doubts counted, conflicts, age, what was corrected or left out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue


@dataclass(frozen=True)
class QualityReport:
    """The quality of the data, in tidy tables.

    Attributes:
        rows: values held.
        caveats: caveat, name, meaning, values, amounts (rows of programme_funding).
        conflicts: as `Catalogue.conflicts`.
        funding_conflicts: as `Catalogue.funding_conflicts`.
        press_only: topic, values (place-years), press_only, share_pct.
        ages: indicator_id, indicator, topic, values, oldest_year, newest_year.
        vintages: source_id, title, publisher_type, published, retrieved, values, oldest_year,
            newest_year.
        publishers: publisher_type, values, share_pct, sources.
        undated: as `Catalogue.undated`.
        corrections: the table of that name.
        left_out: the table of that name.
    """

    rows: int
    caveats: pd.DataFrame
    conflicts: pd.DataFrame
    funding_conflicts: pd.DataFrame
    press_only: pd.DataFrame
    ages: pd.DataFrame
    vintages: pd.DataFrame
    publishers: pd.DataFrame
    undated: pd.DataFrame
    corrections: pd.DataFrame
    left_out: pd.DataFrame


def report(catalogue: Catalogue) -> QualityReport:
    """The quality report of the data held."""
    raise NotImplementedError
