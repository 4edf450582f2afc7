"""Full-text search over what the atlas holds: indicators, places, documents, programmes, values."""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import pandas as pd

from dashboard.catalogue import wording
from dashboard.catalogue.catalogue import Catalogue, value_identifiers
from dashboard.catalogue.vocabulary import PLACE_KINDS

KINDS = ("indicator", "place", "source", "programme", "value")

# Publishers of long series: their values are found by indicator and place, and on their own only
# with a note that is not the footnote of a whole series. Every other value is a find of its own.
SERIES_PUBLISHERS = ("official_statistics", "international_organisation", "calculation")
MOST_REPEATED = 5
# Rows that are looked through for them; a package of text tables has far fewer.
MOST_SEARCHED = 1_000_000

# Words that questions are made of. They are looked for only where nothing else was asked.
STOP_WORDS = re.compile(
    "a|an|and|are|as|at|be|by|did|do|does|for|from|has|have|how|in|is|it|its|many|much|not|of|on|or"
    "|per|s|say|says|than|that|the|their|there|this|to|was|were|what|when|where|which|who|whose|why"
    "|will|with",
    re.IGNORECASE,
)

# A search is words, not a text: what comes after this many is not looked for.
MOST_WORDS = 24
EXCERPT = 200
JOINT = " · "
MOST_PLACES = 40

# Scripts written without spaces: each sign is a word, so that any part of a name is found.
_SIGN = "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
_WORD = re.compile(rf"{_SIGN}|(?:(?!{_SIGN})[^\W_])+")


@dataclass(frozen=True)
class Hit:
    """Something that was found.

    Attributes:
        kind: one of `KINDS`.
        identifier: identifier within its kind; of a value, what `Catalogue.value` takes.
        title: its name; of a value, "Indicator: value unit, place, year".
        excerpt: the words around what was found.
        rank: 1 is the best hit.
        indicator_id: indicator of a value or of itself, else empty.
        place_id: place of a value or of itself, else empty.
        source_id: document a value, place or programme rests on, or itself.
        year: year of a value, None when it has none or is no value.
    """

    kind: str
    identifier: str
    title: str
    excerpt: str
    rank: int
    indicator_id: str = ""
    place_id: str = ""
    source_id: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Entry:
    """What can be found, and the texts it is found by: names weigh more than the rest.

    Attributes:
        hit: what is found; its rank and excerpt are left open.
        names: its names, joined by `JOINT`.
        text: what else is said of it, joined by `JOINT`.
        weight: of two that fit a text equally well, the lighter one stands first.
    """

    hit: Hit
    names: str
    text: str
    weight: int = 0


def search(
    catalogue: Catalogue, text: str, kinds: Sequence[str] = KINDS, most: int = 30
) -> list[Hit]:
    """What holds the words of the text, best first.

    First comes what has the text as its identifier or as a name, then what holds every word in its
    names, then in its text, then what holds words that begin like them, then what holds some of
    them. Upper and lower case, accents and endings of English words make no difference; Chinese,
    Japanese and Korean are found by any part of a name.

    Args:
        catalogue: what is searched, of a reader's catalogue the package below it; its index is
            built at the first search.
        text: what a reader typed, whatever it is.
        kinds: kinds of `KINDS` to look for; others are ignored.
        most: hits returned at most.

    Returns:
        The hits, numbered by `rank`; none for a text without words. Never raises.
    """
    catalogue = catalogue.package
    with _lock:
        index = _indexes.get(catalogue)
        if index is None:
            index = _indexes[catalogue] = _Index(catalogue)
        return index.search(text, kinds, most)


_lock = threading.Lock()
_indexes: WeakKeyDictionary[Catalogue, _Index] = WeakKeyDictionary()


class _Index:
    """A table of SQLite's full-text search in memory; used by one thread at a time."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._entries = list(_entries(catalogue))
        self._by_name: dict[str, list[int]] = {}
        for number, entry in enumerate(self._entries):
            for name in {entry.hit.identifier, *entry.names.split(JOINT)}:
                self._by_name.setdefault(name.casefold(), []).append(number)
        self._table = sqlite3.connect(":memory:", check_same_thread=False)
        self._table.execute(
            "CREATE VIRTUAL TABLE entries USING fts5(kind, names, text, content='', "
            "tokenize='porter unicode61 remove_diacritics 2')"
        )
        self._table.executemany(
            "INSERT INTO entries (rowid, kind, names, text) VALUES (?, ?, ?, ?)",
            (
                (number, entry.hit.kind, spaced(entry.names), spaced(entry.text))
                for number, entry in enumerate(self._entries)
            ),
        )

    def search(self, text: str, kinds: Sequence[str], most: int) -> list[Hit]:
        words = words_asked(text)
        wanted = [kind for kind in KINDS if kind in kinds]
        if not words or not wanted or most < 1:
            return []
        whole = [f'"{" ".join(word)}"' for word in words]
        begun = [f"{word}*" for word in whole]
        # Words that signs join, such as "R&D", must stand together until nothing else is found.
        single = [f'"{part}"' for word in words for part in word if part.isascii()]
        among = f"kind: ({' OR '.join(wanted)})"
        named = self._by_name.get(text.strip().casefold(), [])
        found = dict.fromkeys(
            number for number in named if self._entries[number].hit.kind in wanted
        )
        for columns, condition in (
            ("names", " AND ".join(whole)),
            ("names text", " AND ".join(whole)),
            ("names", " AND ".join(begun)),
            ("names text", " AND ".join(begun)),
            ("names text", " OR ".join([*whole, *single])),
        ):
            if len(found) < most:
                condition = f"{among} AND {{{columns}}}: ({condition})"
                found |= dict.fromkeys(self._matches(condition, most))
        sought = [part for word in words for part in word]
        return [
            replace(
                self._entries[number].hit,
                rank=rank,
                excerpt=excerpt_of(self._entries[number].text, sought),
            )
            for rank, number in enumerate(list(found)[:most], start=1)
        ]

    def _matches(self, condition: str, most: int) -> list[int]:
        rows = self._table.execute(
            "SELECT rowid FROM entries WHERE entries MATCH ? "
            "ORDER BY bm25(entries, 0, 8, 1), rowid LIMIT ?",
            (condition, most),
        )
        return [number for (number,) in rows]


def _words(text: str) -> list[str]:
    """Words of a text as they are indexed and looked for; single signs of East Asian scripts.

    Two ways to write the first sign of Taiwan are read as one.
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("臺", "台"))


def spaced(text: str) -> str:
    """A text as it is indexed: its words with spaces between them."""
    return " ".join(_words(text))


def words_asked(text: str) -> list[list[str]]:
    """What was asked for: one list of parts for each word that must be found as it is written."""
    asked: list[list[str]] = []
    for chunk in text[: 40 * MOST_WORDS].split():
        parts = _words(re.sub(r"['’]s\b", "", chunk))
        if parts and parts not in asked:
            asked.append(parts)
    telling = [parts for parts in asked if not STOP_WORDS.fullmatch(" ".join(parts))]
    return (telling or asked)[:MOST_WORDS]


def excerpt_of(text: str, sought: Sequence[str]) -> str:
    """The part of a text with most of the words sought, cut at words."""
    if len(text) <= EXCERPT:
        return text
    stems = tuple({word.casefold()[:6] for word in sought})
    places = [
        match.start() for match in _WORD.finditer(text) if match[0].casefold().startswith(stems)
    ][:MOST_PLACES]
    if not places:
        return f"{text[:EXCERPT].rsplit(' ', 1)[0]} …"
    starts = [max(0, place - 30) for place in places]
    best = max(
        starts,
        key=lambda start: len(
            {
                text[place : place + 6].casefold()
                for place in places
                if start <= place < start + EXCERPT - 10
            }
        ),
    )
    cut = text[best : best + EXCERPT]
    cut = cut if best == 0 else f"… {cut.split(' ', 1)[-1]}"
    return cut if best + EXCERPT >= len(text) else f"{cut.rsplit(' ', 1)[0]} …"


# --- What is indexed ------------------------------------------------------------------------------


def _entries(catalogue: Catalogue) -> Iterator[Entry]:
    values = list(_value_entries(catalogue, _place_names(catalogue)))
    yield from named_entries(catalogue, values)
    yield from values


def named_entries(catalogue: Catalogue, values: Sequence[Entry] = ()) -> Iterator[Entry]:
    """All that has a name of its own; documents are found by the values given, too."""
    names = _place_names(catalogue)
    yield from _indicator_entries(catalogue)
    yield from _place_entries(catalogue, names)
    yield from _source_entries(catalogue, values, names)
    yield from _programme_entries(catalogue)


def joined(*parts: str) -> str:
    """Names or sentences in one line, the empty ones left out."""
    return JOINT.join(part for part in parts if part)


def _place_names(catalogue: Catalogue) -> dict[str, str]:
    """All names of each place: English, local, and those of the translations."""
    names = {key: [place.name, place.name_local] for key, place in catalogue.places.items()}
    table = catalogue.table("place_names")
    for row in table.drop(columns="source_id").itertuples(index=False):
        names[row.place_id] += row[1:]
    return {key: joined(*dict.fromkeys(held)) for key, held in names.items()}


def _indicator_entries(catalogue: Catalogue) -> Iterator[Entry]:
    places = catalogue.counted("indicator_id", "place_id")["indicator_id"].value_counts()
    for key, item in catalogue.indicators.items():
        yield Entry(
            Hit("indicator", key, item.name, "", 0, indicator_id=key),
            joined(item.name, item.short_name, key, item.source_code),
            joined(
                item.definition,
                f"Unit: {item.unit}",
                item.comparability_note,
                item.method,
                item.topic.replace("_", " "),
            ),
            # What is known of most places is meant more often than a figure of one hub.
            weight=-int(places.get(key, 0)),
        )


def _place_entries(catalogue: Catalogue, names: dict[str, str]) -> Iterator[Entry]:
    texts = defaultdict(list)
    for row in catalogue.table("profiles").itertuples(index=False):
        texts[row.place_id].append(row.text)
    for row in catalogue.table("events").itertuples(index=False):
        texts[row.place_id].append(f"{row.year}: {row.event}")
    table = catalogue.table("places").set_index("place_id")
    for key, place in catalogue.places.items():
        row = table.loc[key]
        industries = [catalogue.industry_names[name] for name in place.industries]
        within = [catalogue.places[name].name for name in place.economies if name != key]
        yield Entry(
            Hit("place", key, catalogue.label(key), "", 0, place_id=key, source_id=place.source_id),
            joined(names[key], key),
            joined(
                place.summary,
                ", ".join([place.kind.replace("_", " "), *within]),
                place.region,
                ", ".join(industries),
                row["anchor_firms"].replace(";", ", "),
                row["anchor_universities"].replace(";", ", "),
                row["core_body"].replace(";", ", "),
                row["note"],
                *texts[key],
            ),
            # Economies before hubs, and so on; neighbours of the atlas come last.
            weight=PLACE_KINDS.index(place.kind) if place.in_focus else len(PLACE_KINDS),
        )


def _source_entries(
    catalogue: Catalogue, values: Iterable[Entry], names: dict[str, str]
) -> Iterator[Entry]:
    resting = defaultdict(list)
    for entry in values:
        # The document is named by itself already; what its values say is what it is found by.
        resting[entry.hit.source_id].append(joined(entry.hit.title, *entry.text.split(JOINT)[:1]))
    pairs = catalogue.counted("source_id", "indicator_id")
    for source_id, group in pairs.groupby("source_id"):
        resting[str(source_id)] += [catalogue.indicators[key].name for key in group["indicator_id"]]
    pairs = catalogue.counted("source_id", "place_id")
    for source_id, group in pairs.groupby("source_id"):
        resting[str(source_id)] += [names[key] for key in group["place_id"]]
    for name, column in (
        ("programme_funding", "note"),
        ("links", "description"),
        ("profiles", "text"),
        ("lessons", "text"),
        ("frameworks", "text"),
        ("glossary", "definition"),
        ("events", "event"),
    ):
        for row in catalogue.table(name)[["source_id", column]].itertuples(index=False):
            resting[row.source_id].append(row[1])
    for key, source in catalogue.sources.items():
        yield Entry(
            Hit("source", key, source.title, "", 0, source_id=key),
            joined(source.title, source.author, str(source.year or ""), key),
            joined(
                f"{source.publisher_type.replace('_', ' ')}, {source.licence}".rstrip(", "),
                source.note,
                *dict.fromkeys(resting[key]),
            ),
        )


def _programme_entries(catalogue: Catalogue) -> Iterator[Entry]:
    funding = catalogue.table("programme_funding")
    amounts = defaultdict(list)
    for row in funding.itertuples(index=False):
        year = "" if pd.isna(row.year) else f"{row.year} "
        unit = f"{row.amount_unit} {row.currency}".strip()
        said = f"{year}{row.measure.replace('_', ' ')}: {wording.number(row.amount)} {unit}"
        amounts[row.programme_id].append(joined(said, row.note))
    for row in catalogue.table("programmes").itertuples(index=False):
        years = "–".join(str(year) for year in (row.start_year, row.end_year) if pd.notna(year))
        yield Entry(
            Hit("programme", row.programme_id, row.name, "", 0, source_id=row.source_id),
            joined(row.name, row.sponsor, row.phase, row.programme_id),
            joined(
                row.objective,
                f"{catalogue.places[row.economy].name} {years}".strip(),
                f"{row.approach} approach",
                *amounts[row.programme_id],
            ),
        )


def _value_entries(catalogue: Catalogue, names: dict[str, str]) -> Iterator[Entry]:
    # Of more rows, a value is found by its indicator and its place.
    if catalogue.counted("qualifier")["rows"].sum() > MOST_SEARCHED:
        return
    observations = catalogue.table("observations")
    publisher = observations["source_id"].map(
        {key: source.publisher_type for key, source in catalogue.sources.items()}
    )
    note = observations["note"]
    repeated = note.map(note.value_counts())
    rows = observations[
        ~publisher.isin(SERIES_PUBLISHERS) | ((note != "") & (repeated <= MOST_REPEATED))
    ]
    identifiers = value_identifiers(rows)
    for identifier, row in zip(identifiers, rows.itertuples(index=False), strict=True):
        indicator = catalogue.indicators[row.indicator_id]
        source = catalogue.sources[row.source_id]
        year = None if pd.isna(row.year) else int(row.year)
        title = wording.title(row, catalogue)
        coverage = [
            cell.replace("_", " ")
            for cell in (row.scope, row.industry, row.firm_scale)
            if cell not in ("all", "unspecified")
        ]
        yield Entry(
            Hit(
                "value",
                identifier,
                title,
                "",
                0,
                row.indicator_id,
                row.place_id,
                row.source_id,
                year,
            ),
            joined(title, indicator.short_name),
            joined(
                row.note,
                source.citation,
                ", ".join(coverage),
                indicator.unit,
                row.locator,
                names[row.place_id],
            ),
        )
