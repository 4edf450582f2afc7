"""Places side by side: up to four columns, the same rows, differences marked in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from types import SimpleNamespace

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import Refusal
from dashboard.catalogue.catalogue import value_identifiers
from dashboard.catalogue.columns import Cell, Item, Row, SideBySide
from dashboard.catalogue.paper_tables import PAPER_TABLES, case_names, paper_table
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.side_by_side import (
    FEWEST_PLACES,
    MOST_PLACES,
    places_offered,
    side_by_side,
)
from dashboard.charts.formats import ROLES, quantity, words
from dashboard.exports import to_csv
from dashboard.ui import card, links, markup, notices, state, wording
from dashboard.ui.figures import plain_label, source_details
from dashboard.ui.place import heading, told
from dashboard.ui.resources import catalogue as shared_catalogue
from dashboard.ui.resources import kept

VIEW = "side_by_side"
PLURALS = {"economy": "economies", "hub": "hubs", "cluster": "clusters"}
TABLES_KEPT = 32
MOST_ITEMS = 3
SUGGESTED = {
    "economy": (("JPN", "KOR", "TWN", "CHN"), ("SGP", "MYS", "THA", "VNM")),
    "hub": (("hsinchu", "kyushu", "gyeonggi", "singapore"), ("shanghai", "beijing", "bangalore")),
    "cluster": (("jpn_hokkaido_it_bio", "jpn_kansai_manufacturing", "jpn_okinawa_ict_bio"),),
}
MARKS = {
    "differ": "≠ differ",
    "same": "= the same",
    "part": "○",
    "words": "in words, not rated",
    "unknown": "○ not known of any",
}
# Rows of which a reader learns no difference.
FOLDED = ("same", "unknown")


@dataclass(frozen=True)
class _Shown:
    """What stands on the page: the rows, the heading of each column, title and documents."""

    table: SideBySide
    names: dict[str, str]
    title: str
    remark: str


def views(kind: str) -> tuple[str, ...]:
    """The views of a page of places beside the places themselves."""
    return (VIEW, *PAPER_TABLES) if kind == "cluster" else (VIEW,)


def link(kind: str, place_ids: Sequence[str]) -> str:
    """Address of some places of a kind side by side."""
    return state.address(kind, view=VIEW, places=list(place_ids))


def settled(catalogue: Catalogue, selection: Selection, kind: str, *, asked: bool) -> Selection:
    """The selection with the places that can stand side by side; the others are refused.

    Args:
        catalogue: kinds of the places.
        selection: its `places` are the columns asked for.
        kind: the kind of the page.
        asked: the address names the places; those chosen on another page are left out in silence.
    """
    if selection.view in PAPER_TABLES:
        places = paper_table(catalogue, str(selection.view)).places
        return selection.with_(places=places)
    offered = set(places_offered(catalogue, kind))
    kept: list[str] = []
    for key in selection.places:
        place = catalogue.places[key]
        reason = ""
        if key not in offered:
            reason = f"it is no {kind} but a {words(place.kind).lower()}; it is left out."
            reason = reason.replace("a economy", "an economy")
        elif len(kept) == MOST_PLACES:
            reason = f"up to {MOST_PLACES} places stand side by side; it is left out."
        if not reason:
            kept.append(key)
        elif asked:
            state.refuse(Refusal("places", catalogue.label(key), reason))
    return selection.with_(places=tuple(kept))


def title(selection: Selection, kind: str) -> str:
    """The title of the page."""
    if selection.view in PAPER_TABLES:
        paper = PAPER_TABLES[str(selection.view)]
        return f"{paper.title}, {paper.table}"
    return f"{PLURALS[kind].capitalize()} side by side"


def controls(catalogue: Catalogue, selection: Selection, kind: str) -> None:
    """The choice of the places, the tables of the papers, and the way back."""
    key = f"{kind}_side_by_side"
    offered = places_offered(catalogue, kind)
    st.session_state[key] = list(selection.places)
    st.multiselect(
        f"Choose up to {MOST_PLACES} {PLURALS[kind]}",
        offered,
        format_func=lambda item: _offered_label(catalogue, item, kind),
        max_selections=MOST_PLACES,
        placeholder="Type to search",
        key=key,
        # Other places than a paper's are no longer its table.
        on_change=lambda: state.change(places=tuple(st.session_state[key]), view=VIEW),
        select_all=False,
    )
    st.html(_ways(catalogue, selection, kind))


def _offered_label(catalogue: Catalogue, place_id: str, kind: str) -> str:
    place = catalogue.places[place_id]
    name = heading.title(place)
    return name if place.kind == kind else f"{name} ({words(place.kind).lower()})"


def _ways(catalogue: Catalogue, selection: Selection, kind: str) -> str:
    ways = [links.anchor(state.address(kind), f"All {PLURALS[kind]}")]
    if kind == "cluster":
        ways += [
            links.anchor(state.address(kind, view=table.name), f"{table.title}, {table.table}")
            for table in PAPER_TABLES.values()
            if table.name != selection.view
        ]
        if selection.view in PAPER_TABLES:
            ways.append(
                links.anchor(link(kind, selection.places), "All that is known of the four cases")
            )
    if not selection.places:
        ways += [
            links.anchor(
                link(kind, places), ", ".join(catalogue.places[key].name for key in places)
            )
            for places in SUGGESTED[kind]
        ]
    return f'<nav class="crumbs" aria-label="Ways on">{" · ".join(ways)}</nav>'


def draw(catalogue: Catalogue, selection: Selection, kind: str) -> None:
    """Draw the places side by side, or say what to choose."""
    if not selection.places:
        notices.nothing_found(
            f"No {kind} is chosen.", f"Choose two to four {PLURALS[kind]} to set them side by side."
        )
        return
    if len(selection.places) < FEWEST_PLACES:
        notices.nothing_found(
            "One place alone has nothing to differ from.",
            f"Choose up to {MOST_PLACES - 1} more {PLURALS[kind]}.",
        )
    shown = _shown(kind, selection.view or VIEW, selection.places)
    equal = sum(row.verdict in FOLDED for row in shown.table.rows)
    folds = False
    # A paper's table is shown as it is.
    if len(selection.places) >= FEWEST_PLACES and selection.view not in PAPER_TABLES:
        folds = st.toggle(
            f"Fold the rows that are the same for all, or not known of any ({equal} of "
            f"{len(shown.table.rows)})",
            key=f"{kind}_fold_equal",
            disabled=not equal,
        )
    st.html(f'<p class="hint">{escape(shown.remark)}</p>')
    st.html(_markup(kind, selection.view or VIEW, selection.places, folds))
    st.download_button(
        "CSV",
        data=lambda: to_csv(as_file(shown.table, catalogue)),
        file_name=f"seabelt-{'-'.join(title(selection, kind).lower().split())}.csv",
        mime=card.CSV_MIME,
        on_click="ignore",
        key=f"csv_{kind}_side_by_side",
        help="A row for each thing said of each place, with its document.",
    )


@kept(TABLES_KEPT)
def _shown(kind: str, view: str, place_ids: tuple[str, ...]) -> _Shown:
    catalogue = shared_catalogue()
    if view in PAPER_TABLES:
        paper = PAPER_TABLES[view]
        return _Shown(
            paper_table(catalogue, view),
            case_names(catalogue, view),
            f"{paper.title}, {paper.table}",
            f"{paper.table} of the paper, row by row and cell by cell, in the curators' words. "
            f"{catalogue.sources[paper.source_id].citation}",
        )
    table = side_by_side(catalogue, kind, place_ids)
    left = (
        f" {table.left_out:,} more indicators that only one of them has, or that tell less, stand "
        "on the pages of the places."
        if table.left_out
        else ""
    )
    remark = (
        "Each indicator is of the newest year that most of the places have; a value of another "
        f"year is marked.{left}"
    )
    return _Shown(
        table,
        {key: catalogue.places[key].name for key in place_ids},
        f"{PLURALS[kind].capitalize()} side by side",
        remark,
    )


@kept(TABLES_KEPT)
def _markup(kind: str, view: str, place_ids: tuple[str, ...], folds: bool) -> str:
    shown = _shown(kind, view, place_ids)
    return markup_of(shown.table, shown.names, shown.title, shared_catalogue(), folds=folds)


# --- Words ----------------------------------------------------------------------------------------


def row_label(row: Row, catalogue: Catalogue) -> str:
    """What a row is about, in words."""
    if row.sort == "indicator":
        return plain_label(catalogue.indicators[row.name])
    return told.dimension(row.name) if row.sort == "dimension" else row.name


def item_text(item: Item, catalogue: Catalogue) -> str:
    """One thing said, in words."""
    if item.sort == "place":
        return catalogue.label(item.text)
    if item.sort == "role":
        return ROLES[item.text].capitalize()
    if item.sort == "code":
        return words(item.text)
    return item.text


def value_text(cell: Cell, catalogue: Catalogue) -> str:
    """The value of a cell with its unit."""
    row = cell.observation
    return quantity(
        row.value, catalogue.indicators[row.indicator_id], row.qualifier, row.value_high
    )


def as_file(table: SideBySide, catalogue: Catalogue) -> pd.DataFrame:
    """The rows one below the other, as the CSV hands them over.

    Returns:
        One row for each thing said of a place: group, row, place_id, place, said (value, verdict
        or why nothing), value (a number where it is one), unit, year, compared (differ, same, part,
        words, unknown), source, locator, note.
    """
    lines = []
    for row in table.rows:
        for place_id, cell in zip(table.places, row.cells, strict=True):
            common = {
                "group": words(row.group),
                "row": row_label(row, catalogue),
                "place_id": place_id,
                "place": catalogue.label(place_id),
                "compared": row.verdict,
            }
            if cell.observation is not None:
                drawn = cell.observation
                lines.append(
                    common
                    | {
                        "said": value_text(cell, catalogue),
                        "value": drawn.value,
                        "unit": catalogue.indicators[drawn.indicator_id].unit,
                        "year": int(drawn.year),
                        "source": catalogue.sources[drawn.source_id].title,
                        "locator": drawn.locator,
                        "note": drawn.note,
                    }
                )
                continue
            for item in cell.items:
                verdict = "" if item.rating in ("", "unrated") else f"{item.rating}: "
                source = catalogue.sources[item.source_id].title if item.source_id else ""
                lines.append(
                    common
                    | {
                        "said": verdict + item_text(item, catalogue),
                        "source": source,
                        "locator": item.locator,
                        "note": item.note,
                    }
                )
            if not cell.items:
                lines.append(common | {"said": cell.missing})
    columns = ["group", "row", "place_id", "place", "said", "value", "unit", "year", "compared",
               "source", "locator", "note"]  # fmt: skip
    return pd.DataFrame(lines, columns=columns).astype({"year": "Int64"})


# --- Markup ---------------------------------------------------------------------------------------


def markup_of(
    table: SideBySide,
    names: dict[str, str],
    caption: str,
    catalogue: Catalogue,
    *,
    folds: bool = False,
) -> str:
    """The table as markup: a row a row, on a telephone a block a row.

    Args:
        table: places and rows.
        names: heading of each column, by place.
        caption: what the table shows; read out, not drawn.
        catalogue: names and documents.
        folds: leave out the rows that are the same for all, and say how many.
    """
    width = len(table.places) + 1
    head = "".join(
        f'<th scope="col" role="columnheader">'
        f"{links.anchor(links.profile(catalogue.places[key]), names[key])}</th>"
        for key in table.places
    )
    body = []
    for group, rows in groupby(table.rows, key=lambda row: row.group):
        held = list(rows)
        shown = [row for row in held if row.verdict not in FOLDED or not folds]
        left = len(held) - len(shown)
        remark = f" · {markup.count(left, 'row')} folded" if left else ""
        # The one group of a paper's table is the table.
        if not table.is_paper:
            body.append(
                f'<tr class="group" role="row"><th colspan="{width}" scope="colgroup" role="cell">'
                f"{escape(words(group))}{remark}</th></tr>"
            )
        body += [_line(row, table, names, catalogue) for row in shown]
    return (
        f'<div class="table-frame side-by-side" role="region" tabindex="0" '
        f'aria-label="{escape(caption)}"><table class="plain" role="table">'
        f"<caption>{escape(caption)}</caption>"
        f'<thead role="rowgroup"><tr role="row"><td role="cell"></td>{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table></div>'
    )


def _line(row: Row, table: SideBySide, names: dict[str, str], catalogue: Catalogue) -> str:
    label = escape(row_label(row, catalogue))
    if row.sort == "indicator":
        label = links.anchor(links.indicator(row.name), row_label(row, catalogue))
        label += f' <span class="when">{row.year}</span>'
    # A paper's rows are neither the same nor different: it compares them in words.
    kind = "" if table.is_paper else f" {row.verdict}"
    mark = f'<span class="mark{kind}">{escape(_mark(row, table))}</span>'
    care = "".join(f"<p>{escape(item.text)}</p>" for item in row.findings)
    if care:
        care = f"<details><summary>✕ does not compare</summary>{care}</details>"
    cells = "".join(
        f'<td role="cell"><span class="column" aria-hidden="true">{escape(names[key])}</span>'
        f"{_cell(cell, row, catalogue)}</td>"
        for key, cell in zip(table.places, row.cells, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{label}{mark}{care}</th>{cells}</tr>'


def _mark(row: Row, table: SideBySide) -> str:
    """Whether the cells of a row differ; of a paper's row, where in the paper it stands."""
    if table.is_paper:
        return row.cells[0].items[0].locator
    number = len(table.places)
    if number < FEWEST_PLACES:
        return ""
    words_of = MARKS[row.verdict]
    if row.verdict == "part":
        return f"{words_of} known of {number - row.missing} of {number} only"
    if row.verdict == "differ" and row.missing:
        return f"{words_of} · {row.missing} not known"
    return words_of


def _cell(cell: Cell, row: Row, catalogue: Catalogue) -> str:
    if cell.observation is not None:
        drawn = cell.observation
        [identifier] = value_identifiers(pd.DataFrame([drawn._asdict()]))
        period = wording.period(drawn._asdict())
        if drawn.year_basis == "publication":
            period = f"published {period}"
        other = ' <span class="verdict caution">other year</span>' if cell.is_other_year else ""
        return (
            f"{links.anchor(links.value(identifier), value_text(cell, catalogue))}"
            f' <span class="when">{escape(period)}</span>{other} {source_details(drawn, catalogue)}'
        )
    if not cell.items:
        return f'<span class="missing">{escape(cell.missing)}</span>'
    if all(not item.source_id for item in cell.items):
        said = ", ".join(_plain(item, catalogue) for item in cell.items)
        notes = dict.fromkeys(item.note for item in cell.items if item.note)
        return said + "".join(f'<p class="remark">{escape(note)}</p>' for note in notes)
    lines = [_sourced(item, row, catalogue) for item in cell.items]
    return lines[0] if len(lines) == 1 else markup.shortened(lines, MOST_ITEMS)


def _plain(item: Item, catalogue: Catalogue) -> str:
    text = item_text(item, catalogue)
    if item.sort == "place":
        return links.anchor(links.profile(catalogue.places[item.text]), text)
    return escape(text)


def _sourced(item: Item, row: Row, catalogue: Catalogue) -> str:
    verdict = ""
    if item.rating and row.is_rated:
        mark = " caution" if item.rating == "weak" else ""
        verdict = f'<span class="verdict{mark}">{told.RATINGS[item.rating]}</span>: '
    document = SimpleNamespace(source_id=item.source_id, locator=item.locator, note=item.note)
    return f"{verdict}{escape(item.text)} {source_details(document, catalogue)}"
