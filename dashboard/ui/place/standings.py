"""Key figures of an economy by topic, each with its place among the economies of the atlas."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.belt import economies_of
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.standing import KEY_FIGURES, Standing, standing
from dashboard.catalogue.vocabulary import TOPICS
from dashboard.charts.formats import quantity, words
from dashboard.ui import links, markup, resources, state
from dashboard.ui.figures import key_figure, plain_label
from dashboard.ui.place import indicators

KEPT = 256
MOST_OF_TOPIC = 4
ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def draw(place: Place, shown: Selection) -> None:
    """Draw the key figures of an economy, the chosen indicator first."""
    st.html(_figures(place.place_id, shown.indicator, resources.look().accent))


@resources.kept(KEPT)
def _figures(place_id: str, indicator_id: str, colour: str) -> str:
    catalogue = resources.catalogue()
    return figures(catalogue, catalogue.place(place_id), indicator_id, colour)


def figures(catalogue: Catalogue, place: Place, indicator_id: str, colour: str) -> str:
    """Key figures by topic as markup, each with its place among the economies of the atlas.

    Args:
        catalogue: holds the values.
        place: the economy.
        indicator_id: the chosen indicator, which stands first.
        colour: of the sparklines.
    """
    number = len(economies_of(catalogue, in_focus=True))
    others = "" if place.in_focus else f" {place.name}, a neighbour, is ranked with them."
    remark = (
        f"Newest values. Median and rank are those of the atlas's {number} economies that have a "
        f"value in the year said; 1st is the highest, which is not always the best.{others}"
    )
    blocks = [markup.section("Key figures", remark)]
    chosen = _figure(catalogue, place, indicator_id, colour)
    name = catalogue.indicators[indicator_id].name
    blocks.append(
        indicators.grid([chosen])
        if chosen
        else f'<p class="hint">No value of {escape(name)}, the indicator chosen, is held here.</p>'
    )
    for topic in TOPICS:
        keys = [key for key in key_indicators(catalogue, place, topic) if key != indicator_id]
        shown = [_figure(catalogue, place, key, colour) for key in keys]
        title = f'<h3 class="section">{escape(words(topic))}</h3>'
        if shown:
            blocks.append(title + indicators.grid(shown))
        elif not (chosen and catalogue.indicators[indicator_id].topic == topic):
            blocks.append(title + _no_topic(catalogue, place, topic))
    return "".join(blocks)


def key_indicators(catalogue: Catalogue, place: Place, topic: str) -> list[str]:
    """The indicators of a topic that tell most of an economy: the usual ones, or its longest."""
    held = catalogue.indicators_of(place.place_id)
    usual = [key for key in KEY_FIGURES.get(topic, ()) if key in held]
    if usual:
        return usual
    others = [key for key in held if catalogue.indicators[key].topic == topic]
    sizes = {key: len(catalogue.series(key, [place.place_id])) for key in others}
    return sorted(others, key=lambda key: (-sizes[key], key))[:MOST_OF_TOPIC]


def _no_topic(catalogue: Catalogue, place: Place, topic: str) -> str:
    of_topic = [key for key, item in catalogue.indicators.items() if item.topic == topic]
    others = {key for item in of_topic for key in catalogue.places_with(item, "economy")}
    have = (
        f"; {markup.count(len(others), 'other economy has', 'other economies have')} one"
        if others
        else "; they are measured for programmes, hubs or clusters only"
    )
    coverage = links.anchor(state.address("data", view="coverage", topic=topic), "Who has what")
    return (
        f'<p class="hint">No source of the atlas gives {escape(place.name)} a value of any of the '
        f"{len(of_topic)} indicators of this topic{have}. {coverage}</p>"
    )


def _figure(catalogue: Catalogue, place: Place, indicator_id: str, colour: str) -> str:
    found = standing(catalogue, place.place_id, indicator_id)
    if found is None:
        return ""
    care = "".join(f"<p>{escape(item.text)}</p>" for item in found.findings)
    folded = f"<details><summary>read with care</summary>{care}</details>" if care else ""
    return key_figure(
        plain_label(found.indicator),
        found.newest,
        catalogue,
        found.series,
        colour,
        f'<p class="standing">{escape(standing_words(found))}</p>{folded}',
    )


def standing_words(found: Standing) -> str:
    """Rank and median of a standing in a sentence, or why there is none."""
    if found.rank is None or found.median is None:
        return found.reason
    number = len(found.economies)
    unit = found.indicator
    own = ""
    if found.year != int(found.newest.year):
        own = f"{quantity(found.value, unit, found.qualifier)} in {found.year}: "
    lowest_first = unit.better == "lower"
    if found.rank == 1:
        place = "lowest" if lowest_first else "highest"
    else:
        place = f"{ordinal(found.rank)}{' lowest' if lowest_first else ''}"
    joint = "joint " if found.is_tied else ""
    left = f"; {len(found.bounds)} known only as a bound left out" if found.bounds else ""
    return (
        f"{own}{joint}{place} of {number} in {found.year}; median "
        f"{quantity(found.median, unit)}{left}"
    )


def ordinal(number: int) -> str:
    """A rank as it is read: 1st, 2nd, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"
