"""What the page on small firms shows, with every choice settled that the reader left open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue import Catalogue, Indicator
from dashboard.catalogue.address import Refusal
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.comparable_part import only_comparable
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.sme_answer import economies_with_answer
from dashboard.catalogue.sme_facts import paper_figures, sme_conflicts
from dashboard.catalogue.sme_laws import LAW_SECTORS, LIMITS
from dashboard.catalogue.sme_measures import (
    DEFAULT_SHARE,
    Measure,
    measure_of,
    scopes_of,
    share_indicators,
    shares,
)
from dashboard.transforms import default_year
from dashboard.ui import filters

PAGE = "smes"
VIEWS = {
    "over_time": "Shares over time",
    "one_year": "One year",
    "importance": "How important?",
    "definitions": "Who counts as an SME",
    "sectors": "Largest sectors",
    "papers": "Papers and conflicts",
}
# Views of a share of several places.
SHARE_VIEWS = ("over_time", "one_year")
MOST_PLACES = 12
SUGGESTED = 6
DEFAULT_ECONOMY = "JPN"
# Region of the economies that the atlas has for comparison with those of Asia.
COMPARATOR = "Comparator"


@dataclass(frozen=True, eq=False)
class SmeState:
    """The page's selection with every open choice settled.

    Attributes:
        selection: with everything settled written into it.
        view: one of `VIEWS`.
        indicator: the share shown.
        measure: what SMEs have that share of.
        scopes: the sectors that the share can be asked for.
        offered: places that the filter bar offers in this view.
        places: places shown, in the order chosen; in views other than of shares none means all.
        absent: places asked for that have nothing to show here.
        every_year: rows of the share in all years, of the places shown.
        rows: rows drawn, in the chosen years; only those that compare where that is asked for.
        judged: what the catalogue says of the rows set side by side.
        dropped: what "only what compares" left out.
        years: years of the share in the chosen range.
        year: the year of the view of one year; None without values.
        economy: the economy asked about.
    """

    selection: Selection
    view: str
    indicator: Indicator
    measure: Measure
    scopes: tuple[str, ...]
    offered: tuple[str, ...]
    places: tuple[str, ...]
    absent: tuple[str, ...]
    every_year: pd.DataFrame
    rows: pd.DataFrame
    judged: tuple[Finding, ...]
    dropped: tuple[Finding, ...]
    years: tuple[int, ...]
    year: int | None
    economy: str

    @property
    def has_none(self) -> bool:
        """True where places are asked for and none of them has anything to show."""
        return bool(self.absent) and not self.places

    @property
    def link(self) -> Selection:
        """The view written out, so that a link does not change when suggestions or data do.

        Where the reader has chosen no places and all are drawn, they are more than can be chosen.
        """
        is_of_all = self.view == "one_year" and not self.selection.places
        if self.view not in SHARE_VIEWS or is_of_all:
            return self.selection
        span = {"first_year": self.years[0], "last_year": self.years[-1]} if self.years else {}
        return self.selection.with_(places=(*self.places, *self.absent), **span)


def settle(
    catalogue: Catalogue, selection: Selection, *, asked: Collection[str] = ()
) -> tuple[SmeState, list[Refusal]]:
    """The state of the page, and what of the selection could not be shown.

    Args:
        catalogue: holds the values.
        selection: what the reader has chosen, on this page or another.
        asked: the parameters of the address: an indicator, place or year that was chosen on
            another page is replaced without a word where no share of small firms has it.
    """
    refused: list[Refusal] = []
    view = selection.view or "over_time"
    selection = _with_share(catalogue, selection, refused if "indicator" in asked else [])
    indicator = catalogue.indicator(selection.indicator)
    measure = measure_of(selection.indicator)
    assert measure is not None  # a share has one
    scopes = scopes_of(catalogue, indicator.indicator_id)
    if view == "definitions":
        scopes = list(LAW_SECTORS)
    scope = selection.scope
    if scope is not None and scope not in scopes and view in (*SHARE_VIEWS, "definitions"):
        what = "limits" if view == "definitions" else indicator.name
        refused.append(
            Refusal("scope", scope, f"no source gives {what} for these sectors; all are shown.")
        )
        scope = None
    rows = shares(catalogue, indicator.indicator_id, scope if view in SHARE_VIEWS else None)
    offered = _offered(catalogue, view, rows)
    places, absent = _places(catalogue, selection, view, offered, rows, refused)
    order = {key: at for at, key in enumerate(places)}
    own = rows[rows["place_id"].isin(places)]
    own = own.assign(_order=own["place_id"].map(order)).sort_values(["_order", "year"])
    own = own.drop(columns="_order").reset_index(drop=True)
    years = filters.shown_years(own, selection)
    drawn = own[own["year"].isin(years)].reset_index(drop=True)
    year = _year(selection, view, indicator, drawn, years, refused if "year" in asked else [])
    beside = drawn[drawn["year"] == year].reset_index(drop=True) if view == "one_year" else drawn
    dropped: tuple[Finding, ...] = ()
    if selection.comparable and view in SHARE_VIEWS:
        kept = only_comparable(beside, catalogue)
        beside, dropped = kept.rows, kept.dropped
    judged = tuple(comparability(beside, catalogue)) if view in SHARE_VIEWS else ()
    economy = _economy(catalogue, selection, refused if "place" in asked else [], view)
    settled = selection.with_(
        view=view,
        scope=scope,
        year=year if view in SHARE_VIEWS else selection.year,
        place=economy if view == "importance" else selection.place,
        limit=(selection.limit or next(iter(LIMITS))) if view == "definitions" else selection.limit,
    )
    state = SmeState(
        selection=settled,
        view=view,
        indicator=indicator,
        measure=measure,
        scopes=tuple(scopes),
        offered=tuple(offered),
        places=tuple(places),
        absent=tuple(absent),
        every_year=own,
        rows=beside,
        judged=judged,
        dropped=dropped,
        years=tuple(years),
        year=year,
        economy=economy,
    )
    return state, refused


def _with_share(catalogue: Catalogue, selection: Selection, refused: list[Refusal]) -> Selection:
    """The selection with a share of small firms as its indicator."""
    if selection.indicator in share_indicators(catalogue):
        return selection
    share = catalogue.indicator(DEFAULT_SHARE).name
    reason = f"it is no share of small and medium firms in an economy; {share} is shown."
    refused.append(Refusal("indicator", catalogue.indicator(selection.indicator).name, reason))
    return selection.with_(indicator=DEFAULT_SHARE)


def _offered(catalogue: Catalogue, view: str, rows: pd.DataFrame) -> list[str]:
    """Places that a view has something for, those of the atlas first, then by name."""
    if view in SHARE_VIEWS:
        held = set(rows["place_id"])
    elif view == "importance":
        return economies_with_answer(catalogue)
    elif view == "papers":
        held = {*paper_figures(catalogue)["place_id"], *sme_conflicts(catalogue)["place_id"]}
    else:
        table = "definitions" if view == "definitions" else "manufacturing_sectors"
        held = set(catalogue.table(table)["economy"])
    places = [catalogue.places[key] for key in held]
    places.sort(key=lambda place: (not place.in_focus, place.kind != "economy", place.name))
    return [place.place_id for place in places]


def _places(
    catalogue: Catalogue,
    selection: Selection,
    view: str,
    offered: list[str],
    rows: pd.DataFrame,
    refused: list[Refusal],
) -> tuple[list[str], list[str]]:
    """The places to show, and those asked for that have nothing here.

    Without a choice lines show the economies of Asia with most years, and a year shows all
    economies of the atlas; a choice is never replaced by other places.
    """
    chosen = [key for key in selection.places if key in offered]
    absent = [key for key in selection.places if key not in offered]
    if view not in SHARE_VIEWS:
        return chosen, absent
    if selection.places:
        for key in chosen[MOST_PLACES:]:
            reason = f"up to {MOST_PLACES} places can be shown; it is left out."
            refused.append(Refusal("places", catalogue.label(key), reason))
        return chosen[:MOST_PLACES], absent
    usual = [
        key
        for key in offered
        if catalogue.places[key].in_focus and catalogue.places[key].kind == "economy"
    ] or offered
    if view == "one_year":
        return usual, []
    years = rows.groupby("place_id")["year"].nunique()
    of_asia = [key for key in usual if catalogue.places[key].region != COMPARATOR] or usual
    longest = sorted(of_asia, key=lambda key: -years[key])[:SUGGESTED]
    return [key for key in usual if key in longest], []


def _year(
    selection: Selection,
    view: str,
    indicator: Indicator,
    rows: pd.DataFrame,
    years: list[int],
    refused: list[Refusal],
) -> int | None:
    if selection.year in years:
        return selection.year
    if selection.year is not None and view == "one_year":
        reason = (
            f"{indicator.short_name} has no value in that year for the places and years chosen; "
            "another year is shown."
        )
        refused.append(Refusal("year", str(selection.year), reason))
    return default_year(rows)


def _economy(catalogue: Catalogue, selection: Selection, refused: list[Refusal], view: str) -> str:
    """The economy asked about: the place open, the one it lies in, the first chosen, or Japan."""
    held = economies_with_answer(catalogue)
    open_place = catalogue.places[selection.place] if selection.place else None
    candidates = [selection.place] if selection.place else []
    candidates += list(open_place.economies) if open_place else []
    candidates += list(selection.places)
    found = next((key for key in candidates if key in held), DEFAULT_ECONOMY)
    if (
        open_place is not None
        and view == "importance"
        and found
        not in (
            open_place.place_id,
            *open_place.economies,
        )
    ):
        name = catalogue.places[found].name
        reason = f"the atlas holds no share of small firms there; {name} is shown."
        refused.append(Refusal("place", catalogue.label(open_place.place_id), reason))
    return found
