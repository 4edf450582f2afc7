"""A presenter takes a chart away in every form, and each opens where it is to be used."""

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from pptx import Presentation

COMPARE = "/compare?indicator=rd_expenditure_gdp&places=JPN&places=TWN&view=line"


def actions(page, key="compare"):
    return page.locator(f".st-key-actions_{key}")


def take(page, name):
    with page.expect_download() as waiting:
        actions(page).get_by_role("button", name=name, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


@pytest.fixture
def card(open_page):
    page = open_page(COMPARE)
    actions(page).locator(".more > summary").click()
    return page


def test_every_format_of_a_card_opens_again(card, browser, tmp_path):
    [slide] = Presentation(io.BytesIO(take(card, "PowerPoint"))).slides
    [frame] = [shape for shape in slide.shapes if shape.has_chart]
    names = [series.name for series in frame.chart.plots[0].series]
    assert names == ["Japan", "Taiwan"]

    book = openpyxl.load_workbook(io.BytesIO(take(card, "Excel")))
    columns = dict(zip(next(book["data"].values), zip(*list(book["data"].values)[1:])))  # noqa: B905
    drawn = dict(zip(columns["year"], columns["value"], strict=True))
    told = json.loads(take(card, "JSON"))
    assert {row["year"] for row in told["rows"]} == set(drawn)
    assert "data=" in told["link"]
    assert told["link"].startswith("http://localhost")

    assert take(card, "PDF").startswith(b"%PDF")
    assert take(card, "Parquet").startswith(b"PAR1")
    with zipfile.ZipFile(io.BytesIO(take(card, "Bundle"))) as bundle:
        endings = {Path(name).suffix for name in bundle.namelist()}
    assert {".png", ".svg", ".csv", ".xlsx", ".html", ".txt", ".json"} <= endings
    assert "World Development Indicators" in take(card, "APA").decode()
    assert take(card, "BibTeX").startswith(b"@misc")

    offline = tmp_path / "chart.html"
    offline.write_bytes(take(card, "Web page"))
    context = browser.new_context(offline=True)
    asked = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(offline.as_uri())
    page.locator("#chart .scatterlayer .trace").first.wait_for()
    assert asked == [offline.as_uri()]
    context.close()


def test_a_picture_takes_the_looks_size_and_sharpness_chosen(card):
    menu = actions(card)
    menu.get_by_label("Picture").select_option("custom")
    menu.get_by_label("Width").fill("800")
    menu.get_by_label("Height").fill("600")
    menu.get_by_label("Colours").select_option("print")
    menu.get_by_label("PNG dots").select_option("2")
    image = Image.open(io.BytesIO(take(card, "PNG"))).convert("RGB")
    assert image.size == (1600, 1200)
    found = [colour for _, colour in image.getcolors(1 << 24)]
    assert len(found) > 10
    assert all(max(colour) - min(colour) <= 2 for colour in found)
    menu.get_by_label("Width").fill("7")
    menu.get_by_role("button", name="PNG", exact=True).click()
    menu.get_by_text("320 to 4000 pixels").wait_for()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice: libreoffice-impress")
def test_libreoffice_opens_slides_and_workbooks(card, tmp_path):
    for name, suffix in (("PowerPoint", "pptx"), ("Excel", "xlsx")):
        (tmp_path / f"card.{suffix}").write_bytes(take(card, name))
        command = ["soffice", "--headless", "--convert-to", "pdf", f"card.{suffix}"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
        made = (tmp_path / "card.pdf").read_bytes()
        assert made.startswith(b"%PDF")
        assert len(made) > 5_000
        (tmp_path / "card.pdf").unlink()
