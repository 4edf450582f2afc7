"""The page on small firms: its views, what compares, whose law, and what is not held."""

import pytest

from dashboard.catalogue.address import PARAMETERS
from dashboard.catalogue.sme_measures import MEASURES
from dashboard.ui.smes.settle import MOST_PLACES, SHARE_VIEWS, VIEWS

CARDS = {
    "over_time": ["shares", "limits"],
    "one_year": ["shares", "limits"],
    "importance": ["importance"],
    "definitions": ["limits", "twice"],
    "sectors": ["sectors"],
    "papers": ["papers", "conflicts"],
}


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_stands_in_cards_with_source_and_table(reader, view):
    reader.go("smes", view=view)
    assert reader.title == "Small and medium firms"
    assert not reader.warnings
    assert not reader.infos
    assert reader.widget("smes_view").value == view
    assert len(reader.charts) == len(CARDS[view]) == len(reader.texts('class="card-title"'))
    assert reader.source.startswith("Source: ")
    for key in CARDS[view]:
        assert reader.widget(f"csv_smes_{key}").label == "CSV"
        reader.app.session_state[f"table_smes_{key}"] = True
    reader.run()
    assert reader.markup.count('<table class="plain">') or reader.has("dataframe")
    assert reader.address["view"] == [view]
    assert set(reader.address) <= set(PARAMETERS)


@pytest.mark.parametrize("view", VIEWS)
def test_no_wall_of_text(reader, view):
    reader.go("smes", view=view)
    for text in reader.texts('class="card-sentence"') + reader.texts('class="hint"'):
        assert len(text.split()) <= 120


@pytest.mark.parametrize("view", SHARE_VIEWS)
@pytest.mark.parametrize("measure", MEASURES, ids=lambda item: item.name)
def test_each_measure_is_shown_with_a_verdict_above(reader, view, measure):
    reader.go("smes", view=view).choose("smes_measure", measure.name)
    assert reader.address["indicator"] == [measure.indicators[0]]
    name = reader.app.session_state["selection"].indicator
    assert name == measure.indicators[0]
    assert reader.card_title.startswith("SMEs in ")
    assert len(reader.texts('class="verdict-line')) == 1


def test_shares_under_other_laws_are_said_not_to_compare_and_can_be_left_out(reader):
    reader.go("smes", view="over_time", places=["MYS", "JPN", "TWN"])
    [line] = reader.texts('class="verdict-line')
    assert "legal SME limits differ" in line
    reader.choose("compare_comparable", True)
    [line] = reader.texts('class="verdict-line')
    assert "Not comparable" not in line
    assert [note for note in reader.notes if note.startswith("Left out, other legal SME limits")]
    assert reader.address["comparable"] == ["1"]


def test_the_limits_behind_the_shares_stand_beside_them(reader):
    reader.go("smes", view="over_time", places=["MYS", "JPN"])
    assert reader.texts('class="card-title"')[1] == "The legal limits behind these shares"
    assert [note for note in reader.notes if note.startswith("No law is named for some or all")]


def test_sectors_are_chosen_and_a_share_without_them_says_so(reader):
    reader.go("smes", view="over_time", places=["KOR"]).choose("smes_scope", "manufacturing")
    assert reader.address["scope"] == ["manufacturing"]
    assert "manufacturing" in reader.texts('class="card-subtitle"')[0]
    assert "71.4 % in 2018" in reader.chart_text or "69.5 %" in reader.chart_text
    reader.choose("smes_measure", "gdp")
    assert [text for text in reader.warnings if "scope = “manufacturing”" in text]
    assert "scope" not in reader.address


def test_a_filter_on_years_holds_and_the_year_is_for_one_year(reader):
    reader.go("smes", view="one_year", indicator="sme_share_gdp", from_="2014", to="2019")
    assert 2014 <= int(reader.address["year"][0]) <= 2019
    reader.choose("filter_year", 2019)
    assert reader.card_title == "SMEs in GDP, 2019"
    reader.choose("smes_view", "over_time")
    assert reader.widget("filter_year").disabled
    assert reader.card_title.endswith("2014–2019")


def test_a_year_without_values_is_named(reader):
    reader.go("smes", view="one_year", year="1950")
    [warning] = reader.warnings
    assert "year = “1950”" in warning


def test_too_many_places_are_refused_by_name(reader, catalogue):
    places = catalogue.places_with("sme_share_enterprises", "economy")
    assert len(places) > MOST_PLACES
    reader.go("smes", view="over_time", indicator="sme_share_enterprises", places=places)
    assert len(reader.warnings) == len(places) - MOST_PLACES
    assert all(f"up to {MOST_PLACES} places can be shown" in text for text in reader.warnings)


def test_places_without_a_share_are_named(reader):
    reader.go("smes", view="over_time", indicator="sme_share_gdp", places=["MYS", "JPN"])
    assert "Japan: no observations." in reader.notes
    reader.go("smes", view="over_time", indicator="sme_share_gdp", places=["JPN"])
    assert [text for text in reader.infos if text.startswith("No observations of SMEs in GDP")]
    assert not reader.has_chart


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("JPN", "68.8 % of employment (2016), 52.9 % of value added (2016)"),
        ("KOR", "80.4 % of employment (2023)"),
        ("MYS", "48.7 % of employment (2024), 39.5 % of GDP (2024)"),
        ("IDN", "of GDP (2023)"),
        ("GBR", "each figure counts in its way"),
    ],
)
def test_the_answer_says_how_important_smes_are(reader, catalogue, place, words):
    reader.go("smes", view="importance", place=place)
    name = catalogue.places[place].name
    assert reader.card_title == f"How important are SMEs in {name}?"
    [told] = reader.texts('class="card-sentence"')
    assert words in told
    assert not reader.warnings
    # Each number has its document and whoever compares.
    assert "Who compares" in reader.markup
    rows = reader.markup.count("<summary>source</summary>")
    assert rows >= len(reader.texts('scope="row"')) > 0


def test_the_answer_names_who_compares_and_who_does_not(reader):
    reader.go("smes", view="importance").choose("smes_place", "MYS")
    assert reader.address["place"] == ["MYS"]
    assert "Taiwan 79.29 % (2024)" in reader.markup
    assert "Another legal limit: " in reader.markup
    assert "Taiwan 22.1 % (2024) – lowest of 2" in reader.markup


def test_an_economy_without_a_share_is_refused_by_name(reader):
    reader.go("smes", view="importance", place="MNG")
    [warning] = reader.warnings
    assert "Mongolia" in warning
    assert reader.card_title == "How important are SMEs in Japan?"


def test_a_hub_leads_to_its_economy(reader):
    reader.go("smes", view="importance", place="hsinchu")
    assert reader.card_title == "How important are SMEs in Taiwan?"
    assert not reader.warnings


def test_laws_are_chosen_by_limit_sector_and_force(reader):
    reader.go("smes", view="definitions", places=["MYS"])
    assert "2 definitions" in reader.texts('class="card-subtitle"')[0]
    reader.choose("smes_in_force", True)
    assert "1 definition" in reader.texts('class="card-subtitle"')[0]
    reader.choose("smes_limit", "turnover").choose("smes_scope", "services")
    assert reader.card_title == "Who counts as an SME: limits of turnover"
    assert "trade and services" in reader.texts('class="card-subtitle"')[0]
    assert "MYR 20 mn" in reader.chart_text
    assert reader.address["limit"] == ["turnover"]
    assert reader.address["in_force"] == ["1"]


def test_it_is_said_that_no_source_counts_by_anothers_limit(reader):
    reader.go("smes", view="definitions")
    [told] = reader.texts('class="card-sentence"')
    assert told.startswith("No source of the atlas counts the firms of one economy by the limit")
    assert "Recomputed under the 2019 definition" in reader.markup


def test_an_economy_without_such_a_limit_is_named(reader):
    reader.go("smes", view="definitions", places=["JPN", "IND"])
    assert "No limit of employees for these sectors: India." in reader.notes
    reader.go("smes", view="definitions", places=["JPN", "hsinchu"])
    assert [note for note in reader.notes if note.startswith("No legal limit is held: Hsinchu")]


def test_sectors_answer_to_economy_and_industry_type(reader):
    reader.go("smes", view="sectors", places=["THA"], industry_type=["complex_product_systems"])
    assert reader.card_title == "The three largest manufacturing sectors of 1 economy"
    assert "Motor vehicles and trailers in Thailand" in reader.chart_text
    assert "year of the data not given" in reader.texts('class="card-subtitle"')[0]
    reader.go("smes", view="sectors", places=["JPN"], industry_type=[])
    [info] = reader.infos
    assert "Nothing is held here for Japan" in info
    assert "Thailand" in info


def test_figures_of_the_papers_and_conflicts_are_found(reader):
    reader.go("smes", view="papers", places=["KOR", "IND"])
    assert "70.0 %" in reader.chart_text
    assert "SMEs in net domestic product" in reader.chart_text
    reader.app.session_state["table_smes_conflicts"] = True
    reader.run()
    assert "The document of the first is newer." in reader.markup


def test_an_indicator_from_another_page_is_replaced_without_a_word(reader):
    reader.go("map")
    reader.app.query_params.clear()
    reader.go("smes")
    assert not reader.warnings
    assert reader.widget("filter_indicator").value == "sme_share_employment"
    assert reader.address["indicator"] == ["sme_share_employment"]


def test_an_indicator_that_is_no_share_is_refused_by_name(reader):
    reader.go("smes", indicator="population")
    [warning] = reader.warnings
    assert "it is no share of small and medium firms in an economy" in warning


def test_every_wrong_parameter_is_named_and_the_page_still_works(reader):
    wrong = {name: f"no_such_{name}" for name in PARAMETERS if name not in ("q", "term_search")}
    reader.go("smes", **{("from_" if name == "from" else name): wrong[name] for name in wrong})
    for name, value in wrong.items():
        assert [text for text in reader.warnings if f"{name} = “{value}”" in text], name
    assert reader.has_chart


def test_a_link_survives_being_opened_again(reader, root):
    first = dict(
        reader.go("smes", view="one_year", indicator="sme_share_exports", places=["KOR", "TWN"],
                  scope="all").address
    )  # fmt: skip
    again = type(reader)(type(reader.app).from_file(root / "dashboard" / "app.py"))
    again.app.default_timeout = reader.app.default_timeout
    second = again.go("smes", **first)
    assert second.address == first
    assert second.card_title == reader.card_title
