"""Views as PowerPoint slides: charts and tables that can be edited there, in our colours."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide as PptxSlide
from pptx.util import Emu, Inches, Length, Pt
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.charts.theme import Theme, theme
from dashboard.exports.archive import FIXED_DATE
from dashboard.exports.native import NativeChart, Series
from dashboard.exports.tables import TEXTS_AS_TEXTS
from dashboard.exports.view import View

SIZES = {"16:9": (Inches(13.333), Inches(7.5)), "4:3": (Inches(10), Inches(7.5))}
SERIF, SANS = "Georgia", "Arial"
MOST_ROWS, MOST_COLUMNS, MOST_NOTES = 12, 5, 3
LONGEST_CELL = 90
MOST_NAMES = 24
FIRST_COLUMNS = ("place", "indicator", "year", "value", "unit", "source")
MARGIN = Inches(0.5)

_TYPES = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "area": XL_CHART_TYPE.AREA_STACKED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "scatter": XL_CHART_TYPE.XY_SCATTER,
}
_STACKED = {
    "column": XL_CHART_TYPE.COLUMN_STACKED,
    "bar": XL_CHART_TYPE.BAR_STACKED,
}

# Draws the chart of a view alone as PNG, or raises `PictureError`.
Draw = Callable[[View], bytes]


class PictureError(RuntimeError):
    """A picture could not be made; the message says why and what helps."""


@dataclass(frozen=True)
class Slide:
    """A slide of a deck: a view with what a presenter has written, or a text alone.

    An empty `title` is the view's own; `text` stands on a slide without a view; `notes` come before
    what the atlas says in the speaker's notes.
    """

    view: View | None = None
    title: str = ""
    text: str = ""
    notes: str = ""


def presentation(
    slides: Sequence[Slide],
    *,
    size: str = "16:9",
    mode: str = "light",
    draw: Draw | None = None,
) -> bytes:
    """Slides as PPTX.

    A view that office programs can draw becomes a chart with its data sheet, a view without a
    figure a table; a map or flow becomes a picture with its sentence as alternative text. Where no
    picture can be made, its slide has the values as a table and says why.

    Args:
        slides: in their order.
        size: a key of SIZES.
        mode: "light" or "dark", the theme of text slides; that of a view is its own.
        draw: makes pictures; without it there are none.

    Raises:
        KeyError: if the size is none of SIZES.
        ValueError: if there are no slides.
    """
    if not slides:
        raise ValueError("A deck needs a slide: add a chart or a text first.")
    deck = Presentation()
    deck.slide_width, deck.slide_height = SIZES[size]
    properties = deck.core_properties
    properties.title = slides[0].title or (slides[0].view.title if slides[0].view else "Seabelt")
    properties.author = "Seabelt"
    properties.created = properties.modified = datetime(*FIXED_DATE[:3])
    for slide in slides:
        page = _Page(deck, theme(slide.view.mode if slide.view else mode))
        if slide.view is None:
            page.title(slide.title)
            page.text(slide.text)
            page.speaker(slide.notes)
        else:
            _place(page, slide, slide.view, draw)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _place(page: _Page, slide: Slide, view: View, draw: Draw | None) -> None:
    page.title(slide.title or view.title)
    page.subtitle(view.subtitle)
    notes = list(view.notes)
    if view.chart is not None:
        page.footer(view, notes)
        page.chart(view.chart, view.alt)
    elif view.figure and draw is not None:
        try:
            picture = draw(view)
        except PictureError as error:
            page.footer(view, [f"The picture is missing here. {error}", *notes])
            page.table(view.table, view.alt)
        else:
            page.footer(view, [])
            page.picture(picture, view.alt)
    else:
        page.footer(view, notes)
        page.table(view.table, view.alt)
    page.speaker(_speech(slide, view))


def _speech(slide: Slide, view: View) -> str:
    said = view.metadata
    lines = [slide.notes, view.sentence or view.alt]
    for item in said["indicators"]:
        lines.append(f"{item['name']} ({item['unit']}): {item['definition']}")
        lines.append(item["comparability"])
    lines += [*view.notes, f"Source: {view.source}", view.link]
    lines.append(f"Seabelt data {view.data_version}, read {view.accessed}.")
    return "\n\n".join(line for line in lines if line)


class _Page:
    """A slide that is filled from above and below; the chart takes what is left between."""

    def __init__(self, deck: Any, look: Theme) -> None:
        self.look = look
        self.slide: PptxSlide = deck.slides.add_slide(deck.slide_layouts[5])
        self.width: int = deck.slide_width - 2 * MARGIN
        self.top: int = Inches(0.35)
        self.bottom: int = deck.slide_height - Inches(0.3)
        background = self.slide.background.fill
        background.solid()
        background.fore_color.rgb = _rgb(look.card)

    def title(self, text: str) -> None:
        shape = self.slide.shapes.title
        size = 26 if len(text) <= 110 else 20
        # Bold letters are wider than those of the texts.
        height = self._height([text], size * 1.2)
        shape.left, shape.top, shape.width, shape.height = MARGIN, self.top, self.width, height
        self._fill(shape.text_frame, [text], size, self.look.ink, SERIF)
        shape.text_frame.paragraphs[0].runs[0].font.bold = True
        self.top += height

    def subtitle(self, text: str) -> None:
        if text:
            self.top += self._box([text], 13, self.look.muted, self.top)

    def text(self, text: str) -> None:
        self._box(text.split("\n"), 20, self.look.ink, self.top + Inches(0.3))

    def footer(self, view: View, notes: Sequence[str]) -> None:
        """Notes, sources and link, from the bottom up."""
        shown = list(notes[:MOST_NOTES])
        if len(notes) > MOST_NOTES:
            shown.append(f"{len(notes) - MOST_NOTES} more notes at the link.")
        lines = [*shown, f"Source: {view.source} · Seabelt data {view.data_version}"]
        lines = [shortened(line, 400) for line in lines]
        height = self._height([*lines, view.link[:120]], 9)
        top = self.bottom - height
        box = self.slide.shapes.add_textbox(MARGIN, top, self.width, height)
        self._fill(box.text_frame, [*lines, "Open this view in Seabelt"], 9, self.look.muted, SANS)
        run = box.text_frame.paragraphs[-1].runs[0]
        run.hyperlink.address = view.link
        run.font.color.rgb = _rgb(self.look.accent)
        self.bottom = top

    def chart(self, drawn: NativeChart, alt: str) -> None:
        kind = _STACKED.get(drawn.kind) if drawn.stacked else None
        kind = kind or _TYPES[drawn.kind]
        if drawn.kind == "scatter" and any(series.has_line for series in drawn.series):
            kind = XL_CHART_TYPE.XY_SCATTER_LINES
        frame = self.slide.shapes.add_chart(kind, *self._room(), _chart_data(drawn))
        frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
        _dress(frame.chart, drawn, self.look)

    def picture(self, png: bytes, alt: str) -> None:
        left, top, width, height = self._room()
        shape = self.slide.shapes.add_picture(io.BytesIO(png), left, top)
        scale = min(width / shape.width, height / shape.height)
        shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
        shape.left = Emu(int(left + (width - shape.width) / 2))
        shape._element.nvPicPr.cNvPr.set("descr", alt)

    def table(self, rows: pd.DataFrame, alt: str) -> None:
        columns = first_columns(rows)
        left, top, width, room = self._room()
        if not columns or rows.empty:
            self._box(["The filters leave nothing to show."], 14, self.look.ink, top)
            return
        shown = rows[columns].head(self._rows_that_fit(rows[columns], width, room))
        height = Inches(0.33) * (len(shown) + 1)
        frame = self.slide.shapes.add_table(len(shown) + 1, len(columns), left, top, width, height)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
        for at, name in enumerate(columns):
            cells = [str(name).replace("_", " ").capitalize(), *map(cell_text, shown[name])]
            for row, text in enumerate(cells):
                cell = frame.table.cell(row, at)
                cell.margin_top = cell.margin_bottom = Inches(0.03)
                is_head = row == 0
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(self.look.accent if is_head else self.look.card)
                colour = self.look.card if is_head else self.look.ink
                self._fill(cell.text_frame, [shortened(text, LONGEST_CELL)], 10, colour, SANS)
        if len(rows) > len(shown):
            note = f"{len(shown)} of {len(rows):,} rows; the rest is at the link."
            self._box([note], 10, self.look.muted, self.bottom - Inches(0.3))

    @staticmethod
    def _rows_that_fit(rows: pd.DataFrame, width: int, room: int) -> int:
        """How many rows stand above the line that says how many there are."""
        letters = max(int(width / len(rows.columns) / Pt(5.5)), 1)
        left = room - Inches(0.33) - Inches(0.35)
        for count, row in enumerate(rows.head(MOST_ROWS).itertuples(index=False)):
            texts = [shortened(cell_text(item), LONGEST_CELL) for item in row]
            lines = max(-(-breadth(text) // letters) for text in texts)
            left -= Inches(0.16) * max(lines, 1) + Inches(0.17)
            if left < 0:
                return max(count, 1)
        return MOST_ROWS

    def speaker(self, text: str) -> None:
        self.slide.notes_slide.notes_text_frame.text = _plain(text)

    def _room(self) -> tuple[Length, Length, Length, Length]:
        gap = Inches(0.1)
        height = self.bottom - self.top - 2 * gap
        return Emu(MARGIN), Emu(self.top + gap), Emu(self.width), Emu(max(height, Inches(1)))

    def _box(self, lines: Sequence[str], size: float, colour: str, top: int) -> int:
        height = self._height(lines, size)
        box = self.slide.shapes.add_textbox(MARGIN, top, self.width, height)
        self._fill(box.text_frame, lines, size, colour, SANS)
        return height

    def _height(self, lines: Sequence[str], size: float) -> int:
        """Room of a text: a letter of these families is about half as wide as it is high."""
        letters = self.width / Pt(size * 0.5)
        count = sum(max(1, -(-breadth(line) // int(letters))) for line in lines)
        return int(Pt(size * 1.25) * count + Inches(0.08))

    @staticmethod
    def _fill(frame: Any, lines: Sequence[str], size: float, colour: str, family: str) -> None:
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        frame.margin_top = frame.margin_bottom = Inches(0.03)
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = 1
            run = paragraph.add_run()
            run.text = _plain(line)
            run.font.size, run.font.name = Pt(size), family
            run.font.color.rgb = _rgb(colour)


class _TextsAsTexts:
    """Writes the workbook inside a slide's chart: a text that looks like a formula is a text."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: io.BytesIO) -> Iterator[tuple[Workbook, Worksheet]]:
        with Workbook(xlsx_file, {**TEXTS_AS_TEXTS, "in_memory": True}) as book:
            yield book, book.add_worksheet()


class _CategoryWorkbook(_TextsAsTexts, CategoryWorkbookWriter):  # type: ignore[misc]
    pass


class _XyWorkbook(_TextsAsTexts, XyWorkbookWriter):  # type: ignore[misc]
    pass


class _Categories(CategoryChartData):  # type: ignore[misc]
    @property
    def _workbook_writer(self) -> _CategoryWorkbook:
        return _CategoryWorkbook(self)


class _Points(XyChartData):  # type: ignore[misc]
    @property
    def _workbook_writer(self) -> _XyWorkbook:
        return _XyWorkbook(self)


def _chart_data(drawn: NativeChart) -> CategoryChartData | XyChartData:
    if drawn.kind == "scatter":
        points = _Points()
        for item in drawn.series:
            series = points.add_series(_plain(item.name))
            for x, y in zip(item.xs, item.values, strict=True):
                series.add_data_point(x, y)
        return points
    table = _Categories()
    # Years as texts: as numbers they would be a scale, and get thousands separators.
    table.categories = [_plain(str(category)) for category in drawn.categories]
    for item in drawn.series:
        table.add_series(_plain(item.name), item.values)
    return table


def _dress(chart: Chart, drawn: NativeChart, look: Theme) -> None:
    chart.font.size, chart.font.name = Pt(11), SANS
    chart.font.color.rgb = _rgb(look.ink)
    chart.has_title = False
    chart.has_legend = len(drawn.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    plot = chart.plots[0]
    if drawn.kind in ("bar", "column"):
        plot.gap_width = 45
        if drawn.stacked or drawn.overlaps:
            plot.overlap = 100
    for series, item in zip(plot.series, drawn.series, strict=True):
        _colour_series(series, drawn, item)
    along, across = chart.category_axis, chart.value_axis
    flat = drawn.kind == "bar"
    _axis(along, drawn.y_title if flat else drawn.x_title, look)
    _axis(across, drawn.x_title if flat else drawn.y_title, look)
    across.has_major_gridlines = True
    across.major_gridlines.format.line.color.rgb = _rgb(look.rule)
    across.reverse_order = drawn.y_reversed
    values = [value for item in drawn.series for value in item.values if value is not None]
    if drawn.kind in ("bar", "column", "area") and min(values, default=0) >= 0 and not drawn.y_log:
        across.minimum_scale = 0
    across.tick_labels.number_format = _ticks(values)
    across.tick_labels.number_format_is_linked = False
    if flat:
        # The first name stands on top, as on the page.
        along.reverse_order = True
        across.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    if drawn.kind == "scatter":
        along.has_major_gridlines = False
        _scale(along, drawn.x_log)
    else:
        along.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        if len(drawn.categories) <= MOST_NAMES and not all(
            isinstance(category, int) for category in drawn.categories
        ):
            _name_all(along)
    _scale(across, drawn.y_log)
    _leave_gaps(chart)


def _axis(axis: Any, title: str, look: Theme) -> None:
    axis.format.line.color.rgb = _rgb(look.rule)
    axis.tick_labels.font.size = Pt(10)
    axis.has_title = bool(title)
    if title:
        frame = axis.axis_title.text_frame
        frame.text = _plain(title)
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(10), False
        font.color.rgb = _rgb(look.muted)


def _colour_series(series: Any, drawn: NativeChart, item: Series) -> None:
    if drawn.kind in ("bar", "column", "area"):
        if item.colour:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = RGBColor.from_string(item.colour)
        if drawn.kind != "area":
            series.invert_if_negative = False
        for at, colour in enumerate(item.colours):
            if colour:
                fill = series.points[at].format.fill
                fill.solid()
                fill.fore_color.rgb = RGBColor.from_string(colour)
        return
    series.smooth = False
    line = series.format.line
    if not item.has_line:
        line.fill.background()
    else:
        line.width = Pt(2.25)
        if item.dash != "solid":
            line.dash_style = MSO_LINE.DASH
        if item.colour:
            line.color.rgb = RGBColor.from_string(item.colour)
    series.marker.style = XL_MARKER_STYLE.CIRCLE if item.has_marker else XL_MARKER_STYLE.NONE
    series.marker.size = 5
    if item.has_marker and item.colour:
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = RGBColor.from_string(item.colour)
        series.marker.format.line.color.rgb = RGBColor.from_string(item.colour)
    for at, label in enumerate(item.labels):
        if label:
            frame = series.points[at].data_label.text_frame
            frame.text = _plain(label)
            frame.paragraphs[0].runs[0].font.size = Pt(9)


def _scale(axis: Any, is_log: bool) -> None:
    """python-pptx has no word for a logarithmic axis; the format's element is `c:logBase`."""
    if is_log:
        base = OxmlElement("c:logBase")
        base.set("val", "10")
        axis._element.find(qn("c:scaling")).insert(0, base)


def _ticks(values: Sequence[float]) -> str:
    """How office programs write the numbers of an axis."""
    if max(map(abs, values), default=0) < 1000:
        return "General"
    return '[>=1000000000]#,##0.0,,,"bn";[>=1000000]#,##0.0,,"mn";#,##0'


def _name_all(axis: Any) -> None:
    """Have every name written, which programs skip where they think room is short."""
    skip = OxmlElement("c:tickLblSkip")
    skip.set("val", "1")
    before = axis._element.find(qn("c:noMultiLvlLbl"))
    if before is not None:
        before.addprevious(skip)
    axis.tick_labels.font.size = Pt(9)


def _leave_gaps(chart: Chart) -> None:
    """A missing value is a gap: PowerPoint would draw it as zero, or bridge it."""
    held = chart._chartSpace.chart.find(qn("c:dispBlanksAs"))
    if held is not None:
        held.set("val", "gap")


def first_columns(rows: pd.DataFrame) -> list[str]:
    """The columns of a table that a slide has room for."""
    columns = [name for name in FIRST_COLUMNS if name in rows.columns]
    return columns if len(columns) > 1 else list(rows.columns[:MOST_COLUMNS])


def cell_text(value: object) -> str:
    """A cell as it is read; empty where there is no value."""
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:,.6g}"
    return str(value)


def _plain(text: str) -> str:
    """A text without the control characters that the format forbids."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")


def shortened(text: str, most: int) -> str:
    """A text of at most so many letters, an ellipsis for what is cut."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def breadth(text: str) -> int:
    """Letters of a text; those of East Asia are as wide as two."""
    return sum(2 if ord(sign) >= 0x2E80 else 1 for sign in text)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#"))
