"""The map shows every economy, keeps its shapes out of its frames and asks the network nothing."""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.catalogue.belt import HUB_COLUMNS, TIE_COLUMNS, hub_table, size_indicators, tie_table
from dashboard.catalogue.geography import geography_url, read_geography
from dashboard.catalogue.loading import DATA
from dashboard.charts.legend import legend_mark
from dashboard.charts.maps import (
    BASE_LAYERS,
    LARGEST_CIRCLE,
    SMALL_ECONOMIES,
    SMALL_MARKER,
    VIEWS,
    Geometry,
    hub_map,
)
from dashboard.charts.theme import LIGHT, ROLE_SYMBOLS, THEMES, TIE_STYLES

MOST_BYTES = 250_000

HUBS = pd.DataFrame(
    [
        ("kyushu", "Kyushu / Fukuoka", 33.0, 131.0, "mixed", "science_based", ("JP-40",), 4.0),
        ("tohoku", "Tohoku", 38.0, 140.0, "design", "science_based", (), 1.0),
        ("iwate", "Iwate", 39.0, 141.0, "R&D", "specialised_suppliers", ("nowhere",), None),
    ],
    columns=HUB_COLUMNS,
).assign(size_text=["4", "1", "no value"])
TIES = pd.DataFrame(
    [
        ("L1", "mou", "a – b", "a tie", 2001, 33.0, 131.0, 37.0, 127.0, "s", ""),
        ("L2", "mou", "a – c", "another", 2002, 33.0, 131.0, 24.0, 121.0, "s", ""),
        ("L3", "investment", "b – c", "money", 2003, 37.0, 127.0, 24.0, 121.0, "s", ""),
    ],
    columns=TIE_COLUMNS,
)
GEOMETRY = Geometry("/economies", "/regions", ("JPN", "KOR", "TWN", "CHN", "MNG"), ("JP-40",))


@pytest.fixture
def draw(places, indicator):
    economies = {key: place for key, place in places.items() if place.kind == "economy"}

    def make(values, look=LIGHT, hubs=HUBS, ties=TIES, geometry=GEOMETRY, year=2001, **options):
        unit = options.pop("indicator", indicator)
        return hub_map(values, unit, year, economies, hubs, ties, geometry, look, **options)

    return make


@pytest.fixture
def values(series):
    return series(
        ("JPN", 2000, 3.0),
        ("KOR", 2000, 2.0),
        ("SGP", 2000, 1.0),
        ("JPN", 2001, 3.5),
        ("KOR", 2001, 2.5),
    )


def named(figure, name):
    [trace] = [trace for trace in figure.data if trace.name == name]
    return trace


def after_step(figure, year, which):
    """What a frame makes of one of the traces it moves."""
    [frame] = [frame for frame in figure.frames if frame.name == str(year)]
    return frame.data[which]


# --- The network ----------------------------------------------------------------------------------


def assert_asks_the_network_nothing(figure):
    assert figure.data[0].type == "scattergeo"
    geo = figure.layout.geo.to_plotly_json()
    assert {layer: geo[layer] for layer in BASE_LAYERS} == dict.fromkeys(BASE_LAYERS, False)
    assert {
        "showland", "showlakes", "showcountries", "showcoastlines", "showocean", "showrivers",
        "showsubunits",
    } <= set(BASE_LAYERS)  # fmt: skip
    assert geo["bgcolor"]
    for trace in figure.data:
        if trace.type == "choropleth":
            assert trace.geojson, trace.name


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("ties", [TIES, TIES.iloc[:0]], ids=["ties", "no ties"])
@pytest.mark.parametrize("hubs", [HUBS, HUBS.iloc[:0]], ids=["hubs", "no hubs"])
def test_no_map_makes_plotly_fetch_its_own(draw, values, view, ties, hubs):
    assert_asks_the_network_nothing(draw(values, view=view, ties=ties, hubs=hubs))


def test_shapes_given_by_address_are_used_as_they_are(draw, values):
    figure = draw(values)
    addresses = {trace.geojson for trace in figure.data if trace.type == "choropleth"}
    assert addresses == {"/economies", "/regions"}


def test_shapes_given_inline_are_used_as_they_are(draw, values):
    shapes = {"type": "FeatureCollection", "features": []}
    figure = draw(values, geometry=replace(GEOMETRY, economies=shapes))
    assert named(figure, "R&D share").geojson == shapes


# --- Years ----------------------------------------------------------------------------------------


def test_there_is_a_frame_for_each_year_and_no_control_in_the_figure(draw, values):
    figure = draw(values)
    assert [frame.name for frame in figure.frames] == ["2000", "2001"]
    # The page has a time bar of its own; one drawn by Plotly doubles the time of a year step.
    assert not figure.layout.sliders
    assert not figure.layout.updatemenus


@pytest.mark.parametrize("kind", ["share", "level"])
def test_frames_carry_values_for_the_moving_traces_and_no_shapes(
    draw, values, indicator, level, kind
):
    figure = draw(values, indicator=indicator if kind == "share" else level)
    moving = [index for index, trace in enumerate(figure.data) if (trace.meta or {}).get("moves")]
    assert moving
    for frame in figure.frames:
        assert list(frame.traces) == moving
        assert len(frame.data) == len(moving)
        for index, change in zip(moving, frame.data, strict=True):
            assert change.type == figure.data[index].type
            parts = change.to_plotly_json()
            assert not {"geojson", "locations", "lat", "lon"} & set(parts)


def test_the_year_shown_first_is_what_its_frame_would_draw(draw, values):
    figure = draw(values)
    frame = after_step(figure, 2001, 0)
    assert list(named(figure, "R&D share").z[:2]) == list(frame.z[:2]) == [3.5, 2.5]


# --- Shares ---------------------------------------------------------------------------------------


def test_shares_shade_the_economies(draw, values):
    trace = named(draw(values), "R&D share")
    assert trace.type == "choropleth"
    assert list(trace.locations) == ["JPN", "KOR", "TWN", "CHN"]
    assert list(trace.customdata) == list(trace.locations)
    assert list(trace.z[:2]) == [3.5, 2.5]
    assert pd.isna(trace.z[2])
    assert trace.hovertext[0] == "<b>Japan</b>"
    assert trace.hovertemplate == "%{hovertext}<br>R&D share<br>%{text}<extra></extra>"
    assert trace.text[0] == "3.50 %, 2001<br>rank 1 of 2"
    assert trace.text[2] == "no value for 2001"


def test_economies_for_context_are_drawn_but_neither_rank_nor_scale_counts_them(draw, values):
    alone = draw(values[values["place_id"] != "JPN"])
    figure = draw(values, context=("JPN",))
    trace = named(figure, "R&D share")
    assert trace.z[0] == 3.5
    assert trace.hovertext[0] == "<b>Japan</b> (neighbour)"
    assert trace.text[0] == "3.50 %, 2001"
    assert trace.text[1] == "2.50 %, 2001<br>rank 1 of 1"
    assert figure.layout.coloraxis.cmax == alone.layout.coloraxis.cmax < 3.5


def test_a_circle_for_context_does_not_make_the_others_smaller(draw, values, level):
    alone = draw(values[values["place_id"] != "JPN"], indicator=level)
    figure = draw(values, indicator=level, context=("JPN",))
    sizes = [
        next(trace for trace in drawn.data if (trace.meta or {}).get("moves")).marker.size[1]
        for drawn in (alone, figure)
    ]
    assert sizes[0] == sizes[1] > 0


def test_a_missing_value_is_shown_in_its_own_colour_and_named(draw, values, look):
    figure = draw(values, look)
    land = next(trace for trace in figure.data if trace.type == "choropleth")
    assert set(land.locations) == set(GEOMETRY.economy_ids)
    assert {colour for _, colour in land.colorscale} == {look.no_value}
    assert "<b>Taiwan</b><br>no value" in land.text
    assert "not in the atlas" in land.text
    assert look.no_value not in look.sequential


def test_only_a_shaded_map_has_a_colour_for_no_value(draw, values, level, look):
    shaded, circled = draw(values, look), draw(values, look, indicator=level)
    land = next(trace for trace in circled.data if trace.type == "choropleth")
    assert {colour for _, colour in land.colorscale} == {look.land}
    assert "<b>Taiwan</b>" in land.text
    in_legend = [
        {trace.name for trace in figure.data if trace.showlegend is not False}
        for figure in (shaded, circled)
    ]
    assert ["No value" in names for names in in_legend] == [True, False]
    grey = [named(figure, "Small economies without value") for figure in (shaded, circled)]
    assert [list(trace.customdata or []) for trace in grey] == [["SGP"], []]


def test_a_small_economy_without_a_value_shrinks_and_its_grey_marker_shows(draw, values):
    figure = draw(values)
    markers = named(figure, "Small economies")
    assert list(markers.customdata) == ["SGP"]
    assert list(after_step(figure, 2000, 1).marker.size) == [SMALL_MARKER]
    assert list(after_step(figure, 2001, 1).marker.size) == [0]
    grey = named(figure, "Small economies without value")
    assert (list(grey.customdata), grey.marker.size) == (["SGP"], SMALL_MARKER)
    assert figure.data.index(grey) < figure.data.index(markers)


def test_colours_mean_the_same_in_every_year(draw, values):
    figure = draw(values)
    axis = figure.layout.coloraxis
    assert axis.cmin == 0
    assert 3 < axis.cmax <= 3.5
    assert axis.colorbar.title.text == "Per cent of GDP"
    assert named(figure, "R&D share").coloraxis == "coloraxis"
    assert named(figure, "Small economies").marker.coloraxis == "coloraxis"
    assert all(change.zmin is None for frame in figure.frames for change in frame.data[:1])


def test_negative_shares_stay_on_the_scale(draw, series):
    rows = series(("JPN", 2000, -5.0), ("KOR", 2000, 3.0))
    assert draw(rows, year=2000).layout.coloraxis.cmin < -4


# --- Levels ---------------------------------------------------------------------------------------


def test_levels_are_circles_of_proportional_area(draw, values, level):
    figure = draw(values, indicator=level)
    assert not [trace for trace in figure.data if trace.name == "Investment"]
    [circles] = [trace for trace in figure.data if (trace.meta or {}).get("moves")]
    assert circles.type == "scattergeo"
    sizes = dict(zip(circles.customdata, circles.marker.size, strict=True))
    assert sizes["JPN"] == LARGEST_CIRCLE
    assert (sizes["KOR"] / sizes["JPN"]) ** 2 == pytest.approx(2.5 / 3.5)
    assert sizes["TWN"] == 0
    assert circles.marker.sizemode == "diameter"
    assert circles.name.startswith("Circle area: value, the largest US$ 3.5 mn")


def test_circles_lie_above_the_hubs(draw, values, level):
    figure = draw(values, indicator=level)
    [circles] = [trace for trace in figure.data if (trace.meta or {}).get("moves")]
    assert figure.data.index(circles) > figure.data.index(named(figure, "Hubs"))
    assert circles.marker.opacity < 1


def test_a_circle_keeps_its_meaning_over_the_years(draw, values, level):
    figure = draw(values, indicator=level)
    largest = after_step(figure, 2000, 0).marker.size[0]
    assert (largest / LARGEST_CIRCLE) ** 2 == pytest.approx(3.0 / 3.5)


def test_negative_levels_are_hollow_circles_by_size(draw, series, level):
    rows = series(("JPN", 2000, -4.0), ("KOR", 2000, 1.0))
    [circles] = [
        trace
        for trace in draw(rows, indicator=level, year=2000).data
        if (trace.meta or {}).get("moves")
    ]
    assert list(circles.marker.symbol[:2]) == ["circle-open", "circle"]
    assert circles.marker.size[0] == LARGEST_CIRCLE
    assert circles.marker.size[1] == pytest.approx(LARGEST_CIRCLE / 2)
    assert "hollow: below zero" in circles.name


@pytest.mark.parametrize("kind", ["share", "level"])
@pytest.mark.parametrize("value", [0.0, 1e-12, 1e15])
def test_values_of_any_size_can_be_mapped(draw, series, indicator, level, kind, value):
    unit = indicator if kind == "share" else level
    figure = draw(series(("JPN", 2000, value)), indicator=unit, year=2000)
    [moving, *_] = [trace for trace in figure.data if (trace.meta or {}).get("moves")]
    drawn = moving.z[0] if kind == "share" else moving.marker.size[0]
    assert drawn == (value if kind == "share" else pytest.approx(drawn))
    assert not pd.isna(drawn)


@pytest.mark.parametrize("kind", ["share", "level"])
def test_no_values_leave_a_map_of_the_hubs(draw, series, indicator, level, kind):
    figure = draw(series(), indicator=indicator if kind == "share" else level)
    assert not figure.frames
    assert len(named(figure, "Hubs").lat) == 3
    assert_asks_the_network_nothing(figure)


# --- Hubs, regions and ties -----------------------------------------------------------------------


def test_hubs_have_the_shape_of_their_role_and_the_colour_of_their_type(draw, values, look):
    hubs = named(draw(values, look), "Hubs")
    assert list(hubs.customdata) == ["kyushu", "tohoku", "iwate"]
    assert list(hubs.marker.symbol) == [ROLE_SYMBOLS[role] for role in HUBS["role"]]
    types = look.industry_types
    assert list(hubs.marker.color) == [types[item] for item in HUBS["industry_type"]]
    assert list(hubs.text) == ["Kyushu", "Tohoku", "Iwate"]
    assert set(hubs.marker.size) == {hubs.marker.size[0]}


def test_hubs_are_sized_by_area_and_one_without_a_value_is_small_and_hollow(draw, values):
    hubs = named(draw(values, size_name="Fabs"), "Hubs")
    large, medium, small = hubs.marker.size
    assert (medium / large) ** 2 == pytest.approx(1 / 4)
    assert small <= medium
    assert [symbol.endswith("-open") for symbol in hubs.marker.symbol] == [False, False, True]
    assert hubs.hovertext[0].endswith("Fabs: 4")
    assert hubs.hovertext[2].endswith("Fabs: no value")


def test_hubs_without_any_size_can_be_drawn(draw, values):
    for size in (None, 0.0):
        hubs = named(draw(values, hubs=HUBS.assign(size=size), size_name="Fabs"), "Hubs")
        assert min(hubs.marker.size) > 0


def test_names_of_hubs_leave_the_map_of_the_world(draw, values):
    assert "text" in named(draw(values, view="belt"), "Hubs").mode
    assert "text" not in named(draw(values, view="world"), "Hubs").mode


def test_regions_of_a_hub_lead_to_it(draw, values):
    shapes = [trace for trace in draw(values).data if trace.type == "choropleth"]
    [regions] = [trace for trace in shapes if trace.geojson == "/regions"]
    assert list(regions.locations) == ["JP-40"]
    assert list(regions.customdata) == ["kyushu"]


def test_ties_are_one_line_per_kind_with_a_dash_of_its_own(draw, values):
    figure = draw(values)
    marks = [trace for trace in figure.data if trace.type == "scattergeo"]
    lines = {trace.name: trace for trace in marks if trace.mode == "lines"}
    assert set(lines) == {"Tie: Agreement", "Tie: Investment"}
    agreement = lines["Tie: Agreement"]
    assert agreement.line.dash == TIE_STYLES["mou"][0]
    assert list(agreement.lat).count(None) == 2
    assert (agreement.lat[0], agreement.lon[0]) == pytest.approx((33.0, 131.0))
    assert sorted(named(figure, "Ties").text) == ["a tie", "another", "money"]


def test_ties_of_firms_are_in_ink_and_those_of_institutes_in_the_accent(draw, values, look):
    figure = draw(values, look)
    assert named(figure, "Tie: Investment").line.color == look.ink
    assert named(figure, "Tie: Agreement").line.color == look.accent


def test_a_view_knows_what_lies_in_it():
    assert VIEWS["belt"].holds(35, 138)
    assert not VIEWS["belt"].holds(51, 10)
    assert VIEWS["world"].holds(51, 10)
    assert not VIEWS["world"].holds(None, 10)
    assert not VIEWS["world"].holds(51, None)
    assert all(view.place and view.name for view in VIEWS.values())


def test_every_kind_of_tie_between_hubs_has_a_dash(catalogue):
    hub_ids = [hub.place_id for hub in catalogue.belt_hubs]
    kinds = set(tie_table(catalogue, hub_ids, None, None)["kind"])
    assert kinds <= set(TIE_STYLES)
    assert len(set(TIE_STYLES.values())) == len(TIE_STYLES)


def test_every_role_of_a_hub_has_a_shape(catalogue):
    assert {hub.role for hub in catalogue.belt_hubs} <= set(ROLE_SYMBOLS)


# --- For all --------------------------------------------------------------------------------------


def test_every_trace_is_named_and_the_legend_can_be_written_in_text(draw, values, level, look):
    for figure in (draw(values, look), draw(values, look, indicator=level, size_name="Fabs")):
        assert all(trace.name for trace in figure.data)
        for trace in figure.data:
            if trace.showlegend is not False:
                assert legend_mark(trace).startswith("<img ")
        in_legend = {trace.name for trace in figure.data if trace.showlegend is not False}
        assert {
            "Region of a hub", "Hub: R&D", "Hub: design and manufacturing",
            "Industry: science-based", "Tie: Agreement",
        } <= in_legend  # fmt: skip


def test_the_zoom_of_a_reader_is_kept_through_years_and_indicators(draw, values, level):
    one, other = draw(values, year=2000), draw(values, indicator=level, year=2001)
    assert one.layout.uirevision == other.layout.uirevision
    assert one.layout.geo.uirevision == other.layout.geo.uirevision
    assert one.layout.geo.uirevision != draw(values, view="world").layout.geo.uirevision


def test_a_map_does_not_change_its_tables(draw, values, level):
    before = [frame.copy(deep=True) for frame in (values, HUBS, TIES)]
    draw(values, size_name="Fabs")
    draw(values, indicator=level)
    for frame, copy in zip((values, HUBS, TIES), before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


# --- Real data ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def draw_real(catalogue):
    hubs, _ = hub_table(catalogue.belt_hubs, catalogue)
    ties = tie_table(catalogue, [hub.place_id for hub in catalogue.belt_hubs], None, None)
    economies = {place.place_id: place for place in catalogue.places_of_kind("economy")}

    def ids(name):
        return tuple(feature["id"] for feature in read_geography(name)["features"])

    def make(indicator_id, look=LIGHT, view="belt", newest=None):
        values = catalogue.series(indicator_id, economies)
        if newest:
            values = values[values["year"].isin(sorted(values["year"].unique())[-newest:])]
        shapes = VIEWS[view].shapes
        geometry = Geometry(
            geography_url(shapes), geography_url("admin1_hubs"), ids(shapes), ids("admin1_hubs")
        )
        year = int(values["year"].max()) if len(values) else 0
        indicator = catalogue.indicator(indicator_id)
        figure = hub_map(
            values, indicator, year, economies, hubs.assign(size_text=""), ties, geometry, look,
            view=view,
        )  # fmt: skip
        return figure, values, indicator

    return make


def economy_indicators():
    """Asked of the data when the tests are collected, so that each indicator is a test."""
    places = pd.read_csv(DATA / "places.csv", usecols=["place_id", "kind"])
    economies = places.loc[places["kind"] == "economy", "place_id"]
    held = pd.read_csv(DATA / "observations.csv", usecols=["indicator_id", "place_id"])
    return sorted(held.loc[held["place_id"].isin(economies), "indicator_id"].unique())


COMBINATIONS = [(view, mode) for view in ("belt", "world") for mode in THEMES]


@pytest.mark.parametrize(
    ("indicator_id", "view", "mode"),
    # Each indicator in one view and mode, the views and modes in turn; a share and a level in all.
    dict.fromkeys(
        [
            (indicator_id, *COMBINATIONS[index % len(COMBINATIONS)])
            for index, indicator_id in enumerate(economy_indicators())
        ]
        + [("rd_expenditure_gdp", *item) for item in COMBINATIONS]
        + [("gdp_current_usd", *item) for item in COMBINATIONS]
    ),
)
def test_every_economy_with_a_value_has_a_mark(draw_real, indicator_id, view, mode):
    figure, values, indicator = draw_real(indicator_id, THEMES[mode], view, newest=3)
    assert_asks_the_network_nothing(figure)
    shown = values["year"].max() if len(values) else None
    expected = set(values.loc[values["year"] == shown, "place_id"])
    if view == "belt":
        # Comparators from other parts of the world are off this map; the card says so.
        window = VIEWS["belt"]
        shapes = {feature["id"] for feature in read_geography(window.shapes)["features"]}
        expected &= shapes | set(SMALL_ECONOMIES)
    drawn = set()
    for trace in figure.data:
        if not (trace.meta or {}).get("moves"):
            continue
        marks = trace.z if trace.type == "choropleth" else trace.marker.size
        hidden = pd.isna(marks) if trace.type == "choropleth" else [size == 0 for size in marks]
        drawn |= {
            key for key, is_hidden in zip(trace.customdata, hidden, strict=True) if not is_hidden
        }
    assert drawn >= expected, indicator
    assert len(figure.frames) == values["year"].nunique()


@pytest.mark.parametrize(
    "indicator_id", ["rd_expenditure_gdp", "gdp_current_usd", "cpi_inflation", "exports_gdp"]
)
def test_a_map_with_all_its_years_is_light(draw_real, indicator_id):
    figure, values, _ = draw_real(indicator_id)
    assert values["place_id"].nunique() > 35
    assert len(figure.frames) == values["year"].nunique() > 20
    assert len(figure.to_json().encode()) < MOST_BYTES


def test_a_figure_is_one_that_plotly_knows(draw_real):
    figure, _, _ = draw_real("rd_expenditure_gdp", newest=2)
    assert go.Figure(figure.to_plotly_json()) == figure


def test_hubs_can_be_sized_by_every_indicator_offered(catalogue, draw):
    for indicator_id in size_indicators(catalogue):
        hubs, _ = hub_table(catalogue.belt_hubs, catalogue, indicator_id)
        values = catalogue.series("rd_expenditure_gdp", ["JPN"], 2020, 2020)
        figure = draw(values, hubs=hubs.assign(size_text=""), year=2020, size_name="Size")
        marks = named(figure, "Hubs").marker
        hollow = [symbol.endswith("-open") for symbol in marks.symbol]
        assert hollow == list(hubs["size"].isna())
        assert min(marks.size) > 0
