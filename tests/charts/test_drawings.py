"""Small drawings in text: sparklines and legend marks."""

import re
from urllib.parse import unquote
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.legend import legend_mark
from dashboard.charts.sparkline import FEWEST_YEARS, HEIGHT, MOST_DOTS, PAD, WIDTH, sparkline
from dashboard.charts.theme import LIGHT, ROLE_SYMBOLS, TIE_STYLES

SVG = "{http://www.w3.org/2000/svg}"
COLOUR = "#0B5E6E"


def drawing(markup):
    """The picture inside an image element, parsed; the element itself must be silent."""
    image = ElementTree.fromstring(markup.replace(">", "/>"))
    assert image.get("alt") == ""
    return ElementTree.fromstring(unquote(image.get("src").removeprefix("data:image/svg+xml,")))


def rows(series, *values, start=2000):
    return series(*(("JPN", start + step, value) for step, value in enumerate(values)))


def test_too_few_years_make_no_line(series):
    assert sparkline(rows(series), COLOUR) == ""
    assert sparkline(rows(series, *[1.0] * (FEWEST_YEARS - 1)), COLOUR) == ""
    assert sparkline(rows(series, *[1.0] * FEWEST_YEARS), COLOUR) != ""


def test_the_line_runs_from_the_lowest_to_the_highest_and_marks_the_newest(series):
    picture = drawing(sparkline(rows(series, 1.0, 2.0, 4.0, 3.0), COLOUR))
    newest = picture.findall(f"{SVG}circle")[-1]
    assert float(newest.get("cx")) == WIDTH - PAD
    assert newest.get("fill") == COLOUR
    path = picture.find(f"{SVG}path").get("d")
    heights = [float(pair.split()[1]) for pair in re.findall(r"[\d.]+ [\d.]+", path)]
    assert (max(heights), min(heights)) == (heights[0], heights[2]) == (HEIGHT - PAD, PAD)


def test_a_missing_year_breaks_the_sparkline(series):
    gap = series(("JPN", 2000, 1.0), ("JPN", 2001, 2.0), ("JPN", 2005, 3.0), ("JPN", 2006, 4.0))
    path = drawing(sparkline(gap, COLOUR)).find(f"{SVG}path").get("d")
    assert re.sub(r"[^ML]", "", path) == "MLML"


@pytest.mark.parametrize("count", [FEWEST_YEARS, MOST_DOTS, MOST_DOTS + 1])
def test_short_lines_have_a_dot_for_each_year(series, count):
    picture = drawing(sparkline(rows(series, *map(float, range(count))), COLOUR))
    assert len(picture.findall(f"{SVG}circle")) == (count if count <= MOST_DOTS else 1)


@settings(max_examples=60)
@given(st.lists(st.floats(-1e13, 1e13), min_size=FEWEST_YEARS, max_size=30))
def test_every_point_lies_inside_the_picture(series, values):
    path = drawing(sparkline(rows(series, *values), COLOUR)).find(f"{SVG}path").get("d")
    for pair in re.findall(r"[-\d.]+ [-\d.]+", path):
        across, down = map(float, pair.split())
        assert 0 <= across <= WIDTH
        assert 0 <= down <= HEIGHT


@pytest.mark.parametrize("dash", [*(dash for dash, _ in TIE_STYLES.values()), None])
def test_a_line_in_the_legend_has_its_colour_and_dash(dash):
    trace = go.Scattergeo(mode="lines", line={"color": COLOUR, "dash": dash})
    path = drawing(legend_mark(trace)).find(f"{SVG}path")
    assert path.get("stroke") == COLOUR
    assert bool(path.get("stroke-dasharray")) == (dash not in (None, "solid"))


@pytest.mark.parametrize("symbol", [*ROLE_SYMBOLS.values(), ["circle", "circle-open"], None])
def test_a_marker_in_the_legend_has_its_colour_and_shape(symbol):
    trace = go.Scattergeo(
        mode="markers",
        marker={"symbol": symbol, "color": COLOUR, "opacity": 0.5, "line": {"color": COLOUR}},
    )
    group = drawing(legend_mark(trace)).find(f"{SVG}g")
    assert (group.get("fill"), group.get("fill-opacity")) == (COLOUR, "0.5")
    assert len(group) == 1


def test_every_role_and_kind_of_tie_has_its_own_mark():
    marks = {
        legend_mark(
            go.Scattergeo(
                mode="markers",
                marker={"symbol": symbol, "color": COLOUR, "line": {"color": COLOUR}},
            )
        )
        for symbol in ROLE_SYMBOLS.values()
    }
    lines = {
        legend_mark(
            go.Scattergeo(
                mode="lines",
                line={"color": LIGHT.ink if is_business else LIGHT.accent, "dash": dash},
            )
        )
        for dash, is_business in TIE_STYLES.values()
    }
    assert (len(marks), len(lines)) == (len(ROLE_SYMBOLS), len(TIE_STYLES))
