"""Parts of a whole, stacked: bands through the years, or a bar for each year."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator
from dashboard.charts import formats
from dashboard.charts.doubt import is_firm
from dashboard.charts.figures import new_figure
from dashboard.charts.labels import spread
from dashboard.charts.theme import Theme, template

HEIGHT = 460
LABEL_LETTERS = 18
LABEL_LINE = 0.048  # of the plot's height
NOT_GIVEN = "not_given"
NOT_GIVEN_NAME = "Not given"
BAR_WIDTH = 0.72  # of the time from one bar to the next
MOST_YEARS = 4  # that a bar may take for it, where years lie far apart
FEW_YEARS = 8  # from first to last: Plotly would write half years


def stacked(
    rows: pd.DataFrame,
    indicator: Indicator,
    parts: Mapping[str, str],
    look: Theme,
    *,
    kind: Literal["area", "bar"],
    share: bool,
) -> go.Figure:
    """The parts of one whole on one another, from zero.

    Args:
        rows: one row per part and year: part, year, value, qualifier; with `remainder` (as
            `catalogue.wholes.parts_of` gives it) years without one are left out and what lacks to
            the whole is a part of its own, hatched. With `whole_value` shares are of it.
        indicator: unit and decimals of the values.
        parts: name of each part by its identifier, in the order from the bottom up.
        look: colours of the mode.
        kind: "area" joins years that follow one another and have the same parts; it breaks at a
            gap, and a year on its own is a bar. "bar" draws every year as one.
        share: draw per cent of the whole instead of the values.

    Returns:
        Traces by part, each named, with the names of the parts at the right of the last year. Bars
        of values that are not exact are hatched.
    """
    stack = _Stack(rows, indicator, parts, look, share)
    figure = new_figure()
    if kind == "area":
        runs = stack.runs()
        for number, years in enumerate(runs):
            for part in stack.order:
                if len(years) > 1:
                    figure.add_trace(stack.area(part, years, number))
        lone = [years[0] for years in runs if len(years) == 1]
    else:
        lone = stack.years
    if lone:
        for part in stack.order:
            figure.add_trace(stack.bars(part, lone))
    highest = max((stack.tops(year)[-1] for year in stack.years), default=1.0)
    is_share = share or indicator.unit_symbol == "%"
    axis = stack.axis(highest)
    figure.update_layout(
        template=template(look),
        height=HEIGHT,
        showlegend=False,
        barmode="stack",
        hovermode="x unified",
        dragmode=False,
        uirevision=f"parts-{indicator.indicator_id}-{kind}-{share}",
        margin={"t": 16, "r": 16},
        xaxis={
            "tickformat": "d",
            "hoverformat": "d",
            "showgrid": False,
            "fixedrange": True,
            **stack.year_axis(),
        },
        yaxis={**axis, "range": [0, highest if is_share else 1.04 * highest], "fixedrange": True},
    )
    _name_parts(figure, stack, highest)
    return figure


@dataclass(frozen=True, eq=False)
class _Stack:
    """The values of each part and year, in the unit drawn."""

    rows: pd.DataFrame
    indicator: Indicator
    parts: Mapping[str, str]
    look: Theme
    share: bool

    @cached_property
    def held(self) -> pd.DataFrame:
        """The rows that are drawn."""
        kept = self.rows[self.rows["value"].notna() & self.rows["part"].isin(self.parts)]
        if "remainder" in kept:
            kept = kept[kept["remainder"].notna()]
        return kept

    @cached_property
    def years(self) -> list[int]:
        return sorted(int(year) for year in self.held["year"].unique())

    @cached_property
    def lacking(self) -> dict[int, float]:
        """What the source does not give, in the unit of the rows."""
        if "remainder" not in self.held:
            return {}
        of_years = self.held.drop_duplicates("year")
        return {
            int(year): float(value)
            for year, value in zip(of_years["year"], of_years["remainder"], strict=True)
            if value > 0
        }

    @cached_property
    def order(self) -> list[str]:
        """The parts that have a value, from the bottom up, what is not given on top."""
        held = set(self.held["part"])
        return [*(part for part in self.parts if part in held), *([NOT_GIVEN] * bool(self.lacking))]

    @cached_property
    def names(self) -> dict[str, str]:
        return {**self.parts, NOT_GIVEN: NOT_GIVEN_NAME}

    @cached_property
    def colours(self) -> dict[str, str]:
        return {**self.look.group_colours(list(self.parts)), NOT_GIVEN: self.look.no_value}

    @cached_property
    def cells(self) -> dict[tuple[str, int], Any]:
        return {(str(row.part), int(row.year)): row for row in self.held.itertuples()}

    @cached_property
    def rough(self) -> set[tuple[str, int]]:
        """The cells whose value is not exact or an estimate."""
        rows = self.held[~is_firm(self.held)]
        return {
            (str(part), int(year)) for part, year in zip(rows["part"], rows["year"], strict=True)
        }

    @cached_property
    def wholes(self) -> dict[int, float]:
        """What shares are shares of: the whole as it is given, else the sum of the parts."""
        sums = self.held.groupby("year")["value"].sum()
        if "whole_value" in self.held:
            given = self.held.drop_duplicates("year").set_index("year")["whole_value"]
            sums = given.fillna(sums)
        return {int(year): float(value) for year, value in sums.items()}

    def value(self, part: str, year: int) -> float:
        """What is drawn: zero for a part without a value in a year that is whole without it."""
        if part == NOT_GIVEN:
            value = self.lacking.get(year, 0.0)
        else:
            value = float(self.cells[part, year].value) if (part, year) in self.cells else 0.0
        return 100 * value / self.wholes[year] if self.share and self.wholes[year] else value

    def words(self, part: str, year: int) -> str:
        if part != NOT_GIVEN and (part, year) not in self.cells:
            return "not given"
        if part == NOT_GIVEN:
            told = formats.quantity(self.lacking.get(year, 0.0), self.indicator)
        else:
            row = self.cells[part, year]
            told = formats.quantity(
                row.value, self.indicator, row.qualifier, getattr(row, "value_high", None)
            )
        if not self.share or self.indicator.unit_symbol == "%":
            return told
        return f"{formats.number(self.value(part, year), 1)} % ({told})"

    def tops(self, year: int) -> list[float]:
        """The upper edge of each part in a year."""
        edges, total = [], 0.0
        for part in self.order:
            total += self.value(part, year)
            edges.append(total)
        return edges

    def runs(self) -> list[list[int]]:
        """Years that follow one another with the same parts: no band may rise from nothing."""
        found: list[list[int]] = []
        given = {
            year: {part for part in self.parts if (part, year) in self.cells}
            | ({NOT_GIVEN} if year in self.lacking else set())
            for year in self.years
        }
        for year in self.years:
            before = found[-1][-1] if found else None
            if before == year - 1 and given[before] == given[year]:
                found[-1].append(year)
            else:
                found.append([year])
        return found

    def area(self, part: str, years: list[int], run: int) -> go.Scatter:
        colour = self.colours[part]
        pattern = {"shape": "/", "fgcolor": self.look.muted, "size": 7, "solidity": 0.25}
        return go.Scatter(
            x=years,
            y=[self.value(part, year) for year in years],
            stackgroup=f"run {run}",
            mode="lines",
            name=self.names[part],
            text=[self.words(part, year) for year in years],
            hovertemplate="%{text}",
            line={"width": 0.8, "color": self.look.card},
            fillcolor=colour,
            fillpattern=pattern if part == NOT_GIVEN else None,
            legendgroup=part,
        )

    def bars(self, part: str, years: list[int]) -> go.Bar:
        firm = [part != NOT_GIVEN and (part, year) not in self.rough for year in years]
        return go.Bar(
            x=years,
            y=[self.value(part, year) for year in years],
            name=self.names[part],
            width=self.bar_width,
            text=[self.words(part, year) for year in years],
            textposition="none",
            hovertemplate="%{text}",
            legendgroup=part,
            marker={
                "color": self.colours[part],
                "line": {"width": 0.8, "color": self.look.card},
                "pattern": {
                    "shape": ["" if sure else "/" for sure in firm],
                    "bgcolor": self.colours[part],
                    "fgcolor": self.look.muted if part == NOT_GIVEN else self.look.card,
                    "size": 7,
                    "solidity": 0.25,
                },
            },
        )

    @cached_property
    def bar_width(self) -> float:
        """In years."""
        nearest = min((other - one for one, other in pairwise(self.years)), default=1)
        return BAR_WIDTH * min(nearest, MOST_YEARS)

    def axis(self, highest: float) -> dict[str, Any]:
        if self.share:
            return {
                "title": {"text": "Per cent of the whole"},
                "tickvals": [0, 20, 40, 60, 80, 100],
            }
        return formats.axis(self.indicator, 0.0, highest)

    def year_axis(self) -> dict[str, Any]:
        if not self.years:
            return {}
        edge = max(0.5, self.bar_width / 2 + 0.1)
        span = self.years[-1] - self.years[0]
        return {
            "range": [self.years[0] - edge, self.years[-1] + edge],
            **({"tickvals": self.years} if span <= FEW_YEARS else {}),
            "autotickangles": [0, 45],
        }


def _name_parts(figure: go.Figure, stack: _Stack, highest: float) -> None:
    """Each part's name beside its band in the last year that has it."""
    if not stack.years:
        return
    last = stack.years[-1]
    labels, middles, colours = [], [], []
    for index, part in enumerate(stack.order):
        held = [year for year in stack.years if stack.value(part, year) > 0]
        if not held:
            continue
        year = held[-1]
        tops = stack.tops(year)
        middles.append(tops[index] - stack.value(part, year) / 2)
        ends = "" if year == last else f" ({year})"
        labels.append(textwrap.wrap(stack.names[part] + ends, LABEL_LETTERS))
        # The neutral shade of what is not given is too pale for letters.
        colours.append(stack.look.muted if part == NOT_GIVEN else stack.colours[part])
    gap = LABEL_LINE * max(map(len, labels), default=0) * highest
    for lines, colour, at in zip(labels, colours, spread(middles, gap, 0.0, highest), strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=at,
            yref="y",
            showarrow=False,
            text="<br>".join(lines),
            font={"color": colour, "size": 13},
            align="left",
        )
    longest = max((len(line) for lines in labels for line in lines), default=0)
    figure.update_layout(margin_r=24 + 8 * longest)
