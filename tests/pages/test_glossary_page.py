"""The page of terms: looked up by words, letter and topic; one open with its document and uses."""

import re

from dashboard.catalogue.glossary import terms
from dashboard.ui.finder import answer


def listed(reader):
    """Identifiers of the terms listed."""
    return re.findall(r'<dt><a href="/glossary\?term=(\w+)"', reader.markup)


def test_terms_are_narrowed_by_words_topic_and_letter(reader, catalogue):
    reader.go("glossary")
    assert reader.title == "Glossary"
    assert not reader.warnings
    assert listed(reader) == list(terms(catalogue))
    assert f"{len(terms(catalogue))} terms on 7 topics." in reader.texts('class="card-sentence"')
    assert reader.widget("csv_glossary_all").label == "CSV"
    reader.choose("glossary_topic", "semiconductors")
    assert {terms(catalogue)[key].topic for key in listed(reader)} == {"semiconductors"}
    assert reader.address["term_topic"] == ["semiconductors"]
    reader.choose("glossary_search", "  design   firm ")
    assert listed(reader) == ["fabless", "foundry", "idm"]
    assert reader.address["term_search"] == ["design firm"]
    letters = reader.texts('class="letter"')
    assert letters == ["F", "I"]


def test_a_term_opens_with_meaning_passage_related_terms_and_uses(reader, catalogue):
    reader.go("glossary", term="cluster", letter="Z")
    assert "Cluster" in reader.texts('class="card-title"')
    [definition] = reader.texts('class="definition"')
    assert definition == terms(catalogue)["cluster"].definition
    assert "Section On the Concept of Cluster" in reader.markup
    assert "/data?view=source&amp;source=seed_chaminade_vang_2008" in reader.markup
    assert 'href="/glossary?term=interactive_learning"' in reader.markup
    assert "element=porter_diamond.cluster" in reader.markup
    assert "/data?view=indicator&amp;indicator=cluster_firms" in reader.markup
    # The letter keeps none, and the term is shown in any case.
    assert listed(reader) == []
    assert reader.address["term"] == ["cluster"]


def test_what_the_glossary_does_not_have_is_refused(reader):
    reader.go("glossary", term="nothing", letter="ä", term_topic="sme", term_search="x" * 200)
    said = " ".join(reader.warnings)
    assert "the glossary has no such term" in said
    assert "a capital from A to Z is expected" in said
    assert "the glossary has no such topic" in said
    assert "a search takes up to" in said
    assert "term_topic" not in reader.address


def test_the_search_of_the_header_finds_terms_by_any_form():
    for text in ("absorptive capacity", "GPN", "Pavitt taxonomy"):
        [group] = [group for group in answer(text)["groups"] if group["title"] == "Terms"]
        assert group["hits"][0]["address"].startswith("/glossary?term=")


def test_a_document_says_what_terms_rest_on_it(reader):
    reader.go("data", view="source", source="bs_lexicon_2007")
    assert "definitions of terms" in reader.markup
    assert "/glossary?term=oem" in reader.markup
