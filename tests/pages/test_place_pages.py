"""The panel of a place, and the pages of one economy, hub or cluster."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.catalogue.address import from_parameters
from dashboard.catalogue.layers import USUAL_LAYERS
from dashboard.catalogue.selection import Selection
from dashboard.ui.place import fabs, heading, indicators, page, programmes, together, told
from dashboard.ui.place.parts import parts
from dashboard.ui.resources import catalogue

KINDS = ("economy", "hub", "cluster")
PLACES = [place for kind in KINDS for place in catalogue().places_of_kind(kind)]
WITH_PROGRAMMES = [
    place for place in catalogue().places.values() if place.programme_id or place.kind == "economy"
]


def named(places):
    return [pytest.param(place, id=place.place_id) for place in places]


def in_words(markup):
    return re.sub(r"<[^>]+>", "", markup)


# --- Parts, of every place ------------------------------------------------------------------------


@pytest.mark.parametrize("place", named(PLACES))
def test_every_place_can_be_written_and_every_line_has_its_document(place):
    assert place.name in heading.markup(place, catalogue()).replace("&#x27;", "'")
    assert "<summary>source</summary>" in heading.markup(place, catalogue())
    for part in parts(catalogue(), place):
        markup = part.make()
        if part.name != "places":
            assert markup.count("<details>") >= part.count, part.name
            assert markup.count('href="/data?view=source') >= part.count, part.name
        assert "nan" not in re.findall(r"\w+", in_words(markup)), part.name
        assert "<NA>" not in markup, part.name


@pytest.mark.parametrize("place", named(PLACES))
def test_every_indicator_held_stands_in_the_tables_of_its_page(place):
    rows = catalogue().table("observations")
    held = set(rows.loc[rows["place_id"] == place.place_id, "indicator_id"])
    topics = indicators.by_topic(catalogue(), place)
    assert sum(map(len, topics.values())) == len(held)
    written = "".join(indicators.table(catalogue(), place, topic) for topic in topics)
    assert written.count("view=value") == len(held)
    assert {
        key for key in held if f"indicator={key}&quot;" in written.replace('"', "&quot;")
    } == held


@pytest.mark.parametrize("place", named(PLACES))
def test_the_value_of_a_key_figure_is_the_newest_that_is_drawn(place):
    blocks = indicators.key_figures(catalogue(), place, "#000000")
    held = catalogue().indicators_of(place.place_id)
    usual = len(held & set(indicators.ECONOMY_FIGURES))
    enough = max(usual, min(indicators.MOST_FIGURES, len(held)))
    assert len(blocks) == (enough if place.kind == "economy" else len(held))
    for block in blocks[:2]:
        [indicator_id] = re.findall(r"indicator=(\w+)", block)
        newest = catalogue().series(indicator_id, [place.place_id])["year"].max()
        assert str(newest) in re.findall(r'class="when">(.*?)<', block)[0]


@pytest.mark.parametrize("place", named(WITH_PROGRAMMES))
def test_money_of_programmes_is_written_with_one_magnitude(place):
    lines = programmes.lines(catalogue(), place)
    assert not re.search(r"\b(mn|bn|tn) million\b", " ".join(lines))
    if place.programme_id:
        assert any(f"programme={place.programme_id}" in line for line in lines)


def test_events_come_in_the_order_of_time_the_newest_last():
    lines = told.events(catalogue(), catalogue().place("kyushu"))
    years = [int(re.search(r"\d{4}", in_words(line))[0]) for line in lines]
    assert len(years) > 20
    assert years == sorted(years)
    assert "October 2001" in lines[years.index(2001) + 3]


def test_an_economy_has_the_events_of_its_hubs_and_says_whose_they_are():
    lines = told.events(catalogue(), catalogue().place("JPN"))
    assert [line for line in lines if "place=kyushu" in line]
    assert [line for line in lines if "place=" not in line.split("<br>")[0]]


def test_the_other_end_of_a_tie_is_named_and_not_the_place_itself():
    heads = [line.split("</b>")[0] for line in told.ties(catalogue(), catalogue().place("kyushu"))]
    assert not [head for head in heads if "place=kyushu" in head]
    assert [head for head in heads if "place=hsinchu" in head]


def test_what_cases_are_compared_by_comes_first_with_the_verdict_in_words():
    lines = [in_words(line) for line in told.verdicts(catalogue(), catalogue().place("bangalore"))]
    assert lines[0].startswith("Human capital · strong")
    assert [line for line in lines if line.startswith("Social capital · weak")]
    assert [line for line in lines if line.startswith("Weakest node · described, not rated")]
    order = [line.split(" · ")[0] for line in lines]
    assert order.index("Weakest node") < order.index("Decision level")


def test_fabs_are_listed_by_operator_and_said_to_be_no_count():
    text = in_words(fabs.markup(catalogue(), catalogue().place("hsinchu")))
    rows = fabs.rows(catalogue(), catalogue().place("hsinchu"))
    assert text.startswith(f"{len(rows)} rows of {rows['operator'].nunique()} operators.")
    assert "must not be added up as a count of fabs" in text
    assert "Tongluo fab · 300 mm · since 2024 · pilot line: trial production May 2024" in text
    assert "wafer size and start not known" in text


def test_fabs_are_shown_on_the_closest_part_of_the_map_with_the_layers_that_are_on():
    here = fabs.on_map(Selection(), catalogue().place("hsinchu"))
    assert here["view"] == "hsinchu"
    assert set(here["layers"]) == {*USUAL_LAYERS, "fabs"}
    assert fabs.on_map(Selection(), catalogue().place("MYS"))["view"] == "south_east"
    assert fabs.on_map(Selection(), catalogue().place("JPN"))["view"] == "north_east"
    few = fabs.on_map(Selection(layers=("hubs",)), catalogue().place("JPN"))
    assert few["layers"] == ("hubs", "fabs")


# --- Several places -------------------------------------------------------------------------------


def test_two_of_a_kind_are_compared_by_the_chosen_indicator():
    selection = Selection(selected=("JPN", "KOR", "kyushu"))
    found = together.comparison(catalogue(), selection)
    assert found.places == ("JPN", "KOR")
    assert found.indicator == selection.indicator
    assert "Kyushu" in found.remark
    address, beside = re.findall(r'href="(.*?)"', together.markup(catalogue(), selection))
    assert beside.startswith("/economy?view=side_by_side")
    parts_of = urlsplit(address.replace("&amp;", "&"))
    read, refused = from_parameters(parse_qs(parts_of.query), catalogue())
    assert parts_of.path == "/compare"
    assert (read.places, refused) == (("JPN", "KOR"), [])


def test_hubs_are_compared_by_an_indicator_that_two_of_them_have():
    found = together.comparison(catalogue(), Selection(selected=("shanghai", "beijing")))
    assert found.places == ("shanghai", "beijing")
    assert {"shanghai", "beijing"} <= set(catalogue().places_with(found.indicator))
    assert "is not held for two of them" in found.remark


def test_economies_are_compared_where_the_hubs_beside_them_share_nothing():
    selection = Selection(selected=("hsinchu", "kyushu", "JPN", "KOR"))
    assert together.comparison(catalogue(), selection).places == ("JPN", "KOR")


@pytest.mark.parametrize(
    ("selected", "reason"),
    [
        (("JPN",), "Select one more place"),
        (("JPN", "kyushu"), "select two of one kind"),
        (("changchun", "harbin"), "No indicator is held for two of these hubs."),
    ],
)
def test_where_nothing_can_be_compared_the_reason_is_given(selected, reason):
    text = together.markup(catalogue(), Selection(selected=selected))
    assert reason in text
    assert "<a " not in text


# --- The panel ------------------------------------------------------------------------------------


@pytest.fixture
def panel(reader, root):
    """A reader before the panel alone."""
    app = AppTest.from_file(root / "tests" / "pages" / "panel_page.py")
    app.default_timeout = reader.app.default_timeout
    return type(reader)(app)


def test_the_panel_tells_of_the_belt_until_a_place_is_chosen(panel):
    panel.go("map")
    assert "Silicon Sea-belt" in panel.markup
    assert "Open profile" not in panel.markup
    panel.choose("panel_place", "hsinchu")
    assert panel.address["place"] == ["hsinchu"]
    assert '<a href="/hub?place=hsinchu">Open profile</a>' in panel.markup
    assert [label for label in panel.expanders if label.startswith("Fabs, row by row (")]


def test_the_fabs_of_a_hub_are_put_on_the_map_by_a_button(panel):
    panel.go("map", place="hsinchu")
    assert "Show these fabs on the map" not in [item.label for item in panel.app.button]
    panel.app.session_state["panel_fabs_hsinchu"] = True
    panel.run().press("Show these fabs on the map")
    assert panel.address["view"] == ["hsinchu"]
    assert set(panel.address["layers"]) == {*USUAL_LAYERS, "fabs"}
    assert panel.address["place"] == ["hsinchu"]


def test_places_selected_together_are_opened_taken_away_and_compared(panel):
    panel.go("map", place="JPN", selected=["JPN", "KOR", "TWN"])
    assert "Compare these" in panel.markup
    panel.choose("panel_opened", "KOR")
    assert panel.address["place"] == ["KOR"]
    assert "<h3>South Korea" in panel.markup
    panel.choose("panel_selected", ["JPN", "TWN"])
    assert panel.address["selected"] == ["JPN", "TWN"]
    assert panel.address["place"] == ["TWN"]
    panel.choose("panel_selected", ["JPN"])
    assert "Open one of them" not in [item.label for item in panel.app.get("button_group")]
    panel.choose("panel_place", "hsinchu")
    assert (panel.address["selected"], panel.address["place"]) == (["hsinchu"], ["hsinchu"])


def test_opening_another_place_keeps_several_that_are_selected(panel):
    panel.go("map", place="JPN", selected=["JPN", "KOR"]).choose("panel_place", "hsinchu")
    assert panel.address["selected"] == ["JPN", "KOR"]
    assert panel.address["place"] == ["hsinchu"]


# --- The pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "place"),
    [("economy", "TWN"), ("hub", "hsinchu"), ("cluster", "idn_jepara_furniture")],
)
def test_a_page_shows_its_place_with_its_local_name(reader, kind, place):
    reader.go(kind, place=place)
    about = catalogue().place(place)
    assert reader.title == heading.title(about)
    assert about.summary in reader.markup or not about.summary
    assert "Key figures" in reader.markup
    assert "Every indicator held" in reader.markup
    assert reader.widget(f"{kind}_place").value == place
    assert reader.address["place"] == [place]
    assert not reader.warnings


def test_a_page_without_a_place_lists_all_and_opens_one(reader):
    reader.go("hub")
    assert reader.title == "Hubs"
    assert "28 of 28 hubs" in reader.markup
    reader.choose("hub_place", "kyushu")
    assert reader.title.startswith("Kyushu")
    assert reader.address["place"] == ["kyushu"]


def test_the_filters_choose_among_the_hubs_of_the_list_and_not_of_one_page(reader):
    reader.go("hub", industry_type="complex_product_systems")
    assert re.search(r"\b\d+ of 28 hubs", reader.markup)
    assert "28 of 28" not in reader.markup
    assert not reader.widget("filter_industry").disabled
    reader.choose("hub_place", "kyushu")
    assert reader.widget("filter_industry").disabled
    assert reader.widget("filter_year").disabled
    captions = [item.value for item in reader.app.sidebar.caption]
    assert [text for text in captions if text.startswith("One place is shown")]


def test_an_unknown_place_is_named_and_the_list_shown(reader):
    reader.go("economy", place="ATLANTIS")
    assert reader.title == "Economies"
    [warning] = reader.warnings
    assert "ATLANTIS" in warning


@pytest.mark.parametrize(("kind", "place"), [("economy", "kyushu"), ("cluster", "JPN")])
def test_a_place_of_another_kind_leads_to_its_own_page(reader, kind, place):
    reader.go(kind, place=place)
    assert reader.title.startswith(catalogue().place(place).name)
    assert not reader.warnings


def test_the_fabs_of_a_page_turn_to_the_map(reader):
    reader.go("hub", place="hsinchu")
    reader.app.session_state["profile_fabs_hsinchu"] = True
    reader.run().press("Show these fabs on the map")
    assert reader.title == "The Silicon Sea-belt"
    assert reader.address["view"] == ["hsinchu"]
    assert "fabs" in reader.address["layers"]
    assert not reader.warnings


def test_a_place_without_a_page_is_refused_in_a_sentence(reader):
    place = catalogue().places_of_kind("programme_region")[0]
    reader.go("hub", place=place.place_id)
    [warning] = reader.warnings
    assert "no hub but a programme region" in warning
    assert reader.title == "Hubs"


def test_a_neighbour_with_few_data_says_that_it_is_one(reader):
    reader.go("economy", place="MNP")
    assert "neighbour, given for context" in reader.markup
    assert heading.FOR_CONTEXT in reader.markup.replace("&#x27;", "'")
    assert "No value of Research and development expenditure" in reader.markup


def test_the_chosen_indicator_stands_first_among_the_figures(reader):
    reader.go("economy", place="JPN").choose("filter_indicator", "gdp_current_usd")
    figures = reader.markup.split("Key figures")[1]
    assert re.search(r"indicator=(\w+)", figures)[1] == "gdp_current_usd"


def test_a_hub_says_that_it_lacks_an_indicator_only_where_the_reader_has_chosen_it(reader):
    reader.go("hub", place="hsinchu")
    assert "the indicator chosen" not in reader.markup
    reader.choose("filter_indicator", "gdp_current_usd")
    assert "No value of GDP" in reader.markup


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_counts_the_places_of_the_catalogue(kind):
    number = len(catalogue().places_of_kind(kind))
    text = page.listing(catalogue(), Selection(), kind)
    assert f"{number} of {number} " in text
    assert text.count("<li>") == number
