"""The search box of the header, as the server fills it."""

import ast
import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.server import page_addresses
from dashboard.ui import finder, warmup

EVERY_PAGE = ["map", "compare", "economy", "hub", "cluster", "data"]
ANSWER_SECONDS = 0.05


def boxes(reader):
    """What each box of the page was sent."""
    components = reader.app.get("bidi_component")
    found = [item for item in components if item.proto.component_name.endswith("seabelt_finder")]
    return [json.loads(item.proto.json) for item in found]


def group(text, title):
    """The hits of a group of an answer; none without the group."""
    hits = [part["hits"] for part in finder.answer(text)["groups"] if part["title"] == title]
    return hits[0] if hits else []


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_has_one_box_that_says_what_can_be_found(reader, page):
    [box] = boxes(reader.go(page))
    assert box["address"] == "/find"
    assert box["hint"] == finder.WHAT_CAN_BE_FOUND


def test_the_box_stays_the_same_from_page_to_page(reader):
    [first] = boxes(reader.go("map"))
    [second] = boxes(reader.go("data"))
    assert first == second


# --- What is found --------------------------------------------------------------------------------


def titles_in_the_navigation(root):
    """Title of each page by its address, as the application declares them."""
    tree = ast.parse((root / "dashboard" / "app.py").read_text("utf-8"))
    pages = next(node.value for node in ast.walk(tree) if isinstance(node, ast.Assign)
                 and node.targets[0].id == "pages")  # fmt: skip
    return {
        f"/{ast.literal_eval(key)}": ast.literal_eval(
            next(word.value for word in call.keywords if word.arg == "title")
        )
        for key, call in zip(pages.keys, pages.values, strict=True)
    }


def test_every_page_of_the_navigation_is_found_by_its_title(root):
    """A page that is added to the atlas is added to `finder.PAGES`, too."""
    titles = titles_in_the_navigation(root)
    # A page has the address of the view that it opens with; the map has that of the root.
    assert set(titles) == set(page_addresses()) - {"/map"}
    for address, title in titles.items():
        hits = group(title, "Pages")
        assert [urlsplit(hits[0]["address"]).path, hits[0]["title"]] == [address, title]


@pytest.mark.parametrize(
    ("text", "title"),
    [("cover", "Coverage"), ("excel", "Downloads"), ("bibtex", "Cite")],
)
def test_views_of_the_data_page_are_found_by_what_they_are_for(text, title):
    assert group(text, "Pages")[0]["title"].startswith(title)


@pytest.mark.parametrize(
    ("text", "title", "address", "tells"),
    [
        ("hsinchu", "Places", "/hub?place=hsinchu", "Hub · Taiwan · semiconductors, chip design"),
        ("일본", "Places", "/economy?place=JPN", "일본 · Economy · East Asia"),
        ("thai auto", "Places", "/cluster?place=tha_automotive", "Cluster · Thailand"),
        ("toyama", "Places", "/?place=jp_kci1_toyama", "Programme region · Japan"),
        (
            "SMEs in employment",
            "Indicators",
            "/data?view=indicator&indicator=sme_share_employment",
            "per cent · 19 economies",
        ),
        (
            "Fukuoka Silicon",
            "Programmes",
            "/data?view=programme&programme=jp_fukuoka_ssb",
            "Japan · ",
        ),
        ("kitagawa", "Documents", "/data?view=source&source=seed_kitagawa_2008", "Kitagawa"),
    ],
)
def test_a_hit_leads_to_its_page_and_tells_what_it_is(text, title, address, tells):
    [first, *_] = group(text, title)
    assert first["address"] == address
    assert first["tells"].startswith(tells)


def test_a_page_that_a_hit_leads_to_opens_without_a_word_of_refusal(reader, root):
    for text, title in (
        ("toyama", "Places"),
        ("Fukuoka Silicon", "Programmes"),
        ("kitagawa", "Documents"),
        ("bibtex", "Pages"),
    ):
        parts = urlsplit(group(text, title)[0]["address"])
        other = type(reader)(AppTest.from_file(root / "dashboard" / "app.py", default_timeout=120))
        other.go(parts.path.strip("/") or "map", **parse_qs(parts.query))
        assert not other.warnings, text


def test_groups_have_few_hits_and_the_rest_is_one_link_away():
    answer = finder.answer("semiconductor")
    assert [len(part["hits"]) for part in answer["groups"]] == [1, 3, 3, 3, 3, 3]
    assert answer["all"]["title"] == "All hits for “semiconductor” on the data page"
    parts = urlsplit(answer["all"]["address"])
    asked = parse_qs(parts.query, keep_blank_values=True)
    assert parts.path == "/data"
    assert asked == {"view": ["catalogue"], "q": ["semiconductor"], "topic": [""]}
    assert answer["message"] == ""


# --- What is not found ----------------------------------------------------------------------------


def test_what_is_found_nowhere_gets_a_sentence_with_what_can_be_found():
    answer = finder.answer("qqqq")
    assert answer["groups"] == []
    assert answer["all"] is None
    assert answer["message"] == f"Nothing found for “qqqq”. {finder.WHAT_CAN_BE_FOUND}"


def test_what_only_a_value_holds_is_one_link_away():
    answer = finder.answer("1,146,897")
    assert answer["groups"] == []
    assert answer["all"]["address"].startswith("/data?view=catalogue&q=1%2C146%2C897")
    assert "single values" in answer["message"]


def test_a_page_alone_has_no_hits_on_the_data_page():
    answer = finder.answer("codebook")
    assert [part["title"] for part in answer["groups"]] == ["Pages"]
    assert answer["all"] is None


def test_words_that_nothing_holds_together_are_said_to_be_found_apart():
    answer = finder.answer("hokkaido jepara zebra")
    assert {part["title"] for part in answer["groups"]} >= {"Places"}
    assert answer["message"].startswith("Nothing holds all of these words")


def test_hostile_words_stay_words():
    text = '<img src=x onerror=alert(1)> & "quoted"'
    answer = finder.answer(text)
    assert text in answer["message"] + (answer["all"] or {}).get("title", "")
    if answer["all"]:
        assert "<" not in answer["all"]["address"]


# --- Speed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["j", "japan", "sme share", "98 Taiwan SME", "新"])
def test_an_answer_takes_less_than_fifty_milliseconds_once_warm(text):
    finder.warm()
    seconds = []
    for _ in range(5):
        # What this thread works, and not what it waits for others on a busy machine.
        started = time.thread_time()
        finder.answer(text)
        seconds.append(time.thread_time() - started)
    assert min(seconds) < ANSWER_SECONDS


def test_the_index_is_ready_before_the_first_reader_comes(monkeypatch):
    asked = []
    monkeypatch.setattr(finder, "warm", lambda: asked.append("finder"))
    for part, name in ((warmup.map_page, "drawn_of"), (warmup.data_page, "warm")):
        monkeypatch.setattr(part, name, lambda *_: None)
    warmup.warm()
    assert asked == ["finder"]
