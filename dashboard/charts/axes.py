"""A value axis with name, unit and ticks that fit a telephone, linear or in powers of ten."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard.catalogue.model import Indicator
from dashboard.charts import formats

TICK_LETTER = 7.4  # mean width in pixels of a letter of a tick
TITLE_LETTERS = 40  # of a line of a title, which a telephone has room for
FEW_POWERS = 3  # of ten, within which ticks at 2 and 5 have room
NARROW = 270  # pixels of an axis from left to right on a telephone


def span_of(
    values: Sequence[float] | np.ndarray, *, logarithmic: bool = False, part: float = 0.06
) -> tuple[float, float]:
    """Two ends of an axis with some room on either side of the values.

    Args:
        values: what the axis has to hold; missing ones are passed over.
        logarithmic: the room is of powers of ten; values of zero or less are passed over.
        part: of the distance between the extremes that is added on either side.

    Returns:
        Lower and upper end in the unit of the values.
    """
    numbers = np.asarray(values, dtype=float)
    numbers = numbers[np.isfinite(numbers)]
    if logarithmic:
        numbers = np.log10(numbers[numbers > 0])
    if not numbers.size:
        return (1.0, 10.0) if logarithmic else (0.0, 1.0)
    low, high = float(numbers.min()), float(numbers.max())
    room = part * (high - low) or (0.3 if logarithmic else 0.1 * abs(high) or 1.0)
    low, high = low - room, high + room
    return (10.0**low, 10.0**high) if logarithmic else (low, high)


def value_axis(
    indicator: Indicator,
    low: float,
    high: float,
    *,
    logarithmic: bool = False,
    named: bool = True,
    pixels: float | None = None,
) -> dict[str, Any]:
    """An axis as Plotly takes it, fixed from one value to another.

    Args:
        indicator: name, unit and decimals.
        low: lower end, in the indicator's unit; above zero on a log axis.
        high: upper end.
        logarithmic: powers of ten, with ticks at 1, 2 and 5 of each where there are few.
        named: the title says what is measured and not only the unit, for charts of two indicators.
        pixels: width of the axis on a narrow screen; as many ticks are left as it has room for.
            None for an axis that stands upright.
    """
    axis = formats.axis(indicator, low, high)
    unit = axis["title"]["text"]
    if logarithmic:
        ticks = _log_ticks(low, high)
        if len(ticks) < 2:  # less than a step of them: even steps say more than one tick
            ticks = [tick for tick in axis["tickvals"] if tick > 0]
        axis = {"tickvals": ticks, "ticktext": [_tick(tick, indicator) for tick in ticks]}
        unit = f"{unit} (log scale)" if unit else "Log scale"
    parts = [indicator.short_name, unit] if named else [unit]
    lines = [line for text in parts for line in textwrap.wrap(text, TITLE_LETTERS)]
    if pixels is not None:
        _thin(axis, pixels)
    ends = [math.log10(low), math.log10(high)] if logarithmic else [low, high]
    return {
        **axis,
        "title": {"text": "<br>".join(lines)},
        "type": "log" if logarithmic else "linear",
        "range": ends,
        "fixedrange": True,
        "zeroline": not logarithmic and low < 0 < high,
        "tickangle": 0,
        "exponentformat": "none",  # Plotly writes 8,000 and then 10k
    }


def _log_ticks(low: float, high: float) -> list[float]:
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 2, 5) if math.log10(high / low) <= FEW_POWERS else (1,)
    ticks = [step * 10.0**power for power in powers for step in steps]
    return [tick for tick in ticks if low <= tick <= high]


def _tick(value: float, indicator: Indicator) -> str:
    """A tick in full, with the currency where the title leaves the magnitude out."""
    in_words = "ticktext" in formats.axis(indicator, 0.0, value)
    if in_words and value >= 1:
        return formats.quantity(value, indicator, "approximate").removeprefix("about ")
    return formats.number(value, max(0, -math.floor(math.log10(value))))


def _thin(axis: dict[str, Any], pixels: float) -> None:
    """Every second tick, every third ... until their texts stand beside each other."""
    ticks = axis["tickvals"]
    texts = axis.get("ticktext") or [f"{tick:,.6g}" for tick in ticks]
    room = TICK_LETTER * (max(map(len, texts), default=0) + 2)
    every = max(1, math.ceil(len(ticks) * room / pixels))
    # Counted from zero, where there is one, so that it keeps its tick.
    start = (ticks.index(0) if 0 in ticks else 0) % every
    axis["tickvals"] = ticks[start::every]
    if "ticktext" in axis:
        axis["ticktext"] = texts[start::every]
