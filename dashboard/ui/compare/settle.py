"""What the compare page shows, with every choice settled that the reader left open."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue import Catalogue, Indicator
from dashboard.catalogue.address import Refusal
from dashboard.catalogue.belt import focus_first
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.selection import Selection
from dashboard.transforms import default_base, default_year
from dashboard.transforms.reading import WITH_BASE_YEAR, base_years
from dashboard.transforms.years import default_first
from dashboard.ui import filters

PAGE = "compare"
VIEWS = {
    "line": "Lines",
    "ranking": "Ranked bars",
    "slope": "Slope",
    "dumbbell": "Dumbbell",
    "rank_over_time": "Rank over time",
    "multiples": "Small multiples",
    "heat": "Heat map",
    "distribution": "Distribution",
    "scatter": "Scatter",
    "connected": "Connected scatter",
    "parts": "Parts of a whole",
    "statistics": "Statistics",
    "table": "Table",
}
# Views that show one year, and those that set it against another.
YEAR_VIEWS = ("ranking", "distribution", "scatter")
SPAN_VIEWS = ("slope", "dumbbell")
# Views of two indicators at once: the first and the second of those chosen.
PAIR_VIEWS = ("scatter", "connected")
MOST_PLACES = 12
ORDERS_KEPT = 256
FEWEST_PLACES = 2
SUGGESTED = ("JPN", "KOR", "CHN", "TWN", "SGP", "IND")
# What most economies have for most years, to set beside an indicator that stands alone.
USUAL_SECOND = ("gdp_pcap_ppp_const2021", "rd_expenditure_gdp")


@dataclass(frozen=True)
class CompareState:
    """The page's selection with every open choice settled.

    Attributes:
        selection: with everything settled written into it.
        view: one of `VIEWS`.
        indicators: the indicator of the filter bar and those chosen besides, up to four.
        offered: the places that can be chosen, the highest latest value first.
        everyone: those of them that are of the first one's kind and in the focus of the atlas.
        places: the places compared, in the order chosen.
        absent: places asked for that have no value of the first indicator.
        years: the years in the chosen range that the first indicator has for the places.
        year: the year that views of one year show; None without values.
        against: the year that it is set against; None where there is no second one.
        base: the first year of an index or a growth; None where nothing needs one.
    """

    selection: Selection
    view: str
    indicators: tuple[Indicator, ...]
    offered: tuple[str, ...]
    everyone: tuple[str, ...]
    places: tuple[str, ...]
    absent: tuple[str, ...]
    years: tuple[int, ...]
    year: int | None
    against: int | None
    base: int | None

    @property
    def indicator(self) -> Indicator:
        """The indicator of the filter bar."""
        return self.indicators[0]


@unless_own(1)
def comparable_indicators(catalogue: Catalogue) -> list[str]:
    """Identifiers of the indicators that can be drawn for some place."""
    return list(places_by_indicator(catalogue))


@unless_own(1)
def places_by_indicator(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """The places that each indicator can be drawn for, of those that have any."""
    held = {key: frozenset(catalogue.places_with(key)) for key in catalogue.indicators}
    return {key: places for key, places in held.items() if places}


def settle(catalogue: Catalogue, selection: Selection) -> tuple[CompareState, list[Refusal]]:
    """The state of the page, and what of the selection could not be shown."""
    refused: list[Refusal] = []
    view = selection.view or "line"
    indicator = catalogue.indicator(selection.indicator)
    offered = _offered(catalogue, selection, indicator)
    places, absent = _places(catalogue, selection, offered, refused)
    also = _also(catalogue, selection, view, offered, refused)
    rows = catalogue.series(indicator.indicator_id, places)
    years = filters.shown_years(rows, selection)
    rows = rows[rows["year"].isin(years)]
    year = _year(selection, indicator, rows, years, refused)
    against = _against(selection, view, rows, years, year, refused)
    # A link of an earlier version says "base" alone and means an index.
    transform = selection.transform or ("index" if selection.base is not None else None)
    base = _base(selection, indicator, transform, rows, refused)
    settled = selection.with_(
        view=view,
        also=tuple(also),
        year=year,
        against=against if view in (*SPAN_VIEWS, "ranking") else selection.against,
        transform=transform,
        base=base,
    )
    state = CompareState(
        selection=settled,
        view=view,
        indicators=(indicator, *(catalogue.indicator(key) for key in also)),
        offered=tuple(offered),
        everyone=tuple(_everyone(catalogue, indicator, offered)),
        places=tuple(places),
        absent=tuple(absent),
        years=tuple(years),
        year=year,
        against=against,
        base=base,
    )
    return state, refused


def _offered(catalogue: Catalogue, selection: Selection, indicator: Indicator) -> list[str]:
    """Places with the indicator, those of the atlas first, then the highest latest value."""
    anywhere = selection.with_(places=())
    of_hubs = catalogue.kind_of(indicator.indicator_id) in ("hub", "cluster")
    return [
        key
        for key in _newest_first(catalogue, indicator.indicator_id)
        if not of_hubs or anywhere.keeps(catalogue.places[key])
    ]


@unless_own(ORDERS_KEPT)
def _newest_first(catalogue: Catalogue, indicator_id: str) -> tuple[str, ...]:
    """All places with the indicator in the order in which they are offered."""
    newest = catalogue.series(indicator_id).drop_duplicates("place_id", keep="last")
    newest = newest.sort_values("value", ascending=False, kind="stable")
    return tuple(focus_first(newest["place_id"], catalogue))


def _everyone(catalogue: Catalogue, indicator: Indicator, offered: list[str]) -> list[str]:
    """All places of the kind that the indicator is mostly measured for."""
    kind = catalogue.kind_of(indicator.indicator_id)
    places = catalogue.places
    return [key for key in offered if places[key].kind == kind and places[key].in_focus]


def _places(
    catalogue: Catalogue, selection: Selection, offered: list[str], refused: list[Refusal]
) -> tuple[list[str], list[str]]:
    """The places to compare, and those asked for that have no value.

    Without a choice it is a suggested set; a choice is never replaced by other places.
    """
    chosen = [key for key in selection.places if key in offered]
    absent = [key for key in selection.places if key not in offered]
    if not selection.places:
        suggested = [key for key in SUGGESTED if key in offered]
        return (suggested if len(suggested) >= FEWEST_PLACES else offered[:MOST_PLACES]), []
    for key in chosen[MOST_PLACES:]:
        reason = f"up to {MOST_PLACES} places can be compared; it is left out."
        refused.append(Refusal("places", catalogue.label(key), reason))
    return chosen[:MOST_PLACES], absent


def _also(
    catalogue: Catalogue,
    selection: Selection,
    view: str,
    offered: list[str],
    refused: list[Refusal],
) -> list[str]:
    """The indicators beside the first one; a view of two gets a usual second one."""
    kept = []
    for key in selection.also:
        name = catalogue.indicators[key].name
        if key == selection.indicator:
            reason = "it is the first indicator already; it is shown once."
        elif not set(catalogue.places_with(key)) & set(offered):
            reason = "no place has both it and the first indicator; it is left out."
        else:
            kept.append(key)
            continue
        refused.append(Refusal("also", name, reason))
    if view in PAIR_VIEWS and not kept:
        usual = [key for key in USUAL_SECOND if key != selection.indicator]
        kept = [key for key in usual if set(catalogue.places_with(key)) & set(offered)][:1]
    return kept


def _year(
    selection: Selection,
    indicator: Indicator,
    rows: pd.DataFrame,
    years: list[int],
    refused: list[Refusal],
) -> int | None:
    if selection.year in years:
        return selection.year
    if selection.year is not None:
        reason = (
            f"{indicator.short_name} has no value in that year for the places and years chosen; "
            "another year is shown."
        )
        refused.append(Refusal("year", str(selection.year), reason))
    return default_year(rows)


def _against(
    selection: Selection,
    view: str,
    rows: pd.DataFrame,
    years: list[int],
    year: int | None,
    refused: list[Refusal],
) -> int | None:
    """The year to set the year shown against: the one chosen, or the first that most have."""
    if view not in (*SPAN_VIEWS, "ranking") or year is None:
        return None
    if selection.against in years and selection.against != year:
        return selection.against
    if selection.against is not None:
        reason = (
            "it is the year shown already; another is set against it."
            if selection.against == year
            else "no place chosen has a value in that year; another is set against it."
        )
        refused.append(Refusal("against", str(selection.against), reason))
    if view == "ranking":
        return None
    return default_first(rows[rows["year"] != year])


def _base(
    selection: Selection,
    indicator: Indicator,
    transform: str | None,
    rows: pd.DataFrame,
    refused: list[Refusal],
) -> int | None:
    """The year that an index or a growth starts from: the one chosen, or one that most have."""
    if transform not in WITH_BASE_YEAR:
        return None
    usable = base_years(rows, transform, indicator)
    if selection.base in usable or not usable:
        return selection.base if selection.base in usable else None
    first = default_base(rows)
    usual = first if first in usable else usable[0]
    if selection.base is not None:
        reason = f"no place chosen has a usable value in that year; {usual} is taken as the base."
        refused.append(Refusal("base", str(selection.base), reason))
    return usual
