"""Rival counts: a card for each, never one chart of several; above them why they do not compare."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.chip_counts import Count, Question, questions_of, rows_of, verdict_on
from dashboard.catalogue.findings import Finding
from dashboard.charts import formats
from dashboard.charts.counts import count_bars, describe_count
from dashboard.charts.describe import describe_trend
from dashboard.charts.series import trend
from dashboard.ui import card, markup, notices
from dashboard.ui.semiconductors.parts import drawn, judged
from dashboard.ui.semiconductors.settle import PAGE, SemiconductorState
from dashboard.ui.verdict import line, verdict_of

COLUMNS = 2
# With so many years of two places or more there is a line to draw.
FEWEST_YEARS = 5


def draw(catalogue: Catalogue, shown: SemiconductorState) -> None:
    """The questions of the chapter, each with the verdict on its counts and a card for each."""
    found = False
    for question in questions_of(shown.view):
        held = [(count, rows_of(catalogue, count, shown.inside)) for count in question.counts]
        held = [(count, rows) for count, rows in held if len(rows)]
        if not held:
            continue
        found = True
        _head(question)
        for at in range(0, len(held), COLUMNS):
            columns = st.columns(COLUMNS)
            for column, (count, rows) in zip(columns, held[at : at + COLUMNS], strict=False):
                with column:
                    _card(catalogue, shown, count, rows)
        left = [count.name for count in question.counts if count not in dict(held)]
        if left:
            names = escape("; ".join(left))
            st.html(f'<p class="hint">Without a value under the filters: {names}.</p>')
    if not found:
        notices.nothing_found(
            "No count has a value for the places and years chosen.",
            "Clear the filters, or widen the years.",
        )


def _head(question: Question) -> None:
    st.html(markup.section(question.name) + line(verdict_of((verdict_on(question),))))


def _card(
    catalogue: Catalogue, shown: SemiconductorState, count: Count, rows: pd.DataFrame
) -> None:
    indicator = catalogue.indicator(count.indicators[0])
    yearly = _yearly(catalogue, count, rows)
    span = formats.years(int(rows["year"].min()), int(rows["year"].max()))
    key = ("count", count.count_id, shown.inside.places, span)
    findings = judged(key, rows if yearly is None else yearly, catalogue)
    if yearly is not None:
        findings = [*_not_on_the_line(rows, yearly), *findings]
    card.draw(
        card.Card(
            key=f"count_{count.count_id}",
            title=count.name,
            subtitle=f"{formats.axis_title(indicator)} · {span}",
            findings=findings,
            rows=rows,
            alt=describe_count(rows, indicator, count.name)
            if yearly is None
            else describe_trend(yearly, indicator),
            page=PAGE,
            link=shown.selection,
        ),
        drawn(
            key,
            lambda look: (
                count_bars(rows, indicator, catalogue.places, look)
                if yearly is None
                else trend(yearly, indicator, catalogue.places, look)
            ),
        ),
        catalogue,
    )


def _yearly(catalogue: Catalogue, count: Count, rows: pd.DataFrame) -> pd.DataFrame | None:
    """The rows of a count that make lines, or None where there are too few."""
    if len(count.indicators) > 1:
        return None
    first, last = int(rows["year"].min()), int(rows["year"].max())
    series = catalogue.series(count.indicators[0], list(set(rows["place_id"])), first, last)
    if series["year"].nunique() < FEWEST_YEARS or series["place_id"].nunique() < COLUMNS:
        return None
    return series


def _not_on_the_line(rows: pd.DataFrame, yearly: pd.DataFrame) -> list[Finding]:
    drawn_ones = set(zip(yearly["place_id"], yearly["year"], strict=True))
    left = [
        f"{row.label} {row.year}{f' ({row.period_note})' if row.period_note else ''}"
        for row in rows.itertuples()
        if (row.place_id, row.year) not in drawn_ones
    ]
    if not left:
        return []
    text = f"Held, but no past year, and in the table only: {', '.join(left)}."
    return [Finding("missing", "not_drawn", text)]
