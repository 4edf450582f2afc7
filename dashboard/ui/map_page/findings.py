"""What a reader must know of the map: of its values, its areas, its layers and its filters."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.findings import Finding, missing_in_year
from dashboard.catalogue.layers import Layer, is_filtered
from dashboard.charts import formats
from dashboard.charts.maps import HUB_VIEWS
from dashboard.charts.maps.world_regions import ANCHORS
from dashboard.transforms.change import change_between
from dashboard.ui.figures import plain_label
from dashboard.ui.map_page.content import MAPS_KEPT, Content, has_regions, layer_name
from dashboard.ui.map_page.controls import FILTER_NAMES
from dashboard.ui.map_page.figure import MARKET, market_rows
from dashboard.ui.map_page.settle import MapState, rows_of_year
from dashboard.ui.resources import kept

NOWHERE = (None, None)


@kept(MAPS_KEPT)
def findings_of(
    _catalogue: Catalogue, _shown: MapState, _content: Content, key: str
) -> list[Finding]:
    """The findings, worked out once for all readers; `key` says everything that they rest on."""
    catalogue, shown, tables = _catalogue, _shown, _content.tables
    found: list[Finding] = []
    if "economies" in shown.layers:
        found += _findings_on_economies(catalogue, shown, _content.series, _content.drawn)
    for name in shown.layers:
        table = tables.get(name)
        if table is not None and not table.shown:
            found.append(Finding("missing", "no_places", _nothing(shown, name)))
        if table is not None and table.reason:
            found.append(Finding("note", "layer_rule", table.reason))
    found += _findings_on_areas(catalogue, shown, tables)
    if shown.size is not None and "hubs" in shown.layers:
        found += _findings_on_sizes(catalogue, shown, _content.sizes, tables["hubs"].rows)
    if "fabs" in shown.layers:
        found.append(
            Finding(
                "note",
                "fab_phases",
                "Fabs: phases of one plant are listed one by one, and most points lie on a city, "
                "so the marks must not be added up as a count of plants.",
            )
        )
    if "ties" in shown.layers:
        hidden = tables["ties"].total - tables["ties"].shown
        if hidden:
            words = (
                f"{hidden} ties are not drawn: an end of theirs lies outside this part of the map, "
                "outside the years, or at a hub not shown. The panel of a hub lists its own."
            )
            found.append(Finding("note", "ties_left_out", words))
        undated = int(tables["ties"].rows["year"].isna().sum())
        if undated:
            words = f"{undated} ties have no year in their source and are drawn in every year."
            found.append(Finding("note", "undated_ties", words))
    if shown.selection.event:
        event = catalogue.events[shown.selection.event]
        place = catalogue.places[event.place_id].name
        found.append(Finding("note", "event", f"Lit up: {place}, {event.date}: {event.event}."))
    return found


def _nothing(shown: MapState, name: str) -> str:
    """That the filters leave nothing of a layer, and which to clear."""
    if name == "ties":
        return "No tie has both its ends on this part of the map under these filters."
    said = f"No {layer_name(name)} pass the filters: clear one of them"
    if is_filtered(name, shown.selection):
        return f"{said}, in the filter bar or above the map under “{FILTER_NAMES[name]}”."
    return f"{said}."


def _findings_on_areas(
    catalogue: Catalogue, shown: MapState, tables: dict[str, Layer]
) -> list[Finding]:
    """What a reader must know of areas that are drawn, or why there are none."""
    found: list[Finding] = []
    if "regions" in shown.layers and not has_regions(shown, tables):
        said = "No regions of hubs are drawn: no hub passes the filters; clear one of them."
        found.append(Finding("missing", "no_regions", said))
    if "market" in shown.layers:
        rows = market_rows(catalogue, shown)
        inside = [key for key in rows["place_id"] if shown.window.holds(*ANCHORS.get(key, NOWHERE))]
        every = catalogue.series(MARKET)["year"]
        said = ""
        if rows.empty:
            said = (
                "The world chip market has no sales in the years chosen: they run from "
                f"{every.min()} to {every.max()}."
            )
        elif not inside:
            said = (
                "The circles of the world chip market stand outside this part of the map: choose "
                "World."
            )
        if said:
            found.append(Finding("missing", "no_market", said))
    regions = tables["programme_regions"].rows
    if "programme_regions" in shown.layers and len(regions):
        within = int((regions["admin1_relation"] == "lies_in").sum())
        words = (
            f"{within} of {len(regions)} programme regions are smaller than the area shaded: it is "
            "the prefecture, province or state in which a region lies, not its extent."
        )
        found.append(Finding("note", "areas_of_regions", words))
        if shown.selection.programme_shade == "amount":
            words = (
                "Areas are shaded by the largest amount known of a region in them; amounts of "
                "several programmes, measures and years must not be added up."
            )
            found.append(Finding("caution", "amounts_of_regions", words))
    return found


def _findings_on_economies(
    catalogue: Catalogue, shown: MapState, rows: pd.DataFrame, drawn: pd.DataFrame
) -> list[Finding]:
    found: list[Finding] = []
    names, outside = {}, []
    for key in shown.economies:
        place = catalogue.places[key]
        if shown.window.holds(place.lat, place.lon):
            names[key] = place.name
        else:
            outside.append(place.name)
    if shown.year is None:
        said = (
            f"No values of {shown.indicator.name} for the economies and years chosen: widen the "
            "filters."
        )
        return [Finding("missing", "no_values", said)]
    earlier = drawn[drawn["year"] != shown.year]
    if len(earlier):
        who = ", ".join(f"{row.place_name} ({row.year})" for row in earlier.itertuples())
        said = f"Values of an earlier year, outlined on the map: {who}."
        found.append(Finding("caution", "earlier_value", said, tuple(earlier["place_id"])))
    without = {key: name for key, name in names.items() if key not in set(earlier["place_id"])}
    found += missing_in_year(rows, without, shown.year)
    if shown.mode == "difference" and shown.against is not None:
        first, last = sorted((shown.against, shown.year))
        changes = change_between(rows, shown.indicator, first, last)
        if changes.left_out:
            who = "; ".join(f"{name} ({reason})" for name, reason in changes.left_out)
            found.append(Finding("missing", "no_change", f"Without a change: {who}."))
    elif shown.against is not None:
        found += missing_in_year(rows, names, shown.against)
    if shown.second is not None:
        other = catalogue.series(shown.second.indicator_id, shown.economies)
        found += [
            Finding(
                item.severity,
                item.code,
                f"{shown.second.short_name}: {item.text[0].lower()}{item.text[1:]}",
                item.places,
                item.years,
            )
            for item in missing_in_year(other, names, shown.year)
        ]
        both = pd.concat([drawn, rows_of_year(shown, other, shown.year)], ignore_index=True)
        drawn = both
    if outside and shown.view not in HUB_VIEWS:
        said = f"Outside this part of the map: {', '.join(outside)}; choose World."
        found.append(Finding("note", "off_the_map", said))
    return [*found, *comparability(drawn, catalogue)]


def _findings_on_sizes(
    catalogue: Catalogue, shown: MapState, sizes: pd.DataFrame, hubs: pd.DataFrame
) -> list[Finding]:
    sized = sizes[sizes["indicator_id"] == shown.size]
    have = set(sized["place_id"])
    without = hubs[~hubs["place_id"].isin(have) & hubs["is_belt"]]
    name = plain_label(catalogue.indicators[str(shown.size)])
    years = formats.years(sized["year"].min(), sized["year"].max()) if len(sized) else "none"
    said = f"Hubs are sized by {name}, the newest value of each ({years})."
    found = [Finding("note", "hub_size", said)]
    if len(without):
        who = ", ".join(without["name"])
        found.append(
            Finding(
                "missing",
                "hub_size",
                f"No {name} for {who} (small, hollow).",
                tuple(without["place_id"]),
            )
        )
    return found
