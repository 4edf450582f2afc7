"""What only the reader knows of a series: its title, unit, kind and source."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.ui import markup
from dashboard.ui.own import MOST_SERIES, of_session
from dashboard.ui.yours.draft import Draft, drop
from dashboard.uploads.checking import Checked
from dashboard.uploads.series import (
    KINDS,
    LONGEST_SOURCE,
    LONGEST_TITLE,
    LONGEST_UNIT,
    About,
    series_of,
)


def draw(draft: Draft, checked: Checked, package: Catalogue) -> None:
    """Ask for title, unit and kind of each series and for the source of all, and take them in."""
    st.html(
        markup.section("About the series", "Shown wherever the series is shown, exports included.")
    )
    said = {name: _series(draft, at, name, checked) for at, name in enumerate(checked.indicators)}
    source = st.text_input(
        "Source line: who says so, in what, of which year",
        max_chars=LONGEST_SOURCE,
        placeholder="For example: Ministry of Industry, Yearbook of parks (2025), table 3",
        key=draft.key("source"),
    )
    abouts = {name: About(title, unit, kind, source) for name, (title, unit, kind) in said.items()}
    missing = list(dict.fromkeys(word for item in abouts.values() for word in item.missing))
    room = MOST_SERIES - len(of_session().series)
    if len(abouts) > room:
        st.warning(f"You have room for {room} more series. Remove some of those above.")
    if missing:
        st.html(f'<p class="hint">Still to be said: {", ".join(missing)}.</p>')
    left = f", {checked.wrong:,} problems left out" if checked.wrong else ""
    many = "series" if len(abouts) == 1 else f"{len(abouts)} series"
    st.button(
        f"Add the {many} ({markup.count(len(checked.rows), 'value')}{left})",
        type="primary",
        key=draft.key("add"),
        disabled=bool(missing) or len(abouts) > room or checked.rows.empty,
        on_click=_add,
        args=(draft, checked, abouts, package),
    )


def _series(draft: Draft, at: int, name: str, checked: Checked) -> tuple[str, str, str]:
    rows = checked.rows[checked.rows["indicator"] == name]
    key = draft.key(f"{at}")
    first, second, third = st.columns([3, 2, 3])
    unit_found = str(rows["unit"].iloc[0]) if len(rows) else ""
    st.session_state.setdefault(f"{key}_title", name[:LONGEST_TITLE])
    st.session_state.setdefault(f"{key}_unit", unit_found[:LONGEST_UNIT])
    with first:
        title = st.text_input("Title", max_chars=LONGEST_TITLE, key=f"{key}_title")
    with second:
        unit = st.text_input(
            "Unit",
            max_chars=LONGEST_UNIT,
            placeholder="% of GDP, firms, US$ mn",
            key=f"{key}_unit",
        )
    with third:
        kind = st.selectbox(
            "Kind",
            list(KINDS),
            index=None,
            placeholder="Choose: it decides how a map shows it",
            format_func=KINDS.__getitem__,
            key=f"{key}_kind",
        )
    return title, unit, kind or ""


def _add(draft: Draft, checked: Checked, abouts: dict[str, About], package: Catalogue) -> None:
    found = [
        series_of(rows, abouts[str(name)], draft.name, package)
        for name, rows in checked.rows.groupby("indicator", sort=False)
    ]
    of_session().add(package, found)
    drop()
