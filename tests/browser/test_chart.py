"""What a chart does in the browser by itself, and what it tells the page."""

import json

import pytest

RERUNS = 20

CHART = "document.querySelector('.js-plotly-plot')"
TRACES = f"""() => {CHART}.data.map(trace => [trace.geo, trace.name, trace.visible !== false])"""
VALUES = f"""() => {CHART}.data.filter(trace => trace.z).map(trace => [...trace.z])"""
SCALES = f"""() => ['geo', 'geo2'].map(name => {CHART}._fullLayout[name].projection.scale)"""
CENTRES = f"""() => ['geo', 'geo2'].map(name => {CHART}._fullLayout[name].center.lon)"""
# Calls of Plotly, by name, from now on.
COUNT_DRAWINGS = """() => {
    window.drawings = [];
    for (const name of ['react', 'newPlot', 'restyle', 'animate', 'relayout', 'redraw']) {
        const before = Plotly[name];
        Plotly[name] = (...given) => { drawings.push(name); return before(...given); };
    }
}"""


@pytest.fixture
def page(open_page, chart_server):
    page = open_page("/", at=chart_server)
    page.wait_for_function("() => document.querySelectorAll('.choroplethlocation').length > 0")
    return page


def heard(page):
    """What the page was told, in its own words."""
    return page.locator("#heard li").all_inner_texts()


def shown(page):
    return {name for geo, name, is_shown in page.evaluate(TRACES) if is_shown and geo == "geo"}


def position_of(page, name):
    return page.evaluate(
        """name => {
            const label = [...document.querySelectorAll('g.trace.scattergeo text')]
                .find(text => text.textContent === name);
            const trace = label.closest('g.trace');
            const at = [...trace.querySelectorAll('text')].indexOf(label);
            const box = trace.querySelectorAll('path.point')[at].getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        name,
    )


# --- Years ----------------------------------------------------------------------------------------


def test_the_year_asked_for_is_in_the_first_drawing(page):
    assert page.evaluate(VALUES)[0] == [1, 2, 3]
    assert page.locator(".time .year").inner_text() == "2001"


def test_a_year_is_one_restyle_and_leaves_what_the_frame_does_not_name(page):
    page.evaluate(COUNT_DRAWINGS)
    page.get_by_role("button", name="Next year").click()
    assert page.evaluate("() => drawings") == ["restyle"]
    assert page.evaluate(VALUES) == [[2, 3, 4], [0, 1, 2]]
    assert page.locator(".card-year").inner_text() == "2002"


def test_the_page_is_told_of_a_year_once_and_draws_nothing_for_it(page, rerun):
    page.evaluate(COUNT_DRAWINGS)
    with rerun(page):
        page.get_by_role("button", name="Previous year").click()
    assert heard(page) == ["year (2000,)"]
    assert page.evaluate("() => drawings") == ["restyle"]
    assert page.get_by_role("button", name="Previous year").is_disabled()


@pytest.mark.parametrize("speed", ["0.5", "2"])
def test_play_is_one_change_at_any_speed(page, rerun, speed):
    page.get_by_label("Speed").select_option(speed)
    page.get_by_role("slider", name="Year").fill("0")
    with rerun(page):
        page.get_by_role("button", name="Play the years").click()
        page.get_by_role("button", name="Play the years").wait_for()
    assert heard(page) == ["year (2002,)"]


# --- New figures ----------------------------------------------------------------------------------


def test_a_new_figure_is_drawn_once_in_the_year_of_the_page(open_page, rerun):
    page = open_page("/?indicator=rd_expenditure_gdp&year=2010")
    page.evaluate(COUNT_DRAWINGS)
    with rerun(page):
        page.get_by_role("radio", name="North-East Asia").click()
    assert page.evaluate("() => drawings") == ["react"]
    assert page.locator(".st-key-card_map .time .year").inner_text() == "2010"


# --- Layers ---------------------------------------------------------------------------------------


def test_a_layer_goes_and_comes_at_once_and_the_page_is_told(page, rerun):
    assert shown(page) == {"Hubs", "Values"}
    with rerun(page):
        page.get_by_role("checkbox", name="Hubs").press("Space")
        assert shown(page) == {"Values"}
    assert heard(page) == ["shown (('indicator',),)"]
    assert page.get_by_role("checkbox", name="Hubs").evaluate(
        "box => box === document.activeElement"
    )
    with rerun(page):
        page.get_by_role("checkbox", name="Hubs").press("Space")
        assert shown(page) == {"Hubs", "Values"}


def test_a_layer_that_cannot_be_shown_says_why(page):
    assert page.get_by_role("checkbox", name="Fabs").is_disabled()
    page.get_by_text("No fab passes the filters.").wait_for()


def test_the_legend_folds_on_a_telephone_and_nothing_is_wider_than_it(open_page, chart_server):
    page = open_page("/", at=chart_server, width=390)
    assert page.get_by_role("checkbox", name="Hubs").is_hidden()
    page.get_by_text("Layers", exact=True).click()
    page.get_by_role("checkbox", name="Hubs").wait_for()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


# --- Clicks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "adds"), [(None, False), ("Shift", True), ("Control", True)])
def test_a_click_carries_the_place_and_whether_it_is_added(page, rerun, key, adds):
    x, y = position_of(page, "Kyushu")
    page.mouse.move(x, y)
    with rerun(page):
        if key:
            page.keyboard.down(key)
        page.mouse.click(x, y)
        if key:
            page.keyboard.up(key)
    assert heard(page) == [f"place ('kyushu', {adds})"]


# --- Zoom -----------------------------------------------------------------------------------------


def test_zoom_moves_both_maps_shows_what_needs_it_and_comes_back(page, rerun):
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate(SCALES) == [1.5, 1.5]
    assert shown(page) == {"Hubs", "Values"}
    with rerun(page):
        page.get_by_role("button", name="Zoom in").click()
        assert shown(page) == {"Hubs", "Values", "Fabs"}
    [told] = heard(page)
    assert "scale=2.25" in told
    # The page hands the window back, and the maps stay.
    assert page.evaluate(SCALES) == [2.25, 2.25]
    with rerun(page):
        page.get_by_role("button", name="Reset the view").click()
        assert page.evaluate(SCALES) == [1, 1]
    assert heard(page)[1:] == ["window (None,)"]
    assert shown(page) == {"Hubs", "Values"}


def test_keys_zoom_and_pan_the_focused_map(page):
    page.locator(".seabelt-chart").focus()
    page.keyboard.press("+")
    assert page.evaluate(SCALES) == [1.5, 1.5]
    before = page.evaluate(CENTRES)
    page.keyboard.press("ArrowRight")
    after = page.evaluate(CENTRES)
    assert after[0] == after[1] > before[0]
    page.keyboard.press("0")
    assert page.evaluate(SCALES) == [1, 1]
    assert page.evaluate(CENTRES) == pytest.approx([106, 106])


def test_dragging_one_map_moves_the_other(page, rerun):
    box = page.locator(".seabelt-chart").bounding_box()
    x, y = box["x"] + box["width"] * 0.12, box["y"] + box["height"] * 0.6
    with rerun(page):
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 60, y, steps=4)
        page.mouse.up()
    one, other = page.evaluate(CENTRES)
    assert one == pytest.approx(other)
    assert one > 107
    [told] = heard(page)
    assert told.startswith("window (Window(")


# --- Staying light --------------------------------------------------------------------------------


def listeners(page):
    """Event listeners of the page and of every element of the chart, as Chromium counts them."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.getDocument", {"depth": -1})
    count = 0
    for what in ("window", "document", "document.querySelector('.chart')"):
        found = session.send("Runtime.evaluate", {"expression": what})["result"]["objectId"]
        asked = {"objectId": found, "depth": -1}
        count += len(session.send("DOMDebugger.getEventListeners", asked)["listeners"])
    emitted = page.evaluate(
        f"() => ['plotly_click', 'plotly_relayout'].map(name => {CHART}._ev.listenerCount(name))"
    )
    session.detach()
    return count, emitted


def test_reruns_add_no_listener(page, rerun):
    def again():
        with rerun(page):
            page.get_by_role("button", name="Run again").click()

    again()
    before = listeners(page)
    for _ in range(RERUNS):
        again()
    count, emitted = listeners(page)
    assert count <= before[0]
    assert emitted == before[1] == [1, 1]


def test_a_rerun_draws_nothing_and_fetches_no_figure(page, rerun):
    page.evaluate(COUNT_DRAWINGS)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    with rerun(page):
        page.get_by_role("button", name="Run again").click()
    assert page.evaluate("() => drawings") == []
    assert not [address for address in asked if "/figure/" in address]


def test_a_figure_is_sent_once_and_can_be_fetched_by_its_address(page, rerun, sockets):
    frames = []
    sockets[page].on("framereceived", lambda frame: frames.append(frame))
    with rerun(page):
        page.get_by_role("button", name="Next year").click()
    figure = page.evaluate("() => document.querySelector('.seabelt-chart').seabelt.address")
    fetched = page.evaluate(
        """async address => {
            const answer = await fetch(address);
            return [await answer.text(), answer.headers.get("cache-control")];
        }""",
        figure,
    )
    assert {"data", "layout", "frames"} <= set(json.loads(fetched[0]))
    assert "immutable" in fetched[1]
    shapes = "admin0_region"
    assert shapes in fetched[0]
    assert frames
    assert not [frame for frame in frames if shapes.encode() in frame]
    gone = page.request.get(f"{page.url.rstrip('/')}/figure/nothing")
    assert gone.status == 404
    assert "reload the page" in gone.text()


def test_a_figure_that_the_browser_has_lost_is_fetched(page, rerun):
    page.evaluate(COUNT_DRAWINGS)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    # A browser that loses the connection and comes back gets a message that only names it.
    page.evaluate(
        "() => { const { seabelt } = document.querySelector('.seabelt-chart');"
        " seabelt.update({ ...seabelt.newest, json: null, figure: `${seabelt.address}?` },"
        " seabelt.send); }"
    )
    page.wait_for_function("() => drawings.length === 1")
    assert page.evaluate("() => drawings") == ["react"]
    assert [address for address in asked if "/figure/" in address]
