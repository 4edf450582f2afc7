"""Lessons as records, filters on them, and what matches a reader's cluster and why."""

import pytest

from dashboard.catalogue.lesson_matching import (
    SETTINGS,
    Fact,
    case_facts,
    cases,
    judged,
    lesson_facts,
    matching_cases,
    matching_lessons,
    wish_of,
)
from dashboard.catalogue.lessons import lessons, lessons_shown, lessons_table, scales_of, types_of
from dashboard.catalogue.selection import Selection


@pytest.fixture(scope="module")
def by_id(catalogue):
    return {item.lesson_id: item for item in lessons(catalogue)}


def outcomes(match):
    return {item.setting: item.outcome for item in match.verdicts}


def test_every_row_of_the_table_is_a_lesson_with_lists(catalogue, by_id):
    assert len(by_id) == len(catalogue.table("lessons")) == 131
    assert by_id["cv_general_09"].for_whom == ("regions", "ministries")
    assert by_id["kitagawa_09"].place_ids == ()


def test_a_lesson_has_its_own_type_and_scale_or_those_of_its_cases(catalogue, by_id):
    own = by_id["cv_general_10"]
    assert types_of(own, catalogue) == ("traditional_manufacturing",)
    assert scales_of(own, catalogue) == ("subnational",)
    shared = by_id["cv_general_01"]
    assert len(types_of(shared, catalogue)) == 4
    assert types_of(by_id["kitagawa_10"], catalogue) == ()


@pytest.mark.parametrize(
    ("filters", "inside", "outside"),
    [
        ({"for_whom": ("firms",)}, "mitsui_sme_01", "mitsui_east_01"),
        ({"dimension": ("core_body",)}, "mitsui_west_02", "mitsui_west_03"),
        ({"industry_type": ("traditional_manufacturing",)}, "cv_general_10", "cv_general_11"),
        ({"governance_scale": ("transnational",)}, "kitagawa_04", "kitagawa_06"),
        ({"places": ("THA",)}, "cv_industry_09", "cv_industry_02"),
        ({"places": ("tha_automotive",)}, "cv_industry_09", "cv_industry_02"),
        ({"firm_scale": ("tnc_dominated",)}, "cv_industry_09", "cv_industry_02"),
    ],
)
def test_a_filter_keeps_what_passes_it(catalogue, filters, inside, outside):
    shown = {item.lesson_id for item in lessons_shown(catalogue, Selection(**filters))}
    assert inside in shown
    assert outside not in shown


def test_filters_hold_together_and_none_keeps_all(catalogue):
    assert len(lessons_shown(catalogue, Selection())) == 131
    both = Selection(for_whom=("firms",), dimension=("core_body",))
    assert lessons_shown(catalogue, both) == []


def test_a_file_of_lessons_names_cases_documents_and_passages(catalogue, by_id):
    table = lessons_table([by_id["cv_industry_14"]], catalogue)
    [row] = table.to_dict("records")
    assert row["cases"] == "Bangalore (Bengaluru)"
    assert "Innovation policy for Asian SMEs" in row["source"]
    assert row["locator"] == "Section 4, Support of interactive learning"


@pytest.mark.parametrize(
    ("held", "outcome"),
    [((), "not_said"), (("strong",), "not_met"), (("weak",), "met"), (("strong", "weak"), "met")],
)
def test_a_setting_is_met_not_met_or_not_said(held, outcome):
    facts = tuple(Fact(value, "a_case") for value in held)
    assert judged("social_capital", ("weak",), facts).outcome == outcome


def test_a_passage_that_says_otherwise_of_the_same_case_is_kept_and_of_another_is_no_dispute():
    facts = (Fact("weak", "a"), Fact("strong", "a"), Fact("strong", "b"))
    verdict = judged("social_capital", ("weak",), facts)
    assert verdict.disputed == (Fact("strong", "a"),)


def test_a_description_without_a_verdict_is_no_fact(catalogue):
    assert case_facts(catalogue, "jpn_fukuoka_system_lsi", "social_capital") == ()
    [fact] = case_facts(catalogue, "bangalore", "social_capital")
    assert (fact.value, fact.locator) == ("weak", "Table I; Section Specialised Suppliers")


def test_a_class_of_the_atlas_says_whether_a_document_or_the_curators_assigned_it(catalogue):
    [read] = case_facts(catalogue, "bangalore", "industry_type")
    assert (read.basis, read.source_id) == ("source", "seed_chaminade_vang_2006")
    [assigned] = case_facts(catalogue, "bangalore", "governance_scale")
    assert (assigned.basis, assigned.source_id) == ("curator", "")


def test_taiwans_flowers_meet_either_verdict_with_the_other_passage_named(catalogue):
    for sought, other in (("weak", "strong"), ("strong", "weak")):
        found = matching_cases(catalogue, {"social_capital": (sought,)})
        [flowers] = [item for item in found if item.item.place_id == "twn_floriculture"]
        assert {fact.value for fact in flowers.verdicts[0].disputed} == {other}


def test_what_a_lesson_names_itself_goes_before_its_cases(catalogue, by_id):
    lesson = by_id["cv_general_10"]
    facts = lesson_facts(catalogue, lesson, "industry_type")
    assert [(fact.value, fact.place_id) for fact in facts] == [("traditional_manufacturing", "")]
    shared = by_id["cv_general_01"]
    [fact] = lesson_facts(catalogue, shared, "industry_type", "tha_automotive")
    assert (fact.value, fact.place_id) == ("complex_product_systems", "tha_automotive")
    assert lesson_facts(catalogue, by_id["kitagawa_10"], "industry_type") == ()


def test_a_lesson_is_judged_by_one_case_and_not_by_several_together(catalogue):
    """Glasgow is science-based, Japan's plan is weak in human capital: neither is both."""
    wish = {"industry_type": ("science_based",), "human_capital": ("weak",)}
    found = {item.item.lesson_id: item for item in matching_lessons(catalogue, wish)}
    assert len(found["mitsui_sme_01"].of("met")) == 1
    for match in found.values():
        facts = [fact for item in match.verdicts for fact in (*item.meeting, *item.otherwise)]
        assert len({fact.place_id for fact in facts if fact.place_id}) <= 1


def test_a_cluster_like_bangalore_finds_it_first_and_its_own_lessons(catalogue):
    wish = {"industry_type": ("specialised_suppliers",), "social_capital": ("weak",)}
    first, *rest = matching_cases(catalogue, wish)
    assert first.item.place_id == "bangalore"
    assert outcomes(first) == {"industry_type": "met", "social_capital": "met"}
    assert outcomes(next(item for item in rest if item.item.place_id == "tha_automotive")) == {
        "industry_type": "not_met",
        "social_capital": "met",
    }
    best = [item.item.lesson_id for item in matching_lessons(catalogue, wish)[:4]]
    assert best == [f"cv_industry_{number}" for number in (13, 14, 15, 16)]


def test_matches_stand_in_the_order_that_is_stated(catalogue):
    wish = {
        "industry_type": ("science_based",),
        "human_capital": ("weak",),
        "firm_scale": ("mixed",),
    }
    found = matching_lessons(catalogue, wish)
    keys = [
        (-len(item.of("met")), len(item.of("not_met")), len(item.item.place_ids)) for item in found
    ]
    assert keys == sorted(keys)
    assert min(len(item.of("met")) for item in found) >= 1


def test_definitions_suggest_nothing(catalogue):
    found = matching_lessons(catalogue, {"industry_type": ("science_based",)})
    assert {item.item.kind for item in found} == {"advice", "finding"}
    assert "ernst_table1_01" not in {item.item.lesson_id for item in found}


def test_without_a_setting_nothing_matches(catalogue):
    assert wish_of(Selection()) == {}
    assert matching_lessons(catalogue, {}) == []
    assert matching_cases(catalogue, {}) == []


def test_settings_are_read_from_the_selection_in_their_order():
    selection = Selection(human_capital="weak", industry_type=("science_based",))
    assert list(wish_of(selection).items()) == [
        ("industry_type", ("science_based",)),
        ("human_capital", ("weak",)),
    ]
    assert set(wish_of(selection)) <= set(SETTINGS)


def test_every_case_of_the_papers_can_be_found(catalogue):
    found = {place.place_id for place in cases(catalogue)}
    assert {"idn_jepara_furniture", "irl_shannon", "silicon_sea_belt"} <= found
    assert not {"JPN", "THA"} & found
