"""What does the atlas hold, who says so, how good is it, and how is it taken along and cited?"""

import streamlit as st

from dashboard.ui import notices, resources, state
from dashboard.ui.data import page

catalogue = resources.catalogue()
shown = page.prepare(catalogue, state.begin(catalogue, page.PAGE, page.ALL_VIEWS))

st.title("Data", anchor=False)
notices.refusals()
page.controls(shown)
page.draw(catalogue, shown)
state.finish()
