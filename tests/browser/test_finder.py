"""The search box of the header in a real browser: keyboard, screen reader, telephone, history."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.rules import grave

HOSTILE = "<img src=x onerror=alert(1)>"
FOCUSED = "() => document.activeElement.matches('.finder input')"
RECENT = "seabelt-recent"


@pytest.fixture
def open_page(open_page):
    """Opens a page, as everywhere, and waits until its box hears of keys."""

    def opened(path, **more):
        page = open_page(path, **more)
        page.locator(".finder input[maxlength]").wait_for(state="attached")
        return page

    return opened


def box(page):
    return page.get_by_role("combobox", name="Find a page, place", exact=False)


def options(page):
    return page.locator(".finder [role=option]")


def lit(page):
    """The entry that Enter would follow, as a screen reader is told of it."""
    identifier = box(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{identifier} .title").inner_text() if identifier else None


def write(page, text):
    """Type a text into the open box and wait until the list is that of the text."""
    page.keyboard.type(text)
    page.locator(f'.finder[data-shown="{text}"]').wait_for()


def parameters(page):
    return parse_qs(urlsplit(page.url).query)


def heading(page, text):
    page.get_by_role("heading", name=text, level=1).wait_for()


# --- A reader with a keyboard ---------------------------------------------------------------------


def test_the_journey_of_a_reader_with_the_keyboard_alone(open_page, settle):
    page = open_page("/compare?indicator=gdp_current_usd&places=JPN&places=KOR")
    page.evaluate("window.stays = true")
    page.keyboard.press("/")
    assert page.evaluate(FOCUSED)
    assert box(page).input_value() == ""
    assert "can be found by name" in page.locator(".finder .message").inner_text()

    write(page, "hsin")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    assert lit(page) == "Hsinchu 新竹"
    said = page.locator(".finder [role=status]").inner_text()
    assert said == f"{options(page).count() - 1} hits"
    page.keyboard.press("ArrowDown")
    assert lit(page) == "Taiwan ICT and SME networks (Hsinchu)"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert lit(page) == "All hits for “hsin” on the data page"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    heading(page, re.compile("Hsinchu"))
    page.wait_for_url("**/hub?*place=hsinchu*")
    settle(page)
    # The page was turned, not loaded anew; what the reader chose goes along, and so does the focus.
    assert page.evaluate("window.stays")
    assert parameters(page)["indicator"] == ["gdp_current_usd"]
    assert parameters(page)["places"] == ["JPN", "KOR"]
    assert page.evaluate(FOCUSED)
    assert box(page).input_value() == ""
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    assert page.locator(".finder [role=status]").inner_text() == "Opened: Hsinchu 新竹"

    # In the empty box a slash is the shortcut still.
    page.keyboard.press("/")
    write(page, "SMEs in employment")
    page.keyboard.press("Enter")
    page.wait_for_url("**/data?*view=indicator*")
    assert parameters(page)["indicator"] == ["sme_share_employment"]
    assert parameters(page)["places"] == ["JPN", "KOR"]
    settle(page)

    page.keyboard.press("Control+k")
    write(page, "bibtex")
    page.keyboard.press("Enter")
    page.wait_for_url("**/data?*view=cite*")


def test_enter_pressed_before_the_answer_follows_the_answer(open_page):
    page = open_page("/data")
    page.keyboard.press("/")
    write(page, "hsin")
    page.route(
        "**/find?q=hsink*", lambda route: route.fulfill(json=answer_with("Never", "/compare"))
    )
    page.keyboard.type("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?*")


def test_all_hits_are_those_of_every_topic(open_page):
    page = open_page("/data?view=catalogue&topic=fdi")
    page.keyboard.press("/")
    write(page, "kitagawa")
    page.keyboard.press("ArrowUp")
    assert lit(page) == "All hits for “kitagawa” on the data page"
    page.keyboard.press("Enter")
    page.wait_for_function("() => new URLSearchParams(location.search).get('q') === 'kitagawa'")
    assert "topic" not in parameters(page)
    page.get_by_role("heading", name=re.compile("Documents")).wait_for()


def test_escape_closes_and_gives_the_focus_back(open_page):
    page = open_page("/compare")
    link = page.get_by_role("link", name="Semiconductors")
    link.focus()
    page.keyboard.press("/")
    write(page, "japan")
    page.keyboard.press("Escape")
    assert not options(page).first.is_visible()
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    assert box(page).get_attribute("aria-activedescendant") is None
    expect(link).to_be_focused()
    # Who came from nowhere keeps the box.
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED)
    # What was typed is still there, and asked for again.
    assert box(page).input_value() == "japan"
    page.keyboard.press("ArrowDown")
    options(page).first.wait_for()
    # Tab leads on, and nothing stays open behind.
    page.keyboard.press("Tab")
    assert not options(page).first.is_visible()


def test_a_slash_in_another_field_is_a_slash(open_page):
    page = open_page("/data")
    field = page.get_by_role("textbox", name="Search indicators")
    field.click()
    page.keyboard.type("a/b")
    page.keyboard.press("Control+k")
    assert field.input_value() == "a/b"
    expect(field).to_be_focused()
    choice = page.get_by_role("combobox", name="Indicator").first
    choice.click()
    page.keyboard.type("/")
    expect(choice).to_be_focused()


# --- Answers --------------------------------------------------------------------------------------


def answer_with(title, address="/data", **more):
    hit = {"address": address, "title": title, "tells": title, "excerpt": title}
    return {"groups": [{"title": "Places", "hits": [hit]}], "all": None, "message": ""} | more


def test_an_older_answer_does_not_undo_a_newer_one(open_page):
    page = open_page("/data")
    held = []
    page.route("**/find?q=j", lambda route: held.append(route))
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    with page.expect_request("**/find?q=j"):
        page.keyboard.type("j")
    with page.expect_response("**/find?q=jepara"):
        page.keyboard.type("epara")
    page.locator(".finder .found").get_by_text("“jepara”").wait_for()
    # The browser has given the older question up; if it has not yet, its answer is not shown.
    held[0].fulfill(json=answer_with("An older answer"))
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert page.get_by_text("An older answer").count() == 0
    assert "Jepara" in lit(page)


def test_no_letter_makes_the_page_run(open_page, sockets):
    page = open_page("/data")
    sent = []
    sockets[page].on("framesent", lambda frame: sent.append(frame))
    page.keyboard.press("/")
    write(page, "knowledge")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert sent == []


def test_what_is_found_nowhere_is_a_sentence(open_page):
    page = open_page("/data")
    page.keyboard.press("/")
    write(page, "qqqq")
    message = page.locator(".finder .message").inner_text()
    assert message.startswith("Nothing found for “qqqq”. Pages, places (in English")
    assert page.locator(".finder [role=status]").inner_text() == message
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 400, "json": {"message": "A search takes up to 120 letters."}}, "up to 120"),
        ({"status": 500, "body": "Internal Server Error"}, "The atlas does not answer"),
        (None, "The atlas does not answer"),
    ],
)
def test_a_search_that_fails_is_a_sentence_in_the_list(open_page, answer, said):
    page = open_page("/data", expected_errors=("Failed to load resource",))
    page.route("**/find?*", lambda route: route.fulfill(**answer) if answer else route.abort())
    box(page).fill("j")
    message = page.locator(".finder .message", has_text=said)
    message.wait_for()
    assert options(page).count() == 0
    page.unroute("**/find?*")
    box(page).fill("japan")
    expect(options(page).first).to_contain_text("Japan")


def test_hostile_names_and_words_are_shown_as_they_are(open_page):
    page = open_page("/data")
    page.evaluate(
        "([name, hits]) => localStorage.setItem(name, JSON.stringify(hits))",
        [
            RECENT,
            [
                {"address": "/data", "title": HOSTILE, "tells": HOSTILE},
                {"address": "javascript:alert(1)", "title": "A script", "tells": ""},
                {"address": "//outside.example/", "title": "Outside", "tells": ""},
                {"address": "/data", "title": 7},
                None,
            ],
        ],
    )
    page.keyboard.press("/")
    assert options(page).locator(".title").all_inner_texts() == [HOSTILE]
    page.route("**/find?q=x", lambda route: route.fulfill(json=answer_with(HOSTILE)))
    page.keyboard.type("x")
    expect(options(page).locator(".excerpt")).to_have_text(HOSTILE)
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(HOSTILE)
    page.locator(".finder .found").get_by_text(HOSTILE).first.wait_for()
    assert page.locator(".finder img").count() == 0


# --- What was opened before -----------------------------------------------------------------------


def test_the_last_eight_followed_are_offered_and_can_be_forgotten(open_page, settle):
    page = open_page("/data")
    for at in range(8):
        old = {"address": f"/data?q=old{at}", "title": f"Old {at}", "tells": ""}
        page.evaluate(
            "([name, hit]) => localStorage.setItem(name, JSON.stringify("
            "[...JSON.parse(localStorage.getItem(name) ?? '[]'), hit]))",
            [RECENT, old],
        )
    for text, address in (("hsinchu", "**/hub?*"), ("kyushu", "**/hub?*place=kyushu*")):
        page.keyboard.press("Control+k")
        write(page, text)
        page.keyboard.press("Enter")
        page.wait_for_url(address)
        settle(page)
    page.reload()
    page.locator(".finder input[maxlength]").wait_for(state="attached")
    page.keyboard.press("/")
    titles = options(page).locator(".title").all_inner_texts()
    assert titles == [
        "Kyushu / Fukuoka 九州・福岡",
        "Hsinchu 新竹",
        *(f"Old {at}" for at in range(6)),
    ]
    page.get_by_text("Recently opened").wait_for()
    # No cookie takes it to the server.
    assert RECENT not in json.dumps(page.context.cookies())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert options(page).count() == 0
    assert page.evaluate(FOCUSED)
    assert json.loads(page.evaluate(f"localStorage.getItem('{RECENT}')")) == []


def test_a_browser_that_keeps_nothing_finds_all_the_same(open_page):
    page = open_page("/data")
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new Error('full'); };"
        " localStorage.removeItem('seabelt-recent'); }"
    )
    page.keyboard.press("/")
    write(page, "hsinchu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hub?*place=hsinchu*")


# --- On a telephone -------------------------------------------------------------------------------


def test_on_a_telephone_a_button_opens_the_box_over_the_screen(open_page, settle):
    page = open_page("/hub?place=kyushu", width=390, height=844)
    opener = page.get_by_role("button", name="Find a page, place", exact=False)
    assert not box(page).is_visible()
    opener.click()
    assert page.evaluate(FOCUSED)
    write(page, "taiwan")
    area = page.locator(".finder .box").bounding_box()
    assert (area["x"], area["y"], area["width"], area["height"]) == (0, 0, 390, 844)
    page.get_by_role("button", name="Close the search").click()
    assert not box(page).is_visible()
    expect(opener).to_be_focused()
    opener.click()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    opener.click()
    options(page).first.click()
    page.wait_for_url("**/economy?*place=TWN*")
    settle(page)
    assert not box(page).is_visible()
    expect(opener).to_be_focused()


@pytest.mark.parametrize("width", [1400, 1000, 390])
def test_the_box_covers_no_link_of_the_header(open_page, width):
    page = open_page("/data", width=width)
    part = page.locator(".finder").bounding_box()
    assert part["x"] + part["width"] <= width
    header = '[data-testid="stHeader"]'
    for item in page.locator(f"{header} a, {header} button").all():
        if item.is_visible():
            area = item.bounding_box()
            assert area["x"] + area["width"] <= part["x"] or area["x"] >= part["x"] + part["width"]


# --- Rules of accessibility -----------------------------------------------------------------------


@pytest.mark.parametrize(("width", "theme"), [(1400, "dark"), (390, "light")])
def test_axe_finds_no_grave_violation_open_or_closed(open_page, theme, width):
    page = open_page("/data", width=width, theme=theme)
    assert grave(page, ".finder") == []
    page.keyboard.press("/")
    assert grave(page, ".finder") == []
    write(page, "semiconductor")
    page.keyboard.press("ArrowDown")
    assert grave(page, ".finder") == []


# --- The way back ---------------------------------------------------------------------------------


def test_each_step_is_one_press_of_back(open_page, settle):
    page = open_page("/hub?place=hsinchu")
    opened = page.evaluate("history.length")
    for text, place in (("Japan", "JPN"), ("Kyushu", "kyushu"), ("Gyeonggi", "gyeonggi")):
        page.keyboard.press("Control+k")
        write(page, text)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**place={place}*")
        settle(page)
    assert page.evaluate("history.length") == opened + 3
    # As fast as a reader presses: a step back is not taken for a late click.
    for step, name in (
        ("back", "Kyushu"),
        ("back", "Japan"),
        ("back", "Hsinchu"),
        ("forward", "Japan"),
    ):
        page.evaluate(f"history.{step}()")
        heading(page, re.compile(name))
        settle(page)
    assert parameters(page)["place"] == ["JPN"]


def test_an_address_that_the_page_completes_is_one_entry(open_page):
    page = open_page("/hub?place=hsinchu")
    page.wait_for_url("**indicator=*")
    # The empty tab, and the page.
    assert page.evaluate("history.length") == 2
