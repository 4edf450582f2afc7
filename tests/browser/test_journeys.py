"""What readers come to do, done in a real browser on the real data."""

import csv
import io
import re
import struct
from urllib.parse import parse_qs, quote, urlsplit

import pytest

# Every economy has a value for it in this year, so every one of them must be coloured.
WHOLE_WORLD = "/?indicator=fdi_inward_stock_gdp_unctad&year=2024&view=world"
ECONOMIES = 19
# The map also draws the economies around them, for context.
NEIGHBOURS = 27
HUBS = [
    "Bangalore",
    "Beijing",
    "Gyeonggi",
    "Hong Kong",
    "Hsinchu",
    "Kyushu",
    "Shanghai",
    "Singapore",
]
# Beside the belt's hub in Hsinchu; they are named where there is room.
PARKS = {"Central Taiwan", "Southern Taiwan"}

CHART = "document.querySelector('.js-plotly-plot')"
# Fills as the browser has drawn them, not as the figure says they should be.
FILLS = """() => [...document.querySelectorAll('.choroplethlayer .choroplethlocation')]
    .map(shape => getComputedStyle(shape).fill)"""
VALUE_COLOURED = f"""() => {{
    const values = {CHART}.data.find(trace => trace.type === 'choropleth' && trace.coloraxis);
    return values.locations.length;
}}"""
# What is said on hovering over an economy that has a value or could have one.
HOVER = f"{CHART}.data.find(trace => trace.type === 'choropleth' && trace.coloraxis).hovertemplate"
HUB_POSITION = """name => {
    const names = trace => [...trace.querySelectorAll('text')].map(label => label.textContent);
    const hubs = [...document.querySelectorAll('.js-plotly-plot g.trace.scattergeo')]
        .find(trace => names(trace).includes(name));
    const index = names(hubs).indexOf(name);
    const box = hubs.querySelectorAll('path.point')[index].getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""


def wait_for_shapes(page):
    """Shapes are fetched after the chart stands."""
    page.wait_for_function("() => document.querySelectorAll('.choroplethlocation').length > 0")


def card(page):
    """The card of the page's main chart; the map has that of its timeline below it."""
    return page.locator("[class*=st-key-card_]").first


def parameters(page):
    return parse_qs(urlsplit(page.url).query)


def year_slider(page):
    return page.get_by_role("slider", name="Year", exact=True)


def year_on_show(page):
    return year_slider(page).get_attribute("aria-valuetext")


def test_map_shows_every_economy_and_the_eight_hubs(open_page):
    page = open_page(WHOLE_WORLD)
    wait_for_shapes(page)
    assert page.evaluate(VALUE_COLOURED) == ECONOMIES + NEIGHBOURS
    assert "19 of 19 economies have a value" in card(page).locator(".card-subtitle").inner_text()
    page = open_page("/")
    wait_for_shapes(page)
    labels = card(page).locator(".js-plotly-plot g.trace.scattergeo text").all_text_contents()
    assert sorted(set(labels) - PARKS) == HUBS


def test_playing_the_years_changes_the_fills_without_a_round_trip(open_page):
    page = open_page("/?year=2000")
    wait_for_shapes(page)
    before = page.evaluate(FILLS)
    page.get_by_role("button", name="Play the years").click()
    page.wait_for_function(
        f"before => JSON.stringify(({FILLS})()) !== JSON.stringify(before)", arg=before
    )
    assert parameters(page)["year"] == ["2000"], "the page is told only when the reader has rested"


def test_a_link_to_a_year_draws_that_year(open_page):
    page = open_page("/?year=2000")
    wait_for_shapes(page)
    assert card(page).locator(".card-year").inner_text() == "2000"
    assert year_on_show(page) == "2000"
    assert card(page).locator(".time .year").inner_text() == "2000"
    assert "2000" in page.evaluate(HOVER)


def test_a_stopped_play_leaves_no_error_and_pictures_wait_while_it_runs(open_page, rerun):
    page = open_page("/?year=2000")
    wait_for_shapes(page)
    pictures = [card(page).get_by_role("button", name=name) for name in ("PNG", "SVG")]
    assert all(button.is_enabled() for button in pictures)
    year = card(page).locator(".card-year")
    with rerun(page):
        page.get_by_role("button", name="Play the years").click()
        page.wait_for_function("() => document.querySelector('.card-year').textContent > '2001'")
        assert all(button.is_disabled() for button in pictures)
        page.get_by_text("Pictures wait until the map rests on a year").wait_for()
        page.get_by_role("button", name="Pause").click()
    # The title, the address and the notes agree on the year that the map rests on.
    assert parameters(page)["year"] == [year.inner_text()]
    assert int(year.inner_text()) > 2000
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-action=png], [data-action=svg]')]"
        ".every(button => !button.disabled)"
    )
    # Whatever the page threw or wrote to the console fails the test when it ends.


def test_the_page_follows_the_year_a_reader_rests_on(open_page, rerun):
    page = open_page("/?year=2022")
    wait_for_shapes(page)
    with rerun(page):
        year_slider(page).fill("8")
    year = parameters(page)["year"][0]
    assert year == "2003"
    assert f", {year}," in card(page).locator(".card-title").inner_text()
    assert f"No value for {year}" in card(page).locator("ul.notes").inner_text()


def test_the_keyboard_alone_moves_the_year(open_page, rerun):
    page = open_page("/?year=2010")
    wait_for_shapes(page)
    year_slider(page).focus()
    with rerun(page):
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        assert year_on_show(page) == "2008"
        assert card(page).locator(".card-year").inner_text() == "2008"
    assert parameters(page)["year"] == ["2008"]
    page.get_by_role("button", name="Next year").focus()
    with rerun(page):
        page.keyboard.press("Enter")
    assert parameters(page)["year"] == ["2009"]


def test_a_click_on_a_hub_opens_it_with_its_figures_ties_and_sources(open_page, rerun):
    page = open_page("/")
    wait_for_shapes(page)
    card(page).locator(".js-plotly-plot").scroll_into_view_if_needed()
    with rerun(page):
        page.mouse.move(*page.evaluate(HUB_POSITION, "Hsinchu"))
        page.mouse.click(*page.evaluate(HUB_POSITION, "Hsinchu"))
    panel = page.locator(".st-key-panel")
    assert panel.locator("h3").inner_text().startswith("Hsinchu")
    assert parameters(page)["place"] == ["hsinchu"]
    figure = panel.locator(".figure", has_text="Revenue of the park").first
    figure.locator("summary").click()
    assert "Where in it" in figure.locator("details").inner_text()
    panel.get_by_text("Ties (").click()
    panel.get_by_text("Joint R&D").first.wait_for()


def test_a_place_opens_with_the_keyboard_alone(open_page, rerun):
    page = open_page("/")
    page.get_by_role("combobox", name="Open a place").focus()
    page.keyboard.type("taiw")
    page.get_by_role("option", name="Taiwan", exact=True).wait_for()
    with rerun(page):
        page.keyboard.press("Enter")
    assert page.locator(".st-key-panel h3").inner_text().startswith("Taiwan")


def test_a_link_restores_the_view_in_a_new_browser(open_page):
    path = (
        "/compare?indicator=semiconductor_billings&places=wsts_world&places=wsts_europe"
        "&from=1990&to=2010&view=line&base=1995&log=1"
    )
    first = open_page(path)
    title = card(first).locator(".card-title").inner_text()
    assert "World" in title
    assert "Europe" in title
    assert "1995 = 100" in card(first).locator(".card-subtitle").inner_text()
    assert first.evaluate(f"{CHART}.layout.yaxis.type") == "log"
    second = open_page(first.url.removeprefix(first.evaluate("location.origin")))
    assert card(second).locator(".card-title").inner_text() == title
    assert parameters(second) == parameters(first)


def test_filters_follow_the_reader_from_page_to_page(open_page, settle):
    page = open_page("/?indicator=researchers_per_million&places=JPN&places=KOR")
    page.get_by_role("link", name="Compare").click()
    page.wait_for_url("**/compare**")
    settle(page)
    page.wait_for_function("() => location.search.includes('researchers_per_million')")
    assert parameters(page)["places"] == ["JPN", "KOR"]
    assert "Researchers" in card(page).locator(".card-title").inner_text()


def test_the_back_button_keeps_the_places(open_page, settle):
    page = open_page("/compare?indicator=researchers_per_million&places=JPN&places=KOR")
    page.get_by_role("link", name="Map").click()
    page.wait_for_function("() => location.pathname === '/' && location.search.includes('JPN')")
    settle(page)
    page.evaluate("history.back()")
    page.wait_for_function(
        "() => location.pathname === '/compare' && location.search.includes('JPN')"
    )
    page.get_by_role("heading", name="Compare").wait_for()
    settle(page)
    page.wait_for_function("() => document.querySelector('.card-title').innerText.includes(':')")
    title = card(page).locator(".card-title").inner_text()
    assert title.endswith(": Japan, South Korea")
    assert "Researchers" in title
    assert parameters(page)["places"] == ["JPN", "KOR"]


@pytest.mark.parametrize("path", ["/", "/compare"])
@pytest.mark.parametrize("parameter", ["indicator", "places", "view", "nothing_known"])
def test_a_hostile_link_puts_no_picture_or_link_on_the_page(open_page, path, parameter):
    """Nothing of it is fetched either: the page would fail for asking another machine."""
    hostile = (
        "![x](https://evil.example/x.png) [here](https://evil.example) https://evil.example"
        " <img src=https://evil.example/y.png> <a href=https://evil.example>z</a>"
    )
    page = open_page(f"{path}?{parameter}={quote(hostile)}")
    page.locator('[data-testid="stAlert"]').first.wait_for()
    assert page.locator('img[src*="evil"], a[href*="evil"]').count() == 0
    assert page.locator('[data-testid="stAlert"] img, [data-testid="stAlert"] a').count() == 0
    if parameter != "nothing_known":
        shown = page.locator('[data-testid="stAlert"]').first.inner_text()
        assert "![x](https://evil.example/x.png)" in shown.replace("\u2060", "")


def test_an_impossible_parameter_is_named_and_the_rest_still_works(open_page):
    page = open_page(
        "/compare?indicator=no_such_thing&places=JPN&places=ATLANTIS&from=2020&to=2001"
    )
    warnings = " ".join(page.locator('[data-testid="stAlert"]').all_inner_texts())
    for named in ("no_such_thing", "ATLANTIS", "from"):
        assert named in warnings
    assert "Japan" in card(page).locator(".card-title").inner_text()


SIZES = {
    "Slide 16:9": (1600, 900),
    "A4 landscape": (1754, 1240),
    "A4 portrait": (1240, 1754),
    "Square": (1500, 1500),
}
# A picture on the page, to ask for the room that each part of it takes. Wide legends and notes are
# the parts that could meet the chart or leave the picture.
BOXES = """markup => {
    const holder = document.createElement('div');
    holder.innerHTML = markup;
    Object.assign(holder.style, { position: 'absolute', left: 0, top: 0 });
    document.body.append(holder);
    const box = element => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return [left, top, right, bottom];
    };
    const picture = holder.firstElementChild;
    const boxes = {
        picture: box(picture),
        chart: box(picture.querySelector(':scope > svg > rect')),
        blocks: [...picture.querySelectorAll(':scope > g')]
            .filter(group => group.querySelector('text')).map(box),
    };
    holder.remove();
    return boxes;
}"""


def download(page, format_name, size):
    card(page).get_by_label("Picture").select_option(label=size)
    with page.expect_download() as saved:
        card(page).get_by_role("button", name=format_name).click()
    return saved.value.path().read_bytes()


def overlap(one, other):
    return min(one[2], other[2]) - max(one[0], other[0]) > 1 and (
        min(one[3], other[3]) - max(one[1], other[1]) > 1
    )


@pytest.mark.parametrize("path", ["/", "/compare?view=ranking"])
def test_png_has_the_size_asked_for_and_a_chart_in_it(open_page, path):
    page = open_page(path)
    for size, pixels in SIZES.items():
        content = download(page, "PNG", size)
        assert content.startswith(b"\x89PNG")
        assert struct.unpack(">II", content[16:24]) == pixels
        # A blank picture of this size has a few thousand bytes.
        assert len(content) > 40_000


@pytest.mark.parametrize("path", ["/?year=2010", "/compare", "/compare?view=ranking"])
def test_nothing_in_a_picture_covers_another_part_or_is_cut_off(open_page, path):
    page = open_page(path)
    for size in SIZES:
        boxes = page.evaluate(BOXES, download(page, "SVG", size).decode())
        left, top, right, bottom = boxes["picture"]
        parts = [boxes["chart"], *boxes["blocks"]]
        assert len(parts) >= 5
        for number, part in enumerate(parts):
            assert left <= part[0], size
            assert top <= part[1], size
            assert part[2] <= right + 1, size
            assert part[3] <= bottom + 1, size
            assert not [other for other in parts[:number] if overlap(part, other)], size


def test_svg_carries_title_source_and_link(open_page):
    page = open_page("/compare")
    title = card(page).locator(".card-title").inner_text()
    drawing = download(page, "SVG", "Slide 16:9").decode()
    assert 'width="1600" height="900"' in drawing
    for text in (title, "Source:", "/compare?indicator="):
        assert text.replace("&", "&amp;") in drawing


def test_the_size_of_pictures_is_remembered(open_page, settle):
    page = open_page("/compare")
    card(page).get_by_label("Picture").select_option(label="Square")
    page.reload()
    settle(page)
    assert card(page).get_by_label("Picture").input_value() == "square"


def test_a_picture_of_a_map_has_its_year_and_legend_but_no_time_bar(open_page):
    drawing = download(open_page("/?year=2010"), "SVG", "A4 portrait").decode()
    # Where a line ends depends on the fonts of the machine.
    told = " ".join(re.findall(">([^<]+)<", drawing))
    for text in (", 2010, across", "Hub: design", "Tie: ", "Natural Earth"):
        assert text in told
    assert "slider" not in drawing


def test_csv_holds_what_is_drawn_with_its_sources(open_page):
    page = open_page(
        "/compare?indicator=rd_expenditure_gdp&places=TWN&places=KOR&from=2000&to=2003"
    )
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(row["place_id"], row["year"]) for row in rows} == {
        (place, str(year)) for place in ("TWN", "KOR") for year in range(2000, 2004)
    }
    assert all(row["source"] and row["locator"] for row in rows)


def test_copied_link_is_complete(open_page):
    page = open_page("/?place=kyushu")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card(page).get_by_role("button", name="Copy link").click()
    card(page).get_by_text("Link copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    copied = parse_qs(urlsplit(link).query)
    assert copied.pop("data")
    assert copied == parameters(page)


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
@pytest.mark.parametrize("path", ["/?place=hsinchu", "/compare", "/compare?view=ranking"])
def test_pages_stand_in_both_themes_and_widths(open_page, root, path, width, theme):
    page = open_page(path, width=width, theme=theme)
    chart = card(page).locator(".js-plotly-plot").bounding_box()
    assert chart["width"] > width * 0.45
    assert chart["x"] >= 0
    assert chart["x"] + chart["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    described = page.locator('[role="img"][aria-label*="Research and development"]')
    assert described.locator("xpath=descendant-or-self::*[contains(@class, 'plot')]").count()
    folder = root / "artefacts"
    folder.mkdir(exist_ok=True)
    name = path.strip("/?").replace("?", "-").replace("=", "-") or "map"
    page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)
