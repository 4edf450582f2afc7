"""What only the reader knows of a series: its title, unit, kind and source."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.ui import markup
from dashboard.ui.own import MOST_SERIES, of_session
from dashboard.ui.yours.draft import Draft, drop
from dashboard.uploads.checking import Checked
from dashboard.uploads.mapping import Mapping
from dashboard.uploads.series import (
    KINDS,
    About,
    series_of,
)
from dashboard.uploads.sheet import shown


def draw(draft: Draft, checked: Checked, mapping: Mapping, package: Catalogue) -> None:
    """Ask for title, unit and kind of each series and for the source of all, and take them in."""
    st.html(
        markup.section("About the series", "Shown wherever the series is shown, exports included.")
    )
    asked = {name: _keys(draft, name, checked, mapping) for name in checked.indicators}
    for name, keys in asked.items():
        _series(name, keys, checked)
    st.text_input(
        "Source line: who says so, in what, of which year",
        placeholder="For example: Ministry of Industry, Yearbook of parks (2025), table 3",
        key=draft.key("source"),
    )
    abouts = _said(draft, asked)
    missing = list(dict.fromkeys(word for item in abouts.values() for word in item.missing))
    too_long = list(dict.fromkeys(text for item in abouts.values() for text in item.too_long))
    room = MOST_SERIES - len(of_session().series)
    if len(abouts) > room:
        st.warning(f"You have room for {room} more series. Remove some of those above.")
    for text in too_long:
        st.warning(text)
    if missing:
        st.html(f'<p class="hint">Still to be said: {", ".join(missing)}.</p>')
    left = f", {checked.wrong:,} problems left out" if checked.wrong else ""
    many = "series" if len(abouts) == 1 else f"{len(abouts)} series"
    st.button(
        f"Add the {many} ({markup.count(len(checked.rows), 'value')}{left})",
        type="primary",
        key=draft.key("add"),
        disabled=bool(missing or too_long) or len(abouts) > room or checked.rows.empty,
        on_click=_add,
        args=(draft, checked, asked, package),
    )


def _keys(draft: Draft, name: str, checked: Checked, mapping: Mapping) -> dict[str, str]:
    """Keys of the widgets of a series.

    They go by its name in the file and not by its place among the others, which changes with each
    name of a place that is confirmed; and by the unit found, which may change with it, too.
    """
    rows = checked.rows[checked.rows["indicator"] == name]
    unit = str(rows["unit"].iloc[0]) if len(rows) else ""
    of = (mapping.indicator, name)
    keys = {
        "title": draft.key_as_read(f"title_{of!r}"),
        "unit": draft.key_as_read(f"unit_{(*of, mapping.unit, unit)!r}"),
        "kind": draft.key_as_read(f"kind_{of!r}"),
    }
    st.session_state.setdefault(keys["title"], name)
    st.session_state.setdefault(keys["unit"], unit)
    return keys


def _series(name: str, keys: dict[str, str], checked: Checked) -> None:
    if name:
        values = markup.count(int((checked.rows["indicator"] == name).sum()), "value")
        st.html(f'<p class="of-file"><b>{escape(shown(name))}</b> in the file: {values}</p>')
    first, second, third = st.columns([3, 2, 3])
    with first:
        st.text_input("Title", key=keys["title"])
    with second:
        st.text_input(
            "Unit",
            placeholder="% of GDP, firms, US$ mn",
            key=keys["unit"],
        )
    with third:
        st.selectbox(
            "Kind",
            list(KINDS),
            index=None,
            placeholder="Choose: it decides how a map shows it",
            format_func=KINDS.__getitem__,
            key=keys["kind"],
        )


def _said(draft: Draft, asked: dict[str, dict[str, str]]) -> dict[str, About]:
    """What the reader has said of each series, as the widgets have it now."""
    said = st.session_state
    source = said.get(draft.key("source")) or ""
    return {
        name: About(
            said.get(keys["title"]) or "",
            said.get(keys["unit"]) or "",
            said.get(keys["kind"]) or "",
            source,
        )
        for name, keys in asked.items()
    }


def _add(
    draft: Draft, checked: Checked, asked: dict[str, dict[str, str]], package: Catalogue
) -> None:
    # Read here: the letters typed last may have come with the press of the button.
    abouts = _said(draft, asked)
    if any(about.missing or about.too_long for about in abouts.values()):
        return
    found = [
        series_of(rows, abouts[str(name)], draft.name, package)
        for name, rows in checked.rows.groupby("indicator", sort=False)
    ]
    of_session().add(package, found)
    drop()
