"""What a map shows, with every choice settled that the reader left open."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.catalogue import BELT, Catalogue, Indicator
from dashboard.catalogue.address import Refusal
from dashboard.catalogue.belt import economies_of, size_indicators
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.layers import layers_on
from dashboard.catalogue.selection import (
    DEFAULT_INDICATOR,
    LAYERS,
    MAP_MODES,
    PROGRAMME_SHADES,
    REGION_SHADES,
    Selection,
)
from dashboard.charts.maps import HUB_VIEWS, VIEWS, View
from dashboard.transforms import default_year, years_of
from dashboard.transforms.earlier import nearest_earlier
from dashboard.ui import filters

DEFAULT_VIEW = "belt"
DEFAULT_SECOND = "researchers_per_million"
OTHER_SECOND = "fdi_inward_stock_gdp_unctad"
# Years between the two that a comparison starts with.
APART = 10
# Layers that the surroundings of one hub have on them, too: there is room for single places.
CLOSE_LAYERS = (
    "economies",
    "regions",
    "hubs",
    "other_hubs",
    "clusters",
    "programme_regions",
    "fabs",
    "borders",
)
CLOSE_SCALE = 2.5  # zoomed in so far, single places have room


@dataclass(frozen=True)
class MapState:
    """The map's selection with every open choice settled.

    `neighbours` are drawn like the economies, for context: counts, ranks and notes leave them out.
    `years_held` have a value, `years` are those of them in the range that the reader chose.
    `against` is the other year of a comparison of two, `second` the other indicator of a map of
    two; each is None where the mode has none.
    """

    selection: Selection
    indicator: Indicator
    second: Indicator | None
    economies: tuple[str, ...]
    neighbours: tuple[str, ...]
    years_held: tuple[int, ...]
    years: tuple[int, ...]
    year: int | None
    against: int | None
    mode: str
    view: str
    size: str | None
    layers: tuple[str, ...]

    @property
    def window(self) -> View:
        """The part of the world shown."""
        return VIEWS[self.view]

    @property
    def moves(self) -> bool:
        """True where a reader can move the map through the years."""
        return self.mode in ("one", "two_indicators")


@unless_own(1)
def economy_indicators(catalogue: Catalogue) -> list[str]:
    """Identifiers of the indicators that economies can be shaded or circled by.

    Places in a ranking are neither: the largest circle would be the last place.
    """
    return [
        key
        for key, indicator in catalogue.indicators.items()
        if indicator.aggregation != "index" and catalogue.places_with(key, "economy")
    ]


def resolve(catalogue: Catalogue, selection: Selection) -> tuple[MapState, list[Refusal]]:
    """Settle what the reader left open.

    Returns:
        What to show, and what was asked for that the map does not have.
    """
    refused: list[Refusal] = []
    size = selection.size
    if selection.indicator not in economy_indicators(catalogue):
        # A hub's indicator cannot shade economies; it can size the hubs.
        size = size or selection.indicator
        name = catalogue.indicator(selection.indicator).name
        if catalogue.places_with(selection.indicator, "economy"):
            reason = "places in a ranking are not drawn on a map; the economies show R&D."
        else:
            reason = (
                "it is measured for hubs, so it sizes them here where enough of them have it; "
                "the economies show R&D."
            )
        refused.append(Refusal("indicator", name, reason))
        selection = selection.with_(indicator=DEFAULT_INDICATOR, year=None)
    indicator = catalogue.indicator(selection.indicator)
    economies = economies_of(catalogue, in_focus=True)
    neighbours = economies_of(catalogue, in_focus=False)
    # Hubs among the places choose hubs; they leave the economies behind them as they are. A
    # neighbour that the reader chose counts like any economy.
    chosen = [key for key in (*economies, *neighbours) if key in selection.places]
    neighbours = [] if chosen else neighbours
    chosen = chosen or economies
    rows = catalogue.series(indicator.indicator_id, chosen)
    held = years_of(rows)
    years = filters.in_range(held, selection)
    year = selection.year
    if year not in years:
        if year is not None:
            refused.append(
                Refusal(
                    "year",
                    str(year),
                    f"{indicator.short_name} has no value in "
                    "that year for the economies and years chosen; another year is shown.",
                )
            )
        year = default_year(rows[rows["year"].isin(years)])
    if size is not None and size not in size_indicators(catalogue):
        if size == selection.size and not refused:
            name = catalogue.indicator(size).name
            refused.append(
                Refusal(
                    "size",
                    name,
                    "too few hubs of the belt have it to be sized by it; they are drawn alike.",
                )
            )
        size = None
    mode = selection.mode if selection.mode in MAP_MODES else "one"
    if mode in ("two_years", "difference") and len(years) < 2:
        refused.append(
            Refusal("mode", mode, "there are not two years with a value; one year is shown.")
        )
        mode = "one"
    second = _second(catalogue, selection, indicator, refused) if mode == "two_indicators" else None
    against = None
    if mode in ("two_years", "difference"):
        against = _against(selection, years, year, refused)
    view = selection.view or DEFAULT_VIEW
    shade = _shade(catalogue, selection, refused)
    settled = selection.with_(
        year=year,
        view=view,
        size=size,
        mode=mode,
        second=second.indicator_id if second else selection.second,
        against=against or selection.against,
        shade=shade,
    )
    shown = MapState(
        selection=settled,
        indicator=indicator,
        second=second,
        economies=tuple(chosen),
        neighbours=tuple(neighbours),
        years_held=tuple(held),
        years=tuple(years),
        year=year,
        against=against,
        mode=mode,
        view=view,
        size=size,
        layers=_with_event(catalogue, settled, map_layers(settled)),
    )
    return _with_programme_shade(shown), refused


def _with_programme_shade(shown: MapState) -> MapState:
    """Where programme regions are on the map, the address says what gives them their colour."""
    if "programme_regions" not in shown.layers:
        return shown
    shade = shown.selection.programme_shade or PROGRAMME_SHADES[0]
    return replace(shown, selection=shown.selection.with_(programme_shade=shade))


def _with_event(
    catalogue: Catalogue, selection: Selection, layers: tuple[str, ...]
) -> tuple[str, ...]:
    """The layers, and the one that holds the place of the event chosen, so that it lights up."""
    if selection.event is None:
        return layers
    place = catalogue.places[catalogue.events[selection.event].place_id]
    if place.kind == "hub":
        needed = "hubs" if place.parent_id == BELT else "other_hubs"
    else:
        needed = {"cluster": "clusters", "programme_region": "programme_regions"}.get(
            place.kind, ""
        )
    return tuple(name for name in LAYERS if name in layers or name == needed)


def map_layers(selection: Selection) -> tuple[str, ...]:
    """The layers on the map: those chosen, those of the scale, or single places from close by."""
    is_open = not selection.layers and not selection.governance_scale
    scale = float(selection.window.split(",")[3]) if selection.window else 1.0
    if is_open and (selection.view in HUB_VIEWS or scale >= CLOSE_SCALE):
        return CLOSE_LAYERS
    return layers_on(selection)


def _second(
    catalogue: Catalogue, selection: Selection, indicator: Indicator, refused: list[Refusal]
) -> Indicator:
    """The other indicator of a map of two: never the same one twice, nor two levels."""
    usual = DEFAULT_SECOND if indicator.indicator_id != DEFAULT_SECOND else OTHER_SECOND
    key = selection.second
    if key is None:
        return catalogue.indicator(usual)
    other = catalogue.indicator(key)
    reason = ""
    if key == indicator.indicator_id:
        reason = "it is the first indicator already; another is shown with it."
    elif key not in economy_indicators(catalogue):
        reason = "it cannot be drawn for economies; another is shown with it."
    elif not other.is_relative and not indicator.is_relative:
        reason = "both are amounts, which would be circles in circles; a rate is shown with it."
    if not reason:
        return other
    refused.append(Refusal("second", other.name, reason))
    return catalogue.indicator(usual)


def _against(
    selection: Selection, years: list[int], year: int | None, refused: list[Refusal]
) -> int:
    """The year that another is compared with: the one asked for, or about ten years earlier."""
    asked = selection.against
    if asked in years and asked != year:
        return int(asked)
    newest = year if year is not None else years[-1]
    earlier = [item for item in years if item <= newest - APART]
    usual = earlier[-1] if earlier else next(item for item in years if item != newest)
    if asked is not None:
        reason = (
            "it is the year shown already"
            if asked == year
            else "no economy chosen has a value in that year"
        )
        refused.append(Refusal("against", str(asked), f"{reason}; {usual} is compared."))
    return usual


def _shade(catalogue: Catalogue, selection: Selection, refused: list[Refusal]) -> str:
    """What shades the regions of the hubs: hub, type of industry, programme, or a value."""
    shade = selection.shade or REGION_SHADES[0]
    if shade in REGION_SHADES or shade in size_indicators(catalogue):
        return shade
    name = catalogue.indicator(shade).name
    refused.append(
        Refusal(
            "shade",
            name,
            "too few hubs of the belt have it to shade their regions; they are shaded alike.",
        )
    )
    return REGION_SHADES[0]


def rows_of_year(shown: MapState, rows: pd.DataFrame, year: int | None) -> pd.DataFrame:
    """The rows drawn in a year, values of earlier years within the tolerance among them."""
    if year is None:
        return rows.iloc[:0]
    found = nearest_earlier(rows, [year], shown.selection.tolerance)
    del found["shown_year"]
    return found
