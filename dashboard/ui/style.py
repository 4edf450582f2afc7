"""The few rules of style that Streamlit's theme has no setting for, in the reader's colours."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.charts.theme import SANS, SERIF, Theme
from dashboard.ui.markup import Markup

RULES = (Path(__file__).parent / "assets" / "seabelt.css").read_text("utf-8")


def apply(look: Theme) -> None:
    """Put the style sheet on the page; it styles Seabelt's own markup by its own class names."""
    st.html(Markup(f"<style>:root{{{variables(look)}}}\n{RULES}</style>"))


def variables(look: Theme) -> str:
    """The reader's colours and the fonts, as declarations of CSS variables."""
    colours = "".join(
        f"--seabelt-{name}: {getattr(look, name)};"
        for name in ("page", "card", "rule", "ink", "muted", "accent", "warm")
    )
    return f"{colours}--seabelt-serif:{SERIF};--seabelt-sans:{SANS};"
