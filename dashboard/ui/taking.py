"""What a card hands to those who make files of it, and the files of a card by address."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlencode

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.own import is_own
from dashboard.catalogue.provenance import SourceUse
from dashboard.exports import citation
from dashboard.exports.files import FORMATS, UnknownFormatError, written
from dashboard.exports.picture import LOOKS, Picture, PictureSettingError, recolouring
from dashboard.exports.rendering import Renderer
from dashboard.exports.slides import PictureError
from dashboard.exports.view import Mark, View, notes_of
from dashboard.serving.taking import RefusedError, Taken
from dashboard.ui.chart import Drawing, Layer, Window
from dashboard.ui.chart import Mark as ReadMark

# Suffix and media type of a citation in each style.
CITATIONS = {
    "apa": ("txt", "text/plain"),
    "chicago": ("txt", "text/plain"),
    "bibtex": ("bib", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
    "csl": ("json", "application/vnd.citationstyles.csl+json"),
}
# Where a run of a page without a reader finds the cards that were drawn, each under its key.
COLLECTED = "collected_cards"
COLOURS = "colours"  # the tables with which a browser draws a picture in another look
MOST_PLACES_ASKED = 40
_AS_DRAWN = [("rows", "drawn"), ("size", "5000"), ("format", "csv")]


@cache
def renderer() -> Renderer:
    """The one browser that draws for all readers."""
    return Renderer()


@dataclass(frozen=True)
class CardContent:
    """What a card shows, before anybody has asked for a file of it.

    What takes time is handed over as what makes it. `path` is that of the link, with query.
    """

    name: str
    title: str
    subtitle: str
    sentence: Callable[[], str]
    alt: str
    findings: Callable[[], Sequence[Finding]]
    source: str
    uses: Callable[[], Sequence[SourceUse]]
    table: Callable[[], pd.DataFrame]
    drawing: Drawing | None
    legend: tuple[Mark, ...]
    mode: str
    path: str
    rows: pd.DataFrame
    geojson: Callable[[], bytes] | None
    year: int | None
    hidden: tuple[str, ...]
    window: Window | None

    def view(self, catalogue: Catalogue, origin: str) -> View:
        """The view, dated today.

        Args:
            catalogue: holds the indicators.
            origin: scheme and host by which the reader knows the atlas.
        """
        indicators = dict.fromkeys(self.rows.get("indicator_id", pd.Series(dtype=str)).dropna())
        request = request_for(self.rows)
        return View(
            name=self.name,
            title=self.title,
            subtitle=self.subtitle,
            sentence=self.sentence(),
            alt=self.alt,
            notes=notes_of(self.findings()),
            source=self.source,
            uses=tuple(self.uses()),
            indicators=tuple(catalogue.indicators[key] for key in indicators),
            table=self.table(),
            figure=self.drawing.json if self.drawing else "",
            legend=self.legend,
            mode=self.mode,
            link=origin + self.path,
            request=origin + request if request else "",
            data_version=catalogue.version,
            accessed=date.today().isoformat(),
            geojson=self.geojson() if self.geojson else None,
            year=self.year,
            hidden=self.hidden,
            window=None if self.window is None else vars(self.window),
        )

    def make(
        self, catalogue: Catalogue, suffix: str, origin: str, settings: Mapping[str, str]
    ) -> Taken:
        """A file of the card.

        Args:
            catalogue: the data.
            suffix: a format, a style of citation, or the tables of colours.
            origin: scheme and host by which the reader knows the atlas.
            settings: those of a picture, as texts.

        Raises:
            RefusedError: if there is no such file, or it could not be made.
        """
        if suffix == COLOURS:
            return Taken(json.dumps(colour_tables()).encode(), "colours.json", "application/json")
        if suffix in CITATIONS:
            ending, mime = CITATIONS[suffix]
            text = cite(catalogue, self.view(catalogue, origin), suffix)
            return Taken(text.encode(), f"{self.name}-{suffix}.{ending}", mime)
        try:
            picture = _picture(settings)
            content = written(
                self.view(catalogue, origin), suffix, render=renderer().draw, picture=picture
            )
        except (UnknownFormatError, PictureSettingError) as error:
            raise RefusedError(str(error)) from error
        except PictureError as error:
            raise RefusedError(str(error), 503) from error
        except ValueError as error:
            raise RefusedError(str(error), 422) from error
        return Taken(content, f"{self.name}.{suffix}", FORMATS[suffix].mime)


def cite(catalogue: Catalogue, view: View, style: str) -> str:
    """A view and every document behind it, in a style of citation.

    Args:
        catalogue: the data.
        view: what is cited.
        style: a key of `CITATIONS`.
    """
    references = [
        citation.view(catalogue, view.title, view.link, date.fromisoformat(view.accessed)),
        *(
            citation.source(catalogue, key)
            for key in dict.fromkeys(use.source.source_id for use in view.uses)
        ),
    ]
    return citation.all_written(references, style)


def request_for(rows: pd.DataFrame) -> str:
    """Path and query with which a program gets the observations drawn; empty where it cannot.

    Args:
        rows: indicator_id, place_id and year, one row per observation.
    """
    if rows.empty or not {"indicator_id", "place_id", "year"} <= set(rows.columns):
        return ""
    if any(map(is_own, rows["indicator_id"].unique())):
        return ""  # which programs cannot ask for
    places = list(dict.fromkeys(rows["place_id"]))
    years = rows["year"].dropna()
    query = [("indicator", str(key)) for key in dict.fromkeys(rows["indicator_id"])]
    if len(places) <= MOST_PLACES_ASKED:
        query += [("place", key) for key in places]
    if len(years):
        query += [("from", str(int(years.min()))), ("to", str(int(years.max())))]
    return f"/api/v1/observations?{urlencode([*query, *_AS_DRAWN])}"


def legend_of(marks: Sequence[ReadMark], layers: Sequence[Layer]) -> tuple[Mark, ...]:
    """The legend of a picture: what is only read, or the layers that are shown."""
    found = [Mark(mark.mark_svg, mark.text) for mark in marks]
    for layer in layers:
        if layer.shown and layer.items:
            found.append(Mark("", layer.title, is_title=True))
            found += [Mark(mark.mark_svg, mark.text) for mark in layer.items]
    return tuple(found)


def colour_tables() -> dict[str, dict[str, dict[str, str]]]:
    """For each theme and look, the colour that stands for each colour."""
    return {
        before: {after: recolouring(before, after) for after in LOOKS if after != before}
        for before in ("light", "dark")
    }


def _picture(settings: Mapping[str, str]) -> Picture:
    """The settings of a picture as a reader's browser writes them.

    Raises:
        PictureSettingError: if one is no number or cannot be met.
    """
    numbers: dict[str, float] = {}
    for name in ("scale", "letters", "width", "height"):
        if text := settings.get(name, ""):
            try:
                numbers[name] = float(text)
            except ValueError:
                raise PictureSettingError(f"“{text}” is no number for {name}.") from None
            if not abs(numbers[name]) < 1e6:
                raise PictureSettingError(f"“{text}” is too large for {name}.")
    return Picture(
        size=settings.get("size") or "slide",
        look=settings.get("look", ""),
        letters=numbers.get("letters", 1.0),
        scale=int(numbers.get("scale", 1)),
        width=int(numbers.get("width", 0)),
        height=int(numbers.get("height", 0)),
    )
