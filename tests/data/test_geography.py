"""The boundary files: valid, small, wound for d3, and the same bytes at every build."""

import csv
import json
from itertools import combinations
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from data.curation import geography

ROOT = Path(__file__).resolve().parents[2]
GEOGRAPHY = ROOT / "data" / "geography"
INPUTS = ROOT / "data" / "curation" / "inputs" / "geography"

BUDGETS = {
    "admin0_region.geojson": 200_000,
    "admin0_world.geojson": 160_000,
    "admin1_regions.geojson": 200_000,
    "disputed_borders.geojson": 10_000,
}
REGIONS = "admin1_regions.geojson"
POLYGON_FILES = ["admin0_region.geojson", "admin0_world.geojson", REGIONS]
ADMIN0_FILES = POLYGON_FILES[:2]
ASIAN = {"JPN", "KOR", "CHN", "TWN", "HKG", "MAC", "SGP", "MYS", "THA", "IDN", "PHL", "VNM", "IND"}
ECONOMIES = ASIAN | {"GBR", "IRL", "FIN", "SWE", "DEU", "USA"}
NEIGHBOURS = [("CHN", "VNM"), ("CHN", "HKG"), ("KOR", "PRK"), ("MYS", "IDN")]


def read_features(name: str) -> list[dict]:
    """The features of one boundary file."""
    return json.loads((GEOGRAPHY / name).read_text(encoding="utf-8"))["features"]


def read_shapes(name: str) -> dict:
    """Geometries of one boundary file by feature id."""
    return {f["id"]: shapely.geometry.shape(f["geometry"]) for f in read_features(name)}


def exterior_rings(geometry: dict) -> list:
    """The exterior rings of a GeoJSON Polygon or MultiPolygon, as they stand in the file."""
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return [polygon[0] for polygon in polygons]


@pytest.mark.parametrize("name", BUDGETS)
def test_file_is_geojson_within_its_budget(name):
    path = GEOGRAPHY / name
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert path.stat().st_size < BUDGETS[name]
    assert len(gpd.read_file(path)) == len(collection["features"]) > 0
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert feature["properties"]["name"]


@pytest.mark.parametrize("name", BUDGETS)
def test_ids_are_unique_and_sorted(name):
    ids = [feature["id"] for feature in read_features(name)]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("name", BUDGETS)
def test_coordinates_are_in_bounds_and_have_three_decimals_at_most(name):
    coordinates = shapely.get_coordinates(list(read_shapes(name).values()))
    assert (abs(coordinates) <= [180, 90]).all()
    assert (coordinates == coordinates.round(3)).all()


@pytest.mark.parametrize("name", POLYGON_FILES)
def test_polygons_are_valid_and_none_collapsed(name):
    for place, shape in read_shapes(name).items():
        assert shape.geom_type in ("Polygon", "MultiPolygon"), place
        assert shape.is_valid, f"{place}: {shapely.is_valid_reason(shape)}"
        assert all(part.area > 0 for part in shapely.get_parts(shape)), place


@pytest.mark.parametrize("name", POLYGON_FILES)
def test_exterior_rings_are_clockwise_and_holes_are_not(name):
    for feature in read_features(name):
        for ring in exterior_rings(feature["geometry"]):
            assert not shapely.LinearRing(ring).is_ccw, feature["id"]
        for part in shapely.get_parts(shapely.geometry.shape(feature["geometry"])):
            assert all(hole.is_ccw for hole in part.interiors), feature["id"]


@pytest.mark.parametrize("name", POLYGON_FILES)
def test_neighbours_share_borders_and_never_overlap(name):
    shapes = list(read_shapes(name).values())
    assert shapely.coverage_is_valid(shapes)
    overlaps = [
        shapely.intersection(shapes[a], shapes[b]).area
        for a, b in shapely.STRtree(shapes).query(shapes, predicate="intersects").T
        if a < b
    ]
    assert max(overlaps, default=0) < 1e-9


@pytest.mark.parametrize("name", ADMIN0_FILES)
@pytest.mark.parametrize("pair", NEIGHBOURS, ids="-".join)
def test_land_neighbours_touch(name, pair):
    shapes = read_shapes(name)
    border = shapely.intersection(shapes[pair[0]].boundary, shapes[pair[1]].boundary)
    assert border.length > 0


def test_regions_of_the_first_level_touch():
    shapes = read_shapes(REGIONS)
    touching = [a for a, b in combinations(shapes, 2) if shapes[a].boundary.touches(shapes[b])]
    assert len(touching) > 20
    border = shapely.intersection(shapes["jpn_fukuoka"].boundary, shapes["jpn_oita"].boundary)
    assert border.length > 0.1


def test_world_has_every_economy_and_the_region_the_asian_ones():
    assert {f["properties"]["iso3"] for f in read_features("admin0_world.geojson")} >= ECONOMIES
    assert {f["properties"]["iso3"] for f in read_features("admin0_region.geojson")} >= ASIAN


@pytest.mark.parametrize("name", ADMIN0_FILES)
def test_the_id_is_the_iso3_wherever_there_is_one(name):
    for feature in read_features(name):
        assert set(feature["properties"]) == {"iso3", "name"}
        assert feature["properties"]["iso3"] in (feature["id"], None)
        assert len(feature["id"]) == 3


def test_names_of_economies_follow_the_policy():
    names = {f["id"]: f["properties"]["name"] for f in read_features("admin0_world.geojson")}
    assert {code: names[code] for code in ("TWN", "HKG", "MAC", "SGP")} == {
        "TWN": "Taiwan",
        "HKG": "Hong Kong",
        "MAC": "Macao",
        "SGP": "Singapore",
    }
    assert not [name for name in names.values() if name.endswith(".") or "Is." in name]


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "least_area"),
    [
        ("TWN", 121.0, 23.8, 2.8),
        ("HKG", 114.12, 22.40, 0.07),
        ("HKG", 114.19, 22.26, 0.07),  # Hong Kong Island
        ("MAC", 113.545, 22.20, 0.002),
        ("SGP", 103.82, 1.35, 0.035),
    ],
)
def test_small_economies_keep_a_visible_shape(place, longitude, latitude, least_area):
    shape = read_shapes("admin0_region.geojson")[place]
    assert shape.area > least_area
    assert shapely.get_num_coordinates(shape) > 10
    assert shape.contains(shapely.Point(longitude, latitude))


@pytest.mark.parametrize(
    ("place", "longitude", "latitude"),
    [
        ("CHN", 113.3, 23.1),
        ("JPN", 138.0, 36.0),
        ("IND", 77.6, 13.0),
        ("KAZ", 63.3, 46.0),  # the leased Baikonur is drawn as Kazakhstan
        ("KAS", 77.2, 35.4),
    ],
)
@pytest.mark.parametrize("name", ADMIN0_FILES)
def test_inland_points_lie_in_one_place(name, place, longitude, latitude):
    point = shapely.Point(longitude, latitude)
    holders = [code for code, shape in read_shapes(name).items() if shape.contains(point)]
    assert holders == [place]


def test_region_is_clipped():
    bounds = shapely.total_bounds(list(read_shapes("admin0_region.geojson").values()))
    assert (bounds >= [60, -12, 60, -12]).all()
    assert (bounds <= [152, 56, 152, 56]).all()


@pytest.mark.parametrize("name", ADMIN0_FILES)
def test_no_edge_is_long_enough_to_bulge_on_a_globe(name):
    for place, shape in read_shapes(name).items():
        for part in shapely.get_parts(shape):
            corners = shapely.get_coordinates(part.exterior)
            longest = ((corners[1:] - corners[:-1]) ** 2).sum(axis=1).max() ** 0.5
            assert longest <= geography.LONGEST_EDGE + 0.01, place


def test_every_listed_admin1_region_has_a_feature():
    with (INPUTS / "admin1_ids.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["admin1_id"]: row for row in csv.DictReader(file)}
    drawn = {f["id"]: f["properties"] for f in read_features(REGIONS)}
    assert set(drawn) == set(listed)
    for admin1_id, properties in drawn.items():
        assert admin1_id.isascii()
        assert admin1_id == admin1_id.lower()
        assert admin1_id.split("_")[0].upper() == listed[admin1_id]["iso3"]
        assert properties == {
            "admin1_id": admin1_id,
            "name": listed[admin1_id]["name"],
            "iso3": listed[admin1_id]["iso3"],
        }


def test_regions_lie_in_their_economy():
    economies = read_shapes("admin0_region.geojson")
    for feature in read_features(REGIONS):
        iso3 = feature["properties"]["iso3"]
        if iso3 in ASIAN:
            region = shapely.geometry.shape(feature["geometry"])
            assert shapely.difference(region, economies[iso3]).area < 1e-9, feature["id"]


def test_a_region_that_no_hub_names_is_that_of_a_programme_region():
    with (ROOT / "data" / "places.csv").open(encoding="utf-8", newline="") as file:
        named = {key for row in csv.DictReader(file) for key in row["admin1_ids"].split(";")} - {""}
    assert set(read_shapes(REGIONS)) >= named
    listed = geography.read_admin1_ids().set_index("admin1_id")["name_in_hubs_csv"]
    assert set(listed.index[listed == ""]) <= named


def test_the_marker_of_a_programme_region_stands_in_its_area():
    """Within 10 km: markers on a coast may stand off a simplified shore."""
    shapes = read_shapes(REGIONS)
    with (ROOT / "data" / "places.csv").open(encoding="utf-8", newline="") as file:
        regions = [row for row in csv.DictReader(file) if row["kind"] == "programme_region"]
    assert regions
    for row in regions:
        area = shapely.union_all([shapes[key] for key in row["admin1_ids"].split(";")])
        marker = shapely.Point(float(row["lon"]), float(row["lat"]))
        assert area.distance(marker) < 0.1, row["place_id"]
        assert row["admin1_relation"] in ("made_of", "lies_in")


def test_disputed_borders_are_lines_in_the_region():
    region = shapely.box(60, -12, 152, 56)
    for feature in read_features("disputed_borders.geojson"):
        assert set(feature["properties"]) == {"name", "kind"}
        assert feature["properties"]["kind"] in ("claim", "ceasefire")
        line = shapely.geometry.shape(feature["geometry"])
        assert line.geom_type == "MultiLineString"
        assert line.is_simple
        assert line.length > 0
        assert region.contains(line)


def test_build_gives_the_committed_bytes(rebuilt):
    folder = f"{GEOGRAPHY.name}/"
    built = {
        name.removeprefix(folder): content
        for name, content in rebuilt.items()
        if name.startswith(folder)
    }
    committed = {path.name: path.read_bytes() for path in GEOGRAPHY.glob("*.geojson")}
    assert built.keys() == committed.keys() == BUDGETS.keys()
    for name, content in built.items():
        assert content == committed[name], name


def test_build_refuses_land_that_does_not_fit_together(tmp_path):
    land = geography._read(INPUTS / "land.geojson.gz")
    land.loc["VNM", "geometry"] = shapely.affinity.translate(land.loc["VNM", "geometry"], 0.05)
    with pytest.raises(ValueError, match="VNM"):
        geography._require_coverage(land, "the damaged land")


def test_extract_refuses_a_region_the_source_lacks():
    states = gpd.GeoDataFrame(
        {"adm0_a3": ["JPN"], "name": ["Fukuoka"]}, geometry=[shapely.box(0, 0, 1, 1)]
    )
    with pytest.raises(ValueError, match="is not in the source"):
        geography._admin1_regions(states, geography.read_admin1_ids().query("name == 'Saga'"))


def test_inputs_stay_small():
    assert sum(path.stat().st_size for path in INPUTS.iterdir()) < 3_000_000
