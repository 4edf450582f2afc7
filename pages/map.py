"""Where are the hubs of the Silicon Sea-belt, and what surrounds them?"""

import streamlit as st

from dashboard.charts.maps import PRESETS
from dashboard.ui import headline, map_page, notices, panel, resources, state

catalogue = resources.catalogue()
shown = map_page.prepare(catalogue, state.begin(catalogue, map_page.PAGE, tuple(PRESETS)))

st.title("The Silicon Sea-belt", anchor=False)
notices.refusals()
figures = st.empty()
left, right = st.columns([2.6, 1])
# The map goes first: the browser draws it while the rest is still on its way.
with left:
    above = st.empty()
    map_page.draw(catalogue, shown)
with above:
    map_page.controls(catalogue, shown)
map_page.filter_bar(catalogue, shown)
with right:
    panel.draw(catalogue, shown.selection.place, map_page.places_to_open(shown))
with figures:
    headline.draw()
state.finish()
