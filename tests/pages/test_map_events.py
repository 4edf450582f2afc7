"""Events on the page: chosen by list or mark, in words with source; the belt; the boundaries."""

import re
from html import escape, unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.catalogue import load
from dashboard.catalogue.geography import read_geography

POLICY = Path("docs/geography.md")


def page():
    from dashboard.catalogue.events import events_shown
    from dashboard.ui import boundaries, map_events, resources, state

    catalogue = resources.catalogue()
    selection = state.begin(catalogue, "", ())
    map_events.draw(catalogue, selection, events_shown(catalogue, selection))
    map_events.draw_belt(catalogue)
    boundaries.draw()
    state.finish()


@pytest.fixture
def events(reader):
    """Somebody who looks at the events alone."""
    return type(reader)(AppTest.from_function(page, default_timeout=60))


def chosen(reader):
    [box] = [item for item in reader.app.selectbox if item.key == "event_chosen"]
    return box


def text_of(reader):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reader.markup)))


def test_the_list_has_every_event_in_the_order_of_time(events):
    options = chosen(events.go("map")).options
    assert len(options) == 77
    years = [int(option[:4]) for option in options]
    assert years == sorted(years)
    assert "1980 · Hsinchu: Hsinchu Science Park opens" in options


def test_choosing_an_event_opens_its_place_and_says_it_with_its_source(events):
    events.go("map").choose("event_chosen", "y1980_hsinchu_2")
    assert events.address["event"] == ["y1980_hsinchu_2"]
    assert events.address["place"] == ["hsinchu"]
    [said] = events.texts('aria-label="Chosen event"')
    assert "15 December 1980" in said
    assert "Hsinchu Science Park opens" in said
    assert "Where in it:" in said


def test_an_event_can_be_cleared_and_its_place_stays_open(events):
    events.go("map", event="y1980_hsinchu_2", place="hsinchu")
    events.press("Clear event")
    assert "event" not in events.address
    assert events.address["place"] == ["hsinchu"]
    assert chosen(events).value is None
    assert not events.texts('aria-label="Chosen event"')


def test_a_mark_does_what_the_list_does(events, monkeypatch):
    from dashboard.ui import map_events

    told = {}
    monkeypatch.setattr(map_events.state, "change", lambda **changes: told.update(changes))
    map_events._clicked("event:y1980_hsinchu_2", False)
    assert told == {"event": "y1980_hsinchu_2", "place": "hsinchu"}
    told.clear()
    map_events._clicked("hsinchu", False)
    assert told == {}


def test_the_card_says_how_many_of_how_many(events):
    events.go("map", places="TWN", from_="1980", to="1990")
    [subtitle] = events.texts('class="card-subtitle"')
    assert subtitle.startswith("3 of 77 events")
    assert events.card_title == "What happened along the belt, 1980–1987"
    assert "Timeline of 3 events in 1 place" in events.chart_text
    assert events.widget("csv_events").label == "CSV"


def test_the_documents_of_the_events_shown_are_named_and_no_others(events):
    events.go("map", places="TWN", from_="1980", to="1990")
    catalogue = load()
    rows = catalogue.table("events")
    rows = rows[(rows["place_id"] == "hsinchu") & rows["year"].between(1980, 1990)]
    titles = {catalogue.sources[key].title for key in rows["source_id"]}
    assert all(title in events.source for title in titles)
    [listed] = re.findall(r'<div class="sources">(.*?)</div>', events.markup, re.S)
    assert listed.count("<p><b>") == len(titles)
    assert all(escape(title) in listed for title in titles)


def test_a_chosen_event_outside_the_filters_is_still_told_and_said_to_have_no_mark(events):
    events.go("map", places="KOR", event="y1980_hsinchu_2")
    assert chosen(events).value == "y1980_hsinchu_2"
    assert events.texts('aria-label="Chosen event"')
    [note] = [note for note in events.notes if "outside the filters" in note]
    assert "1980" in note


def test_filters_that_leave_no_event_say_so(events):
    events.go("map", places="MAC")
    assert not events.has_chart
    [info] = events.infos
    assert info.startswith("None of the 77 events passes the filters.")


def test_the_belt_is_told_from_the_data_with_its_sources(events):
    events.go("map")
    assert "What the Silicon Sea-belt is, and who named it" in events.expanders
    said = text_of(events)
    assert "promoted by Fukuoka Prefecture since 2001" in said
    assert "Fukuoka Silicon Sea-belt Project , run since 2001" in said
    assert "Its 8 hubs , from north to south: Beijing , Gyeonggi , Kyushu / Fukuoka" in said
    assert "Treat clusters as nodes in networks on several levels at once" in said
    assert "business drives this rather than agreements" in said
    assert "Sources: Kitagawa" in said


def test_the_boundary_policy_is_said_and_names_every_disputed_line(events):
    events.go("map")
    assert any("Natural Earth 4.1 (2018), de facto" in label for label in events.expanders)
    said = text_of(events)
    for feature in read_geography("disputed_borders")["features"]:
        assert feature["properties"]["name"] in said


@pytest.mark.parametrize(
    "fact",
    [
        "1:10m",
        "4.1.0",
        "2018",
        "public domain",
        "a few kilometres off",
        "Kuril Islands",
        "Siachen Glacier",
        "Northern Cyprus",
        "Somaliland",
        "XKX",
        "Spratly Islands",
        "other money, other tax, other definition of a small firm",
        "no lines at sea|no claim lines at sea",
        "none between Taiwan and mainland China",
        "Antarctica is left out",
        "in every year",
        "assignment of the curators",
    ],
)
def test_page_and_document_say_the_same(root, fact):
    from dashboard.ui.boundaries import statement

    for text in ((root / POLICY).read_text("utf-8"), unescape(statement())):
        assert re.search(fact, " ".join(text.split()))
