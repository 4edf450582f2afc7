"""What a page of the app holds, in the order in which it is read, without a browser.

`blocks` walks the page of an `AppTest` run from its first element to its last. Text of markup is
split as a reader sees it: a row of a table is one line, its cells parted by `|`; so are a term
and what is said of it, a paragraph, an item of a list and a heading. A list of terms is set as a
table of two columns, and counts as one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

# What stands where: prose is read as running text, a picture or a table parts it, and the rest
# is neither: headings, rows of links, notes on charts, what is folded, names of controls.
PROSE, PICTURE, TABLE, ASIDE = "prose", "picture", "table", "aside"

LINES = {"p", "li", "dt", "dd", "tr", "caption", "figcaption", "summary", "blockquote", "nav"}
LINES |= {f"h{level}" for level in range(1, 7)}
RUNNING = {"p", "li", "blockquote"}
# A part of a line with fewer words is a name, a figure or a label, not a sentence.
SHORT = 8
EMPTY = {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "path", "circle", "rect", "use"}
SPACED = {"br", "div", "details", "ul", "ol", "dl", "a", "span", "svg"}
# Markup that looks like a table or a drawing to a reader, whatever its elements are.
DRAWN = {"standings", "table-frame", "ladder", "picture"}
NOTES = {"notes", "crumbs", "card-subtitle", "sources", "legend"}


class Block(NamedTuple):
    """A line of a page, what it is, and how many words of running text stand open in it."""

    kind: str
    text: str
    words: int = 0


class _Lines(HTMLParser):
    """Markup as blocks. A row, or a term with what is said of it, is one line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: list[tuple[str, set[str]]] = []
        self._text: list[str] = []
        self._unfolded: list[str] = []
        self._term = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        if tag in ("svg", "img"):
            self._end("")
            self.blocks.append(Block(PICTURE, dict(attrs).get("aria-label") or ""))
        if tag in ("table", "dl") or classes & DRAWN:
            self._end("")
        if tag in ("table", "dl") or classes & DRAWN:
            self.blocks.append(Block(TABLE, ""))
        if (tag in LINES or tag == "details") and not self._in("tr", "dd"):
            self._end("")
        elif tag in ("td", "th") and self._text:
            self._text.append(" | ")
        elif tag in LINES or tag in SPACED:
            self._text.append(" ")
        if tag == "br":
            self._unfolded.append(" · ")
        if tag not in EMPTY:
            self._open.append((tag, classes))

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY or not self._in(tag):
            return
        if tag in LINES and not self._in("tr", "dd", but=tag):
            self._end(tag)
        elif tag in LINES or tag in SPACED:
            self._text.append(" ")
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag in ("table", "dl"):
            self.blocks.append(Block(TABLE, ""))

    def handle_data(self, data: str) -> None:
        if self._in("style", "script"):
            return
        self._text.append(data)
        if not self._in("details"):
            self._unfolded.append(data)

    def close(self) -> None:
        super().close()
        self._end("")

    def _in(self, *tags: str, but: str = "") -> bool:
        held = [tag for tag, _ in self._open]
        if but and but in held:
            held = held[: len(held) - 1 - held[::-1].index(but)]
        return bool(set(held) & set(tags))

    def _end(self, tag: str) -> None:
        """Close the line that is being read."""
        text = re.sub(r"\s+", " ", "".join(self._text)).strip(" |")
        words = running("".join(self._unfolded))
        self._text, self._unfolded = [], []
        if not text:
            return
        if tag == "dt":
            self._term = text
            return
        if tag == "dd":
            text = f"{self._term} | {text}"
        classes = set().union(*(names for _, names in self._open)) if self._open else set()
        is_aside = self._in("details", "nav", "table", "dl") or classes & (NOTES | DRAWN)
        is_running = tag in RUNNING or not tag
        self.blocks.append(Block(PROSE if is_running and not is_aside else ASIDE, text, words))


def running(text: str) -> int:
    """Words of the sentences of a line; short parts of one are names, figures and labels."""
    parts = [part.split() for part in re.split(r" [·|] ", text)]
    return sum(len(part) for part in parts if len(part) >= SHORT)


def lines(markup: str) -> list[Block]:
    """Markup as blocks, in its order."""
    parser = _Lines()
    parser.feed(markup)
    parser.close()
    return parser.blocks


def blocks(block, *, folded: bool = False) -> Iterator[Block]:
    """Blocks of a page or of a part of one, as `app.main` holds them.

    Args:
        block: a container of an `AppTest` run.
        folded: whether it stands in an expander, so that none of it is running text.
    """
    for child in block.children.values():
        if hasattr(child, "children"):
            is_folded = folded or child.type in ("expander", "popover")
            if child.type == "expander":
                yield Block(ASIDE, _as_read(child.label))
            yield from blocks(child, folded=is_folded)
            continue
        for held in _element(child):
            yield Block(ASIDE, held.text) if folded and held.kind == PROSE else held


def _element(item) -> list[Block]:
    if item.type == "html":
        body = item.proto.body
        return [] if body.startswith("<style>") else lines(body)
    if item.type in ("markdown", "caption", "info", "warning"):
        return [
            Block(PROSE, line, running(line))
            for line in _as_read(item.value).split("\n")
            if line.strip()
        ]
    if item.type == "arrow_data_frame":
        rows = item.value.astype(str)
        return [Block(TABLE, "")] + [Block(ASIDE, " | ".join(row)) for row in rows.to_numpy()]
    if item.type == "bidi_component":
        if not item.proto.component_name.endswith("seabelt_chart"):
            return []
        return [Block(PICTURE, json.loads(item.proto.json)["alt"])]
    return []


def _as_read(markdown: str) -> str:
    return re.sub(r"\\(.)", r"\1", markdown).replace("\u2060", "").replace("**", "")
