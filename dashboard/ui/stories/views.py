"""The view of a step, drawn by the page that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import Refusal
from dashboard.catalogue.selection import Selection
from dashboard.ui import map_page
from dashboard.ui.compare import page as compare_page
from dashboard.ui.compare import settle as compare
from dashboard.ui.place import value_chain
from dashboard.ui.programmes import page as programmes_page
from dashboard.ui.programmes import settle as programmes
from dashboard.ui.semiconductors import page as semiconductors_page
from dashboard.ui.semiconductors import settle as semiconductors
from dashboard.ui.smes import page as smes_page
from dashboard.ui.smes import settle as smes
from dashboard.ui.upgrading import page as upgrading_page
from dashboard.ui.upgrading import settle as upgrading

# Draws what was settled, and what of it could not be shown.
Settled = tuple[Callable[[], None], list[Refusal]]


@dataclass(frozen=True)
class StepPage:
    """A page whose views a step can show.

    Attributes:
        title: its name in the navigation.
        views: the views that it has.
        settle: settles a selection, given the parameters that the address names.
    """

    title: str
    views: Collection[str]
    settle: Callable[[Catalogue, Selection, Collection[str]], Settled]


def _map(catalogue: Catalogue, selection: Selection, _: Collection[str]) -> Settled:
    shown, refused = map_page.resolve(catalogue, selection)
    return lambda: map_page.draw(catalogue, shown), refused


def _compare(catalogue: Catalogue, selection: Selection, _: Collection[str]) -> Settled:
    shown, refused = compare.settle(catalogue, selection)
    return lambda: compare_page.draw(catalogue, shown), refused


def _smes(catalogue: Catalogue, selection: Selection, asked: Collection[str]) -> Settled:
    shown, refused = smes.settle(catalogue, selection, asked=asked)
    return lambda: smes_page.draw(catalogue, shown), refused


def _programmes(catalogue: Catalogue, selection: Selection, _: Collection[str]) -> Settled:
    shown, refused = programmes.settle(catalogue, selection)
    return lambda: programmes_page.draw(catalogue, shown), refused


def _semiconductors(catalogue: Catalogue, selection: Selection, asked: Collection[str]) -> Settled:
    shown, refused = semiconductors.settle(catalogue, selection, asked_place="place" in asked)
    return lambda: semiconductors_page.draw(catalogue, shown), refused


def _upgrading(catalogue: Catalogue, selection: Selection, asked: Collection[str]) -> Settled:
    shown, refused = upgrading.settle(catalogue, selection, asked)
    # The element beside the drawings says in words what the step says.
    return lambda: upgrading_page.DRAWINGS[shown.view](catalogue, shown), refused


def _chain(catalogue: Catalogue, selection: Selection, _: Collection[str]) -> Settled:
    # A step about a hub or cluster is about who learns from whom there.
    place = catalogue.place(selection.place or "")
    return lambda: value_chain.draw(catalogue, place, selection), []


PAGES = {
    map_page.PAGE: StepPage("Map", map_page.VIEW_NAMES, _map),
    compare.PAGE: StepPage("Compare", compare.VIEWS, _compare),
    smes.PAGE: StepPage("SMEs", smes.VIEWS, _smes),
    programmes.PAGE: StepPage("Programmes", programmes.VIEWS, _programmes),
    semiconductors.PAGE: StepPage("Semiconductors", semiconductors.VIEWS, _semiconductors),
    upgrading.PAGE: StepPage("Upgrading", upgrading.VIEWS, _upgrading),
    "cluster": StepPage("Clusters", (), _chain),
    "hub": StepPage("Hubs", (), _chain),
}
"""The pages whose views steps show, by address."""
