"""Connections that are cut, servers that are restarted: the view comes back, and a press counts."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import WAIT_MILLISECONDS, served

CONNECTED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]'
VIEW = "/compare?indicator=rd_expenditure_gdp&view=ranking&year=2020"
# Marks the page when its next run, which comes of itself, has ended.
MARK_RUN = """() => {
    new MutationObserver(changes => {
        if (changes.some(({ oldValue }) => oldValue !== 'notRunning'))
            document.body.dataset.hasRun = '';
    }).observe(document.body, {
        subtree: true, attributeFilter: ['data-test-script-state'], attributeOldValue: true,
    });
}"""
# What the browser says of a connection that is gone.
GONE = ("WebSocket", "ERR_", "timed out")


def cut_after(page, kind):
    """Cut the next connection of a page when a message of this kind has come; later ones hold.

    In the browser, because a relay does not see where in the bytes one message ends. What the run
    that was cut left to be sent is lost too: Streamlit sends it to the next connection.
    """
    cuts = []

    def join(socket):
        server = socket.connect_to_server()
        begun = not cuts

        def pass_on(message):
            nonlocal begun
            named = ForwardMsg.FromString(message).WhichOneof("type")
            begun = begun or named == "new_session"
            if not begun or socket in cuts:
                return
            socket.send(message)
            if not cuts and named == kind:
                cuts.append(socket)
                socket.close(code=1012)
                server.close()

        server.on_message(pass_on)

    page.route_web_socket("**/_stcore/stream", join)
    return cuts


@pytest.mark.parametrize("kind", ["new_session", "delta"])
def test_a_page_cut_off_in_its_first_run_comes_back_with_its_view(open_page, server, settle, kind):
    page = open_page(VIEW, expected_errors=GONE, alone=True)
    title = page.locator(".card-title").first.inner_text()
    address = page.url
    cuts = cut_after(page, kind)
    page.goto(f"{server}{VIEW}")
    page.locator(".card-title").first.wait_for()
    settle(page)
    assert len(cuts) == 1
    assert page.locator(".card-title").first.inner_text() == title
    expect(page).to_have_url(address)


@pytest.fixture
def orphan(root, tmp_path, open_page):
    """An open page whose server has stopped, and what starts another one in its place."""
    with served(root, "dashboard/server.py", tmp_path / "log.txt") as address:
        page = open_page(VIEW, at=address, expected_errors=GONE)
    expect(page.locator(CONNECTED)).to_have_count(0)
    port = urlsplit(address).port
    return page, lambda: served(root, "dashboard/server.py", tmp_path / "next.txt", port)


def test_a_link_pressed_while_the_server_is_away_is_followed_when_it_is_back(orphan, settle):
    page, another_server = orphan
    page.evaluate("() => { window.isTheSamePage = true; }")
    page.get_by_role("link", name="About this indicator").first.click()
    with another_server():
        page.wait_for_url("**/data?*view=indicator*")
        settle(page)
        # What the link does not name stays as the reader chose it, and nothing is loaded anew.
        assert "year=2020" in page.url
        assert page.evaluate("() => window.isTheSamePage")
        page.close()


def test_a_page_is_known_to_a_server_started_anew_before_anything_is_pressed(orphan, settle):
    page, another_server = orphan
    page.evaluate(MARK_RUN)
    with another_server():
        expect(page.locator("body[data-has-run]")).to_have_count(1, timeout=WAIT_MILLISECONDS)
        settle(page)
        assert "year=2020" in page.url
        page.get_by_role("radio", name="Heat map", exact=True).click()
        page.wait_for_url("**view=heat**")
        settle(page)
        page.close()


def test_a_script_that_does_not_arrive_is_asked_for_again(open_page):
    lost = []

    def lose(route):
        lost.append(route.request.url)
        route.abort()

    page = open_page("/glossary", expected_errors=GONE)
    page.route("**/script/chart.js*", lose, times=3)
    page.goto(f"{page.url.split('/glossary')[0]}{VIEW}")
    page.locator(".seabelt-chart[data-drawn]").first.wait_for()
    # What the page itself fetches ahead, and the first two tries.
    assert len(lost) == 3


def test_what_stands_in_for_a_part_that_is_still_to_come_keeps_still(open_page, settle):
    held = []
    page = open_page("/glossary")
    page.route("**/static/js/Selectbox.*", lambda route: held.append(route))
    page.goto(f"{page.url.split('/glossary')[0]}{VIEW}")
    stands_in = page.locator('[data-testid="stSkeleton"]').first
    page.locator(".seabelt-chart[data-drawn]").first.wait_for()
    assert stands_in.evaluate("node => getComputedStyle(node).animationName") == "none"
    for route in held:
        route.continue_()
    settle(page)
    expect(stands_in).to_have_count(0)


def test_a_script_that_comes_late_hears_of_what_the_page_said_last(open_page):
    held = []
    page = open_page("/glossary")
    page.route("**/script/*.js*", lambda route: held.append(route))
    page.goto(f"{page.url.split('/glossary')[0]}{VIEW}")
    page.locator(".card-title").first.wait_for()
    # Another run of the page, and another theme, before any script is there.
    page.emulate_media(color_scheme="dark")
    page.locator('[data-testid="stButtonGroup"] button').first.click()
    expect(page.locator(".seabelt-chart[data-drawn]")).to_have_count(0)
    for route in held:
        route.continue_()
    page.locator(".seabelt-chart[data-drawn]").first.wait_for()
    page.locator(".finder[data-ready]").wait_for()
    page.keyboard.press("/")
    expect(page.locator(".finder input")).to_be_focused()
