"""Work behind the readers waits while pages run for them."""

import pytest

from dashboard.ui import lull
from dashboard.ui.headless import shown_of


class Waits:
    """Stands for an event: waiting lets the clock go on, and a page may run meanwhile."""

    def __init__(self, runs=(), stopped_at=float("inf")):
        self.now, self.runs, self.stopped_at = 100.0, list(runs), stopped_at

    def monotonic(self):
        return self.now

    def is_set(self):
        return self.now >= self.stopped_at

    def wait(self, seconds):
        until = min(self.now + seconds, self.stopped_at)
        while self.runs and self.runs[0] <= until:
            self.now = self.runs.pop(0)
            lull.note_run()
        self.now = until
        return self.is_set()


@pytest.fixture
def waits(monkeypatch):
    def started(**choices):
        waits = Waits(**choices)
        monkeypatch.setattr(lull, "time", waits)
        monkeypatch.setattr(lull, "_last_run", float("-inf"))
        return waits

    return started


def test_where_nobody_reads_nothing_waits(waits):
    clock = waits()
    assert not lull.wait_for_lull(clock)
    assert clock.now == 100.0


def test_a_second_without_a_run_is_a_lull(waits):
    clock = waits(runs=[100.4, 101.2])
    lull.note_run()
    assert not lull.wait_for_lull(clock)
    assert clock.now == pytest.approx(102.2)


def test_where_pages_always_run_the_work_goes_on_now_and_then(waits):
    clock = waits(runs=[100 + step / 2 for step in range(1, 100)])
    lull.note_run()
    assert not lull.wait_for_lull(clock)
    assert clock.now == pytest.approx(100 + lull.MOST_SECONDS)


def test_a_server_that_stops_does_not_wait_for_a_lull(waits):
    clock = waits(stopped_at=100.5)
    lull.note_run()
    assert lull.wait_for_lull(clock)
    assert clock.now == 100.5


def test_a_page_that_runs_is_noted(monkeypatch):
    monkeypatch.setattr(lull, "_last_run", float("-inf"))
    shown_of("/glossary")
    assert lull._last_run > 0
