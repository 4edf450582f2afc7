"""One set of sources from the lists that came with each folder of inputs.

Each folder named its sources by itself, so one document may have two identifiers and two
documents may share one. `curated/source_aliases.csv` settles both; what it does not settle stops
the build.
"""

import re
from collections.abc import Callable

from data.curation.tables import Row, sentences

_IDENTIFIER = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")
_NESTED = re.compile(r"\(([^()]+) \((\d{4})\)\)")
_INITIALS = re.compile(r", [A-Z]\.(?: ?[A-Z]\.)*")

FOLDERS = ("national", "hubs", "sme", "programmes", "glossary")

ALWAYS_LISTED = ("geonames_cities5000", "mledoze_2026", "seed_chaminade_vang_2006",
                 "seed_chaminade_vang_2008", "seed_ernst_2007", "seed_kitagawa_2008",
                 "seed_mitsui_2003")  # fmt: skip
"""Sources of coordinates, which stand in notes only, and the papers the atlas grew from."""

_STATISTICS_OFFICE_WORDS = ("statisti", "census", "dgbas", "destatis")

_PUBLISHER_TYPES = {
    "international organisation": "international_organisation",
    "international_org": "international_organisation",
    "government statistics": "official_statistics",
    "national statistics": "official_statistics",
    "national statistics (compiled by a research project)": "official_statistics",
    "central bank": "official_statistics",
    "news report of a government release": "press",
    "research institute": "academic",
    "university": "academic",
    "law firm quoting a government office": "other",
    "community dataset": "other",
    "standards body": "other",
    "encyclopedia": "other",
    "other": "other",
    "government": "government",
    "press": "press",
    "academic": "academic",
    "seed": "seed",
    "industry_association": "industry_association",
    "calculation": "calculation",
}


class SourceBook:
    """The documents of all folders under one set of identifiers; remembers which are cited."""

    def __init__(self, read: Callable[[str], list[Row]]) -> None:
        self._aliases = {
            (row["folder"], row["source_id"]): row["canonical_id"]
            for row in read("curated/source_aliases")
        }
        self._documents: dict[str, Row] = {}
        self._ids: dict[tuple[str, str], str] = {}
        self._cited: set[str] = set(ALWAYS_LISTED)
        listed = [(folder, row) for folder in FOLDERS for row in read(f"{folder}/sources")]
        self._require_used_aliases({(folder, row["source_id"]) for folder, row in listed})
        for folder, row in listed:
            self._add(folder, row)
        self._require_one_id_per_address(listed)
        for details in read("curated/source_details"):
            document = self._documents[details["source_id"]]
            document["licence"] = details["licence"] or document["licence"]
            document["note"] = details["note"] or document["note"]

    def cite(self, folder: str, source_id: str) -> str:
        """The identifier, among all sources, of what a folder calls `source_id`."""
        canonical = self._ids[folder, source_id]
        self._cited.add(canonical)
        return canonical

    def cite_known(self, source_id: str) -> str:
        """The same identifier, for hand-written inputs that already use the common ones."""
        if source_id not in self._documents:
            raise KeyError(f"no source {source_id!r} in any folder")
        self._cited.add(source_id)
        return source_id

    def year_of(self, source_id: str) -> str:
        """Year of publication of a document; empty when it has none."""
        return self._documents[source_id]["year"]

    def publisher_type(self, source_id: str) -> str:
        """The kind of publisher of a document, by its common identifier."""
        return self._documents[source_id]["publisher_type"]

    def lacks_address(self, source_id: str) -> bool:
        """Whether a document has no public address, though it is none of the papers."""
        document = self._documents[source_id]
        return not document["url"] and document["publisher_type"] not in ("seed", "calculation")

    def spelled_out(self, text: str) -> str:
        """A note in which documents stand by author and year, not by their identifiers."""
        return _NESTED.sub(r"(\1, \2)", _IDENTIFIER.sub(lambda found: self._name(found[0]), text))

    def _name(self, word: str) -> str:
        canonical = next(
            (self._ids[folder, word] for folder in FOLDERS if (folder, word) in self._ids), word
        )
        document = self._documents.get(canonical)
        if document is None:
            return word
        author = _INITIALS.sub("", document["author"].split(" (")[0])
        return f"{author} ({document['year']})" if document["year"] else author

    def rows(self) -> list[Row]:
        """The table of sources: every document that some row cites."""
        return [self._documents[source_id] for source_id in sorted(self._cited)]

    def _add(self, folder: str, row: Row) -> None:
        source_id = self._aliases.get((folder, row["source_id"]), row["source_id"])
        self._ids[folder, row["source_id"]] = source_id
        document = _document(source_id, row)
        known = self._documents.setdefault(source_id, document)
        if _address(known["url"]) != _address(document["url"]):
            raise ValueError(
                f"Two documents are called {source_id}: {known['url']} and {document['url']} "
                f"({folder}). Give one another name in source_aliases.csv."
            )
        # Folders differ in what they know of a document; the first one that knows wins.
        for name, cell in document.items():
            known[name] = known[name] or cell

    def _require_used_aliases(self, listed: set[tuple[str, str]]) -> None:
        stray = sorted(set(self._aliases) - listed)
        if stray:
            raise ValueError(f"source_aliases.csv names sources that no folder lists: {stray}")

    def _require_one_id_per_address(self, listed: list[tuple[str, Row]]) -> None:
        """Folders rarely read the same page by chance: one address, one identifier."""
        folder_ids: dict[str, dict[str, set[str]]] = {}
        for folder, row in listed:
            address = _address(row["url"])
            if address:
                ids = folder_ids.setdefault(address, {}).setdefault(folder, set())
                ids.add(self._ids[folder, row["source_id"]])
        for address, by_folder in folder_ids.items():
            if len(by_folder) > 1 and len(set().union(*by_folder.values())) > 1:
                raise ValueError(
                    f"{address} has several identifiers: {by_folder}. If it is one document, "
                    "say so in source_aliases.csv."
                )


def _document(source_id: str, row: Row) -> Row:
    licence = row.get("licence", "")
    silent = licence.startswith("not stated")
    retrieved_from = row.get("retrieved_from", "")
    return {
        "source_id": source_id,
        "title": row["title"],
        "author": row["author_or_org"],
        "year": row["year"],
        "url": row["url"] if row["url"].startswith("http") else "",
        "publisher_type": _publisher_type(row),
        "licence": "" if silent else licence,
        "retrieved": row.get("vintage", ""),
        "note": sentences(
            row["note"],
            f"Licence {licence}" if silent and licence != "not stated in the copy" else "",
            f"Read from {retrieved_from}" if retrieved_from.startswith("http") else "",
        ),
    }


def _publisher_type(row: Row) -> str:
    kind = _PUBLISHER_TYPES[row["publisher_type"]]
    office = any(word in row["author_or_org"].lower() for word in _STATISTICS_OFFICE_WORDS)
    return "official_statistics" if kind == "government" and office else kind


def _address(url: str) -> str:
    """An address without the parts in which copies of one address differ."""
    if not url.startswith("http"):
        return ""
    return url.split("://", 1)[1].removeprefix("www.").rstrip("/").lower()
