"""Thousands of broken inputs at each way in: an answer or a sentence, never an error of ours.

Uploads have their own cases beside their tests. `SEABELT_FUZZ=20` makes twenty times as many.
"""

import json
import os
import random
import shutil
import time
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.api.charts import Charts
from dashboard.api.limits import Limit
from dashboard.api.routes import api_mount
from dashboard.catalogue.address import PARAMETERS, from_parameters, to_parameters
from dashboard.catalogue.contract import TABLES
from dashboard.catalogue.description import DESCRIPTION
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.validation import check_package
from dashboard.exports.deck import MARK, Deck, DeckError, read, written
from dashboard.serving.taking import RefusedError
from tests.packages import write_package

TIMES = int(os.environ.get("SEABELT_FUZZ", "1"))
LONGEST_SECONDS = 5
PAGES = frozenset({"", "compare", "hub", "programmes"})
# What breaks readers of text: nothing, signs that mean something elsewhere, other scripts and
# directions, halves of characters, numbers at and past the edge.
ODD = st.sampled_from(
    ["", " ", "\x00", "\ud800", "‮JPN", "J\u200bPN", "９９９９", "٢٠٢٠", "nan", "inf", "-1", "1e999",
     "9" * 5000, "../../etc/passwd", "<script>", "%s%n", "{}", "'; --", "=1+1", "JPN\r\nX: y"]
)  # fmt: skip


def many(cases):
    """Settings of a test with so many cases. What took five seconds would count as hanging."""
    return settings(
        max_examples=cases * TIMES, deadline=1000 * LONGEST_SECONDS, database=None,
    )  # fmt: skip


# --- Addresses ------------------------------------------------------------------------------------

VALUES = ODD | st.text(max_size=20) | st.integers().map(str) | st.sampled_from(["JPN", "2020", "1"])


@many(1200)
@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS) | st.text(max_size=8), st.lists(VALUES, max_size=4), max_size=8
    )
)
def test_any_address_is_a_selection_that_writes_itself_back(catalogue, parameters):
    selection, refusals = from_parameters(parameters, catalogue, ["line", "ranking"])
    assert isinstance(selection, Selection)
    assert all(len(refusal.value) <= 60 for refusal in refusals)
    again, none = from_parameters(to_parameters(selection), catalogue, ["line", "ranking"])
    assert (again, none) == (selection, [])


# --- The interface for programs -------------------------------------------------------------------


LISTS = ["indicators", "places", "observations", "programmes", "sources", "charts/compare", "x"]
NAMES = ["indicator", "place", "topic", "page", "size", "format", "from", "to", "kind", "rows"]


@pytest.fixture(scope="module")
def client(catalogue):
    def refuse(*_):
        raise RefusedError("Nothing is drawn here.")

    mount = api_mount(lambda: catalogue, Charts(refuse, PAGES), Limit(0))
    with TestClient(Starlette(routes=[mount])) as client:
        # What the first question prepares for all others, a server does before anybody asks.
        for listing in LISTS:
            client.get(f"/api/v1/{listing}")
        yield client


@many(1000)
@given(
    st.sampled_from(LISTS),
    st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), VALUES), max_size=4),
)
def test_any_question_has_an_answer_or_a_problem_in_words(client, listing, query):
    encoded = urlencode(query, errors="surrogatepass")
    answer = client.get(f"/api/v1/{listing}?{encoded}")
    assert answer.status_code < 500
    if answer.status_code >= 400:
        body = answer.json()
        assert body["status"] == answer.status_code
        assert body["detail"]


# --- Decks ----------------------------------------------------------------------------------------

JSONS = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(VALUES, inner, max_size=3),
    max_leaves=6,
)
SLIDES = st.dictionaries(
    st.sampled_from(["link", "card", "title", "text", "notes"]) | VALUES,
    VALUES | st.sampled_from(["/compare?places=JPN", "//x.example", "/hub"]) | JSONS,
    max_size=5,
)
DECKS = st.fixed_dictionaries(
    {MARK: st.sampled_from([1, 1, 1, True, "1", 2])},
    optional={
        "slides": st.lists(SLIDES, max_size=4) | JSONS,
        "size": VALUES | st.just("4:3"),
        "mode": VALUES | st.just("dark"),
        "more": JSONS,
    },
)


@many(1500)
@given(st.binary(max_size=60) | DECKS.map(json.dumps).map(str.encode) | JSONS.map(json.dumps))
def test_any_file_is_a_deck_that_comes_back_or_is_refused_in_words(catalogue, content):
    content = content.encode() if isinstance(content, str) else content
    with suppress(DeckError):
        deck, remarks = read(content, catalogue, PAGES)
        assert isinstance(deck, Deck)
        assert all(remarks)
        assert read(written(deck), catalogue, PAGES)[0] == deck


# --- Data packages --------------------------------------------------------------------------------

PACKAGES = 100


def broken(text, chance):
    """A file with one thing wrong with it, somewhere."""
    odd = ["", "\x00", '"', ",", "\n", "\r", "﻿", "٣", "9" * 400, "nan", "JPN;;", "ü", "\t", "-"]
    at = chance.randrange(len(text) + 1)
    match chance.randrange(5):
        case 0:
            return text[:at]
        case 1:
            return text[:at] + chance.choice(odd) + text[at:]
        case 2:
            return text[:at] + chance.choice(odd) + text[at + chance.randrange(1, 9) :]
        case 3:
            lines = text.splitlines(keepends=True)
            return "".join(chance.sample(lines, len(lines)))
        case _:
            return text + text


def test_any_damage_to_a_package_is_a_list_of_problems_with_their_places(tmp_path):
    whole = tmp_path / "whole"
    write_package(whole)
    damaged = tmp_path / "damaged"
    shutil.copytree(whole, damaged)
    chance = random.Random(8)
    files = [*(table.file for table in TABLES), DESCRIPTION]
    found = 0
    for _ in range(PACKAGES * TIMES):
        name = chance.choice(files)
        text = (whole / name).read_text("utf-8")
        (damaged / name).write_text(broken(text, chance), "utf-8", newline="")
        begun = time.monotonic()
        problems = check_package(damaged)
        assert time.monotonic() - begun < LONGEST_SECONDS
        assert all(str(problem) for problem in problems)
        found += bool(problems)
        shutil.copyfile(whole / name, damaged / name)
    # Most damage is seen; a sign more in a sentence is not damage to anybody but its author.
    assert found > PACKAGES * TIMES / 2
