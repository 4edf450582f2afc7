"""Checked values into series of the reader's own; and the files that go back to the reader."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.catalogue import Catalogue, Indicator, Source
from dashboard.catalogue.own import OWN_NAME, OWN_TOPIC, OwnSeries, new_identifier, observations_of
from dashboard.uploads.checking import Checked, said_of, texts_of
from dashboard.uploads.names import Gazetteer
from dashboard.uploads.sheet import EXTRA, tidy, written

# What a reader says of a kind of number, by what the atlas calls it.
KINDS = {
    "share": "A share, a rate or a ratio: may shade a map",
    "level": "An amount or a number of things: drawn as circles",
}
# Letters of what a reader says.
LONGEST = {"title": 90, "unit": 40, "source": 240}
# Decimals of a series: so many of any number, more where small ones would be written as zero or
# different ones alike, and never more than the last.
USUAL_DECIMALS, MOST_DECIMALS = 3, 12
# Digits of the smallest value, and of the largest one where values differ that little.
LEAST_DIGITS, MOST_DIGITS = 3, 6
# Units are printed beside numbers where they are short.
SHORT_UNIT = 12
_PER_CENT = ("%", "per cent", "percent", "percentage")
# What begins markup in a text that a chart draws, or a place for a value in a text that it shows
# to the pointer. Nothing that a reader brings may be either; what looks alike takes its place.
_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
_VALUE = re.compile(r"%(?=\{)")
COPY_COLUMNS = ("place", "year", "indicator", "value", "unit", "note", "row", "problem")


@dataclass(frozen=True)
class About:
    """What the reader says of a series: its title, its unit, its kind, and where it is from."""

    title: str
    unit: str
    kind: str
    source: str

    @property
    def missing(self) -> list[str]:
        """What is still to be said, in words."""
        return [name for name, text in vars(self).items() if not tidy(text)]

    @property
    def too_long(self) -> list[str]:
        """What is longer than there is room for, in sentences; nothing is cut."""
        return [
            f"The {name} has {size:,} letters, and up to {most} fit. Shorten it."
            for name, most in LONGEST.items()
            if (size := len(tidy(getattr(self, name)))) > most
        ]


def harmless(text: str) -> str:
    """A text in one line that is no markup to anything that draws it: "<b" becomes "‹b"."""
    return _VALUE.sub("% ", _MARKUP.sub("‹", tidy(text)))


def series_of(rows: pd.DataFrame, about: About, file: str, catalogue: Catalogue) -> OwnSeries:
    """A series of the reader's own.

    Args:
        rows: the values of one indicator, as `Checked` has them.
        about: what the reader says of it; nothing is missing or too long.
        file: name of the file, for the locator of each value.
        catalogue: holds the table that the values are like.
    """
    key = new_identifier()
    title = OWN_NAME + harmless(about.title)
    unit = harmless(about.unit)
    indicator = Indicator(
        indicator_id=key,
        name=title,
        short_name=title,
        topic=OWN_TOPIC,
        definition="A series that you have brought along. The atlas has not checked it.",
        unit=unit,
        unit_symbol=symbol(unit),
        decimals=_decimals(rows["value"]),
        aggregation=about.kind,
        better="neutral",
        default_chart="line",
        comparability_note="",
        source_code="",
    )
    source = Source(
        source_id=key,
        title=OWN_NAME + harmless(about.source),
        author="",
        year=None,
        url="",
        publisher_type="other",
        licence="",
        retrieved="",
        note="Brought by a reader for this session: not part of the atlas and not checked by it.",
    )
    name = harmless(file)
    columns = {column: harmless(column) for column in rows["column"].unique()}
    located = rows.assign(
        locator=[
            f"{name}, row {line}, column {columns[column]}"
            for line, column in zip(rows["line"], rows["column"], strict=True)
        ],
        note=rows["note"].map({note: harmless(note) for note in rows["note"].unique()}),
    )
    types = catalogue.table("observations").dtypes.to_dict()
    return OwnSeries(indicator, source, observations_of(key, located, types))


def symbol(unit: str) -> str:
    """A unit as it is printed beside a number; empty for one that is long."""
    if unit.casefold().startswith(_PER_CENT):
        return "%"
    return unit if len(unit) <= SHORT_UNIT else ""


def _decimals(values: pd.Series) -> int:
    """As many decimals as the values have, up to those that tell them from zero and each other."""
    values = values.round(MOST_DECIMALS)
    sizes = values[values != 0].abs()
    if sizes.empty:
        return 0
    needed = next(at for at in range(MOST_DECIMALS + 1) if (values.round(at) == values).all())
    enough = min(needed, max(USUAL_DECIMALS, _decimals_of(sizes.min(), LEAST_DIGITS)))
    most = min(needed, _decimals_of(sizes.max(), MOST_DIGITS))
    while enough < most and values.round(enough).nunique() < values.nunique():
        enough += 1
    return enough


def _decimals_of(size: float, digits: int) -> int:
    """The decimals with which a number has so many digits."""
    return digits - 1 - math.floor(math.log10(size))


def corrected(checked: Checked, gazetteer: Gazetteer) -> pd.DataFrame:
    """The table as it was understood: values that are right, mended; those that are not, marked.

    Returns:
        `COPY_COLUMNS` in the order of the file, a row for each cell of a column of values;
        `problem` is empty where nothing is wrong. What is wrong, a gap, said twice or left out
        keeps the texts of the file; cells beyond the last head have a column of their own.
    """
    right = checked.rows.assign(
        place=[gazetteer.name(key) for key in checked.rows["place_id"]], problem=""
    )
    extra = _extra(checked)
    wrong = checked.texts.assign(problem=said_of(checked))
    others = [_others(checked, name).assign(problem="") for name in checked.columns.of_values]
    every = pd.concat([table.astype(object) for table in (right, wrong, *others)])
    order = {name: at for at, name in enumerate(checked.columns.of_values)}
    every = every.assign(at=every["column"].map(order)).rename(columns={"line": "row"})
    every = every.sort_values(["row", "at"], kind="stable").reset_index(drop=True)
    copy = every[list(COPY_COLUMNS)]
    return copy.assign(**{EXTRA: copy["row"].map(extra).fillna("")}) if extra else copy


def _others(checked: Checked, values: str) -> pd.DataFrame:
    """The cells of a column that are neither taken nor wrong: gaps, repeats, what is left out."""
    told = [table.loc[table["column"] == values, "line"] for table in (checked.rows, checked.texts)]
    is_other = ~np.isin(checked.sheet.lines, pd.concat(told).to_numpy("int64"))
    return texts_of(checked.sheet, checked.columns, values, np.flatnonzero(is_other))


def _extra(checked: Checked) -> dict[int, str]:
    """By row of the file, the cells beyond the last head."""
    found: dict[int, str] = {}
    for column in (checked.sheet.columns.get(EXTRA), checked.sheet.extra):
        if column is not None:
            texts = [tidy(written(cell)) for cell in column.cells]
            for line, code in zip(checked.sheet.lines.tolist(), column.codes.tolist(), strict=True):
                if texts[code]:
                    found[line] = f"{found[line]} | {texts[code]}" if line in found else texts[code]
    return found


def template() -> pd.DataFrame:
    """The layout that is read without questions: heads, and two rows to write over."""
    return pd.DataFrame(
        [
            ("Japan", 2020, "Firms in science parks", 1200, "firms", ""),
            ("KOR", 2020, "Firms in science parks", 950, "firms", "Names or codes of places"),
        ],
        columns=["place", "year", "indicator", "value", "unit", "note"],
    )


def sample() -> pd.DataFrame:
    """A file to try the page with: invented numbers, which say so, with years across."""
    names = ("Japan", "South Korea", "China", "台湾", "Singapore", "India")
    years = range(2015, 2025)
    rows = [
        (name, *(round(4 + 1.5 * at + 0.4 * (year - 2015) * (at % 3), 1) for year in years))
        for at, name in enumerate(names)
    ]
    return pd.DataFrame(rows, columns=["place", *map(str, years)])
