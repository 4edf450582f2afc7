"""The map comes before the application, and the page takes it over as it stands."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WAIT_MILLISECONDS
from tests.browser.rules import grave

APPLICATION = re.compile(r"/static/js/index\.\w+\.js$")
STANDS = ".first .choroplethlayer path"
CHART = "document.querySelector('.seabelt-chart')"
VIEW = "/?indicator=population&year=2010"


@pytest.fixture
def held_back(open_page, server, settle):
    """A function that opens an address without its application, and one that lets that come."""
    waiting = []

    def open_without(path, **how):
        # A browser that has read the application would not ask for it again.
        page = open_page("/_stcore/health", settled=False, alone=True, **how)
        page.route(APPLICATION, lambda route: waiting.append(route))
        page.goto(f"{server}{path}", wait_until="commit")
        return page

    def let_come(page):
        for route in waiting:
            route.continue_()
        settle(page)

    return open_without, let_come


def asked_of(page, folder):
    """The addresses of a folder that a page has asked for."""
    return page.evaluate(
        "folder => performance.getEntriesByType('resource').map(({ name }) => new URL(name))"
        ".filter(({ pathname }) => pathname.startsWith(folder)).map(({ href }) => href)",
        folder,
    )


def box(page):
    return page.evaluate(f"() => {CHART}.getBoundingClientRect().toJSON()")


@pytest.mark.parametrize("width", [1400, 390])
def test_the_map_stands_before_the_application_and_the_page_takes_it_over(held_back, width):
    open_without, let_come = held_back
    page = open_without(VIEW, width=width)
    page.locator(STANDS).first.wait_for()
    expect(page.locator(".first .title")).to_contain_text("Population, 2010")
    expect(page.locator(".first")).to_contain_text("Source: World Bank")
    page.evaluate(f"() => {{ {CHART}.querySelector('.choroplethlayer').isFirst = true; }}")
    before = box(page)
    let_come(page)
    assert page.locator(".first, .first-page").count() == 0
    assert page.evaluate(f"() => {CHART}.querySelector('.choroplethlayer').isFirst")
    assert asked_of(page, "/figure/") == []
    after = box(page)
    # What stands there goes nowhere else when the page comes.
    assert after["width"] == pytest.approx(before["width"], abs=1)
    assert after["x"] == pytest.approx(before["x"], abs=1)
    assert after["y"] == pytest.approx(before["y"], abs=40)


def test_the_figure_travels_once(held_back):
    open_without, let_come = held_back
    page = open_without(VIEW)
    frames = []
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame))
    )
    page.locator(STANDS).first.wait_for()
    let_come(page)
    assert frames
    assert not [frame for frame in frames if b"admin0_region" in frame]


def test_what_a_reader_does_before_the_page_comes_counts(held_back):
    open_without, let_come = held_back
    page = open_without(VIEW)
    page.locator(STANDS).first.wait_for()
    page.get_by_role("button", name="Previous year").click()
    expect(page.locator(".first .title")).to_contain_text("Population, 2009")
    let_come(page)
    page.wait_for_url("**year=2009**")
    expect(page.locator(".st-key-card_map .card-title")).to_contain_text("Population, 2009")
    assert page.locator(".st-key-card_map output.year").inner_text() == "2009"


@pytest.mark.parametrize(
    ("system", "chosen", "mode"),
    [("light", None, "light"), ("dark", None, "dark"), ("dark", "Light", "light")],
)
def test_it_has_the_colours_that_the_page_will_have(held_back, system, chosen, mode):
    open_without, let_come = held_back
    page = open_without("/glossary", theme=system)
    if chosen:
        page.evaluate("mode => localStorage.setItem('stActiveTheme-/-v2', `\"${mode}\"`)", chosen)
    page.goto(page.url.replace("glossary", ""), wait_until="commit")
    page.locator(STANDS).first.wait_for()
    let_come(page)
    [address] = asked_of(page, "/first/")
    assert f"/first/{mode}" in address
    # A map in other colours would have been drawn anew.
    assert asked_of(page, "/figure/") == []


def test_a_page_turned_to_meanwhile_is_not_covered(held_back):
    open_without, let_come = held_back
    page = open_without("/")
    page.locator(STANDS).first.wait_for()
    page.evaluate("() => history.replaceState({}, '', '/glossary')")
    let_come(page)
    expect(page.get_by_role("heading", name="Glossary", level=1)).to_be_visible()
    assert page.locator(".first, .first-page").count() == 0


@pytest.mark.parametrize("path", ["/?embed=true&card=map", "/compare"])
def test_only_the_whole_map_page_begins_with_the_map(open_page, path):
    page = open_page(path, alone=True)
    assert asked_of(page, "/first/") == []
    assert page.locator(".seabelt-chart[data-drawn]").count() >= 1


def test_without_it_the_page_draws_its_map_itself(open_page, server, settle):
    page = open_page("/glossary", expected_errors=("ERR_FAILED",))
    page.route("**/first/**", lambda route: route.abort())
    page.goto(f"{server}{VIEW}")
    settle(page)
    expect(page.locator(".st-key-card_map .card-title")).to_contain_text("Population, 2010")
    assert len(asked_of(page, "/figure/")) == 1


def test_a_map_that_no_page_takes_over_gives_way(open_page, server, settle):
    page = open_page("/glossary")

    def rename(route):
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "name": "of no page"})

    page.route("**/first/**", rename)
    page.goto(f"{server}{VIEW}", wait_until="commit")
    page.locator(STANDS).first.wait_for()
    expect(page.locator(".first, .first-page")).to_have_count(0, timeout=WAIT_MILLISECONDS)
    settle(page)
    assert page.locator(".st-key-card_map .seabelt-chart[data-drawn=map]").count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_stands_first_breaks_no_rule_of_accessibility(held_back, theme):
    open_without, let_come = held_back
    page = open_without(VIEW, theme=theme)
    page.locator(STANDS).first.wait_for()
    assert grave(page) == []
    let_come(page)
