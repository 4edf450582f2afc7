"""Navigation and page set-up: the script that Streamlit runs for every reader."""

from pathlib import Path

import streamlit as st

from dashboard.catalogue.store import StoreError
from dashboard.ui import cut, embed, finder, links, lull, own, resources, sign_in, style
from dashboard.ui.stories import page as stories_page

ASSETS = Path(__file__).parent / "ui" / "assets"

lull.note_run()
st.set_page_config(page_title="Seabelt", page_icon=str(ASSETS / "favicon.svg"), layout="wide")
st.logo(str(ASSETS / f"logo-{resources.look().mode}.svg"), size="large")
style.apply(resources.look())
is_in = sign_in.is_in()
if is_in:
    own.watch()
pages = {
    "": st.Page("../pages/map.py", title="Map", default=True),
    "stories": st.Page("../pages/stories.py", title="Stories"),
    "compare": st.Page("../pages/compare.py", title="Compare"),
    "smes": st.Page("../pages/smes.py", title="SMEs"),
    "economy": st.Page("../pages/economy.py", title="Economies"),
    "hub": st.Page("../pages/hub.py", title="Hubs"),
    "cluster": st.Page("../pages/cluster.py", title="Clusters"),
    "semiconductors": st.Page("../pages/semiconductors.py", title="Semiconductors"),
    "programmes": st.Page("../pages/programmes.py", title="Programmes"),
    "upgrading": st.Page("../pages/upgrading.py", title="Upgrading"),
    "lessons": st.Page("../pages/lessons.py", title="Lessons"),
    "glossary": st.Page("../pages/glossary.py", title="Glossary"),
    "present": st.Page("../pages/present.py", title="Present"),
    "data": st.Page("../pages/data.py", title="Data"),
    "your-data": st.Page("../pages/your_data.py", title="Your data", url_path="your-data"),
}
# Two groups fold, so that the others have room beside the search box.
PLACES, LEARN = ("economy", "hub", "cluster"), ("stories", "upgrading", "lessons", "glossary")
GROUPED = {"Places": PLACES, "Learn": LEARN}
folded = {key for group in GROUPED.values() for key in group}
cut.keep_page(pages)
page = st.navigation(
    {"": [item for key, item in pages.items() if key not in folded]}
    | {name: [pages[key] for key in group] for name, group in GROUPED.items()},
    position="top" if is_in else "hidden",
)
if not is_in:
    sign_in.page()
    st.stop()
links.listen(pages)
finder.draw()
above = st.container()
embed.begin()
try:
    page.run()
except StoreError as error:
    # What the reader has chosen is in the address; nothing of it is lost.
    st.error(f"{error} Then load this page anew.")
links.catch_up()
embed.show()
sign_in.foot()
# Last, because only the page that ran knows whether its address belongs to a story.
with above:
    stories_page.bar(resources.catalogue())
