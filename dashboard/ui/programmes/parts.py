"""What the cards of the programmes have in common: their words, tables, documents and units."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue, Indicator
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.programme_amounts import amounts
from dashboard.catalogue.provenance import SourceUse, source_line, source_uses
from dashboard.catalogue.reference import reference
from dashboard.catalogue.selection import Selection
from dashboard.charts import formats
from dashboard.charts.captioned import unit_of
from dashboard.transforms.money import DEFAULT_PRICES
from dashboard.transforms.programme_amounts import CURRENCIES, Amounts, read_amounts
from dashboard.transforms.reading import MONEY_NAMES, TRANSFORM_NAMES
from dashboard.ui import links, markup, wording
from dashboard.ui.card import Card
from dashboard.ui.chart import Drawing
from dashboard.ui.programmes.settle import PAGE, ProgrammesState

HOVER_LETTERS = 46
PRINTED = "printed"
AS_PRINTED = "As printed, in national currency"
KINDS = ("year", "years", "decision", "each", "undated")


@dataclass(frozen=True, eq=False)
class Sheet:
    """A card ready to be drawn; `opens` is True where a click on it opens a programme."""

    card: Card
    drawing: Drawing | None
    opens: bool = True


@dataclass(frozen=True, eq=False)
class Words:
    """What is said of a chart before it becomes a card.

    `documents` are what its rows rest on, `data` what its CSV holds, `table` the markup of it as
    a table, `sentence` what stands above it where that is not the same as for a screen reader.
    """

    key: str
    title: str
    subtitle: str
    alt: str
    findings: Sequence[Finding]
    documents: Sequence[SourceUse]
    data: pd.DataFrame
    table: Callable[[], str]
    body: Callable[[], object] | None = None
    extra_source: str = ""
    sentence: str | None = None


def as_sheet(
    state: ProgrammesState, catalogue: Catalogue, words: Words, figure: Drawing | None
) -> Sheet:
    """A card of the words and the figure."""
    documents = list(words.documents)
    line = " · ".join(part for part in (source_line(documents), words.extra_source) if part)
    return Sheet(
        Card(
            key=f"programmes_{words.key}",
            title=words.title,
            subtitle=words.subtitle,
            findings=words.findings,
            rows=catalogue.nothing,
            alt=words.alt,
            page=PAGE,
            link=state.selection,
            extra_source=line,
            more_sources=documents,
            data=words.data,
            table=words.table,
            sentence=words.alt if words.sentence is None else words.sentence,
            body=words.body,
        ),
        figure,
    )


def read(
    catalogue: Catalogue,
    state: ProgrammesState,
    groups: tuple[str, ...] = ("public_money",),
    kinds: tuple[str, ...] = KINDS,
) -> Amounts:
    """The amounts of the programmes shown, in the years and the money that the reader chose.

    Args:
        catalogue: holds the amounts, and what they are converted with.
        state: says which.
        groups: values of `measure_group` to keep.
        kinds: kinds of period to keep, so that nothing is said of what is not shown.
    """
    rows = within(amounts(catalogue, state.ids, groups), state.selection)
    rows = rows[rows["kind"].isin(kinds)].reset_index(drop=True)
    chosen = state.selection
    return read_amounts(
        rows,
        catalogue.places,
        reference(catalogue),
        money=chosen.money,
        prices=chosen.prices,
        transform=chosen.transform,
    )


def within(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The rows of the years chosen; one of several years stays if it has one of them."""
    first, last = rows["first"].fillna(rows["year"]), rows["last"].fillna(rows["year"])
    keep = pd.Series(True, index=rows.index)
    if selection.first_year is not None:
        keep &= (last >= selection.first_year).fillna(False)
    if selection.last_year is not None:
        keep &= (first <= selection.last_year).fillna(False)
    return rows[keep.astype("bool")].reset_index(drop=True)


def currencies(selection: Selection) -> dict[str, str]:
    """The currencies and prices that amounts can be in, by name; constant ones with their year."""
    names = {PRINTED: AS_PRINTED} | {name: MONEY_NAMES[name] for name in CURRENCIES}
    prices = selection.prices or DEFAULT_PRICES
    return names | {"usd_constant": f"US$ of {prices} (constant prices)"}


def money_words(selection: Selection) -> str:
    """The currency, the prices and what amounts are set against: "US$ of 2015, per head"."""
    words = [currencies(selection)[selection.money or PRINTED]]
    if selection.transform:
        words.append(TRANSFORM_NAMES[selection.transform])
    if selection.transform == "share_of_gdp":
        return words[-1]
    return ", ".join(words)


def documents_of(
    rows: pd.DataFrame, catalogue: Catalogue, what: str, used: pd.DataFrame | None = None
) -> list[SourceUse]:
    """The documents behind amounts, and behind what they were converted with."""
    found = source_uses(rows.assign(name=rows["programme"]), catalogue, what)
    if used is not None:
        for name, part in used.groupby("what", sort=False):
            found += source_uses(part, catalogue, str(name))
    return found


def as_drawn(rows: pd.DataFrame, units: Mapping[str, Indicator], catalogue: Catalogue) -> Any:
    """Amounts with `words` (what each is) and `hover` (that, its value and its document)."""
    return rows.assign(
        words=[wording.amount_words(row, catalogue) for _, row in rows.iterrows()],
        hover=[hover(row, units, catalogue) for _, row in rows.iterrows()],
    )


def hover(row: Any, units: Mapping[str, Indicator], catalogue: Catalogue) -> str:
    """What a hover box says of an amount."""
    source = catalogue.sources[row["source_id"]]
    value = formats.quantity(row["value"], units[row["unit_symbol"]], row["qualifier"])
    printed = wording.amount(row)
    lines = [
        row["programme"],
        wording.amount_words(row, catalogue),
        f"Printed: {printed}" if printed != value else "",
        f"Source: {source.author or source.title}{f', {source.year}' if source.year else ''}",
    ]
    wrapped = [part for line in lines if line for part in textwrap.wrap(line, HOVER_LETTERS)]
    return f"<b>{escape(value)}</b><br>" + "<br>".join(map(escape, wrapped))


def counted(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Indicator]]:
    """Counts with `value` and `unit_symbol`, and the unit of each: what is counted."""
    rows = rows[rows["currency"] == ""]
    names = {key: formats.words(key) for key in dict.fromkeys(rows["measure"])}
    units = {key: unit_of(name.lower()) for key, name in names.items()}
    return rows.assign(value=rows["amount"], unit_symbol=rows["measure"]), units


def csv_of(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Amounts as they are taken away: as printed, as drawn, with document and place in it."""
    sources = [catalogue.sources[key] for key in rows["source_id"]]
    table = {
        "programme_id": rows["programme_id"],
        "programme": rows["programme"],
        "economy": rows["economy"],
        "region": [catalogue.places[key].name if key else "" for key in rows["place_id"]],
        "year": rows["year"],
        "period": rows["period_note"],
        "period_type": rows["period_type"],
        "first_year": rows["first"],
        "last_year": rows["last"],
        "amount": rows["amount"],
        "amount_unit": rows["amount_unit"],
        "currency": rows["currency"],
        "measure": rows["measure"],
        "measure_group": rows["measure_group"],
        "qualifier": rows["qualifier"],
        "headline": rows["headline"],
        "conflict_group": rows["conflict_group"],
    }
    if "value" in rows:
        table |= {"value_drawn": rows["value"], "unit_drawn": rows["unit_symbol"]}
    table |= {
        "source": [source.title for source in sources],
        "source_author": [source.author for source in sources],
        "source_url": [source.url for source in sources],
        "locator": rows["locator"],
        "note": rows["note"],
    }
    return pd.DataFrame(table).reset_index(drop=True)


def amounts_table(
    caption: str,
    rows: pd.DataFrame,
    catalogue: Catalogue,
    units: Mapping[str, Indicator] | None = None,
    *,
    of_one: bool = False,
) -> str:
    """Amounts as a table: what, as printed, as drawn where it differs, document, place in it.

    Args:
        caption: what the table shows.
        rows: amounts; with `value` and `unit_symbol` where they are drawn in other units.
        catalogue: names and documents.
        units: the unit of each `unit_symbol`; None has no column of values drawn.
        of_one: all rows are of one programme, whose name is left out.
    """
    heads = ["Period, and what it is", "As printed"]
    if not of_one:
        heads.insert(0, "Programme")
    if units is not None:
        heads.append("As drawn")
    heads += ["Document", "Where in it, and note"]
    lines = []
    for _, row in rows.iterrows():
        cells = [escape(wording.amount_words(row, catalogue)), escape(wording.amount(row))]
        if not of_one:
            address = links.programme_money(row["programme_id"])
            cells.insert(0, links.anchor(address, row["programme"]))
        if units is not None:
            cells.append(_drawn(row, units))
        cells += [wording.document(row["source_id"], catalogue), wording.where(row)]
        lines.append(cells)
    first = 1 if of_one else 2
    numbers = (first, first + 1) if units is not None else (first,)
    return markup.table(caption, heads, lines, numbers=numbers)


def _drawn(row: Any, units: Mapping[str, Indicator]) -> str:
    if pd.isna(row["value"]):
        return "not converted"
    return escape(formats.quantity(row["value"], units[row["unit_symbol"]], row["qualifier"]))
