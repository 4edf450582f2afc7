"""What a place does more of than others: location quotients and relative shares of sectors."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


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


def location_quotients(rows: pd.DataFrame) -> Specialisation:
    """Location quotients: a sector's share of a place over its share of all places together.

    LQ = (xᵢⱼ ÷ Σⱼ xᵢⱼ) ÷ (Σᵢ xᵢⱼ ÷ Σᵢⱼ xᵢⱼ) for place i and sector j. Above 1 the place is
    specialised in the sector. Of exports it is Balassa's index of revealed comparative advantage.
    The sums are those of the rows given: the sectors should be all of a place's.

    References: R. M. Haig, Major Economic Factors in Metropolitan Growth and Arrangement (1927);
    P. S. Florence, Investment, Location and Size of Plant (1948); B. Balassa, Trade
    Liberalisation and "Revealed" Comparative Advantage, The Manchester School 33 (1965).

    Args:
        rows: place_id, place_name, sector, value: one level per place and sector, such as
            employment or exports of one year, in one unit. A place that lacks a sector which
            others have is left out by name: its total would be too small.

    Raises:
        ValueError: if a value is below zero, or a place has a sector twice.
    """
    _check(rows, "value")
    wide = rows.pivot(index="place_id", columns="sector", values="value")
    names = dict(zip(rows["place_id"], rows["place_name"], strict=True))
    left_out = []
    for place_id, row in wide.iterrows():
        lacking = [str(name) for name in wide.columns[row.isna()]]
        if lacking:
            left_out.append((names[place_id], f"no value of {', '.join(lacking)}"))
        elif not row.sum() > 0:
            left_out.append((names[place_id], "nothing above zero"))
    usable = wide.dropna()
    usable = usable[usable.sum(axis=1) > 0]
    shares = 100 * usable.div(usable.sum(axis=1), axis=0)
    reference = 100 * usable.sum() / usable.sum().sum()
    empty = [str(name) for name in reference.index[~(reference > 0)]]
    left_out += [(name, "nothing in any place") for name in empty]
    kept = rows[rows["place_id"].isin(usable.index) & ~rows["sector"].isin(empty)]
    kept = _with_quotients(kept, _looked_up(shares, kept), kept["sector"].map(reference))
    said = f"Reference: the {len(usable)} places together, each counted by its size."
    return Specialisation(kept, tuple(left_out), said)


def relative_shares(rows: pd.DataFrame, column: str, fewest: int = 2) -> Specialisation:
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
        fewest: how many other places must list a sector.

    Raises:
        ValueError: if a share is below zero, or a place has a sector twice.
    """
    _check(rows, column)
    held = rows[rows[column].notna()]
    of_sector = held.groupby("sector")[column]
    others = of_sector.transform("size") - 1
    reference = (of_sector.transform("sum") - held[column]) / others.where(others > 0)
    usable = (others >= fewest) & (reference > 0)
    left_out = [
        (str(sector), f"listed by {', '.join(group['place_name'])} only")
        for sector, group in held[~usable].groupby("sector", sort=False)
    ]
    kept = held[usable]
    table = _with_quotients(kept, kept[column], reference[usable])
    said = (
        "Reference: the mean share in the other places that list the sector, each counted once. "
        "Places list their largest sectors only, so that quotients come out low."
    )
    return Specialisation(table, tuple(left_out), said)


def relative_productivity(rows: pd.DataFrame) -> pd.DataFrame:
    """Value added a worker of a sector against that of all sectors of the place; 1 is the same.

    The share of value added over the share of employment, both of the same whole: the unit of
    money and the size of the place fall out. The quotient of two printed shares is only as exact
    as their decimals.

    Args:
        rows: employment_share and value_added_share, in per cent of the same whole.

    Returns:
        The rows that have both shares, with `relative_productivity`.
    """
    held = rows[(rows["employment_share"] > 0) & rows["value_added_share"].notna()]
    quotient = held["value_added_share"] / held["employment_share"]
    return held.assign(relative_productivity=quotient).reset_index(drop=True)


def _check(rows: pd.DataFrame, column: str) -> None:
    negative = rows[rows[column] < 0]
    if len(negative):
        raise ValueError(f"Shares need values of zero or more; {negative.iloc[0].to_dict()}.")
    twice = rows[rows.duplicated(["place_id", "sector"])]
    if len(twice):
        raise ValueError(f"One row per place and sector; twice: {twice.iloc[0].to_dict()}.")


def _looked_up(shares: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    wanted = pd.MultiIndex.from_frame(rows[["place_id", "sector"]])
    return shares.stack().reindex(wanted).set_axis(rows.index)


def _with_quotients(rows: pd.DataFrame, share: pd.Series, reference: pd.Series) -> pd.DataFrame:
    table = rows.assign(share=share, reference_share=reference, quotient=share / reference)
    return table.reset_index(drop=True)
