"""The page of lessons: its views, the finder, lessons that open, and frameworks that are whole."""

from html import escape, unescape

import pytest

from dashboard.catalogue.address import PARAMETERS
from dashboard.catalogue.frameworks import framework
from dashboard.catalogue.lesson_matching import matching_cases
from dashboard.ui.lessons.east_west import POINTS
from dashboard.ui.lessons.finder import case_rows
from dashboard.ui.lessons.settle import VIEWS

# Frameworks that this page shows whole, by view.
FRAMEWORKS = {
    "finder": (),
    "types": (
        *("cluster_comparison_2006", "cluster_comparison_2008", "case_selection"),
        "clusters_in_developing_economies",
    ),
    "weakest": ("weakest_node",),
    "decides": (
        *("decision_level", "multi_scalar_governance", "fukuoka_tasks", "policy_dimensions"),
        *("policy_approaches", "research_alliances"),
    ),
    "east_west": ("cluster_approaches",),
    "whom": (),
    "all": (),
}
LIKE_BANGALORE = {"industry_type": "specialised_suppliers", "social_capital": "weak"}


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_stands_in_cards_and_shows_its_frameworks_whole(reader, catalogue, view):
    reader.go("lessons", view=view)
    assert reader.title == "Lessons"
    assert not reader.warnings
    assert reader.widget("lessons_view").value == view
    assert set(reader.address) <= set(PARAMETERS)
    assert reader.source.startswith("Source: ")
    assert not [text for text in reader.texts('class="card-sentence"') if len(text.split()) > 120]
    shown = unescape(reader.markup)
    for name in FRAMEWORKS[view]:
        assert reader.widget(f"csv_lessons_{name}").label == "CSV"
        for element in framework(catalogue, name).elements:
            missing = [said.text for said in element.statements if said.text not in shown]
            assert not missing, (name, element.element_id)


def test_every_lesson_can_be_read_under_all(reader, catalogue):
    reader.go("lessons", view="all")
    for text in catalogue.table("lessons")["text"]:
        assert escape(text) in reader.markup, text


def test_the_finder_asks_for_a_setting_and_shows_the_cases(reader):
    reader.go("lessons")
    assert [text for text in reader.infos if text.startswith("No setting is chosen yet.")]
    assert reader.card_title == "The cases of the papers, and what is said of them"
    reader.choose("lessons_social_capital", "weak")
    assert reader.address["social_capital"] == ["weak"]
    assert reader.card_title == "Cases like this"
    assert not reader.infos


def test_the_finder_says_how_each_thing_matched(reader):
    reader.go("lessons", **LIKE_BANGALORE)
    assert reader.widget("lessons_industry_type").value == "specialised_suppliers"
    shown = unescape(reader.markup)
    assert "Meets 2 of 2 settings" in shown
    assert "✓ Industry type: specialised suppliers named by the lesson itself" in shown
    assert "✓ Social capital: weak in Bangalore (Bengaluru) (Chaminade and Vang 2008)" in shown
    assert "not said: social capital" in shown
    assert "(Chaminade and Vang 2008; another passage says strong)" in shown
    assert "in Thai automotive clusters (Chaminade and Vang 2006; Chaminade and Vang 2008)" in shown
    assert "the authors do not hold that they apply as they stand to other clusters" in shown
    assert [note for note in reader.notes if note.startswith("A lesson is judged by its own words")]


def test_the_finder_says_that_nothing_is_found(reader):
    reader.go("lessons", governance_scale="local", for_whom="firms")
    assert [text for text in reader.infos if text.startswith("No case of the papers meets scale")]
    assert [text for text in reader.infos if text.startswith("No lesson of the papers matches")]
    assert "What the papers would suggest" not in reader.markup


def test_a_lesson_opens_in_place_with_cases_figures_and_source(reader):
    reader.go("lessons", view="types", lesson="cv_industry_14")
    assert reader.markup.count('aria-expanded="true"') == 1
    assert "/hub?place=bangalore" in reader.markup
    assert "view=value" in reader.markup
    assert "Section 4, Support of interactive learning" in reader.markup
    closed = reader.go("lessons", view="types", lesson="")
    assert 'aria-expanded="true"' not in closed.markup


def test_a_lesson_that_the_filters_leave_out_is_shown_and_said_to_be(reader):
    reader.go("lessons", view="whom", for_whom="firms", lesson="mitsui_east_04")
    assert "The lesson that is open" in reader.markup
    assert [note for note in reader.notes if note.startswith("The lesson that is open is none")]
    assert "29.4 bn" in unescape(reader.markup)


def test_filters_narrow_the_lessons_and_nothing_left_is_said(reader):
    reader.go("lessons", view="all").choose("lessons_dimension", "core_body")
    [sentence] = reader.texts('class="card-sentence"')
    assert sentence == "2 lessons of 1 paper, 1 of them advice."
    reader.app.session_state["table_lessons_list"] = True
    reader.run()
    assert "<caption>All lessons of the five papers</caption>" in reader.markup
    reader.choose("lessons_for_whom", "firms")
    assert [text for text in reader.infos if text.startswith("No lesson of this view passes")]


def test_both_sides_stand_point_by_point_with_the_plans_money(reader):
    reader.go("lessons", view="east_west")
    shown = unescape(reader.markup)
    for point in POINTS:
        assert f'<th scope="row">{point.name}</th>' in shown
    assert shown.count("not said") >= 6
    assert "29.4 bn" in shown
    assert "52.2 bn" in shown
    assert "/programmes?view=money&programme=jp_meti_icp1" in shown
    assert len(reader.charts) == 1


def test_wrong_settings_are_refused_and_the_page_still_works(reader):
    wrong = dict.fromkeys(("lesson", "dimension", "for_whom", "human_capital", "view"), "nonsense")
    reader.go("lessons", **wrong)
    assert len(reader.warnings) == len(wrong)
    assert reader.title == "Lessons"


def test_a_file_of_cases_names_the_document_of_each_fact(catalogue):
    wish = {"social_capital": ("weak",), "governance_scale": ("national",)}
    shown = [(item.item, item.verdicts) for item in matching_cases(catalogue, wish)]
    rows = case_rows(shown, catalogue, is_sought=True)
    flowers = rows[rows["case"] == "Taiwan floriculture (orchid) cluster"]
    said = {tuple(row) for row in flowers[["held", "result", "source_id", "locator"]].to_numpy()}
    assert said == {
        (
            "Weak",
            "met",
            "seed_chaminade_vang_2008",
            "Section Natural Resource-based Cluster",
        ),
        ("Strong", "not met", "seed_chaminade_vang_2006", "Table 2"),
        ("Strong", "not met", "seed_chaminade_vang_2008", "Table I"),
        ("National", "met", "", ""),
    }
    plan = rows[rows["case"].str.startswith("Japan's Industrial Cluster Plan")]
    assert list(plan["result"]) == ["not said", "met"]
