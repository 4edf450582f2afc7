"""How numbers are written: decimals, thousands and units as the indicator says."""

from __future__ import annotations

import math
import re
from typing import Any

from dashboard.catalogue.model import Indicator

_STEPS = ((1e12, "tn"), (1e9, "bn"), (1e6, "mn"))
_MAGNITUDES = {"m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_MARKS = {
    "exact": "",
    "approximate": "about ",
    "at_least": "at least ",
    "at_most": "at most ",
    "range": "about ",
}
# "US$", "US$ bn", "int$ (2021)", "TWD bn", "INR crore": currency, magnitude, price base.
_MONEY = re.compile(r"^(?P<currency>US\$|int\$|[A-Z]{3})(?: (?P<size>\w+))?(?: (?P<base>\(.+\)))?$")

NO_VALUE = "no value"
SIGNIFICANT = 4


def number(value: float | None, decimals: int) -> str:
    """A number with thousands separators; from one million on four digits and mn, bn or tn.

    Missing values are written in words; zero is never put in their place.
    """
    if value is None or not math.isfinite(value):
        return NO_VALUE
    for size, word in _STEPS:
        if abs(value) >= size:
            return f"{value / size:.{SIGNIFICANT}g} {word}".replace("-", "−")
    text = f"{value:,.{decimals}f}"
    is_zero = not text.strip("-0.,")
    return text.lstrip("-") if is_zero else text.replace("-", "−")


def quantity(value: float | None, indicator: Indicator, qualifier: str = "exact") -> str:
    """A value with its unit and its doubt: "about 3.78 %", "US$ 227.5 bn", "156"."""
    symbol = indicator.unit_symbol
    money = _MONEY.match(symbol)
    if value is None or not math.isfinite(value):
        return NO_VALUE
    if money is None:
        # "Over 50 per cent" is not 50.0: a rough figure gets no decimals that its source lacks.
        is_rough = qualifier != "exact" and value == round(value)
        text = f"{number(value, 0 if is_rough else indicator.decimals)} {symbol}".strip()
    elif (money["size"] or "") in _MAGNITUDES or money["size"] is None:
        full = value * _MAGNITUDES.get(money["size"] or "", 1.0)
        text = f"{money['currency']} {number(full, 0)} {money['base'] or ''}".strip()
    else:
        text = f"{money['currency']} {number(value, indicator.decimals)} {money['size']}"
    return _MARKS.get(qualifier, "") + text


def axis_title(indicator: Indicator) -> str:
    """The unit in words, its first letter a capital, for an axis or a subtitle."""
    return _capital(indicator.unit)


def axis(indicator: Indicator, low: float, high: float) -> dict[str, Any]:
    """Title and ticks of a value axis, as Plotly takes them.

    Large numbers get ticks in words ("US$ 2 tn") and a title without the magnitude, which would
    else multiply with the tick's own; small ones keep Plotly's ticks.

    Args:
        indicator: unit and decimals.
        low: lower end of the axis, in the indicator's unit.
        high: upper end of the axis.
    """
    is_money = _MONEY.match(indicator.unit_symbol) is not None
    if not is_money and max(abs(low), abs(high)) < _STEPS[-1][0]:
        return {"title": {"text": axis_title(indicator)}, "separatethousands": True}
    ticks = _round_steps(low, high)
    return {
        "title": {"text": _capital(re.sub(r"^(million|billion|trillion) ", "", indicator.unit))},
        "tickvals": ticks,
        "ticktext": [quantity(tick, indicator) if tick else "0" for tick in ticks],
    }


def _round_steps(low: float, high: float, most: int = 6) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten that lie between two bounds."""
    rough = (high - low) / most
    if rough <= 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [index * step for index in range(first, last + 1)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def years(first: int, last: int) -> str:
    """A span of years: "1996–2023", or one year."""
    return str(first) if first == last else f"{first}–{last}"


def words(identifier: str) -> str:
    """An identifier of the vocabulary as a reader reads it."""
    return WORDS.get(identifier, identifier.replace("_", " ").capitalize())


WORDS = {
    "traditional_manufacturing": "Traditional manufacturing",
    "natural_resource_based": "Natural-resource-based",
    "complex_product_systems": "Complex product systems",
    "specialised_suppliers": "Specialised suppliers",
    "science_based": "Science-based",
    "subnational": "Sub-national",
    "sme_dominated": "SME-dominated",
    "tnc_dominated": "TNC-dominated",
    "mixed": "Mixed",
    "R&D": "R&D",
    "assembly_test": "Assembly and test",
    "joint_rd": "Joint R&D",
    "mou": "Agreement",
    "company_link": "Company link",
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
