"""What a map shows leaves it whole: every value, place, tie, fab and border."""

import io
import json
from itertools import pairwise

import geopandas
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from dashboard.catalogue.layers import layer
from dashboard.catalogue.provenance import with_sources
from dashboard.catalogue.selection import Selection
from dashboard.exports import to_csv
from dashboard.exports.map_data import COLUMNS, border_rows, map_table, shapes_of, to_geojson

NAMES = ("hubs", "clusters", "programme_regions", "fabs", "ties")
ID_OF = dict.fromkeys(NAMES, "place_id") | {"fabs": "fab_id", "ties": "link_id"}
ABOUT = {
    "title": "R&D, 2010, 日本・台灣",
    "data_version": "1.2.3",
    "link": "https://example.org/?year=2010",
    "boundary_note": "Natural Earth, de facto",
}


@pytest.fixture(scope="module")
def shapes():
    return shapes_of()


def values_of(catalogue, indicator="rd_expenditure_gdp", year=2010):
    rows = catalogue.series(indicator)
    return with_sources(rows[rows["year"] == year], catalogue)


@pytest.fixture(scope="module")
def whole(catalogue):
    """Everything at once."""
    layers = {name: layer(name, catalogue, Selection()).rows for name in NAMES}
    layers |= {"regions": layers["hubs"], "borders": border_rows()}
    return map_table(values_of(catalogue), layers, catalogue)


@pytest.fixture(scope="module")
def collection(whole, shapes):
    return json.loads(to_geojson(whole, shapes, **ABOUT).decode("utf-8"))


FILTERS = st.fixed_dictionaries(
    {
        "places": st.sampled_from([(), ("TWN",), ("kyushu", "CHN"), ("IND",)]),
        "industry_type": st.sampled_from([(), ("science_based",), ("traditional_manufacturing",)]),
        "governance_scale": st.sampled_from([(), ("local",), ("national",)]),
        "last_year": st.sampled_from([None, 1990, 2010]),
    }
)


@settings(max_examples=15, deadline=None)
@given(FILTERS, st.sets(st.sampled_from(NAMES)), st.sampled_from([1990, 2010, 2020]))
def test_every_row_shown_is_in_the_table_and_every_feature_in_the_file(
    catalogue, shapes, filters, names, year
):
    selection = Selection(**filters)
    layers = {name: layer(name, catalogue, selection).rows for name in names}
    values = values_of(catalogue, year=year)
    table = map_table(values, layers, catalogue)
    drawn = table[table["layer"] == "economies"]
    assert list(zip(drawn["id"], drawn["year"], drawn["value"], strict=True)) == list(
        zip(values["place_id"], values["year"], values["value"], strict=True)
    )
    for name, rows in layers.items():
        assert set(table.loc[table["layer"] == name, "id"]) == set(rows[ID_OF[name]])
    assert set(table["layer"]) <= {"economies", *names}
    features = json.loads(to_geojson(table, shapes, **ABOUT))["features"]
    assert [feature["properties"]["id"] for feature in features] == list(table["id"])


def test_every_row_names_a_document(whole):
    assert (whole["source"] != "").all()
    assert (whole["name"] != "").all()
    assert list(whole.columns) == list(COLUMNS)


def test_a_value_keeps_unit_year_qualifier_locator_and_address(catalogue, whole):
    values = values_of(catalogue).set_index("place_id")
    row = whole[(whole["layer"] == "economies") & (whole["id"] == "TWN")].iloc[0]
    held = values.loc["TWN"]
    assert (row["value"], row["unit"], row["year"]) == (held["value"], held["unit"], 2010)
    assert (row["qualifier"], row["locator"]) == (held["qualifier"], held["locator"])
    assert (row["source"], row["url"]) == (held["source"], held["source_url"])


def test_money_of_a_region_has_a_row_for_each_currency_and_says_what_was_converted(
    catalogue, whole
):
    regions = layer("programme_regions", catalogue, Selection()).rows
    money = whole[whole["what"].str.startswith("public money")]
    assert set(money["id"]) == set(regions.loc[regions["amount"].notna(), "place_id"])
    converted = money[money["note"].str.startswith("converted here")]
    assert (converted["unit"] == "million US dollars").all()
    dollars = regions.dropna(subset=["amount_usd"]).query("currency != 'USD'")
    assert dict(zip(converted["id"], converted["value"], strict=True)) == dict(
        zip(dollars["place_id"], dollars["amount_usd"], strict=True)
    )


def test_areas_of_programme_regions_are_shapes_that_name_what_lies_in_them(catalogue):
    regions = layer("programme_regions", catalogue, Selection(region_programme=("kr_iccp",))).rows
    table = map_table(values_of(catalogue).head(0), {"programme_areas": regions}, catalogue)
    assert set(table["id"]) == {area for ids in regions["admin1_ids"] for area in ids}
    [row] = table[table["id"] == "kor_north_gyeongsang"].to_dict("records")
    assert row["text"] == "made of it or lying in it: Gumi"
    assert "not its extent" in row["note"]
    assert set(table["id"]) <= set(shapes_of())


def test_the_table_comes_back_from_csv_as_it_was(whole):
    back = pd.read_csv(io.BytesIO(to_csv(whole)), encoding="utf-8-sig", keep_default_na=False)
    assert list(back["id"]) == list(whole["id"])
    numbers = pd.to_numeric(back["value"], errors="coerce")
    pd.testing.assert_series_equal(numbers, whole["value"], check_names=False)
    assert list(back["name"].str.removeprefix("'")) == [
        name.replace("\r", "\n") for name in whole["name"]
    ]


def test_text_that_a_spreadsheet_would_run_is_made_harmless(catalogue):
    values = values_of(catalogue).head(1).assign(note="=cmd|' /C calc'!A0")
    [row] = pd.read_csv(
        io.BytesIO(to_csv(map_table(values, {}, catalogue))), encoding="utf-8-sig"
    ).to_dict("records")
    assert row["note"].startswith("'=")


def test_the_file_says_what_it_is_and_keeps_its_letters(collection):
    assert collection["type"] == "FeatureCollection"
    assert collection["seabelt"] == ABOUT


def rings(geometry):
    polygons = geometry["coordinates"]
    for exterior, *holes in polygons if geometry["type"] == "MultiPolygon" else [polygons]:
        yield exterior, True
        yield from ((hole, False) for hole in holes)


def test_rings_run_as_the_standard_asks_and_no_number_is_off_the_globe(collection):
    areas = 0
    for feature in collection["features"]:
        geometry = feature["geometry"]
        assert feature["type"] == "Feature"
        if geometry is None:
            continue
        assert shape(geometry).is_valid
        west, south, east, north = shape(geometry).bounds
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90
        if "Polygon" in geometry["type"]:
            areas += 1
            for ring, is_exterior in rings(geometry):
                turn = sum((x0 - x1) * (y0 + y1) for (x0, y0), (x1, y1) in pairwise(ring))
                assert (turn > 0) == is_exterior
    assert areas > 20


def test_shapes_handed_over_are_not_changed(whole, shapes):
    before = json.dumps(shapes)
    to_geojson(whole, shapes, **ABOUT)
    assert json.dumps(shapes) == before


def test_each_kind_of_thing_has_its_kind_of_shape(collection):
    kinds = {}
    for feature in collection["features"]:
        geometry = feature["geometry"]
        name = feature["properties"]["layer"]
        kinds.setdefault(name, set()).add(geometry and geometry["type"])
    assert kinds["economies"] <= {"Polygon", "MultiPolygon"}
    assert kinds["regions"] <= {"Polygon", "MultiPolygon"}
    for name in ("hubs", "clusters", "programme_regions", "fabs"):
        assert kinds[name] == {"Point"}
    assert kinds["ties"] <= {"LineString", "MultiLineString"}
    assert kinds["borders"] <= {"LineString", "MultiLineString"}


def test_points_stand_where_the_table_says(collection):
    for feature in collection["features"]:
        held = feature["properties"]
        if feature["geometry"] and feature["geometry"]["type"] == "Point":
            assert feature["geometry"]["coordinates"] == [held["lon"], held["lat"]]


def test_a_tie_over_the_pacific_is_cut_at_the_antimeridian(catalogue, shapes):
    tie = {
        **dict.fromkeys(("link_id", "kind", "hubs", "description", "to_place_id", "locator"), "x"),
        "year": 2001,
        "year_end": None,
        "from_lat": 24.8,
        "from_lon": 121.0,
        "to_lat": 37.4,
        "to_lon": -122.1,
        "source_id": next(iter(catalogue.sources)),
    }
    nothing = values_of(catalogue).head(0)
    for row in (tie, tie | {"from_lon": -122.1, "to_lon": 121.0}):
        table = map_table(nothing, {"ties": pd.DataFrame([row])}, catalogue)
        [feature] = json.loads(to_geojson(table, shapes, **ABOUT))["features"]
        assert feature["geometry"]["type"] == "MultiLineString"
        first, second = feature["geometry"]["coordinates"]
        assert first[0] == [row["from_lon"], row["from_lat"]]
        assert second[-1] == [row["to_lon"], row["to_lat"]]
        assert first[-1] == [-second[0][0], second[0][1]]
        assert abs(first[-1][0]) == 180
        for (lon, lat), (next_lon, next_lat) in [*pairwise(first), *pairwise(second)]:
            assert abs(next_lon - lon) + abs(next_lat - lat) < 20


def test_other_programs_read_the_file(collection, whole, tmp_path):
    path = tmp_path / "map.geojson"
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    frame = geopandas.read_file(path)
    assert len(frame) == len(whole)
    assert frame.crs.to_epsg() == 4326
    drawn = frame[frame["layer"] == "economies"]
    assert list(drawn["value"]) == list(whole.loc[whole["layer"] == "economies", "value"])


def test_without_anything_there_is_a_table_with_its_header_and_a_collection_without_features(
    catalogue, shapes
):
    table = map_table(values_of(catalogue).head(0), {}, catalogue)
    assert (list(table.columns), len(table)) == (list(COLUMNS), 0)
    assert json.loads(to_geojson(table, shapes, **ABOUT))["features"] == []


def test_an_unknown_layer_is_an_error(catalogue):
    with pytest.raises(KeyError, match="fountains"):
        map_table(values_of(catalogue).head(0), {"fountains": pd.DataFrame()}, catalogue)
