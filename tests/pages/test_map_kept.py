"""What the map keeps for all readers: shared by many figures, changed by none of them."""

import json

import pytest

from dashboard.catalogue.selection import Selection
from dashboard.ui.map_page import drawn_of, figure, resolve
from dashboard.ui.resources import catalogue

CHOICES = (
    {"indicator": "researchers_per_million"},
    {"industry_type": ("science_based",)},
    {"places": ("TWN",)},
    {"view": "north_east"},
    {"selected": ("TWN",)},
    {"mode": "two_indicators"},
    {"mode": "two_years", "against": 2010},
    {"classes": "quantile", "tolerance": 3},
)
KEPT = ("_drawn", "_above_drawn", "_kept_measure", "_layer_tables")


def json_of(mode="light", **choices):
    shown, _ = resolve(catalogue(), Selection(year=2015, **choices))
    return drawn_of(shown, mode).drawing.json


@pytest.fixture(autouse=True)
def nothing_kept():
    forget()


def forget():
    for name in KEPT:
        getattr(figure, name).clear()


def test_a_map_is_the_same_after_others_used_what_it_was_made_of():
    alone = []
    for choices in CHOICES:
        forget()
        alone.append(json_of(**choices))
    forget()
    # In the second round each map is put together anew, of what all others have used.
    for _ in range(2):
        figure._drawn.clear()
        together = [json_of(**choices) for choices in ({}, *CHOICES)][1:]
    changed = [
        choices
        for choices, one, other in zip(CHOICES, alone, together, strict=True)
        if one != other
    ]
    assert not changed


def test_the_map_in_dark_does_not_take_the_layers_of_the_one_in_light():
    light, dark = json.loads(json_of("light")), json.loads(json_of("dark"))
    [here] = [trace for trace in light["data"] if trace.get("name") == "Hubs"]
    [there] = [trace for trace in dark["data"] if trace.get("name") == "Hubs"]
    assert here["marker"]["color"] != there["marker"]["color"]


def test_another_indicator_leaves_the_layers_above_as_they_were():
    shown, _ = resolve(catalogue(), Selection(year=2015))
    other, _ = resolve(catalogue(), Selection(year=2015, indicator="researchers_per_million"))
    drawn_of(shown, "light")
    above = figure._above_drawn(shown, figure.above_key(shown), "light")
    drawn_of(other, "light")
    assert figure._above_drawn(other, figure.above_key(other), "light") is above


def test_entries_of_the_legend_are_not_sent_as_traces_too():
    shown, _ = resolve(catalogue(), Selection())
    drawn = drawn_of(shown, "light")
    traces = json.loads(drawn.drawing.json)["data"]
    assert not [trace["name"] for trace in traces if trace["meta"].get("mark")]
    assert "No value" in [entry.words for entry in drawn.entries]
