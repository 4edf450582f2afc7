"""What the page of the programmes shows, with every choice settled that the reader left open."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import Refusal
from dashboard.catalogue.programme_amounts import programmes_shown
from dashboard.catalogue.selection import ARRANGEMENTS, Selection
from dashboard.transforms.programme_amounts import AGAINST, CURRENCIES
from dashboard.transforms.reading import MONEY_NAMES, TRANSFORM_NAMES

PAGE = "programmes"
VIEWS = {
    "timeline": "Timeline",
    "money": "Money",
    "regions": "Regions",
    "results": "Taking part, results",
    "ministries": "Two ministries",
}
# Views that show one programme where the reader has opened one.
OF_ONE = ("money", "regions", "results")
# Japan's economy ministry against its education ministry: the programmes that are compared.
MINISTRIES = ("jp_meti_icp", "jp_mext_kci")
# The first and the second; the third of the one has no counterpart.
TERMS_COMPARED = 2


@dataclass(frozen=True, eq=False)
class ProgrammesState:
    """The page's selection with every open choice settled.

    Attributes:
        selection: with everything settled written into it.
        view: one of `VIEWS`.
        programmes: rows of the programmes that pass the filters; the one that is open alone.
        total: how many programmes there are before filters.
        opened: the programme that is open in a view of one; None for all that pass.
    """

    selection: Selection
    view: str
    programmes: pd.DataFrame
    total: int
    opened: str | None

    @property
    def ids(self) -> list[str]:
        """Identifiers of the programmes shown."""
        return list(self.programmes["programme_id"])


def settle(catalogue: Catalogue, selection: Selection) -> tuple[ProgrammesState, list[Refusal]]:
    """The state of the page, and what of the selection could not be shown."""
    refused: list[Refusal] = []
    view = selection.view or "timeline"
    money, transform = selection.money, selection.transform
    if money not in CURRENCIES:
        # National currency is what the sources print.
        money = None
    if transform is not None and transform not in AGAINST:
        reason = "amounts of programmes have no series to take it from; they are shown as they are."
        refused.append(Refusal("transform", TRANSFORM_NAMES[transform], reason))
        transform = None
    if transform == "share_of_gdp" and money is not None:
        reason = "a share of GDP is the same in every currency; the currency is left out."
        refused.append(Refusal("money", MONEY_NAMES[money], reason))
        money = None
    settled = selection.with_(
        view=view,
        money=money,
        transform=transform,
        arrange=selection.arrange or ARRANGEMENTS[0],
    )
    opened = settled.programme if view in OF_ONE else None
    table = catalogue.table("programmes")
    shown = programmes_shown(catalogue, settled)
    if opened is not None:
        shown = programmes_shown(catalogue, Selection())
        shown = shown[shown["programme_id"] == opened].reset_index(drop=True)
    elif view == "ministries":
        shown = programmes_shown(catalogue, Selection())
        shown = shown[shown["family_id"].isin(MINISTRIES)].sort_values(["family_id", "start_year"])
        shown = shown.groupby("family_id").head(TERMS_COMPARED).reset_index(drop=True)
    return ProgrammesState(settled, view, shown, len(table), opened), refused
