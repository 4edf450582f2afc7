"""Heads by which columns are told, and which of the first rows of a file has them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

# In the languages of the atlas's places; the template's first.
HEADS = {
    "place": ("place", "economy", "country", "country name", "country code", "region", "area",
              "location", "geo", "ref area", "reporter", "hub", "cluster", "iso3", "code",
              "国", "国名", "地域", "국가", "지역", "国家", "地区", "國家", "地區"),
    "year": ("year", "time", "period", "time period", "date", "fiscal year",
             "年", "年度", "年份", "연도"),
    "value": ("value", "obs value", "observation value", "amount", "number", "figure",
              "値", "数値", "값", "数值", "值", "數值"),
    "indicator": ("indicator", "indicator name", "series", "series name", "variable", "measure",
                  "subject", "item", "指標", "지표", "指标"),
    "unit": ("unit", "units", "unit of measure", "unit measure", "単位", "단위", "单位", "單位"),
    "note": ("note", "notes", "comment", "comments", "footnote", "備考", "비고", "备注", "備註"),
}  # fmt: skip
# So many rows are looked at before one of them is taken.
ROWS_TRIED = 12
_KNOWN = {head for heads in HEADS.values() for head in heads}
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\.0+)?(?: \[YR[0-9]{4}\]| ?[年년])?")
# A number, or a sign that says that there is none.
_VALUE = re.compile(r"[-+−]?[0-9][0-9., ]*%?|\W+")


def head_row(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows has the heads; the first one where nothing tells.

    Args:
        rows: tidy cells of at least one row, the empty ones at its end left out.
    """
    told = [_evidence(row) for row in rows]
    best = max(range(len(rows)), key=lambda at: (told[at], -at))
    # One known word alone may be the name of a place or the title of a figure.
    if told[best] > max(told[0], 1):
        return best
    # A title has fewer cells than the table below it, whose heads may lack the first one.
    filled = [sum(map(bool, row)) for row in rows]
    usual = Counter(filled[1:]).most_common(1)[0][0] if len(rows) > 2 else 0
    if told[0] > 1 or filled[0] >= usual:
        return 0
    for at in range(1, len(rows) - 1):
        is_wider = (len(rows[at]), filled[at]) > (len(rows[0]), filled[0])
        if is_wider and filled[at] >= usual - 1 and told[at] >= 0:
            return at
    return 0


def _evidence(row: Sequence[str]) -> int:
    """How many cells are what heads are: known words, or several years; -1 for a row of values."""
    cells = [cell for cell in row if cell]
    years = [cell for cell in cells if _YEAR.fullmatch(cell)]
    values = [cell for cell in cells if _VALUE.fullmatch(cell) and not _YEAR.fullmatch(cell)]
    if values or len(years) == 1 or len(set(cells)) < len(cells):
        return -1
    words = (re.sub(r"\W+|_", " ", cell.casefold()).strip() for cell in cells)
    return sum(word in _KNOWN for word in words) + len(years)
