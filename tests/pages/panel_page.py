"""The panel of a place alone on a page, for tests: no map is drawn."""

import streamlit as st

from dashboard.catalogue.belt import economies_of, focus_first
from dashboard.ui import links, panel, resources, state, style

catalogue = resources.catalogue()
style.apply(resources.look())
links.listen({"": None})
selection = state.begin(catalogue, "", ("belt", "hsinchu"))
choices = [hub.place_id for hub in catalogue.belt_hubs]
choices += focus_first(
    [*economies_of(catalogue, in_focus=True), *economies_of(catalogue, in_focus=False)], catalogue
)
with st.container(width=360):
    panel.draw(catalogue, selection, choices)
state.finish()
