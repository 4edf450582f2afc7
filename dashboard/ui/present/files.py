"""What a deck becomes on the server: checked, a preview of a slide, a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from dashboard.catalogue import Catalogue
from dashboard.catalogue.own import NOT_HERE, names_own
from dashboard.exports import deck_files
from dashboard.exports.deck import Deck, DeckError, Entry, read, written
from dashboard.exports.files import FORMATS, bare
from dashboard.exports.picture import words
from dashboard.exports.slides import PictureError, Slide, presentation
from dashboard.serving.taking import RefusedError, Taken
from dashboard.ui import finder, resources
from dashboard.ui.headless import NoViewError, shown_of
from dashboard.ui.taking import CardContent, renderer

JSON = "application/json"
# Pages of a deck, kept while its presenter looks at them and takes it away.
PAGES_KEPT = 48
SUFFIXES = ("pptx", "pdf", "zip")


def made(what: str, body: bytes, origin: str) -> Taken:
    """What is asked for of a deck.

    Args:
        what: "check" gives the deck as it is kept, and remarks; "preview" what a browser draws the
            first slide from; or one of `SUFFIXES`, a file.
        body: the deck, as its file has it.
        origin: scheme and host by which the reader knows the atlas.

    Raises:
        RefusedError: if it is no deck, or nothing can be made of it.
    """
    catalogue = resources.package()
    try:
        deck, remarks = read(body, catalogue, pages())
    except DeckError as error:
        raise RefusedError(str(error)) from error
    if what == "check":
        checked = {"deck": json.loads(written(deck)), "remarks": remarks}
        return Taken(_json(checked), "check.json", JSON)
    if what == "preview":
        return Taken(_json(preview(deck, catalogue, origin, remarks)), "preview.json", JSON)
    if what not in SUFFIXES:
        raise RefusedError(f"A deck cannot be “{what}”. Take one of {', '.join(SUFFIXES)}.", 404)
    slides = [slide_of(entry, deck, catalogue, origin) for entry in deck.entries]
    try:
        if what == "pptx":
            content = presentation(
                slides, size=deck.size, mode=deck.mode, draw=bare(renderer().draw)
            )
        elif what == "pdf":
            content = deck_files.pdf(slides, deck, catalogue.version, renderer().draw)
        else:
            content = deck_files.bundle(slides, deck, catalogue.version, renderer().draw)
    except PictureError as error:
        raise RefusedError(str(error), 503) from error
    except ValueError as error:
        raise RefusedError(str(error), 422) from error
    return Taken(content, f"seabelt-deck.{what}", FORMATS[what].mime)


def preview(
    deck: Deck, catalogue: Catalogue, origin: str, remarks: list[str]
) -> Mapping[str, object]:
    """What a browser draws the first slide of a deck from, with the script of pictures.

    Raises:
        RefusedError: if there is no slide, or its view is not to be had.
    """
    if not deck.entries:
        raise RefusedError("A preview needs a slide: add a chart or a text first.")
    entry = deck.entries[0]
    slide = Slide(title=entry.title, text=entry.text)
    if entry.link:
        try:
            slide = Slide(_shown(entry, deck).view(catalogue, origin), title=entry.title)
        except NoViewError as error:
            raise RefusedError(str(error), 422) from error
    drawn = deck_files.sheet(slide, deck, catalogue.version)
    return {
        "figure": drawn.plotly,
        "words": words(drawn),
        "alt": drawn.alt or entry.text,
        "title": slide.view.title if slide.view else "",
        "remarks": [remark.removeprefix("Slide 1: ") for remark in remarks],
    }


def slide_of(entry: Entry, deck: Deck, catalogue: Catalogue, origin: str) -> Slide:
    """A slide with its view; one whose view is not to be had says so in its place."""
    if not entry.link:
        return Slide(title=entry.title, text=entry.text, notes=entry.notes)
    try:
        view = _shown(entry, deck).view(catalogue, origin)
    except NoViewError as error:
        text = f"{error}\n\n{origin}{entry.link}"
        return Slide(title=entry.title or "A view that is missing", text=text, notes=entry.notes)
    return Slide(view, title=entry.title, notes=entry.notes)


def pages() -> frozenset[str]:
    """Addresses of the pages whose cards can stand in a deck, without slashes."""
    return frozenset(urlsplit(page.address).path.strip("/") for page in finder.PAGES)


def _shown(entry: Entry, deck: Deck) -> CardContent:
    """The card of an entry, in the theme of its deck.

    Raises:
        NoViewError: if the page cannot be run, or has no such card any more.
    """
    if names_own(entry.link):
        raise NoViewError(f"This view shows a series of its maker's own: {NOT_HERE}.")
    cards = _cards(entry.link, deck.mode)
    if entry.card not in cards:
        raise NoViewError(
            f"The page no longer shows this view (“{entry.card}”): open its link and add it again."
        )
    return cards[entry.card]


@lru_cache(maxsize=PAGES_KEPT)
def _cards(link: str, mode: str) -> Mapping[str, CardContent]:
    """The cards of a page by their keys. The data do not change while the server runs."""
    return dict(shown_of(link, mode))


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
