"""The journeys of the map page, with the mouse and with the keyboard alone, on the real data."""

import io
import json
import re
import struct
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

KEY_PRESSES = 200  # as many as a reader can be asked for, and more than the page has stops

# The focused element, inside the closed parts of the page too, by what a screen reader says of it.
FOCUSED = """() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const label = element?.getAttribute('aria-label') ?? element?.labels?.[0]?.innerText
        ?? element?.closest('.figure')?.querySelector('.label').innerText;
    const said = `${element?.tagName.toLowerCase()}: ${label ?? element?.innerText ?? ''}`;
    return said.replace(/\\s+/g, ' ').trim();
}"""
# A place on the screen inside an economy's shape: Plotly takes clicks by where they are.
SHAPE_POSITION = """economy => {
    const path = [...document.querySelectorAll('.choroplethlayer .choroplethlocation')]
        .find(path => path.__data__.loc === economy);
    const box = path.getBoundingClientRect();
    const there = path.getScreenCTM().inverse();
    for (let row = 1; row < 24; row += 1) for (let column = 1; column < 24; column += 1) {
        const x = box.x + box.width * column / 24, y = box.y + box.height * row / 24;
        if (path.isPointInFill(new DOMPoint(x, y).matrixTransform(there))) return [x, y];
    }
    return null;
}"""
# The first mark whose click opens what the pattern names.
MARK_POSITION = """pattern => {
    const mark = [...document.querySelectorAll('.js-plotly-plot g.trace.scattergeo path.point')]
        .find(point => new RegExp(pattern).test(point.__data__.data));
    if (!mark) return null;
    const box = mark.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""
LAYERS_SHOWN = """() => [...new Set(document.querySelector('.js-plotly-plot').data
    .filter(trace => trace.visible !== false && trace.meta?.layer)
    .map(trace => trace.meta.layer))].sort()"""
SCALE = "() => document.querySelector('.js-plotly-plot')._fullLayout.geo.projection.scale"


def parameters(page):
    return parse_qs(urlsplit(page.url).query)


def map_card(page):
    return page.locator(".st-key-card_map")


def panel_title(page):
    return page.locator(".st-key-panel .place h3").first.inner_text()


def wait_for_shapes(page):
    page.wait_for_function("() => document.querySelectorAll('.choroplethlocation').length > 0")


def opened(open_page, path="/", **choices):
    page = open_page(path, **choices)
    wait_for_shapes(page)
    return page


# --- The keyboard alone ---------------------------------------------------------------------------


def tab_to(page, pattern):
    """Press Tab until what a screen reader says of the focused element fits the pattern."""
    met = []
    for _ in range(KEY_PRESSES):
        page.keyboard.press("Tab")
        met.append(page.evaluate(FOCUSED))
        if re.search(pattern, met[-1]):
            return met[-1]
    raise AssertionError(f"Tab never comes to {pattern}; it meets:\n" + "\n".join(met))


def choose_by_typing(page, text, option):
    """Type into the focused list and take the option that it then offers first."""
    page.keyboard.type(text)
    page.get_by_role("option", name=option).first.wait_for()
    offered = page.get_by_role("option", name=option).first.inner_text()
    page.keyboard.press("Enter")
    return offered


def test_the_journey_of_a_reader_with_the_keyboard_alone(open_page, rerun):
    page = opened(open_page, "/?indicator=researchers_per_million")
    tab_to(page, r"input: .*Indicator")
    with rerun(page):
        choose_by_typing(page, "expenditure (% of GDP", re.compile("Research and development"))
    tab_to(page, r"input: .*Year")
    with rerun(page):
        choose_by_typing(page, "2010", "2010")
    assert ", 2010, across" in map_card(page).locator(".card-title").inner_text()

    tab_to(page, r"input: .*On this map")
    with rerun(page):
        offered = choose_by_typing(page, "taiw", re.compile("^Taiwan:"))
    assert offered == "Taiwan: 2.90 % (2010)"
    assert panel_title(page).startswith("Taiwan")
    tab_to(page, r"summary: .*year of the map")
    page.keyboard.press("Enter")
    figure = page.locator(".st-key-panel .figure", has_text="year of the map")
    assert "2.90 % 2010" in figure.inner_text()
    assert "Where in it: appendix table 1-26" in figure.locator("details[open]").inner_text()

    tab_to(page, r"input: .*On this map")
    with rerun(page):
        choose_by_typing(page, "hsinchu", re.compile("^Hsinchu"))
    assert panel_title(page).startswith("Hsinchu")
    tab_to(page, r"summary: .*Ties \(")
    with rerun(page):
        page.keyboard.press("Enter")
    page.locator(".st-key-panel").get_by_text("Joint R&D").first.wait_for()

    tab_to(page, r"summary: .*Fabs, row by row \(")
    with rerun(page):
        page.keyboard.press("Enter")
    tab_to(page, r"button: .*Show these fabs on the map")
    with rerun(page):
        page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('view=hsinchu')")
    page.wait_for_function(f"() => ({LAYERS_SHOWN})().includes('fabs')")

    tab_to(page, r"button: PNG")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    picture = saved.value.path().read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (1600, 900)
    # A blank picture of this size has a few thousand bytes.
    assert len(picture) > 40_000


# --- The mouse ------------------------------------------------------------------------------------


def click_at(page, script, argument, modifier=None):
    position = page.evaluate(script, argument)
    assert position, f"{argument} cannot be hit on the map"
    page.mouse.move(*position)
    if modifier:
        page.keyboard.down(modifier)
    page.mouse.click(*position)
    if modifier:
        page.keyboard.up(modifier)


def test_two_economies_clicked_are_compared(open_page, rerun, settle):
    page = opened(open_page, height=1800)
    with rerun(page):
        click_at(page, SHAPE_POSITION, "JPN")
    assert panel_title(page).startswith("Japan")
    with rerun(page):
        click_at(page, SHAPE_POSITION, "CHN", "Shift")
    assert parameters(page)["selected"] == ["JPN", "CHN"]
    page.locator(".st-key-panel").get_by_role("link", name="Compare these").click()
    page.wait_for_url("**/compare**")
    settle(page)
    page.wait_for_function("() => document.querySelector('.card-title')?.innerText.includes(':')")
    title = page.locator(".card-title").inner_text()
    assert "Japan" in title
    assert "China" in title


@pytest.mark.parametrize("pattern", ["^hsinchu$", "^fab:.*TSMC-FAB-12A;"])
def test_a_hub_and_a_fab_open_the_hub(open_page, rerun, pattern):
    page = opened(open_page, "/?view=hsinchu&layers=economies&layers=hubs&layers=fabs", height=1800)
    with rerun(page):
        click_at(page, MARK_POSITION, pattern)
    assert parameters(page)["place"] == ["hsinchu"]
    assert panel_title(page).startswith("Hsinchu")


def test_an_event_chosen_in_the_timeline_lights_up_its_hub(open_page, rerun):
    page = opened(open_page, height=3000)
    mark = page.locator(".st-key-card_events .js-plotly-plot .scatterlayer path.point").nth(3)
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    with rerun(page):
        page.mouse.click(x, y)
    assert parameters(page)["event"]
    assert parameters(page)["place"]
    assert "Lit up: " in map_card(page).locator("ul.notes").inner_text()


def test_layers_go_and_come_and_the_address_has_them(open_page, rerun):
    page = opened(open_page)
    with rerun(page):
        map_card(page).get_by_role("checkbox", name=re.compile("^Hubs of the belt")).uncheck()
    assert "hubs" not in parameters(page)["layers"]
    assert "hubs" not in page.evaluate(LAYERS_SHOWN)
    with rerun(page):
        map_card(page).get_by_role("checkbox", name=re.compile("^Wafer fabs")).check()
    assert "fabs" in parameters(page)["layers"]
    assert "fabs" in page.evaluate(LAYERS_SHOWN)
    with rerun(page):
        map_card(page).get_by_role("checkbox", name=re.compile("^Hubs of the belt")).check()
    assert {"hubs", "fabs"} <= set(parameters(page)["layers"])


def choose_mode(page, rerun, name):
    page.get_by_role("combobox", name=re.compile("Mode")).click()
    with rerun(page):
        page.get_by_role("option", name=name, exact=True).click()


def test_the_other_modes_say_what_they_show(open_page, rerun):
    page = opened(open_page, "/?indicator=rd_expenditure_gdp&year=2020")
    title = map_card(page).locator(".card-title")
    choose_mode(page, rerun, "Two years")
    assert "2010 and 2020" in title.inner_text()
    assert page.evaluate("() => Boolean(document.querySelector('.js-plotly-plot').layout.geo2)")
    choose_mode(page, rerun, "Difference of two years")
    assert "change from 2010 to 2020" in title.inner_text()
    choose_mode(page, rerun, "Two indicators")
    assert "researchers" in title.inner_text().lower()
    wait_for_shapes(page)
    assert parameters(page)["mode"] == ["two_indicators"]


def test_a_copied_link_opens_the_same_window_layers_and_mode(open_page, rerun):
    page = opened(open_page, "/?mode=difference&year=2020&against=2010")
    with rerun(page):
        map_card(page).get_by_role("checkbox", name=re.compile("^Ties")).uncheck()
    with rerun(page):
        page.get_by_role("button", name="Zoom in").click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    map_card(page).get_by_role("button", name="Copy link").click()
    map_card(page).get_by_text("Link copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    other = opened(open_page, link.removeprefix(page.evaluate("location.origin")))
    assert other.evaluate(SCALE) == pytest.approx(page.evaluate(SCALE)) == pytest.approx(1.5)
    assert other.evaluate(LAYERS_SHOWN) == page.evaluate(LAYERS_SHOWN)
    assert "change from 2010 to 2020" in map_card(other).locator(".card-title").inner_text()


# --- Files ----------------------------------------------------------------------------------------


def counts_of_the_legend(page):
    """How many of each layer the legend says are shown, of the layers that are ticked."""
    ticked = map_card(page).locator(".layers label:has(input:checked):has(.count)")
    return {
        label.locator("input").get_attribute("value"): int(
            label.locator(".count").inner_text().split(" of ")[0]
        )
        for label in ticked.all()
    }


def test_files_hold_as_many_rows_as_the_legend_says(open_page):
    page = opened(
        open_page, "/?view=belt&layers=economies&layers=hubs&layers=other_hubs&layers=fabs"
    )
    counts = counts_of_the_legend(page)
    assert set(counts) == {"hubs", "other_hubs", "fabs"}
    files = {}
    for name in ("CSV", "GeoJSON"):
        with page.expect_download() as saved:
            map_card(page).get_by_role("button", name=name, exact=True).click()
        files[name] = saved.value.path().read_bytes()
    table = pd.read_csv(io.BytesIO(files["CSV"]))
    features = json.loads(files["GeoJSON"])["features"]
    of_layer = [feature["properties"]["layer"] for feature in features]
    subtitle = map_card(page).locator(".card-subtitle").inner_text()
    with_value = int(re.search(r"(\d+) of \d+ economies", subtitle)[1])
    around = int(re.search(r"(\d+) neighbours", subtitle)[1])
    for layer, count in {**counts, "economies": with_value + around}.items():
        assert (table["layer"] == layer).sum() == count, layer
        assert of_layer.count(layer) == count, layer


# --- How it looks ---------------------------------------------------------------------------------

VIEWS = [
    *[(view, 1400, "light") for view in ("belt", "north_east", "world", "hsinchu")],
    *[(view, 390, "dark") for view in ("belt", "hsinchu")],
]


@pytest.mark.parametrize(("view", "width", "theme"), VIEWS)
def test_the_map_stands_in_its_card_and_early_on_the_page(open_page, root, view, width, theme):
    page = opened(open_page, f"/?view={view}", width=width, height=1400, theme=theme)
    frame = map_card(page).bounding_box()
    chart = map_card(page).locator(".js-plotly-plot .main-svg").first.bounding_box()
    assert frame["x"] <= chart["x"]
    assert chart["x"] + chart["width"] <= frame["x"] + frame["width"]
    assert chart["y"] < 750, "the map comes early"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    folder = root / "artefacts"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"map-{view}-{width}-{theme}.png")
