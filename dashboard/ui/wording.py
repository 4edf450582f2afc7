"""Rows of the tables as a reader reads them: no column names, no codes."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.catalogue import value_identifiers
from dashboard.catalogue.wording import FIRM_SCALE_WORDS, QUALIFIER_WORDS, SCOPE_WORDS
from dashboard.charts.formats import money, number, quantity, words, years
from dashboard.ui import links

QUALIFIERS = {
    "exact": "as printed by the source",
    "approximate": "approximate",
    "at_least": "at least this much",
    "at_most": "at most this much",
    "range": "between two values",
}
MEASURES = {
    "rnd_by_firms": "R&D by firms",
    "subsidy_cap_percent": "Subsidy cap, share of costs",
    "universities_sci_eng": "Universities with science and engineering",
}
SIZES = {
    "micro": "micro enterprises",
    "small": "small enterprises",
    "medium": "medium enterprises",
    "sme": "small and medium enterprises",
    "msme": "micro, small and medium enterprises",
}
YEAR_BASES = {
    "publication": "the year of publication: the source gives none for the data",
    "unstated": "the source gives no year",
}


def figure(row: Any, catalogue: Catalogue) -> str:
    """The value of an observation with its unit and its doubt."""
    indicator = catalogue.indicators[row["indicator_id"]]
    return quantity(row["value"], indicator, row["qualifier"], row["value_high"])


def period(row: Any) -> str:
    """The year of an observation or amount, with the source's words for it."""
    note = str(row["period_note"]).removeprefix("calendar year").removeprefix(", ")
    if pd.isna(row["year"]):
        return note or "no year given"
    year = str(int(row["year"]))
    if note == "FY" or note.startswith("FY,"):
        return f"FY {year}{note.removeprefix('FY')}"
    if not note or note == year:
        return year
    return note if year in note else f"{year}, {note}"


def coverage(row: Any, catalogue: Catalogue) -> str:
    """Sectors, industry and size of firm that an observation covers; empty when it is all."""
    parts = []
    if row["scope"] != "all":
        parts.append(SCOPE_WORDS[row["scope"]])
    if row["industry"] != "all":
        parts.append(catalogue.industry_names[row["industry"]].lower())
    if row["firm_scale"] != "all":
        parts.append(FIRM_SCALE_WORDS[row["firm_scale"]])
    return ", ".join(parts)


def doubts(row: Any, catalogue: Catalogue, *, meaning: bool = False) -> str:
    """Caveats in words, with what each means if asked for."""
    table = catalogue.table("caveats").set_index("caveat")
    found = [table.loc[code] for code in row["caveats"].split(";") if code]
    if meaning:
        return " ".join(f"{item['name']}: {item['meaning']}" for item in found)
    return ", ".join(item["name"][:1].lower() + item["name"][1:] for item in found)


def document(source_id: str, catalogue: Catalogue) -> str:
    """A document as a link to its page: author, year and title."""
    source = catalogue.sources[source_id]
    author = source.author if source.author and source.author not in source.title else ""
    name = f"{author}: {source.title}" if author else source.title
    return links.anchor(links.source(source_id), name) + (
        f" ({source.year})" if source.year else ""
    )


def identified(rows: pd.DataFrame) -> pd.DataFrame:
    """Observations with `value_id`, the identifier that leads to the page of each."""
    return rows.assign(value_id=value_identifiers(rows))


def amount(row: Any) -> str:
    """An amount of a programme with its unit and its doubt."""
    if row["currency"]:
        return money(row["amount"], row["currency"], row["qualifier"])
    mark = QUALIFIER_WORDS[row["qualifier"]]
    unit = " %" if row["amount_unit"] == "percent" else ""
    decimals = 0 if float(row["amount"]).is_integer() else 2
    return f"{mark}{number(row['amount'], decimals)}{unit}"


def measure(row: Any) -> str:
    """What an amount of a programme is."""
    return MEASURES.get(row["measure"], words(row["measure"]))


def amount_words(row: Any, catalogue: Catalogue) -> str:
    """Period of an amount, what it is and, where it is a part, of which place."""
    where = f", {catalogue.places[row['place_id']].name}" if row["place_id"] else ""
    when, what = period(row), measure(row).lower()
    return f"{when}{'' if what in when else f', {what}'}{where}"


def span(first: Any, last: Any) -> str:
    """Two years that may be missing: "2001–2005", "from 2001"."""
    if pd.isna(first):
        return "" if pd.isna(last) else f"to {int(last)}"
    return f"from {int(first)}" if pd.isna(last) else years(int(first), int(last))


def where(row: Any) -> str:
    """The place within the document and the note of a row, as markup."""
    parts = [escape(str(row["locator"]))] if row.get("locator") else []
    if row.get("note"):
        parts.append(escape(str(row["note"])))
    return "<br>".join(parts)
