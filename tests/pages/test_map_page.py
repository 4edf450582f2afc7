"""The map page: headline figures, filters on hubs, the panel of a place."""

import re

import pytest

from dashboard.charts.maps import PRESETS
from dashboard.ui.resources import catalogue


def subtitle(reader):
    """That of the map; the timeline's comes after it."""
    return reader.texts('class="card-subtitle"')[0]


def test_headline_figures_stand_above_the_map_each_with_its_source(reader):
    reader.go("map")
    headlines = reader.markup.split('<div class="headlines">')[1].split('class="card-title"')[0]
    assert headlines.count('class="figure"') == 4
    assert headlines.count("<details><summary>source</summary>") == 4
    assert "world chip production" in headlines
    assert re.search(r"US\$ \d+(\.\d+)? (bn|tn)", headlines)


def test_the_card_counts_economies_hubs_and_ties(reader):
    text = subtitle(reader.go("map"))
    assert re.search(
        r"\d+ of 19 economies have a value and \d+ neighbours for context · "
        r"8 of 8 hubs of the belt · \d+ of 39 ties",
        text,
    )


def test_neighbours_are_in_no_count_and_no_note_but_in_the_table(reader):
    reader.go("map", indicator="gdp_current_usd", year="2020")
    assert "19 of 19 economies have a value and 26 neighbours" in subtitle(reader)
    assert not [note for note in reader.notes if "Mongolia" in note or "North Korea" in note]
    reader.go("map", indicator="gdp_current_usd", year="2020", places=["JPN", "MNG"])
    assert "2 of 2 economies have a value · " in subtitle(reader)


def test_lists_of_places_end_with_the_neighbours(reader):
    reader.go("map")
    names = reader.widget("filter_places").options
    neighbours = [name for name in names if name.endswith("(neighbour)")]
    assert names[-27:] == neighbours
    assert reader.widget("filter_places").placeholder == "All 47"
    reader.go("compare", indicator="gdp_current_usd")
    names = reader.widget("filter_places").options
    assert names[:19] == [name for name in names if not name.endswith("(neighbour)")][:19]
    assert names[-1].endswith("(neighbour)")


def test_a_neighbour_says_that_it_is_one(reader):
    reader.go("map", place="MNG")
    assert "East Asia · neighbour, given for context" in reader.markup


def test_who_has_no_value_is_named(reader):
    reader.go("map", year="2022")
    [missing] = [note for note in reader.notes if note.startswith("No value for 2022")]
    assert "Indonesia (latest 2020)" in missing


def test_economies_outside_the_view_are_named_and_the_world_offered(reader):
    reader.go("map")
    [note] = [text for text in reader.notes if text.startswith("Outside this part of the map")]
    assert "Germany" in note
    reader.choose("map_view", "world")
    assert reader.address["view"] == ["world"]
    assert not [text for text in reader.notes if text.startswith("Outside")]


@pytest.mark.parametrize("view", PRESETS)
def test_each_part_of_the_world_can_be_asked_for(reader, view):
    reader.go("map", view=view)
    assert reader.widget("map_view").value == view
    assert not reader.warnings


@pytest.mark.parametrize(
    ("filter_name", "value"),
    [
        ("industry_type", "science_based"),
        ("firm_scale", "tnc_dominated"),
        ("industry", "semiconductors"),
    ],
)
def test_a_filter_on_hubs_changes_how_many_are_shown_and_the_address(reader, filter_name, value):
    reader.go("map").choose(f"filter_{filter_name}", [value])
    assert reader.address[filter_name] == [value]
    shown = int(re.search(r"(\d+) of 8 hubs", subtitle(reader))[1])
    assert 0 <= shown <= 8
    reader.press("Clear the filters")
    assert filter_name not in reader.address
    assert "8 of 8 hubs" in subtitle(reader)


def test_the_governance_scale_brings_the_layers_that_belong_to_it(reader):
    reader.go("map").choose("filter_governance_scale", ["subnational"])
    assert reader.address["governance_scale"] == ["subnational"]
    assert re.search(r"\d+ of 150 programme regions", subtitle(reader))
    assert "hubs of the belt" not in subtitle(reader)
    reader.choose("filter_governance_scale", ["transnational"])
    assert re.search(r"[1-9]\d* of 39 ties", subtitle(reader))
    reader.press("Clear the filters")
    assert "8 of 8 hubs of the belt" in subtitle(reader)


def test_filters_that_leave_no_hub_say_so(reader):
    reader.go("map", industry_type="natural_resource_based", firm_scale="sme_dominated")
    assert "0 of 8 hubs of the belt · 0 of 39 ties" in subtitle(reader)
    assert [note for note in reader.notes if note.startswith("No hubs of the belt pass")]
    assert reader.has_chart


def test_filters_that_leave_no_value_say_so(reader):
    reader.go("map", indicator="rd_expenditure_gdp", places="MAC", from_="1901", to="1902")
    assert [note for note in reader.notes if note.startswith("No values of Research and dev")]
    assert reader.card_title == (
        "Regions of the hubs, hubs of the belt, ties across the Silicon Sea-belt"
    )
    assert "year" not in reader.address


def test_an_indicator_of_hubs_sizes_them_and_the_reader_is_told(reader):
    reader.go("map", indicator="software_exports_inr_crore")
    assert reader.address["indicator"] == ["rd_expenditure_gdp"]
    assert [text for text in reader.warnings if "measured for hubs" in text]


def test_a_size_that_cannot_be_offered_is_named(reader):
    reader.go("map", size="gdp_current_usd")
    assert [text for text in reader.warnings if "size" in text]
    assert "size" not in reader.address


def test_hubs_can_be_sized_and_those_without_a_value_are_named(reader):
    reader.go("map")
    sizes = [option for option in reader.widget("map_size").options if option != "All alike"]
    assert sizes
    reader.widget("map_size").select_index(1)
    reader.run()
    assert reader.address["size"]
    assert [note for note in reader.notes if note.startswith("Hubs are sized by")]
    assert [note for note in reader.notes if note.endswith("(small, hollow).")]


# --- The panel ------------------------------------------------------------------------------------


def test_a_hub_opens_by_link_with_figures_ties_and_sources(reader):
    reader.go("map", place="kyushu")
    assert reader.widget("panel_place").value == "kyushu"
    panel = reader.markup.split('<div class="place">')[1]
    assert panel.startswith("<h3>Kyushu")
    assert "<summary>source</summary>" in panel
    assert [item.label for item in reader.app.expander if item.label.startswith("Ties (")]


def test_a_place_opens_from_the_list_without_a_mouse(reader):
    reader.go("map").choose("panel_place", "TWN")
    assert reader.address["place"] == ["TWN"]
    assert '<div class="place"><h3>Taiwan' in reader.markup
    assert [item for item in reader.app.expander if item.label.startswith("Cluster programmes")]


@pytest.mark.parametrize(
    "kind", ["economy", "hub", "cluster", "programme_region", "world_region", "aggregate"]
)
def test_a_place_of_any_kind_can_be_opened(reader, kind):
    place = catalogue().places_of_kind(kind)[0]
    reader.go("map", place=place.place_id)
    assert '<div class="place"><h3>' in reader.markup
    assert not reader.warnings


@pytest.mark.parametrize("place", ["KOR", "JPN", "VNM", "CHN"])
def test_money_of_programmes_is_written_with_one_magnitude(reader, place):
    panel = reader.go("map", place=place).markup
    assert not re.search(r"\b(mn|bn|tn) million\b", panel)


def test_nothing_is_open_before_a_place_is_chosen(reader):
    reader.go("map")
    assert reader.widget("panel_place").value is None
    assert "Click a hub or an economy" in reader.markup


def test_hubs_among_the_places_leave_the_economies_as_they_are(reader):
    reader.go("map", places=["kyushu", "hsinchu"])
    assert re.search(r" of 19 economies have a value and .* · 2 of 8 hubs", subtitle(reader))
    assert not reader.warnings


def test_the_year_of_the_title_can_follow_the_slider(reader):
    reader.go("map", year="2010")
    assert '<span class="card-year">2010</span>' in reader.markup
    assert ", 2010, across the Silicon Sea-belt" in reader.card_title
    reader.go("compare", view="ranking", year="2010")
    assert "card-year" not in reader.markup


@pytest.mark.parametrize("view", PRESETS)
def test_a_title_says_which_part_of_the_world_is_shown(reader, view):
    where = "the economies of the atlas" if view == "world" else PRESETS[view].place
    assert reader.go("map", view=view).card_title.endswith(f"across {where}")
