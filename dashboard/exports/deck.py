"""A deck of slides as a file: what a presenter has put together, and how a file of it is read.

A slide names a view by its address and the card on it, so that a deck outlives the page it was made
on. Nothing in a file is trusted: addresses are read as those of readers are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import parse_qs, urlencode, urlsplit

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import PARAMETERS, from_parameters, to_parameters
from dashboard.catalogue.own import is_own
from dashboard.charts.theme import THEMES
from dashboard.exports.slides import SIZES

VERSION = 1
MARK = "seabelt_deck"
MOST_SLIDES = 40
MOST_BYTES = 256 * 1024
LONGEST = {"link": 4000, "card": 120, "title": 200, "text": 3000, "notes": 4000}
MOST_PARAMETERS = 200
_CARD = re.compile(r"[\w.:-]+", re.ASCII)
_VIEW = re.compile(r"[a-z0-9_]{1,60}")
_DATA = re.compile(r"[\w.-]{1,20}", re.ASCII)
_LINES = ("text", "notes")  # fields that may have several lines


class DeckError(ValueError):
    """A file is no deck; the message says what is wrong, where, and how to mend it."""


@dataclass(frozen=True)
class Entry:
    """A slide of a deck: a view by its address and card, or a text where both are empty.

    An empty `title` is the view's own.
    """

    link: str = ""
    card: str = ""
    title: str = ""
    text: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Deck:
    """Slides in their order, their size (a key of `slides.SIZES`) and theme."""

    entries: tuple[Entry, ...] = ()
    size: str = "16:9"
    mode: str = "light"


def written(deck: Deck) -> bytes:
    """A deck as a file, in UTF-8."""
    content = {
        MARK: VERSION,
        "size": deck.size,
        "mode": deck.mode,
        "slides": [vars(entry) for entry in deck.entries],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read(content: bytes, catalogue: Catalogue, pages: Collection[str]) -> tuple[Deck, list[str]]:
    """Read a file of a deck.

    Args:
        content: the file.
        catalogue: says which identifiers exist.
        pages: addresses of the pages, without slashes; the first page is "".

    Returns:
        The deck, and a sentence for each choice in an address that the atlas no longer has.

    Raises:
        DeckError: if it is none.
    """
    if len(content) > MOST_BYTES:
        raise DeckError(
            f"The file has {len(content):,} bytes, and a deck has at most {MOST_BYTES:,}: "
            "shorten its notes, or make two decks of it."
        )
    try:
        held = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise DeckError("The file is no text in UTF-8. Choose a deck saved on this page.") from None
    except json.JSONDecodeError as error:
        raise DeckError(
            f"The file is no JSON: line {error.lineno}, column {error.colno}: {error.msg}. Mend it "
            "there, or save the deck again."
        ) from None
    except (RecursionError, ValueError):
        raise DeckError("The file is no deck. Choose one saved on this page.") from None
    if not isinstance(held, dict) or MARK not in held:
        raise DeckError(f"The file is no deck: it lacks “{MARK}”. Choose one saved on this page.")
    if held[MARK] != VERSION or isinstance(held[MARK], bool):
        raise DeckError(
            f"The file, {MARK}: the version {_shown(held[MARK])} is not known here. This atlas "
            f"reads version {VERSION}; open the deck where it was saved."
        )
    _refuse_unknown("The file", held, {MARK, "size", "mode", "slides"})
    slides = held.get("slides")
    if not isinstance(slides, list):
        raise DeckError("The file, slides: a list is expected. Save the deck again.")
    if len(slides) > MOST_SLIDES:
        raise DeckError(
            f"The file, slides: there are {len(slides)}, and a deck has at most {MOST_SLIDES}. "
            "Make two decks of it."
        )
    remarks: list[str] = []
    entries = tuple(
        _entry(f"Slide {number}", item, catalogue, pages, remarks)
        for number, item in enumerate(slides, start=1)
    )
    size = _one_of("size", held.get("size", "16:9"), SIZES)
    return Deck(entries, size, _one_of("mode", held.get("mode", "light"), THEMES)), remarks


def _entry(
    where: str,
    item: Any,
    catalogue: Catalogue,
    pages: Collection[str],
    remarks: list[str],
) -> Entry:
    if not isinstance(item, dict):
        raise DeckError(
            f"{where}: an object with {', '.join(LONGEST)} is expected, not {_shown(item)}."
        )
    _refuse_unknown(where, item, LONGEST.keys())
    texts = {name: _text(where, name, item.get(name, "")) for name in LONGEST}
    if bool(texts["link"]) != bool(texts["card"]):
        lacks, has = ("card", "link") if texts["link"] else ("link", "card")
        raise DeckError(
            f"{where}, {lacks}: it is empty while {has} is not. Give both for a chart, and neither "
            "for a text."
        )
    if texts["card"] and not _CARD.fullmatch(texts["card"]):
        raise DeckError(
            f"{where}, card: {_shown(texts['card'])} names no card. Add the chart again."
        )
    if texts["link"]:
        texts["link"] = _link(where, texts["link"], catalogue, pages, remarks)
    return Entry(**texts)


def _text(where: str, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise DeckError(f"{where}, {name}: a text is expected, not {_shown(value)}.")
    if len(value) > LONGEST[name]:
        raise DeckError(
            f"{where}, {name}: {len(value):,} letters are too many, {LONGEST[name]:,} fit. "
            "Shorten it."
        )
    text = "".join(sign for sign in value.replace("\r\n", "\n") if _can_be_written(sign))
    return text if name in _LINES else " ".join(text.split())


def _can_be_written(sign: str) -> bool:
    """Whether files of every kind hold a sign: no control characters, no halves of a character."""
    if sign in "\n\t":
        return True
    return (
        sign >= " "
        and not ("\x7f" <= sign <= "\x9f" or "\ud800" <= sign <= "\udfff")
        and (sign not in "\ufffe\uffff")
    )


def _link(
    where: str,
    link: str,
    catalogue: Catalogue,
    pages: Collection[str],
    remarks: list[str],
) -> str:
    """An address of the atlas, with all in it that the atlas has."""

    def refuse() -> NoReturn:
        raise DeckError(
            f"{where}, link: {_shown(link)} is no view of this atlas. Give path and query as "
            "“Copy link” of a card has them, such as /compare?view=line."
        )

    try:
        parts = urlsplit(link)
        query = parse_qs(parts.query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        refuse()
    if parts.scheme or parts.netloc or not link.startswith("/") or link.startswith(("//", "/\\")):
        refuse()
    page = parts.path.strip("/")
    if page not in pages:
        refuse()
    # Which views a page has, the page says when it runs.
    views = [name for name in query.get("view", ()) if _VIEW.fullmatch(name)]
    selection, refused = from_parameters(query, catalogue, views)
    remarks += [f"{where}: {refusal}" for refusal in refused]
    parameters = to_parameters(selection)
    # A reader's own series is nowhere but in their tab. The slide keeps its name, so that it says
    # what it lacks rather than show something else.
    own = {name: [value for value in query[name] if is_own(value)] for name in query}
    parameters |= {name: own[name] for name in PARAMETERS if own.get(name)}
    made_with = [name for name in query.get("data", ())[:1] if _DATA.fullmatch(name)]
    if made_with:
        parameters["data"] = made_with
    return f"/{page}?{urlencode(parameters, doseq=True)}"


def _one_of(name: str, value: Any, known: Collection[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise DeckError(
            f"The file, {name}: {_shown(value)} is not known. Write {' or '.join(known)}."
        )
    return value


def _refuse_unknown(where: str, held: Mapping[str, Any], known: Collection[str]) -> None:
    for name in held:
        if name not in known:
            raise DeckError(
                f"{where}: a deck has no {_shown(name)}. Take it out; there are "
                f"{', '.join(sorted(known))}."
            )


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"“{text if len(text) <= 60 else text[:57] + '...'}”"
