"""Navigation and page set-up: the script that Streamlit runs for every reader."""

from pathlib import Path

import streamlit as st

from dashboard.ui import finder, links, resources, style

ASSETS = Path(__file__).parent / "ui" / "assets"

st.set_page_config(page_title="Seabelt", page_icon=str(ASSETS / "favicon.svg"), layout="wide")
st.logo(str(ASSETS / f"logo-{resources.look().mode}.svg"), size="large")
style.apply(resources.look())
pages = {
    "": st.Page("../pages/map.py", title="Map", default=True),
    "compare": st.Page("../pages/compare.py", title="Compare"),
    "smes": st.Page("../pages/smes.py", title="SMEs"),
    "economy": st.Page("../pages/economy.py", title="Economies"),
    "hub": st.Page("../pages/hub.py", title="Hubs"),
    "cluster": st.Page("../pages/cluster.py", title="Clusters"),
    "semiconductors": st.Page("../pages/semiconductors.py", title="Semiconductors"),
    "programmes": st.Page("../pages/programmes.py", title="Programmes"),
    "upgrading": st.Page("../pages/upgrading.py", title="Upgrading"),
    "lessons": st.Page("../pages/lessons.py", title="Lessons"),
    "present": st.Page("../pages/present.py", title="Present"),
    "data": st.Page("../pages/data.py", title="Data"),
}
page = st.navigation(list(pages.values()), position="top")
links.listen(pages)
finder.draw()
page.run()
