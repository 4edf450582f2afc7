"""The page on semiconductors: its views, its filters, what does not compare and why."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.ui.semiconductors.settle import VIEWS

PAGE = "semiconductors"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_cards_with_title_unit_and_source(reader, view):
    reader.go(PAGE, view=view)
    assert reader.title == "Semiconductors"
    titles = reader.texts('class="card-title"')
    assert titles
    assert len(reader.texts('class="card-subtitle"')) == len(titles)
    assert sum(label.startswith("**Source:**") for label in reader.expanders) == len(titles)
    assert reader.has_chart
    assert not reader.warnings
    assert not reader.infos


@pytest.mark.parametrize("view", VIEWS)
def test_no_block_of_words_is_longer_than_120_without_a_table(reader, view):
    reader.go(PAGE, view=view)
    for paragraph in re.findall(r"<(?:p|li)[ >].*?</(?:p|li)>", reader.markup, re.S):
        assert len(re.sub(r"<[^>]+>", "", paragraph).split()) <= 120


def test_the_page_opens_with_world_sales_and_says_that_months_are_summed(reader):
    reader.go(PAGE)
    assert reader.address["view"] == ["sales"]
    assert reader.card_title == "World semiconductor sales by region of the buyer, 1986–2025"
    assert "sums of twelve months" in reader.texts('class="card-subtitle"')[0]
    assert any("sum of its twelve months" in note for note in reader.notes)


def test_shares_are_one_press_away_and_in_the_address(reader):
    reader.go(PAGE)
    reader.choose("semiconductors_as", "share_of_shown")
    assert reader.address["transform"] == ["share_of_shown"]
    assert reader.texts('class="card-subtitle"')[0].startswith("Per cent of world sales")
    reader.choose("semiconductors_as", "")
    assert "transform" not in reader.address


def test_downturns_are_listed_with_fall_and_recovery(reader):
    reader.go(PAGE)
    assert "World, 2001" in re.sub(r"<[^>]+>", "", reader.markup)
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>.*?</tr>", reader.markup)]
    [fell] = [row for row in rows if ", 2001" in row]
    assert "−32.0 %" in fell
    assert "|2004|" in fell
    assert "Ernst" in fell


def test_a_region_and_years_narrow_growth_and_its_first_change_needs_the_year_before(reader):
    reader.go(PAGE, view="sales", places=["wsts_japan"], from_="2005", to="2010")
    assert "Growth cycles of semiconductor sales: Japan (world region)" in reader.texts(
        'class="card-title"'
    )
    assert "2005–2010" in reader.texts('class="card-subtitle"')[1]


def test_places_that_a_view_does_not_have_stay_chosen_and_are_named(reader):
    reader.go(PAGE, view="sales", places=["JPN", "wsts_europe"])
    hints = [item.value for item in reader.app.sidebar.caption]
    assert "Chosen, but not in this view: Japan." in hints
    assert reader.widget("filter_places").value == ["wsts_europe"]
    assert reader.address["places"] == ["JPN", "wsts_europe"]


# --- Counts ---------------------------------------------------------------------------------------


def test_rival_counts_have_a_card_each_under_a_verdict_that_says_why(reader):
    reader.go(PAGE, view="capacity")
    titles = reader.texts('class="card-title"')
    assert len(titles) == len(reader.charts) == 7
    assert len(set(titles)) == 7
    verdicts = reader.texts('class="verdict-line not_comparable"')
    assert len(verdicts) == 2
    assert "an economy has different levels in the same year" in verdicts[0]
    assert any("China 2020 is 15.3 or 22.8 %" in note for note in reader.notes)


def test_a_forecast_is_not_on_the_line_and_is_named(reader):
    reader.go(PAGE, view="capacity")
    [note] = [text for text in reader.notes if text.startswith("Held, but no past year")]
    assert "China 2024 (forecast made in 2022)" in note


def test_an_economy_leaves_the_counts_that_have_it(reader):
    reader.go(PAGE, view="foundry").choose("filter_places", ["JPN"])
    assert reader.texts('class="card-title"') == ["Foundry capacity, all nodes"]
    assert "Without a value under the filters" in reader.markup


def test_years_without_a_count_are_told(reader):
    reader.go(PAGE, view="foundry", to="2000")
    assert "No count has a value for the places and years chosen." in reader.infos[0]


# --- The belt's share -----------------------------------------------------------------------------


def test_claims_stand_side_by_side_with_year_source_and_wording(reader):
    reader.go(PAGE, view="belt")
    [verdict] = reader.texts('class="verdict-line not_comparable"')
    assert "the belt is not the same area" in verdict
    text = reader.chart_text
    for words in ("“one third”", "at least 50 %", "published 2009", "The Japan Times"):
        assert words in text
    assert "for a narrower belt: Singapore, Hong Kong" in reader.markup


# --- Hubs -----------------------------------------------------------------------------------------


def test_all_hubs_have_a_panel_and_their_gaps_are_listed(reader):
    reader.go(PAGE, view="hubs")
    assert reader.card_title == "The longest chip series of each hub"
    assert "no panel is to be set against another" in reader.notes[0]
    table = reader.markup.split("Years held and missing of each series")[-1]
    assert "2001, 2005–2006, 2008–2011" in table
    assert "January-June" in table


def test_a_hub_is_found_and_every_series_of_it_is_shown(reader):
    reader.go(PAGE, view="hubs").choose("semiconductors_hub", "kyushu")
    assert reader.card_title == "Chip figures of Kyushu / Fukuoka"
    assert reader.address["place"] == ["kyushu"]
    assert "Billion Japanese yen" not in reader.texts('class="card-subtitle"')[0]
    assert "billion Japanese yen" in reader.markup
    reader.choose("semiconductors_hub", None)
    assert reader.card_title == "The longest chip series of each hub"


def test_an_indicator_of_chip_hubs_sets_them_on_one_scale_and_names_who_lacks_it(reader):
    reader.go(PAGE, view="sales").choose("filter_indicator", "ic_design_revenue_cny_bn")
    assert reader.address["view"] == ["hubs"]
    assert reader.card_title == "Chip-design revenue of the city, hub by hub"
    [missing] = [note for note in reader.notes if note.startswith("No yearly value:")]
    assert "Hsinchu" in missing
    assert "Beijing" not in missing


def test_a_link_to_a_place_that_is_no_chip_hub_is_refused_by_name(reader):
    reader.go(PAGE, view="hubs", place="harbin")
    [warning] = reader.warnings
    assert "Harbin" in warning
    assert reader.card_title == "The longest chip series of each hub"
    assert "place" not in reader.address


def test_hubs_obey_the_filters_of_the_bar(reader):
    reader.go(PAGE, view="hubs").choose("filter_places", ["TWN"])
    table = reader.markup.split("Years held and missing of each series")[-1]
    assert "Hsinchu" in table
    assert "Beijing" not in table


# --- Fabs -----------------------------------------------------------------------------------------


def test_all_242_fabs_are_in_the_table_with_their_documents(reader):
    reader.go(PAGE, view="fabs")
    [table] = [frame.value for frame in reader.app.dataframe]
    assert len(table) == 242
    assert (table["Documents"] != "").all()
    assert (
        sum("a number of rows is not a number of factories" in text for text in reader.notes) == 3
    )
    assert any("No start year in the sources: 218 of 242 rows" in text for text in reader.notes)


@pytest.mark.parametrize(
    ("widget", "value", "parameter", "rows"),
    [
        ("map_operator", ["TSMC"], "operator", 0),
        ("map_wafer", ["300"], "wafer", 35),
        ("map_fab_status", ["planned"], "fab_status", 2),
        ("map_fab_from", 2020, "fab_from", 10),
        ("map_fab_to", 2007, "fab_to", 5),
    ],
)
def test_a_filter_of_fabs_changes_map_decades_table_and_address(
    reader, catalogue, widget, value, parameter, rows
):
    rows = rows or int((catalogue.table("fabs")["operator"] == "TSMC").sum())
    reader.go(PAGE, view="fabs").choose(widget, value)
    [table] = [frame.value for frame in reader.app.dataframe]
    assert len(table) == rows
    assert f"{rows} of 242 rows pass the filters" in reader.markup
    assert parameter in reader.address
    reader.press("Show all")
    assert parameter not in reader.address
    assert len(reader.app.dataframe[0].value) == 242


def test_filters_that_leave_no_fab_are_told_with_what_was_left_out(reader):
    reader.go(PAGE, view="fabs", operator="ASMC", fab_from="2020")
    assert "None of the 242 rows passes the filters." in reader.infos[0]
    assert "no start year in the sources" in reader.infos[0]


def test_the_way_to_the_map_keeps_the_filters_and_drops_years_that_would_hide_fabs(reader):
    reader.go(PAGE, view="fabs", wafer="300", places=["TWN"], to="2010")
    [address] = re.findall(r'href="([^"]+)">Open these fabs on the map', reader.markup)
    asked = parse_qs(urlsplit(address.replace("&amp;", "&")).query, keep_blank_values=True)
    assert asked["wafer"] == ["300"]
    assert asked["places"] == ["TWN"]
    assert "fabs" in asked["layers"]
    assert (asked["from"], asked["to"]) == ([""], [""])


# --- Ties and events ------------------------------------------------------------------------------


def test_ties_and_events_are_listed_and_obey_places_and_years(reader, catalogue):
    reader.go(PAGE, view="ties")
    assert f"{len(catalogue.links())} of {len(catalogue.links())} ties" in reader.markup
    reader.choose("filter_places", ["hsinchu"]).choose("filter_from", 2010)
    titles = reader.texts('class="card-title"')
    assert titles[0].startswith("What happened in chip hubs and their economies, 20")
    ties = reader.markup.split("Ties in the order of their first year")[-1]
    assert "Hsinchu" in ties
    assert "Texas Instruments" not in ties


def test_a_view_that_the_page_does_not_have_is_refused(reader):
    reader.go(PAGE, view="weather")
    assert "this page has no such view" in reader.warnings[0]
    assert reader.address["view"] == ["sales"]
