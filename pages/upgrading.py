"""How do firms and clusters move up, what do they need for it, and on what do the papers differ?"""

import streamlit as st

from dashboard.ui import notices, resources, state
from dashboard.ui.upgrading import page
from dashboard.ui.upgrading.settle import PAGE, VIEWS

catalogue = resources.catalogue()
shown = page.prepare(catalogue, state.begin(catalogue, PAGE, tuple(VIEWS)))

st.title("Upgrading", anchor=False)
notices.refusals()
page.controls(shown)
page.draw(catalogue, shown)
state.finish()
