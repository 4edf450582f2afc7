"""The page of a reader's own data, put together: what is held, a file, its columns, its faults."""

from __future__ import annotations

from typing import cast

import streamlit as st

from dashboard.exports import to_csv
from dashboard.ui import notices, resources
from dashboard.ui.own import of_session
from dashboard.ui.terms import marked
from dashboard.ui.yours import about, columns, held, names, problems
from dashboard.ui.yours.draft import Draft, current, drop, gazetteer, take, uploader_key
from dashboard.uploads.limits import MOST_MEGABYTES, MOST_ROWS
from dashboard.uploads.numbers import Style
from dashboard.uploads.series import sample, template
from dashboard.uploads.sheet import UnreadableError

PAGE = "your-data"
INTRODUCTION = (
    "Bring a table, and it becomes an indicator on every page, marked as your data and with your "
    "source line, in exports too."
)
KEPT = (
    "It is kept in this browser tab’s session only: never on disk, never shown to other readers, "
    "and gone two minutes after the tab closes, so that a connection lost for a moment loses "
    "nothing. A link to it works in this tab alone."
)
LIMITS = f"CSV, XLSX or Parquet, up to {MOST_MEGABYTES} MB and {MOST_ROWS:,} rows"


def draw() -> None:
    """Draw the page."""
    package = resources.package()
    st.html(f'<p class="hint">{marked(INTRODUCTION)}</p><p class="hint"><b>{marked(KEPT)}</b></p>')
    held.draw(of_session(), package)
    draft = current()
    if draft is None:
        _ask_for_file()
        return
    _settle(draft)


def _ask_for_file() -> None:
    st.file_uploader(
        f"Choose a file: {LIMITS}",
        # What the file is, its bytes say; a wrong ending is no reason to turn it away unread.
        key=uploader_key(),
        max_upload_size=MOST_MEGABYTES,
        on_change=take,
    )
    with st.container(horizontal=True):
        st.download_button(
            "Template (CSV)",
            to_csv(template()),
            file_name="your-data-template.csv",
            mime="text/csv",
            key="yours_template",
            on_click="ignore",
            help="The layout that is read without questions.",
        )
        st.download_button(
            "Sample with invented numbers (CSV)",
            to_csv(sample()),
            file_name="your-data-sample.csv",
            mime="text/csv",
            key="yours_sample",
            on_click="ignore",
            help="A file to try this page with, a column for each year.",
        )


def _settle(draft: Draft) -> None:
    """Read the file and ask for all that it does not say."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{notices.plain(draft.name)}**", width="content")
        st.button("Choose another file", key=draft.key("drop"), on_click=drop)
    package = resources.package()
    try:
        with st.spinner("Reading the file …"):
            sheet = draft.read(gazetteer())
    except UnreadableError as error:
        st.error(notices.plain(str(error)))
        if draft.encoding is not None:
            columns.encodings(draft, draft.encoding)
        return
    columns.how_read(draft, sheet)
    # What the columns hold, which is asked below, tells whether their heads are in doubt.
    above = st.container()
    columns.preview(sheet)
    mapping = columns.choose(draft, sheet, gazetteer())
    with above:
        can_choose = columns.heads(draft, sheet, is_in_doubt=bool(mapping.missing))
    if mapping.missing:
        which = "columns hold" if mapping.missing[-1] in ("years", "places") else "column holds"
        said = f"Say which {which}: {', '.join(mapping.missing)}."
        if can_choose:
            said += " Or choose above the row with the heads of the columns, if it is another."
        st.info(said)
        return
    style = cast("Style | None", problems.chosen_style(draft))
    try:
        with st.spinner("Checking every cell …"):
            checked = draft.checked(sheet, mapping, gazetteer(), style)
    except UnreadableError as error:
        st.error(notices.plain(str(error)))
        return
    problems.style(draft, checked)
    names.draw(draft, checked, package)
    problems.draw(draft, checked, gazetteer())
    if checked.rows.empty:
        notices.nothing_found("No value can be taken yet.", "Mend what is named above.")
        return
    about.draw(draft, checked, mapping, package)
