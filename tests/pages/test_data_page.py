"""The data page: catalogue, coverage, quality, dictionary, files, citing, pages of one thing."""

import re
from html import unescape

import pytest

from dashboard.catalogue.catalogue import value_identifiers
from dashboard.catalogue.contract import TABLES, TABLES_BY_NAME
from dashboard.catalogue.description import PACKAGE_FILES
from dashboard.exports.citation import STYLES
from dashboard.ui.data.page import ALL_VIEWS, DETAILS, VIEWS
from dashboard.ui.data.source_page import THINGS, WRITTEN
from dashboard.ui.resources import catalogue

SHARE = "sme_share_enterprises"
CLAIM = "sme_share_enterprises|TWN|2002|all|sme|manufacturing|||seed_kitagawa_2008"
THINGS_TO_OPEN = {
    "indicator": SHARE,
    "source": "seed_kitagawa_2008",
    "programme": "jp_meti_icp1",
    "value": CLAIM,
}
CODES = {
    *(field.name for table in TABLES for field in table.fields if "_" in field.name),
    *(code for code in catalogue().table("caveats")["caveat"] if "_" in code),
    "official_statistics",
    "international_organisation",
    "industry_association",
}


def links(reader):
    """Address of each link of the page by its text."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', reader.markup)
    return {re.sub(r"<[^>]+>", "", text): address.replace("&amp;", "&") for address, text in found}


def sections(reader):
    found = re.findall(r'<(h[23]) class="section[^"]*">(.*?)</\1>', reader.markup, re.S)
    return [unescape(re.sub(r' <span class="count">.*', "", text)) for _, text in found]


def open_view(reader, view):
    thing = {DETAILS[view]: THINGS_TO_OPEN[view]} if view in DETAILS else {}
    return reader.go("data", view=view, **thing)


@pytest.mark.parametrize("view", ALL_VIEWS)
def test_each_view_opens_by_link_and_stays_in_the_address(reader, view):
    open_view(reader, view)
    assert not reader.warnings
    assert reader.address["view"] == [view]
    chosen = "coverage" if view == "coverage_year" else view
    assert reader.widget("data_view").value == (chosen if chosen in VIEWS else None)


@pytest.mark.parametrize("view", ALL_VIEWS)
def test_no_view_shows_a_column_name_or_a_code(reader, view):
    if view == "dictionary":
        pytest.skip("The dictionary is what explains the names.")
    open_view(reader, view)
    text = re.sub(r"<[^>]+>", " ", reader.markup)
    if view == "downloads":
        for name in PACKAGE_FILES:
            text = text.replace(name, "")
    assert not CODES & set(re.findall(r"[A-Za-z_]+", text))


@pytest.mark.parametrize("view", ALL_VIEWS)
def test_filters_that_cannot_apply_are_disabled_with_the_reason(reader, view):
    open_view(reader, view)
    said = [item.value for item in reader.app.sidebar.caption]
    for name in ("places", "from", "industry_type", "industry", "governance_scale", "firm_scale"):
        widget = reader.widget(f"filter_{name}")
        if widget.proto.disabled:
            assert widget.proto.help in said, name
    assert reader.widget("filter_industry_type").proto.disabled
    assert not reader.widget("filter_indicator").proto.disabled


@pytest.mark.parametrize("view", DETAILS)
def test_a_link_that_does_not_say_which_leads_to_the_catalogue(reader, view):
    if view == "indicator":
        pytest.skip("An indicator is always chosen.")
    reader.go("data", view=view)
    [warning] = reader.warnings
    assert f"view = “{view}”: the link does not say which" in warning
    assert reader.address["view"] == ["catalogue"]


# --- Catalogue ------------------------------------------------------------------------------------


def test_the_catalogue_lists_every_indicator_with_a_link_to_its_page(reader):
    found = links(reader.go("data"))
    for indicator in catalogue().indicators.values():
        address = f"/data?view=indicator&indicator={indicator.indicator_id}"
        assert address in found.values(), indicator.name


def test_a_topic_leaves_its_indicators_only_and_stands_in_the_address(reader):
    reader.go("data").choose("data_topic", "rd")
    assert reader.address["topic"] == ["rd"]
    assert sections(reader) == ["R&D"]


def test_a_search_finds_who_says_it_and_its_groups_are_named(reader):
    reader.go("data").choose("data_search", "98 % Taiwan manufacturing SMEs")
    assert reader.address["q"] == ["98 % Taiwan manufacturing SMEs"]
    assert sections(reader)[0] == "Values"
    assert "Taiwan, 2002" in reader.texts('scope="row"')[0]
    assert "Kitagawa" in reader.markup.split("<tbody><tr>")[1].split("</tr>")[0]
    assert set(sections(reader)) <= {"Values", "Indicators", "Places", "Documents", "Programmes"}


def test_a_search_can_be_kept_to_a_topic(reader):
    reader.go("data", q="revenue", topic="semiconductors")
    assert set(sections(reader)) <= {"Values", "Indicators"}


@pytest.mark.parametrize("words", ["xyzzyplugh", '"', "' OR 1=1 --", "🦆", "<b>bold</b>", "%", "*"])
def test_a_search_for_nothing_known_says_so_and_what_to_do(reader, words):
    reader.go("data", q=words)
    found = [text for text in reader.infos if "Nothing found for" in text]
    assert found or sections(reader)
    assert "<b>bold</b>" not in reader.markup


def test_all_documents_are_listed_when_they_are_asked_for(reader):
    reader.go("data")
    assert "/data?view=source" not in reader.markup
    reader.app.session_state["data_documents"] = True
    reader.run()
    assert reader.markup.count("/data?view=source") == len(catalogue().sources)


# --- Coverage -------------------------------------------------------------------------------------


def test_coverage_says_who_has_a_value_in_a_year(reader):
    reader.go("data", view="coverage_year", year="2010", topic="rd")
    assert reader.card_title == "Who has a value in 2010: R&D by place"
    [note] = [note for note in reader.notes if note.startswith("R&D, % GDP, 2010:")]
    has, _, has_not = note.partition("; none: ")
    series = catalogue().series("rd_expenditure_gdp", first_year=2010, last_year=2010)
    for place in catalogue().places_of_kind("economy"):
        if place.in_focus:
            assert (place.name in has) == (place.place_id in set(series["place_id"])), place.name
            assert (place.name in has_not) != (place.name in has), place.name


def test_coverage_can_be_asked_for_a_year_on_the_page(reader):
    reader.go("data", view="coverage", topic="rd").choose("coverage_mode", "coverage_year")
    reader.choose("coverage_asked", 2005)
    assert reader.address["year"] == ["2005"]
    assert reader.card_title.startswith("Who has a value in 2005")
    assert reader.widget("filter_year").value == 2005


def test_coverage_is_read_as_a_table_too_with_links_to_the_series(reader):
    reader.go("data", view="coverage", topic="fdi", places=["JPN", "KOR"])
    assert "<table" not in reader.markup
    reader.app.session_state["table_coverage"] = True
    reader.run()
    assert "Values held by indicator and place" in reader.markup
    addresses = [address for address in links(reader).values() if address.startswith("/compare")]
    assert addresses
    assert all("places=JPN" in address or "places=KOR" in address for address in addresses)


def test_coverage_shows_the_places_chosen_and_says_what_it_leaves_out(reader):
    reader.go("data", view="coverage", topic="semiconductors", places=["kyushu"])
    assert "1 places" in reader.chart_text or "by 1 place" in reader.chart_text
    assert [note for note in reader.notes if note.startswith("Left out, because none of these")]


def test_coverage_of_nothing_says_so(reader):
    reader.go("data", view="coverage", topic="programme_funding", places=["MNG"])
    [sentence] = reader.infos
    assert sentence.startswith("No value is held for this topic and these places.")


def test_a_year_that_nobody_has_is_named(reader):
    reader.go("data", view="coverage_year", year="1901")
    [warning] = reader.warnings
    assert "year = “1901”: no value is held for that year" in warning


# --- The page of an indicator ---------------------------------------------------------------------


@pytest.mark.parametrize("indicator_id", list(catalogue().indicators)[::9])
def test_each_indicator_has_a_page(reader, indicator_id):
    reader.go("data", view="indicator", indicator=indicator_id)
    assert not reader.warnings
    indicator = catalogue().indicators[indicator_id]
    assert sections(reader)[0] == indicator.name
    terms = re.findall(r"<dt>(.*?)</dt>", reader.markup)
    assert "Definition" in terms
    assert "Unit" in terms
    assert "Documents" in sections(reader)
    assert reader.has_chart or reader.infos


def test_the_page_of_an_indicator_says_what_may_not_be_compared_with_a_place(reader):
    reader.go("data", view="indicator", indicator=SHARE, place="JPN")
    assert reader.widget("data_place").value == "JPN"
    table = reader.markup.split('aria-label="What may be compared with Japan"')[1]
    table = table.split("</table>")[0]
    assert table.count('class="verdict') >= 10
    assert "Not comparable" in table
    assert "Japan" not in re.findall(r'<th scope="row">(.*?)</th>', table)


def test_another_place_can_be_held_against_the_others(reader):
    reader.go("data", view="indicator", indicator=SHARE).choose("data_place", "KOR")
    assert reader.address["place"] == ["KOR"]
    assert 'aria-label="What may be compared with South Korea"' in reader.markup


def test_newest_values_carry_document_and_a_page_of_their_own(reader):
    reader.go("data", view="indicator", indicator="rd_expenditure_gdp", places=["JPN", "TWN"])
    table = reader.markup.split('aria-label="Newest value of each place"')[1].split("</table>")[0]
    assert re.findall(r'<th scope="row">(.*?)</th>', table) == ["Japan", "Taiwan"]
    assert table.count("/data?view=value") == 2
    assert table.count("/data?view=source") == 2


def test_rival_counts_and_laws_are_shown(reader):
    reader.go("data", view="indicator", indicator=SHARE)
    assert "What counts as a small or medium enterprise" in sections(reader)
    rivals = {}
    for item in catalogue().indicators.values():
        rivals.setdefault(item.concept, []).append(item)
    concept = next(key for key in rivals if key and len(rivals[key]) > 1)
    first, second = rivals[concept][:2]
    reader.go("data", view="indicator", indicator=first.indicator_id)
    assert second.name in links(reader)
    assert "Do not join these with this one." in reader.markup


def test_choosing_an_indicator_in_the_filter_bar_opens_its_page(reader):
    reader.go("data").choose("filter_indicator", "population")
    assert reader.address["view"] == ["indicator"]
    assert sections(reader)[0] == catalogue().indicators["population"].name


# --- The page of a value, a document, a programme -------------------------------------------------


def test_a_value_says_who_says_it_and_shows_its_rivals(reader):
    reader.go("data", view="value", value=CLAIM)
    text = re.sub(r"<[^>]+>", " ", reader.markup)
    assert "Kitagawa" in text
    assert "Section 3, paragraph on Taiwan" in text
    assert "the year of publication" in text
    assert "manufacturing" in text
    assert 'aria-label="Rival figures"' in reader.markup
    assert "Drawn in charts" in reader.markup
    # The rest of the atlas goes along with it.
    assert reader.widget("filter_indicator").value == SHARE


@pytest.mark.parametrize("view", ["indicator", "value", "source", "cite"])
def test_each_thing_can_be_cited_in_every_style(reader, view):
    open_view(reader, view)
    codes = [item.value for item in reader.app.code]
    assert len(codes) == len(STYLES)
    assert [text for text in codes if text.startswith("@")]
    assert [text for text in codes if text.startswith("TY  - ")]


def test_values_of_every_caveat_and_qualifier_have_a_page(reader):
    rows = catalogue().table("observations")
    picked = rows.drop_duplicates(["qualifier", "caveats", "year_basis"])
    for identifier in value_identifiers(picked)[::3]:
        reader.go("data", view="value", value=identifier)
        assert not reader.warnings, identifier
        assert "Who says so" in reader.markup, identifier


def test_a_document_shows_all_that_rests_on_it(reader):
    reader.go("data", view="source", source="seed_kitagawa_2008")
    shown = sections(reader)
    for title in ("Values", "Ties", "Lessons", "Judgements", "Events", "Amounts of programmes"):
        assert title in shown
    assert "98" in reader.markup


@pytest.mark.parametrize("source_id", list(catalogue().sources)[::60])
def test_each_document_has_a_page(reader, source_id):
    reader.go("data", view="source", source=source_id)
    assert sections(reader)[0] == catalogue().sources[source_id].title
    assert "Kind of publisher" in reader.markup


def test_whatever_can_rest_on_a_document_has_words():
    resting = {
        name
        for name, table in TABLES_BY_NAME.items()
        if any(field.references == "sources.source_id" for field in table.fields)
    }
    assert resting - {"observations"} == set(WRITTEN)
    assert set(THINGS) == {*WRITTEN, "observations"}


@pytest.mark.parametrize("programme_id", list(catalogue().programme_names)[::8])
def test_each_programme_has_a_page(reader, programme_id):
    reader.go("data", view="programme", programme=programme_id)
    assert sections(reader)[0] == catalogue().programme_names[programme_id]
    assert not reader.warnings


def test_the_two_amounts_of_metis_budget_of_2002_stand_side_by_side(reader):
    reader.go("data", view="programme", programme="jp_meti_icp1")
    table = reader.markup.split('aria-label="Amounts that differ')[1].split("</table>")[0]
    assert "JPY 29.4 bn" in table
    assert "JPY 52.2 bn" in table
    assert "initial" in table
    assert "revised" in table
    assert table.count("Drawn in charts") == 1


# --- Quality, dictionary, downloads ---------------------------------------------------------------


def test_the_curator_is_told_in_a_line_how_it_stands_with_the_data(reader):
    held = catalogue()
    reader.go("data", view="quality")
    left_out = len(held.table("left_out"))
    assert f"Status: version {held.version} of {held.released}" in reader.markup
    told = f"observations from the tables of the package; {left_out:,} collected rows"
    assert told in reader.markup


def test_quality_counts_doubts_and_shows_conflicts_that_a_search_narrows(reader):
    reader.go("data", view="quality")
    for title in ("Doubts, counted", "Who says so", "Where documents differ"):
        assert title in sections(reader)
    for name in catalogue().table("caveats")["name"]:
        assert name in reader.markup
    reader.choose("data_conflicts", "METI 2002")
    assert reader.address["q"] == ["METI 2002"]
    assert "JPY 29.4 bn" in reader.markup
    reader.choose("data_conflicts", "xyzzyplugh")
    assert reader.infos[0].startswith("No conflict holds the words")


@pytest.mark.parametrize("part", ["press", "ages", "undated", "corrections", "left_out"])
def test_each_part_of_the_quality_report_opens(reader, part):
    reader.go("data", view="quality")
    before = reader.markup.count("<table")
    reader.app.session_state[f"quality_{part}"] = True
    reader.run()
    assert reader.markup.count("<table") > before


def test_the_dictionary_describes_every_field_of_every_table(reader):
    reader.go("data", view="dictionary")
    for table in TABLES:
        assert f'aria-label="Fields of {table.file}"' in reader.markup
        for field in table.fields:
            assert f"<code>{field.name}</code>" in reader.markup


def test_every_file_of_the_package_can_be_downloaded(reader):
    reader.go("data", view="downloads")
    for name in PACKAGE_FILES:
        assert f'href="/package/{name}" download' in reader.markup
    for key in ("zip", "xlsx", "parquet"):
        assert reader.widget(f"download_{key}")


# --- Links from elsewhere -------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["map", "compare"])
def test_cards_lead_to_the_pages_of_indicator_and_document(reader, page):
    found = links(reader.go(page))
    assert found["About this indicator"] == "/data?view=indicator&indicator=rd_expenditure_gdp"
    assert found["All that rests on this document"].startswith("/data?view=source&source=")


def test_key_figures_lead_to_the_page_of_what_they_count(reader):
    found = links(reader.go("map", place="kyushu"))
    assert found["World semiconductor sales"] == (
        "/data?view=indicator&indicator=semiconductor_billings"
    )
    assert found["About this document"].startswith("/data?view=source&source=")


def test_words_searched_for_in_one_view_are_not_looked_for_in_another(reader):
    reader.go("data", q="Hsinchu").choose("data_view", "quality")
    assert "q" not in reader.address
    assert not reader.infos


def test_places_beyond_those_that_a_chart_takes_are_refused_by_name(reader):
    places = ["JPN", "KOR", "CHN", "TWN", "SGP", "MYS", "THA", "VNM", "IDN", "PHL", "IND", "HKG"]
    asked = {"view": "indicator", "indicator": "gdp_current_usd"}
    reader.go("data", **asked, places=places)
    assert not reader.warnings
    reader.go("data", **asked, places=[*places, "AUS"])
    [said] = reader.warnings
    assert "Australia" in said
    assert "up to 12 places" in said


def test_places_without_the_indicator_are_named_beside_its_chart(reader):
    reader.go("data", view="indicator", indicator="sme_share_employment", places=["JPN", "kyushu"])
    assert "No value of it is held for Kyushu" in reader.markup
