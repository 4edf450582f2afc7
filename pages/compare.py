"""How do economies and hubs compare, over time and in a year?"""

import streamlit as st

from dashboard.ui import compare, notices, resources, state

catalogue = resources.catalogue()
views = tuple(compare.VIEWS)
shown = compare.prepare(catalogue, state.begin(catalogue, compare.PAGE, views))

st.title("Compare", anchor=False)
notices.refusals()
above = st.container()
# The cards go first: the browser draws them while the rest is still on its way.
compare.draw(catalogue, shown)
with above:
    compare.controls(catalogue, shown)
compare.filter_bar(catalogue, shown)
state.finish()
