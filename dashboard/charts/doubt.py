"""Which values are drawn filled, and which hollow, hatched or ringed."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.cells import has_caveat


def is_firm(rows: pd.DataFrame) -> pd.Series:
    """True where a value is exact and no estimate.

    Args:
        rows: with `qualifier` and, where it is known, `caveats`.
    """
    exact = rows["qualifier"] == "exact"
    return exact & ~has_caveat(rows, "estimate") if "caveats" in rows else exact
