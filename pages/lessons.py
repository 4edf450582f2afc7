"""What do the papers advise: for which industry, which weak node, which level, and for whom?"""

import streamlit as st

from dashboard.ui import notices, resources, state
from dashboard.ui.lessons import page
from dashboard.ui.lessons.settle import PAGE, VIEWS, settle

catalogue = resources.catalogue()
shown = settle(catalogue, state.begin(catalogue, PAGE, tuple(VIEWS)))
state.settle(shown.selection)

st.title("Lessons", anchor=False)
notices.refusals()
page.controls(catalogue, shown)
page.draw(catalogue, shown)
page.filter_bar(catalogue, shown)
state.finish()
