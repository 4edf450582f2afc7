"""Whatever a reader chooses on the map, it stands: counted right, light, and never silently empty.

And every place of the atlas is on some map of it, where a click opens it.
"""

import csv
import json
from base64 import b64decode
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.loading import DATA
from dashboard.catalogue.selection import (
    CLASSINGS,
    LAYERS,
    MAP_MODES,
    MOST_TOLERANCE,
    NO_LAYER,
    REGION_SHADES,
    Selection,
)
from dashboard.catalogue.vocabulary import CLUSTER_FIRM_SCALES, GOVERNANCE_SCALES, INDUSTRY_TYPES
from dashboard.charts.maps import SMALL_ECONOMIES, VIEWS
from dashboard.ui.map_page import drawn_of, economy_indicators, resolve
from dashboard.ui.map_page.content import content_key, content_of
from dashboard.ui.map_page.figure import layer_tables
from dashboard.ui.map_page.findings import findings_of
from dashboard.ui.map_page.page import legend_of
from dashboard.ui.resources import catalogue

MOST_BYTES = 250_000
# Layers of the figure that say nothing by themselves: what lies below, and lines of claims.
GROUND = ("", "borders")
POINTS = ("hubs", "other_hubs", "clusters", "programme_regions", "fabs")


def subsets(values, most=3):
    return st.lists(st.sampled_from(sorted(values)), unique=True, max_size=most).map(tuple)


def changes():
    """One thing that a reader changes on the map, in the filter bar or on the timeline."""
    held = catalogue()
    indicators = st.sampled_from([*economy_indicators(held), "park_firms"])
    years = st.integers(1960, 2025)
    spans = st.tuples(years, years).map(sorted)
    places = [key for key, place in held.places.items() if place.kind in ("economy", "hub")]
    one_of = {
        "indicator": indicators,
        "year": years,
        "mode": st.sampled_from(MAP_MODES),
        "second": indicators,
        "against": years,
        "classes": st.sampled_from(CLASSINGS),
        "tolerance": st.integers(0, MOST_TOLERANCE),
        "layers": subsets([*LAYERS, NO_LAYER], 5),
        "view": st.sampled_from(list(VIEWS)),
        "size": st.sampled_from(list(held.indicators)),
        "shade": st.sampled_from([*REGION_SHADES, *held.indicators]),
        "event": st.sampled_from(list(held.events)),
        "selected": subsets(places),
        "places": subsets(places),
        "industry_type": subsets(INDUSTRY_TYPES, 2),
        "industry": subsets(name for name in held.industry_names if name != "all"),
        "governance_scale": subsets(GOVERNANCE_SCALES, 2),
        "firm_scale": subsets(CLUSTER_FIRM_SCALES, 2),
    }
    single = st.sampled_from(sorted(one_of)).flatmap(
        lambda name: st.fixed_dictionaries({name: one_of[name]})
    )
    return single | spans.map(lambda span: {"first_year": span[0], "last_year": span[1]})


def ids_of(trace):
    """Everything that the marks of a trace open, one by one."""
    return {
        part.removeprefix("fab:")
        for cell in trace.get("customdata", ())
        for part in str(cell).split(";")
        if part
    }


def drawn_marks(figure):
    """What each layer of a figure shows: of economies, only those with a value."""
    found = {}
    for trace in figure["data"]:
        layer = trace["meta"]["layer"]
        if layer in GROUND or trace["name"] == "First":
            continue
        ids = ids_of(trace)
        if layer == "economies":
            # Outlines and years of earlier values lie on marks that are counted already.
            is_mark = "z" in trace or "size" in trace.get("marker", {})
            if not trace["meta"].get("moves") or "customdata" not in trace or not is_mark:
                continue
            ids = {
                key
                for key, is_there in zip(trace["customdata"], has_mark(trace), strict=True)
                if is_there
            }
        found.setdefault(layer, set()).update(ids)
    return found


def has_mark(trace):
    """Whether each economy of a trace has a mark: a gap is none, nor is a circle of no size."""
    if "z" in trace:
        return [value is not None and value == value for value in numbers(trace["z"])]
    return [size > 0 for size in numbers(trace["marker"]["size"])]


def numbers(cells):
    """Numbers of a figure, which Plotly writes as a list or as bytes with their type."""
    if isinstance(cells, dict):
        return np.frombuffer(b64decode(cells["bdata"]), cells["dtype"]).tolist()
    return cells


def sentences_of(shown):
    """The sentences below the map."""
    key = content_key(shown)
    return findings_of(catalogue(), shown, content_of(catalogue(), shown, key), key)


def assert_stands(shown):
    """What holds of every map that a reader can reach."""
    drawn = drawn_of(shown, "light")
    assert len(drawn.drawing.json.encode()) < MOST_BYTES
    figure = json.loads(drawn.drawing.json)
    for frame in figure.get("frames", ()):
        for change in frame["data"]:
            assert not {"geojson", "locations"} & set(change)
    tables = layer_tables(catalogue(), shown.selection)
    legend = {box.layer: box for box in legend_of(shown, drawn.entries, tables)}
    marks = drawn_marks(figure)
    for name, table in tables.items():
        assert legend[name].count_text == f"{table.shown} of {table.total}"
        assert legend[name].shown == (name in shown.layers)
        assert bool(legend[name].disabled_reason) == (not table.shown)
    for name in POINTS:
        rows = tables[name].rows
        kept = set(rows["fab_id" if name == "fabs" else "place_id"])
        if name not in shown.layers:
            assert not marks.get(name)
            continue
        in_view = {
            key
            for key, lat, lon in zip(
                rows["fab_id" if name == "fabs" else "place_id"],
                rows["lat"],
                rows["lon"],
                strict=True,
            )
            if shown.window.holds(lat, lon)
        }
        assert in_view <= marks.get(name, set()) <= kept, name
    said = sentences_of(shown)
    for finding in said:
        assert finding.text.endswith((".", ")")), finding.text
    missing = {finding.code for finding in said if finding.severity == "missing"}
    for name, table in tables.items():
        if name in shown.layers and not table.shown:
            assert "no_places" in missing, name
    if "economies" in shown.layers and not marks.get("economies"):
        assert missing, "an empty map says why"


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_changed_the_map_stands(data):
    selection = Selection()
    for change in data.draw(st.lists(changes(), min_size=1, max_size=5)):
        selection = selection.with_(**change)
        shown, refused = resolve(catalogue(), selection)
        for refusal in refused:
            assert str(refusal).endswith("."), refusal
            assert refusal.parameter in str(refusal)
        # What was settled can be asked for again, and is not refused a second time.
        again, twice = resolve(catalogue(), shown.selection)
        assert not twice
        assert (again.year, again.mode, again.layers) == (shown.year, shown.mode, shown.layers)
        selection = shown.selection
    assert_stands(shown)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("mode", MAP_MODES)
def test_each_mode_in_each_part_of_the_world_shows_values(mode, view):
    shown, refused = resolve(catalogue(), Selection(view=view, mode=mode, year=2015, against=2005))
    assert not refused
    assert drawn_marks(json.loads(drawn_of(shown, "light").drawing.json))["economies"]


@pytest.mark.parametrize("name", LAYERS)
def test_each_layer_by_itself_is_on_the_map(name):
    shown, _ = resolve(catalogue(), Selection(layers=(name,), view="world"))
    figure = json.loads(drawn_of(shown, "light").drawing.json)
    drawn = {trace["meta"]["layer"] for trace in figure["data"]} - {"", "economies"}
    assert drawn <= {name}
    assert name in {trace["meta"]["layer"] for trace in figure["data"]}


# --- Every place can be opened --------------------------------------------------------------------


def places_with_a_position():
    """Asked of the data when the tests are collected, so that each place is a test."""
    kinds = ("economy", "hub", "cluster", "programme_region")
    with (DATA / "places.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["place_id"] for row in rows if row["kind"] in kinds and row["lat"]]


@cache
def clickable(view):
    """Everything that a click opens on a map with all layers; fabs by their identifier."""
    shown, _ = resolve(catalogue(), Selection(view=view, layers=LAYERS))
    figure = json.loads(drawn_of(shown, "light").drawing.json)
    return {
        key
        for trace in figure["data"]
        if trace.get("hoverinfo") != "skip" and trace["name"] != "First"
        for key in ids_of(trace)
    }


@pytest.mark.parametrize("place_id", places_with_a_position())
def test_every_place_can_be_drawn_and_clicked_wherever_the_map_holds_it(place_id):
    place = catalogue().places[place_id]
    views = [name for name, view in VIEWS.items() if view.holds(place.lat, place.lon)]
    assert "world" in views
    if place.kind == "economy" and place_id not in SMALL_ECONOMIES:
        # A part of the world has the shapes that lie in it, the middle of an economy aside.
        views = ["world"]
    for view in views:
        assert place_id in clickable(view), view


def test_every_fab_with_a_position_can_be_clicked_on_the_map_of_the_world():
    fabs = catalogue().table("fabs")
    mapped = set(fabs.loc[fabs["lat"].notna(), "fab_id"])
    assert len(mapped) > 100
    assert mapped <= clickable("world")
