"""Stories for students: short, plain, and true of the rows that each sentence names."""

import re

import pytest

from dashboard.catalogue.address import from_parameters
from dashboard.catalogue.frameworks import elements
from dashboard.catalogue.stories import stories

NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?")
# What sources print in yen or people, a sentence may say in thousands, millions or billions.
SCALES = (1, 1e3, 1e6, 1e9)


@pytest.fixture(scope="module")
def told(catalogue):
    return stories(catalogue)


@pytest.fixture(scope="module")
def every_step(told):
    return [(story, step) for story in told.values() for step in story.steps]


@pytest.fixture(scope="module")
def every_sentence(every_step):
    return [sentence for _, step in every_step for sentence in step.sentences]


@pytest.fixture(scope="module")
def rows_of(catalogue):
    """What a sentence rests on, as the rows of its table; nothing where there is no such row."""
    tables = {
        "funding": ("programme_funding", ["funding_id"]),
        "lesson": ("lessons", ["lesson_id"]),
        "event": ("events", ["event_id"]),
        "profile": ("profiles", ["place_id", "dimension"]),
        "framework": ("frameworks", ["framework_id", "element_id", "dimension"]),
        "definition": ("definitions", ["definition_id"]),
        "programme": ("programmes", ["programme_id"]),
        "place": ("places", ["place_id"]),
        "indicator": ("indicators", ["indicator_id"]),
        "link": ("links", ["link_id"]),
        "source": ("sources", ["source_id"]),
    }
    held = {}
    for kind, (name, keys) in tables.items():
        table = catalogue.table(name)
        for row in table.astype("object").where(table.notna(), "").to_dict("records"):
            held.setdefault((kind, ".".join(row[key] for key in keys)), []).append(row)

    def find(key):
        kind, identifier = key
        if kind == "value":
            row = catalogue.value(identifier)
            return [row.where(row.notna(), "").to_dict()]
        return held.get(key, [])

    return find


def test_there_are_five_stories_of_five_to_eight_steps_in_their_order(told):
    assert list(told) == [
        "silicon_island",
        "sme_shares",
        "two_ministries",
        "global_factory",
        "four_clusters",
    ]
    for story in told.values():
        assert 5 <= len(story.steps) <= 8
        assert [step.number for step in story.steps] == list(range(1, len(story.steps) + 1))
        assert len({step.address for step in story.steps}) == len(story.steps)


def test_a_step_is_short_and_its_sentences_are_shorter(every_step):
    for story, step in every_step:
        lengths = [len(sentence.text.split()) for sentence in step.sentences]
        where = f"{story.story_id} {step.number}"
        assert 40 <= sum(lengths) <= 110, where
        assert sum(lengths) / len(lengths) < 20, where
        assert max(lengths) <= 30, where


def test_each_row_is_one_sentence(every_sentence):
    for sentence in every_sentence:
        assert re.fullmatch(r"[A-Z].*[.?]", sentence.text)
        assert not re.search(r"[.?!] [A-Z]", sentence.text), sentence.text


def test_each_sentence_has_a_passage_and_rows_that_are_held(every_sentence, rows_of):
    for sentence in every_sentence:
        assert sentence.locator
        assert sentence.rests_on
        for key in sentence.rests_on:
            assert rows_of(key), (sentence.text, key)


def test_the_document_of_a_sentence_is_that_of_a_row_it_rests_on(every_sentence, rows_of):
    for sentence in every_sentence:
        rows = [row for key in sentence.rests_on for row in rows_of(key)]
        documents = {row.get("source_id") for row in rows}
        # Indicators, places and programmes are described from many documents.
        kinds = {kind for kind, _ in sentence.rests_on}
        assert sentence.source_id in documents or kinds & {"indicator", "place", "programme"}, (
            sentence.text
        )


def said_by(number, sentence, rows, catalogue):
    """Whether a number of a sentence stands in the rows it rests on, or is the document's year."""
    value = float(number.replace(",", ""))
    decimals = len(number.partition(".")[2])
    if number == str(catalogue.sources[sentence.source_id].year):
        return True
    amounts, words = [], []
    for row in rows:
        for cell in row.values():
            if isinstance(cell, str):
                words.append(cell)
            else:
                amounts.append(float(cell))
    if any(value == round(amount / scale, decimals) for amount in amounts for scale in SCALES):
        return True
    return value in {
        float(item.replace(",", "")) for text in words for item in NUMBER.findall(text)
    }


def test_every_number_is_that_of_the_rows_its_sentence_rests_on(every_sentence, rows_of, catalogue):
    checked = 0
    for sentence in every_sentence:
        rows = [row for key in sentence.rests_on for row in rows_of(key)]
        for number in NUMBER.findall(sentence.text):
            assert said_by(number, sentence, rows, catalogue), (number, sentence.text)
            checked += 1
    assert checked > 80


def test_a_wrong_number_would_be_found(every_sentence, rows_of, catalogue):
    sentence = next(item for item in every_sentence if "58 %" in item.text)
    rows = [row for key in sentence.rests_on for row in rows_of(key)]
    assert said_by("58", sentence, rows, catalogue)
    assert not said_by("59", sentence, rows, catalogue)


def test_values_in_a_sentence_are_quoted_where_it_names_figures(every_sentence, rows_of):
    """A sentence that rests on a value and prints a share prints that of the value."""
    for sentence in every_sentence:
        shares = [float(item) for item in re.findall(r"([\d.]+) %", sentence.text)]
        held = [
            float(row[name])
            for key in sentence.rests_on
            if key[0] == "value"
            for row in rows_of(key)
            for name in ("value", "value_low", "value_high")
            if row[name] != ""
        ]
        for share in shares if held else []:
            printed = str(share).partition(".")[2]
            decimals = 0 if printed == "0" else len(printed)
            assert share in {round(value, decimals) for value in held}, sentence.text


@pytest.mark.parametrize(
    ("address", "step", "refused"),
    [
        ({"story": ["silicon_island"], "step": ["2"]}, 2, []),
        ({"story": ["silicon_island"]}, None, []),
        ({"story": ["silicon_island"], "step": ["99"]}, None, ["has the steps 1 to 7"]),
        ({"story": ["silicon_island"], "step": ["two"]}, None, ["has the steps 1 to 7"]),
        ({"step": ["2"]}, None, ["give `story` too"]),
        ({"story": ["once_upon"]}, None, ["there are silicon_island, sme_shares"]),
    ],
)
def test_an_address_names_a_story_and_a_step_of_it(catalogue, address, step, refused):
    selection, refusals = from_parameters(address, catalogue)
    assert selection.step == step
    assert len(refusals) == len(refused)
    for refusal, words in zip(refusals, refused, strict=True):
        assert words in str(refusal)


def test_framework_rows_are_those_that_can_be_named(every_sentence, catalogue):
    named = [name for item in every_sentence for kind, name in item.rests_on if kind == "framework"]
    assert named
    assert {".".join(name.split(".")[:2]) for name in named} <= set(elements(catalogue))
