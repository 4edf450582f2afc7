"""Places selected together: open one, take one away, compare them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.selection import Selection
from dashboard.ui import compare_page, links, state

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
    kinds = Counter(catalogue.places[key].kind for key in chosen)
    if not kinds or max(kinds.values()) < compare_page.FEWEST_PLACES:
        if len(chosen) < compare_page.FEWEST_PLACES:
            return Comparison(remark="Select one more place of the same kind to compare.")
        return Comparison(
            remark="An economy, a hub and a cluster are not compared with each other: select two "
            "of one kind."
        )
    kind = max(kinds, key=kinds.__getitem__)
    group = [key for key in chosen if catalogue.places[key].kind == kind]
    held = Counter(item for key in group for item in catalogue.indicators_of(key))
    indicator, remarks = selection.indicator, []
    if held[indicator] < compare_page.FEWEST_PLACES:
        indicator = max(catalogue.indicators, key=lambda key: held[key])
        if held[indicator] < compare_page.FEWEST_PLACES:
            return Comparison(remark=f"No indicator is held for two of these {KINDS[kind]}.")
        remarks.append(
            f"By {catalogue.indicators[indicator].short_name}: "
            f"{catalogue.indicators[selection.indicator].short_name} is not held for two of them."
        )
    out = [catalogue.label(key) for key in chosen if key not in group]
    if out:
        remarks.append(f"Of another kind, and left out: {', '.join(out)}.")
    return Comparison(tuple(group), indicator, " ".join(remarks))


def markup(catalogue: Catalogue, selection: Selection) -> str:
    """The link that compares the places selected, or the reason why there is none."""
    found = comparison(catalogue, selection)
    link = ""
    if found.places:
        address = state.address("compare", indicator=found.indicator, places=found.places)
        link = f'<p class="actions">{links.anchor(address, "Compare these")}</p>'
    return link + (f'<p class="hint">{escape(found.remark)}</p>' if found.remark else "")


def draw(catalogue: Catalogue, selection: Selection, choices: list[str]) -> None:
    """The list of places selected together, which adds and takes away without a mouse.

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
        on_change=lambda: state.change(selected=tuple(st.session_state[key])),
    )
    if not chosen:
        return
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
