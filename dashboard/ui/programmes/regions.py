"""Which regions programmes chose: on a map, and counted by stage and industry type."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.layers import layer
from dashboard.catalogue.naming import listed
from dashboard.catalogue.programme_amounts import eastern_economies
from dashboard.catalogue.provenance import source_uses
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import words
from dashboard.charts.maps import SMALL_ECONOMIES, VIEWS, Layers, atlas_map
from dashboard.charts.maps.programme_regions import By
from dashboard.charts.maps.views import view_of
from dashboard.charts.programmes import stages
from dashboard.charts.theme import Theme
from dashboard.ui import boundaries, links, markup, state, wording
from dashboard.ui.chart import drawing
from dashboard.ui.map_page.figure import geometry_of, programme_regions_drawn
from dashboard.ui.programmes.parts import Sheet, Words, as_sheet
from dashboard.ui.programmes.settle import ProgrammesState

HEIGHT = 520
# What gives a region its colour here; money has a view of its own.
SHADES: dict[By, str] = {
    "industry_type": "theme (industry type)",
    "stage": "stage",
    "programme": "programme",
}


def shade_of(selection: Selection) -> By:
    """What regions are coloured by: the reader's choice, or the industry type."""
    return next((name for name in SHADES if name == selection.programme_shade), "industry_type")


def chosen_regions(catalogue: Catalogue, shown: ProgrammesState) -> pd.DataFrame:
    """The regions of the programmes shown, under the filters on industry and firm scale."""
    selection = Selection(
        industry_type=shown.selection.industry_type,
        industry=shown.selection.industry,
        firm_scale=shown.selection.firm_scale,
    )
    if shown.opened or shown.view == "ministries":
        selection = Selection()
    rows = layer("programme_regions", catalogue, selection).rows
    rows = rows[rows["programme_id"].isin(shown.ids)]
    order = {key: at for at, key in enumerate(shown.ids)}
    rows = rows.assign(_order=rows["programme_id"].map(order))
    rows = rows.sort_values(["_order", "stage", "name"], kind="stable").drop(columns="_order")
    places = catalogue.table("places").set_index("place_id")
    return rows.assign(
        source_id=rows["place_id"].map(places["source_id"]),
        programme=rows["programme_id"].map(catalogue.programme_names),
    ).reset_index(drop=True)


def sheets(catalogue: Catalogue, shown: ProgrammesState, look: Theme) -> list[Sheet]:
    """The map of the regions, and their number by programme, stage and type."""
    rows = chosen_regions(catalogue, shown)
    if rows.empty:
        return []
    return [_map_sheet(catalogue, shown, rows, look), stage_sheet(catalogue, shown, rows, look)]


def big_map(programme_ids: list[str]) -> str:
    """Address of the map page with the regions of some programmes."""
    chosen = {"region_programme": programme_ids} if programme_ids else {}
    return state.address("", layers=["economies", "programme_regions"], **chosen)


def _map_sheet(
    catalogue: Catalogue, shown: ProgrammesState, rows: pd.DataFrame, look: Theme
) -> Sheet:
    by = shade_of(shown.selection)
    without = rows[rows["lat"].isna()]
    placed, outside = _in_view(rows[rows["lat"].notna()], catalogue)
    places = [catalogue.places[key] for key in placed["place_id"]]
    view = VIEWS[view_of(places)]
    economies = {place.economies[0] for place in places if place.economies}
    # The small economies have a marker of their own, which would be one more place on this map.
    drawn = {
        place.place_id: place
        for place in catalogue.places_of_kind("economy")
        if place.place_id in economies or place.place_id not in SMALL_ECONOMIES
    }
    figure = atlas_map(
        drawn,
        geometry_of(view.shapes),
        look,
        view=view,
        layers=Layers(
            regions=False, programme_regions=programme_regions_drawn(placed), programme_by=by
        ),
    )
    findings = []
    if len(without):
        text = f"Without a position, and not on the map: {listed(list(without['name']))}."
        findings.append(Finding("missing", "no_position", text))
    if len(outside):
        names = listed(list(dict.fromkeys(outside["programme"])), "; ")
        text = (
            f"The map shows Asia; {markup.count(len(outside), 'region')} elsewhere are in the "
            f"table and on the large map: {names}."
        )
        findings.append(Finding("missing", "outside", text))
    if len(placed):
        text = "An area is the first-level region that a place is made of or lies in."
        findings.append(Finding("note", "areas", text))
    names = listed(list(dict.fromkeys(rows["programme"])), "; ")
    made = Words(
        key="map",
        title="Regions that programmes chose" if not shown.opened else f"Regions of {names}",
        subtitle=f"{markup.count(len(placed), 'region')} on a map of {view.place} by "
        f"{SHADES[by]} · choose one to open it on the large map",
        alt=f"Map of {view.place} with {markup.count(len(placed), 'region')} that programmes "
        f"chose: {names}.",
        sentence="",
        findings=findings,
        documents=source_uses(rows, catalogue, "region"),
        data=_data(rows, catalogue),
        table=lambda: table(rows, catalogue),
        extra_source=boundaries.LINE,
    )
    return _opening_places(as_sheet(shown, catalogue, made, drawing(figure, HEIGHT)))


def _in_view(rows: pd.DataFrame, catalogue: Catalogue) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Regions to draw and those elsewhere: on a map of the world those of Asia would be a dot."""
    eastern = set(eastern_economies(catalogue))
    is_eastern = pd.Series(
        [bool(eastern & set(catalogue.places[key].economies)) for key in rows["place_id"]],
        index=rows.index,
        dtype="bool",
    )
    if not is_eastern.any():
        return rows.reset_index(drop=True), rows.iloc[:0]
    return rows[is_eastern].reset_index(drop=True), rows[~is_eastern]


def _opening_places(sheet: Sheet) -> Sheet:
    return Sheet(sheet.card, sheet.drawing, opens=False)


def stage_sheet(
    catalogue: Catalogue, shown: ProgrammesState, rows: pd.DataFrame, look: Theme
) -> Sheet:
    """How many regions each programme chose in each stage, by industry type."""
    counts = rows.groupby("programme_id").size()
    most = catalogue.programme_names[str(counts.idxmax())]
    unknown = int((rows["industry_type"] == "").sum())
    findings = []
    if unknown:
        text = f"{markup.count(unknown, 'region')} have no industry type in the sources."
        findings.append(Finding("missing", "no_type", text))
    lacking = [
        name
        for key, name in zip(shown.ids, shown.programmes["name"], strict=True)
        if key not in counts.index
    ]
    if lacking:
        text = f"No region is held of {markup.count(len(lacking), 'programme')}: "
        findings.append(Finding("missing", "no_region", f"{text}{listed(lacking, '; ')}."))
    text = "Regions held in the atlas; how many a programme itself counts stands under results."
    findings.append(Finding("note", "held", text))
    made = Words(
        key="stages",
        title="Regions by programme, stage and industry type",
        subtitle=f"Number of regions · {markup.count(len(counts), 'programme')}",
        alt=f"{markup.count(len(rows), 'region')} of {markup.count(len(counts), 'programme')} by "
        f"stage and industry type; most ({counts.max()}) are of {most}.",
        findings=findings,
        documents=source_uses(rows, catalogue, "region"),
        data=_data(rows, catalogue),
        table=lambda: table(rows, catalogue),
    )
    sheet = as_sheet(shown, catalogue, made, drawing(stages(rows, look)))
    return _opening_places(sheet)


def _data(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    columns = ["place_id", "name", "programme_id", "programme", "stage", "industry_type", "lat"]
    columns += ["lon", "source_id"]
    return rows[columns].assign(source=[catalogue.sources[key].title for key in rows["source_id"]])


def table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    """The regions as a table, each leading to the map."""
    lines = [
        (
            links.anchor(links.place(row["place_id"]), row["name"]),
            links.anchor(big_map([row["programme_id"]]), row["programme"]),
            escape(row["stage"]) or "none named",
            escape(words(row["industry_type"])) if row["industry_type"] else "not known",
            wording.document(row["source_id"], catalogue),
        )
        for row in rows.to_dict("records")
    ]
    heads = ("Region", "Programme, on the map", "Stage", "Industry type", "Document")
    return markup.table("Regions of programmes", heads, lines)
