"""A reader describes a cluster, sees how lessons matched, opens one, finds it in the address."""


def test_from_settings_to_an_open_lesson_and_its_case(open_page):
    page = open_page("/lessons?industry_type=specialised_suppliers&social_capital=weak")
    page.get_by_role("heading", name="What the papers would suggest").wait_for()
    page.get_by_role("link", name="Second phase: public procurement").click()
    opened = page.locator('[aria-expanded="true"]', has_text="Second phase: public procurement")
    opened.wait_for()
    page.wait_for_url("**lesson=cv_industry_14*")
    assert "social_capital=weak" in page.url
    case = page.locator("th", has=opened).get_by_role("link", name="Bangalore (Bengaluru)").first
    case.click()
    page.get_by_role("heading", name="Bangalore", level=1).wait_for()
    assert "/hub" in page.url
