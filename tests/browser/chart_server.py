"""The server of `chart_page.py`: the addresses that a chart fetches from, and one page."""

import streamlit as st

from dashboard.serving.figures import figure_route
from dashboard.serving.routes import file_routes

app = st.App("chart_page.py", routes=[*file_routes(), figure_route()])
