"""Boundaries of the atlas, from Natural Earth 1:10m (public domain).

Two stages, so that a rebuild needs neither the network nor the 12 MB source:

``python -m data.curation.geography extract world_map.gpkg``
    reads the source once and writes the committed inputs: land and claim lines, untouched but
    for the rounding of coordinates to 3 decimals.
``python -m data.curation.geography build``
    turns the committed inputs into ``data/geography/*.geojson``, the same bytes each time.

The land is kept as a *coverage*: pieces that share their borders vertex for vertex. A piece is
an economy, or an admin-1 region of a hub or of a programme, cut out of its economy. Coordinates are
rounded before the coverage is simplified, never after: simplification only removes vertices, so
it can neither tear a shared border nor make a ring touch itself, as late rounding does.

``docs/geography.md`` tells the policy: whose border, which name, what is left out.
"""

import argparse
import gzip
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

DATA = Path(__file__).resolve().parents[1]
INPUTS = DATA / "curation" / "inputs" / "geography"
OUTPUTS = DATA / "geography"

GRID = 0.001
"""Coordinates are multiples of this many degrees (about 110 m)."""

REGION = shapely.box(60, -12, 152, 56)
REGION_TOLERANCE = 0.08
HUB_TOLERANCE = 0.025
HARBOUR_TOLERANCE = 0.005
REGION_SPECK = 0.008
HARBOUR_SPECK = 0.003
WORLD_TOLERANCE = 0.4
ARCTIC_TOLERANCE = 1.6
WORLD_SPECK = 0.2
"""Tolerances are in degrees, specks (islands too small to draw) in square degrees of the
equator, about 12,400 km2 each."""

BELOW_ARCTIC = shapely.union_all([shapely.box(-180, -60, 180, 59), shapely.box(4, 59, 32, 72)])
"""Where the world file is drawn in full detail: south of 59 N, and Scandinavia. Degrees of
longitude are short in the far north, and one tolerance for all would spend a third of the file
on it."""

HARBOURS = shapely.union_all(
    [shapely.box(113.4, 22, 114.6, 22.7), shapely.box(103.5, 1.1, 104.2, 1.6)]
)
"""Around Hong Kong and Macao, and Singapore: too small to keep their shape otherwise."""

LONGEST_EDGE = 2.0
"""Globe projections draw an edge as a great circle. A long straight edge, such as the 49th
parallel or the edge of the clip, would bulge poleward, so it gets a vertex every 2 degrees."""

LEASED = {"KAB": "KAZ", "USG": "CUB"}
"""Leased land that Natural Earth sets apart, and the undisputed landlord it goes back to."""

MISSING_CODES = {"XK": "XKX", "TK": "TKL"}
"""Alpha-3 codes the source leaves out, by alpha-2. XKX is not in ISO 3166-1 but widely used."""

FULL_NAMES = {
    "ATF": "French Southern and Antarctic Lands",
    "ATG": "Antigua and Barbuda",
    "BIH": "Bosnia and Herzegovina",
    "BLM": "Saint Barthélemy",
    "CAF": "Central African Republic",
    "COD": "Democratic Republic of the Congo",
    "CYM": "Cayman Islands",
    "COK": "Cook Islands",
    "DOM": "Dominican Republic",
    "ESH": "Western Sahara",
    "FLK": "Falkland Islands",
    "FRO": "Faroe Islands",
    "GNQ": "Equatorial Guinea",
    "HMD": "Heard Island and McDonald Islands",
    "IOT": "British Indian Ocean Territory",
    "KNA": "Saint Kitts and Nevis",
    "MAF": "Saint Martin",
    "MHL": "Marshall Islands",
    "MKD": "North Macedonia",
    "MNP": "Northern Mariana Islands",
    "PCN": "Pitcairn Islands",
    "PYF": "French Polynesia",
    "SGS": "South Georgia and the South Sandwich Islands",
    "SLB": "Solomon Islands",
    "SPM": "Saint Pierre and Miquelon",
    "SSD": "South Sudan",
    "STP": "São Tomé and Príncipe",
    "SWZ": "Eswatini",
    "TCA": "Turks and Caicos Islands",
    "TKL": "Tokelau",
    "TUR": "Türkiye",
    "UMI": "United States Minor Outlying Islands",
    "USA": "United States",
    "VCT": "Saint Vincent and the Grenadines",
    "VGB": "British Virgin Islands",
    "VIR": "United States Virgin Islands",
    "VNM": "Viet Nam",
    "WLF": "Wallis and Futuna",
}
"""Names the source abbreviates, that have changed since, or that the atlas spells otherwise."""

CLAIMANTS = {"Chinese": "CHN", "Indian": "IND", "Japanese": "JPN", "Pakistani": "PAK"}


def read_admin1_ids(inputs: Path = INPUTS) -> pd.DataFrame:
    """Return the admin-1 regions of the hubs and of the programme regions, one row each.

    Columns: admin1_id, iso3, name_in_hubs_csv (empty for one that only programmes name), name
    (English), and source_field and source_value, which select the rows of Natural Earth's
    ``states_provinces`` to unite.
    """
    return pd.read_csv(inputs / "admin1_ids.csv", dtype=str, keep_default_na=False)


def extract(world_map: Path, inputs: Path = INPUTS) -> None:
    """Write ``land.geojson.gz`` and ``disputed_borders.geojson.gz`` into ``inputs``.

    ``world_map`` is QGIS's GeoPackage of Natural Earth 4.1.0. Raises ValueError when an admin-1
    region is not in it, or when the pieces of land do not fit together.
    """
    countries = gpd.read_file(world_map, layer="countries", columns=["iso_a2", "NAME", "ISO_A3"])
    states = gpd.read_file(world_map, layer="states_provinces")
    economies = _economies(countries, states)
    admin1 = _admin1_regions(states, read_admin1_ids(inputs))
    for iso3, regions in admin1.groupby("iso3"):
        rest = shapely.difference(economies.loc[iso3, "geometry"], regions.union_all())
        economies.loc[iso3, "geometry"] = _polygons_only(rest)
    admin1["economy"] = admin1["iso3"]
    admin1["economy_name"] = economies["economy_name"].reindex(admin1["iso3"]).array
    land = pd.concat([economies[~economies.is_empty], admin1])
    land["geometry"] = shapely.set_precision(land.geometry.values, GRID)
    _require_coverage(land, "the extracted land")
    _write(inputs / "land.geojson.gz", land)

    borders = gpd.read_file(world_map, layer="disputed_borders")
    borders = borders[borders.intersects(REGION)]
    borders["claimant"] = borders["name"].str.removesuffix(" claim").map(CLAIMANTS)
    if borders["claimant"].isna().any():
        raise ValueError(f"no claimant known for {sorted(borders['name'].unique())}")
    borders["id"] = (
        "claim_" + borders["claimant"].str.lower() + "_" + borders["adm0_a3_l"].str.lower()
    )
    claims = borders.dissolve("id")
    claims["kind"] = "claim"
    claims["name"] = [
        f"Border claimed by {economies.loc[row.claimant, 'economy_name']} "
        f"in land administered by {economies.loc[row.adm0_a3_l, 'economy_name']}"
        for row in claims.itertuples()
    ]
    claims["geometry"] = shapely.set_precision(claims.geometry.values, GRID)
    _write(inputs / "disputed_borders.geojson.gz", claims[["name", "kind", "geometry"]])


def build(inputs: Path = INPUTS, outputs: Path = OUTPUTS) -> None:
    """Write the four boundary files of the atlas from ``inputs`` into ``outputs``.

    Raises ValueError when simplified land is invalid or no longer fits together.
    """
    land = _read(inputs / "land.geojson.gz")
    is_admin1 = land["admin1_id"].notna()
    listed = read_admin1_ids(inputs)
    in_a_hub = land.index.isin(listed.loc[listed["name_in_hubs_csv"] != "", "admin1_id"])

    # Regions and economies are simplified as one coverage, so that a region's coast is the same
    # line as its economy's, and more finely near hubs, which have views of their own.
    inside = land.intersects(REGION)
    clipped = land[inside].copy()
    clipped["geometry"] = _overlay(shapely.intersection, clipped.geometry.values, REGION)
    pieces = _simplify(clipped, REGION_TOLERANCE, REGION_SPECK)
    near_hubs = shapely.union_all(clipped[in_a_hub[inside]].envelope.values)
    finer = _simplify(clipped, HUB_TOLERANCE, REGION_SPECK)
    finest = _simplify(clipped, HARBOUR_TOLERANCE, HARBOUR_SPECK)
    pieces = _replace_within(near_hubs, pieces, finer)
    pieces = _replace_within(HARBOURS, pieces, finest)
    region = _unite_economies(pieces)
    # Regions of Europe and America: no economy's coast there to agree with.
    elsewhere = _simplify(land[is_admin1 & ~inside], REGION_TOLERANCE, REGION_SPECK)
    regions = pd.concat([pieces[pieces["admin1_id"].notna()], elsewhere])
    regions = regions.rename(columns={"admin1_name": "name"})
    # Nothing in the atlas is about Antarctica, and a ring around a pole troubles projections.
    everywhere = _unite_economies(land).drop("ATA")
    world = _replace_within(
        BELOW_ARCTIC,
        _simplify(everywhere, ARCTIC_TOLERANCE, WORLD_SPECK),
        _simplify(everywhere, WORLD_TOLERANCE, WORLD_SPECK),
    )

    outputs.mkdir(parents=True, exist_ok=True)
    _write(outputs / "admin0_region.geojson", region[["iso3", "name", "geometry"]])
    _write(outputs / "admin0_world.geojson", world[["iso3", "name", "geometry"]])
    columns = ["admin1_id", "name", "iso3", "geometry"]
    _write(outputs / "admin1_regions.geojson", regions[columns])
    _write(outputs / "disputed_borders.geojson", _disputed_borders(inputs, region))


def _economies(countries: gpd.GeoDataFrame, states: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One row per economy or area of its own; iso3 is None where ISO 3166-1 has no code."""
    coded = countries[countries["iso_a2"] != "-1"].copy()
    coded["economy"] = coded["iso_a2"].map(MISSING_CODES).fillna(coded["ISO_A3"])
    coded["iso3"] = coded["economy"]
    coded["economy_name"] = coded["NAME"]
    # The source lumps what has no code into one nameless feature; its admin-1 layer has the
    # parts. Of these only Christmas Island and the Cocos Islands ("IOA") have ISO codes.
    uncoded = states[states["iso_a2"] == "-1"].copy()
    has_code = uncoded["adm0_a3"] == "IOA"
    uncoded["economy"] = uncoded["gu_a3"].replace(LEASED)
    uncoded["iso3"] = uncoded["economy"].where(has_code, None)
    uncoded["economy_name"] = uncoded["name"].where(has_code, uncoded["admin"])
    columns = ["economy", "iso3", "economy_name", "geometry"]
    economies = pd.concat([coded[columns], uncoded[columns]])
    economies = economies.dissolve("economy", aggfunc="first", as_index=False)
    full_names = economies["economy"].map(FULL_NAMES)
    economies["economy_name"] = full_names.fillna(economies["economy_name"])
    economies.index = economies["economy"].rename("id")
    return economies


def _admin1_regions(states: gpd.GeoDataFrame, admin1_ids: pd.DataFrame) -> gpd.GeoDataFrame:
    """One row per admin-1 region listed, indexed by its id."""
    rows = []
    for region in admin1_ids.itertuples():
        chosen = (states["adm0_a3"] == region.iso3) & (
            states[region.source_field] == region.source_value
        )
        if not chosen.any():
            raise ValueError(f"{region.admin1_id} is not in the source")
        rows.append(
            {
                "iso3": region.iso3,
                "admin1_id": region.admin1_id,
                "admin1_name": region.name,
                "geometry": states.geometry[chosen].union_all(),
            }
        )
    regions = gpd.GeoDataFrame(rows, crs=states.crs)
    regions.index = regions["admin1_id"].rename("id")
    return regions


def _unite_economies(pieces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join regions back to their economies; the result is indexed by economy."""
    united = pieces.reset_index(drop=True).dissolve("economy", aggfunc="first")
    return united.rename(columns={"economy_name": "name"})


def _simplify(pieces: gpd.GeoDataFrame, tolerance: float, speck: float) -> gpd.GeoDataFrame:
    """Drop islands under ``speck`` and simplify the rest together, shared borders kept."""
    kept = pieces.copy()
    kept["geometry"] = _without_specks(pieces, speck)
    kept = kept[~kept.is_empty]
    simple = shapely.coverage_simplify(kept.geometry.values, tolerance)
    simple = shapely.segmentize(simple, LONGEST_EDGE)
    # The new vertices are rounded too. Neighbours reach the same point from opposite ends, one
    # bit apart, and a point halfway between two grid lines would fall to both sides: hence the
    # nudge, too small to move any other.
    kept["geometry"] = shapely.transform(simple, lambda points: np.round(points + 1e-7, 3))
    _require_coverage(kept, "the simplified land")
    return kept.sort_index()


def _replace_within(window, pieces: gpd.GeoDataFrame, finer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The pieces, but as drawn in ``finer`` inside ``window``, whose edges follow the grid."""
    replaced = pieces.copy()
    outer = _overlay(shapely.difference, pieces.geometry.values, window)
    fine = finer.geometry.reindex(pieces.index).values
    inner = _overlay(shapely.intersection, fine, window)
    replaced["geometry"] = _overlay(shapely.union, outer, inner)
    # Along the edge of the window the coarse coast can stick out from under the fine one.
    replaced["geometry"] = _without_specks(replaced, HARBOUR_SPECK)
    _require_coverage(replaced, "the land put together")
    return replaced


def _overlay(operation, geometries, other) -> np.ndarray:
    """Apply a shapely overlay on the grid and keep the polygons of the result."""
    results = operation(np.asarray(geometries), other, grid_size=GRID)
    return np.array([_polygons_only(result) for result in results])


def _without_specks(pieces: gpd.GeoDataFrame, speck: float) -> list:
    """The geometries less their islands under ``speck``.

    An enclave is no island: without it a hole would gape. The largest polygon always stays,
    unless ISO 3166-1 has no code for the place.
    """
    parts, owner = shapely.get_parts(pieces.geometry.values, return_index=True)
    areas = shapely.area(parts) * np.cos(np.radians(shapely.get_y(shapely.centroid(parts))))
    part, _ = shapely.STRtree(parts).query(parts, predicate="intersects")
    stays = (areas >= speck) | (np.bincount(part, minlength=len(parts)) > 1)
    largest_first = np.lexsort((-areas, owner))
    largest = largest_first[np.unique(owner[largest_first], return_index=True)[1]]
    stays[largest] |= pieces["iso3"].notna().values[owner[largest]]
    return [shapely.multipolygons(parts[stays & (owner == i)]) for i in range(len(pieces))]


def _disputed_borders(inputs: Path, region: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The claim lines of the source and the cease-fire line between the two Koreas."""
    claims = _read(inputs / "disputed_borders.geojson.gz")
    clipped = shapely.intersection(claims.geometry.values, REGION)
    claims["geometry"] = shapely.simplify(shapely.line_merge(clipped), HUB_TOLERANCE)
    # The source draws this line only as the edge of two polygons.
    shared = shapely.intersection(region.loc["KOR", "geometry"], region.loc["PRK", "geometry"])
    claims.loc["ceasefire_kor_prk", ["name", "kind", "geometry"]] = [
        "Military Demarcation Line of 1953 between South Korea and North Korea",
        "ceasefire",
        shapely.line_merge(shared),
    ]
    return claims[["name", "kind", "geometry"]].sort_index()


def _polygons_only(geometry):
    """The polygons of a geometry; what touches along a line or in a point is let go."""
    parts = shapely.get_parts(geometry)
    return shapely.multipolygons(parts[shapely.get_dimensions(parts) == 2])


def _require_coverage(pieces: gpd.GeoDataFrame, what: str) -> None:
    """Raise ValueError unless all polygons are valid and neighbours share every border."""
    geometries = pieces.geometry.values
    invalid = pieces.index[~shapely.is_valid(geometries)]
    torn = pieces.index[~shapely.is_empty(shapely.coverage_invalid_edges(geometries))]
    if len(invalid) or len(torn):
        raise ValueError(f"{what}: invalid {list(invalid)}, borders not shared {list(torn)}")


def _read(path: Path) -> gpd.GeoDataFrame:
    """Read a gzipped GeoJSON written by ``_write``, indexed by feature id."""
    features = json.loads(gzip.decompress(path.read_bytes()))["features"]
    frame = gpd.GeoDataFrame.from_features(features, crs="EPSG:4326")
    frame.index = pd.Index([feature["id"] for feature in features], name="id")
    return frame.astype(dict.fromkeys(frame.columns.drop("geometry"), object))


def _write(path: Path, frame: gpd.GeoDataFrame) -> None:
    """Write a frame indexed by feature id as GeoJSON, one feature a line, same bytes each time.

    A name that ends in ``.gz`` is compressed, without a time stamp.
    """
    lines = []
    for row in frame.sort_index().reset_index(names="id").itertuples(index=False):
        properties = row._asdict()
        feature = {
            "type": "Feature",
            "id": properties.pop("id"),
            "geometry": _geojson_geometry(properties.pop("geometry")),
            "properties": {key: _none_if_missing(value) for key, value in properties.items()},
        }
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    content = text.encode("utf-8")
    path.write_bytes(gzip.compress(content, 9, mtime=0) if path.suffix == ".gz" else content)


def _geojson_geometry(geometry) -> dict:
    """Lines or polygons as a GeoJSON mapping: canonical order, exterior rings clockwise.

    GeoJSON asks for counter-clockwise, but d3 (hence Plotly) takes the inside of a ring to be
    on its right, and fills the rest of the globe otherwise.
    """
    geometry = shapely.orient_polygons(shapely.normalize(geometry), exterior_cw=True)
    if geometry.geom_type == "MultiPolygon" and len(geometry.geoms) == 1:
        geometry = geometry.geoms[0]
    elif geometry.geom_type == "LineString":
        geometry = shapely.MultiLineString([geometry])
    mapping = shapely.geometry.mapping(geometry)
    return {"type": mapping["type"], "coordinates": _rounded(mapping["coordinates"])}


def _rounded(coordinates):
    """Nested coordinates with 3 decimals at most, free of floating-point dust."""
    if isinstance(coordinates, float):
        rounded = round(coordinates, 3)
        return int(rounded) if rounded.is_integer() else rounded
    return [_rounded(item) for item in coordinates]


def _none_if_missing(value):
    """pandas' various missing values as None."""
    return None if pd.isna(value) else value


def main(arguments: list[str] | None = None) -> None:
    """Run the command line: ``extract PATH`` or ``build``."""
    parser = argparse.ArgumentParser(description="Boundaries of the atlas from Natural Earth.")
    stages = parser.add_subparsers(dest="stage", required=True)
    stages.add_parser("build", help="committed inputs to data/geography")
    extraction = stages.add_parser("extract", help="QGIS world map to committed inputs")
    extraction.add_argument("world_map", type=Path, help="path to world_map.gpkg")
    options = parser.parse_args(arguments)
    if options.stage == "extract":
        extract(options.world_map)
    else:
        build()


if __name__ == "__main__":
    main()
