"""A reader asks how important SMEs are, sees who compares, and turns to the law behind it."""


def test_from_the_navigation_to_an_answer_and_the_law_behind_it(open_page):
    page = open_page("/smes?view=importance&place=MYS")
    page.get_by_role("heading", name="How important are SMEs in Malaysia?").wait_for()
    row = page.get_by_role("row", name="Employment").first
    assert "Taiwan 79.29 %" in row.inner_text()
    row.get_by_text("who does not, and why").click()
    assert "South Korea (sales of 150 billion KRW)" in row.inner_text()
    page.get_by_role("radio", name="Who counts as an SME").click()
    page.get_by_role("heading", name="Who counts as an SME: limits of employees").wait_for()
    page.get_by_role("radio", name="Turnover").click()
    page.get_by_role("heading", name="Who counts as an SME: limits of turnover").wait_for()
    # The address follows what is drawn.
    page.wait_for_url("**limit=turnover**")
