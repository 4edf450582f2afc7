"""How numbers are written: decimals, thousands and units as the indicator says."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterable
from typing import Any

from dashboard.catalogue.model import Indicator
from dashboard.catalogue.naming import begun

_STEPS = ((1e12, "tn"), (1e9, "bn"), (1e6, "mn"))
_MAGNITUDES = {"": 1.0, "m": 1e6, "mn": 1e6, "100 m": 1e8, "bn": 1e9, "tn": 1e12}
_MARKS = {"exact": "", "approximate": "about ", "at_least": "at least ", "at_most": "at most ",
          "range": "about "}  # fmt: skip
# "US$", "US$ bn PPP", "int$ (2021)", "TWD bn", "INR crore": currency, magnitude, price base.
_MONEY = re.compile(
    r"^(?P<currency>US\$|int\$|NT\$|[A-Z]{3})"
    r"(?: (?P<size>100 m|[a-z]+))?(?: (?P<base>PPP|\(.+\)))?$"
)
_CURRENCY = re.compile(r"^(US\$|int\$|NT\$|[A-Z]{3}) | (PPP|\(\d{4}\))$")

NO_VALUE = "no value"
SIGNIFICANT = 4
MOST_DECIMALS = 12


def number(value: float | None, decimals: int) -> str:
    """A number with thousands separators; from one million on four digits and mn, bn or tn.

    Missing values are written in words; zero is never put in their place.
    """
    if value is None or not math.isfinite(value):
        return NO_VALUE
    rounded = round(float(value), decimals)
    if abs(rounded) >= _STEPS[-1][0]:
        rounded = float(f"{rounded:.{SIGNIFICANT}g}")  # what rounds up to a step is written in it
        size, word = next(step for step in _STEPS if abs(rounded) >= step[0])
        return f"{_significant(rounded / size)} {word}".replace("-", "−")
    text = f"{rounded:,.{decimals}f}"
    is_zero = not text.strip("-0.,")
    return text.lstrip("-") if is_zero else text.replace("-", "−")


def decimals_of(values: Iterable[float]) -> int:
    """The fewest decimals with which all of some round numbers can be written."""
    every = list(values)
    return next(
        (
            at
            for at in range(MOST_DECIMALS)
            if all(math.isclose(round(value, at), value) for value in every)
        ),
        MOST_DECIMALS,
    )


def _significant(value: float) -> str:
    """Four digits or all whole ones, without zeros at the end of a fraction."""
    whole = math.floor(math.log10(abs(value))) + 1
    text = f"{value:,.{max(0, SIGNIFICANT - whole)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(
    value: float | None,
    indicator: Indicator,
    qualifier: str = "exact",
    high: float | None = None,
) -> str:
    """A value with its unit and its doubt: "about 3.78 %", "US$ 227.5 bn", "70–90 %".

    Args:
        value: in the indicator's unit; the lower end of a range.
        indicator: unit and decimals.
        qualifier: how firm the value is.
        high: upper end, for a range.
    """
    if value is None or not math.isfinite(value):
        return NO_VALUE
    if qualifier == "range" and high is not None and math.isfinite(high):
        return _joined(_amount(value, indicator, True), _amount(high, indicator, True))
    return _MARKS.get(qualifier, "") + _amount(value, indicator, qualifier != "exact")


def _amount(value: float, indicator: Indicator, is_rough: bool) -> str:
    """A value with its unit; a rough one without decimals that its source lacks (50, not 50.0)."""
    decimals = 0 if is_rough and value == round(value) else indicator.decimals
    symbol = indicator.unit_symbol
    money = _MONEY.match(symbol)
    if money is None:
        return f"{number(value, decimals)} {symbol}".strip()
    size = money["size"] or ""
    if size not in _MAGNITUDES:
        return f"{money['currency']} {number(value, decimals)} {size}"
    text = f"{money['currency']} {number(value * _MAGNITUDES[size], 0)} {money['base'] or ''}"
    return text.strip()


def bare_quantity(value: float, indicator: Indicator) -> str:
    """A value without its currency, where a title says it: "9 bn", "2.5 %"."""
    return _CURRENCY.sub("", quantity(value, indicator))


def _joined(low: str, high: str) -> str:
    """Two ends of a range, unit and currency written once: "70–90 %", "US$ 1.5–2 bn"."""
    before, _, unit = low.rpartition(" ")
    if not before or not high.endswith(f" {unit}"):
        return f"{low} to {high}"
    return f"{before}–{high.removeprefix(before.rpartition(' ')[0] + ' ')}"


def money(amount_millions: float, currency: str, qualifier: str = "exact") -> str:
    """An amount of a programme, held in millions: "JPY 46.5 bn", "about VND 17 tn"."""
    return f"{_MARKS.get(qualifier, '')}{currency} {number(amount_millions * 1e6, 0)}"


def change(value: float, changed: Indicator, qualifier: str = "exact") -> str:
    """A change with its sign: "+0.42 points", "−12.5 %", "about +3.1 %".

    Args:
        value: in percentage points or per cent.
        changed: the indicator as `transforms.change_between` returns it.
        qualifier: how firm the value is.
    """
    is_points = changed.unit_symbol == "percentage points"
    decimals = changed.decimals if is_points or abs(value) < 100 else 0
    sign = "+" if round(value, decimals) > 0 else ""
    unit = "points" if is_points else changed.unit_symbol
    return f"{_MARKS.get(qualifier, '')}{sign}{number(value, decimals)} {unit}"


def axis_title(indicator: Indicator) -> str:
    """The unit in words, its first letter a capital, for an axis or a subtitle."""
    return begun(indicator.unit)


def axis(indicator: Indicator, low: float, high: float) -> dict[str, Any]:
    """Title and ticks of a value axis, as Plotly takes them.

    Large numbers get ticks in words ("US$ 2 tn") and a title without the magnitude, which would
    else multiply with the tick's own. No tick stands beyond the values: 120 per cent is no share.

    Args:
        indicator: unit and decimals.
        low: lower end of the axis, in the indicator's unit.
        high: upper end of the axis.
    """
    is_money = _MONEY.match(indicator.unit_symbol) is not None
    ticks = _round_steps(low, high)
    if not is_money and max(abs(low), abs(high)) < _STEPS[-1][0]:
        return {
            "title": {"text": axis_title(indicator)},
            "tickvals": ticks,
            "separatethousands": True,
        }
    return {
        "title": {"text": begun(re.sub(r"^(million|billion|trillion) ", "", indicator.unit))},
        "tickvals": ticks,
        "ticktext": [quantity(tick, indicator) if tick else "0" for tick in ticks],
    }


def few_ticks(indicator: Indicator, low: float, high: float, most: int = 4) -> dict[str, Any]:
    """Title and a few short ticks of a value axis with little room, as Plotly takes them.

    Ticks lack the currency ("2 tn"), which the title says.

    Args:
        indicator: unit and decimals.
        low: lower end of the axis, in the indicator's unit.
        high: upper end of the axis.
        most: how many steps the axis may have.
    """
    wide = axis(indicator, low, high)
    ticks = _round_steps(low, high, most)
    if "ticktext" in wide:
        texts = [bare_quantity(tick, indicator) if tick else "0" for tick in ticks]
    else:
        texts = [f"{tick:,.10g}".replace("-", "−") for tick in ticks]
    return {"title": wide["title"], "tickvals": ticks, "ticktext": texts, "tickangle": 0}


def log_axis(indicator: Indicator, low: float, high: float, most: int = 12) -> dict[str, Any]:
    """Title and ticks of a logarithmic axis, written in full: Plotly drops the zeros.

    Ticks stand at 1, 2 and 5 of each power of ten, or at the powers alone where there are many.
    Like those of `few_ticks` they lack the currency, which the title says.

    Args:
        indicator: unit and decimals.
        low: lower end of the axis, above zero, in the indicator's unit.
        high: upper end of the axis.
        most: how many ticks the axis may have.
    """
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 2, 5) if len(powers) <= 4 else (1,)
    ticks = [step * 10.0**power for power in powers for step in steps]
    ticks = [tick for tick in ticks if low / 2 <= tick <= high * 2]
    ticks = ticks[:: math.ceil(len(ticks) / most) or 1]
    wide = axis(indicator, low, high)
    if "ticktext" in wide:
        texts = [bare_quantity(tick, indicator) for tick in ticks]
    else:
        texts = [number(tick, max(0, -math.floor(math.log10(tick)))) for tick in ticks]
    title = f"{wide['title']['text']} (log scale)"
    return {"title": {"text": title}, "tickvals": ticks, "ticktext": texts}


def _round_steps(low: float, high: float, most: int = 6) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten that lie between two bounds."""
    rough = (high - low) / most
    if rough <= 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [index * step for index in range(first, last + 1)]


def years(first: int, last: int) -> str:
    """A span of years: "1996–2023", or one year."""
    return str(first) if first == last else f"{first}–{last}"


def date(text: str) -> str:
    """A date in ISO 8601 as a reader reads it, no more precise than it is: "August 1972"."""
    year, *rest = text.split("-")
    if not rest:
        return year
    month = f"{calendar.month_name[int(rest[0])]} {year}"
    return f"{int(rest[1])} {month}" if rest[1:] else month


def words(identifier: str) -> str:
    """An identifier of the vocabulary as a reader reads it."""
    return WORDS.get(identifier, identifier.replace("_", " ").capitalize())


ROLES = {
    "mixed": "design and manufacturing",
    "manufacturing": "manufacturing",
    "design": "design",
    "R&D": "R&D",
    "assembly_test": "assembly and test",
}

WORDS = {
    "yours": "Your data",
    "traditional_manufacturing": "Traditional manufacturing",
    "natural_resource_based": "Natural-resource-based",
    "complex_product_systems": "Complex product systems",
    "specialised_suppliers": "Specialised suppliers",
    "science_based": "Science-based",
    "subnational": "Sub-national",
    "sme_dominated": "SME-dominated",
    "tnc_dominated": "TNC-dominated",
    "mixed": "Mixed",
    "joint_rd": "Joint R&D",
    "mou": "Agreement",
    "company_link": "Company link",
    "stated_aim": "Stated aim of the belt project",
    "sme": "SMEs",
    "fdi": "FDI",
    "rd": "R&D",
    "semiconductors": "Semiconductors",
    "programme_funding": "Programmes",
    "structure": "Industry",
    "human_capital": "Human capital",
    "context": "Context",
    "aggregate": "Group of places",
    "at_least": "at least",
    "at_most": "at most",
}
