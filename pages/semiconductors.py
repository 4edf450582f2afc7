"""Who makes and who buys the world's chips, and what do the counts of it not tell?"""

import streamlit as st

from dashboard.ui import notices, resources, state
from dashboard.ui.semiconductors import page
from dashboard.ui.semiconductors.settle import PAGE, VIEWS

catalogue = resources.catalogue()
asked_place = "place" in st.query_params
selection = state.begin(catalogue, PAGE, tuple(VIEWS))
shown = page.prepare(catalogue, selection, asked_place=asked_place)

st.title("Semiconductors", anchor=False)
notices.refusals()
page.controls(catalogue, shown)
page.draw(catalogue, shown)
state.finish()
