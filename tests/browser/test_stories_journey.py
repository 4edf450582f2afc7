"""A student walks a story to its end with the keyboard alone, leaves it at a step and returns."""

FOCUSED = "() => (document.activeElement?.innerText || '').trim()"
# The links of the header, of the steps and of a chart's card come first.
MOST_TABS = 60
# Of a page that was turned to: it begins at its top, wherever the link stood that led there.
FEW_TABS = 4


def tab_to(page, words, most=MOST_TABS):
    """Press Tab until something that begins with the words has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(words):
            return
    raise AssertionError(f"{words!r} cannot be reached by Tab")


def step_is(page, number, title):
    page.get_by_role("heading", name=f"Step {number} of 7 {title}").wait_for()


def test_a_story_is_walked_left_and_found_again_by_keyboard(open_page, settle):
    page = open_page("/stories")
    tab_to(page, "Four clusters, four ways to learn")
    page.keyboard.press("Enter")
    step_is(page, 1, "Does nearness teach?")
    tab_to(page, "Next: Furniture in Jepara")
    page.keyboard.press("Enter")
    step_is(page, 2, "Furniture in Jepara")
    settle(page)

    tab_to(page, "Open this view on its own page: Clusters")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Jepara furniture cluster", level=1).wait_for()
    settle(page)
    assert "/cluster" in page.url
    page.get_by_role("navigation", name="Story").wait_for()
    tab_to(page, "Back to the story: step 2 of 7", FEW_TABS)
    page.keyboard.press("Enter")
    step_is(page, 2, "Furniture in Jepara")
    assert "/stories" in page.url
    settle(page)

    tab_to(page, "Next: Flowers in Taiwan")
    titles = ("Flowers in Taiwan", "Cars in Thailand", "Software in Bangalore")
    titles += ("Four types of industry", "No single recipe")
    for number, title in enumerate(titles, start=3):
        page.keyboard.press("ArrowRight")
        step_is(page, number, title)
        settle(page)
    page.get_by_role("heading", name="The end of this story").wait_for()
    page.keyboard.press("ArrowLeft")
    step_is(page, 6, "Four types of industry")
