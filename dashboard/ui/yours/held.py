"""The series that the reader has brought: the way to them, and the way to be rid of them."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.charts.formats import years
from dashboard.ui import links, markup, notices, state
from dashboard.ui.own import Own

SHOWN_ON = (("", "Map"), ("compare", "Compare"))
# Years that were chosen for another indicator are hardly those of this one.
ANY_YEAR = {"year": "", "from": "", "to": ""}


def draw(reader: Own, package: Catalogue) -> None:
    """Draw the table of the series held, with a way to remove each of them and all."""
    if not reader.series:
        return
    rows = []
    for key, item in reader.series.items():
        values = item.observations
        ways = [
            links.anchor(state.address(page, indicator=key, **ANY_YEAR), name)
            for page, name in SHOWN_ON
        ]
        ways.append(links.anchor(links.indicator(key), "All values"))
        span = years(int(values["year"].min()), int(values["year"].max()))
        held = f"{markup.count(values['place_id'].nunique(), 'place')}, {span}"
        rows.append(
            (
                f'{escape(item.indicator.name)}<br><span class="ways">{" · ".join(ways)}</span>',
                f"{len(values):,} in {escape(item.indicator.unit)} ({held})",
                escape(item.source.title),
            )
        )
    st.html(
        markup.section("Series that you have brought", count=len(rows))
        + markup.table(
            "Series that you have brought",
            # Three columns fit on a telephone; what a reader looks for next stands in the first.
            ("Series", "Values", "Source line"),
            rows,
        )
    )
    with st.container(horizontal=True):
        for key, item in reader.series.items():
            st.button(
                f"Remove {_short(item.indicator.name)}",
                key=f"yours_remove_{key}",
                on_click=reader.remove,
                args=(package, [key]),
            )
        if len(reader.series) > 1:
            st.button(
                "Remove all of them",
                key="yours_remove_all",
                on_click=reader.remove,
                args=(package, list(reader.series)),
            )


def _short(name: str) -> str:
    """A name on a button, without the signs that Streamlit would read as Markdown."""
    return notices.plain(name if len(name) <= 50 else f"{name[:49]}…")
