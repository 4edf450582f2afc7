"""What the page on upgrading shows, with every choice settled that the reader left open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import Refusal
from dashboard.catalogue.frameworks import Element, Framework, elements, framework
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.vocabulary import INDUSTRY_TYPES
from dashboard.transforms import years_of
from dashboard.ui import filters

PAGE = "upgrading"
VIEWS = {
    "types": "Types of upgrading",
    "capital": "Human and social capital",
    "industries": "Industry types",
    "products": "Products and production",
    "strategies": "Technology strategies",
    "capabilities": "Capabilities",
    "global_factory": "Global factory",
}
# The frameworks that each view explains, in the order in which their elements are offered.
FRAMEWORKS = {
    "types": ("upgrading_types", "upgrading_roads", "industrial_upgrading", "other_upgrading"),
    "capital": ("capital_by_case", "human_and_social_capital", "interactive_learning"),
    "industries": ("industry_types", "porter_diamond"),
    "products": ("product_specialisation", "production_types"),
    "strategies": ("technology_strategies", "innovation_kinds", "rd_categories"),
    "capabilities": ("soft_capabilities", "integrated_solutions", "firm_capabilities"),
    "global_factory": ("global_factory", "globalisation_of_innovation", "corporate_rd_abroad"),
}
INVESTMENT = (
    "fdi_net_inflows_gdp",
    "fdi_inward_flow_gdp_unctad",
    "fdi_inward_stock_gdp_unctad",
)
# Whom Ernst (2007) compares: China with Japan and Korea in their years of fast growth.
COMPARED = ("CHN", "JPN", "KOR")
MOST_PLACES = 8
WHOLE = "The frameworks of the papers are shown whole: filters do not apply."


@dataclass(frozen=True)
class UpgradingState:
    """The page's selection with every open choice settled.

    Attributes:
        selection: with everything settled written into it.
        view: one of `VIEWS`.
        frameworks: those that the view explains.
        of: the framework of the element that is open.
        element: the element that is open.
        types: the industry types that the filters keep, in the order of the vocabulary.
        indicator: the measure of foreign direct investment.
        places: economies whose investment is drawn.
        absent: places chosen that have no value of it.
    """

    selection: Selection
    view: str
    frameworks: tuple[Framework, ...]
    of: Framework
    element: Element
    types: tuple[str, ...]
    indicator: str
    places: tuple[str, ...]
    absent: tuple[str, ...]


def settle(
    catalogue: Catalogue, selection: Selection, asked: Collection[str]
) -> tuple[UpgradingState, list[Refusal]]:
    """The state of the page, and what of the selection could not be shown.

    Args:
        catalogue: holds the frameworks.
        selection: what the reader asked for.
        asked: parameters of the address. An element of another view is refused only if the
            address asks for both; one that is left from another view gives way.
    """
    refused: list[Refusal] = []
    held = elements(catalogue)
    chosen = selection.element
    view = selection.view or (view_of(chosen) if chosen else None) or next(iter(VIEWS))
    types = tuple(name for name in INDUSTRY_TYPES if name in selection.industry_type)
    types = types or INDUSTRY_TYPES
    offered = [key for key in held if key.partition(".")[0] in FRAMEWORKS[view]]
    offered.sort(key=lambda key: FRAMEWORKS[view].index(key.partition(".")[0]))
    if chosen and chosen not in offered:
        if {"view", "element"} <= set(asked):
            other = view_of(chosen)
            reason = (
                f"it belongs to the view “{VIEWS[other]}”; the first of this view is shown."
                if other
                else "this page does not explain its framework; the first of this view is shown."
            )
            refused.append(Refusal("element", chosen, reason))
        chosen = None
    if chosen is None or _is_filtered_out(chosen, types):
        chosen = next(key for key in offered if not _is_filtered_out(key, types))
    of, element = held[chosen]
    indicator = selection.indicator if selection.indicator in INVESTMENT else INVESTMENT[0]
    usable = catalogue.places_with(indicator, "economy")
    wanted = tuple(key for key in selection.places if key in usable)
    if view == "global_factory":
        reason = f"up to {MOST_PLACES} economies can be drawn here; it is left out."
        labels = [catalogue.label(key) for key in wanted[MOST_PLACES:]]
        refused += [Refusal("places", label, reason) for label in labels]
    shown = UpgradingState(
        selection=selection.with_(view=view, element=chosen),
        view=view,
        frameworks=tuple(framework(catalogue, key) for key in FRAMEWORKS[view]),
        of=of,
        element=element,
        types=types,
        indicator=indicator,
        places=wanted[:MOST_PLACES] or COMPARED,
        absent=tuple(key for key in selection.places if key not in usable),
    )
    return shown, refused


def view_of(element: str) -> str | None:
    """The view that explains an element, by its address; None for those of other pages."""
    own = element.partition(".")[0]
    return next((view for view, names in FRAMEWORKS.items() if own in names), None)


def _is_filtered_out(element: str, types: Collection[str]) -> bool:
    own, _, name = element.partition(".")
    return own == "industry_types" and name not in types


def bar(catalogue: Catalogue, shown: UpgradingState) -> tuple[filters.Bar, list[int]]:
    """The filter bar, with the reason for each filter that cannot apply; and the years."""
    hub_filters = (*filters.HUB_FILTERS, "industry")
    idle = {"year": "No single year is shown here."}
    hint = ""
    if shown.view == "industries":
        idle["range"] = "Places of an industry type have no years here."
        hint = "Industry types choose among the types; the other filters among their places."
    elif shown.view == "global_factory":
        idle |= dict.fromkeys(hub_filters, "Foreign investment is counted by economy.")
    else:
        idle |= dict.fromkeys(("places", "range", *hub_filters), WHOLE)
    made = filters.Bar(
        indicators=INVESTMENT,
        places=catalogue.places_with(shown.indicator, "economy"),
        most_places=MOST_PLACES if shown.view == "global_factory" else None,
        idle=idle,
        hint=hint,
        opens="global_factory",
    )
    return made, years_of(catalogue.series(shown.indicator))
