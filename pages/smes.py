"""How important are small and medium firms, by whose law, and who compares?"""

import streamlit as st

from dashboard.ui import notices, resources, state
from dashboard.ui.smes import page
from dashboard.ui.smes.settle import PAGE, VIEWS

catalogue = resources.catalogue()
shown = page.prepare(catalogue, state.begin(catalogue, PAGE, tuple(VIEWS)))

st.title("Small and medium firms", anchor=False)
notices.refusals()
above = st.container()
# The cards go first: the browser draws them while the rest is still on its way.
page.draw(catalogue, shown)
with above:
    page.controls(catalogue, shown)
page.filter_bar(catalogue, shown)
state.finish()
