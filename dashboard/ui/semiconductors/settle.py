"""What the page on semiconductors shows, with every choice settled that the reader left open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.address import Refusal
from dashboard.catalogue.belt_claims import claims
from dashboard.catalogue.chip_counts import QUESTIONS, places_counted, questions_of, rows_of
from dashboard.catalogue.chip_hubs import chip_indicators, chip_series, hubs_with_chips
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.wholes import whole_of
from dashboard.ui import filters

PAGE = "semiconductors"
VIEWS = {
    "sales": "World sales",
    "capacity": "Capacity",
    "foundry": "Foundry",
    "chain": "Supply chain",
    "belt": "The belt's share",
    "hubs": "Hubs",
    "fabs": "Fabs",
    "ties": "Ties and events",
}
CHAPTERS = tuple(dict.fromkeys(question.chapter for question in QUESTIONS))
SALES = "semiconductor_billings"
WORLD = "wsts_world"
# What a hub has to do with to belong on this page.
CHIP_INDUSTRIES = ("semiconductors", "ic_design")
SHARE = "share_of_shown"
MOST_REGIONS = 5


@dataclass(frozen=True)
class SemiconductorState:
    """The page's selection with every open choice settled.

    Attributes:
        selection: as it is written into the address.
        view: one of `VIEWS`.
        offered: the places that the view can be narrowed to.
        inside: the selection with those of its places that the view offers.
        elsewhere: places chosen that the view does not have; they stay chosen for other pages.
        hub: the hub that is open in the view of hubs; None for all of them.
    """

    selection: Selection
    view: str
    offered: tuple[str, ...]
    inside: Selection
    elsewhere: tuple[str, ...]
    hub: Place | None

    @property
    def is_share(self) -> bool:
        """True where sales are drawn as shares of the world."""
        return self.selection.transform == SHARE


def settle(
    catalogue: Catalogue, selection: Selection, *, asked_place: bool = False
) -> tuple[SemiconductorState, list[Refusal]]:
    """The state of the page, and what of the selection could not be shown.

    Args:
        catalogue: holds the places.
        selection: what the reader asked for.
        asked_place: the address names a place, which is therefore meant for this page.
    """
    refused: list[Refusal] = []
    view = selection.view or next(iter(VIEWS))
    offered = _OFFERED[view](catalogue)
    hub = None
    if view == "hubs" and selection.place is not None:
        found = {place.place_id: place for place in hubs_with_chips(catalogue)}
        hub = found.get(selection.place)
        if hub is None and asked_place:
            reason = "the atlas has no yearly chip figure of it as a hub; all hubs are shown."
            refused.append(Refusal("place", catalogue.label(selection.place), reason))
    places = tuple(key for key in selection.places if key in offered)
    state = SemiconductorState(
        selection=selection.with_(view=view),
        view=view,
        offered=tuple(offered),
        inside=selection.with_(view=view, places=places),
        elsewhere=tuple(key for key in selection.places if key not in offered),
        hub=hub,
    )
    return state, refused


def bar(catalogue: Catalogue, shown: SemiconductorState) -> tuple[filters.Bar, list[int]]:
    """The filter bar, with the reason for each filter that cannot apply; and the years."""
    hub_filters = (*filters.HUB_FILTERS, "industry")
    idle = {"year": "Every year held is shown."}
    if shown.view == "sales":
        idle |= dict.fromkeys(hub_filters, "Industry and scale do not divide world sales.")
    elif shown.view in CHAPTERS:
        idle |= dict.fromkeys(hub_filters, "The counts are of economies and world regions.")
    elif shown.view == "belt":
        reason = "Every claim held is shown."
        idle |= dict.fromkeys(("places", "range", *hub_filters), reason)
    elif shown.view == "fabs":
        idle["range"] = "Fabs are chosen by the year they started, above the map."
    elif shown.hub is not None:
        idle |= dict.fromkeys(("places", *hub_filters), "One hub is shown.")
    hint = ""
    if shown.elsewhere and "places" not in idle:
        names = ", ".join(catalogue.label(key) for key in shown.elsewhere)
        hint = f"Chosen, but not in this view: {names}."
    made = filters.Bar(
        # What is chosen elsewhere is shown as it is: another would say that it was chosen.
        indicators=list(dict.fromkeys([shown.selection.indicator, *chip_indicators(catalogue)])),
        places=list(shown.offered),
        most_places=MOST_REGIONS if shown.view == "sales" else None,
        idle=idle,
        hint=hint,
        opens="hubs",
    )
    return made, years(catalogue, shown.view)


def years(catalogue: Catalogue, view: str) -> list[int]:
    """The years that a view has values of, in order."""
    if view in CHAPTERS:
        found: set[int] = set()
        for question in questions_of(view):
            for count in question.counts:
                found |= {int(year) for year in rows_of(catalogue, count)["year"]}
        return sorted(found)
    if view == "hubs":
        parts = [chip_series(catalogue, hub.place_id) for hub in hubs_with_chips(catalogue)]
        return sorted({int(year) for year in pd.concat(parts)["year"]})
    if view == "ties":
        return sorted({int(year) for year in catalogue.table("events")["year"]})
    return sorted({int(year) for year in catalogue.series(SALES, [WORLD])["year"]})


def hubs_kept(catalogue: Catalogue, shown: SemiconductorState) -> list[Place]:
    """The hubs with chip figures that the filters keep: one where one is open."""
    if shown.hub is not None:
        return [shown.hub]
    return [hub for hub in hubs_with_chips(catalogue) if shown.inside.keeps(hub)]


def of_chips(selection: Selection) -> Selection:
    """The same selection, of chip hubs where the reader has chosen no industry."""
    return selection.with_(industry=selection.industry or CHIP_INDUSTRIES)


def _regions(_: Catalogue) -> list[str]:
    whole = whole_of("chip_sales_by_region")
    return [whole.total_place, *whole.names]


def _counted(chapter: str) -> Callable[[Catalogue], Sequence[str]]:
    return lambda catalogue: places_counted(catalogue, chapter)


def _claimed(catalogue: Catalogue) -> list[str]:
    return list(dict.fromkeys(claims(catalogue)["place_id"]))


def _hubs(catalogue: Catalogue) -> list[str]:
    hubs = hubs_with_chips(catalogue)
    economies = dict.fromkeys(key for hub in hubs for key in hub.economies)
    return [*economies, *(hub.place_id for hub in hubs)]


def _with_fabs(catalogue: Catalogue) -> list[str]:
    table = catalogue.table("fabs")
    return [*dict.fromkeys(table["economy"]), *dict.fromkeys(filter(None, table["place_id"]))]


def _tied(catalogue: Catalogue) -> list[str]:
    links = catalogue.links()
    hubs = [
        place
        for place in catalogue.places_of_kind("hub")
        if place.place_id in {*links["from_place_id"], *links["to_place_id"]}
        or any(event.place_id == place.place_id for event in catalogue.events.values())
    ]
    economies = dict.fromkeys(key for hub in hubs for key in hub.economies)
    return [*economies, *(hub.place_id for hub in hubs)]


_OFFERED: dict[str, Callable[[Catalogue], Sequence[str]]] = {
    "sales": _regions,
    **{chapter: _counted(chapter) for chapter in CHAPTERS},
    "belt": _claimed,
    "hubs": _hubs,
    "fabs": _with_fabs,
    "ties": _tied,
}
