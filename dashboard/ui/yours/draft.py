"""A file that a reader is about to bring: its bytes, and what they have said of it so far."""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import nullcontext
from dataclasses import dataclass, field
from threading import Lock

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.ui import resources
from dashboard.ui.own import of_session
from dashboard.uploads.checking import Checked, check
from dashboard.uploads.mapping import Mapping
from dashboard.uploads.names import Gazetteer
from dashboard.uploads.numbers import Style
from dashboard.uploads.reading import read
from dashboard.uploads.sheet import Sheet, UnreadableError

# A file of the largest size takes the processor for some seconds and some hundred megabytes: such
# are read one after another.
LARGE = 4 * 1024 * 1024
_one_large = Lock()


@dataclass(eq=False)
class Draft:
    """A file, and the choices made for it.

    Attributes:
        number: tells its widgets from those of the file before.
        name: of the file.
        content: its bytes.
        encoding: as the reader says; None as found.
        sheet: as the reader says; None for the first.
        heads: the row with the heads of the columns, as the reader says; None as found.
        decided: the place that each name means, as the reader has said.
    """

    number: int
    name: str
    content: bytes
    encoding: str | None = None
    sheet: str | None = None
    heads: int | None = None
    decided: dict[str, str] = field(default_factory=dict)
    _read: dict[Hashable, Sheet | UnreadableError] = field(default_factory=dict)
    _checked: tuple[Hashable, Checked] | None = None

    def key(self, name: str) -> str:
        """Key of a widget."""
        return f"yours_{self.number}_{name}"

    def key_as_read(self, name: str) -> str:
        """Key of a widget that asks about the table as it is read now, with its own columns."""
        said = (self.sheet, self.encoding, self.heads)
        return self.key("_".join([name, *(str(item) for item in said if item is not None)]))

    def read(self, gazetteer: Gazetteer) -> Sheet:
        """The table in the file, read once for each way to read it.

        Raises:
            UnreadableError: if nothing can be read of it.
        """
        asked = (self.encoding, self.sheet, self.heads)
        if asked not in self._read:
            try:
                with _one_large if len(self.content) > LARGE else nullcontext():
                    self._read[asked] = read(
                        self.content,
                        self.name,
                        gazetteer.count,
                        encoding=self.encoding,
                        sheet=self.sheet,
                        heads=self.heads,
                    )
            except UnreadableError as error:
                self._read[asked] = error
        found = self._read[asked]
        if isinstance(found, UnreadableError):
            raise found
        return found

    def checked(
        self, sheet: Sheet, mapping: Mapping, gazetteer: Gazetteer, style: Style | None
    ) -> Checked:
        """Every cell checked, once for the choices that stand.

        Raises:
            UnreadableError: if the sheet has more cells or indicators than may be.
        """
        asked = (id(sheet), mapping, tuple(self.decided.items()), style)
        if self._checked is None or self._checked[0] != asked:
            with _one_large if len(self.content) > LARGE else nullcontext():
                self._checked = (asked, check(sheet, mapping, gazetteer, self.decided, style))
        return self._checked[1]


@resources.kept_of_package
def gazetteer() -> Gazetteer:
    """Names of the places of the atlas."""
    return Gazetteer(resources.package())


def current() -> Draft | None:
    """The file that the reader is about to bring."""
    held = of_session().draft
    return held if isinstance(held, Draft) else None


def take() -> None:
    """Take the file that was just chosen, from the callback of its widget.

    Streamlit would keep the bytes for as long as the session lasts; they are let go of here.
    """
    reader = of_session()
    uploaded = st.session_state.get(uploader_key())
    if uploaded is None:
        return
    reader.drafts += 1
    reader.draft = Draft(reader.drafts, uploaded.name, uploaded.getvalue())
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, uploaded.file_id)


def uploader_key() -> str:
    """Key of the widget for files: a new one for each file, so that it is empty again."""
    return f"yours_file_{of_session().drafts}"


def drop() -> None:
    """Let go of the file."""
    of_session().draft = None
