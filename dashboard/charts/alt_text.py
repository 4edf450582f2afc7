"""Sentences for readers who do not see a chart: scatter, heat map, distribution, parts of a whole.

What the sentences of lines, maps and rankings have to say stands in `describe`.
"""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.model import Indicator
from dashboard.catalogue.naming import runs
from dashboard.charts.distribution import quartiles
from dashboard.charts.formats import quantity, years

MOST_NAMED = 4


def describe_scatter(pairs: pd.DataFrame, x: Indicator, y: Indicator, year: int) -> str:
    """What a scatter shows in a year: how many places, the extremes on both axes, who lacks what.

    Args:
        pairs: one row per place and year, as `transforms.pairs.pair` returns them.
        x: the indicator across.
        y: the indicator upwards.
        year: the year shown.
    """
    subject = f"Scatter of {y.name} against {x.name}, {year}"
    shown = pairs[(pairs["year"] == year).fillna(False)]
    if shown.empty:
        return f"{subject}: no place has both values."
    parts = [f"{_count(len(shown))} with both values"]
    for axis, indicator in (("x", x), ("y", y)):
        row = shown.loc[shown[axis].idxmax()]
        told = quantity(row[axis], indicator, row[f"{axis}_qualifier"], row.get(f"{axis}_high"))
        parts.append(f"highest {indicator.short_name} {row['place_name']} with {told}")
    if len(shown) > 2:
        parts.append(_order(shown))
    return f"{subject}: {'; '.join(parts)}."


def _order(shown: pd.DataFrame) -> str:
    """Whether places that are higher on one axis are higher on the other, by rank correlation."""
    across, up = shown["x"].rank(), shown["y"].rank()
    if across.nunique() < 2 or up.nunique() < 2:
        return "no common order of the two"
    rho = float(across.corr(up))
    if abs(rho) < 0.3:
        return f"hardly any common order of the two (rank correlation {_signed(rho)})"
    which = "higher" if rho > 0 else "lower"
    return f"places higher in one tend to be {which} in the other (rank correlation {_signed(rho)})"


def _signed(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")


def describe_heat(rows: pd.DataFrame, indicator: Indicator) -> str:
    """What a heat map shows: places, years, the extremes, how many cells are empty.

    Args:
        rows: one row per place and year.
        indicator: name and unit.
    """
    held = rows[rows["value"].notna()]
    if held.empty:
        return f"Heat map of {indicator.name}: no place has a value."
    first, last = int(held["year"].min()), int(held["year"].max())
    places = rows["place_id"].nunique()
    parts = [_count(places)]
    for which in ("highest", "lowest"):
        row = held.loc[held["value"].idxmax() if which == "highest" else held["value"].idxmin()]
        told = quantity(row["value"], indicator, row["qualifier"], row["value_high"])
        parts.append(f"{which} {row['place_name']} in {row['year']} with {told}")
    cells = places * (last - first + 1)
    filled = len(held.drop_duplicates(["place_id", "year"]))
    parts.append(
        f"{cells - filled} of {cells} cells without a value" if filled < cells else "no cell empty"
    )
    return f"Heat map of {indicator.name}, {years(first, last)}: {'; '.join(parts)}."


def describe_distribution(rows: pd.DataFrame, indicator: Indicator, year: int) -> str:
    """What a distribution shows: how many places, the extremes, the median and the quartiles.

    Args:
        rows: one row per place, all of one year.
        indicator: name and unit.
        year: the year of the rows.
    """
    held = rows[rows["value"].notna()]
    subject = f"Distribution of {indicator.name}, {year}"
    if held.empty:
        return f"{subject}: no place has a value."
    ordered = held.sort_values("value")
    ends = (ordered.iloc[0], ordered.iloc[-1])
    told = [
        f"{row['place_name']} with "
        f"{quantity(row['value'], indicator, row['qualifier'], row['value_high'])}"
        for row in ends
    ]
    if len(held) == 1:
        return f"{subject}: one place, {told[0]}."
    parts = [_count(len(held)), f"from {told[0]} to {told[1]}"]
    found = quartiles(held["value"])
    parts += [
        f"{words[:1].lower()}{words[1:]} {quantity(value, indicator)}"
        for words, value in found.items()
    ]
    return f"{subject}: {'; '.join(parts)}."


def describe_parts(rows: pd.DataFrame, whole: str) -> str:
    """What parts of a whole show: the largest parts first and last, and years that do not add up.

    Args:
        rows: part_name, year, value and, as `catalogue.wholes.parts_of` gives it, `remainder`.
        whole: name of the whole.
    """
    held = rows[rows["value"].notna()]
    if "remainder" not in held:
        held = held.assign(remainder=0.0)
    of_years = held.drop_duplicates("year").sort_values("year").set_index("year")["remainder"]
    stacked = list(of_years.index[of_years.notna()])
    if not stacked:
        return f"Parts of {whole}: no year can be stacked."
    said = []
    for year in dict.fromkeys((stacked[0], stacked[-1])):
        of_year = held[held["year"] == year].sort_values("value", ascending=False)
        total = of_year["value"].sum() + of_years[year]
        shares = [
            f"{row['part_name']} {100 * row['value'] / total:.0f} %"
            for _, row in of_year.head(MOST_NAMED).iterrows()
            if total > 0
        ]
        said.append(f"{year} {', '.join(shares)}")
    sentences = [f"Parts of {whole}, {years(stacked[0], stacked[-1])}: {'; '.join(said)}"]
    for words, is_meant in (
        ("With a part that is not given", of_years > 0),
        ("Left out because parts are missing or do not add up", of_years.isna()),
    ):
        if is_meant.any():
            sentences.append(f"{words}: {runs(list(of_years.index[is_meant]))}")
    return f"{'. '.join(sentences)}."


def _count(number: int) -> str:
    return f"{number} place{'s' if number > 1 else ''}"
