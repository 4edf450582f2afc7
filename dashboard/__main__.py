"""`python -m dashboard`: the data package, and files of views, from the shell."""

from dashboard.cli import app
from dashboard.shell import add_to

add_to(app)

if __name__ == "__main__":
    app(prog_name="python -m dashboard")
