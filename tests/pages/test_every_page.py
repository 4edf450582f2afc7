"""What holds on every page: links, filters and what cannot be shown."""

import pytest

from dashboard.catalogue.address import PARAMETERS

PAGES = ["map", "compare", "data"]
TITLES = {"map": "The Silicon Sea-belt", "compare": "Compare", "data": "Data"}
# Where a page shows a chart of the chosen indicator, and the card it stands in.
CHART_VIEWS = {"map": "belt", "compare": "line", "data": "indicator"}
CARDS = {"map": "map", "compare": "compare", "data": "indicator"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_a_chart_in_its_card_with_source_and_actions(reader, page):
    reader.go(page, view=CHART_VIEWS[page])
    assert reader.title == TITLES[page]
    assert "Research and development expenditure" in reader.card_title
    subtitle = reader.texts('class="card-subtitle"')[0]
    assert subtitle.startswith("Per cent of GDP")
    assert reader.source.startswith("Source: ")
    assert "World Development Indicators" in reader.source
    assert reader.has_chart
    assert reader.widget(f"csv_{CARDS[page]}").label == "CSV"
    assert "View as table" in reader.expanders
    assert not reader.warnings


@pytest.mark.parametrize("page", PAGES)
def test_a_chart_has_a_text_made_from_its_data(reader, page):
    text = reader.go(page, view=CHART_VIEWS[page]).chart_text
    assert "Research and development expenditure" in text
    assert "%" in text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_writes_what_it_shows_into_the_address(reader, page):
    reader.go(page)
    view = {"map": "belt", "compare": "line", "data": "catalogue"}[page]
    assert reader.address["indicator"] == ["rd_expenditure_gdp"]
    assert reader.address["view"] == [view]
    assert page == "data" or reader.address["year"][0].isdigit()
    assert set(reader.address) <= set(PARAMETERS)


LINK = {
    "indicator": "fdi_inward_stock_gdp_unctad",
    "places": ["JPN", "KOR"],
    "year": "2010",
    "from_": "2000",
    "to": "2015",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_link_restores_the_view_and_the_widgets_show_it(reader, page):
    view = {"map": "north_east", "compare": "ranking", "data": "indicator"}[page]
    reader.go(page, view=view, **LINK)
    assert not reader.warnings
    assert "Inward FDI stock" in reader.card_title
    assert reader.widget("filter_indicator").value == "fdi_inward_stock_gdp_unctad"
    assert reader.widget("filter_places").value == ["JPN", "KOR"]
    if page != "data":  # which shows every year
        assert reader.widget("filter_year").value == 2010
    assert reader.widget("filter_from").value == 2000
    assert reader.widget("filter_to").value == 2015
    assert reader.address["places"] == ["JPN", "KOR"]
    assert (reader.address["from"], reader.address["to"]) == (["2000"], ["2015"])


@pytest.mark.parametrize("page", PAGES)
def test_a_link_survives_being_opened_again(reader, root, page):
    first = dict(reader.go(page, view=CHART_VIEWS[page], **LINK).address)
    again = type(reader)(type(reader.app).from_file(root / "dashboard" / "app.py"))
    again.app.default_timeout = reader.app.default_timeout
    second = again.go(page, **{name.replace("from", "from_"): first[name] for name in first})
    assert second.address == first
    assert second.card_title == reader.card_title


@pytest.mark.parametrize("page", PAGES)
def test_every_wrong_parameter_is_named_and_the_page_still_works(reader, page):
    # Any words may be searched for.
    wrong = {name: f"no_such_{name}" for name in PARAMETERS if name not in ("q", "term_search")}
    reader.go(page, **{("from_" if name == "from" else name): wrong[name] for name in wrong})
    assert reader.title == TITLES[page]
    assert "Research and development expenditure" in reader.markup
    assert len(reader.warnings) == len(wrong)
    for name, value in wrong.items():
        assert [text for text in reader.warnings if f"{name} = “{value}”" in text], name
    # The address no longer asks for it, but the reader is still told.
    assert not set(wrong.values()) & {
        value for values in reader.address.values() for value in values
    }


@pytest.mark.parametrize("page", PAGES)
def test_one_wrong_parameter_leaves_the_others(reader, page):
    reader.go(page, indicator="gdp_current_usd", places=["JPN", "ATLANTIS", "KOR"], colour="red")
    assert reader.widget("filter_indicator").value == "gdp_current_usd"
    assert reader.widget("filter_places").value == ["JPN", "KOR"]
    assert len(reader.warnings) == 2


def test_a_year_without_values_is_named_and_a_good_one_shown(reader):
    reader.go("map", year="1950")
    [warning] = reader.warnings
    assert "year = “1950”" in warning
    assert reader.address["year"] != ["1950"]


@pytest.mark.parametrize("page", ["map", "compare"])
def test_a_year_outside_the_range_asked_for_is_named(reader, page):
    reader.go(page, year="2005", from_="2010", to="2015")
    assert 2010 <= int(reader.address["year"][0]) <= 2015
    [warning] = reader.warnings
    assert "year = “2005”" in warning
    assert "has no value in that year for the" in warning


def test_a_link_cannot_put_a_picture_or_a_link_on_the_page(reader):
    """Warnings are written in Markdown, and what stands in the address is not ours."""
    reader.go("map", indicator="![x](https://example.org/x.png) [here](https://example.org)")
    [warning] = [item.value for item in reader.app.warning]
    assert "![x](" not in warning
    assert "[here](" not in warning
    # Escaped, not cut: the reader sees what the link asked for.
    assert "![x](https://example.org/x.png) [here](https://example.org)" in reader.warnings[0]


def test_warnings_go_once_the_reader_chooses_something(reader):
    reader.go("map", indicator="luck")
    assert reader.warnings
    reader.choose("filter_indicator", "fdi_inward_flow_gdp_unctad")
    assert not reader.warnings


@pytest.mark.parametrize("page", PAGES)
def test_choosing_an_indicator_changes_card_and_address(reader, page):
    reader.go(page, view=CHART_VIEWS[page])
    reader.choose("filter_indicator", "fdi_inward_flow_gdp_unctad")
    assert "Inward FDI flow" in reader.card_title
    assert reader.address["indicator"] == ["fdi_inward_flow_gdp_unctad"]
    assert "UNCTAD" in reader.source


@pytest.mark.parametrize("page", PAGES)
def test_choosing_places_years_and_clearing_them(reader, page):
    reader.go(page, view=CHART_VIEWS[page])
    assert "Clear the filters" not in [item.label for item in reader.app.button]
    reader.choose("filter_places", ["JPN", "TWN"]).choose("filter_from", 2010)
    reader.choose("filter_to", 2012)
    assert reader.address["places"] == ["JPN", "TWN"]
    assert (reader.address["from"], reader.address["to"]) == (["2010"], ["2012"])
    assert page == "data" or int(reader.address["year"][0]) in (2010, 2011, 2012)
    reader.press("Clear the filters")
    assert not {"places", "from", "to"} & set(reader.address)
    assert reader.widget("filter_places").value == []
    assert "Clear the filters" not in [item.label for item in reader.app.button]


@pytest.mark.parametrize("page", ["compare", "data"])
def test_a_selection_goes_along_to_the_other_page(reader, page):
    reader.go("map").choose("filter_indicator", "gdp_current_usd")
    reader.choose("filter_places", ["JPN", "KOR"])
    reader.app.query_params.clear()
    reader.go(page)
    assert reader.widget("filter_indicator").value == "gdp_current_usd"
    assert reader.widget("filter_places").value == ["JPN", "KOR"]
    assert not reader.warnings


def test_all_four_filters_of_hubs_stand_on_every_page(reader):
    keys = {f"filter_{name}" for name in ("industry_type", "governance_scale", "firm_scale")}
    for page in PAGES:
        reader.go(page)
        assert keys <= {item.key for item in reader.app.get("button_group")}
        assert reader.widget("filter_industry").label == "Industry"


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_address_keeps_what_the_reader_chose(reader, page):
    """The back button leads to the bare address of a page."""
    reader.go(page, view=CHART_VIEWS[page]).choose("filter_indicator", "gdp_current_usd")
    reader.choose("filter_places", ["JPN", "KOR"])
    reader.app.query_params.clear()
    reader.run()
    assert reader.widget("filter_indicator").value == "gdp_current_usd"
    assert reader.widget("filter_places").value == ["JPN", "KOR"]
    assert reader.address["places"] == ["JPN", "KOR"]


def test_industry_and_scale_are_said_to_choose_among_hubs_on_the_map_only(reader):
    hint = "On the map, industry and scale choose among hubs, clusters"
    said = {
        page: [item.value for item in reader.go(page).app.sidebar.caption]
        for page in ("map", "compare")
    }
    assert [text for text in said["map"] if text.startswith(hint)]
    assert not [text for text in said["compare"] if text.startswith(hint)]
