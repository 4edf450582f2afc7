"""What does the atlas know of one hub, and how does it differ from others?"""

from dashboard.ui.place import page

page.run("hub")
