"""What the columns of a file hold: guessed, shown with a few rows, and changed by the reader."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from dashboard.ui import markup
from dashboard.ui.yours.draft import Draft
from dashboard.uploads.mapping import LAYOUTS, OURS, Layout, Mapping, guess
from dashboard.uploads.names import Gazetteer
from dashboard.uploads.sheet import Sheet, shown
from dashboard.uploads.text_files import ENCODINGS

LAYOUT_NAMES: dict[Layout, str] = {
    "long": "A row for each value",
    "years_across": "A column for each year",
    "places_across": "A column for each place",
}
ROLE_NAMES = {
    "place": "Place",
    "year": "Year",
    "value": "Value",
    "indicator": "Indicator, if there are several",
    "unit": "Unit",
    "note": "Note",
}
NEEDED: dict[Layout, tuple[str, ...]] = {
    "long": ("place", "year", "value"),
    "years_across": ("place",),
    "places_across": ("year",),
}
ACROSS_NAMES: dict[Layout, str] = {
    "years_across": "Columns of values, each with its year as head",
    "places_across": "Columns of values, each with its place as head",
}
NONE = "No column"
ROWS_SHOWN, COLUMNS_SHOWN, NAMES_SHOWN = 4, 8, 12


def how_read(draft: Draft, sheet: Sheet) -> None:
    """Say how the file was read, and let the reader choose another sheet or encoding."""
    if sheet.remarks:
        st.html(markup.listed(map(escape, sheet.remarks), "remarks"))
    if len(sheet.sheets) > 1:
        key = draft.key("sheet")
        st.session_state.setdefault(key, draft.sheet or sheet.sheets[0])
        st.selectbox("Sheet", sheet.sheets, key=key, on_change=lambda: _other_sheet(draft, key))
    if sheet.encoding and sheet.encoding != "utf-8":
        encodings(draft, sheet.encoding)


def encodings(draft: Draft, found: str) -> None:
    """The choice of another encoding."""
    key = draft.key("encoding")
    st.session_state.setdefault(key, draft.encoding or found)
    st.selectbox(
        "Letters are read as",
        list(ENCODINGS),
        format_func=ENCODINGS.__getitem__,
        key=key,
        on_change=lambda: setattr(draft, "encoding", st.session_state[key]),
    )


def _other_sheet(draft: Draft, key: str) -> None:
    draft.sheet = st.session_state[key]
    draft.heads = None


def heads(draft: Draft, sheet: Sheet, *, is_in_doubt: bool) -> bool:
    """The choice of another row of heads, where one above was passed over or columns are lacking.

    Returns:
        Whether there is one to choose.
    """
    rows = sheet.head_rows
    is_first = sheet.head_line == min(rows, default=0)
    if len(rows) < 2 or not (is_in_doubt or draft.heads is not None or not is_first):
        return False
    key = draft.key("heads")
    st.session_state[key] = sheet.head_line
    st.selectbox(
        "Row with the heads of the columns",
        list(rows),
        format_func=lambda line: f"{line}: {shown(rows[line])}",
        key=key,
        on_change=lambda: setattr(draft, "heads", st.session_state[key]),
    )
    return True


def preview(sheet: Sheet) -> None:
    """The first rows of the file, as they are."""
    names = list(sheet.columns)[:COLUMNS_SHOWN]
    rows = [
        [escape(shown(sheet.columns[name].cells[sheet.columns[name].codes[row]])) for name in names]
        for row in range(min(ROWS_SHOWN, sheet.size))
    ]
    more = len(sheet.columns) - len(names)
    caption = f"The first rows of {sheet.file}"
    st.html(
        markup.table(caption, names, rows)
        + (f'<p class="hint">{markup.count(more, "more column")}.</p>' if more else "")
    )


def choose(draft: Draft, sheet: Sheet, gazetteer: Gazetteer) -> Mapping:
    """The choice of a layout and of columns for all that is needed; what they hold."""
    key = draft.key_as_read("layout")
    if key not in st.session_state:
        st.session_state[key] = guess(sheet, gazetteer).layout
    said = st.pills(
        "The file has", LAYOUTS, format_func=LAYOUT_NAMES.__getitem__, required=True, key=key
    )
    layout: Layout = said or LAYOUTS[0]
    found = guess(sheet, gazetteer, layout)
    if layout != "long":
        found = replace(found, across=_chosen_across(draft, layout, sheet, found.across))
    across = set(found.across)
    names = [name for name in sheet.columns if name not in across]
    roles = [role for role in ROLE_NAMES if role in NEEDED[layout] or role not in NEEDED["long"]]
    chosen: dict[str, str | None] = {}
    for role, place in zip(roles, st.columns(max(3, len(roles))), strict=False):
        with place:
            chosen[role] = _column(draft, layout, role, names, getattr(found, role))
    found = replace(found, **chosen)  # type: ignore[arg-type]
    if layout != "long":
        free = found.used - across
        st.multiselect(
            ACROSS_NAMES[layout],
            [name for name in sheet.columns if name not in free],
            key=_across_key(draft, layout),
            placeholder="Choose columns",
        )
    unused = [name for name in sheet.columns if name not in found.used and name.lower() not in OURS]
    if unused:
        st.html(f'<p class="hint">Not used: {escape(_some(unused))}.</p>')
    return found


def _across_key(draft: Draft, layout: Layout) -> str:
    return draft.key_as_read(f"{layout}_across")


def _chosen_across(
    draft: Draft, layout: Layout, sheet: Sheet, guessed: tuple[str, ...]
) -> tuple[str, ...]:
    """The columns that the reader has chosen, in the order of the file; those guessed at first."""
    key = _across_key(draft, layout)
    said = st.session_state.get(key)
    known = [name for name in sheet.columns if name in (guessed if said is None else said)]
    st.session_state[key] = known
    return tuple(known)


def _some(names: list[str]) -> str:
    """The first of some names, and how many others there are."""
    more = len(names) - NAMES_SHOWN
    listed = ", ".join(names[:NAMES_SHOWN])
    return f"{listed} and {more:,} more" if more > 0 else listed


def _column(
    draft: Draft, layout: Layout, role: str, names: list[str], guessed: str | None
) -> str | None:
    key = draft.key_as_read(f"{layout}_{role}")
    options = [NONE, *names]
    if st.session_state.get(key) not in options:
        st.session_state[key] = guessed if guessed in options else NONE
    taken = st.selectbox(ROLE_NAMES[role], options, key=key)
    return None if taken == NONE else str(taken)
