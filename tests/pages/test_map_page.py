"""The map page: headline figures, filters on hubs, the panel of a place."""

import re

import pytest

from dashboard.catalogue.selection import LAYERS, PROGRAMME_SHADES, Selection
from dashboard.charts.maps import PRESETS
from dashboard.ui.map_page import drawn_of, resolve
from dashboard.ui.map_page.figure import DRAWN_BY, key_of
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
        r"10 of 10 hubs of the belt, parks of Taiwan · \d+ of 39 ties",
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
    shown = int(re.search(r"(\d+) of 10 hubs", subtitle(reader))[1])
    assert 0 <= shown <= 10
    reader.press("Clear the filters")
    assert filter_name not in reader.address
    assert "10 of 10 hubs" in subtitle(reader)


def test_the_governance_scale_brings_the_layers_that_belong_to_it(reader):
    reader.go("map").choose("filter_governance_scale", ["subnational"])
    assert reader.address["governance_scale"] == ["subnational"]
    assert re.search(r"\d+ of 150 programme regions", subtitle(reader))
    assert "hubs of the belt" not in subtitle(reader)
    reader.choose("filter_governance_scale", ["transnational"])
    assert re.search(r"[1-9]\d* of 39 ties", subtitle(reader))
    reader.press("Clear the filters")
    assert "10 of 10 hubs of the belt" in subtitle(reader)


def test_filters_that_leave_no_hub_say_so(reader):
    reader.go("map", industry_type="natural_resource_based", firm_scale="sme_dominated")
    assert "0 of 10 hubs of the belt, parks of Taiwan · 0 of 39 ties" in subtitle(reader)
    assert [note for note in reader.notes if note.startswith("No hubs of the belt, parks of T")]
    assert [note for note in reader.notes if note.startswith("No regions of hubs are drawn")]
    assert reader.has_chart


def test_filters_that_leave_no_value_say_so(reader):
    reader.go("map", indicator="rd_expenditure_gdp", places="MAC", from_="1901", to="1902")
    assert [note for note in reader.notes if note.startswith("No values of Research and dev")]
    assert reader.card_title == (
        "Regions of the hubs, hubs of the belt, parks of Taiwan, ties across the Silicon Sea-belt"
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


# --- Filters within layers, areas of programme regions --------------------------------------------

FABS = {"layers": ["economies", "fabs"]}
REGIONS = {"layers": ["economies", "programme_regions"]}


def keys(reader):
    """Keys of all boxes on the page."""
    kinds = ("selectbox", "multiselect")
    return {item.key for kind in kinds for item in reader.app.get(kind)}


def test_filters_of_a_layer_are_there_when_it_is(reader):
    reader.go("map")
    assert not {"map_operator", "map_stage"} & keys(reader)
    reader.go("map", **FABS)
    assert {"map_operator", "map_wafer", "map_fab_status", "map_fab_from"} <= keys(reader)
    assert "map_stage" not in keys(reader)


def test_fabs_can_be_filtered_and_all_shown_again(reader):
    reader.go("map", **FABS).choose("map_operator", ["TSMC"])
    assert reader.address["operator"] == ["TSMC"]
    [shown, total] = re.search(r"(\d+) of (\d+) wafer fabs", subtitle(reader)).groups()
    assert 0 < int(shown) < int(total)
    reader.choose("map_fab_from", 2020)
    assert reader.address["fab_from"] == ["2020"]
    assert [note for note in reader.notes if "no start year in the sources" in note]
    reader.press("Show all")
    assert not {"operator", "fab_from"} & set(reader.address)
    assert f"{total} of {total} wafer fabs" in subtitle(reader)


def test_filters_that_leave_no_fab_say_which_to_clear(reader):
    reader.go("map", operator="TSMC", fab_status="planned", wafer="200", **FABS)
    assert [note for note in reader.notes if "No wafer fabs pass" in note and "Filter fabs" in note]
    assert reader.has_chart


def test_programme_regions_can_be_filtered_and_the_list_follows(reader):
    reader.go("map", **REGIONS)
    before = len(reader.widget("map_list").options)
    reader.choose("map_region_programme", ["kr_iccp"])
    assert reader.address["region_programme"] == ["kr_iccp"]
    assert "12 of 150 programme regions" in subtitle(reader)
    assert len(reader.widget("map_list").options) == before - 138


def test_an_amount_known_or_asked_for_is_one_choice(reader):
    reader.go("map", **REGIONS).choose("map_amount", -1)
    assert reader.address["amount_known"] == ["1"]
    assert "amount_from" not in reader.address
    reader.choose("map_amount", 100)
    assert reader.address["amount_from"] == ["100"]
    reader.choose("map_amount", 0)
    assert not {"amount_known", "amount_from"} & set(reader.address)


@pytest.mark.parametrize("shade", PROGRAMME_SHADES)
def test_areas_of_programme_regions_are_said_not_to_be_their_extent(reader, shade):
    reader.go("map", programme_shade=shade, **REGIONS)
    assert reader.address["programme_shade"] == [shade]
    [note] = [text for text in reader.notes if "smaller than the area shaded" in text]
    assert note.startswith("133 of 150 programme regions")
    sums = [text for text in reader.notes if "must not be added up" in text]
    assert bool(sums) is (shade == "amount")


def test_a_market_without_sales_in_the_years_chosen_says_so(reader):
    reader.go("map", view="world", layers=["market"], from_="1950", to="1960")
    assert [note for note in reader.notes if note.startswith("The world chip market has no sales")]


def test_a_market_outside_the_view_says_so(reader):
    reader.go("map", view="india", layers=["market"])
    assert [note for note in reader.notes if "market stand outside this part" in note]
    reader.go("map", view="world", layers=["market"])
    assert not [note for note in reader.notes if "world chip market" in note]


# --- Which maps are one and the same --------------------------------------------------------------

EVERY_LAYER = Selection(layers=LAYERS)
# A value of each field that makes another map.
OTHERS = {
    "indicator": "gdp_current_usd",
    "places": ("TWN",),
    "first_year": 2000,
    "last_year": 2005,
    "industry_type": ("science_based",),
    "industry": ("semiconductors",),
    "governance_scale": ("local",),
    "firm_scale": ("tnc_dominated",),
    "view": "india",
    "size": "software_exports_inr_crore",
    "mode": "difference",
    "classes": "quantile",
    "tolerance": 3,
    "shade": "industry_type",
    "programme_shade": "stage",
    "event": "y1980_hsinchu_2",
    "selected": ("TWN",),
    "operator": ("TSMC",),
    "wafer": ("300",),
    "fab_status": ("planned",),
    "fab_from": 2010,
    "fab_to": 2015,
    "region_programme": ("kr_iccp",),
    "stage": ("Stage I",),
    "region_industry": ("semiconductors",),
    "amount_known": True,
    "amount_from": 100,
}


def key(selection):
    return key_of(resolve(catalogue(), selection)[0])


def test_every_field_that_a_map_is_drawn_by_has_an_example():
    assert set(OTHERS) == set(DRAWN_BY)


@pytest.mark.parametrize("name", [name for name in OTHERS if name != "size"])
def test_a_field_that_a_map_is_drawn_by_makes_another_figure(name):
    other = EVERY_LAYER.with_(**{name: OTHERS[name]})
    assert key(other) != key(EVERY_LAYER)
    shown = [resolve(catalogue(), item)[0] for item in (other, EVERY_LAYER)]
    one, two = (drawn_of(item, "light").drawing.json for item in shown)
    assert one != two


@pytest.mark.parametrize(
    "changes",
    [
        {"place": "TWN"},
        {"base": 2000},
        {"log": True},
        {"topic": "rd"},
        {"q": "chips"},
        {"window": "127,36,0,2"},
        {"year": 2005},
        {"transform": "rank"},
        {"money": "ppp"},
        {"prices": 2015},
        {"peers": "region"},
        {"also": ("gdp_current_usd",)},
        {"scaling": "free"},
        {"fit": True},
        {"rivals": True},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_fields_of_the_panel_the_year_and_other_pages_make_no_new_figure(changes):
    assert key(EVERY_LAYER.with_(**changes)) == key(EVERY_LAYER)


def test_filters_of_a_layer_that_is_not_on_the_map_make_no_new_figure():
    usual = Selection()
    assert key(usual.with_(operator=("TSMC",), stage=("Stage I",))) == key(usual)
    by_programme = Selection(shade="programme")
    assert key(by_programme.with_(stage=("Stage I",))) != key(by_programme)


@pytest.mark.parametrize("shade", PROGRAMME_SHADES)
def test_a_map_of_every_layer_is_small_enough_to_send(shade):
    shown, _ = resolve(catalogue(), EVERY_LAYER.with_(programme_shade=shade))
    assert len(drawn_of(shown, "dark").drawing.json) < 250_000


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
    assert re.search(r" of 19 economies have a value and .* · 2 of 10 hubs", subtitle(reader))
    assert not reader.warnings


def test_the_year_of_the_title_can_follow_the_slider(reader):
    reader.go("map", year="2010")
    assert '<span class="card-year">2010</span>' in reader.markup
    assert ", 2010, across the Silicon Sea-belt" in reader.card_title
    reader.go("compare", view="ranking", year="2010")
    assert "card-year" not in reader.markup


def test_the_year_of_prices_in_the_name_of_an_indicator_stays(reader):
    reader.go("map", indicator="gdp_pcap_ppp_const2021", year="2021")
    [heading] = re.findall(r'<h2 class="card-title">([^\n]*2021[^\n]*?)</h2>', reader.markup)
    before, _, _ = heading.partition('<span class="card-year">2021</span>, across')
    assert "constant 2021" in before


def test_without_the_layer_of_economies_none_is_listed_as_without_a_value(reader):
    def listed(*layers):
        reader.go("map", indicator="rd_expenditure_gdp", layers=list(layers))
        return reader.widget("map_list").options

    assert [text for text in listed("economies") if text.endswith(": no value")]
    texts = listed("hubs")
    assert len(texts) >= 8
    assert not [text for text in texts if "no value" in text]


@pytest.mark.parametrize("view", PRESETS)
def test_a_title_says_which_part_of_the_world_is_shown(reader, view):
    where = "the economies of the atlas" if view == "world" else PRESETS[view].place
    assert reader.go("map", view=view).card_title.endswith(f"across {where}")


def test_only_another_map_gets_a_head_start_before_the_rest_of_the_page(reader, head_starts):
    reader.go("map", indicator="rd_expenditure_gdp")
    assert not head_starts
    reader.choose("map_view", "world")
    assert len(head_starts) == 1
    reader.run()
    assert len(head_starts) == 1
