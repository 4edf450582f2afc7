"""Markup in any text of any table is text wherever it comes out: pages, charts, files."""

import io
import json
import re
import zipfile
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest

from dashboard.catalogue import Catalogue
from dashboard.catalogue.contract import TABLES
from dashboard.catalogue.loading import DATA, load_tables
from dashboard.exports.files import written
from dashboard.ui import resources
from dashboard.ui.headless import views_of

MARK = '<img src=x onerror="hostile()">'
FORMULA = "=HYPERLINK(1)"
HOSTILE = f"{FORMULA}{MARK}"
ADDRESSES = (
    "/map?place=hsinchu&event=y1980_hsinchu_1&selected=TWN&selected=JPN",
    "/compare?view=line",
    "/data?view=catalogue",
    "/data?view=quality",
    "/data?view=source&source=seed_chaminade_vang_2006",
    "/data?view=indicator&indicator=cluster_employees",
    "/economy?place=JPN",
    "/hub?place=bangalore",
    "/cluster?place=tha_automotive",
    "/cluster?view=cases_2006",
    "/smes?view=definitions",
    "/programmes?programme=jp_mext_kci1",
    "/semiconductors?view=fabs",
    "/upgrading?view=capital",
    "/lessons?view=all&lesson=mitsui_east_01",
    "/glossary?term=cluster",
    "/stories?story=silicon_island&step=2",
    "/compare?view=table&places=JPN&places=KOR",
    "/compare?view=scatter&also=population",
    "/compare?view=parts",
    "/data?view=coverage",
    "/data?q=wafer",
    "/economy?view=side_by_side&places=JPN&places=KOR",
    "/economy?place=TWN",
    "/smes",
    "/smes?view=importance&place=MYS",
    "/smes?view=papers",
    "/smes?view=sectors",
    "/programmes?view=money",
    "/programmes?view=regions",
    "/programmes?view=results",
    "/programmes?view=ministries",
    "/semiconductors",
    "/semiconductors?view=hubs",
    "/semiconductors?view=chain",
    "/semiconductors?view=belt",
    "/semiconductors?view=ties",
    "/upgrading",
    "/upgrading?view=industries",
    "/upgrading?view=capabilities",
    "/upgrading?view=global_factory",
    "/lessons?industry_type=specialised_suppliers&social_capital=weak",
    "/lessons?view=weakest",
    "/lessons?view=east_west&lesson=mitsui_east_04",
    "/stories",
)


def free_texts(table):
    """Columns in which anything may stand: no identifiers, vocabularies, patterns or lists."""
    return [
        field.name
        for field in table.fields
        if field.type == "string"
        and not (field.references or field.values or field.pattern or field.separator)
        and field.name not in table.key
        and not field.name.endswith("_id")
    ]


@pytest.fixture(scope="module")
def hostile():
    """The atlas, with markup before every text that its tables hold."""
    tables = dict(load_tables(DATA))
    for table in TABLES:
        rows = tables[table.name].copy()
        for name in free_texts(table):
            cells = rows[name].astype("string")
            rows[name] = cells.where(cells.isna() | (cells == ""), HOSTILE + cells).astype(
                rows[name].dtype
            )
        tables[table.name] = rows
    return Catalogue(tables, "0.0.0")


@pytest.fixture
def served_hostile(hostile, monkeypatch):
    """Every page asks the hostile tables; what is kept of them is not given to other tests."""
    monkeypatch.setattr(resources, "package", lambda: hostile)
    return hostile


class Tags(HTMLParser):
    """The elements that a browser would make."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        is_drawing = tag == "img" and dict(attrs)["src"].startswith("data:image/svg+xml,")
        if is_drawing and "onerror" not in dict(attrs):
            return
        if tag in {"img", "script", "iframe"} or any(name.startswith("on") for name, _ in attrs):
            self.found.append((tag, attrs))


def alive(markup):
    tags = Tags()
    tags.feed(markup)
    return tags.found


def test_free_texts_are_most_of_what_readers_see():
    assert sum(len(free_texts(table)) for table in TABLES) > 60


@pytest.mark.parametrize("address", ADDRESSES)
def test_markup_in_a_table_is_text_on_the_page(reader, served_hostile, address):
    asked = urlsplit(address)
    reader.go(asked.path.strip("/"), **parse_qs(asked.query))
    bodies = [item.proto.body for item in reader.app.get("html")]
    assert any("&lt;img" in body for body in bodies)
    assert [found for body in bodies for found in alive(body)] == []
    # Streamlit shows markup in Markdown as text unless it is told otherwise.
    assert not any(item.proto.allow_html for item in reader.app.markdown)


@pytest.mark.parametrize(
    "address", ["/compare?view=line&places=JPN&places=KOR", "/hub?place=bangalore"]
)
def test_markup_and_formulas_in_a_table_are_text_in_every_file(
    served_hostile, head_starts, address
):
    for _, view in views_of(address, served_hostile, "http://atlas.example"):
        assert MARK in view.title + view.subtitle + view.source + str(view.table.head(3).to_dict())
        page = written(view, "html").decode() if view.figure else ""
        # The figure stands in the page as JSON in a script; a tag in it would end that script.
        assert alive(re.sub(r"<script.*?</script>", "", page, flags=re.S)) == []
        assert MARK not in page
        book = openpyxl.load_workbook(io.BytesIO(written(view, "xlsx")))
        kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
        assert "f" not in kinds
        csv = written(view, "csv").decode("utf-8-sig")
        assert not re.search(r'(^|,)"?=HYPERLINK', csv, re.M)
        if view.figure:
            with zipfile.ZipFile(io.BytesIO(written(view, "pptx"))) as slides:
                for name in slides.namelist():
                    assert b"<img" not in slides.read(name)
        json.loads(written(view, "json"))
