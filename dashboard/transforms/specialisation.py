"""What a place does more of than others: relative shares of sectors."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

# How many other places must list a sector for their mean to be a reference.
FEWEST_OTHERS = 2


@dataclass(frozen=True, eq=False)
class Specialisation:
    """How a place's share of each sector stands to a reference; 1 is the same as the reference.

    Attributes:
        rows: one row per place and sector: the columns that came in, with `share` (per cent of
            the place), `reference_share` (per cent) and `quotient`.
        left_out: a place or a sector and why it has no quotient.
        said: the reference in words, for the chart.
    """

    rows: pd.DataFrame
    left_out: tuple[tuple[str, str], ...]
    said: str


def relative_shares(rows: pd.DataFrame, column: str) -> Specialisation:
    """A sector's share of a place over the mean of its shares in the other places that list it.

    For tables that hold shares and no levels, and only the largest sectors of each place. Then no
    total is known: the reference is the plain mean over the others, each counted once whatever its
    size, and because a place lists a sector only where it is large, the reference is too high and
    the quotient too low. It tells places apart that list the same sector; it is no location
    quotient of Haig and Florence.

    Args:
        rows: place_id, place_name, sector and a column of shares in per cent of the place, such
            as employment in manufacturing of one year.
        column: name of the column of shares.

    Raises:
        ValueError: if a share is below zero, or a place has a sector twice.
    """
    _check(rows, column)
    held = rows[rows[column].notna()]
    of_sector = held.groupby("sector")[column]
    others = of_sector.transform("size") - 1
    reference = (of_sector.transform("sum") - held[column]) / others.where(others > 0)
    usable = (others >= FEWEST_OTHERS) & (reference > 0)
    left_out = [
        (str(sector), f"listed by {', '.join(group['place_name'])} only")
        for sector, group in held[~usable].groupby("sector", sort=False)
    ]
    kept = held[usable]
    share, reference = kept[column], reference[usable]
    table = kept.assign(share=share, reference_share=reference, quotient=share / reference)
    said = (
        "Reference: the mean share in the other places that list the sector, each counted once. "
        "Places list their largest sectors only, so that quotients come out low."
    )
    return Specialisation(table.reset_index(drop=True), tuple(left_out), said)


def _check(rows: pd.DataFrame, column: str) -> None:
    negative = rows[rows[column] < 0]
    if len(negative):
        raise ValueError(f"Shares need values of zero or more; {negative.iloc[0].to_dict()}.")
    twice = rows[rows.duplicated(["place_id", "sector"])]
    if len(twice):
        raise ValueError(f"One row per place and sector; twice: {twice.iloc[0].to_dict()}.")
