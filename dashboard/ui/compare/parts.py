"""The parts of a whole on the compare page: one card for each place, or for the world."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.wholes import WHOLES, Whole, parts_findings, parts_of, whole_of
from dashboard.charts import formats
from dashboard.charts.alt_text import describe_parts
from dashboard.charts.parts import stacked
from dashboard.charts.theme import Theme
from dashboard.ui.compare.readings import Shown
from dashboard.ui.compare.settle import CompareState
from dashboard.ui.compare.sheet import NothingToShowError, Sheet, Words, as_sheet

MOST_CARDS = 4
# With fewer years an area would be drawn between years far apart; bars say which years there are.
FEWEST_FOR_AREA = 8


def whole_shown(state: CompareState) -> Whole:
    """The whole chosen; else the one that the indicator is a part of, or the first."""
    if state.selection.whole is not None:
        return whole_of(state.selection.whole)
    mine = [whole for whole in WHOLES if state.selection.indicator in whole.indicators]
    return (mine or WHOLES)[0]


def parts(
    catalogue: Catalogue, state: CompareState, shown: list[Shown], look: Theme
) -> list[Sheet]:
    """A card for each place that has the parts, up to `MOST_CARDS`; one of a whole of places.

    Raises:
        NothingToShowError: if no place chosen has a year that can be stacked.
    """
    whole = whole_shown(state)
    places = [whole.total_place or next(iter(whole.names))] if whole.places else state.places
    cards: list[Sheet] = []
    for place_id in places:
        made = _card(catalogue, state, whole, place_id, look, len(cards))
        if made is not None and len(cards) < MOST_CARDS:
            cards.append(made)
    if not cards:
        raise NothingToShowError(
            f"No place chosen has a year with all parts of {whole.name}.",
            "Choose another whole, other places or other years.",
        )
    return cards


def _card(
    catalogue: Catalogue,
    state: CompareState,
    whole: Whole,
    place_id: str,
    look: Theme,
    number: int,
) -> Sheet | None:
    rows = parts_of(catalogue, whole, place_id)
    first, last = state.selection.first_year, state.selection.last_year
    inside = rows["year"].notna()
    if first is not None:
        inside &= rows["year"] >= first
    if last is not None:
        inside &= rows["year"] <= last
    rows = rows[inside].reset_index(drop=True)
    drawn = rows[rows["remainder"].notna()]
    if drawn.empty:
        return None
    indicator = catalogue.indicator(whole.indicators[0])
    years = drawn["year"].nunique()
    span = formats.years(int(drawn["year"].min()), int(drawn["year"].max()))
    where = "" if whole.places else f", {catalogue.label(place_id)}"
    figure = stacked(
        rows,
        indicator,
        whole.names,
        look,
        kind="area" if years >= FEWEST_FOR_AREA else "bar",
        share=False,
    )
    words = Words(
        title=f"{whole.name}{where}",
        subtitle=f"{formats.axis_title(indicator)} · {span}",
        alt=describe_parts(rows, f"{whole.name}{where}"),
        rows=rows,
        findings=[*parts_findings(rows, whole), *_judged(catalogue, rows)],
    )
    return as_sheet(state, words, figure, number)


def _judged(catalogue: Catalogue, rows: pd.DataFrame) -> list[Finding]:
    """What the catalogue says of the rows; parts differ on purpose, so only cautions count."""
    return [item for item in comparability(rows, catalogue) if item.severity != "not_comparable"]
