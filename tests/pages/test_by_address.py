"""Files by address alone: what leaves is what was drawn, of the page that was asked for."""

import base64
import io
import json
import math
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from dashboard.catalogue.address import from_parameters
from dashboard.catalogue.link_versions import FORMER_PLACES, told_of_version
from dashboard.exports.rendering import browser_path
from dashboard.serving.taking import RefusedError
from dashboard.ui.by_address import file_of
from dashboard.ui.headless import views_of

ORIGIN = "http://atlas.example"
INDICATORS = ("rd_expenditure_gdp", "gdp_current_usd", "population", "fdi_net_inflows_gdp")
ECONOMIES = ("JPN", "KOR", "CHN", "TWN", "SGP", "MYS", "THA", "IND")
# Where each view of a comparison puts its values.
VALUE_AXIS = {"line": "y", "ranking": "x", "slope": "y", "heat": "z"}


def numbers(array):
    """The finite numbers of a figure's array, however Plotly has packed it."""
    if isinstance(array, dict):
        array = np.frombuffer(base64.b64decode(array["bdata"]), array["dtype"]).tolist()
    flat = [cell for row in array for cell in (row if isinstance(row, list) else [row])]
    return [cell for cell in flat if isinstance(cell, int | float) and math.isfinite(cell)]


def drawn_values(figure, axis):
    """The values in a figure, without the grey of what is missing and the marks of breaks."""
    found = []
    for trace in json.loads(figure)["data"]:
        values = numbers(trace.get(axis) or [])
        if trace.get("name") == "No value":
            continue
        if axis == "y" and 0.5 in numbers(trace.get("x") or []):
            values = [values[0], values[-1]]
        found += values
    return found


def is_among(number, values):
    return any(math.isclose(number, value, rel_tol=1e-6) for value in values)


# Each example runs a page: making a failing one smaller would take minutes.
@settings(max_examples=20, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
@given(
    indicator=st.sampled_from(INDICATORS),
    places=st.lists(st.sampled_from(ECONOMIES), min_size=2, max_size=4, unique=True),
    years=st.tuples(st.integers(1996, 2008), st.integers(2010, 2022)),
    view=st.sampled_from(sorted(VALUE_AXIS)),
    transform=st.sampled_from(["", "", "index", "per_head", "yearly_growth", "from_median"]),
)
def test_what_is_taken_away_is_what_is_drawn(catalogue, indicator, places, years, view, transform):
    query = [("indicator", indicator), *(("places", place) for place in places)]
    query += [("from", str(years[0])), ("to", str(years[1])), ("view", view)]
    query += [("transform", transform)] if transform else []
    cards = views_of(f"/compare?{urlencode(query)}", catalogue, ORIGIN)
    # A comparison that cannot be drawn says so in a sentence, and there is nothing to take away.
    assume(cards)
    [(_, shown)] = cards
    drawn = drawn_values(shown.figure, VALUE_AXIS[view])
    table = shown.table
    column = "value_drawn" if "value_drawn" in table else "value"
    taken = table[column].dropna().tolist()
    assert all(is_among(number, taken) for number in drawn)
    assert all(is_among(number, drawn) for number in taken)
    assert (table["source"].fillna("") != "").all()
    assert (table["locator"].fillna("") != "").all()


def test_the_file_of_an_address_is_that_of_its_card(catalogue):
    path = "/compare?indicator=rd_expenditure_gdp&places=JPN&view=line"
    file = file_of(catalogue, path, "csv", ORIGIN, card="compare")
    [(_, shown)] = views_of(path, catalogue, ORIGIN)
    held = pd.read_csv(io.BytesIO(file.content))
    assert held["value"].tolist() == pytest.approx(shown.table["value"].tolist())
    assert (file.name, file.mime) == (f"{shown.name}.csv", "text/csv")


@pytest.mark.skipif(browser_path() is None, reason="Chromium is missing")
def test_a_map_is_drawn_as_a_picture_with_title_and_source(catalogue):
    file = file_of(catalogue, "/?year=2020", "svg", ORIGIN, settings={"look": "dark"})
    text = file.content.decode()
    assert "World Development Indicators" in text
    assert f"{ORIGIN}/" in text


@pytest.mark.parametrize(
    ("path", "card", "suffix", "status", "said"),
    [
        ("/nowhere", "", "csv", 422, "no page /nowhere"),
        ("/compare?view=pie", "", "csv", 400, "view = “pie”"),
        ("/compare", "pie", "csv", 404, "It has: compare"),
        ("/compare", "", "doc", 400, "no format “doc”"),
        ("/compare", "", "geojson", 400, "geojson"),
    ],
)
def test_what_cannot_be_had_is_refused(catalogue, path, card, suffix, status, said):
    with pytest.raises(RefusedError, match=said) as caught:
        file_of(catalogue, path, suffix, ORIGIN, card=card)
    assert caught.value.status == status


# --- Links made with older data -------------------------------------------------------------------


def test_former_identifiers_lead_to_the_places_of_today(catalogue):
    for former, current in FORMER_PLACES.items():
        assert former not in catalogue.places
        asked = {"places": [former], "place": [former], "selected": [former], "q": [former]}
        selection, refusals = from_parameters(asked, catalogue)
        assert refusals == []
        assert (selection.places, selection.place, selection.selected) == (
            (current,),
            current,
            (current,),
        )
        assert selection.q == former


@pytest.mark.parametrize(
    ("made_with", "said"),
    [
        ("0.1.0", "now holds version 0.3.0"),
        ("yesterday", "no version of the data"),
        ("0.3.0", None),
    ],
)
def test_a_link_of_other_data_is_told_so(made_with, said):
    told = told_of_version(made_with, "0.3.0")
    assert told is None if said is None else said in told


def test_an_older_link_opens_with_a_sentence_and_its_file_is_made_all_the_same(reader, catalogue):
    [warning] = reader.go("hub", place="ssb_kyushu", data="0.1.0").warnings
    assert "data = “0.1.0”" in warning
    assert f"now holds version {catalogue.version}" in warning
    assert reader.title.startswith("Kyushu")
    assert file_of(catalogue, "/hub?place=ssb_kyushu&data=0.1.0", "csv", ORIGIN).content


def test_a_card_in_another_page_shows_what_holds_today_without_a_warning(reader):
    assert reader.go("compare", data="0.1.0", embed="true", card="compare").warnings == []
