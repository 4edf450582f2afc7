"""The glossary: enough terms, short and sourced, each form of one term only."""

import csv
from collections import Counter

import pytest

from dashboard.catalogue.glossary import inflected, is_abbreviation
from dashboard.catalogue.loading import DATA
from dashboard.catalogue.vocabulary import GLOSSARY_TOPICS

MUST_HAVE = """
cluster; agglomeration; industrial district; interactive learning; absorptive capacity; OEM; ODM
social capital; human capital; triple helix; global production network; GPN; GIN; OBM; CoPS
global innovation network; complex product system; tacit knowledge; codified knowledge
innovation system; regional innovation system; process upgrading; product upgrading
functional upgrading; intersectoral upgrading; product specialisation; soft capabilities; TNC; FIE
SME; FDI; R&D; PPP; fab; foundry; IDM; fabless; wafer; location quotient; Herfindahl; Gini
sigma convergence; beta convergence; value chain; spillover; weakest node; process node
governance scale; decentralisation; Silicon Sea-belt; Pavitt's taxonomy; specialised supplier
science-based industry; traditional manufacturing; natural-resource-based industry
"""


@pytest.fixture(scope="module")
def rows():
    with (DATA / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def forms(row):
    return [row["term"], *filter(None, row["also"].split(";"))]


def test_the_terms_of_the_field_are_there(rows):
    held = {form for row in rows for form in forms(row)}
    wanted = [form.strip() for form in MUST_HAVE.replace("\n", ";").split(";") if form.strip()]
    assert len(rows) >= 60
    assert [form for form in wanted if form not in held] == []
    assert {row["topic"] for row in rows} == set(GLOSSARY_TOPICS)


def test_a_definition_is_short_and_says_where_it_is_from(rows):
    assert [row["term_id"] for row in rows if len(row["definition"].split()) > 45] == []
    assert [row["term_id"] for row in rows if not row["locator"]] == []


def test_no_two_terms_share_a_form(rows):
    counts = Counter(
        written if is_abbreviation(written) else written.lower()
        for row in rows
        for written in {key for form in forms(row) for key in inflected(form)}
    )
    assert [form for form, number in counts.items() if number > 1] == []


def test_related_terms_are_other_terms_each_once(rows):
    for row in rows:
        see = [key for key in row["see"].split(";") if key]
        assert row["term_id"] not in see
        assert len(see) == len(set(see)), row["term_id"]


def test_most_definitions_rest_on_the_papers(rows):
    # What none of them defines rests on a document made to define it.
    own = [row for row in rows if row["source_id"].startswith("seed_")]
    assert len(own) > 0.75 * len(rows)
    assert len({row["source_id"] for row in own}) == 5
