"""What the start page draws is what the page shows of the same address."""

import json
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue.address import PARAMETERS
from dashboard.ui.map_page import first_map
from tests.pages.conftest import as_read

VIEWS = [
    {},
    {"indicator": "population", "year": "2010"},
    {"indicator": "gdp_current_usd", "view": "world", "window": "100,20,0,2.5"},
    {"mode": "two_years", "indicator": "rd_expenditure_gdp", "year": "2020", "against": "2005"},
    {"mode": "two_indicators", "second": "researchers_per_million"},
    {"layers": ["hubs", "fabs"], "industry_type": ["Science-based"]},
    {"layers": "none"},
    {"places": ["JPN", "KOR"], "year": "1776", "indicator": "no_such_thing"},
]


def said_of(reader):
    return json.loads(reader.charts[0].proto.json)


@pytest.mark.parametrize("view", VIEWS)
def test_the_first_map_is_that_of_the_page(reader, view):
    said = said_of(reader.go("map", **view))
    asked = {name: value if isinstance(value, list) else [value] for name, value in view.items()}
    made = first_map(asked, "light")
    [source] = re.findall(r"<p><b>Source:</b> (.*)</p>", made["markup"])
    lines = [*reader.expanders, *(as_read(item.value) for item in reader.app.markdown)]
    assert f"**Source:** {unescape(source)}" in lines
    first = json.loads(json.dumps(made["data"]))
    assert first["json"]
    assert {**first, "json": None, "name": "map"} == said


def test_the_first_run_of_the_map_names_its_figure_and_others_send_theirs(reader):
    assert said_of(reader.go("map"))["json"] is None
    reader.go("map", indicator="population")
    assert said_of(reader)["json"]


def test_a_page_turned_to_sends_its_figure(reader):
    reader.go("glossary")
    assert said_of(reader.go("map"))["json"]


def test_a_card_in_another_page_sends_its_figure(reader):
    assert said_of(reader.go("map", embed="true", card="map"))["json"]


@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS), st.lists(st.text(max_size=20), min_size=1, max_size=3)
    ),
    st.sampled_from(["light", "dark"]),
)
def test_whatever_an_address_asks_for_there_is_a_first_map(parameters, mode):
    made = first_map(parameters, mode)
    assert "<script" not in made["markup"]
    assert {"layout", "data"} <= set(json.loads(made["data"]["json"]))
