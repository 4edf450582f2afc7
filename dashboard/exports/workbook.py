"""A view as a workbook: what is drawn in typed cells, what is said of it, a chart of Excel's."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.archive import FIXED_DATE
from dashboard.exports.native import NativeChart, Series
from dashboard.exports.package import LONGEST_TEXT, MOST_ROWS
from dashboard.exports.tables import FORMULA_STARTS, TEXTS_AS_TEXTS
from dashboard.exports.view import View

DATA, CHART, ABOUT = "data", "chart", "about"

_CHARTS = {
    "line": {"type": "line"},
    "area": {"type": "area", "subtype": "stacked"},
    "scatter": {"type": "scatter"},
}
_WIDTHS = {"note": 60, "source": 50, "locator": 30}
_TEXT_WIDTH, _NUMBER_WIDTH = 22, 12
_CHART_SIZE = {"width": 960, "height": 540}


def workbook(view: View) -> bytes:
    """A view as XLSX.

    The sheet `data` has what is drawn, a row each, in typed cells with a frozen header and
    filters; `chart` has a chart that Excel draws from the cells beside it, where it has such a
    chart; `about` has definitions, units, documents with locators, notes, link and version. A text
    that begins like a formula is a text.

    Raises:
        ValueError: if the table has more rows than a sheet.
    """
    if len(view.table) >= MOST_ROWS:
        raise ValueError(
            f"{view.title} has {len(view.table):,} rows; a sheet holds {MOST_ROWS - 1:,}. "
            "Narrow the filters, or take CSV or Parquet."
        )
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {**TEXTS_AS_TEXTS, "in_memory": True}) as book:
        book.set_properties(
            {"title": view.title, "comments": view.link, "created": datetime(*FIXED_DATE[:3])}
        )
        look = _Look(book)
        _write_data(book.add_worksheet(DATA), look, view.table)
        if view.chart is not None:
            _write_chart(book, look, view, view.chart)
        _write_about(book.add_worksheet(ABOUT), look, view)
    return file.getvalue()


class _Look:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.header = book.add_format({"bold": True, "bottom": 1})
        self.year = book.add_format({"num_format": "0"})
        self.number = book.add_format({"num_format": "#,##0.##########"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        # A text that begins like a formula stays one when somebody edits the cell.
        self.quoted = book.add_format({"quote_prefix": True})


def _write_data(sheet: Worksheet, look: _Look, table: pd.DataFrame) -> None:
    for at, name in enumerate(map(str, table.columns)):
        is_text = not pd.api.types.is_numeric_dtype(table.iloc[:, at])
        sheet.set_column(at, at, _WIDTHS.get(name, _TEXT_WIDTH if is_text else _NUMBER_WIDTH))
        _write(sheet, look, 0, at, name, look.header)
        number = look.year if name == "year" or name.endswith("_year") else look.number
        for row, cell in enumerate(table.iloc[:, at].tolist(), start=1):
            _write(sheet, look, row, at, cell, number)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table), 1), max(len(table.columns) - 1, 0))


def _write(sheet: Worksheet, look: _Look, row: int, at: int, cell: Any, style: Any = None) -> None:
    """One cell by its type; what is missing stays empty."""
    if isinstance(cell, str):
        text = cell[:LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n")
        is_risky = text.startswith(FORMULA_STARTS)
        if text:
            sheet.write_string(
                row, at, text, look.quoted if is_risky else style if row == 0 else None
            )
    elif cell is None or cell is pd.NA or cell != cell:
        return
    elif isinstance(cell, bool):
        sheet.write_boolean(row, at, cell)
    elif isinstance(cell, int | float):
        if abs(cell) != float("inf"):
            sheet.write_number(row, at, cell, style)
    else:
        _write(sheet, look, row, at, str(cell), style)


def _write_chart(book: xlsxwriter.Workbook, look: _Look, view: View, drawn: NativeChart) -> None:
    """A sheet of the numbers in the chart's own order, and the chart drawn from them."""
    sheet = book.add_worksheet(CHART)
    kind = _CHARTS.get(drawn.kind) or {
        "type": drawn.kind,
        "subtype": "stacked" if drawn.stacked else "clustered",
    }
    if drawn.kind == "scatter":
        kind = {**kind, "subtype": "straight_with_markers"}
    elif kind.get("subtype") == "clustered":
        kind = {"type": drawn.kind}
    chart = book.add_chart(kind)
    columns = _scatter_columns(drawn.series) if drawn.kind == "scatter" else _columns(drawn)
    for at, (name, cells) in enumerate(columns):
        sheet.set_column(at, at, _NUMBER_WIDTH if at else _TEXT_WIDTH)
        _write(sheet, look, 0, at, name, look.header)
        for row, cell in enumerate(cells, start=1):
            _write(sheet, look, row, at, cell, look.year if at == 0 else look.number)
    for index, series in enumerate(drawn.series):
        x, y = (2 * index, 2 * index + 1) if drawn.kind == "scatter" else (0, index + 1)
        last = max(len(series.values), 1)
        chart.add_series(
            {
                "name": [CHART, 0, y],
                "categories": [CHART, 1, x, last, x],
                "values": [CHART, 1, y, last, y],
                **_style(drawn, series),
            }
        )
    # By the cells that hold them: of a text itself xlsxwriter makes a formula if it looks like one.
    chart.set_title({"name": [ABOUT, 0, 0], "name_font": {"size": 14}})
    beside = len(columns) + 1
    titles = {}
    for at, (axis, title) in enumerate({"x": drawn.x_title, "y": drawn.y_title}.items(), beside):
        _write(sheet, look, 0, at, title)
        titles[axis] = [CHART, 0, at] if title else None
    flat = drawn.kind == "bar"
    along, across = ("y", "x") if flat else ("x", "y")
    logs = {"x": drawn.x_log, "y": drawn.y_log}
    # Excel calls the axis of categories x even where bars lie.
    chart.set_x_axis(_axis(titles[along], logs["x"] and drawn.kind == "scatter", flat))
    chart.set_y_axis(_axis(titles[across], logs["y"], drawn.y_reversed))
    chart.show_blanks_as("gap")
    chart.set_size(_CHART_SIZE)
    if len(drawn.series) == 1:
        chart.set_legend({"none": True})
    else:
        chart.set_legend({"position": "bottom"})
    sheet.insert_chart(1, beside, chart, {"description": view.alt[:250]})
    sheet.freeze_panes(1, 0)


def _axis(title: list[Any] | None, is_log: bool, is_reversed: bool) -> dict[str, Any]:
    axis: dict[str, Any] = {"reverse": is_reversed}
    if title:
        axis["name"] = title
    if is_log:
        axis["log_base"] = 10
    return axis


def _style(drawn: NativeChart, series: Series) -> dict[str, Any]:
    colour = f"#{series.colour}" if series.colour else None
    if drawn.kind in ("bar", "column", "area"):
        style: dict[str, Any] = {"fill": {"color": colour}} if colour else {}
        if drawn.overlaps:
            style["overlap"] = 100
        if series.colours:
            style["points"] = [
                {"fill": {"color": f"#{item}"}} if item else None for item in series.colours
            ]
        return style
    line: dict[str, Any] = {"width": 2.25} if series.has_line else {"none": True}
    marker: dict[str, Any] = {"type": "circle" if series.has_marker else "none", "size": 5}
    if colour:
        line |= {} if "none" in line else {"color": colour}
        if series.has_marker:
            marker |= {"fill": {"color": colour}, "border": {"color": colour}}
    if series.dash != "solid" and series.has_line:
        line["dash_type"] = "dash"
    return {"line": line, "marker": marker}


def _columns(drawn: NativeChart) -> list[tuple[str, Sequence[Any]]]:
    return [("", drawn.categories), *((item.name, item.values) for item in drawn.series)]


def _scatter_columns(series: Sequence[Series]) -> list[tuple[str, Sequence[Any]]]:
    columns: list[tuple[str, Sequence[Any]]] = []
    for item in series:
        columns += [(f"{item.name}: x", item.xs), (item.name, item.values)]
    return columns


def _write_about(sheet: Worksheet, look: _Look, view: View) -> None:
    said = view.metadata
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, view.title[:LONGEST_TEXT], look.title)
    lines: list[tuple[str, str]] = [
        ("Shown", view.subtitle),
        ("Summary", said["summary"]),
        *(("Note", note) for note in view.notes),
    ]
    for item in said["indicators"]:
        lines += [
            ("Indicator", f"{item['name']} ({item['unit']})"),
            ("Definition", item["definition"]),
            ("Comparability", item["comparability"]),
        ]
    for item in said["sources"]:
        when = f" ({item['year']})" if item["year"] else ""
        lines += [
            ("Source", f"{item['author']}{when}. {item['title']}. {item['url']}".strip()),
            ("Where in it", "; ".join(item["locators"])),
            ("Licence", item["licence"]),
        ]
    lines += [
        ("Link", view.link),
        ("For programs", view.request),
        ("Data version", view.data_version),
        ("Read", view.accessed),
        ("Cite as", said["cite"]),
    ]
    for row, (name, text) in enumerate([line for line in lines if line[1]], start=2):
        sheet.write_string(row, 0, name, look.header)
        shown = text[:LONGEST_TEXT]
        style = look.quoted if shown.startswith(FORMULA_STARTS) else look.wrapped
        sheet.write_string(row, 1, shown, style)
