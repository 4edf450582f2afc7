"""The rows that the compare page draws: of each indicator, under the reader's choices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.catalogue import Catalogue, Indicator
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.comparable_part import only_comparable
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.provenance import SourceUse, source_uses
from dashboard.catalogue.reference import reference
from dashboard.transforms.reading import read
from dashboard.ui.compare.settle import SPAN_VIEWS, YEAR_VIEWS, CompareState


@dataclass(frozen=True, eq=False)
class Shown:
    """One indicator as it is drawn.

    Attributes:
        observed: its rows as the sources give them, in the years of the view; what is judged.
        every_year: all years of the places, for saying who lacks what.
        rows: the rows drawn, after the reader's transform.
        indicator: name and unit of what is drawn.
        findings: what the transform and "only what compares" left out.
        used: documents behind what the transform rests on, such as population.
        catalogue: judges the observed rows.
    """

    observed: pd.DataFrame
    every_year: pd.DataFrame
    rows: pd.DataFrame
    indicator: Indicator
    findings: tuple[Finding, ...]
    used: tuple[SourceUse, ...]
    catalogue: Catalogue

    @cached_property
    def judged(self) -> tuple[Finding, ...]:
        """What the catalogue says of the observed rows, the gravest first; judged when asked."""
        return tuple(comparability(self.observed, self.catalogue))

    @property
    def may_be_ordered(self) -> bool | None:
        """False where the rows do not compare; None leaves it to the rows drawn."""
        grave = any(finding.severity == "not_comparable" for finding in self.judged)
        return False if grave else None


def readings(catalogue: Catalogue, state: CompareState) -> list[Shown]:
    """Each indicator of the page as it is drawn, in the order chosen."""
    observed = [_observed(catalogue, state, item) for item in state.indicators]
    dropped: list[tuple[Finding, ...]] = [() for _ in observed]
    if state.selection.comparable:
        kept = [only_comparable(_judged(state, rows), catalogue) for rows in observed]
        observed = [
            rows[rows["place_id"].isin(part.rows["place_id"])] if _is_single(state) else part.rows
            for rows, part in zip(observed, kept, strict=True)
        ]
        dropped = [part.dropped for part in kept]
    return [
        _read(catalogue, state, item, rows.reset_index(drop=True), left)
        for item, rows, left in zip(state.indicators, observed, dropped, strict=True)
    ]


def group_of(state: CompareState) -> tuple[str, ...]:
    """The places that are drawn: all that can be for what says something of a whole group."""
    if state.view == "distribution" or (state.view == "statistics" and not state.selection.places):
        return state.everyone
    return state.places


def _is_single(state: CompareState) -> bool:
    return state.view in YEAR_VIEWS


def _observed(catalogue: Catalogue, state: CompareState, indicator: Indicator) -> pd.DataFrame:
    """Rows in the chosen range of years, places in the order chosen."""
    selection, places = state.selection, group_of(state)
    rows = catalogue.series(
        indicator.indicator_id, places, selection.first_year, selection.last_year
    )
    order = {key: at for at, key in enumerate(places)}
    return rows.sort_values(
        ["place_id", "year"],
        key=lambda cells: cells.map(order) if cells.name == "place_id" else cells,
    ).reset_index(drop=True)


def _judged(state: CompareState, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that the view sets beside each other."""
    if _is_single(state):
        return rows[rows["year"] == state.year]
    if state.view in SPAN_VIEWS:
        return rows[rows["year"].isin([state.year, state.against])]
    return rows


def _read(
    catalogue: Catalogue,
    state: CompareState,
    indicator: Indicator,
    observed: pd.DataFrame,
    dropped: tuple[Finding, ...],
) -> Shown:
    selection = state.selection
    every_year = catalogue.series(indicator.indicator_id, group_of(state))
    beside = _judged(state, observed)
    if observed.empty or not (selection.transform or selection.money):
        return Shown(beside, every_year, observed, indicator, dropped, (), catalogue)
    made = read(
        observed,
        indicator,
        catalogue.places,
        reference(catalogue),
        transform=selection.transform,
        money=selection.money,
        base_year=state.base,
        prices=selection.prices,
    )
    rows = (
        made.rows.assign(unit_drawn=made.indicator.unit) if "observed" in made.rows else made.rows
    )
    return Shown(
        beside,
        every_year,
        rows,
        made.indicator,
        (*dropped, *made.findings),
        tuple(
            use
            for what, group in made.used.groupby("what", sort=False)
            for use in source_uses(group, catalogue, str(what))
        ),
        catalogue,
    )
