"""Which cores the threads of this process run on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

# Where the system knows no such thing, threads run wherever it lets them.
_CAN_CHOOSE = hasattr(os, "sched_setaffinity")
_AT_THE_START = frozenset(os.sched_getaffinity(0)) if _CAN_CHOOSE else frozenset()


def keep_to_one(number: int) -> None:
    """Let this thread, and the threads and processes that it starts from now on, use one core.

    Python runs one thread of a process at a time. Where threads of two cores hand the interpreter
    on to each other, each hand-over wakes a core, and readers who come together cost more than one
    after the other.

    Args:
        number: which of the cores, counted round; processes with consecutive numbers share none as
            long as there are enough.
    """
    if _CAN_CHOOSE:
        cores = sorted(_AT_THE_START)
        os.sched_setaffinity(0, {cores[number % len(cores)]})


@contextmanager
def all_cores() -> Iterator[None]:
    """Let this thread, and what it starts meanwhile, use every core that the process had."""
    if not _CAN_CHOOSE:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, _AT_THE_START)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
