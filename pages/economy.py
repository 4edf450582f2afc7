"""What does the atlas know of one economy?"""

from dashboard.ui import notices, resources, state
from dashboard.ui.place import page

KIND = "economy"

catalogue = resources.catalogue()
shown = page.begin(catalogue, KIND)

page.title(catalogue, shown, KIND)
notices.refusals()
page.controls(catalogue, shown, KIND)
page.draw(catalogue, shown, KIND)
state.finish()
