"""A single value in words, the same in search, citations and pages."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.model import Indicator

SCOPE_WORDS = {
    "all": "all industries",
    "private_sector": "the private sector",
    "industrial": "industry",
    "manufacturing": "manufacturing",
    "services": "services",
    "unspecified": "sectors the source does not name",
}

FIRM_SCALE_WORDS = {
    "all": "firms of all sizes",
    "micro": "micro firms",
    "small": "small firms",
    "sme": "small and medium firms",
    "large": "large firms",
}

QUALIFIER_WORDS = {
    "exact": "",
    "approximate": "about ",
    "at_least": "at least ",
    "at_most": "at most ",
    "range": "",
}


def number(value: float) -> str:
    """A number with thousands separators and up to ten digits, the last ones rounded."""
    return f"{value:,.0f}" if abs(value) >= 1e10 else f"{value:,.10g}"


def amount(row: Any, indicator: Indicator) -> str:
    """The value of an observation with its qualifier and unit: "about 98%", "70–80%"."""
    if row.qualifier == "range" and pd.notna(row.value_high):
        digits = f"{number(row.value_low)}–{number(row.value_high)}"
    else:
        digits = number(row.value)
    unit = indicator.unit_symbol or indicator.unit
    joint = "" if unit == "%" else " "
    return f"{QUALIFIER_WORDS[row.qualifier]}{digits}{joint}{unit}"


def year(row: Any) -> str:
    """The year of an observation: "2003", "FY2003", "2009 (end of October)", "undated"."""
    if pd.isna(row.year):
        return "undated"
    if row.period_note == "FY":
        return f"FY{row.year}"
    return f"{row.year} ({row.period_note})" if row.period_note else str(row.year)


def title(row: Any, catalogue: Catalogue) -> str:
    """An observation in a line: "SMEs in all enterprises: 98% (manufacturing), Taiwan, 2002".

    Args:
        row: a row of the observations table, as a Series or a tuple with its column names.
        catalogue: holds the names of indicator and place.
    """
    indicator = catalogue.indicators[row.indicator_id]
    place = catalogue.label(row.place_id)
    is_whole = row.scope in ("all", "unspecified")
    covers = "" if is_whole else f" ({SCOPE_WORDS[row.scope]})"
    return f"{indicator.name}: {amount(row, indicator)}{covers}, {place}, {year(row)}"
