"""Which charts does a presenter take along, in which order, with which words?"""

import streamlit as st

from dashboard.ui import notices, resources, state
from dashboard.ui.present import page

state.begin(resources.catalogue(), page.PAGE, ())
st.title("Present", anchor=False)
notices.refusals()
page.draw()
