"""The list of everything on the map, beside it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.charts import formats
from dashboard.ui import state
from dashboard.ui.map_page.content import MAPS_KEPT, content_key
from dashboard.ui.map_page.figure import layer_tables, newest_values
from dashboard.ui.map_page.settle import MapState, rows_of_year
from dashboard.ui.resources import kept


def on_the_map(catalogue: Catalogue, shown: MapState) -> dict[str, str]:
    """What stands on the map, by identifier, as a list names it: "Taiwan: 3.99 % (2023)".

    Economies come first, the highest value first, those without one after them; then hubs, by what
    sizes them, then clusters and programme regions by name.
    """
    return _on_the_map(catalogue, shown, content_key(shown))


@kept(MAPS_KEPT)
def _on_the_map(_catalogue: Catalogue, _shown: MapState, key: str) -> dict[str, str]:
    """The list, worked out once for all readers; `key` says everything that it rests on."""
    catalogue, shown = _catalogue, _shown
    found: dict[str, str] = {}
    if "economies" in shown.layers:
        unit = shown.indicator
        rows = catalogue.series(unit.indicator_id, (*shown.economies, *shown.neighbours))
        drawn = rows_of_year(shown, rows, shown.year).sort_values("value", ascending=False)
        for row in drawn.itertuples():
            value = formats.quantity(row.value, unit, row.qualifier, row.value_high)
            found[row.place_id] = f"{catalogue.label(row.place_id)}: {value} ({row.year})"
        for place in (*shown.economies, *shown.neighbours):
            found.setdefault(place, f"{catalogue.label(place)}: no value")
    tables = layer_tables(catalogue, shown.selection)
    on = [name for name in ("hubs", "other_hubs") if name in shown.layers]
    if on:
        hubs = pd.concat([tables[name].rows for name in on], ignore_index=True)
        texts: dict[str, str] = {}
        if shown.size:
            values = newest_values(catalogue, shown.size, list(hubs["place_id"]))
            ranked = values.sort_values("value", ascending=False)
            texts = {str(key): f": {text}" for key, text in ranked["text"].items()}
        order = [*texts, *(key for key in hubs["place_id"] if key not in texts)]
        for key in order:
            found[key] = f"{catalogue.label(key)}, hub{texts.get(key, '')}"
    for name, what in (("clusters", "cluster"), ("programme_regions", "programme region")):
        if name in shown.layers:
            for row in tables[name].rows.sort_values("name").itertuples():
                found[row.place_id] = f"{row.name}, {what}"
    return found


def place_list(catalogue: Catalogue, shown: MapState, places: Mapping[str, str]) -> None:
    """The list of everything on the map: the map's own control without a mouse.

    Args:
        catalogue: names of places.
        shown: what is selected.
        places: as `on_the_map` returns them.
    """
    listed = dict(places)
    selected = [key for key in shown.selection.selected if key in catalogue.places]
    for key in selected:
        listed.setdefault(key, catalogue.label(key))
    key = "map_list"
    st.session_state[key] = selected

    def changed() -> None:
        chosen = tuple(st.session_state[key])
        added = [item for item in chosen if item not in shown.selection.selected]
        opened = added[-1] if added else (chosen[-1] if chosen else None)
        state.change(selected=chosen, place=opened)

    st.multiselect(
        "On this map, the highest value first",
        list(listed),
        format_func=listed.__getitem__,
        placeholder=f"Search {len(listed)} places",
        key=key,
        on_change=changed,
        help="The same choice as clicking on the map; several with shift and a click.",
        select_all=False,
    )
