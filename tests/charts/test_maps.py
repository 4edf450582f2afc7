"""The map shows every economy, keeps its shapes out of its frames and asks the network nothing."""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.belt import size_indicators
from dashboard.catalogue.geography import geography_url, read_geography
from dashboard.catalogue.loading import DATA
from dashboard.charts.legend import legend_entries, legend_mark
from dashboard.charts.maps import (
    BASE_LAYERS,
    HUB_VIEWS,
    LARGEST_CIRCLE,
    PRESETS,
    SMALL_ECONOMIES,
    SMALL_MARKER,
    VIEWS,
    Focus,
    Geometry,
    Layers,
    Measure,
    atlas_map,
    two_years_parts,
)
from dashboard.charts.maps.circles import SMALLEST_CIRCLE, circle_keys, diameter
from dashboard.charts.theme import LIGHT, THEMES
from dashboard.transforms import change_between

MOST_BYTES = 250_000

HUB_COLUMNS = ["place_id", "name", "lat", "lon", "role", "industry_type", "admin1_ids", "size"]
TIE_COLUMNS = ["link_id", "kind", "hubs", "text", "year"]
TIE_COLUMNS += ["from_lat", "from_lon", "to_lat", "to_lon", "source_id", "locator"]

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
        measure = Measure(
            values,
            options.pop("indicator", indicator),
            options.pop("method", "continuous"),
            options.pop("tolerance", 0),
            options.pop("context", frozenset()),
        )
        layers = Layers(places=hubs, ties=ties, size_name=options.pop("size_name", None))
        return atlas_map(
            economies, geometry, look, year=year, measure=measure, layers=layers, **options
        )

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


def moving(figure):
    """The traces that change from year to year."""
    return [trace for trace in figure.data if (trace.meta or {}).get("moves")]


def of_layer(figure, layer):
    """The traces of one layer."""
    return [trace for trace in figure.data if (trace.meta or {}).get("layer") == layer]


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
    """The page has a time bar; a slider or a button of the figure would be a second one."""
    figure = draw(values)
    assert [frame.name for frame in figure.frames] == ["2000", "2001"]
    assert not figure.layout.sliders
    assert not figure.layout.updatemenus


def test_one_year_is_one_frame(draw, values):
    assert len(draw(values[values["year"] == 2000], year=2000).frames) == 1


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
    assert list(trace.hovertext) == ["Japan", "South Korea", "Taiwan", "CHN"]
    assert trace.text[0] == "3.50 %, rank 1 of 2"
    assert trace.text[2] == ""
    assert trace.hovertemplate == (
        "<b>%{hovertext}</b><br>%{text}<br>R&D share, 2001<extra></extra>"
    )
    assert "R&D share, 2000" in after_step(draw(values), 2000, 0).hovertemplate


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
    small = [
        [trace for trace in figure.data if trace.name == "Small economies without value"]
        for figure in (shaded, circled)
    ]
    assert [len(traces) for traces in small] == [1, 0]
    # Without a circle a small economy is still there to be clicked.
    assert list(named(circled, "Small economies").customdata) == ["SGP"]


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


@pytest.mark.parametrize("method", ["continuous", "quantile", "natural"])
def test_a_scale_with_values_below_zero_is_symmetric_about_it(draw, series, look, method):
    rows = series(("JPN", 2000, -5.0), ("KOR", 2000, 3.0), ("TWN", 2000, 0.4))
    figure = draw(rows, look, year=2000, method=method)
    axis = figure.layout.coloraxis
    colours = [colour for _, colour in axis.colorscale]
    if method == "continuous":
        assert axis.cmin == -axis.cmax < -4
        assert colours == list(look.diverging)
        return
    count = round(axis.cmax - axis.cmin)
    assert count % 2 == 0
    shown = dict(zip(["JPN", "KOR", "TWN"], named(figure, "R&D share").z, strict=False))
    assert shown["JPN"] < count / 2 <= shown["TWN"] < shown["KOR"]
    assert len(figure.layout.meta["classes"]) == count
    assert look.diverging[len(look.diverging) // 2] not in colours


# --- Neighbours, given for context ----------------------------------------------------------------

NEIGHBOUR = frozenset({"KOR"})


def test_a_neighbour_has_a_shade_and_no_rank_and_is_counted_in_none(draw, values):
    shades = named(draw(values, year=2000, context=NEIGHBOUR), "R&D share")
    assert list(shades.z[:2]) == [3.0, 2.0]
    assert shades.text[0] == "3.00 %, rank 1 of 2"
    assert shades.text[1] == "2.00 %"
    assert shades.hovertext[1] == "South Korea (neighbour)"


def test_a_neighbour_does_not_move_the_colours_of_the_others(draw, series):
    rows = series(("JPN", 2000, 3.0), ("TWN", 2000, 1.0), ("KOR", 2000, 50.0), ("KOR", 2001, -9.0))
    alone = draw(rows[rows["place_id"] != "KOR"], year=2000).layout.coloraxis
    beside = draw(rows, year=2000, context=NEIGHBOUR).layout.coloraxis
    assert (beside.cmin, beside.cmax) == (alone.cmin, alone.cmax)
    assert beside.colorscale == alone.colorscale
    assert draw(rows, year=2000).layout.coloraxis.cmax > 40, "else this test says nothing"


@pytest.mark.parametrize("method", ["quantile", "natural"])
def test_classes_are_made_without_the_neighbours(draw, series, method):
    rows = series(("JPN", 2000, 3.0), ("TWN", 2000, 1.0), ("CHN", 2000, 2.0), ("KOR", 2000, 50.0))
    alone = draw(rows[rows["place_id"] != "KOR"], year=2000, method=method).layout.meta["classes"]
    beside = draw(rows, year=2000, method=method, context=NEIGHBOUR).layout.meta["classes"]
    assert beside == alone


# --- Levels ---------------------------------------------------------------------------------------


def test_levels_are_circles_of_proportional_area(draw, values, level):
    figure = draw(values, indicator=level)
    assert "choropleth" not in {trace.type for trace in moving(figure)}
    [circles] = [trace for trace in figure.data if (trace.meta or {}).get("moves")]
    assert circles.type == "scattergeo"
    sizes = dict(zip(circles.customdata, circles.marker.size, strict=True))
    assert sizes["JPN"] == LARGEST_CIRCLE
    assert (sizes["KOR"] / sizes["JPN"]) ** 2 == pytest.approx(2.5 / 3.5)
    assert sizes["TWN"] == 0
    assert circles.marker.sizemode == "diameter"
    assert circles.name.startswith("Circle area: Investment, the largest US$ 3.5 mn")


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


# --- Classes, earlier years, two indicators -------------------------------------------------------


@pytest.mark.parametrize("method", ["quantile", "natural"])
def test_classes_are_steps_of_one_colour_with_their_bounds_in_the_legend(draw, values, method):
    figure = draw(values, method=method)
    axis = figure.layout.coloraxis
    count = round(axis.cmax - axis.cmin)
    steps = [colour for _, colour in axis.colorscale]
    assert steps[::2] == steps[1::2]
    assert len(set(steps)) == count == len(figure.layout.meta["classes"])
    words = [entry.words for entry in legend_entries(figure) if entry.layer == "economies"]
    assert words == list(figure.layout.meta["classes"])
    assert list(axis.colorbar.ticktext) == [item.split(" to ")[0] for item in words[1:]]
    assert set(named(figure, "R&D share").z[:2]) <= set(range(count))


def test_a_class_is_the_same_in_every_year(draw, values, indicator):
    figure = draw(values, method="quantile")
    measure = Measure(values, indicator, "quantile")
    for year in (2000, 2001):
        rows = values[values["year"] == year].set_index("place_id")["value"]
        drawn = after_step(figure, year, 0).z[:2]
        assert list(drawn) == list(measure.classes.of(rows[["JPN", "KOR"]].to_numpy()))


def test_an_earlier_value_is_outlined_dated_and_said(draw, series):
    rows = series(("JPN", 2000, 3.0), ("KOR", 2000, 2.0), ("SGP", 2000, 1.0), ("JPN", 2003, 3.5))
    figure = draw(rows, year=2003, tolerance=3)
    shades, outline = named(figure, "R&D share"), named(figure, "Outline of earlier values")
    assert list(shades.z[:2]) == [3.5, 2.0]
    assert [pd.isna(value) for value in outline.z] == [True, False, True, True]
    assert outline.marker.line.width > shades.marker.line.width
    assert outline.hoverinfo == "skip", "the pointer has to reach the shade below"
    assert shades.text[1] == "2.00 % (2000, three years earlier), rank 2 of 3"
    assert list(named(figure, "Small economies").marker.symbol) == ["circle-dot"]
    assert list(named(figure, "Years of earlier values").text) == ["", "’00", "", "", "’00"]
    assert [entry for entry in legend_entries(figure) if entry.layer == "earlier"]


def test_without_tolerance_nothing_is_taken_from_another_year(draw, series):
    rows = series(("JPN", 2000, 3.0), ("KOR", 2001, 2.0))
    figure = draw(rows, year=2001)
    assert not of_layer(figure, "earlier")
    assert pd.isna(named(figure, "R&D share").z[0])


@pytest.fixture
def draw_two(draw, values, series, indicator):
    second = series(
        ("JPN", 2000, 10.0), ("KOR", 2000, 30.0), ("TWN", 2000, 20.0), ("SGP", 2000, 40.0)
    )

    def make(one=values, other=second, look=LIGHT, **options):
        unit = options.pop("unit", replace(indicator, indicator_id="other", short_name="Other"))
        return draw(one, look, second=Measure(other, unit), year=2000, **options)

    return make


def test_two_shares_are_nine_colours_and_each_corner_has_its_own(draw_two, series, look):
    corners = {"JPN": (1, 10), "KOR": (9, 10), "TWN": (1, 90), "CHN": (9, 90)}
    filling = [(5.0, 50.0)]
    one = series(
        *((key, 2000, float(pair[0])) for key, pair in corners.items()),
        *(("SGP", 1990 + index, pair[0]) for index, pair in enumerate(filling)),
    )
    other = series(
        *((key, 2000, float(pair[1])) for key, pair in corners.items()),
        *(("SGP", 1990 + index, pair[1]) for index, pair in enumerate(filling)),
    )
    figure = draw_two(one, other, look)
    [shapes, _] = moving(figure)
    cells = dict(zip(shapes.locations, shapes.z, strict=True))
    assert [cells[key] for key in ("JPN", "KOR", "TWN", "CHN")] == [0, 2, 6, 8]
    colours = [colour for _, colour in figure.layout.coloraxis.colorscale][::2]
    assert colours == list(look.bivariate)
    key = figure.layout.meta["bivariate"]
    assert [tuple(row) for row in key["colours"]] == [
        look.bivariate[0:3],
        look.bivariate[3:6],
        look.bivariate[6:9],
    ]
    assert (key["across"], key["up"]) == ("R&D share, %", "Other, %")
    assert len([shape for shape in figure.layout.shapes if shape.name == "bivariate key"]) == 9


def test_only_economies_with_both_values_have_one_of_the_nine_colours(draw_two):
    figure = draw_two()
    [shapes, small] = moving(figure)
    assert [pd.isna(cell) for cell in shapes.z] == [False, False, True, True]
    assert list(small.marker.size) == [SMALL_MARKER]
    assert shapes.text[0].count("rank") == 2
    assert [frame.name for frame in figure.frames] == ["2000"]


def test_a_share_and_a_level_are_shades_and_circles(draw_two, level):
    figure = draw_two(unit=level)
    kinds = [trace.type for trace in moving(figure)]
    assert kinds == ["choropleth", "scattergeo", "scattergeo"]
    assert len(figure.layout.meta["circles"]) == 3
    assert named(figure, "R&D share").coloraxis == "coloraxis"
    for frame in figure.frames:
        assert len(frame.data) == len(frame.traces) == 3
    circles = moving(figure)[-1]
    assert circles.marker.color != LIGHT.warm, "the hue of the shades below"


# --- Circles and their legend ---------------------------------------------------------------------


@settings(max_examples=60)
@given(largest=st.floats(1e-3, 1e14))
def test_the_circles_of_a_legend_have_round_values_and_their_own_area(series, level, largest):
    keys = circle_keys(Measure(series(("JPN", 2000, largest)), level))
    assert 1 <= len(keys) <= 3
    assert [key.value for key in keys] == sorted((key.value for key in keys), reverse=True)
    for key in keys:
        assert key.value <= largest * (1 + 1e-6)
        assert f"{key.value:e}"[0] in "125"
        assert key.diameter == pytest.approx(diameter(key.value, largest), abs=0.06)


def test_the_nested_circles_stand_in_the_picture(draw, values, level):
    figure = draw(values, indicator=level)
    circles = [shape for shape in figure.layout.shapes if shape.name == "circle key"]
    keys = figure.layout.meta["circles"]
    assert [round(shape.x1 - shape.x0, 1) for shape in circles] == [key["diameter"] for key in keys]
    words = [note.text for note in figure.layout.annotations]
    assert words == ["Investment", *(key["words"] for key in keys)]


def test_a_value_too_small_for_a_circle_still_has_one(draw, series, level):
    rows = series(("JPN", 2000, 1e9), ("KOR", 2000, 1e-3))
    [circles] = moving(draw(rows, indicator=level, year=2000))
    assert circles.marker.size[1] == SMALLEST_CIRCLE


# --- Two years ------------------------------------------------------------------------------------


@pytest.mark.parametrize("stacked", [False, True])
def test_two_years_stand_beside_each_other_on_one_scale(places, indicator, values, look, stacked):
    economies = {key: place for key, place in places.items() if place.kind == "economy"}
    parts = two_years_parts(
        economies, GEOMETRY, look, Measure(values, indicator), (2000, 2001), stacked=stacked
    )
    figure = parts.figure()
    assert not figure.frames
    for subplot in ("geo", "geo2"):
        traces = [trace for trace in figure.data if trace.geo == subplot]
        assert traces[0].type == "scattergeo", "else plotly.js fetches a map"
        [shades] = [trace for trace in traces if trace.name == "R&D share"]
        assert shades.coloraxis == "coloraxis"
        assert shades.z[0] == {"geo": 3.0, "geo2": 3.5}[subplot]
        layout = figure.layout[subplot].to_plotly_json()
        assert {layer: layout[layer] for layer in BASE_LAYERS} == dict.fromkeys(BASE_LAYERS, False)
    one, other = figure.layout.geo.domain, figure.layout.geo2.domain
    apart = (one.y[0], other.y[1]) if stacked else (other.x[0], one.x[1])
    assert apart[0] > apart[1]
    assert [note.text for note in figure.layout.annotations] == ["<b>2000</b>", "<b>2001</b>"]


def test_a_change_between_years_diverges_from_no_change(draw, indicator, series):
    rows = series(("JPN", 2000, 3.0), ("JPN", 2001, 3.5), ("KOR", 2000, 2.0), ("KOR", 2001, 1.0))
    changes = change_between(rows, indicator, 2000, 2001)
    figure = draw(changes.rows, indicator=changes.indicator)
    axis = figure.layout.coloraxis
    assert axis.cmin == -axis.cmax
    shades = next(trace for trace in moving(figure) if trace.type == "choropleth")
    assert list(shades.z[:2]) == [0.5, -1.0]
    assert shades.text[1].startswith("−1.00 percentage points")


# --- Real data ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def draw_real(catalogue, belt_hubs, belt_ties):
    economies = {place.place_id: place for place in catalogue.places_of_kind("economy")}

    def ids(name):
        return tuple(feature["id"] for feature in read_geography(name)["features"])

    def make(indicator_id, look=LIGHT, view="belt", newest=None, **options):
        values = catalogue.series(indicator_id, economies)
        if newest:
            values = values[values["year"].isin(sorted(values["year"].unique())[-newest:])]
        shapes = VIEWS[view].shapes
        geometry = Geometry(
            geography_url(shapes),
            geography_url("admin1_regions"),
            ids(shapes),
            ids("admin1_regions"),
        )
        indicator = catalogue.indicator(indicator_id)
        figure = atlas_map(
            economies,
            geometry,
            look,
            view=view,
            measure=Measure(values, indicator, **options),
            layers=Layers(places=belt_hubs, ties=belt_ties),
        )
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
    ("indicator_id", "options"),
    [
        ("rd_expenditure_gdp", {}),
        ("gdp_current_usd", {}),
        ("rd_expenditure_gdp", {"method": "quantile", "tolerance": 5}),
        ("gdp_growth", {"method": "natural", "tolerance": 5}),
    ],
)
def test_a_map_with_all_its_years_is_light(catalogue, draw_real, indicator_id, options):
    if indicator_id not in catalogue.indicators:
        indicator_id = "fdi_net_inflows_gdp"
    figure, values, _ = draw_real(indicator_id, **options)
    assert len(figure.frames) == values["year"].nunique() > 20
    assert len(figure.to_json().encode()) < MOST_BYTES


@pytest.mark.parametrize("kind", ["share", "level"])
@pytest.mark.parametrize("tolerance", [0, 5])
def test_the_longest_series_of_all_economies_and_neighbours_is_light(
    catalogue, belt_hubs, indicator, level, series, kind, tolerance
):
    """66 years of 42 economies, more than the atlas has."""
    shapes = read_geography("admin0_region")["features"]
    some = catalogue.places["JPN"]
    ids = [feature["id"] for feature in shapes][:42]
    economies = {
        key: replace(some, place_id=key, name=f"Economy named {key}", lat=1.5 * i, lon=90.0 + i)
        for i, key in enumerate(ids)
    }
    values = series(
        *(
            (key, year, 1234567.8912 * (place + 1) + year * 0.37)
            for place, key in enumerate(ids)
            for year in range(1960, 2026)
            if (year + place) % 5 or not tolerance
        )
    ).assign(place_name=lambda table: "Economy named " + table["place_id"])
    measure = Measure(values, indicator if kind == "share" else level, "continuous", tolerance)
    figure = atlas_map(
        economies,
        Geometry("/economies", "/regions", tuple(ids), ()),
        LIGHT,
        measure=measure,
        layers=Layers(places=belt_hubs),
    )
    assert len(figure.frames) == 66
    assert len(figure.to_json().encode()) < MOST_BYTES


@pytest.mark.parametrize("view", PRESETS)
@pytest.mark.parametrize("method", ["continuous", "quantile"])
def test_a_fill_changes_with_each_year_in_each_part_of_the_world(draw_real, view, method):
    figure, values, _ = draw_real("rd_expenditure_gdp", view=view, newest=4, method=method)
    fills = [tuple(frame.data[0].z) for frame in figure.frames]
    assert len(fills) == values["year"].nunique() == 4
    if method == "continuous":
        assert len({str(fill) for fill in fills}) == 4
    first = next(trace for trace in moving(figure) if trace.type == "choropleth")
    assert str(tuple(first.z)) == str(fills[-1])


@pytest.mark.parametrize("view", VIEWS)
def test_every_economy_and_hub_of_the_atlas_can_be_clicked(catalogue, draw_real, view):
    figure, _, _ = draw_real("rd_expenditure_gdp", view=view, newest=1)
    can_be_hit = {
        key
        for trace in figure.data
        for key in (trace.customdata if trace.customdata is not None else ())
        if trace.hoverinfo != "skip"
    }
    window = VIEWS[view]
    shapes = {feature["id"] for feature in read_geography(window.shapes)["features"]}
    economies = {place.place_id for place in catalogue.places_of_kind("economy")}
    assert can_be_hit >= (economies & shapes) | set(SMALL_ECONOMIES)
    assert can_be_hit >= {hub.place_id for hub in catalogue.belt_hubs}


def test_there_is_a_part_of_the_world_for_each_hub_of_the_belt_that_holds_its_regions(catalogue):
    corners = {
        feature["id"]: list(points(feature["geometry"]["coordinates"]))
        for feature in read_geography("admin1_regions")["features"]
    }
    assert set(HUB_VIEWS) == {hub.place_id for hub in catalogue.belt_hubs}
    for hub in catalogue.belt_hubs:
        window = HUB_VIEWS[hub.place_id]
        assert window.hub == hub.place_id
        assert window.holds(hub.lat, hub.lon)
        for region in hub.admin1_ids:
            assert all(window.holds(lat, lon) for lon, lat in corners[region]), region


def points(coordinates):
    """All pairs of longitude and latitude of a geometry, however deep they lie."""
    if isinstance(coordinates[0], (int, float)):
        yield coordinates
        return
    for part in coordinates:
        yield from points(part)


def test_a_figure_is_one_that_plotly_knows(draw_real):
    figure, _, _ = draw_real("rd_expenditure_gdp", newest=2)
    assert go.Figure(figure.to_plotly_json()) == figure


def test_hubs_can_be_sized_by_every_indicator_offered(catalogue, draw, belt_hubs):
    for indicator_id in size_indicators(catalogue):
        newest = catalogue.series(indicator_id, list(belt_hubs["place_id"]))
        newest = newest.drop_duplicates("place_id", keep="last").set_index("place_id")["value"]
        hubs = belt_hubs.assign(size=belt_hubs["place_id"].map(newest))
        values = catalogue.series("rd_expenditure_gdp", ["JPN"], 2020, 2020)
        figure = draw(values, hubs=hubs, year=2020, size_name="Size")
        marks = named(figure, "Hubs").marker
        hollow = [symbol.endswith("-open") for symbol in marks.symbol]
        assert hollow == list(hubs.loc[hubs["is_belt"], "size"].isna())
        assert min(marks.size) > 0


# --- Focus ----------------------------------------------------------------------------------------


def test_what_is_not_in_focus_is_dimmed(draw, values, look):
    figure = draw(values, look, focus=Focus(frozenset({"kyushu", "JPN"}), frozenset({"L1"})))
    hubs = named(figure, "Hubs")
    opacities = dict(zip(hubs.customdata, hubs.marker.opacity, strict=True))
    assert opacities["kyushu"] == 1 > opacities["tohoku"] == opacities["iwate"]
    veiled = named(figure, "Economies out of focus")
    assert set(veiled.locations) == {"KOR", "TWN", "CHN", "MNG"}
    assert list(named(figure, "Economies in focus").locations) == ["JPN"]
    assert veiled.hoverinfo == "skip", "the pointer has to reach the economy below"
    assert figure.data.index(veiled) > figure.data.index(named(figure, "R&D share"))
    assert figure.data.index(veiled) < figure.data.index(hubs)
    lines = [trace for trace in of_layer(figure, "ties") if trace.mode == "lines"]
    bright = [trace for trace in lines if trace.opacity > 0.5]
    assert [trace.meta["count"] for trace in bright] == [1]
    assert sum(trace.meta["count"] for trace in lines) == len(TIES)


def test_without_a_focus_nothing_is_dimmed(draw, values):
    figure = draw(values)
    assert not of_layer(figure, "focus")
    assert named(figure, "Hubs").marker.opacity == 1
    assert {trace.opacity for trace in of_layer(figure, "ties") if trace.mode == "lines"} == {0.9}


def test_a_place_chosen_to_be_read_dims_no_economy(draw, values):
    """Who chose a place to read its value still compares it with the others."""
    figure = draw(values, focus=Focus(frozenset({"kyushu", "JPN"}), veils=False))
    assert "Economies out of focus" not in {trace.name for trace in figure.data}
    assert list(named(figure, "Economies in focus").locations) == ["JPN"]
    hubs = named(figure, "Hubs")
    opacities = dict(zip(hubs.customdata, hubs.marker.opacity, strict=True))
    assert opacities["kyushu"] == 1 > opacities["tohoku"]
