"""What do the atlas's charts tell, step by step, to somebody who is new to the subject?"""

from dashboard.ui import notices, resources, state
from dashboard.ui.stories import page

catalogue = resources.catalogue()
shown = page.prepare(catalogue, state.begin(catalogue, page.PAGE, ()))

notices.refusals()
page.draw(catalogue, shown)
state.finish()
