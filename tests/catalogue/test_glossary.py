"""Terms in texts, and terms that a reader looks up."""

import pytest

from dashboard.catalogue.glossary import (
    Matcher,
    Term,
    appearances,
    glossary_table,
    inflected,
    is_abbreviation,
    sought,
    terms,
)


def term(term_id, name, *also):
    return Term(term_id, name, also, "clusters", "A meaning.", "a_2020", "Page 1", ())


MATCHER = Matcher(
    [
        term("cluster", "cluster"),
        term("policy", "cluster policy"),
        term("cops", "complex product system", "CoPS"),
        term("rd", "research and development", "R&D"),
        term("pavitt", "Pavitt's taxonomy"),
        term("spin", "spin-off"),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A cluster.", ["cluster"]),
        ("Clusters and CLUSTER", ["Clusters", "CLUSTER"]),
        ("cluster policies, a cluster's policy", ["cluster policies", "cluster"]),
        ("clustered, cluster-based, intercluster, inter-cluster", []),
        ("CoPS, not cops or COPS", ["CoPS"]),
        ("R&D (R & D)", ["R&D"]),
        ("XR&D R&Dx", []),
        ("Pavitt’s taxonomy and Pavitt's taxonomy", ["Pavitt’s taxonomy", "Pavitt's taxonomy"]),
        ("Spin-offs; a spin-off-like firm", ["Spin-offs"]),
        ("cluster", ["cluster"]),
        ("cluster - policy", ["cluster"]),
        ("", []),
    ],
)
def test_a_term_is_a_whole_word_in_any_case_or_number(text, found):
    assert [text[use.start : use.end] for use in MATCHER.uses(text)] == found


def test_plurals_are_regular():
    assert inflected("spillover") == ("spillover", "spillovers")
    assert inflected("externality") == ("externality", "externalities")
    assert inflected("SME") == ("SME", "SMEs")
    assert inflected("clustering") == ("clustering",)
    assert inflected("key") == ("key", "keys")


def test_capitals_make_an_abbreviation_but_not_a_name():
    assert all(map(is_abbreviation, ("GPN", "R&D", "CoPS", "SoC")))
    assert not any(map(is_abbreviation, ("Gini", "Silicon Sea-belt", "R&D intensity")))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"search": "gpn"}, ["gpn"]),
        ({"search": "capital firms trust"}, ["social_capital"]),
        ({"topic": "statistics", "letter": "G"}, ["gdp_deflator", "gini"]),
        ({"letter": "X"}, []),
        ({"search": "no such words"}, []),
    ],
)
def test_terms_are_sought_by_words_topic_and_letter(catalogue, asked, found):
    assert [item.term_id for item in sought(catalogue, **asked)] == found


def test_all_terms_stand_in_the_order_of_their_names(catalogue):
    names = [item.name.lower() for item in sought(catalogue)]
    assert names == sorted(names)
    assert len(names) == len(catalogue.table("glossary"))


def test_a_file_of_terms_names_documents_and_related_terms(catalogue):
    [row] = glossary_table([terms(catalogue)["oem"]], catalogue).to_dict("records")
    assert row["source"] == "Lexicon: OEMs and ODMs"
    assert row["see"] == "original design manufacturer; original brand manufacturer"
    assert list(glossary_table([], catalogue).columns) == list(row)


def test_uses_of_a_term_hold_the_word(catalogue):
    used = appearances(catalogue)["functional_upgrading"]
    assert "upgrading_types.functional" in used.elements
    used = appearances(catalogue)["wafer"]
    assert "wafer_capacity_mn_per_month" in used.indicators
    texts = catalogue.table("lessons").set_index("lesson_id")["text"]
    for key in appearances(catalogue)["knowledge_worker"].lessons:
        assert "knowledge worker" in texts[key].lower()
