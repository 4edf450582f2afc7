"""What the columns of a file hold: guessed, shown with a few rows, and changed by the reader."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from dashboard.ui import markup
from dashboard.ui.yours.draft import Draft
from dashboard.uploads.mapping import LAYOUTS, Layout, Mapping, guess
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
NONE = "No column"
ROWS_SHOWN, COLUMNS_SHOWN = 4, 8


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
    """The choice of a layout and of a column for each role; what they hold."""
    key = draft.key(f"layout_{draft.sheet}")
    if key not in st.session_state:
        st.session_state[key] = guess(sheet, gazetteer).layout
    said = st.pills(
        "The file has", LAYOUTS, format_func=LAYOUT_NAMES.__getitem__, required=True, key=key
    )
    layout: Layout = said or LAYOUTS[0]
    guessed = guess(sheet, gazetteer, layout)
    across = set(guessed.across)
    names = [name for name in sheet.columns if name not in across]
    roles = [role for role in ROLE_NAMES if role in NEEDED[layout] or role not in NEEDED["long"]]
    chosen: dict[str, str | None] = {}
    for role, place in zip(roles, st.columns(max(3, len(roles))), strict=False):
        with place:
            chosen[role] = _column(draft, layout, role, names, getattr(guessed, role))
    found = replace(guessed, **chosen)  # type: ignore[arg-type]
    if layout != "long":
        what = "years" if layout == "years_across" else "places"
        st.html(
            f'<p class="hint">{markup.count(len(found.across), "column")} with {what} as heads: '
            f"{escape(', '.join(found.across[:6]))}{' …' if len(found.across) > 6 else ''}</p>"
        )
    return found


def _column(
    draft: Draft, layout: Layout, role: str, names: list[str], guessed: str | None
) -> str | None:
    key = draft.key(f"{layout}_{role}_{draft.sheet}")
    options = [NONE, *names]
    if st.session_state.get(key) not in options:
        st.session_state[key] = guessed or NONE
    taken = st.selectbox(ROLE_NAMES[role], options, key=key)
    return None if taken == NONE else str(taken)
