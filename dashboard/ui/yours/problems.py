"""What is wrong with a file, by row and column, and the copy in which it is mended or marked."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.catalogue.errors import Problem
from dashboard.exports import to_csv
from dashboard.ui import markup
from dashboard.ui.yours.draft import Draft
from dashboard.uploads.checking import Checked
from dashboard.uploads.names import Gazetteer
from dashboard.uploads.numbers import STYLES
from dashboard.uploads.series import corrected

MOST_SHOWN = 60
FOUND = "found"
STYLE_NAMES = {
    FOUND: "As the numbers themselves tell",
    "point": "1,234.5 (decimal point)",
    "comma": "1.234,5 (decimal comma)",
}


def style(draft: Draft, checked: Checked) -> None:
    """Ask how numbers are written, where some can be read as two."""
    if not checked.asks_style:
        return
    key = draft.key("style")
    st.session_state.setdefault(key, FOUND)
    st.selectbox(
        "Numbers are written as", [FOUND, *STYLES], format_func=STYLE_NAMES.__getitem__, key=key
    )


def chosen_style(draft: Draft) -> str | None:
    """How numbers are written, as the reader has said."""
    said = st.session_state.get(draft.key("style"), FOUND)
    return None if said == FOUND else str(said)


def draw(draft: Draft, checked: Checked, gazetteer: Gazetteer) -> None:
    """What was taken, what was mended, what is wrong; and the corrected copy."""
    facts = [markup.count(len(checked.rows), "value") + " can be taken"]
    if checked.gaps:
        facts.append(markup.count(checked.gaps, "empty cell") + " stay gaps")
    if checked.left_out:
        facts.append(markup.count(checked.left_out, "value") + " of places that you left out")
    facts += checked.mended
    st.html(
        markup.section("What was found")
        + markup.listed(map(escape, facts), "remarks")
        + (_table(checked.problems, checked.wrong) if checked.wrong else "")
    )
    if checked.wrong or checked.mended:
        st.download_button(
            "Download a corrected copy (CSV)",
            # Made when it is asked for: of a million rows it takes some seconds.
            lambda: to_csv(corrected(checked, gazetteer)),
            file_name="your-data-corrected.csv",
            mime="text/csv",
            key=draft.key("copy"),
            on_click="ignore",
            help="Right rows as they were understood; wrong ones as they are, with what is wrong.",
        )


def _table(problems: list[Problem], wrong: int) -> str:
    rows = [
        (
            _row(item),
            escape(item.column or "the whole row"),
            escape(item.value or ""),
            escape(item.message),
            escape(item.remedy),
        )
        for item in problems[:MOST_SHOWN]
    ]
    more = wrong - len(rows)
    rest = f'<p class="hint">{more:,} more: the corrected copy marks them.</p>' if more else ""
    heads = ("Row", "Column", "In the cell", "What is wrong", "How to mend it")
    return (
        markup.section("To mend", "Rows with a problem are left out; nothing is guessed.", wrong)
        + markup.table("Problems of the file", heads, rows)
        + rest
    )


def _row(problem: Problem) -> str:
    if problem.row is not None:
        return f"{problem.row:,}"
    return "heads" if problem.column else ""
