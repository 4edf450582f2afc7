"""How do economies and hubs compare, over time and in a year?"""

import streamlit as st

from dashboard.ui import notices, resources, state
from dashboard.ui.compare import page
from dashboard.ui.compare.settle import PAGE, VIEWS

catalogue = resources.catalogue()
shown = page.prepare(catalogue, state.begin(catalogue, PAGE, tuple(VIEWS)))

st.title("Compare", anchor=False)
notices.refusals()
above = st.container()
# The cards go first: the browser draws them while the rest is still on its way.
page.draw(catalogue, shown)
with above:
    page.controls(catalogue, shown)
page.filter_bar(catalogue, shown)
state.finish()
