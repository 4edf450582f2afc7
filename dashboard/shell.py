"""Files of views and observations from the shell: `python -m dashboard export` and `data`.

Views come from running the page of an address without a browser, which takes Streamlit; it is
loaded when one of these commands runs, so that checking the data does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, NoReturn
from urllib.parse import urlencode, urlsplit

import typer
import yaml
from rich.console import Console
from rich.progress import Progress

from dashboard import stores
from dashboard.catalogue import Catalogue
from dashboard.catalogue.store import StoreError
from dashboard.exports.files import FORMATS, to_json, to_parquet
from dashboard.exports.picture import LOOKS, SIZES
from dashboard.exports.tables import to_csv
from dashboard.exports.view import View
from dashboard.exports.whole_file import write_whole
from dashboard.exports.workbook import workbook
from dashboard.serving.settings import store_address
from dashboard.serving.taking import RefusedError

ORIGIN = "http://localhost:8501"
PICTURE_KEYS = ("size", "look", "scale", "letters", "width", "height")
ENTRY_KEYS = frozenset({"link", "card", "format", "out", *PICTURE_KEYS})
# A file that could not be made, though all that was asked for is there, has such a status of HTTP.
NOT_MADE = 500
# Nobody else waits at a shell, and a first page from a large store takes its time.
RUN_SECONDS = 300.0

Many = list[str]


def add_to(app: typer.Typer) -> None:
    """Add the commands to those of the data package."""
    app.command()(export)
    app.command()(data)


def export(
    link: Annotated[str, typer.Option(help="Link of a view, as the atlas copies it.")] = "",
    indicator: Annotated[Many | None, typer.Option(help="Indicators to compare.")] = None,
    places: Annotated[Many | None, typer.Option(help="Places to compare.")] = None,
    years: Annotated[str, typer.Option(help="First and last year, as 2000-2022.")] = "",
    view: Annotated[str, typer.Option(help="View of the comparison.")] = "line",
    card: Annotated[str, typer.Option(help="Card of the page; the first where not given.")] = "",
    format: Annotated[str, typer.Option(help=f"One of {', '.join(FORMATS)}.")] = "pptx",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write.")] = None,
    size: Annotated[str, typer.Option(help=f"{', '.join(SIZES)} or custom.")] = "slide",
    look: Annotated[str, typer.Option(help=f"One of {', '.join(LOOKS)}.")] = "",
    scale: Annotated[int, typer.Option(help="Dots per pixel of a PNG, 1 to 4.")] = 1,
    letters: Annotated[float, typer.Option(help="How large letters are: 0.8 to 1.5.")] = 1.0,
    width: Annotated[int, typer.Option(help="Of a custom picture, in pixels.")] = 0,
    height: Annotated[int, typer.Option(help="Of a custom picture, in pixels.")] = 0,
    batch: Annotated[Path | None, typer.Option(help="YAML file with a list of views.")] = None,
    into: Annotated[Path, typer.Option(help="Folder for the files of a batch.")] = Path(),
) -> None:
    """Write a view as a file: of a link, or of indicators and places to compare.

    With --batch, each entry of a YAML list is a view: its `link`, and what else the options name.
    Exit status 1 if a file could not be made, 2 if the command was not understood.
    """
    from dashboard.ui.resources import package

    # The one that pages ask, so that it is not loaded twice.
    catalogue = _held(package)
    settings = {
        "card": card, "format": format, "size": size, "look": look, "scale": scale,
        "letters": letters, "width": width, "height": height,
    }  # fmt: skip
    if batch is not None:
        raise typer.Exit(_batch(catalogue, batch, into, settings))
    try:
        path = (
            _path(link)
            if link
            else _comparison(catalogue, indicator or [], places or [], years, view)
        )
        name, content = _file(catalogue, path, settings)
        _write(out or Path(name), content)
    except RefusedError as error:
        _refuse(str(error), 1 if error.status >= NOT_MADE else 2)
    finally:
        _finish()


def data(
    indicator: Annotated[Many | None, typer.Option(help="Indicators.")] = None,
    places: Annotated[Many | None, typer.Option(help="Places.")] = None,
    years: Annotated[str, typer.Option(help="First and last year, as 2000-2022.")] = "",
    drawn: Annotated[
        bool, typer.Option(help="What a chart draws: a row a place and year.")
    ] = False,
    format: Annotated[str, typer.Option(help="csv, json, parquet or xlsx.")] = "csv",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write.")] = None,
) -> None:
    """Write observations as a file, each with its document and where in it."""
    from dashboard.api.problems import ProblemError
    from dashboard.api.queries import ObservationQuery, observation_rows, parsed

    makers: Mapping[str, Callable[[View], bytes]] = {
        "csv": lambda view: to_csv(view.table),
        "json": to_json,
        "parquet": to_parquet,
        "xlsx": workbook,
    }
    if format not in makers:
        _refuse(f"There is no format “{format}” of data. Take one of {', '.join(makers)}.", 2)
    catalogue = _held(lambda: stores.catalogue(store_address()))
    try:
        first, last = _years(years)
        query = [("indicator", key) for key in _split(indicator or [])]
        query += [("place", key) for key in _split(places or [])]
        query += [("from", first), ("to", last)] if years else []
        query += [("rows", "drawn")] if drawn else []
        rows = observation_rows(catalogue, parsed(ObservationQuery, query))
    except (RefusedError, ProblemError) as error:
        _refuse(str(error), 2)
    if rows.empty:
        _refuse("No observations of these indicators, places and years are held.", 1)
    view = _table_view(catalogue, rows, urlencode(query))
    try:
        _write(out or Path(f"{view.name}.{format}"), makers[format](view))
    except RefusedError as error:
        _refuse(str(error), 1)


def _table_view(catalogue: Catalogue, rows: Any, query: str) -> View:
    from datetime import date

    keys = list(dict.fromkeys(rows["indicator_id"]))
    return View(
        name="seabelt-observations", title="Observations", subtitle="", sentence="", alt="",
        notes=(), source="See the column source.", uses=(),
        indicators=tuple(catalogue.indicators[key] for key in keys), table=rows, figure="",
        legend=(), mode="light", link=ORIGIN, request=f"{ORIGIN}/api/v1/observations?{query}",
        data_version=catalogue.version, accessed=date.today().isoformat(),
    )  # fmt: skip


def _path(link: str) -> str:
    """Path and query of a link, wherever the atlas runs."""
    parts = urlsplit(link)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _split(texts: Sequence[str]) -> list[str]:
    """Identifiers that are given one by one, or several with commas between them."""
    return [key for text in texts for key in text.split(",") if key]


def _comparison(
    catalogue: Catalogue, indicators: Sequence[str], places: Sequence[str], years: str, view: str
) -> str:
    if not indicators:
        raise RefusedError("Give a --link, or at least one --indicator.")
    places = _split(places)
    _find("indicator", indicators, catalogue.indicators)
    _find("place", places, catalogue.places)
    first, last = _years(years)
    query = [("indicator", indicators[0]), *(("also", key) for key in indicators[1:])]
    query += [("places", key) for key in places]
    query += [("from", first), ("to", last)] if years else []
    return f"/compare?{urlencode([*query, ('view', view)])}"


def _find(what: str, asked: Sequence[str], known: Collection[str]) -> None:
    for key in asked:
        if key not in known:
            near = get_close_matches(key, known, n=5, cutoff=0.4)
            hint = f" Like it: {', '.join(near)}." if near else ""
            raise RefusedError(f"There is no {what} “{key}”.{hint}")


def _years(text: str) -> tuple[str, str]:
    first, _, last = text.partition("-")
    if text and not (first.isdecimal() and (last or first).isdecimal()):
        raise RefusedError(f"“{text}” are no years: give them as 2000-2022.")
    return first, last or first


def _file(catalogue: Catalogue, path: str, settings: Mapping[str, Any]) -> tuple[str, bytes]:
    """A view as a file: its name and content.

    Raises:
        RefusedError: if page, card, format or setting is not there, or nothing could be drawn.
    """
    from dashboard.ui.by_address import file_of

    picture = {name: str(settings[name]) for name in PICTURE_KEYS}
    file = file_of(
        catalogue, path, str(settings["format"]), ORIGIN, card=str(settings["card"]),
        settings=picture, seconds=RUN_SECONDS,
    )  # fmt: skip
    return file.name, file.content


def _batch(catalogue: Catalogue, path: Path, folder: Path, usual: Mapping[str, Any]) -> int:
    """Every view of a list; what cannot be made is named, the rest is written."""
    try:
        entries = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        _refuse(f"{path} cannot be read as YAML: {error}", 2)
    if not isinstance(entries, list) or not entries:
        _refuse(f"{path} holds no list of views: begin each with “- link: …”.", 2)
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    failed = 0
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        listed = progress.track(entries, description="Writing views")
        for number, entry in enumerate(listed, start=1):
            try:
                settings = {**usual, **_checked(entry)}
                name, content = _file(catalogue, _path(str(entry["link"])), settings)
                target = Path(str(settings.get("out") or f"{number:02d}-{name}"))
                # A list from elsewhere writes into the folder only.
                _write(folder / target.name, content)
            except RefusedError as error:
                failed += 1
                console.print(f"{path}, entry {number}: {error}", style="red")
    _finish()
    return 1 if failed else 0


def _checked(entry: object) -> dict[str, Any]:
    if not isinstance(entry, dict) or "link" not in entry:
        raise RefusedError("a view needs a `link`.")
    unknown = sorted(map(str, set(entry) - ENTRY_KEYS))
    if unknown:
        known = ", ".join(sorted(ENTRY_KEYS))
        raise RefusedError(f"there is no key `{unknown[0]}`. There are: {known}.")
    return entry


def _write(path: Path, content: bytes) -> None:
    """Write a file whole and name it.

    Raises:
        RefusedError: if it cannot be written.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise RefusedError(f"{path} cannot be written: {error.strerror}.", NOT_MADE) from error
    typer.echo(f"{path} ({len(content):,} bytes)")


def _finish() -> None:
    """End the browser that has drawn pictures, if one has."""
    from dashboard.ui.taking import renderer

    renderer().close()


def _held(loaded: Callable[[], Catalogue]) -> Catalogue:
    try:
        return loaded()
    except StoreError as error:
        _refuse(str(error), 1)


def _refuse(line: str, status: int) -> NoReturn:
    Console(stderr=True, highlight=False, soft_wrap=True, markup=False).print(line, style="red")
    raise typer.Exit(status)
