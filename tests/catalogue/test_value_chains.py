"""Value chains: numbered in an order, rival ratings found, disagreements named with passages."""

from dashboard.catalogue.value_chains import (
    KINDS,
    LEARNING_WORDS,
    disagreements,
    short_citation,
    value_chain_of,
)

V06, V08 = "seed_chaminade_vang_2006", "seed_chaminade_vang_2008"


def about(catalogue, place_id):
    return {item.about: item for item in disagreements(catalogue, place_id)}


def test_every_kind_and_strength_of_the_data_has_words(catalogue):
    table = catalogue.table("value_chains")
    assert set(table["from_kind"]) | set(table["to_kind"]) == set(KINDS)
    assert set(table["interactive_learning"]) <= set(LEARNING_WORDS)


def test_links_are_numbered_from_the_support_of_a_chain_to_its_markets(catalogue):
    chain = value_chain_of(catalogue, "tha_automotive")
    assert list(chain["number"]) == list(range(1, len(chain) + 1))
    ranks = [list(KINDS).index(kind) for kind in chain["from_kind"]]
    assert ranks == sorted(ranks)


def test_a_place_without_a_chain_has_an_empty_one(catalogue):
    chain = value_chain_of(catalogue, "hsinchu")
    assert chain.empty
    assert {"number", "document", "is_disputed"} <= set(chain.columns)


def test_two_ratings_of_one_link_are_both_kept_and_marked(catalogue):
    chain = value_chain_of(catalogue, "idn_jepara_furniture")
    disputed = chain[chain["is_disputed"]]
    assert set(zip(disputed["from_actor"], disputed["to_actor"], strict=True)) == {
        ("Principal subcontractors", "Small family workshops")
    }
    assert dict(zip(disputed["source_id"], disputed["interactive_learning"], strict=True)) == {
        V06: "limited",
        V08: "strong",
    }


def test_a_rated_and_an_unrated_link_are_no_dispute(catalogue):
    chain = value_chain_of(catalogue, "twn_floriculture")
    growers = chain[
        (chain["from_actor"] == "Flower growers") & (chain["to_actor"] == "Flower growers")
    ]
    assert set(growers["interactive_learning"]) == {"strong", "unrated"}
    assert not growers["is_disputed"].any()


def test_a_verdict_that_is_strong_and_weak_is_a_disagreement_with_both_passages(catalogue):
    item = about(catalogue, "twn_floriculture")["social_capital"]
    said = {(passage.source_id, passage.said) for passage in item.passages}
    assert said == {(V06, "strong"), (V08, "weak"), (V08, "strong")}
    assert not item.text


def test_a_verdict_given_once_and_described_once_is_said_to_be_so(catalogue):
    item = about(catalogue, "bangalore")["social_capital"]
    assert [passage.said for passage in item.passages] == ["unrated", "weak"]
    assert item.text == "One passage rates it, another describes it without a rating."


def test_what_the_curators_noted_of_the_two_papers_and_of_doubtful_figures_is_there(catalogue):
    found = about(catalogue, "bangalore")
    assert "embedded software" in found["The two papers on this case"].text
    assert "1 million inhabitants" in found["doubtful_figure"].text
    learning = next(
        item for key, item in about(catalogue, "idn_jepara_furniture").items() if "Learning" in key
    )
    assert {passage.source_id for passage in learning.passages} == {V06, V08}
    assert all(passage.locator for passage in learning.passages)


def test_a_place_that_nobody_contradicts_has_no_disagreement(catalogue):
    assert disagreements(catalogue, "irl_shannon") == []
    assert disagreements(catalogue, "hsinchu") == []


def test_a_document_is_cited_in_short(catalogue):
    assert short_citation(catalogue, V06) == "Chaminade and Vang (2006)"
