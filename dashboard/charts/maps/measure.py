"""What economies are shaded or circled by: values, ranks, classes and scales, and their words."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

from dashboard.catalogue.model import Indicator
from dashboard.charts import formats
from dashboard.charts.theme import Theme
from dashboard.transforms.classes import Classes, classify, classify_around_zero
from dashboard.transforms.earlier import nearest_earlier

Method = Literal["continuous", "quantile", "natural"]
NUMBERS = ("no", "one", "two", "three", "four", "five")
BAR_PIXELS = 180  # of the colour bar, which leaves room for the year on a telephone
BAR_LETTERS = 27  # of a line over it
# Of a row, what is drawn or said of it: reading the rest takes as long as the drawing.
DRAWN_COLUMNS = ["place_id", "year", "value", "value_high", "qualifier", "period_note"]


@dataclass(frozen=True, eq=False)
class Measure:
    """What economies are shaded or circled by.

    `values`: one row per economy and year, every year that the slider should have, with the
    columns of `Catalogue.series`. `method`: one scale without steps, or classes. `tolerance`: how
    many years back a missing value may be taken from, at most five. `context`: economies drawn like
    the rest that neither ranks nor scale count.
    """

    values: pd.DataFrame
    indicator: Indicator
    method: Method = "continuous"
    tolerance: int = 0
    context: frozenset[str] = frozenset()

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years with a value, in order."""
        return tuple(sorted(int(year) for year in self.values["year"].dropna().unique()))

    @cached_property
    def by_year(self) -> dict[int, dict[str, Any]]:
        """Row of each economy in each year, with its rank among those of that year.

        The rank of an economy for context is missing.
        """
        shown = nearest_earlier(self.values[DRAWN_COLUMNS], self.years, self.tolerance)
        counted = shown[~shown["place_id"].isin(self.context)]
        ranks = counted.groupby("shown_year")["value"].rank(method="min", ascending=False)
        found: dict[int, dict[str, Any]] = {}
        for row in shown.assign(rank=ranks.astype("Int64")).itertuples(index=False):
            found.setdefault(int(row.shown_year), {})[row.place_id] = row
        return found

    @property
    def numbers(self) -> pd.Series:
        """All values of all years: what a scale has to hold, so that it is the same every year."""
        return self.values.loc[~self.values["place_id"].isin(self.context), "value"].dropna()

    @property
    def is_diverging(self) -> bool:
        """True when some value lies below zero, so that zero has to be seen."""
        return bool((self.numbers < 0).any())

    @cached_property
    def classes(self) -> Classes | None:
        """The classes of all values of all years; None on a scale without steps."""
        if self.method == "continuous":
            return None
        make = classify_around_zero if self.is_diverging else classify
        return make(self.numbers.to_numpy(), self.method)

    def words(self, row: Any, year: int) -> str:
        """A value with unit and doubt, its own year where it is another one, and its rank."""
        value = formats.quantity(row.value, self.indicator, row.qualifier, row.value_high)
        if row.period_note:
            value = f"{value} ({row.period_note} {row.year})"
        elif row.year != year:
            late = year - row.year
            value = f"{value} ({row.year}, {NUMBERS[late]} year{'s' * (late > 1)} earlier)"
        if pd.isna(row.rank):
            return value
        return f"{value}, rank {row.rank} of {self._counts[year]}"

    @cached_property
    def _counts(self) -> dict[int, int]:
        """How many economies are ranked in each year."""
        return {year: len(rows.keys() - self.context) for year, rows in self.by_year.items()}


def continuous_scale(measure: Measure, look: Theme) -> dict[str, Any]:
    """A scale without steps.

    It ends at the 97th percentile of all values of all years: one extreme year of one small economy
    would leave all others in the palest shade.
    """
    values = measure.numbers
    if measure.is_diverging:
        farthest = float(values.abs().quantile(0.97)) or float(values.abs().max())
        steps = len(look.diverging) - 1
        colours = [[part / steps, colour] for part, colour in enumerate(look.diverging)]
        return {"cmin": -farthest, "cmax": farthest, "colorscale": colours}
    high = float(values.quantile(0.97)) if len(values) else 1.0
    steps = len(look.sequential) - 1
    return {
        "cmin": 0.0,
        "cmax": high if high > 0 else 1.0,
        "colorscale": [[part / steps, colour] for part, colour in enumerate(look.sequential)],
    }


def class_colours(measure: Measure, look: Theme) -> list[str]:
    """The colour of each class, from low to high."""
    classes = measure.classes
    if classes is None:
        return []
    if not measure.is_diverging:
        # Few classes take colours from the whole palette, not its pale end.
        last = len(look.sequential) - 1
        return [
            look.sequential[round(index * last / max(classes.count - 1, 1))]
            for index in range(classes.count)
        ]
    middle = len(look.diverging) // 2
    side = classes.count // 2
    return [
        *(look.diverging[middle - distance] for distance in range(side, 0, -1)),
        *(look.diverging[middle + distance] for distance in range(1, side + 1)),
    ]


def bound_words(classes: Classes) -> list[str]:
    """The bounds of classes as a legend writes them: all decimals they have, and no more."""
    return [_plain(bound) for bound in classes.bounds]


def _plain(bound: float) -> str:
    return formats.number(bound, formats.decimals_of([bound]))


def bar_title(indicator: Indicator) -> str:
    """The unit over a colour bar, on as many lines as the bar's width asks for."""
    return "<br>".join(textwrap.wrap(formats.axis_title(indicator), BAR_LETTERS))


def class_words(measure: Measure) -> list[str]:
    """Each class in words: "1.2 to 2.5 %"."""
    if measure.classes is None:
        return []
    bounds = bound_words(measure.classes)
    unit = measure.indicator.unit_symbol
    return [f"{low} to {high} {unit}".strip() for low, high in pairwise(bounds)]
