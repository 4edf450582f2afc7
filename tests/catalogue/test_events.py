"""Events obey the filters, and say how many of how many."""

import pytest

from dashboard.catalogue.events import events_shown
from dashboard.catalogue.selection import Selection

FILTERS = [
    {},
    {"places": ("TWN",)},
    {"places": ("hsinchu",)},
    {"first_year": 1990, "last_year": 2001},
    {"industry": ("automotive",)},
    {"governance_scale": ("national",), "last_year": 2010},
    {"places": ("KOR",), "firm_scale": ("tnc_dominated",)},
]


@pytest.mark.parametrize("filters", FILTERS)
def test_no_event_is_kept_that_a_filter_leaves_out_and_none_is_lost(catalogue, filters):
    selection = Selection(**filters)
    layer = events_shown(catalogue, selection)
    events = catalogue.table("events")
    assert layer.total == len(events)
    assert layer.shown == len(layer.rows) <= layer.total
    kept = set(layer.rows["event_id"])
    for event in events.itertuples():
        place = catalogue.places[event.place_id]
        judged = selection
        if place.kind in ("economy", "aggregate"):
            judged = Selection(places=selection.places)
        in_years = (selection.first_year or 0) <= event.year <= (selection.last_year or 9999)
        assert (event.event_id in kept) == (judged.keeps(place) and in_years)


def test_events_come_in_the_order_of_time(catalogue):
    rows = events_shown(catalogue, Selection()).rows
    assert list(rows["event_id"]) == list(catalogue.events)


def test_an_economy_brings_the_events_of_its_hubs(catalogue):
    rows = events_shown(catalogue, Selection(places=("TWN",))).rows
    assert {"hsinchu", "southern_taiwan", "TWN"} <= set(rows["place_id"])
    assert not {"kyushu", "KOR"} & set(rows["place_id"])


def test_events_of_economies_that_no_industry_can_choose_are_said_to_stay(catalogue):
    layer = events_shown(catalogue, Selection(industry=("automotive",)))
    whole = layer.rows["place_id"].map(lambda key: catalogue.places[key].kind)
    count = whole.isin(["economy", "aggregate"]).sum()
    assert f"{count} events of whole economies stay" in layer.reason
    assert events_shown(catalogue, Selection(places=("TWN",))).reason == ""
