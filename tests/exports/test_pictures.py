"""Pictures on the server: settings, looks, and what happens to a browser that fails."""

import io
import json
import os
import shutil
import signal
import subprocess
import tempfile
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from PIL import Image

from dashboard import processors
from dashboard.charts.theme import DARK, LIGHT
from dashboard.exports import rendering
from dashboard.exports.figures import settled, with_shapes
from dashboard.exports.files import written
from dashboard.exports.picture import (
    Picture,
    PictureSettingError,
    recoloured,
    recolouring,
)
from dashboard.exports.rendering import NO_ROOM, Renderer, browser_path
from dashboard.exports.slides import PictureError

needs_chromium = pytest.mark.skipif(
    browser_path() is None and not os.environ.get("CI"),
    reason="no Chromium: apt-get install chromium",
)


@pytest.fixture(scope="module")
def renderer():
    made = Renderer(draw_seconds=60)
    yield made
    made.close()


def colours(png):
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return image.size, {colour for _, colour in image.getcolors(1 << 24)}


@needs_chromium
def test_a_picture_has_its_size_its_chart_and_its_words(make_view, renderer):
    size, found = colours(renderer.draw(make_view(), "png", Picture(scale=2)))
    assert size == (3200, 1800)
    assert {(0xBE, 0x4D, 0x0F), (0x00, 0x7E, 0x74)} <= found
    svg = renderer.draw(make_view(), "svg").decode()
    view = make_view()
    for words in (view.title, view.subtitle, view.notes[0], f"Seabelt data {view.data_version}"):
        assert words in svg
    assert "atlas.example/compare" in svg


@needs_chromium
def test_the_browser_has_all_cores_where_pages_keep_to_one(make_view):
    def cores():
        processors.keep_to_one(0)
        made = Renderer(draw_seconds=60)
        try:
            made.draw(make_view(), "svg")
            return os.sched_getaffinity(0), os.sched_getaffinity(_browser_of(made))
        finally:
            made.close()

    every = os.sched_getaffinity(0)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(cores).result() == ({min(every)}, every)


@needs_chromium
def test_a_print_is_grey(make_view, renderer):
    _, found = colours(renderer.draw(make_view(), "png", Picture(size="square", look="print")))
    assert len(found) > 10
    assert all(max(colour) - min(colour) <= 2 for colour in found)


@needs_chromium
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: poppler-utils")
def test_a_pdf_is_one_page_of_text_in_any_script(make_view, renderer, tmp_path):
    path = tmp_path / "view.pdf"
    path.write_bytes(renderer.draw(make_view(title="台灣 한국 日本"), "pdf"))
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert text.count("\f") == 1
    # A reader of PDF may write a sign of Chinese by its radical.
    assert "台灣 한국 日本" in unicodedata.normalize("NFKC", text)


@needs_chromium
def test_a_killed_browser_is_replaced_and_ten_at_once_are_all_drawn(make_view, renderer):
    view = make_view()
    renderer.draw(view, "svg")
    with ThreadPoolExecutor(10) as pool:
        drawn = [pool.submit(renderer.draw, view, "svg") for _ in range(10)]
        drawn[0].result()
        os.kill(_browser_of(renderer), signal.SIGKILL)
        results = [_outcome(item) for item in drawn]
    # Whatever was being drawn is drawn by the next browser, or refused in words; none is broken.
    assert all(
        (result.startswith("<svg") and result.endswith("</svg>")) or "could not be drawn" in result
        for result in results
    )
    assert renderer.draw(view, "svg").decode().endswith("</svg>")


def _outcome(item):
    try:
        return item.result(180).decode()
    except PictureError as error:
        return str(error)


def _browser_of(renderer):
    return renderer._kaleido.subprocess.pid


@needs_chromium
def test_a_browser_that_hangs_is_given_up_in_time(make_view):
    hanging = Renderer(draw_seconds=0.001)
    try:
        begun = monotonic()
        with pytest.raises(PictureError, match="not drawn within"):
            hanging.draw(make_view(), "svg")
        assert monotonic() - begun < rendering.START_SECONDS
    finally:
        hanging.close()


def test_without_a_browser_the_message_says_how_to_get_one(make_view, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    with pytest.raises(PictureError, match="apt-get install chromium"):
        Renderer().draw(make_view(), "png")


@needs_chromium
def test_where_nothing_can_be_written_the_message_says_so_and_other_files_are_made(
    make_view, monkeypatch, tmp_path
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
    stuck = Renderer()
    try:
        with pytest.raises(PictureError, match=r"did not start.*your own browser draws those"):
            stuck.draw(make_view(), "png")
    finally:
        stuck.close()
    for suffix in ("csv", "xlsx", "pptx", "json", "html", "parquet"):
        assert written(make_view(), suffix)


@needs_chromium
def test_a_picture_whose_words_leave_no_room_is_refused_in_a_sentence(make_view, renderer):
    small = {"size": "custom", "width": 320, "height": 320}
    crowded = make_view(title="A title that goes on " * 12, notes=("A note.",) * 20)
    with pytest.raises(PictureError, match="no room for the chart; choose a larger picture"):
        renderer.draw(crowded, "png", Picture(**small))
    assert NO_ROOM in (rendering.ASSETS / "picture.js").read_text("utf-8")


@needs_chromium
def test_of_notes_without_room_none_is_left(make_view, renderer):
    long_source = make_view(source="A document with a name. " * 110, notes=("First.", "Second."))
    picture = Picture(size="custom", width=500, height=1000)
    drawn = renderer.draw(long_source, "svg", picture).decode()
    assert "First." not in drawn
    assert "more notes at the link" in drawn


def test_too_many_waiting_are_refused_at_once(make_view):
    busy = Renderer(tabs=0, most_waiting=0)
    with pytest.raises(PictureError, match="Too many pictures"):
        busy.draw(make_view(), "png")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"size": "poster"}, "no size “poster”.*custom"),
        ({"look": "sepia"}, "no look “sepia”.*print"),
        ({"scale": 9}, "no scale “9”"),
        ({"letters": 3.0}, "no letters “3.0”"),
        ({"size": "custom", "width": 10, "height": 900}, "width 10: give 320 to 4000"),
    ],
)
def test_a_setting_that_cannot_be_met_is_named_with_those_that_can(settings, message):
    with pytest.raises(PictureSettingError, match=message):
        Picture(**settings)


def test_every_colour_of_one_theme_has_its_counterpart():
    table = recolouring("dark", "light")
    assert table[DARK.economies["JPN"].lower()] == LIGHT.economies["JPN"]
    assert table[DARK.card.lower()] == LIGHT.card
    text = f'{{"color": "{DARK.economies["TWN"]}", "mark": "%23{DARK.accent[1:]}", "x": "#123456"}}'
    changed = recoloured(text, "dark", "light")
    assert LIGHT.economies["TWN"] in changed
    assert f"%23{LIGHT.accent[1:]}" in changed
    assert "#123456" in changed
    assert recoloured(text, "dark", "dark") == text


def test_a_figure_is_settled_as_the_reader_sees_it():
    figure = {
        "data": [
            {"type": "choropleth", "z": [1], "marker": {"size": 1, "color": "red"}},
            {"type": "scattergeo", "meta": {"layer": "fabs"}},
            {"type": "scattergeo", "meta": {"layer": "hubs", "from_scale": 3}},
        ],
        "layout": {"geo": {"projection": {"type": "mercator"}}},
        "frames": [
            {"name": "2010", "traces": [0], "data": [{"z": [7], "marker": {"size": 5}}]},
            {"name": "2011", "traces": [0], "data": [{"z": [8]}]},
        ],
    }
    window = {"lon": 120, "lat": 30, "rotation": 110, "scale": 2}
    made = settled(figure, year=2010, hidden=("fabs",), window=window)
    assert made["data"][0]["z"] == [7]
    assert made["data"][0]["marker"] == {"size": 5, "color": "red"}
    assert [trace.get("visible", True) for trace in made["data"]] == [True, False, False]
    assert made["layout"]["geo"]["center"] == {"lon": 120, "lat": 30}
    assert made["layout"]["geo"]["projection"] == {
        "type": "mercator",
        "rotation": {"lon": 110},
        "scale": 2,
    }
    assert figure["data"][0]["z"] == [1]


def test_a_map_that_leaves_carries_its_shapes():
    figure = {"data": [{"geojson": "/geography/admin0_world.geojson?v=1"}], "layout": {}}
    [trace] = with_shapes(figure)["data"]
    assert trace["geojson"]["features"]
    json.dumps(trace)
