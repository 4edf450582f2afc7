"""Places side by side on their pages: what is chosen, what is refused, what is handed over."""

import re
from html import unescape

import pytest

from dashboard.catalogue.paper_tables import PAPER_TABLES, paper_table
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.side_by_side import places_offered, side_by_side
from dashboard.ui.place import side_by_side as view
from dashboard.ui.place import together
from dashboard.ui.resources import catalogue

CHOICES = {
    "economy": ["JPN", "KOR", "MYS", "VNM", "SGP"],
    "hub": ["hsinchu", "kyushu", "gyeonggi", "bangalore", "singapore"],
    "cluster": [
        "idn_jepara_furniture",
        "twn_floriculture",
        "tha_automotive",
        "irl_shannon",
        "chn_it_industry",
    ],
}


def columns(reader):
    return reader.texts('role="columnheader"')


def row_heads(reader):
    return re.findall(r'role="rowheader"', reader.markup)


@pytest.mark.parametrize("kind", CHOICES)
@pytest.mark.parametrize("number", [1, 2, 4])
def test_each_place_chosen_has_a_column(reader, kind, number):
    places = CHOICES[kind][:number]
    reader.go(kind, view="side_by_side", places=places)
    assert columns(reader) == [catalogue().place(key).name for key in places]
    assert not reader.warnings
    assert reader.address["places"] == places
    assert len(row_heads(reader)) == len(side_by_side(catalogue(), kind, places).rows)
    assert bool(reader.infos) == (number == 1)
    # Every cell of a row names its column, for a narrow screen.
    assert reader.markup.count('<td role="cell"><span class="column"') == number * len(
        row_heads(reader)
    )


@pytest.mark.parametrize("kind", CHOICES)
def test_without_places_the_page_says_what_to_choose_and_offers_sets(reader, kind):
    reader.go(kind, view="side_by_side")
    [info] = reader.infos
    assert f"No {kind} is chosen." in info
    assert "view=side_by_side&amp;places=" in reader.markup
    assert not row_heads(reader)
    for places in view.SUGGESTED[kind]:
        assert set(places) <= set(places_offered(catalogue(), kind))


@pytest.mark.parametrize("kind", CHOICES)
def test_a_fifth_place_is_refused_by_name(reader, kind):
    reader.go(kind, view="side_by_side", places=CHOICES[kind])
    [warning] = reader.warnings
    assert catalogue().label(CHOICES[kind][4]) in warning
    assert "up to 4 places stand side by side" in warning
    assert len(columns(reader)) == 4


@pytest.mark.parametrize(
    ("kind", "wrong", "reason"),
    [
        ("economy", "kyushu", "it is no economy but a hub"),
        ("hub", "JPN", "it is no hub but an economy"),
        ("cluster", "hsinchu", "it is no cluster but a hub"),
    ],
)
def test_a_place_of_another_kind_is_refused_in_a_sentence(reader, kind, wrong, reason):
    reader.go(kind, view="side_by_side", places=[wrong, *CHOICES[kind][:2]])
    [warning] = reader.warnings
    assert reason in warning
    assert len(columns(reader)) == 2


def test_places_chosen_on_another_page_are_left_out_without_a_word(reader):
    reader.go("economy", view="side_by_side", places=["JPN", "KOR"])
    reader.app.query_params.clear()
    reader.go("hub", view="side_by_side")
    assert not reader.warnings
    assert not columns(reader)


def test_choosing_changes_the_columns_and_the_address(reader):
    reader.go("economy", view="side_by_side", places=["JPN", "KOR"])
    reader.choose("economy_side_by_side", ["JPN", "KOR", "TWN"])
    assert columns(reader) == ["Japan", "South Korea", "Taiwan"]
    assert reader.address["places"] == ["JPN", "KOR", "TWN"]
    assert reader.address["view"] == ["side_by_side"]


def test_rows_that_are_the_same_or_unknown_for_all_can_be_folded(reader):
    places = ["hsinchu", "kyushu"]
    reader.go("hub", view="side_by_side", places=places)
    rows = side_by_side(catalogue(), "hub", places).rows
    equal = [row for row in rows if row.verdict in view.FOLDED]
    assert "= the same" in reader.markup
    reader.choose("hub_fold_equal", True)
    assert len(row_heads(reader)) == len(rows) - len(equal)
    assert "= the same" not in reader.markup
    folded = sum(int(number) for number in re.findall(r"· (\d+) rows? folded", reader.markup))
    assert folded == len(equal)


def test_differences_are_marked_in_words_and_values_that_do_not_compare_are_said(reader):
    reader.go("economy", view="side_by_side", places=["JPN", "KOR", "MYS"])
    text = unescape(reader.markup)
    assert "≠ differ" in text
    assert "≠ differ · 1 not known" in text
    assert "✕ does not compare" in text
    assert "Not comparable: legal SME limits differ: Japan 300 employees" in text
    assert "other year" in text


@pytest.mark.parametrize("name", PAPER_TABLES)
def test_a_paper_table_shows_exactly_its_cells_with_their_locators(reader, name):
    reader.go("cluster", view=name)
    table = paper_table(catalogue(), name)
    assert reader.title == f"{PAPER_TABLES[name].title}, {PAPER_TABLES[name].table}"
    assert reader.address["places"] == list(table.places)
    assert len(row_heads(reader)) == len(table.rows)
    text = unescape(reader.markup)
    for row in table.rows:
        for cell in row.cells:
            assert cell.items[0].text in text
            assert cell.items[0].locator in text
    assert "≠ differ" not in text
    # Another choice is no longer the table of the paper.
    reader.choose("cluster_side_by_side", list(table.places[:2]))
    assert reader.address["view"] == ["side_by_side"]
    assert len(columns(reader)) == 2


def test_the_csv_has_a_row_for_each_thing_said_with_its_document():
    places = ("JPN", "KOR", "MAC")
    table = side_by_side(catalogue(), "economy", places)
    file = view.as_file(table, catalogue())
    for row in table.rows:
        lines = file[file["row"] == view.row_label(row, catalogue())]
        assert set(lines["place_id"]) == set(places), row.name
        assert set(lines["compared"]) == {row.verdict}
    numbers = file[file["value"].notna()]
    assert numbers["unit"].ne("").all()
    assert numbers["source"].ne("").all()
    assert numbers["year"].notna().all()
    assert "no value held" in set(file["said"])


def test_judgements_that_no_paper_rates_carry_no_mark_of_difference(reader):
    reader.go("cluster", view="side_by_side", places=["tha_automotive", "twn_floriculture"])
    heads = {
        text.split("≠")[0].split("in words")[0].strip(): text
        for text in reader.texts('role="rowheader"')
    }
    assert heads["Policy"].endswith("in words, not rated")
    assert heads["Social capital"].endswith("≠ differ")


def test_the_two_words_of_mixed_are_not_mistaken_for_each_other():
    table = side_by_side(catalogue(), "economy", ("JPN",))
    [row] = [row for row in table.rows if row.name == "Approach of the programmes"]
    said = {view.item_text(item, catalogue()) for item in row.cells[0].items}
    assert said == {"Mixed", "Business", "Academic"}


def test_pages_and_panel_lead_to_places_side_by_side(reader):
    reader.go("hub", place="hsinchu")
    assert "/hub?view=side_by_side&amp;places=hsinchu" in reader.markup
    markup = together.markup(catalogue(), Selection(selected=("JPN", "KOR")))
    assert "/economy?view=side_by_side&amp;places=JPN&amp;places=KOR" in markup
    many = together.markup(catalogue(), Selection(selected=("JPN", "KOR", "CHN", "TWN", "IND")))
    assert "First 4 side by side" in many
    assert "places=IND" in many.split("First 4")[0]
    reader.app.query_params.clear()
    reader.app.session_state["selection"] = Selection()
    reader.go("cluster")
    for name in PAPER_TABLES:
        assert f"view={name}" in reader.markup


def test_a_link_to_a_place_opens_it_though_the_page_was_left_side_by_side(reader):
    reader.go("economy", view="side_by_side", places=["JPN", "KOR"])
    reader.app.query_params.clear()
    reader.go("data")
    reader.app.query_params.clear()
    reader.go("economy", place="TWN")
    assert reader.title.startswith("Taiwan")
    # And without a place the page is found as it was left.
    reader.app.query_params.clear()
    reader.app.session_state["selection"] = Selection(places=("JPN", "KOR"))
    reader.app.session_state["left_at"] = {"economy": "side_by_side"}
    reader.go("data")
    reader.app.query_params.clear()
    reader.go("economy")
    assert columns(reader) == ["Japan", "South Korea"]
