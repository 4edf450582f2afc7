"""Names that are no place of the atlas: the reader says which place each of them means."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.ui import markup, notices
from dashboard.ui.yours.draft import Draft
from dashboard.uploads.checking import LEFT_OUT, Checked
from dashboard.uploads.sheet import shown

MOST_ASKED = 24
OPEN = "open"
WORDS = {OPEN: "Choose …", LEFT_OUT: "Leave it out"}
WIDTH = 3
# Kinds of place that tables are about; groups of economies are hardly meant by a name.
PLACES = ("economy", "hub", "cluster")


def draw(draft: Draft, checked: Checked, catalogue: Catalogue) -> None:
    """Ask what each name means that no place has, and offer the others where several have it."""
    _several(draft, checked, catalogue)
    asked = [name for name, (meant, _) in checked.names.items() if meant.place_id is None]
    if not asked:
        return
    st.html(
        markup.section(
            "Names to confirm",
            "No place of the atlas has these names. Say what is meant; only then are they used.",
            len(asked),
        )
    )
    likely = {
        name: checked.names[name][0].like[0]
        for name in checked.open_names
        if checked.names[name][0].like
    }
    if len(likely) > 1:
        st.button(
            f"Take the likest place for all {len(likely)}",
            key=draft.key("likest"),
            on_click=lambda: draft.decided.update(likely),
        )
    everywhere = list(catalogue.places)
    columns = st.columns(WIDTH)
    for at, name in enumerate(asked[:MOST_ASKED]):
        meant, count = checked.names[name]
        others = [key for key in everywhere if key not in meant.like]
        with columns[at % WIDTH]:
            _ask(draft, name, count, [OPEN, *meant.like, LEFT_OUT, *others], catalogue)
    if len(asked) > MOST_ASKED:
        more = markup.count(len(asked) - MOST_ASKED, "more name")
        st.html(
            f'<p class="hint">{more} after these. If many are no places, check which column '
            "holds the places.</p>"
        )


def _several(draft: Draft, checked: Checked, catalogue: Catalogue) -> None:
    """Names that an economy shares with a hub: the economy is meant unless the reader says so."""
    shared = {}
    for name, (meant, count) in checked.names.items():
        others = [key for key in meant.others if catalogue.places[key].kind in PLACES]
        if meant.place_id is not None and others:
            shared[name] = (count, [meant.place_id, *others])
    if not shared:
        return
    st.html(
        markup.section(
            "Names of several places", "The first is meant unless you say otherwise.", len(shared)
        )
    )
    columns = st.columns(WIDTH)
    for at, (name, (count, options)) in enumerate(list(shared.items())[:MOST_ASKED]):
        with columns[at % WIDTH]:
            _ask(draft, name, count, [*options, LEFT_OUT], catalogue)


def _ask(draft: Draft, name: str, count: int, options: list[str], catalogue: Catalogue) -> None:
    key = draft.key(f"name_{name}")
    st.session_state[key] = draft.decided.get(name, options[0])

    def decided() -> None:
        chosen = st.session_state[key]
        if chosen == OPEN:
            draft.decided.pop(name, None)
        else:
            draft.decided[name] = chosen

    st.selectbox(
        notices.plain(f"{shown(name)} ({markup.count(count, 'value')})"),
        options,
        format_func=lambda option: WORDS.get(option) or catalogue.label(option),
        key=key,
        on_change=decided,
    )
