"""The one filter state and its address.

`Selection` is the truth. Widgets are set from it before they are drawn and change it through
callbacks; the address is read when a reader brings a new one and written after each run. Streamlit
can bind widgets to the address by itself, but then the address holds the labels of options instead
of identifiers, leaves defaults out and drops what it does not know without a word.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import Refusal, from_parameters, to_parameters
from dashboard.catalogue.link_versions import DATA, told_of_version
from dashboard.catalogue.own import is_own
from dashboard.catalogue.selection import Selection

# A click made before the browser has taken over the address of the run before still carries the
# older one. It is not a reader's new address.
LATE_SECONDS = 3.0


def begin(catalogue: Catalogue, page: str, views: Sequence[str]) -> Selection:
    """Read the address if the reader brought a new one; return what is to be shown.

    Args:
        catalogue: says which identifiers exist.
        page: address of the page that runs, so that each page keeps its own view.
        views: the views that the page has.
    """
    state = st.session_state
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    turned = state.get("page") != page
    # An empty address is that of a page, not of a view: turning a page or going back to one
    # keeps what the reader has chosen.
    if "selection" not in state or (address and _is_new(address)):
        state.selection, state.refusals = from_parameters(address, catalogue, views)
        state.brought = address
        # A card that stands in another page is to show what holds today.
        made_with = "" if "card" in address else "".join(address.get(DATA, [])[:1])
        if made_with and (told := told_of_version(made_with, catalogue.version)):
            refuse(Refusal(DATA, made_with[:20], told))
    elif turned:
        state.refusals = []
    if _has_lost(state.selection, catalogue):
        # A series of the reader's own that was removed, or let go of while they were away.
        state.selection, lost = from_parameters(
            to_parameters(state.selection), catalogue, tuple(filter(None, [state.selection.view]))
        )
        state.refusals = [*state.refusals, *lost]
    state.views = tuple(views)
    if turned:
        state.page = page
        if state.selection.view not in views:
            # A reader who comes back finds the page as it was left.
            left = state.setdefault("left_at", {}).get(page)
            state.selection = state.selection.with_(view=left)
    return state.selection


def _has_lost(selection: Selection, catalogue: Catalogue) -> bool:
    named = (selection.indicator, selection.second, selection.size, selection.shade)
    of_value = (selection.value or "").partition("|")[0]
    return any(
        key is not None and is_own(key) and key not in catalogue.indicators
        for key in (*named, *selection.also, selection.source, of_value)
    )


def has_begun() -> bool:
    """Whether a page has run in this session, so that there is a selection to change."""
    return "page" in st.session_state


def has_finished() -> bool:
    """Whether a page has run to its end in this session."""
    return "written" in st.session_state


def view() -> str | None:
    """The view that the selection asks for, before a page has begun."""
    selection = st.session_state.get("selection")
    return selection.view if selection else None


def _is_new(address: dict[str, list[str]]) -> bool:
    written = st.session_state.get("written", [])
    # A press in the first run comes with the address that the reader came with.
    if address == (written[-1][0] if written else st.session_state.get("brought")):
        return False
    if _is_step_in_history():
        return True
    now = time.monotonic()
    return not any(address == older and now - at < LATE_SECONDS for older, at in written)


def _is_step_in_history() -> bool:
    """Whether the reader came by the browser's back or forward button, which no late click does."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def change(**changes: Any) -> None:
    """Change the selection, from a widget's callback. What the link could not show is now past."""
    st.session_state.selection = st.session_state.selection.with_(**changes)
    st.session_state.refusals = []


def follow(catalogue: Catalogue, link: str) -> str | None:
    """Change the selection to what a link inside the atlas asks for.

    A link names what it changes; all else stays as the reader chose it, except the view, which
    belongs to a page. A parameter without a value is taken away.

    Args:
        catalogue: says which identifiers exist.
        link: path and query, as `address` writes them.

    Returns:
        Address of the page to turn to, or None where the link leads to the page that is open.
    """
    parts = urlsplit(link)
    page = parts.path.strip("/")
    asked = parse_qs(parts.query, keep_blank_values=True)
    turns = page != st.session_state.page
    # Which views another page has, that page says when it begins.
    views = asked.get("view", []) if turns else st.session_state.views
    kept = to_parameters(st.session_state.selection.with_(view=None))
    st.session_state.selection, st.session_state.refusals = from_parameters(
        kept | asked, catalogue, views
    )
    return page if turns else None


def address(page: str, **parameters: str | int | Sequence[str]) -> str:
    """Path and query of a link inside the atlas, which changes what it names."""
    query = urlencode(parameters, doseq=True)
    return f"/{page}?{query}" if query else f"/{page}"


def settle(selection: Selection, refused: Iterable[Refusal] = ()) -> None:
    """Keep what a page chose where the reader left it open, so that the address says it.

    Args:
        selection: with every choice that the page has made.
        refused: what was asked for and turned out not to be there; the reader is told.
    """
    for refusal in refused:
        refuse(refusal)
    st.session_state.selection = selection


def finish() -> None:
    """Write the selection into the address."""
    selection = st.session_state.selection
    st.session_state.setdefault("left_at", {})[st.session_state.page] = selection.view
    parameters = to_parameters(selection)
    written = st.session_state.setdefault("written", [])
    if not written or written[-1][0] != parameters:
        if written:
            written[-1] = (written[-1][0], time.monotonic())
        st.session_state.written = [*written[-4:], (parameters, time.monotonic())]
    present = {name: st.query_params.get_all(name) for name in st.query_params}
    if present != parameters:
        st.query_params.from_dict(parameters)


def refuse(refusal: Refusal) -> None:
    """Tell the reader of something asked for that turned out not to be there."""
    if refusal not in st.session_state.refusals:
        st.session_state.refusals = [*st.session_state.refusals, refusal]


def refusals() -> list[Refusal]:
    """What the address asked for that could not be shown."""
    return list(st.session_state.get("refusals", []))


def permalink(page: str, selection: Selection, data_version: str) -> str:
    """Path and query of a view, in full, with the version of the data it was made with."""
    parameters = to_parameters(selection) | {DATA: [data_version]}
    return f"/{page}?{urlencode(parameters, doseq=True)}"
