"""Every format opens again and holds what was drawn, with all that is said of it."""

import io
import json
import math
import re
import zipfile
from html import unescape

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from dashboard.exports.files import FORMATS, UnknownFormatError, formats_of, written
from dashboard.exports.slides import PictureError, Slide, presentation
from dashboard.exports.workbook import workbook

HOSTILE = ['=HYPERLINK("https://evil.example")', "+1", "-1", "@SUM(A1)", "\tx", "\rx", "a\rb"]
# What the specification of Excel allows; a workbook writes sixteen digits, which rounds past it.
LARGEST_IN_A_CELL = 9.99999999999999e307
MAP = {"data": [{"type": "choropleth", "locations": ["JPN"], "z": [1]}], "layout": {}}


def sheets(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def slide_texts(slide):
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_a_workbook_has_typed_cells_definitions_and_a_chart(make_view):
    view = make_view()
    book = sheets(workbook(view))
    assert book.sheetnames == ["data", "chart", "about"]
    data = book["data"]
    assert data.freeze_panes == "A2"
    assert data.auto_filter.ref
    held = pd.DataFrame(data.values)
    table = held.iloc[1:].set_axis(held.iloc[0], axis=1)
    assert list(table["value"]) == view.table["value"].tolist()
    assert [type(cell) for cell in table["year"].head(2)] == [int, int]
    assert len(book["chart"]._charts) == 1
    said = "\n".join(str(cell) for row in book["about"].values for cell in row if cell)
    for words in (view.link, view.indicators[0].definition, view.notes[0], view.data_version):
        assert words in said
    for use in view.uses:
        assert use.source.title in said


def test_the_chart_of_a_workbook_is_drawn_from_the_cells_beside_it(make_view):
    view = make_view()
    book = sheets(workbook(view))
    [chart] = book["chart"]._charts
    for series, drawn in zip(chart.series, view.chart.series, strict=True):
        column = series.val.numRef.f.split("!")[1].replace("$", "")
        cells = [cell.value for row in book["chart"][column] for cell in row]
        assert cells == list(drawn.values)


def test_a_slide_has_the_chart_with_its_numbers_title_source_notes_and_link(make_view):
    view = make_view()
    [slide] = Presentation(io.BytesIO(written(view, "pptx"))).slides
    assert slide.shapes.title.text_frame.text == view.title
    [frame] = [shape for shape in slide.shapes if shape.has_chart]
    [plot] = frame.chart.plots
    assert [str(year) for year in view.chart.categories] == list(plot.categories)
    for series, drawn in zip(plot.series, view.chart.series, strict=True):
        assert (series.name, tuple(series.values)) == (drawn.name, drawn.values)
    assert any(f"Source: {view.source}" in text for text in slide_texts(slide))
    links = [
        run.hyperlink.address
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert view.link in links
    spoken = slide.notes_slide.notes_text_frame.text
    for words in (view.sentence, view.indicators[0].definition, view.notes[0], view.link):
        assert words in spoken


def test_a_map_becomes_a_picture_and_says_why_where_it_cannot(make_view, png):
    view = make_view(figure=MAP)
    [slide] = Presentation(io.BytesIO(written(view, "pptx", render=lambda *_: png))).slides
    [picture] = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert picture._element.nvPicPr.cNvPr.get("descr") == view.alt

    def fail(*_):
        raise PictureError("No Chromium was found.")

    [slide] = Presentation(io.BytesIO(written(view, "pptx", render=fail))).slides
    assert any("No Chromium was found." in text for text in slide_texts(slide))
    [table] = [shape for shape in slide.shapes if shape.has_table]
    assert table.table.cell(1, 0).text == view.table["place"].iloc[0]


@pytest.fixture
def png():
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    return file.getvalue()


def test_a_deck_keeps_order_titles_texts_and_sizes(make_view):
    slides = [Slide(text="Why it matters", title="Before we begin"), Slide(make_view(), "Mine")]
    deck = Presentation(io.BytesIO(presentation(slides, size="4:3")))
    assert deck.slide_width * 3 == deck.slide_height * 4
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [
        "Before we begin",
        "Mine",
    ]
    with pytest.raises(ValueError, match="needs a slide"):
        presentation([])


def test_json_and_parquet_hold_rows_and_words(make_view):
    view = make_view()
    held = json.loads(written(view, "json"))
    assert [row["value"] for row in held["rows"]] == view.table["value"].tolist()
    assert held["link"] == view.link
    assert all(row["source"] and row["locator"] for row in held["rows"])
    file = pq.read_table(io.BytesIO(written(view, "parquet")))
    assert file["value"].to_pylist() == view.table["value"].tolist()
    assert json.loads(file.schema.metadata[b"seabelt"])["title"] == view.title


def test_a_page_is_whole_and_asks_nobody(make_view):
    text = written(make_view(title="A </script><b>"), "html").decode()
    # The drawing library is megabytes long: failing tests would compare them letter by letter.
    head, body = unescape(text[:1500]), text[text.rindex("<main>") :]
    assert "default-src 'none'" in head
    assert "<title>A &lt;/script&gt;&lt;b&gt;</title>" in text[:1500]
    assert "A </script><b>" not in body
    assert "src=" not in body


def test_a_bundle_names_what_it_holds_and_what_is_missing(make_view):
    view = make_view()
    with zipfile.ZipFile(io.BytesIO(written(view, "zip"))) as bundle:
        names = {name.removeprefix(f"{view.name}/") for name in bundle.namelist()}
        readme = bundle.read(f"{view.name}/README.txt").decode()
        citation = bundle.read(f"{view.name}/CITATION.txt").decode()
    assert {"metadata.json", "README.txt", f"{view.name}.csv", f"{view.name}.xlsx"} <= names
    assert "pictures are missing" in readme
    assert view.link in citation


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_no_text_of_a_cell_or_header_is_a_formula(make_view, suffix):
    table = pd.DataFrame({"=1+1": HOSTILE, "value": [-float(at) for at in range(len(HOSTILE))]})
    content = written(make_view(table=table), suffix)
    if suffix == "csv":
        held = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", dtype={"'=1+1": str})
        assert list(held["value"]) == list(table["value"])
        assert all(text.startswith("'") for text in held["'=1+1"][:6])
        return
    sheet = sheets(content)["data"]
    kinds = {cell.data_type for cell in sheet["A"]}
    assert kinds == {"s"}
    assert all(sheet.cell(row, 1).quotePrefix for row in range(2, 8))
    assert [cell.value for cell in sheet["B"][1:]] == list(table["value"])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(max_size=12),
            st.floats(-LARGEST_IN_A_CELL, LARGEST_IN_A_CELL) | st.just(math.nan) | st.none(),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_texts_and_numbers_survive_a_workbook_and_a_slide(make_view, cells):
    table = pd.DataFrame({"place": [text for text, _ in cells], "value": [n for _, n in cells]})
    view = make_view(figure=None, table=table.astype({"value": float}))
    [head, *rows] = sheets(workbook(view))["data"].values
    assert head == ("place", "value")
    wanted = [None if number != number else number for number in view.table["value"]]
    found = [row[1] for row in rows] + [None] * (len(wanted) - len(rows))
    for number, cell in zip(wanted, found, strict=True):
        # A cell of a workbook has sixteen digits.
        assert cell == (number if number is None else pytest.approx(number, rel=1e-15))
    Presentation(io.BytesIO(written(view, "pptx")))


def test_what_cannot_be_had_is_said_with_what_can(make_view):
    with pytest.raises(UnknownFormatError, match=r"no format “doc”.*csv, xlsx"):
        written(make_view(), "doc")
    with pytest.raises(UnknownFormatError, match="cannot be a file of the kind geojson"):
        written(make_view(), "geojson")
    with pytest.raises(PictureError):
        written(make_view(), "png")
    table = make_view(figure=None)
    assert {item.suffix for item in formats_of(table)} == set(FORMATS) - {
        "pdf", "png", "svg", "html", "geojson"
    }  # fmt: skip


def formulas_of(content):
    """What charts and cells of a workbook are computed from, and where its links lead."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    charts = [text for name, text in parts.items() if "/charts/" in name]
    cells = [text for name, text in parts.items() if "/worksheets/" in name]
    return (
        [unescape(found) for text in charts for found in re.findall(r"<c:f>(.*?)</c:f>", text)],
        [found for text in cells for found in re.findall(r"<f>.*?</f>|<hyperlink ", text)],
        [name for name in parts if "externalLink" in name],
    )


@pytest.mark.parametrize(
    "text",
    ["Growth!B2 rates", "'[x.xlsx]S'!A1", "=cmd|'/c calc'!A1", "=1+1", "{=1+1}", "internal:S!A1"],
)
@pytest.mark.parametrize("kind", ["lines", "markers"])
def test_titles_and_names_that_look_like_formulas_are_texts_in_charts(make_view, text, kind):
    trace = {"type": "scatter", "mode": kind, "name": text, "x": [1.5, 2.5], "y": [1, 2]}
    titles = {axis: {"title": {"text": text}} for axis in ("xaxis", "yaxis")}
    view = make_view(title=text, figure={"data": [trace, trace], "layout": titles})
    book = workbook(view)
    drawn_from, computed, elsewhere = formulas_of(book)
    own = re.compile(r"'?(chart|about)'?!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?")
    assert [formula for formula in drawn_from if not own.fullmatch(formula)] == []
    assert (computed, elsewhere) == ([], [])
    [chart] = sheets(book)["chart"]._charts
    assert chart.title.tx.strRef.strCache.pt[0].v == text

    with zipfile.ZipFile(io.BytesIO(written(view, "pptx"))) as archive:
        [embedded] = [name for name in archive.namelist() if name.endswith(".xlsx")]
        _, computed, elsewhere = formulas_of(archive.read(embedded))
    assert (computed, elsewhere) == ([], [])
