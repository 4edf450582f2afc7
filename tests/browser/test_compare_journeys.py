"""What a student comes to the compare page for, done in a real browser on the real data."""

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest

CARD = ".st-key-card_compare"


def parameters(page):
    return parse_qs(urlsplit(page.url).query)


def verdict(page):
    return page.locator(".verdict-line").inner_text()


def notes(page):
    return page.locator(f"{CARD} ul.notes").inner_text()


def test_a_student_comes_from_a_wrong_link_to_a_sound_comparison_of_smes(open_page, rerun):
    """From a link with a wrong parameter to a table of what compares, with its documents."""
    page = open_page(
        "/compare?indicator=sme_share_employment&places=JPN&places=KOR&places=MYS"
        "&places=ATLANTIS&year=20x5"
    )
    # The link is mended in the open: what it asked for in vain is named, the rest is shown.
    warnings = " ".join(page.get_by_test_id("stAlert").all_inner_texts())
    assert "ATLANTIS" in warnings
    assert "20x5" in warnings
    title = page.locator(f"{CARD} .card-title").inner_text()
    assert title == "SMEs in employment: Japan, South Korea, Malaysia"
    # The verdict stands above the chart, before it can mislead.
    assert "legal SME limits differ: Japan 300 employees" in verdict(page)
    chart = page.locator(f"{CARD} .seabelt-chart").bounding_box()
    assert page.locator(".verdict-line").bounding_box()["y"] < chart["y"]
    # The definitions are opened side by side ...
    with rerun(page):
        page.get_by_text("Definitions side by side").click()
    table = page.get_by_role("region", name="What the figures of")
    for place in ("Japan", "South Korea", "Malaysia"):
        assert table.get_by_text(place, exact=True).count() > 0
    assert "by the law of Malaysia" in table.inner_text()
    # ... and one click keeps what compares, and says what it left out and why.
    with rerun(page):
        page.get_by_text("Keep only what compares").click()
    assert parameters(page)["comparable"] == ["1"]
    assert "Not comparable" not in verdict(page)
    assert "Left out, other legal SME limits" in notes(page)
    # The table is taken along, each value with its document.
    with page.expect_download() as downloading:
        page.locator(CARD).get_by_role("button", name="CSV").click()
    text = downloading.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert len({row["definition_id"] for row in rows}) == 1
    assert all(row["source"] and row["locator"] for row in rows)


@pytest.mark.parametrize("view", ["slope", "heat", "scatter"])
def test_the_selection_stays_when_the_view_changes(open_page, rerun, view):
    page = open_page("/compare?indicator=fdi_inward_stock_gdp_unctad&places=MYS&places=THA")
    names = {"slope": "Slope", "heat": "Heat map", "scatter": "Scatter"}
    with rerun(page):
        page.get_by_role("radio", name=names[view], exact=True).click()
    asked = parameters(page)
    assert asked["view"] == [view]
    assert asked["places"] == ["MYS", "THA"]
    assert asked["indicator"] == ["fdi_inward_stock_gdp_unctad"]
    assert page.locator(f"{CARD} .seabelt-chart .main-svg").count() > 0


def test_values_become_an_index_by_a_choice_that_names_what_cannot_be(open_page, rerun):
    page = open_page("/compare?places=JPN&places=KOR")
    page.get_by_role("button", name="Values: as published").click()
    assert page.get_by_text("% of GDP", exact=True).get_attribute("aria-disabled") == "true"
    with rerun(page):
        page.get_by_role("link", name="Index to a base year").click()
    assert parameters(page)["transform"] == ["index"]
    assert "= 100" in page.locator(f"{CARD} .card-subtitle").inner_text()


def test_the_years_of_a_scatter_play_in_the_browser(open_page, rerun):
    page = open_page("/compare?view=scatter&places=JPN&places=KOR&places=CHN&year=2000")
    slider = page.get_by_role("slider", name="Year", exact=True)
    assert slider.get_attribute("aria-valuetext") == "2000"
    points = "() => document.querySelector('.js-plotly-plot').data.map(trace => trace.x)"
    before = page.evaluate(points)
    with rerun(page):
        slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "2001"
    assert page.evaluate(points) != before
    assert parameters(page)["year"] == ["2001"]


def test_peers_are_a_link_and_their_reason_is_said(open_page, rerun):
    page = open_page("/compare?indicator=population&places=MYS&places=JPN")
    page.get_by_role("main").get_by_role("button", name="Places", exact=True).click()
    with rerun(page):
        page.get_by_role("link", name="Nearest in GDP per head").click()
    asked = parameters(page)
    assert asked["places"][0] == "MYS"
    assert asked["peers"] == ["gdp_per_head"]
    said = page.locator("p.hint", has_text="GDP per head").inner_text()
    assert "Malaysia" in said
