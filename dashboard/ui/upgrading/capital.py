"""The four cases between human and social capital, and where the two papers differ."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.capital import CASES, FIELDS, HUMAN, SOCIAL, positions
from dashboard.catalogue.findings import Finding, Severity
from dashboard.catalogue.frameworks import framework
from dashboard.charts.capital import Corner, Spot, capital_plane, describe_capital
from dashboard.charts.theme import Theme
from dashboard.ui import card, markup
from dashboard.ui.figures import source_details
from dashboard.ui.place import told
from dashboard.ui.semiconductors.parts import drawn
from dashboard.ui.terms import marked
from dashboard.ui.upgrading.parts import Words, card_of, opener, place_links
from dashboard.ui.upgrading.settle import UpgradingState


def draw(catalogue: Catalogue, shown: UpgradingState) -> None:
    """The plane of both ratings in its card."""
    of = framework(catalogue, "human_and_social_capital")
    fields = {item.element_id: item for item in of.elements}
    corners = {
        ratings: Corner(fields[name].name, of.address(fields[name]))
        for ratings, name in FIELDS.items()
    }
    held = positions(catalogue)
    spots = _spots(catalogue, held, None)
    verdicts = _verdicts(catalogue)
    moved = {case for case in held["case"] if sum(spot.case == case for spot in spots) > 1}
    words = Words(
        key="capital",
        title="Where the papers put the four cases",
        subtitle="Social capital across, human capital upwards, as Chaminade and Vang rate them · "
        "dashed: their papers, or passages of one, differ",
        alt=describe_capital(spots),
        sentence=f"{_listed(sorted(set(held['case']) - moved))} stand in one field in both papers; "
        f"{_listed(sorted(moved))} do not.",
        findings=_findings(catalogue, moved),
        rows=verdicts,
        data=verdicts.drop(columns="name"),
        table=lambda: _table(catalogue, verdicts),
        what="verdict",
    )
    card.draw(
        card_of(shown, catalogue, words),
        drawn(
            ("upgrading_capital",),
            lambda look: capital_plane(_spots(catalogue, held, look), corners, look),
        ),
        catalogue,
        listeners=opener(),
    )


def _listed(names: list[str]) -> str:
    return " and ".join(names)


def _spots(catalogue: Catalogue, held: pd.DataFrame, look: Theme | None) -> list[Spot]:
    """A spot for each case and field, with all papers that put it there."""
    newest = {key: source.year or 0 for key, source in catalogue.sources.items()}
    last = max(newest[key] for key in held["source_id"])
    spots = []
    groups = held.groupby(["element_id", "human", "social"], sort=False)
    for (element_id, human, social), rows in groups:
        place = catalogue.places[rows["place_id"].iloc[0]]
        said = [_said_by(row, newest[row.source_id]) for row in rows.itertuples()]
        spots.append(
            Spot(
                case=rows["case"].iloc[0],
                said_by=" and ".join(said),
                human=str(human),
                social=str(social),
                colour=look.industry_types[place.industry_type] if look else "",
                key=f"{CASES}.{element_id}",
                is_newest=any(newest[key] == last for key in rows["source_id"]),
            )
        )
    return spots


def _said_by(row: Any, year: int) -> str:
    """The year of a paper, and which passage of it where it says two things."""
    passage = row.passage
    if not passage:
        return str(year)
    return f"{year}, table" if passage.startswith("Table") else f"{year}, text"


def _findings(catalogue: Catalogue, moved: set[str]) -> list[Finding]:
    """What the curators say of the papers' differences; first of the cases that they move."""
    found = []
    for case in framework(catalogue, CASES).elements:
        for item in case.said("disagreement"):
            severity: Severity = "caution" if case.name in moved else "note"
            found.append(Finding(severity, "papers_disagree", f"{case.name}: {item.text}"))
    return sorted(found, key=lambda item: item.severity != "caution")


def _verdicts(catalogue: Catalogue) -> pd.DataFrame:
    """The verdicts on both kinds of capital of the four cases, as the tables hold them."""
    profiles = catalogue.table("profiles")
    cases = {
        key: case.name for case in framework(catalogue, CASES).elements for key in case.place_ids
    }
    rows = profiles[
        profiles["dimension"].isin((HUMAN, SOCIAL)) & profiles["place_id"].isin(list(cases))
    ]
    return rows.assign(name=rows["place_id"].map(cases)).reset_index(drop=True)


def _table(catalogue: Catalogue, verdicts: pd.DataFrame) -> str:
    return markup.table(
        "Verdicts on human and social capital",
        ("Case", "Of what", "Rating", "In our words", "Source"),
        [
            (
                place_links([row.place_id], catalogue),
                escape(told.dimension(row.dimension)),
                told.RATINGS[row.rating],
                marked(row.text),
                f"{escape(row.locator)} {source_details(row, catalogue)}",
            )
            for row in verdicts.itertuples()
        ],
    )
