"""Paths of a scatter, put together in the browser: the same as the figure has for that year."""

import json

import pytest

from dashboard.catalogue import load
from dashboard.charts.scatter import scatter
from dashboard.charts.theme import LIGHT
from dashboard.transforms.pairs import pair

PLACES = ["JPN", "KOR", "IND", "MYS"]
TELL = """([figure, year]) => {
    const years = new Years(figure.frames, figure.data);
    years.fill(figure.data, year);
    let restyled = null;
    years.draw({ restyle: (host, update, traces) => (restyled = { update, traces }) }, null, year);
    const trails = figure.data.flatMap((trace, index) => trace.meta?.trail ? [[trace, index]] : []);
    return trails.map(([{ x, y }, index]) => {
        const at = restyled.traces.indexOf(index);
        return { filled: [x, y], drawn: [restyled.update.x[at], restyled.update.y[at]] };
    });
}"""


@pytest.fixture(scope="module")
def draw():
    """A scatter with trails, of places some of which have years without a value."""
    catalogue = load()
    keys = ("rd_expenditure_gdp", "researchers_per_million")
    across, up = (catalogue.indicator(key) for key in keys)
    pairs, _ = pair(*(catalogue.series(key, PLACES) for key in keys))
    pairs.loc[pairs["place_id"].eq("KOR") & pairs["year"].eq(2005), "is_break"] = True
    return lambda year: scatter(pairs, across, up, catalogue.places, LIGHT, year=year, trails=True)


@pytest.fixture
def page(browser, root):
    page = browser.new_page()
    script = (root / "dashboard" / "ui" / "assets" / "frames.js").read_text("utf-8")
    page.add_script_tag(content=f"{script}\nwindow.Years = Years;")
    yield page
    page.close()


@pytest.mark.parametrize("year", [1996, 2004, 2005, 2018])
def test_the_path_up_to_a_year_is_the_one_that_a_figure_of_that_year_has(page, draw, year):
    shown, wanted = draw(2010), draw(year)
    told = page.evaluate(TELL, [json.loads(shown.to_json()), year])
    trails = [trace for trace in wanted.data if (trace.meta or {}).get("trail")]
    assert len(told) == len(trails) == len(PLACES)
    for found, trail in zip(told, trails, strict=True):
        assert found["filled"] == found["drawn"]
        for values, drawn in zip(found["drawn"], (trail.x, trail.y), strict=True):
            assert values == [item if item is None else pytest.approx(item) for item in drawn]


def test_the_paths_tested_have_gaps(draw):
    trails = [trace for trace in draw(2018).data if (trace.meta or {}).get("trail")]
    assert sum(None in trace.x for trace in trails) >= 2
