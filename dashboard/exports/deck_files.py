"""A deck as one file: PDF with a slide on each page, or ZIP of pictures, tables and words.

Each slide is a sheet that the drawing script of pictures draws, in a reader's browser as on the
server: a chart as it is, a table and a text as figures.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

import pandas as pd
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link

from dashboard.charts.theme import Theme, theme
from dashboard.exports.archive import archive
from dashboard.exports.deck import Deck, written
from dashboard.exports.files import Render
from dashboard.exports.picture import Picture
from dashboard.exports.slides import (
    LONGEST_CELL,
    PictureError,
    Slide,
    breadth,
    cell_text,
    first_columns,
    shortened,
)
from dashboard.exports.tables import to_csv
from dashboard.exports.view import View

SHEETS = {"16:9": "slide", "4:3": "slide_4_3"}
# Drawing waits for other readers' pictures; somebody waits for the deck.
MOST_SECONDS = 240.0
MOST_LINES = {"16:9": 20, "4:3": 26}  # of a table
TABLE_LETTERS = {"16:9": 170, "4:3": 145}  # in a line of a table
TEXT_LETTERS = {"16:9": 100, "4:3": 86}  # in a line of a text
TEXT_LINES = {"16:9": 17, "4:3": 21}
TEXT_SIZE = 24


def sheet(slide: Slide, deck: Deck, data_version: str) -> View:
    """A slide as a view that can be drawn: what has no figure gets one.

    Args:
        slide: a view, or a text.
        deck: gives the size and theme.
        data_version: version of the data package.
    """
    look = theme(deck.mode)
    if slide.view is None:
        return _blank(slide.title, deck, data_version, _text_figure(slide.text, deck, look))
    view = replace(slide.view, title=slide.title or slide.view.title)
    if view.figure:
        return view
    figure, remark = _table_figure(view.table, deck, look)
    notes = (*view.notes, remark) if remark else view.notes
    return replace(view, figure=json.dumps(figure), notes=notes)


def pdf(slides: Sequence[Slide], deck: Deck, data_version: str, render: Render) -> bytes:
    """A deck as PDF, a slide on each page; the foot of a page leads to its view.

    Raises:
        PictureError: if nothing can draw, or it takes too long.
        ValueError: if there are no slides.
    """
    _refuse_empty(slides)
    writer = PdfWriter()
    ends = time.monotonic() + MOST_SECONDS
    for number, slide in enumerate(slides):
        _refuse_late(ends)
        content, _ = _drawn(slide, deck, data_version, render, "pdf")
        writer.append(PdfReader(io.BytesIO(content)), import_outline=False)
        while len(writer.pages) > number + 1:
            # A sheet fills its page to the edge; rounding may leave an empty one behind it.
            writer.remove_page(number + 1)
        if slide.view is not None:
            box = writer.pages[number].mediabox
            foot = (0, 0, float(box.width), float(box.height) * 0.07)
            writer.add_annotation(number, Link(rect=foot, url=slide.view.link, border=[0, 0, 0]))
    writer.add_metadata({"/Title": title_of(slides), "/Author": "Seabelt"})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def bundle(slides: Sequence[Slide], deck: Deck, data_version: str, render: Render) -> bytes:
    """Pictures and tables of a deck, its file and a README in a ZIP.

    A picture that cannot be made is named in the README.

    Raises:
        ValueError: if there are no slides.
    """
    _refuse_empty(slides)
    files = {"deck.json": written(deck)}
    told = []
    ends = time.monotonic() + MOST_SECONDS
    for number, slide in enumerate(slides, start=1):
        view = slide.view
        named = view.name.removeprefix("seabelt-")[:60].rstrip("-") if view else "text"
        name = f"{number:02d}-{named}"
        missing = ""
        try:
            _refuse_late(ends)
            files[f"{name}.png"], missing = _drawn(slide, deck, data_version, render, "png")
        except PictureError as error:
            missing = str(error)
        if view is not None:
            files[f"{name}.csv"] = to_csv(view.table)
        told.append(_told(number, name, slide, missing))
    files["README.txt"] = (
        f"{title_of(slides)}\n\n" + "\n\n".join(told) + f"\n\nSeabelt data {data_version}, read "
        f"{date.today().isoformat()}. Load deck.json on the page “Present” to go on with this "
        "deck.\n"
    ).encode()
    return archive({f"seabelt-deck/{name}": content for name, content in files.items()})


def title_of(slides: Sequence[Slide]) -> str:
    """The title of a deck: that of its first slide."""
    first = slides[0]
    return first.title or (first.view.title if first.view else "Seabelt")


def _drawn(
    slide: Slide, deck: Deck, data_version: str, render: Render, suffix: str
) -> tuple[bytes, str]:
    """A slide's picture; where it fails, one that says why, and the reason."""
    picture = Picture(size=SHEETS[deck.size], scale=2)
    try:
        return render(sheet(slide, deck, data_version), suffix, picture), ""
    except PictureError as error:
        link = slide.view.link if slide.view else ""
        title = slide.title or (slide.view.title if slide.view else "")
        words = Slide(title=title, text=f"The picture is missing here. {error}\n\n{link}")
        # Nothing to draw with at all is raised from here.
        return render(sheet(words, deck, data_version), suffix, picture), str(error)


def _refuse_empty(slides: Sequence[Slide]) -> None:
    if not slides:
        raise ValueError("A deck needs a slide: add a chart or a text first.")


def _refuse_late(ends: float) -> None:
    if time.monotonic() > ends:
        raise PictureError(
            f"The deck was not drawn within {MOST_SECONDS:g} seconds: try again, or make two decks "
            "of it."
        )


def _told(number: int, name: str, slide: Slide, missing: str) -> str:
    view = slide.view
    lines = [f"{number}. {slide.title or (view.title if view else '')} ({name})", slide.text]
    if view is not None:
        lines += [view.subtitle, view.sentence or view.alt, f"Source: {view.source}", view.link]
    lines += [f"Notes: {slide.notes}" if slide.notes else ""]
    lines += [f"The picture is missing. {missing}" if missing else ""]
    return "\n".join(line for line in lines if line)


def _blank(title: str, deck: Deck, data_version: str, figure: dict[str, Any]) -> View:
    return View(
        name="text",
        title=title,
        subtitle="",
        sentence="",
        alt="",
        notes=(),
        source="",
        uses=(),
        indicators=(),
        table=pd.DataFrame(),
        figure=json.dumps(figure),
        legend=(),
        mode=deck.mode,
        link="",
        request="",
        data_version=data_version,
        accessed=date.today().isoformat(),
    )


def _text_figure(text: str, deck: Deck, look: Theme) -> dict[str, Any]:
    """A text as a figure: lines from the top, in letters as large as its length allows."""
    letters, most = TEXT_LETTERS[deck.size], TEXT_LINES[deck.size]
    scale = 1.0
    while len(lines := _wrapped(text, int(letters / scale))) > most / scale and scale > 0.4:
        scale -= 0.1
    return {
        "data": [],
        "layout": {
            "paper_bgcolor": look.card,
            "plot_bgcolor": look.card,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": {"visible": False},
            "yaxis": {"visible": False},
            "annotations": [
                {
                    # Plotly reads some markup in texts.
                    "text": "<br>".join(escape(line, quote=False) for line in lines) or " ",
                    "xref": "paper",
                    "yref": "paper",
                    "x": 0,
                    "y": 1,
                    "xanchor": "left",
                    "yanchor": "top",
                    "align": "left",
                    "showarrow": False,
                    "font": {"size": round(TEXT_SIZE * scale), "color": look.ink},
                }
            ],
        },
    }


def _wrapped(text: str, most: int) -> list[str]:
    """Lines of at most so many letters; those of East Asia, as wide as two, break anywhere."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if breadth(joined) <= most:
                line = joined
                continue
            if line:
                lines.append(line)
            line = ""
            for sign in word:
                if breadth(line + sign) > most:
                    lines.append(line)
                    line = ""
                line += sign
        lines.append(line)
    return lines


def _table_figure(table: pd.DataFrame, deck: Deck, look: Theme) -> tuple[dict[str, Any], str]:
    """The first rows of a table as a figure, and what is said of the rest."""
    columns = first_columns(table)
    letters = TABLE_LETTERS[deck.size] // max(len(columns), 1)
    rows: list[list[str]] = []
    room = float(MOST_LINES[deck.size])
    for row in table[columns].itertuples(index=False):
        texts = [shortened(cell_text(item), LONGEST_CELL) for item in row]
        room -= max(-(-breadth(text) // letters) for text in texts) + 0.6
        if room < 0 and rows:
            break
        rows.append([escape(text, quote=False) for text in texts])
    remark = f"{len(rows)} of {len(table):,} rows; the rest is at the link."
    font = {"size": 14}
    figure = {
        "data": [
            {
                "type": "table",
                "header": {
                    "values": [str(name).replace("_", " ").capitalize() for name in columns],
                    "align": "left",
                    "fill": {"color": look.accent},
                    "line": {"color": look.rule},
                    "font": {**font, "color": look.card},
                },
                "cells": {
                    "values": [list(column) for column in zip(*rows, strict=True)],
                    "align": "left",
                    "fill": {"color": look.card},
                    "line": {"color": look.rule},
                    "font": {**font, "color": look.ink},
                    "height": 26,
                },
            }
        ],
        "layout": {"paper_bgcolor": look.card, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}},
    }
    return figure, remark if len(rows) < len(table) else ""
