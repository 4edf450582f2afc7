"""The map that the start page draws before the application has come up; the page takes it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard.catalogue.address import from_parameters
from dashboard.catalogue.provenance import sources_of
from dashboard.charts.theme import theme
from dashboard.serving.figures import figures
from dashboard.serving.routes import asset_url
from dashboard.ui import boundaries, chart, embed, sign_in, state, style
from dashboard.ui.card import following, marked_year, written_source
from dashboard.ui.component import text_of
from dashboard.ui.map_page.content import content_key, content_of, title
from dashboard.ui.map_page.figure import drawn_of
from dashboard.ui.map_page.page import CARD, LISTENERS, VIEW_NAMES, legend_of, moved_year, window_of
from dashboard.ui.map_page.settle import resolve
from dashboard.ui.own import own
from dashboard.ui.resources import package

HEADING = "The Silicon Sea-belt"
# How the names of parameters begin that show a card alone, or the page in another one.
EMBEDDED = (embed.PARAMETER, "embed")


def first_map(parameters: Mapping[str, Sequence[str]], mode: str) -> dict[str, Any]:
    """The map of an address, as `assets/ahead.js` takes it.

    Args:
        parameters: of the address, each with all its values; what cannot be shown is left out, as
            the page does, which also says so.
        mode: light or dark.

    Returns:
        `markup`, a card with a place for the chart, `name`, that of the page's chart which takes it
        over, and `data`, what is said of the chart.
    """
    catalogue = package()
    selection, _ = from_parameters(parameters, catalogue, VIEW_NAMES)
    shown, _ = resolve(catalogue, selection)
    content = content_of(catalogue, shown, content_key(shown))
    made = drawn_of(shown, mode)
    colours, year = style.variables(theme(mode)), moved_year(shown)
    heading = marked_year(title(shown), year)
    source = written_source(sources_of(content.rows, catalogue), boundaries.LINE)
    return {
        # No headings: for a moment the page's own stand beside them.
        "markup": (
            f"<style>:root{{{colours}}}\n{text_of('first.css')}\n{text_of('chart.css')}</style>"
            f'<div class="first-page" aria-hidden="true"><img src="{asset_url(f"logo-{mode}.svg")}"'
            f' alt="" /><p>{HEADING}</p></div><section class="first" aria-label="Map">'
            f'<p class="title">{heading}</p><p>{escape(content.subtitle)}</p>'
            f"{text_of('chart.html')}<p><b>Source:</b> {escape(source)}</p></section>"
        ),
        "name": CARD,
        "data": {
            **chart.said(
                made.drawing,
                alt=content.alt,
                year=year,
                legend=legend_of(shown, made.entries, content.tables),
                window=window_of(shown.selection.window),
                listeners=following(LISTENERS, year),
            ),
            "figure": figures.keep(made.drawing.json),
            "json": made.drawing.json,
        },
    }


def stands() -> bool:
    """Whether the start page has drawn the map that this run of the page shows.

    It has for a reader who comes to the whole page, and not for one who turns to it from another.
    Where readers sign in it has not: nothing is drawn for one who might not be let in.
    """
    is_first = not state.has_finished() and own() is None and not sign_in.gate.is_closed
    return is_first and not any(name.startswith(EMBEDDED) for name in st.query_params)
