"""The page of the deck, pages run without a browser, and what the server makes of a deck."""

import asyncio
import io
import json
from threading import BoundedSemaphore

import pytest
from pptx import Presentation
from starlette.applications import Starlette

from dashboard.exports.deck import MOST_BYTES
from dashboard.serving.decks import deck_route
from dashboard.serving.taking import RefusedError
from dashboard.ui import headless
from dashboard.ui.present import files

ORIGIN = "http://seabelt.example"
COMPARE = "/compare?indicator=gdp_current_usd&places=JPN&places=KOR&view=line"


def deck_of(*slides, **more):
    return json.dumps({"seabelt_deck": 1, "slides": slides, **more}).encode()


def test_the_page_has_a_title_and_hands_the_deck_to_the_browser(reader):
    reader.go("present")
    assert reader.title == "Present"
    assert not reader.warnings
    assert reader.address == {}
    components = [item.proto.component_name for item in reader.app.get("bidi_component")]
    assert [name for name in components if name.endswith("seabelt_deck")]


def test_a_card_can_be_added_to_the_deck_by_the_address_and_key_that_restore_it(catalogue):
    """For a page of each kind: the link of a card leads back to the same card and figure."""
    paths = ("/", "/compare?view=scatter", "/programmes", "/smes", "/lessons?view=all")
    for path in paths:
        key, view = headless.views_of(path, catalogue, ORIGIN, "dark")[0]
        again = dict(headless.views_of(view.link.removeprefix(ORIGIN), catalogue, ORIGIN, "dark"))
        assert view.mode == "dark"
        assert (again[key].title, again[key].figure) == (view.title, view.figure), path


def test_a_page_that_is_not_there_breaks_or_takes_too_long_is_refused(monkeypatch):
    with pytest.raises(headless.NoViewError, match="no page /nowhere"):
        headless.shown_of("/nowhere")
    with pytest.raises(headless.NoViewError, match="not ready within"):
        headless.shown_of("/compare", seconds=0)
    with monkeypatch.context() as broken:
        broken.setattr("dashboard.ui.compare.page.draw", None)
        with pytest.raises(headless.NoViewError, match="could not be drawn"):
            headless.shown_of("/compare")
    assert [key for key, _ in headless.shown_of("/compare")] == ["compare"]


def test_beyond_a_short_queue_a_page_is_refused_at_once(monkeypatch):
    """Whoever waits for a page holds a thread that other answers need."""
    monkeypatch.setattr(headless, "_room", BoundedSemaphore(0))
    with pytest.raises(headless.NoViewError, match="try again in a minute"):
        headless.shown_of("/compare")


def test_a_deck_becomes_slides_and_a_view_that_is_gone_says_so():
    body = deck_of(
        {"link": COMPARE, "card": "compare", "title": "Two giants", "notes": "Pause here."},
        {"link": COMPARE, "card": "gone"},
        {"title": "Thanks", "text": "Questions?"},
        size="4:3",
    )
    made = Presentation(io.BytesIO(files.made("pptx", body, ORIGIN).content))
    chart, gone, thanks = made.slides
    assert made.slide_width * 3 == made.slide_height * 4
    assert chart.shapes.title.text_frame.text == "Two giants"
    assert [shape for shape in chart.shapes if shape.has_chart]
    assert chart.notes_slide.notes_text_frame.text.startswith("Pause here.")
    assert "no longer shows this view" in gone.shapes[1].text_frame.text
    assert "Questions?" in thanks.shapes[1].text_frame.text


def test_a_preview_is_what_a_browser_draws_the_slide_from():
    body = deck_of({"link": f"{COMPARE}&places=ATLANTIS", "card": "compare"}, mode="dark")
    said = json.loads(files.made("preview", body, ORIGIN).content)
    assert said["figure"]["data"]
    assert said["words"]["title"] == said["title"] != ""
    assert said["words"]["link"].startswith(f"{ORIGIN}/compare?")
    assert said["remarks"][0].startswith("The link asks for places = “ATLANTIS”")
    [(card, _)] = headless.shown_of("/lessons?view=all")
    table = deck_of({"link": "/lessons?view=all", "card": card})
    [trace] = json.loads(files.made("preview", table, ORIGIN).content)["figure"]["data"]
    assert trace["type"] == "table"


@pytest.mark.parametrize(
    ("what", "body", "status", "words"),
    [
        ("pptx", b"nonsense", 400, "no JSON"),
        ("pptx", deck_of(), 422, "needs a slide"),
        ("preview", deck_of(), 400, "needs a slide"),
        ("exe", deck_of(), 404, "Take one of pptx, pdf, zip"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_reason(what, body, status, words):
    with pytest.raises(RefusedError, match=words) as refused:
        files.made(what, body, ORIGIN)
    assert refused.value.status == status


def post(path, body):
    """Post to the route of decks without a server in between; status and what was said."""
    app = Starlette(routes=[deck_route(files.made, MOST_BYTES)])
    scope = {"type": "http", "method": "POST", "path": path, "root_path": ""}
    scope |= {"query_string": b"", "headers": [(b"host", b"seabelt.example")], "scheme": "http"}
    scope |= {"server": ("seabelt.example", 80)}
    sent = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    content = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], json.loads(content)


def test_a_deck_that_is_posted_is_checked_and_one_too_large_is_not_read():
    status, said = post("/deck/check", deck_of({"title": "One"}, mode="dark"))
    assert (status, said["remarks"]) == (200, [])
    assert said["deck"]["mode"] == "dark"
    assert [slide["title"] for slide in said["deck"]["slides"]] == ["One"]
    status, said = post("/deck/check", b"[]")
    assert (status, said["status"]) == (400, 400)
    assert "lacks “seabelt_deck”" in said["detail"]
    status, said = post("/deck/check", b" " * (MOST_BYTES + 1))
    assert status == 413
    assert "make two decks" in said["detail"]
