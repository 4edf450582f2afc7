"""What is told of a place beside figures: ties, events, verdicts, and the places within it."""

from __future__ import annotations

from calendar import month_name
from html import escape

import pandas as pd

from dashboard.catalogue import Catalogue, Place
from dashboard.charts.formats import words
from dashboard.ui import links, state
from dashboard.ui.data import wording
from dashboard.ui.figures import source_details

# What the cases are compared by in the papers, first; all else follows by its name.
FIRST_DIMENSIONS = ("human_capital", "social_capital", "interactive_learning", "weakest_node")
DIMENSIONS = {
    "policy_integration": "Integration of policies",
    "sme_measures": "Measures for SMEs",
    "use_of_local_resources": "Use of local resources",
    "value_chain_position": "Position in the value chain",
}
RATINGS = {"strong": "strong", "weak": "weak", "unrated": "described, not rated"}
LISTED_KINDS = ("hub", "cluster")


def within(catalogue: Catalogue, place: Place) -> list[Place]:
    """Hubs and clusters that lie in an economy, or clusters that are part of a hub."""
    return [
        other
        for kind in LISTED_KINDS
        for other in catalogue.places_of_kind(kind)
        if (place.kind == "economy" and place.place_id in other.economies)
        or (place.kind == "hub" and place.place_id == other.parent_id)
    ]


def places(catalogue: Catalogue, place: Place) -> list[str]:
    """One line for each place within a place, with a link to its page."""
    return [
        f"<b>{links.anchor(links.profile(other), other.name)}</b> · {escape(words(other.kind))}"
        + (f"<br>{escape(other.summary)}" if other.summary else "")
        for other in within(catalogue, place)
    ]


def ties(catalogue: Catalogue, place: Place) -> list[str]:
    """One line for each tie of a place, or of the hubs in an economy: partner, kind, years."""
    own = {place.place_id, *(other.place_id for other in within(catalogue, place))}
    rows = catalogue.links()
    rows = rows[rows["from_place_id"].isin(own) | rows["to_place_id"].isin(own)]
    lines = []
    for link in rows.itertuples():
        ends = [_end(link.from_place_id, catalogue)]
        ends.append(
            _end(link.to_place_id, catalogue)
            if link.to_place_id
            else escape(str(link.to_external_name))
        )
        if link.from_place_id == place.place_id:
            ends = ends[1:]
        elif link.to_place_id == place.place_id:
            ends = ends[:1]
        span = wording.span(link.year_start, link.year_end)
        when = f", {span}" if span else ""
        lines.append(
            f"<b>{' – '.join(ends)}</b> · {escape(words(str(link.kind)))}{when}<br>"
            f"{escape(str(link.description))} {source_details(link, catalogue)}"
        )
    return lines


def _end(place_id: str, catalogue: Catalogue) -> str:
    place = catalogue.places[place_id]
    return links.anchor(links.profile(place), place.name)


def events(catalogue: Catalogue, place: Place) -> list[str]:
    """One line for each event of a place and of the places within it, the newest last."""
    own = {place.place_id, *(other.place_id for other in within(catalogue, place))}
    lines = []
    for event in catalogue.events.values():
        if event.place_id not in own:
            continue
        other = event.place_id != place.place_id
        where = f" · {_end(event.place_id, catalogue)}" if other else ""
        on_map = links.anchor(state.address("", event=event.event_id), "on the map")
        lines.append(
            f"<b>{escape(_date(event.date))}</b>{where}<br>{escape(event.event)} "
            f'<span class="when">{on_map}</span> {source_details(event, catalogue)}'
        )
    return lines


def _date(date: str) -> str:
    """A date as precise as it is known: "1968", "October 2001", "15 October 2001"."""
    year, *rest = date.split("-")
    month = [month_name[int(rest[0])]] if rest else []
    return " ".join([*(str(int(day)) for day in rest[1:]), *month, year])


def verdicts(catalogue: Catalogue, place: Place) -> list[str]:
    """One line for each judgement of a place in the papers, those that compare cases first."""
    rows = catalogue.table("profiles")
    rows = rows[rows["place_id"] == place.place_id]
    rank = {name: at for at, name in enumerate(FIRST_DIMENSIONS)}
    order = rows["dimension"].map(lambda name: (rank.get(name, len(rank)), name))
    return [
        f"<b>{escape(dimension(row.dimension))}</b> · {_rating(row.rating)}<br>"
        f"{escape(row.text)} {source_details(row, catalogue)}"
        for row in rows.loc[pd.Series(order).sort_values(kind="stable").index].itertuples()
    ]


def dimension(name: str) -> str:
    """What is judged, in words."""
    return DIMENSIONS.get(name, words(name))


def _rating(rating: str) -> str:
    mark = " caution" if rating == "weak" else ""
    return f'<span class="verdict{mark}">{RATINGS[rating]}</span>'
