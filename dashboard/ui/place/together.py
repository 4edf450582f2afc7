"""Places selected together: open one, take one away, compare them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.side_by_side import MOST_PLACES
from dashboard.ui import links, state
from dashboard.ui.compare.settle import FEWEST_PLACES
from dashboard.ui.place import side_by_side

KINDS = {
    "economy": "economies",
    "hub": "hubs",
    "cluster": "clusters",
    "programme_region": "programme regions",
    "world_region": "world regions",
    "aggregate": "groups of places",
}


@dataclass(frozen=True)
class Comparison:
    """What can be compared of the places selected; without places `remark` says why nothing."""

    places: tuple[str, ...] = ()
    indicator: str = ""
    remark: str = ""


def comparison(catalogue: Catalogue, selection: Selection) -> Comparison:
    """Which of the places selected together can be compared, and by which indicator.

    Places are compared with others of their kind: those of the kind most selected, by the chosen
    indicator or, where two of them do not have it, by the one that most of them have.
    """
    chosen = selection.selected
    fewest = FEWEST_PLACES
    if len(chosen) < fewest:
        return Comparison(remark="Select one more place of the same kind to compare.")
    kinds = Counter(catalogue.places[key].kind for key in chosen)
    enough = [kind for kind, number in kinds.most_common() if number >= fewest]
    for kind in enough:
        group = [key for key in chosen if catalogue.places[key].kind == kind]
        indicator = _shared_indicator(catalogue, group, selection.indicator)
        if indicator is not None:
            remarks = []
            if indicator != selection.indicator:
                remarks.append(
                    f"By {catalogue.indicators[indicator].short_name}: "
                    f"{catalogue.indicators[selection.indicator].short_name} is not held for two "
                    "of them."
                )
            out = [catalogue.label(key) for key in chosen if key not in group]
            if out:
                remarks.append(f"Only {KINDS[kind]} are compared, without {', '.join(out)}.")
            return Comparison(tuple(group), indicator, " ".join(remarks))
    if enough:
        names = " or ".join(KINDS[kind] for kind in enough)
        return Comparison(remark=f"No indicator is held for two of these {names}.")
    return Comparison(
        remark="Places of different kinds are not compared with each other: select two of one kind."
    )


def _shared_indicator(catalogue: Catalogue, group: list[str], chosen: str) -> str | None:
    """The chosen indicator if enough places of a group have it, or the one that most have."""
    held = Counter(item for key in group for item in catalogue.indicators_of(key))
    if held[chosen] >= FEWEST_PLACES:
        return chosen
    best = max(catalogue.indicators, key=lambda key: held[key])
    return best if held[best] >= FEWEST_PLACES else None


def markup(catalogue: Catalogue, selection: Selection) -> str:
    """The link that compares the places selected, or the reason why there is none."""
    found = comparison(catalogue, selection)
    link = ""
    if found.places:
        address = state.address("compare", indicator=found.indicator, places=found.places)
        beside = _side_by_side(catalogue, found.places)
        link = f'<p class="actions">{links.anchor(address, "Compare these")}{beside}</p>'
    return link + (f'<p class="hint">{escape(found.remark)}</p>' if found.remark else "")


def _side_by_side(catalogue: Catalogue, place_ids: tuple[str, ...]) -> str:
    """A link that sets the first places of one kind side by side, where the kind has a page."""
    kind = catalogue.places[place_ids[0]].kind
    if kind not in links.PROFILES:
        return ""
    shown = place_ids[:MOST_PLACES]
    name = "Side by side" if len(shown) == len(place_ids) else f"First {len(shown)} side by side"
    return f" {links.anchor(side_by_side.link(kind, shown), name)}"


def draw(catalogue: Catalogue, selection: Selection, choices: list[str]) -> None:
    """The list of several places selected together, which adds and takes away without a mouse.

    Args:
        catalogue: names of the places.
        selection: what is selected, and which place is open.
        choices: places that can be added.
    """
    chosen = list(selection.selected)
    key = "panel_selected"
    st.session_state[key] = chosen
    st.multiselect(
        "Selected together",
        [*choices, *(item for item in chosen if item not in choices)],
        format_func=catalogue.label,
        placeholder="Select several to compare",
        key=key,
        on_change=lambda: _select(tuple(st.session_state[key]), selection.place),
        select_all=False,
    )
    opened = "panel_opened"
    st.session_state[opened] = selection.place if selection.place in chosen else None
    st.pills(
        "Open one of them",
        chosen,
        format_func=catalogue.label,
        key=opened,
        # Pressing the open one again closes nothing.
        on_change=lambda: state.change(place=st.session_state[opened] or selection.place),
    )
    st.html(markup(catalogue, selection))


def _select(chosen: tuple[str, ...], opened: str | None) -> None:
    """Change what is selected; a place taken away does not stay open."""
    if opened not in chosen:
        opened = chosen[-1] if chosen else None
    state.change(selected=chosen, place=opened)
