"""Whether what is set side by side compares, said before it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.wording import SCOPE_WORDS
from dashboard.charts.formats import years
from dashboard.ui import links, markup, state
from dashboard.ui.card import MARKS

COMPARES = "These figures compare: same measure, sectors and definitions."
WITH_CARE = "Compare with care"


@dataclass(frozen=True)
class Verdict:
    """The line above the chart, how grave it is, and all that led to it."""

    severity: str
    line: str
    findings: tuple[Finding, ...]


def verdict(rows: pd.DataFrame, catalogue: Catalogue) -> Verdict:
    """The verdict on rows that are to be drawn together.

    Args:
        rows: as `Catalogue.series` returns them, of one or several indicators and places.
        catalogue: holds definitions, caveats and notes.

    Returns:
        The gravest finding as the line; of findings that only ask for care, the first, and how
        many more there are.
    """
    return verdict_of(tuple(comparability(rows, catalogue)))


def verdict_of(found: tuple[Finding, ...]) -> Verdict:
    """The verdict that findings lead to, the gravest first."""
    grave = [item for item in found if item.severity == "not_comparable"]
    if grave:
        more = f" And {len(grave) - 1} more." if len(grave) > 1 else ""
        return Verdict("not_comparable", f"{grave[0].text}{more}", found)
    careful = [item for item in found if item.severity == "caution"]
    if careful:
        more = f" And {len(careful) - 1} more." if len(careful) > 1 else ""
        return Verdict("caution", f"{WITH_CARE}: {careful[0].text}{more}", found)
    return Verdict("note", COMPARES, found)


def line(made: Verdict) -> str:
    """The verdict in one line, as markup."""
    mark = MARKS[made.severity] if made.severity != "note" else "✓"
    return (
        f'<p class="verdict-line {made.severity}" role="status">'
        f'<span aria-hidden="true">{mark}</span> {escape(made.line)}</p>'
    )


def draw(
    catalogue: Catalogue, made: Verdict, observed: Sequence[pd.DataFrame], *, comparable: bool
) -> None:
    """The verdict in one line, the definitions side by side, and the way to what compares.

    Args:
        catalogue: holds definitions and documents.
        made: the verdict.
        observed: the rows judged, a table for each indicator.
        comparable: whether only what compares is shown now.
    """
    st.html(line(made))
    with st.container(horizontal=True, key="compare_verdict", vertical_alignment="center"):
        if made.severity == "not_comparable" or comparable:
            st.session_state["compare_comparable"] = comparable
            st.toggle(
                "Keep only what compares",
                key="compare_comparable",
                on_change=lambda: state.change(comparable=st.session_state["compare_comparable"]),
            )
        folded = st.expander(
            "Definitions side by side", key="compare_definitions", on_change="rerun"
        )
        if folded.open:
            with folded:
                for rows in observed:
                    if len(rows):
                        st.html(definitions(rows, catalogue))


def definitions(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    """What each place's figures of an indicator measure, as a table: one row for each way."""
    lines = []
    key = str(rows["indicator_id"].iloc[0])
    indicator = catalogue.indicators[key]
    ways = ["place_id", "scope", "industry", "firm_scale", "definition_id", "source_id"]
    for cells, group in rows.groupby(ways, sort=False):
        place_id, scope, industry, firm_scale, definition_id, source_id = map(str, cells)
        covers = [SCOPE_WORDS[scope]]
        covers += [catalogue.industry_names[industry]] if industry != "all" else []
        covers += [firm_scale.replace("_", " ")] if firm_scale != "all" else []
        law = catalogue.definition_words(definition_id) if definition_id else "none named"
        basis = ", ".join(item for item in dict.fromkeys(group["year_basis"]) if item)
        source = catalogue.sources[source_id]
        lines.append(
            (
                escape(catalogue.label(place_id)),
                years(int(group["year"].min()), int(group["year"].max()))
                + (f" ({escape(basis.replace('_', ' '))})" if basis else ""),
                escape(", ".join(covers)),
                escape(law),
                links.anchor(links.source(source_id), source.title),
            )
        )
    caption = f"What the figures of {indicator.name} measure"
    return (
        f'<p class="hint"><b>{escape(indicator.name)}</b>, {escape(indicator.unit)}: '
        f"{escape(indicator.definition)}</p>"
        + markup.table(caption, ("Place", "Years", "Covers", "Legal definition", "Document"), lines)
    )
