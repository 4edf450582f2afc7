"""What does the atlas know of one cluster, and how does it differ from others?"""

from dashboard.ui.place import page

page.run("cluster")
