"""A presenter builds a deck from four pages, orders it, shows it, and takes it away."""

import json
import re

from playwright.sync_api import expect
from pptx import Presentation

from tests.browser.rules import grave

PATHS = {
    "/": "across the Silicon Sea-belt",
    "/compare?view=ranking&places=JPN&places=KOR": "Research and development expenditure",
    "/programmes": "Cluster programmes over the years",
    "/smes?view=importance&place=MYS": "How important are SMEs in Malaysia?",
}


def titles(page):
    return [field.input_value() for field in page.get_by_label("Title").all()]


def open_deck(page, count, settle):
    """Wait until every slide of the deck has its picture."""
    settle(page)
    expect(page.locator("li .preview img:not([hidden])")).to_have_count(count)


def test_a_deck_of_four_slides_from_the_cards_to_powerpoint_and_a_link(open_page, settle, tmp_path):
    page = open_page()
    origin = page.url.rstrip("/").split("/?")[0]
    for number, path in enumerate(PATHS, start=1):
        if number > 1:
            page.goto(f"{origin}{path}")
            settle(page)
        page.get_by_role("button", name="Add to deck").first.click()
        page.get_by_text(f"Slide {number} of your deck").wait_for()
    page.get_by_role("link", name="Open the deck").first.click()
    page.get_by_role("heading", name="Present").wait_for()
    page.reload()
    open_deck(page, 4, settle)
    assert all(words in title for words, title in zip(PATHS.values(), titles(page), strict=True))

    # Order, title and notes, by keyboard.
    page.get_by_role("button", name="Move slide 4 up").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Move slide 3 up")).to_be_focused()
    page.get_by_label("Title").first.fill("Where the money goes")
    page.get_by_label("Notes for the speaker").first.fill("Begin with the map.")
    page.get_by_label("Notes for the speaker").first.blur()
    page.reload()
    open_deck(page, 4, settle)
    assert titles(page)[0] == "Where the money goes"
    assert titles(page)[2] == PATHS["/smes?view=importance&place=MYS"]

    # Shown: arrow keys turn, Escape ends.
    page.get_by_role("button", name="Present", exact=True).click()
    shown = page.locator("dialog output")
    expect(shown).to_have_text("1 of 4")
    for key, number in (("ArrowRight", 2), ("End", 4), ("ArrowLeft", 3)):
        page.keyboard.press(key)
        expect(shown).to_have_text(f"{number} of 4")
    expect(page.locator("dialog img")).to_have_attribute("alt", re.compile("SMEs in Malaysia"))
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).not_to_be_visible()

    with page.expect_download() as saved:
        page.get_by_role("button", name="PowerPoint").click()
    saved.value.save_as(tmp_path / "deck.pptx")
    slides = list(Presentation(tmp_path / "deck.pptx").slides)
    assert [slide.shapes.title.text_frame.text for slide in slides] == titles(page)
    assert slides[0].notes_slide.notes_text_frame.text.startswith("Begin with the map.")
    links = [
        run.hyperlink.address
        for slide in slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    ]
    assert len(links) == 4
    assert all(link.startswith(origin) for link in links)

    # The link of a slide restores its view.
    ranking = links[1]
    page.goto(ranking)
    settle(page)
    heading = page.get_by_role("heading", name=PATHS["/compare?view=ranking&places=JPN&places=KOR"])
    expect(heading.first).to_be_visible()
    assert "view=ranking" in page.url
    assert page.get_by_text("Japan").count()


def test_a_deck_goes_to_another_browser_by_link_and_file_and_a_bad_file_is_refused(
    open_page, settle, tmp_path
):
    deck = {"link": "", "card": "", "title": "Ours <b>", "text": "First", "notes": ""}
    file = tmp_path / "deck.json"
    file.write_text(json.dumps({"seabelt_deck": 1, "mode": "dark", "slides": [deck]}))
    page = open_page("/present", expected_errors=("400",))
    page.locator("input[type=file]").set_input_files(file)
    open_deck(page, 1, settle)
    assert page.get_by_label("Colours").input_value() == "dark"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link to the deck").click()
    page.get_by_text("Link to the deck copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")

    file.write_text('{"seabelt_deck": 1, "slides": [{"link": "//evil.example/"}]}')
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("alert").filter(has_text="Slide 1, card")).to_be_visible()
    assert titles(page) == ["Ours <b>"]

    other = open_page(link.removeprefix(page.url.split("/present")[0]))
    open_deck(other, 1, settle)
    assert titles(other) == ["Ours <b>"]
    # A deck of one's own is not overwritten unasked; a reload before the answer asks again.
    other.goto(link)
    add = other.get_by_role("button", name="Add its slides to mine")
    add.wait_for()
    other.reload()
    add.click()
    open_deck(other, 2, settle)
    assert grave(other) == []
