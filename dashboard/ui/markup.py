"""Tables and lists as plain markup: light to send, and read by a screen reader as what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

# A longer table scrolls in its frame, so that what stands below it is found.
MOST_ROWS = 24
# With so many columns a table keeps its width on a telephone, and is moved sideways.
MANY_COLUMNS = 4

PUBLISHERS = {
    "official_statistics": "official statistics",
    "government": "government",
    "international_organisation": "international organisation",
    "academic": "academic work",
    "seed": "paper the atlas grew from",
    "industry_association": "industry association",
    "press": "press",
    "other": "other publisher",
    "calculation": "calculated here",
}


class Markup(str):
    """Markup that Streamlit sends as it stands.

    Of any other text Streamlit asks the disk whether it names a file, and takes away what all its
    lines are indented by, which costs a long text more than sending it.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Sequence[int] = (),
    scrolls: bool = True,
) -> str:
    """A table as markup, in a frame that scrolls by itself where the screen is narrow.

    Args:
        caption: what the table shows; read out, not drawn.
        heads: name of each column.
        rows: cells as markup; the first of each row names it.
        numbers: columns to set flush right.
        scrolls: let a long table scroll in its frame; False where rows open in place.
    """

    def kind(index: int) -> str:
        return ' class="number"' if index in numbers else ""

    head = "".join(
        f'<th scope="col"{kind(index)}>{escape(name)}</th>' for index, name in enumerate(heads)
    )
    rows = list(rows)
    size = " long" if scrolls and len(rows) > MOST_ROWS else ""
    size += " wide" if len(heads) >= MANY_COLUMNS else ""
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>'
        + "".join(f"<td{kind(at)}>{content}</td>" for at, content in enumerate(row[1:], start=1))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="table-frame{size}" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="plain"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def facts(pairs: Iterable[tuple[str, str]], *, narrow: bool = False) -> str:
    """Terms and what is said of each, as a list of definitions; empty ones are left out.

    Args:
        pairs: a term, and markup.
        narrow: set what is said below its term, for a narrow column.
    """
    items = "".join(
        f"<dt>{escape(term)}</dt><dd>{content}</dd>" for term, content in pairs if content
    )
    width = " narrow" if narrow else ""
    return f'<dl class="facts-list{width}">{items}</dl>'


def section(title: str, remark: str = "", count: int | None = None) -> str:
    """A heading within the page, how many things follow, and what to know of them."""
    below = f'<p class="hint">{escape(remark)}</p>' if remark else ""
    number = "" if count is None else f' <span class="count">{count:,}</span>'
    return f'<h2 class="section">{escape(title)}{number}</h2>{below}'


def count(number: int, thing: str, things: str = "") -> str:
    """A number and its noun: "1 value", "2,300 values"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def listed(items: Iterable[str], style: str = "ties") -> str:
    """Items, each as markup, as a list; `style` is its class."""
    return f'<ul class="{style}">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def shortened(items: Sequence[str], most: int) -> str:
    """The first items as a list, the others folded below them; empty without any."""
    if not items:
        return ""
    first, rest = listed(items[:most], "remarks"), items[most:]
    if not rest:
        return first
    return f"{first}<details><summary>{len(rest)} more</summary>{listed(rest, 'remarks')}</details>"
