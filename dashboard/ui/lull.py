"""When a page last ran: work that nobody waits for gives way to readers."""

from __future__ import annotations

import time
from threading import Event

# So long no page has run: whoever reads looks at one. Where a page always runs, work goes on at
# intervals so long, a small share of the time.
LULL_SECONDS, MOST_SECONDS = 1.0, 20.0

_last_run = float("-inf")


def note_run() -> None:
    """A page runs now."""
    global _last_run
    _last_run = time.monotonic()


def wait_for_lull(stop: Event) -> bool:
    """Wait until no page has run for a second, at most twenty; whether told to stop meanwhile."""
    until = time.monotonic() + MOST_SECONDS
    while (left := min(_last_run + LULL_SECONDS, until) - time.monotonic()) > 0:
        if stop.wait(left):
            return True
    return stop.is_set()
