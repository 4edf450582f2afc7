"""The largest part of some values that compares, and what is left out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.comparability import (
    MOST_NAMED,
    comparability,
    concepts_of,
    coverage_words,
    told_apart,
)
from dashboard.catalogue.findings import Finding, about
from dashboard.catalogue.legal_limits import legal_limits
from dashboard.catalogue.naming import names_and_years
from dashboard.catalogue.nearness import YEARS_APART, far_in_time, is_cross_section


@dataclass(frozen=True)
class Comparable:
    """The largest part of some rows that compares, and a finding for each part left out."""

    rows: pd.DataFrame
    dropped: tuple[Finding, ...]


def only_comparable(rows: pd.DataFrame, catalogue: Catalogue) -> Comparable:
    """The largest part of the rows that holds nothing of severity `not_comparable`.

    Kept is the part with most places, then with most rows, then with the newest year; on a tie
    the one that stands first. Rows that only ask for care stay.

    Args:
        rows: as for `comparability`.
        catalogue: as for `comparability`.

    Returns:
        The rows kept, in their order, and for each reason a finding that names what was left out.
    """
    if not any(item.severity == "not_comparable" for item in comparability(rows, catalogue)):
        return Comparable(rows, ())
    marked = told_apart(rows, catalogue).reset_index(drop=True)
    limits = legal_limits(catalogue)
    marked = marked.assign(
        _concept=concepts_of(marked, catalogue),
        _limit=[limits[key].key if key else "" for key in marked["definition_id"]],
        _limit_words=[limits[key].words if key else "" for key in marked["definition_id"]],
        _covers=[coverage_words(row, catalogue) for row in marked.itertuples(index=False)],
    )
    stated = [limit for limit in dict.fromkeys(marked["_limit"]) if limit]
    # Under rival limits a row that names no law cannot be shown to compare with any.
    allowed = [[limit] for limit in stated] if len(stated) > 1 else [["", *stated]]
    choices = [_left_out(marked, limits) for limits in allowed]
    code = max(choices, key=lambda codes: _size(marked[codes == ""]))
    keep = (code == "").to_numpy()
    dropped = []
    for reason, group in marked[~keep].groupby(code[~keep], sort=False):
        group = group.assign(_words=_reason_words(group, str(reason), catalogue))
        for words, alike in group.groupby("_words", sort=False):
            who = names_and_years(alike, MOST_NAMED, joint=", ")
            text = f"Left out, {words}: {who}."
            dropped.append(about(alike, "missing", str(reason), text))
    return Comparable(rows[keep].reset_index(drop=True), tuple(dropped))


def _size(part: pd.DataFrame) -> tuple[int, int, int]:
    """What makes a part better than another: more places, more rows, the newer year."""
    newest = part["year"].max()
    return part["place_id"].nunique(), len(part), 0 if pd.isna(newest) else int(newest)


def _left_out(marked: pd.DataFrame, limits: Sequence[str]) -> pd.Series:
    """Code of what speaks against each row, "" for the largest part under the limits given."""
    code = pd.Series("", index=marked.index, dtype="object")
    other = ~marked["_limit"].isin(limits)
    code[other] = "sme_definition"
    code[other & (marked["_limit"] == "")] = "sme_definition_unstated"
    for _, rivals in marked[code == ""].groupby("_concept", sort=False):
        parts = [
            _near_in_time(alike)
            for _, alike in rivals.groupby(["indicator_id", "_covers"], sort=False)
        ]
        best = max(parts, key=_size)
        others = rivals.drop(index=best.index)
        same_indicator = others["indicator_id"] == best["indicator_id"].iloc[0]
        same_coverage = same_indicator & (others["_covers"] == best["_covers"].iloc[0])
        code[others.index] = np.select(
            [same_coverage, same_indicator], ["years_apart", "scope"], "concept"
        )
    return code


def _near_in_time(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of one year each that lie near enough to others; all rows where lines are drawn."""
    if not is_cross_section(rows):
        return rows
    far, _ = far_in_time(rows)
    return rows[~rows["place_id"].isin(far)]


def _reason_words(rows: pd.DataFrame, code: str, catalogue: Catalogue) -> list[str]:
    """Why each row was left out."""
    if code == "sme_definition":
        return [f"other legal SME limits ({limit})" for limit in rows["_limit_words"]]
    if code == "sme_definition_unstated":
        return ["legal SME definition not named"] * len(rows)
    if code == "scope":
        return [f"covers {covers}" for covers in rows["_covers"]]
    if code == "concept":
        names = [catalogue.indicators[key].name for key in rows["indicator_id"]]
        return [f"counted otherwise ({name})" for name in names]
    return [f"more than {YEARS_APART} years from the others"] * len(rows)
