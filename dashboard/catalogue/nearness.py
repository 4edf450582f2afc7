"""Whose years lie near enough to each other that their values compare."""

from __future__ import annotations

import numpy as np
import pandas as pd

# Values of different places compare when their years lie this close: most structural shares move
# by less in three years than sources differ, by more in ten.
YEARS_APART = 3


def is_cross_section(rows: pd.DataFrame) -> bool:
    """True if each place has one year only, as in a ranking: the axis does not show the years."""
    return not rows.dropna(subset=["year"]).groupby("place_id")["year"].nunique().gt(1).any()


def far_in_time(rows: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Places to leave out so that any two of the others have years near each other.

    Most places that share one span of years are kept (the newest span on a tie), and of the
    others those near in time to each one kept. Places without a year are not judged.

    Returns:
        The places to leave out, and those of the others that they are far from.
    """
    newest: dict[str, int] = {}
    cells = zip(rows["place_id"].tolist(), rows["year"].tolist(), strict=True)
    for place_id, year in cells:
        if pd.notna(year):
            newest[place_id] = max(year, newest.get(place_id, year))
    # Mostly one span holds the newest year of every place, and nobody is left out.
    if not newest or max(newest.values()) - min(newest.values()) <= YEARS_APART:
        return [], []
    dated = rows["year"].notna()
    years = rows.loc[dated, "year"].to_numpy("int64")
    codes, places = pd.factorize(rows.loc[dated, "place_id"])
    held = np.zeros((len(places), years.max() - years.min() + 1 + YEARS_APART), dtype=bool)
    held[codes, years - years.min()] = True
    # Of each place and first year of a span: has the place a value in the span?
    windows = np.lib.stride_tricks.sliding_window_view(held, YEARS_APART + 1, axis=1)
    spans: np.ndarray = np.asarray(windows.any(axis=2))
    counts = spans.sum(axis=0)
    kept = spans[:, int(np.flatnonzero(counts == counts.max())[-1])].copy()
    near = spans.astype("float32") @ spans.T.astype("float32") > 0
    for place in np.argsort(-held.sum(axis=1), kind="stable"):
        kept[place] |= near[place, kept].all()
    against = kept & ~near[~kept].all(axis=0)
    return list(places[~kept]), list(places[against])
