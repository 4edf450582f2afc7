"""How often one reader may ask: a bucket of tokens for each address."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic

from cachetools import LRUCache

MOST_READERS = 10_000


class Limit:
    """Questions of each reader in a minute; saved up, at most a minute's worth at once."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        """Take the number; zero means no limit."""
        self.per_minute = per_minute
        self._clock = clock
        self._buckets: LRUCache[str, tuple[float, float]] = LRUCache(MOST_READERS)
        self._lock = Lock()

    def wait(self, reader: str) -> float:
        """Take a token: seconds until the next one where there is none, 0 where there is."""
        if not self.per_minute:
            return 0.0
        now = self._clock()
        with self._lock:
            tokens, at = self._buckets.get(reader, (float(self.per_minute), now))
            tokens = min(self.per_minute, tokens + (now - at) * self.per_minute / 60)
            is_there = tokens >= 1
            self._buckets[reader] = (tokens - is_there, now)
        return 0.0 if is_there else (1 - tokens) * 60 / self.per_minute
