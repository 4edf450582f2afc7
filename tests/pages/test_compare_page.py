"""The compare page: its views, what is made of values, and what is missing for whom."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.ui.compare.settle import MOST_PLACES, VIEWS

FAMILIES = (
    "sme_share_employment",
    "sme_share_enterprises",
    "fdi_inward_flow_gdp_unctad",
    "uspto_semiconductor_patents",
    "park_revenue_twd_bn",
    "semiconductor_billings",
    "population",
)


# What a view needs besides an indicator with values.
WITHOUT_CHART = {"table"}


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_stands_in_a_card_with_its_table(reader, view):
    reader.go("compare", indicator="fdi_inward_stock_usd_mn", view=view)
    assert not reader.warnings
    assert not reader.infos
    assert reader.card_title
    assert reader.widget("compare_view").value == view
    assert reader.has_chart == (view not in WITHOUT_CHART)
    reader.app.session_state["table_compare"] = True
    reader.run()
    assert reader.has("dataframe")


@pytest.mark.parametrize("indicator", FAMILIES)
@pytest.mark.parametrize("view", ["line", "ranking", "heat", "table"])
def test_each_family_has_the_usual_views(reader, indicator, view):
    reader.go("compare", indicator=indicator, view=view)
    assert not reader.warnings
    assert reader.card_title
    # Beside a chart the table is made when the reader opens it.
    assert reader.has("dataframe") == (view == "table")


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_of_one_place_shows_it_or_says_what_is_missing(reader, view):
    reader.go("compare", indicator="rd_expenditure_gdp", places=["JPN"], view=view)
    assert reader.infos or reader.card_title
    assert reader.address["places"] == ["JPN"]


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "parts"])
def test_each_view_of_a_place_without_values_says_so(reader, view):
    reader.go("compare", indicator="sme_share_employment", places=["MAC"], view=view)
    assert not reader.has_chart
    assert [text for text in reader.infos if text.startswith("No observations of")]


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_of_a_series_with_gaps_names_them_or_shows_another_year(reader, view):
    reader.go("compare", indicator="rd_expenditure_gdp", places=["IND", "IDN", "PHL"], view=view)
    assert reader.infos or reader.notes


def test_places_that_lack_years_are_named(reader):
    reader.go("compare", places=["JPN", "IND"])
    assert "India: no observations after 2020." in reader.notes


def test_a_ranking_names_who_has_no_value_in_the_year(reader):
    reader.go("compare", view="ranking", places=["JPN", "IND", "IDN"], year="2022")
    assert reader.card_title.endswith("ranked, 2022")
    assert "No value for 2022: India (latest 2020), Indonesia (latest 2020)." in reader.notes


def test_incomparable_figures_are_said_first(reader):
    reader.go("compare", indicator="sme_share_employment", places=["JPN", "IND", "CHN"])
    grave = reader.texts('class="not_comparable"')
    assert [text for text in grave if "Not comparable: sectors differ" in text]
    assert [text for text in grave if "legal SME limits differ" in text]


def test_changing_the_view_changes_the_address(reader):
    reader.go("compare").choose("compare_view", "ranking")
    assert reader.address["view"] == ["ranking"]
    assert "ranked" in reader.card_title
    reader.choose("compare_view", "table")
    assert reader.address["view"] == ["table"]
    assert not reader.has_chart


def test_an_index_starts_from_its_base_year(reader):
    reader.go("compare", places=["JPN", "KOR"], transform="index").choose("compare_base", 2000)
    assert reader.address["base"] == ["2000"]
    assert "Index, 2000 = 100" in reader.texts('class="card-subtitle"')[0]
    text = reader.chart_text
    assert "Japan rose from 92.5 in 1996 to 120.4 in 2023" in text


def test_a_link_with_a_base_alone_means_an_index(reader):
    """Links that were copied before there were other things to make of values."""
    reader.go("compare", places=["JPN", "KOR"], base="2000")
    assert reader.address["transform"] == ["index"]
    assert "Index, 2000 = 100" in reader.texts('class="card-subtitle"')[0]


def test_places_without_a_value_in_the_base_year_are_named(reader):
    reader.go("compare", places=["JPN", "IDN"], base="1997")
    assert [note for note in reader.notes if "Indonesia" in note and "1997" in note]


def test_a_base_that_nobody_has_is_refused_and_another_taken(reader):
    reader.go("compare", places=["JPN", "KOR"], base="1950")
    [warning] = reader.warnings
    assert "no place chosen has a usable value in that year; 1996 is taken as the base" in warning
    assert reader.address["base"] == ["1996"]


def test_a_log_scale_says_whom_it_leaves_out(reader):
    reader.go("compare", indicator="fdi_inward_flow_gdp_unctad", places=["IDN", "JPN"], log="1")
    assert reader.widget("compare_log").value is True
    assert [note for note in reader.notes if note.startswith("A log scale has no place for zero")]
    assert reader.address["log"] == ["1"]


def test_a_log_scale_of_nothing_above_zero_says_so(reader):
    reader.go(
        "compare", indicator="fdi_net_inflows_usd", places=["JPN"], from_="1989", to="1989", log="1"
    )
    assert [note for note in reader.notes if "values of Japan are left out" in note]
    text = reader.chart_text
    assert text.endswith("no place has a value.")


def test_filters_of_hubs_are_disabled_with_the_reason_for_an_economy_indicator(reader):
    reader.go("compare")
    for name in ("industry_type", "governance_scale", "firm_scale", "industry"):
        widget = reader.widget(f"filter_{name}")
        assert widget.proto.disabled, name
        assert "is not measured by hub" in widget.proto.help
    assert [item for item in reader.app.sidebar.caption if "is not measured by hub" in item.value]


def test_filters_of_hubs_work_for_an_indicator_of_hubs(reader):
    reader.go("compare", indicator="park_revenue_twd_bn")
    assert not reader.widget("filter_industry_type").proto.disabled
    offered = reader.widget("filter_places").options
    reader.choose("filter_industry_type", ["science_based"])
    assert set(reader.widget("filter_places").options) <= set(offered)


def test_filters_that_leave_nothing_say_so_and_what_to_do(reader):
    reader.go(
        "compare",
        indicator="park_revenue_twd_bn",
        industry_type="natural_resource_based",
        firm_scale="sme_dominated",
    )
    [sentence] = reader.infos
    assert sentence.startswith("No observations of")
    assert "Choose other places or widen the years." in sentence
    assert not reader.has_chart
    reader.press("Clear the filters")
    assert not reader.infos
    assert reader.has_chart


def test_a_range_without_values_says_so(reader):
    reader.go("compare", from_="1901", to="1902")
    [sentence] = reader.infos
    assert sentence.startswith("No observations of Research and development expenditure")


def test_the_year_is_idle_for_lines_with_the_reason(reader):
    reader.go("compare")
    assert reader.widget("filter_year").proto.disabled
    assert "Every year is shown" in reader.widget("filter_year").proto.help
    reader.choose("compare_view", "ranking")
    assert not reader.widget("filter_year").proto.disabled
    reader.choose("filter_year", 2010)
    assert reader.card_title.endswith("ranked, 2010")


def test_one_place_can_be_shown_and_another_is_asked_for(reader):
    reader.go("compare", places="JPN")
    assert [text for text in reader.infos if "One place is shown." in text]
    assert reader.has_chart


def test_no_more_than_twelve_places_are_compared_and_the_rest_is_said(reader):
    places = ["CHN", "DEU", "FIN", "GBR", "HKG", "IDN", "IND", "IRL", "JPN", "KOR", "MYS", "PHL"]
    reader.go("compare", places=[*places, "SGP", "THA"])
    assert reader.card_title.endswith(f": {MOST_PLACES} places")
    assert len(reader.warnings) == 2
    for name, warning in zip(["Singapore", "Thailand"], reader.warnings, strict=True):
        assert name in warning
        assert "up to 12 places can be compared; it is left out" in warning


def test_places_without_the_indicator_are_named(reader):
    reader.go("compare", indicator="sme_share_employment", places=["JPN", "KOR", "MAC"])
    assert [text for text in reader.notes if text.startswith("Macao: no observations")]


def test_chosen_places_are_never_replaced_by_others(reader):
    reader.go("compare", indicator="sme_share_employment", places=["MAC"])
    assert not reader.has_chart
    assert [text for text in reader.infos if text.startswith("No observations of")]
    assert reader.address["places"] == ["MAC"]


def test_the_link_can_be_copied_from_a_table_too(reader):
    reader.go("compare", view="table")
    components = [item.proto.component_name for item in reader.app.get("bidi_component")]
    assert "seabelt_card_actions" in components
    assert not reader.has_chart


# --- Indicators, places, peers --------------------------------------------------------------------


def test_up_to_four_indicators_stand_in_cards_of_their_own(reader):
    also = ["fdi_inward_stock_gdp_unctad", "researchers_per_million", "population"]
    reader.go("compare", also=also)
    titles = reader.texts('class="card-title"')
    assert len(titles) == 4
    for indicator, title in zip(["Research and development", *also], titles, strict=True):
        assert title, indicator
    assert reader.widget("compare_also").value == also


def test_an_indicator_of_other_places_is_refused_beside_the_first(reader):
    reader.go("compare", also="park_revenue_twd_bn", indicator="semiconductor_billings")
    [warning] = reader.warnings
    assert "no place has both it and the first indicator; it is left out" in warning


def test_places_are_offered_the_highest_newest_value_first(reader, catalogue):
    reader.go("compare")
    newest = catalogue.series("rd_expenditure_gdp").drop_duplicates("place_id", keep="last")
    top = newest[newest["place_id"].map(lambda key: catalogue.places[key].in_focus)]
    first = top.loc[top["value"].idxmax(), "place_id"]
    assert catalogue.places[first].name in reader.widget("filter_places").options[0]


def links_of(reader, words):
    """Addresses of the choices that say the words."""
    return [
        unescape(address)
        for address, text in re.findall(r'<a href="(/[^"]+)"[^>]*>([^<]*)</a>', reader.markup)
        if words in unescape(text)
    ]


def test_peers_are_chosen_by_a_reason_that_is_said(reader, catalogue):
    reader.go("compare", indicator="population", places=["MYS", "JPN"], peer_of="MYS")
    [address] = links_of(reader, "Nearest in GDP per head")
    asked = parse_qs(urlsplit(address).query)
    assert asked["places"][0] == "MYS"
    assert len(asked["places"]) > 2
    reader.go("compare", places=asked["places"], peers="gdp_per_head", peer_of="MYS")
    [said] = [text for text in reader.texts('class="hint"') if "Malaysia" in text]
    assert "GDP per head" in said


def test_peers_that_cannot_be_found_say_why(reader):
    reader.go("compare", indicator="park_revenue_twd_bn", places=["hsinchu"])
    assert [text for text in reader.texts('class="more"') if "economies only" in text]


def test_a_group_of_places_is_one_link(reader):
    reader.go("compare")
    [address] = links_of(reader, "All of the atlas")
    assert len(parse_qs(urlsplit(address).query)["places"]) == MOST_PLACES


# --- What is made of values -----------------------------------------------------------------------


def test_what_cannot_be_made_of_the_values_is_text_with_the_reason(reader):
    reader.go("compare")
    off = reader.texts('class="off"')
    assert "Per head" in off
    assert "% of GDP" in off
    assert not links_of(reader, "% of GDP")
    assert links_of(reader, "Index to a base year")


def test_money_per_head_says_its_unit_and_what_it_rests_on(reader):
    reader.go(
        "compare",
        indicator="fdi_inward_stock_usd_mn",
        places=["JPN", "KOR"],
        transform="per_head",
    )
    assert "per" in reader.texts('class="card-subtitle"')[0].lower()
    assert [text for text in reader.texts("") if re.search(r"\d populations?, \d{4}", text)]


def test_a_transform_that_cannot_be_applied_leaves_the_values_and_says_why(reader):
    reader.go("compare", places=["JPN", "KOR"], transform="share_of_gdp")
    assert [note for note in reader.notes if note.startswith("Not applied")]
    assert reader.has_chart


def test_the_finding_can_be_the_title(reader):
    reader.go("compare", places=["JPN", "KOR"])
    plain = reader.card_title
    reader.choose("compare_headline", True)
    assert reader.address["headline"] == ["1"]
    assert reader.card_title != plain
    assert plain in reader.texts('class="card-subtitle"')[0]


# --- The verdict ----------------------------------------------------------------------------------


def test_the_verdict_stands_above_the_chart_and_keeps_what_compares(reader):
    reader.go("compare", indicator="sme_share_employment", places=["JPN", "KOR", "MYS"])
    [line] = reader.texts('class="verdict-line')
    assert "legal SME limits differ" in line
    reader.choose("compare_comparable", True)
    assert reader.address["comparable"] == ["1"]
    [line] = reader.texts('class="verdict-line')
    assert "Not comparable" not in line
    left = [note for note in reader.notes if note.startswith("Left out")]
    assert left
    reader.choose("compare_comparable", False)
    assert "comparable" not in reader.address


def test_definitions_open_side_by_side(reader):
    reader.go("compare", indicator="sme_share_employment", places=["JPN", "KOR", "MYS"])
    reader.app.session_state["compare_definitions"] = True
    reader.run()
    for place in ("Japan", "South Korea", "Malaysia"):
        assert place in reader.markup
    assert "by the law of Japan" in reader.markup


# --- Pairs, parts, statistics ---------------------------------------------------------------------


def test_a_scatter_takes_a_second_indicator_by_itself_and_writes_it_out(reader):
    reader.go("compare", view="scatter")
    assert reader.address["also"] == ["gdp_pcap_ppp_const2021"]
    assert reader.has_chart


def test_two_indicators_that_share_no_year_say_so(reader):
    reader.go(
        "compare",
        view="scatter",
        indicator="gdp_pcap_ppp_const2021",
        also="gdp_pcap_ppp_const2011_weo",
        places=["JPN", "KOR"],
        from_="2020",
        to="2022",
    )
    assert not reader.has_chart
    [said] = reader.infos
    assert "in the same year" in said


def test_parts_of_a_whole_stand_in_a_card_for_each_place(reader):
    reader.go("compare", view="parts", whole="rd_by_performer", places=["JPN", "KOR", "MAC"])
    titles = reader.texts('class="card-title"')
    assert len(titles) == 2
    assert all("R&D by who carries it out" in title for title in titles)


def test_world_chip_sales_are_one_whole(reader):
    reader.go("compare", view="parts", whole="chip_sales_by_region")
    [title] = reader.texts('class="card-title"')
    assert title == "World semiconductor sales by region of the buyer"


@pytest.mark.parametrize(
    ("statistic", "indicator", "said"),
    [
        ("concentration", "fdi_inward_stock_usd_mn", "Herfindahl-Hirschman"),
        ("convergence", "gdp_pcap_ppp_const2021", "spread across"),
        ("specialisation", "gdp_pcap_ppp_const2021", "times the mean share"),
    ],
)
def test_a_statistic_says_its_finding_its_formula_and_its_reference(
    reader, statistic, indicator, said
):
    reader.go("compare", view="statistics", indicator=indicator, statistic=statistic)
    assert said in reader.texts('class="card-sentence"')[0]
    notes = " ".join(reader.notes)
    assert {
        "concentration": "Hirschman 1945",
        "convergence": "Barro and Sala-i-Martin 1992",
        "specialisation": "no location quotient of all sectors",
    }[statistic] in notes


def test_similarity_asks_for_a_second_indicator_and_names_the_choice(reader):
    reader.go("compare", view="statistics", statistic="similarity")
    assert [text for text in reader.infos if "two indicators or more" in text]
    reader.go(
        "compare",
        view="statistics",
        statistic="similarity",
        also=["gdp_pcap_ppp_const2021", "fdi_inward_stock_gdp_unctad"],
        year="2019",
    )
    assert "Most alike in 2019" in reader.texts('class="card-sentence"')[0]


def test_concentration_of_a_share_says_what_would_do(reader):
    reader.go("compare", view="statistics", statistic="concentration")
    [said] = reader.infos
    assert "has no sum over places" in said
    assert "Choose an amount" in said
