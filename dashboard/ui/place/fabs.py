"""The fabs of a hub or an economy: who runs them, what they are, and the way to them on the map."""

from __future__ import annotations

from html import escape
from types import SimpleNamespace
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.layers import layers_on, unfiltered
from dashboard.catalogue.selection import LAYERS, Selection
from dashboard.charts.maps import HUB_VIEWS, PRESETS
from dashboard.charts.maps.fabs import STATUS_WORDS
from dashboard.ui.figures import source_words

PLACES_KEPT = 256
# Parts of the map from the closest to the widest, for places that have no view of their own.
CLOSEST_FIRST = ("south_east", "north_east", "india", "belt", "world")


def rows(catalogue: Catalogue, place: Place) -> pd.DataFrame:
    """The rows of the table `fabs` in a hub or an economy, by operator and year of start."""
    column = {"economy": "economy", "hub": "place_id"}.get(place.kind)
    fabs = catalogue.table("fabs")
    fabs = fabs[fabs[column] == place.place_id] if column else fabs.iloc[:0]
    return fabs.sort_values(["operator", "start_year", "fab_id"], kind="stable")


@of_package(PLACES_KEPT)
def number(catalogue: Catalogue, place: Place) -> int:
    """How many rows `rows` has; every page of a place says it."""
    return len(rows(catalogue, place))


def markup(catalogue: Catalogue, place: Place) -> str:
    """The fabs of a place by operator, with the warning that rows are no count of fabs."""
    found = rows(catalogue, place)
    groups = []
    for operator, part in found.groupby("operator", sort=True):
        items = "".join(f"<li>{_line(fab, place, catalogue)}</li>" for fab in part.itertuples())
        many = f' <span class="when">{len(part)} rows</span>' if len(part) > 1 else ""
        groups.append(f"<li><b>{escape(str(operator))}</b>{many}<ul>{items}</ul></li>")
    number = f"{len(found)} row{'s' if len(found) != 1 else ''}"
    return (
        f'<p class="hint">{number} of {found["operator"].nunique()} operators. Phases of one fab '
        "are listed one by one, so rows must not be added up as a count of fabs.</p>"
        f'<ul class="ties">{"".join(groups)}</ul>'
    )


def _line(fab: Any, place: Place, catalogue: Catalogue) -> str:
    status = STATUS_WORDS[fab.status]
    facts = [
        fab.plant_name or "plant without a name",
        fab.city if place.kind == "economy" else "",
        *_known(fab),
        # The note repeats the class where it has nothing to add.
        fab.status_note if fab.status_note.startswith(status) else f"{status}: {fab.status_note}",
    ]
    documents = [
        source_words(
            SimpleNamespace(source_id=key, locator="", note="" if at else fab.note), catalogue
        )
        for at, key in enumerate(fab.source_ids.split(";"))
    ]
    word = "source" if len(documents) == 1 else f"{len(documents)} sources"
    folded = "".join(f"<p>{document}</p>" for document in documents)
    return (
        f"{escape(' · '.join(part for part in facts if part))} "
        f"<details><summary>{word}</summary>{folded}</details>"
    )


def _known(fab: Any) -> list[str]:
    """Size of the wafers and first year, or that they are not known."""
    wafer = f"{fab.wafer_mm.replace(';', ' and ')} mm" if fab.wafer_mm else ""
    start = "" if pd.isna(fab.start_year) else f"since {fab.start_year}"
    if not wafer and not start:
        return ["wafer size and start not known"]
    return [wafer or "wafer size not known", start or "start not known"]


def on_map(selection: Selection, place: Place) -> dict[str, Any]:
    """What shows the fabs of a place on the map: changes of the selection.

    The closest view that holds the place, with the layers that are on and that of the fabs, all of
    them.
    """
    view = place.place_id if place.place_id in HUB_VIEWS else None
    for name in () if view or place.lat is None else CLOSEST_FIRST:
        if PRESETS[name].holds(place.lat, place.lon):
            view = name
            break
    on = {*layers_on(selection), "fabs"}
    return {
        "view": view,
        "window": None,
        "place": place.place_id,
        "layers": tuple(name for name in LAYERS if name in on),
        **unfiltered("fabs"),
    }
