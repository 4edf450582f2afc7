"""What a card hands to those who make files of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.provenance import SourceUse
from dashboard.exports.view import Mark, View, notes_of
from dashboard.ui.chart import Drawing, Layer
from dashboard.ui.chart import Mark as ReadMark


def legend_of(marks: Sequence[ReadMark], layers: Sequence[Layer]) -> tuple[Mark, ...]:
    """The legend of a picture: what is only read, or the layers that are shown."""
    found = [Mark(mark.mark_svg, mark.text) for mark in marks]
    for layer in layers:
        if layer.shown and layer.items:
            found.append(Mark("", layer.title, is_title=True))
            found += [Mark(mark.mark_svg, mark.text) for mark in layer.items]
    return tuple(found)


def view_of(
    *,
    name: str,
    title: str,
    subtitle: str,
    sentence: str,
    alt: str,
    findings: Sequence[Finding],
    source: str,
    uses: Sequence[SourceUse],
    table: pd.DataFrame,
    drawing: Drawing | None,
    legend: tuple[Mark, ...],
    mode: str,
    link: str,
    request: str,
    catalogue: Catalogue,
    geojson: bytes | None,
) -> View:
    """A card as it leaves the atlas, dated today."""
    held = table.get("indicator_id", pd.Series(dtype=str)).dropna()
    indicators = dict.fromkeys(key for key in held if key in catalogue.indicators)
    return View(
        name=name,
        title=title,
        subtitle=subtitle,
        sentence=sentence,
        alt=alt,
        notes=notes_of(findings),
        source=source,
        uses=tuple(uses),
        indicators=tuple(catalogue.indicators[key] for key in indicators),
        table=table,
        figure=drawing.json if drawing else "",
        legend=legend,
        mode=mode,
        link=link,
        request=request,
        data_version=catalogue.version,
        accessed=date.today().isoformat(),
        geojson=geojson,
    )
