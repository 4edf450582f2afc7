"""Each layer of the map: what stands where, in which shape and colour, and what it opens."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.geography import read_geography
from dashboard.catalogue.layers import layer
from dashboard.catalogue.selection import Selection
from dashboard.charts.legend import LegendEntry, legend_entries, legend_mark
from dashboard.charts.maps import HUB_VIEWS, PRESETS, VIEWS, Geometry, Layers, atlas_map
from dashboard.charts.maps.economies import SMALL_MARKER
from dashboard.charts.maps.fabs import STATUS_WORDS, fabs_layer
from dashboard.charts.maps.gathered import GATHERED_PIXELS, groups, groups_apart
from dashboard.charts.maps.geometry import Focus
from dashboard.charts.maps.labels import Label, label_box, overlaps, place_labels
from dashboard.charts.maps.places import HUB_SIZE, places_layer, short_name
from dashboard.charts.maps.programme_regions import (
    amount_scale,
    programme_areas,
    programme_regions_layer,
)
from dashboard.charts.maps.regions import CLEAR, hub_regions
from dashboard.charts.maps.ties import ties_layer
from dashboard.charts.maps.views import MIDDLE_SCREEN, SCREENS
from dashboard.charts.maps.world_regions import ANCHORS, world_regions_layer
from dashboard.charts.theme import (
    CLUSTER_SYMBOL,
    DIRECTED_TIES,
    FAB_SYMBOLS,
    LIGHT,
    ROLE_SYMBOLS,
    TIE_STYLES,
)

BELT = VIEWS["belt"]
HUB_COLUMNS = ["place_id", "name", "lat", "lon", "role", "industry_type", "admin1_ids", "size"]
TIE_COLUMNS = ["link_id", "kind", "hubs", "text", "year"]
TIE_COLUMNS += ["from_lat", "from_lon", "to_lat", "to_lon", "source_id", "locator"]
HUBS = pd.DataFrame(
    [
        ("kyushu", "Kyushu / Fukuoka", 33.0, 131.0, "mixed", "science_based", ("JP-40",), 4.0),
        ("tohoku", "Tohoku", 38.0, 140.0, "design", "science_based", (), 1.0),
        ("iwate", "Iwate", 43.0, 145.0, "R&D", "specialised_suppliers", ("nowhere",), None),
    ],
    columns=HUB_COLUMNS,
).assign(size_text=["4", "1", "no value"])


def tie(link_id, kind, start, end):
    return (link_id, kind, "", f"text of {link_id}", 2001, *start, *end, "s", "")


A, B, C = (33.0, 131.0), (37.0, 127.0), (24.0, 121.0)
TIES = pd.DataFrame(
    [
        tie("L1", "mou", A, B),
        tie("L2", "mou", A, C),
        tie("L3", "investment", B, C),
        tie("L4", "mou", B, A),
        tie("L5", "investment", A, B),
        tie("L6", "education", A, (None, None)),
        tie("L7", "summit", A, B),
    ],
    columns=TIE_COLUMNS,
)


def fab(fab_id, lat, lon, status="operating", wafer="", economy="JPN", precision="campus"):
    return {
        "fab_id": fab_id, "place_id": "kyushu", "economy": economy, "city": "Kumamoto",
        "operator": "Firm", "plant_name": fab_id, "lat": lat, "lon": lon,
        "coord_precision": precision, "wafer_mm": wafer, "start_year": 2001, "status": status,
    }  # fmt: skip


def named(traces, name):
    [trace] = [trace for trace in traces if trace.name == name]
    return trace


# --- Hubs, clusters, research cities --------------------------------------------------------------


def test_hubs_have_the_shape_of_their_role_and_the_colour_of_their_type(look):
    hubs = named(places_layer(HUBS, look, BELT), "Hubs")
    assert list(hubs.customdata) == ["kyushu", "tohoku", "iwate"]
    assert list(hubs.marker.symbol) == [ROLE_SYMBOLS[role] for role in HUBS["role"]]
    types = look.industry_types
    assert list(hubs.marker.color) == [types[item] for item in HUBS["industry_type"]]
    assert list(hubs.text) == ["Kyushu", "Tohoku", "Iwate"]
    assert set(hubs.marker.size) == {HUB_SIZE}


def test_hubs_are_sized_by_area_and_one_without_a_value_is_small_and_hollow():
    hubs = named(places_layer(HUBS, LIGHT, BELT, size_name="Fabs"), "Hubs")
    large, medium, small = hubs.marker.size
    assert (medium / large) ** 2 == pytest.approx(1 / 4)
    assert small <= medium
    assert [symbol.endswith("-open") for symbol in hubs.marker.symbol] == [False, False, True]
    assert hubs.hovertext[0].endswith("Fabs: 4")
    assert hubs.hovertext[2].endswith("Fabs: no value")


@pytest.mark.parametrize("size", [None, 0.0])
def test_hubs_without_any_size_can_be_drawn(size):
    hubs = named(places_layer(HUBS.assign(size=size), LIGHT, BELT, size_name="Fabs"), "Hubs")
    assert min(hubs.marker.size) > 0


def test_each_kind_of_place_is_a_trace_of_its_own_and_clusters_have_their_shape():
    kinds = ["hub", "cluster", "research_city"]
    traces = places_layer(HUBS.assign(kind=kinds), LIGHT, BELT, given={"cluster": 12})
    layers = [trace.meta["layer"] for trace in traces if trace.customdata is not None]
    assert sorted(layers) == sorted(kinds)
    assert layers[-1] == "hub", "above all others"
    assert list(named(traces, "Clusters").marker.symbol) == [CLUSTER_SYMBOL]
    assert "Cluster (1 of 12)" in [trace.name for trace in traces]


def test_no_places_are_no_layer():
    assert places_layer(HUBS.iloc[:0], LIGHT, BELT) == []


def test_every_role_of_a_hub_has_a_shape(catalogue):
    assert {hub.role for hub in catalogue.belt_hubs} <= set(ROLE_SYMBOLS)


def test_a_name_on_the_map_is_short():
    assert short_name("Kyushu / Fukuoka") == "Kyushu"
    assert short_name("Bangalore (Bengaluru)") == "Bangalore"
    assert short_name("Central Taiwan Science Park") == "Central Taiwan"


# --- Names beside markers -------------------------------------------------------------------------


def boxes(labels, sides, view, screen):
    spots = view.pixels([(label.lat, label.lon) for label in labels], screen)
    return [
        label_box(label, side, spot)
        for label, side, spot in zip(labels, sides, spots, strict=True)
        if side
    ]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("view", VIEWS)
def test_names_of_the_hubs_never_cover_one_another(catalogue, view, screen):
    labels = [
        Label(short_name(hub.name), hub.lat, hub.lon, HUB_SIZE, True) for hub in catalogue.belt_hubs
    ]
    sides = place_labels(labels, VIEWS[view])
    for one, other in combinations(boxes(labels, sides, VIEWS[view], screen), 2):
        assert not overlaps(one, other)
    for left, top, right, bottom in boxes(labels, sides, VIEWS[view], screen):
        assert left >= 0 <= top
        assert right <= screen[0]
        assert bottom <= screen[1]


def test_all_eight_hubs_are_named_on_the_map_of_the_belt(real_map):
    figure = real_map("belt")
    hubs = next(trace for trace in figure.data if trace.name == "Hubs")
    assert all(hubs.text)
    assert len(hubs.text) == 8


@pytest.mark.parametrize("view", ["belt", "north_east", "south_east", "world"])
def test_the_parks_of_taiwan_are_small_marks_apart_from_hsinchu(real_map, view):
    figure = real_map(view)
    parks = named(figure.data, "Science parks of Taiwan")
    assert set(parks.customdata) == {"central_taiwan", "southern_taiwan"}
    hubs = named(figure.data, "Hubs")
    at = dict(zip(hubs.customdata, zip(hubs.lat, hubs.lon, strict=True), strict=True))
    spots = VIEWS[view].pixels(
        [*zip(parks.lat, parks.lon, strict=True), at["hsinchu"]], MIDDLE_SCREEN
    )
    for one, other in combinations(spots, 2):
        assert ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5 >= HUB_SIZE


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.floats(-5, 45), st.floats(65, 148), st.booleans()), min_size=1, max_size=9
    )
)
def test_names_anywhere_never_cover_one_another(spots):
    labels = [
        Label(f"Place {index}", lat, lon, 10, needed)
        for index, (lat, lon, needed) in enumerate(spots)
    ]
    sides = place_labels(labels, BELT)
    for screen in SCREENS:
        for one, other in combinations(boxes(labels, sides, BELT, screen), 2):
            assert not overlaps(one, other)


def test_a_name_outside_the_view_and_one_without_letters_are_not_placed():
    labels = [Label("Far", 52, 13, 10), Label("", 30, 120, 10), Label("Near", 20, 110, 10)]
    assert place_labels(labels, BELT) == [None, None, "middle right"]


# --- Views ----------------------------------------------------------------------------------------


def test_a_view_knows_what_lies_in_it():
    assert BELT.holds(35, 138)
    assert not BELT.holds(51, 10)
    assert VIEWS["world"].holds(51, 10)
    assert VIEWS["world"].holds(37, -122)
    assert not VIEWS["world"].holds(None, 10)
    assert not VIEWS["world"].holds(51, None)
    assert all(view.place and view.name for view in VIEWS.values())
    assert set(PRESETS) == {"belt", "north_east", "south_east", "india", "world"}
    assert len({view.name for view in VIEWS.values()}) == len(VIEWS)


# Measured in Chromium: where plotly.js puts points on maps of these sizes.
@pytest.mark.parametrize(
    ("view", "screen", "point", "measured"),
    [
        ("belt", (1400, 482), (35.0, 127.0), (849, 147)),
        ("belt", (390, 250), (1.3, 103.85), (187, 209)),
        ("north_east", (1400, 482), (45.75, 126.65), (737, 9)),
        ("south_east", (1400, 482), (1.3, 103.85), (553, 325)),
        ("south_east", (1400, 482), (24.8, 120.97), (760, 32)),
        ("world", (1400, 482), (13.0, 77.6), (487, 220)),
        ("world", (390, 250), (45.75, 126.65), (172, 76)),
    ],
)
def test_points_land_where_plotly_puts_them(view, screen, point, measured):
    [spot] = VIEWS[view].pixels([point], screen)
    assert spot == pytest.approx(measured, abs=1.5)


@pytest.mark.parametrize("view", PRESETS)
def test_markers_that_are_moved_stay_on_the_map(view):
    window = VIEWS[view]
    south, north = window.latitudes
    edge = [(lat, lon) for lat in (south + 0.1, north - 0.1) for lon in window.longitudes]
    for lat, lon in window.apart([*edge, *edge], 40):
        assert south < lat < north
        assert window.holds(lat, lon)


@pytest.mark.parametrize("view", VIEWS)
def test_markers_that_can_be_clicked_stand_apart(catalogue, real_map, view):
    """Small economies and hubs, on a screen of middling width."""
    figure = real_map(view)
    window = VIEWS[view]
    markers = [
        (key, point, size)
        for trace in figure.data
        if trace.name in ("Hubs", "Small economies")
        for key, point, size in zip(
            trace.customdata,
            window.pixels(list(zip(trace.lat, trace.lon, strict=True)), MIDDLE_SCREEN),
            [HUB_SIZE if trace.name == "Hubs" else SMALL_MARKER] * len(trace.lat),
            strict=True,
        )
        if window.holds(*catalogue_point(catalogue, key))
    ]
    small = {"HKG", "MAC", "SGP"}
    for (one, a, size), (other, b, other_size) in combinations(markers, 2):
        if {one, other} & small:
            gap = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
            assert gap >= (size + other_size) / 2 - 4, (one, other)


def catalogue_point(catalogue, key):
    place = catalogue.places[key]
    return place.lat, place.lon


@pytest.fixture
def real_map(catalogue, belt_hubs, belt_ties):
    def make(view, **layers):
        ids = tuple(feature["id"] for feature in read_geography(VIEWS[view].shapes)["features"])
        economies = {place.place_id: place for place in catalogue.places_of_kind("economy")}
        return atlas_map(
            economies,
            Geometry("/economies", "/regions", ids, ()),
            LIGHT,
            view=view,
            layers=Layers(places=belt_hubs, ties=belt_ties, **layers),
        )

    return make


# --- Regions --------------------------------------------------------------------------------------

GEOMETRY = Geometry("/economies", "/regions", ("JPN",), ("JP-40", "JP-02"))


def test_regions_of_a_hub_lead_to_it():
    [shapes, mark] = hub_regions(HUBS, GEOMETRY, LIGHT)
    assert shapes.geojson == "/regions"
    assert list(shapes.locations) == ["JP-40"]
    assert list(shapes.customdata) == ["kyushu"]
    assert mark.meta["count"] == 1


def test_a_region_of_several_hubs_names_them_all():
    shared = HUBS.assign(admin1_ids=[("JP-02",)] * 3)
    [shapes, _] = hub_regions(shared, GEOMETRY, LIGHT)
    assert list(shapes.text) == ["Kyushu / Fukuoka, Tohoku, Iwate"]
    assert list(shapes.customdata) == ["kyushu"]


def test_regions_can_be_shaded_by_the_type_of_industry(look):
    regions = HUBS.assign(admin1_ids=[("JP-40",), (), ("JP-02",)])
    traces = hub_regions(regions, GEOMETRY, look, shade="industry_type")
    shapes = [trace for trace in traces if trace.type == "choropleth"]
    assert [trace.colorscale[0][1] for trace in shapes] == [
        look.industry_types["science_based"],
        look.industry_types["specialised_suppliers"],
    ]


def test_regions_can_be_shaded_by_programme(look):
    regions = HUBS.assign(admin1_ids=[("JP-40",), (), ("JP-02",)])
    traces = hub_regions(
        regions, GEOMETRY, look, shade="programme", programmes={"JP-40": ["Plan"], "JP-02": []}
    )
    colours = shapes_of(traces)
    assert colours["JP-40"] in look.economies.values()
    assert colours["JP-02"] == look.no_value
    assert {"Region of a hub: Plan", "Region of a hub: no programme in the atlas"} <= {
        trace.name for trace in traces
    }
    [shapes, _] = hub_regions(
        regions[:1], GEOMETRY, look, shade="programme", programmes={"JP-40": ["Plan", "Project"]}
    )
    assert shapes.colorscale[0][1] == look.other
    assert list(shapes.text) == ["Kyushu / Fukuoka</b><br>Plan<br>Project<b>"]


def test_regions_in_outline_leave_what_is_below_to_be_seen():
    [shapes, _] = hub_regions(HUBS, GEOMETRY, LIGHT, outlined=True)
    assert shapes.colorscale[0][1] == CLEAR
    assert shapes.marker.line.color == LIGHT.accent


def test_regions_shaded_by_value_leave_out_what_two_hubs_share(level):
    regions = HUBS.assign(
        admin1_ids=[("JP-40",), ("JP-02",), ("JP-02",)],
        region_value=[5.0, 6.0, None],
        region_text=["5", "6", ""],
    )
    traces = hub_regions(regions, GEOMETRY, LIGHT, shade="value", indicator=level)
    plain, shaded = [trace for trace in traces if trace.type == "choropleth"]
    assert list(shaded.locations) == ["JP-40"]
    assert list(shaded.z) == [5.0]
    assert shaded.coloraxis == "coloraxis2"
    assert list(plain.locations) == ["JP-02"]


def test_regions_out_of_focus_are_dimmed():
    regions = HUBS.assign(admin1_ids=[("JP-40",), ("JP-02",), ()])
    traces = hub_regions(regions, GEOMETRY, LIGHT, focus=Focus(frozenset({"tohoku"})))
    opacity = {
        trace.locations[0]: trace.marker.opacity for trace in traces if trace.type == "choropleth"
    }
    assert opacity["JP-40"] < opacity["JP-02"]


# --- Ties -----------------------------------------------------------------------------------------


def lines(traces):
    return {trace.name: trace for trace in traces if trace.mode == "lines"}


def test_ties_are_one_line_per_kind_with_a_dash_of_its_own():
    traces = ties_layer(TIES, LIGHT)
    assert set(lines(traces)) == {"Tie: Agreement", "Tie: Investment"}
    assert lines(traces)["Tie: Agreement"].line.dash == TIE_STYLES["mou"][0]


def test_ties_of_firms_are_in_ink_and_those_of_institutes_in_the_accent(look):
    traces = ties_layer(TIES, look)
    assert lines(traces)["Tie: Investment"].line.color == look.ink
    assert lines(traces)["Tie: Agreement"].line.color == look.accent


def test_agreements_between_the_same_places_are_one_line_that_names_them_all():
    traces = ties_layer(TIES, LIGHT)
    assert list(lines(traces)["Tie: Agreement"].lat).count(None) == 2
    texts = list(named(traces, "Ties").text)
    assert "text of L1<br>text of L4" in texts
    assert "tie:L1;L4" in list(named(traces, "Ties").customdata)


def test_kinds_between_the_same_places_fan_out():
    traces = ties_layer(TIES[TIES["link_id"].isin(["L1", "L5"])], LIGHT)
    middles = {
        (round(trace.lat[12], 2), round(trace.lon[12], 2)) for trace in lines(traces).values()
    }
    assert len(middles) == 2


def test_only_kinds_that_lead_somewhere_have_an_arrow_head_near_the_end():
    heads = named(ties_layer(TIES, LIGHT), "Direction of ties")
    assert "mou" not in DIRECTED_TIES
    assert len(heads.lat) == 2
    assert heads.marker.angleref == "north"
    to_south_west = [angle for angle in heads.marker.angle if -180 < angle < -90]
    to_north_west = [angle for angle in heads.marker.angle if -90 < angle < 0]
    assert len(to_south_west) == len(to_north_west) == 1


def test_ties_without_a_position_or_a_style_are_counted_and_not_drawn():
    meta = named(ties_layer(TIES, LIGHT), "Ties").meta
    assert (meta["count"], meta["given"]) == (5, 7)


def test_every_kind_of_tie_between_hubs_has_a_dash(belt_ties):
    kinds = set(belt_ties["kind"])
    assert kinds <= set(TIE_STYLES)
    assert len(set(TIE_STYLES.values())) == len(TIE_STYLES)


# --- Fabs and programme regions -------------------------------------------------------------------

FABS = pd.DataFrame(
    [
        fab("A", 32.8, 130.7, precision="city"),
        fab("B", 32.8, 130.7, "planned", precision="city"),
        fab("C", 24.8, 121.0, "construction", "300", "TWN"),
        fab("D", 1.3, 103.8, "listed", "200", "SGP"),
        fab("E", None, None),
    ]
)


def test_fabs_have_the_shape_of_their_state_the_size_of_their_wafer_and_a_colour(look):
    traces = fabs_layer(FABS, look, BELT)
    fabs = named(traces, "Fabs")
    assert list(fabs.marker.symbol) == [
        "square", FAB_SYMBOLS["construction"], FAB_SYMBOLS["listed"],
    ]  # fmt: skip
    assert list(fabs.marker.color) == [look.economies[key] for key in ("JPN", "TWN", "SGP")]
    assert fabs.marker.size[1] > fabs.marker.size[2]
    assert "300 mm wafers · since 2001 · under construction" in fabs.hovertext[1]


def test_a_plant_with_wafers_of_two_sizes_names_both_and_has_the_size_of_the_larger():
    rows = pd.DataFrame([fab("A", 32.8, 130.7, wafer="200;300"), fab("B", 1.3, 103.8, wafer="300")])
    fabs = named(fabs_layer(rows, LIGHT, BELT), "Fabs")
    assert "200 and 300 mm wafers" in fabs.hovertext[0]
    assert fabs.marker.size[0] == fabs.marker.size[1]


def test_fabs_at_one_spot_are_one_marker_that_counts_and_names_them():
    fabs = named(fabs_layer(FABS, LIGHT, BELT), "Fabs")
    assert list(fabs.text) == ["2", "", ""]
    assert (fabs.lat[0], fabs.lon[0]) == (32.8, 130.7)
    assert list(fabs.customdata) == ["fab:A;B", "fab:C", "fab:D"]
    assert "Firm A<br>Firm B" in fabs.hovertext[0]


def test_a_fab_without_coordinates_is_counted():
    meta = named(fabs_layer(FABS, LIGHT, BELT), "Fabs").meta
    assert (meta["count"], meta["given"]) == (4, 5)


def test_fabs_can_be_coloured_by_a_group_of_operators(look):
    groups_of = FABS.assign(group=["X", "X", "Y", "X", "Y"])
    traces = fabs_layer(groups_of, look, BELT, colour_by="group")
    fabs = named(traces, "Fabs")
    assert fabs.marker.color[0] == fabs.marker.color[2] != fabs.marker.color[1]
    assert {"Fab: X", "Fab: Y"} <= {trace.name for trace in traces}


def test_fabs_close_together_are_gathered_in_a_wide_view_and_not_in_a_close_one():
    near = pd.DataFrame([fab("A", 24.7, 121.0), fab("B", 24.9, 121.1)])
    assert [group.count for group in groups(near, BELT)] == [2]
    assert [group.count for group in groups(near, HUB_VIEWS["hsinchu"], 24)] == [1, 1]
    spots = [(group.lat, group.lon) for group in groups(near, BELT)]
    assert spots == [(24.7, 121.0)], "at a real place, not between two"


def test_every_state_of_a_fab_has_words():
    assert set(STATUS_WORDS) == set(FAB_SYMBOLS)


def region(place_id, lat, lon, group, areas, industry_type="science_based", amount=None):
    return {
        "place_id": place_id, "name": place_id.title(), "lat": lat, "lon": lon,
        "industry_type": industry_type, "group": group, "programme": f"{group} of a ministry",
        "stage": "Stage I" if group == "Plan" else "", "amount": amount, "amount_text": "some",
        "admin1_ids": areas, "admin1_relation": "made_of" if len(areas) > 1 else "lies_in",
    }  # fmt: skip


REGIONS = pd.DataFrame(
    [
        region("a", 43.0, 141.3, "Plan", ("JP-01",), amount=400.0),
        region("b", 35.0, 135.7, "Project", ("JP-26",), "specialised_suppliers", 1.0),
        region("c", 34.99, 135.71, "Plan", ("JP-26", "JP-27"), amount=20.0),
        region("d", 26.2, 127.7, "Project", ("JP-47",), "science_based"),
        region("e", 51.0, 13.7, "Project", ("DE-SN",)),
    ]
)
AREAS = Geometry(
    "/economies",
    "/regions",
    ("JPN",),
    ("JP-01", "JP-26", "JP-27", "JP-47"),
    region_names={"JP-01": "Hokkaido", "JP-26": "Kyoto", "JP-27": "Osaka", "JP-47": "Okinawa"},
)


def test_programme_regions_have_the_shape_of_their_programme(look):
    traces = programme_regions_layer(REGIONS, look, BELT, by="industry_type")
    markers = named(traces, "Programme regions")
    assert list(markers.customdata) == ["a", "b;c", "d"]
    assert markers.marker.symbol[0] != markers.marker.symbol[2]
    assert list(markers.marker.color) == [
        look.industry_types["science_based"], look.other, look.industry_types["science_based"],
    ]  # fmt: skip
    assert (markers.meta["count"], markers.meta["given"]) == (4, 5)
    assert named(traces, "Programme region: Plan").meta["count"] == 2


@pytest.mark.parametrize(
    ("by", "first", "last"),
    [("programme", "Plan", "Project"), ("stage", "Stage I", "other stages, or none named")],
)
def test_colour_and_shape_of_programme_regions_say_the_same(look, by, first, last):
    traces = programme_regions_layer(REGIONS, look, BELT, by=by)
    markers = named(traces, "Programme regions")
    for place, words in ((0, first), (2, last)):
        entry = named(traces, f"Programme region: {words}")
        assert entry.marker.symbol == markers.marker.symbol[place]
        assert entry.marker.color == markers.marker.color[place]
    assert markers.marker.color[0] != markers.marker.color[2]


def shapes_of(traces):
    """Colour of each area drawn, by area."""
    return {
        area: trace.colorscale[0][1] if trace.colorscale else trace.coloraxis
        for trace in traces
        if trace.type == "choropleth"
        for area in trace.locations
    }


def test_areas_have_the_colour_of_their_programme_and_its_marker(look):
    areas = shapes_of(programme_areas(REGIONS, AREAS, look, by="programme"))
    markers = named(programme_regions_layer(REGIONS, look, BELT), "Programme regions")
    assert areas["JP-01"] == areas["JP-27"] == markers.marker.color[0]
    assert areas["JP-47"] == markers.marker.color[2] != areas["JP-01"]
    assert areas["JP-26"] == look.other, "two programmes have no one colour"
    assert set(areas) == set(AREAS.region_ids), "an area without a shape is not drawn"


def test_areas_by_stage_tell_one_stage_from_none(look):
    traces = programme_areas(REGIONS, AREAS, look, by="stage")
    areas = shapes_of(traces)
    assert areas["JP-47"] == look.no_value
    assert areas["JP-26"] == areas["JP-01"], "the one stage that is named"
    assert named(
        [trace for trace in traces if trace.type == "scattergeo"], "Area with no stage named"
    )


def test_areas_by_industry_type_have_the_colours_of_the_types(look):
    areas = shapes_of(programme_areas(REGIONS, AREAS, look, by="industry_type"))
    assert areas["JP-01"] == look.industry_types["science_based"]
    assert areas["JP-26"] == look.other


def test_areas_by_amount_have_the_largest_amount_in_them_and_never_a_sum():
    traces = programme_areas(REGIONS, AREAS, LIGHT, by="amount", amount_name="Money")
    [shaded] = [trace for trace in traces if trace.type == "choropleth" and trace.coloraxis]
    amounts = dict(zip(shaded.locations, (10**z for z in shaded.z), strict=True))
    assert amounts == pytest.approx({"JP-01": 400, "JP-26": 20, "JP-27": 20})
    assert shapes_of(traces)["JP-47"] == LIGHT.no_value
    scale = amount_scale(REGIONS, LIGHT, "left")
    assert scale["cmin"] <= min(shaded.z) <= max(shaded.z) <= scale["cmax"]
    assert len(scale["colorbar"]["tickvals"]) <= 3
    assert scale["colorbar"]["ticktext"][0] == "1 bn"


def test_an_area_says_whether_it_is_the_extent_of_a_region_and_opens_all_that_lie_in_it():
    said, opens = {}, {}
    for trace in programme_areas(REGIONS, AREAS, LIGHT):
        if trace.type == "choropleth":
            said |= dict(zip(trace.locations, trace.text, strict=True))
            opens |= dict(zip(trace.locations, trace.customdata, strict=True))
    assert said["JP-01"].endswith("Lies in Hokkaido; the area is not its extent")
    assert said["JP-27"].endswith("Osaka, with 1 more areas, is its extent")
    assert said["JP-26"].startswith("<b>Kyoto</b>: 2 programme regions")
    assert opens == {"JP-01": "a", "JP-26": "b;c", "JP-27": "c", "JP-47": "d"}


def test_areas_out_of_focus_are_dimmed():
    traces = programme_areas(REGIONS, AREAS, LIGHT, focus=Focus(frozenset({"a"})))
    opacity = {
        area: trace.marker.opacity
        for trace in traces
        if trace.type == "choropleth"
        for area in trace.locations
    }
    assert opacity["JP-01"] > 3 * opacity["JP-47"]


def test_a_region_of_a_hub_and_of_a_programme_has_one_fill():
    """The programme's in the hub's outline; or the hub's, where its shade says something."""
    hubs = HUBS.assign(admin1_ids=[("JP-01",), (), ()], size=None)
    economies = {}
    for shade, fills in (("owner", ["programme_regions"]), ("industry_type", ["regions"])):
        figure = atlas_map(
            economies,
            AREAS,
            LIGHT,
            layers=Layers(places=hubs, programme_regions=REGIONS, region_shade=shade),
        )
        filled = [
            trace.meta["layer"]
            for trace in figure.data
            if trace.type == "choropleth"
            and "JP-01" in trace.locations
            and trace.colorscale[0][1] != CLEAR
        ]
        assert filled == fills


def test_fabs_stay_and_programme_regions_make_way_with_a_line_to_their_place():
    fabs = pd.DataFrame([fab("A", 43.05, 141.4), fab("B", 35.1, 135.6)])
    drawn, regions = groups_apart([fabs, REGIONS], BELT)
    assert all(group.shown_at is None for group in drawn)
    moved = [group for group in regions if group.shown_at is not None]
    assert len(moved) == 2
    traces = programme_regions_layer(REGIONS, LIGHT, BELT, gathered=regions)
    [lines_] = [trace for trace in traces if trace.meta["layer"] == "leaders"]
    assert lines_.meta["of"] == "programme_regions"
    assert list(lines_.lat).count(None) == 2


@pytest.mark.parametrize("view", PRESETS)
def test_marks_of_fabs_and_programme_regions_do_not_touch_on_any_screen(catalogue, view):
    tables = [layer(name, catalogue, Selection()).rows for name in ("fabs", "programme_regions")]
    found = [group for groups_ in groups_apart(tables, VIEWS[view]) for group in groups_]
    for screen in SCREENS:
        spots = VIEWS[view].pixels([group.spot for group in found], screen)
        for (one, a), (other, b) in combinations(zip(found, spots, strict=True), 2):
            gap = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
            assert gap >= (one.size + other.size) / 2 - 1, (one.rows.iloc[0], other.rows.iloc[0])


def test_programme_regions_are_sized_by_amount_and_one_without_is_small():
    traces = programme_regions_layer(REGIONS, LIGHT, BELT, amount_name="Money")
    markers = named(traces, "Programme regions")
    assert markers.marker.size[0] > markers.marker.size[2] > 0
    assert "Money: some" in markers.hovertext[0]
    assert "Plan of a ministry · Stage I" in markers.hovertext[0]


def test_gathered_markers_stand_apart():
    points = pd.DataFrame([{"lat": 30 + index % 5, "lon": 110 + index // 5} for index in range(25)])
    found = [(group.lat, group.lon) for group in groups(points, BELT)]
    spots = BELT.pixels(found, MIDDLE_SCREEN)
    for one, other in combinations(spots, 2):
        assert ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5 > GATHERED_PIXELS


# --- World regions, legend ------------------------------------------------------------------------


def test_regions_of_the_world_market_are_circles_of_proportional_area():
    regions = pd.DataFrame(
        {
            "place_id": ["wsts_americas", "wsts_japan", "wsts_europe", "wsts_world"],
            "name": ["Americas", "Japan (world region)", "Europe", "World"],
            "value": [200.0, 50.0, None, 300.0],
            "value_text": ["US$ 200 bn", "US$ 50 bn", "", ""],
        }
    )
    [circles] = world_regions_layer(regions, LIGHT, value_name="chip sales, 2024")
    assert list(circles.customdata) == ["wsts_americas", "wsts_japan"]
    assert (circles.marker.size[1] / circles.marker.size[0]) ** 2 == pytest.approx(1 / 4)
    assert list(circles.text) == ["Americas<br>US$ 200 bn", "Japan<br>US$ 50 bn"]
    assert (circles.meta["count"], circles.meta["given"]) == (2, 4)


def test_every_region_of_the_world_market_has_a_spot(catalogue):
    of_market = {
        place.place_id
        for place in catalogue.places_of_kind("world_region")
        if place.parent_id == "wsts_world"
    }
    assert of_market <= set(ANCHORS)


def test_the_legend_is_data_in_order_with_a_mark_words_and_a_count(real_map):
    figure = real_map("belt", fabs=FABS, programme_regions=REGIONS)
    entries = legend_entries(figure)
    assert all(isinstance(entry, LegendEntry) for entry in entries)
    assert all(entry.mark.startswith("<img ") and entry.words for entry in entries)
    layers = list(dict.fromkeys(entry.layer for entry in entries))
    assert layers == ["hub", "programme_regions", "fabs", "ties"]
    [building] = [entry for entry in entries if entry.words == "Fab: under construction"]
    assert building.count == 1
    drawn = {trace.meta["layer"] for trace in figure.data}
    assert {entry.layer for entry in entries} <= drawn
    counts = figure.layout.meta["layers"]
    assert counts["fabs"] == {"shown": 4, "given": 5}
    assert counts["programme_regions"] == {"shown": 4, "given": 5}


@pytest.mark.parametrize("symbol", [*FAB_SYMBOLS.values(), CLUSTER_SYMBOL, *ROLE_SYMBOLS.values()])
def test_every_shape_has_a_mark_in_the_legend(symbol):
    traces = fabs_layer(FABS, LIGHT, BELT)
    entry = next(trace for trace in traces if trace.lat == (None,))
    entry.marker.symbol = symbol
    assert legend_mark(entry).startswith("<img ")
