"""How do economies and hubs compare, over time and in a year?"""

import streamlit as st

from dashboard.ui import compare_page, notices, resources, state

catalogue = resources.catalogue()
views = tuple(compare_page.VIEWS)
shown = compare_page.prepare(catalogue, state.begin(catalogue, compare_page.PAGE, views))

st.title("Compare", anchor=False)
notices.refusals()
compare_page.controls(shown)
compare_page.draw(catalogue, shown)
state.finish()
