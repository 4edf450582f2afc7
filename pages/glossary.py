"""What do the terms of the field mean, and which document says so?"""

import streamlit as st

from dashboard.ui import notices, resources, state
from dashboard.ui.glossary import page
from dashboard.ui.glossary.settle import PAGE

catalogue = resources.catalogue()
shown = page.prepare(catalogue, state.begin(catalogue, PAGE, ()))

st.title("Glossary", anchor=False)
notices.refusals()
page.controls(catalogue, shown)
page.draw(catalogue, shown)
state.finish()
