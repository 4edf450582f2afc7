"""Lists of choices as links, where one that cannot be made says why.

A select box of Streamlit cannot disable one of its options. A list of links can: what cannot be
chosen is text with its reason, and a screen reader hears which one is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Choice:
    """Something to choose; with a reason it cannot be chosen now."""

    words: str
    address: str
    chosen: bool = False
    reason: str = ""
    more: str = ""


def markup(title: str, choices: Iterable[Choice]) -> str:
    """A titled list of choices."""
    items = "".join(f"<li>{_item(choice)}</li>" for choice in choices)
    return (
        f'<h3 class="choices">{escape(title)}</h3>'
        f'<ul class="choices" aria-label="{escape(title)}">{items}</ul>'
    )


def _item(choice: Choice) -> str:
    more = f'<span class="more">{escape(choice.more)}</span>' if choice.more else ""
    if choice.reason:
        return (
            f'<span class="off" aria-disabled="true">{escape(choice.words)}</span>'
            f'<span class="more">{escape(choice.reason)}</span>'
        )
    now = ' aria-current="true"' if choice.chosen else ""
    return f'<a href="{escape(choice.address)}"{now}>{escape(choice.words)}</a>{more}'
