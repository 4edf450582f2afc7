"""`python -m dashboard`: the data package from the shell."""

from dashboard.cli import app

if __name__ == "__main__":
    app(prog_name="python -m dashboard")
