"""The page of every hub and cluster: nothing blank, each part where the atlas holds one."""

import json
import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.catalogue.value_chains import disagreements, value_chain_of
from dashboard.charts.maps.places import short_name
from dashboard.ui.place import documents, heading, hub, over_time, told, value_chain, where
from dashboard.ui.resources import catalogue
from tests.pages.conftest import SECONDS, Reader, as_read

PLACES = [place for kind in hub.KINDS for place in catalogue().places_of_kind(kind)]
FOUR_CASES = ("bangalore", "tha_automotive", "idn_jepara_furniture", "twn_floriculture")


def named(places):
    return [pytest.param(place, id=place.place_id) for place in places]


def in_words(markup):
    return unescape(re.sub(r"<[^>]+>", " ", markup))


@pytest.fixture(scope="module")
def visitor(root):
    """One reader who opens one page after another, so that the first run is paid for once."""
    app = AppTest.from_file(root / "dashboard" / "app.py", default_timeout=SECONDS)
    return Reader(app)


def cards(reader):
    return reader.texts('class="card-title"')


def place_of(place_id):
    return catalogue().place(place_id)


# --- Every page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", named(PLACES))
def test_a_page_has_the_parts_that_the_atlas_holds_and_says_of_the_others_that_it_does_not(
    visitor, place
):
    visitor.go(place.kind, place=place.place_id)
    assert as_read(visitor.title) == heading.title(place)
    assert not visitor.warnings
    titles, text = cards(visitor), in_words(visitor.markup)
    assert f"Where {place.name} lies" in titles
    series = over_time.with_series(catalogue(), place)
    opened = [title for title in titles if title.endswith(f": {place.name}")]
    has_chain = not value_chain_of(catalogue(), place.place_id).empty
    assert len(opened) == min(len(series), over_time.MOST_OPEN) + has_chain
    assert bool(series) != ("nothing to draw over time" in text)
    assert has_chain == (f"Value chain and learning: {place.name}" in titles)
    assert has_chain != ("No document in the atlas describes the value chain" in text)
    judged = bool(told.verdicts(catalogue(), place))
    assert judged != ("None of the five papers judges" in text)
    assert bool(disagreements(catalogue(), place.place_id)) == ("Where the papers disagree" in text)
    happened = told.events_of(catalogue(), place)
    assert bool(happened) != (f"No dated event of {place.name}" in text)
    assert bool(told.lessons(catalogue(), place)) != ("No policy lesson of the five papers" in text)
    assert bool(told.ties(catalogue(), place)) != (f"No tie of {place.name}" in text)
    assert [label for label in visitor.expanders if label.startswith("Documents behind this page")]


@pytest.mark.parametrize("place", named(PLACES))
def test_every_term_of_what_a_place_is_says_something_and_who_says_it(place):
    written = heading.facts(place, catalogue())
    said = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", written))
    assert list(said) == [
        *("What", "Where", "Since", "Industries", "Industry type", "Governed", "Firms"),
        *("Anchor firms", "Universities", "Core body"),
    ]
    known = {
        "Since": place.start_year,
        "Industries": place.industries,
        "Industry type": place.industry_type,
        "Governed": place.governance_scale,
        "Firms": place.firm_scale,
        "Anchor firms": place.anchor_firms,
        "Universities": place.anchor_universities,
        "Core body": place.core_body,
    }
    for term, value in known.items():
        assert bool(value) != (heading.NOT_SAID in said[term]), term
    for term, basis in (
        ("Industries", place.industries_basis),
        ("Industry type", place.industry_type_basis),
        ("Governed", place.governance_scale_basis),
        ("Firms", place.firm_scale_basis),
    ):
        assert not known[term] or heading.BASES[basis] in said[term]


@pytest.mark.parametrize("place", named(PLACES))
def test_every_document_of_a_place_is_listed_with_what_it_gives(place):
    lines = documents.lines(catalogue(), place)
    assert lines
    markup = "".join(lines)
    listed = set(re.findall(r"source=(\w+)", markup))
    for name in ("observations", "events", "profiles", "value_chains"):
        table = catalogue().table(name)
        assert set(table.loc[table["place_id"] == place.place_id, "source_id"]) <= listed


# --- What a case says -----------------------------------------------------------------------------


@pytest.mark.parametrize("place_id", FOUR_CASES)
def test_the_table_of_a_chain_has_each_link_with_its_words_source_and_section(place_id):
    chain = value_chain_of(catalogue(), place_id)
    rows = value_chain.table(chain, catalogue()).split("<tr>")[2:]
    assert len(rows) == len(chain)
    for row, link in zip(rows, chain.itertuples(), strict=True):
        text = in_words(row)
        for part in (link.from_actor, link.to_actor, link.relation, link.document, link.locator):
            assert part in text
    file = value_chain.as_file(chain, catalogue())
    assert len(file) == len(chain)
    assert file[["relation", "source", "locator"]].ne("").all().all()


def test_a_chain_names_the_links_on_which_the_papers_disagree():
    chain = value_chain_of(catalogue(), "idn_jepara_furniture")
    found = value_chain.findings(chain)
    [disagreement] = [item for item in found if item.severity == "caution"]
    assert "from Principal subcontractors to Small family workshops" in disagreement.text
    assert "limited in Chaminade and Vang (2006)" in disagreement.text
    assert "strong in Chaminade and Vang (2008)" in disagreement.text
    [missing] = [item for item in found if item.severity == "missing"]
    assert missing.text.startswith("17 of 24 links carry no verdict")


@pytest.mark.parametrize("place_id", FOUR_CASES)
def test_the_panel_of_a_case_has_all_by_which_cases_are_compared(place_id):
    panel = told.verdict_panel(catalogue(), place_of(place_id))
    headings = re.findall(r'<th scope="row">(.*?)</th>', panel)
    assert headings[:5] == [
        "Human capital",
        "Social capital",
        "Interactive learning",
        "Weakest node",
        "Policy",
    ]
    assert "No paper judges" not in panel
    assert "Doubtful" not in panel


def test_a_panel_names_what_no_paper_judges():
    panel = told.verdict_panel(catalogue(), place_of("jpn_hokkaido_it_bio"))
    assert "No paper judges its human capital or its social capital" in panel


def test_social_capital_of_taiwan_flowers_is_told_with_both_ratings():
    [line] = [
        in_words(said)
        for about, said in told.doubts(catalogue(), place_of("twn_floriculture"))
        if about == "Social capital"
    ]
    assert "Chaminade and Vang (2006), Table 2: strong" in line
    assert "Section Natural Resource-based Cluster: weak" in line


def test_lessons_of_one_case_come_before_those_of_all_four():
    lines = [in_words(line) for line in told.lessons(catalogue(), place_of("tha_automotive"))]
    shared = ["Asian SME clusters" in line for line in lines]
    assert shared == sorted(shared)
    assert (shared.count(False), shared.count(True)) == (4, 11)


def test_a_hub_whose_part_is_a_case_leads_to_it(visitor):
    visitor.go("hub", place="kyushu")
    assert "Judged are its parts" in visitor.markup
    assert "Described is that of" in visitor.markup
    assert visitor.markup.count('href="/cluster?place=jpn_fukuoka_system_lsi"') >= 2


def test_a_series_beyond_the_first_four_is_drawn_when_its_fold_is_opened(reader):
    place = place_of("twn_floriculture")
    series = over_time.with_series(catalogue(), place)
    folded = series[over_time.MOST_OPEN]
    name = catalogue().indicators[folded].name
    reader.go("cluster", place=place.place_id)
    assert f"{name}: {place.name}" not in cards(reader)
    reader.app.session_state[f"over_time_{folded}_{place.place_id}"] = True
    reader.run()
    assert f"{name}: {place.name}" in cards(reader)


@pytest.mark.parametrize("place", named(PLACES))
def test_a_place_stands_on_its_map_under_a_name(place):
    figure = json.loads(where._drawing(place.place_id, "light").json)
    marked = {
        key: text
        for trace in figure["data"]
        if trace["type"] == "scattergeo" and "customdata" in trace and "text" in trace
        for key, text in zip(trace["customdata"], trace["text"], strict=True)
    }
    assert marked[place.place_id] in (short_name(place.name), "This place")
