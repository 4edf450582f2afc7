"""What is told of a place beside figures: ties, events, verdicts, and the places within it."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.model import Event
from dashboard.catalogue.value_chains import DOUBTS, Passage, disagreements, short_citation
from dashboard.charts.formats import date, words
from dashboard.ui import links, markup, state, wording
from dashboard.ui.figures import source_details

# What the cases are compared by in the papers, first; all else follows by its name.
FIRST_DIMENSIONS = (
    "human_capital",
    "social_capital",
    "interactive_learning",
    "weakest_node",
    "policy",
)
DIMENSIONS = {
    "policy_integration": "Integration of policies",
    "sme_measures": "Measures for SMEs",
    "use_of_local_resources": "Use of local resources",
    "value_chain_position": "Position in the value chain",
}
RATINGS = {"strong": "strong", "weak": "weak", "unrated": "described, not rated"}
LISTED_KINDS = ("hub", "cluster")
PLACES_KEPT = 128


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


def events_of(catalogue: Catalogue, place: Place) -> list[Event]:
    """The events of a place and of the places within it, the newest last."""
    own = {place.place_id, *(other.place_id for other in within(catalogue, place))}
    return [event for event in catalogue.events.values() if event.place_id in own]


def events(catalogue: Catalogue, place: Place) -> list[str]:
    """One line for each event of a place and of the places within it, the newest last."""
    lines = []
    for event in events_of(catalogue, place):
        other = event.place_id != place.place_id
        where = f" · {_end(event.place_id, catalogue)}" if other else ""
        on_map = links.anchor(state.address("", event=event.event_id), "on the map")
        lines.append(
            f"<b>{escape(date(event.date))}</b>{where}<br>{escape(event.event)} "
            f'<span class="when">{on_map}</span> {source_details(event, catalogue)}'
        )
    return lines


def verdicts(catalogue: Catalogue, place: Place) -> list[str]:
    """One line for each judgement of a place in the papers, those that compare cases first."""
    return [
        f"<b>{escape(dimension(row.dimension))}</b> · {_rating(row.rating)}<br>"
        f"{escape(row.text)} {source_details(row, catalogue)}"
        for row in _judgements(catalogue, place).itertuples()
    ]


def _judgements(catalogue: Catalogue, place: Place) -> pd.DataFrame:
    """The rows of the table `profiles` of a place, in the order of what is judged."""
    rows = catalogue.table("profiles")
    rows = rows[rows["place_id"] == place.place_id]
    rank = {name: at for at, name in enumerate(FIRST_DIMENSIONS)}
    order = rows["dimension"].map(lambda name: (rank.get(name, len(rank)), name))
    return rows.loc[pd.Series(order).sort_values(kind="stable").index]


@unless_own(PLACES_KEPT)
def verdict_panel(catalogue: Catalogue, place: Place) -> str:
    """What the papers judge of a place, by what is judged, each with rating, words and document.

    Dimensions by which cases are compared and of which no paper speaks are named below.
    """
    rows = _judgements(catalogue, place)
    rows = rows[~rows["dimension"].isin(DOUBTS)]
    blocks = []
    for name, group in rows.groupby("dimension", sort=False):
        passages = "".join(
            f"<p>{_rating(row.rating)} · {escape(short_citation(catalogue, row.source_id))}<br>"
            f"{escape(row.text)} {source_details(row, catalogue)}</p>"
            for row in group.itertuples()
        )
        blocks.append((escape(dimension(str(name))), passages))
    judged = set(rows["dimension"])
    absent = [dimension(name).lower() for name in FIRST_DIMENSIONS if judged and name not in judged]
    if not blocks:
        return ""
    of_what = escape(" or its ".join(absent))
    missing = f'<p class="hint">No paper judges its {of_what}.</p>' if absent else ""
    caption = f"What the papers judge: {place.name}"
    return markup.table(caption, ("What is judged", "What the papers say"), blocks) + missing


@unless_own(PLACES_KEPT)
def doubts(catalogue: Catalogue, place: Place) -> tuple[tuple[str, str], ...]:
    """Each matter on which the documents do not agree, and what each says of it, as markup."""
    lines = []
    for item in disagreements(catalogue, place.place_id):
        about = item.about if " " in item.about else dimension(item.about)
        said = markup.listed(
            (
                f"{_said(passage, catalogue)} {source_details(passage, catalogue)}"
                for passage in item.passages
            ),
            "remarks",
        )
        lines.append((escape(about), f"{escape(item.text)}{said}"))
    return tuple(lines)


def _said(passage: Passage, catalogue: Catalogue) -> str:
    who = escape(short_citation(catalogue, passage.source_id))
    said = RATINGS.get(passage.said, passage.said)
    return f"{who}, {escape(passage.locator)}" + (f": {escape(said)}" if said else "")


def lessons(catalogue: Catalogue, place: Place) -> list[str]:
    """One line for each policy lesson drawn from a place, those of it alone first."""
    table = catalogue.table("lessons")
    drawn_from = table["place_ids"].str.split(";")
    rows = table.assign(shared=drawn_from.map(len))
    rows = rows[drawn_from.map(lambda keys: place.place_id in keys)]
    return [
        f"<b>{escape(words(row.dimension))}</b> · {escape(row.applies_to)}<br>"
        f"{links.anchor(links.lesson(row.lesson_id), row.text)} {source_details(row, catalogue)}"
        for row in rows.sort_values("shared", kind="stable").itertuples()
    ]


def dimension(name: str) -> str:
    """What is judged, in words."""
    return DIMENSIONS.get(name, words(name))


def _rating(rating: str) -> str:
    mark = " caution" if rating == "weak" else ""
    return f'<span class="verdict{mark}">{RATINGS[rating]}</span>'
