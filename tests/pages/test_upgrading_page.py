"""The page on upgrading: every framework readable, ticks and filters, what cannot be shown."""

import re

import pytest

from dashboard.catalogue.frameworks import elements
from dashboard.catalogue.selection import Selection
from dashboard.ui.upgrading.settle import FRAMEWORKS, VIEWS, settle

CARDS = {
    "types": "Which case took which way of upgrading",
    "capital": "Where the papers put the four cases",
    "industries": "Places of the atlas by type of industry",
    "products": "What a product leaves to learn, early and late in its life",
    "strategies": "What each strategy asks of research and development",
    "capabilities": "Ten soft capabilities: tick those that are there",
    "global_factory": "What foreign-invested firms export from China",
}


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_stands_in_cards_with_title_unit_source_and_table(reader, view):
    reader.go("upgrading", view=view)
    assert reader.title == "Upgrading"
    assert not reader.warnings
    assert reader.card_title == CARDS[view]
    assert reader.has_chart
    titles = reader.texts('class="card-title"')
    assert len(reader.texts('class="card-subtitle"')) == len(titles)
    assert sum(label.startswith("**Source:**") for label in reader.expanders) == len(titles)
    assert reader.expanders.count("View as table") == len(titles)


def test_every_element_of_the_pages_frameworks_can_be_opened_in_its_view(catalogue):
    shown = set()
    for key, (of, element) in elements(catalogue).items():
        view = next((name for name, held in FRAMEWORKS.items() if of.framework_id in held), None)
        if view:
            state, refused = settle(catalogue, Selection(element=key), {"element"})
            assert (state.view, state.element, refused) == (view, element, [])
            shown.add(of.framework_id)
    assert shown == {name for names in FRAMEWORKS.values() for name in names}


def test_an_element_shows_what_is_said_with_cases_figures_and_source(reader):
    reader.go("upgrading", element="capital_by_case.bangalore_software")
    assert reader.address["view"] == ["capital"]
    assert "Bangalore software" in reader.texts('class="card-title"')
    assert "Where the papers disagree" in reader.markup
    assert "Where the documents on this case do not agree" in reader.markup
    assert "None of them measures upgrading" in reader.markup


def test_an_element_of_another_view_is_refused_if_the_address_asks_for_both(reader):
    reader.go("upgrading", view="types", element="global_factory.weaknesses")
    [warning] = reader.warnings
    assert "it belongs to the view “Global factory”" in warning
    assert reader.address["element"] == ["upgrading_types.process"]


def test_an_element_left_from_another_view_gives_way_without_a_word(catalogue):
    selection = Selection(view="types", element="global_factory.weaknesses")
    state, refused = settle(catalogue, selection, {"view"})
    assert (state.element.element_id, refused) == ("process", [])


def test_ticks_come_from_the_address_are_counted_and_leave_what_is_open(reader):
    reader.go("upgrading", view="capabilities", have=["capability_01", "capability_10"])
    assert "2 of 10 ticked. Open: Talent," in reader.markup
    [talent] = [box for box in reader.app.checkbox if box.label == "Talent"]
    talent.check()
    reader.run()
    assert reader.address["have"] == ["capability_01", "capability_02", "capability_10"]
    assert "3 of 10 ticked. Open: Knowledge sourcing," in reader.markup
    reader.press("Clear the ticks")
    assert "have" not in reader.address
    assert "0 of 10 ticked" in reader.markup


def test_the_industry_type_filter_keeps_its_types_only(reader):
    reader.go(
        "upgrading",
        view="industries",
        industry_type="science_based",
        element="industry_types.traditional_manufacturing",
    )
    assert reader.address["element"] == ["industry_types.science_based"]
    assert reader.widget("upgrading_industry_types").options == ["Science-based industry"]
    assert "Traditional manufacturing" not in reader.chart_text


def test_the_global_factory_draws_the_chosen_economies_and_leads_to_the_same_choice(reader):
    reader.go("upgrading", view="global_factory", places=["VNM", "THA"])
    [title] = [text for text in reader.texts('class="card-title"') if "net inflows" in text]
    assert {"Viet Nam", "Thailand"} <= set(title.split(": ")[1].split(", "))
    assert "Each bar is a share of another whole: they do not add up." in reader.notes
    [link] = re.findall(
        r'href="([^"]+)"[^>]*>The same choice on the page to compare', reader.markup
    )
    assert "indicator=fdi_net_inflows_gdp" in link
    assert "VNM" in link
    assert "THA" in link
