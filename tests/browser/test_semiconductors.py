"""A policymaker looks for Taiwan's 300 mm fabs and takes the same choice to the map."""

from urllib.parse import parse_qs, urlsplit


def test_fabs_are_filtered_and_the_map_shows_the_same_ones(open_page, rerun, settle):
    page = open_page("/semiconductors")
    assert "Growth cycles" in page.locator(".card-title").nth(1).inner_text()
    with rerun(page):
        page.get_by_role("radio", name="Fabs", exact=True).click()
    assert "242 of 242 rows pass the filters" in page.locator("main, body").first.inner_text()
    page.get_by_role("combobox", name="Wafers").click()
    with rerun(page):
        page.get_by_role("option", name="300 mm").click()
    page.keyboard.press("Escape")
    hint = page.get_by_text("rows pass the filters")
    assert hint.inner_text().startswith("35 of 242 rows")
    page.get_by_role("link", name="Open these fabs on the map").click()
    page.get_by_role("heading", name="The Silicon Sea-belt", level=1).wait_for()
    settle(page)
    asked = parse_qs(urlsplit(page.url).query)
    assert urlsplit(page.url).path == "/"
    assert asked["wafer"] == ["300"]
    assert "fabs" in asked["layers"]
    assert "view" in asked
