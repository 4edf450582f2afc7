"""What a map shows as one tidy table, and as GeoJSON for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.cells import plain_rows
from dashboard.catalogue.geography import read_geography
from dashboard.catalogue.wording import SCOPE_WORDS
from dashboard.transforms.sphere import great_circle

COLUMNS = (
    "layer",
    "id",
    "name",
    "what",
    "year",
    "year_end",
    "value",
    "value_low",
    "value_high",
    "unit",
    "qualifier",
    "text",
    "note",
    "lat",
    "lon",
    "to_id",
    "to_lat",
    "to_lon",
    "source",
    "locator",
    "url",
)
NUMBERS = ("value", "value_low", "value_high", "lat", "lon", "to_lat", "to_lon")
YEARS = ("year", "year_end")

LAYER_OF_KIND = {
    "economy": "economies",
    "hub": "hubs",
    "cluster": "clusters",
    "programme_region": "programme_regions",
    "world_region": "market",
    "aggregate": "market",
}
BORDER_SOURCE = "Natural Earth, 1:10m cultural vectors, version 4.1.0 (2018)"
BORDER_URL = "https://www.naturalearthdata.com/"

ADMIN1_REGIONS = "admin1_regions"

HUB_AREA_NOTE = "which regions make up a hub is an assignment of the curators"
AREA_NOTE = (
    "a region that is smaller lies in this area, which is not its extent; the note of each region "
    "says why it is here"
)

# Coordinates of paths on the globe: 110 m, as in the boundary files.
DECIMALS = 3

Row = dict[str, Any]


def map_table(
    values: pd.DataFrame, layers: Mapping[str, pd.DataFrame], catalogue: Catalogue
) -> pd.DataFrame:
    """Everything that a map shows, one row for each value, place, tie, fab and border.

    Args:
        values: the values drawn (shades, circles, sizes), as `provenance.with_sources` returns
            them.
        layers: the layers drawn besides, as `catalogue.layers.layer` returns their rows, by name:
            hubs, clusters, programme_regions, fabs, ties; regions, which takes the rows of the
            hubs whose regions are drawn, and programme_areas, which takes those of programme
            regions; and borders, as `border_rows` returns them.
        catalogue: names and positions of places, and documents.

    Returns:
        Columns as in `COLUMNS`. `what` is the indicator of a value or the kind of thing; `year`
        that of the value, the start of a place or a fab, the first of a tie; `lat` and `lon` in
        degrees, missing where a thing is no point, and the first end of a tie. `value` is in
        `unit`: of a fab the diameter of its wafers, of a programme region the public money known.

    Raises:
        KeyError: if a layer is not one of those above.
    """
    rows = list(_values(values, catalogue))
    for name, table in layers.items():
        rows += _LAYERS[name](name, table, catalogue)
    made = pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")
    texts = [name for name in COLUMNS if name not in (*NUMBERS, *YEARS)]
    made[texts] = made[texts].fillna("")
    types = dict.fromkeys(NUMBERS, "float64") | dict.fromkeys(YEARS, "Int64")
    return made.astype(types | dict.fromkeys(texts, "str"))


def border_rows() -> pd.DataFrame:
    """The disputed and cease-fire lines: id, name and kind (claim, ceasefire)."""
    features = read_geography("disputed_borders")["features"]
    rows = [{"id": feature["id"], **feature["properties"]} for feature in features]
    return pd.DataFrame(rows, columns=["id", "name", "kind"])


def shapes_of(economies: str = "admin0_region") -> dict[str, dict[str, Any]]:
    """Geometries of all that a map draws with lines or areas, by identifier.

    Args:
        economies: the file that the map's economies come from; those that it lacks are taken from
            the file of the world.

    Raises:
        KeyError: if there is no such file.
    """
    shapes: dict[str, dict[str, Any]] = {}
    for name in (economies, "admin0_world", ADMIN1_REGIONS, "disputed_borders"):
        for feature in read_geography(name)["features"]:
            shapes.setdefault(feature["id"], feature["geometry"])
    return shapes


def to_geojson(
    table: pd.DataFrame,
    shapes: Mapping[str, Mapping[str, Any]],
    *,
    title: str,
    data_version: str,
    link: str,
    boundary_note: str,
) -> bytes:
    """What a map shows as a GeoJSON FeatureCollection after RFC 7946, in UTF-8.

    One feature for each row: the area of an economy or a region, the line of a border, the
    shortest path of a tie, a point for what has a position, and no geometry for what has none of
    these. Rings run counter-clockwise and no line crosses the antimeridian, as the standard asks.

    Args:
        table: as `map_table` returns it.
        shapes: geometries by identifier, as `shapes_of` returns them, wound either way.
        title: what the map shows.
        data_version: of the data.
        link: address that restores the view.
        boundary_note: what the boundaries are.

    Returns:
        The file. The member `seabelt` holds title, data version, link and boundary note.
    """
    features = [
        {
            "type": "Feature",
            "id": f"{position}:{row['layer']}:{row['id']}",
            "geometry": _geometry(row, shapes),
            "properties": {
                name: held for name in COLUMNS if (held := row[name]) is not None and held != ""
            },
        }
        for position, row in enumerate(plain_rows(table), start=1)
    ]
    collection = {
        "type": "FeatureCollection",
        "seabelt": {
            "title": title,
            "data_version": data_version,
            "link": link,
            "boundary_note": boundary_note,
        },
        "features": features,
    }
    text = json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


# --- Rows -----------------------------------------------------------------------------------------


def _values(values: pd.DataFrame, catalogue: Catalogue) -> Iterator[Row]:
    for row in plain_rows(values):
        place = catalogue.places[row["place_id"]]
        covers = [row["period_note"], SCOPE_WORDS[row["scope"]]]
        if row["definition_id"]:
            words = catalogue.definition_words(row["definition_id"])
            covers.append(f"counts as an SME: {words}")
        is_point = place.kind != "economy"
        yield {
            "layer": LAYER_OF_KIND[place.kind],
            "id": place.place_id,
            "name": row["place"],
            "what": row["indicator"],
            "year": row["year"],
            "value": row["value"],
            "value_low": row.get("value_low"),
            "value_high": row.get("value_high"),
            "unit": row["unit"],
            "qualifier": row["qualifier"],
            "text": _joined(*covers),
            "note": row["note"],
            "lat": place.lat if is_point else None,
            "lon": place.lon if is_point else None,
            "source": row["source"],
            "locator": row["locator"],
            "url": row["source_url"],
        }


def _places(layer: str, table: pd.DataFrame, catalogue: Catalogue) -> list[Row]:
    return [
        {
            "layer": layer,
            "id": row["place_id"],
            "name": row["name"],
            "what": row["kind"].replace("_", " "),
            "year": row["start_year"],
            "text": _about(catalogue.places[row["place_id"]]),
            "note": catalogue.places[row["place_id"]].note,
            "lat": row["lat"],
            "lon": row["lon"],
            **_document(row["source_id"], catalogue),
        }
        for row in plain_rows(table)
    ]


def _about(place: Place) -> str:
    """What a place is, in the words of the vocabulary."""
    facts = {
        "role": place.role,
        "industries": ", ".join(place.industries),
        "industry type": place.industry_type,
        "governance": place.governance_scale,
        "firms": place.firm_scale,
    }
    return _joined(*(f"{name}: {word.replace('_', ' ')}" for name, word in facts.items() if word))


def _programme_regions(layer: str, table: pd.DataFrame, catalogue: Catalogue) -> list[Row]:
    """Each region with its programme, and its public money as rows of their own."""
    rows = _places(layer, table, catalogue)
    for row, region in zip(list(rows), plain_rows(table), strict=True):
        stage = f"stage: {region['stage']}" if region["stage"] else ""
        row["text"] = _joined(f"programme: {region['programme']}", stage, row["text"])
        if region["amount"] is None:
            continue
        money = {
            **row,
            **_document(region["amount_source_id"], catalogue),
            "what": f"public money: {region['measure'].replace('_', ' ')}",
            "year": region["amount_year"],
            "qualifier": region["qualifier"],
        }
        rows.append({**money, "value": region["amount"], "unit": f"million {region['currency']}"})
        if region["amount_usd"] is not None and region["currency"] != "USD":
            rows.append(
                {
                    **money,
                    "value": region["amount_usd"],
                    "unit": "million US dollars",
                    "note": _joined("converted here at the average rate of the year", row["note"]),
                }
            )
    return rows


def _fabs(layer: str, table: pd.DataFrame, catalogue: Catalogue) -> list[Row]:
    rows = []
    for fab in plain_rows(table):
        wafer = float(fab["wafer_mm"]) if _is_number(fab["wafer_mm"]) else None
        details = {
            "wafers (mm)": fab["wafer_mm"] if wafer is None else "",
            "node (nm)": fab["node_nm"],
            "products": fab["products"],
            "status": fab["status_note"] or fab["status"],
        }
        rows.append(
            {
                "layer": layer,
                "id": fab["fab_id"],
                "name": ", ".join(
                    part for part in (fab["operator"], fab["plant_name"], fab["city"]) if part
                ),
                "what": "fab",
                "year": fab["start_year"],
                "value": wafer,
                "unit": "mm, diameter of wafers" if wafer is not None else "",
                "text": _joined(*(f"{name}: {word}" for name, word in details.items() if word)),
                "note": _joined(f"position: {fab['coord_precision']}", fab["note"]),
                "lat": fab["lat"],
                "lon": fab["lon"],
                **_document(fab["source_ids"], catalogue),
            }
        )
    return rows


def _ties(layer: str, table: pd.DataFrame, catalogue: Catalogue) -> list[Row]:
    return [
        {
            "layer": layer,
            "id": tie["link_id"],
            "name": tie["hubs"],
            "what": f"tie: {tie['kind'].replace('_', ' ')}",
            "year": tie["year"],
            "year_end": tie["year_end"],
            "text": tie["description"],
            "lat": tie["from_lat"],
            "lon": tie["from_lon"],
            "to_id": tie["to_place_id"],
            "to_lat": tie["to_lat"],
            "to_lon": tie["to_lon"],
            **_document(tie["source_id"], catalogue),
            "locator": tie["locator"],
        }
        for tie in plain_rows(table)
    ]


def _regions(layer: str, table: pd.DataFrame, _catalogue: Catalogue) -> list[Row]:
    """The first-level regions that hubs are made of."""
    return _areas(layer, table, "region of a hub", "hub", HUB_AREA_NOTE)


def _programme_areas(layer: str, table: pd.DataFrame, _catalogue: Catalogue) -> list[Row]:
    """The first-level regions that programme regions are made of, or lie in."""
    return _areas(layer, table, "area of programme regions", "made of it or lying in it", AREA_NOTE)


def _areas(layer: str, table: pd.DataFrame, what: str, of: str, note: str) -> list[Row]:
    """The first-level regions of places, each once with the places it belongs to."""
    names = {
        feature["id"]: feature["properties"]["name"]
        for feature in read_geography(ADMIN1_REGIONS)["features"]
    }
    places: dict[str, list[str]] = {}
    for place in plain_rows(table):
        for region in place["admin1_ids"]:
            places.setdefault(region, []).append(place["name"])
    return [
        {
            "layer": layer,
            "id": region,
            "name": names[region],
            "what": what,
            "text": f"{of}: {', '.join(held)}",
            "note": note,
            "source": BORDER_SOURCE,
            "url": BORDER_URL,
        }
        for region, held in places.items()
        if region in names
    ]


def _borders(layer: str, table: pd.DataFrame, _catalogue: Catalogue) -> list[Row]:
    return [
        {
            "layer": layer,
            "id": line["id"],
            "name": line["name"],
            "what": {"claim": "claimed border", "ceasefire": "cease-fire line"}[line["kind"]],
            "source": BORDER_SOURCE,
            "url": BORDER_URL,
        }
        for line in plain_rows(table)
    ]


_LAYERS: dict[str, Callable[[str, pd.DataFrame, Catalogue], list[Row]]] = {
    "hubs": _places,
    "other_hubs": _places,
    "clusters": _places,
    "programme_regions": _programme_regions,
    "programme_areas": _programme_areas,
    "fabs": _fabs,
    "ties": _ties,
    "regions": _regions,
    "borders": _borders,
}


def _document(source_ids: str, catalogue: Catalogue) -> Row:
    """Titles and addresses of one document or of several, parted by semicolons."""
    sources = [catalogue.sources[key] for key in source_ids.split(";") if key]
    return {
        "source": "; ".join(source.title for source in sources),
        "url": "; ".join(source.url for source in sources if source.url),
        "locator": "",
    }


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


# --- Shapes ---------------------------------------------------------------------------------------


def _geometry(row: Row, shapes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    if row["to_lat"] is not None:
        return _path((row["lat"], row["lon"]), (row["to_lat"], row["to_lon"]))
    if row["lat"] is not None:
        return {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    shape = shapes.get(row["id"])
    return None if shape is None else _wound(shape)


def _wound(shape: Mapping[str, Any]) -> dict[str, Any]:
    """A shape whose exterior rings run counter-clockwise and its holes clockwise."""
    # Imported here, because few visits need it.
    from shapely import orient_polygons
    from shapely.geometry import mapping
    from shapely.geometry import shape as parsed

    return dict(mapping(orient_polygons(parsed(shape))))


def _path(start: tuple[float, float], end: tuple[float, float]) -> dict[str, Any]:
    """The shortest path between two places, in two parts where it crosses the antimeridian."""
    points = [(round(lon, DECIMALS), round(lat, DECIMALS)) for lat, lon in great_circle(start, end)]
    parts: list[list[tuple[float, float]]] = [[points[0]]]
    for (lon, lat), (next_lon, next_lat) in pairwise(points):
        if abs(next_lon - lon) > 180:
            side = 180.0 if lon > 0 else -180.0
            reach = next_lon + 2 * side  # the next point, were longitudes to go on
            share = (side - lon) / (reach - lon)
            at = round(lat + share * (next_lat - lat), DECIMALS)
            parts[-1].append((side, at))
            parts.append([(-side, at)])
        parts[-1].append((next_lon, next_lat))
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}
