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
    counts = catalogue.counted("indicator_id", "place_id")
    is_economy = counts["place_id"].map(lambda key: catalogue.places[key].kind == "economy")
    groups = counts.groupby("indicator_id", sort=False)
    documents = catalogue.counted("indicator_id", "source_id")
    # Of documents that give as many rows, the one whose identifier comes first.
    most = documents.sort_values("rows", ascending=False, kind="stable")
    most = most.drop_duplicates("indicator_id").set_index("indicator_id")
    documents_of = documents.groupby("indicator_id", sort=False)["source_id"]
    return pd.DataFrame(
        {
            "values": groups["rows"].sum(),
            "first_year": groups["first_year"].min(),
            "last_year": groups["last_year"].max(),
            "economies": counts[is_economy].groupby("indicator_id").size(),
            "others": counts[~is_economy].groupby("indicator_id").size(),
            "source_id": most["source_id"],
            "sources": documents_of.size(),
        }
    ).fillna({"economies": 0, "others": 0})
