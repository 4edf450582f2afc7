"""How often one reader may ask: a bucket of tokens for each address."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

from dashboard.serving.settings import SettingError

PER_MINUTE = 600
MOST_READERS = 10_000
SETTING = "SEABELT_API_PER_MINUTE"


class Limit:
    """Questions of each reader in a minute; saved up, at most a minute's worth at once."""

    def __init__(
        self, per_minute: int | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        """Take the number, or that of the environment; zero means no limit.

        Raises:
            SettingError: if the environment's is no whole number.
        """
        text = os.environ.get(SETTING, str(PER_MINUTE))
        if per_minute is None and not text.isdecimal():
            raise SettingError(f"{SETTING} is “{text}”: give a whole number, 0 for no limit.")
        self.per_minute = int(text) if per_minute is None else per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, reader: str) -> float:
        """Take a token: seconds until the next one where there is none, 0 where there is."""
        if not self.per_minute:
            return 0.0
        now = self._clock()
        with self._lock:
            tokens, at = self._buckets.pop(reader, (float(self.per_minute), now))
            tokens = min(self.per_minute, tokens + (now - at) * self.per_minute / 60)
            is_there = tokens >= 1
            self._buckets[reader] = (tokens - is_there, now)
            if len(self._buckets) > MOST_READERS:
                self._buckets.popitem(last=False)
        return 0.0 if is_there else (1 - tokens) * 60 / self.per_minute
