"""A machine's clock that is set a day on or back changes no limit and no time-out."""

import importlib.util
import io
import itertools
import time

import pytest
from pypdf import PdfWriter

from dashboard.exports.deck import Deck
from dashboard.exports.slides import PictureError, Slide

DAY = 24 * 3600.0
STANDS = 100.0
DECK_FILES = "dashboard.exports.deck_files"


@pytest.fixture(params=[DAY, -DAY], ids=["on", "back"])
def jumping(request, monkeypatch):
    """The clock on the wall jumps with every look at it; that which only runs stands still."""
    wall = itertools.count(1_800_000_000.0, request.param)
    monkeypatch.setattr(time, "time", lambda: next(wall))
    monkeypatch.setattr(time, "time_ns", lambda: int(next(wall) * 1e9))
    monkeypatch.setattr(time, "monotonic", lambda: STANDS)


def fresh(name):
    """A module read anew, which takes its clock from those that are patched."""
    found = importlib.util.find_spec(name)
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


def test_a_jump_neither_opens_the_limit_nor_locks_a_reader_out(jumping):
    limit = fresh("dashboard.api.limits").Limit(3)
    waits = [limit.wait("192.0.2.1") for _ in range(5)]
    assert waits == [0, 0, 0, 20, 20]


SLIDES = (Slide(title="One"), Slide(title="Two"))


def blank(*_):
    """A page with nothing on it."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_jump_ends_no_deck_that_is_being_drawn(jumping):
    assert fresh(DECK_FILES).pdf(SLIDES, Deck(), "1", blank).startswith(b"%PDF")


def test_a_deck_that_takes_too_long_is_ended_by_the_clock_that_only_runs(monkeypatch):
    module = fresh(DECK_FILES)
    runs = itertools.count(STANDS, module.MOST_SECONDS + 1)
    monkeypatch.setattr(time, "monotonic", lambda: next(runs))
    with pytest.raises(PictureError, match="not drawn within"):
        module.pdf(SLIDES, Deck(), "1", blank)
