"""A view as a file of any format: one table of formats for cards, decks, the API and the shell."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.exports.archive import archive
from dashboard.exports.picture import Picture
from dashboard.exports.slides import Draw, PictureError, Slide, presentation
from dashboard.exports.standalone import page
from dashboard.exports.tables import to_csv
from dashboard.exports.view import View
from dashboard.exports.workbook import workbook


class UnknownFormatError(ValueError):
    """No file of this format can be made of a view."""


@dataclass(frozen=True)
class Format:
    """A kind of file: `suffix` without the dot, `mime` its media type, `what` is in it.

    `needs_browser` says that the server needs Chromium for it.
    """

    suffix: str
    name: str
    mime: str
    what: str
    needs_browser: bool = False


FORMATS = {
    item.suffix: item
    for item in (
        Format("csv", "CSV", "text/csv", "What is drawn, each value with its source."),
        Format(
            "xlsx",
            "Excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "What is drawn, definitions and documents, and a chart that Excel draws.",
        ),
        Format(
            "pptx",
            "PowerPoint",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "A slide with a chart that can be edited, its source and notes for the speaker.",
        ),
        Format("pdf", "PDF", "application/pdf", "The picture on a page.", needs_browser=True),
        Format("png", "PNG", "image/png", "The picture in dots.", needs_browser=True),
        Format("svg", "SVG", "image/svg+xml", "The picture as a drawing.", needs_browser=True),
        Format("html", "Web page", "text/html", "The chart as a page that needs no network."),
        Format("json", "JSON", "application/json", "What is drawn and all that is said of it."),
        Format(
            "parquet", "Parquet", "application/vnd.apache.parquet", "What is drawn, typed columns."
        ),
        Format("geojson", "GeoJSON", "application/geo+json", "Exactly what the map shows."),
        Format("zip", "Bundle", "application/zip", "Picture, values, words and citation together."),
    )
}

# Makes a picture of a view in a format: "png", "svg" or "pdf", in some settings.
Render = Callable[[View, str, Picture], bytes]

# On a slide, a picture has the room that title and sources leave.
ON_SLIDE = Picture(size="custom", width=1480, height=640, letters=1.25, scale=2, is_bare=True)


def formats_of(view: View) -> tuple[Format, ...]:
    """The formats in which a view can leave: pictures need a figure, GeoJSON a map."""
    return tuple(
        item
        for item in FORMATS.values()
        if (item.suffix != "geojson" or view.geojson is not None)
        and (view.figure or not (item.needs_browser or item.suffix == "html"))
    )


def written(
    view: View, suffix: str, *, render: Render | None = None, picture: Picture | None = None
) -> bytes:
    """A view as a file.

    Args:
        view: what leaves.
        suffix: a key of FORMATS.
        render: makes pictures; without one those formats cannot be had, and all others can.
        picture: size, look and letters of a picture.

    Raises:
        UnknownFormatError: if there is no such format, or not of this view.
        PictureError: if the picture could not be made.
        ValueError: if the table is too long for the format.
    """
    if suffix not in FORMATS:
        raise UnknownFormatError(
            f"There is no format “{suffix}”. Take one of {', '.join(FORMATS)}."
        )
    if FORMATS[suffix] not in formats_of(view):
        raise UnknownFormatError(
            f"“{view.title}” cannot be a file of the kind {suffix}. It can be "
            f"{', '.join(item.suffix for item in formats_of(view))}."
        )
    if FORMATS[suffix].needs_browser:
        if render is None:
            raise PictureError("Nothing here can draw pictures.")
        return render(view, suffix, picture or Picture())
    if suffix == "geojson":
        assert view.geojson is not None
        return view.geojson
    return _WRITERS[suffix](view, render)


def bare(render: Render | None) -> Draw | None:
    """What draws the charts of slides."""
    return None if render is None else lambda view: render(view, "png", ON_SLIDE)


def to_json(view: View) -> bytes:
    """Values and words as JSON: `rows` has one object per row, missing values are null."""
    rows = view.table.astype(object).where(view.table.notna(), None)
    content = {**view.metadata, "rows": rows.to_dict("records")}
    return json.dumps(content, ensure_ascii=False, indent=1, default=str).encode()


def to_parquet(view: View) -> bytes:
    """Values as Parquet, what is said of them in the schema's metadata under `seabelt`."""
    table = pa.Table.from_pandas(_arrow(view.table), preserve_index=False)
    said = json.dumps(view.metadata, ensure_ascii=False).encode()
    table = table.replace_schema_metadata({"title": view.title, "seabelt": said})
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def _arrow(table: pd.DataFrame) -> pd.DataFrame:
    """The table with columns of one type each: a column of several kinds becomes text."""
    made = table.copy()
    for name in made.columns:
        if made[name].dtype == object:
            held = made[name].dropna()
            if held.map(type).nunique() > 1:
                made[name] = made[name].map(str, na_action="ignore")
    return made


def bundle(view: View, render: Render | None) -> bytes:
    """Picture, values, words and citation in a ZIP; a picture that fails is named in the README."""
    files = {
        f"{view.name}.csv": to_csv(view.table),
        f"{view.name}.xlsx": workbook(view),
        "metadata.json": json.dumps(view.metadata, ensure_ascii=False, indent=1).encode(),
        "CITATION.txt": f"{view.metadata['cite']}\n".encode(),
    }
    missing = ""
    if view.figure:
        files[f"{view.name}.html"] = page(view)
        for suffix in ("png", "svg"):
            try:
                files[f"{view.name}.{suffix}"] = written(view, suffix, render=render)
            except PictureError as error:
                missing = f"\nThe pictures are missing. {error}\n"
    if view.geojson is not None:
        files[f"{view.name}.geojson"] = view.geojson
    files["README.txt"] = _readme(view, files, missing).encode()
    return archive({f"{view.name}/{name}": content for name, content in files.items()})


def _readme(view: View, files: Mapping[str, bytes], missing: str) -> str:
    names = "\n".join(f"- {name}" for name in sorted(files))
    notes = "\n".join(f"- {note}" for note in view.notes)
    return (
        f"{view.title}\n{view.subtitle}\n\n{view.sentence or view.alt}\n\n"
        f"Files\n{names}\n{missing}\n"
        f"Notes\n{notes or '- none'}\n\nSource: {view.source}\nLink: {view.link}\n"
        f"Seabelt data {view.data_version}, read {view.accessed}.\n"
    )


def _slide(view: View, render: Render | None) -> bytes:
    return presentation([Slide(view)], draw=bare(render))


_WRITERS: Mapping[str, Callable[[View, Render | None], bytes]] = {
    "csv": lambda view, _: to_csv(view.table),
    "xlsx": lambda view, _: workbook(view),
    "pptx": _slide,
    "html": lambda view, _: page(view),
    "json": lambda view, _: to_json(view),
    "parquet": lambda view, _: to_parquet(view),
    "zip": bundle,
}
