"""The fabs explorer: filters, a map, decades of start, and a table of every row."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.belt import economies_of
from dashboard.catalogue.fabs import by_decade, fabs_findings, fabs_listed, sources_of_fabs
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.layers import FAB_FILTERS, Layer, is_filtered, unfiltered
from dashboard.catalogue.provenance import source_line
from dashboard.charts.formats import words
from dashboard.charts.maps import SMALL_ECONOMIES, VIEWS, Layers, atlas_parts
from dashboard.charts.maps.fabs import STATUS_WORDS
from dashboard.charts.tallies import Tally, describe_tallies, tally_bars
from dashboard.ui import boundaries, card, links, markup, notices, state
from dashboard.ui.map_page.controls import fab_filters
from dashboard.ui.map_page.figure import geometry_of
from dashboard.ui.semiconductors.parts import drawn
from dashboard.ui.semiconductors.settle import PAGE, SemiconductorState

MAP_HEIGHT = 440
# Parts of the world that hold all fabs shown, the closest first.
CLOSEST_FIRST = ("north_east", "south_east", "india", "belt", "world")
MAP_LAYERS = ("economies", "hubs", "fabs", "borders")


def controls(catalogue: Catalogue, shown: SemiconductorState) -> None:
    """The filters of fabs, the same as on the map, and the way to the map under them."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="semiconductors_fabs"):
        fab_filters(catalogue, shown.selection)
    found = _listed(catalogue, shown)
    with st.container(horizontal=True, vertical_alignment="center", key="semiconductors_ways"):
        way = links.anchor(_on_the_map(shown, found), "Open these fabs on the map")
        st.html(f'<p class="hint">{found.shown} of {found.total} rows pass the filters · {way}</p>')
        if is_filtered("fabs", shown.selection):
            st.button(
                "Show all",
                key="semiconductors_all_fabs",
                on_click=lambda: state.change(**unfiltered("fabs")),
            )


def draw(catalogue: Catalogue, shown: SemiconductorState) -> None:
    """The map beside the decades, and the table below them."""
    found = _listed(catalogue, shown)
    if found.rows.empty:
        reason = f" {found.reason}" if found.reason else ""
        notices.nothing_found(
            f"None of the {found.total} rows passes the filters.{reason}", "Clear one of them."
        )
        return
    on_map, in_time = st.columns([3, 2])
    with on_map:
        _map(catalogue, shown, found)
    with in_time:
        _decades(catalogue, shown, found)
    _table(catalogue, shown, found)


def _listed(catalogue: Catalogue, shown: SemiconductorState) -> Layer:
    """The rows under the filters; the years of the bar are those of values, not of fabs."""
    return fabs_listed(catalogue, shown.inside.with_(first_year=None, last_year=None))


def _view(fabs: pd.DataFrame) -> str:
    placed = fabs[fabs["lat"].notna()]
    return next(
        name
        for name in CLOSEST_FIRST
        if name == CLOSEST_FIRST[-1]
        or all(VIEWS[name].holds(row.lat, row.lon) for row in placed.itertuples())
    )


def _on_the_map(shown: SemiconductorState, found: Layer) -> str:
    """The map with the same filters, written out; years that would hide some are taken away."""
    own = {name: getattr(shown.selection, name) for name in FAB_FILTERS}
    asked = {
        "view": _view(found.rows),
        "layers": MAP_LAYERS,
        "places": shown.inside.places,
        **{name: value for name, value in own.items() if value},
        **dict.fromkeys(("window", "from", "to"), ""),
    }
    return state.address("", **asked)


def _map(catalogue: Catalogue, shown: SemiconductorState, found: Layer) -> None:
    placed = found.rows[found.rows["lat"].notna()]
    if placed.empty:
        notices.nothing_found("No row shown has a position.", "The table below lists them.")
        return
    view = _view(placed)
    uses = sources_of_fabs(placed, catalogue)
    findings = fabs_findings(found)
    unplaced = found.shown - len(placed)
    if unplaced:
        text = f"Without a position in the sources, and in the table only: {unplaced} rows."
        findings.append(Finding("missing", "no_position", text))
    city = int((placed["coord_precision"] == "city").sum())
    if city:
        text = f"Position of the city, not of the plant: {city} rows; one marker counts them."
        findings.append(Finding("caution", "city", text))
    economies = {
        place.place_id: place
        for place in (
            catalogue.places[key]
            for in_focus in (True, False)
            for key in economies_of(catalogue, in_focus=in_focus)
        )
        if place.place_id not in SMALL_ECONOMIES
    }
    places = placed["economy"].map(catalogue.label).value_counts()
    card.draw(
        card.Card(
            key="fab_map",
            title="Where the fabs stand",
            subtitle=f"{len(placed)} rows on a map of {VIEWS[view].place} · a number stands for "
            "rows on one spot",
            findings=findings,
            rows=catalogue.nothing,
            alt=f"Map of {VIEWS[view].place} with wafer fabs and phases of fabs: "
            + ", ".join(f"{name} {count} rows" for name, count in places.items())
            + ".",
            page=PAGE,
            link=shown.selection,
            extra_source=f"{source_line(uses)} · {boundaries.LINE}",
            more_sources=uses,
            data=as_table(placed, catalogue),
            table=lambda: _by_economy(placed, catalogue),
        ),
        drawn(
            ("fab_map", view, tuple(placed["fab_id"])),
            lambda look: atlas_parts(
                economies,
                geometry_of(VIEWS[view].shapes),
                look,
                view=view,
                layers=Layers(fabs=placed, regions=False),
            ),
            MAP_HEIGHT,
        ),
        catalogue,
    )


def _by_economy(fabs: pd.DataFrame, catalogue: Catalogue) -> str:
    counted = fabs.groupby("economy", sort=False)
    return markup.table(
        "Rows of fabs by economy",
        ("Economy", "Rows", "Operators"),
        [
            (
                links.anchor(links.profile(catalogue.places[str(key)]), catalogue.label(str(key))),
                str(len(part)),
                str(part["operator"].nunique()),
            )
            for key, part in sorted(counted, key=lambda item: -len(item[1]))
        ],
        numbers=(1, 2),
    )


def _decades(catalogue: Catalogue, shown: SemiconductorState, found: Layer) -> None:
    counted = by_decade(found.rows)
    known = [
        Tally(f"{row.decade}s", int(row.rows))
        for row in counted.itertuples()
        if pd.notna(row.decade)
    ]
    with_year = sum(tally.count for tally in known)
    coverage = [
        Tally("Start year in the sources", with_year),
        Tally("No start year in the sources", found.shown - with_year, is_known=False),
    ]
    panels = [panel for panel in (known, coverage) if panel]
    uses = sources_of_fabs(found.rows, catalogue)
    card.draw(
        card.Card(
            key="fab_decades",
            title="Rows by decade of start",
            subtitle="First year of production · rows, not factories · below: how many have a year",
            findings=fabs_findings(found),
            rows=catalogue.nothing,
            alt=describe_tallies(panels, "Rows of wafer fabs by decade of start"),
            page=PAGE,
            link=shown.selection,
            extra_source=source_line(uses),
            more_sources=uses,
            data=as_table(found.rows, catalogue),
            table=lambda: markup.table(
                "Rows by decade of start",
                ("Decade", "Rows"),
                [
                    ("not known" if pd.isna(row.decade) else f"{row.decade}s", str(row.rows))
                    for row in counted.itertuples()
                ],
                numbers=(1,),
            ),
        ),
        drawn(
            ("fab_decades", *((tally.words, tally.count) for panel in panels for tally in panel)),
            lambda look: tally_bars(panels, "rows", look),
        ),
        catalogue,
    )


def _table(catalogue: Catalogue, shown: SemiconductorState, found: Layer) -> None:
    uses = sources_of_fabs(found.rows, catalogue)
    table = as_table(found.rows, catalogue)
    card.draw(
        card.Card(
            key="fab_table",
            title="Every row, with its documents",
            subtitle=f"{found.shown} of {found.total} rows · sort by a head, search with the glass",
            findings=fabs_findings(found),
            rows=catalogue.nothing,
            alt="",
            page=PAGE,
            link=shown.selection,
            extra_source=source_line(uses),
            more_sources=uses,
            data=table,
            table=lambda: _as_markup(table),
            body=lambda: _draw_table(table),
        ),
        None,
        catalogue,
    )


COLUMNS = {
    "operator": "Operator",
    "plant": "Plant",
    "city": "City",
    "economy": "Economy",
    "hub": "Hub",
    "wafers": "Wafers, mm",
    "nodes": "Nodes, nm",
    "products": "Products",
    "start_year": "Start",
    "status": "Status",
    "status_note": "Status as printed",
    "source": "Documents",
    "source_url": "Address of the first",
}


def as_table(fabs: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The rows as they are handed over: names for identifiers, documents by title and address.

    Args:
        fabs: rows of the table `fabs`.
        catalogue: holds places and documents.
    """
    documents = [[catalogue.sources[key] for key in cell.split(";")] for cell in fabs["source_ids"]]
    return pd.DataFrame(
        {
            "fab_id": fabs["fab_id"],
            "operator": fabs["operator"],
            "plant": fabs["plant_name"],
            "city": fabs["city"],
            "economy": [catalogue.label(key) for key in fabs["economy"]],
            "hub": [catalogue.label(key) if key else "" for key in fabs["place_id"]],
            "wafers": fabs["wafer_mm"].str.replace(";", " and "),
            "nodes": fabs["node_nm"].str.replace(";", ", "),
            "products": fabs["products"],
            "start_year": fabs["start_year"],
            "status": [words(STATUS_WORDS[key]) for key in fabs["status"]],
            "status_note": fabs["status_note"],
            "lat": fabs["lat"],
            "lon": fabs["lon"],
            "coord_precision": fabs["coord_precision"],
            "source": ["; ".join(source.title for source in group) for group in documents],
            "source_url": [
                next((source.url for source in group if source.url), "") for group in documents
            ],
            "note": fabs["note"],
        }
    ).reset_index(drop=True)


def _draw_table(table: pd.DataFrame) -> None:
    # As text, because an empty number would read "None".
    years = table["start_year"].astype("string").fillna("")
    st.dataframe(
        table[list(COLUMNS)].assign(start_year=years).rename(columns=COLUMNS),
        hide_index=True,
        width="stretch",
        height=520,
        column_config={
            "Operator": st.column_config.TextColumn(pinned=True),
            "Address of the first": st.column_config.LinkColumn(),
        },
    )


def _as_markup(table: pd.DataFrame) -> str:
    """The same rows as plain markup, for those who do not see a canvas."""
    shown = table[list(COLUMNS)[:-1]].astype("object").where(table.notna(), "")
    return markup.table(
        "Wafer fabs and phases of fabs",
        list(COLUMNS.values())[:-1],
        [[escape(str(cell)) for cell in row] for row in shown.itertuples(index=False)],
    )
