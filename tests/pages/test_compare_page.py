"""The compare page: three views, index and log scale, and what is missing for whom."""

import pytest

from dashboard.ui.compare_page import MOST_PLACES, VIEWS

FAMILIES = (
    "sme_share_employment",
    "sme_share_enterprises",
    "fdi_inward_flow_gdp_unctad",
    "uspto_semiconductor_patents",
    "park_revenue_twd_bn",
    "semiconductor_billings",
    "population",
)


@pytest.mark.parametrize("indicator", FAMILIES)
@pytest.mark.parametrize("view", VIEWS)
def test_each_family_has_each_view(reader, indicator, view):
    reader.go("compare", indicator=indicator, view=view)
    assert not reader.warnings
    assert reader.card_title
    assert reader.widget("compare_view").value == view
    assert reader.has_chart == (view != "table")
    # Beside a chart the table is made when the reader opens it.
    assert reader.has("dataframe") == (view == "table")
    if view != "table":
        reader.app.session_state["table_compare"] = True
        reader.run()
        assert reader.has("dataframe")
        assert reader.has_chart


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
    reader.go("compare", places=["JPN", "KOR"]).choose("compare_base", 2000)
    assert reader.address["base"] == ["2000"]
    assert "Index, 2000 = 100" in reader.texts('class="card-subtitle"')[0]
    text = reader.chart_text
    assert "Japan rose from 92.5 in 1996 to 120.4 in 2023" in text
    reader.choose("compare_base", 0)
    assert "base" not in reader.address


def test_places_without_a_value_in_the_base_year_are_named(reader):
    reader.go("compare", places=["JPN", "IDN"], base="1997")
    assert [
        note
        for note in reader.notes
        if note == "No positive value in the base year 1997, so left out of the index: Indonesia."
    ]


def test_a_base_that_nobody_has_is_said_with_one_that_would_do(reader):
    reader.go("compare", places=["JPN", "KOR"], base="1950")
    [note] = [note for note in reader.notes if "1950" in note]
    assert "1996 would serve as a base" in note


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
    assert "Lines show every year" in reader.widget("filter_year").proto.help
    reader.choose("compare_view", "ranking")
    assert not reader.widget("filter_year").proto.disabled
    reader.choose("filter_year", 2010)
    assert reader.card_title.endswith("ranked, 2010")


def test_one_place_can_be_shown_and_another_is_asked_for(reader):
    reader.go("compare", places="JPN")
    assert [text for text in reader.infos if "One place is shown." in text]
    assert reader.has_chart


def test_no_more_than_ten_places_are_compared_and_the_rest_is_said(reader):
    places = ["CHN", "DEU", "FIN", "GBR", "HKG", "IDN", "IND", "IRL", "JPN", "KOR", "MYS", "PHL"]
    reader.go("compare", places=places)
    assert reader.card_title.endswith(f": {MOST_PLACES} places")
    assert len(reader.warnings) == 2
    for name, warning in zip(["Malaysia", "Philippines"], reader.warnings, strict=True):
        assert name in warning
        assert "up to 10 places can be compared; it is left out" in warning


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
