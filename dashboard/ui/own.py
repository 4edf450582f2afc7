"""What a reader has brought along: series of their own, for as long as their browser tab is open.

They are held by the session and by nothing else. Whatever is made of them (figures, files, markup)
is held here, too, and goes with them; what is kept for all readers never has any of it.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Timer
from typing import Any, TypeVar
from weakref import ref

import streamlit as st
from streamlit import runtime
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.catalogue import Catalogue
from dashboard.catalogue.own import OwnSeries, WithOwn
from dashboard.serving.taking import GONE, RefusedError

Made = TypeVar("Made")

HELD = "own"
MOST_SERIES = 12
# What a page draws, some pages back: for each reader with data of their own.
MOST_MADE = 96
MOST_SHOWN = 256
# A connection that is lost for a moment comes back to the session it had: Streamlit keeps it for
# two minutes. After that the data are let go of, whether or not anything else of the session is.
KEPT_SECONDS = 120.0


class Own:
    """A reader's series, the catalogue that has them, and everything that was made of them."""

    def __init__(self) -> None:
        self.series: dict[str, OwnSeries] = {}
        self.catalogue: Catalogue | None = None
        # Makes the addresses of this reader's files differ from those of all others.
        self.secret = secrets.token_hex(16)
        # A file that is not taken in yet, and how many there have been.
        self.draft: object | None = None
        self.drafts = 0
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._shown: OrderedDict[str, object] = OrderedDict()
        self._leaving: Timer | None = None
        self.session_id = ""

    def add(self, package: Catalogue, found: list[OwnSeries]) -> None:
        """Take series in.

        Args:
            package: the catalogue that all readers share.
            found: the series, in order.
        """
        self._have(package, [*self.series.values(), *found])

    def remove(self, package: Catalogue, indicator_ids: list[str]) -> None:
        """Let go of series, and of all that was made while they were there."""
        kept = [item for key, item in self.series.items() if key not in indicator_ids]
        self._have(package, kept)

    def _have(self, package: Catalogue, series: list[OwnSeries]) -> None:
        self._let_go()
        self.series = {item.indicator.indicator_id: item for item in series}
        if series:
            self.catalogue = WithOwn(package, series)

    def forget(self) -> None:
        """Let go of everything."""
        self.draft = None
        self._let_go()

    def _let_go(self) -> None:
        self.series = {}
        self.catalogue = None
        self._made.clear()
        self._shown.clear()

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What was made under a key, or what is made now."""
        if key not in self._made:
            self._made[key] = make()
            while len(self._made) > MOST_MADE:
                self._made.popitem(last=False)
        return self._made[key]

    def hold(self, address: str, thing: object) -> None:
        """Hold on to what stands under an address, which nothing else does."""
        self._shown[address] = thing
        self._shown.move_to_end(address)
        while len(self._shown) > MOST_SHOWN:
            self._shown.popitem(last=False)

    def stay(self) -> None:
        """The reader is here."""
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None

    def leave(self) -> None:
        """The reader's connection has gone: everything goes, unless they soon come back."""
        self.stay()
        there = ref(self)
        self._leaving = Timer(KEPT_SECONDS, _forget, (there,))
        self._leaving.daemon = True
        self._leaving.start()


def _forget(there: ref[Own]) -> None:
    reader = there()
    if reader is None:
        return
    reader.forget()
    if runtime.exists():
        # Files on their way in or out of a session that can no longer be taken up again.
        here = Runtime.instance()
        here.uploaded_file_mgr.remove_session_files(reader.session_id)
        here.media_file_mgr.clear_session_refs(reader.session_id)
        here.media_file_mgr.remove_orphaned_files()


_asked_for: ContextVar[Own | None] = ContextVar("own", default=None)


def own() -> Own | None:
    """What the reader whose page runs has brought along; None where there is nothing or nobody."""
    asked = _asked_for.get()
    if asked is not None:
        return asked if asked.series else None
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    held = st.session_state.get(HELD)
    return held if held is not None and held.series else None


def of_session() -> Own:
    """The place for the series of the reader whose page runs, which is made if there is none."""
    if HELD not in st.session_state:
        st.session_state[HELD] = Own()
    found: Own = st.session_state[HELD]
    return found


@contextmanager
def asked_by(reader: Own) -> Iterator[None]:
    """Answer as in the session of a reader, where no page runs: a file is made of a card."""
    token = _asked_for.set(reader)
    try:
        yield
    finally:
        _asked_for.reset(token)


def made_for(reader: ref[Own], make: Callable[..., Made], *args: Any) -> Made:
    """What is made for a reader, where no page of theirs runs.

    Raises:
        RefusedError: if the reader has gone.
    """
    here = reader()
    if here is None or not here.series:
        raise RefusedError(GONE, 404)
    with asked_by(here):
        return make(*args)


def watch() -> None:
    """Say that the reader is here, and be told when their connection has gone; once a run."""
    held = st.session_state.get(HELD)
    context = get_script_run_ctx(suppress_warning=True)
    if held is not None and context is not None:
        held.stay()
        held.session_id = context.session_id
        _presence(held.secret, held)


@st.cache_resource(scope="session", show_spinner=False, on_release=lambda reader: reader.leave())
def _presence(secret: str, _reader: Own) -> Own:
    # Streamlit lets go of what is kept for a session as soon as its connection has gone.
    return _reader
