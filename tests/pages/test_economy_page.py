"""The page of an economy: nothing is blank without saying why, and nothing is ranked unsoundly."""

import re
from html import unescape

import pytest

from dashboard.catalogue.belt import economies_of
from dashboard.catalogue.place_sources import documents_of_place
from dashboard.catalogue.standing import KEY_FIGURES, standing
from dashboard.catalogue.vocabulary import TOPICS
from dashboard.charts.formats import words
from dashboard.ui.place import parts, programmes, small_firms, standings, told, where
from dashboard.ui.resources import catalogue

IN_FOCUS = economies_of(catalogue(), in_focus=True)
SECTIONS = (
    "Key figures",
    "Small and medium firms: what the law counts, and what rests on it",
    "Cluster programmes and their money",
    "Every indicator held",
)


def in_words(markup):
    return unescape(re.sub(r"<[^>]+>", " ", markup))


def place_of(place_id):
    return catalogue().place(place_id)


def section(markup, title):
    """What stands in the markup below one heading, up to the next, in words."""
    parts = re.split(r"<h[23][^>]*>", markup)
    [found] = [part for part in parts if unescape(part).startswith(title)]
    return in_words(found.split("</h", 1)[1][3:]).strip()


@pytest.mark.parametrize("place", IN_FOCUS)
def test_every_section_stands_on_every_page_with_something_to_say(reader, place):
    reader.go("economy", place=place)
    assert not reader.warnings
    name = catalogue().place(place).name
    for title in SECTIONS:
        heading = re.search(rf"<h2[^>]*>{re.escape(title)}", unescape(reader.markup))
        assert heading, title
    # Of each topic there are figures, or the reason why there are none.
    for topic in TOPICS:
        said = section(reader.markup, f"{words(topic)}<")
        assert "source" in said or "No source of the atlas gives" in said, topic
    cards = set(reader.texts('class="card-title"'))
    table = catalogue().table
    sectors = table("manufacturing_sectors")
    if place in set(sectors["economy"]):
        assert f"The 3 largest manufacturing sectors of {name}" in cards
    else:
        assert "No shares of sectors are held" in section(
            reader.markup, "Largest manufacturing sectors"
        )
    if place in set(table("definitions")["economy"]):
        assert f"Who counts as an SME in {name}" in cards
    text = in_words(reader.markup)
    within = told.within(catalogue(), catalogue().place(place))
    assert (f"Hubs and clusters of {name}" in cards) == bool(within)
    assert bool(within) != (f"No hub or cluster of the atlas is part of {name}" in text)
    assert [card for card in cards if card.startswith(f"What happened: {name}")] or section(
        reader.markup, "What happened"
    )
    for what in ("ties", "fabs", "verdicts", "lessons"):
        [title] = [part.title for part in parts.parts(catalogue(), place_of(place), [what])] or [""]
        reason = parts.NOTHING[what].format(name=name)
        headings = [*reader.expanders, *reader.texts('class="section"')]
        assert [item for item in headings if title and item.startswith(title)] or reason in text
    [documents] = [item for item in reader.expanders if item.startswith("Documents behind")]
    assert f"({len(documents_of_place(catalogue(), place))})" in documents
    assert "nan" not in re.findall(r"\w+", in_words(reader.markup))
    assert "<NA>" not in reader.markup


def test_a_key_figure_says_its_rank_its_year_and_the_median():
    text = in_words(
        standings.figures(catalogue(), catalogue().place("JPN"), "sci_articles", "#000")
    )
    assert "5th of 14 in 2023; median 2.88 %" in text
    assert "19th of 19 in 2024; median 52.79 %" in text


def test_sme_shares_say_that_they_do_not_compare_instead_of_a_rank():
    markup = standings.figures(catalogue(), catalogue().place("MYS"), "rd_expenditure_gdp", "#000")
    said = section(markup, "SMEs")
    assert "Does not compare: legal SME limits differ" in said
    assert "median" not in said
    # The finding itself, with the limits, is folded beside it.
    assert "Not comparable: legal SME limits differ:" in said


def test_a_rank_of_an_older_year_carries_the_value_of_that_year():
    text = in_words(standings.figures(catalogue(), catalogue().place("MAC"), "population", "#000"))
    assert "0.27 % in 2023: 14th of 14 in 2023; median 2.88 %" in text


@pytest.mark.parametrize(
    ("place", "indicator", "said"),
    [
        ("KOR", "rd_expenditure_gdp", "highest of 14 in 2023; median 2.88 %"),
        ("JPN", "wafer_capacity_share_ic_insights", "joint 3rd of 4 in 2020; median 17.9 %"),
        ("JPN", "industrial_cluster_plans", "No rank: no other economy has a value for 2002."),
    ],
)
def test_a_standing_is_a_sentence(place, indicator, said):
    assert standings.standing_words(standing(catalogue(), place, indicator)) == said


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_ranks_are_written_as_they_are_read(number, text):
    assert standings.ordinal(number) == text


def test_the_indicators_of_the_lists_are_in_the_catalogue_under_their_topic():
    for topic, keys in KEY_FIGURES.items():
        for key in keys:
            assert catalogue().indicator(key).topic == topic


def test_definitions_of_others_are_shown_where_figures_follow_them():
    rows = small_firms.definitions(catalogue(), catalogue().place("DEU"))
    values = catalogue().table("observations")
    followed = set(values.loc[values["place_id"] == "DEU", "definition_id"]) - {""}
    assert followed <= set(rows["definition_id"])
    assert (rows["economy"] != "DEU").any()


def test_figures_are_listed_under_the_definition_they_rest_on():
    place = place_of("MYS")
    lines = small_firms.resting(catalogue(), place).split('<tr><th scope="row">')
    values = catalogue().table("observations")
    own = values[(values["place_id"] == "MYS") & (values["definition_id"] == "MYS_2013")]
    [line] = [line for line in lines if line.startswith("From 2013")]
    assert f"{len(own)} values" in line
    assert set(re.findall(r"value=(\w+?)%7CMYS", line)) == set(own["indicator_id"])


def test_totals_of_several_years_are_written_with_their_span_and_have_no_bar(reader):
    reader.go("economy", place="SGP")
    assert "multi-year total 2016-2020" in reader.markup
    assert "Public money for cluster programmes of Singapore" not in reader.markup
    amounts = programmes.amounts(catalogue(), catalogue().place("JPN"))
    assert set(amounts["measure_group"]) == {"public_money"}
    assert amounts["headline"].all()


def test_a_programme_leads_to_its_page_and_one_without_money_says_so(reader):
    reader.go("economy", place="JPN")
    for key in catalogue().programmes("JPN")["programme_id"]:
        assert f"view=programme&amp;programme={key}" in reader.markup
    assert programmes.NO_AMOUNT in reader.markup


def test_the_map_of_an_economy_lists_its_hubs_and_clusters(reader):
    reader.go("economy", place="TWN")
    assert "Hubs and clusters of Taiwan" in reader.texts('class="card-title"')
    reader.go("economy", place="PHL")
    assert "No hub or cluster of the atlas is part of Philippines" in reader.markup


@pytest.mark.parametrize("place", IN_FOCUS)
def test_the_map_of_an_economy_holds_all_its_places_that_have_a_position(place):
    within = told.within(catalogue(), place_of(place))
    scene = where.scene_of(catalogue(), place_of(place))
    placed = {other.place_id for other in within if other.lat is not None}
    assert (scene is None) == (not placed)
    if scene is not None:
        assert set(scene.rows["place_id"]) == placed
        for row in scene.rows.itertuples():
            assert scene.view.holds(row.lat, row.lon), row.place_id
        without = [other.name for other in within if other.lat is None]
        text = " ".join(finding.text for finding in scene.findings)
        assert all(name in text for name in without)


def test_a_neighbour_has_the_same_sections_and_is_said_to_be_ranked_with_the_others(reader):
    reader.go("economy", place="KAZ")
    assert "Kazakhstan, a neighbour, is ranked with them." in reader.markup
    assert "The atlas holds no cluster programme that Kazakhstan runs." in reader.markup
    assert "No legal definition of an SME is held for Kazakhstan." in reader.markup
