"""Programmes and their amounts as tables: which pass the filters, which period each amount is of.

An amount belongs to one year, to several years, to one decision, or to one region, firm or
project. Nothing here adds amounts up: a total of several years may hold the years beside it, and
figures of one conflict are the same money told twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.offered import PROGRAMME_REGION
from dashboard.catalogue.selection import Selection

YEARLY = ("fiscal_year", "calendar_year")
MONEY_GROUPS = ("public_money", "request", "private_or_total_money")

_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
}  # fmt: skip
_BETWEEN = re.compile(r"(?<!\d)(?P<first>\d{4})[-–](?P<last>\d{4})(?!\d)")
_BACK = re.compile(rf"last (?P<count>{'|'.join(_NUMBERS)}) years to (?P<last>\d{{4}})")
_TO = re.compile(r"(?<!cumulative )(?<!approved )\bto (?:FY)?(?P<last>\d{4})(?!\d)")
_FOR = re.compile(rf"(?<!up to )\b(?P<count>{'|'.join(_NUMBERS)})[ -]years?\b(?! assessment)")
_PARENTHESES = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Span:
    """The years of an amount; `is_stated` False where they are those of its programme."""

    first: int
    last: int
    is_stated: bool = True


def sponsor_name(sponsor: str) -> str:
    """Who pays without what is in brackets: METI with its full name and METI are one sponsor."""
    return _PARENTHESES.sub("", sponsor).strip()


def programmes_shown(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """The programmes that pass the filters, as the table has them.

    Economies, years, approach and governance scale are those of the programme; years keep what
    ran in one of them, and a programme whose source gives no year. Industry and firm scale are
    those of the regions it chose: a programme without such a region does not pass.

    Returns:
        The columns of `programmes` with `sponsor_name`, in the order of the table.
    """
    table = catalogue.table("programmes")
    keep = pd.Series(True, index=table.index)
    if selection.places:
        keep &= table["economy"].isin(selection.places)
    for name in ("approach", "governance_scale"):
        wanted = getattr(selection, name)
        if wanted:
            keep &= table[name].isin(wanted)
    if selection.first_year is not None:
        keep &= ~(table["end_year"] < selection.first_year).fillna(False).astype("bool")
    if selection.last_year is not None:
        keep &= ~(table["start_year"] > selection.last_year).fillna(False).astype("bool")
    if selection.industry_type or selection.industry or selection.firm_scale:
        # The scale asked for is that of programmes; regions have one of their own.
        of_regions = selection.with_(places=(), governance_scale=())
        chosen = {
            region.programme_id
            for region in catalogue.places_of_kind(PROGRAMME_REGION)
            if of_regions.keeps(region)
        }
        keep &= table["programme_id"].isin(chosen)
    found = table[keep].reset_index(drop=True)
    return found.assign(sponsor_name=[sponsor_name(name) for name in found["sponsor"]])


def economies_with_programmes(catalogue: Catalogue) -> list[str]:
    """Economies that run a programme: those of the atlas, then those it compares them with."""
    held = dict.fromkeys(catalogue.table("programmes")["economy"])
    eastern = eastern_economies(catalogue)
    return sorted(held, key=lambda key: (key not in eastern, catalogue.label(key)))


def eastern_economies(catalogue: Catalogue) -> list[str]:
    """Economies of Asia that run a programme; the others are there to compare them with."""
    held = dict.fromkeys(catalogue.table("programmes")["economy"])
    return [key for key in held if "Asia" in catalogue.places[key].region]


def amounts(
    catalogue: Catalogue, programme_ids: list[str], groups: tuple[str, ...] = ("public_money",)
) -> pd.DataFrame:
    """Amounts and counts of programmes, each with the years it is of.

    Args:
        catalogue: holds the tables.
        programme_ids: the programmes, in the order wanted.
        groups: values of `measure_group` to keep.

    Returns:
        One row per row of `programme_funding`, its columns with: programme (its name), economy
        (that pays), first and last (years of a period of several, missing where no source gives
        them), is_stated (False where they are the years of the programme), kind (as `kind_of`).
        In the order of programmes, years and rows.
    """
    order = {key: at for at, key in enumerate(programme_ids)}
    rows = catalogue.table("programme_funding")
    rows = rows[rows["programme_id"].isin(order) & rows["measure_group"].isin(groups)]
    about = catalogue.table("programmes").set_index("programme_id")
    known = about.to_dict("index")
    spans = [span_of(row, known[row["programme_id"]]) for row in rows.to_dict("records")]
    rows = rows.assign(
        programme=rows["programme_id"].map(about["name"]),
        economy=rows["programme_id"].map(about["economy"]),
        first=pd.array([span and span.first for span in spans], dtype="Int64"),
        last=pd.array([span and span.last for span in spans], dtype="Int64"),
        is_stated=[span is not None and span.is_stated for span in spans],
        kind=[kind_of(row) for row in rows.to_dict("records")],
        _order=rows["programme_id"].map(order),
    )
    rows = rows.sort_values(["_order", "year", "funding_id"], kind="stable")
    return rows.drop(columns="_order").reset_index(drop=True)


def kind_of(row: Mapping[str, Any]) -> str:
    """What an amount is of: "year", "years", "decision" (one point in time), "each" or "undated".

    "each" is an amount for every region, firm or project; it must not be taken for the whole.
    """
    if row["period_type"] == "per_unit":
        return "each"
    if pd.isna(row["year"]):
        return "undated"
    if row["period_type"] in YEARLY:
        return "year"
    return "decision" if row["period_type"] == "point" else "years"


def span_of(row: Mapping[str, Any], programme: Mapping[str, Any]) -> Span | None:
    """The years of an amount of several, as its source words them; None where nothing says.

    A total of the whole programme that begins with it and names no years is of its years.

    Args:
        row: a row of `programme_funding`.
        programme: its row of `programmes`.
    """
    if kind_of(row) != "years":
        return None
    words, year = str(row["period_note"]), int(row["year"])
    if found := _BETWEEN.search(words):
        return Span(int(found["first"]), int(found["last"]))
    if found := _BACK.search(words):
        last = int(found["last"])
        return Span(last - _NUMBERS[found["count"]] + 1, last)
    if row["period_type"] == "cumulative":
        return None
    if found := _TO.search(words):
        last = int(found["last"])
        return Span(year, last) if last >= year else None
    if found := _FOR.search(words):
        return Span(year, year + _NUMBERS[found["count"]] - 1)
    ends = programme["end_year"]
    if row["place_id"] == "" and programme["start_year"] == year and not pd.isna(ends):
        return Span(year, int(ends), is_stated=False)
    return None


def drawn_of_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Amounts of one year to draw: the preferred one of each conflict, and its rivals beside it.

    Parts of an amount (one item, one scheme) and figures that another row repeats are left to
    the table. Nothing is added up.

    Args:
        rows: as `amounts` returns them.

    Returns:
        The rows drawn with `is_rival`: True for a figure that contradicts the preferred one or
        was superseded by it.
    """
    conflict = (rows["conflict_group"] != "") & (rows["measure_group"] == "public_money")
    keep = rows[(rows["kind"] == "year") & (rows["headline"] | conflict)]
    return keep.assign(is_rival=~keep["headline"]).reset_index(drop=True)


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """The newest amount of one year of each programme, of the whole programme where it has one.

    Args:
        rows: as `amounts` returns them; other years, conflicts and parts are passed over.
    """
    own = rows[(rows["kind"] == "year") & rows["headline"]]
    own = own.assign(_whole=own["place_id"] == "")
    own = own.sort_values(["_whole", "year"], kind="stable")
    last = own.drop_duplicates("programme_id", keep="last").drop(columns="_whole")
    return last.sort_index().reset_index(drop=True)


def totals(rows: pd.DataFrame) -> pd.DataFrame:
    """What is of several years or of one decision, the row to draw of each."""
    is_total = rows["kind"].isin(("years", "decision")) & rows["headline"]
    return rows[is_total].reset_index(drop=True)


def newest_counts(rows: pd.DataFrame) -> pd.DataFrame:
    """The newest count of each programme and measure, of the whole programme where it has one.

    Rows to draw among rivals come first; a measure that has none of them is kept with its newest
    row, so that no kind of result is passed over in silence.

    Args:
        rows: as `amounts` returns them for participation, outcomes or targets.
    """
    key = ["programme_id", "measure", "currency"]
    ordered = rows[rows["year"].notna()].assign(_whole=rows["place_id"] == "")
    ordered = ordered.sort_values(["headline", "_whole", "year"], kind="stable")
    last = ordered.drop_duplicates(key, keep="last").drop(columns="_whole")
    return last.sort_index().reset_index(drop=True)


def years_without(rows: pd.DataFrame, first: int, last: int) -> list[int]:
    """Years of a programme's course of which no amount of the whole year is held."""
    held = set(rows.loc[rows["kind"] == "year", "year"].dropna().astype("int64"))
    return [year for year in range(first, last + 1) if year not in held]
