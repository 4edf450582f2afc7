"""The belt in a few figures, each with its source and what contradicts it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.catalogue import BELT, Catalogue
from dashboard.charts.formats import quantity
from dashboard.charts.theme import theme
from dashboard.ui.figures import key_figure, source_words
from dashboard.ui.markup import Markup
from dashboard.ui.resources import kept_of_package, look, package

MOST_CLAIMS = 6


@dataclass(frozen=True)
class Headline:
    """A figure above the map: which observation it is, and what it is called.

    `year` None takes the newest.
    """

    label: str
    indicator_id: str
    place_id: str
    year: int | None = None


HEADLINES = (
    Headline(
        "The belt's share of world chip production",
        "share_world_semiconductor_production",
        BELT,
        2008,
    ),
    Headline("World semiconductor sales", "semiconductor_billings", "wsts_world"),
    Headline("Hubs named as members of the belt", "member_hubs", BELT, 2008),
    Headline("System-LSI firms in Fukuoka", "system_lsi_firms", "jpn_fukuoka_system_lsi", 2008),
)


def draw() -> None:
    """Draw the headline figures side by side."""
    st.html(Markup(_markup(look().mode)))


@kept_of_package
def _markup(mode: str) -> str:
    """The figures in the colours of a mode: they change with the data only."""
    catalogue = package()
    blocks = []
    for headline in HEADLINES:
        series = catalogue.series(headline.indicator_id, [headline.place_id])
        rows = series if headline.year is None else series[series["year"] == headline.year]
        row = next(rows.tail(1).itertuples())
        blocks.append(
            key_figure(
                headline.label,
                row,
                catalogue,
                series,
                theme(mode).accent,
                _other_claims(series, row, catalogue),
            )
        )
    return f'<div class="headlines">{"".join(blocks)}</div>'


def _other_claims(series: pd.DataFrame, row: Any, catalogue: Catalogue) -> str:
    """What other documents claim of the same thing, folded under their figures.

    A long series has nothing to add: its other years are no rival claims.
    """
    others = series[series["source_id"] != row.source_id]
    if others.empty or len(series) > MOST_CLAIMS:
        return ""
    indicator = catalogue.indicators[row.indicator_id]
    figures, claims = [], []
    for item in others.itertuples():
        figure = f"{quantity(item.value, indicator, item.qualifier)} ({item.year})"
        figures.append(figure)
        claims.append(f"<p>{escape(figure)}: {source_words(item, catalogue)}</p>")
    summary = escape(f"Others: {', '.join(figures)}")
    return f"<details><summary>{summary}</summary>{''.join(claims)}</details>"
