"""How many rows of each class: bars with the number in their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.captioned import Bar, Panel, captioned_bars, unit_of
from dashboard.charts.formats import number
from dashboard.charts.theme import Theme


@dataclass(frozen=True)
class Tally:
    """A number of things of one class; not `is_known` where the class is that nobody knows."""

    words: str
    count: int
    is_known: bool = True


def tally_bars(panels: Sequence[Sequence[Tally]], thing: str, look: Theme) -> go.Figure:
    """Panels below each other, each with its own axis from zero.

    Args:
        panels: at least one, with at least one number each.
        thing: what is counted, in the plural.
        look: colours of the mode.

    Returns:
        A trace for what is known and one for what is not, in each panel that has them.
    """
    return captioned_bars(
        [Panel(unit_of(thing), [("", [_bar(tally, look) for tally in panel])]) for panel in panels],
        look,
    )


def describe_tallies(panels: Sequence[Sequence[Tally]], what: str) -> str:
    """The figure in a sentence."""
    told = [f"{tally.words} {number(tally.count, 0)}" for panel in panels for tally in panel]
    return f"{what}: {', '.join(told)}."


def _bar(tally: Tally, look: Theme) -> Bar:
    return Bar(
        f"{tally.words}: {number(tally.count, 0)}",
        float(tally.count),
        "Known" if tally.is_known else "Not known",
        look.accent if tally.is_known else look.muted,
    )
