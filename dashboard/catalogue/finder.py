"""What a text means that is still being typed: things that have a name, the likeliest first.

`search` answers a question with all that the atlas holds, single values too. This is for the way to
a page whose name is known, or half known, and answers after each letter.
"""

from __future__ import annotations

import sqlite3
import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from dashboard.catalogue.search import JOINT, Entry, Hit, excerpt_of, spaced, words_asked

# A name is a few words; what comes after these narrows nothing down.
MOST_WORDS = 8
LAST_SIGN = "\U0010ffff"


class Closeness(IntEnum):
    """How well something fits a text; the lower, the better."""

    NAME = 0
    """The text is one of its names."""
    BEGINNING = 1
    """One of its names begins with the text."""
    NAMES = 2
    """Its names hold every word of the text, or one that begins like it."""
    TEXT = 3
    """What is said of it does, with its names."""
    SOME = 4
    """Its names hold some of the words."""

    @property
    def step(self) -> int:
        """What groups are ordered by: to begin with the text says no more than to hold it."""
        return int(Closeness.NAMES if self is Closeness.BEGINNING else self)


@dataclass(frozen=True)
class Match:
    """Something that a text may mean.

    Attributes:
        hit: what it is; with an excerpt only where its text was looked at.
        closeness: how well it fits.
        name: the name that is the text or begins with it, else empty.
    """

    hit: Hit
    closeness: Closeness
    name: str = ""


@dataclass(frozen=True)
class Group:
    """The matches of one kind, best first; never empty."""

    kind: str
    matches: tuple[Match, ...]


class Finder:
    """Finds entries of any kind by the beginnings of their words; safe for many threads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take what can be found; the index is built here."""
        self._entries = list(entries)
        names: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for number, entry in enumerate(self._entries):
            for name in entry.names.split(JOINT):
                names[entry.hit.kind].add((_folded(name), number))
        self._names = {kind: sorted(pairs) for kind, pairs in names.items()}
        self._lock = threading.Lock()
        self._tables = sqlite3.connect(":memory:", check_same_thread=False)
        rows = [
            (number, entry.hit.kind, spaced(entry.names), spaced(entry.text))
            for number, entry in enumerate(self._entries)
        ]
        # A stemmed word has lost its end: a longer beginning of it would no longer be found there.
        for table, tokens in (("stemmed", "porter unicode61"), ("written", "unicode61")):
            self._tables.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(kind, names, text, content='', "
                f"tokenize='{tokens} remove_diacritics 2')"
            )
            self._tables.executemany(
                f"INSERT INTO {table} (rowid, kind, names, text) VALUES (?, ?, ?, ?)", rows
            )

    def groups(self, text: str, kinds: Sequence[str], first: int, others: int) -> list[Group]:
        """What a text may mean, by kind.

        Args:
            text: what a reader has typed so far; its last word may be unfinished.
            kinds: kinds of entries, in the order in which they stand where they fit equally well.
            first: matches of the first group at most.
            others: matches of each other group at most.

        Returns:
            A group for each kind with a match. One with the very name stands before those whose
            names hold the words, these before those whose texts do, these before the rest.
        """
        found = {kind: self.find(text, kind, first) for kind in kinds}
        order = sorted(
            (kind for kind in kinds if found[kind]), key=lambda kind: found[kind][0].closeness.step
        )
        return [
            Group(kind, tuple(found[kind][: others if place else first]))
            for place, kind in enumerate(order)
        ]

    def find(self, text: str, kind: str, most: int) -> list[Match]:
        """What of a kind a text may mean, best first.

        Args:
            text: what a reader has typed so far; its last word may be unfinished.
            kind: kind of the entries to look at.
            most: matches returned at most.

        Returns:
            The matches, each once, their hits numbered by `rank`. What holds only some of the words
            is among them if nothing holds all of them. Never raises.
        """
        words = words_asked(text)[:MOST_WORDS]
        found: dict[int, Closeness] = {}
        if not words or most < 1:
            return []
        with self._lock:
            for closeness, numbers in self._steps(_folded(text), words, kind):
                if len(found) >= most or (found and closeness is Closeness.SOME):
                    break
                for number in numbers:
                    found.setdefault(number, closeness)
        sought = [part for word in words for part in word]
        return [
            self._match(number, closeness, _folded(text), sought, rank)
            for rank, (number, closeness) in enumerate(list(found.items())[:most], start=1)
        ]

    def _steps(
        self, folded: str, words: Sequence[Sequence[str]], kind: str
    ) -> Iterator[tuple[Closeness, list[int]]]:
        """Entries that fit, step by step, each step looked for only when it is asked for."""
        begun = self._begun(folded, kind)
        yield Closeness.NAME, self._weighed(number for name, number in begun if name == folded)
        yield Closeness.BEGINNING, self._weighed(number for _, number in begun)
        whole = [f'"{" ".join(word)}"' for word in words]
        beginnings = " AND ".join(f"{word}*" for word in whole)
        for closeness, columns in ((Closeness.NAMES, "names"), (Closeness.TEXT, "names text")):
            numbers = self._matches("stemmed", kind, columns, " AND ".join(whole))
            numbers += self._matches("written", kind, columns, beginnings)
            yield closeness, self._weighed(numbers)
        if len(words) > 1:
            held = Counter(
                number for word in whole for number in self._matches("stemmed", kind, "names", word)
            )
            yield Closeness.SOME, sorted(self._weighed(held), key=lambda number: -held[number])

    def _weighed(self, numbers: Iterable[int]) -> list[int]:
        return sorted(numbers, key=lambda number: self._entries[number].weight)

    def _begun(self, folded: str, kind: str) -> list[tuple[str, int]]:
        """Names of a kind that begin with a text, and whose they are."""
        names = self._names.get(kind, [])
        # Nothing is smaller than a pair with the text itself, nor greater than one with its end.
        start = bisect_left(names, (folded, -1))
        return names[start : bisect_left(names, (folded + LAST_SIGN, -1))]

    def _matches(self, table: str, kind: str, columns: str, condition: str) -> list[int]:
        rows = self._tables.execute(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? "
            f"ORDER BY bm25({table}, 0, 8, 1), rowid",
            (f'kind: "{kind}" AND {{{columns}}}: ({condition})',),
        )
        return [number for (number,) in rows]

    def _match(
        self, number: int, closeness: Closeness, folded: str, sought: Sequence[str], rank: int
    ) -> Match:
        entry = self._entries[number]
        excerpt = excerpt_of(entry.text, sought) if closeness is Closeness.TEXT else ""
        begun = (name for name in entry.names.split(JOINT) if _folded(name).startswith(folded))
        return Match(replace(entry.hit, rank=rank, excerpt=excerpt), closeness, next(begun, ""))


def _folded(text: str) -> str:
    """A text by which names are compared: upper and lower case and signs make no difference."""
    return spaced(text).casefold()
