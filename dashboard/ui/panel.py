"""The panel of a place: what it is, its key figures, its ties and programmes, each with source."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.catalogue import BELT, Catalogue, Place
from dashboard.charts.formats import ROLES, money, words, years
from dashboard.ui import state
from dashboard.ui.figures import key_figure, plain_label, source_details
from dashboard.ui.resources import look

ECONOMY_FIGURES = (
    "rd_expenditure_gdp",
    "fdi_inward_flow_gdp_unctad",
    "fdi_inward_stock_usd_mn",
    "sme_share_employment",
    "sme_share_enterprises",
    "researchers_per_million",
    "uspto_semiconductor_patents",
    "gdp_current_usd",
)
MOST_FIGURES = 6

FIRM_WORDS = {
    "sme_dominated": "led by SMEs",
    "mixed": "large and small firms",
    "tnc_dominated": "led by transnational firms",
}


def draw(catalogue: Catalogue, place_id: str | None, choices: list[str]) -> None:
    """Draw the panel, with a list to choose the place from that works without a mouse.

    Args:
        catalogue: everything that is known of the place.
        place_id: the place that is open, or None.
        choices: places that can be opened, in order.
    """
    with st.container(border=True, key="panel"):
        key = "panel_place"
        options = choices if place_id is None or place_id in choices else [place_id, *choices]
        st.session_state[key] = place_id
        st.selectbox(
            "Open a place",
            options,
            index=None,
            format_func=catalogue.label,
            placeholder="Choose, or click the map",
            key=key,
            on_change=lambda: state.change(place=st.session_state[key]),
        )
        if place_id is None:
            st.html(
                '<p class="hint">Click a hub or an economy, on the map or here, to see its key '
                "figures, ties and sources.</p>"
            )
        # Until a reader chooses, the panel says what the belt itself is.
        place = catalogue.place(place_id or BELT)
        st.html(_heading(place, catalogue))
        if place.place_id != BELT:  # its figures stand above the map already
            _figures(catalogue, place)
        _ties(catalogue, place)
        _programmes(catalogue, place)


def _heading(place: Place, catalogue: Catalogue) -> str:
    local = f' <span class="local">{escape(place.name_local)}</span>' if place.name_local else ""
    facts = [words(place.kind)]
    if place.kind != "economy":
        facts += [catalogue.places[key].name for key in place.economies]
        facts += [f"part of {catalogue.places[place.parent_id].name}"] if place.parent_id else []
        facts += [words(item).lower() for item in (place.industry_type,) if item]
        facts += [ROLES[place.role]] if place.role else []
        facts += [f"{words(place.governance_scale).lower()} governance"] * bool(
            place.governance_scale
        )
        facts += [FIRM_WORDS[place.firm_scale]] if place.firm_scale else []
        facts += [f"since {place.start_year}"] if place.start_year else []
    else:
        facts += [place.region] if place.region else []
        facts += [] if place.in_focus else ["neighbour, given for context"]
    assigned = [
        label
        for label, basis in (
            ("industries", place.industries_basis),
            ("industry type", place.industry_type_basis),
            ("governance scale", place.governance_scale_basis),
            ("firm scale", place.firm_scale_basis),
        )
        if basis == "curator"
    ]
    by_us = (
        f'<p class="remark">Assigned by the curators, not stated by a source: '
        f"{', '.join(assigned)}.</p>"
        if assigned
        else ""
    )
    return (
        f'<div class="place"><h3>{escape(place.name)}{local}</h3>'
        f'<p class="facts">{escape(" · ".join(facts))}</p>'
        f"<p>{escape(place.summary)}</p>{_actors(place)}{by_us}</div>"
    )


def _actors(place: Place) -> str:
    """Firms, universities and bodies at the core of a place, one line each."""
    lines = (
        ("Firms", place.anchor_firms),
        ("Universities", place.anchor_universities),
        ("Core bodies", place.core_body),
    )
    return "".join(
        f'<p class="remark">{label}: {escape(", ".join(names))}.</p>'
        for label, names in lines
        if names
    )


def _figures(catalogue: Catalogue, place: Place) -> None:
    if place.kind == "economy":
        latest = catalogue.latest(place.place_id, ECONOMY_FIGURES)
    else:
        latest = catalogue.latest(place.place_id)
    if latest.empty:
        st.html('<p class="hint">No figures are held for this place yet.</p>')
        return
    histories = {
        row.indicator_id: catalogue.series(row.indicator_id, [place.place_id])
        for row in latest.itertuples()
    }
    if place.kind != "economy":
        # What is known for most years tells most about a hub.
        latest = latest.assign(
            held=[len(histories[key]) for key in latest["indicator_id"]]
        ).sort_values(["held", "year"], ascending=False)
    blocks = [
        key_figure(
            plain_label(catalogue.indicators[row.indicator_id]),
            row,
            catalogue,
            histories[row.indicator_id],
            look().accent,
        )
        for row in latest.itertuples()
    ]
    st.html(f'<div class="figures">{"".join(blocks[:MOST_FIGURES])}</div>')
    if blocks[MOST_FIGURES:]:
        more = len(blocks) - MOST_FIGURES
        with st.expander(f"{more} more figure{'s' if more > 1 else ''}"):
            st.html(f'<div class="figures">{"".join(blocks[MOST_FIGURES:])}</div>')


def _ties(catalogue: Catalogue, place: Place) -> None:
    links = catalogue.links(place.place_id)
    if links.empty:
        return
    items = []
    for link in links.itertuples():
        if link.from_place_id == place.place_id:
            other = link.to_external_name or catalogue.places[link.to_place_id].name
        else:
            other = catalogue.places[link.from_place_id].name
        when = _when(link.year_start, link.year_end)
        items.append(
            f"<li><b>{escape(other)}</b> · {escape(words(link.kind))}{when}<br>"
            f"{escape(link.description)}{source_details(link, catalogue)}</li>"
        )
    with st.expander(f"Ties ({len(links)})", expanded=len(links) <= 4):
        st.html(f'<ul class="ties">{"".join(items)}</ul>')


def _when(first: object, last: object) -> str:
    if pd.isna(first):
        return ""
    if pd.isna(last):
        return f", from {first}"
    return f", {years(int(first), int(last))}"  # type: ignore[call-overload]


def _programmes(catalogue: Catalogue, place: Place) -> None:
    if place.kind != "economy":
        return
    programmes = catalogue.programmes(place.place_id)
    if programmes.empty:
        return
    items = []
    for programme in programmes.itertuples():
        funding = catalogue.funding(programme.programme_id)
        public = funding[
            funding["headline"].astype(bool) & (funding["measure_group"] == "public_money")
        ]
        amounts = "".join(
            f"<li>{_amount(row, catalogue)}{source_details(row, catalogue)}</li>"
            for row in public.itertuples()
        )
        when = _when(programme.start_year, programme.end_year)
        items.append(
            f"<li><b>{escape(programme.name)}</b>{when}<br>{escape(programme.sponsor)} · "
            f"{escape(programme.approach)} approach{_basis(programme)}<ul>{amounts}</ul></li>"
        )
    with st.expander(f"Cluster programmes ({len(programmes)})"):
        st.html(f'<ul class="ties">{"".join(items)}</ul>')


def _amount(row: Any, catalogue: Catalogue) -> str:
    """One sum with year, place and what it is: "FY 2005: JPY 46.5 bn (budget)"."""
    year = "undated" if pd.isna(row.year) else str(row.year)
    period = f"FY {year}" if row.period_type == "fiscal_year" else year
    wording = row.period_note.removeprefix("FY").removeprefix(", ").removeprefix(year)
    where = catalogue.places[row.place_id].name if row.place_id else ""
    remarks = ", ".join(part for part in (words(row.measure).lower(), where, wording) if part)
    return f"{period}: {money(row.amount, row.currency, row.qualifier)} ({escape(remarks)})"


def _basis(programme: Any) -> str:
    """Whose judgement the approach is."""
    return " (assigned by the curators)" if programme.approach_basis == "curator" else ""
