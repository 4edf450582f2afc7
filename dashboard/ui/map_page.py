"""The parts of the map page: what it offers, its controls and its card."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Indicator, Place
from dashboard.catalogue.belt import economies_of, hub_table, size_indicators, tie_table
from dashboard.catalogue.findings import Finding, comparability, missing_in_year
from dashboard.catalogue.geography import geography_url, read_geography
from dashboard.catalogue.provenance import sources_of_ties
from dashboard.catalogue.selection import DEFAULT_INDICATOR, Refusal, Selection
from dashboard.charts import formats
from dashboard.charts.describe import describe_year
from dashboard.charts.maps import VIEWS, Geometry, hub_map
from dashboard.charts.theme import theme
from dashboard.transforms import default_year, years_of
from dashboard.ui import card, filters, state
from dashboard.ui.chart import Drawing, Listeners, drawing
from dashboard.ui.figures import plain_label
from dashboard.ui.resources import catalogue as shared_catalogue
from dashboard.ui.resources import look

PAGE = ""
BOUNDARIES = "boundaries: Natural Earth 4.1, de facto"
FIGURES_KEPT = 64
# A select box reads None as "nothing chosen yet".
ALIKE = ""


@dataclass(frozen=True)
class MapState:
    """The map's selection with every open choice settled.

    `neighbours` are drawn like the economies, for context: counts, ranks and notes leave them out.
    """

    selection: Selection
    indicator: Indicator
    economies: tuple[str, ...]
    neighbours: tuple[str, ...]
    hubs: tuple[Place, ...]
    years: tuple[int, ...]
    year: int | None
    view: str
    size: str | None


def resolve(catalogue: Catalogue, selection: Selection) -> tuple[MapState, list[Refusal]]:
    """Settle what the reader left open: indicator, year, view, size of the hubs.

    Returns:
        What to show, and what was asked for that the map does not have.
    """
    refused: list[Refusal] = []
    size = selection.size
    if selection.indicator not in economy_indicators(catalogue):
        # A hub's indicator cannot shade economies; it can size the hubs.
        size = size or selection.indicator
        name = catalogue.indicator(selection.indicator).name
        if catalogue.places_with(selection.indicator, "economy"):
            reason = "places in a ranking are not drawn on a map; the economies show R&D."
        else:
            reason = (
                "it is measured for hubs, so it sizes them here where enough of them have it; "
                "the economies show R&D."
            )
        refused.append(Refusal("indicator", name, reason))
        selection = selection.with_(indicator=DEFAULT_INDICATOR, year=None)
    indicator = catalogue.indicator(selection.indicator)
    economies = economies_of(catalogue, in_focus=True)
    neighbours = economies_of(catalogue, in_focus=False)
    # Hubs among the places choose hubs; they leave the economies behind them as they are. A
    # neighbour that the reader chose counts like any economy.
    chosen = [key for key in (*economies, *neighbours) if key in selection.places]
    neighbours = [] if chosen else neighbours
    chosen = chosen or economies
    rows = catalogue.series(indicator.indicator_id, chosen)
    years = filters.shown_years(rows, selection)
    year = selection.year
    if year not in years:
        if year is not None:
            refused.append(
                Refusal(
                    "year",
                    str(year),
                    f"{indicator.short_name} has no value in "
                    "that year for the economies and years chosen; another year is shown.",
                )
            )
        year = default_year(rows[rows["year"].isin(years)])
    if size is not None and size not in size_indicators(catalogue):
        if size == selection.size and not refused:
            name = catalogue.indicator(size).name
            refused.append(
                Refusal(
                    "size",
                    name,
                    "too few hubs of the belt have it to be sized by it; they are drawn alike.",
                )
            )
        size = None
    view = selection.view or "belt"
    shown = MapState(
        selection=selection.with_(year=year, view=view, size=size),
        indicator=indicator,
        economies=tuple(chosen),
        neighbours=tuple(neighbours),
        hubs=tuple(hub for hub in catalogue.belt_hubs if selection.keeps(hub)),
        years=tuple(years),
        year=year,
        view=view,
        size=size,
    )
    return shown, refused


def economy_indicators(catalogue: Catalogue) -> list[str]:
    """Identifiers of the indicators that economies can be shaded or circled by.

    Places in a ranking are neither: the largest circle would be the last place.
    """
    return [
        key
        for key, indicator in catalogue.indicators.items()
        if indicator.aggregation != "index" and catalogue.places_with(key, "economy")
    ]


def prepare(catalogue: Catalogue, selection: Selection) -> MapState:
    """Settle the selection and tell what was refused."""
    shown, refused = resolve(catalogue, selection)
    for refusal in refused:
        state.refuse(refusal)
    state.settle(shown.selection)
    return shown


def filter_bar(catalogue: Catalogue, shown: MapState) -> None:
    """The filter bar, with what the map has to choose from."""
    bar = filters.Bar(
        indicators=economy_indicators(catalogue),
        places=[
            *economies_of(catalogue, in_focus=True),
            *(hub.place_id for hub in catalogue.belt_hubs),
            *economies_of(catalogue, in_focus=False),
        ],
        most_places=None,
        idle={},
        hint="On the map, industry and scale choose among the hubs.",
    )
    every_year = years_of(catalogue.series(shown.indicator.indicator_id, shown.economies))
    filters.draw(catalogue, shown.selection, bar, every_year)


def controls(catalogue: Catalogue, shown: MapState) -> None:
    """The map's own choices: part of the world, and what sizes the hubs."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="map_controls"):
        st.session_state["map_view"] = shown.view
        st.segmented_control(
            "Part of the map",
            list(VIEWS),
            required=True,
            format_func=lambda key: VIEWS[key].name,
            key="map_view",
            on_change=lambda: state.change(view=st.session_state["map_view"]),
        )
        st.session_state["map_size"] = shown.size or ALIKE
        st.selectbox(
            "Size of the hubs",
            [ALIKE, *size_indicators(catalogue)],
            format_func=lambda key: catalogue.indicators[key].short_name if key else "All alike",
            key="map_size",
            width=260,
            on_change=lambda: state.change(size=st.session_state["map_size"] or None),
        )


def draw(catalogue: Catalogue, shown: MapState) -> None:
    """The map in its card; a click on a place opens it."""
    indicator, year = shown.indicator, shown.year
    rows = catalogue.series(indicator.indicator_id, shown.economies)
    drawn = rows[rows["year"] == year].reset_index(drop=True)
    around = catalogue.series(indicator.indicator_id, shown.neighbours)
    around = around[around["year"] == year]
    _, sizes = hub_table(shown.hubs, catalogue, shown.size)
    where = "the economies of the atlas" if shown.view == "world" else VIEWS[shown.view].place
    seen = [hub for hub in shown.hubs if VIEWS[shown.view].holds(hub.lat, hub.lon)]
    hubs = catalogue.belt_hubs
    ties = tie_table(
        catalogue,
        [hub.place_id for hub in shown.hubs],
        shown.selection.first_year,
        shown.selection.last_year,
    )
    context = f" and {len(around)} neighbours for context" if len(around) else ""
    words = card.Card(
        key="map",
        title=f"{indicator.name}, {year}, across {where}" if year else f"Hubs of {where}",
        subtitle=f"{formats.axis_title(indicator)} · {len(drawn)} of {len(shown.economies)} "
        f"economies have a value{context} · {len(seen)} of {len(hubs)} hubs and {len(ties)} ties "
        "shown",
        findings=_findings(catalogue, shown, rows, drawn, sizes),
        rows=pd.concat(
            [part for part in (drawn, around, sizes) if len(part)] or [drawn]
        ).reset_index(drop=True),
        alt=describe_year(drawn, indicator, year or 0, f"Map{context}")
        + f" Hubs: {', '.join(hub.name for hub in shown.hubs) or 'none'}.",
        page=PAGE,
        link=shown.selection,
        extra_source=BOUNDARIES,
        more_sources=sources_of_ties(ties, catalogue),
        year=year,
    )
    card.draw(words, drawing_of(shown, look().mode), catalogue, listeners=Listeners(place=_open))


def places_to_open(shown: MapState) -> list[str]:
    """The places that the panel offers: the hubs shown, the economies, then the neighbours."""
    return [*(hub.place_id for hub in shown.hubs), *shown.economies, *shown.neighbours]


def _open(place_id: str, _adds: bool) -> None:
    if place_id in shared_catalogue().places:
        state.change(place=place_id)


def drawing_of(shown: MapState, mode: str) -> Drawing:
    """The map of a settled selection in one mode, built once for all readers who ask for it.

    The year is not part of it: a map has all its years, and the card moves it to the one shown.
    """
    return _drawing(
        shown.indicator.indicator_id,
        shown.years,
        shown.economies,
        shown.neighbours,
        tuple(hub.place_id for hub in shown.hubs),
        shown.selection.first_year,
        shown.selection.last_year,
        shown.size,
        shown.view,
        mode,
    )


@st.cache_resource(max_entries=FIGURES_KEPT, show_spinner=False)
def _drawing(
    indicator_id: str,
    years: tuple[int, ...],
    economies: tuple[str, ...],
    neighbours: tuple[str, ...],
    hub_ids: tuple[str, ...],
    first_year: int | None,
    last_year: int | None,
    size: str | None,
    view: str,
    mode: str,
) -> Drawing:
    """The map for normalised parameters; shared by readers."""
    catalogue = shared_catalogue()
    drawn = (*economies, *neighbours)
    values = catalogue.series(indicator_id, drawn)
    values = values[values["year"].isin(years)]
    hubs, sizes = hub_table([catalogue.places[key] for key in hub_ids], catalogue, size)
    if size:
        unit = catalogue.indicators[size]
        texts = {
            row.place_id: f"{formats.quantity(row.value, unit, row.qualifier)}, {row.year}"
            for row in sizes.itertuples()
        }
        hubs["size_text"] = [texts.get(key, "no value") for key in hubs["place_id"]]
    else:
        hubs["size_text"] = ""
    shapes = VIEWS[view].shapes
    geometry = Geometry(
        economies=geography_url(shapes),
        regions=geography_url("admin1_hubs"),
        economy_ids=_identifiers(shapes),
        region_ids=_identifiers("admin1_hubs"),
        disputed=[
            line
            for feature in read_geography("disputed_borders")["features"]
            for line in feature["geometry"]["coordinates"]
        ],
    )
    figure = hub_map(
        values,
        catalogue.indicator(indicator_id),
        default_year(values[values["place_id"].isin(economies)]) or 0,
        {key: catalogue.places[key] for key in drawn},
        hubs,
        tie_table(catalogue, hub_ids, first_year, last_year),
        geometry,
        theme(mode),
        view=view,
        size_name=catalogue.indicators[size].short_name if size else None,
        context=neighbours,
    )
    return drawing(figure, VIEWS[view].height)


def _identifiers(name: str) -> tuple[str, ...]:
    return tuple(feature["id"] for feature in read_geography(name)["features"])


def _findings(
    catalogue: Catalogue,
    shown: MapState,
    rows: pd.DataFrame,
    drawn: pd.DataFrame,
    sizes: pd.DataFrame,
) -> list[Finding]:
    found: list[Finding] = []
    window = VIEWS[shown.view]
    names, outside = {}, []
    for key in shown.economies:
        place = catalogue.places[key]
        inside = window.holds(place.lat, place.lon)
        if inside:
            names[key] = place.name
        else:
            outside.append(place.name)
    if shown.year is None:
        found.append(
            Finding(
                "missing",
                "no_values",
                f"No values of {shown.indicator.name} for the economies and "
                "years chosen: widen the filters.",
            )
        )
    else:
        found += missing_in_year(rows, names, shown.year)
    if not shown.hubs:
        found.append(
            Finding(
                "missing", "no_hub", "No hub of the belt passes the filters: clear one of them."
            )
        )
    if shown.size is not None:
        have = set(sizes["place_id"])
        without = [hub for hub in shown.hubs if hub.place_id not in have]
        name = plain_label(catalogue.indicators[shown.size])
        years = formats.years(sizes["year"].min(), sizes["year"].max()) if len(sizes) else "none"
        found.append(
            Finding(
                "note", "hub_size", f"Hubs are sized by {name}, the newest value of each ({years})."
            )
        )
        if without:
            found.append(
                Finding(
                    "missing",
                    "hub_size",
                    f"No {name} for {', '.join(hub.name for hub in without)} (small, hollow).",
                    tuple(hub.place_id for hub in without),
                )
            )
    if outside:
        found.append(
            Finding(
                "note",
                "off_the_map",
                f"Outside this part of the map: {', '.join(outside)}; choose World.",
            )
        )
    found += comparability(drawn, catalogue)
    return found
