"""What does the atlas know of one economy, and how does it differ from others?"""

from dashboard.ui.place import page

page.run("economy")
