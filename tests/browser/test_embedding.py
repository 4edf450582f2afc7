"""A card stands alone in a page of somebody else, at any width."""

import http.server
import threading
from functools import partial

import pytest

CARD = "compare"
VIEW = f"/compare?indicator=rd_expenditure_gdp&places=JPN&places=TWN&embed=true&card={CARD}"


@pytest.fixture
def other_origin(server, tmp_path):
    """A site on another port that shows the card in a frame; gives its address."""
    frame = (
        f'<iframe src="{server}{VIEW}" title="R&amp;D" style="width:100%;height:640px"></iframe>'
    )
    (tmp_path / "index.html").write_text(f"<!DOCTYPE html><h1>My paper</h1>{frame}")
    (tmp_path / "favicon.ico").write_bytes(b"")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{site.server_address[1]}"
        site.shutdown()
        thread.join()


@pytest.mark.parametrize("width", [1200, 360])
def test_a_frame_shows_one_card_with_its_source_and_a_link_and_nothing_else(
    browser, other_origin, width
):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(other_origin)
    frame = page.frame_locator("iframe")
    card = frame.locator(f".st-key-card_{CARD}")
    card.locator(".seabelt-chart[data-drawn]").wait_for()
    frame.get_by_text("Open this view in Seabelt").wait_for()
    link = card.get_by_role("link", name="Open this view in Seabelt").get_attribute("href")
    assert "card=" not in link
    assert "embed=" not in link
    box = card.bounding_box()
    outside = page.locator("iframe").bounding_box()
    assert box["width"] >= outside["width"] - 20
    assert card.get_by_text("Source:").first.is_visible()
    for name in ("Indicator", "Year"):
        assert not frame.get_by_role("combobox", name=name, exact=True).first.is_visible()
    assert not frame.get_by_role("heading", name="Compare", exact=True).is_visible()
    context.close()


def test_a_card_that_is_not_there_is_answered_with_those_that_are(open_page):
    page = open_page("/compare?embed=true&card=nothing")
    page.get_by_text("This page has no card “nothing”. It has: compare.").wait_for()
