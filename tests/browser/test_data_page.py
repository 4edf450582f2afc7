"""What readers come to the data page for, done in a real browser on the real data."""

import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest

CLAIM = "sme_share_enterprises|TWN|2002|all|sme|manufacturing|||seed_kitagawa_2008"
CELL_POSITION = """([row, column]) => {
    const chart = document.querySelector('.js-plotly-plot');
    const { xaxis, yaxis } = chart._fullLayout;
    const box = chart.getBoundingClientRect();
    return [box.x + xaxis._offset + xaxis.d2p(column), box.y + yaxis._offset + yaxis.d2p(row)];
}"""


def parameters(page):
    return parse_qs(urlsplit(page.url).query)


def never_loaded_anew(page):
    """Leave a mark on the page that a reload would wipe out; returns a check that it is there."""
    page.evaluate("() => { window.seabeltMark = true; }")
    return lambda: page.evaluate("() => window.seabeltMark === true")


def open_data(open_page, rerun, view):
    page = open_page("/data")
    with rerun(page):
        page.get_by_role("radio", name=view, exact=True).click()
    return page


# --- The four questions ---------------------------------------------------------------------------


def test_which_economies_have_data_on_r_and_d_for_2010(open_page, rerun):
    page = open_data(open_page, rerun, "Coverage")
    with rerun(page):
        page.get_by_role("radio", name="One year", exact=True).click()
    page.get_by_role("combobox", name="Who has a value in").click()
    page.keyboard.type("2010")
    with rerun(page):
        page.keyboard.press("Enter")
    with rerun(page):
        page.get_by_role("radio", name="R&D", exact=True).click()
    assert "in 2010: R&D by place" in page.locator(".card-title").inner_text()
    note = page.locator("ul.notes").inner_text()
    assert re.search(r"R&D, % GDP, 2010: \d+ of 19 places have a value \(China, Germany", note)
    assert re.search(r"none: [^.]*Indonesia", note)


def test_who_says_that_98_per_cent_of_taiwans_manufacturers_are_small(open_page, rerun):
    page = open_page("/data")
    page.get_by_role("textbox", name="Search indicators").fill("98 % Taiwan manufacturers SME")
    with rerun(page):
        page.keyboard.press("Enter")
    stayed = never_loaded_anew(page)
    with rerun(page):
        page.get_by_role("link", name=re.compile(r"98.*Taiwan, 2002")).first.click()
    assert stayed()
    facts = page.locator("dl.facts-list").inner_text()
    assert "Who says so" in facts
    assert "Kitagawa" in facts
    assert "Section 3, paragraph on Taiwan" in facts
    assert parameters(page)["value"] == [CLAIM]


def test_why_two_figures_for_metis_budget_of_2002_differ(open_page, rerun):
    page = open_data(open_page, rerun, "Quality")
    page.get_by_role("textbox", name="Search the conflicts").fill("METI 2002 budget")
    with rerun(page):
        page.keyboard.press("Enter")
    table = page.get_by_role("region", name="Amounts that differ: Industrial Cluster Project").first
    words = table.inner_text()
    assert "JPY 29.4 bn" in words
    assert "JPY 52.2 bn" in words
    assert "initial" in words
    assert "revised" in words
    assert "Mitsui" in words


def test_what_may_not_be_compared_with_japans_share_of_smes(open_page, rerun):
    page = open_page("/data")
    page.get_by_role("textbox", name="Search indicators").fill("SMEs in employment")
    with rerun(page):
        page.keyboard.press("Enter")
    with rerun(page):
        page.get_by_role("link", name="SMEs in employment", exact=True).click()
    page.get_by_role("combobox", name="May be compared with").click()
    page.keyboard.type("Japan")
    with rerun(page):
        page.keyboard.press("Enter")
    table = page.get_by_role("region", name="What may be compared with Japan")
    words = table.inner_text()
    assert "Not comparable" in words
    assert "India" in words
    assert "sectors differ" in words


# --- Links, clicks, files -------------------------------------------------------------------------


def test_a_cell_of_the_heat_map_leads_to_the_series(open_page, settle):
    page = open_page("/data?view=coverage&topic=fdi&places=JPN&places=KOR")
    page.locator(".js-plotly-plot").scroll_into_view_if_needed()
    stayed = never_loaded_anew(page)
    page.mouse.move(*page.evaluate(CELL_POSITION, [0, 1]))
    page.mouse.click(*page.evaluate(CELL_POSITION, [0, 1]))
    page.wait_for_function("() => location.pathname === '/compare' && location.search")
    settle(page)
    assert stayed()
    assert parameters(page)["places"] == ["KOR"]
    assert "South Korea" in page.locator(".card-title").inner_text()


def test_a_card_leads_to_the_indicator_and_on_to_its_document_without_a_reload(
    open_page, rerun, settle
):
    page = open_page("/compare?indicator=researchers_per_million&places=JPN&places=KOR")
    stayed = never_loaded_anew(page)
    page.get_by_role("link", name="About this indicator").click()
    page.wait_for_function("() => location.pathname === '/data' && location.search")
    settle(page)
    page.locator("h2.section").first.wait_for()
    assert "Researchers" in page.locator("h2.section").first.inner_text()
    # The reader's places went along.
    assert parameters(page)["places"] == ["JPN", "KOR"]
    table = page.get_by_role("region", name="Newest value of each place")
    with rerun(page):
        table.get_by_role("link", name=re.compile("World")).first.click()
    assert parameters(page)["view"] == ["source"]
    assert "What rests on it" in page.locator("dl.facts-list").inner_text()
    assert stayed()


def test_the_back_button_returns_to_the_page_of_the_indicator(open_page, settle):
    page = open_page("/data?view=indicator&indicator=gdp_current_usd")
    page.get_by_role("link", name="Compare places").click()
    page.wait_for_function("() => location.pathname === '/compare' && location.search")
    settle(page)
    page.evaluate("history.back()")
    page.wait_for_function("() => location.pathname === '/data'")
    page.wait_for_function("() => location.search.includes('view=indicator')")
    settle(page)
    assert parameters(page)["indicator"] == ["gdp_current_usd"]


def test_a_link_opens_the_same_value_in_a_new_browser(open_page):
    first = open_page(f"/data?view=value&value={CLAIM}")
    second = open_page(first.url.removeprefix(first.evaluate("location.origin")))
    for page in (first, second):
        assert page.locator("p.big").inner_text().startswith("98")


def test_a_reference_is_copied(open_page):
    page = open_page(f"/data?view=value&value={CLAIM}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator('[data-testid="stCode"]').first
    block.hover()
    block.get_by_role("button").click()
    page.wait_for_function(
        "async () => (await navigator.clipboard.readText()).includes('Kitagawa')"
    )
    assert "view=value" in page.evaluate("navigator.clipboard.readText()")


def test_tables_and_the_package_can_be_taken_away(open_page):
    page = open_page("/data?view=downloads")
    with page.expect_download() as download:
        page.get_by_role("link", name="sources.csv").click()
    assert download.value.suggested_filename == "sources.csv"
    assert download.value.path().read_text("utf-8").startswith("source_id,title,author")
    with page.expect_download() as download:
        page.get_by_role("button", name="Data package (ZIP)").click()
    assert download.value.path().read_bytes().startswith(b"PK")


def test_a_hostile_search_puts_no_picture_or_link_on_the_page(open_page):
    hostile = "<img src=https://evil.example/y.png> [z](https://evil.example)"
    page = open_page(f"/data?q={hostile}&source={hostile}")
    page.locator('[data-testid="stAlert"]').first.wait_for()
    assert page.locator('img[src*="evil"], a[href*="evil"]').count() == 0


WORDS_OF_CELLS = """() => [...document.querySelectorAll('.heatmaplayer text')]
    .filter(text => text.textContent)
    .map(text => { const { left, right, top } = text.getBoundingClientRect();
                   return [Math.round(top), left, right]; })"""


def test_words_in_cells_of_coverage_do_not_touch_on_a_telephone(open_page):
    page = open_page("/data?view=coverage_year&topic=sme&year=2023", width=390)
    words = sorted(page.evaluate(WORDS_OF_CELLS))
    assert len(words) > 100
    touching = [
        (one, other)
        for one, other in pairwise(words)
        if one[0] == other[0] and other[1] - one[2] < 2
    ]
    assert not touching


def test_the_keyboard_reaches_the_series_through_the_table_of_coverage(open_page, rerun, settle):
    page = open_page("/data?view=coverage&topic=rd&places=JPN")
    with rerun(page):
        page.get_by_text("View as table").click()
    link = page.get_by_role("region", name="Values held").locator('a[href^="/compare"]').first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.pathname === '/compare' && location.search")
    settle(page)
    assert "Japan" in page.locator(".card-title").inner_text()


@pytest.mark.parametrize(
    "view",
    [
        "catalogue",
        "catalogue&q=METI",
        "coverage&topic=rd",
        "coverage_year&topic=rd&year=2010",
        "quality",
        "dictionary",
        "downloads",
        "cite",
        "indicator&indicator=sme_share_enterprises",
        "source&source=seed_kitagawa_2008",
        "programme&programme=jp_meti_icp1",
        f"value&value={CLAIM}",
    ],
)
def test_views_fit_wide_and_narrow_screens(open_page, settle, view):
    page = open_page(f"/data?view={view}")
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        main = page.locator('[data-testid="stMain"]')
        assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
        assert page.locator('[data-testid="stAlert"], [data-testid="stException"]').count() == 0
