"""What the atlas holds, at a glance: a line for each indicator and for each document."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue


def indicator_overview(catalogue: Catalogue) -> pd.DataFrame:
    """How much is held of each indicator.

    Returns:
        One row per indicator that has values, indexed by its identifier: values (rows held),
        first_year and last_year (missing where no row has one), economies and others (number of
        places of either kind), source_id (the document that gives most rows) and sources (number
        of documents).
    """
    rows = catalogue.table("observations")
    is_economy = rows["place_id"].map(lambda key: catalogue.places[key].kind == "economy")
    groups = rows.groupby("indicator_id", sort=False)
    return pd.DataFrame(
        {
            "values": groups.size(),
            "first_year": groups["year"].min(),
            "last_year": groups["year"].max(),
            "economies": rows[is_economy].groupby("indicator_id")["place_id"].nunique(),
            "others": rows[~is_economy].groupby("indicator_id")["place_id"].nunique(),
            "source_id": groups["source_id"].agg(lambda cells: cells.value_counts().index[0]),
            "sources": groups["source_id"].nunique(),
        }
    ).fillna({"economies": 0, "others": 0})
