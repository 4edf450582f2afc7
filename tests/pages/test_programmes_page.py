"""The page of the programmes: views, filters, money, and that nothing is blank without a reason."""

import re
from html import unescape

import pytest

from dashboard.catalogue.selection import ARRANGEMENTS
from dashboard.ui.programmes.page import FIRST_PRICES
from dashboard.ui.programmes.settle import VIEWS
from dashboard.ui.resources import catalogue

CARDS = {
    "timeline": "Cluster programmes over the years",
    "money": "The newest yearly amount of each programme",
    "regions": "Regions that programmes chose",
    "results": "Who took part",
    "ministries": "Public money of METI's and of MEXT's clusters, year by year",
}
KNOWLEDGE = {"view": "money", "programme": "jp_mext_kci1"}


def in_words(markup):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def rows_of_table(markup, caption):
    """Cells of each row of a table, in words."""
    [table] = [part for part in re.split(r"<table", markup) if f">{caption}</caption>" in part]
    return [
        [in_words(cell) for cell in re.split(r"</t[hd]>", row)[:-1]]
        for row in table.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:-1]
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_stands_in_cards_with_title_unit_and_source(reader, view):
    reader.go("programmes", view=view)
    assert reader.title == "Programmes"
    assert not reader.warnings
    assert reader.card_title == CARDS[view]
    assert reader.has_chart
    titles = reader.texts('class="card-title"')
    assert len(reader.texts('class="card-subtitle"')) == len(titles)
    sources = [label for label in reader.expanders if label.startswith("**Source:**")]
    assert len(sources) == len(titles)
    assert reader.expanders.count("View as table") == len(titles)
    assert reader.address["view"] == [view]


@pytest.mark.parametrize("view", VIEWS)
def test_no_wall_of_text_stands_without_a_chart_or_a_table(reader, view):
    reader.go("programmes", view=view)
    for block in re.findall(r"<p\b.*?</p>", reader.markup, re.S):
        assert len(in_words(block).split()) <= 120, in_words(block)[:80]


@pytest.mark.parametrize("arrange", ARRANGEMENTS)
def test_the_timeline_is_arranged_as_chosen(reader, arrange):
    reader.go("programmes").choose("programmes_arrange", arrange)
    assert reader.address["arrange"] == [arrange]
    assert "71 programmes and phases by" in reader.texts('class="card-subtitle"')[0]


@pytest.mark.parametrize(
    ("key", "value", "number"),
    [
        ("filter_places", ["JPN"], 15),
        ("filter_governance_scale", ["local"], 8),
        ("programmes_approach", ["academic"], 9),
        ("filter_industry_type", ["traditional_manufacturing"], 4),
        ("filter_to", 2000, 11),
    ],
)
def test_a_filter_leaves_its_programmes_and_says_how_many(reader, key, value, number):
    reader.go("programmes").choose(key, value)
    assert f"{number} of 71 programmes" in in_words(reader.markup)
    assert "Cluster programmes over the years" in reader.card_title


def test_filters_that_leave_nothing_say_what_to_clear(reader):
    reader.go("programmes", places="MYS", approach="academic")
    [said] = reader.infos
    assert "No programme passes the filters" in said
    assert "Clear a filter" in said
    assert not reader.has_chart


def test_economies_of_asia_and_those_to_compare_with_are_one_click(reader):
    reader.go("programmes")
    anchors = re.findall(r'<a href="([^"]+)">([^<]+)</a>', reader.markup)
    found = {unescape(text): unescape(address) for address, text in anchors}
    assert "places=KOR" in found["Asia"]
    others = found["For comparison: EU, Western Scotland, CHIPS acts"]
    assert {"EUU", "GBR", "USA"} <= set(re.findall(r"places=(\w+)", others))


def test_a_programme_shows_every_amount_with_its_document(reader):
    reader.go("programmes", **KNOWLEDGE)
    rows = rows_of_table(reader.markup, "Amounts of Knowledge Cluster Initiative, first stage")
    [of_2004] = [row for row in rows if row[0].startswith("FY 2004")]
    assert of_2004[1] == "JPY 9 bn"
    assert "Sapporo IT Carrozzeria" in of_2004[2]
    assert "budgetary measures" in of_2004[3]


@pytest.mark.parametrize(
    ("wishes", "value", "unit"),
    [
        ({"money": "usd"}, "US$ 83.19 mn", "US$ at the rate of the year"),
        ({"money": "usd_constant"}, "US$ 70.51 mn (2015)", "US$ of 2015 (constant prices)"),
        ({"transform": "per_head"}, "70.4 JPY per head", "As printed, in national currency"),
        ({"transform": "share_of_gdp"}, "0.001683 %", "% of GDP"),
    ],
)
def test_an_amount_is_converted_and_the_unit_said(reader, wishes, value, unit):
    reader.go("programmes", **KNOWLEDGE, **wishes)
    rows = rows_of_table(reader.markup, "Amounts of Knowledge Cluster Initiative, first stage")
    [of_2004] = [row for row in rows if row[0].startswith("FY 2004")]
    assert of_2004[1] == "JPY 9 bn"
    assert of_2004[2] == value
    assert reader.texts('class="card-subtitle"')[0].startswith(unit)


def test_money_is_chosen_by_one_press_each_and_kept_in_the_address(reader):
    reader.go("programmes", **KNOWLEDGE)
    reader.choose("programmes_currency", "usd_constant")
    assert reader.address["money"] == ["usd_constant"]
    reader.choose("programmes_prices", FIRST_PRICES + 20)
    assert reader.address["prices"] == ["2000"]
    assert "US$ of 2000" in reader.texts('class="card-subtitle"')[0]
    # A share of GDP is the same in every currency.
    reader.choose("programmes_against", "share_of_gdp")
    assert "money" not in reader.address
    reader.choose("programmes_currency", "usd")
    assert "transform" not in reader.address


def test_what_cannot_be_made_of_amounts_is_refused_by_name(reader):
    reader.go("programmes", view="money", transform="rank")
    [said] = reader.warnings
    assert "transform = “Rank”" in said
    assert reader.has_chart


def test_a_conflict_is_shown_side_by_side_and_never_added(reader):
    reader.go("programmes", view="money", programme="jp_meti_icp1")
    [at] = [
        index
        for index, title in enumerate(reader.texts('class="card-title"'))
        if title == "Figures that differ, side by side"
    ]
    said = reader.texts('class="card-sentence"')[at]
    assert "JPY 52.2 bn or JPY 29.4 bn" in said
    assert "81.6" not in reader.markup
    assert [note for note in reader.notes if "never added" in note]


def test_the_figures_of_all_programmes_that_differ_can_be_looked_through(reader):
    reader.go("programmes", view="money")
    rows = rows_of_table(reader.markup, "Figures that differ, side by side")
    [meti] = [row for row in rows if row[0] == "Industrial Cluster Project, first term"]
    assert meti[1].startswith("JPY 52.2 bn")
    assert meti[2].startswith("JPY 29.4 bn")


def test_a_total_says_that_it_is_not_spread(reader):
    reader.go("programmes", view="money", programme="sg_rie2020")
    assert reader.card_title.startswith("Totals of several years")
    assert [note for note in reader.notes if "not spread over its years" in note]


def test_years_without_an_amount_are_named(reader):
    reader.go("programmes", **KNOWLEDGE)
    assert [note for note in reader.notes if note.endswith("first stage 2007.")]


def test_years_chosen_leave_amounts_of_others_out(reader):
    reader.go("programmes", **KNOWLEDGE, from_="2004", to="2005")
    assert "2004–2005" in reader.texts('class="card-subtitle"')[0]


@pytest.mark.parametrize("programme", sorted(catalogue().programme_names))
def test_every_programme_opens_with_its_money_or_says_that_none_is_held(reader, programme):
    reader.go("programmes", view="money", programme=programme)
    assert not reader.warnings
    assert catalogue().programme_names[programme] in unescape(reader.markup)
    assert reader.has_chart or reader.infos or "Every amount of money held" in reader.markup


@pytest.mark.parametrize("programme", ["tw_parks", "us_chips", "gb_alba", "cn_torch", "hk_itf"])
@pytest.mark.parametrize("view", ["regions", "results"])
def test_a_programme_shows_its_regions_and_results_or_says_that_there_are_none(
    reader, view, programme
):
    reader.go("programmes", view=view, programme=programme)
    assert not reader.warnings
    assert reader.has_chart or reader.infos


def test_regions_lead_to_the_large_map(reader):
    reader.go("programmes", view="regions", programme="jp_mext_kci1")
    assert "region_programme=jp_mext_kci1" in unescape(reader.markup)
    assert "Regions of Knowledge Cluster Initiative, first stage" in reader.card_title
    reader.choose("programmes_programme_shade", "stage")
    assert reader.address["programme_shade"] == ["stage"]
    assert "by stage" in reader.texts('class="card-subtitle"')[0]


def test_the_two_ministries_are_set_side_by_side_from_the_data(reader):
    reader.go("programmes", view="ministries")
    rows = {
        row[0]: row[1:]
        for row in rows_of_table(reader.markup, "The terms of both programmes, side by side")
    }
    assert rows["Who pays"] == ["METI", "METI", "MEXT", "MEXT"]
    assert rows["Years"] == ["2001–2005", "2006–2010", "2002–2008", "2007–2012"]
    assert "about 6,100" in rows["Firms"][1]
    assert rows["Regions held in the atlas"] == ["13", "12", "16", "10"]
    assert "Kitagawa" in rows["Approach"][0]
    [ratio] = [note for note in reader.notes if note.startswith("METI's amount beside MEXT's")]
    # 52.2 / 6.0 (approximate), 46.5 / 10.0, 56.7 / 10.0
    assert "2002: about 8.7 times; 2005: 4.65 times; 2006: 5.67 times" in ratio
    assert [note for note in reader.notes if "do not pay for the same things" in note]


def test_the_ratio_of_the_ministries_is_the_same_in_every_currency(reader):
    reader.go("programmes", view="ministries", money="usd_constant")
    assert [note for note in reader.notes if "2005: 4.65 times; 2006: 5.67 times" in note]


def test_all_filters_stand_on_the_page_and_those_idle_say_why(reader):
    keys = {f"filter_{name}" for name in ("industry_type", "governance_scale", "firm_scale")}
    reader.go("programmes", **KNOWLEDGE)
    assert keys <= {item.key for item in reader.app.get("button_group")}
    assert [
        item.value for item in reader.app.sidebar.caption if "One programme is open" in item.value
    ]


def test_a_link_restores_the_view(reader, root):
    first = dict(
        reader.go(
            "programmes", **KNOWLEDGE, money="usd_constant", prices="2010", from_="2003"
        ).address
    )
    again = type(reader)(type(reader.app).from_file(root / "dashboard" / "app.py"))
    again.app.default_timeout = reader.app.default_timeout
    second = again.go(
        "programmes", **{name.replace("from", "from_"): first[name] for name in first}
    )
    assert second.address == first
    assert second.card_title == reader.card_title


def test_the_page_of_the_data_leads_to_the_money_of_a_programme(reader):
    reader.go("data", view="programme", programme="jp_mext_kci1")
    assert "/programmes?view=money&programme=jp_mext_kci1" in unescape(reader.markup)
