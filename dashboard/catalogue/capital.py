"""Where the papers put their four cases between human and social capital."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.frameworks import framework

HUMAN, SOCIAL = "human_capital", "social_capital"
UNRATED = "unrated"
CASES = "capital_by_case"
# Fields of the framework `human_and_social_capital`, by the ratings of human and social capital.
FIELDS = {
    ("strong", "strong"): "both_high",
    ("strong", "weak"): "human_without_social",
    ("weak", "strong"): "social_without_human",
    ("weak", "weak"): "both_low",
}


def positions(catalogue: Catalogue) -> pd.DataFrame:
    """What each paper rates the human and the social capital of the four cases.

    A rating counts for its document wherever it stands in it. Where a document rates one of the
    two in two ways, each of its passages with a rating stands for itself.

    Returns:
        One row per case and document, or passage: element_id (of `capital_by_case`), case (its
        name), place_id, source_id, passage (empty for a whole document), human, social (`strong`,
        `weak`, or `unrated` where it is described without a rating). Cases in the papers' order.
    """
    profiles = catalogue.table("profiles")
    profiles = profiles[profiles["dimension"].isin((HUMAN, SOCIAL))]
    rows = []
    for case in framework(catalogue, CASES).elements:
        [place_id] = case.place_ids
        own = profiles[profiles["place_id"] == place_id]
        for source_id, document in own.groupby("source_id"):
            for passage, part in _passages(document):
                rows.append(
                    {
                        "element_id": case.element_id,
                        "case": case.name,
                        "place_id": place_id,
                        "source_id": str(source_id),
                        "passage": passage,
                        "human": _rating(part, HUMAN),
                        "social": _rating(part, SOCIAL),
                    }
                )
    return pd.DataFrame(rows)


def _passages(document: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    rated = document[document["rating"] != UNRATED]
    if (rated.groupby("dimension")["rating"].nunique() < 2).all():
        return [("", document)]
    kept = set(rated["locator"])
    passages = document.groupby("locator", sort=False)
    return [(str(locator), part) for locator, part in passages if locator in kept]


def _rating(rows: pd.DataFrame, dimension: str) -> str:
    """The one rating of a dimension among rows that do not contradict each other."""
    ratings = set(rows.loc[rows["dimension"] == dimension, "rating"]) - {UNRATED}
    return ratings.pop() if ratings else UNRATED
