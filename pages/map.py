"""Where are the hubs of the Silicon Sea-belt, and what surrounds them?"""

import streamlit as st

from dashboard.catalogue.events import events_shown
from dashboard.ui import (
    boundaries,
    headline,
    map_events,
    map_page,
    notices,
    panel,
    resources,
    state,
)
from dashboard.ui.map_page import controls

catalogue = resources.catalogue()
shown = map_page.prepare(catalogue, state.begin(catalogue, map_page.PAGE, map_page.VIEW_NAMES))

st.title(map_page.HEADING, anchor=False)
notices.refusals()
figures = st.empty()
above = st.container()
left, right = st.columns([2.6, 1])
# The map goes first: the browser draws it while the rest is still on its way.
with left:
    map_page.draw(catalogue, shown, stands=map_page.stands())
    boundaries.draw()
with above:
    controls.draw(catalogue, shown)
map_page.filter_bar(catalogue, shown)
with right:
    places = map_page.on_the_map(catalogue, shown)
    map_page.place_list(catalogue, shown, places)
    panel.draw(catalogue, shown.selection, list(places))
with figures:
    headline.draw()
map_events.draw_belt(catalogue)
map_events.draw(catalogue, shown.selection, events_shown(catalogue, shown.selection))
state.finish()
