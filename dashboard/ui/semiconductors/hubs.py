"""The chip series of every hub, or all of one, as small panels; and the gaps in them."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.chip_hubs import (
    SeriesGaps,
    chip_indicators,
    chip_series,
    gaps,
    hubs_with_chips,
)
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.naming import runs
from dashboard.catalogue.selection import DEFAULT_INDICATOR
from dashboard.charts import formats
from dashboard.charts.multiples import Panel, small_multiples
from dashboard.ui import card, links, markup, notices, state, wording
from dashboard.ui.figures import plain_label, source_words
from dashboard.ui.semiconductors.parts import drawn, judged, once
from dashboard.ui.semiconductors.settle import PAGE, SemiconductorState, hubs_kept

MOST_TOLD = 8
# Series of one hub with fewer years stand in the table only.
FEWEST_YEARS = 2
# Panels show each series by itself, so that nothing is set against another.
OF_COMPARISONS = ("years_apart", "years_of_indicators", "concept", "approximate", "fiscal_years")


def controls(catalogue: Catalogue, shown: SemiconductorState) -> None:
    """The search for a hub."""
    key = "semiconductors_hub"
    st.session_state[key] = shown.hub.place_id if shown.hub else None
    st.selectbox(
        "Hub",
        [place.place_id for place in hubs_with_chips(catalogue)],
        index=None,
        format_func=lambda item: _name(catalogue.places[item], catalogue),
        placeholder="All hubs: type to search for one",
        key=key,
        width=420,
        on_change=lambda: state.change(place=st.session_state[key]),
    )
    if is_one_indicator(catalogue, shown):
        back = state.address(PAGE, view="hubs", indicator=DEFAULT_INDICATOR)
        st.html(
            '<nav class="crumbs" aria-label="Ways on">'
            f"{links.anchor(back, 'Show the longest series of each hub')}</nav>"
        )


def draw(catalogue: Catalogue, shown: SemiconductorState) -> None:
    """The panels of one hub or of all, and the table of what their series lack."""
    hubs = hubs_kept(catalogue, shown)
    panels = _of_one(catalogue, shown) if shown.hub else _of_all(catalogue, shown, hubs)
    panels = [panel for panel in panels if len(panel[1])]
    if not panels:
        notices.nothing_found(
            "No chip figure of a hub passes the filters.", "Clear one of them, or widen the years."
        )
        return
    rows = pd.concat([rows for _, rows, _ in panels], ignore_index=True)
    without = [hub for hub in hubs if hub.place_id not in set(rows["place_id"])]
    _card(catalogue, shown, panels, rows, without)
    _gaps(catalogue, shown, rows)


def _of_one(catalogue: Catalogue, shown: SemiconductorState) -> list[Panel]:
    """Every series of a hub with two years or more; all its values where it has none."""
    hub = shown.hub
    if hub is None:
        return []
    rows = chip_series(catalogue, hub.place_id, shown.inside)
    parts = [
        (catalogue.indicators[str(key)], part)
        for key, part in rows.groupby("indicator_id", sort=False)
    ]
    lines = [item for item in parts if item[1]["year"].nunique() >= FEWEST_YEARS]
    return [(plain_label(item), part, item) for item, part in lines or parts]


def _of_all(catalogue: Catalogue, shown: SemiconductorState, hubs: list[Place]) -> list[Panel]:
    """One series a hub: that of the indicator chosen, or the longest that each has."""
    panels: list[Panel] = []
    for hub in hubs:
        rows = chip_series(catalogue, hub.place_id, shown.inside)
        if rows.empty:
            continue
        key = str(rows["indicator_id"].iloc[0])
        if is_one_indicator(catalogue, shown):
            key = shown.selection.indicator
        item = catalogue.indicator(key)
        # Fonts of a figure lack some scripts, so a local name stands in the search only.
        name = catalogue.label(hub.place_id)
        title = name if is_one_indicator(catalogue, shown) else f"{name}: {plain_label(item)}"
        panels.append((title, rows[rows["indicator_id"] == key], item))
    return panels


def is_one_indicator(catalogue: Catalogue, shown: SemiconductorState) -> bool:
    """True where the reader has chosen a chip indicator of hubs, which all panels then show."""
    return shown.hub is None and shown.selection.indicator in chip_indicators(catalogue)


def _card(
    catalogue: Catalogue,
    shown: SemiconductorState,
    panels: list[Panel],
    rows: pd.DataFrame,
    without: list[Place],
) -> None:
    span = formats.years(int(rows["year"].min()), int(rows["year"].max()))
    one = is_one_indicator(catalogue, shown)
    if shown.hub is not None:
        title = f"Chip figures of {catalogue.label(shown.hub.place_id)}"
        subtitle = f"A panel for each series, its unit below its name · {span}"
    elif one:
        item = catalogue.indicator(shown.selection.indicator)
        title = f"{item.name}, hub by hub"
        subtitle = f"{formats.axis_title(item)} · one scale for all · {span}"
    else:
        title = "The longest chip series of each hub"
        subtitle = f"Units differ from panel to panel and stand below each name · {span}"
    key = ("hubs", shown.hub.place_id if shown.hub else "", *_key(panels))
    findings = judged(key, rows, catalogue, OF_COMPARISONS if not one else ())
    if not one:
        text = "The series measure different things: no panel is to be set against another."
        findings = [Finding("not_comparable", "units", text), *findings]
    if without:
        names = ", ".join(catalogue.label(hub.place_id) for hub in without)
        findings.append(Finding("missing", "no_value", f"No yearly value: {names}."))
    named = [f"{name} {_newest(part, item)}" for name, part, item in panels[:MOST_TOLD]]
    rest = f" and {len(panels) - MOST_TOLD} more" if len(panels) > MOST_TOLD else ""
    # A panel is as good as its unit: on one scale only where there is one indicator.
    drawing = drawn(
        key,
        lambda look: small_multiples(panels, catalogue.places, look, common_axis=one),
    )
    card.draw(
        card.Card(
            key="hubs",
            title=title,
            subtitle=subtitle,
            findings=findings,
            rows=rows,
            alt=f"{title}, small panels, {span}: {'; '.join(named)}{rest}.",
            page=PAGE,
            link=shown.selection,
        ),
        drawing,
        catalogue,
    )


def _key(panels: list[Panel]) -> tuple[str, ...]:
    return tuple(
        f"{title}|{item.indicator_id}|{'-'.join(map(str, rows['year']))}"
        for title, rows, item in panels
    )


def _newest(rows: pd.DataFrame, indicator: Any) -> str:
    last = rows.loc[rows["year"].idxmax()]
    told = formats.quantity(last["value"], indicator, last["qualifier"], last["value_high"])
    return f"{told} in {last['year']}"


def _gaps(catalogue: Catalogue, shown: SemiconductorState, rows: pd.DataFrame) -> None:
    """Each series with the years it has and lacks, and what is held that fills no year."""
    series = rows[["place_id", "indicator_id"]].drop_duplicates()
    if shown.hub is not None:
        every = chip_series(catalogue, shown.hub.place_id)
        series = every[["place_id", "indicator_id"]].drop_duplicates()
    pairs = [(str(row.place_id), str(row.indicator_id)) for row in series.itertuples()]
    lines = once(
        ("gaps", *pairs),
        lambda: [_line(catalogue, place, gaps(catalogue, key, place)) for place, key in pairs],
    )
    remark = (
        "A year without a value is a gap, and the line breaks. Months, parts of a year and "
        "forecasts do not fill it; they are counted with their documents."
    )
    heads = (
        "Hub",
        "Series",
        "Unit",
        "Years with a value",
        "Years without",
        "Held, but no past year",
    )
    st.html(
        markup.section("Gaps in the series", remark)
        + markup.table("Years held and missing of each series", heads, lines)
    )


def _line(catalogue: Catalogue, place_id: str, found: SeriesGaps) -> tuple[str, ...]:
    place = catalogue.places[place_id]
    indicator = catalogue.indicators[found.indicator_id]
    return (
        links.anchor(links.profile(place), catalogue.label(place_id)),
        links.anchor(links.indicator(found.indicator_id), plain_label(indicator)),
        escape(indicator.unit),
        escape(runs(list(found.held))),
        escape(runs(list(found.missing))) if found.missing else "none between",
        _not_drawn(found.not_drawn, catalogue),
    )


def _not_drawn(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    if rows.empty:
        return "none"
    items = "".join(
        f"<p>{escape(wording.period(row))}: {escape(wording.figure(row, catalogue))}. "
        f"{source_words(row, catalogue)}</p>"
        for _, row in rows.iterrows()
    )
    return f"<details><summary>{markup.count(len(rows), 'figure')}</summary>{items}</details>"


def _name(place: Place, catalogue: Catalogue) -> str:
    local = f" {place.name_local}" if place.name_local else ""
    return f"{catalogue.label(place.place_id)}{local}"
