"""How do a reader's own figures stand among those of the atlas?"""

import streamlit as st

from dashboard.ui import notices, resources, state
from dashboard.ui.yours import page

state.begin(resources.catalogue(), page.PAGE, ())
st.title("Your data", anchor=False)
notices.refusals()
page.draw()
state.finish()
