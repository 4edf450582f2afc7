"""Which programmes build clusters, when, for how much, where, and with what result?"""

import streamlit as st

from dashboard.ui import notices, resources, state
from dashboard.ui.programmes import page
from dashboard.ui.programmes.settle import PAGE, VIEWS

catalogue = resources.catalogue()
shown = page.prepare(catalogue, state.begin(catalogue, PAGE, tuple(VIEWS)))

st.title("Programmes", anchor=False)
notices.refusals()
page.controls(catalogue, shown)
page.draw(catalogue, shown)
page.filter_bar(catalogue, shown)
state.finish()
