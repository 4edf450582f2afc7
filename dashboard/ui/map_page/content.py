"""What the card of the map says and lists, worked out once for all who ask for that map."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.layers import Layer
from dashboard.charts import formats
from dashboard.charts.describe import describe_year
from dashboard.transforms.change import change_between
from dashboard.ui.map_page.figure import MARKET, layer_tables, market_rows, ties_in_view
from dashboard.ui.map_page.settle import MapState, rows_of_year
from dashboard.ui.resources import kept

LAYER_TITLES = {
    "economies": "Economies",
    "regions": "Regions of the hubs",
    "hubs": "Hubs of the belt, parks of Taiwan",
    "other_hubs": "Other hubs, research cities",
    "clusters": "Clusters by case",
    "programme_regions": "Programme regions",
    "fabs": "Wafer fabs",
    "ties": "Ties",
    "market": "World chip market",
    "borders": "Disputed borders",
}

# The usual maps in their usual years, and many that single readers make.
MAPS_KEPT = 256


@dataclass(frozen=True, eq=False)
class Content:
    """What the card of a settled map says and lists, the same for all who ask for that map.

    Attributes:
        series: the values of the indicator in all years.
        drawn: those of the economies in the year shown.
        sizes: the values that size hubs or shade their regions, the newest of each.
        rows: every value drawn, neighbours' and those of another year or indicator among them.
        tables: the layers; of the ties, those that are in view.
        subtitle, alt: words of the card.
    """

    series: pd.DataFrame
    drawn: pd.DataFrame
    sizes: pd.DataFrame
    rows: pd.DataFrame
    tables: dict[str, Layer]
    subtitle: str
    alt: str


@kept(MAPS_KEPT)
def content_of(_catalogue: Catalogue, _shown: MapState, key: str) -> Content:
    """The content, worked out once for all readers; `key` says everything that it rests on."""
    catalogue, shown = _catalogue, _shown
    indicator, year = shown.indicator, shown.year
    has_economies = "economies" in shown.layers
    series = catalogue.series(indicator.indicator_id, shown.economies)
    drawn = rows_of_year(shown, series, year) if has_economies else series.iloc[:0]
    around = catalogue.series(indicator.indicator_id, shown.neighbours)
    around = rows_of_year(shown, around, year) if has_economies else around.iloc[:0]
    more = [_other_rows(catalogue, shown)] if has_economies else []
    tables = layer_tables(catalogue, shown.selection)
    sizes = _sizes(catalogue, shown, tables)
    parts = [part for part in (drawn, around, *more, sizes) if len(part)]
    tables["ties"] = replace(tables["ties"], rows=ties_in_view(shown, tables["ties"].rows))
    return Content(
        series=series,
        drawn=drawn,
        sizes=sizes,
        rows=pd.concat(parts).reset_index(drop=True) if parts else drawn,
        tables=tables,
        subtitle=_subtitle(shown, drawn, around, tables),
        alt=_alt(catalogue, shown, drawn, tables),
    )


def title(shown: MapState) -> str:
    """The title of the card: what is shown, of when, across which part of the map."""
    indicator, window = shown.indicator, shown.window
    where = "the economies of the atlas" if shown.view == "world" else window.place
    if shown.year is None or "economies" not in shown.layers:
        named = [name for name in shown.layers if name not in ("economies", "borders")]
        layers = ", ".join(layer_name(name) for name in named)
        return f"{(layers[:1].upper() + layers[1:]) or 'Land'} across {where}"
    if shown.against is not None:
        first, last = sorted((shown.against, shown.year))
        if shown.mode == "difference":
            return f"{indicator.name}: change from {first} to {last}, across {where}"
        return f"{indicator.name}, {first} and {last}, across {where}"
    if shown.second is not None:
        return f"{indicator.name} and {shown.second.short_name}, {shown.year}, across {where}"
    return f"{indicator.name}, {shown.year}, across {where}"


def layer_name(name: str) -> str:
    """The title of a layer within a sentence."""
    title = LAYER_TITLES[name]
    return title[0].lower() + title[1:]


def _subtitle(
    shown: MapState,
    drawn: pd.DataFrame,
    around: pd.DataFrame,
    tables: dict[str, Layer],
) -> str:
    parts = []
    if "economies" in shown.layers:
        context = f" and {len(around)} neighbours for context" if len(around) else ""
        parts += [
            formats.axis_title(shown.indicator),
            f"{len(drawn)} of {len(shown.economies)} economies have a value{context}",
        ]
    counts = [
        f"{tables[name].shown} of {tables[name].total} {layer_name(name)}"
        for name in shown.layers
        if name in tables
    ]
    return " · ".join([*parts, *counts])


def _other_rows(catalogue: Catalogue, shown: MapState) -> pd.DataFrame:
    """Rows of the other year, or of the other indicator, that the map draws too."""
    places = (*shown.economies, *shown.neighbours)
    if shown.second is not None:
        rows = catalogue.series(shown.second.indicator_id, places)
        return rows_of_year(shown, rows, shown.year)
    rows = catalogue.series(shown.indicator.indicator_id, places)
    return rows_of_year(shown, rows, shown.against)


def _sizes(catalogue: Catalogue, shown: MapState, tables: dict[str, Layer]) -> pd.DataFrame:
    """The observations that size hubs or shade their regions, the newest of each."""
    wanted = {shown.size} if shown.size and "hubs" in shown.layers else set()
    shade = shown.selection.shade
    if "regions" in shown.layers and shade in catalogue.indicators:
        wanted.add(shade)
    hubs = list(tables["hubs"].rows["place_id"])
    parts = [
        catalogue.series(key, hubs).drop_duplicates("place_id", keep="last")
        for key in sorted(item for item in wanted if item)
    ]
    if "market" in shown.layers:
        parts.append(market_rows(catalogue, shown))
    return pd.concat(parts) if parts else catalogue.series(MARKET).iloc[:0]


def _alt(
    catalogue: Catalogue, shown: MapState, drawn: pd.DataFrame, tables: dict[str, Layer]
) -> str:
    parts = []
    if shown.year is not None and len(drawn):
        parts.append(describe_year(drawn, shown.indicator, shown.year, "Map"))
    if shown.mode == "difference" and shown.year and shown.against:
        first, last = sorted((shown.against, shown.year))
        series = catalogue.series(shown.indicator.indicator_id, shown.economies)
        changes = change_between(series, shown.indicator, first, last)
        if len(changes.rows):
            parts = [describe_year(changes.rows, changes.indicator, last, "Map of the change")]
    for name in ("hubs", "other_hubs", "clusters"):
        if name in shown.layers:
            names = ", ".join(tables[name].rows["name"]) or "none"
            parts.append(f"{LAYER_TITLES[name]}: {names}.")
    for name in ("programme_regions", "fabs", "ties"):
        if name in shown.layers:
            parts.append(f"{tables[name].shown} {layer_name(name)}.")
    return " ".join(parts) or "Map of the economies without values."


def content_key(shown: MapState) -> str:
    """Everything that the card of a settled map rests on."""
    return str((shown.selection, shown.layers, shown.year, shown.against, shown.economies))


def with_regions(shown: MapState, tables: dict[str, Layer]) -> list[pd.DataFrame]:
    """The hubs whose regions are drawn: those of the belt, and the others where they are on."""
    others = [tables["other_hubs"].rows] if "other_hubs" in shown.layers else []
    return [tables["hubs"].rows, *others]


def has_regions(shown: MapState, tables: dict[str, Layer]) -> bool:
    """Is a region of a hub drawn?"""
    return any(len(hubs) for hubs in with_regions(shown, tables))
