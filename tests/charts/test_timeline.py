"""The timeline: every event has a mark of its own, at its year, in the row of its place."""

from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.catalogue import BELT
from dashboard.charts.formats import date
from dashboard.charts.theme import LIGHT
from dashboard.charts.timeline import (
    BELT_HUBS,
    MARK,
    NARROW_PIXELS,
    OTHER_HUBS,
    OTHER_PLACES,
    PREFIX,
    describe_timeline,
    timeline,
)


def happened(*rows):
    """A table of events from (place, date) pairs."""
    return pd.DataFrame(
        [
            {
                "event_id": f"e{index}",
                "place_id": place,
                "year": int(when[:4]),
                "date": when,
                "event": f"Event {index} of a place where things are said to happen " * 2,
            }
            for index, (place, when) in enumerate(rows)
        ],
        columns=["event_id", "place_id", "year", "date", "event"],
    )


def marks(figure):
    return next(trace for trace in figure.data if trace.name == "Events")


def chosen_of(figure):
    return [trace for trace in figure.data if trace.name == "Chosen event"]


def assert_no_mark_covers_another(figure):
    trace = marks(figure)
    first, last = figure.layout.xaxis.range
    pixels = NARROW_PIXELS / (last - first)
    for (x, y), (other_x, other_y) in combinations(zip(trace.x, trace.y, strict=True), 2):
        assert abs(y - other_y) >= MARK or abs(x - other_x) * pixels >= MARK


def test_each_event_of_the_atlas_has_one_mark_at_its_year(catalogue, look):
    events = catalogue.table("events")
    trace = marks(timeline(events, catalogue.places, look))
    years = dict(zip(events["event_id"], events["year"], strict=True))
    assert {
        key.removeprefix(PREFIX): x for key, x in zip(trace.customdata, trace.x, strict=True)
    } == years
    assert len(trace.x) == len(events)


def test_no_mark_of_the_atlas_covers_another_on_a_telephone(catalogue):
    assert_no_mark_covers_another(timeline(catalogue.table("events"), catalogue.places, LIGHT))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["JPN", "kyushu", "SGP"]), st.integers(1968, 2025)),
        min_size=1,
        max_size=30,
    )
)
def test_no_mark_covers_another_whatever_happened(places, rows):
    events = happened(*((place, str(year)) for place, year in rows))
    figure = timeline(events, places, LIGHT)
    assert sorted(marks(figure).x) == sorted(events["year"])
    assert_no_mark_covers_another(figure)
    assert figure.layout.yaxis.range[0] > max(marks(figure).y)


def test_rows_are_named_the_belt_first_and_from_north_to_south(places, look):
    held = places | {
        "kyushu": replace(places["kyushu"], parent_id=BELT, name="Kyushu / Fukuoka"),
        "tohoku": replace(places["tohoku"], parent_id=BELT),
        "penang": replace(places["kyushu"], place_id="penang", name="Penang", lat=5.4),
    }
    events = happened(("SGP", "1968"), ("penang", "1972"), ("kyushu", "1969"), ("tohoku", "1990"))
    layout = timeline(events, held, look).layout
    assert list(layout.yaxis.ticktext) == ["tohoku", "Kyushu / Fukuoka", "Penang", "Singapore"]
    assert list(layout.yaxis.tickvals) == sorted(layout.yaxis.tickvals)
    headings = [item.text for item in layout.annotations]
    assert headings == [f"<b>{name}</b>" for name in (BELT_HUBS, OTHER_HUBS, OTHER_PLACES)]


def test_marks_take_the_hue_of_their_economy(places, look):
    trace = marks(
        timeline(happened(("JPN", "1991"), ("kyushu", "1995"), ("KOR", "1982")), places, look)
    )
    hues = dict(zip(trace.customdata, trace.marker.color, strict=True))
    assert hues == {
        "event:e0": look.economies["JPN"],
        "event:e1": look.economies["JPN"],
        "event:e2": look.economies["KOR"],
    }


def test_hover_says_when_where_and_what_in_short_lines(places, look):
    [text] = marks(timeline(happened(("KOR", "1980-12-15")), places, look)).text
    lines = text.split("<br>")
    assert lines[0] == "<b>15 December 1980 · South Korea</b>"
    assert (
        " ".join(lines[1:])
        == "Event 0 of a place where things are said to happen " * 1
        + "Event 0 of a place where things are said to happen"
    )
    assert max(map(len, lines[1:])) <= 46


def test_the_chosen_event_is_larger_on_its_mark_with_its_year(places, look):
    figure = timeline(happened(("JPN", "1991"), ("KOR", "1982")), places, look, chosen="e1")
    [trace] = chosen_of(figure)
    at = list(marks(figure).customdata).index("event:e1")
    assert (trace.x[0], trace.y[0]) == (marks(figure).x[at], marks(figure).y[at])
    assert trace.marker.size > marks(figure).marker.size
    assert "<b>1982</b>" in [item.text for item in figure.layout.annotations]


def test_a_chosen_event_that_is_not_among_them_emphasises_none(places, look):
    figure = timeline(happened(("JPN", "1991")), places, look, chosen="elsewhere")
    assert not chosen_of(figure)


def test_without_events_there_is_an_empty_figure_and_a_sentence(places, look):
    events = happened()
    assert len(marks(timeline(events, places, look)).x) == 0
    assert describe_timeline(events, places) == "Timeline of events: none to show."


def test_the_sentence_names_the_first_the_last_and_the_place_with_most(places):
    events = happened(("KOR", "1982"), ("JPN", "1991-02"), ("KOR", "2006"))
    text = describe_timeline(events, places)
    assert text.startswith("Timeline of 3 events in 2 places; most (2) in South Korea.")
    assert "First: South Korea, 1982: Event 0" in text
    assert "Last: South Korea, 2006: Event 2" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [("1968", "1968"), ("1972-08", "August 1972"), ("1980-05-02", "2 May 1980")],
)
def test_a_date_is_no_more_precise_than_it_is_known(text, words):
    assert date(text) == words
