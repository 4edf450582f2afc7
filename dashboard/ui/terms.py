"""Terms of the field inside a text: marked, with what they mean for whoever asks.

The markup names the term only. The definitions reach a browser once, by `ADDRESS`, and its script
`terms.js` shows one where the pointer, the focus or a finger rests on a term.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from dashboard.catalogue.glossary import matcher, terms
from dashboard.ui import resources
from dashboard.ui.own import own


def marked(text: str) -> str:
    """Markup of a plain text in which each term is marked where it first stands; all is escaped.

    Not for text inside links, headings or heads of tables: a term can be focused by itself.
    """
    # The texts of a reader with data of their own may speak of them.
    return _kept(text) if own() is None else _marked(text, set())


@lru_cache(maxsize=8192)
def _kept(text: str) -> str:
    return _marked(text, set())


def marked_in_turn(texts: Iterable[str]) -> list[str]:
    """As `marked`, for texts that are read one after another: a term is marked in the first."""
    seen: set[str] = set()
    return [_marked(text, seen) for text in texts]


def _marked(text: str, seen: set[str]) -> str:
    parts, done = [], 0
    for use in matcher(resources.package()).uses(text):
        if use.term_id not in seen:
            seen.add(use.term_id)
            parts += [
                escape(text[done : use.start]),
                f'<span class="term" tabindex="0" data-term="{use.term_id}" '
                f'aria-describedby="term-{use.term_id}">',
                escape(text[use.start : use.end]),
                "</span>",
            ]
            done = use.end
    return "".join((*parts, escape(text[done:])))


def definitions() -> bytes:
    """What `terms.js` shows of each term, by identifier, as JSON: `name`, `meaning`, `source`."""
    catalogue = resources.package()
    held = {}
    for key, term in terms(catalogue).items():
        source = catalogue.sources[term.source_id]
        year = f" ({source.year})" if source.year else ""
        held[key] = {
            "name": term.name,
            "meaning": term.definition,
            "source": f"{source.author or source.title}{year}, {term.locator}",
        }
    return json.dumps(held, ensure_ascii=False).encode()
