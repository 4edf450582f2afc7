"""What a reader takes away: a chart or table with all that is said of it, free of any page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard.catalogue.findings import Finding
from dashboard.catalogue.model import Indicator
from dashboard.catalogue.provenance import SourceUse
from dashboard.exports.figures import settled
from dashboard.exports.native import NativeChart, native


@dataclass(frozen=True)
class Mark:
    """An entry of a legend that is not in the figure: an image element and what it stands for."""

    mark_svg: str
    text: str
    is_title: bool = False


@dataclass(frozen=True)
class View:
    """A chart or table as it leaves the atlas.

    Attributes:
        name: name of its files, without suffix.
        title: what is shown, in words.
        subtitle: indicator, unit, years.
        sentence: what the chart shows, computed from its rows.
        alt: the chart in a sentence, for those who do not see it.
        notes: what is missing, uncertain or not comparable, the gravest first.
        source: the documents in one line.
        uses: the documents behind what is drawn, with locators.
        indicators: the indicators drawn, with their definitions.
        table: what is drawn, a row each, every value with its document and locator.
        figure: the figure as Plotly's JSON; empty where the view is a table.
        legend: entries of a legend that stands outside the figure, as a map's.
        mode: "light" or "dark", the theme of the figure.
        link: full address that restores the view.
        request: full address that gives the same values to a program; empty where none does.
        data_version: version of the data package.
        accessed: day of the export, as ISO 8601.
        geojson: the map as GeoJSON; None where the view is no map.
        year: the year shown, of a figure that has several.
        hidden: layers of a map that are not shown.
        window: the part of the world that a map shows; None is its preset.
    """

    name: str
    title: str
    subtitle: str
    sentence: str
    alt: str
    notes: tuple[str, ...]
    source: str
    uses: tuple[SourceUse, ...]
    indicators: tuple[Indicator, ...]
    table: pd.DataFrame
    figure: str
    legend: tuple[Mark, ...]
    mode: str
    link: str
    request: str
    data_version: str
    accessed: str
    geojson: bytes | None = None
    year: int | None = None
    hidden: tuple[str, ...] = ()
    window: Mapping[str, float] | None = None

    @cached_property
    def plotly(self) -> dict[str, Any] | None:
        """The figure's data and layout, as the reader saw them."""
        if not self.figure:
            return None
        return settled(
            json.loads(self.figure), year=self.year, hidden=self.hidden, window=self.window
        )

    @cached_property
    def chart(self) -> NativeChart | None:
        """The figure as a chart that office programs draw themselves; None where they cannot."""
        return native(self.plotly) if self.plotly else None

    @property
    def metadata(self) -> dict[str, Any]:
        """All that is said of the view, for files that carry it beside the values."""
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "summary": self.sentence or self.alt,
            "notes": list(self.notes),
            "indicators": [_definition(indicator) for indicator in self.indicators],
            "sources": [_document(use) for use in self.uses],
            "source_line": self.source,
            "link": self.link,
            "api_request": self.request,
            "data_version": self.data_version,
            "accessed": self.accessed,
            "cite": f"Seabelt (data version {self.data_version}). {self.title}. {self.link} "
            f"Read {self.accessed}.",
        }


def notes_of(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Findings as lines of text; what must not be compared comes first."""
    order = ("not_comparable", "caution", "missing", "note")
    return tuple(
        finding.text for finding in sorted(findings, key=lambda item: order.index(item.severity))
    )


def _definition(indicator: Indicator) -> Mapping[str, str]:
    return {
        "indicator_id": indicator.indicator_id,
        "name": indicator.name,
        "unit": indicator.unit,
        "definition": indicator.definition,
        "comparability": indicator.comparability_note,
    }


def _document(use: SourceUse) -> Mapping[str, Any]:
    source = use.source
    return {
        "source_id": source.source_id,
        "title": source.title,
        "author": source.author,
        "year": source.year,
        "url": source.url,
        "licence": source.licence,
        "locators": list(use.locators),
        "taken": f"{use.rows} {use.what}{'' if use.rows == 1 else 's'}",
    }
