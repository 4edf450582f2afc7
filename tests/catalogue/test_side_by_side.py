"""Places side by side share their rows; the papers' tables come out of the data cell by cell."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.columns import Cell, Item, Row
from dashboard.catalogue.paper_tables import PAPER_TABLES, case_names, paper_table
from dashboard.catalogue.side_by_side import (
    DIMENSIONS,
    KINDS,
    MOST_PLACES,
    VERDICTS,
    places_offered,
    side_by_side,
)

JEPARA, FLOWERS, CARS, SOFTWARE = (
    "idn_jepara_furniture",
    "twn_floriculture",
    "tha_automotive",
    "bangalore",
)

# What each cell of the two tables says, noted from the papers: all notions that must be found.
# The data have the cells in the curators' words, so notions are looked for and not sentences.
INDUSTRY_2006 = {
    JEPARA: "process|small steps|organise|machinery and chemical|methods, inputs|design|on cost"
    "|informal|cohesion|change firms",
    FLOWERS: "basic and applied|public institutes|suppliers|seeds|scientific|health and quality"
    "|patents|jointly|associations|universities|transnational",
    CARS: "design, building and running|small steps|modular|international quality|assemblers"
    "|Nearness|globally|codified",
    SOFTWARE: "small firms|users|advanced|own research|labour|customers|cooperation is limited"
    "|joint marketing|organisation|change firms",
}
INDUSTRY_2008 = INDUSTRY_2006 | {
    JEPARA: "process upgrading|small steps|organise|machinery and chemical|methods, inputs|design"
    "|on cost|informal|cohesion|change firms",
    CARS: "upgraded in small steps|international quality|assemblers|Nearness|globally|codified",
    SOFTWARE: "small firms|users|labour|customers|cooperation between small firms is limited"
    "|joint marketing|organisation|change firms",
}
FEATURES_2006 = {
    JEPARA: "2,000|small and medium|international markets",
    FLOWERS: "Small farms|1 hectare",
    CARS: "Transnational assemblers dominate|2nd and 3rd tier|little access to knowledge",
    SOFTWARE: "multinational|small and medium firms dominate",
}
FEATURES_2008 = FEATURES_2006 | {
    CARS: "Transnational assemblers dominate|second and third tier",
}
PEOPLE_2006 = {
    JEPARA: "craft|by doing|highly skilled|shared|policy can help|Managerial and marketing",
    FLOWERS: "three|nothing of the market|marketing firms|biotechnology|apart",
    CARS: "Blue-collar|cost|quality standards|less so, just-in-time|blueprints|formal training"
    "|engineering and design",
    SOFTWARE: "easy to find|institutions of education|Technical skill|management and marketing",
}
PEOPLE_2008 = PEOPLE_2006 | {
    JEPARA: "craft|by doing|highly skilled|shared|Managerial and marketing"
    "|upgraded changed their organisation",
    CARS: "Blue-collar|low cost|quality and just-in-time delivery gaining|blueprints"
    "|formal training|engineering and design",
}
TIES_2006 = {
    JEPARA: "Strong|kinship and family|Acting together is common|machinery|scale",
    FLOWERS: "Strong|Chinese values|collective action common|one activity",
    CARS: "Weak|Toyota|first tier only|hardly cooperate|quality standards",
    SOFTWARE: "alumni|mobility|marketing|rivalry|specialise|complementary|core business",
}
TIES_2008 = TIES_2006 | {
    CARS: "Weak|Toyota|first tier only|hardly cooperate|efficient",
    SOFTWARE: "Limited|marketing|rivalry|specialise",
}
POLICY_2006 = {
    JEPARA: "has been small|trade fairs|management and marketing|trends|direct access to customers",
    FLOWERS: "coordinating|markets and trends|scientific|regional innovation system",
    CARS: "harmed|duties of transnational|skills|quality standards|collective action"
    "|specialisation|low cost to quality|once more",
    SOFTWARE: "joint action|specialisation|not on rivalry|fairs|public procurement|managerial",
}
CELLS = {
    "cases_2006": {
        "Main characteristics of the industry": INDUSTRY_2006,
        "Specific cluster features": FEATURES_2006,
        "Human capital": PEOPLE_2006,
        "Social capital and networks": TIES_2006,
        "Policy": POLICY_2006,
    },
    "cases_2008": {
        "Main characteristics of the industry": INDUSTRY_2008,
        "Specific cluster features": FEATURES_2008,
        "Human capital": PEOPLE_2008,
        "Social capital and networks": TIES_2008,
    },
}
# What only the older of two cells says, and the newer one must not have taken over.
ONLY_2006 = [
    ("Specific cluster features", CARS, "access to knowledge"),
    ("Social capital and networks", CARS, "quality standards"),
    ("Social capital and networks", SOFTWARE, "alumni"),
    ("Human capital", JEPARA, "policy"),
    ("Main characteristics of the industry", CARS, "modular"),
]


def cell_of(catalogue, name, row, place):
    table = paper_table(catalogue, name)
    [found] = [item for item in table.rows if item.name == row]
    [item] = found.cells[table.places.index(place)].items
    return item


# --- The papers' tables ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAPER_TABLES)
def test_a_paper_table_has_the_rows_and_columns_of_the_paper_in_its_order(catalogue, name):
    table = paper_table(catalogue, name)
    assert table.places == (JEPARA, FLOWERS, CARS, SOFTWARE)
    assert [row.name for row in table.rows] == list(CELLS[name])
    assert table.is_paper
    headings = [case_names(catalogue, name)[key] for key in table.places]
    for heading, words in zip(
        headings,
        (
            ("Jepara", "traditional"),
            ("Taiwan flowers", "resource"),
            ("Thai automotive", "complex product systems"),
            ("Bangalore software", "specialised suppliers"),
        ),
        strict=True,
    ):
        assert all(word in heading for word in words)


@pytest.mark.parametrize(
    ("name", "row", "place"),
    [
        (name, row, place)
        for name, rows in CELLS.items()
        for row, places in rows.items()
        for place in places
    ],
)
def test_each_cell_says_what_the_paper_says_and_where(catalogue, name, row, place):
    item = cell_of(catalogue, name, row, place)
    lacking = [
        notion
        for notion in CELLS[name][row][place].split("|")
        if not re.search(re.escape(notion), item.text, re.IGNORECASE)
    ]
    assert lacking == []
    assert item.source_id == PAPER_TABLES[name].source_id
    table, _, line = item.locator.partition(", row ")
    assert table == PAPER_TABLES[name].table
    assert line.lower().replace("&", "and") == row.lower()


@pytest.mark.parametrize(("row", "place", "notion"), ONLY_2006)
def test_what_the_article_of_2008_dropped_stands_in_the_older_table_only(
    catalogue, row, place, notion
):
    assert notion in cell_of(catalogue, "cases_2006", row, place).text
    assert notion not in cell_of(catalogue, "cases_2008", row, place).text


def test_a_case_that_is_a_hub_stands_among_the_clusters_and_not_the_reverse(catalogue):
    assert SOFTWARE in places_offered(catalogue, "cluster")
    assert catalogue.places[SOFTWARE].kind == "hub"
    hubs = {place.place_id for place in catalogue.places_of_kind("hub")}
    assert set(places_offered(catalogue, "hub")) == hubs


# --- Any places -----------------------------------------------------------------------------------


# Each example asks for every row of the data twice.
@settings(max_examples=8)
@given(st.data())
def test_all_columns_share_the_same_rows_and_every_cell_says_something(catalogue, data):
    kind = data.draw(st.sampled_from(KINDS))
    offered = places_offered(catalogue, kind)
    places = data.draw(
        st.lists(st.sampled_from(offered), min_size=1, max_size=MOST_PLACES, unique=True)
    )
    table = side_by_side(catalogue, kind, places)
    assert table.places == tuple(places)
    names = [(row.group, row.name) for row in table.rows]
    assert len(set(names)) == len(names)
    for row in table.rows:
        assert len(row.cells) == len(places)
        for cell in row.cells:
            said = (bool(cell.items), cell.observation is not None, bool(cell.missing))
            assert sum(said) == 1, row.name
    # Another order of columns changes no row and no verdict.
    back = side_by_side(catalogue, kind, places[::-1])
    assert [(row.name, row.verdict) for row in back.rows] == [
        (row.name, row.verdict) for row in table.rows
    ]


def test_an_indicator_is_of_one_year_where_the_places_have_one(catalogue):
    rows = {row.name: row for row in side_by_side(catalogue, "economy", ("JPN", "KOR")).rows}
    row = rows["rd_expenditure_gdp"]
    assert {int(cell.observation.year) for cell in row.cells} == {row.year}
    held = catalogue.series("rd_expenditure_gdp", ("JPN", "KOR"))
    both = held.groupby("year")["place_id"].nunique()
    assert row.year == both.index[both == 2].max()


def test_a_value_of_another_year_is_marked_and_one_that_is_lacking_said(catalogue):
    rows = {row.name: row for row in side_by_side(catalogue, "economy", ("JPN", "KOR", "MYS")).rows}
    row = rows["sme_share_enterprises"]
    assert [cell.is_other_year for cell in row.cells] == [
        int(cell.observation.year) != row.year for cell in row.cells
    ]
    assert row.cells[0].is_other_year
    assert [item.code for item in row.findings] == ["sme_definition"]
    assert rows["foundry_capacity_share"].cells[2].missing == "no value held"


def test_hubs_are_compared_by_what_two_of_them_have_and_the_rest_is_counted(catalogue):
    places = ("bangalore", "hsinchu", "shanghai")
    table = side_by_side(catalogue, "hub", places)
    shown = {row.name for row in table.rows if row.sort == "indicator"}
    held = [catalogue.indicators_of(key) for key in places]
    for key in shown:
        assert sum(key in own for own in held) >= 2
    assert table.left_out == len(set.union(*held)) - len(shown)


def test_a_share_whose_source_names_no_law_is_said_not_to_compare(catalogue):
    rows = {row.name: row for row in side_by_side(catalogue, "economy", ("JPN", "KOR")).rows}
    codes = {item.code for item in rows["sme_share_employment"].findings}
    assert "sme_definition_unstated" in codes
    assert not rows["rd_expenditure_gdp"].findings


def test_places_that_no_paper_judges_have_one_row_that_says_so(catalogue):
    rows = side_by_side(catalogue, "hub", ("hsinchu", "kyushu")).rows
    [row] = [row for row in rows if row.group == VERDICTS]
    assert {cell.missing for cell in row.cells} == {"no verdict in the papers"}


def test_doubts_of_the_curators_are_no_verdicts_of_the_papers(catalogue):
    rows = side_by_side(catalogue, "cluster", (CARS, FLOWERS)).rows
    groups = {row.name: row.group for row in rows if row.sort == "dimension"}
    assert groups["doubtful_verdict"] == groups["doubtful_figure"] == "Doubts about the papers"
    assert groups["human_capital"] == VERDICTS


def test_the_dimensions_of_the_papers_come_first_for_clusters(catalogue):
    table = side_by_side(catalogue, "cluster", (CARS, FLOWERS))
    rows = [row.name for row in table.rows if row.sort == "dimension"]
    assert tuple(rows[: len(DIMENSIONS)]) == DIMENSIONS
    people = next(row for row in table.rows if row.name == "social_capital")
    # The papers disagree on Taiwan: both verdicts stand, each with its document.
    assert {item.rating for item in people.cells[1].items} == {"strong", "weak"}
    assert all(item.source_id and item.locator for item in people.cells[1].items)


def said(*texts):
    return Cell(tuple(Item(text) for text in texts))


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ((said("a"), said("b")), "differ"),
        ((said("a"), said("b"), Cell(missing="no")), "differ"),
        ((said("a", "b"), said("b", "a")), "same"),
        ((said("a"), Cell(missing="no")), "part"),
        ((Cell(missing="no"), Cell(missing="not known")), "unknown"),
    ],
)
def test_what_is_not_known_neither_differs_nor_is_the_same(cells, verdict):
    assert Row("x", "y", cells).verdict == verdict


def judged(*ratings):
    return Cell(tuple(Item(f"judgement {at}", rating=name) for at, name in enumerate(ratings)))


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ((judged("strong"), judged("weak")), "differ"),
        ((judged("weak"), judged("weak", "weak")), "same"),
        ((judged("strong"), judged("strong", "weak")), "differ"),
        ((judged("unrated"), judged("unrated", "unrated")), "words"),
        ((judged("unrated"), Cell(missing="no verdict")), "part"),
    ],
)
def test_judgements_are_compared_by_their_ratings_and_not_by_their_words(cells, verdict):
    assert Row("policy", "Verdicts", cells, "dimension").verdict == verdict
