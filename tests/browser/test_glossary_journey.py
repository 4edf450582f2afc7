"""A reader asks a text what a word means: by pointer, by keyboard, by a tap; then the glossary."""

PAGE = "/lessons?view=weakest"
MEANING = "Often small firms"


def test_a_term_says_what_it_means_to_pointer_and_keyboard(open_page):
    page = open_page(PAGE)
    box = page.get_by_role("tooltip")
    term = page.locator('.term[data-term="specialised_suppliers"]').first
    term.hover()
    box.get_by_text(MEANING).wait_for()
    # The pointer may rest on what it reads.
    box.hover()
    assert box.is_visible()
    page.mouse.move(2, 2)
    box.wait_for(state="hidden")
    page.locator('.term[data-term="cops"]').first.focus()
    box.get_by_text("Large assemblers").wait_for()
    page.keyboard.press("Tab")
    box.get_by_text(MEANING).wait_for()
    described = term.get_attribute("aria-describedby")
    assert MEANING in page.locator(f"#{described}").text_content()
    page.keyboard.press("Escape")
    box.wait_for(state="hidden")
    assert term.evaluate("node => node === document.activeElement")


def test_a_tap_shows_a_meaning_on_a_telephone_and_the_glossary_opens_a_term(open_page):
    page = open_page(PAGE, width=390)
    box = page.get_by_role("tooltip")
    page.locator('.term[data-term="specialised_suppliers"]').first.click()
    box.get_by_text(MEANING).wait_for()
    place = box.bounding_box()
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 390
    page.get_by_role("heading", name="Lessons", level=1).click()
    box.wait_for(state="hidden")
    page = open_page("/glossary?term=absorptive_capacity")
    page.get_by_role("heading", name="Absorptive capacity").wait_for()
    page.locator(".facts-list").get_by_role("link", name="human capital", exact=True).click()
    page.get_by_role("heading", name="Human capital", exact=True).wait_for()
    page.wait_for_url("**term=human_capital*")
